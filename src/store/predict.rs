//! The state that the screen shows: what is confirmed, and on top of it what waits in the outbox, by the same `decide` and
//! `fold` that the server runs. Predicted events are never stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::files::StoreError;
use super::replica::Replica;
use crate::domain::command::{Command, CommandBody, Needs, ReviewAct, needs};
use crate::domain::decide::{Rejection, Rule, decide};
use crate::domain::event::{Actor, Body, Event};
use crate::domain::fold::{Head, fold};
use crate::domain::ids::{EventId, Stream, StreamKind, TicketId, UserId};
use crate::domain::line::PlaybookLine;
use crate::domain::policy::Policy;
use crate::domain::review::{Procedure, Review, Said};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::world::{Talk, Verdict, World};

/// What the coach says of the words of a command: the seam to `coach::lint`, handed in by the caller.
pub type Lint = Arc<dyn Fn(&Command, &World, &Talk, Ms) -> Verdict + Send + Sync>;

/// How many of a customer's latest events the coach reads.
const TALK: u32 = 200;

/// Predictions over the confirmed state.
#[derive(Default)]
pub struct Overlay {
    heads: BTreeMap<Stream, Head>,
    events: Vec<Event>,
}

/// What prediction needs to know.
pub struct Site<'a> {
    /// The confirmed state.
    pub replica: &'a Replica,
    /// Who sits here.
    pub me: UserId,
    /// The policy in force.
    pub policy: &'a Policy,
    /// The coach, if there is one.
    pub lint: Option<&'a Lint>,
    /// The corrected clock.
    pub now: Ms,
}

impl Overlay {
    /// The head of a stream as the screen shows it.
    ///
    /// # Errors
    /// When the replica cannot be read.
    pub fn head(&self, replica: &Replica, stream: Stream) -> Result<Option<Head>, StoreError> {
        match self.heads.get(&stream) {
            Some(head) => Ok(Some(head.clone())),
            None => replica.head(stream),
        }
    }

    /// The predicted head of a ticket, if anything is predicted of it.
    #[must_use]
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        match self.heads.get(&id.into()) {
            Some(Head::Ticket(ticket)) => Some(ticket),
            _ => None,
        }
    }

    /// Tickets of which something is predicted.
    pub fn tickets(&self) -> impl Iterator<Item = TicketId> + '_ {
        self.heads
            .keys()
            .filter(|s| s.kind == StreamKind::Ticket)
            .map(|s| TicketId(s.id))
    }

    /// Predicted heads of lines that the team proposed.
    pub fn lines(&self) -> impl Iterator<Item = &PlaybookLine> {
        self.heads.values().filter_map(|head| match head {
            Head::Line(line) => Some(line),
            _ => None,
        })
    }

    /// Predicted heads of reviews.
    pub fn reviews(&self) -> impl Iterator<Item = &Review> {
        self.heads.values().filter_map(|head| match head {
            Head::Review(review) => Some(&**review),
            _ => None,
        })
    }

    /// Predicted events, in order.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Whether something of this stream is predicted.
    #[must_use]
    pub fn touches(&self, stream: Stream) -> bool {
        self.heads.contains_key(&stream)
    }

    /// Decides one more command on top of everything before it. A ticket that is not on this desk is not predicted,
    /// and not refused either: the server knows it.
    ///
    /// # Errors
    /// The rejection, or what the replica says.
    pub fn push(
        &mut self,
        site: &Site<'_>,
        command: &Command,
    ) -> Result<Result<(), Rejection>, StoreError> {
        let world = self.world(site, command)?;
        let events = match decide(&world, command, site.now) {
            Ok(events) => events,
            Err(Rejection::Refused {
                rule: Rule::NotFound,
                ..
            }) if unknown(&world, command) => return Ok(Ok(())),
            Err(rejection) => return Ok(Err(rejection)),
        };
        for (index, new) in events.into_iter().enumerate() {
            let head = self.head(site.replica, new.stream)?;
            let event = Event {
                id: EventId {
                    command: command.id,
                    index: u16::try_from(index).unwrap_or(u16::MAX),
                },
                stream: new.stream,
                version: head.as_ref().map_or(0, Head::version) + 1,
                position: 0,
                occurred_at: command.at,
                recorded_at: command.at,
                actor: new.actor,
                body: Body::Known(new.body),
                customer: new.customer,
                payload: new.payload,
            };
            if let Some(head) = fold(head, &event) {
                self.heads.insert(event.stream, head);
            }
            self.events.push(event);
        }
        Ok(Ok(()))
    }

    fn world(&self, site: &Site<'_>, command: &Command) -> Result<World, StoreError> {
        let needs = needs(command, Some(site.me));
        let mut world = World::of(Actor::User { user: site.me });
        let mut streams = needs.streams.clone();
        if let Some(ticket) = command.body.ticket()
            && let Some(Head::Ticket(head)) = self.head(site.replica, ticket.into())?
        {
            streams.push(head.queue.into());
        }
        for stream in streams {
            match self.head(site.replica, stream)? {
                Some(Head::Ticket(t)) => {
                    world.tickets.insert(t.id, *t);
                }
                Some(Head::Customer(c)) => {
                    world.customers.insert(c.id, c);
                }
                Some(Head::User(u)) => {
                    if u.id == site.me {
                        world.user = Some(u.clone());
                    }
                    world.users.insert(u.id, u);
                }
                Some(Head::Queue(q)) => {
                    world.queues.insert(q.id, q);
                }
                Some(Head::Line(l)) => {
                    world.lines.insert(l.id, l);
                }
                Some(Head::Review(r)) => {
                    world.reviews.insert(r.id, *r);
                }
                None => {}
            }
        }
        if let Some(customer) = needs.tickets_of {
            world.history = site.replica.tickets_of(customer)?;
        }
        if let Some(user) = needs.held_by {
            let open = site.replica.open_heads()?.into_iter();
            world.held = open.filter(|t| t.assignee == Some(user)).collect();
        }
        if matches!(command.body, CommandBody::Review { .. }) {
            let (card, calendar) = (&site.policy.card, &site.policy.calendar);
            world.procedure = Some(Procedure::at(card, calendar, site.now));
            world.said = Self::said(site, &world, &needs)?;
        }
        self.overlay_lists(&mut world, &needs);
        if needs.lint
            && let Some(lint) = site.lint
        {
            let talk = self.talk(site, command)?;
            world.verdict = lint(command, &world, &talk, site.now);
        }
        Ok(world)
    }

    /// The reply or spoken record that is reviewed, if this desk has it.
    fn said(site: &Site<'_>, world: &World, needs: &Needs) -> Result<Option<Said>, StoreError> {
        let Some((ticket, event)) = needs.said else {
            return Ok(None);
        };
        let Some(ticket) = world.tickets.get(&ticket) else {
            return Ok(None);
        };
        let event = site.replica.event(event)?;
        Ok(event.and_then(|e| Said::of(&e, ticket)))
    }

    /// What was said on the ticket that a command speaks on, predicted words last.
    fn talk(&self, site: &Site<'_>, command: &Command) -> Result<Talk, StoreError> {
        let Some(id) = command.body.ticket() else {
            return Ok(Talk::default());
        };
        let Some(Head::Ticket(head)) = self.head(site.replica, id.into())? else {
            return Ok(Talk::default());
        };
        let kept = site.replica.timeline(head.customer, TALK)?;
        let stream = Stream::from(id);
        let mut talk = Talk::of(
            kept.iter()
                .chain(&self.events)
                .filter(|event| event.stream == stream),
            id,
        );
        let customer = match self.head(site.replica, head.customer.into())? {
            Some(Head::Customer(customer)) => Some(customer),
            _ => None,
        };
        let name = site.replica.personal(head.customer)?.and_then(|p| p.name);
        talk.whose(customer.as_ref(), name);
        Ok(talk)
    }

    /// Puts predicted tickets over the lists that came from the replica.
    fn overlay_lists(&self, world: &mut World, needs: &Needs) {
        for head in self.heads.values() {
            let Head::Ticket(ticket) = head else { continue };
            if needs.tickets_of == Some(ticket.customer) {
                world.history.retain(|t| t.id != ticket.id);
                world.history.push((**ticket).clone());
            }
            if let Some(user) = needs.held_by {
                world.held.retain(|t| t.id != ticket.id);
                if ticket.assignee == Some(user) && ticket.is_open() {
                    world.held.push((**ticket).clone());
                }
            }
        }
    }
}

/// Whether the refusal only says that this desk does not have the ticket or record.
fn unknown(world: &World, command: &Command) -> bool {
    match &command.body {
        CommandBody::AddIdentity { customer, .. }
        | CommandBody::RenameCustomer { customer, .. }
        | CommandBody::TagCustomer { customer, .. }
        | CommandBody::SetPreference { customer, .. }
        | CommandBody::SetTier { customer, .. }
        | CommandBody::EraseCustomer { customer }
        | CommandBody::MergeCustomer { customer, .. }
        | CommandBody::SplitCustomer { customer, .. } => !world.customers.contains_key(customer),
        CommandBody::Merge { ticket, into } => {
            !world.tickets.contains_key(ticket) || !world.tickets.contains_key(into)
        }
        CommandBody::Link { ticket, other, .. } => {
            !world.tickets.contains_key(ticket) || !world.tickets.contains_key(other)
        }
        CommandBody::ProposeLine { ticket, .. } => {
            ticket.is_some_and(|t| !world.tickets.contains_key(&t))
        }
        CommandBody::ApproveLine { line, .. }
        | CommandBody::DeclineLine { line, .. }
        | CommandBody::RetireLine { line, .. } => !world.lines.contains_key(line),
        CommandBody::Review { review, act } => match act {
            ReviewAct::Rate { .. } => world.said.is_none(),
            _ => !world.reviews.contains_key(review),
        },
        body => body
            .ticket()
            .is_some_and(|t| !world.tickets.contains_key(&t)),
    }
}
