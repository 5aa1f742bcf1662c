//! Logging: into a file only, never onto the screen. What is logged names ids, kinds and counts; customers' words and
//! tokens never (the types see to it: `RawText` has no `Display` and its `Debug` tells only a length).

use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

/// Keeps the log flowing; dropping it writes what is left.
#[derive(Debug)]
pub struct Logging(
    #[expect(dead_code, reason = "held for its Drop, which writes what is left")]
    Option<WorkerGuard>,
);

/// Starts logging into `file`, if one is named. `BALM_LOG` narrows or widens what is written (`info` by default).
///
/// # Errors
/// When the file cannot be opened.
pub fn start(file: Option<&Path>) -> io::Result<Logging> {
    let Some(path) = file else {
        return Ok(Logging(None));
    };
    let out = OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(path)?;
    let (writer, guard) = tracing_appender::non_blocking(out);
    let filter = EnvFilter::try_from_env("BALM_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let started = tracing_subscriber::fmt()
        .with_writer(writer)
        .with_ansi(false)
        .with_env_filter(filter)
        .try_init();
    started.map_err(|e| io::Error::other(e.to_string()))?;
    Ok(Logging(Some(guard)))
}
