//! `RawText`: what a customer, a file or a foreign system wrote, kept as it came.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Untrusted text exactly as it arrived: valid UTF-8 and nothing more is promised. It may hold NUL, escape
/// sequences, bidi overrides and a megabyte in one line.
///
/// The type has no `Display`, and its `Debug` prints only the length, so that it cannot reach a screen, a log or
/// an error message by accident. Everything that is shown goes through [`super::SafeText`].
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawText(String);

impl RawText {
    /// Keeps `text` unchanged.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Length in bytes of UTF-8.
    #[must_use]
    pub fn len_bytes(&self) -> usize {
        self.0.len()
    }

    /// The text itself, for storage, the wire and `export --raw` only. Never for drawing, logging or titles.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether nothing but white space would be seen: no text, or only blanks and controls.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.chars().all(|c| c.is_whitespace() || c.is_control())
    }
}

impl fmt::Debug for RawText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RawText({} bytes)", self.0.len())
    }
}

impl From<String> for RawText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for RawText {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn keeps_every_byte_through_json() {
        let raw = RawText::new("a\0\x1b[31m\u{202e}退款\r\n");
        let json = serde_json::to_string(&raw).unwrap();
        assert_eq!(serde_json::from_str::<RawText>(&json).unwrap(), raw);
        assert!(json.starts_with('"'), "transparent: {json}");
    }

    #[test]
    fn debug_tells_the_length_only() {
        assert_eq!(format!("{:?}", RawText::new("退款")), "RawText(6 bytes)");
    }

    #[test]
    fn blank_means_nothing_to_see() {
        for (text, blank) in [
            ("", true),
            (" \u{3000}\n\t", true),
            ("\0\x1b", true),
            (" a", false),
            ("。", false),
        ] {
            assert_eq!(RawText::new(text).is_blank(), blank, "{text:?}");
        }
    }
}
