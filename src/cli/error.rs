//! Errors to people: what happened, what it means for their work, what to do; never a raw debug print.

use crate::text::locale::{Arg, Locale};

/// What went wrong, by its key in the locale files (`cli.ftl`): `key`, `key-why` and `key-do`.
#[derive(Debug)]
pub struct CliError {
    key: &'static str,
    args: Vec<(&'static str, String)>,
    code: u8,
    early: bool,
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
        let safe = crate::text::SafeText::clean_line(&value.to_string());
        self.args.push((name, safe.as_str().to_owned()));
        self
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
        let args: Vec<(&str, Arg<'_>)> =
            self.args.iter().map(|(n, v)| (*n, Arg::from(v))).collect();
        ["", "-why", "-do"]
            .iter()
            .map(|part| format!("{}{part}", self.key))
            .filter(|key| locale.has(key))
            .map(|key| locale.t_args(&key, &args))
            .collect()
    }
}

impl From<std::io::Error> for CliError {
    fn from(error: std::io::Error) -> Self {
        Self::new("cli-io").with("what", error)
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
            .with("what", error.source)
    }
}

impl From<crate::config::BadConfig> for CliError {
    fn from(error: crate::config::BadConfig) -> Self {
        Self::new("cli-config")
            .with("path", error.path.display())
            .with("what", error.what)
    }
}

impl From<crate::domain::policy::BadPolicy> for CliError {
    fn from(error: crate::domain::policy::BadPolicy) -> Self {
        Self::new("cli-content").with("what", error)
    }
}

impl From<crate::log::LogError> for CliError {
    fn from(error: crate::log::LogError) -> Self {
        use crate::log::LogError as E;
        match error {
            E::Full => Self::new("cli-disk_full").with("path", ""),
            E::ReadOnly => Self::new("cli-read_only")
                .with("path", "")
                .with("what", "read-only"),
            other => Self::new("cli-log").with("what", other),
        }
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
                .with("what", source),
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
        Self::new("cli-token").with("what", error)
    }
}

impl From<crate::client::ClientError> for CliError {
    fn from(error: crate::client::ClientError) -> Self {
        Self::new("cli-server").with("what", error)
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
