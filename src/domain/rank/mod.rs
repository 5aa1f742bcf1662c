//! The queue order: one pure function gives each ticket its place, the reason in words, and until when that holds.
//!
//! `rank(head, clocks, now)` is asked again only after `valid_until` or when the head changed; nothing else moves a row.

use serde::{Deserialize, Serialize};

use super::ticket::{Status, Ticket};
use super::time::{HOUR, Ms};
use super::vocabulary::{Deed, Priority};

/// The instants a ticket's clocks end, as far as they can be told without knowing the present. Computed once per change of
/// the head (`Policy::clocks`), so that ranking costs no calendar walk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Clocks {
    /// When the resolution target ends; absent while the clock stands still or the calendar has no data.
    pub due: Option<Ms>,
    /// Whether the calendar has no data for a year that matters.
    pub no_calendar: bool,
    /// When each response step of the present cycle is due, with its minutes.
    pub steps: [Option<(i64, Ms)>; 3],
}

/// Why a ticket stands where it stands. Each variant has its words in the locale files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Reason {
    /// Somebody may come to harm.
    Safety,
    /// A promise is past its time.
    PromiseLate {
        /// What was promised.
        deed: Deed,
        /// By when.
        due: Ms,
    },
    /// The resolution target has passed.
    Overdue {
        /// When it was due.
        due: Ms,
    },
    /// The team marked it urgent.
    Urgent,
    /// The customer waits for a first word of feeling, a plan or a commitment.
    StepLate {
        /// 1, 5 or 30 minutes.
        minutes: i64,
        /// When the step was due.
        due: Ms,
    },
    /// A response step is running.
    StepRunning {
        /// 1, 5 or 30 minutes.
        minutes: i64,
        /// When the step is due.
        due: Ms,
    },
    /// A promise is due soon.
    PromiseSoon {
        /// What was promised.
        deed: Deed,
        /// By when.
        due: Ms,
    },
    /// It was agreed that the customer hears from us now.
    NextContact {
        /// When.
        due: Ms,
    },
    /// The resolution target is near.
    DueSoon {
        /// When it is due.
        due: Ms,
    },
    /// The customer complains again about what was closed.
    Repeat {
        /// The how-manyeth contact.
        contact: u32,
        /// When it is due.
        due: Ms,
    },
    /// The customer waits for an answer.
    Unanswered {
        /// Since when.
        since: Ms,
    },
    /// It has a target further away.
    Due {
        /// When it is due.
        due: Ms,
    },
    /// No target can be computed: the calendar has no data for the year.
    NoCalendar,
    /// It waits for somebody else until then.
    Waiting {
        /// When the customer hears from us next.
        until: Ms,
    },
    /// It is set aside until then.
    Snoozed {
        /// Until when.
        until: Ms,
    },
    /// It ended.
    Ended,
}

/// A ticket's place. Smaller keys stand further up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Rank {
    /// The order: band, then instant, then number.
    pub key: (u8, i64, u64),
    /// Why.
    pub reason: Reason,
    /// When the place must be computed again, if nothing happens before.
    pub valid_until: Ms,
}

/// Never: far beyond every plan.
const NEVER: Ms = Ms(i64::MAX);

/// How long before its time a promise or target counts as near.
const SOON: i64 = HOUR;

/// Gives a ticket its place at `now`.
#[must_use]
pub fn rank(ticket: &Ticket, clocks: &Clocks, now: Ms) -> Rank {
    let mut best: Option<(u8, i64, Reason)> = None;
    let mut valid_until = NEVER;
    let mut offer = |band: u8, at: i64, reason: Reason| {
        if best.is_none_or(|(b, t, _)| (band, at) < (b, t)) {
            best = Some((band, at, reason));
        }
    };
    let mut until = |at: Ms| {
        if at > now && at < valid_until {
            valid_until = at;
        }
    };
    match ticket.status {
        Status::Closed { at, .. } => offer(9, -at.0, Reason::Ended),
        Status::Merged { .. } => offer(9, 0, Reason::Ended),
        Status::Open | Status::Waiting { .. } | Status::Snoozed { .. } => {
            promises(ticket, now, &mut offer, &mut until);
            match ticket.status {
                Status::Waiting { next_contact, .. } if next_contact > now => {
                    until(next_contact);
                    offer(
                        7,
                        next_contact.0,
                        Reason::Waiting {
                            until: next_contact,
                        },
                    );
                }
                Status::Snoozed { until: wakes } if wakes > now => {
                    until(wakes);
                    offer(8, wakes.0, Reason::Snoozed { until: wakes });
                }
                Status::Waiting { next_contact, .. } => {
                    offer(2, next_contact.0, Reason::NextContact { due: next_contact });
                    active(ticket, clocks, now, &mut offer, &mut until);
                }
                _ => active(ticket, clocks, now, &mut offer, &mut until),
            }
        }
    }
    let (band, at, reason) = best.unwrap_or((6, ticket.opened_at.0, Reason::NoCalendar));
    let band = lift(ticket, band);
    Rank {
        key: (band, at, ticket.number.unwrap_or(u64::MAX)),
        reason,
        valid_until,
    }
}

/// Raises high-priority work one band, within work that is ours to do now.
fn lift(ticket: &Ticket, band: u8) -> u8 {
    if ticket.priority == Priority::High && (3..=6).contains(&band) {
        band - 1
    } else {
        band
    }
}

fn promises(
    ticket: &Ticket,
    now: Ms,
    offer: &mut impl FnMut(u8, i64, Reason),
    until: &mut impl FnMut(Ms),
) {
    let Some(promise) = ticket.next_promise() else {
        return;
    };
    let (deed, due) = (promise.deed, promise.due);
    if due <= now {
        offer(1, due.0, Reason::PromiseLate { deed, due });
    } else if due.0 - now.0 <= SOON {
        until(due);
        offer(3, due.0, Reason::PromiseSoon { deed, due });
    } else {
        until(Ms(due.0 - SOON));
    }
}

fn active(
    ticket: &Ticket,
    clocks: &Clocks,
    now: Ms,
    offer: &mut impl FnMut(u8, i64, Reason),
    until: &mut impl FnMut(Ms),
) {
    if ticket.tags.iter().any(|t| t == "safety") {
        offer(0, ticket.opened_at.0, Reason::Safety);
    }
    if ticket.priority == Priority::Urgent {
        offer(2, ticket.opened_at.0, Reason::Urgent);
    }
    if let Some(since) = ticket.unanswered_since {
        steps(ticket, clocks, now, offer, until);
        offer(5, since.0, Reason::Unanswered { since });
    }
    let Some(due) = clocks.due else { return };
    if due <= now {
        offer(2, due.0, Reason::Overdue { due });
        return;
    }
    until(due);
    if due.0 - now.0 <= SOON {
        offer(3, due.0, Reason::DueSoon { due });
    } else {
        until(Ms(due.0 - SOON));
    }
    if ticket.repeat_of.is_some() {
        offer(
            4,
            due.0,
            Reason::Repeat {
                contact: ticket.contact,
                due,
            },
        );
    }
    offer(6, due.0, Reason::Due { due });
}

/// The response step to speak of: the first that is not met, or, when it is late, the latest one that is late too. Steps
/// matter only while the customer waits for us.
fn steps(
    ticket: &Ticket,
    clocks: &Clocks,
    now: Ms,
    offer: &mut impl FnMut(u8, i64, Reason),
    until: &mut impl FnMut(Ms),
) {
    let open = ticket
        .steps_met
        .iter()
        .zip(clocks.steps)
        .filter(|(met, _)| met.is_none())
        .filter_map(|(_, due)| due);
    let mut late = None;
    for (minutes, due) in open {
        if due > now {
            until(due);
            if late.is_none() {
                offer(3, due.0, Reason::StepRunning { minutes, due });
            }
            break;
        }
        late = Some((minutes, due));
    }
    if let Some((minutes, due)) = late {
        offer(3, due.0, Reason::StepLate { minutes, due });
    }
}

#[cfg(test)]
mod tests;
