//! Texts that want to steer the terminal stay in their pane; the caret stands on the cell that is painted.

use std::sync::Arc;

use balm::api::desk::EntryKind;
use balm::domain::lang::Lang;
use balm::domain::vocabulary::Channel;
use balm::shell::Painter;
use balm::text::SafeText;
use ratatui::buffer::Buffer;

use super::fixture::{Desk, conversation, entry, lines, row_of, ticket};

fn hostile() -> String {
    let mut text =
        String::from("a\x1b[2J\x1b[1;1HOWNED\x1b]0;title\x07\x1b]52;c;aGk=\x07\u{9b}31m\0\x08\x08");
    text.push_str("\u{202e}txet desrever\u{202c}\u{2066}x\u{200b}\u{feff}\n\r\t");
    text.push('e');
    text.extend(std::iter::repeat_n('\u{301}', 10_000));
    text.push_str(&"款x".repeat(250_000));
    text
}

/// The painted buffer through the real painter, read back by a terminal emulator.
fn through_a_terminal(desk: &Desk, buffer: &Buffer) -> (vt100::Parser, Vec<u8>) {
    let (_, painted) = desk.paint();
    let mut painter = Painter::new(Vec::new(), buffer.area);
    painter.canvas().clone_from(buffer);
    painter.paint(painted.caret, None).unwrap();
    let (cols, rows) = desk.state.size;
    let mut parser = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
    parser.process(painter.out());
    (parser, painter.out().clone())
}

#[test]
fn hostile_words_change_nothing_outside_their_pane() {
    let evil = hostile();
    for size in [(80, 24), (120, 40), (160, 45)] {
        let mut desks = ["words", evil.as_str()].map(|words| {
            let mut desk = Desk::new(size, Lang::Zh, 1);
            let mut row = row_of(ticket(1), &desk.policy);
            row.caller = SafeText::clean_line(words);
            row.excerpt = SafeText::clean_line(words);
            row.holder = SafeText::clean_line(words);
            desk.rows(vec![Arc::new(row)]);
            desk
        });
        for desk in &desks {
            let (buffer, _) = desk.paint();
            let (_, bytes) = through_a_terminal(desk, &buffer);
            harmless(&bytes);
        }
        let [plain, bad] = &mut desks;
        let painted = [plain, bad].map(|desk| {
            desk.press(&["Enter"]);
            let mut told = conversation(Arc::clone(&desk.state.queue.rows[0]));
            let words = desk.state.queue.rows[0].excerpt.clone();
            let kind = EntryKind::Customer {
                channel: Channel::Chat,
            };
            let mut said = entry(9, kind, "x", "");
            said.text = words;
            told.entries = vec![said].into();
            desk.converse(told);
            let (buffer, painted) = desk.paint();
            let (parser, bytes) = through_a_terminal(desk, &buffer);
            harmless(&bytes);
            let shown: Vec<String> = parser.screen().rows(0, size.0).collect();
            let shown: Vec<&str> = shown.iter().map(|row| row.trim_end()).collect();
            assert_eq!(shown, lines(&buffer), "the terminal shows the buffer");
            let last = shown[shown.len() - 1].to_owned();
            (last, painted.caret)
        });
        assert_eq!(painted[0], painted[1], "footer and caret stay");
    }
}

/// Only the painter's own sequences: no clear beyond its first, no title, no clipboard, no control.
fn harmless(bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(!text.contains("\x1b]"), "a title or clipboard sequence");
    assert_eq!(text.matches("\x1b[2J").count(), 1);
    let control = text.chars().find(|c| c.is_control() && *c != '\x1b');
    assert_eq!(control, None);
    assert!(!text.contains('\u{202e}') && !text.contains('\u{200b}'));
    let marks = text.matches('\u{301}').count();
    assert!(marks <= 400, "{marks} combining marks reached the terminal");
}

#[test]
fn the_caret_stands_where_the_next_character_will() {
    for text in [
        "退款",
        "a退b款",
        "👨‍👩‍👧",
        "👍🏽",
        "🇨🇳",
        "☎️ 1️⃣",
        "e\u{301}e",
        "ｱﾞ",
        "第一行\n第二",
        "“引号”…",
    ] {
        for size in [(80, 24), (120, 40)] {
            let caret_of = |words: &str| {
                let mut desk = Desk::new(size, Lang::Zh, 3);
                desk.open_first();
                desk.press(&["Tab"]);
                desk.type_text(words);
                let (buffer, painted) = desk.paint();
                (buffer, painted.caret.unwrap())
            };
            let (_, caret) = caret_of(text);
            let (buffer, after) = caret_of(&format!("{text}Q"));
            assert_eq!(buffer[caret].symbol(), "Q", "{text:?} at {caret}");
            assert_eq!((after.x, after.y), (caret.x + 1, caret.y), "{text:?}");
        }
    }
}

#[test]
fn chrome_stands_still_where_doubtful_characters_are_painted_wide() {
    // Every gutter cell must follow a cell that the painter placed outright or whose width nobody doubts: the painter's
    // own tests show the bytes; here the columns of the chrome are compared with and without doubtful words.
    let gutters = |words: &str| {
        let mut desk = Desk::new((160, 45), Lang::Zh, 24);
        desk.open_first();
        let mut told = conversation(Arc::clone(&desk.state.queue.rows[0]));
        let kind = EntryKind::Customer {
            channel: Channel::Chat,
        };
        told.entries = vec![entry(9, kind, words, &words.repeat(60))].into();
        desk.converse(told);
        let (buffer, _) = desk.paint();
        for (at, cell) in buffer.content.iter().enumerate() {
            let doubtful = cell.symbol().chars().any(balm::text::width::is_doubtful);
            let x = at % 160;
            let (Some(left), true) = (buffer.content.get(at.wrapping_sub(1)), doubtful) else {
                continue;
            };
            assert!(
                left.symbol() != "|" || x < 159,
                "a doubtful character at the edge"
            );
        }
        let column = |x: u16| (3..30).all(|y| buffer[(x, y)].symbol() == "|");
        (0..160).filter(|x| column(*x)).collect::<Vec<u16>>()
    };
    let plain = gutters("word ");
    assert!(plain.len() >= 2, "{plain:?}");
    assert_eq!(gutters("“引”…·①─"), plain);
}
