//! Amounts of money in words.

use std::ops::Range;

use super::scan::Scan;

/// An amount that stands in a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Amount {
    /// Where, in the folded text.
    pub(super) at: Range<usize>,
    /// Minor currency units.
    pub(super) minor: i64,
}

const UNITS_AFTER: &[(&str, i64)] = &[
    ("万元", 10_000),
    ("万块", 10_000),
    ("元", 1),
    ("块钱", 1),
    ("块", 1),
    ("rmb", 1),
    ("cny", 1),
    ("yuan", 1),
    ("dollars", 1),
    ("dollar", 1),
    ("pounds", 1),
    ("pound", 1),
    ("euros", 1),
    ("euro", 1),
    ("quid", 1),
    ("bucks", 1),
    ("usd", 1),
    ("gbp", 1),
    ("eur", 1),
];

const SIGNS: &[char] = &['¥', '￥', '$', '£', '€'];

/// Words behind a bare number that say it counts something else than money.
const COUNTS: &[&str] = &[
    ":",
    "-",
    "/",
    "%",
    "点",
    "时",
    "分",
    "天",
    "日",
    "号",
    "月",
    "年",
    "周",
    "次",
    "个",
    "件",
    "台",
    "箱",
    "张",
    "笔",
    "单",
    "份",
    "户",
    "楼",
    "室",
    "栋",
    "期",
    "折",
    "倍",
    "位",
    "人",
    "步",
    "种",
    "岁",
    "米",
    "公里",
    "斤",
    "克",
    "条",
    "小时",
    "兆",
    "度",
    "am",
    "pm",
    "a.m",
    "p.m",
    "o'clock",
    "day",
    "working",
    "business",
    "hour",
    "minute",
    "week",
    "month",
    "year",
    "percent",
    "gb",
    "mb",
    "item",
    "box",
    "point",
    "call",
    "time",
    "digit",
    "piece",
    "people",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Verbs right behind which a bare number is money that we give.
const GIVING: &[&str] = &[
    "补",
    "退",
    "赔",
    "返",
    "减",
    "免",
    "送",
    "给您",
    "给你",
    "补您",
    "退您",
    "赔您",
    "返您",
    "送您",
    "补给您",
    "退给您",
    "赔给您",
    "补偿",
    "赔偿",
    "赔付",
    "减免",
    "refund",
    "refund you",
    "credit",
    "credit you",
    "give you",
    "offer you",
    "pay you",
    "reimburse",
    "reimburse you",
    "waive",
    "compensate you",
];

/// The amounts in a folded text, and beside them bare numbers that may be money: not followed by what they count.
pub(super) fn figures(text: &str) -> Vec<Amount> {
    let mut out = amounts(text);
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let end = if c.is_ascii_digit() {
            number_end(bytes, at)
        } else if HAN.contains(c) {
            at + text[at..]
                .chars()
                .take_while(|c| HAN.contains(*c))
                .map(char::len_utf8)
                .sum::<usize>()
        } else {
            at += c.len_utf8();
            continue;
        };
        let glued =
            text[..at].ends_with(|d: char| d.is_ascii_alphanumeric() || ":-/#.".contains(d));
        let words = &text[at..end];
        let value = if c.is_ascii_digit() {
            minor(&words.replace(',', ""))
        } else {
            // Han numerals without a unit are money only when they are as round as money is said.
            let round =
                words.contains(['十', '百', '千']) && !words.starts_with(['十', '百', '千', '万']);
            han_number(words).filter(|_| round).map(|v| v * 100)
        };
        let rest = text[end..].trim_start_matches(' ');
        let whole = |behind: &str, word: &str| {
            let latin = |c: char| c.is_ascii_alphanumeric();
            let open = word.ends_with(|c: char| c.is_ascii_alphabetic());
            !open
                || !behind
                    .strip_prefix('s')
                    .unwrap_or(behind)
                    .starts_with(latin)
        };
        let counts = text[end..].starts_with(|c: char| c.is_ascii_alphabetic())
            || COUNTS
                .iter()
                .any(|u| rest.strip_prefix(u).is_some_and(|behind| whole(behind, u)));
        if let Some(minor) = value.filter(|v| *v >= 1_000 && !glued && !counts)
            && !out.iter().any(|a| a.at.start < end && at < a.at.end)
        {
            out.push(Amount { at: at..end, minor });
        }
        at = end;
    }
    out.sort_by_key(|a| a.at.start);
    out
}

/// The amounts in a folded text.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let mut out = english(text);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if c.is_ascii_digit() {
            let end = number_end(bytes, at);
            if let Some(found) = with_unit(text, at, end) {
                out.push(found);
            }
            at = end;
        } else if HAN.contains(c) && !text[..at].ends_with(|d: char| d.is_ascii_digit()) {
            let end = at
                + text[at..]
                    .chars()
                    .take_while(|c| HAN.contains(*c))
                    .map(char::len_utf8)
                    .sum::<usize>();
            if let Some(value) = han_number(&text[at..end])
                && let Some((unit, factor)) = unit(&text[end..])
            {
                out.push(Amount {
                    at: at..end + unit,
                    minor: value * factor * 100,
                });
            }
            at = end;
        } else {
            at += c.len_utf8();
        }
    }
    out.sort_by_key(|a| a.at.start);
    out
}

fn number_end(bytes: &[u8], from: usize) -> usize {
    let mut end = from;
    while let Some(b) = bytes.get(end) {
        let inside = matches!(b, b',' | b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if b.is_ascii_digit() || inside {
            end += 1;
        } else {
            break;
        }
    }
    end
}

fn unit(rest: &str) -> Option<(usize, i64)> {
    let trimmed = rest.trim_start_matches(' ');
    let blank = rest.len() - trimmed.len();
    UNITS_AFTER
        .iter()
        .find(|(unit, _)| {
            trimmed.strip_prefix(unit).is_some_and(|behind| {
                !unit.is_ascii() || !behind.starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        })
        .map(|(unit, factor)| (blank + unit.len(), *factor))
}

fn with_unit(text: &str, from: usize, end: usize) -> Option<Amount> {
    let digits: String = text[from..end].chars().filter(|c| *c != ',').collect();
    let minor = minor(&digits)?;
    let before = text[..from].trim_end_matches(' ');
    let sign = before.chars().next_back().filter(|c| SIGNS.contains(c));
    let word = ["rmb", "cny", "usd", "gbp", "eur"]
        .iter()
        .find(|w| before.ends_with(**w));
    if let Some(sign) = sign {
        let start = before.len() - sign.len_utf8();
        return Some(Amount {
            at: start..end,
            minor,
        });
    }
    if let Some(word) = word {
        return Some(Amount {
            at: before.len() - word.len()..end,
            minor,
        });
    }
    let (unit, factor) = unit(&text[end..])?;
    Some(Amount {
        at: from..end + unit,
        minor: minor * factor,
    })
}

fn minor(digits: &str) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let cents = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        _ => part.get(..2)?.parse().ok()?,
    };
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents)
}

const HAN: &str = "一二三四五六七八九十百千万两零";

/// English number words of 0 to 19, in their order.
pub(crate) const ONES: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
/// English number words of 20 to 90, in their order.
pub(crate) const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// Amounts in English number words: two hundred and fifty yuan.
fn english(text: &str) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut run: Option<(usize, i64, i64)> = None;
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let end = at + bare.len();
        let (from, total, part) = run.unwrap_or((at, 0, 0));
        let find = |list: &[&str]| list.iter().position(|w| *w == bare);
        let small = find(ONES)
            .or_else(|| find(TENS).map(|tens| 20 + tens * 10))
            .and_then(|value| i64::try_from(value).ok());
        run = match (bare, small) {
            (_, Some(value)) => Some((from, total, part + value)),
            ("a", _) => Some((at, 0, 0)),
            ("hundred", _) => Some((from, total, part.max(1) * 100)),
            ("thousand", _) => Some((from, total + part.max(1) * 1_000, 0)),
            ("and", _) if total + part >= 100 => Some((from, total, part)),
            _ => None,
        };
        if let Some((from, total, part)) = run.filter(|(_, total, part)| total + part > 0)
            && let Some((unit, factor)) = unit(&text[end..])
        {
            let minor = (total + part) * factor * 100;
            out.push(Amount {
                at: from..end + unit,
                minor,
            });
            run = None;
        }
        at += word.len();
    }
    out
}

/// Han numerals up to ten thousands; 一百五 is a hundred and fifty.
fn han_number(words: &str) -> Option<i64> {
    let mut total = 0_i64;
    let mut section = 0_i64;
    let mut digit = 0_i64;
    let mut tail = 1_i64;
    for c in words.chars() {
        match c {
            '零' => tail = 1,
            '十' | '百' | '千' => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section += digit.max(1) * unit;
                digit = 0;
                tail = unit / 10;
            }
            '万' => {
                total += (section + digit).max(1) * 10_000;
                section = 0;
                digit = 0;
                tail = 1_000;
            }
            '两' => digit = 2,
            c => {
                digit =
                    i64::try_from("一二三四五六七八九".chars().position(|d| d == c)? + 1).ok()?;
            }
        }
    }
    Some(total + section + digit * tail)
}

/// The amounts that a draft grants the customer: what stands in a clause that gives, or right behind a verb that gives. What
/// still waits for somebody's approval is not granted.
pub(super) fn granted(cx: &Scan<'_>) -> Vec<Amount> {
    let text = cx.folded();
    let plain = amounts(text);
    figures(text)
        .into_iter()
        .filter(|amount| {
            let Some(sentence) = cx.sentence(&amount.at) else {
                return false;
            };
            let clauses = super::deeds::clauses(cx, sentence);
            let Some(clause) = clauses
                .iter()
                .find(|c| c.start <= amount.at.start && amount.at.end <= c.end)
            else {
                return false;
            };
            let before = text[..amount.at.start].trim_end_matches([' ', '了', '到', '再', '您']);
            let given = GIVING.iter().any(|verb| before.ends_with(verb));
            (given || (plain.contains(amount) && cx.any_in("grants", clause)))
                && !cx.any_in("not-grant", clause)
                && !cx.any_in("approval-open", &sentence.at)
        })
        .collect()
}

#[cfg(test)]
mod tests;
