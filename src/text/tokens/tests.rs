//! Tokens, phrases and in-memory matching.

use proptest::prelude::*;

use super::*;

#[test]
fn index_table() {
    let rows = [
        ("我要退款", "我 要 退 款"),
        ("我要退款,今天!", "我 要 退 款 今 天"),
        ("iPhone退款12315号", "iphone 退 款 12315 号"),
        ("ＡＢＣ１２３", "abc123"),
        ("寬頻斷線", "宽 频 断 线"),
        ("a@b.com", "a b com"),
        ("カタカナ", "カ タ カ ナ"),
        ("cafe\u{301}", "café"),
        ("\0\x1b😀  ", ""),
        ("㎡", "m2"),
    ];
    for (text, want) in rows {
        assert_eq!(index_text(text), want, "{text:?}");
    }
}

#[test]
fn query_table() {
    let rows: &[(&str, Option<&str>)] = &[
        ("退款", Some("\"退 款\"")),
        ("退款 宽带", Some("\"退 款\" AND \"宽 带\"")),
        ("iph", Some("\"iph\" *")),
        ("退款 iph", Some("\"退 款\" AND \"iph\" *")),
        ("iph 退", Some("\"iph\" AND \"退\"")),
        ("退款abc", Some("\"退 款 abc\" *")),
        ("\"OR\" NOT*", Some("\"or\" AND \"not\" *")),
        ("123-456", Some("\"123 456\" *")),
        ("  ", None),
        ("😀 \"", None),
    ];
    for (typed, want) in rows {
        assert_eq!(query_phrase(typed).as_deref(), *want, "{typed:?}");
    }
}

#[test]
fn matching_table() {
    let index = index_text("客户说：宽带断了两天，要求退款 ¥199，手机 iPhone 15");
    let rows = [
        ("退款", true),
        ("退", true),
        ("要求退款", true),
        ("款退", false),
        ("退款 宽带", true),
        ("退款 光纤", false),
        ("iph", true),
        ("phone", false),
        ("iphone 1", true),
        ("19", true),
        ("19 退款", false),
        ("斷了兩天", true),
        ("ＩＰＨＯＮＥ", true),
        ("", true),
    ];
    for (typed, want) in rows {
        assert_eq!(matches(&index, typed), want, "{typed:?}");
    }
}

proptest! {
    #[test]
    fn a_text_answers_its_own_words(text in "[a-c退款宽带 ，。1]{0,30}", from in 0_usize..30, len in 1_usize..6) {
        // Any stretch of the text that begins on a token edge finds it.
        let index = index_text(&text);
        let tokens: Vec<&str> = index.split(' ').collect();
        let stretch = tokens.iter().skip(from).take(len).copied().collect::<Vec<_>>().join("-");
        prop_assert!(matches(&index, &stretch), "{stretch:?} in {index:?}");
    }

    #[test]
    fn indexing_is_idempotent_and_never_panics(text in any::<String>(), typed in any::<String>()) {
        let index = index_text(&text);
        prop_assert!(!index.contains("  ") && index.trim() == index);
        let _ = matches(&index, &typed);
        if let Some(phrase) = query_phrase(&typed) {
            prop_assert_eq!(phrase.matches('"').count() % 2, 0);
        }
    }
}
