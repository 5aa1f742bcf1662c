//! `SafeText`: the only text that may be drawn, logged, exported or put into a title.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use unicode_normalization::char::is_combining_mark;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::RawText;
use super::scrub::scrub;

/// The most characters one `SafeText` holds, marker included. A longer text ends in ` [+N]`, where `N` counts the
/// characters left out. 20,000 characters are about ten screens of 200 columns by 50 rows.
pub const MAX_CHARS: usize = 20_000;

/// Text that a terminal shows as it is and that cannot steer it.
///
/// What holds for every value: no control character but `'\n'`; no escape sequence; no bidi control, no invisible
/// filler, no private-use character; at most four combining marks on a base; at most [`MAX_CHARS`] characters.
/// Cleaning is idempotent. Clones share the text.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafeText(Arc<str>);

impl SafeText {
    /// Cleans what an outsider wrote.
    #[must_use]
    pub fn clean(raw: &RawText) -> Self {
        Self::clean_str(raw.expose())
    }

    /// Cleans any text that is not a literal of the program.
    #[must_use]
    pub fn clean_str(text: &str) -> Self {
        Self(Arc::from(scrub(text, MAX_CHARS)))
    }

    /// Cleans for a place of one line (a list row, a title): every run of line breaks becomes one blank, and the
    /// ends are trimmed.
    #[must_use]
    pub fn clean_line(text: &str) -> Self {
        Self::clean_str(text).to_line()
    }

    /// A literal of the program. It is cleaned too, so that the promise of the type never rests on a reviewer.
    #[must_use]
    pub fn trusted(text: &'static str) -> Self {
        Self::clean_str(text)
    }

    /// The text as one line; see [`SafeText::clean_line`].
    #[must_use]
    pub fn to_line(&self) -> Self {
        if !self.0.contains('\n') && self.0.trim_matches(' ').len() == self.0.len() {
            return self.clone();
        }
        let mut out = String::with_capacity(self.0.len());
        for part in self
            .0
            .split('\n')
            // A mark whose blank is trimmed away has nothing to stand on.
            .map(|part| {
                part.trim_end()
                    .trim_start_matches(|c: char| c.is_whitespace() || is_combining_mark(c))
            })
            .filter(|part| !part.is_empty())
        {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
        }
        // Joining lines brings characters together that were apart; cleaning again keeps the promise.
        Self::clean_str(&out)
    }

    /// Several texts as one, with `separator` between them, cleaned as a whole (so the length cap holds).
    #[must_use]
    pub fn join<'a>(parts: impl IntoIterator<Item = &'a Self>, separator: &'static str) -> Self {
        let mut out = String::new();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                out.push_str(separator);
            }
            out.push_str(part);
        }
        Self::clean_str(&out)
    }

    /// The text as a string slice.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for SafeText {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for SafeText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for SafeText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl PartialEq<str> for SafeText {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for SafeText {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl From<&RawText> for SafeText {
    fn from(raw: &RawText) -> Self {
        Self::clean(raw)
    }
}

impl Serialize for SafeText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SafeText {
    /// Cleans what it reads: a file cannot make an unsafe `SafeText`.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::clean_str(&String::deserialize(deserializer)?))
    }
}

#[cfg(test)]
mod tests;
