//! The replica file: heads, events and personal values as the server told them. It can be fetched again.

mod find;
mod open;
mod outcomes;
mod quality;
mod whole;

pub use open::OpenTicket;

use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::files::StoreError;
use crate::domain::event::{Event, Payload};
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, CustomerId, Stream, StreamKind, TicketId};
use crate::domain::people::{Queue, User};
use crate::domain::ticket::Ticket;
use crate::domain::vocabulary::IdentityKind;
use crate::text::{RawText, SafeText, index_text, normalise_phone, pinyin_keys};

/// A ticket with what its row needs beside the head.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// The head, confirmed.
    pub ticket: Ticket,
    /// The latest words, one line.
    pub excerpt: SafeText,
    /// The log position of the last thing that somebody else did here; 0 if nothing.
    pub news: u64,
}

/// What is shown of a customer without opening the record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Person {
    /// The name; empty if unknown.
    pub name: SafeText,
    /// The last four digits of the phone; empty if none.
    pub last4: SafeText,
    /// Pinyin initials and full pinyin, for finding.
    pub keys: String,
}

/// The replica's tables over one connection.
pub struct Replica {
    db: Connection,
}

fn read<T: DeserializeOwned>(row: &rusqlite::Row<'_>, at: usize) -> Result<T, StoreError> {
    let text = row.get_ref(at)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(serde_json::from_str(text)?)
}

fn position(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

impl Replica {
    /// Over an open connection.
    #[must_use]
    pub const fn new(db: Connection) -> Self {
        Self { db }
    }

    /// Runs `work` in one transaction; nothing stays when it fails.
    ///
    /// # Errors
    /// What `work` or the commit says.
    pub fn transaction<T>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = work(self).and_then(|value| {
            self.db.execute_batch("COMMIT")?;
            Ok(value)
        });
        if done.is_err() && !self.db.is_autocommit() {
            self.db.execute_batch("ROLLBACK")?;
        }
        done
    }

    /// A text kept under a name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut q = self
            .db
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(q.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Keeps a text under a name; `None` takes it away.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_meta(&self, key: &str, value: Option<&str>) -> Result<(), StoreError> {
        match value {
            Some(value) => self
                .db
                .prepare_cached("INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)")?
                .execute([key, value])?,
            None => self.db.execute("DELETE FROM meta WHERE key = ?1", [key])?,
        };
        Ok(())
    }

    /// Forgets everything that was mirrored.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn wipe(&self) -> Result<(), StoreError> {
        self.db.execute_batch(
            "DELETE FROM tickets; DELETE FROM customers; DELETE FROM phones; DELETE FROM site; DELETE FROM events; \
             DELETE FROM following; DELETE FROM tries; \
             INSERT INTO words(words) VALUES('delete-all'); DELETE FROM meta;",
        )?;
        Ok(())
    }

    /// The confirmed head of a stream.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn head(&self, stream: Stream) -> Result<Option<Head>, StoreError> {
        let id = stream.id.into_bytes();
        Ok(match stream.kind {
            StreamKind::Ticket => self
                .ticket(TicketId(stream.id))?
                .map(|k| Head::Ticket(Box::new(k.ticket))),
            StreamKind::Customer => self
                .one(
                    "SELECT head FROM customers WHERE id = ?1",
                    params![id],
                    |r| read(r, 0),
                )?
                .map(Head::Customer),
            StreamKind::User => self
                .one(
                    "SELECT head FROM site WHERE kind = 3 AND id = ?1",
                    params![id],
                    |r| read(r, 0),
                )?
                .map(Head::User),
            StreamKind::Queue => self
                .one(
                    "SELECT head FROM site WHERE kind = 4 AND id = ?1",
                    params![id],
                    |r| read(r, 0),
                )?
                .map(Head::Queue),
            StreamKind::Line => self
                .one(
                    "SELECT head FROM site WHERE kind = 5 AND id = ?1",
                    params![id],
                    |r| read(r, 0),
                )?
                .map(Head::Line),
            StreamKind::Review => self
                .one(
                    "SELECT head FROM site WHERE kind = 6 AND id = ?1",
                    params![id],
                    |r| read(r, 0),
                )?
                .map(Head::Review),
        })
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        map: impl FnOnce(&rusqlite::Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut q = self.db.prepare_cached(sql)?;
        let mut rows = q.query(params)?;
        rows.next()?.map(map).transpose()
    }

    fn many<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        mut map: impl FnMut(&rusqlite::Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut q = self.db.prepare_cached(sql)?;
        let mut rows = q.query(params)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(map(row)?);
        }
        Ok(out)
    }

    /// One ticket.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn ticket(&self, id: TicketId) -> Result<Option<Kept>, StoreError> {
        self.one(
            "SELECT head, excerpt, news FROM tickets WHERE id = ?1",
            params![id.0.into_bytes()],
            kept,
        )
    }

    /// All tickets of a customer that this desk has.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn tickets_of(&self, customer: CustomerId) -> Result<Vec<Ticket>, StoreError> {
        self.many(
            "SELECT head FROM tickets WHERE customer = ?1",
            params![customer.0.into_bytes()],
            |r| read(r, 0),
        )
    }

    /// Keeps a ticket.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_ticket(&self, kept: &Kept) -> Result<(), StoreError> {
        let t = &kept.ticket;
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO tickets(id, customer, open, number, news, excerpt, head) VALUES(?1,?2,?3,?4,?5,?6,?7)",
            )?
            .execute(params![
                t.id.0.into_bytes(),
                t.customer.0.into_bytes(),
                t.is_open(),
                t.number.and_then(|n| i64::try_from(n).ok()),
                i64::try_from(kept.news).unwrap_or(i64::MAX),
                kept.excerpt.as_str(),
                serde_json::to_string(t)?,
            ])?;
        Ok(())
    }

    /// Wipes a ticket and its events.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn drop_ticket(&self, id: TicketId) -> Result<(), StoreError> {
        let id = id.0.into_bytes();
        self.db.execute("DELETE FROM words WHERE rowid IN (SELECT seq FROM events WHERE kind = 1 AND stream = ?1)", [id])?;
        self.db
            .execute("DELETE FROM events WHERE kind = 1 AND stream = ?1", [id])?;
        self.db.execute("DELETE FROM tickets WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Keeps a user, a queue, a proposed line or a review.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_site(&self, head: &Head) -> Result<(), StoreError> {
        let (kind, id, json) = match head {
            Head::User(u) => (StreamKind::User, u.id.0, serde_json::to_string(u)?),
            Head::Queue(q) => (StreamKind::Queue, q.id.0, serde_json::to_string(q)?),
            Head::Line(l) => (StreamKind::Line, l.id.0, serde_json::to_string(l)?),
            Head::Review(r) => (StreamKind::Review, r.id.0, serde_json::to_string(r)?),
            Head::Ticket(_) | Head::Customer(_) => return Ok(()),
        };
        self.db
            .prepare_cached("INSERT OR REPLACE INTO site(kind, id, head) VALUES(?1, ?2, ?3)")?
            .execute(params![kind.code(), id.into_bytes(), json])?;
        Ok(())
    }

    /// All accounts.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn users(&self) -> Result<Vec<User>, StoreError> {
        self.many("SELECT head FROM site WHERE kind = 3", [], |r| read(r, 0))
    }

    /// All queues.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn queues(&self) -> Result<Vec<Queue>, StoreError> {
        self.many("SELECT head FROM site WHERE kind = 4", [], |r| read(r, 0))
    }

    /// All lines that the team proposed, as far as this desk may see them.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn lines(&self) -> Result<Vec<crate::domain::line::PlaybookLine>, StoreError> {
        self.many("SELECT head FROM site WHERE kind = 5", [], |r| read(r, 0))
    }

    /// The personal values of a customer in force.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn personal(&self, id: CustomerId) -> Result<Option<Payload>, StoreError> {
        self.one(
            "SELECT personal FROM customers WHERE id = ?1",
            params![id.0.into_bytes()],
            |r| read(r, 0),
        )
    }

    /// What is shown of a customer.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn person(&self, id: CustomerId) -> Result<Option<Person>, StoreError> {
        self.one(
            "SELECT name, last4, keys FROM customers WHERE id = ?1",
            params![id.0.into_bytes()],
            |row| {
                Ok(Person {
                    name: SafeText::clean_str(&row.get::<_, String>(0)?),
                    last4: SafeText::clean_str(&row.get::<_, String>(1)?),
                    keys: row.get(2)?,
                })
            },
        )
    }

    /// Keeps a customer with personal values.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_customer(
        &self,
        head: &crate::domain::people::Customer,
        personal: &Payload,
    ) -> Result<(), StoreError> {
        let id = head.id.0.into_bytes();
        let name = personal
            .name
            .as_ref()
            .map(|n| SafeText::clean_line(n.expose()))
            .unwrap_or_default();
        let (initials, full) = pinyin_keys(&name);
        let phones: Vec<String> = personal
            .identities
            .iter()
            .filter(|i| i.kind == IdentityKind::Phone)
            .filter_map(|i| normalise_phone(i.value.expose()))
            .collect();
        let last4 = phones.first().map(|p| last4(p)).unwrap_or_default();
        self.db
            .prepare_cached("INSERT OR REPLACE INTO customers(id, head, personal, name, last4, keys) VALUES(?1,?2,?3,?4,?5,?6)")?
            .execute(params![
                id,
                serde_json::to_string(head)?,
                serde_json::to_string(personal)?,
                name.as_str(),
                last4,
                format!("{initials} {full}"),
            ])?;
        self.db
            .prepare_cached("DELETE FROM phones WHERE customer = ?1")?
            .execute([id])?;
        for phone in phones {
            self.db
                .prepare_cached("INSERT OR IGNORE INTO phones(phone, customer) VALUES(?1, ?2)")?
                .execute(params![phone, id])?;
        }
        Ok(())
    }

    /// Customers with exactly this number.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn by_phone(&self, digits: &str) -> Result<Vec<CustomerId>, StoreError> {
        self.many(
            "SELECT customer FROM phones WHERE phone = ?1",
            [digits],
            |row| Ok(CustomerId(Uuid::from_bytes(row.get(0)?))),
        )
    }

    /// Keeps an event; one that is there already stays as it is. Tells whether it is new.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_event(&self, event: &Event) -> Result<bool, StoreError> {
        let new = self
            .db
            .prepare_cached(
                "INSERT OR IGNORE INTO events(kind, stream, version, position, command, customer, json) \
                 VALUES(?1,?2,?3,?4,?5,?6,?7)",
            )?
            .execute(params![
                event.stream.kind.code(),
                event.stream.id.into_bytes(),
                event.version,
                i64::try_from(event.position).unwrap_or(i64::MAX),
                event.id.command.0.into_bytes(),
                event.customer.map(|c| c.0.into_bytes()),
                serde_json::to_string(event)?,
            ])?;
        if new == 1
            && event.stream.kind == StreamKind::Ticket
            && let Some(text) = event.payload.as_ref().and_then(|p| p.text.as_ref())
        {
            self.db
                .prepare_cached("INSERT INTO words(rowid, body) VALUES(?1, ?2)")?
                .execute(params![
                    self.db.last_insert_rowid(),
                    index_text(text.expose())
                ])?;
        }
        Ok(new == 1)
    }

    /// The words of an event that is here.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn words_of(&self, id: crate::domain::ids::EventId) -> Result<Option<RawText>, StoreError> {
        Ok(self.event(id)?.and_then(|e| e.payload?.text))
    }

    /// Whether some event of this command is here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn has_command(&self, id: CommandId) -> Result<bool, StoreError> {
        let found = self.one(
            "SELECT 1 FROM events WHERE command = ?1 LIMIT 1",
            params![id.0.into_bytes()],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// The newest `limit` events of all tickets of a customer, oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn timeline(&self, customer: CustomerId, limit: u32) -> Result<Vec<Event>, StoreError> {
        let mut events: Vec<Event> = self.many(
            "SELECT json FROM events WHERE kind = 1 AND stream IN (SELECT id FROM tickets WHERE customer = ?1) \
             ORDER BY position DESC LIMIT ?2",
            params![customer.0.into_bytes(), limit],
            |r| read(r, 0),
        )?;
        events.reverse();
        Ok(events)
    }

    /// Empties every payload of a customer, on request (an event of its own told so).
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn erase(&self, customer: CustomerId) -> Result<(), StoreError> {
        let id = customer.0.into_bytes();
        let events: Vec<(i64, Event)> = self.many(
            "SELECT seq, json FROM events WHERE customer = ?1",
            [id],
            |r| Ok((r.get(0)?, read(r, 1)?)),
        )?;
        for (seq, mut event) in events {
            event.payload = None;
            self.db.execute(
                "UPDATE events SET json = ?2 WHERE seq = ?1",
                params![seq, serde_json::to_string(&event)?],
            )?;
            self.db
                .execute("DELETE FROM words WHERE rowid = ?1", [seq])?;
        }
        self.db
            .execute("UPDATE tickets SET excerpt = '' WHERE customer = ?1", [id])?;
        Ok(())
    }
}

fn kept(row: &rusqlite::Row<'_>) -> Result<Kept, StoreError> {
    Ok(Kept {
        ticket: read(row, 0)?,
        excerpt: SafeText::clean_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?),
        news: position(row.get(2)?),
    })
}

/// The last four digits of a number.
fn last4(phone: &str) -> String {
    phone
        .chars()
        .skip(phone.chars().count().saturating_sub(4))
        .collect()
}
