//! `fold`: from a stream of events to a head. The same function runs in the server, in each desk and in every replay.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::event::Event;
use super::ids::{Stream, StreamKind};
use super::line::PlaybookLine;
use super::people::{Customer, Queue, User};
use super::review::Review;
use super::ticket::Ticket;

/// The version of the fold. A change in what any head holds raises it, and heads are then rebuilt from events.
pub const FOLD_VERSION: u32 = 1;

/// The folded state of one stream.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Head {
    /// Of a ticket.
    Ticket(Box<Ticket>),
    /// Of a customer.
    Customer(Customer),
    /// Of an account.
    User(User),
    /// Of a queue.
    Queue(Queue),
    /// Of a line that the team proposed.
    Line(PlaybookLine),
    /// Of the review of a reply.
    Review(Box<Review>),
}

impl Head {
    /// How many events are folded in.
    #[must_use]
    pub const fn version(&self) -> u32 {
        match self {
            Self::Ticket(t) => t.version,
            Self::Customer(c) => c.version,
            Self::User(u) => u.version,
            Self::Queue(q) => q.version,
            Self::Line(l) => l.version,
            Self::Review(r) => r.version,
        }
    }

    /// The stream it is folded from.
    #[must_use]
    pub fn stream(&self) -> Stream {
        match self {
            Self::Ticket(t) => t.id.into(),
            Self::Customer(c) => c.id.into(),
            Self::User(u) => u.id.into(),
            Self::Queue(q) => q.id.into(),
            Self::Line(l) => l.id.into(),
            Self::Review(r) => r.id.into(),
        }
    }
}

/// Folds one event into a head. A stream that starts with an unknown event has no head until a newer program reads it.
#[must_use]
pub fn fold(head: Option<Head>, event: &Event) -> Option<Head> {
    match head {
        Some(Head::Ticket(mut t)) => {
            t.apply(event);
            Some(Head::Ticket(t))
        }
        Some(Head::Customer(mut c)) => {
            c.apply(event);
            Some(Head::Customer(c))
        }
        Some(Head::User(mut u)) => {
            u.apply(event);
            Some(Head::User(u))
        }
        Some(Head::Queue(mut q)) => {
            q.apply(event);
            Some(Head::Queue(q))
        }
        Some(Head::Line(mut l)) => {
            l.apply(event);
            Some(Head::Line(l))
        }
        Some(Head::Review(mut r)) => {
            r.apply(event);
            Some(Head::Review(r))
        }
        None => match event.stream.kind {
            StreamKind::Ticket => Ticket::open(event).map(|t| Head::Ticket(Box::new(t))),
            StreamKind::Customer => Customer::open(event).map(Head::Customer),
            StreamKind::User => User::open(event).map(Head::User),
            StreamKind::Queue => Queue::open(event).map(Head::Queue),
            StreamKind::Line => PlaybookLine::open(event).map(Head::Line),
            StreamKind::Review => Review::open(event).map(|r| Head::Review(Box::new(r))),
        },
    }
}

/// Folds a whole stream, oldest event first.
#[must_use]
pub fn fold_all<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Head> {
    events.into_iter().fold(None, fold)
}
