//! Errors to people: what happened, what it means for their work, what to do; never a raw debug print.

use crate::text::locale::{Arg, Locale};

/// What went wrong, by its key in the locale files (`cli.ftl`): `key`, `key-why` and `key-do`.
#[derive(Debug)]
pub struct CliError {
    key: &'static str,
    args: Vec<(&'static str, Value)>,
    code: u8,
    early: bool,
}

/// A value that the words of an error name.
#[derive(Debug)]
enum Value {
    /// As it stands: a path, an address, a name.
    Plain(String),
    /// Words of the locale files, with their own values.
    Words(String, Vec<(&'static str, String)>),
}

fn safe(value: &dyn std::fmt::Display) -> String {
    crate::text::SafeText::clean_line(&value.to_string())
        .as_str()
        .to_owned()
}

impl CliError {
    /// An error with exit code 1.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
            code: 1,
            early: false,
        }
    }

    /// With a value that its words name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, Value::Plain(safe(&value))));
        self
    }

    /// With a value that is words of the locale files.
    #[must_use]
    pub fn with_words(mut self, name: &'static str, key: impl Into<String>) -> Self {
        self.args.push((name, Value::Words(key.into(), Vec::new())));
        self
    }

    /// With words of the locale files that name a value of their own.
    #[must_use]
    pub fn with_words_of(
        mut self,
        name: &'static str,
        key: &'static str,
        values: &[(&'static str, &dyn std::fmt::Display)],
    ) -> Self {
        let values = values.iter().map(|(n, v)| (*n, safe(v))).collect();
        self.args.push((name, Value::Words(key.to_owned(), values)));
        self
    }

    /// With what the system said, in the user's language as far as it is one of the usual things.
    #[must_use]
    pub fn with_cause(self, error: &std::io::Error) -> Self {
        match os_words(error.kind()) {
            Some(key) => self.with_words("what", key),
            None => self.with("what", error),
        }
    }

    /// What went wrong with this file or folder: a full disk and a place that cannot be written have their own words.
    #[must_use]
    pub fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        let key = match error.kind() {
            E::StorageFull | E::QuotaExceeded | E::FileTooLarge => "cli-disk_full",
            E::ReadOnlyFilesystem => "cli-read_only",
            E::NotFound => return Self::new("cli-not_found").with("what", path.display()),
            E::AlreadyExists => return Self::new("cli-exists").with("path", path.display()),
            _ => "cli-file",
        };
        Self::new(key)
            .with("path", path.display())
            .with_cause(error)
    }

    /// What went wrong with the log in this file.
    #[must_use]
    pub fn log(path: &std::path::Path, error: crate::log::LogError) -> Self {
        use crate::log::LogError as E;
        let (key, what) = match error {
            E::Full => ("cli-disk_full", String::new()),
            E::ReadOnly => ("cli-read_only", String::new()),
            E::Newer { found, known } => {
                return Self::new("cli-newer")
                    .with("path", path.display())
                    .with("found", found)
                    .with("known", known);
            }
            E::Corrupt(what) => ("cli-damaged", what),
            other => ("cli-log", other.to_string()),
        };
        let error = Self::new(key).with("path", path.display());
        if key == "cli-read_only" {
            error.with_words("what", "cli-os-read_only")
        } else {
            error.with("what", what)
        }
    }

    /// With another exit code.
    #[must_use]
    pub const fn code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }

    /// Marks an error from before the settings were read.
    #[must_use]
    pub const fn at_start(mut self) -> Self {
        self.early = true;
        self
    }

    /// Whether it comes from before the settings were read.
    #[must_use]
    pub const fn early(&self) -> bool {
        self.early
    }

    /// The exit code.
    #[must_use]
    pub const fn exit(&self) -> u8 {
        self.code
    }

    /// The key of its words.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The three sentences.
    #[must_use]
    pub fn words(&self, locale: &Locale) -> Vec<String> {
        let said = |value: &Value| match value {
            Value::Plain(text) => text.clone(),
            Value::Words(key, values) => {
                let values: Vec<_> = values.iter().map(|(n, v)| (*n, Arg::from(v))).collect();
                locale.t_args(key, &values)
            }
        };
        let args: Vec<(&str, Arg<'_>)> = self
            .args
            .iter()
            .map(|(name, value)| (*name, Arg::from(said(value))))
            .collect();
        ["", "-why", "-do"]
            .iter()
            .map(|part| format!("{}{part}", self.key))
            .filter(|key| locale.has(key))
            .map(|key| locale.t_args(&key, &args))
            .collect()
    }
}

/// The words for the usual things that go wrong with files and addresses.
const fn os_words(kind: std::io::ErrorKind) -> Option<&'static str> {
    use std::io::ErrorKind as E;
    Some(match kind {
        E::NotFound => "cli-os-not_found",
        E::PermissionDenied => "cli-os-denied",
        E::IsADirectory => "cli-os-is_folder",
        E::NotADirectory => "cli-os-no_folder",
        E::AlreadyExists => "cli-os-exists",
        E::InvalidData | E::InvalidInput => "cli-os-rubbish",
        E::UnexpectedEof => "cli-os-cut",
        E::ReadOnlyFilesystem => "cli-os-read_only",
        E::StorageFull | E::QuotaExceeded | E::FileTooLarge => "cli-os-full",
        E::AddrInUse => "cli-os-in_use",
        E::AddrNotAvailable => "cli-os-no_address",
        _ => return None,
    })
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        match error.kind() {
            E::StorageFull | E::QuotaExceeded | E::FileTooLarge => {
                Self::new("cli-disk_full").with_words("path", "cli-here")
            }
            _ => Self::new("cli-io").with_cause(&error),
        }
    }
}

impl From<crate::config::FolderError> for CliError {
    fn from(error: crate::config::FolderError) -> Self {
        use std::io::ErrorKind;
        let key = match error.source.kind() {
            ErrorKind::StorageFull => "cli-disk_full",
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => "cli-read_only",
            _ => "cli-folder",
        };
        Self::new(key)
            .with("path", error.path.display())
            .with_cause(&error.source)
    }
}

impl From<crate::config::BadConfig> for CliError {
    fn from(error: crate::config::BadConfig) -> Self {
        use crate::config::Flaw;
        let config = Self::new("cli-config").with("path", error.path.display());
        match &error.flaw {
            Flaw::Unreadable(source) => config.with_cause(source),
            Flaw::Unknown { line, name, known } => config.with_words_of(
                "what",
                "cli-config-unknown",
                &[("line", line), ("name", name), ("known", known)],
            ),
            Flaw::Line { line, what } => {
                config.with_words_of("what", "cli-line", &[("line", line), ("what", what)])
            }
        }
    }
}

impl From<crate::domain::policy::BadPolicy> for CliError {
    fn from(error: crate::domain::policy::BadPolicy) -> Self {
        Self::new("cli-content").with("what", error)
    }
}

impl From<crate::log::LogError> for CliError {
    fn from(error: crate::log::LogError) -> Self {
        Self::log(std::path::Path::new("log.db"), error)
    }
}

impl From<crate::log::CommitError> for CliError {
    fn from(error: crate::log::CommitError) -> Self {
        match error {
            crate::log::CommitError::Log(error) => error.into(),
            other => Self::new("cli-log").with("what", other),
        }
    }
}

impl From<crate::demo::BadDemo> for CliError {
    fn from(error: crate::demo::BadDemo) -> Self {
        Self::new("cli-content").with("what", error)
    }
}

impl From<crate::server::StartError> for CliError {
    fn from(error: crate::server::StartError) -> Self {
        use crate::server::StartError as E;
        match error {
            E::Exposed(addr) => Self::new("cli-not_loopback").with("addr", addr),
            E::Listen { addr, source } => Self::new("cli-listen")
                .with("addr", addr)
                .with_cause(&source),
            E::Log(error) => error.into(),
        }
    }
}

impl From<crate::server::Fault> for CliError {
    fn from(error: crate::server::Fault) -> Self {
        Self::new("cli-refused").with("what", error)
    }
}

impl From<crate::client::BadClient> for CliError {
    fn from(error: crate::client::BadClient) -> Self {
        use crate::client::BadClient as E;
        match error {
            E::TokenFile { path, source } => Self::new("cli-token_file")
                .with("path", path)
                .with_cause(&source),
            E::NoToken(path) => Self::new("cli-token_empty").with("path", path),
            E::Address(address) => Self::new("cli-address").with("addr", address),
            other => Self::new("cli-server").with("what", other),
        }
    }
}

impl From<crate::client::ClientError> for CliError {
    fn from(error: crate::client::ClientError) -> Self {
        use crate::client::ClientError as E;
        match error {
            E::Retry(what) => Self::new("cli-server").with("what", what),
            E::Auth => Self::new("cli-token"),
            E::Full => Self::new("cli-disk_full").with_words("path", "cli-log_there"),
            other => Self::new("cli-refused").with("what", other),
        }
    }
}

impl From<crate::sync::OpenError> for CliError {
    fn from(error: crate::sync::OpenError) -> Self {
        match error {
            crate::sync::OpenError::Client(error) => error.into(),
            crate::sync::OpenError::Thread(error) => error.into(),
        }
    }
}
