//! The living demo: its history written into a new log, and its customers who keep writing while the server runs.

use std::fs;
use std::path::Path;

use super::Cx;
use super::error::CliError;
use crate::demo::{Live, history};
use crate::domain::command::Command;
use crate::domain::event::Actor;
use crate::domain::ids::CommandId;
use crate::domain::time::Ms;
use crate::log::sqlite::{Bulk, BulkOptions};
use crate::server::Running;
use crate::server::local::Setup;
use crate::task;

/// The demo's mark in a data folder: seed and start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    seed: u64,
    start: Ms,
}

const FILE: &str = "demo";

/// The mark of this folder, if its log is the demo's.
#[must_use]
pub fn mark(dir: &Path) -> Option<Mark> {
    let text = fs::read_to_string(dir.join(FILE)).ok()?;
    let mut words = text.split_whitespace();
    Some(Mark {
        seed: words.next()?.parse().ok()?,
        start: Ms(words.next()?.parse().ok()?),
    })
}

/// Writes the demo's history into a new log.
///
/// # Errors
/// When the demo's files or the folder cannot be used.
pub fn write(cx: &Cx, dir: &Path, seed: u64) -> Result<(), CliError> {
    let start = task::now_ms();
    let zone = cx.policy.calendar.zone();
    let acts = |text: &str| cx.coach.acts_of(text, start, zone);
    let (events, _, _) = history(seed, start, &cx.policy.calendar, &acts)?;
    // Written beside and renamed, so that a program stopped in the middle leaves no half demo behind.
    let making = dir.join("log.making");
    for leftover in ["log.making", "log.making-wal", "log.making-shm"] {
        let _ = fs::remove_file(dir.join(leftover));
    }
    let mut bulk = Bulk::open(&making, task::new_id(), BulkOptions::default())?;
    super::generate::append(&mut bulk, &events)?;
    bulk.finish()?;
    fs::write(dir.join(FILE), format!("{seed} {}\n", start.0))?;
    fs::rename(&making, super::place::log_file(dir))?;
    Ok(())
}

/// Lets the demo's accounts in, and its customers write.
///
/// # Errors
/// When the demo's files cannot be used.
pub async fn start(
    cx: &Cx,
    dir: &Path,
    running: &Running,
    mark: Mark,
) -> Result<tokio::task::JoinHandle<Option<()>>, CliError> {
    for login in [
        "chenyu", "liuyang", "zhaoqian", "sunhao", "zhoumin", "wujing",
    ] {
        let role = crate::domain::vocabulary::Role::Agent;
        let setup = Setup {
            login: login.to_owned(),
            name: login.to_owned(),
            role,
            queue: None,
        };
        running.local(&dir.join("as").join(login), &setup).await?;
    }
    let (_, tickets, site) = history(mark.seed, mark.start, &cx.policy.calendar, &|_| Vec::new())?;
    let mut live = Live::new(mark.seed, mark.start, &tickets, &site)?;
    live.resume(task::now_ms());
    let inlet = running.inlet();
    Ok(task::spawn("demo customers", async move {
        while let Some(due) = live.next_due() {
            let wait = due.at.minus(task::now_ms()).max(0);
            tokio::time::sleep(std::time::Duration::from_millis(
                u64::try_from(wait).unwrap_or(0),
            ))
            .await;
            let command = Command {
                id: CommandId(task::new_id()),
                at: task::now_ms(),
                base: Vec::new(),
                after: None,
                body: due.body,
            };
            if let Err(error) = inlet.commands().one(Actor::System, &command).await {
                tracing::warn!(%error, "a demo customer's message was not taken");
            }
        }
    }))
}
