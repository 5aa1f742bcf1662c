//! What a rule of the coach blocks: by no outbox does it leave, and whoever blocks it, its words stay with the agent.

use std::path::Path;
use std::sync::Arc;

use balm::api::desk::{
    DeskAnswer, DeskRequest, DraftKey, LinkState, ReturnCause, ReturnChoice, Returned,
};
use balm::client::Client;
use balm::coach::Coach;
use balm::domain::command::{CommandBody, Override};
use balm::domain::decide::Rule;
use balm::domain::ids::TicketId;
use balm::domain::policy::Policy;
use balm::domain::vocabulary::{Channel, Priority, Role};
use balm::server::CoachLint;
use balm::sync::DeskConfig;
use balm::sync::headless::Headless;
use balm::task;

use super::{PATIENCE, opening, reply};
use crate::support::chaos::{Chaos, Line};
use crate::support::real::Real;

/// The coach as the program starts its server and its desks with it.
fn rules() -> CoachLint {
    CoachLint {
        coach: Coach::shipped().unwrap(),
        policy: Arc::new(Policy::shipped().unwrap()),
    }
}

fn desk(dir: &Path, url: &str, token: &str) -> Headless {
    let token_file = dir.join("token");
    std::fs::write(&token_file, token).unwrap();
    let rules = rules();
    let config = DeskConfig {
        dir: dir.to_owned(),
        server: url.to_owned(),
        token_file,
        policy: Arc::new(Policy::shipped().unwrap()),
        lint: Some(Arc::new(move |command, world, talk, now| {
            rules.verdict(command, world, talk, now)
        })),
        feeling: None,
    };
    Headless::open(config, &tokio::runtime::Handle::current()).unwrap()
}

/// A desk without a line, and a ticket on it that the server has as well.
struct Offline {
    real: Real,
    chaos: Chaos,
    desk: Headless,
    ticket: TicketId,
    dirs: [tempfile::TempDir; 2],
}

impl Offline {
    async fn with(words: &str) -> Self {
        let dirs = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let real = Real::with(dirs[0].path(), &[Role::Agent], Arc::new(rules())).await;
        let chaos = Chaos::before(&real.url).await;
        let mut desk = desk(dirs[1].path(), &chaos.url, &real.tokens[0]);
        desk.synced(PATIENCE).await.unwrap();
        let ticket = TicketId(task::new_id());
        let mut body = opening(ticket, words);
        if let CommandBody::OpenTicket { queue, .. } = &mut body {
            *queue = real.queue;
        }
        let ids = desk.submit(vec![body], false, None).await.unwrap();
        desk.confirmed(ids[0], PATIENCE).await.unwrap();
        chaos.set(Line::Cut);
        desk.until("offline", PATIENCE, |d| {
            matches!(d.link.state, LinkState::Offline { .. })
        })
        .await
        .unwrap();
        Self {
            real,
            chaos,
            desk,
            ticket,
            dirs,
        }
    }

    /// Submits what the desk must refuse at once; tells why.
    async fn refused(
        &mut self,
        body: CommandBody,
        clears: Option<DraftKey>,
    ) -> (Rule, Vec<String>) {
        let before = self.desk.told.len();
        self.desk
            .submit(vec![body], false, clears)
            .await
            .unwrap_err();
        let cause = self.desk.told[before..].iter().find_map(|a| match a {
            DeskAnswer::RefusedHere { cause, .. } => Some(cause.clone()),
            _ => None,
        });
        match cause {
            Some(ReturnCause::Refused { rule, detail }) => (rule, detail),
            other => panic!("{other:?}"),
        }
    }

    async fn line_up(&mut self) {
        self.chaos.set(Line::Up);
        self.desk.ask(DeskRequest::Retry).unwrap();
    }

    async fn came_back(&mut self) -> Returned {
        self.desk
            .until("what came back", PATIENCE, |d| d.returned.len() == 1)
            .await
            .unwrap();
        self.desk.returned[0].clone()
    }

    /// Whether these words were sent.
    async fn sent(&self, words: &str) -> bool {
        let client = Client::new(&self.real.url, &self.real.tokens[0]).unwrap();
        let view = client.ticket(self.ticket).await.unwrap();
        view.events.iter().any(|e| {
            let text = e.payload.as_ref().and_then(|p| p.text.as_ref());
            text.is_some_and(|t| t.expose() == words)
        })
    }

    /// The customer writes while this desk has no line.
    async fn customer_writes(&self, words: &str) {
        let token = balm::server::local::read_token(&self.dirs[0].path().join("admin"))
            .unwrap()
            .unwrap();
        let message = CommandBody::ReceiveMessage {
            ticket: self.ticket,
            channel: Channel::Chat,
            text: words.into(),
            attachments: Vec::new(),
            origin: None,
        };
        let client = Client::new(&self.real.url, &token).unwrap();
        self.real.submit(&client, message).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_rule_blocks_leaves_by_no_outbox() {
    let mut o = Offline::with("退款没有到账").await;
    let key = DraftKey::Reply(o.ticket);
    let words = "您的单号是{单号}，我去查。";
    o.desk.draft(key, words).await.unwrap();
    let (rule, detail) = o.refused(reply(o.ticket, words), Some(key)).await;
    assert_eq!((rule, detail), (Rule::Blocked, vec!["FCT-01".to_owned()]));
    // Nor with a reason: this rule has none.
    let mut body = reply(o.ticket, words);
    if let CommandBody::Reply { overrides, .. } = &mut body {
        overrides.push(Override {
            rule: "FCT-01".to_owned(),
            reason: "着急".into(),
        });
    }
    assert_eq!(o.refused(body, None).await.0, Rule::NoOverride);
    o.line_up().await;
    o.desk.synced(PATIENCE).await.unwrap();
    assert!(!o.sent(words).await);
    // The words stand where they were written.
    let shown = o.desk.show(o.ticket).await.unwrap();
    assert_eq!(shown.reply.map(|d| d.text).as_deref(), Some(words));
    o.desk.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_server_blocks_comes_back_with_its_words() {
    let mut o = Offline::with("热水器不出热水").await;
    let words = "收到，我这就去核对您的安装记录。";
    o.desk
        .submit(vec![reply(o.ticket, words)], false, None)
        .await
        .unwrap();
    // What nobody knew when it was written.
    o.customer_writes("刚才突然喷水，孩子被烫伤了").await;
    o.line_up().await;
    let back = o.came_back().await;
    let ReturnCause::Refused { rule, detail } = &back.cause else {
        panic!("{:?}", back.cause);
    };
    assert_eq!((*rule, detail), (Rule::Blocked, &vec!["LAW-04".to_owned()]));
    assert_eq!(back.command.body.words().unwrap().expose(), words);
    assert!(!o.sent(words).await);
    // Back into the box; the route is taken; now it leaves.
    let resolve = DeskRequest::Resolve {
        command: back.command.id,
        choice: ReturnChoice::Rewrite,
        fresh: task::new_id(),
        due: None,
        at: task::now_ms(),
    };
    o.desk.ask(resolve).unwrap();
    o.desk
        .until("nothing returned", PATIENCE, |d| d.returned.is_empty())
        .await
        .unwrap();
    let shown = o.desk.show(o.ticket).await.unwrap();
    assert_eq!(shown.reply.map(|d| d.text).as_deref(), Some(words));
    let route = CommandBody::SetPriority {
        ticket: o.ticket,
        priority: Priority::Urgent,
    };
    let again = vec![route, reply(o.ticket, words)];
    let key = DraftKey::Reply(o.ticket);
    let ids = o.desk.submit(again, true, Some(key)).await.unwrap();
    o.desk.confirmed(ids[1], PATIENCE).await.unwrap();
    assert!(o.sent(words).await);
    o.desk.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_issue_is_set_aside_offline_only_with_a_reason() {
    let mut o = Offline::with("退款没有到账，什么时候给我").await;
    let aside = |o: &Offline, reason: Option<&str>| CommandBody::Snooze {
        ticket: o.ticket,
        until: task::now_ms().plus_minutes(60),
        overrides: reason
            .map(|reason| Override {
                rule: "CMT-02".to_owned(),
                reason: reason.into(),
            })
            .into_iter()
            .collect(),
    };
    let body = aside(&o, None);
    let (rule, detail) = o.refused(body, None).await;
    assert_eq!((rule, detail), (Rule::Blocked, vec!["CMT-02".to_owned()]));
    let body = aside(&o, Some("customer_asked"));
    let ids = o.desk.submit(vec![body], false, None).await.unwrap();
    o.line_up().await;
    o.desk.confirmed(ids[0], PATIENCE).await.unwrap();
    assert!(o.desk.returned.is_empty());
    o.desk.shutdown();
}
