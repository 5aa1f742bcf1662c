//! Writing very many prepared events straight into the file: `balm generate` and `balm import`.
//!
//! The caller holds the data directory's lock; no server runs on the file. What is left behind is the same log that the
//! server would have written, heads and search index included. No answers are kept: repeating an import is told by origins.

use std::path::Path;

use rusqlite::{Connection, params};

use super::append::{self, Pen, Times};
use super::rows::Id;
use super::{commit, connect_writer, migrate, read};
use crate::domain::event::{Event, NewEvent};
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, CustomerId, Stream};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{IdentityKind, Origin};
use crate::log::{CommitError, LogError};

/// How to write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BulkOptions {
    /// Events in one transaction.
    pub chunk: usize,
    /// Keep heads in memory and write each once, in `finish`. Faster for a whole log at once; if the program is stopped
    /// before, the next opening rebuilds the heads from events.
    pub defer_heads: bool,
}

impl Default for BulkOptions {
    fn default() -> Self {
        Self {
            chunk: 10_000,
            defer_heads: false,
        }
    }
}

/// A log opened for bulk writing.
pub struct Bulk {
    conn: Connection,
    pen: Pen,
    options: BulkOptions,
    dirty: std::collections::BTreeSet<Stream>,
    pending: usize,
    number: u64,
}

impl Bulk {
    /// Opens or makes the log in this file; `fresh` names it if it is new.
    ///
    /// # Errors
    /// As [`super::SqliteLog::open`].
    pub fn open(path: &Path, fresh: uuid::Uuid, options: BulkOptions) -> Result<Self, LogError> {
        let mut conn = connect_writer(path)?;
        // A crash of the machine may cost the last chunks, which the caller writes again; the file stays sound.
        conn.execute_batch("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -128000")?;
        migrate::refold(&mut conn)?;
        migrate::log_id(&conn, fresh)?;
        if options.defer_heads {
            migrate::distrust_heads(&conn)?;
        }
        let pen = Pen::open(&conn)?;
        let number = append::read_counter(&conn, "number")?.max(read::highest_number(&conn)?);
        Ok(Self {
            conn,
            pen,
            options,
            dirty: std::collections::BTreeSet::new(),
            pending: 0,
            number,
        })
    }

    /// The next free ticket number.
    pub const fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    /// The head of a stream, what was just written included.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn head(&mut self, stream: Stream) -> Result<Option<&Head>, LogError> {
        self.pen.head(&self.conn, stream)
    }

    /// Whether something of this origin is in the log.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn knows(&self, origin: &Origin) -> Result<bool, LogError> {
        commit::known_origin(&self.conn, origin)
    }

    /// The account with this login or the queue with this slug.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn named(&self, login: &str) -> Result<Option<uuid::Uuid>, LogError> {
        Ok(match commit::handle(&self.conn, append::LOGIN, login)? {
            Some(id) => Some(id),
            None => commit::handle(&self.conn, append::SLUG, login)?,
        })
    }

    /// Customers with this address.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customers_at(
        &self,
        kind: IdentityKind,
        value: &str,
    ) -> Result<Vec<CustomerId>, LogError> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT customer FROM identity WHERE kind = ?1 AND value = ?2")?;
        let rows = statement.query_map(params![kind.as_str(), value], |r| r.get::<_, Id>(0))?;
        rows.map(|id| Ok(CustomerId(id?.0))).collect()
    }

    /// Writes the events of one command. They stand or fall with their chunk.
    ///
    /// # Errors
    /// [`CommitError::Clash`] when an origin, login, slug or number is taken: nothing of this command is written then.
    /// Any other error leaves the log as it was after the last full chunk; the writer must not be used again.
    pub fn add(
        &mut self,
        command: CommandId,
        occurred_at: Ms,
        recorded_at: Ms,
        events: &[NewEvent],
    ) -> Result<Vec<Event>, CommitError> {
        if self.pending == 0 {
            self.conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        }
        self.pending = self.pending.max(1);
        let times = Times {
            occurred: occurred_at,
            recorded: recorded_at,
        };
        let position = self.pen.position;
        self.conn.prepare_cached("SAVEPOINT command")?.execute([])?;
        let mut written = Vec::with_capacity(events.len());
        for (index, new) in events.iter().enumerate() {
            match append::event(&self.conn, &mut self.pen, command, index, new, times) {
                Ok(event) => written.push(event),
                Err(error) => {
                    self.undo(position, &written, new.stream)?;
                    return Err(error);
                }
            }
        }
        self.conn.prepare_cached("RELEASE command")?.execute([])?;
        self.dirty.extend(events.iter().map(|e| e.stream));
        self.pending += events.len();
        if self.pending > self.options.chunk {
            self.flush()?;
        }
        Ok(written)
    }

    /// Takes back what one command wrote: in the file by its savepoint, in memory by folding its streams again.
    fn undo(
        &mut self,
        position: u64,
        written: &[Event],
        failed: Stream,
    ) -> Result<(), CommitError> {
        self.conn
            .prepare_cached("ROLLBACK TO command")?
            .execute([])?;
        self.conn.prepare_cached("RELEASE command")?.execute([])?;
        self.pen.position = position;
        self.pen.places.clear();
        for stream in written.iter().map(|e| e.stream).chain([failed]) {
            let events = read::events(&self.conn, stream, 0, u32::MAX)?;
            let head = crate::domain::fold::fold_all(&events);
            self.pen.heads.insert(stream, head);
        }
        Ok(())
    }

    /// Ends the present chunk: what was added so far survives a crash of the program.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn flush(&mut self) -> Result<(), CommitError> {
        if self.pending == 0 {
            return Ok(());
        }
        if !self.options.defer_heads {
            self.write_heads()?;
            self.pen.heads.clear();
        }
        append::write_counter(&self.conn, "position", self.pen.position)?;
        append::write_counter(&self.conn, "number", self.number)?;
        self.conn.prepare_cached("COMMIT")?.execute([])?;
        self.pending = 0;
        Ok(())
    }

    fn write_heads(&mut self) -> Result<(), CommitError> {
        for stream in std::mem::take(&mut self.dirty) {
            append::write_head(&self.conn, stream, self.pen.head(&self.conn, stream)?)?;
        }
        Ok(())
    }

    /// Writes what is left, brings statistics up to date and closes the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> Result<u64, CommitError> {
        self.flush()?;
        if self.options.defer_heads {
            self.conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
            self.write_heads()?;
            migrate::trust_heads(&self.conn)?;
            self.conn.prepare_cached("COMMIT")?.execute([])?;
        }
        self.conn
            .execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")?;
        Ok(self.pen.position)
    }
}
