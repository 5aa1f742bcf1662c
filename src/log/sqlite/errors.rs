//! From what SQLite says to what the log says.

use rusqlite::ErrorCode;

use crate::domain::event::DecodeError;
use crate::log::{CommitError, LogError};

impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt(error.to_string())
            }
            // A failed write or sync may be a full or vanished disk; SQLite cannot tell, neither can we.
            _ => Self::Storage(error.to_string()),
        }
    }
}

impl From<rusqlite::Error> for CommitError {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) {
            // A unique name was taken between gathering and writing.
            return Self::Clash { stream: None };
        }
        Self::Log(error.into())
    }
}

impl From<DecodeError> for LogError {
    fn from(error: DecodeError) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<DecodeError> for CommitError {
    fn from(error: DecodeError) -> Self {
        Self::Log(error.into())
    }
}

/// Stored JSON that cannot be read.
pub(super) fn damaged(what: &str, error: &serde_json::Error) -> LogError {
    // The reader's words name a place, never the text itself.
    LogError::Corrupt(format!(
        "{what} at line {} column {}",
        error.line(),
        error.column()
    ))
}
