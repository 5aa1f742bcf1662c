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

/// The amounts in a folded text.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let mut out = Vec::new();
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

/// Han numerals up to ten thousands.
fn han_number(words: &str) -> Option<i64> {
    let mut total = 0_i64;
    let mut section = 0_i64;
    let mut digit = 0_i64;
    for c in words.chars() {
        match c {
            '零' => {}
            '十' | '百' | '千' => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section += digit.max(1) * unit;
                digit = 0;
            }
            '万' => {
                total += (section + digit).max(1) * 10_000;
                section = 0;
                digit = 0;
            }
            '两' => digit = 2,
            c => {
                digit =
                    i64::try_from("一二三四五六七八九".chars().position(|d| d == c)? + 1).ok()?;
            }
        }
    }
    Some(total + section + digit)
}

/// The amounts that a draft grants the customer.
pub(super) fn granted(cx: &Scan<'_>) -> Vec<Amount> {
    amounts(cx.folded())
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
            cx.any_in("grants", clause) && !cx.any_in("not-grant", clause)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::amounts;

    #[test]
    fn amounts_are_read_in_both_languages() {
        for (text, want) in [
            ("退您268.5元", &[26_850][..]),
            ("¥1,200 补给您", &[120_000]),
            ("三百五十块", &[35_000]),
            ("两千元", &[200_000]),
            ("$45 and 30 pounds", &[4_500, 3_000]),
            ("1.5万元", &[1_500_000]),
            ("3号楼502室,工号312", &[]),
            ("五月三日", &[]),
        ] {
            let found: Vec<i64> = amounts(text).into_iter().map(|a| a.minor).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
