//! `balm generate`: a large plausible log, written straight into the store.

use std::path::Path;

use super::args::GenerateArgs;
use super::error::CliError;
use super::{Cx, say};
use crate::config;
use crate::demo::{Generator, Plan, Sizes, user_id};
use crate::domain::event::{Body, Event, NewEvent};
use crate::log::sqlite::{Bulk, BulkOptions};
use crate::task;
use crate::text::locale::Arg;

/// Events written between two looks at the progress.
const PORTION: usize = 20_000;

/// The login at whose desk a generated log is measured.
pub const DESK_LOGIN: &str = "desk";

/// Writes the log, and the desk's replica if asked.
///
/// # Errors
/// When the folder holds data already or cannot be written.
pub fn run(cx: &Cx, args: &GenerateArgs) -> Result<(), CliError> {
    // Looked at before anything is made or narrowed there: it may be somebody's folder of other things.
    if !empty(&args.data) {
        // Another balm on it is the better thing to say.
        super::place::running(&args.data)?;
        return Err(CliError::new("cli-not_empty").with("path", args.data.display()));
    }
    let folder = config::prepare(&args.data)?;
    let file = super::place::log_file(folder.path());
    let lock = super::place::lock(folder.path())?;
    let written = write(cx, args, &file);
    if written.is_err() {
        // Half a log would only stand in the way of the next try; nothing was there before.
        for end in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(
                folder.path().join(format!("log.db{end}")),
            ));
        }
    }
    drop(lock);
    written?;
    if args.replica {
        fill_replica(cx, folder.path())?;
    }
    Ok(())
}

/// Whether nothing is there but what an earlier, failed try may have left.
fn empty(path: &Path) -> bool {
    std::fs::read_dir(path).map_or(true, |mut entries| {
        entries.all(|e| e.is_ok_and(|e| e.file_name() == crate::server::lock::FILE))
    })
}

fn write(cx: &Cx, args: &GenerateArgs, file: &Path) -> Result<(), CliError> {
    let began = task::instant();
    let sizes = Sizes {
        tickets: args.tickets,
        open: args.open.min(args.tickets),
        messages: args.messages,
    };
    let plan = Plan {
        sizes,
        seed: args.seed,
        end: task::now_ms(),
        user: Some(user_id(DESK_LOGIN)),
    };
    let mut generator = Generator::new(plan)?;
    let mut bulk = Bulk::open(
        file,
        task::new_id(),
        BulkOptions {
            defer_heads: true,
            ..BulkOptions::default()
        },
    )?;
    let mut progress = say::Progress::default();
    let mut events = 0_usize;
    loop {
        let portion = generator
            .portion(PORTION)
            .map_err(|e| CliError::new("cli-content").with("what", e))?;
        if portion.is_empty() {
            break;
        }
        events += portion.len();
        append(&mut bulk, &portion)?;
        let secs = began.elapsed().as_secs_f64();
        progress.show(&cx.progress(
            u64::from(generator.written()),
            Some(u64::from(args.tickets)),
            secs,
        ));
    }
    bulk.finish()?;
    progress.done();
    let done = [
        ("tickets", Arg::from(generator.written())),
        ("events", Arg::from(events)),
        (
            "secs",
            Arg::from(format!("{:.1}", began.elapsed().as_secs_f64())),
        ),
    ];
    say::remark(&cx.locale.t_args("cli-generate_done", &done));
    Ok(())
}

/// Writes the events of whole commands, as they were decided.
///
/// # Errors
/// When the store cannot be written.
pub fn append(bulk: &mut Bulk, events: &[Event]) -> Result<(), CliError> {
    for command in events.chunk_by(|a, b| a.id.command == b.id.command) {
        let Some(first) = command.first() else {
            continue;
        };
        let new: Vec<NewEvent> = command
            .iter()
            .filter_map(|event| match &event.body {
                Body::Known(body) => Some(NewEvent {
                    stream: event.stream,
                    actor: event.actor,
                    body: body.clone(),
                    customer: event.customer,
                    payload: event.payload.clone(),
                }),
                Body::Unknown(_) => None,
            })
            .collect();
        bulk.add(first.id.command, first.occurred_at, first.recorded_at, &new)?;
    }
    Ok(())
}

/// Runs a desk against the new log until its replica is whole.
fn fill_replica(cx: &Cx, dir: &Path) -> Result<(), CliError> {
    let began = task::instant();
    super::desk::fill_replica(cx, dir, DESK_LOGIN)?;
    let secs = format!("{:.1}", began.elapsed().as_secs_f64());
    say::remark(
        &cx.locale
            .t_args("cli-replica_done", &[("secs", Arg::from(secs))]),
    );
    Ok(())
}
