//! `balm train`, `balm train class`, `balm train join`: training on a screen.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use super::super::args::{TrainAloneArgs, TrainClassArgs, TrainHomeArgs, TrainJoinArgs};
use super::super::desk::{self, Seat, TrainingLine};
use super::super::error::CliError;
use super::super::{Cx, say};
use super::link;
use super::room::{self, Room};
use crate::api::training::SeatRole;
use crate::client::{self, Client};
use crate::server::local;
use crate::task;
use crate::text::locale::Arg;

/// Orders that may wait while the training answers another.
const ORDERS: usize = 64;
/// How long the last orders of a desk that closes may take.
const LAST_ORDERS: Duration = Duration::from_secs(6);

/// Practises alone: a server, its customers and this desk, in one process on a folder of their own.
///
/// # Errors
/// When there is no terminal, or the folder cannot be used.
pub fn alone(cx: &Cx, args: &TrainAloneArgs) -> Result<(), CliError> {
    terminal()?;
    let home = room::home(cx, args.home.home.as_deref())?;
    let runtime = cx.runtime_behind()?;
    let room = task::behind(|| {
        runtime.block_on(Room::open(cx, &home, &args.home, room::Door::default()))
    })?;
    let name = args
        .name
        .clone()
        .or_else(user)
        .unwrap_or_else(|| cx.locale.t("train-trainee"));
    let done = runtime
        .block_on(room.seat(&name, SeatRole::Trainee))
        .and_then(|way| {
            sit(
                cx,
                &room.url(),
                &way,
                SeatRole::Trainee,
                &args.home,
                &runtime,
            )
        });
    runtime.block_on(room.close());
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

/// Leads a class.
///
/// # Errors
/// When the address or folder cannot be used.
pub fn class(cx: &Cx, args: &TrainClassArgs) -> Result<(), CliError> {
    if !args.no_screen {
        terminal()?;
    }
    let home = room::home(cx, args.home.home.as_deref())?;
    let runtime = cx.runtime_behind()?;
    let door = room::Door {
        listen: args.listen,
        behind_proxy: args.behind_proxy,
        url: args.url.clone(),
    };
    let room = task::behind(|| runtime.block_on(Room::open(cx, &home, &args.home, door)))?;
    let done = runtime.block_on(seats(cx, &room, args)).and_then(|way| {
        if args.no_screen {
            runtime.block_on(until_told())
        } else {
            sit(
                cx,
                &room.url(),
                &way,
                SeatRole::Trainer,
                &args.home,
                &runtime,
            )
        }
    });
    runtime.block_on(room.close());
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

/// Makes the seats, says how to join each, and gives the trainer's own way in.
async fn seats(cx: &Cx, room: &Room, args: &TrainClassArgs) -> Result<PathBuf, CliError> {
    let names: Vec<String> = if args.names.is_empty() {
        let number = |n: u16| cx.locale.t_args("train-seat", &[("number", Arg::from(n))]);
        (1..=args.seats).map(number).collect()
    } else {
        args.names
            .iter()
            .map(|n| n.trim().to_owned())
            .filter(|n| !n.is_empty())
            .collect()
    };
    // The trainer first: from then on levels are gated.
    let trainer = cx.locale.t("train-trainer");
    let way = room.seat(&trainer, SeatRole::Trainer).await?;
    for name in &room::apart(names) {
        let join = room.open_seat(name).await?;
        say::line(&format!("{name}: {join}"))?;
    }
    Ok(way)
}

/// Waits for SIGTERM or SIGINT.
async fn until_told() -> Result<(), CliError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Takes a seat in a class.
///
/// # Errors
/// When there is no terminal, the class cannot be reached, or the code is not known.
pub fn join(cx: &Cx, args: &TrainJoinArgs) -> Result<(), CliError> {
    terminal()?;
    let home = room::home(cx, args.home.home.as_deref())?;
    let runtime = cx.runtime_behind()?;
    let joined = runtime
        .block_on(Client::new(&args.url, "")?.join(&args.code))
        .map_err(|error| match error {
            client::ClientError::Auth => CliError::new("train-code"),
            other => CliError::new("cli-server").with("what", other),
        })?;
    let folder = room::ThrowAway::new(&home)?;
    let dir = folder.path();
    let way = dir.join("as").join("seat");
    let done = local::write_token(&way, &joined.token)
        .map_err(CliError::from)
        .and_then(|()| {
            let file = way.join(local::FILE);
            sit_at(
                cx,
                dir,
                &args.url,
                &file,
                SeatRole::Trainee,
                &args.home,
                &runtime,
            )
        });
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

fn sit(
    cx: &Cx,
    url: &str,
    way: &Path,
    role: SeatRole,
    args: &TrainHomeArgs,
    runtime: &tokio::runtime::Runtime,
) -> Result<(), CliError> {
    // The replica lies beside the way in: both are thrown away with the room.
    let dir = way.parent().unwrap_or(way);
    sit_at(cx, dir, url, way, role, args, runtime)
}

fn sit_at(
    cx: &Cx,
    dir: &Path,
    url: &str,
    token_file: &Path,
    role: SeatRole,
    args: &TrainHomeArgs,
    runtime: &tokio::runtime::Runtime,
) -> Result<(), CliError> {
    let token = client::read_token(token_file)?;
    let client = Arc::new(Client::new(url, &token)?);
    let (orders, asked) = mpsc::channel(ORDERS);
    let (telling, news) = mpsc::channel(ORDERS);
    let last = {
        let _guard = runtime.enter();
        link::start(&client, role, asked, &telling)
    };
    drop(telling);
    let seat = Seat {
        dir,
        url,
        token_file,
        mouse: !args.no_mouse,
        practice: Some(TrainingLine { role, orders, news }),
    };
    let done = desk::screen(cx, seat, runtime);
    // What was ordered before the screen closed is brought to the training: own words, answers, a contact that was ended.
    let brought = async { tokio::time::timeout(LAST_ORDERS, last).await };
    if runtime.block_on(brought).is_err() {
        tracing::warn!("not every order could be brought to the training");
    }
    done
}

fn terminal() -> Result<(), CliError> {
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        Ok(())
    } else {
        Err(CliError::new("cli-no_terminal"))
    }
}

/// The system's name for whoever sits here.
fn user() -> Option<String> {
    std::env::var("USER").ok().filter(|u| !u.trim().is_empty())
}
