//! Files of the office: written beside and renamed, synced, private. A file that cannot be read as what it should be is set aside
//! under another name and told; nothing else is lost by it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The most bytes of a file that are read: nobody's run is that long.
const LARGEST: u64 = 16 << 20;

/// The folder of a training and what was damaged in it.
#[derive(Debug)]
pub(super) struct Store {
    home: PathBuf,
    aside: Vec<PathBuf>,
}

impl Store {
    /// Makes the folder when it is not there.
    pub(super) fn open(home: &Path) -> io::Result<Self> {
        private_dir(home)?;
        Ok(Self {
            home: home.to_owned(),
            aside: Vec::new(),
        })
    }

    /// Files that were damaged and set aside since it was opened, by their new names.
    pub(super) fn aside(&self) -> &[PathBuf] {
        &self.aside
    }

    /// The folder of everybody.
    pub(super) fn people(&self) -> PathBuf {
        self.home.join("people")
    }

    /// Somebody's profile.
    pub(super) fn profile(&self, login: &str) -> PathBuf {
        self.people().join(folder(login)).join("profile.json")
    }

    /// Somebody's runs.
    pub(super) fn runs(&self, login: &str) -> PathBuf {
        self.people().join(folder(login)).join("runs")
    }

    /// How hard scenarios are.
    pub(super) fn scenarios(&self) -> PathBuf {
        self.home.join("scenarios.json")
    }

    /// What holds for the whole class.
    pub(super) fn class(&self) -> PathBuf {
        self.home.join("class.json")
    }

    /// The pairs.
    pub(super) fn pairs(&self) -> PathBuf {
        self.home.join("pairs")
    }

    /// The results of a day.
    pub(super) fn results(&self, date: &str) -> PathBuf {
        self.home.join("results").join(date)
    }

    /// What a file holds; nothing when it is not there, or was damaged and is now set aside.
    ///
    /// # Errors
    /// When it is there and cannot be read or set aside.
    pub(super) fn read<T: DeserializeOwned>(&mut self, path: &Path) -> io::Result<Option<T>> {
        let length = match fs::metadata(path) {
            Ok(meta) => meta.len(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(e),
        };
        let read = if length > LARGEST {
            Err("it is too large".to_owned())
        } else {
            serde_json::from_slice(&fs::read(path)?).map_err(|e| e.to_string())
        };
        match read {
            Ok(value) => Ok(Some(value)),
            Err(what) => {
                self.set_aside(path, &what)?;
                Ok(None)
            }
        }
    }

    fn set_aside(&mut self, path: &Path, what: &str) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let free = (1..1_000)
            .map(|n| path.with_file_name(format!("{name}.damaged-{n}")))
            .find(|p| !p.exists());
        let to = free.ok_or_else(|| io::Error::other("too many damaged files"))?;
        fs::rename(path, &to)?;
        tracing::warn!(file = %path.display(), aside = %to.display(), what, "a file of the training is damaged and was set aside");
        self.aside.push(to);
        Ok(())
    }

    /// The JSON files of a folder, in the order of their names.
    pub(super) fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut out = entries(folder)?;
        out.retain(|p| p.extension().is_some_and(|e| e == "json"));
        Ok(out)
    }

    /// The folders in a folder, in the order of their names.
    pub(super) fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut out = entries(folder)?;
        out.retain(|p| p.is_dir());
        Ok(out)
    }
}

/// Writes a value as JSON.
pub(super) fn write_json<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    let bytes = serde_json::to_vec_pretty(value).map_err(io::Error::other)?;
    write(path, &bytes)
}

/// Writes a file beside the old one and puts it in its place: after a crash there is the old one or the new one, never a half.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    private_dir(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!("{name}.new"));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    fs::File::open(folder)?.sync_all()
}

/// The name of the folder of a login: letters, digits and Han as they are, anything else by its number, so that two logins never
/// share a folder and no login leaves it.
pub(super) fn folder(login: &str) -> String {
    let mut out = String::with_capacity(login.len());
    for c in login.chars() {
        let plain = c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        // Han stand as they are: a trainer looks for a page by its name.
        if plain || ('\u{4e00}'..='\u{9fff}').contains(&c) {
            out.push(c);
        } else {
            // Capitals, too: some file systems do not tell them from small letters.
            out.push_str(&format!("%{:x}.", u32::from(c)));
        }
    }
    if out.is_empty() { "%".to_owned() } else { out }
}

/// The login of a folder's name; nothing when no login has such a folder.
pub(super) fn login_of(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..)?;
        if c != '%' {
            out.push(c);
            continue;
        }
        let (number, behind) = rest.split_once('.')?;
        out.push(char::from_u32(u32::from_str_radix(number, 16).ok()?)?);
        rest = behind;
    }
    (folder(&out) == name).then_some(out)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let found = match fs::read_dir(folder) {
        Ok(found) => found,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let mut out = Vec::new();
    for entry in found {
        out.push(entry?.path());
    }
    out.sort();
    Ok(out)
}

fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
