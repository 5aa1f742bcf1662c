//! One line of an import: a ticket with its turns, turned into commands.
//!
//! Ids come from the origin, so that the same file imported twice asks for the same commands and changes nothing.

use serde::Deserialize;
use uuid::Uuid;

use crate::domain::command::{Base, Command, CommandBody, NewCustomer, Override};
use crate::domain::ids::{CommandId, CustomerId, QueueId, TicketId};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Channel, CloseReason, Identity, IdentityKind, Origin, Tier};
use crate::text::{RawText, normalise_phone};

/// The name space of ids made from origins.
const SPACE: Uuid = Uuid::from_u128(0x6261_6c6d_0000_5000_8000_696d_706f_7274);

/// The longest text of a customer that is taken, in bytes; what the server takes in characters (`CommandBody`).
const MAX_TEXT: usize = 2_000_000;
/// The longest reply that is taken, in characters, as the server has it.
const MAX_REPLY: usize = 100_000;
/// The version of a ticket that is told whole: the highest the wire takes.
const WHOLE: u32 = 2_147_483_647;

/// A ticket as files tell it. Unknown fields are ignored: files carry more than we need.
#[derive(Debug, Deserialize)]
pub(super) struct Record {
    id: String,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    customer_id: Option<String>,
    #[serde(default)]
    customer_name: Option<String>,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    channel: Option<String>,
    #[serde(default)]
    opened_at: Option<When>,
    #[serde(default)]
    closed: Option<String>,
    #[serde(default)]
    turns: Vec<Turn>,
}

#[derive(Debug, Deserialize)]
struct Turn {
    speaker: String,
    text: String,
    #[serde(default)]
    at: Option<When>,
}

/// A time in a file: RFC 3339 (a missing zone means UTC, a missing time midnight) or UTC milliseconds.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum When {
    Millis(i64),
    Text(String),
}

impl When {
    fn read(&self) -> Result<Ms, String> {
        let text = match self {
            Self::Millis(ms) => return Ok(Ms(*ms)),
            Self::Text(text) => text.trim(),
        };
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Ok(Ms(at.as_millisecond()));
        }
        let civil = text
            .parse::<jiff::civil::DateTime>()
            .or_else(|_| text.parse::<jiff::civil::Date>().map(|d| d.at(0, 0, 0, 0)))
            .map_err(|_| format!("{text:?} is no time (expected like 2026-03-11T14:20:00Z)"))?;
        let zoned = civil
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map_err(|e| e.to_string())?;
        Ok(Ms(zoned.timestamp().as_millisecond()))
    }
}

/// What a record becomes.
#[derive(Debug)]
pub(super) struct Asked {
    /// Commands in order.
    pub(super) commands: Vec<Command>,
    /// How many of them carry a turn.
    pub(super) turns: usize,
}

/// Where imported tickets go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target<'a> {
    /// The queue.
    pub(super) queue: QueueId,
    /// The source named where a record names none.
    pub(super) source: &'a str,
    /// The time of records without one.
    pub(super) now: Ms,
}

/// Turns one line into commands.
///
/// # Errors
/// What is wrong with it, in words for the rejects file.
pub(super) fn commands(line: &str, target: Target<'_>) -> Result<Asked, String> {
    let record: Record =
        serde_json::from_str(line).map_err(|e| format!("no ticket record: {e}"))?;
    if record.id.trim().is_empty() {
        return Err("the record has no id".to_owned());
    }
    let source: String = record
        .source
        .as_deref()
        .unwrap_or(target.source)
        .chars()
        .take(64)
        .collect();
    let turns: Vec<&Turn> = record
        .turns
        .iter()
        .filter(|t| !RawText::new(t.text.clone()).is_blank())
        .collect();
    if turns.is_empty() {
        return Err("the record has no turn with words".to_owned());
    }
    for (n, turn) in turns.iter().enumerate() {
        // The first turn opens the ticket, whoever speaks.
        let reply = n > 0 && matches!(turn.speaker.as_str(), "agent" | "staff" | "system");
        if turn.text.len() > MAX_TEXT {
            return Err(format!("turn {}: longer than {MAX_TEXT} bytes", n + 1));
        }
        if reply && turn.text.chars().count() > MAX_REPLY {
            return Err(format!(
                "turn {}: a reply longer than {MAX_REPLY} characters",
                n + 1
            ));
        }
    }
    let opened = record
        .opened_at
        .as_ref()
        .map_or(Ok(target.now), When::read)?;
    let mut writer = Writer {
        source,
        record: &record,
        ticket: TicketId(Uuid::nil()),
        commands: Vec::new(),
    };
    writer.ticket = TicketId(writer.uuid("ticket", ""));
    writer.write(&turns, target.queue, opened)?;
    Ok(Asked {
        turns: turns.len(),
        commands: writer.commands,
    })
}

struct Writer<'a> {
    source: String,
    record: &'a Record,
    ticket: TicketId,
    commands: Vec<Command>,
}

impl Writer<'_> {
    fn uuid(&self, kind: &str, part: &str) -> Uuid {
        Uuid::new_v5(
            &SPACE,
            format!("{kind}\n{}\n{}\n{part}", self.source, self.record.id).as_bytes(),
        )
    }

    fn origin(&self, part: &str) -> Origin {
        let foreign_id: String = format!("{}{part}", self.record.id)
            .chars()
            .take(256)
            .collect();
        Origin {
            source: self.source.clone(),
            foreign_id,
        }
    }

    fn push(&mut self, part: &str, at: Ms, body: CommandBody) {
        let id = CommandId(self.uuid("command", part));
        self.commands.push(Command {
            id,
            at,
            base: Vec::new(),
            after: None,
            body,
        });
    }

    fn write(&mut self, turns: &[&Turn], queue: QueueId, opened: Ms) -> Result<(), String> {
        let channel = match &self.record.channel {
            None => Channel::Api,
            Some(name) => Channel::from_name(name).ok_or_else(|| format!("no channel {name:?}"))?,
        };
        let (customer, new_customer) = self.customer();
        let ticket = self.ticket;
        let mut at = opened;
        for (n, turn) in turns.iter().enumerate() {
            let part = format!("#{}", n + 1);
            at = turn
                .at
                .as_ref()
                .map_or(Ok(Ms(at.0 + i64::from(n > 0))), When::read)?;
            let text = RawText::new(turn.text.clone());
            let theirs = is_customer(turn, n + 1)?;
            if n == 0 {
                // A record whose first words are ours still needs a complaint to stand on: it is opened by those words.
                let body = CommandBody::OpenTicket {
                    ticket,
                    customer,
                    new_customer: Some(new_customer.clone()),
                    queue,
                    channel,
                    text,
                    attachments: Vec::new(),
                    item: None,
                    live: false,
                    origin: Some(self.origin("")),
                };
                self.push("open", at, body);
            } else if theirs {
                let origin = Some(self.origin(&part));
                let body = CommandBody::ReceiveMessage {
                    ticket,
                    channel,
                    text,
                    attachments: Vec::new(),
                    origin,
                };
                self.push(&part, at, body);
            } else {
                let body = CommandBody::Reply {
                    ticket,
                    channel,
                    text,
                    acts: Vec::new(),
                    lines: Vec::new(),
                    promises: Vec::new(),
                    anyway: true,
                    overrides: Vec::new(),
                    origin: Some(self.origin(&part)),
                };
                self.push(&part, at, body);
            }
        }
        self.close(at)
    }

    /// It was closed elsewhere.
    fn close(&mut self, at: Ms) -> Result<(), String> {
        let ticket = self.ticket;
        if let Some(reason) = &self.record.closed {
            let reason = CloseReason::from_name(reason)
                .ok_or_else(|| format!("no close reason {reason:?}"))?;
            // The record tells the ticket to its end: its own messages before the close are no surprise to whoever closed it.
            self.push(
                "closed",
                at,
                CommandBody::Close {
                    ticket,
                    reason,
                    item: None,
                    // It was closed elsewhere, whatever our rules say to that; noted only where one speaks.
                    overrides: vec![Override {
                        rule: "CMT-02".to_owned(),
                        reason: RawText::new(format!("import: {}", self.source)),
                    }],
                },
            );
            if let Some(close) = self.commands.last_mut() {
                close.base = vec![Base {
                    stream: ticket.into(),
                    version: WHOLE,
                }];
            }
        }
        Ok(())
    }

    /// The customer of the record; one without an id is a person of its own.
    fn customer(&self) -> (CustomerId, NewCustomer) {
        let key = self
            .record
            .customer_id
            .clone()
            .unwrap_or_else(|| format!("of {}", self.record.id));
        let id = CustomerId(Uuid::new_v5(
            &SPACE,
            format!("customer\n{}\n{key}", self.source).as_bytes(),
        ));
        let foreign_id: String = format!("customer:{key}").chars().take(256).collect();
        let source = self.source.clone();
        let identities = self
            .record
            .phone
            .as_deref()
            .and_then(normalise_phone)
            .map(|value| Identity {
                kind: IdentityKind::Phone,
                value: RawText::new(value),
                source: source.clone(),
            })
            .into_iter()
            .collect();
        let new = NewCustomer {
            name: RawText::new(self.record.customer_name.clone().unwrap_or_default()),
            identities,
            tier: Tier::C,
            vulnerable: false,
            origin: Some(Origin { source, foreign_id }),
        };
        (id, new)
    }
}

/// Whether the customer speaks in this turn.
fn is_customer(turn: &Turn, number: usize) -> Result<bool, String> {
    match turn.speaker.as_str() {
        "customer" | "user" | "client" => Ok(true),
        "agent" | "staff" | "system" => Ok(false),
        other => Err(format!(
            "turn {number}: no speaker {other:?} (customer or agent)"
        )),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn target() -> Target<'static> {
        Target {
            queue: QueueId(Uuid::nil()),
            source: "file",
            now: Ms(1_000_000),
        }
    }

    #[test]
    fn a_dialogue_becomes_an_opening_and_its_turns() {
        let line = r#"{"id":"x1","source":"s","customer_id":"c","opened_at":"2015-02-16 23:36",
            "turns":[{"speaker":"customer","text":"broken"},{"speaker":"agent","text":"sorry"},{"speaker":"customer","text":"and?"}]}"#;
        let asked = commands(&line.replace('\n', " "), target()).unwrap();
        assert_eq!(asked.turns, 3);
        assert!(matches!(
            asked.commands[0].body,
            CommandBody::OpenTicket { .. }
        ));
        assert!(matches!(asked.commands[1].body, CommandBody::Reply { .. }));
        assert!(matches!(
            asked.commands[2].body,
            CommandBody::ReceiveMessage { .. }
        ));
        assert_eq!(asked.commands[0].at, Ms(1_424_129_760_000));
        assert!(asked.commands.windows(2).all(|w| w[0].at < w[1].at));
        let again = commands(&line.replace('\n', " "), target()).unwrap();
        assert_eq!(
            asked.commands, again.commands,
            "the same file asks for the same commands"
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, says) in [
            ("{", "no ticket record"),
            (
                r#"{"id":"","turns":[{"speaker":"customer","text":"x"}]}"#,
                "no id",
            ),
            (r#"{"id":"a","turns":[]}"#, "no turn"),
            (
                r#"{"id":"a","turns":[{"speaker":"robot","text":"x"}]}"#,
                "no speaker",
            ),
            (
                r#"{"id":"a","opened_at":"soon","turns":[{"speaker":"customer","text":"x"}]}"#,
                "no time",
            ),
        ] {
            let error = commands(line, target()).unwrap_err();
            assert!(error.contains(says), "{line}: {error}");
        }
    }
}
