//! Gather, decide, commit: the one loop behind every change.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures_util::future::join_all;
use sha2::{Digest, Sha256};

use super::auth::Gate;
use super::problem::{Code, Fault};
use crate::api::wire::{CommandAnswer, Outcome};
use crate::domain::calendar::Calendar;
use crate::domain::command::{Command, CommandBody, Needs, needs};
use crate::domain::decide::{Rejection, Rule, decide};
use crate::domain::event::{Actor, NewEvent};
use crate::domain::fold::Head;
use crate::domain::ids::{EventId, Stream, StreamKind, TicketId};
use crate::domain::policy::Policy;
use crate::domain::review::{Procedure, Said};
use crate::domain::scorecard::Card;
use crate::domain::taxonomy::ItemId;
use crate::domain::time::Ms;
use crate::domain::world::{Since, Talk, Verdict, World};
use crate::log::{Answer, Ask, Commit, CommitError, Committed, Log, Seen};
use crate::task;

/// How often a command is gathered and decided anew when others write the same stream in between. Many more than a floor
/// of agents can cause; a queue that is busier than that is told so.
const TRIES: usize = 32;
/// How many of a ticket's latest events the coach reads.
const TALK: u32 = 200;
/// Commands of one batch that are on their way at once.
const AT_ONCE: usize = 64;
/// A desk may have been offline for this long; what claims to be older happened this long ago. 30 days in milliseconds.
const OLDEST: i64 = 30 * 24 * 3_600_000;

/// The seam of the coach: what speaks against the words of a reply.
pub trait Linter: Send + Sync {
    /// Checks the words of a command at `now`. Pure: the same arguments give the same verdict.
    fn check(&self, command: &Command, world: &World, talk: &Talk, now: Ms) -> Verdict;
}

/// Nothing speaks against any words.
pub struct NoLint;

impl Linter for NoLint {
    fn check(&self, _: &Command, _: &World, _: &Talk, _: Ms) -> Verdict {
        Verdict::default()
    }
}

/// Takes commands and answers them.
pub struct Commands {
    log: Arc<dyn Log>,
    linter: Arc<dyn Linter>,
    gate: Arc<Gate>,
    items: BTreeSet<ItemId>,
    card: Arc<Card>,
    calendar: Calendar,
}

impl Commands {
    /// Decides by this policy and writes to this log.
    #[must_use]
    pub fn new(
        log: Arc<dyn Log>,
        policy: &Policy,
        linter: Arc<dyn Linter>,
        gate: Arc<Gate>,
    ) -> Self {
        let items = policy.taxonomy.items.iter().map(|i| i.id.clone());
        Self {
            log,
            linter,
            gate,
            items: items.collect(),
            card: Arc::clone(&policy.card),
            calendar: policy.calendar.clone(),
        }
    }

    /// Answers a batch, one by one in its order. Commands that touch nothing in common are on their way together, so
    /// that they share one sync of the disk.
    ///
    /// # Errors
    /// When an id was reused or the log fails; what was answered before stands, and the same batch may be sent again.
    pub async fn batch(
        &self,
        actor: Actor,
        commands: &[Command],
    ) -> Result<Vec<CommandAnswer>, Fault> {
        let mut answers = Vec::with_capacity(commands.len());
        let mut rest = commands;
        while !rest.is_empty() {
            let (wave, next) = rest.split_at(wave(rest));
            for answer in join_all(wave.iter().map(|c| self.one(actor, c))).await {
                answers.push(answer?);
            }
            rest = next;
        }
        Ok(answers)
    }

    /// Answers one command.
    ///
    /// # Errors
    /// As [`Commands::batch`].
    pub async fn one(&self, actor: Actor, command: &Command) -> Result<CommandAnswer, Fault> {
        let needs = needs(command, actor.user());
        let body_hash = body_hash(command)?;
        let ask = Ask::of(command, needs.clone(), actor.user(), body_hash);
        for _ in 0..TRIES {
            let seen = self.log.gather(ask.clone()).await?;
            if let Some(earlier) = seen.answer {
                return Ok(told(command, earlier));
            }
            let number = if needs.number {
                Some(self.log.reserve_number().await?)
            } else {
                None
            };
            let talk = if needs.lint {
                self.talk(command, &seen).await?
            } else {
                Talk::default()
            };
            let said = match needs.said {
                Some((ticket, event)) => self.said(&seen, ticket, event).await?,
                None => None,
            };
            let gathered = Gathered {
                seen,
                talk,
                said,
                number,
            };
            let commit = self.decide(actor, command, &needs, gathered, body_hash);
            match self.log.commit(commit).await {
                Ok(done) => {
                    self.note_site(&done).await?;
                    return Ok(told(command, done));
                }
                Err(CommitError::Clash { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let detail = format!("{TRIES} others came first");
        Err(Fault::new(Code::Busy, detail))
    }

    /// What was said on the ticket that a command speaks on.
    async fn talk(&self, command: &Command, seen: &Seen) -> Result<Talk, Fault> {
        let head = seen.heads.iter().find_map(|h| match h {
            Head::Ticket(t) if command.body.ticket() == Some(t.id) => Some(t),
            _ => None,
        });
        let Some(head) = head else {
            return Ok(Talk::default());
        };
        let after = head.version.saturating_sub(TALK);
        let events = self.log.events(head.id.into(), after, TALK).await?;
        let mut talk = Talk::of(&events, head.id);
        let customers = self.log.heads(vec![head.customer.into()]).await?;
        let customer = customers.iter().find_map(|h| match h {
            Head::Customer(c) => Some(c),
            _ => None,
        });
        let mut personal = self.log.personal(vec![head.customer]).await?;
        let name = personal.remove(&head.customer).and_then(|p| p.name);
        talk.whose(customer, name);
        Ok(talk)
    }

    /// The reply or spoken record that is reviewed, if it stands on that ticket.
    async fn said(
        &self,
        seen: &Seen,
        ticket: TicketId,
        event: EventId,
    ) -> Result<Option<Said>, Fault> {
        let head = seen.heads.iter().find_map(|h| match h {
            Head::Ticket(t) if t.id == ticket => Some(t),
            _ => None,
        });
        let Some(head) = head else {
            return Ok(None);
        };
        let events = self.log.events_of(vec![ticket.into()]).await?;
        let found = events.values().flatten().find(|e| e.id == event);
        Ok(found.and_then(|e| Said::of(e, head)))
    }

    /// What accounts and queues are now must be known before anybody hears of the change.
    async fn note_site(&self, done: &Committed) -> Result<(), Fault> {
        let site = |kind| matches!(kind, StreamKind::User | StreamKind::Queue);
        if done.answer == Answer::Accepted && done.events.iter().any(|e| site(e.stream.kind)) {
            self.gate.reload().await?;
        }
        Ok(())
    }

    fn decide(
        &self,
        actor: Actor,
        command: &Command,
        needs: &Needs,
        gathered: Gathered,
        body_hash: [u8; 32],
    ) -> Commit {
        let now = task::now_ms();
        let Gathered {
            seen,
            talk,
            said,
            number,
        } = gathered;
        let versions = versions(&seen);
        let after_refused = seen.after_accepted == Some(false);
        let mut world = world(actor, seen);
        world.next_number = number;
        world.items.clone_from(&self.items);
        if matches!(command.body, CommandBody::Review { .. }) {
            world.said = said;
            world.procedure = Some(Procedure::at(&self.card, &self.calendar, now));
        }
        if needs.lint {
            world.verdict = self.linter.check(command, &world, &talk, now);
        }
        let decision = if after_refused {
            Err(Rejection::rule(Rule::AfterRefused))
        } else {
            decide(&world, command, now)
        };
        let (events, answer) = match decision {
            Ok(events) => (events, Answer::Accepted),
            Err(Rejection::Refused { rule, detail }) => {
                (Vec::new(), Answer::Refused { rule, detail })
            }
            Err(Rejection::Conflict { with }) => {
                let with = with.iter().map(|s| s.id).collect();
                (Vec::new(), Answer::Conflict { with })
            }
        };
        Commit {
            command: command.id,
            user: actor.user(),
            body_hash,
            expected: expected(&events, &versions),
            events,
            occurred_at: occurred(command, &world, now),
            recorded_at: now,
            answer,
        }
    }
}

/// What was gathered for one command.
struct Gathered {
    seen: Seen,
    talk: Talk,
    said: Option<Said>,
    number: Option<u64>,
}

/// How many commands at the front touch nothing in common.
fn wave(commands: &[Command]) -> usize {
    let mut taken: BTreeSet<Stream> = BTreeSet::new();
    let mut ids = BTreeSet::new();
    let mut origins = BTreeSet::new();
    for (index, command) in commands.iter().enumerate().take(AT_ONCE) {
        let site = matches!(
            command.body,
            CommandBody::AddUser { .. }
                | CommandBody::SetRole { .. }
                | CommandBody::SetDuty { .. }
                | CommandBody::DisableUser { .. }
                | CommandBody::AddQueue { .. }
                | CommandBody::SetMembers { .. }
        );
        let needs = needs(command, None);
        let streams = needs
            .streams
            .iter()
            .filter(|s| !matches!(s.kind, StreamKind::User | StreamKind::Queue));
        let meets = streams.clone().any(|s| taken.contains(s))
            || ids.contains(&command.id)
            || command.after.is_some_and(|a| ids.contains(&a))
            || needs.origins.iter().any(|o| origins.contains(o));
        if index > 0 && (site || meets) {
            return index;
        }
        if site {
            return 1;
        }
        taken.extend(streams);
        ids.insert(command.id);
        origins.extend(needs.origins.iter().cloned());
    }
    commands.len().min(AT_ONCE)
}

/// SHA-256 of what is asked. When it is said to have happened and what the desk had seen do not count: a desk that has
/// measured its clock better sends the same wish.
fn body_hash(command: &Command) -> Result<[u8; 32], Fault> {
    let json = serde_json::to_vec(&(&command.body, &command.after))
        .map_err(|_| Fault::new(Code::Internal, "a command could not be written as JSON"))?;
    Ok(Sha256::digest(json).into())
}

/// When it happened: never in the future, never before anybody can have been offline. What comes from elsewhere by the
/// hand of who runs the installation keeps its own time.
fn occurred(command: &Command, world: &World, now: Ms) -> Ms {
    let imported = match &command.body {
        CommandBody::OpenTicket { origin, .. }
        | CommandBody::ReceiveMessage { origin, .. }
        | CommandBody::Reply { origin, .. } => origin.is_some(),
        _ => false,
    };
    let trusted = world.role() == Some(crate::domain::vocabulary::Role::Admin);
    let oldest = if imported && trusted {
        0
    } else {
        now.0 - OLDEST
    };
    Ms(command.at.0.clamp(oldest.min(now.0), now.0))
}

fn versions(seen: &Seen) -> BTreeMap<Stream, u32> {
    let heads = seen.heads.iter().map(|h| (h.stream(), h.version()));
    let tickets = seen.tickets_of.iter().chain(&seen.held);
    heads
        .chain(tickets.map(|t| (Stream::from(t.id), t.version)))
        .collect()
}

fn expected(events: &[NewEvent], versions: &BTreeMap<Stream, u32>) -> Vec<(Stream, u32)> {
    let streams: BTreeSet<Stream> = events.iter().map(|e| e.stream).collect();
    streams
        .into_iter()
        .map(|s| (s, versions.get(&s).copied().unwrap_or(0)))
        .collect()
}

fn world(actor: Actor, seen: Seen) -> World {
    let mut world = World::of(actor);
    for head in seen.heads {
        match head {
            Head::Ticket(t) => {
                world.tickets.insert(t.id, *t);
            }
            Head::Customer(c) => {
                world.customers.insert(c.id, c);
            }
            Head::User(u) => {
                if actor.user() == Some(u.id) {
                    world.user = Some(u.clone());
                }
                world.users.insert(u.id, u);
            }
            Head::Queue(q) => {
                world.queues.insert(q.id, q);
            }
            Head::Line(l) => {
                world.lines.insert(l.id, l);
            }
            Head::Review(r) => {
                world.reviews.insert(r.id, *r);
            }
        }
    }
    world.history = seen.tickets_of;
    world.held = seen.held;
    world.known_origins = seen.origins;
    world.login_taken = seen.login_taken;
    world.slug_taken = seen.slug_taken;
    world.since = seen
        .since
        .into_iter()
        .map(|e| Since {
            id: e.id,
            stream: e.stream,
            actor: e.actor,
            at: e.occurred_at,
            body: e.body,
        })
        .collect();
    world
}

fn told(command: &Command, done: Committed) -> CommandAnswer {
    let outcome = match done.answer {
        Answer::Accepted => Outcome::Accepted {
            events: done.events,
        },
        Answer::Refused { rule, detail } => Outcome::Refused { rule, detail },
        Answer::Conflict { .. } => Outcome::Conflict { with: done.events },
    };
    CommandAnswer {
        id: command.id,
        outcome,
    }
}
