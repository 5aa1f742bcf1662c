//! Reviews, and the words that they are about.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Replica, read};
use crate::domain::event::Event;
use crate::domain::ids::{EventId, Stream};
use crate::domain::review::Review;
use crate::store::files::StoreError;
use crate::text::SafeText;

impl Replica {
    /// All reviews that this desk may see.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn reviews(&self) -> Result<Vec<Review>, StoreError> {
        self.many("SELECT head FROM site WHERE kind = 6", [], |r| read(r, 0))
    }

    /// What was written about reviews, by the event that holds it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn review_words(&self) -> Result<BTreeMap<EventId, SafeText>, StoreError> {
        let events: Vec<Event> =
            self.many("SELECT json FROM events WHERE kind = 6", [], |r| read(r, 0))?;
        let words = events.into_iter().filter_map(|event| {
            let text = event.payload.as_ref()?.text.as_ref()?;
            Some((event.id, SafeText::clean(text)))
        });
        Ok(words.collect())
    }

    /// An event that is here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        let events: Vec<Event> = self.many(
            "SELECT json FROM events WHERE command = ?1",
            params![id.command.0.into_bytes()],
            |r| read(r, 0),
        )?;
        Ok(events.into_iter().find(|e| e.id == id))
    }

    /// The events of one stream that are here, oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn stream_events(&self, stream: Stream) -> Result<Vec<Event>, StoreError> {
        self.many(
            "SELECT json FROM events WHERE kind = ?1 AND stream = ?2 ORDER BY version",
            params![stream.kind.code(), stream.id.into_bytes()],
            |r| read(r, 0),
        )
    }
}
