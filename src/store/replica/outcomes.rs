//! How playbook lines do, counted from the events this desk mirrors (mission AN5, method 3.2).

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Replica, StoreError, read};
use crate::coach::learnt::{Following, Tries, count};
use crate::domain::event::{Event, TicketEvent};
use crate::domain::ids::{StreamKind, TicketId};

/// How far back the customer's last words are looked for when a line is said.
const BACK: u32 = 30;

impl Replica {
    /// Folds one more event of a ticket into what is followed, and counts what came out. Tells whether a count changed.
    ///
    /// # Errors
    /// When the replica cannot be written.
    pub fn follow(&self, event: &Event, feeling: &dyn Fn(&str) -> u8) -> Result<bool, StoreError> {
        let Some(body) = event.body.ticket() else {
            return Ok(false);
        };
        let said = match body {
            TicketEvent::Replied { lines, .. } | TicketEvent::Spoken { lines, .. } => {
                !lines.is_empty()
            }
            _ => false,
        };
        let answers = matches!(
            body,
            TicketEvent::CustomerMessage { .. }
                | TicketEvent::Closed { .. }
                | TicketEvent::Reopened { .. }
        );
        if !said && !answers {
            return Ok(false);
        }
        let ticket = TicketId(event.stream.id);
        let mut following = self.following(ticket)?;
        if !said && following.is_empty() {
            return Ok(false);
        }
        let before = if said {
            let words = self.last_words(event)?;
            words.map_or(0, |w| feeling(&w))
        } else {
            0
        };
        let text = event.payload.as_ref().and_then(|p| p.text.as_ref());
        let came = following.apply(body, || before, || text.map_or(0, |t| feeling(t.expose())));
        self.keep_following(ticket, &following)?;
        for (line, came) in &came {
            let mut tries = self.tries_of(line)?;
            count(&mut tries, *came);
            self.db
                .prepare_cached(
                    "INSERT OR REPLACE INTO tries(line, said, well) VALUES(?1, ?2, ?3)",
                )?
                .execute(params![line, tries.said, tries.well])?;
        }
        Ok(!came.is_empty())
    }

    /// How every line did that was followed.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn tries(&self) -> Result<BTreeMap<String, Tries>, StoreError> {
        let all = self.many("SELECT line, said, well FROM tries", [], |row| {
            let tries = Tries {
                said: row.get(1)?,
                well: row.get(2)?,
            };
            Ok((row.get::<_, String>(0)?, tries))
        })?;
        Ok(all.into_iter().collect())
    }

    fn tries_of(&self, line: &str) -> Result<Tries, StoreError> {
        let found = self.one(
            "SELECT said, well FROM tries WHERE line = ?1",
            [line],
            |row| {
                Ok(Tries {
                    said: row.get(0)?,
                    well: row.get(1)?,
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    fn following(&self, ticket: TicketId) -> Result<Following, StoreError> {
        let found = self.one(
            "SELECT state FROM following WHERE ticket = ?1",
            params![ticket.0.into_bytes()],
            |r| read(r, 0),
        )?;
        Ok(found.unwrap_or_default())
    }

    fn keep_following(&self, ticket: TicketId, following: &Following) -> Result<(), StoreError> {
        let id = ticket.0.into_bytes();
        if following.is_empty() {
            self.db
                .prepare_cached("DELETE FROM following WHERE ticket = ?1")?
                .execute(params![id])?;
            return Ok(());
        }
        self.db
            .prepare_cached("INSERT OR REPLACE INTO following(ticket, state) VALUES(?1, ?2)")?
            .execute(params![id, serde_json::to_string(following)?])?;
        Ok(())
    }

    /// What the customer wrote last on this ticket before this event.
    fn last_words(&self, event: &Event) -> Result<Option<String>, StoreError> {
        let earlier: Vec<Event> = self.many(
            "SELECT json FROM events WHERE kind = ?1 AND stream = ?2 AND version < ?3 ORDER BY version DESC LIMIT ?4",
            params![
                StreamKind::Ticket.code(),
                event.stream.id.into_bytes(),
                event.version,
                BACK
            ],
            |r| read(r, 0),
        )?;
        let message =
            |e: &Event| matches!(e.body.ticket(), Some(TicketEvent::CustomerMessage { .. }));
        let last = earlier.into_iter().find(message);
        let text = last.and_then(|e| e.payload?.text);
        Ok(text.map(|t| t.expose().to_owned()))
    }
}
