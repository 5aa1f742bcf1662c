#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
//! A little site that decides and folds like server and desk do, so that the tables beside it stay short.

mod accepted;
mod conflicts;
mod lines;
mod overrides;
mod properties;
mod refused;
mod refused_records;
mod reviews;
mod rules_of_life;

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::{Decision, Rejection, Rule, decide};
use crate::domain::command::{
    Base, Command, CommandBody, NewCustomer, Override, PromiseDraft, needs,
};
use crate::domain::event::{Actor, Body, Event, EventBody, NewEvent, TicketEvent};
use crate::domain::fold::{Head, fold};
use crate::domain::ids::{
    CommandId, CustomerId, EventId, PromiseId, QueueId, Stream, TicketId, UserId,
};
use crate::domain::review::{Procedure, Said};
use crate::domain::taxonomy::ItemId;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Act, Channel, CloseReason, Deed, MayOverride, Origin, Role, Tier};
use crate::domain::world::{Block, Since, Verdict, World};
use crate::text::RawText;

const ANNA: UserId = UserId(Uuid::from_u128(1));
const BO: UserId = UserId(Uuid::from_u128(2));
const LEAD: UserId = UserId(Uuid::from_u128(3));
const MANAGER: UserId = UserId(Uuid::from_u128(4));
const ADMIN: UserId = UserId(Uuid::from_u128(5));
const TRAINER: UserId = UserId(Uuid::from_u128(6));
/// An agent who works no queue.
const CARL: UserId = UserId(Uuid::from_u128(7));
const MAIN: QueueId = QueueId(Uuid::from_u128(11));
const OTHER: QueueId = QueueId(Uuid::from_u128(12));
const MEI: CustomerId = CustomerId(Uuid::from_u128(21));
const LI: CustomerId = CustomerId(Uuid::from_u128(22));
const T1: TicketId = TicketId(Uuid::from_u128(31));
const T2: TicketId = TicketId(Uuid::from_u128(32));
const T3: TicketId = TicketId(Uuid::from_u128(33));
const P1: PromiseId = PromiseId(Uuid::from_u128(41));
const NOWHERE: TicketId = TicketId(Uuid::from_u128(99));
const START: Ms = Ms(1_773_210_000_000);

const fn by(user: UserId) -> Actor {
    Actor::User { user }
}

/// A whole site in memory.
#[derive(Clone)]
struct Site {
    log: Vec<Event>,
    heads: BTreeMap<Stream, Head>,
    commands: u128,
    now: Ms,
    verdict: Verdict,
    taken: bool,
    origins: Vec<Origin>,
    procedure: Option<Procedure>,
}

impl Site {
    /// Six people and Carl, two queues, two customers, and a ticket of Mei's that waits in the main queue.
    fn new() -> Self {
        let mut site = Self {
            log: Vec::new(),
            heads: BTreeMap::new(),
            commands: 1000,
            now: START,
            verdict: Verdict::default(),
            taken: false,
            origins: Vec::new(),
            procedure: None,
        };
        for (user, role) in [
            (ANNA, Role::Agent),
            (BO, Role::Senior),
            (LEAD, Role::Lead),
            (MANAGER, Role::Manager),
            (ADMIN, Role::Admin),
            (TRAINER, Role::Trainer),
            (CARL, Role::Agent),
        ] {
            site.system(add_user(user, role));
        }
        for queue in [MAIN, OTHER] {
            site.system(CommandBody::AddQueue {
                queue,
                slug: queue.to_string(),
                zh: "队".into(),
                en: "Queue".into(),
            });
        }
        site.system(CommandBody::SetMembers {
            queue: MAIN,
            members: vec![ANNA, BO],
        });
        for customer in [MEI, LI] {
            site.system(CommandBody::AddCustomer {
                customer,
                new: new_customer(),
            });
        }
        site.ok(Actor::Customer, open(T1, MEI));
        site
    }

    fn system(&mut self, body: CommandBody) -> Vec<NewEvent> {
        self.ok(Actor::System, body)
    }

    /// Must be accepted; its events are appended.
    fn ok(&mut self, actor: Actor, body: CommandBody) -> Vec<NewEvent> {
        let what = format!("{body:?}");
        match self.run(actor, body, &[]) {
            Ok(events) => events,
            Err(e) => panic!("{what}: {e:?}"),
        }
    }

    /// The rule that refuses it.
    fn rule(&self, actor: Actor, body: CommandBody) -> Option<Rule> {
        match self.clone().run(actor, body, &[]) {
            Err(Rejection::Refused { rule, .. }) => Some(rule),
            _ => None,
        }
    }

    /// Decides with this base, and appends what comes of it.
    fn run(&mut self, actor: Actor, body: CommandBody, base: &[Base]) -> Decision {
        self.commands += 1;
        let command = Command {
            id: CommandId(Uuid::from_u128(self.commands)),
            at: self.now,
            base: base.to_vec(),
            after: None,
            body,
        };
        let world = self.world(actor, &command);
        let events = decide(&world, &command, self.now)?;
        for (index, event) in events.iter().enumerate() {
            self.append(command.id, index, event.clone());
        }
        Ok(events)
    }

    fn append(&mut self, command: CommandId, index: usize, new: NewEvent) {
        let head = self.heads.remove(&new.stream);
        let event = Event {
            id: EventId {
                command,
                index: u16::try_from(index).unwrap(),
            },
            stream: new.stream,
            version: head.as_ref().map_or(0, Head::version) + 1,
            position: self.log.len() as u64 + 1,
            occurred_at: self.now,
            recorded_at: self.now,
            actor: new.actor,
            body: new.body.into(),
            customer: new.customer,
            payload: new.payload,
        };
        if let Some(head) = fold(head, &event) {
            self.heads.insert(event.stream, head);
        }
        self.log.push(event);
    }

    fn world(&self, actor: Actor, command: &Command) -> World {
        let needs = needs(command, actor.user());
        let mut world = World::of(actor);
        for head in self.heads.values() {
            match head {
                Head::Ticket(t) => {
                    if needs.tickets_of == Some(t.customer) {
                        world.history.push((**t).clone());
                    }
                    if t.assignee.is_some() && t.assignee == needs.held_by && t.is_open() {
                        world.held.push((**t).clone());
                    }
                    world.tickets.insert(t.id, (**t).clone());
                }
                Head::Customer(c) => {
                    world.customers.insert(c.id, c.clone());
                }
                Head::User(u) => {
                    world.users.insert(u.id, u.clone());
                }
                Head::Queue(q) => {
                    world.queues.insert(q.id, q.clone());
                }
                Head::Line(l) => {
                    world.lines.insert(l.id, l.clone());
                }
                Head::Review(r) => {
                    world.reviews.insert(r.id, (**r).clone());
                }
            }
        }
        world.user = actor.user().and_then(|u| world.users.get(&u).cloned());
        world.since = self
            .log
            .iter()
            .filter(|e| {
                command
                    .base
                    .iter()
                    .any(|b| b.stream == e.stream && e.version > b.version)
            })
            .map(|e| Since {
                id: e.id,
                stream: e.stream,
                actor: e.actor,
                at: e.occurred_at,
                body: e.body.clone(),
            })
            .collect();
        world.next_number = Some(self.log.len() as u64);
        world.known_origins = self.origins.iter().cloned().collect();
        (world.login_taken, world.slug_taken) = (self.taken, self.taken);
        world.items = [ItemId::from("A1"), ItemId::from("C2")].into();
        world.verdict = self.verdict.clone();
        world.procedure = self.procedure.clone();
        world.said = needs.said.and_then(|(ticket, event)| {
            let found = self.log.iter().find(|e| e.id == event)?;
            Said::of(found, world.tickets.get(&ticket)?)
        });
        world
    }

    fn ticket(&self, id: TicketId) -> &Ticket {
        match self.heads.get(&id.into()) {
            Some(Head::Ticket(t)) => t,
            other => panic!("{other:?}"),
        }
    }

    /// What a desk names as base that has read this ticket up to now.
    fn base(&self, id: TicketId) -> Vec<Base> {
        vec![Base {
            stream: id.into(),
            version: self.ticket(id).version,
        }]
    }
}

fn add_user(user: UserId, role: Role) -> CommandBody {
    CommandBody::AddUser {
        user,
        login: user.to_string(),
        name: role.as_str().to_owned(),
        role,
    }
}

fn new_customer() -> NewCustomer {
    NewCustomer {
        name: "王梅".into(),
        identities: Vec::new(),
        tier: Tier::C,
        vulnerable: false,
        origin: None,
    }
}

fn open(ticket: TicketId, customer: CustomerId) -> CommandBody {
    CommandBody::OpenTicket {
        ticket,
        customer,
        new_customer: None,
        queue: MAIN,
        channel: Channel::Chat,
        text: "等太久了".into(),
        attachments: Vec::new(),
        item: Some("A1".into()),
        live: false,
        origin: None,
    }
}

fn message(ticket: TicketId) -> CommandBody {
    CommandBody::ReceiveMessage {
        ticket,
        channel: Channel::Chat,
        text: "还没好？".into(),
        attachments: Vec::new(),
        origin: None,
    }
}

fn reply(ticket: TicketId) -> CommandBody {
    CommandBody::Reply {
        ticket,
        channel: Channel::Chat,
        text: "我来办".into(),
        acts: vec![Act::Own],
        lines: Vec::new(),
        promises: Vec::new(),
        anyway: false,
        overrides: Vec::new(),
        origin: None,
    }
}

/// A rule of the coach that blocks.
fn block(rule: &str, may: MayOverride) -> Block {
    Block {
        rule: rule.into(),
        may,
    }
}

fn with_overrides(mut body: CommandBody, rules: &[&str], reason: &str) -> CommandBody {
    if let CommandBody::Reply { overrides, .. }
    | CommandBody::Close { overrides, .. }
    | CommandBody::Snooze { overrides, .. } = &mut body
    {
        overrides.extend(rules.iter().map(|rule| Override {
            rule: (*rule).into(),
            reason: reason.into(),
        }));
    }
    body
}

fn speak(ticket: TicketId) -> CommandBody {
    CommandBody::Speak {
        ticket,
        text: "我来办".into(),
        acts: vec![Act::Own],
        lines: Vec::new(),
        promises: Vec::new(),
    }
}

fn note(ticket: TicketId) -> CommandBody {
    CommandBody::Note {
        ticket,
        text: "记一笔".into(),
    }
}

fn draft(due: Ms) -> PromiseDraft {
    PromiseDraft {
        promise: P1,
        deed: Deed::Callback,
        due,
        sentence: "今天17:00前打给您".into(),
    }
}

fn promise(ticket: TicketId, due: Ms) -> CommandBody {
    CommandBody::Promise {
        ticket,
        promise: draft(due),
    }
}

fn close(ticket: TicketId) -> CommandBody {
    CommandBody::Close {
        ticket,
        reason: CloseReason::Solved,
        item: None,
        overrides: Vec::new(),
    }
}

fn kinds(events: &[NewEvent]) -> Vec<String> {
    events
        .iter()
        .map(|e| Body::from(e.body.clone()).kind())
        .collect()
}

fn ticket_event(event: &NewEvent) -> &TicketEvent {
    match &event.body {
        EventBody::Ticket(t) => t,
        other => panic!("{other:?}"),
    }
}
