//! Sync: the engine that brings the outbox to the server and the feed into the replica, and the desk's handle.
//!
//! The pure parts (`plan`, `merge`, `stale`) stand in `store`, which decides by them, and are known here by the same
//! names. Not here: SQL, the screen.

pub mod backoff;
mod engine;
pub mod headless;
mod session;

pub use crate::store::{merge, plan, stale};

use std::path::PathBuf;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc;

use crate::api::desk::{DeskAnswer, DeskRequest};
use crate::client::{BadClient, Client, read_token};
use crate::domain::policy::Policy;
use crate::store::apply::Feeling;
use crate::store::predict::Lint;
use crate::store::{self, Busy, Store, StoreConfig, files};

/// What a desk is opened with.
pub struct DeskConfig {
    /// The data folder.
    pub dir: PathBuf,
    /// The server's address.
    pub server: String,
    /// The file that holds the token.
    pub token_file: PathBuf,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// The coach's verdict on words, if there is a coach.
    pub lint: Option<Lint>,
    /// How hot a customer's words are, if there is a coach.
    pub feeling: Option<Feeling>,
}

/// A desk that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Address or token.
    #[error(transparent)]
    Client(#[from] BadClient),
    /// No thread.
    #[error("the desk cannot start: {0}")]
    Thread(#[from] std::io::Error),
}

/// A running desk: the screen's end of store and sync.
pub struct DeskHandle {
    store: Store,
    answers: mpsc::Receiver<DeskAnswer>,
    engine: tokio::task::JoinHandle<Option<()>>,
}

/// Opens a desk. The store runs on its own threads, the engine on `runtime`. Works offline from the first moment if this
/// token was used here before.
///
/// # Errors
/// When the address or the token file is wrong, or no thread is left. What is wrong with the files is told as an answer.
pub fn open(config: DeskConfig, runtime: &Handle) -> Result<DeskHandle, OpenError> {
    let token = read_token(&config.token_file)?;
    // The store reads its replica on its own thread while the HTTP client is made: the first screen waits for the longer
    // of the two, not for both.
    let (store, answers, notices) = store::open(StoreConfig {
        dir: config.dir,
        fingerprint: files::fingerprint(&token),
        policy: config.policy,
        lint: config.lint,
        feeling: config.feeling,
    })?;
    let client = Client::new(&config.server, &token).inspect_err(|_| store.stop())?;
    let engine = {
        let _entered = runtime.enter();
        crate::task::spawn("sync", engine::run(client, store.clone(), notices))
    };
    Ok(DeskHandle {
        store,
        answers,
        engine,
    })
}

impl DeskHandle {
    /// Asks something of the desk; never waits.
    ///
    /// # Errors
    /// When the store does not keep up: to be shown, not waited for.
    pub fn send(&self, request: DeskRequest) -> Result<(), Busy> {
        self.store.ask(request)
    }

    /// The answers, to be selected on.
    pub fn answers(&mut self) -> &mut mpsc::Receiver<DeskAnswer> {
        &mut self.answers
    }

    /// A second end that can only ask, for effects driven elsewhere.
    #[must_use]
    pub fn sender(&self) -> Store {
        self.store.clone()
    }

    /// The asking end and the answers apart, for a loop that owns the answers.
    #[must_use]
    pub fn split(self) -> (DeskEnd, mpsc::Receiver<DeskAnswer>) {
        let Self {
            store,
            answers,
            engine,
        } = self;
        (DeskEnd { store, engine }, answers)
    }

    /// Stops the engine, writes everything, closes the files. Waits for the disk, not for the network.
    pub fn shutdown(self) {
        self.split().0.shutdown();
    }
}

/// The asking end of a desk.
pub struct DeskEnd {
    store: Store,
    engine: tokio::task::JoinHandle<Option<()>>,
}

impl DeskEnd {
    /// Asks something of the desk; never waits.
    ///
    /// # Errors
    /// When the store does not keep up: to be shown, not waited for.
    pub fn send(&self, request: DeskRequest) -> Result<(), Busy> {
        self.store.ask(request)
    }

    /// As [`DeskHandle::shutdown`].
    pub fn shutdown(self) {
        self.engine.abort();
        self.store.stop();
    }
}
