//! The way to the office: its files are written on a thread of their own, one thing after the other, so that no disk makes a
//! customer or a desk wait.

use std::io;
use std::sync::mpsc;

use tokio::sync::oneshot;

use super::office::Office;
use crate::task;

type Job = Box<dyn FnOnce(&Office) + Send>;

/// A queue of work for the office. The thread ends when the clerk is dropped and everything is done.
#[derive(Debug)]
pub struct Clerk {
    jobs: mpsc::Sender<Job>,
}

impl Clerk {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no thread left.
    pub fn start(office: Office) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job>();
        task::thread("training office", move || {
            for job in queue {
                let work = std::panic::AssertUnwindSafe(|| job(&office));
                if std::panic::catch_unwind(work).is_err() {
                    tracing::error!("the training's office failed at something");
                }
            }
        })?;
        Ok(Self { jobs })
    }

    /// Has something done; nobody waits for it.
    pub fn order(&self, does: impl FnOnce(&Office) + Send + 'static) {
        if self.jobs.send(Box::new(does)).is_err() {
            tracing::error!("the training's office is closed");
        }
    }

    /// Has something done and waits for what comes of it; nothing when the office failed at it.
    pub async fn ask<T: Send + 'static>(
        &self,
        does: impl FnOnce(&Office) -> T + Send + 'static,
    ) -> Option<T> {
        let (answer, told) = oneshot::channel();
        self.order(move |office| {
            // Nobody may be waiting any more.
            let _ = answer.send(does(office));
        });
        told.await.ok()
    }
}
