//! The big plausible log of `balm generate`: any number of tickets and messages, from building blocks and a seed.

use super::phrases::Phrases;
use super::site::{queue_id, user_id};
use super::{BadDemo, Scribe, ScribeError};
use crate::domain::command::{CommandBody, NewCustomer, PromiseDraft};
use crate::domain::event::{Actor, Event};
use crate::domain::ids::{CustomerId, PromiseId, QueueId, TicketId, UserId};
use crate::domain::time::{HOUR, MINUTE, Ms};
use crate::domain::vocabulary::{
    Act, Channel, CloseReason, Deed, Delivery, Identity, IdentityKind, Priority, Role, Tier,
    WaitReason,
};
use crate::text::RawText;

const FILE: &str = "assets/generate/phrases.toml";

/// How much to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Tickets in all.
    pub tickets: u32,
    /// Of them open at the end.
    pub open: u32,
    /// Messages in all: customers' words, replies and spoken records.
    pub messages: u64,
}

/// What to write.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How much.
    pub sizes: Sizes,
    /// The seed; the same seed and end give the same log.
    pub seed: u64,
    /// The time at which the log ends.
    pub end: Ms,
    /// The user at whose desk the log will be measured: a member of every queue.
    pub user: Option<UserId>,
}

/// Writes the log in portions, so that memory stays flat.
#[derive(Debug)]
pub struct Generator {
    scribe: Scribe,
    phrases: Phrases,
    plan: Plan,
    agents: Vec<UserId>,
    queues: Vec<QueueId>,
    customers: Vec<CustomerId>,
    written: u32,
    messages: u64,
}

/// The queues of a generated log.
const QUEUES: [(&str, &str, &str); 4] = [
    ("hotline", "热线", "Hotline"),
    ("after-sales", "售后", "After-sales"),
    ("billing", "账务", "Billing"),
    ("delivery", "配送", "Delivery"),
];

/// Agents of a generated log, beside the user at the measured desk.
const AGENTS: usize = 24;

impl Generator {
    /// Prepares the writing; `user`, if any, must exist in the log already.
    ///
    /// # Errors
    /// When the building blocks are wrong.
    pub fn new(plan: Plan) -> Result<Self, BadDemo> {
        let mut generator = Self {
            scribe: Scribe::new(plan.seed, 1),
            phrases: Phrases::shipped()?,
            plan,
            agents: Vec::new(),
            queues: Vec::new(),
            customers: Vec::new(),
            written: 0,
            messages: 0,
        };
        generator.site().map_err(|e| BadDemo::new(FILE, e))?;
        Ok(generator)
    }

    fn site(&mut self) -> Result<(), ScribeError> {
        let at = self.plan.end.plus_minutes(-400 * 24 * 60 - 60);
        for i in 0..AGENTS {
            let login = format!("agent{:02}", i + 1);
            let user = user_id(&login);
            let name = self.phrases.name(&mut self.scribe, false);
            let role = if i == 0 { Role::Lead } else { Role::Agent };
            self.scribe.run(
                Actor::System,
                at,
                CommandBody::AddUser {
                    user,
                    login,
                    name,
                    role,
                },
            )?;
            self.agents.push(user);
        }
        let mut members = self.agents.clone();
        if let Some(user) = self.plan.user {
            let (login, name) = ("desk".to_owned(), "测量席".to_owned());
            let role = Role::Agent;
            self.scribe.run(
                Actor::System,
                at,
                CommandBody::AddUser {
                    user,
                    login,
                    name,
                    role,
                },
            )?;
            members.push(user);
            self.agents.push(user);
        }
        for (slug, zh, en) in QUEUES {
            let queue = queue_id(slug);
            let (slug, zh, en) = (slug.to_owned(), zh.to_owned(), en.to_owned());
            self.scribe.run(
                Actor::System,
                at,
                CommandBody::AddQueue {
                    queue,
                    slug,
                    zh,
                    en,
                },
            )?;
            self.scribe.run(
                Actor::System,
                at,
                CommandBody::SetMembers {
                    queue,
                    members: members.clone(),
                },
            )?;
            self.queues.push(queue);
        }
        Ok(())
    }

    /// Tickets written so far.
    #[must_use]
    pub const fn written(&self) -> u32 {
        self.written
    }

    /// The next portion of events, about `events` of them; empty when everything is written.
    ///
    /// # Errors
    /// When `decide` does not accept what was generated, which is a defect.
    pub fn portion(&mut self, events: usize) -> Result<Vec<Event>, ScribeError> {
        while self.written < self.plan.sizes.tickets && self.scribe.waiting() < events {
            self.ticket()?;
        }
        Ok(self.scribe.take())
    }

    fn ticket(&mut self) -> Result<(), ScribeError> {
        let Sizes {
            tickets,
            open,
            messages,
        } = self.plan.sizes;
        let left = tickets - self.written;
        let stays_open = left <= open;
        // Spread what is left evenly, with some noise, so that the total is exact at the end.
        let mean = (messages - self.messages.min(messages)) / u64::from(left);
        let wanted = if left == 1 {
            messages.saturating_sub(self.messages).max(1)
        } else {
            let spread = usize::try_from(mean).unwrap_or(1);
            (mean / 2 + self.scribe.below(spread + 1) as u64).max(1)
        };
        // Closed tickets fill 400 days; open ones the last ten.
        let span = if stays_open {
            10 * 24 * 60
        } else {
            390 * 24 * 60
        };
        let share = if stays_open {
            f64::from(open - left) / f64::from(open.max(1))
        } else {
            f64::from(self.written) / f64::from((tickets - open).max(1))
        };
        let back = if stays_open {
            span
        } else {
            span + 10 * 24 * 60
        };
        #[expect(clippy::cast_possible_truncation, reason = "minutes within 400 days")]
        let offset = (share * span as f64) as i64;
        let opened = self.plan.end.plus_minutes(offset - back);
        self.life(opened, wanted, stays_open)?;
        self.written += 1;
        Ok(())
    }

    fn life(&mut self, opened: Ms, wanted: u64, stays_open: bool) -> Result<(), ScribeError> {
        let english = self.scribe.chance(8);
        let ticket = TicketId(self.scribe.id(opened));
        let (text, item) = self.phrases.opening(&mut self.scribe, english);
        let channel = *self
            .scribe
            .pick(&[
                Channel::Voice,
                Channel::Voice,
                Channel::Chat,
                Channel::Message,
                Channel::Mail,
                Channel::Visit,
            ])
            .unwrap_or(&Channel::Voice);
        let (customer, new_customer) = self.caller(opened, english);
        let queue = *self
            .scribe
            .pick(&self.queues.clone())
            .unwrap_or(&queue_id("hotline"));
        let open = CommandBody::OpenTicket {
            ticket,
            customer,
            new_customer,
            queue,
            channel,
            text: RawText::new(text),
            attachments: Vec::new(),
            item: Some(item),
            live: false,
            origin: None,
        };
        self.scribe.run(Actor::System, opened, open)?;
        self.messages += 1;
        let agent = Actor::User {
            user: *self
                .scribe
                .pick(&self.agents.clone())
                .unwrap_or(&user_id("agent01")),
        };
        let talk = Talk {
            ticket,
            channel,
            agent,
            english,
        };
        let mut at = opened;
        let untouched = stays_open && self.scribe.chance(25);
        for turn in 1..wanted {
            at = at
                .plus_minutes(2 + i64::try_from(self.scribe.below(240)).unwrap_or(0))
                .min(self.plan.end);
            let ours = turn % 2 == 1 && !untouched;
            self.turn(talk, at, ours, turn == 1)?;
            self.messages += 1;
        }
        if stays_open {
            self.leave_open(talk, at)
        } else {
            self.close(talk, at)
        }
    }

    fn caller(&mut self, at: Ms, english: bool) -> (CustomerId, Option<NewCustomer>) {
        if !self.customers.is_empty() && self.scribe.chance(40) {
            let known = self.customers.len();
            return (self.customers[self.scribe.below(known)], None);
        }
        let id = CustomerId(self.scribe.id(at));
        self.customers.push(id);
        let name = self.phrases.name(&mut self.scribe, english);
        let phone = format!("1990{:07}", self.scribe.below(10_000_000));
        let tier = *self
            .scribe
            .pick(&[Tier::A, Tier::B, Tier::C, Tier::C, Tier::C])
            .unwrap_or(&Tier::C);
        let identity = Identity {
            kind: IdentityKind::Phone,
            value: RawText::new(phone),
            source: "generated".to_owned(),
        };
        let new = NewCustomer {
            name: RawText::new(name),
            identities: vec![identity],
            tier,
            vulnerable: self.scribe.chance(4),
            origin: None,
        };
        (id, Some(new))
    }

    fn turn(&mut self, talk: Talk, at: Ms, ours: bool, first: bool) -> Result<(), ScribeError> {
        let Talk {
            ticket,
            channel,
            agent,
            english,
        } = talk;
        if !ours {
            let text = RawText::new(
                self.phrases
                    .line(&mut self.scribe, english, |l| &l.followups),
            );
            let body = CommandBody::ReceiveMessage {
                ticket,
                channel,
                text,
                attachments: Vec::new(),
                origin: None,
            };
            return self.scribe.run(Actor::System, at, body).map(|_| ());
        }
        let text = RawText::new(self.phrases.line(&mut self.scribe, english, |l| &l.replies));
        let acts = vec![Act::AckSpecific, Act::CommitConcrete];
        let mut promises = Vec::new();
        if first && self.scribe.chance(30) {
            let due = at.plus_minutes(120 + i64::try_from(self.scribe.below(600)).unwrap_or(0));
            let promise = PromiseId(self.scribe.id(at));
            promises.push(PromiseDraft {
                promise,
                deed: Deed::Callback,
                due,
                sentence: text.clone(),
            });
        }
        if channel == Channel::Voice {
            if self
                .scribe
                .ticket(ticket)
                .is_some_and(|t| t.assignee.is_none())
            {
                self.scribe.run(agent, at, CommandBody::Claim { ticket })?;
            }
            let body = CommandBody::Speak {
                ticket,
                text,
                acts,
                lines: Vec::new(),
                promises,
            };
            return self.scribe.run(agent, at, body).map(|_| ());
        }
        let body = CommandBody::Reply {
            ticket,
            channel,
            text,
            acts,
            lines: Vec::new(),
            promises,
            anyway: true,
            overrides: Vec::new(),
            origin: None,
        };
        self.scribe.run(agent, at, body)?;
        let Some(message) = self.scribe.ticket(ticket).and_then(|t| t.last_words) else {
            return Ok(());
        };
        let body = CommandBody::Deliver {
            ticket,
            message,
            state: Delivery::Delivered,
            reason: None,
        };
        self.scribe
            .run(Actor::System, Ms(at.0 + MINUTE), body)
            .map(|_| ())
    }

    fn leave_open(&mut self, talk: Talk, at: Ms) -> Result<(), ScribeError> {
        let Talk { ticket, agent, .. } = talk;
        let held = self
            .scribe
            .ticket(ticket)
            .is_some_and(|t| t.assignee.is_some());
        if held && self.scribe.chance(12) {
            let next_contact =
                Ms(self.plan.end.0
                    + HOUR * (1 + i64::try_from(self.scribe.below(48)).unwrap_or(0)));
            let body = CommandBody::Wait {
                ticket,
                reason: WaitReason::Customer,
                next_contact,
            };
            self.scribe.run(agent, at, body)?;
        }
        if self.scribe.chance(4) {
            self.scribe.run(
                Actor::System,
                at,
                CommandBody::SetPriority {
                    ticket,
                    priority: Priority::High,
                },
            )?;
        }
        Ok(())
    }

    fn close(&mut self, talk: Talk, at: Ms) -> Result<(), ScribeError> {
        let Talk {
            ticket,
            agent,
            english,
            channel,
        } = talk;
        let at = Ms(at.0 + 10 * MINUTE).min(self.plan.end);
        if self.messages < self.plan.sizes.messages && self.scribe.chance(10) {
            let text = RawText::new(
                self.phrases
                    .line(&mut self.scribe, english, |l| &l.closings),
            );
            let body = CommandBody::ReceiveMessage {
                ticket,
                channel,
                text,
                attachments: Vec::new(),
                origin: None,
            };
            self.scribe.run(Actor::System, at, body)?;
            self.messages += 1;
        }
        let reason = *self
            .scribe
            .pick(&[
                CloseReason::Solved,
                CloseReason::Solved,
                CloseReason::Explained,
                CloseReason::Withdrawn,
            ])
            .unwrap_or(&CloseReason::Solved);
        let holder = self.scribe.ticket(ticket).and_then(|t| t.assignee);
        let actor = if holder.is_some() {
            agent
        } else {
            Actor::System
        };
        self.scribe.run(
            actor,
            at,
            CommandBody::Close {
                ticket,
                reason,
                item: None,
                overrides: Vec::new(),
            },
        )?;
        self.scribe.forget(ticket);
        Ok(())
    }
}

/// Who talks about what.
#[derive(Clone, Copy)]
struct Talk {
    ticket: TicketId,
    channel: Channel,
    agent: Actor,
    english: bool,
}
