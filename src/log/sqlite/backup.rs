//! Backup while the log is in use, and restore under a new name.

use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, params};

use super::{connect, connect_writer, migrate};
use crate::log::LogError;

/// Pages copied in one step, about 4 MiB; writers are never held up for longer than that.
const STEP: i32 = 1024;

/// Copies the log behind `from` into a new file.
pub(super) fn copy(from: &Connection, to: &Path) -> Result<(), LogError> {
    if to.exists() {
        return Err(LogError::Storage(
            "the backup file exists already".to_owned(),
        ));
    }
    let partial = to.with_extension("partial");
    let result = copy_into(from, &partial)
        .and_then(|()| std::fs::rename(&partial, to).map_err(|e| LogError::Storage(e.to_string())));
    if result.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    result
}

fn copy_into(from: &Connection, to: &Path) -> Result<(), LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut target = connect(to, flags)?;
    {
        // A reader that holds its snapshot sees no restart of the copy when others write.
        from.execute_batch("BEGIN")?;
        let copied = Backup::new(from, &mut target)
            .and_then(|backup| backup.run_to_completion(STEP, Duration::ZERO, None));
        from.execute_batch("COMMIT")?;
        copied?;
    }
    // One plain file: no journal of its own is needed to read it.
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    let sound: String = target.query_row("PRAGMA quick_check", [], |r| r.get(0))?;
    if sound != "ok" {
        return Err(LogError::Corrupt(sound));
    }
    Ok(())
}

/// Copies a log that another program may be writing. Blocks.
///
/// # Errors
/// When the log cannot be read, or the copy exists or cannot be written.
pub fn backup(log: &Path, to: &Path) -> Result<(), LogError> {
    let from = connect(log, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    copy(&from, to)
}

/// Makes a log from a backup in a place where there is none. It gets a new name (`fresh`), so that desks that had read
/// further than the backup reaches take a fresh snapshot. Blocks.
///
/// # Errors
/// When the backup cannot be read, is newer than this program, or the target exists or cannot be written.
pub fn restore(backup: &Path, to: &Path, fresh: uuid::Uuid) -> Result<(), LogError> {
    let from = connect(backup, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let found: i64 = from.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    if found == 0 {
        return Err(LogError::Corrupt(
            "this file is no backup of a log".to_owned(),
        ));
    }
    migrate::check(found)?;
    copy(&from, to)?;
    let conn = connect_writer(to)?;
    conn.execute(
        "UPDATE meta SET value = ?1 WHERE key = 'log_id'",
        params![fresh.simple().to_string()],
    )?;
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}
