//! Where the caret stands: between byte offsets of a text and columns of the screen, by grapheme.
//!
//! The terminal draws the pre-edit text of an input method at the real cursor, so the column must be the painted
//! one to the cell.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::grapheme_width;
use super::wrap::wrap;

/// Column of the caret before byte `byte` of one row. An offset inside a grapheme counts as its beginning, one
/// past the end as the end.
#[must_use]
pub fn caret_in(line: &str, byte: usize) -> usize {
    line.grapheme_indices(true)
        .take_while(|(at, grapheme)| at + grapheme.len() <= byte)
        .map(|(_, grapheme)| grapheme_width(grapheme))
        .sum()
}

/// Byte offset of the grapheme that covers column `col` of one row; the end of the row when `col` lies behind it.
#[must_use]
pub fn byte_at_col(line: &str, col: usize) -> usize {
    let mut used = 0;
    for (at, grapheme) in line.grapheme_indices(true) {
        used += grapheme_width(grapheme);
        if used > col {
            return at;
        }
    }
    line.len()
}

/// Row and column of the caret before byte `byte` of `text` when it is wrapped to `cols` columns.
///
/// At a soft break the caret stands at the beginning of the next row; among blanks swallowed by a break it stays at
/// the end of its row. The column may equal `cols` at the end of a full line: an editor wraps to one column less
/// than it has, so that the caret always has a cell.
#[must_use]
pub fn wrapped_caret(text: &str, cols: usize, byte: usize) -> (usize, usize) {
    caret_among(text, &wrap(text, cols), byte)
}

/// [`wrapped_caret`] for rows already made by [`wrap`].
#[must_use]
pub fn caret_among(text: &str, rows: &[Range<usize>], byte: usize) -> (usize, usize) {
    let row = rows
        .partition_point(|row| row.start <= byte)
        .saturating_sub(1);
    let col = rows.get(row).map_or(0, |range| {
        caret_in(&text[range.clone()], byte.saturating_sub(range.start))
    });
    (row, col)
}

/// Byte offset under row `row` and column `col` of a wrapped text, for mouse clicks and for moving up and down.
/// Rows behind the last count as the last.
#[must_use]
pub fn byte_among(text: &str, rows: &[Range<usize>], row: usize, col: usize) -> usize {
    let Some(range) = rows.get(row).or_else(|| rows.last()) else {
        return 0;
    };
    let line = &text[range.clone()];
    let at = byte_at_col(line, col);
    let next = rows.get(row + 1).map(|next| next.start);
    if at == line.len() && next == Some(range.end) {
        // The end of a softly broken row is the beginning of the next; stay on the row that was asked for.
        return range.start
            + line
                .grapheme_indices(true)
                .next_back()
                .map_or(0, |(last, _)| last);
    }
    range.start + at
}

#[cfg(test)]
mod tests;
