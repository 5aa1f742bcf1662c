//! What no `SafeText` may hold, by table and by property.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;

fn clean(text: &str) -> String {
    SafeText::clean_str(text).as_str().to_owned()
}

#[test]
fn table_of_controls() {
    let family = "👨\u{200d}👩\u{200d}👧";
    let rows: &[(&str, &str)] = &[
        ("退款\n明天", "退款\n明天"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a    b"),
        ("\x1b[31m红\x1b[0m", "红"),
        ("\x1b[38;2;1;2;3m红", "红"),
        ("\u{9b}31m红", "红"),
        ("\x1b[31", ""),
        ("\x1b[我要退款", "我要退款"),
        ("\x1b]0;title\x07in", "in"),
        ("\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\u{9d}52;c;xx\u{9c}in", "in"),
        (
            "\x1bPq#0\x1b\\in\x1b_x\x1b\\side\x1b^y\u{9c}!\x1bXz\x07.",
            "inside!.",
        ),
        ("\x1b]0;never ended\n第二行", "\n第二行"),
        ("\x1b]0;never ended", ""),
        ("\x1b[\x1b[31mX", "X"),
        ("\x1b\x1b[31mX", "^[X"),
        ("\x1b]0;a\x1b[31mX", "X"),
        ("\x1bc", "^[c"),
        ("a\0b\x07c\x7f", "a^@b^Gc^?"),
        ("a\u{85}b", "a^[Eb"),
        ("a\u{202e}b\u{2066}c\u{200f}d\u{61c}e", "abcde"),
        ("a\u{200b}b\u{2060}c\u{feff}d\u{ad}e\u{e0041}f", "abcdef"),
        ("a\u{2028}b", "a\nb"),
        (family, family),
        ("❤\u{fe0f}", "❤\u{fe0f}"),
        ("a\u{200d}b", "ab"),
        ("👨\u{200d}", "👨"),
        ("👨\u{200d}\x1b[1m👩", "👨👩"),
        ("\u{e000}\u{100000}", "\u{fffd}\u{fffd}"),
        ("\u{301}a\n\u{301}b", "a\nb"),
        (
            "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
            "e\u{301}\u{301}\u{301}\u{301}",
        ),
        ("👍🏽", "👍🏽"),
        ("ｶﾞ", "ｶﾞ"),
        ("1\u{fe0f}\u{20e3}", "1\u{fe0f}\u{20e3}"),
    ];
    for (raw, want) in rows {
        assert_eq!(clean(raw), *want, "{raw:?}");
    }
}

#[test]
fn one_line_has_no_break() {
    assert_eq!(
        SafeText::clean_line(" 你好\r\n\n 世界\n").as_str(),
        "你好 世界"
    );
    assert_eq!(SafeText::clean_line("a\n\u{301}b").as_str(), "a b");
}

#[test]
fn a_long_text_says_what_is_missing() {
    let text = "退".repeat(MAX_CHARS + 100);
    let safe = clean(&text);
    assert!(safe.chars().count() <= MAX_CHARS);
    let (head, tail) = safe.split_once(" [+").unwrap();
    let missing: usize = tail.strip_suffix(']').unwrap().parse().unwrap();
    assert_eq!(head.chars().count() + missing, MAX_CHARS + 100);
    assert_eq!(
        clean(&"退".repeat(MAX_CHARS)),
        "退".repeat(MAX_CHARS),
        "exactly at the cap nothing is cut"
    );
}

#[test]
fn hostile_sizes_become_small() {
    for text in [
        "中".repeat(350_000),
        "\u{301}".repeat(500_000),
        format!("a{}", "\u{301}".repeat(10_000)),
        "\x1b[".repeat(500_000),
        "\x1b]".repeat(500_000),
        "\0".repeat(1_000_000),
        "\u{200b}".repeat(300_000),
        "\u{1100}".repeat(300_000),
        "👨\u{200d}".repeat(100_000),
        "🇨".repeat(200_000),
        "क\u{94d}".repeat(100_000),
    ] {
        let safe = SafeText::clean_str(&text);
        assert!(safe.chars().count() <= MAX_CHARS);
        assert!(
            safe.graphemes(true).all(|g| g.chars().count() <= 16),
            "{:?}",
            text.chars().next()
        );
        assert_eq!(SafeText::clean_str(&safe), safe);
    }
    // Twenty-two cleanings in an unoptimised build on a busy machine; each takes a few milliseconds.
}

#[test]
fn json_cannot_smuggle() {
    let safe: SafeText = serde_json::from_str(r#""a\u001b[31mb""#).unwrap();
    assert_eq!(safe, "ab");
    assert_eq!(serde_json::to_string(&safe).unwrap(), r#""ab""#);
}

/// Text that is likely to hit the rules: controls, marks, joiners, emoji, Han, escapes.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec![
            "\x1b", "[", "]", "\x1b[3", "m", "\u{9b}", "\u{9d}", "\u{9c}", "\x07", "\\", "\r",
            "\n", "\t", "\0", "\u{200d}", "\u{200c}", "\u{fe0f}", "👨", "👩", "🏽", "❤", "🇨", "🇳",
            "\u{301}", "\u{ff9e}", "ｶ", "中", "退款", "，", "a", " ", "\u{202e}", "\u{feff}", "क",
            "\u{94d}", "ب", "\u{1100}", "\u{1161}", "\u{600}", "\u{e000}", "\u{20e3}", "1",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn nothing_dangerous_survives_and_cleaning_is_idempotent(text in nasty()) {
        let safe = SafeText::clean_str(&text);
        prop_assert!(!safe.chars().any(|c| c.is_control() && c != '\n'));
        let bidi = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
        prop_assert!(!safe.chars().any(bidi));
        prop_assert_eq!(SafeText::clean_str(&safe), safe.clone());
        let line = SafeText::clean_line(&text);
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(SafeText::clean_line(&line), line.clone());
        prop_assert_eq!(SafeText::clean_str(&line), line);
    }

    #[test]
    fn the_cap_is_idempotent_too(text in nasty(), cap in 25_usize..60) {
        let once = crate::text::scrub::scrub(&text.repeat(8), cap);
        prop_assert!(once.chars().count() <= cap);
        prop_assert_eq!(crate::text::scrub::scrub(&once, cap), once);
    }
}
