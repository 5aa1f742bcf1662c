//! One server a data directory: the lock, and where the one that holds it can be reached.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

/// The lock's file in a data directory.
pub const FILE: &str = "server.lock";
/// How long to wait for a server that is just starting to say where it listens.
const STARTING: Duration = Duration::from_secs(10);

/// A data directory that is ours until this is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

/// What was found.
#[derive(Debug)]
pub enum Found {
    /// Nobody runs on it: it is ours now.
    Ours(Lock),
    /// A server runs on it.
    Running {
        /// Where it listens; absent if it did not say so in time (a bulk writer never does).
        addr: Option<SocketAddr>,
        /// Its process.
        pid: u32,
    },
}

/// Takes the directory, made with mode 0700 if it is not there, or says who has it.
///
/// # Errors
/// When the directory cannot be made or its lock file not be opened.
pub fn acquire(dir: &Path) -> std::io::Result<Found> {
    make_private_dir(dir)?;
    let file = open(dir)?;
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            Ok(()) => {
                let mut lock = Lock { file };
                lock.write(None)?;
                return Ok(Found::Ours(lock));
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let (pid, addr) = read(&file)?;
        if addr.is_some() || waited >= STARTING {
            return Ok(Found::Running { addr, pid });
        }
        let pause = Duration::from_millis(50);
        std::thread::sleep(pause);
        waited += pause;
    }
}

/// Takes a directory that is there, if nobody has it; waits for nobody.
///
/// # Errors
/// When its lock file cannot be opened.
pub fn acquire_free(dir: &Path) -> std::io::Result<Option<Lock>> {
    let file = open(dir)?;
    match file.try_lock() {
        Ok(()) => {
            let mut lock = Lock { file };
            lock.write(None)?;
            Ok(Some(lock))
        }
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

fn open(dir: &Path) -> std::io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(dir.join(FILE))
}

impl Lock {
    /// Says where the server listens.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn publish(&mut self, addr: SocketAddr) -> std::io::Result<()> {
        self.write(Some(addr))
    }

    fn write(&mut self, addr: Option<SocketAddr>) -> std::io::Result<()> {
        let addr = addr.map_or_else(|| "-".to_owned(), |a| a.to_string());
        self.file.set_len(0)?;
        self.file.rewind()?;
        // The last line tells a reader that it has read all of it.
        writeln!(self.file, "{}\n{addr}\n.", std::process::id())?;
        self.file.flush()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The file stays: removing it would let two processes lock two files of one name.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

fn read(mut file: &File) -> std::io::Result<(u32, Option<SocketAddr>)> {
    let mut text = String::new();
    file.rewind()?;
    file.read_to_string(&mut text)?;
    let mut lines = text.lines();
    let pid = lines.next().and_then(|l| l.parse().ok()).unwrap_or(0);
    let addr = lines.next().and_then(|l| l.parse().ok());
    let whole = lines.next() == Some(".");
    Ok((pid, addr.filter(|_| whole)))
}

/// Makes a directory that only its owner can enter.
pub(super) fn make_private_dir(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
    use super::{Found, acquire};

    #[test]
    fn the_second_learns_where_the_first_listens() {
        let dir = tempfile::tempdir().unwrap();
        let Found::Ours(mut lock) = acquire(&dir.path().join("data")).unwrap() else {
            panic!("nobody has it");
        };
        let here = "127.0.0.1:4711".parse().unwrap();
        lock.publish(here).unwrap();
        match acquire(&dir.path().join("data")).unwrap() {
            Found::Running { addr, pid } => {
                assert_eq!((addr, pid), (Some(here), std::process::id()));
            }
            Found::Ours(_) => panic!("taken twice"),
        }
        drop(lock);
        assert!(matches!(
            acquire(&dir.path().join("data")).unwrap(),
            Found::Ours(_)
        ));
    }
}
