//! The scribe: an in-memory log that runs commands through `decide` and `fold` and keeps the events they cause.

use std::collections::{BTreeMap, HashMap, HashSet};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use uuid::Uuid;

use crate::domain::command::{Command, CommandBody, needs};
use crate::domain::decide::{Rejection, decide};
use crate::domain::event::{Actor, Event};
use crate::domain::fold::{Head, fold};
use crate::domain::ids::{CommandId, CustomerId, EventId, Stream, StreamKind, TicketId, UserId};
use crate::domain::people::{Customer, Queue, User};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::world::World;

/// A scripted command that `decide` does not accept: the script is wrong.
#[derive(Debug, thiserror::Error)]
#[error("a scripted command was not accepted: {0:?}")]
pub struct ScribeError(pub Rejection);

/// Writes a log in memory. Ids come from its seed, so the same script gives the same bytes.
#[derive(Debug)]
pub struct Scribe {
    rng: ChaCha8Rng,
    tickets: HashMap<TicketId, Ticket>,
    of_customer: HashMap<CustomerId, Vec<TicketId>>,
    customers: HashMap<CustomerId, Customer>,
    users: HashMap<UserId, User>,
    queues: BTreeMap<crate::domain::ids::QueueId, Queue>,
    known: HashSet<crate::domain::vocabulary::Origin>,
    position: u64,
    number: u64,
    events: Vec<Event>,
}

impl Scribe {
    /// An empty log whose first ticket gets the number `first_number`.
    #[must_use]
    pub fn new(seed: u64, first_number: u64) -> Self {
        Self {
            rng: ChaCha8Rng::seed_from_u64(seed),
            tickets: HashMap::new(),
            of_customer: HashMap::new(),
            customers: HashMap::new(),
            users: HashMap::new(),
            queues: BTreeMap::new(),
            known: HashSet::new(),
            position: 0,
            number: first_number,
            events: Vec::new(),
        }
    }

    /// A number below `n` (0 for 0).
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 {
            0
        } else {
            usize::try_from(self.rng.next_u64() % n as u64).unwrap_or(0)
        }
    }

    /// True in `percent` of the cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.rng.next_u32() % 100 < percent
    }

    /// One of the entries; the list must not be empty.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let index = self.below(from.len());
        from.get(index)
    }

    /// A new id that sorts at `at`.
    pub fn id(&mut self, at: Ms) -> Uuid {
        let mut random = [0_u8; 10];
        self.rng.fill_bytes(&mut random);
        let millis = u64::try_from(at.0).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// Runs one command as `actor` at `at`. Returns the name of its first event, if it caused any.
    ///
    /// # Errors
    /// When `decide` does not accept it.
    pub fn run(
        &mut self,
        actor: Actor,
        at: Ms,
        body: CommandBody,
    ) -> Result<Option<EventId>, ScribeError> {
        let command = Command {
            id: CommandId(self.id(at)),
            at,
            base: Vec::new(),
            after: None,
            body,
        };
        let world = self.gather(actor, &command);
        let wanted = decide(&world, &command, at).map_err(ScribeError)?;
        let mut first = None;
        for (index, new) in wanted.into_iter().enumerate() {
            let id = EventId {
                command: command.id,
                index: u16::try_from(index).unwrap_or(u16::MAX),
            };
            first.get_or_insert(id);
            self.position += 1;
            let event = Event {
                id,
                version: self.version(new.stream) + 1,
                stream: new.stream,
                position: self.position,
                occurred_at: at,
                recorded_at: at,
                actor: new.actor,
                body: new.body.into(),
                customer: new.customer,
                payload: new.payload,
            };
            self.fold_in(&event);
            self.events.push(event);
        }
        Ok(first)
    }

    fn gather(&self, actor: Actor, command: &Command) -> World {
        let user = actor.user();
        let wanted = needs(command, user);
        let mut world = World::of(actor);
        world.user = user.and_then(|u| self.users.get(&u)).cloned();
        for stream in &wanted.streams {
            match stream.kind {
                StreamKind::Ticket => {
                    if let Some(t) = self.tickets.get(&TicketId(stream.id)) {
                        world.tickets.insert(t.id, t.clone());
                    }
                }
                StreamKind::Customer => {
                    if let Some(c) = self.customers.get(&CustomerId(stream.id)) {
                        world.customers.insert(c.id, c.clone());
                    }
                }
                StreamKind::User => {
                    if let Some(u) = self.users.get(&UserId(stream.id)) {
                        world.users.insert(u.id, u.clone());
                    }
                }
                // The demo proposes no lines.
                StreamKind::Queue | StreamKind::Line | StreamKind::Review => {}
            }
        }
        if matches!(
            command.body,
            CommandBody::OpenTicket { .. }
                | CommandBody::Transfer { .. }
                | CommandBody::SetMembers { .. }
        ) {
            world.queues.clone_from(&self.queues);
        } else if let Some(queue) = world
            .tickets
            .values()
            .next()
            .and_then(|t| self.queues.get(&t.queue))
        {
            world.queues.insert(queue.id, queue.clone());
        }
        if let Some(customer) = wanted.tickets_of {
            let ids = self
                .of_customer
                .get(&customer)
                .map(Vec::as_slice)
                .unwrap_or_default();
            world.history = ids
                .iter()
                .filter_map(|id| self.tickets.get(id))
                .cloned()
                .collect();
        }
        world.known_origins = wanted
            .origins
            .into_iter()
            .filter(|o| self.known.contains(o))
            .collect();
        world.next_number = wanted.number.then_some(self.number);
        world
    }

    fn version(&self, stream: Stream) -> u32 {
        match stream.kind {
            StreamKind::Ticket => self
                .tickets
                .get(&TicketId(stream.id))
                .map_or(0, |t| t.version),
            StreamKind::Customer => self
                .customers
                .get(&CustomerId(stream.id))
                .map_or(0, |c| c.version),
            StreamKind::User => self.users.get(&UserId(stream.id)).map_or(0, |u| u.version),
            StreamKind::Queue => self
                .queues
                .get(&crate::domain::ids::QueueId(stream.id))
                .map_or(0, |q| q.version),
            StreamKind::Line | StreamKind::Review => 0,
        }
    }

    fn fold_in(&mut self, event: &Event) {
        let id = event.stream.id;
        let before = match event.stream.kind {
            StreamKind::Ticket => self
                .tickets
                .remove(&TicketId(id))
                .map(|t| Head::Ticket(Box::new(t))),
            StreamKind::Customer => self.customers.remove(&CustomerId(id)).map(Head::Customer),
            StreamKind::User => self.users.remove(&UserId(id)).map(Head::User),
            StreamKind::Queue => self
                .queues
                .remove(&crate::domain::ids::QueueId(id))
                .map(Head::Queue),
            StreamKind::Line | StreamKind::Review => None,
        };
        let fresh = before.is_none();
        match fold(before, event) {
            Some(Head::Ticket(ticket)) => {
                if fresh {
                    self.number += 1;
                    self.of_customer
                        .entry(ticket.customer)
                        .or_default()
                        .push(ticket.id);
                }
                self.tickets.insert(ticket.id, *ticket);
            }
            Some(Head::Customer(c)) => {
                self.customers.insert(c.id, c);
            }
            Some(Head::User(u)) => {
                self.users.insert(u.id, u);
            }
            Some(Head::Queue(q)) => {
                self.queues.insert(q.id, q);
            }
            Some(Head::Line(_) | Head::Review(_)) | None => {}
        }
    }

    /// The head of a ticket.
    #[must_use]
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.tickets.get(&id)
    }

    /// Takes the events written so far, oldest first; the heads stay.
    pub fn take(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// How many events are waiting to be taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.events.len()
    }

    /// Forgets a closed ticket but for its customer's count of contacts, to keep memory flat while a big log is written.
    pub fn forget(&mut self, id: TicketId) {
        if let Some(ticket) = self.tickets.get(&id)
            && !ticket.is_open()
        {
            let keep = self
                .of_customer
                .get(&ticket.customer)
                .is_none_or(|all| all.last() == Some(&id));
            if !keep {
                self.tickets.remove(&id);
            }
        }
    }
}
