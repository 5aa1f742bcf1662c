//! What passes between the store's thread and the sync engine. The store never sees HTTP, the engine never sees SQL.

use tokio::sync::oneshot;

use super::files::StoreError;
use crate::api::desk::LinkState;
use crate::api::wire::{
    ChangeItem, CommandAnswer, DuePage, HistoryPage, Me, PresenceEntry, PresenceReport, SearchHit,
    SnapshotEntry, SnapshotPage,
};
use crate::domain::command::Command;
use crate::domain::ids::{CustomerId, Stream, TicketId};
use crate::domain::time::Ms;

/// The answer to a call, once the store has done it.
pub type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// Where sync stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SyncAt {
    /// The feed's cursor; absent until a snapshot is complete.
    pub cursor: Option<String>,
    /// A snapshot that was begun: where it goes on.
    pub snapshot: Option<String>,
    /// How many of its entries are here.
    pub done: u64,
}

/// What applying a page left to do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Left {
    /// The server asks for a fresh snapshot.
    pub reset: bool,
    /// Streams with a hole that must be fetched.
    pub gaps: Vec<Stream>,
}

/// What the engine asks of the store.
#[derive(Debug)]
pub enum Call {
    /// The server told who sits here.
    Identity(Box<Me>, Reply<SyncAt>),
    /// Where does sync stand?
    Where(Reply<SyncAt>),
    /// Forget what is mirrored and begin a snapshot.
    Reset(Reply<()>),
    /// One page of the snapshot; without `next` it is the last.
    Snapshot(Box<SnapshotPage>, Reply<()>),
    /// Changes of the feed, and the cursor after them.
    Changes(Vec<ChangeItem>, String, Reply<Left>),
    /// One ticket fetched because it was missing or had a hole.
    Entry(Box<SnapshotEntry>, Reply<()>),
    /// The next commands to send; they are marked as attempted.
    Batch(Reply<Vec<Command>>),
    /// The answers to a batch.
    Answers(Vec<CommandAnswer>, Reply<()>),
    /// The state of the line.
    Link(LinkState),
    /// The picture was complete at this instant (corrected clock).
    Fresh(Ms),
    /// How far this machine's clock is ahead of the server's, milliseconds.
    Clock(i64),
    /// The ticket asked for could not be fetched.
    NotHere(u64, TicketId),
    /// Older history; absent when the server could not be asked.
    Older(u64, Option<Box<HistoryPage>>),
    /// The server's hits.
    Hits(u64, Vec<SearchHit>),
    /// The server's customers with the number looked up last are in the replica now.
    Looked(u64),
    /// What is to be reviewed; absent when the server could not be asked.
    Due(Option<Box<DuePage>>),
    /// Who looks where; absent while unknown.
    Presence(Option<Vec<PresenceEntry>>),
}

/// What the store asks of the engine.
#[derive(Clone, PartialEq, Debug)]
pub enum Notice {
    /// Something waits in the outbox.
    Outbox,
    /// Try the line again now.
    Retry,
    /// Fetch this ticket for the screen.
    Fetch(u64, TicketId),
    /// Fetch history of this customer before the cursor.
    Older(u64, CustomerId, Option<String>),
    /// Ask the server for hits.
    Search(u64, String, u16),
    /// Ask the server whose this number is (as typed).
    LookUp(u64, String),
    /// Ask the server what is to be reviewed of a month.
    Due(Option<String>),
    /// Tell where this agent looks.
    Presence(PresenceReport),
}
