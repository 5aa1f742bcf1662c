#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::domain::event::{Actor, CustomerEvent, NewEvent, QueueEvent, TicketEvent, UserEvent};
use crate::domain::ids::{CommandId, QueueId};
use crate::domain::vocabulary::{Channel, Identity, IdentityKind, Role, Tier};
use crate::log::Answer;
use crate::text::RawText;
use uuid::Uuid;

const QUEUE: QueueId = QueueId(Uuid::from_u128(7));
const USER: UserId = UserId(Uuid::from_u128(8));

fn open(dir: &Path) -> SqliteLog {
    SqliteLog::open(&dir.join(FILE), LogOptions::default()).unwrap()
}

fn event(stream: impl Into<Stream>, body: impl Into<crate::domain::event::EventBody>) -> NewEvent {
    NewEvent {
        stream: stream.into(),
        actor: Actor::System,
        body: body.into(),
        customer: None,
        payload: None,
    }
}

fn said(ticket: TicketId, customer: CustomerId, text: &str) -> NewEvent {
    let body = TicketEvent::CustomerMessage {
        channel: Channel::Chat,
        origin: None,
        attachments: 0,
    };
    NewEvent {
        customer: Some(customer),
        payload: Some(Payload::text(RawText::new(text))),
        ..event(ticket, body)
    }
}

/// A customer with a ticket that says `text`.
fn opening(n: u128, number: u64, name: &str, text: &str) -> (TicketId, CustomerId, Vec<NewEvent>) {
    let (ticket, customer) = (
        TicketId(Uuid::from_u128(1000 + n)),
        CustomerId(Uuid::from_u128(2000 + n)),
    );
    let added = NewEvent {
        customer: Some(customer),
        payload: Some(Payload {
            name: Some(RawText::new(name)),
            identities: vec![Identity {
                kind: IdentityKind::Phone,
                value: RawText::new(format!("1380000{n:04}")),
                source: "test".to_owned(),
            }],
            ..Payload::default()
        }),
        ..event(
            customer,
            CustomerEvent::CustomerAdded {
                tier: Tier::C,
                vulnerable: false,
                origin: None,
            },
        )
    };
    let opened = TicketEvent::Opened {
        number: Some(number),
        customer,
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
    let events = vec![added, event(ticket, opened), said(ticket, customer, text)];
    (ticket, customer, events)
}

fn commit(id: u128, expected: Vec<(Stream, u32)>, events: Vec<NewEvent>) -> Commit {
    Commit {
        command: CommandId(Uuid::from_u128(id)),
        user: Some(USER),
        body_hash: [1; 32],
        expected,
        events,
        occurred_at: Ms(1_000 + i64::try_from(id % 1000).unwrap()),
        recorded_at: Ms(2_000),
        answer: Answer::Accepted,
    }
}

#[tokio::test]
async fn the_same_command_is_written_once() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    let (ticket, _, events) = opening(1, 1, "王小明", "退款没有到");
    let first = log
        .commit(commit(1, vec![(ticket.into(), 0)], events.clone()))
        .await
        .unwrap();
    let again = log
        .commit(commit(1, vec![(ticket.into(), 0)], events.clone()))
        .await
        .unwrap();
    assert!(!first.again && again.again);
    assert_eq!(first.events, again.events);
    assert_eq!(log.feed(0, 100).await.unwrap().len(), 3);
    let mut other = commit(1, vec![], events.clone());
    other.body_hash = [2; 32];
    assert_eq!(log.commit(other).await, Err(CommitError::IdReused));
    let mut other = commit(1, vec![], events);
    other.user = None;
    assert_eq!(log.commit(other).await, Err(CommitError::IdReused));
}

#[tokio::test]
async fn a_stream_that_moved_on_is_a_clash_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    let (ticket, customer, events) = opening(1, 1, "王小明", "退款没有到");
    log.commit(commit(1, vec![], events)).await.unwrap();
    let late = commit(
        2,
        vec![(ticket.into(), 1)],
        vec![said(ticket, customer, "还在吗")],
    );
    let clash = CommitError::Clash {
        stream: Some(ticket.into()),
    };
    assert_eq!(log.commit(late).await, Err(clash));
    assert_eq!(*log.watch().borrow(), 3);
    let fine = commit(
        2,
        vec![(ticket.into(), 2)],
        vec![said(ticket, customer, "还在吗")],
    );
    assert_eq!(log.commit(fine).await.unwrap().events[0].position, 4);
}

#[tokio::test]
async fn taken_names_are_clashes() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    let queue = |n: u128| {
        let body = QueueEvent::QueueAdded {
            slug: "main".to_owned(),
            zh: "总".to_owned(),
            en: "Main".to_owned(),
        };
        event(QueueId(Uuid::from_u128(n)), body)
    };
    log.commit(commit(1, vec![], vec![queue(1)])).await.unwrap();
    let second = log.commit(commit(2, vec![], vec![queue(2)])).await;
    assert_eq!(second, Err(CommitError::Clash { stream: None }));
    let user = event(
        USER,
        UserEvent::UserAdded {
            login: "li".to_owned(),
            name: "李".to_owned(),
            role: Role::Agent,
        },
    );
    log.commit(commit(3, vec![], vec![user])).await.unwrap();
    assert_eq!(
        log.user_by_login("li".to_owned()).await.unwrap(),
        Some(USER)
    );
}

#[tokio::test]
async fn search_finds_words_names_phones_and_numbers() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    for (n, name, text) in [
        (1, "王小明", "退款三天了没有到账"),
        (2, "曾丽", "师傅迟到了两个小时"),
    ] {
        let (_, _, events) = opening(n, 100 + u64::try_from(n).unwrap(), name, text);
        log.commit(commit(n, vec![], events)).await.unwrap();
    }
    let table: &[(&str, &[u64])] = &[
        ("退款", &[101]),
        ("退款三天了", &[101]),
        ("迟到", &[102]),
        ("wxm", &[101]),
        ("zl", &[102]),
        ("zengli", &[102]),
        ("曾丽", &[102]),
        ("13800000002", &[102]),
        ("1380000", &[]),
        ("102", &[102]),
        ("没有这个词", &[]),
    ];
    for (typed, expected) in table {
        let hits = log
            .search((*typed).to_owned(), Sight::All, 10)
            .await
            .unwrap();
        let numbers: Vec<u64> = hits.iter().filter_map(|h| h.ticket.number).collect();
        assert_eq!(&numbers, expected, "{typed}");
    }
    let blind = Sight::Some {
        user: USER,
        queues: BTreeSet::new(),
    };
    assert!(
        log.search("退款".to_owned(), blind, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn erasing_empties_words_names_and_search() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    let (ticket, customer, events) = opening(1, 1, "王小明", "我的退款没有到");
    log.commit(commit(1, vec![], events)).await.unwrap();
    let erased = event(customer, CustomerEvent::Erased {});
    log.commit(commit(2, vec![], vec![erased])).await.unwrap();
    let told = log.events(ticket.into(), 0, 10).await.unwrap();
    assert!(told.iter().all(|e| e.payload.is_none()));
    assert_eq!(told.len(), 2, "what happened stays");
    for typed in ["退款", "王小明", "wxm", "13800000001"] {
        assert!(
            log.search(typed.to_owned(), Sight::All, 10)
                .await
                .unwrap()
                .is_empty(),
            "{typed}"
        );
    }
    let personal = log.personal(vec![customer]).await.unwrap();
    assert!(personal[&customer].is_empty());
    log.close().await;
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let name = "王小明".as_bytes();
        let text = bytes.windows(name.len()).any(|w| w == name);
        assert!(!text, "the name still stands in a file");
    }
}

#[tokio::test]
async fn heads_are_rebuilt_when_the_fold_changed() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    let (ticket, customer, events) = opening(1, 9, "王小明", "退款没有到");
    log.commit(commit(1, vec![], events)).await.unwrap();
    let before = log
        .heads(vec![ticket.into(), customer.into()])
        .await
        .unwrap();
    log.close().await;
    let conn = rusqlite::Connection::open(dir.path().join(FILE)).unwrap();
    conn.execute_batch("UPDATE head SET data = '{}', open = 0; UPDATE counter SET value = 0 WHERE name = 'fold_version'")
        .unwrap();
    drop(conn);
    let log = open(dir.path());
    assert_eq!(
        log.heads(vec![ticket.into(), customer.into()])
            .await
            .unwrap(),
        before
    );
    assert_eq!(log.reserve_number().await.unwrap(), 10);
}

#[tokio::test]
async fn a_newer_schema_is_refused_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    drop(open(dir.path()));
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("PRAGMA user_version = 999").unwrap();
    drop(conn);
    let Err(error) = SqliteLog::open(&path, LogOptions::default()) else {
        panic!("opened a newer log");
    };
    assert!(
        matches!(error, LogError::Newer { found: 999, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn a_full_disk_is_said_and_leaves_nothing_half_written() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    let (ticket, customer, events) = opening(1, 1, "王小明", "退款没有到");
    log.commit(commit(1, vec![], events)).await.unwrap();
    log.write(|c| {
        let pages: i64 = c.query_row("PRAGMA page_count", [], |r| r.get(0))?;
        c.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    })
    .await
    .unwrap();
    let big = "长".repeat(100_000);
    let refused = log
        .commit(commit(2, vec![], vec![said(ticket, customer, &big)]))
        .await;
    assert_eq!(refused, Err(CommitError::Log(LogError::Full)));
    assert_eq!(log.feed(0, 100).await.unwrap().len(), 3);
    log.write(|c| {
        c.query_row("PRAGMA max_page_count = 1000000", [], |_| Ok(()))?;
        Ok(())
    })
    .await
    .unwrap();
    let done = log
        .commit(commit(2, vec![], vec![said(ticket, customer, &big)]))
        .await
        .unwrap();
    assert_eq!(done.events[0].position, 4, "no hole");
}

#[tokio::test]
async fn without_the_id_check_doubles_appear() {
    let dir = tempfile::tempdir().unwrap();
    let options = LogOptions {
        check_ids: false,
        fault: None,
    };
    let log = SqliteLog::open(&dir.path().join(FILE), options).unwrap();
    let (ticket, customer, events) = opening(1, 1, "王小明", "退款没有到");
    log.commit(commit(1, vec![], events)).await.unwrap();
    for _ in 0..2 {
        log.commit(commit(2, vec![], vec![said(ticket, customer, "一次")]))
            .await
            .unwrap();
    }
    assert_eq!(log.events(ticket.into(), 0, 10).await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_backup_taken_while_writing_restores_under_a_new_name() {
    let dir = tempfile::tempdir().unwrap();
    let log = open(dir.path());
    let (ticket, customer, events) = opening(1, 1, "王小明", "退款没有到");
    log.commit(commit(1, vec![], events)).await.unwrap();
    let file = dir.path().join("copy.sqlite");
    let write = log.commit(commit(2, vec![], vec![said(ticket, customer, "还有")]));
    let (copied, written) = tokio::join!(log.backup(&file), write);
    copied.unwrap();
    written.unwrap();
    let to = dir.path().join("restored.sqlite");
    restore(&file, &to, Uuid::from_u128(99)).unwrap();
    let restored = SqliteLog::open(&to, LogOptions::default()).unwrap();
    assert_ne!(restored.id(), log.id());
    let rows = restored.feed(0, 100).await.unwrap();
    assert_eq!(rows[..], log.feed(0, 100).await.unwrap()[..rows.len()]);
    assert!(rows.len() >= 3);
    assert!(
        restore(&file, &to, Uuid::from_u128(99)).is_err(),
        "never over a log"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_writers_leave_no_hole_and_a_reader_sees_none() {
    let dir = tempfile::tempdir().unwrap();
    let log = std::sync::Arc::new(open(dir.path()));
    let mut tasks = Vec::new();
    for n in 0..200_u128 {
        let log = std::sync::Arc::clone(&log);
        tasks.push(crate::task::spawn("writer", async move {
            let (_, _, events) = opening(n, u64::try_from(n).unwrap() + 1, "某", "多人同时写");
            log.commit(commit(n, vec![], events)).await.unwrap();
        }));
    }
    let mut seen = Vec::new();
    while seen.len() < 600 {
        let after = seen.last().copied().unwrap_or(0);
        seen.extend(
            log.feed(after, 50)
                .await
                .unwrap()
                .iter()
                .map(|r| r.event.position),
        );
    }
    assert_eq!(seen, (1..=600).collect::<Vec<u64>>());
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn bulk_leaves_the_log_a_server_would_have_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE);
    for (round, defer_heads) in [(0_u128, true), (1, false)] {
        let options = BulkOptions {
            chunk: 7,
            defer_heads,
        };
        let mut bulk = Bulk::open(&path, Uuid::from_u128(5), options).unwrap();
        for n in (round * 50)..(round * 50 + 50) {
            let number = bulk.next_number();
            let (_, _, events) = opening(n, number, "王小明", "批量写入的话");
            bulk.add(CommandId(Uuid::from_u128(n)), Ms(5), Ms(6), &events)
                .unwrap();
        }
        bulk.finish().unwrap();
    }
    let log = open(dir.path());
    assert_eq!(log.feed(0, 1000).await.unwrap().len(), 300);
    let hits = log
        .search("批量".to_owned(), Sight::All, 500)
        .await
        .unwrap();
    assert_eq!(hits.len(), 100);
    let stored = log
        .tickets(TicketFilter::default(), Sight::All, 500)
        .await
        .unwrap();
    assert_eq!(stored.len(), 100);
    for ticket in &stored {
        let events = log.events(ticket.id.into(), 0, 10).await.unwrap();
        let folded = crate::domain::fold::fold_all(&events);
        assert_eq!(folded, Some(Head::Ticket(Box::new(ticket.clone()))));
    }
}

/// Run by hand: `cargo test --release --lib speed -- --ignored --nocapture`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn speed_of_commits() {
    let dir = tempfile::tempdir().unwrap();
    let log = std::sync::Arc::new(open(dir.path()));
    let start = task::instant();
    let mut tasks = Vec::new();
    for n in 0..5000_u128 {
        let log = std::sync::Arc::clone(&log);
        tasks.push(task::spawn("writer", async move {
            let (_, _, events) = opening(n, u64::try_from(n).unwrap() + 1, "某", "多人同时写");
            log.commit(commit(n, vec![], events)).await.unwrap();
        }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let rate = 5000.0 / start.elapsed().as_secs_f64();
    assert!(rate > 1000.0, "{rate} commands a second");
}
