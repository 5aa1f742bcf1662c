use balm::api::desk::{
    DeskRequest, DraftKey, EntryKind, List, QueueView, ReturnCause, ReturnChoice,
};
use balm::domain::command::CommandBody;
use balm::domain::ids::TicketId;
use balm::domain::vocabulary::Channel;
use balm::task;

use super::{PATIENCE, command, desk, opened, opening, reply, spoken};
use crate::support::chaos::{Chaos, Line};
use crate::support::floor::{Floor, user};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_sends_the_other_sees() {
    let floor = Floor::start().await;
    let ticket = opened(&floor, "空调不制冷");
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut one, mut two) = (
        desk(a.path(), &floor.url, "t1"),
        desk(b.path(), &floor.url, "t2"),
    );
    one.synced(PATIENCE).await.unwrap();
    two.synced(PATIENCE).await.unwrap();
    two.show(ticket).await.unwrap();
    one.draft(DraftKey::Reply(ticket), "您好，").await.unwrap();
    let ids = one
        .submit(
            vec![reply(ticket, "您好，我来处理。")],
            false,
            Some(DraftKey::Reply(ticket)),
        )
        .await
        .unwrap();
    // The screen shows it before the server has answered, and drops the draft.
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    one.synced(PATIENCE).await.unwrap();
    two.until("the reply", PATIENCE, |d| {
        d.conversation.as_ref().is_some_and(|c| {
            c.entries
                .iter()
                .any(|e| e.text == "您好，我来处理。" && !e.pending && e.who == "同事1")
        })
    })
    .await
    .unwrap();
    let row = two
        .rows
        .rows
        .iter()
        .find(|r| r.ticket.id == ticket)
        .unwrap();
    assert_eq!(
        (&*row.caller, &*row.phone_last4, row.ticket.assignee),
        ("王小明", "8000", Some(user(1)))
    );
    one.until("no draft", PATIENCE, |d| d.drafts.is_empty())
        .await
        .unwrap();
    assert_eq!(floor.count("您好，我来处理。"), 1);
    one.shutdown();
    two.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_ticket_at_once_is_a_choice_and_loses_no_word() {
    let floor = Floor::start().await;
    let ticket = opened(&floor, "发票没有收到");
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let chaos = Chaos::before(&floor.url).await;
    let (mut one, mut two) = (
        desk(a.path(), &floor.url, "t1"),
        desk(b.path(), &chaos.url, "t2"),
    );
    one.synced(PATIENCE).await.unwrap();
    two.synced(PATIENCE).await.unwrap();
    chaos.set(Line::Cut);
    let first = one
        .submit(vec![reply(ticket, "甲的回复")], false, None)
        .await
        .unwrap();
    one.confirmed(first[0], PATIENCE).await.unwrap();
    // The customer writes meanwhile: a warning at most. A spoken record is a fact: never refused.
    let message = CommandBody::ReceiveMessage {
        ticket,
        channel: Channel::Chat,
        text: "在吗".into(),
        attachments: Vec::new(),
        origin: None,
    };
    floor.submit(user(3), command(message));
    let sent = two
        .submit(
            vec![reply(ticket, "乙的回复"), spoken(ticket, "乙在电话里说的")],
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
    assert_eq!(back.command.body.words().unwrap().expose(), "乙的回复");
    let ReturnCause::Conflict { with } = &back.cause else {
        panic!("{:?}", back.cause)
    };
    assert!(
        with.iter()
            .any(|e| e.text == "甲的回复" && matches!(e.kind, EntryKind::Reply { .. })),
        "{with:?}"
    );
    assert_eq!(
        (floor.count("乙的回复"), floor.count("乙在电话里说的")),
        (0, 1)
    );
    // Needs-me holds it; sending anyway makes a new command.
    two.ask(DeskRequest::SetView {
        generation: 9,
        view: QueueView {
            list: List::NeedsMe,
            words: String::new(),
        },
    })
    .unwrap();
    two.until("needs me", PATIENCE, |d| {
        d.rows.generation == 9 && d.rows.rows.iter().any(|r| r.ticket.id == ticket)
    })
    .await
    .unwrap();
    let fresh = task::new_id();
    two.ask(DeskRequest::Resolve {
        command: back.command.id,
        choice: ReturnChoice::Rewrite,
        fresh,
        due: None,
        at: task::now_ms(),
    })
    .unwrap();
    two.until("the draft", PATIENCE, |d| {
        d.drafts.iter().any(|x| x.text == "乙的回复") && d.returned.is_empty()
    })
    .await
    .unwrap();
    one.shutdown();
    two.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_without_a_line_arrives_in_order() {
    let floor = Floor::start().await;
    let dir = tempfile::tempdir().unwrap();
    let chaos = Chaos::before(&floor.url).await;
    let mut one = desk(dir.path(), &chaos.url, "t1");
    one.synced(PATIENCE).await.unwrap();
    chaos.set(Line::Cut);
    let ticket = TicketId(task::new_id());
    one.submit(
        vec![
            opening(ticket, "离线登记的投诉"),
            reply(ticket, "第一句"),
            reply(ticket, "第二句"),
        ],
        true,
        None,
    )
    .await
    .unwrap();
    let seen = one.show(ticket).await.unwrap();
    assert!(seen.row.pending && seen.row.ticket.number.is_none());
    assert_eq!(
        seen.entries
            .iter()
            .filter(|e| e.pending && !e.text.is_empty())
            .count(),
        3
    );
    one.draft(DraftKey::Note(ticket), "半句").await.unwrap();
    one.shutdown();
    // The desk starts again while the line is still down: everything is there.
    let mut one = desk(dir.path(), &chaos.url, "t1");
    one.until("rows", PATIENCE, |d| {
        d.rows
            .rows
            .iter()
            .any(|r| r.ticket.id == ticket && r.pending && r.draft)
    })
    .await
    .unwrap();
    assert_eq!(one.link.waiting, 3);
    chaos.set(Line::Up);
    one.ask(DeskRequest::Retry).unwrap();
    one.synced(PATIENCE).await.unwrap();
    one.until("a number", PATIENCE, |d| {
        d.rows
            .rows
            .iter()
            .any(|r| r.ticket.id == ticket && r.ticket.number.is_some() && !r.pending)
    })
    .await
    .unwrap();
    assert_eq!(one.drafts[0].text, "半句");
    let log = floor.log.lock().unwrap();
    let words: Vec<&str> = log
        .events
        .iter()
        .filter_map(|e| Some(e.payload.as_ref()?.text.as_ref()?.expose()))
        .collect();
    assert_eq!(words, ["离线登记的投诉", "第一句", "第二句"]);
    drop(log);
    one.shutdown();
}
