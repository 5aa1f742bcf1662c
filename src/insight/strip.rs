//! What the strip counts: one definition for the store's running counts, for reports and for tests.

use crate::domain::rank::Clocks;
use crate::domain::ticket::Ticket;
use crate::domain::time::{HOUR, Ms};

/// In which counts of the strip a ticket stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags {
    /// Neither closed nor merged. All other flags imply it.
    pub open: bool,
    /// Past its resolution target or an open promise.
    pub overdue: bool,
    /// Not overdue, and its target or an open promise ends within the hour.
    pub due_soon: bool,
    /// A repeat complaint (method 3.13).
    pub repeat: bool,
    /// Held by nobody.
    pub unassigned: bool,
    /// With an open promise that is due in today's range.
    pub promise_today: bool,
}

/// Classifies a ticket at `now`; `today` is the site's day as `[from, to)`. A waiting ticket whose clock stands still has no
/// target, so only its promises can make it overdue.
#[must_use]
pub fn classify(ticket: &Ticket, clocks: &Clocks, now: Ms, today: (Ms, Ms)) -> Flags {
    if !ticket.is_open() {
        return Flags::default();
    }
    let due = || {
        let promises = ticket.promises.iter().filter(|p| p.is_open());
        clocks.due.into_iter().chain(promises.map(|p| p.due))
    };
    let overdue = due().any(|at| at <= now);
    Flags {
        open: true,
        overdue,
        due_soon: !overdue && due().any(|at| at.minus(now) <= HOUR),
        repeat: ticket.repeat_of.is_some(),
        unassigned: ticket.assignee.is_none(),
        promise_today: ticket
            .promises
            .iter()
            .any(|p| p.is_open() && today.0 <= p.due && p.due < today.1),
    }
}

#[cfg(test)]
mod tests;
