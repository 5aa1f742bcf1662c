//! Hits, callers, colleagues, the seat.

use super::Row;
use crate::domain::ids::CustomerId;
use crate::domain::ids::TicketId;
use crate::domain::people::Queue;
use crate::domain::people::User;
use crate::domain::time::Ms;
use crate::text::SafeText;
use std::sync::Arc;

/// A hit of the palette or search.
#[derive(Clone, PartialEq, Debug)]
pub enum Hit {
    /// A ticket.
    Ticket {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: Option<u64>,
        /// Caller.
        caller: SafeText,
        /// The words around the match.
        excerpt: SafeText,
        /// When.
        at: Ms,
    },
    /// A customer.
    Customer {
        /// Which.
        customer: CustomerId,
        /// Name.
        name: SafeText,
        /// Last four digits.
        phone_last4: SafeText,
        /// Their latest ticket.
        latest: Option<TicketId>,
    },
}

/// Where hits come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HitSource {
    /// This desk's replica only.
    Desk,
    /// Desk and server merged.
    Server,
}

/// One colleague on the team screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Mate {
    /// The account.
    pub user: User,
    /// Open tickets held.
    pub open: u32,
    /// Of them past target or promise.
    pub overdue: u32,
    /// Of them due within the hour.
    pub due_soon: u32,
    /// Promises of theirs that are due today.
    pub promises_today: u32,
    /// The ticket they look at, if known.
    pub viewing: Option<TicketId>,
    /// Whether they are writing there.
    pub writing: bool,
}

/// The team screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Team {
    /// Colleagues, most burdened first.
    pub mates: Vec<Mate>,
    /// Queues with open, overdue, unassigned.
    pub queues: Vec<(Queue, u32, u32, u32)>,
}

/// Who sits at this desk.
#[derive(Clone, PartialEq, Debug)]
pub struct Seat {
    /// The account.
    pub user: User,
    /// Queues of the site.
    pub queues: Vec<Queue>,
    /// Colleagues, for assigning.
    pub users: Vec<User>,
    /// Whether the log holds the living demo.
    pub demo: bool,
}

/// What the caller's number tells.
#[derive(Clone, PartialEq, Debug)]
pub struct Caller {
    /// The customer.
    pub customer: CustomerId,
    /// Name.
    pub name: SafeText,
    /// Open tickets of that customer.
    pub open: Vec<Arc<Row>>,
}
