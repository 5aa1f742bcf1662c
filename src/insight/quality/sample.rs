//! What is due to be reviewed in a month: so many units of each agent, every unit with a missed promise, and a share of everything
//! drawn by a seed.
//!
//! A unit is what one agent said on one ticket in the month; it is named by the last reply or spoken record of it. What was
//! reviewed stays reviewed when more is said. Who draws cannot choose: order and share follow from names and the seed. The green
//! lane of the method has no units here, because nothing goes out unread yet.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::ids::{ReviewId, TicketId, UserId};
use crate::domain::review::{Review, Said, Why, draw};
use crate::domain::scorecard::Card;
use crate::domain::time::Ms;

/// What one agent said on one ticket.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unit {
    /// The last reply or spoken record of it.
    pub said: Said,
    /// Whether a promise that this agent gave there was due in the month and missed.
    pub missed: bool,
}

/// A unit that is to be reviewed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// Its review.
    pub review: ReviewId,
    /// What was said.
    pub said: Said,
    /// Why.
    pub why: Why,
}

/// How far the reviews of one agent are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Load {
    /// Units of the month.
    pub units: u32,
    /// Of those that count for the month's number, rated at least once.
    pub rated: u32,
    /// How many of those are to be rated: the month's number, or all of them if they are fewer.
    pub wanted: u32,
}

/// What is due.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sample {
    /// Missed promises first, then by chance, then the month's number; within each the oldest first.
    pub due: Vec<Due>,
    /// How far everybody is.
    pub agents: BTreeMap<UserId, Load>,
}

/// Draws the sample of `[month.0, month.1)`. `units` may hold several of one agent and ticket: the last one names them all.
#[must_use]
pub fn sample(
    units: &[Unit],
    reviews: &[Review],
    card: &Card,
    month: (Ms, Ms),
    seed: u64,
) -> Sample {
    let inside = |at: Ms| month.0 <= at && at < month.1;
    let mut last: BTreeMap<(UserId, TicketId), Unit> = BTreeMap::new();
    for unit in units.iter().filter(|u| inside(u.said.at)) {
        let entry = last
            .entry((unit.said.by, unit.said.ticket))
            .or_insert(*unit);
        let missed = entry.missed || unit.missed;
        if (unit.said.at, unit.said.event) > (entry.said.at, entry.said.event) {
            *entry = *unit;
        }
        entry.missed = missed;
    }
    let rated: BTreeSet<(UserId, TicketId)> = reviews
        .iter()
        .filter(|r| inside(r.said_at))
        .map(|r| (r.agent, r.ticket))
        .collect();
    let mut out = Sample::default();
    let mut open: BTreeMap<UserId, Vec<Due>> = BTreeMap::new();
    for (key, unit) in &last {
        let due = |why| Due {
            review: ReviewId::of(unit.said.event),
            said: unit.said,
            why,
        };
        let load = out.agents.entry(key.0).or_default();
        load.units += 1;
        let chance = draw(due(Why::Random).review, seed.rotate_left(17)) < card.sampling.random;
        let done = rated.contains(key);
        // Both come on top of the month's number.
        if unit.missed || chance {
            let why = if unit.missed {
                Why::MissedPromise
            } else {
                Why::Random
            };
            out.due.extend((!done).then(|| due(why)));
            continue;
        }
        load.wanted = (load.wanted + 1).min(card.sampling.each);
        if done {
            load.rated += 1;
        } else {
            open.entry(key.0).or_default().push(due(Why::Monthly));
        }
    }
    for (agent, mut units) in open {
        units.sort_by_key(|d| (draw(d.review, seed), d.review));
        let load = out.agents.entry(agent).or_default();
        let missing = load.wanted.saturating_sub(load.rated);
        let missing = usize::try_from(missing).unwrap_or(usize::MAX);
        out.due.extend(units.into_iter().take(missing));
    }
    let place = |why: Why| match why {
        Why::MissedPromise => 0,
        Why::Random => 1,
        Why::Monthly => 2,
        Why::Asked => 3,
    };
    out.due.sort_by_key(|d| (place(d.why), d.said.at, d.review));
    out
}
