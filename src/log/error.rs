//! What can go wrong with the log. Nothing half-written ever stands behind one of these.

use crate::domain::ids::Stream;

/// The storage did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// No room left on the device.
    #[error("the disk that holds the log is full")]
    Full,
    /// The file or its folder cannot be written.
    #[error("the log cannot be written: it is read-only")]
    ReadOnly,
    /// The file was written by a newer program.
    #[error("the log has schema {found}, this program knows up to {known}: use a newer balm")]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest schema this program knows.
        known: i64,
    },
    /// The file is no log or is damaged.
    #[error("the log is damaged: {0}")]
    Corrupt(String),
    /// The log was closed.
    #[error("the log is closed")]
    Closed,
    /// Anything else the storage said; holds no personal value.
    #[error("the log's storage failed: {0}")]
    Storage(String),
}

/// A commit that did not happen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// A stream moved on, or a unique name was taken, since the world was gathered: gather again.
    #[error("a stream moved on since it was read")]
    Clash {
        /// Which stream, if it was one.
        stream: Option<Stream>,
    },
    /// The command id is known with another body or from another user.
    #[error("the command id was used before for something else")]
    IdReused,
    /// The storage failed.
    #[error(transparent)]
    Log(#[from] LogError),
}
