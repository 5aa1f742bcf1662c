//! One thread that writes, some that read. Nothing async touches a connection.
//!
//! The writer empties its queue into ONE transaction with a savepoint a command: many commands share one sync of the disk,
//! each still gets its own answer, and one that fails takes no other down.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::{oneshot, watch};

use super::append::{self, Pen};
use super::commit;
use super::fault::{Point, Trigger};
use crate::domain::event::{CustomerEvent, EventBody, NewEvent};
use crate::log::{Commit, CommitError, Committed, LogError};
use crate::task;

/// Most commands in one transaction; bounds how long the first of them waits.
const MAX_BATCH: usize = 256;

/// Work on a connection.
pub(super) type Work = Box<dyn FnOnce(&mut Connection) + Send>;

/// What the writer is asked.
pub(super) enum Write {
    /// A command.
    Commit(Box<Commit>, oneshot::Sender<Result<Committed, CommitError>>),
    /// Anything else that writes.
    Other(Work),
}

/// The sending side of the writer.
pub(super) struct Writer {
    /// Its queue.
    pub queue: Sender<Write>,
    /// The thread.
    pub thread: JoinHandle<()>,
}

/// Starts the writer.
pub(super) fn writer(
    mut conn: Connection,
    bell: watch::Sender<u64>,
    trigger: Trigger,
    check_ids: bool,
) -> Result<Writer, LogError> {
    let (queue, jobs) = channel();
    let mut pen = Pen::open(&conn)?;
    let thread = task::thread("log-writer", move || {
        while let Ok(first) = jobs.recv() {
            let mut batch = Vec::new();
            let mut next = Some(first);
            while let Some(job) = next.take() {
                match job {
                    Write::Commit(commit, reply) => batch.push((commit, reply)),
                    Write::Other(work) => {
                        // Keep the order of the queue: what came before is written before.
                        flush(&mut conn, &mut pen, &mut batch, &bell, &trigger, check_ids);
                        work(&mut conn);
                    }
                }
                if batch.len() < MAX_BATCH {
                    next = jobs.try_recv().ok();
                }
            }
            flush(&mut conn, &mut pen, &mut batch, &bell, &trigger, check_ids);
        }
    })
    .map_err(|e| LogError::Storage(e.to_string()))?;
    Ok(Writer { queue, thread })
}

type Waiting = (Box<Commit>, oneshot::Sender<Result<Committed, CommitError>>);

fn flush(
    conn: &mut Connection,
    pen: &mut Pen,
    batch: &mut Vec<Waiting>,
    bell: &watch::Sender<u64>,
    trigger: &Trigger,
    check_ids: bool,
) {
    if batch.is_empty() {
        return;
    }
    let start = pen.position;
    let commits: Vec<&Commit> = batch.iter().map(|(c, _)| c.as_ref()).collect();
    let result = transaction(conn, pen, &commits, trigger, check_ids);
    let erased = commits.iter().any(|c| c.events.iter().any(is_erased));
    drop(commits);
    match result {
        Ok(answers) => {
            trigger.strike(Point::AfterCommit);
            bell.send_if_modified(|at| std::mem::replace(at, pen.position) != pen.position);
            for ((_, reply), answer) in batch.drain(..).zip(answers) {
                let _ = reply.send(answer);
            }
            if erased {
                // The journal still holds the pages as they were; fold it back so that nothing deleted stays readable.
                let folded = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
                if let Err(error) = folded {
                    tracing::warn!(%error, "the journal could not be folded back after a deletion");
                }
            }
        }
        Err(error) => {
            // Nothing of the batch stands in the log.
            let _ = conn.execute_batch("ROLLBACK");
            pen.reset(start);
            tracing::error!(%error, "the log could not be written");
            for (_, reply) in batch.drain(..) {
                let _ = reply.send(Err(CommitError::Log(error.clone())));
            }
        }
    }
    pen.heads.clear();
}

fn is_erased(event: &NewEvent) -> bool {
    matches!(event.body, EventBody::Customer(CustomerEvent::Erased {}))
}

fn transaction(
    conn: &Connection,
    pen: &mut Pen,
    commits: &[&Commit],
    trigger: &Trigger,
    check_ids: bool,
) -> Result<Vec<Result<Committed, CommitError>>, LogError> {
    conn.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    let (mut answers, mut fresh) = (Vec::with_capacity(commits.len()), 0);
    for commit in commits {
        let before = pen.position;
        conn.prepare_cached("SAVEPOINT command")?.execute([])?;
        let answer = commit::apply(conn, pen, commit, check_ids);
        match &answer {
            Ok(done) => fresh += u64::from(!done.again),
            // The device failed: what was written for the others may be gone as well.
            Err(CommitError::Log(error)) => return Err(error.clone()),
            Err(_) => {
                conn.prepare_cached("ROLLBACK TO command")?.execute([])?;
                pen.reset(before);
            }
        }
        conn.prepare_cached("RELEASE command")?.execute([])?;
        answers.push(answer);
    }
    append::write_counter(conn, "position", pen.position)?;
    trigger.count(fresh);
    trigger.strike(Point::BeforeCommit);
    conn.prepare_cached("COMMIT")?.execute([])?;
    Ok(answers)
}

/// The reading threads.
pub(super) struct Readers {
    queues: Vec<Sender<Work>>,
    next: AtomicUsize,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    /// Starts one thread a connection.
    pub(super) fn start(conns: Vec<Connection>) -> Result<Self, LogError> {
        let (mut queues, mut threads) = (Vec::new(), Vec::new());
        for mut conn in conns {
            let (queue, jobs): (Sender<Work>, Receiver<Work>) = channel();
            let thread = task::thread("log-reader", move || {
                while let Ok(work) = jobs.recv() {
                    work(&mut conn);
                }
            })
            .map_err(|e| LogError::Storage(e.to_string()))?;
            queues.push(queue);
            threads.push(thread);
        }
        Ok(Self {
            queues,
            next: AtomicUsize::new(0),
            threads,
        })
    }

    /// Hands work to the next thread in turn. Slow work goes to the last one, so that quick work never stands behind it.
    pub(super) fn send(&self, work: Work, slow: bool) -> Result<(), LogError> {
        let quick = self.queues.len().saturating_sub(1).max(1);
        let index = if slow {
            self.queues.len().saturating_sub(1)
        } else {
            self.next.fetch_add(1, Ordering::Relaxed) % quick
        };
        self.queues
            .get(index)
            .and_then(|queue| queue.send(work).ok())
            .ok_or(LogError::Closed)
    }

    /// Lets the threads finish what they have and end.
    pub(super) fn join(self) {
        drop(self.queues);
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}
