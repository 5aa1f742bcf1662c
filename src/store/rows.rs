//! The queue as the screen shows it: rows, their order, lists and counts. Pure: time is an argument.
//!
//! A row is ranked again only when its head changed or its rank's time ran out (a heap holds the times); the order is a
//! sorted tree, so that one changed row costs one removal and one insertion, whatever the length of the queue.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::sync::Arc;

use crate::api::desk::{List, QueueView, Row, Strip};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::policy::Policy;
use crate::domain::rank::{Clocks, rank};
use crate::domain::ticket::Ticket;
use crate::domain::time::{HOUR, Ms};
use crate::domain::vocabulary::Delivery;
use crate::text::{Query, SafeText, index_text};

/// A place in the order.
type Place = ((u8, i64, u64), TicketId);

/// Everything a row is made from but its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// The head, predictions included.
    pub ticket: Ticket,
    /// The customer's name.
    pub caller: SafeText,
    /// The last four digits of the phone.
    pub last4: SafeText,
    /// Pinyin keys of the name.
    pub keys: String,
    /// The latest words.
    pub excerpt: SafeText,
    /// Who holds it.
    pub holder: SafeText,
    /// Something arrived since the agent looked.
    pub unread: bool,
    /// The agent has a draft here.
    pub draft: bool,
    /// Something waits in the outbox.
    pub pending: bool,
}

struct Slot {
    row: Arc<Row>,
    clocks: Clocks,
    keys: Box<str>,
    /// Made when words are first asked for.
    index: Option<Box<str>>,
}

/// Whose eyes the lists are made for, and at which time.
#[derive(Clone, Copy, Debug)]
pub struct Eyes<'a> {
    /// The agent.
    pub me: UserId,
    /// The corrected clock.
    pub now: Ms,
    /// Tickets with something that came back from the outbox.
    pub returned: &'a BTreeSet<TicketId>,
}

/// All rows of this desk, in order.
pub struct Board {
    policy: Arc<Policy>,
    slots: HashMap<TicketId, Slot>,
    order: BTreeMap<Place, Arc<Row>>,
    wakes: BinaryHeap<Reverse<(Ms, TicketId)>>,
}

impl Board {
    /// An empty board under this policy.
    #[must_use]
    pub fn new(policy: Arc<Policy>) -> Self {
        Self {
            policy,
            slots: HashMap::new(),
            order: BTreeMap::new(),
            wakes: BinaryHeap::new(),
        }
    }

    /// How many rows there are, closed ones with drafts included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// The row of a ticket.
    #[must_use]
    pub fn row(&self, id: TicketId) -> Option<&Arc<Row>> {
        self.slots.get(&id).map(|slot| &slot.row)
    }

    /// Every row, in order.
    pub fn rows(&self) -> impl Iterator<Item = &Arc<Row>> {
        self.order.values()
    }

    /// A row that is not on the board (a closed ticket that is shown).
    #[must_use]
    pub fn make(&self, facts: Facts, now: Ms) -> Row {
        let clocks = self.policy.clocks(&facts.ticket);
        Self::build(facts, &clocks, now).0
    }

    fn build(facts: Facts, clocks: &Clocks, now: Ms) -> (Row, String) {
        let place = rank(&facts.ticket, clocks, now);
        let row = Row {
            ticket: facts.ticket,
            rank: place,
            due: clocks.due,
            caller: facts.caller,
            phone_last4: facts.last4,
            excerpt: facts.excerpt,
            holder: facts.holder,
            unread: facts.unread,
            draft: facts.draft,
            pending: facts.pending,
        };
        (row, facts.keys)
    }

    /// Puts a row in its place, new or changed.
    pub fn put(&mut self, facts: Facts, now: Ms) {
        self.place(facts, None, now);
    }

    /// Puts a row in its place whose clocks were computed before.
    pub fn put_known(&mut self, facts: Facts, clocks: Clocks, now: Ms) {
        self.place(facts, Some(clocks), now);
    }

    fn place(&mut self, facts: Facts, known: Option<Clocks>, now: Ms) {
        let id = facts.ticket.id;
        let old = self.slots.remove(&id);
        if let Some(old) = &old {
            self.order.remove(&(old.row.rank.key, id));
        }
        // Clocks walk the calendar: they are computed again only for another head.
        let clocks = match (&old, known) {
            (_, Some(clocks)) => clocks,
            (Some(old), None) if old.row.ticket == facts.ticket => old.clocks,
            _ => self.policy.clocks(&facts.ticket),
        };
        let (row, keys) = Self::build(facts, &clocks, now);
        let row = Arc::new(row);
        if row.rank.valid_until < Ms(i64::MAX) {
            self.wakes.push(Reverse((row.rank.valid_until, id)));
        }
        self.order.insert((row.rank.key, id), Arc::clone(&row));
        self.slots.insert(
            id,
            Slot {
                row,
                clocks,
                keys: keys.into(),
                index: None,
            },
        );
    }

    /// Takes a row away.
    pub fn remove(&mut self, id: TicketId) {
        if let Some(slot) = self.slots.remove(&id) {
            self.order.remove(&(slot.row.rank.key, id));
        }
    }

    /// Ranks again what time moved. Tells whether anything moved.
    pub fn wake(&mut self, now: Ms) -> bool {
        let mut moved = false;
        while let Some(Reverse((at, id))) = self.wakes.peek().copied() {
            if at > now {
                break;
            }
            self.wakes.pop();
            let Some(slot) = self.slots.get_mut(&id) else {
                continue;
            };
            if slot.row.rank.valid_until != at {
                continue;
            }
            self.order.remove(&(slot.row.rank.key, id));
            let mut row = (*slot.row).clone();
            row.rank = rank(&row.ticket, &slot.clocks, now);
            slot.row = Arc::new(row);
            self.order
                .insert((slot.row.rank.key, id), Arc::clone(&slot.row));
            if slot.row.rank.valid_until < Ms(i64::MAX) {
                self.wakes.push(Reverse((slot.row.rank.valid_until, id)));
            }
            moved = true;
        }
        moved
    }

    /// When the next row has to be ranked again.
    #[must_use]
    pub fn next_wake(&self) -> Option<Ms> {
        self.wakes.peek().map(|Reverse((at, _))| *at)
    }

    /// The rows of a view, in order.
    pub fn list(&mut self, view: &QueueView, eyes: &Eyes<'_>) -> Arc<[Arc<Row>]> {
        let day = self.policy.calendar.date_of(eyes.now);
        let listed = |board: &Self, row: &Arc<Row>| board.in_list(&view.list, row, eyes, day);
        let Some(query) = Query::parse(&view.words) else {
            return self
                .order
                .values()
                .filter(|row| listed(self, row))
                .cloned()
                .collect();
        };
        let hits: Vec<Arc<Row>> = self
            .order
            .values()
            .filter(|row| listed(self, row))
            .cloned()
            .collect();
        let typed = view.words.trim().to_lowercase();
        hits.into_iter()
            .filter(|row| {
                self.slots
                    .get_mut(&row.ticket.id)
                    .is_some_and(|slot| slot.matches(&query, &typed))
            })
            .collect()
    }

    fn in_list(&self, list: &List, row: &Row, eyes: &Eyes<'_>, day: jiff::civil::Date) -> bool {
        let t = &row.ticket;
        if *list == List::Drafts {
            return row.draft;
        }
        if *list == List::NeedsMe && eyes.returned.contains(&t.id) {
            return true;
        }
        if !t.is_open() {
            return false;
        }
        match list {
            List::Queue => true,
            List::Mine => t.assignee == Some(eyes.me),
            List::Unassigned => t.assignee.is_none(),
            List::Of(user) => t.assignee == Some(*user),
            List::InQueue(queue) => t.queue == *queue,
            List::Overdue => overdue(row, eyes.now),
            List::DueSoon => due_soon(row, eyes.now),
            List::Repeat => t.repeat_of.is_some(),
            List::PromisesToday => self.promised_on(t, day),
            List::Drafts => row.draft,
            List::Unread => row.unread,
            List::NeedsMe => needs_me(row, eyes),
        }
    }

    /// Whether an open promise of this ticket is due on that day.
    #[must_use]
    pub fn promised_on(&self, ticket: &Ticket, day: jiff::civil::Date) -> bool {
        ticket
            .promises
            .iter()
            .any(|p| p.is_open() && self.policy.calendar.date_of(p.due) == day)
    }

    /// The counts of the strip.
    #[must_use]
    pub fn strip(&self, eyes: &Eyes<'_>) -> Strip {
        let mut strip = Strip::default();
        let day = self.policy.calendar.date_of(eyes.now);
        for row in self.order.values() {
            let count = |yes: bool| u32::from(yes);
            let t = &row.ticket;
            strip.drafts += count(row.draft);
            strip.needs_me += count(self.in_list(&List::NeedsMe, row, eyes, day));
            if !t.is_open() {
                continue;
            }
            strip.open += 1;
            strip.overdue += count(overdue(row, eyes.now));
            strip.due_soon += count(due_soon(row, eyes.now));
            strip.repeat += count(t.repeat_of.is_some());
            strip.unassigned += count(t.assignee.is_none());
            strip.promises_today += count(!t.promises.is_empty() && self.promised_on(t, day));
            strip.unread += count(row.unread);
        }
        strip
    }
}

impl Slot {
    fn matches(&mut self, query: &Query, typed: &str) -> bool {
        if !typed.is_empty() && self.keys.split(' ').any(|key| key.starts_with(typed)) {
            return true;
        }
        let row = &self.row;
        let index = self.index.get_or_insert_with(|| {
            let t = &row.ticket;
            let number = t.number.map(|n| n.to_string()).unwrap_or_default();
            let item = t.item.as_ref().map(|i| i.as_str()).unwrap_or_default();
            let tags = t.tags.join(" ");
            let parts = [
                &*row.caller,
                &*row.phone_last4,
                &number,
                item,
                &tags,
                &*row.holder,
                &*row.excerpt,
            ];
            index_text(&parts.join("\n")).into()
        });
        query.matches(index)
    }
}

/// Whether the resolution target or a promise has passed.
#[must_use]
pub fn overdue(row: &Row, now: Ms) -> bool {
    row.due.is_some_and(|due| due <= now) || row.ticket.next_promise().is_some_and(|p| p.due <= now)
}

/// Whether the target or a promise ends within the hour.
#[must_use]
pub fn due_soon(row: &Row, now: Ms) -> bool {
    let soon = |due: Ms| due > now && due.minus(now) <= HOUR;
    row.due.is_some_and(soon)
        || row
            .ticket
            .promises
            .iter()
            .any(|p| p.is_open() && soon(p.due))
}

fn needs_me(row: &Row, eyes: &Eyes<'_>) -> bool {
    let t = &row.ticket;
    let mine = t.assignee == Some(eyes.me);
    let failed = t
        .undelivered
        .iter()
        .any(|(_, state)| *state == Delivery::Failed);
    let promised = t
        .promises
        .iter()
        .any(|p| p.is_open() && (mine || p.by == Some(eyes.me)) && p.due.minus(eyes.now) <= HOUR);
    mine && (failed || overdue(row, eyes.now)) || promised
}

#[cfg(test)]
mod tests;
