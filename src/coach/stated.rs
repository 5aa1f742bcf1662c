//! Facts of the matter that the customer stated: how long they waited, since when they have the thing. They fill the slots of
//! lines that name the trouble (`wait.minutes`, `order.days`).
//!
//! Only a number that stands right beside its own verb counts, and only as something that happened to the customer: what
//! somebody told them to expect, what they threaten with, and a question are none. Nothing is reckoned beyond hours into minutes.

use std::collections::BTreeMap;

use crate::text::tokens::fold;

/// Longer waits, in minutes, are not said in minutes.
const LONG: u32 = 99;
/// Longer times, in days, are not said in days.
const MANY: u32 = 60;

/// Words before the number of minutes waited.
const WAITED: &[&str] = &[
    "等了", "排了", "站了", "坐了", "干等", "waited", "waiting", "queued", "queuing", "stood",
    "in line", "on hold",
];
/// Words before the number of days since the thing was had.
const HAD: &[&str] = &[
    "买了",
    "用了",
    "刚用",
    "刚买",
    "才用",
    "才买",
    "下单",
    "到手",
    "穿了",
    "had it",
    "used it",
    "owned it",
    "ordered it",
];
/// What may stand between verb and number.
const BETWEEN: &[&str] = &[
    "",
    "快",
    "都",
    "我",
    "整整",
    "足足",
    "将近",
    "差不多",
    "有",
    "得有",
    "才",
    "不到",
    "for",
    "almost",
    "over",
    "about",
    "nearly",
    "more than",
    "for almost",
    "for over",
    "for about",
    "for nearly",
    "only",
    "for only",
];
/// Words in the same clause that make the number somebody's saying or a condition.
const NOT_THEIRS: &[&str] = &[
    "说",
    "让我等",
    "叫我等",
    "要等",
    "还要",
    "再等",
    "别等",
    "如果",
    "要是",
    "told",
    "said",
    "would be",
    "will be",
    "if ",
];
/// What ends a clause.
const ENDS: &[char] = &['，', '。', '！', '？', '；', '\n', ',', '.', '!', '?', ';'];

/// What the customer stated in these messages, by slot; of two numbers for one slot the later one.
#[must_use]
pub fn stated(words: &[String]) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for message in words {
        for clause in fold(message).split(ENDS) {
            if NOT_THEIRS.iter().any(|w| clause.contains(w)) {
                continue;
            }
            if let Some(minutes) = after(clause, WAITED, minutes).filter(|n| *n <= LONG) {
                out.insert("wait.minutes".to_owned(), minutes.to_string());
            }
            if let Some(days) = after(clause, HAD, days).filter(|n| *n <= MANY) {
                out.insert("order.days".to_owned(), days.to_string());
            }
        }
    }
    out
}

/// What is read behind one of these verbs.
fn after(clause: &str, verbs: &[&str], read: fn(&str) -> Option<u32>) -> Option<u32> {
    let behind = verbs.iter().flat_map(|v| {
        clause
            .match_indices(v)
            .map(|(at, v)| &clause[at + v.len()..])
    });
    behind
        .filter_map(|rest| {
            let rest = rest.trim_start();
            BETWEEN
                .iter()
                .find_map(|b| read(rest.strip_prefix(b)?.trim_start()))
        })
        .next()
}

fn minutes(text: &str) -> Option<u32> {
    let (n, half, rest) = number(text)?;
    let rest = rest.trim_start();
    let unit = |words: &[&str]| words.iter().find_map(|w| rest.strip_prefix(w));
    if unit(&["分钟", "分多钟", "minute", "min"]).is_some() && !half {
        return (n > 1).then_some(n);
    }
    let hours = unit(&["个半小时", "个半钟头"]);
    if hours.is_some() {
        return Some(n * 60 + 30);
    }
    let whole = unit(&["个小时", "小时", "个钟头", "个钟", "hour"])?;
    // More than an hour is not an hour.
    if whole.starts_with(['多', '半']) {
        return None;
    }
    Some(if half { 30 } else { n * 60 })
}

fn days(text: &str) -> Option<u32> {
    let (n, half, rest) = number(text)?;
    let rest = rest.trim_start();
    let day = rest
        .strip_prefix('天')
        .or_else(|| rest.strip_prefix("day"))?;
    (n > 1 && !half && !day.starts_with(['多', '半'])).then_some(n)
}

/// A number in digits or Han numerals below a hundred, whether it is a half, and what stands behind it.
fn number(text: &str) -> Option<(u32, bool, &str)> {
    if let Some(rest) = text
        .strip_prefix('半')
        .or_else(|| text.strip_prefix("half an "))
    {
        return Some((0, true, rest));
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 {
        return Some((text[..digits].parse().ok()?, false, &text[digits..]));
    }
    let mut value = 0;
    let mut last = None;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match (c, han(c)) {
            ('十', _) => value += last.take().unwrap_or(1) * 10,
            (_, Some(digit)) if last.is_none() => last = Some(digit),
            _ => break,
        }
        end = at + c.len_utf8();
    }
    (end > 0).then(|| (value + last.unwrap_or(0), false, &text[end..]))
}

const fn han(c: char) -> Option<u32> {
    Some(match c {
        '一' => 1,
        '二' | '两' | '俩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(text: &str, name: &str) -> Option<String> {
        stated(&[text.to_owned()]).remove(name)
    }

    #[test]
    fn a_stated_wait_and_age_fill_their_slots() {
        for (text, minutes) in [
            ("我在窗口等了50分钟", "50"),
            ("排队排了四十分钟都没到我", "40"),
            ("站了半个小时，没人理", "30"),
            ("等了一个半小时了！", "90"),
            ("等了都二十五分钟了", "25"),
            ("I waited 45 minutes at the counter", "45"),
            ("been waiting for almost an hour", ""),
            ("stood in line for 35 min", "35"),
        ] {
            let got = slot(text, "wait.minutes").unwrap_or_default();
            assert_eq!(got, minutes, "{text}");
        }
        for (text, days) in [
            ("刚用三天就坏了", "3"),
            ("买了5天，屏幕就裂了", "5"),
            ("I had it for 4 days and it broke", "4"),
        ] {
            assert_eq!(slot(text, "order.days").as_deref(), Some(days), "{text}");
        }
    }

    #[test]
    fn what_is_no_statement_of_the_customers_own_is_left_alone() {
        for text in [
            "你们说等了10分钟就行",
            "要是再等了30分钟我就走",
            "等了两个多小时",
            "等了三个小时",
            "50分钟后我要出门",
            "等了一分钟",
            "他们让我等30分钟",
            "They told me I waited 10 minutes only",
        ] {
            assert_eq!(slot(text, "wait.minutes"), None, "{text}");
        }
        for text in [
            "用了一天",
            "买了半天没买到",
            "用了三百天",
            "三天后我要用",
            "用了两天多",
        ] {
            assert_eq!(slot(text, "order.days"), None, "{text}");
        }
    }

    #[test]
    fn the_later_number_stands() {
        let words = ["等了30分钟".to_owned(), "现在等了55分钟".to_owned()];
        let got = stated(&words).remove("wait.minutes");
        assert_eq!(got.as_deref(), Some("55"));
    }
}
