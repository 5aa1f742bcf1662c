//! `balm train new --from TICKET`: a scenario file from a closed ticket of a live data folder, masked. The only training command that
//! looks at live data, and it only reads.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::BEGAN;
use super::args::NewArgs;
use crate::cli::Cx;
use crate::cli::check::worded;
use crate::cli::error::CliError;
use crate::cli::place::{self, Door};
use crate::cli::say;
use crate::client::{Client, ClientError};
use crate::coach::content::File;
use crate::config;
use crate::domain::event::{Body, EventBody, Payload, TicketEvent};
use crate::domain::fold::Head;
use crate::domain::ids::TicketId;
use crate::domain::lang::Lang;
use crate::domain::ticket::{Status, Ticket};
use crate::sim::check::{Bench, Effort, check_one};
use crate::sim::draft::{Case, Draft, NoDraft, Personal, Said, Speaker, draft};
use crate::sim::{Scenario, Stage};
use crate::text::locale::Arg;
use crate::text::{SafeText, pad};

/// Makes the file and tells what is left to do.
///
/// # Errors
/// When there is no such ticket, it is not closed, or it gives nothing to begin with; when the file cannot be written.
pub fn run(cx: &Cx, args: &NewArgs) -> Result<(), CliError> {
    let named = args.out.as_deref().map(id_of).transpose()?;
    let folder = config::prepare(&cx.data(args.data.as_deref()))?;
    let log = place::log_file(folder.path());
    if !log.exists() {
        return Err(CliError::new("cli-not_found").with("what", log.display()));
    }
    let mut case = cx.runtime()?.block_on(async {
        let door = Door::open(cx, folder.path()).await?;
        let done = match door.client(folder.path()) {
            Ok(client) => case(&client, &args.from).await,
            Err(e) => Err(e),
        };
        door.close().await;
        done
    })?;
    if let Some(id) = named {
        case.id = id;
    }
    let zone = cx.policy.calendar.zone().clone();
    let stage = Stage::shipped(cx.coach.clone(), zone)
        .map_err(|e| CliError::new("cli-content").with("what", e))?;
    let bench = Bench {
        stage: Arc::new(stage),
        calendar: &cx.policy.calendar,
        began: BEGAN,
        effort: Effort::QUICK,
    };
    let made = draft(&case, &bench, &cx.policy.taxonomy).map_err(|e| {
        let key = match e {
            NoDraft::NoWords => "train-new-silent",
            NoDraft::NoItem => "train-new-item",
            NoDraft::Content(bad) => return CliError::new("cli-content").with("what", bad),
        };
        CliError::new(key).with("id", &args.from)
    })?;
    let path = args.out.clone().unwrap_or_else(|| {
        PathBuf::from(format!("{}.toml", made.scenario.id.to_ascii_lowercase()))
    });
    write(&path, &made.text)?;
    tell(cx, &bench, &path, &made);
    Ok(())
}

/// The id that a file of this name holds.
fn id_of(path: &Path) -> Result<String, CliError> {
    let bad = || CliError::new("train-new-name").with("path", path.display());
    let name = path.file_name().and_then(|n| n.to_str()).ok_or_else(bad)?;
    let stem = name.strip_suffix(".toml").ok_or_else(bad)?;
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    if stem.is_empty() || !stem.bytes().all(fits) {
        return Err(bad());
    }
    Ok(stem.to_ascii_uppercase())
}

/// A new file, never over another.
fn write(path: &Path, text: &str) -> Result<(), CliError> {
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = opened.map_err(|e| match e.kind() {
        ErrorKind::AlreadyExists => CliError::new("train-new-there").with("path", path.display()),
        _ => CliError::file(path, &e),
    })?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|e| CliError::file(path, &e))
}

/// What was made, and what the check says of it, with what to do.
fn tell(cx: &Cx, bench: &Bench<'_>, path: &Path, made: &Draft) {
    let clean = |text: &str| SafeText::clean_line(text).as_str().to_owned();
    let shown = clean(&path.display().to_string());
    let written = [
        ("path", Arg::from(shown.clone())),
        ("count", Arg::from(made.taken)),
    ];
    say::remark(&cx.locale.t_args("train-new-written", &written));
    let missing = match made.lang {
        Lang::Zh => "en",
        Lang::En => "zh",
    };
    say::remark(
        &cx.locale
            .t_args("train-new-left", &[("missing", Arg::from(missing))]),
    );
    let name = format!("{}.toml", made.scenario.id.to_ascii_lowercase());
    let file = File {
        name: &name,
        text: &made.text,
    };
    let mut files = Scenario::shipped_files();
    files.push(file);
    for problem in check_one(bench, &file, &files, &cx.policy.taxonomy).problems {
        let [what, remedy] = worded(&cx.locale, &problem);
        say::remark(&format!(
            "{shown}:{}: {what} [{}]",
            problem.line, problem.rule
        ));
        say::remark(&format!("{}{remedy}", pad("", 4)));
    }
}

/// The ticket with everything that was said in it, and with whoever must not be recognised.
async fn case(client: &Client, wanted: &str) -> Result<Case, CliError> {
    let id = find(client, wanted).await?;
    let view = client.ticket(id).await.map_err(|e| missing(e, wanted))?;
    let Head::Ticket(ticket) = view.head else {
        return Err(CliError::new("train-new-none").with("id", wanted));
    };
    if !matches!(ticket.status, Status::Closed { .. }) {
        return Err(CliError::new("train-new-open").with("id", wanted));
    }
    let mut personal = personal(client, &ticket).await?;
    let mut turns = Vec::new();
    for event in view.events {
        let Some(payload) = event.payload else {
            continue;
        };
        learn(&payload, &mut personal);
        let Body::Known(EventBody::Ticket(body)) = &event.body else {
            continue;
        };
        let who = match body {
            TicketEvent::CustomerMessage { .. } => Speaker::Customer,
            TicketEvent::Replied { .. } | TicketEvent::Spoken { .. } => Speaker::Agent,
            _ => continue,
        };
        if let Some(text) = payload.text {
            turns.push(Said {
                who,
                at: event.occurred_at,
                text,
            });
        }
    }
    let hash = Sha256::digest(id.0.as_bytes());
    let seed = hash
        .iter()
        .take(8)
        .fold(0_u64, |n, b| n << 8 | u64::from(*b));
    Ok(Case {
        id: format!("OWN-{:06X}", seed & 0xff_ffff),
        seed,
        item: ticket.item,
        channel: ticket.channel,
        tier: ticket.tier,
        vulnerable: ticket.vulnerable,
        turns,
        personal,
    })
}

fn missing(error: ClientError, wanted: &str) -> CliError {
    match error {
        ClientError::Permanent(_) => CliError::new("train-new-none").with("id", wanted),
        other => other.into(),
    }
}

/// The ticket of this number or id.
async fn find(client: &Client, wanted: &str) -> Result<TicketId, CliError> {
    let none = || CliError::new("train-new-none").with("id", wanted);
    let plain = wanted.trim().trim_start_matches('#');
    if let Ok(id) = plain.parse::<TicketId>() {
        return Ok(id);
    }
    let number: u64 = plain.parse().map_err(|_| none())?;
    let asked = client.tickets(&[("number", number.to_string())]).await;
    let page = asked.map_err(|e| missing(e, wanted))?;
    let found = page.tickets.into_iter().find_map(|head| match head {
        Head::Ticket(ticket) if ticket.number == Some(number) => Some(ticket.id),
        _ => None,
    });
    found.ok_or_else(none)
}

/// The customer's names and addresses in force, and everybody who works here.
async fn personal(client: &Client, ticket: &Ticket) -> Result<Personal, CliError> {
    let mut out = Personal::default();
    learn(&client.customer(ticket.customer).await?.personal, &mut out);
    for user in client.users().await?.users {
        out.colleagues.push(user.name);
        // A login in plain letters may be an everyday word; nobody says it to a customer.
        if user.login.bytes().any(|b| !b.is_ascii_alphabetic()) {
            out.colleagues.push(user.login);
        }
    }
    out.values.extend(ticket.number.map(|n| n.to_string()));
    Ok(out)
}

fn learn(payload: &Payload, out: &mut Personal) {
    let clean = |text| SafeText::clean(text).as_str().to_owned();
    out.customer.extend(payload.name.as_ref().map(clean));
    out.values
        .extend(payload.identities.iter().map(|i| clean(&i.value)));
    for attachment in &payload.attachments {
        out.values.push(clean(&attachment.name));
        out.values.push(clean(&attachment.reference));
    }
}
