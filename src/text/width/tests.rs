//! Columns against a real buffer of the drawing library.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;
use crate::text::SafeText;

/// The column after the last painted cell.
fn painted(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
    usize::from(buffer.set_stringn(0, 0, text, 2000, Style::default()).0)
}

#[test]
fn width_is_what_is_painted() {
    let rows: &[(&str, usize)] = &[
        ("", 0),
        ("abc", 3),
        ("退款", 4),
        ("，。", 4),
        ("e\u{301}", 1),
        ("👍🏽", 2),
        ("🇨🇳", 2),
        ("👨\u{200d}👩\u{200d}👧", 2),
        ("☎\u{fe0f}", 2),
        ("1\u{fe0f}\u{20e3}", 2),
        // The drawing library counts the sound mark twice with this `unicode-width`; what counts is that both agree.
        ("ｶﾞ", 3),
        ("あﾞ", 4),
        ("a\nb\0c", 3),
        ("…", 1),
        ("㎡", 2),
    ];
    for (text, want) in rows {
        assert_eq!(width(text), *want, "{text:?}");
        assert_eq!(painted(text), *want, "painted {text:?}");
    }
}

#[test]
fn cutting_and_padding() {
    let rows: &[(&str, usize, &str)] = &[
        ("退款申请", 8, "退款申请"),
        ("退款申请", 7, "退款.."),
        ("退款申请", 6, "退款.."),
        ("退款申请", 5, "退.."),
        ("退款申请", 2, ".."),
        ("退款申请", 1, "."),
        ("退款申请", 0, ""),
        ("a👨\u{200d}👩\u{200d}👧bcd", 5, "a👨\u{200d}👩\u{200d}👧.."),
        ("a👨\u{200d}👩\u{200d}👧bcd", 4, "a.."),
    ];
    for (text, cols, want) in rows {
        assert_eq!(truncate(text, *cols), *want, "{text:?} in {cols}");
    }
    assert_eq!(pad("退款申请", 5), "退.. ");
    assert_eq!(pad_left("12", 5), "   12");
    assert_eq!(truncate_with("abcdef", 4, "~"), "abc~");
}

proptest! {
    #[test]
    fn padding_is_exact(text in any::<String>(), cols in 0_usize..40) {
        prop_assert_eq!(width(&pad(&SafeText::clean_line(&text), cols)), cols);
        prop_assert_eq!(width(&pad_left(&SafeText::clean_line(&text), cols)), cols);
        prop_assert!(width(&truncate(&text, cols)) <= cols);
    }

    #[test]
    fn counted_is_painted(text in any::<String>()) {
        prop_assert_eq!(width(&text), painted(&text));
    }
}
