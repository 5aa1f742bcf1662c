//! `balm backup` and `balm restore`. A backup can be taken while the log is in use; a restore needs the folder alone.

use super::args::BackupArgs;
use super::error::CliError;
use super::{Cx, place, say};
use crate::log::sqlite as store;
use crate::text::locale::Arg;
use crate::{config, task};

/// Copies the log, also while a server writes it.
///
/// # Errors
/// When there is no log, or the copy exists already or cannot be written.
pub fn backup(cx: &Cx, args: &BackupArgs) -> Result<(), CliError> {
    let folder = config::prepare(&cx.data(args.data.as_deref()))?;
    let log = place::log_file(folder.path());
    if !log.exists() {
        return Err(CliError::new("cli-not_found").with("what", log.display()));
    }
    if args.file.exists() {
        return Err(CliError::new("cli-exists").with("path", args.file.display()));
    }
    store::backup(&log, &args.file).map_err(|e| CliError::log(&args.file, e))?;
    let path = args.file.display().to_string();
    say::remark(
        &cx.locale
            .t_args("cli-backup_done", &[("path", Arg::from(path))]),
    );
    Ok(())
}

/// Puts a copy back under a new log name, so that every desk fetches a whole picture. What stood there is kept beside it.
///
/// # Errors
/// When a server runs on the folder, or the file is no backup.
pub fn restore(cx: &Cx, args: &BackupArgs) -> Result<(), CliError> {
    let folder = config::prepare(&cx.data(args.data.as_deref()))?;
    if !args.file.exists() {
        return Err(CliError::new("cli-not_found").with("what", args.file.display()));
    }
    let _lock = place::lock(folder.path())?;
    let log = place::log_file(folder.path());
    // Made beside first: a backup that cannot be used must not cost the log that is there.
    let fresh = folder.path().join("log.restoring");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("log.restoring{end}")));
    }
    store::restore(&args.file, &fresh, task::new_id()).map_err(|e| {
        for end in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(
                folder.path().join(format!("log.restoring{end}")),
            ));
        }
        CliError::log(&args.file, e)
    })?;
    if log.exists() {
        let name = format!("log.before-restore-{}.db", task::now_ms().0);
        // Folded back first if it can be opened at all.
        if let Ok(old) = store::SqliteLog::open(&log, store::LogOptions::default()) {
            old.close_blocking();
        }
        // Its journal goes with it: after a crash the last commits stand only there. The journal goes first, so that a
        // new log can never meet the old one's.
        for end in ["-wal", "-shm", ""] {
            let from = folder.path().join(format!("log.db{end}"));
            if from.exists() {
                std::fs::rename(from, folder.path().join(format!("{name}{end}")))?;
            }
        }
    }
    std::fs::rename(&fresh, &log)?;
    say::remark(&cx.locale.t("cli-restore_done"));
    Ok(())
}
