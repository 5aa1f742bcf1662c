//! The newest part of the log, read once for all who follow it live: with two hundred desks every new event would otherwise be
//! read from the disk's file two hundred times. What is kept is what the log told; who may see what of it is decided later, for
//! each reader (`feed`). When a customer is deleted, everything from before the deletion is let go.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::domain::event::{Body, CustomerEvent, EventBody};
use crate::log::{FeedRow, Log, LogError};

/// Rows that are kept; a reader further behind reads from the log itself.
const KEPT: usize = 512;

/// The rows behind `from` up to `to`, without a gap.
#[derive(Debug, Default)]
struct Kept {
    from: u64,
    to: u64,
    rows: VecDeque<Arc<FeedRow>>,
}

/// The end of the log.
#[derive(Debug, Default)]
pub struct Tail(Mutex<Kept>);

fn erases(row: &FeedRow) -> bool {
    matches!(
        row.event.body,
        Body::Known(EventBody::Customer(CustomerEvent::Erased {}))
    )
}

impl Tail {
    /// Like [`Log::feed`], never ahead of the bell: at most `limit` rows behind a position.
    ///
    /// # Errors
    /// The log's failure.
    pub(super) async fn after(
        &self,
        log: &dyn Log,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Arc<FeedRow>>, LogError> {
        // Those who come at the same time wait here for the one that reads.
        let mut kept = self.0.lock().await;
        // A commit can be read a moment before its bell rings: a cursor never goes ahead of the bell.
        let rung = *log.watch().borrow();
        if after > kept.to {
            // Nothing was followed for a while, or only from far behind: this reader is nearer to the end.
            *kept = Kept {
                from: after,
                to: after,
                rows: VecDeque::new(),
            };
        }
        if after >= kept.from && kept.to < rung {
            let new = read(log, kept.to, limit, rung).await?;
            kept.take(new, limit, rung);
        }
        // Also when what was just read, or a deletion, drove out what this reader still needs.
        if after < kept.from {
            drop(kept);
            return read(log, after, limit, rung).await;
        }
        let behind = kept.rows.iter().filter(|r| r.event.position > after);
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(behind.take(most).cloned().collect())
    }
}

impl Kept {
    fn take(&mut self, new: Vec<Arc<FeedRow>>, limit: u32, rung: u64) {
        if new.iter().any(|r| erases(r)) {
            self.rows.clear();
            self.from = self.to;
        }
        let full = u32::try_from(new.len()).unwrap_or(u32::MAX) >= limit;
        let last = new.last().map_or(self.to, |r| r.event.position);
        self.to = if full { last } else { rung.max(last) };
        self.rows.extend(new);
        while self.rows.len() > KEPT {
            let oldest = self.rows.pop_front();
            self.from = oldest.map_or(self.from, |r| r.event.position);
        }
    }
}

/// Rows of the log itself.
pub(super) async fn read(
    log: &dyn Log,
    after: u64,
    limit: u32,
    rung: u64,
) -> Result<Vec<Arc<FeedRow>>, LogError> {
    let rows = log.feed(after, limit).await?.into_iter();
    let told = rows.filter(|row| row.event.position <= rung);
    Ok(told.map(Arc::new).collect())
}
