//! The log in one SQLite file.
//!
//! WAL with `synchronous = FULL`: an answered command survives a power cut. One thread writes, three read (the last of them
//! only what may take long). The trait's methods are thin: each hands one closure to a thread and waits for its result.

mod append;
mod backup;
mod bulk;
mod commit;
mod erase;
mod errors;
mod fault;
mod find;
mod migrate;
mod read;
mod rows;
mod token;
mod worker;

#[cfg(test)]
mod tests;

pub use backup::{backup, restore};
pub use bulk::{Bulk, BulkOptions};
pub use fault::{Fault, LogOptions, Point};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{oneshot, watch};

use super::{
    Ask, Commit, CommitError, Committed, Counts, FeedRow, Hit, Log, LogError, Seen, Sight,
    TicketFilter, TokenRow,
};
use crate::domain::event::{Event, Payload};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, Stream, StreamKind, TicketId, UserId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::task;
use worker::{Readers, Write, Writer};

/// The log's file in a data directory.
pub const FILE: &str = "log.sqlite";
/// Reading threads; the last one takes what may be slow.
const READERS: usize = 3;

/// The log in one SQLite file.
pub struct SqliteLog {
    path: PathBuf,
    id: String,
    bell: watch::Receiver<u64>,
    number: AtomicU64,
    check_ids: bool,
    threads: Mutex<Option<(Writer, Readers)>>,
}

/// A connection with what every connection of the log needs.
fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, LogError> {
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(128);
    // Deleted personal values are overwritten with zeros, not only unlinked.
    conn.execute_batch(
        "PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; \
         PRAGMA cache_size = -16000; PRAGMA mmap_size = 0;",
    )?;
    Ok(conn)
}

/// A writing connection with the schema up to date.
fn connect_writer(path: &Path) -> Result<Connection, LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut conn = connect(path, flags)?;
    if conn.is_readonly("main")? {
        return Err(LogError::ReadOnly);
    }
    // A newer file is refused before anything is changed in it, even its journal mode.
    let found: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    migrate::check(found)?;
    conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    conn.execute_batch("PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;")?;
    migrate::run(&mut conn)?;
    Ok(conn)
}

impl SqliteLog {
    /// Opens the log in this file, makes it if there is none. Blocks: it may rebuild heads.
    ///
    /// # Errors
    /// When the file cannot be read or written, is damaged, or is newer than this program.
    pub fn open(path: &Path, options: LogOptions) -> Result<Self, LogError> {
        let mut conn = connect_writer(path)?;
        migrate::refold(&mut conn)?;
        let id = migrate::log_id(&conn, task::new_id())?;
        let position = append::read_counter(&conn, "position")?;
        let number = append::read_counter(&conn, "number")?.max(read::highest_number(&conn)?);
        let (sender, bell) = watch::channel(position);
        let mut readers = Vec::new();
        for _ in 0..READERS {
            readers.push(connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?);
        }
        let trigger = fault::Trigger::new(options.fault);
        let writer = worker::writer(conn, sender, trigger, options.check_ids)?;
        let readers = Readers::start(readers)?;
        Ok(Self {
            path: path.to_owned(),
            id,
            bell,
            number: AtomicU64::new(number),
            check_ids: options.check_ids,
            threads: Mutex::new(Some((writer, readers))),
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Finishes what is queued and ends the threads. Blocks.
    pub fn close_blocking(&self) {
        let threads = self
            .threads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some((writer, readers)) = threads {
            // The writer last: only it may fold the journal back into the file when the last connection closes.
            readers.join();
            let Writer { queue, thread } = writer;
            drop(queue);
            let _ = thread.join();
        }
    }

    fn send_write(&self, write: Write) -> Result<(), LogError> {
        self.threads
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .and_then(|(writer, _)| writer.queue.send(write).ok())
            .ok_or(LogError::Closed)
    }

    async fn run<T, E, F>(&self, slow: bool, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LogError> + Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: worker::Work = Box::new(move |conn| {
            let _ = reply.send(work(conn));
        });
        {
            let threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
            match threads.as_ref() {
                Some((_, readers)) => readers.send(job, slow)?,
                None => return Err(LogError::Closed.into()),
            }
        }
        answer.await.map_err(|_| LogError::Closed)?
    }

    /// A quick read.
    async fn read<T, F>(&self, work: F) -> Result<T, LogError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, LogError> + Send + 'static,
    {
        self.run(false, work).await
    }

    /// A read that may take long; it never stands before a quick one.
    async fn read_slow<T, F>(&self, work: F) -> Result<T, LogError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, LogError> + Send + 'static,
    {
        self.run(true, work).await
    }

    /// A write outside the stream of commands.
    async fn write<T, F>(&self, work: F) -> Result<T, LogError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, LogError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: worker::Work = Box::new(move |conn| {
            let _ = reply.send(work(conn));
        });
        self.send_write(Write::Other(job))?;
        answer.await.map_err(|_| LogError::Closed)?
    }
}

impl Drop for SqliteLog {
    fn drop(&mut self) {
        self.close_blocking();
    }
}

#[async_trait]
impl Log for SqliteLog {
    fn id(&self) -> String {
        self.id.clone()
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.bell.clone()
    }

    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        let (reply, answer) = oneshot::channel();
        self.send_write(Write::Commit(Box::new(commit), reply))?;
        answer
            .await
            .map_err(|_| CommitError::Log(LogError::Closed))?
    }

    async fn gather(&self, ask: Ask) -> Result<Seen, CommitError> {
        let check_ids = self.check_ids;
        self.run(false, move |conn| commit::gather(conn, &ask, check_ids))
            .await
    }

    async fn reserve_number(&self) -> Result<u64, LogError> {
        // Kept in memory only: after a restart numbering goes on behind the highest that was given.
        Ok(self.number.fetch_add(1, Ordering::Relaxed) + 1)
    }

    async fn heads(&self, streams: Vec<Stream>) -> Result<Vec<Head>, LogError> {
        self.read(move |c| read::heads(c, &streams)).await
    }

    async fn all(&self, kind: StreamKind) -> Result<Vec<Head>, LogError> {
        self.read(move |c| read::all(c, kind)).await
    }

    async fn events(&self, stream: Stream, after: u32, limit: u32) -> Result<Vec<Event>, LogError> {
        self.read(move |c| read::events(c, stream, after, limit))
            .await
    }

    async fn events_of(
        &self,
        streams: Vec<Stream>,
    ) -> Result<BTreeMap<Stream, Vec<Event>>, LogError> {
        self.read_slow(move |c| read::events_of(c, &streams)).await
    }

    async fn feed(&self, after: u64, limit: u32) -> Result<Vec<FeedRow>, LogError> {
        self.read(move |c| read::feed(c, after, limit)).await
    }

    async fn personal(
        &self,
        customers: Vec<CustomerId>,
    ) -> Result<BTreeMap<CustomerId, Payload>, LogError> {
        self.read(move |c| read::personal(c, &customers)).await
    }

    async fn customers_in_sight(
        &self,
        customers: Vec<CustomerId>,
        sight: Sight,
    ) -> Result<BTreeSet<CustomerId>, LogError> {
        self.read(move |c| find::customers_in_sight(c, &customers, &sight))
            .await
    }

    async fn tickets(
        &self,
        filter: TicketFilter,
        sight: Sight,
        limit: u32,
    ) -> Result<Vec<Ticket>, LogError> {
        self.read_slow(move |c| find::tickets(c, &filter, &sight, limit))
            .await
    }

    async fn snapshot_tickets(
        &self,
        sight: Sight,
        since: u64,
        after: Option<TicketId>,
        limit: u32,
    ) -> Result<Vec<Ticket>, LogError> {
        self.read_slow(move |c| find::snapshot_tickets(c, &sight, since, after, limit))
            .await
    }

    async fn snapshot_customers(
        &self,
        sight: Sight,
        since: u64,
        after: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerId>, LogError> {
        self.read_slow(move |c| find::snapshot_customers(c, &sight, since, after, limit))
            .await
    }

    async fn recent_closed(
        &self,
        sight: Sight,
        customers: Vec<CustomerId>,
        each: u32,
    ) -> Result<Vec<Ticket>, LogError> {
        self.read_slow(move |c| find::recent_closed(c, &sight, &customers, each))
            .await
    }

    async fn counts(&self) -> Result<Counts, LogError> {
        self.read_slow(|c| read::counts(c)).await
    }

    async fn history(
        &self,
        customer: CustomerId,
        sight: Sight,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Event>, LogError> {
        self.read(move |c| find::history(c, customer, &sight, before, limit))
            .await
    }

    async fn search(&self, typed: String, sight: Sight, limit: u32) -> Result<Vec<Hit>, LogError> {
        self.read_slow(move |c| find::search(c, &typed, &sight, limit))
            .await
    }

    async fn find_customers(&self, typed: String, limit: u32) -> Result<Vec<CustomerId>, LogError> {
        self.read_slow(move |c| find::customers(c, &typed, limit))
            .await
    }

    async fn user_by_login(&self, login: String) -> Result<Option<UserId>, LogError> {
        self.read(move |c| Ok(commit::handle(c, append::LOGIN, &login)?.map(UserId)))
            .await
    }

    async fn add_token(&self, row: TokenRow) -> Result<(), LogError> {
        self.write(move |c| token::add(c, &row)).await
    }

    async fn tokens(&self) -> Result<Vec<TokenRow>, LogError> {
        self.read(|c| token::all(c)).await
    }

    async fn token_by_hash(&self, hash: [u8; 32]) -> Result<Option<TokenRow>, LogError> {
        self.read(move |c| token::by_hash(c, &hash)).await
    }

    async fn revoke_token(&self, id: String, at: Ms) -> Result<bool, LogError> {
        self.write(move |c| token::revoke(c, &id, at)).await
    }

    async fn undelivered(&self, limit: u32) -> Result<Vec<Ticket>, LogError> {
        self.read_slow(move |c| read::undelivered(c, limit)).await
    }

    async fn tickets_between(&self, from: Ms, to: Ms) -> Result<Vec<Ticket>, LogError> {
        self.read_slow(move |c| read::between(c, from, to)).await
    }

    async fn writable(&self) -> Result<(), LogError> {
        self.write(|c| {
            // Takes the write lock and gives it back; a read-only file or folder fails here.
            c.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
            Ok(())
        })
        .await
    }

    async fn backup(&self, to: &Path) -> Result<(), LogError> {
        let to = to.to_owned();
        self.read_slow(move |c| backup::copy(c, &to)).await
    }

    async fn close(&self) {
        self.close_blocking();
    }
}
