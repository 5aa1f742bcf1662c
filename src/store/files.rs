//! The two files of a desk: where they lie, how they are opened, migrated, locked and set aside when damaged.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use sha2::{Digest, Sha256};

use crate::domain::ids::UserId;

/// Migrations of the replica, oldest first.
const REPLICA: &[&str] = &[
    include_str!("../../assets/migrations/replica/0001.sql"),
    include_str!("../../assets/migrations/replica/0002.sql"),
];
/// Migrations of the outbox, oldest first.
const OUTBOX: &[&str] = &[include_str!("../../assets/migrations/outbox/0001.sql")];

/// How many desks of one user may run on one data folder at a time.
const SLOTS: u32 = 16;

/// What can go wrong with the desk's files.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite could not do it.
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    /// The folder cannot be used.
    #[error("{path}: {source}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A newer balm wrote the file.
    #[error(
        "{path} was written by a newer balm (schema {found}, this program knows {known}): start that version, or \
         move the file away"
    )]
    Newer {
        /// Which file.
        path: PathBuf,
        /// Its schema.
        found: usize,
        /// The newest schema this program knows.
        known: usize,
    },
    /// A stored value cannot be read.
    #[error("a stored value cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Sixteen desks of this user run on this folder already.
    #[error("{SLOTS} desks of this user are open on this data folder: close one")]
    TooMany,
}

impl StoreError {
    /// Whether the file itself is damaged, rather than out of reach.
    #[must_use]
    pub fn damaged(&self) -> bool {
        match self {
            Self::Sql(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
            ),
            Self::Json(_) => true,
            Self::Io { .. } | Self::Newer { .. } | Self::TooMany => false,
        }
    }

    /// Whether the disk is full.
    #[must_use]
    pub fn full(&self) -> bool {
        match self {
            Self::Sql(error) => error.sqlite_error_code() == Some(ErrorCode::DiskFull),
            Self::Io { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }

    /// Whether the place cannot be written.
    #[must_use]
    pub fn read_only(&self) -> bool {
        match self {
            Self::Sql(error) => matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied)
            ),
            Self::Io { source, .. } => matches!(
                source.kind(),
                std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
            ),
            _ => false,
        }
    }
}

/// One user's folder, held by this process for as long as the value lives.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    _lock: File,
}

impl Folder {
    /// Takes a folder of `user` under `dir`. A second desk of the same user gets a folder of its own.
    ///
    /// # Errors
    /// When the folder cannot be made or too many desks run.
    pub fn take(dir: &Path, user: UserId) -> Result<Self, StoreError> {
        for slot in 1..=SLOTS {
            let path = slot_path(dir, user, slot);
            private(&dir.join("desk"))?;
            private(&path)?;
            if let Some(folder) = Self::lock(path)? {
                return Ok(folder);
            }
        }
        Err(StoreError::TooMany)
    }

    /// The other slots of this user that exist and that no desk holds; each is held for as long as its value lives.
    pub fn free(dir: &Path, user: UserId, own: &Self) -> impl Iterator<Item = Self> {
        (1..=SLOTS)
            .map(move |slot| slot_path(dir, user, slot))
            .filter(|path| *path != own.path && path.join("lock").exists())
            .filter_map(|path| Self::lock(path).ok().flatten())
    }

    /// Holds a folder, unless somebody else does.
    fn lock(path: PathBuf) -> Result<Option<Self>, StoreError> {
        let file = path.join("lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&file)
            .map_err(|e| io(&file, e))?;
        Ok(lock
            .try_lock()
            .is_ok()
            .then_some(Self { path, _lock: lock }))
    }

    /// The replica's file.
    #[must_use]
    pub fn replica(&self) -> PathBuf {
        self.path.join("replica.db")
    }

    /// The outbox's file.
    #[must_use]
    pub fn outbox(&self) -> PathBuf {
        self.path.join("outbox.db")
    }
}

fn slot_path(dir: &Path, user: UserId, slot: u32) -> PathBuf {
    let name = if slot == 1 {
        user.to_string()
    } else {
        format!("{user}.{slot}")
    };
    dir.join("desk").join(name)
}

fn io(path: &Path, source: std::io::Error) -> StoreError {
    StoreError::Io {
        path: path.to_owned(),
        source,
    }
}

/// Makes a folder that only its owner can enter.
fn private(path: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(path).map_err(|e| io(path, e))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(|e| io(path, e))?;
    }
    Ok(())
}

/// The name under which a token is remembered: never the token.
#[must_use]
pub fn fingerprint(token: &str) -> String {
    let hash = Sha256::digest(format!("balm seat {token}").as_bytes());
    hash.iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// The user that last used this token on this machine.
#[must_use]
pub fn known_user(dir: &Path, fingerprint: &str) -> Option<UserId> {
    let text = fs::read_to_string(dir.join("desk").join("seat").join(fingerprint)).ok()?;
    text.trim().parse().ok()
}

/// Remembers whose this token is.
///
/// # Errors
/// When the folder cannot be written.
pub fn remember_user(dir: &Path, fingerprint: &str, user: UserId) -> Result<(), StoreError> {
    let folder = dir.join("desk").join("seat");
    private(&dir.join("desk"))?;
    private(&folder)?;
    let path = folder.join(fingerprint);
    let fresh = folder.join(format!("{fingerprint}.new"));
    fs::write(&fresh, user.to_string()).map_err(|e| io(&fresh, e))?;
    fs::rename(&fresh, &path).map_err(|e| io(&path, e))
}

/// Opens the replica. Commits are not flushed one by one: what is lost is fetched again.
///
/// # Errors
/// When it cannot be opened, is damaged or newer.
pub fn open_replica(path: &Path) -> Result<Connection, StoreError> {
    let db = open(path, "NORMAL", REPLICA)?;
    db.pragma_update(None, "cache_size", -12_000)?;
    Ok(db)
}

/// A second connection to the replica, for reading.
///
/// # Errors
/// When it cannot be opened.
pub fn read_replica(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(std::time::Duration::from_secs(5))?;
    db.pragma_update(None, "cache_size", -4_000)?;
    Ok(db)
}

/// Opens the outbox: every commit is on the disk before it is believed.
///
/// # Errors
/// When it cannot be opened, is damaged (it is small: it is checked whole) or newer.
pub fn open_outbox(path: &Path) -> Result<Connection, StoreError> {
    let db = open(path, "FULL", OUTBOX)?;
    let verdict: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(db)
    } else {
        let error = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        Err(rusqlite::Error::SqliteFailure(error, Some(verdict)).into())
    }
}

fn open(path: &Path, synchronous: &str, steps: &[&str]) -> Result<Connection, StoreError> {
    let mut db = Connection::open(path)?;
    db.busy_timeout(std::time::Duration::from_secs(5))?;
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", synchronous)?;
    db.pragma_update(None, "mmap_size", 0)?;
    db.set_prepared_statement_cache_capacity(64);
    let found: usize = db
        .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
        .map(|v| usize::try_from(v).unwrap_or(usize::MAX))?;
    if found > steps.len() {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: steps.len(),
        });
    }
    for (at, step) in steps.iter().enumerate().skip(found) {
        let tx = db.transaction()?;
        tx.execute_batch(step)?;
        tx.pragma_update(
            None,
            "user_version",
            i64::try_from(at + 1).unwrap_or(i64::MAX),
        )?;
        tx.commit()?;
    }
    Ok(db)
}

/// Moves a damaged file and its journals out of the way and tells the new name.
///
/// # Errors
/// When the folder cannot be written.
pub fn set_aside(path: &Path, stamp: i64) -> Result<PathBuf, StoreError> {
    let aside = |suffix: &str| PathBuf::from(format!("{}.damaged-{stamp}{suffix}", path.display()));
    for suffix in ["-wal", "-shm"] {
        let from = PathBuf::from(format!("{}{suffix}", path.display()));
        if from.exists() {
            fs::rename(&from, aside(suffix)).map_err(|e| io(&from, e))?;
        }
    }
    fs::rename(path, aside("")).map_err(|e| io(path, e))?;
    Ok(aside(""))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_newer_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("outbox.db");
        open_outbox(&path)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let error = open_outbox(&path).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }));
        assert!(!error.damaged());
    }

    #[test]
    fn rubbish_is_damage_and_goes_aside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("replica.db");
        fs::write(&path, vec![7_u8; 8192]).unwrap();
        let error = open_replica(&path).unwrap_err();
        assert!(error.damaged(), "{error}");
        let name = set_aside(&path, 5).unwrap();
        assert!(name.exists() && !path.exists());
        open_replica(&path).unwrap();
    }

    #[test]
    fn a_second_desk_has_its_own_folder() {
        let dir = tempfile::tempdir().unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        let one = Folder::take(dir.path(), user).unwrap();
        let two = Folder::take(dir.path(), user).unwrap();
        assert_ne!(one.path, two.path);
        let path = one.path.clone();
        drop(one);
        assert_eq!(Folder::take(dir.path(), user).unwrap().path, path);
    }

    #[test]
    fn a_token_is_known_by_its_fingerprint_only() {
        let dir = tempfile::tempdir().unwrap();
        let user = UserId(uuid::Uuid::from_u128(7));
        remember_user(dir.path(), &fingerprint("secret"), user).unwrap();
        assert_eq!(known_user(dir.path(), &fingerprint("secret")), Some(user));
        assert_eq!(known_user(dir.path(), &fingerprint("other")), None);
        assert!(!fingerprint("secret").contains("secret"));
    }
}
