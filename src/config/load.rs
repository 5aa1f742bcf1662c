//! `config.toml` of one desk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Settings of one desk; everything has a default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Language of words, `zh-CN` or `en`; empty: the system's.
    pub lang: String,
    /// Whether balm takes the mouse.
    pub mouse: bool,
    /// Minutes without a key after which the screen is hidden; 0: never.
    pub lock_minutes: u16,
    /// The data folder; empty: the system's place.
    pub data: PathBuf,
    /// The server to work with; empty: an own one.
    pub server: String,
    /// The file with the token for that server.
    pub token_file: PathBuf,
    /// The language model that may say simulated customers' lines in other words; off without an address.
    pub language_model: LanguageModel,
}

/// An endpoint in the manner of OpenAI's chat completions, for training only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LanguageModel {
    /// The address below which `chat/completions` lies, `https://host/v1`; empty: none is asked.
    pub url: String,
    /// The model's name there.
    pub model: String,
    /// The file with the token for it; empty: none is needed.
    pub token_file: PathBuf,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            lang: String::new(),
            mouse: true,
            lock_minutes: 10,
            data: PathBuf::new(),
            server: String::new(),
            token_file: PathBuf::new(),
            language_model: LanguageModel::default(),
        }
    }
}

/// A settings file that cannot be used: file, line and what is wrong in it.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {flaw}")]
pub struct BadConfig {
    /// The file.
    pub path: PathBuf,
    /// What is wrong in it.
    pub flaw: Flaw,
}

/// What is wrong in a settings file. Lines count from 1.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(io::Error),
    /// A setting that does not exist.
    #[error("line {line}: there is no setting {name} (there are {known})")]
    Unknown {
        /// Where.
        line: usize,
        /// What it is called.
        name: String,
        /// What there is.
        known: String,
    },
    /// Anything else.
    #[error("line {line}: {what}")]
    Line {
        /// Where.
        line: usize,
        /// What the TOML reader says.
        what: String,
    },
}

/// Reads settings from text.
///
/// # Errors
/// When the text is no TOML or names a setting that does not exist.
pub fn parse(path: &Path, text: &str) -> Result<Config, BadConfig> {
    toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(1, |s| {
            text[..s.start.min(text.len())].matches('\n').count() + 1
        });
        BadConfig {
            path: path.to_path_buf(),
            flaw: flaw(line, e.message()),
        }
    })
}

/// The reader tells an unknown setting in one fixed form, which is taken apart so that it can be said in any language.
fn flaw(line: usize, message: &str) -> Flaw {
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| {
        let (name, known) = rest.split_once('`')?;
        let known = known.strip_prefix(", expected one of ")?;
        Some((name.to_owned(), known.replace('`', "")))
    });
    match unknown {
        Some((name, known)) => Flaw::Unknown { line, name, known },
        None => Flaw::Line {
            line,
            what: message.to_owned(),
        },
    }
}

/// Reads settings from a file; a file that is not there means the defaults.
///
/// # Errors
/// When the file is there and cannot be read or used.
pub fn load(path: &Path) -> Result<Config, BadConfig> {
    match fs::read_to_string(path) {
        Ok(text) => parse(path, &text),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
        Err(e) => Err(BadConfig {
            path: path.to_path_buf(),
            flaw: Flaw::Unreadable(e),
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_wrong_setting_is_named_with_its_line() {
        let path = Path::new("config.toml");
        assert_eq!(parse(path, "").unwrap(), Config::default());
        let error = parse(path, "lang = \"en\"\nmouze = true\n")
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("line 2") && error.contains("mouze"),
            "{error}"
        );
        let error = parse(path, "lang = \n").unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }
}
