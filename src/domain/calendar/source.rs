//! Where a line of a data file stands, and an error that says so.

use std::fmt;

/// The text of one data file and the name to show for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceText<'a> {
    /// Name of the file as errors show it.
    pub file: &'a str,
    /// Its whole text.
    pub text: &'a str,
}

impl SourceText<'_> {
    /// The line, counted from 1, on which this byte stands.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> usize {
        let end = byte.min(self.text.len());
        1 + self.text.as_bytes()[..end]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
    }

    /// An error about the byte at `at`.
    #[must_use]
    pub fn error(
        &self,
        at: usize,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> DataError {
        DataError {
            file: self.file.to_owned(),
            line: self.line_of(at),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    /// An error of the TOML reader about this text.
    #[must_use]
    pub fn toml_error(&self, error: &toml::de::Error) -> DataError {
        let at = error.span().map_or(0, |span| span.start);
        self.error(
            at,
            error.message().to_owned(),
            "compare the line with the shipped file of the same name",
        )
    }
}

/// The origin of one entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name of the file.
    pub file: String,
    /// Line of the entry, counted from 1.
    pub line: usize,
    /// The document the entry rests on, as the file names it.
    pub text: String,
}

/// What is wrong in a data file, on which line, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}; {}",
            self.file, self.line, self.what, self.remedy
        )
    }
}

impl std::error::Error for DataError {}
