//! A field of one line: text, caret, editing by grapheme.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::caret::caret_in;

use super::event::{Code, Key};

/// Most bytes a one-line field takes.
const MOST: usize = 500;

/// A one-line field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    text: String,
    caret: usize,
}

impl Line {
    /// A field that holds `text`, the caret at its end.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The caret, in bytes.
    #[must_use]
    pub const fn caret(&self) -> usize {
        self.caret
    }

    /// The caret, in columns from the beginning of the text.
    #[must_use]
    pub fn caret_col(&self) -> usize {
        caret_in(&self.text, self.caret)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts text in at the caret; line breaks become blanks, controls are dropped.
    pub fn insert(&mut self, text: &str) {
        let clean: String = super::composer::clean(text).replace(['\n', '\t'], " ");
        let room = MOST.saturating_sub(self.text.len());
        let mut fits = 0;
        for (at, g) in clean.grapheme_indices(true) {
            if at + g.len() > room {
                break;
            }
            fits = at + g.len();
        }
        self.text.insert_str(self.caret, &clean[..fits]);
        self.caret += fits;
    }

    /// Takes an editing key; tells whether it was one.
    pub fn key(&mut self, key: Key) -> bool {
        if key.mods.alt {
            return false;
        }
        match key.code {
            Code::Char(c) if !key.mods.ctrl => {
                let mut buffer = [0; 4];
                self.insert(c.encode_utf8(&mut buffer));
            }
            Code::Char('u') if key.mods.ctrl => {
                self.text.drain(..self.caret);
                self.caret = 0;
            }
            Code::Backspace => {
                let from = self.before();
                self.text.drain(from..self.caret);
                self.caret = from;
            }
            Code::Delete => {
                let to = self.after();
                self.text.drain(self.caret..to);
            }
            Code::Left => self.caret = self.before(),
            Code::Right => self.caret = self.after(),
            Code::Home => self.caret = 0,
            Code::End => self.caret = self.text.len(),
            _ => return false,
        }
        true
    }

    fn before(&self) -> usize {
        self.text[..self.caret]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.text[self.caret..]
            .graphemes(true)
            .next()
            .map_or(self.caret, |g| self.caret + g.len())
    }
}
