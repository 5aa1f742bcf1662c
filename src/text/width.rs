//! Columns: how wide a text is on the screen, and cutting and padding to a number of columns.
//!
//! The rule is the one the drawing library paints with: by grapheme, the sum over `unicode-width`; a grapheme that
//! holds a control is not painted at all; the half-width Katakana sound marks get one column more. A test
//! compares the two on a real buffer.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What stands for the rest of a text that was cut. Not `…`: its width differs between terminals.
pub const ELLIPSIS: &str = "..";

/// Columns one grapheme takes when painted; 0 when it is not painted.
#[must_use]
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.chars().any(char::is_control) {
        return 0;
    }
    if grapheme.len() == 1 {
        return 1;
    }
    grapheme.width()
        + grapheme
            .chars()
            .filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}'))
            .count()
}

/// Whether terminals disagree about the width of `c`: the East Asian "ambiguous" class (`“ … · ─`), one column in most
/// places and two where a terminal is set so. Kept out of everything that other columns must line up with.
#[must_use]
pub fn is_doubtful(c: char) -> bool {
    use unicode_width::UnicodeWidthChar;
    !c.is_ascii() && c.width() != c.width_cjk()
}

/// Columns `text` takes in one row. Line breaks and other controls count 0.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// The longest prefix that ends at a grapheme edge and takes at most `cols` columns, and its width.
#[must_use]
pub fn prefix(text: &str, cols: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        let next = used + grapheme_width(grapheme);
        if next > cols {
            return (&text[..at], used);
        }
        used = next;
    }
    (text, used)
}

/// `text` in at most `cols` columns, with [`ELLIPSIS`] at its end where something was cut. The work is bounded by
/// `cols`, not by the length of the text.
#[must_use]
pub fn truncate(text: &str, cols: usize) -> Cow<'_, str> {
    truncate_with(text, cols, ELLIPSIS)
}

/// [`truncate`] with another mark. A mark that does not fit into `cols` is cut itself.
#[must_use]
pub fn truncate_with<'a>(text: &'a str, cols: usize, mark: &str) -> Cow<'a, str> {
    let (whole, _) = prefix(text, cols);
    if whole.len() == text.len() {
        return Cow::Borrowed(text);
    }
    let (mark, mark_width) = prefix(mark, cols);
    let (head, _) = prefix(whole, cols - mark_width);
    Cow::Owned(format!("{head}{mark}"))
}

/// `text` in exactly `cols` columns: cut when longer, blanks at its right when shorter.
#[must_use]
pub fn pad(text: &str, cols: usize) -> String {
    let mut out = truncate(text, cols).into_owned();
    let missing = cols.saturating_sub(width(&out));
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// `text` in exactly `cols` columns: cut when longer, blanks at its left when shorter (for figures).
#[must_use]
pub fn pad_left(text: &str, cols: usize) -> String {
    let cut = truncate(text, cols);
    let mut out = " ".repeat(cols.saturating_sub(width(&cut)));
    out.push_str(&cut);
    out
}

#[cfg(test)]
mod tests;
