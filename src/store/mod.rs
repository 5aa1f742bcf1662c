//! The desk's store: replica, outbox, drafts, on threads of its own.
//!
//! One thread owns both files and everything the screen is told from; a second one searches on its own connection. The
//! screen and the sync engine talk to it by channels and never wait for a disk. `plan`, `merge` and `stale`, the pure
//! parts of sync, live here, because the store decides by them and imports nothing of sync. Not here: HTTP, the terminal.

pub mod apply;
pub mod conversation;
pub mod fault;
pub mod files;
pub mod merge;
pub mod outbox;
mod owner;
pub mod plan;
pub mod predict;
pub mod replica;
pub mod rows;
pub mod seam;
mod search;
pub mod stale;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use tokio::sync::{mpsc as async_mpsc, oneshot};

use crate::api::desk::{DeskAnswer, DeskRequest};
use crate::domain::policy::Policy;
use crate::task;
use apply::Feeling;
use files::StoreError;
use predict::Lint;
use seam::{Call, Notice, Reply};

/// Most requests of the screen that may wait; beyond it something is wrong and the screen says so.
const MAX_WAITING: usize = 1024;
/// Most answers that may wait for the screen; pushes beyond it are folded together.
const MAX_ANSWERS: usize = 256;

/// What the store is opened with.
pub struct StoreConfig {
    /// The data folder; the store makes `desk/<user>/` in it.
    pub dir: PathBuf,
    /// The fingerprint of the token (`files::fingerprint`).
    pub fingerprint: String,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// The coach's verdict on words, if there is a coach.
    pub lint: Option<Lint>,
    /// How hot a customer's words are, if there is a coach; without it no outcomes of lines are counted.
    pub feeling: Option<Feeling>,
}

/// What arrives at the owner's thread.
enum Input {
    Ask(DeskRequest),
    Call(Call),
    Found(search::Found),
    Stop(mpsc::Sender<()>),
}

/// The screen's and the engine's end of the store.
#[derive(Clone)]
pub struct Store {
    inputs: mpsc::Sender<Input>,
    depth: Arc<AtomicUsize>,
}

/// The request was not taken: the store is far behind or gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the desk's store does not keep up or has stopped")]
pub struct Busy;

/// Starts the store's thread. Who sits here is known from the last time this token was used, or once the server tells.
///
/// # Errors
/// When the system has no thread left.
pub fn open(
    config: StoreConfig,
) -> std::io::Result<(
    Store,
    async_mpsc::Receiver<DeskAnswer>,
    async_mpsc::UnboundedReceiver<Notice>,
)> {
    let (inputs, taken) = mpsc::channel();
    let (answers, told) = async_mpsc::channel(MAX_ANSWERS);
    let (notices, noticed) = async_mpsc::unbounded_channel();
    let store = Store {
        inputs: inputs.clone(),
        depth: Arc::new(AtomicUsize::new(0)),
    };
    let depth = Arc::clone(&store.depth);
    task::thread("desk-store", move || {
        owner::run(&config, &taken, inputs, answers, notices, &depth)
    })?;
    Ok((store, told, noticed))
}

impl Store {
    /// Hands a request over; never waits.
    ///
    /// # Errors
    /// When too many wait already or the store has stopped.
    pub fn ask(&self, request: DeskRequest) -> Result<(), Busy> {
        if self.depth.fetch_add(1, Ordering::Relaxed) >= MAX_WAITING {
            self.depth.fetch_sub(1, Ordering::Relaxed);
            return Err(Busy);
        }
        self.inputs.send(Input::Ask(request)).map_err(|_| Busy)
    }

    /// Asks something on behalf of the engine and waits for the answer.
    ///
    /// # Errors
    /// What the store says; `None` when it has stopped.
    pub async fn call<T>(
        &self,
        make: impl FnOnce(Reply<T>) -> Call,
    ) -> Option<Result<T, StoreError>> {
        let (reply, answer) = oneshot::channel();
        self.inputs.send(Input::Call(make(reply))).ok()?;
        answer.await.ok()
    }

    /// Tells the store something that has no answer.
    pub fn tell(&self, call: Call) {
        // A store that has stopped needs no news.
        drop(self.inputs.send(Input::Call(call)));
    }

    /// Writes everything and stops the thread; returns when the files are closed.
    pub fn stop(&self) {
        let (done, wait) = mpsc::channel();
        if self.inputs.send(Input::Stop(done)).is_ok() {
            // An error means that the thread is gone already, which is what was asked for.
            if wait.recv().is_err() {
                tracing::debug!("the store had stopped already");
            }
        }
    }
}

#[cfg(test)]
mod tests;
