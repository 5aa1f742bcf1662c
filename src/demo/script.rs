//! The demo's history: 120 tickets over the last 90 days, replayed from `assets/demo/tickets-*.toml` through `decide`.

use std::collections::HashMap;

use serde::Deserialize;

use super::{BadDemo, Scribe, Site};
use crate::domain::calendar::Calendar;
use crate::domain::command::{CommandBody, PromiseDraft};
use crate::domain::event::{Actor, Event};
use crate::domain::ids::{EventId, PromiseId, TicketId, UserId};
use crate::domain::taxonomy::ItemId;
use crate::domain::time::{MINUTE, Ms};
use crate::domain::vocabulary::{
    Act, Channel, CloseReason, Deed, Delivery, Duty, Priority, PromiseState, ReopenReason,
    WaitReason,
};
use crate::text::RawText;

const FILES: [(&str, &str); 3] = [
    (
        "assets/demo/tickets-early.toml",
        include_str!("../../assets/demo/tickets-early.toml"),
    ),
    (
        "assets/demo/tickets-middle.toml",
        include_str!("../../assets/demo/tickets-middle.toml"),
    ),
    (
        "assets/demo/tickets-open.toml",
        include_str!("../../assets/demo/tickets-open.toml"),
    ),
];

/// The number of the first demo ticket.
const FIRST_NUMBER: u64 = 20_801;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    ticket: Vec<Script>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    pub(super) key: String,
    customer: String,
    queue: String,
    channel: String,
    opened: i64,
    item: String,
    priority: String,
    tags: Vec<String>,
    assignee: String,
    event: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    at: i64,
    kind: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    text: String,
    due: Option<i64>,
    reason: Option<String>,
    next: Option<i64>,
    queue: Option<String>,
    item: Option<String>,
}

/// Reads the scripts, oldest ticket first.
pub(super) fn scripts() -> Result<Vec<(&'static str, Script)>, BadDemo> {
    let mut all = Vec::new();
    for (name, text) in FILES {
        let file: File = toml::from_str(text).map_err(|e| BadDemo::new(name, e))?;
        all.extend(file.ticket.into_iter().map(|t| (name, t)));
    }
    all.sort_by_key(|(_, t)| t.opened);
    Ok(all)
}

/// The demo's events, its tickets by their key in the scripts, and its people.
pub type History = (Vec<Event>, HashMap<String, TicketId>, Site);

/// The whole demo history up to `start`, and the tickets by their key in the scripts.
///
/// `acts` recognises what an agent's words do (the coach's `acts_of`), so that the demo's clocks stand as they would.
///
/// # Errors
/// When a demo file is wrong, with the ticket's key.
pub fn history(
    seed: u64,
    start: Ms,
    calendar: &Calendar,
    acts: &dyn Fn(&str) -> Vec<Act>,
) -> Result<History, BadDemo> {
    let mut scribe = Scribe::new(seed, FIRST_NUMBER);
    let scripts = scripts()?;
    let first = scripts.first().map_or(0, |(_, t)| t.opened);
    let began = start.plus_minutes(first - 60);
    let site = Site::write(&mut scribe, began)?;
    let mut by_key = HashMap::new();
    // Steps of all tickets in the order in which they happened, so that the log reads like a log.
    let mut order: Vec<(i64, usize, usize)> = Vec::new();
    for (t, (_, script)) in scripts.iter().enumerate() {
        order.extend(
            script
                .event
                .iter()
                .enumerate()
                .map(|(s, step)| (step.at, t, s)),
        );
    }
    order.sort_unstable();
    let mut player = Player {
        scribe,
        site,
        start,
        calendar,
        acts,
        last_words: HashMap::new(),
    };
    for (_, t, s) in order {
        let Some((file, script)) = scripts.get(t) else {
            continue;
        };
        let ticket = *by_key
            .entry(script.key.clone())
            .or_insert_with(|| TicketId(player.scribe.id(start.plus_minutes(script.opened))));
        let last = s + 1 == script.event.len();
        player
            .step(ticket, script, s)
            .and_then(|()| {
                if s == 0 {
                    player.label(ticket, script)
                } else {
                    Ok(())
                }
            })
            .and_then(|()| {
                if last {
                    player.hand(ticket, script)
                } else {
                    Ok(())
                }
            })
            .map_err(|what| BadDemo::new(file, format!("{} step {}: {what}", script.key, s + 1)))?;
    }
    player.shifts()?;
    let Player {
        mut scribe, site, ..
    } = player;
    Ok((scribe.take(), by_key, site))
}

struct Player<'a> {
    scribe: Scribe,
    site: Site,
    start: Ms,
    calendar: &'a Calendar,
    acts: &'a dyn Fn(&str) -> Vec<Act>,
    last_words: HashMap<TicketId, EventId>,
}

impl Player<'_> {
    fn step(&mut self, ticket: TicketId, script: &Script, index: usize) -> Result<(), String> {
        let step = script.event.get(index).ok_or("no such step")?;
        let at = self.start.plus_minutes(step.at);
        let actor = if step.by.is_empty() {
            Actor::System
        } else {
            Actor::User {
                user: self.user(&step.by)?,
            }
        };
        self.hand_over(ticket, &step.kind, actor, at)?;
        let body = match step.kind.as_str() {
            "customer" if index == 0 => self.opening(ticket, script, step)?,
            "customer" => CommandBody::ReceiveMessage {
                ticket,
                channel: channel(script)?,
                text: RawText::new(step.text.clone()),
                attachments: Vec::new(),
                origin: None,
            },
            "claimed" => CommandBody::Claim { ticket },
            "note" => CommandBody::Note {
                ticket,
                text: RawText::new(step.text.clone()),
            },
            "reply" | "spoken" => return self.words(ticket, script, step, actor, at),
            "promise" | "kept" => return self.promise(ticket, step, actor, at),
            "snoozed" => CommandBody::Snooze {
                ticket,
                until: self.later(step.next.or(step.due), at),
                overrides: Vec::new(),
            },
            "waiting" => CommandBody::Wait {
                ticket,
                reason: named(step.reason.as_deref(), WaitReason::from_name)?,
                next_contact: self.later(step.next, at),
            },
            "resumed" => CommandBody::Resume { ticket },
            "closed" => {
                let reason = named(step.reason.as_deref(), CloseReason::from_name)?;
                CommandBody::Close {
                    ticket,
                    reason,
                    item: item(&script.item),
                    overrides: Vec::new(),
                }
            }
            "reopened" => CommandBody::Reopen {
                ticket,
                reason: ReopenReason::CustomerReturned,
            },
            "transferred" => {
                let queue = step.queue.as_deref().ok_or("no queue")?;
                CommandBody::Transfer {
                    ticket,
                    queue: self.site.queue(queue).map_err(|e| e.to_string())?,
                }
            }
            "classified" => {
                let item = step
                    .item
                    .as_deref()
                    .and_then(item)
                    .or_else(|| item(&script.item))
                    .ok_or("no item")?;
                CommandBody::Classify { ticket, item }
            }
            other => return Err(format!("no such kind {other:?}")),
        };
        self.run(actor, at, body)?;
        Ok(())
    }

    /// Where a script lets a colleague go on with what another holds, the lead hands it over first, as on a real floor.
    fn hand_over(
        &mut self,
        ticket: TicketId,
        kind: &str,
        actor: Actor,
        at: Ms,
    ) -> Result<(), String> {
        if ![
            "claimed",
            "closed",
            "snoozed",
            "waiting",
            "resumed",
            "transferred",
        ]
        .contains(&kind)
        {
            return Ok(());
        }
        let holder = self
            .scribe
            .ticket(ticket)
            .filter(|t| t.is_open())
            .and_then(|t| t.assignee);
        let (Some(_), Some(to)) = (holder.filter(|h| actor.user() != Some(*h)), actor.user())
        else {
            return Ok(());
        };
        let lead = Actor::User {
            user: self.user("zhoumin")?,
        };
        self.run(lead, at, CommandBody::Assign { ticket, to })
            .map(|_| ())
    }

    fn run(&mut self, actor: Actor, at: Ms, body: CommandBody) -> Result<Option<EventId>, String> {
        self.scribe.run(actor, at, body).map_err(|e| e.to_string())
    }

    fn user(&self, login: &str) -> Result<UserId, String> {
        self.site.user(login).map_err(|e| e.to_string())
    }

    fn later(&self, minutes: Option<i64>, at: Ms) -> Ms {
        minutes
            .map_or(at.plus_minutes(24 * 60), |m| self.start.plus_minutes(m))
            .max(Ms(at.0 + MINUTE))
    }

    fn opening(
        &self,
        ticket: TicketId,
        script: &Script,
        step: &Step,
    ) -> Result<CommandBody, String> {
        Ok(CommandBody::OpenTicket {
            ticket,
            customer: self
                .site
                .customer(&script.customer)
                .map_err(|e| e.to_string())?,
            new_customer: None,
            queue: self.site.queue(&script.queue).map_err(|e| e.to_string())?,
            channel: channel(script)?,
            text: RawText::new(step.text.clone()),
            attachments: Vec::new(),
            item: item(&script.item),
            live: false,
            origin: None,
        })
    }

    fn words(
        &mut self,
        ticket: TicketId,
        script: &Script,
        step: &Step,
        actor: Actor,
        at: Ms,
    ) -> Result<(), String> {
        let text = RawText::new(step.text.clone());
        let acts = (self.acts)(&step.text);
        let reply = step.kind == "reply";
        let body = if reply {
            let channel = channel(script)?;
            CommandBody::Reply {
                ticket,
                channel,
                text,
                acts,
                lines: Vec::new(),
                promises: Vec::new(),
                anyway: true,
                overrides: Vec::new(),
                origin: None,
            }
        } else {
            CommandBody::Speak {
                ticket,
                text,
                acts,
                lines: Vec::new(),
                promises: Vec::new(),
            }
        };
        self.run(actor, at, body)?;
        let Some(words) = self.scribe.ticket(ticket).and_then(|t| t.last_words) else {
            return Ok(());
        };
        self.last_words.insert(ticket, words);
        if reply {
            for (state, seconds) in [(Delivery::Accepted, 1), (Delivery::Delivered, 4)] {
                let body = CommandBody::Deliver {
                    ticket,
                    message: words,
                    state,
                    reason: None,
                };
                self.run(Actor::System, at.plus_secs(seconds), body)?;
            }
        }
        Ok(())
    }

    fn promise(
        &mut self,
        ticket: TicketId,
        step: &Step,
        actor: Actor,
        at: Ms,
    ) -> Result<(), String> {
        if step.kind == "kept" {
            // The script names no promise: it is the one due next; older open ones were missed and stay so.
            let head = self.scribe.ticket(ticket).ok_or("no ticket yet")?;
            let open = head.promises.iter().filter(|p| p.is_open());
            let promise = open
                .min_by_key(|p| (p.due < at, p.due))
                .map(|p| p.id)
                .ok_or("no open promise to keep")?;
            let evidence = self.last_words.get(&ticket).copied();
            let body = CommandBody::SettlePromise {
                ticket,
                promise,
                state: PromiseState::Kept,
                evidence,
            };
            return self.run(actor, at, body).map(|_| ());
        }
        let due = self
            .start
            .plus_minutes(step.due.ok_or("a promise needs a due time")?);
        let due = self.calendar.next_open(due).map_err(|e| e.to_string())?;
        let promise = PromiseId(self.scribe.id(at));
        let promise = PromiseDraft {
            promise,
            deed: deed(&step.text),
            due,
            sentence: RawText::new(step.text.clone()),
        };
        self.run(actor, at, CommandBody::Promise { ticket, promise })
            .map(|_| ())
    }

    /// Tags and urgency are set as soon as somebody has read the complaint.
    fn label(&mut self, ticket: TicketId, script: &Script) -> Result<(), String> {
        let lead = Actor::User {
            user: self.user("zhoumin")?,
        };
        let at = self.start.plus_minutes(script.opened).plus_secs(40);
        if !script.tags.is_empty() {
            let body = CommandBody::Tag {
                ticket,
                add: script.tags.clone(),
                remove: Vec::new(),
            };
            self.run(lead, at, body)?;
        }
        let priority = Priority::from_name(&script.priority).ok_or("no such priority")?;
        self.run(lead, at, CommandBody::SetPriority { ticket, priority })
            .map(|_| ())
    }

    /// Who holds it at the end, as the script says.
    fn hand(&mut self, ticket: TicketId, script: &Script) -> Result<(), String> {
        let head = self.scribe.ticket(ticket).filter(|t| t.is_open());
        let (Some(head), false) = (head, script.assignee.is_empty()) else {
            return Ok(());
        };
        let to = self.user(&script.assignee)?;
        if head.assignee == Some(to) {
            return Ok(());
        }
        let lead = Actor::User {
            user: self.user("zhoumin")?,
        };
        let at = self
            .start
            .plus_minutes(script.event.last().map_or(script.opened, |e| e.at));
        self.run(lead, at, CommandBody::Assign { ticket, to })
            .map(|_| ())
    }

    /// Who is on shift at the start.
    fn shifts(&mut self) -> Result<(), BadDemo> {
        for (login, duty) in [
            ("liuyang", Duty::Ready),
            ("sunhao", Duty::Writing),
            ("zhoumin", Duty::Ready),
            ("zhaoqian", Duty::Away),
        ] {
            let actor = Actor::User {
                user: self.site.user(login)?,
            };
            self.run(
                actor,
                self.start.plus_minutes(-5),
                CommandBody::SetDuty { duty },
            )
            .map_err(|e| BadDemo::new("assets/demo/team.toml", e))?;
        }
        Ok(())
    }
}

/// The word of a closed list that the script names.
fn named<T>(name: Option<&str>, find: fn(&str) -> Option<T>) -> Result<T, String> {
    name.and_then(find)
        .ok_or_else(|| format!("no such word {name:?}"))
}

fn channel(script: &Script) -> Result<Channel, String> {
    Channel::from_name(&script.channel)
        .ok_or_else(|| format!("no such channel {:?}", script.channel))
}

fn item(id: &str) -> Option<ItemId> {
    (!id.is_empty()).then(|| ItemId::from(id))
}

/// What a promise in the scripts promises, by its verb.
fn deed(text: &str) -> Deed {
    let any = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if any(&["打给", "回电", "来电", "call"]) {
        Deed::Callback
    } else if any(&["进展", "说到哪", "update"]) {
        Deed::Update
    } else if any(&["核", "查", "check"]) {
        Deed::Verify
    } else if any(&["答复", "回复", "书面", "告诉", "write"]) {
        Deed::Reply
    } else {
        Deed::Resolve
    }
}
