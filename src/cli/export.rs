//! `balm export`: every event as a line of JSON, in the log's order, masked unless `--raw`.

use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::Cx;
use super::args::{ExportArgs, ExportFrom};
use super::error::CliError;
use super::place::{self, Door};
use crate::api::wire::Change;
use crate::client::Client;
use crate::domain::event::{Event, Payload};
use crate::domain::ids::CustomerId;
use crate::domain::vocabulary::{IdentityKind, Role};
use crate::server::local;
use crate::store::files;
use crate::store::replica::Replica;
use crate::text::mask::{mask_email, mask_name, mask_phone, mask_tail4};
use crate::text::{RawText, SafeText, mask_free};
use crate::{config, task};

/// Events in one page.
const PAGE: u32 = 1000;

/// Writes the events to standard output.
///
/// # Errors
/// When the folder, the server or standard output cannot be used, or the rights do not suffice.
pub fn run(cx: &Cx, args: &ExportArgs) -> Result<(), CliError> {
    let folder = config::prepare(&cx.data(args.data.as_deref()))?;
    let runtime = cx.runtime()?;
    runtime.block_on(async {
        let door = Door::open(cx, folder.path()).await?;
        let done = export(args, &door, folder.path()).await;
        door.close().await;
        done
    })
}

async fn export(args: &ExportArgs, door: &Door, dir: &Path) -> Result<(), CliError> {
    let client = match &args.login {
        None => door.client(dir)?,
        Some(login) => {
            let token = local::read_token(&dir.join("as").join(login))?
                .ok_or_else(|| CliError::new("cli-no_user").with("name", login))?;
            Client::new(&door.url(), &token)?
        }
    };
    let me = client.me().await?.user;
    if args.raw {
        if me.role != Role::Admin {
            return Err(CliError::new("cli-not_admin"));
        }
        note(dir, &me.login, args.from)?;
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    match args.from {
        ExportFrom::Log => log(&client, args.raw, &mut out).await?,
        ExportFrom::Replica => replica(dir, args, &mut out)?,
    }
    out.flush()?;
    Ok(())
}

/// Records that somebody took everything out in clear, where the owner of the folder can find it.
fn note(dir: &Path, login: &str, from: ExportFrom) -> Result<(), CliError> {
    let path = dir.join("exports.log");
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)?;
    let login = SafeText::clean_line(login);
    writeln!(
        file,
        "{} raw export of {from:?} by {login}",
        task::now_ms().timestamp()
    )?;
    file.sync_all()?;
    tracing::warn!(by = %login, "raw export");
    Ok(())
}

async fn log(client: &Client, raw: bool, out: &mut impl Write) -> Result<(), CliError> {
    let mut names = Names::default();
    let mut after: Option<String> = None;
    loop {
        let page = client.feed(after.as_deref(), PAGE).await?;
        for item in page.items {
            if let Change::Event { event } = item.change {
                line(*event, raw, &mut names, out)?;
            }
        }
        if !page.more {
            return Ok(());
        }
        after = Some(page.next);
    }
}

fn replica(dir: &Path, args: &ExportArgs, out: &mut impl Write) -> Result<(), CliError> {
    let bad = |e: &dyn std::fmt::Display| CliError::new("cli-log").with("what", e);
    let home = match &args.login {
        Some(login) => dir.join("as").join(login),
        None if super::living::mark(dir).is_some() => dir.join("as").join(place::demo_login()?),
        None => dir.to_path_buf(),
    };
    let token = local::read_token(&home)?
        .ok_or_else(|| CliError::new("cli-not_found").with("what", home.display()))?;
    let user = files::known_user(dir, &files::fingerprint(&token))
        .ok_or_else(|| CliError::new("cli-not_found").with("what", dir.join("desk").display()))?;
    let path = dir.join("desk").join(user.to_string()).join("replica.db");
    let replica = Replica::new(files::read_replica(&path).map_err(|e| bad(&e))?);
    let mut names = Names::default();
    let mut after = (0, 0);
    loop {
        let page = replica.events_after(after, PAGE).map_err(|e| bad(&e))?;
        let Some((seq, last)) = page.last() else {
            return Ok(());
        };
        after = (last.position, *seq);
        for (_, event) in page {
            line(event, args.raw, &mut names, out)?;
        }
    }
}

/// The names customers have had so far in the export, cleaned: running text shows them only to who knows them.
#[derive(Default)]
struct Names(HashMap<CustomerId, Vec<String>>);

impl Names {
    /// Shorter ones are part of too many other words.
    const LEAST: usize = 2;

    fn learn(&mut self, event: &Event) {
        let name = event.payload.as_ref().and_then(|p| p.name.as_ref());
        if let (Some(customer), Some(name)) = (event.customer, name) {
            let name = SafeText::clean(name).as_str().trim().to_owned();
            let known = self.0.entry(customer).or_default();
            if name.chars().count() >= Self::LEAST && !known.contains(&name) {
                known.push(name);
            }
        }
    }

    fn mask(&self, customer: Option<CustomerId>, text: &str) -> String {
        let known = customer.and_then(|c| self.0.get(&c));
        known
            .into_iter()
            .flatten()
            .fold(text.to_owned(), |text, name| {
                text.replace(name.as_str(), &mask_name(name))
            })
    }
}

fn line(
    mut event: Event,
    raw: bool,
    names: &mut Names,
    out: &mut impl Write,
) -> Result<(), CliError> {
    if !raw {
        names.learn(&event);
        let customer = event.customer;
        event.payload = event
            .payload
            .map(|p| masked(p, &|text| names.mask(customer, text)));
    }
    let json =
        serde_json::to_string(&event).map_err(|e| CliError::new("cli-log").with("what", e))?;
    writeln!(out, "{json}")?;
    Ok(())
}

/// A payload as it may leave the machine: cleaned, and personal values masked (method 3.15).
fn masked(payload: Payload, named: &dyn Fn(&str) -> String) -> Payload {
    let free = |text: &RawText| RawText::new(mask_free(&named(SafeText::clean(text).as_str())));
    let mut out = payload;
    out.text = out.text.as_ref().map(free);
    out.name = out
        .name
        .map(|n| RawText::new(mask_name(SafeText::clean(&n).as_str())));
    for identity in &mut out.identities {
        let value = SafeText::clean(&identity.value);
        identity.value = RawText::new(match identity.kind {
            IdentityKind::Phone => mask_phone(value.as_str()),
            IdentityKind::Mail => mask_email(value.as_str()),
            IdentityKind::Account => mask_tail4(value.as_str()),
        });
    }
    for attachment in &mut out.attachments {
        attachment.name = free(&attachment.name);
        attachment.reference =
            RawText::new(mask_tail4(SafeText::clean(&attachment.reference).as_str()));
    }
    out
}
