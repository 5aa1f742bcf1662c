//! The one place that reads the clock, makes identifiers and starts tasks and threads.
//!
//! Everything else gets time and ids as arguments or asks here, so that there is one site to look at when a test needs
//! another time. A task that panics is reported in the log with its name and does not take the program down.

use std::future::Future;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use futures_util::FutureExt;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::domain::time::Ms;

/// How far the clock of this process is shifted, milliseconds. Read once from the hidden variable
/// `BALM_TEST_CLOCK_OFFSET_MS`, with which a test makes a desk's clock wrong or lets a night pass; absent, nothing is shifted.
fn shifted() -> i64 {
    static SHIFT: OnceLock<i64> = OnceLock::new();
    *SHIFT.get_or_init(|| {
        std::env::var("BALM_TEST_CLOCK_OFFSET_MS")
            .ok()
            .and_then(|ms| ms.parse().ok())
            .unwrap_or(0)
    })
}

/// The machine's wall clock, UTC milliseconds.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the wall clock"
)]
pub fn now_ms() -> Ms {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Ms(i64::try_from(since.as_millis())
        .unwrap_or(i64::MAX)
        .saturating_add(shifted()))
}

/// A monotonic instant, for measuring and pacing; never stored.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the monotonic clock"
)]
pub fn instant() -> std::time::Instant {
    std::time::Instant::now()
}

/// A new identifier: UUID version 7, sorted by time.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that makes identifiers"
)]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Starts a named task on the present runtime. A panic in it ends in the log, not on the screen.
#[expect(clippy::disallowed_methods, reason = "the one place that starts tasks")]
pub fn spawn<F>(name: &'static str, future: F) -> JoinHandle<Option<F::Output>>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(async move {
        match std::panic::AssertUnwindSafe(future).catch_unwind().await {
            Ok(value) => Some(value),
            Err(panic) => {
                let words = panic
                    .downcast_ref::<&str>()
                    .copied()
                    .or(panic.downcast_ref::<String>().map(String::as_str));
                tracing::error!(
                    task = name,
                    panic = words.unwrap_or("unknown"),
                    "a task ended by panic"
                );
                None
            }
        }
    })
}

/// Starts a named thread. A panic in it ends in the log when the handle is joined or dropped.
///
/// # Errors
/// When the system has no thread left.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that starts threads"
)]
pub fn thread<F, T>(name: &'static str, work: F) -> std::io::Result<std::thread::JoinHandle<T>>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
}

/// Where the threads behind a screen stand, on the system's scale of niceness, where the one that paints is usually at 0:
/// ten leave a ninth of the processor's weight when both want a core (measured with 200 callers: five steps left a
/// key's p95 at twice that of a quiet machine, more steps bring it near). Nothing waits while a core is free.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 10;

/// Lets the present thread stand behind the threads that paint: on a machine with few cores, a key must not wait until a server,
/// a sync or a simulated customer has finished its turn. Only Linux counts niceness by thread; elsewhere, nothing changes. A system
/// that refuses leaves the thread as it was. The place is absolute: a thread started by one that stands behind stands no further back.
pub fn stand_behind() {
    #[cfg(target_os = "linux")]
    if let Err(refused) = rustix::process::setpriority_process(None, BEHIND) {
        tracing::debug!(%refused, "a thread stays as urgent as the screen");
    }
}

/// Runs work on a thread that stands behind, and waits for it: the threads which the work starts stand behind, too. A panic in
/// it goes on here.
pub fn behind<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let (done, ()) = both(
        || {
            stand_behind();
            work()
        },
        || (),
    );
    done
}

/// Runs two pieces of work at the same time and waits for both; the first on another core. A panic in either goes on here.
pub fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        match first.join() {
            Ok(first) => (first, second),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
