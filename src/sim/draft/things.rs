//! Things that lead to a person: telephones, cards, mail addresses, links, the numbers of orders, secrets, dates.
//! Each gives where they stand; what is put in their place is `mask`'s.

use std::ops::Range;

use super::mask::{DAY, LAST4, LINK, MAIL, NUMBER, PHONE};
use crate::text::mask::{FoundKind, find_numbers};

/// Digits or letters with digits of this length name a thing: an order, a token, an account.
const LONG: usize = 5;

/// Words before a short secret or the number of a thing.
const LABELS: &[&str] = &[
    "验证码",
    "密码",
    "口令",
    "订单号",
    "单号",
    "订单",
    "编号",
    "工单",
    "运单",
    "户号",
    "卡号",
    "账号",
    "帐号",
    "会员号",
    "流水号",
    "序列号",
    "token",
    "code",
    "password",
    "pin",
    "order",
    "number",
    "no.",
    "account",
    "reference",
    "ref",
    "id",
];
/// Words before the last digits of a telephone.
const ENDING: &[&str] = &[
    "尾号",
    "后四位",
    "ending in",
    "ending with",
    "ending",
    "last four",
];
/// Lines of the public that everybody may name.
const PUBLIC: &[&str] = &["12315", "12345", "12300", "12378", "12348"];
/// What makes a number an amount or a count, right behind it.
const AMOUNTS: &[&str] = &["元", "块", "万", "人民币", " yuan", "%", "％"];

/// Telephones, identity and bank cards, as the masks of an export find them.
pub(super) fn spans_of_numbers(text: &str) -> Vec<(Range<usize>, char)> {
    let mark = |kind| match kind {
        FoundKind::Phone => PHONE,
        FoundKind::IdCard | FoundKind::BankCard => NUMBER,
    };
    find_numbers(text)
        .into_iter()
        .map(|f| (f.span, mark(f.kind)))
        .collect()
}

/// What the masks of an export left a part of: mail addresses and number plates.
pub(super) fn starred(text: &str) -> Vec<(Range<usize>, char)> {
    let part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '*' | '@' | '.' | '_' | '-' | '·');
    let mut spans = Vec::new();
    for (at, _) in text.match_indices("**") {
        let before = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| part(*c))
            .last();
        let mut start = before.map_or(at, |(i, _)| i);
        // The province of a plate is a Han character.
        if let Some((i, c)) = text[..start].char_indices().next_back()
            && matches!(c, '\u{4e00}'..='\u{9fff}')
            && !text[start..].contains('@')
            && text[start..].starts_with(|c: char| c.is_ascii_uppercase())
        {
            start = i;
        }
        let len: usize = text[at..]
            .chars()
            .take_while(|c| part(*c))
            .map(char::len_utf8)
            .sum();
        spans.push((start..at + len, NUMBER));
    }
    spans
}

/// What stands behind a label: a secret, the number of a thing, the last digits of a telephone.
pub(super) fn labelled(text: &str) -> Vec<(Range<usize>, char)> {
    let low = text.to_ascii_lowercase();
    let mut out = Vec::new();
    for (labels, mark) in [(ENDING, LAST4), (LABELS, NUMBER)] {
        for label in labels {
            for (at, found) in low.match_indices(label) {
                let from = at + found.len();
                let gap: usize = low[from..]
                    .chars()
                    .take_while(|c| matches!(c, ' ' | ':' | '：' | '#' | '是' | '为' | '号'))
                    .map(char::len_utf8)
                    .sum();
                let start = from + gap;
                let len = low[start..]
                    .bytes()
                    .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
                    .count();
                let token = &low[start..start + len];
                let digits = token.bytes().filter(u8::is_ascii_digit).count();
                let number = if mark == LAST4 {
                    digits == 4 && len == 4
                } else {
                    digits >= 3
                };
                if number && !amount(&low[start + len..]) {
                    out.push((start..start + len, mark));
                }
            }
        }
    }
    out
}

/// Numbers in the international form, which the masks of an export do not look for: a plus, then digits in groups.
pub(super) fn abroad(text: &str) -> Vec<(Range<usize>, char)> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices('+') {
        let rest = &text[at + 1..];
        let len = rest
            .bytes()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'(' | b')'))
            .count();
        let number = rest[..len].trim_end();
        if number.bytes().filter(u8::is_ascii_digit).count() >= 7 {
            out.push((at..at + 1 + number.len(), PHONE));
        }
    }
    out
}

fn amount(behind: &str) -> bool {
    AMOUNTS.iter().any(|a| behind.starts_with(a))
}

/// Dates, and long runs of letters and digits: whatever they are, they are one thing's own.
pub(super) fn tokens(text: &str) -> Vec<(Range<usize>, char)> {
    let part = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '-' | '_' | '/' | '.' | ':' | '?' | '=' | '&' | '%' | '#')
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..]
        .find(|c: char| c.is_ascii_alphanumeric())
        .map(|i| at + i)
    {
        let len: usize = text[first..]
            .chars()
            .take_while(|c| part(*c))
            .map(char::len_utf8)
            .sum();
        let token =
            text[first..first + len].trim_end_matches(['.', ':', '?', '-', '/', '#', '%', '&']);
        at = first + len;
        let range = first..first + token.len();
        let plain: Vec<u8> = token.bytes().filter(u8::is_ascii_alphanumeric).collect();
        let digits = plain.iter().filter(|b| b.is_ascii_digit()).count();
        let groups: Vec<&str> = token.split(['-', '/', '.']).collect();
        let numbers = groups
            .iter()
            .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
        if PUBLIC.contains(&token) {
            continue;
        }
        // A time of the day has a colon and no letters.
        let thing = if token.contains(':') {
            digits < plain.len() && plain.len() > LONG
        } else {
            plain.len() >= LONG && !amount(&text[range.end..])
        };
        if numbers && groups.len() == 3 && (6..=8).contains(&digits) {
            out.push((range, DAY));
        } else if digits > 0 && thing {
            out.push((range, NUMBER));
        }
    }
    out.extend(han_dates(text).into_iter().map(|r| (r, DAY)));
    out
}

/// Dates as 3月11日 and 2026年3月.
fn han_dates(text: &str) -> Vec<Range<usize>> {
    let digit = |c: char| c.is_ascii_digit();
    let mut out = Vec::new();
    for (at, found) in text.match_indices('月') {
        let month = text[..at].chars().rev().take_while(|c| digit(*c)).count();
        let mut start = at - month;
        if month == 0 || text[at..].starts_with("月份") && month > 2 {
            continue;
        }
        if let Some(before) = text[..start].strip_suffix('年') {
            start = before.len() - before.chars().rev().take_while(|c| digit(*c)).count();
        }
        let behind = at + found.len();
        let day = text[behind..].chars().take_while(|c| digit(*c)).count();
        let mut end = behind;
        if day > 0 && text[behind + day..].starts_with(['日', '号']) {
            end = behind + day + '日'.len_utf8();
        }
        if end > behind || start < at - month {
            out.push(start..end);
        }
    }
    out
}

/// Mail addresses.
pub(super) fn mails(text: &str) -> Vec<(Range<usize>, char)> {
    let own = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    // In Chinese nothing parts an address from the words before it, so its own part is in plain letters.
    let before = |c: &char| own(c) && c.is_ascii();
    let mut out = Vec::new();
    for (at, _) in text.match_indices('@') {
        let start = at - text[..at].chars().rev().take_while(before).count();
        let host: usize = text[at + 1..].chars().take_while(before).count();
        let end = at
            + 1
            + text[at + 1..at + 1 + host]
                .trim_end_matches(['.', '-'])
                .len();
        if start < at && end > at + 1 {
            out.push((start..end, MAIL));
        }
    }
    out
}

/// Links, to their end.
pub(super) fn links(text: &str) -> Vec<(Range<usize>, char)> {
    let part = |c: &char| c.is_ascii_graphic() && !matches!(c, ',' | ';' | '"' | '<' | '>');
    let mut out = Vec::new();
    for sign in ["://", "www."] {
        for (at, _) in text.match_indices(sign) {
            let letters = |c: &char| c.is_ascii_alphanumeric();
            let start = at - text[..at].chars().rev().take_while(letters).count();
            let len = text[start..].chars().take_while(part).count();
            let link = text[start..start + len].trim_end_matches(['.', ')', '?', '!', '\'']);
            out.push((start..start + link.len(), LINK));
        }
    }
    out
}
