//! Cursors: opaque to whoever holds them, they name the log and a place in it.

use super::problem::{Code, Fault};
use crate::log::Log;

/// A place in the feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// The log's name.
    pub log: String,
    /// Everything up to this position was read.
    pub position: u64,
}

impl Cursor {
    /// As it travels: the log's name, a hyphen, the position in hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}-{:x}", self.log, self.position)
    }

    fn parse(text: &str) -> Option<Self> {
        let (log, position) = text.split_once('-')?;
        let lower_hex = |t: &str| {
            t.bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        let fits = log.len() == 32 && (1..=15).contains(&position.len());
        if !fits || !lower_hex(log) || !lower_hex(position) {
            return None;
        }
        Some(Self {
            log: log.to_owned(),
            position: u64::from_str_radix(position, 16).ok()?,
        })
    }
}

/// The position a cursor names in this log; the beginning if there is none.
///
/// # Errors
/// `bad_request` for what was never a cursor, `cursor_gone` for one of another log or from a future this log has not seen.
pub(super) fn position(text: Option<&str>, log: &dyn Log) -> Result<u64, Fault> {
    let Some(text) = text else { return Ok(0) };
    let cursor = Cursor::parse(text)
        .ok_or_else(|| Fault::new(Code::BadRequest, "this was never a cursor"))?;
    if cursor.log != log.id() {
        return Err(Fault::new(Code::Gone, "the cursor is of another log"));
    }
    if cursor.position > *log.watch().borrow() {
        return Err(Fault::new(Code::Gone, "the cursor is ahead of this log"));
    }
    Ok(cursor.position)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::Cursor;

    #[test]
    fn only_what_was_written_is_read() {
        let cursor = Cursor {
            log: "0123456789abcdef0123456789abcdef".to_owned(),
            position: 4711,
        };
        assert_eq!(Cursor::parse(&cursor.text()).unwrap(), cursor);
        for bad in [
            "",
            "-",
            "0-1",
            "0123456789abcdef0123456789abcdef-",
            "0123456789ABCDEF0123456789abcdef-1",
            "0123456789abcdef0123456789abcdef-+1",
            "0123456789abcdef0123456789abcdef-ffffffffffffffffff",
        ] {
            assert_eq!(Cursor::parse(bad), None, "{bad}");
        }
    }
}
