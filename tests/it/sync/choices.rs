//! What an agent may do with a reply that came back, each to its end over the real server, and what is told when there is
//! no way in.

use balm::api::desk::{
    DeskRequest, DraftKey, LinkState, ReturnCause, ReturnChoice, Returned, Trouble,
};
use balm::client::Client;
use balm::domain::command::CommandBody;
use balm::domain::ids::TicketId;
use balm::domain::vocabulary::Channel;
use balm::sync::headless::Headless;
use balm::task;

use super::{PATIENCE, desk, opening, reply, spoken};
use crate::support::chaos::{Chaos, Line};
use crate::support::real::Real;

/// Two desks after both answered the same ticket at once, and what came back to the second.
struct Collision {
    real: Real,
    one: Headless,
    two: Headless,
    ticket: TicketId,
    back: Returned,
    _dirs: [tempfile::TempDir; 3],
}

async fn collide() -> Collision {
    let dirs = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let real = Real::start(dirs[0].path(), 2).await;
    let chaos = Chaos::before(&real.url).await;
    let mut one = desk(dirs[1].path(), &real.url, &real.tokens[0]);
    let mut two = desk(dirs[2].path(), &chaos.url, &real.tokens[1]);
    one.synced(PATIENCE).await.unwrap();
    let ticket = TicketId(task::new_id());
    let mut body = opening(ticket, "发票没有收到");
    if let CommandBody::OpenTicket { queue, .. } = &mut body {
        *queue = real.queue;
    }
    let ids = one.submit(vec![body], false, None).await.unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    two.until("the ticket", PATIENCE, |d| {
        d.rows.rows.iter().any(|r| r.ticket.id == ticket)
    })
    .await
    .unwrap();
    chaos.set(Line::Cut);
    let first = one
        .submit(vec![reply(ticket, "甲的回复")], false, None)
        .await
        .unwrap();
    one.confirmed(first[0], PATIENCE).await.unwrap();
    let sent = two
        .submit(
            vec![reply(ticket, "乙的回复"), spoken(ticket, "乙说的")],
            false,
            None,
        )
        .await
        .unwrap();
    chaos.set(Line::Up);
    two.ask(DeskRequest::Retry).unwrap();
    two.confirmed(sent[1], PATIENCE).await.unwrap();
    two.until("the conflict", PATIENCE, |d| d.returned.len() == 1)
        .await
        .unwrap();
    let back = two.returned[0].clone();
    assert!(
        matches!(back.cause, ReturnCause::Conflict { .. }),
        "{:?}",
        back.cause
    );
    assert_eq!(back.command.body.words().unwrap().expose(), "乙的回复");
    Collision {
        real,
        one,
        two,
        ticket,
        back,
        _dirs: dirs,
    }
}

impl Collision {
    async fn choose(&mut self, choice: ReturnChoice) {
        let (command, fresh) = (self.back.command.id, task::new_id());
        let at = task::now_ms();
        self.two
            .ask(DeskRequest::Resolve {
                command,
                choice,
                fresh,
                due: None,
                at,
            })
            .unwrap();
        self.two
            .until("nothing returned", PATIENCE, |d| d.returned.is_empty())
            .await
            .unwrap();
        self.two.synced(PATIENCE).await.unwrap();
        // What the first desk has, it has in the order of the log: this one comes last.
        let last = self
            .two
            .submit(vec![spoken(self.ticket, "完")], false, None)
            .await
            .unwrap();
        self.two.confirmed(last[0], PATIENCE).await.unwrap();
    }

    /// The kinds under which these words stand in the log.
    async fn kinds(&self, words: &str) -> Vec<&'static str> {
        let client = Client::new(&self.real.url, &self.real.tokens[0]).unwrap();
        let view = client.ticket(self.ticket).await.unwrap();
        let same = |e: &&balm::domain::event::Event| {
            e.payload
                .as_ref()
                .and_then(|p| p.text.as_ref())
                .is_some_and(|t| t.expose() == words)
        };
        let kind = |e: &balm::domain::event::Event| {
            let json = serde_json::to_string(&e.body).unwrap_or_default();
            ["replied", "noted", "spoken"]
                .into_iter()
                .find(|k| json.contains(k))
                .unwrap_or("other")
        };
        view.events.iter().filter(same).map(kind).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sent_anyway_it_arrives_once() {
    let mut c = collide().await;
    c.choose(ReturnChoice::SendAnyway).await;
    assert_eq!(c.kinds("乙的回复").await, ["replied"]);
    c.one.show(c.ticket).await.unwrap();
    c.one
        .until("the reply at the first desk", PATIENCE, |d| {
            d.conversation
                .as_ref()
                .is_some_and(|c| c.entries.iter().any(|e| e.text == "乙的回复"))
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kept_as_a_note_it_is_a_note() {
    let mut c = collide().await;
    c.choose(ReturnChoice::KeepAsNote).await;
    let kinds = c.kinds("乙的回复").await;
    assert_eq!(kinds.len(), 1, "{kinds:?}");
    assert_ne!(kinds[0], "replied");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rewritten_it_is_a_draft_again() {
    let mut c = collide().await;
    c.choose(ReturnChoice::Rewrite).await;
    let key = DraftKey::Reply(c.ticket);
    assert!(
        c.two
            .drafts
            .iter()
            .any(|d| d.key == key && d.text == "乙的回复"),
        "{:?}",
        c.two.drafts
    );
    assert!(c.kinds("乙的回复").await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discarded_it_is_gone_and_the_spoken_record_stays() {
    let mut c = collide().await;
    c.choose(ReturnChoice::Discard).await;
    assert!(c.kinds("乙的回复").await.is_empty());
    assert_eq!(c.kinds("乙说的").await.len(), 1);
    assert!(c.two.drafts.is_empty(), "{:?}", c.two.drafts);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_in_between_is_no_conflict() {
    let dirs = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let real = Real::start(dirs[0].path(), 1).await;
    let chaos = Chaos::before(&real.url).await;
    let mut one = desk(dirs[1].path(), &chaos.url, &real.tokens[0]);
    one.synced(PATIENCE).await.unwrap();
    let ticket = TicketId(task::new_id());
    let mut body = opening(ticket, "发票没有收到");
    if let CommandBody::OpenTicket { queue, .. } = &mut body {
        *queue = real.queue;
    }
    let ids = one.submit(vec![body], false, None).await.unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    chaos.set(Line::Cut);
    let sent = one
        .submit(vec![reply(ticket, "马上查")], false, None)
        .await
        .unwrap();
    let token = balm::server::local::read_token(&dirs[0].path().join("admin"))
        .unwrap()
        .unwrap();
    let message = CommandBody::ReceiveMessage {
        ticket,
        channel: Channel::Chat,
        text: "在吗".into(),
        attachments: Vec::new(),
        origin: None,
    };
    real.submit(&Client::new(&real.url, &token).unwrap(), message)
        .await;
    chaos.set(Line::Up);
    one.ask(DeskRequest::Retry).unwrap();
    one.confirmed(sent[0], PATIENCE).await.unwrap();
    assert!(one.returned.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_start_tells_why_it_cannot_begin() {
    let dirs = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let real = Real::start(dirs[0].path(), 1).await;
    let mut wrong = desk(dirs[1].path(), &real.url, "wrong");
    wrong
        .until("unauthorised", PATIENCE, |d| {
            d.link.state == LinkState::Unauthorised
        })
        .await
        .unwrap();
    wrong.shutdown();
    let mut alone = desk(dirs[1].path(), "http://127.0.0.1:9", "alone");
    alone
        .until("offline", PATIENCE, |d| {
            matches!(d.link.state, LinkState::Offline { .. })
        })
        .await
        .unwrap();
    alone.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_second_desk_left_leaves_with_the_first() {
    let dirs = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let real = Real::start(dirs[0].path(), 1).await;
    let chaos = Chaos::before(&real.url).await;
    let mut one = desk(dirs[1].path(), &chaos.url, &real.tokens[0]);
    one.synced(PATIENCE).await.unwrap();
    let ticket = TicketId(task::new_id());
    let mut body = opening(ticket, "发票没有收到");
    if let CommandBody::OpenTicket { queue, .. } = &mut body {
        *queue = real.queue;
    }
    let ids = one.submit(vec![body], false, None).await.unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    let mut two = desk(dirs[1].path(), &chaos.url, &real.tokens[0]);
    two.synced(PATIENCE).await.unwrap();
    chaos.set(Line::Cut);
    two.submit(vec![reply(ticket, "第二张桌子说的")], false, None)
        .await
        .unwrap();
    two.draft(DraftKey::Note(ticket), "半句").await.unwrap();
    two.shutdown();
    one.shutdown();
    chaos.set(Line::Up);
    let mut one = desk(dirs[1].path(), &chaos.url, &real.tokens[0]);
    one.synced(PATIENCE).await.unwrap();
    assert!(
        one.drafts.iter().any(|d| d.text == "半句"),
        "{:?}",
        one.drafts
    );
    let client = Client::new(&real.url, &real.tokens[0]).unwrap();
    let events = client.ticket(ticket).await.unwrap().events;
    let said = events
        .iter()
        .filter_map(|e| Some(e.payload.as_ref()?.text.as_ref()?.expose()));
    assert_eq!(said.filter(|w| *w == "第二张桌子说的").count(), 1);
    one.shutdown();
}

/// The folder stops taking writes while the desk runs, as a full disk would: told, kept, written when room returns.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_disk_refuses_is_written_later() {
    let dirs = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let real = Real::start(dirs[0].path(), 1).await;
    let mut one = desk(dirs[1].path(), &real.url, &real.tokens[0]);
    one.synced(PATIENCE).await.unwrap();
    let folder = std::fs::read_dir(dirs[1].path().join("desk"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.join("outbox.db").exists())
        .unwrap();
    let db = rusqlite::Connection::open(folder.join("outbox.db")).unwrap();
    for (name, table) in [("a", "commands"), ("b", "drafts")] {
        db.execute_batch(&format!(
            "CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no room'); END"
        ))
        .unwrap();
    }
    let ticket = TicketId(task::new_id());
    let mut body = opening(ticket, "磁盘满了也不能丢");
    if let CommandBody::OpenTicket { queue, .. } = &mut body {
        *queue = real.queue;
    }
    let id = balm::domain::ids::CommandId(task::new_id());
    let at = task::now_ms();
    let (ids, bodies) = (vec![id], vec![body]);
    one.ask(DeskRequest::Submit {
        ids,
        bodies,
        at,
        chained: false,
        clears: None,
    })
    .unwrap();
    one.until("trouble", PATIENCE, |d| {
        matches!(d.troubles[..], [Trouble::Other(_), ..])
    })
    .await
    .unwrap();
    let client = Client::new(&real.url, &real.tokens[0]).unwrap();
    assert!(
        client.ticket(ticket).await.is_err(),
        "it is not sent before it is on disk"
    );
    db.execute_batch("DROP TRIGGER a; DROP TRIGGER b").unwrap();
    one.confirmed(id, PATIENCE).await.unwrap();
    client.ticket(ticket).await.unwrap();
    one.shutdown();
}
