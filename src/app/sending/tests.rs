//! Slots that nobody filled.

use super::*;

#[test]
fn slots_are_found_and_braces_of_other_kinds_are_not() {
    for (text, slot) in [
        ("您好，{name}，马上处理", Some("{name}")),
        ("{ 到账时间 }前", Some("{ 到账时间 }")),
        ("{{deep}}", Some("{deep}")),
        ("a { b", None),
        ("{}", None),
        ("{ }", None),
        ("{\n}", None),
        ("没有", None),
    ] {
        assert_eq!(unfilled(text).map(|r| &text[r]), slot, "{text}");
    }
}
