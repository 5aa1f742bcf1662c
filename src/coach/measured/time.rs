//! The time that a reply names, in the notation of the labels.
//!
//! The phrases are those of `domain::promise_time`; masked numbers are put in first, so that `[数字x]天内` reads as a length.
//! A day without a clock time counts only where the sentence looks ahead.

use std::ops::Range;

use super::grammar::{Found, Grammar, Label};
use super::span;
use crate::coach::folded::{Folded, sentences};
use crate::domain::promise_time::{Length, SaidKind, TimePhrase, Unclear, Unit, read_times};
use crate::domain::time::{HOUR, Ms, Zone, local};

/// A Monday, midnight in UTC, as the moment of writing: labels know no present.
const NEUTRAL: Ms = Ms(1_514_764_800_000);

/// Parts of the day that name no day.
const PARTS_ALONE: &[&str] = &[
    "早上", "上午", "中午", "下午", "傍晚", "晚上", "晚间", "半夜", "午夜", "周末",
];

/// The time of a reply, if it names one. Several are joined when they are of different kinds (a clock time and a length).
pub(super) fn time_of(grammar: &Grammar, text: &str) -> Option<String> {
    let filled = Filled::new(text);
    let said = read_times(&filled.text, NEUTRAL, &Zone::utc(), None);
    let mut norms: Vec<(bool, String)> = filled
        .dates
        .iter()
        .map(|_| (false, "DATE".to_owned()))
        .take(1)
        .collect();
    for sentence in sentences(&filled.text) {
        let words = &filled.text[sentence.clone()];
        let found = grammar.read(Folded::new(words, usize::MAX).text());
        if found.holds(Label::NoTime) {
            continue;
        }
        let before = norms.len();
        let inside = |span: &Range<usize>| sentence.start <= span.start && span.end <= sentence.end;
        for phrase in said.iter().filter(|phrase| inside(&phrase.span)) {
            if !happens(&found, &filled.text, phrase) {
                continue;
            }
            let masked = filled.masked(&phrase.span);
            let norm = norm(phrase, &filled.text[phrase.span.clone()], masked);
            let length = phrase.length.is_some();
            if norms.iter().all(|(of, _)| *of != length) {
                norms.push((length, norm));
            }
        }
        // A bare length or hour, which says when only by what stands around it.
        if norms.len() == before
            && found.holds(Label::Lasts)
            && let Some(bare) = span::first(words)
        {
            let at = sentence.start + bare.at.start..sentence.start + bare.at.end;
            let norm = bare.notation(filled.masked(&at));
            if norms.iter().all(|(of, _)| *of != bare.is_length()) {
                norms.push((bare.is_length(), norm));
            }
        }
    }
    let joined: Vec<String> = norms.into_iter().map(|(_, norm)| norm).collect();
    (!joined.is_empty()).then(|| joined.join("|"))
}

/// Whether something happens at this time: a mere day only where the sentence looks ahead.
fn happens(found: &Found, text: &str, phrase: &TimePhrase) -> bool {
    let firm = phrase.exact || matches!(phrase.kind, SaidKind::By | SaidKind::Within);
    // 晚上, 上午 without a day say when something usually happens.
    let dayless = PARTS_ALONE.contains(&&text[phrase.span.clone()]);
    firm || !dayless && found.holds(Label::Ahead)
}

/// The notation of a phrase.
fn norm(phrase: &TimePhrase, words: &str, masked: bool) -> String {
    if let Some(length) = phrase.length {
        return of_length(length, masked);
    }
    let Some(at) = phrase.at() else {
        // A working day that only a calendar could name: the next one.
        return "P1D/wd".to_owned();
    };
    let start = phrase
        .meaning
        .as_ref()
        .ok()
        .and_then(|meaning| meaning.from);
    // The end of a day is the midnight after it.
    let day_of = start.unwrap_or_else(|| if phrase.exact { at } else { Ms(at.0 - 1) });
    let wall = local(day_of, &Zone::utc());
    let is_date = ["月", "号", "日", "/", "-"]
        .iter()
        .any(|mark| words.contains(mark))
        && words
            .chars()
            .any(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
        && !phrase.leaves_open(Unclear::Weekday)
        && !words.contains(':')
        || is_english_date(words);
    let day = if phrase.leaves_open(Unclear::Weekday) {
        wall.strftime("%a").to_string().to_uppercase()
    } else if is_date {
        if masked {
            "DATE".to_owned()
        } else {
            wall.strftime("%m-%d").to_string()
        }
    } else {
        let ahead = (day_of.0 - NEUTRAL.0).div_euclid(24 * HOUR);
        format!("P{ahead}D")
    };
    if !phrase.exact {
        return day;
    }
    let clock = if masked {
        "T#".to_owned()
    } else {
        local(at, &Zone::utc()).strftime("T%H:%M").to_string()
    };
    // A clock time alone names no day.
    if names_day(words) || is_date || phrase.leaves_open(Unclear::Weekday) {
        format!("{day}{clock}")
    } else {
        clock
    }
}

fn names_day(words: &str) -> bool {
    let lower = words.to_lowercase();
    [
        "今", "明", "后天", "当", "次日", "today", "tomorrow", "tonight", "this ",
    ]
    .iter()
    .any(|day| lower.contains(day))
}

fn is_english_date(words: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = words.to_lowercase();
    let month = MONTHS.iter().any(|month| lower.contains(month));
    let ordinal = ["1st", "2nd", "3rd", "th"]
        .iter()
        .any(|end| lower.contains(end));
    lower.chars().any(|c| c.is_ascii_digit()) && (month || ordinal && lower.contains("the "))
}

/// `P3D..P5D`, `PT48H`, `P#D/wd`.
fn of_length(length: Length, masked: bool) -> String {
    let (lead, unit, working) = match length.unit {
        Unit::Minute => ("PT", "M", ""),
        Unit::Hour => ("PT", "H", ""),
        Unit::Day => ("P", "D", ""),
        Unit::WorkingDay => ("P", "D", "/wd"),
        Unit::Week => ("P", "W", ""),
        Unit::Month => ("P", "M", ""),
        Unit::Year => ("P", "Y", ""),
    };
    let one = |hundredths: i64| {
        // Half an hour is thirty minutes.
        if !masked && hundredths % 100 != 0 && length.unit == Unit::Hour {
            return format!("PT{}M", hundredths * 60 / 100);
        }
        let count = if masked {
            "#".to_owned()
        } else {
            (hundredths / 100).to_string()
        };
        format!("{lead}{count}{unit}")
    };
    match length.low {
        Some(low) => format!("{}..{}{working}", one(low), one(length.high)),
        None => format!("{}{working}", one(length.high)),
    }
}

/// A text whose masks are filled with numbers.
struct Filled {
    text: String,
    /// Where numbers were put in.
    filled: Vec<Range<usize>>,
    /// Where whole dates were masked.
    dates: Vec<usize>,
}

impl Filled {
    fn new(text: &str) -> Self {
        let mut out = Self {
            text: String::with_capacity(text.len()),
            filled: Vec::new(),
            dates: Vec::new(),
        };
        let mut rest = text;
        while let Some(open) = rest.find('[') {
            let (before, mask) = rest.split_at(open);
            out.text.push_str(before);
            let Some(close) = mask.find(']').filter(|close| *close < 24) else {
                out.text.push('[');
                rest = &mask[1..];
                continue;
            };
            let (name, after) = (&mask[1..close], &mask[close + 1..]);
            if name.starts_with("数字") {
                out.number(after);
            } else if name.starts_with("日期") {
                out.dates.push(out.text.len());
            } else if name.starts_with("时间") {
                let start = out.text.len();
                out.text.push_str("12:30");
                out.filled.push(start..out.text.len());
            } else {
                out.text.push(' ');
            }
            rest = after;
        }
        out.text.push_str(rest);
        out
    }

    /// Puts a number where one was masked: the second of a range is the larger, minutes have two digits, a digit that goes on
    /// makes no day above the 29th.
    fn number(&mut self, after: &str) {
        let before = self.text.chars().next_back();
        let goes_on = after.starts_with(|c: char| c.is_ascii_digit()) || after.starts_with("[数字");
        let number = match before {
            Some(':' | '：') => "30",
            Some('-' | '~' | '—' | '到' | '至' | '～') if goes_on => "2",
            Some('-' | '~' | '—' | '到' | '至' | '～') => "5",
            _ if goes_on => "1",
            _ => "3",
        };
        let start = self.text.len();
        self.text.push_str(number);
        self.filled.push(start..self.text.len());
    }

    fn masked(&self, span: &Range<usize>) -> bool {
        self.filled
            .iter()
            .any(|at| span.start <= at.start && at.end <= span.end)
    }
}
