//! The conversation as rows: each entry is wrapped once per width, then only shown.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::api::desk::{Entry, EntryKind};
use crate::domain::ids::EventId;
use crate::text::{SafeText, wrap};

/// What a row of the conversation shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Who, how and when.
    Head,
    /// A row of the words: bytes of the entry's text.
    Text(Range<usize>),
    /// The names of files, or any other line under the words.
    Files,
    /// An empty row between two entries.
    Gap,
}

/// One row of the conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimelineRow {
    /// The entry, by place in the conversation.
    pub entry: usize,
    /// What of it.
    pub part: Part,
}

type Wrapped = Arc<[Range<usize>]>;

/// The rows of a conversation and which of them are shown.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Timeline {
    rows: Vec<TimelineRow>,
    cache: HashMap<(EventId, usize), (SafeText, Wrapped)>,
    order: Vec<EventId>,
    heads: Vec<usize>,
    contacts: Vec<bool>,
    cols: usize,
    height: usize,
    top: usize,
    /// Whether the last row is kept in sight as entries arrive.
    follow: bool,
}

/// Whether an entry is a contact with the customer, rather than something that happened inside.
#[must_use]
pub const fn is_contact(kind: &EntryKind) -> bool {
    matches!(
        kind,
        EntryKind::Customer { .. } | EntryKind::Reply { .. } | EntryKind::Spoken
    )
}

impl Timeline {
    /// A timeline that shows its end.
    #[must_use]
    pub fn new() -> Self {
        Self {
            follow: true,
            height: 1,
            ..Self::default()
        }
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> &[TimelineRow] {
        &self.rows
    }

    /// The rows on the screen.
    #[must_use]
    pub fn visible(&self) -> &[TimelineRow] {
        let end = (self.top + self.height).min(self.rows.len());
        self.rows.get(self.top..end).unwrap_or(&[])
    }

    /// The first row shown.
    #[must_use]
    pub const fn top(&self) -> usize {
        self.top
    }

    /// How many rows lie below the screen.
    #[must_use]
    pub const fn below(&self) -> usize {
        self.rows.len().saturating_sub(self.top + self.height)
    }

    /// Makes the rows for these entries in so many cells. Only entries that are new or changed are wrapped; what the
    /// agent was reading stays where it was.
    pub fn fit(&mut self, entries: &[Entry], cols: u16, height: u16) {
        let cols = usize::from(cols);
        let anchor = self.rows.get(self.top).map(|r| r.entry);
        let anchor = anchor.and_then(|e| Some((*self.order.get(e)?, self.top - self.head_of(e))));
        self.height = usize::from(height.max(1));
        self.cols = cols;
        self.rows.clear();
        self.heads.clear();
        let mut cache = HashMap::with_capacity(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            self.heads.push(self.rows.len());
            let row = |part| TimelineRow { entry: place, part };
            self.rows.push(row(Part::Head));
            if !entry.text.is_empty() {
                let wrapped = self.wrapped(entry, cols);
                let lines = wrapped.iter().cloned();
                self.rows.extend(lines.map(|r| row(Part::Text(r))));
                cache.insert((entry.id, cols), (entry.text.clone(), wrapped));
            }
            if !entry.attachments.is_empty() {
                self.rows.push(row(Part::Files));
            }
            self.rows.push(row(Part::Gap));
        }
        self.rows.pop();
        self.cache = cache;
        self.order = entries.iter().map(|e| e.id).collect();
        self.contacts = entries.iter().map(|e| is_contact(&e.kind)).collect();
        let place = anchor.and_then(|(id, off)| {
            let place = self.order.iter().position(|e| *e == id)?;
            Some(self.head_of(place) + off)
        });
        self.top = match place {
            _ if self.follow => self.last_top(),
            Some(top) => top.min(self.last_top()),
            None => self.top.min(self.last_top()),
        };
    }

    /// Whether the rows were made for these entries and this size.
    #[must_use]
    pub fn fits(&self, entries: &[Entry], cols: u16, height: u16) -> bool {
        self.cols == usize::from(cols)
            && self.height == usize::from(height.max(1))
            && self.order.len() == entries.len()
            && entries.iter().zip(&self.order).all(|(e, id)| e.id == *id)
    }

    fn wrapped(&self, entry: &Entry, cols: usize) -> Wrapped {
        match self.cache.get(&(entry.id, cols)) {
            Some((text, rows)) if *text == entry.text => Arc::clone(rows),
            _ => wrap(&entry.text, cols).into(),
        }
    }

    fn head_of(&self, entry: usize) -> usize {
        self.heads.get(entry).copied().unwrap_or(0)
    }

    fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height)
    }

    /// Moves by so many rows.
    pub fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.last_top());
        self.follow = self.top >= self.last_top();
    }

    /// Moves by a page, one row kept.
    pub fn page(&mut self, down: bool) {
        let by = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1);
        self.scroll(if down { by } else { -by });
    }

    /// To the oldest row.
    pub fn to_first(&mut self) {
        self.top = 0;
        self.follow = self.last_top() == 0;
    }

    /// To the newest row, and stays there.
    pub fn to_last(&mut self) {
        self.top = self.last_top();
        self.follow = true;
    }

    /// To the head of the contact before or behind the first row shown.
    pub fn contact(&mut self, forward: bool) {
        let heads = self.heads.iter().zip(&self.contacts);
        let mut heads = heads.filter(|(_, contact)| **contact).map(|(h, _)| *h);
        let to = if forward {
            heads.find(|h| *h > self.top)
        } else {
            heads.take_while(|h| *h < self.top).last()
        };
        match to {
            Some(row) => {
                self.top = row.min(self.last_top());
                self.follow = self.top >= self.last_top();
            }
            None if forward => self.to_last(),
            None => self.to_first(),
        }
    }
}

#[cfg(test)]
mod tests;
