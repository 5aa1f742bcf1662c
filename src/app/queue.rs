//! The list of tickets. The selection is a ticket, never a place: rows that move under the hand take it along.

use std::sync::Arc;

use crate::api::desk::{QueueView, Row, Rows, Strip};
use crate::domain::ids::TicketId;
use crate::domain::time::Ms;

use super::line::Line;

/// How long after the selected row left the list Enter opens nothing, in milliseconds: the hand was already moving.
pub const SETTLES: i64 = 700;

/// The list of tickets.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct QueueState {
    /// What is asked for.
    pub view: QueueView,
    /// The generation of that request; rows of another are dropped.
    pub generation: u64,
    /// Whether the rows of the present view have come.
    pub loaded: bool,
    /// The rows, in rank order.
    pub rows: Arc<[Arc<Row>]>,
    /// The counts.
    pub strip: Strip,
    /// When counts and ranks were computed.
    pub as_of: Ms,
    /// The selected ticket.
    pub selected: Option<TicketId>,
    /// Its place, kept true by every change of the rows.
    pub index: usize,
    /// The first row shown.
    pub top: usize,
    /// The filter being typed.
    pub filter: Option<Line>,
    /// Rows marked for an order to many (leads).
    pub marked: std::collections::BTreeSet<TicketId>,
    /// When the selected row left the list and its neighbour took its place.
    pub displaced_at: Option<Ms>,
    /// No frame has shown the neighbour yet: on a machine that stalls, no key may mean it.
    pub unseen: bool,
}

impl QueueState {
    /// The selected row.
    #[must_use]
    pub fn row(&self) -> Option<&Arc<Row>> {
        self.rows
            .get(self.index)
            .filter(|r| Some(r.ticket.id) == self.selected)
    }

    /// Takes new rows in; the selected ticket stays selected wherever it went.
    pub fn take(&mut self, rows: Rows, now: Ms) {
        self.rows = rows.rows;
        self.strip = rows.strip;
        self.as_of = rows.as_of;
        self.loaded = true;
        self.marked
            .retain(|id| self.rows.iter().any(|r| r.ticket.id == *id));
        let found = self
            .selected
            .and_then(|id| self.rows.iter().position(|r| r.ticket.id == id));
        if let Some(index) = found {
            self.index = index;
            return;
        }
        if self.selected.is_some() {
            self.displaced_at = Some(now);
            self.unseen = true;
        }
        self.index = self.index.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(self.index).map(|r| r.ticket.id);
    }

    /// Selects the row at this place, clamped to the list.
    pub fn select_index(&mut self, index: usize) {
        self.index = index.min(self.rows.len().saturating_sub(1));
        self.selected = self.rows.get(self.index).map(|r| r.ticket.id);
        self.displaced_at = None;
        self.unseen = false;
    }

    /// Selects this ticket, if it is in the list.
    pub fn select(&mut self, ticket: TicketId) -> bool {
        let found = self.rows.iter().position(|r| r.ticket.id == ticket);
        if let Some(index) = found {
            self.select_index(index);
        }
        found.is_some()
    }

    /// Moves the selection by so many rows.
    pub fn step(&mut self, by: isize) {
        self.select_index(self.index.saturating_add_signed(by));
    }

    /// Scrolls so that the selection is shown, with one row of margin where there is one.
    pub fn reveal(&mut self, height: usize) {
        self.top = reveal(self.top, self.index, self.rows.len(), height);
    }

    /// Whether the selection was taken by a neighbour a moment ago, or by one that no frame has shown yet.
    #[must_use]
    pub fn displaced(&self, now: Ms) -> bool {
        let lately = |at| now.minus(at) < SETTLES && now >= at;
        self.unseen || self.displaced_at.is_some_and(lately)
    }

    /// A frame shows the list as it is: the moment for the hand to notice begins.
    pub fn painted(&mut self, now: Ms) {
        if std::mem::take(&mut self.unseen) {
            self.displaced_at = Some(now);
        }
    }
}

/// The first row to show so that `index` of `len` is visible in `height` rows.
#[must_use]
pub fn reveal(top: usize, index: usize, len: usize, height: usize) -> usize {
    let margin = usize::from(height > 4);
    let most = len.saturating_sub(height.max(1));
    let low = (index + 1 + margin).saturating_sub(height.max(1));
    let high = index.saturating_sub(margin);
    top.clamp(low.min(high), high.max(low.min(high))).min(most)
}
