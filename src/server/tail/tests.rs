#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;
use crate::domain::event::{Actor, NewEvent, Payload, TicketEvent};
use crate::domain::ids::{CommandId, CustomerId, QueueId, TicketId};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Channel, Tier};
use crate::log::sqlite::SqliteLog;
use crate::log::{Answer, Commit};
use crate::text::RawText;
use uuid::Uuid;

const TICKET: TicketId = TicketId(Uuid::from_u128(1));
const CUSTOMER: CustomerId = CustomerId(Uuid::from_u128(2));

fn event(
    stream: impl Into<crate::domain::ids::Stream>,
    body: impl Into<EventBody>,
    text: Option<&str>,
) -> NewEvent {
    NewEvent {
        stream: stream.into(),
        actor: Actor::System,
        body: body.into(),
        customer: Some(CUSTOMER),
        payload: text.map(|t| Payload::text(RawText::new(t))),
    }
}

async fn commit(log: &SqliteLog, id: u128, events: Vec<NewEvent>) {
    let commit = Commit {
        command: CommandId(Uuid::from_u128(id)),
        user: None,
        body_hash: [1; 32],
        expected: Vec::new(),
        events,
        occurred_at: Ms(1_000),
        recorded_at: Ms(2_000),
        answer: Answer::Accepted,
    };
    log.commit(commit).await.unwrap();
}

/// A log in which a customer opened a ticket: two rows.
async fn opened(dir: &std::path::Path) -> SqliteLog {
    let log = SqliteLog::open(&dir.join("log.db"), Default::default()).unwrap();
    let added = CustomerEvent::CustomerAdded {
        tier: Tier::C,
        vulnerable: false,
        origin: None,
    };
    let opened = TicketEvent::Opened {
        number: Some(1),
        customer: CUSTOMER,
        queue: QueueId(Uuid::from_u128(7)),
        channel: Channel::Chat,
        tier: Tier::C,
        vulnerable: false,
        repeat_of: None,
        contact: 1,
        item: None,
        live: false,
        origin: None,
    };
    let events = vec![event(CUSTOMER, added, None), event(TICKET, opened, None)];
    commit(&log, 1, events).await;
    log
}

/// So many lines in one command.
async fn says(log: &SqliteLog, id: u128, lines: usize) {
    let line = TicketEvent::CustomerMessage {
        channel: Channel::Chat,
        origin: None,
        attachments: 0,
    };
    let text = format!("line of {id}");
    let events = (0..lines).map(|_| event(TICKET, line.clone(), Some(&text)));
    commit(log, id, events.collect()).await;
}

/// Whether the tail tells here what the log tells.
async fn same(tail: &Tail, log: &SqliteLog, after: u64, limit: u32) {
    let told = tail.after(log, after, limit).await.unwrap();
    let truth = log.feed(after, limit).await.unwrap();
    let told: Vec<_> = told.iter().map(|r| r.event.clone()).collect();
    let truth: Vec<_> = truth.into_iter().map(|r| r.event).collect();
    assert_eq!(told, truth, "after {after}, at most {limit}");
}

#[tokio::test]
async fn readers_anywhere_hear_what_the_log_says() {
    let dir = tempfile::tempdir().unwrap();
    let log = opened(dir.path()).await;
    let tail = Tail::default();
    let mut end = 2_u64;
    let mut places = vec![0_u64, 2];
    // Small steps, steps as long as a page, and steps longer than what is kept.
    for (id, lines) in (10..).zip([1, 3, 7, 500, 2, 700, 1, 512, 40]) {
        says(&log, id, lines).await;
        end += lines as u64;
        for place in [&places[..], &[0, 1, end - 1, end]].concat() {
            same(&tail, &log, place, 500).await;
            same(&tail, &log, place, 2).await;
        }
        places.push(end);
        assert!(tail.0.lock().await.rows.len() <= KEPT);
    }
}

#[tokio::test]
async fn many_who_follow_the_end_read_the_log_once() {
    let dir = tempfile::tempdir().unwrap();
    let log = opened(dir.path()).await;
    let tail = Tail::default();
    same(&tail, &log, 2, 500).await;
    says(&log, 10, 3).await;
    let first = tail.after(&log, 2, 500).await.unwrap();
    let second = tail.after(&log, 2, 500).await.unwrap();
    assert_eq!(first.len(), 3);
    assert!(first.iter().zip(&second).all(|(a, b)| Arc::ptr_eq(a, b)));
}

#[tokio::test]
async fn a_deletion_lets_go_of_what_was_kept() {
    let dir = tempfile::tempdir().unwrap();
    let log = opened(dir.path()).await;
    let tail = Tail::default();
    same(&tail, &log, 2, 500).await;
    says(&log, 10, 3).await;
    same(&tail, &log, 2, 500).await;
    let erased = vec![event(CUSTOMER, CustomerEvent::Erased {}, None)];
    commit(&log, 11, erased).await;
    let told = tail.after(&log, 2, 500).await.unwrap();
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|r| r.event.payload.is_none()));
    same(&tail, &log, 2, 500).await;
    same(&tail, &log, 5, 500).await;
}
