//! The box an agent writes in.
//!
//! `ratatui-textarea` is the edit model (lines, one history for undo); what is on the screen is ours: rows by
//! `text::wrap`, the caret by grapheme (the widget counts characters and breaks no line by Chinese rules, so its own
//! painting would put the input method's window beside the caret). Enter is a new line here and never sends.

use std::ops::Range;

use ratatui_textarea::{CursorMove, DataCursor, TextArea};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::caret::{byte_among, caret_among};
use crate::text::wrap;

use super::event::{Code, Key};

/// Most characters a box takes: half of what a reply may hold, and below what the edit model can address in one line.
pub const MOST: usize = 50_000;

/// What a key did to the box.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Done {
    /// The words changed.
    Changed,
    /// Only the caret moved.
    Moved,
    /// It would have grown over its limit; nothing changed.
    Full,
    /// It was no key for the box.
    Ignored,
}

/// The box.
#[derive(Clone, Debug)]
pub struct Composer {
    area: TextArea<'static>,
    text: String,
    caret: usize,
    rows: Vec<Range<usize>>,
    cols: usize,
    height: usize,
    top: usize,
    /// The column that moving up and down keeps to.
    goal: Option<usize>,
}

impl Default for Composer {
    fn default() -> Self {
        Self::of("", 0)
    }
}

impl PartialEq for Composer {
    /// Two boxes are equal when an agent could not tell them apart; histories are not compared.
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.caret, self.top, self.cols)
            == (&other.text, other.caret, other.top, other.cols)
    }
}

/// Text as it may enter a box: one kind of line break, no other control, no bidi control, tabs as blanks.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            '\t' => out.push_str("    "),
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

impl Composer {
    /// A box that holds `text` with the caret before byte `caret` (moved to the grapheme's beginning). Nothing to undo.
    #[must_use]
    pub fn of(text: &str, caret: usize) -> Self {
        let text = clean(text);
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_max_histories(1_000);
        let mut composer = Self {
            area,
            caret: 0,
            rows: Vec::new(),
            cols: 0,
            height: 1,
            top: 0,
            goal: None,
            text,
        };
        composer.caret = composer.edge(caret);
        composer.arrange();
        composer
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

    /// Whether there is nothing but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The rows of the text as wrapped for the box: byte ranges of [`Composer::text`].
    #[must_use]
    pub fn rows(&self) -> &[Range<usize>] {
        &self.rows
    }

    /// The first row shown.
    #[must_use]
    pub const fn top(&self) -> usize {
        self.top
    }

    /// The caret's cell inside the box: row from the top of the box, column of the text.
    #[must_use]
    pub fn caret_cell(&self) -> (u16, u16) {
        let (row, col) = caret_among(&self.text, &self.rows, self.caret);
        let row = row.saturating_sub(self.top);
        (
            u16::try_from(row).unwrap_or(u16::MAX),
            u16::try_from(col).unwrap_or(u16::MAX),
        )
    }

    /// Tells the size of the box in cells. One column is kept free so that the caret always has a cell.
    pub fn fit(&mut self, cols: u16, rows: u16) {
        let (cols, height) = (
            usize::from(cols.saturating_sub(1)),
            usize::from(rows.max(1)),
        );
        if (cols, height) != (self.cols, self.height) {
            (self.cols, self.height) = (cols, height);
            self.arrange();
        }
    }

    /// Puts text in at the caret as one step of undo; tells whether it fitted.
    pub fn insert(&mut self, text: &str) -> Done {
        let text = clean(text);
        if text.is_empty() {
            return Done::Ignored;
        }
        if self.text.chars().count() + text.chars().count() > MOST {
            return Done::Full;
        }
        self.aim(self.caret);
        self.area.insert_str(&text);
        self.caret += text.len();
        self.reread();
        Done::Changed
    }

    /// Puts words in place of others, the caret behind them; tells whether it could. Two steps of undo: in, and out.
    pub fn replace(&mut self, range: Range<usize>, with: &str) -> bool {
        let whole = self.edge(range.start) == range.start && self.edge(range.end) == range.end;
        if range.start > range.end || range.end > self.text.len() || !whole {
            return false;
        }
        let gone = self.delete(range.clone());
        self.place(range.start);
        let put = self.insert(with);
        gone == Done::Changed || put == Done::Changed
    }

    /// Takes an editing key.
    pub fn key(&mut self, key: Key) -> Done {
        if key.mods.alt {
            return Done::Ignored;
        }
        match key.code {
            Code::Char(c) if !key.mods.ctrl => {
                let mut buffer = [0; 4];
                self.insert(c.encode_utf8(&mut buffer))
            }
            Code::Enter if !key.mods.ctrl => self.insert("\n"),
            Code::Backspace => self.delete(self.before(self.caret)..self.caret),
            Code::Delete => self.delete(self.caret..self.after(self.caret)),
            Code::Char('u') if key.mods.ctrl => self.delete(self.row_range().start..self.caret),
            Code::Left => self.place(self.before(self.caret)),
            Code::Right => self.place(self.after(self.caret)),
            Code::Home if key.mods.ctrl => self.place(0),
            Code::End if key.mods.ctrl => self.place(self.text.len()),
            Code::Home => self.place(self.row_range().start),
            Code::End => self.place(self.row_end()),
            Code::Up => self.vertical(-1),
            Code::Down => self.vertical(1),
            Code::PageUp => self.vertical(-isize::try_from(self.height).unwrap_or(1)),
            Code::PageDown => self.vertical(isize::try_from(self.height).unwrap_or(1)),
            _ => Done::Ignored,
        }
    }

    /// Takes the last change back; tells whether there was one.
    pub fn undo(&mut self) -> bool {
        let undone = self.area.undo();
        self.follow(undone)
    }

    /// Does the change taken back again; tells whether there was one.
    pub fn redo(&mut self) -> bool {
        let redone = self.area.redo();
        self.follow(redone)
    }

    /// Moves the caret to a cell of the box (a click).
    pub fn click(&mut self, row: u16, col: u16) {
        let row = self.top + usize::from(row);
        let at = byte_among(&self.text, &self.rows, row, usize::from(col));
        self.place(at);
    }

    /// Moves the caret before this byte.
    pub fn go(&mut self, byte: usize) {
        self.place(byte);
    }

    /// Empties the box as one step of undo.
    pub fn clear(&mut self) {
        self.delete(0..self.text.len());
    }

    fn follow(&mut self, changed: bool) -> bool {
        if changed {
            let DataCursor(row, col) = self.area.cursor();
            let lines = self.area.lines();
            let before: usize = lines.iter().take(row).map(|l| l.len() + 1).sum();
            let inside = lines
                .get(row)
                .map_or(0, |l| l.chars().take(col).map(char::len_utf8).sum());
            self.caret = before + inside;
            self.reread();
        }
        changed
    }

    fn delete(&mut self, range: Range<usize>) -> Done {
        let chars = self.text[range.clone()].chars().count();
        if chars == 0 {
            return Done::Ignored;
        }
        self.aim(range.start);
        self.area.delete_str(chars);
        self.caret = range.start;
        self.reread();
        Done::Changed
    }

    /// Puts the edit model's own cursor before this byte.
    fn aim(&mut self, at: usize) {
        let head = &self.text[..at];
        let row = head.matches('\n').count();
        let col = head.rsplit('\n').next().unwrap_or(head).chars().count();
        let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        self.area
            .move_cursor(CursorMove::Jump(narrow(row), narrow(col)));
    }

    fn reread(&mut self) {
        self.text = self.area.lines().join("\n");
        // Inserting can join what was apart into one grapheme; the caret never stands inside one.
        self.caret = self.edge(self.caret);
        self.goal = None;
        self.arrange();
    }

    /// The beginning of the grapheme that holds this byte, or the byte itself at an edge.
    fn edge(&self, byte: usize) -> usize {
        if byte >= self.text.len() {
            return self.text.len();
        }
        self.text
            .grapheme_indices(true)
            .map(|(at, _)| at)
            .take_while(|at| *at <= byte)
            .last()
            .unwrap_or(0)
    }

    fn arrange(&mut self) {
        self.rows = wrap(&self.text, self.cols);
        self.reveal();
    }

    fn reveal(&mut self) {
        let (row, _) = caret_among(&self.text, &self.rows, self.caret);
        let last = self.rows.len().saturating_sub(self.height);
        self.top = self
            .top
            .min(row)
            .max((row + 1).saturating_sub(self.height))
            .min(last.max(row.saturating_sub(self.height - 1)));
    }

    fn place(&mut self, at: usize) -> Done {
        self.caret = self.edge(at);
        self.goal = None;
        self.reveal();
        Done::Moved
    }

    fn before(&self, at: usize) -> usize {
        self.text[..at]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(i, _)| i)
    }

    fn after(&self, at: usize) -> usize {
        let next = self.text[at..].graphemes(true).next();
        next.map_or(at, |g| at + g.len())
    }

    fn row_range(&self) -> Range<usize> {
        let (row, _) = caret_among(&self.text, &self.rows, self.caret);
        self.rows.get(row).cloned().unwrap_or(0..0)
    }

    /// The last place on the caret's row: at a soft break the place behind the last grapheme belongs to the next row.
    fn row_end(&self) -> usize {
        let (row, _) = caret_among(&self.text, &self.rows, self.caret);
        let Some(range) = self.rows.get(row) else {
            return self.text.len();
        };
        match self.rows.get(row + 1) {
            Some(next) if next.start == range.end => self.before(range.end).max(range.start),
            _ => range.end,
        }
    }

    fn vertical(&mut self, by: isize) -> Done {
        let (row, col) = caret_among(&self.text, &self.rows, self.caret);
        let goal = self.goal.unwrap_or(col);
        let last = self.rows.len().saturating_sub(1);
        let to = row.saturating_add_signed(by).min(last);
        let at = if to == row {
            if by < 0 { 0 } else { self.text.len() }
        } else {
            byte_among(&self.text, &self.rows, to, goal)
        };
        self.place(at);
        self.goal = Some(goal);
        Done::Moved
    }
}

#[cfg(test)]
mod tests;
