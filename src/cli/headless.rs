//! `balm headless`: a desk without a screen, driven by JSON lines. For tests and measuring; hidden from the help.
//!
//! One step a line, one answer a line on standard output, `{"ok":…}` or `{"error":…}`, flushed before the next step, so
//! that whoever reads knows what was acknowledged when the process dies.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::desk::{DeskRequest, DraftKey};
use crate::domain::command::{CommandBody, NewCustomer};
use crate::domain::ids::{CommandId, CustomerId, QueueId, TicketId};
use crate::domain::policy::Policy;
use crate::domain::vocabulary::Channel;
use crate::sync::DeskConfig;
use crate::sync::headless::{Headless, InVain};
use crate::task;

/// What the command is started with.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The server's address.
    #[arg(long)]
    pub server: String,
    /// The file that holds the token.
    #[arg(long)]
    pub token_file: PathBuf,
    /// The steps, one JSON object a line; `-` reads standard input.
    #[arg(long, default_value = "-")]
    pub script: PathBuf,
}

/// One step.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Open a ticket.
    Open {
        /// Its id.
        ticket: TicketId,
        /// The queue.
        queue: QueueId,
        /// The words.
        text: String,
    },
    /// Reply; clears the reply draft of the ticket.
    Reply {
        /// Where.
        ticket: TicketId,
        /// The words.
        text: String,
    },
    /// Said on the phone.
    Speak {
        /// Where.
        ticket: TicketId,
        /// The words.
        text: String,
    },
    /// An internal note.
    Note {
        /// Where.
        ticket: TicketId,
        /// The words.
        text: String,
    },
    /// Save a reply draft.
    Draft {
        /// Where.
        ticket: TicketId,
        /// The words.
        text: String,
    },
    /// Wait until the line is live and the outbox empty.
    WaitSynced {
        /// At most that long, seconds.
        #[serde(default = "patience")]
        seconds: u64,
    },
    /// Wait until this command is confirmed.
    WaitConfirmed {
        /// Which.
        id: CommandId,
    },
    /// Show a ticket and tell the words of its conversation that the server has confirmed.
    Show {
        /// Which.
        ticket: TicketId,
    },
    /// Print rows, drafts, returned, link.
    Print {},
}

const fn patience() -> u64 {
    20
}

/// Runs the steps of the script; ends with the first that fails.
///
/// # Errors
/// When the desk cannot be opened, the script not be read, or a step waits in vain.
pub async fn run(args: &Args) -> anyhow::Result<()> {
    let config = DeskConfig {
        dir: args.data.clone(),
        server: args.server.clone(),
        token_file: args.token_file.clone(),
        policy: Arc::new(Policy::shipped()?),
        lint: None,
        feeling: None,
    };
    let mut desk = Headless::open(config, &tokio::runtime::Handle::current())?;
    let input: Box<dyn BufRead> = if args.script.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::io::BufReader::new(std::fs::File::open(&args.script)?))
    };
    for line in input.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let step: Step = serde_json::from_str(&line)?;
        match play(&mut desk, step).await {
            Ok(value) => say(&json!({ "ok": value }))?,
            Err(error) => {
                say(&json!({ "error": error.to_string() }))?;
                desk.shutdown();
                return Err(error.into());
            }
        }
    }
    desk.shutdown();
    Ok(())
}

fn say(value: &Value) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{value}")?;
    out.flush()
}

async fn play(desk: &mut Headless, step: Step) -> Result<Value, InVain> {
    match step {
        Step::Open {
            ticket,
            queue,
            text,
        } => {
            let body = CommandBody::OpenTicket {
                ticket,
                customer: CustomerId(task::new_id()),
                new_customer: Some(NewCustomer {
                    name: "".into(),
                    identities: Vec::new(),
                    tier: Default::default(),
                    vulnerable: false,
                    origin: None,
                }),
                queue,
                channel: Channel::Chat,
                text: text.into(),
                attachments: Vec::new(),
                item: None,
                live: false,
                origin: None,
            };
            submit(desk, body, None).await
        }
        Step::Reply { ticket, text } => {
            let body = CommandBody::Reply {
                ticket,
                channel: Channel::Chat,
                text: text.into(),
                acts: Vec::new(),
                lines: Vec::new(),
                promises: Vec::new(),
                anyway: false,
                overrides: Vec::new(),
                origin: None,
            };
            submit(desk, body, Some(DraftKey::Reply(ticket))).await
        }
        Step::Speak { ticket, text } => {
            let body = CommandBody::Speak {
                ticket,
                text: text.into(),
                acts: Vec::new(),
                lines: Vec::new(),
                promises: Vec::new(),
            };
            submit(desk, body, None).await
        }
        Step::Note { ticket, text } => {
            let text = text.into();
            submit(desk, CommandBody::Note { ticket, text }, None).await
        }
        Step::Draft { ticket, text } => {
            desk.draft(DraftKey::Reply(ticket), &text).await?;
            Ok(json!("draft"))
        }
        Step::WaitSynced { seconds } => {
            desk.synced(Duration::from_secs(seconds)).await?;
            Ok(json!("synced"))
        }
        Step::WaitConfirmed { id } => {
            desk.confirmed(id, Duration::from_secs(patience())).await?;
            Ok(json!("confirmed"))
        }
        Step::Show { ticket } => {
            let shown = desk.show(ticket).await?;
            let words = shown.entries.iter().filter(|e| !e.pending);
            Ok(json!(words.map(|e| e.text.as_str()).collect::<Vec<_>>()))
        }
        Step::Print {} => print(desk).await,
    }
}

async fn submit(
    desk: &mut Headless,
    body: CommandBody,
    clears: Option<DraftKey>,
) -> Result<Value, InVain> {
    let ids = desk.submit(vec![body], false, clears).await?;
    Ok(json!({ "queued": ids }))
}

/// The state as it is told after everything asked before was done.
async fn print(desk: &mut Headless) -> Result<Value, InVain> {
    desk.told
        .retain(|a| *a != crate::api::desk::DeskAnswer::Flushed);
    desk.ask(DeskRequest::ListReturned)?;
    desk.ask(DeskRequest::Flush)?;
    desk.until("the desk", Duration::from_secs(patience()), |d| {
        d.told.contains(&crate::api::desk::DeskAnswer::Flushed)
    })
    .await?;
    Ok(json!({
        "rows": desk.rows.rows.iter().map(|r| json!({
            "ticket": r.ticket.id, "number": r.ticket.number, "pending": r.pending, "excerpt": r.excerpt.as_str(),
        })).collect::<Vec<_>>(),
        "drafts": desk.drafts.iter().map(|d| d.text.as_str()).collect::<Vec<_>>(),
        "returned": desk.returned.len(),
        "waiting": desk.link.waiting,
        "clock_off": desk.link.clock_off,
        "line": format!("{:?}", desk.link.state),
    }))
}
