//! The box: caret by grapheme, one step of undo for a paste, cleaning, limits.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;
use crate::text::width;

fn typed(keys: &str) -> Composer {
    let mut c = Composer::default();
    c.fit(21, 4);
    for k in keys.chars() {
        c.key(Key::char(k));
    }
    c
}

#[test]
fn enter_is_a_new_line_and_moves_the_caret_down() {
    let mut c = typed("您好");
    assert_eq!(c.key(Key::plain(Code::Enter)), Done::Changed);
    assert_eq!((c.text(), c.caret_cell()), ("您好\n", (1, 0)));
}

#[test]
fn a_paste_is_cleaned_and_undone_in_one_step() {
    let mut c = typed("ab");
    c.key(Key::plain(Code::Left));
    c.insert("一\r\n二\r三\u{202e}\u{1b}[31m\u{85}四\t");
    assert_eq!(c.text(), "a一\n二\n三[31m\n四    b");
    assert!(c.undo());
    assert_eq!(c.text(), "ab");
    assert!(c.redo());
    assert_eq!(c.text(), "a一\n二\n三[31m\n四    b");
}

#[test]
fn the_caret_steps_over_whole_graphemes() {
    for grapheme in ["👍🏽", "🇨🇳", "👨‍👩‍👧", "é", "退"] {
        let mut c = Composer::of(&format!("a{grapheme}b"), 0);
        c.fit(40, 4);
        c.key(Key::plain(Code::Right));
        c.key(Key::plain(Code::Right));
        assert_eq!(c.caret(), 1 + grapheme.len(), "{grapheme}");
        assert_eq!(usize::from(c.caret_cell().1), 1 + width(grapheme));
        c.key(Key::plain(Code::Backspace));
        assert_eq!(c.text(), "ab", "{grapheme}");
        assert!(c.undo());
        assert_eq!(c.text(), format!("a{grapheme}b"));
    }
}

#[test]
fn up_and_down_keep_the_column_over_short_rows() {
    let mut c = Composer::of("一二三四五\n六\n七八九十百", 12);
    c.fit(41, 4);
    c.key(Key::plain(Code::Down));
    assert_eq!(c.caret_cell(), (1, 2));
    c.key(Key::plain(Code::Down));
    assert_eq!(c.caret_cell(), (2, 8));
}

#[test]
fn it_scrolls_to_the_caret_and_never_further_than_it_must() {
    let mut c = Composer::of("1\n2\n3\n4\n5\n6\n7\n8", 100);
    c.fit(20, 4);
    assert_eq!((c.top(), c.caret_cell()), (4, (3, 1)));
    for _ in 0..7 {
        c.key(Key::plain(Code::Up));
    }
    assert_eq!((c.top(), c.caret_cell()), (0, (0, 1)));
}

#[test]
fn what_does_not_fit_is_told_and_nothing_is_cut() {
    let mut c = typed("x");
    assert_eq!(c.insert(&"长".repeat(MOST)), Done::Full);
    assert_eq!(c.text(), "x");
    assert_eq!(c.insert(&"长".repeat(MOST - 1)), Done::Changed);
    assert_eq!(c.key(Key::char('y')), Done::Full);
}

#[test]
fn control_keys_type_nothing() {
    let mut c = typed("a");
    for c2 in ['k', 'z', 's', 'x'] {
        assert_eq!(c.key(Key::ctrl(c2)), Done::Ignored);
    }
    assert_eq!(c.text(), "a");
}

proptest! {
    #[test]
    fn any_keys_keep_caret_and_rows_true(
        start in "[a-c 一二，。👍🏽🇨🇳é\n]{0,30}",
        keys in proptest::collection::vec((0_u8..14, any::<char>()), 0..60),
        cols in 3_u16..30, rows in 1_u16..6,
    ) {
        let mut c = Composer::of(&start, start.len() / 2);
        c.fit(cols, rows);
        for (kind, ch) in keys {
            let code = match kind {
                0 => Code::Left, 1 => Code::Right, 2 => Code::Up, 3 => Code::Down, 4 => Code::Home, 5 => Code::End,
                6 => Code::Backspace, 7 => Code::Delete, 8 => Code::Enter, 9 => Code::PageUp,
                10 => { c.undo(); continue }
                11 => { c.redo(); continue }
                12 => { c.click(u16::from(kind), cols / 2); continue }
                _ => Code::Char(ch),
            };
            c.key(Key::plain(code));
            prop_assert!(c.text().is_char_boundary(c.caret()));
            let edge = c.caret() == c.text().len() || c.text().grapheme_indices(true).any(|(at, _)| at == c.caret());
            prop_assert!(edge, "inside a grapheme");
            let (row, col) = c.caret_cell();
            prop_assert!(row < rows && col < cols, "{row},{col}");
            prop_assert_eq!(c.text(), c.area.lines().join("\n"));
        }
    }

    #[test]
    fn undoing_everything_gives_the_beginning_back(words in proptest::collection::vec("[a一👍\n]{1,5}", 1..20)) {
        let mut c = Composer::of("初", 3);
        for w in &words { c.insert(w); }
        for _ in &words { prop_assert!(c.undo()); }
        prop_assert_eq!(c.text(), "初");
        prop_assert!(!c.undo());
    }
}
