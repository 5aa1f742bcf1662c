//! Numbers in folded text: digits, Chinese numerals, ordinals, and masked ones (`[数字x]`, `#`), with where they stand.

use std::ops::Range;

/// What a number says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// How many.
    Count,
    /// Which one of several: 第三, 3rd.
    Ordinal,
}

/// A number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Number {
    /// Where, in the text.
    pub(super) at: Range<usize>,
    /// Its value; a masked number counts as [`MASKED`].
    pub(super) value: u64,
    /// Count or ordinal.
    pub(super) kind: Kind,
}

/// What a masked number is taken for: more than one.
pub(super) const MASKED: u64 = 2;

/// The numbers of a text in order.
pub(super) fn numbers(text: &str) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut rest = 0;
    while let Some(c) = text[rest..].chars().next() {
        let at = rest;
        let (end, value) = if c.is_ascii_digit() {
            digits(text, at)
        } else if numeral(c).is_some() {
            numerals(text, at)
        } else if c == '[' {
            masked(text, at)
        } else {
            (at, None)
        };
        rest = end.max(at + c.len_utf8());
        let Some(value) = value else { continue };
        let before = &text[..at];
        let after = &text[end..];
        let nth = before.strip_suffix('第');
        let suffix = ["st", "nd", "rd", "th"]
            .iter()
            .any(|s| after.starts_with(s));
        out.push(match nth {
            Some(head) => Number {
                at: head.len()..end,
                value,
                kind: Kind::Ordinal,
            },
            None if c.is_ascii_digit() && suffix => Number {
                at: at..end + 2,
                value,
                kind: Kind::Ordinal,
            },
            None => Number {
                at: at..end,
                value,
                kind: Kind::Count,
            },
        });
    }
    out
}

fn digits(text: &str, at: usize) -> (usize, Option<u64>) {
    let run = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    // Longer runs are numbers of orders and phones; they count nothing.
    (
        at + run,
        text[at..at + run].parse().ok().filter(|_| run <= 6),
    )
}

fn masked(text: &str, at: usize) -> (usize, Option<u64>) {
    let Some(close) = text[at..].char_indices().take(12).find(|(_, c)| *c == ']') else {
        return (at, None);
    };
    let inner = &text[at + 1..at + close.0];
    let is = inner.starts_with("数字") || inner.starts_with("number") || inner == "#";
    (at + close.0 + 1, is.then_some(MASKED))
}

fn numeral(c: char) -> Option<u64> {
    Some(match c {
        '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// 二十三, 十二, 三百; 两三 (two or three) is read as its last numeral.
fn numerals(text: &str, at: usize) -> (usize, Option<u64>) {
    let (mut sum, mut last, mut end) = (0_u64, 0_u64, at);
    for c in text[at..].chars() {
        let Some(n) = numeral(c) else { break };
        if n >= 10 {
            sum = sum.saturating_add(last.max(1).saturating_mul(n));
            last = 0;
        } else {
            last = n;
        }
        end += c.len_utf8();
    }
    (end, Some(sum.saturating_add(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        let read = |text: &str| -> Vec<(String, u64, Kind)> {
            let found = numbers(text);
            found
                .into_iter()
                .map(|n| (text[n.at.clone()].to_owned(), n.value, n.kind))
                .collect()
        };
        assert_eq!(
            read("打了12次，等了二十三天"),
            [
                ("12".into(), 12, Kind::Count),
                ("二十三".into(), 23, Kind::Count)
            ]
        );
        assert_eq!(read("第三次"), [("第三".into(), 3, Kind::Ordinal)]);
        assert_eq!(read("my 2nd call"), [("2nd".into(), 2, Kind::Ordinal)]);
        assert_eq!(read("[数字x]次"), [("[数字x]".into(), MASKED, Kind::Count)]);
        assert_eq!(read("两三次"), [("两三".into(), 3, Kind::Count)]);
        assert!(
            read("订单88412345678").is_empty(),
            "a number of an order counts nothing"
        );
        assert!(read("[图片]").is_empty());
    }
}
