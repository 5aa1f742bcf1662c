//! The whole store on its own threads, without a line.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests"
)]

use std::time::Duration;

use super::*;
use crate::api::desk::{Draft, DraftKey, Rows};
use crate::api::wire::{Me, SnapshotEntry, SnapshotPage};
use crate::domain::event::{
    Actor, Body, Event, EventBody, Payload, QueueEvent, TicketEvent, UserEvent,
};
use crate::domain::fold::fold_all;
use crate::domain::ids::{CommandId, CustomerId, EventId, QueueId, Stream, TicketId, UserId};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Channel, Role, Tier};
use uuid::Uuid;

fn event(stream: Stream, version: u32, body: EventBody, text: Option<&str>) -> Event {
    let at = task::now_ms();
    Event {
        id: EventId {
            command: CommandId(Uuid::from_u128(
                stream.id.as_u128() * 16 + u128::from(version),
            )),
            index: 0,
        },
        stream,
        version,
        position: u64::from(version) + (stream.id.as_u128() as u64) * 4,
        occurred_at: at,
        recorded_at: at,
        actor: Actor::Customer,
        body: Body::Known(body),
        customer: Some(CustomerId(Uuid::from_u128(5))),
        payload: text.map(|t| Payload::text(t.into())),
    }
}

fn entry(events: Vec<Event>) -> SnapshotEntry {
    SnapshotEntry {
        head: fold_all(&events).unwrap(),
        events,
        personal: None,
        excerpt: None,
    }
}

const ME: UserId = UserId(Uuid::from_u128(1));
const QUEUE: QueueId = QueueId(Uuid::from_u128(2));

fn ticket(n: u128) -> TicketId {
    TicketId(Uuid::from_u128(1000 + n))
}

fn picture(tickets: u128) -> Vec<SnapshotEntry> {
    let user = UserEvent::UserAdded {
        login: "a".into(),
        name: "小李".into(),
        role: Role::Agent,
    };
    let queue = QueueEvent::QueueAdded {
        slug: "q".into(),
        zh: "热线".into(),
        en: "Hotline".into(),
    };
    let mut out = vec![
        entry(vec![event(ME.into(), 1, user.into(), None)]),
        entry(vec![
            event(QUEUE.into(), 1, queue.into(), None),
            event(
                QUEUE.into(),
                2,
                QueueEvent::MembersSet { members: vec![ME] }.into(),
                None,
            ),
        ]),
    ];
    for n in 0..tickets {
        let opened = TicketEvent::Opened {
            number: u64::try_from(n + 1).ok(),
            customer: CustomerId(Uuid::from_u128(5)),
            queue: QUEUE,
            channel: Channel::Chat,
            tier: Tier::C,
            vulnerable: false,
            repeat_of: None,
            contact: 1,
            item: None,
            live: false,
            origin: None,
        };
        let words = TicketEvent::CustomerMessage {
            channel: Channel::Chat,
            origin: None,
            attachments: 0,
        };
        let id = ticket(n);
        out.push(entry(vec![
            event(id.into(), 1, opened.into(), None),
            event(id.into(), 2, words.into(), Some("空调坏了三天，没有人来")),
        ]));
    }
    out
}

fn config(dir: &std::path::Path) -> StoreConfig {
    StoreConfig {
        dir: dir.to_owned(),
        fingerprint: "f".into(),
        policy: Arc::new(Policy::shipped().unwrap()),
        lint: None,
        feeling: None,
    }
}

async fn fill(store: &Store, tickets: u128) {
    let head = picture(0).remove(0).head;
    let crate::domain::fold::Head::User(user) = head else {
        panic!()
    };
    let me = Me {
        user,
        queues: vec![QUEUE],
        log: "l".into(),
        now: Ms(0),
        version: "0".into(),
        demo: false,
    };
    store
        .call(|r| Call::Identity(Box::new(me), r))
        .await
        .unwrap()
        .unwrap();
    let entries = picture(tickets);
    let total = entries.len() as u64;
    let page = SnapshotPage {
        entries,
        next: None,
        cursor: "c".into(),
        total,
    };
    store
        .call(|r| Call::Snapshot(Box::new(page), r))
        .await
        .unwrap()
        .unwrap();
}

async fn rows(
    answers: &mut async_mpsc::Receiver<DeskAnswer>,
    done: impl Fn(&Rows) -> bool,
) -> Rows {
    tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            if let DeskAnswer::Rows(rows) = answers.recv().await.unwrap()
                && done(&rows)
            {
                return rows;
            }
        }
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn drafts_outlive_the_process_and_follow_a_merge() {
    let dir = tempfile::tempdir().unwrap();
    let (store, mut answers, _notices) = open(config(dir.path())).unwrap();
    fill(&store, 3).await;
    let draft = |ticket, text: &str| {
        DeskRequest::SaveDraft(Draft {
            key: DraftKey::Reply(ticket),
            text: text.into(),
            caret: 3,
            parts: Vec::new(),
            saved_at: Ms(7),
            began_position: 9,
        })
    };
    store.ask(draft(ticket(0), "半句话")).unwrap();
    store.ask(draft(ticket(1), "另一半")).unwrap();
    rows(&mut answers, |r| r.strip.drafts == 2).await;
    store.stop();
    let (store, mut answers, _notices) = open(config(dir.path())).unwrap();
    rows(&mut answers, |r| r.strip.drafts == 2).await;
    // Ticket 0 goes on in ticket 1: both halves are there.
    let merged = event(
        ticket(0).into(),
        3,
        TicketEvent::Merged { into: ticket(1) }.into(),
        None,
    );
    let item = crate::api::wire::ChangeItem {
        cursor: "d".into(),
        change: crate::api::wire::Change::Event {
            event: Box::new(merged),
        },
    };
    store
        .call(|r| Call::Changes(vec![item], "d".into(), r))
        .await
        .unwrap()
        .unwrap();
    let drafts = loop {
        if let DeskAnswer::Drafts(drafts) = answers.recv().await.unwrap()
            && drafts.len() == 1
        {
            break drafts;
        }
    };
    assert_eq!(drafts[0].key, DraftKey::Reply(ticket(1)));
    assert!(drafts[0].text.contains("半句话") && drafts[0].text.contains("另一半"));
    store.stop();
}

#[tokio::test]
async fn the_first_rows_of_a_filled_replica() {
    let tickets = std::env::var("BALM_ROWS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(300);
    let dir = tempfile::tempdir().unwrap();
    let (store, mut answers, _notices) = open(config(dir.path())).unwrap();
    fill(&store, tickets).await;
    let wanted = u32::try_from(tickets).unwrap();
    let rows_now = rows(&mut answers, |r| r.strip.open == wanted).await;
    assert_eq!(&*rows_now.rows[0].excerpt, "空调坏了三天，没有人来");
    assert_eq!(
        rows_now.strip.unread, 0,
        "nothing is new that was there before the desk first looked"
    );
    store.stop();
    let begun = task::instant();
    let (store, mut answers, _notices) = open(config(dir.path())).unwrap();
    rows(&mut answers, |r| r.strip.open == wanted).await;
    eprintln!(
        "{tickets} open tickets: first rows after {:?}",
        begun.elapsed()
    );
    store.stop();
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (store, _answers, _notices) = open(config(dir.path())).unwrap();
    fill(&store, 1).await;
    let mode = std::fs::metadata(dir.path().join("desk").join(ME.to_string()))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    store.stop();
}
