//! What the log tells of a seat's tickets, as its contacts hear it.

use super::{House, Out, Seat, Sitting};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::time::Ms;
use crate::domain::vocabulary::Priority;
use crate::training::contact::{Now, Over, Words};

/// The tag of a matter of safety, as the severe route sets it.
const SAFETY: &str = "safety";

/// Something that happened to a ticket, by whoever did it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Heard {
    /// Words to the customer, with or without a promise in the ledger.
    Words(Words),
    /// A promise without words of its own.
    Promise,
    /// A note.
    Note,
    /// It has this urgency.
    Priority(Priority),
    /// Tags came and went.
    Tags {
        /// Those that came.
        add: Vec<String>,
        /// Those that went.
        remove: Vec<String>,
    },
    /// Somebody holds it.
    Held(UserId),
    /// Nobody holds it, or another queue has it.
    Passed,
    /// It was closed, or went on in another ticket.
    Closed,
}

impl Seat {
    /// Something happened to one of its tickets. `by` did it; the customer hears the trainee only.
    pub fn hears(
        &mut self,
        house: &House,
        ticket: TicketId,
        by: Option<UserId>,
        heard: Heard,
        now: Ms,
        out: &mut Out,
    ) {
        let (seat, relief) = (self.who.seat, self.relief.as_ref().map(|(user, _)| *user));
        let own = by == Some(seat);
        let changed = self.run(now, |sitting, clock| {
            let Some(contact) = sitting.contact(ticket) else {
                return false;
            };
            match heard {
                Heard::Words(words) if own => {
                    contact.said(words, clock, &house.calendar, &mut out.posts);
                    sitting.remind();
                }
                Heard::Promise if own => contact.promise(),
                Heard::Priority(priority) => contact.set_urgent(priority == Priority::Urgent),
                Heard::Tags { add, remove } => {
                    if add.iter().any(|t| t == SAFETY) {
                        contact.set_safety(true);
                    } else if remove.iter().any(|t| t == SAFETY) {
                        contact.set_safety(false);
                    }
                }
                Heard::Closed => contact.close(true, clock, &house.calendar, &mut out.posts),
                Heard::Note if own => {
                    sitting.noted(ticket);
                    sitting.hand_over(house, ticket, clock, out);
                }
                Heard::Held(user) => {
                    sitting.passed(ticket, user != seat && relief.is_none_or(|r| r == user));
                    sitting.hand_over(house, ticket, clock, out);
                }
                Heard::Passed if own => {
                    sitting.passed(ticket, true);
                    sitting.hand_over(house, ticket, clock, out);
                }
                Heard::Words(_) | Heard::Promise | Heard::Note | Heard::Passed => return false,
            }
            true
        });
        if changed == Some(true) {
            self.touch();
            self.finish_if_over(now, out);
        }
    }
}

impl Sitting {
    fn noted(&mut self, ticket: TicketId) {
        if let Some(shift) = self.shift.as_mut() {
            shift.noted.insert(ticket);
        }
    }

    fn passed(&mut self, ticket: TicketId, away: bool) {
        let Some(shift) = self.shift.as_mut() else {
            return;
        };
        if away {
            shift.passed.insert(ticket);
        } else {
            shift.passed.remove(&ticket);
        }
    }

    /// With a note since the shift ended, and in somebody else's hands, a ticket is handed over.
    fn hand_over(&mut self, house: &House, ticket: TicketId, clock: Now<'_>, out: &mut Out) {
        let ready = |s: &super::Shift| s.noted.contains(&ticket) && s.passed.contains(&ticket);
        if self.shift.as_ref().is_some_and(ready)
            && let Some(contact) = self.contact(ticket)
        {
            contact.stop(Over::Handed, clock, &house.calendar, &mut out.posts);
        }
    }
}
