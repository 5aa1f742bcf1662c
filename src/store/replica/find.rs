//! Finding: words, names, numbers.

use rusqlite::params;
use uuid::Uuid;

use super::{Kept, Person, Replica, StoreError, kept, read};
use crate::domain::event::Event;
use crate::domain::ids::{CustomerId, TicketId};
use crate::text::SafeText;

impl Replica {
    /// Ticket events whose words match, newest first: (event, ticket, customer).
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn search_words(&self, fts: &str, limit: u32) -> Result<Vec<Event>, StoreError> {
        self.many(
            "SELECT e.json FROM words w JOIN events e ON e.seq = w.rowid WHERE words MATCH ?1 ORDER BY w.rowid DESC LIMIT ?2",
            params![fts, limit],
            |r| read(r, 0),
        )
    }

    /// Customers whose name or pinyin begins or holds these letters.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn search_names(
        &self,
        typed: &str,
        limit: u32,
    ) -> Result<Vec<(CustomerId, Person, Option<TicketId>)>, StoreError> {
        let like: String = typed.trim().to_lowercase().replace(['%', '_', '\\'], "");
        if like.is_empty() {
            return Ok(Vec::new());
        }
        self.many(
            "SELECT c.id, c.name, c.last4, c.keys, (SELECT t.id FROM tickets t WHERE t.customer = c.id \
             ORDER BY t.number IS NOT NULL, t.number DESC LIMIT 1) FROM customers c \
             WHERE c.name LIKE ?1 OR c.keys LIKE ?2 OR c.keys LIKE ?3 LIMIT ?4",
            params![format!("%{like}%"), format!("{like}%"), format!("% {like}%"), limit],
            |row| {
                let person = Person {
                    name: SafeText::clean_str(&row.get::<_, String>(1)?),
                    last4: SafeText::clean_str(&row.get::<_, String>(2)?),
                    keys: row.get(3)?,
                };
                let latest: Option<[u8; 16]> = row.get(4)?;
                Ok((
                    CustomerId(Uuid::from_bytes(row.get(0)?)),
                    person,
                    latest.map(|id| TicketId(Uuid::from_bytes(id))),
                ))
            },
        )
    }

    /// The ticket with this number.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn by_number(&self, number: i64) -> Result<Option<Kept>, StoreError> {
        self.one(
            "SELECT head, excerpt, news FROM tickets WHERE number = ?1",
            [number],
            kept,
        )
    }
}
