//! The log: the one append-only record that everything else is folded from, behind an async trait.
//!
//! A commit writes events, heads, answer and search index of one command in one transaction or not at all; the same
//! command again gets the same answer. The trait speaks the domain's words only, so that PostgreSQL can come without
//! touching a route: no SQL and no type of a driver leaves `sqlite/`. Deliberately absent: rules (`domain::decide`) and
//! rights (`server`); the log does what it is told by somebody who may.

mod error;
pub mod sqlite;
mod types;

pub use error::{CommitError, LogError};
pub use types::{
    Answer, Ask, Commit, Committed, Counts, FeedRow, Hit, Place, Seen, Sight, TicketFilter,
    TokenRow,
};

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use async_trait::async_trait;
use tokio::sync::watch;

use crate::domain::event::{Event, Payload};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, Stream, StreamKind, TicketId, UserId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;

/// The log. Every method may be called from many tasks at once. All fail with a [`LogError`] when the storage does.
#[async_trait]
pub trait Log: Send + Sync {
    /// The log's name; a restored backup has another one.
    fn id(&self) -> String;

    /// The highest position that is committed, and a bell that rings when it moves.
    fn watch(&self) -> watch::Receiver<u64>;

    /// Writes one command's events and answer, or hands back the answer it already has.
    ///
    /// # Errors
    /// [`CommitError::Clash`] when a stream moved on, [`CommitError::IdReused`], or the storage's failure.
    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError>;

    /// Everything needed to decide a command, of one moment.
    ///
    /// # Errors
    /// [`CommitError::IdReused`] when the id is known with another body or user, or the storage's failure.
    async fn gather(&self, ask: Ask) -> Result<Seen, CommitError>;

    /// A ticket number that nobody gets again. A number may stay unused when its command is refused.
    async fn reserve_number(&self) -> Result<u64, LogError>;

    /// Heads of these streams, those that exist, in no order.
    async fn heads(&self, streams: Vec<Stream>) -> Result<Vec<Head>, LogError>;

    /// All heads of a kind that is small: users, queues.
    async fn all(&self, kind: StreamKind) -> Result<Vec<Head>, LogError>;

    /// Events of a stream after a version, oldest first, with payloads; at most `limit`.
    async fn events(&self, stream: Stream, after: u32, limit: u32) -> Result<Vec<Event>, LogError>;

    /// Events of several streams, each oldest first.
    async fn events_of(
        &self,
        streams: Vec<Stream>,
    ) -> Result<BTreeMap<Stream, Vec<Event>>, LogError>;

    /// The log after a position, oldest first; at most `limit` rows.
    async fn feed(&self, after: u64, limit: u32) -> Result<Vec<FeedRow>, LogError>;

    /// The personal values in force of these customers.
    async fn personal(
        &self,
        customers: Vec<CustomerId>,
    ) -> Result<BTreeMap<CustomerId, Payload>, LogError>;

    /// Which of these customers have a ticket in sight.
    async fn customers_in_sight(
        &self,
        customers: Vec<CustomerId>,
        sight: Sight,
    ) -> Result<BTreeSet<CustomerId>, LogError>;

    /// Tickets by filter, most recently changed first; at most `limit`.
    async fn tickets(
        &self,
        filter: TicketFilter,
        sight: Sight,
        limit: u32,
    ) -> Result<Vec<Ticket>, LogError>;

    /// For the snapshot: tickets in sight that are open or changed after `since`, by id behind `after`.
    async fn snapshot_tickets(
        &self,
        sight: Sight,
        since: u64,
        after: Option<TicketId>,
        limit: u32,
    ) -> Result<Vec<Ticket>, LogError>;

    /// For the snapshot: customers of those tickets, by id behind `after`.
    async fn snapshot_customers(
        &self,
        sight: Sight,
        since: u64,
        after: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerId>, LogError>;

    /// The last `each` closed tickets in sight of each of these customers, newest first.
    async fn recent_closed(
        &self,
        sight: Sight,
        customers: Vec<CustomerId>,
        each: u32,
    ) -> Result<Vec<Ticket>, LogError>;

    /// How much a snapshot holds, about.
    async fn counts(&self) -> Result<Counts, LogError>;

    /// Events of all tickets in sight of a customer, newest first, before a position; at most `limit`.
    async fn history(
        &self,
        customer: CustomerId,
        sight: Sight,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Vec<Event>, LogError>;

    /// Places where what was typed stands: words, exact phone, ticket number, name or its pinyin. Newest first.
    async fn search(&self, typed: String, sight: Sight, limit: u32) -> Result<Vec<Hit>, LogError>;

    /// Customers by exact phone number or other address, name, or pinyin initials; at most `limit`.
    async fn find_customers(&self, typed: String, limit: u32) -> Result<Vec<CustomerId>, LogError>;

    /// The account with this login.
    async fn user_by_login(&self, login: String) -> Result<Option<UserId>, LogError>;

    /// Keeps a token.
    async fn add_token(&self, token: TokenRow) -> Result<(), LogError>;

    /// All tokens, newest first.
    async fn tokens(&self) -> Result<Vec<TokenRow>, LogError>;

    /// The token with this hash, revoked or not.
    async fn token_by_hash(&self, hash: [u8; 32]) -> Result<Option<TokenRow>, LogError>;

    /// Revokes a token; false when there is none of that name. Revoking twice keeps the first time.
    async fn revoke_token(&self, id: String, at: Ms) -> Result<bool, LogError>;

    /// Tickets with replies that are not yet delivered.
    async fn undelivered(&self, limit: u32) -> Result<Vec<Ticket>, LogError>;

    /// All tickets opened or changed in `[from, to)`, for reports.
    async fn tickets_between(&self, from: Ms, to: Ms) -> Result<Vec<Ticket>, LogError>;

    /// Whether the log can be written right now.
    async fn writable(&self) -> Result<(), LogError>;

    /// Copies the log, while it is in use, into a new file that must not exist.
    async fn backup(&self, to: &Path) -> Result<(), LogError>;

    /// Finishes what is queued and closes the files. Later calls fail with [`LogError::Closed`].
    async fn close(&self);
}
