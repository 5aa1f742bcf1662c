//! The one place that prints: results on standard output, progress and errors on standard error. The console itself never
//! comes here.

use std::io::{self, IsTerminal, Write};

use super::error::CliError;
use crate::text::locale::Locale;

/// A line of a result.
///
/// # Errors
/// When standard output is closed.
pub fn line(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

/// A remark for the person at the keyboard, not part of the result.
pub fn remark(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// An error, in the user's language.
pub fn error(error: &CliError, locale: &Locale) {
    let mut err = io::stderr().lock();
    for (i, sentence) in error.words(locale).iter().enumerate() {
        let lead = if i == 0 { "balm: " } else { "      " };
        let _ = writeln!(err, "{lead}{sentence}");
    }
}

/// Progress of long work: one line that is rewritten on a terminal, a line every ten seconds elsewhere.
#[derive(Debug)]
pub struct Progress {
    terminal: bool,
    last: Option<std::time::Instant>,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            terminal: io::stderr().is_terminal(),
            last: None,
        }
    }
}

impl Progress {
    /// Shows how far the work is, if it is time to.
    pub fn show(&mut self, text: &str) {
        let now = crate::task::instant();
        let pause = if self.terminal { 0.2 } else { 10.0 };
        if self
            .last
            .is_some_and(|l| now.duration_since(l).as_secs_f64() < pause)
        {
            return;
        }
        self.last = Some(now);
        let mut err = io::stderr().lock();
        let _ = if self.terminal {
            write!(err, "\r\x1b[K{text}")
        } else {
            writeln!(err, "{text}")
        };
        let _ = err.flush();
    }

    /// Ends the line.
    pub fn done(&mut self) {
        if self.terminal && self.last.is_some() {
            let _ = writeln!(io::stderr().lock());
        }
    }
}
