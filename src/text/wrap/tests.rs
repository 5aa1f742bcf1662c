//! Rows by table, and the promises of `wrap` by property.

use proptest::prelude::*;

use super::super::SafeText;
use super::super::width::width;
use super::*;

fn rows(text: &str, cols: usize) -> Vec<&str> {
    wrap(text, cols)
        .into_iter()
        .map(|range| &text[range])
        .collect()
}

#[test]
fn table() {
    let table: &[(&str, usize, &[&str])] = &[
        ("", 10, &[""]),
        ("a\n", 10, &["a", ""]),
        ("a\n\nb", 10, &["a", "", "b"]),
        ("我要退款", 4, &["我要", "退款"]),
        ("我要退款", 5, &["我要", "退款"]),
        ("我要退，款", 6, &["我要", "退，款"]),
        ("您好，（退款）", 8, &["您好，", "（退款）"]),
        ("您好，请看（退款）", 12, &["您好，请看", "（退款）"]),
        ("他说：“好的。”", 6, &["他说：", "“好", "的。”"]),
        ("please wait here", 11, &["please wait", "here"]),
        ("please wait here", 12, &["please wait ", "here"]),
        ("please   wait", 6, &["please", "wait"]),
        ("退款 iPhone 的", 8, &["退款 ", "iPhone ", "的"]),
        ("退款abcdefgh", 6, &["退款", "abcdef", "gh"]),
        ("abcdefgh", 3, &["abc", "def", "gh"]),
        ("a中", 2, &["a", "中"]),
        ("。。。。", 4, &["。。", "。。"]),
        ("等一下——好", 7, &["等一下", "——好"]),
        ("中文", 1, &["中", "文"]),
        ("中文\nab", 0, &["中文", "ab"]),
        ("共¥1299元", 4, &["共", "¥129", "9元"]),
        (
            "a👨\u{200d}👩\u{200d}👧b",
            2,
            &["a", "👨\u{200d}👩\u{200d}👧", "b"],
        ),
    ];
    for (text, cols, want) in table {
        assert_eq!(rows(text, *cols), *want, "{text:?} in {cols}");
    }
}

#[test]
fn a_megabyte_in_one_line_is_wrapped_to_the_cap() {
    for text in [
        "中".repeat(350_000),
        "a".repeat(1_000_000),
        "a ".repeat(500_000),
        "。".repeat(350_000),
    ] {
        assert!(wrap(&SafeText::clean_str(&text), 40).len() < 1_100);
    }
}

fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        1 => any::<char>().prop_map(String::from),
        6 => proptest::sample::select(vec![
            "中", "退款", "，", "。", "（", "）", "“", "”", "a", "word", " ", "  ", "\n", "12315", "👨\u{200d}👩\u{200d}👧", "🇨🇳", "e\u{301}", "—", "…", "ﾞ", "ｶﾞ",
        ]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..50).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn covers_the_text_and_fits(text in mixed(), cols in 0_usize..24) {
        let rows = wrap(&text, cols);
        let mut at = 0;
        for row in &rows {
            let gap = &text[at..row.start];
            prop_assert!(gap.trim_matches(' ').len() <= 1 && gap.chars().all(|c| c == ' ' || c == '\n'), "gap {:?}", gap);
            let line = &text[row.clone()];
            prop_assert!(!line.contains('\n'));
            if cols >= 2 {
                prop_assert!(width(line) <= cols || line.chars().count() == 1, "{:?} in {}", line, cols);
            }
            at = row.end;
        }
        prop_assert!(text[at..].chars().all(|c| c == ' '), "tail {:?}", &text[at..]);
    }

    #[test]
    fn no_row_begins_with_a_closing_mark_when_there_is_room(text in "[一丁七万，。（）“”]{0,60}", cols in 12_usize..24) {
        let rows: Vec<_> = wrap(&text, cols);
        for pair in rows.windows(2) {
            let (row, next) = (&text[pair[0].clone()], &text[pair[1].clone()]);
            let broken = begins_with(next, NO_START) || row.chars().next_back().is_some_and(|c| NO_END.contains(c));
            if broken {
                // Only a row without any place to break may be cut there.
                let graphemes: Vec<&str> = row.graphemes(true).collect();
                prop_assert!(graphemes.windows(2).all(|two| !may_break(two[0], two[1])), "{:?} | {:?}", row, next);
            }
        }
    }
}
