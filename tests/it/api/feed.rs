//! The feed and the snapshot: no hole, cut to scope, resumable.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Desk, Site, based, command, open, reply, serve};
use balm::api::wire::{Change, SnapshotEntry, SnapshotPage};
use balm::domain::command::CommandBody;
use balm::domain::fold::Head;
use balm::domain::ids::TicketId;
use balm::log::Log;
use balm::log::sqlite::{FILE, LogOptions, SqliteLog, restore};
use balm::task;

fn tickets(changes: &[Change]) -> (BTreeSet<TicketId>, BTreeSet<TicketId>) {
    let (mut told, mut left) = (BTreeSet::new(), BTreeSet::new());
    for change in changes {
        match change {
            Change::Event { event } if event.body.ticket().is_some() => {
                told.insert(TicketId(event.stream.id));
            }
            Change::ScopeEnter { entry } => {
                if let Head::Ticket(t) = &entry.head {
                    told.insert(t.id);
                }
            }
            Change::ScopeLeave { ticket } => {
                left.insert(*ticket);
            }
            _ => {}
        }
    }
    (told, left)
}

async fn snapshot(desk: &Desk, limit: u32) -> (Vec<SnapshotEntry>, String) {
    let (mut entries, mut after) = (Vec::new(), None::<String>);
    loop {
        let query = after.map_or(String::new(), |a| format!("&after={a}"));
        let page: SnapshotPage = desk
            .get(&format!("/v1/snapshot?limit={limit}{query}"))
            .await;
        entries.extend(page.entries);
        after = page.next;
        if after.is_none() {
            return (entries, page.cursor);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_misses_nothing_while_many_write() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let (_, start) = site.admin.feed(None).await;
    let mut writers = Vec::new();
    for _ in 0..4 {
        let (agent, queue) = (agent.clone(), site.queue);
        writers.push(task::spawn("writer", async move {
            for _ in 0..25 {
                let (_, _, body) = open(queue, "某", "大家同时写");
                agent.ask(&command(body)).await;
            }
        }));
    }
    let (mut seen, mut after) = (Vec::new(), start);
    let start = task::instant();
    while seen.len() < 300 {
        assert!(start.elapsed().as_secs() < 30, "only {} came", seen.len());
        let (changes, next) = site.admin.feed(Some(&after)).await;
        seen.extend(changes.iter().filter_map(|c| match c {
            Change::Event { event } => Some(event.position),
            _ => None,
        }));
        after = next;
    }
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let first = seen[0];
    assert_eq!(seen, (first..first + 300).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_transfer_takes_the_ticket_out_of_one_scope_and_into_another() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let main = site.agent("li").await;
    let repair = super::desk(
        &site.log,
        &site.running,
        "zhao",
        balm::domain::vocabulary::Role::Agent,
    )
    .await;
    let second = site.second_queue().await;
    site.members(second, vec![repair.user]).await;
    let (ticket, customer) = site.ticket("王小明", "退款没有到账").await;
    assert!(tickets(&main.feed(None).await.0).0.contains(&ticket));
    assert!(!tickets(&repair.feed(None).await.0).0.contains(&ticket));
    assert_eq!(repair.status(&format!("/v1/tickets/{ticket}")).await, 404);
    let (_, at) = repair.feed(None).await;
    let (_, at_main) = main.feed(None).await;
    let told = main
        .ask(&based(
            ticket,
            2,
            CommandBody::Transfer {
                ticket,
                queue: second,
            },
        ))
        .await;
    assert!(
        matches!(told, balm::api::wire::Outcome::Accepted { .. }),
        "{told:?}"
    );
    let (changes, _) = main.feed(Some(&at_main)).await;
    assert_eq!(changes, [Change::ScopeLeave { ticket }]);
    let (changes, _) = repair.feed(Some(&at)).await;
    let entries: Vec<&SnapshotEntry> = changes
        .iter()
        .filter_map(|c| match c {
            Change::ScopeEnter { entry } => Some(entry.as_ref()),
            _ => None,
        })
        .collect();
    assert_eq!(entries.len(), 2);
    assert!(matches!(&entries[0].head, Head::Customer(c) if c.id == customer));
    assert_eq!(
        entries[0]
            .personal
            .as_ref()
            .unwrap()
            .name
            .as_ref()
            .unwrap()
            .expose(),
        "王小明"
    );
    assert_eq!(entries[1].events.len(), 3);
    assert!(entries[1].events[1].payload.is_some());
}

#[tokio::test]
async fn who_comes_to_a_queue_takes_a_fresh_snapshot() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    let second = site.second_queue().await;
    let (_, at) = agent.feed(None).await;
    site.members(second, vec![agent.user]).await;
    let (changes, at) = agent.feed(Some(&at)).await;
    assert!(changes.contains(&Change::ScopeReset {}), "{changes:?}");
    site.members(second, vec![agent.user, site.admin.user])
        .await;
    let (changes, _) = agent.feed(Some(&at)).await;
    assert!(
        !changes.contains(&Change::ScopeReset {}),
        "somebody else's coming changes nothing"
    );
    let (changes, _) = site.admin.feed(None).await;
    assert!(
        !changes.contains(&Change::ScopeReset {}),
        "who sees all is never reset"
    );
}

#[tokio::test]
async fn a_snapshot_and_the_feed_behind_it_are_the_whole_picture() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let agent = site.agent("li").await;
    for n in 0..23 {
        site.ticket("某", &format!("第{n}件事")).await;
    }
    let (closed, _) = site.ticket("某", "快要关掉的").await;
    // Somebody writes between the pages: one ticket is closed, one opened.
    let first: SnapshotPage = agent.get("/v1/snapshot?limit=5").await;
    agent.ask(&based(closed, 2, reply(closed, "好了"))).await;
    let close = CommandBody::Close {
        ticket: closed,
        reason: balm::domain::vocabulary::CloseReason::Solved,
        item: Some("A1".into()),
        overrides: Vec::new(),
    };
    let told = agent.ask(&based(closed, 4, close)).await;
    assert!(
        matches!(told, balm::api::wire::Outcome::Accepted { .. }),
        "{told:?}"
    );
    let (late, _) = site.ticket("某", "后来的").await;
    while !site.log.undelivered(10).await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let (mut entries, mut next) = (first.entries, first.next);
    while let Some(after) = next {
        let page: SnapshotPage = agent
            .get(&format!("/v1/snapshot?limit=5&after={after}"))
            .await;
        assert_eq!(
            page.cursor, first.cursor,
            "the feed is read from where the snapshot began"
        );
        entries.extend(page.entries);
        next = page.next;
    }
    let mut versions: BTreeMap<TicketId, u32> = BTreeMap::new();
    let mut customers = BTreeSet::new();
    for entry in &entries {
        match &entry.head {
            Head::Ticket(t) => {
                assert_eq!(entry.events.len(), t.version as usize);
                versions.insert(t.id, t.version);
            }
            Head::Customer(c) => {
                customers.insert(c.id);
                assert!(entry.personal.is_some());
            }
            _ => {}
        }
    }
    for change in agent.feed(Some(&first.cursor)).await.0 {
        if let Change::Event { event } = change
            && event.body.ticket().is_some()
        {
            let version = versions.entry(TicketId(event.stream.id)).or_insert(0);
            if event.version > *version {
                assert_eq!(event.version, *version + 1, "a hole");
                *version = event.version;
            }
        }
    }
    assert!(versions.contains_key(&closed) && versions.contains_key(&late));
    assert_eq!(versions.len(), 25);
    for (ticket, version) in versions {
        let view: balm::api::wire::TicketView = agent.get(&format!("/v1/tickets/{ticket}")).await;
        assert_eq!(view.head.version(), version, "{ticket}");
    }
    assert!(customers.len() >= 24);
}

#[tokio::test]
async fn a_restored_backup_is_another_log_and_old_cursors_are_gone() {
    let dir = tempfile::tempdir().unwrap();
    let site = Site::new(dir.path()).await;
    let (ticket, _) = site.ticket("王小明", "退款没有到账").await;
    let copy = dir.path().join("copy.sqlite");
    site.log.backup(&copy).await.unwrap();
    let (_, cursor) = site.admin.feed(None).await;
    let token = site.admin.token.clone();
    site.running.shutdown().await;
    let restored = dir.path().join("restored").join(FILE);
    std::fs::create_dir(dir.path().join("restored")).unwrap();
    restore(&copy, &restored, task::new_id()).unwrap();
    let log = Arc::new(SqliteLog::open(&restored, LogOptions::default()).unwrap());
    let running = serve(Arc::clone(&log)).await;
    let admin = Desk {
        base: format!("http://{}", running.addr),
        token,
        ..site.admin
    };
    assert_eq!(
        admin.status(&format!("/v1/changes?after={cursor}")).await,
        410
    );
    assert_eq!(
        admin.status(&format!("/v1/stream?after={cursor}")).await,
        410
    );
    assert_eq!(admin.status("/v1/changes?after=nonsense").await, 400);
    let (entries, _) = snapshot(&admin, 100).await;
    assert!(
        entries
            .iter()
            .any(|e| matches!(&e.head, Head::Ticket(t) if t.id == ticket))
    );
    let log_name = cursor.split('-').next().unwrap();
    let mine = log.id();
    assert_ne!(mine, log_name);
    assert_eq!(
        admin
            .status(&format!("/v1/changes?after={mine}-fffff"))
            .await,
        410,
        "a future not seen"
    );
}
