//! The file being imported: plain or gzipped, its progress, its rejects, and how far an earlier try came.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use crate::cli::error::CliError;
use crate::text::SafeText;

/// The longest line that is read, in bytes.
const MAX_LINE: usize = 32 * 1024 * 1024;

/// Lines of a file or of standard input.
pub(super) struct Source {
    lines: Box<dyn BufRead>,
    read: Arc<AtomicU64>,
    size: Option<u64>,
}

/// Counts what is read of the file itself, so that progress is true for gzipped files too.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Source {
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        let read = Arc::new(AtomicU64::new(0));
        let (inner, size): (Box<dyn Read>, _) = if path.as_os_str() == "-" {
            (Box::new(io::stdin()), None)
        } else {
            let file = File::open(path).map_err(|e| CliError::file(path, &e))?;
            let about = file.metadata().map_err(|e| CliError::file(path, &e))?;
            if about.is_dir() {
                let folder = io::Error::from(io::ErrorKind::IsADirectory);
                return Err(CliError::file(path, &folder));
            }
            let size = about.len();
            (Box::new(file), Some(size))
        };
        let mut plain = BufReader::new(Counted {
            inner,
            read: Arc::clone(&read),
        });
        let gzipped = plain.fill_buf()?.starts_with(&[0x1f, 0x8b]);
        let lines: Box<dyn BufRead> = if gzipped {
            Box::new(BufReader::new(MultiGzDecoder::new(plain)))
        } else {
            Box::new(plain)
        };
        Ok(Self { lines, read, size })
    }

    /// The next line; what is wrong with it, if it is no text or too long.
    ///
    /// # Errors
    /// When the stream breaks off or its packing is damaged.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Result<String, String>>> {
        let mut bytes = Vec::new();
        let n = self
            .lines
            .by_ref()
            .take(MAX_LINE as u64 + 1)
            .read_until(b'\n', &mut bytes)?;
        if n == 0 {
            return Ok(None);
        }
        if n > MAX_LINE {
            if bytes.last() != Some(&b'\n') {
                self.skip_line()?;
            }
            return Ok(Some(Err(format!(
                "the line is longer than {MAX_LINE} bytes"
            ))));
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        }
        Ok(Some(String::from_utf8(bytes).map_err(|e| {
            format!("no UTF-8 at byte {}", e.utf8_error().valid_up_to())
        })))
    }

    /// Passes over the rest of a line without keeping it: it may be as long as the disk.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let seen = self.lines.fill_buf()?;
            let end = seen.iter().position(|b| *b == b'\n');
            let (n, last) = (end.map_or(seen.len(), |e| e + 1), end.is_some());
            self.lines.consume(n);
            if last || n == 0 {
                return Ok(());
            }
        }
    }

    /// How many lines there will have been, from the bytes read so far; nothing for standard input.
    pub(super) fn estimate(&self, lines: u64, skipped: u64) -> Option<u64> {
        let read = self.read.load(Ordering::Relaxed).max(1);
        Some(self.size?.saturating_mul(lines + skipped) / read)
            .map(|all| all.saturating_sub(skipped))
    }
}

/// Lines that were not taken, with their numbers and reasons, in a file beside the imported one.
pub(super) struct Rejects {
    path: PathBuf,
    /// Where it goes when the imported file's own folder cannot be written.
    instead: PathBuf,
    append: bool,
    out: Option<BufWriter<File>>,
}

impl Rejects {
    pub(super) fn beside(file: &Path, dir: &Path, append: bool) -> Self {
        let name = match file.file_name() {
            Some(name) if file.as_os_str() != "-" => name.to_string_lossy().into_owned(),
            _ => "stdin".to_owned(),
        };
        let beside = file
            .parent()
            .filter(|_| file.as_os_str() != "-")
            .unwrap_or(dir);
        Self {
            path: beside.join(format!("{name}.rejects.jsonl")),
            instead: dir.join(format!("{name}.rejects.jsonl")),
            append,
            out: None,
        }
    }

    /// Keeps a line with its number and reason; the line stands as it came, as a JSON string.
    pub(super) fn add(&mut self, line: u64, what: &str, text: &str) -> Result<(), CliError> {
        if self.out.is_none() {
            let mut options = fs::OpenOptions::new();
            // Rejected lines hold customers' words: for their owner only.
            options
                .create(true)
                .write(true)
                .append(self.append)
                .truncate(!self.append)
                .mode(0o600);
            let file = options.open(&self.path).or_else(|_| {
                self.path.clone_from(&self.instead);
                options.open(&self.path)
            });
            let file = file.map_err(|e| CliError::file(&self.path, &e))?;
            self.out = Some(BufWriter::new(file));
        }
        let reason = SafeText::clean_line(what);
        let record = serde_json::json!({ "line": line, "reason": reason.as_str(), "text": text });
        if let Some(out) = &mut self.out {
            writeln!(out, "{record}")?;
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> Result<(), CliError> {
        if let Some(out) = &mut self.out {
            out.flush()?;
        }
        Ok(())
    }

    /// The file, if there were any.
    pub(super) fn finish(mut self) -> Result<Option<PathBuf>, CliError> {
        self.flush()?;
        Ok(self.out.is_some().then_some(self.path))
    }
}

/// How far an earlier try came, kept in the data folder until the import is done.
pub(super) struct State {
    path: Option<PathBuf>,
    line: u64,
}

impl State {
    pub(super) fn of(file: &Path, dir: &Path) -> Result<Self, CliError> {
        if file.as_os_str() == "-" {
            return Ok(Self {
                path: None,
                line: 0,
            });
        }
        let place = fs::canonicalize(file)?;
        let about = fs::metadata(file)?;
        // A file that was mended since is read from its beginning.
        let changed = (about.mtime(), about.mtime_nsec());
        let key =
            Sha256::digest(format!("{}\n{}\n{changed:?}", place.display(), about.len()).as_bytes());
        let name: String = key.iter().take(8).map(|b| format!("{b:02x}")).collect();
        let path = dir.join(format!("import-{name}.state"));
        let line = fs::read_to_string(&path)
            .ok()
            .and_then(|t| t.trim().parse().ok())
            .unwrap_or(0);
        Ok(Self {
            path: Some(path),
            line,
        })
    }

    /// The last line that is done.
    pub(super) const fn line(&self) -> u64 {
        self.line
    }

    pub(super) fn reached(&mut self, line: u64) -> Result<(), CliError> {
        self.line = line;
        if let Some(path) = &self.path {
            fs::write(path, line.to_string())?;
        }
        Ok(())
    }

    pub(super) fn done(&mut self) -> Result<(), CliError> {
        if let Some(path) = self.path.take()
            && path.exists()
        {
            fs::remove_file(path)?;
        }
        Ok(())
    }
}
