//! Line breaking for Chinese and mixed text, in columns.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::width::grapheme_width;

/// Marks that never begin a row.
const NO_START: &str = "，。！？；：、）】」』》〉”’…～·％℃,.!?;:)]}%";
/// Marks that never end a row.
const NO_END: &str = "（【「『《〈“‘￥¥([{$";

/// Byte ranges of the visual rows of `text` in `cols` columns.
///
/// Han may break anywhere but at the marks of `NO_START` and `NO_END`; a Latin word, a number or an address
/// stays whole while a row can hold it and is cut by grapheme when none can. `'\n'` always ends a row, and an empty
/// text has one empty row.
///
/// Every byte belongs to exactly one row, but for the line breaks and the blanks that would hang over the right
/// edge at a break: those lie between two rows. No row is wider than `cols`, but for a single character that is
/// wider than `cols` itself (only possible below three columns). With `cols` 0 every line is one row.
#[must_use]
pub fn wrap(text: &str, cols: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if cols == 0 {
            rows.push(start..start + line.len());
        } else {
            wrap_line(line, start, cols, &mut rows);
        }
        start += line.len() + 1;
    }
    rows
}

/// Appends the rows of one line that begins at `offset` of the text.
fn wrap_line(line: &str, offset: usize, cols: usize, rows: &mut Vec<Range<usize>>) {
    let mut from = 0;
    loop {
        let (end, next) = row_end(&line[from..], cols);
        rows.push(offset + from..offset + from + end);
        if from + next >= line.len() {
            return;
        }
        from += next;
    }
}

/// Where the first row of `rest` ends, and where the next one begins.
fn row_end(rest: &str, cols: usize) -> (usize, usize) {
    let mut used = 0;
    let mut opportunity = None;
    let mut before: Option<&str> = None;
    for (at, grapheme) in rest.grapheme_indices(true) {
        if at > 0 && before.is_some_and(|before| may_break(before, grapheme)) {
            opportunity = Some(at);
        }
        used += grapheme_width(grapheme);
        if used > cols {
            if grapheme == " " {
                let blanks = rest[at..].bytes().take_while(|byte| *byte == b' ').count();
                return (at, at + blanks);
            }
            let end = match opportunity {
                Some(opportunity) => opportunity,
                None if at > 0 => at,
                None => first_piece(grapheme, cols),
            };
            return (end, end);
        }
        before = Some(grapheme);
    }
    (rest.len(), rest.len())
}

/// Bytes of the longest head of an over-wide grapheme that fits; at least one character.
fn first_piece(grapheme: &str, cols: usize) -> usize {
    let mut end = grapheme.chars().next().map_or(0, char::len_utf8);
    for (at, c) in grapheme.char_indices().skip(1) {
        let next = at + c.len_utf8();
        if grapheme_width(&grapheme[..next]) > cols {
            break;
        }
        end = next;
    }
    end
}

/// Whether a row may end between two neighbouring graphemes.
fn may_break(before: &str, after: &str) -> bool {
    if after == " " {
        return false;
    }
    if before == " " {
        return !begins_with(after, NO_START);
    }
    if begins_with(after, NO_START)
        || begins_with(before, NO_END)
        || (before == after && begins_with(before, "—…"))
    {
        return false;
    }
    is_ideographic(before) || is_ideographic(after)
}

fn begins_with(grapheme: &str, set: &str) -> bool {
    grapheme.chars().next().is_some_and(|c| set.contains(c))
}

/// Whether a grapheme stands for itself in a line: Han, Kana, full-width forms, CJK marks, emoji.
fn is_ideographic(grapheme: &str) -> bool {
    grapheme.chars().next().is_some_and(|c| {
        matches!(c,
            '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}'
            | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
    })
}

#[cfg(test)]
mod tests;
