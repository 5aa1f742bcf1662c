//! The plain form of a text in which times are looked for, with the way back to the original bytes.

use std::ops::Range;

use crate::text::tokens::fold;

/// A text in half width, lower case and simplified characters.
pub(super) struct Plain {
    text: String,
    /// Per plain character: its byte offset, and the byte range of the original character.
    places: Vec<(usize, Range<usize>)>,
}

impl Plain {
    pub fn new(text: &str) -> Self {
        let mut out = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
        };
        for (at, c) in text.char_indices() {
            let from = at..at + c.len_utf8();
            match c {
                '\u{2018}' | '\u{2019}' => out.push('\'', &from),
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{301c}' => out.push('-', &from),
                // The one spelling of within that the table of simplified forms leaves as it is.
                '內' => out.push('内', &from),
                _ if c.is_ascii() => out.push(c.to_ascii_lowercase(), &from),
                _ if c.is_whitespace() => out.push(' ', &from),
                _ => {
                    for plain in fold(c.encode_utf8(&mut [0; 4])).chars() {
                        out.push(plain, &from);
                    }
                }
            }
        }
        out
    }

    fn push(&mut self, c: char, from: &Range<usize>) {
        self.places.push((self.text.len(), from.clone()));
        self.text.push(c);
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original range behind a range that is not empty.
    pub fn original(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.places.partition_point(|(at, _)| *at < range.start);
        let last = self.places.partition_point(|(at, _)| *at < range.end);
        let start = self.places.get(first).map_or(0, |(_, from)| from.start);
        let end = last
            .checked_sub(1)
            .and_then(|i| self.places.get(i))
            .map_or(start, |(_, from)| from.end);
        start..end.max(start)
    }
}
