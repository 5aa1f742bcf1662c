//! The caret against the painted cell of a real buffer.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

const SAMPLES: &[&str] = &[
    "王先生您好",
    "e\u{301}tude，退款",
    "a👨\u{200d}👩\u{200d}👧b👍🏽c🇨🇳d☎\u{fe0f}1\u{fe0f}\u{20e3}",
    "ｶﾞ全角ＡＢ㎡…“引号”",
];

/// The column where the drawing library puts a mark that follows `head`.
fn painted_col(head: &str) -> Option<usize> {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 1));
    let (x, _) = buffer.set_stringn(0, 0, head, 200, Style::default());
    buffer.set_stringn(x, 0, "|", 200, Style::default());
    (0..200_u16)
        .find(|x| buffer[(*x, 0)].symbol() == "|")
        .map(usize::from)
}

#[test]
fn the_caret_is_on_the_painted_cell() {
    for text in SAMPLES {
        for (at, _) in text.grapheme_indices(true).chain([(text.len(), "")]) {
            assert_eq!(
                Some(caret_in(text, at)),
                painted_col(&text[..at]),
                "{text:?} at {at}"
            );
        }
    }
}

#[test]
fn columns_and_bytes() {
    let line = "a退b";
    assert_eq!(
        [0, 1, 2, 3, 4, 5, 99].map(|byte| caret_in(line, byte)),
        [0, 1, 1, 1, 3, 4, 4]
    );
    assert_eq!(
        [0, 1, 2, 3, 4, 99].map(|col| byte_at_col(line, col)),
        [0, 1, 1, 4, 5, 5]
    );
}

#[test]
fn wrapped_positions() {
    let table: &[(&str, usize, usize, (usize, usize))] = &[
        ("", 4, 0, (0, 0)),
        ("我要退款", 4, 6, (1, 0)),
        ("我要退款", 4, 12, (1, 4)),
        ("我要\n退", 4, 6, (0, 4)),
        ("我要\n退", 4, 7, (1, 0)),
        ("abc def", 3, 3, (0, 3)),
        ("abc def", 3, 4, (1, 0)),
        ("abc    ", 3, 7, (0, 3)),
        ("a\n", 3, 2, (1, 0)),
    ];
    for (text, cols, byte, want) in table {
        assert_eq!(
            wrapped_caret(text, *cols, *byte),
            *want,
            "{text:?} in {cols} at {byte}"
        );
    }
}

#[test]
fn a_click_behind_a_soft_break_stays_on_its_row() {
    let text = "我要退款";
    let rows = wrap(text, 4);
    assert_eq!(byte_among(text, &rows, 0, 99), 3);
    assert_eq!(byte_among(text, &rows, 1, 99), 12);
    assert_eq!(byte_among(text, &rows, 9, 0), 6);
}

proptest! {
    #[test]
    fn wrapped_caret_follows_the_rows(text in "[a中退，。 \n👍🏽]{0,40}", cols in 2_usize..12) {
        let rows = wrap(&text, cols);
        let mut last = (0, 0);
        for (at, _) in text.grapheme_indices(true).chain([(text.len(), "")]) {
            let (row, col) = caret_among(&text, &rows, at);
            prop_assert!((row, col) >= last && col <= cols, "{:?} after {:?}", (row, col), last);
            last = (row, col);
            // A place that a row holds is found again from its column.
            let inside = rows[row].contains(&at);
            if inside {
                prop_assert_eq!(byte_among(&text, &rows, row, col), at);
            }
        }
    }

    #[test]
    fn any_offset_is_harmless(text in any::<String>(), byte in 0_usize..400, cols in 0_usize..9) {
        let (row, col) = wrapped_caret(&text, cols, byte);
        let found = byte_among(&text, &wrap(&text, cols), row, col);
        prop_assert!(text.is_char_boundary(found));
        prop_assert!(text.is_char_boundary(byte_at_col(&text, byte)));
    }
}
