//! A shift of a hundred contacts at 80×24: the real state machine, store, engine and server, while the queue reorders
//! under the hand. Then somebody else sits down at the same seat.

mod lines;
mod seat;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use balm::api::desk::DeskAnswer;
use balm::api::wire::CommandBatch;
use balm::app::Event;
use balm::client::Client;
use balm::domain::command::{Command, CommandBody};
use balm::domain::ids::{CommandId, TicketId};
use balm::domain::vocabulary::Priority;
use balm::task;

use crate::support::demo::Demo;

use seat::Seat;

/// A lead who keeps changing what is urgent: the list moves under the hand the whole time.
fn stir(demo: &Demo, tickets: Vec<TicketId>) -> tokio::task::JoinHandle<usize> {
    let token = std::fs::read_to_string(demo.token("zhoumin")).unwrap();
    let client = Client::new(&demo.url, token.trim()).unwrap();
    tokio::spawn(async move {
        let mut changes = 0;
        loop {
            let ticket = tickets[changes * 7 % tickets.len()];
            let priority = Priority::ALL[changes % Priority::ALL.len()];
            let command = Command {
                id: CommandId(task::new_id()),
                at: task::now_ms(),
                base: Vec::new(),
                after: None,
                body: CommandBody::SetPriority { ticket, priority },
            };
            let commands = vec![command];
            let _ = client.commands(&CommandBatch { commands }).await;
            changes += 1;
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_of_a_hundred_contacts_and_a_change_of_user() {
    let demo = Demo::start(21);
    let folder = demo.folder.path().join("seat");
    std::fs::create_dir_all(&folder).unwrap();
    let mut seat = Seat::sit(&demo, "chenyu", &folder);
    seat.until("the queue", |s| s.state.queue.rows.len() > 5)
        .await;
    let tickets = seat.numbers.values().copied().collect();
    let stirring = stir(&demo, tickets);
    let mut orders = Vec::new();
    for n in 0..100 {
        match n % 10 {
            0 | 5 => seat.call(n).await,
            kind => {
                if kind % 2 == 0 {
                    seat.press(&["F9"]).await;
                    seat.ready().await;
                } else {
                    seat.open(1 + n % 3).await;
                }
                seat.reply("您放心").await;
                if kind == 7 {
                    // It waits for the customer until the first time offered.
                    seat.press(&["Esc", "w", "Enter", "Enter"]).await;
                }
            }
        }
        seat.figures.contacts += 1;
        orders.push(
            seat.state
                .queue
                .rows
                .iter()
                .map(|r| r.ticket.id)
                .collect::<Vec<_>>(),
        );
    }
    stirring.abort();
    let moved = orders.windows(2).filter(|w| w[0] != w[1]).count();
    let f = &seat.figures;
    #[allow(clippy::cast_precision_loss, reason = "small counts")]
    let per = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!(
        "shift at 80x24: {} contacts, {} replies, {} spoken; {:.1} keys and {:.1} typed characters a contact; {:.2} warnings \
         and {:.2} questions a reply; {} blocked; {} Enter on a row that had just left; the list moved in {moved} of 99 \
         contacts; wrong-ticket sends {}",
        f.contacts,
        f.replies,
        f.spoken,
        per(f.keys, f.contacts),
        per(f.typed, f.contacts),
        per(f.warnings, f.replies),
        per(f.questions, f.replies),
        f.blocked,
        f.misses,
        f.wrong,
    );
    assert_eq!(
        f.wrong, 0,
        "words went to another ticket than the one on the screen"
    );
    assert_eq!((f.contacts, f.replies), (100, 80));
    // How often it moves depends on the machine; that it moves at all is what makes the other figures mean something.
    assert!(moved >= 10, "the list hardly moved: {moved}");
    seat.until("an empty outbox", |s| s.state.link.waiting == 0)
        .await;
    change_of_user(&demo, &folder, seat).await;
}

const SECRET: &str = "这句谁也别看见";

/// Every file below, with its bytes.
fn files(dir: &Path) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap_or_default();
            all.insert(path, bytes);
        }
    }
    all
}

async fn change_of_user(demo: &Demo, folder: &Path, mut seat: Seat) {
    seat.press(&["F9"]).await;
    seat.ready().await;
    let ticket = seat.state.ticket.as_ref().unwrap().id;
    seat.press(&["Enter"]).await;
    seat.write(SECRET).await;
    seat.back_to_list().await;
    seat.until("the draft on disk", |s| s.state.unsaved.is_empty())
        .await;
    seat.press(&["Ctrl-D"]).await;
    seat.until("the draft in the list", |s| {
        s.frame.replace(' ', "").contains(SECRET)
    })
    .await;
    seat.leave();
    let former = files(folder);
    let homes: Vec<_> = former
        .keys()
        .filter(|p| p.file_name().is_some_and(|n| n == "outbox.db"))
        .cloned()
        .collect();
    assert_eq!(homes.len(), 1, "{homes:?}");
    let home = homes[0].parent().unwrap().to_owned();

    let mut next = Seat::sit(demo, "liuyang", folder);
    let open_files = || -> Vec<String> {
        let fds = std::fs::read_dir("/proc/self/fd")
            .into_iter()
            .flatten()
            .flatten();
        let links = fds.filter_map(|e| std::fs::read_link(e.path()).ok());
        links
            .filter(|p| p.starts_with(&home))
            .map(|p| p.display().to_string())
            .collect()
    };
    next.until("the queue", |s| s.state.queue.rows.len() > 5)
        .await;
    let mut seen = vec![next.frame.clone()];
    for keys in [
        &["Ctrl-D"][..],
        &["Esc", "F9"],
        &["Ctrl-R"],
        &["Ctrl-K"],
        &["Esc", "Ctrl-N"],
        &["F2"],
    ] {
        next.press(keys).await;
        next.breathe(Duration::from_millis(60)).await;
        seen.push(next.frame.clone());
        assert_eq!(open_files(), Vec::<String>::new());
    }
    // The very ticket the former user wrote on, if this one may see it.
    if next.numbers.values().any(|id| *id == ticket) {
        next.event(Event::Desk(DeskAnswer::Flushed));
        next.press(&["Esc", "Esc"]).await;
    }
    for frame in &seen {
        let flat: String = frame.replace(' ', "");
        assert!(!flat.contains(SECRET), "{frame}");
        let status = frame.lines().next().unwrap().replace(' ', "");
        assert!(
            status.contains("刘洋") && !status.contains("陈雨"),
            "{status}"
        );
    }
    next.leave();
    let after = files(folder);
    for (path, bytes) in former.iter().filter(|(p, _)| p.starts_with(&home)) {
        assert_eq!(
            after.get(path),
            Some(bytes),
            "{} was touched",
            path.display()
        );
    }
}
