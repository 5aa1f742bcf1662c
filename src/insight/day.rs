//! The day's report per agent (mission FO1's plain ancestor; each figure opens the tickets behind it).
//!
//! Definitions, all over `[from, to)`; for a running day the caller ends it at the present:
//! - *handled*: tickets that the agent answered or closed in the span.
//! - *replies*: answers, written or spoken, in the span.
//! - *first response* (mission WO1): of the tickets opened in the span, those whose first answer came within the first response
//!   step on the hotline's calendar, over those answered plus those unanswered past that step. It belongs to who answered
//!   first, else to the holder.
//! - *solution rate*: tickets closed as solved or explained, over all closed but duplicates, by who closed them.
//! - *first contact*: of those solved, the ones that took one contact: no repeat, never reopened, the customer never had to
//!   come back.
//! - *promises* (mission WO5): of those due in the span, kept in time; late are those kept after their time or still open past
//!   it. Renegotiated and withdrawn ones are in neither. They belong to who gave them.
//! - *overdue* (mission WO2): open tickets past their target at the end of the span, by holder.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::event::{Event, TicketEvent};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::people::User;
use crate::domain::policy::Policy;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{CloseReason, PromiseState};

/// What somebody of the team did to a ticket, as far as the report counts it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Did {
    /// Answered, written or spoken.
    Answered,
    /// Closed.
    Closed(CloseReason),
}

/// One such deed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Touch {
    /// On which ticket.
    pub ticket: TicketId,
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Ms,
    /// What.
    pub did: Did,
}

impl Touch {
    /// The deed in an event, if it is one of a member of the team that the report counts.
    #[must_use]
    pub fn of(event: &Event) -> Option<Self> {
        let did = match event.body.ticket()? {
            TicketEvent::Replied { .. } | TicketEvent::Spoken { .. } => Did::Answered,
            TicketEvent::Closed { reason } => Did::Closed(*reason),
            _ => return None,
        };
        Some(Self {
            ticket: TicketId(event.stream.id),
            by: event.actor.user()?,
            at: event.occurred_at,
            did,
        })
    }
}

/// Some of how many; a rate that keeps its base.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// How many did.
    pub of: u32,
    /// Out of how many; with 0 there is no rate.
    pub all: u32,
}

impl Share {
    /// The rate in tenths of a percent, rounded to nearest; nothing without a base.
    #[must_use]
    pub fn permille(self) -> Option<u32> {
        (self.all > 0).then(|| (self.of * 1000 + self.all / 2) / self.all)
    }

    const fn count(&mut self, did: bool) {
        self.all += 1;
        if did {
            self.of += 1;
        }
    }
}

/// The figures of one agent, or of all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Tickets answered or closed.
    pub handled: BTreeSet<TicketId>,
    /// Answers.
    pub replies: u32,
    /// First answers within the first response step.
    pub first_response: Share,
    /// Closed as solved or explained, of all closed.
    pub solution: Share,
    /// Solved at the first contact, of the solved.
    pub first_contact: Share,
    /// Promises due and kept in time.
    pub promises_kept: u32,
    /// Promises due and late.
    pub promises_late: u32,
    /// Open tickets past their target.
    pub overdue: BTreeSet<TicketId>,
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Whose; nobody for what no one holds.
    pub user: Option<UserId>,
    /// The name; empty for nobody.
    pub name: String,
    /// The figures.
    pub figures: Figures,
}

/// The report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayReport {
    /// The span counted, `[from, to)`.
    pub day: (Ms, Ms),
    /// One row for everybody with something to count, by name; what nobody holds comes last.
    pub rows: Vec<Row>,
    /// Over all rows; a ticket that two agents handled counts once.
    pub totals: Figures,
}

/// The report over `[day.0, day.1)`. `touches` are those of the tickets given, from any time: who answered a ticket first is
/// read from them.
#[must_use]
pub fn report(
    tickets: &[Ticket],
    users: &[User],
    touches: &[Touch],
    policy: &Policy,
    day: (Ms, Ms),
) -> DayReport {
    let mut book = Book::default();
    let inside = |at: Ms| day.0 <= at && at < day.1;
    let heads: BTreeMap<TicketId, &Ticket> = tickets.iter().map(|t| (t.id, t)).collect();
    let mut first: BTreeMap<TicketId, &Touch> = BTreeMap::new();
    for touch in touches.iter().filter(|t| t.at < day.1) {
        if touch.did == Did::Answered {
            let entry = first.entry(touch.ticket).or_insert(touch);
            if touch.at < entry.at {
                *entry = touch;
            }
        }
        if inside(touch.at) {
            book.touch(touch, heads.get(&touch.ticket).copied());
        }
    }
    for ticket in tickets {
        if inside(ticket.opened_at) {
            first_response(
                &mut book,
                ticket,
                first.get(&ticket.id).copied(),
                policy,
                day.1,
            );
        }
        for promise in ticket.promises.iter().filter(|p| inside(p.due)) {
            let late = match promise.state {
                PromiseState::Kept => promise.settled_at.is_some_and(|at| at > promise.due),
                PromiseState::Open => true,
                PromiseState::Renegotiated | PromiseState::Withdrawn => continue,
            };
            book.each(promise.by, |f| {
                f.promises_late += u32::from(late);
                f.promises_kept += u32::from(!late);
            });
        }
        if policy.clocks(ticket).due.is_some_and(|due| due < day.1) {
            book.each(ticket.assignee, |f| {
                f.overdue.insert(ticket.id);
            });
        }
    }
    book.close(users, day)
}

fn first_response(
    book: &mut Book,
    ticket: &Ticket,
    first: Option<&Touch>,
    policy: &Policy,
    end: Ms,
) {
    let Some(step) = policy.clocks.steps.0.first() else {
        return;
    };
    // Without calendar data for the year no target can be told, and none is counted.
    let Ok(due) = policy.hotline.add(ticket.opened_at, step.min) else {
        return;
    };
    match first {
        Some(touch) => book.each(Some(touch.by), |f| f.first_response.count(touch.at <= due)),
        None if due < end => book.each(ticket.assignee, |f| f.first_response.count(false)),
        None => {}
    }
}

#[derive(Default)]
struct Book {
    rows: BTreeMap<Option<UserId>, Figures>,
    totals: Figures,
}

impl Book {
    /// Enters something for a member of the team and for all.
    fn each(&mut self, user: Option<UserId>, enter: impl Fn(&mut Figures)) {
        enter(self.rows.entry(user).or_default());
        enter(&mut self.totals);
    }

    fn touch(&mut self, touch: &Touch, ticket: Option<&Ticket>) {
        self.each(Some(touch.by), |f| {
            f.handled.insert(touch.ticket);
            match touch.did {
                Did::Answered => f.replies += 1,
                Did::Closed(CloseReason::Duplicate) => {}
                Did::Closed(reason) => {
                    let solved = matches!(reason, CloseReason::Solved | CloseReason::Explained);
                    f.solution.count(solved);
                    if solved {
                        f.first_contact.count(ticket.is_some_and(one_contact));
                    }
                }
            }
        });
    }

    fn close(self, users: &[User], day: (Ms, Ms)) -> DayReport {
        let name = |user: Option<UserId>| {
            users
                .iter()
                .find(|u| Some(u.id) == user)
                .map_or_else(String::new, |u| u.name.clone())
        };
        let mut rows: Vec<Row> = self
            .rows
            .into_iter()
            .map(|(user, figures)| Row {
                user,
                name: name(user),
                figures,
            })
            .collect();
        rows.sort_by(|a, b| {
            (a.user.is_none(), &a.name, a.user).cmp(&(b.user.is_none(), &b.name, b.user))
        });
        DayReport {
            day,
            rows,
            totals: self.totals,
        }
    }
}

/// Whether one contact was enough.
const fn one_contact(ticket: &Ticket) -> bool {
    ticket.contacts <= 1 && ticket.reopened == 0 && ticket.repeat_of.is_none()
}

#[cfg(test)]
mod tests;
