//! Words whose meaning depends on the day they are read: 今天, 明早, 下周, tonight. A draft that keeps them overnight promises
//! another day than its author meant.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::domain::time::{Ms, Zone, local};

/// How long a word keeps its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Until midnight.
    Day,
    /// Until the end of the week (Sunday).
    Week,
    /// Until the end of the month.
    Month,
}

/// Chinese words, longer ones before those they contain.
const ZH: &[(&str, Reach)] = &[
    ("大后天", Reach::Day),
    ("大後天", Reach::Day),
    ("大前天", Reach::Day),
    ("今明两天", Reach::Day),
    ("今天", Reach::Day),
    ("今日", Reach::Day),
    ("今儿", Reach::Day),
    ("今晚", Reach::Day),
    ("今早", Reach::Day),
    ("今晨", Reach::Day),
    ("今夜", Reach::Day),
    ("明天", Reach::Day),
    ("明日", Reach::Day),
    ("明儿", Reach::Day),
    ("明晚", Reach::Day),
    ("明早", Reach::Day),
    ("明晨", Reach::Day),
    ("后天", Reach::Day),
    ("後天", Reach::Day),
    ("昨天", Reach::Day),
    ("昨日", Reach::Day),
    ("昨晚", Reach::Day),
    ("前天", Reach::Day),
    ("下周", Reach::Week),
    ("下週", Reach::Week),
    ("下星期", Reach::Week),
    ("下个星期", Reach::Week),
    ("下礼拜", Reach::Week),
    ("本周", Reach::Week),
    ("本週", Reach::Week),
    ("这周", Reach::Week),
    ("這週", Reach::Week),
    ("这星期", Reach::Week),
    ("这个星期", Reach::Week),
    ("这礼拜", Reach::Week),
    ("上周", Reach::Week),
    ("上星期", Reach::Week),
    ("本月", Reach::Month),
    ("这个月", Reach::Month),
    ("下月", Reach::Month),
    ("下个月", Reach::Month),
];

/// Chinese words that mean today unless a day stands before them (3月16日下午, 每天上午, 收到当天).
const ZH_ATTACHED: &[&str] = &[
    "当天",
    "当日",
    "当晚",
    "下午",
    "上午",
    "中午",
    "晚上",
    "早上",
    "傍晚",
    "凌晨",
    "下班前",
];

/// English words, lower case, longer ones before those they contain.
const EN: &[(&str, Reach)] = &[
    ("the day after tomorrow", Reach::Day),
    ("today", Reach::Day),
    ("tonight", Reach::Day),
    ("tomorrow", Reach::Day),
    ("yesterday", Reach::Day),
    ("this morning", Reach::Day),
    ("this afternoon", Reach::Day),
    ("this evening", Reach::Day),
    ("end of the day", Reach::Day),
    ("end of day", Reach::Day),
    ("next week", Reach::Week),
    ("this week", Reach::Week),
    ("last week", Reach::Week),
    ("next month", Reach::Month),
    ("this month", Reach::Month),
];

const EN_WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Byte ranges of the day-relative words of a text, in order. Words that keep their meaning past the day (下周, next month) are
/// among them; see [`relative_words_with_reach`].
#[must_use]
pub fn relative_words(text: &str) -> Vec<Range<usize>> {
    relative_words_with_reach(text)
        .into_iter()
        .map(|(range, _)| range)
        .collect()
}

/// As [`relative_words`], each with how long it keeps its meaning.
#[must_use]
pub fn relative_words_with_reach(text: &str) -> Vec<(Range<usize>, Reach)> {
    let lower = text.to_ascii_lowercase();
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = lower.get(at..).and_then(|rest| rest.chars().next()) {
        let (before, rest) = lower.split_at(at);
        let found = if first.is_ascii_alphabetic() {
            english(before, rest)
        } else {
            chinese(before, rest)
        };
        match found {
            Some((length, reach)) => {
                out.push((at..at + length, reach));
                at += length;
            }
            None => at += first.len_utf8(),
        }
    }
    out
}

/// Whether a text written at one instant would mean another day if it were read at `now`, both in the reader's zone.
#[must_use]
pub fn stale(text: &str, written_at: Ms, now: Ms, zone: &Zone) -> bool {
    let (written, today) = (local(written_at, zone).date(), local(now, zone).date());
    written != today
        && relative_words_with_reach(text)
            .iter()
            .any(|(_, reach)| match reach {
                Reach::Day => true,
                Reach::Week => monday_of(written) != monday_of(today),
                Reach::Month => written.first_of_month() != today.first_of_month(),
            })
}

fn monday_of(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.checked_sub(back.days()).unwrap_or(date)
}

fn chinese(before: &str, rest: &str) -> Option<(usize, Reach)> {
    if let Some((word, reach)) = ZH.iter().find(|(word, _)| rest.starts_with(word)) {
        return (!splits_a_word(before, word)).then_some((word.len(), *reach));
    }
    let word = ZH_ATTACHED.iter().find(|word| rest.starts_with(**word))?;
    (!day_stands_before(before)).then_some((word.len(), Reach::Day))
}

/// 目前天气, 以后天天, 说明天数, 声明日期: the two characters belong to different words.
pub(super) fn splits_a_word(before: &str, word: &str) -> bool {
    let last = before.chars().next_back();
    match word {
        "前天" => matches!(last, Some('目' | '之' | '以' | '提' | '先' | '日')),
        "后天" | "後天" => matches!(last, Some('之' | '以' | '今' | '最' | '然' | '日')),
        "明天" | "明日" => matches!(last, Some('说' | '声' | '证' | '表' | '注')),
        _ => false,
    }
}

fn day_stands_before(before: &str) -> bool {
    let before = before.trim_end();
    if before.ends_with(['日', '号', '）', ')', '天']) {
        return true;
    }
    let mut back = before.chars().rev();
    let last = back.next();
    let weekday = matches!(last, Some('一' | '二' | '三' | '四' | '五' | '六' | '末'));
    weekday && matches!(back.next(), Some('周' | '週' | '期' | '拜'))
}

fn english(before: &str, rest: &str) -> Option<(usize, Reach)> {
    if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let ends = |length: usize| !rest[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if let Some((word, reach)) = EN
        .iter()
        .find(|(word, _)| rest.starts_with(word) && ends(word.len()))
    {
        return Some((word.len(), *reach));
    }
    ["next ", "this "].iter().find_map(|lead| {
        let day = rest.strip_prefix(lead)?;
        let name = EN_WEEKDAYS.iter().find(|name| day.starts_with(**name))?;
        let length = lead.len() + name.len();
        ends(length).then_some((length, Reach::Week))
    })
}
