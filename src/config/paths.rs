//! Folders. What holds customers' words is readable by its owner only.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

fn strategy() -> Option<impl AppStrategy> {
    let args = AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: "balm".to_owned(),
    };
    choose_app_strategy(args).ok()
}

/// The system's place for data of programs, or `./balm-data` where there is no home.
#[must_use]
pub fn default_data_dir() -> PathBuf {
    strategy().map_or_else(|| PathBuf::from("balm-data"), |s| s.data_dir())
}

/// The system's place for settings of programs, if there is a home.
#[must_use]
pub fn config_dir() -> Option<PathBuf> {
    strategy().map(|s| s.config_dir())
}

/// A data folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct FolderError {
    /// Which folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// A data folder that is there, can be written and is readable by its owner only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder's path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// Makes the folder if need be, narrows it to its owner (0700) and checks that it can be written.
///
/// # Errors
/// When it cannot be made, narrowed or written.
pub fn prepare(path: &Path) -> Result<Folder, FolderError> {
    let fail = |source| FolderError {
        path: path.to_path_buf(),
        source,
    };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(fail)?;
    let mode = fs::metadata(path).map_err(fail)?.permissions().mode();
    if mode & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(fail)?;
    }
    let probe = path.join(".writable");
    fs::write(&probe, b"").map_err(fail)?;
    match fs::remove_file(&probe) {
        // Another program that starts at the same time has taken it away: it was written all the same.
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        other => other.map_err(fail)?,
    }
    Ok(Folder(path.to_path_buf()))
}
