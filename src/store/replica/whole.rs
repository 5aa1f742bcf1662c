//! The whole replica in order, for export.

use rusqlite::params;

use super::{Replica, StoreError, read};
use crate::domain::event::Event;

impl Replica {
    /// Every mirrored event in the log's order, a page after a position and place.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn events_after(
        &self,
        after: (u64, i64),
        limit: u32,
    ) -> Result<Vec<(i64, Event)>, StoreError> {
        let from = i64::try_from(after.0).unwrap_or(i64::MAX);
        self.many(
            "SELECT seq, json FROM events WHERE (position, seq) > (?1, ?2) ORDER BY position, seq LIMIT ?3",
            params![from, after.1, limit],
            |r| Ok((r.get(0)?, read(r, 1)?)),
        )
    }
}
