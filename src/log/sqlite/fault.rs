//! What the fault test may switch, and nothing else may: the id check, and points at which the process kills itself.
//!
//! Reachable only through the hidden variables `BALM_TEST_NO_ID_CHECK=1` and `BALM_FAULT=POINT:N`.

use std::sync::atomic::{AtomicU64, Ordering};

/// How the log is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LogOptions {
    /// Whether a command id that was seen before gets its earlier answer. False only in the test that must then see doubles.
    pub check_ids: bool,
    /// Where the process kills itself, if anywhere.
    pub fault: Option<Fault>,
}

impl Default for LogOptions {
    fn default() -> Self {
        Self {
            check_ids: true,
            fault: None,
        }
    }
}

impl LogOptions {
    /// The options with what the hidden variables say. An unknown point is ignored: it may belong to the desk.
    #[must_use]
    pub fn from_env() -> Self {
        let check_ids = std::env::var_os("BALM_TEST_NO_ID_CHECK").is_none_or(|v| v != "1");
        let fault = std::env::var("BALM_FAULT")
            .ok()
            .and_then(|text| Fault::parse(&text));
        Self { check_ids, fault }
    }
}

/// A point in the writer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Point {
    /// Right before the transaction is committed.
    BeforeCommit,
    /// Right after, before anybody is answered.
    AfterCommit,
}

/// Kill the process at this point, in the transaction that holds the Nth command (from 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Where.
    pub point: Point,
    /// At the how-manyeth command.
    pub nth: u64,
}

impl Fault {
    /// Reads `server-before-commit:N` or `server-after-commit:N`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (point, nth) = text.split_once(':')?;
        let point = match point {
            "server-before-commit" => Point::BeforeCommit,
            "server-after-commit" => Point::AfterCommit,
            _ => return None,
        };
        Some(Self {
            point,
            nth: nth.parse().ok().filter(|n| *n > 0)?,
        })
    }
}

/// Counts commands and strikes once.
pub(super) struct Trigger {
    fault: Option<Fault>,
    seen: AtomicU64,
}

impl Trigger {
    pub(super) const fn new(fault: Option<Fault>) -> Self {
        Self {
            fault,
            seen: AtomicU64::new(0),
        }
    }

    /// Counts the new commands of one transaction.
    pub(super) fn count(&self, commands: u64) {
        self.seen.fetch_add(commands, Ordering::Relaxed);
    }

    /// Kills the process if its time has come.
    pub(super) fn strike(&self, point: Point) {
        let Some(fault) = self.fault else { return };
        if fault.point == point && self.seen.load(Ordering::Relaxed) >= fault.nth {
            // SIGKILL, as a power cut would: no destructor runs, nothing is flushed.
            let _ = rustix::process::kill_process(
                rustix::process::getpid(),
                rustix::process::Signal::KILL,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Point};

    #[test]
    fn reads_only_its_own_points() {
        let before = Fault {
            point: Point::BeforeCommit,
            nth: 3,
        };
        assert_eq!(Fault::parse("server-before-commit:3"), Some(before));
        for text in [
            "server-before-commit:0",
            "server-before-commit",
            "desk-before-send:1",
            "",
        ] {
            assert_eq!(Fault::parse(text), None, "{text}");
        }
    }
}
