//! Clocks and dates that may be read in two ways (CMT-08), working days without their date (CMT-12).

use std::ops::Range;

use super::super::deeds::{Bound, around};
use super::super::scan::Scan;
use super::super::{Finding, Fix, Severity};
use super::due_fix;
use crate::coach::read::covers;
use crate::domain::lang::Lang;
use crate::domain::promise_time::render;

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    unclear(cx, bound, out);
    working_days(cx, out);
}

/// Clocks that may be read in two ways (CMT-08): half of a day, a weekday without its date, twelve.
fn unclear(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let in_time = |at: &Range<usize>| {
        let span = cx.span(at);
        cx.times.iter().any(|t| {
            covers(&t.span, &span) || (span.end <= t.span.start && t.span.start - span.end <= 6)
        })
    };
    let ours = |at: &Range<usize>| {
        let span = cx.span(at);
        bound
            .iter()
            .any(|b| b.time.span.start < span.end + 7 && span.start < b.time.span.end + 7)
            || around(cx, at).is_some()
    };
    let mut mark = |hit: &Range<usize>| {
        let mut finding = cx.finding("CMT-08", Severity::Warn, hit);
        finding.fix = due_fix(cx, &finding.span);
        out.push(finding);
    };
    for hit in cx.hits("unclear-clock").chain(cx.hits("twelve")) {
        if ours(hit) {
            mark(hit);
        }
    }
    for hit in cx.hits("daypart") {
        if !in_time(hit) && ours(hit) {
            mark(hit);
        }
    }
    for hit in cx.hits("weekday") {
        let dated = cx.sentence(hit).is_some_and(|s| has_date(cx.words(&s.at)));
        if !dated && ours(hit) {
            mark(hit);
        }
    }
}

/// Whether a day of a month stands in the words: 3月16日, 16 March, 3/16.
fn has_date(words: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let han = words.match_indices('月').any(|(at, _)| {
        words[..at].ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            && words[at + '月'.len_utf8()..]
                .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    let day_only = ['号', '日'].iter().any(|day| {
        words
            .match_indices(*day)
            .any(|(at, _)| words[..at].ends_with(|c: char| c.is_ascii_digit()))
    });
    let pieces: Vec<&str> = words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let number = |w: &str| {
        w.trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<u8>()
            .is_ok_and(|n| (1..=31).contains(&n))
    };
    let month = |w: &str| MONTHS.iter().any(|m| w.starts_with(m) && w.len() <= 9);
    let english = pieces
        .windows(2)
        .any(|two| (number(two[0]) && month(two[1])) || (month(two[0]) && number(two[1])));
    let slashed = words.match_indices('/').any(|(at, _)| {
        words[..at].ends_with(|c: char| c.is_ascii_digit())
            && words[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    });
    han || day_only || english || slashed
}

/// Working days without their date (CMT-12).
fn working_days(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for sentence in &cx.sentences {
        let words = cx.words(&sentence.at);
        if has_date(words) {
            continue;
        }
        for (from, to, days) in counted_days(words) {
            let place = sentence.at.start + from..sentence.at.start + to;
            let mut finding = cx.finding("CMT-12", Severity::Warn, &place);
            finding.fix = dual(cx, &finding.span, days);
            out.push(finding);
        }
    }
}

/// Lengths in working days with a limit: where, and how many days at most.
fn counted_days(words: &str) -> Vec<(usize, usize, i64)> {
    let mut out = Vec::new();
    for unit in [
        "个工作日",
        "工作日",
        "business days",
        "business day",
        "working days",
        "working day",
    ] {
        for (at, found) in words.match_indices(unit) {
            if out.iter().any(|(from, to, _)| *from <= at && at < *to) {
                continue;
            }
            let head = words[..at].trim_end();
            let digits: String = head
                .chars()
                .rev()
                .take_while(|c| c.is_ascii_digit() || HAN_DIGITS.contains(*c))
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            let start = head.len() - digits.len();
            let days = number_of(&digits).or_else(|| word_number(head));
            let Some(days) = days else { continue };
            let end = at + found.len();
            let tail = words[end..].trim_start();
            let limit_zh = ["内", "之内", "以内", "左右"]
                .iter()
                .find(|w| tail.starts_with(**w));
            let before = words[..start]
                .trim_end_matches(|c: char| c.is_ascii_alphabetic() && digits.is_empty())
                .trim_end();
            // 3 to 5 working days have a limit by themselves.
            let range = before.ends_with(['-', '~', '至', '到'])
                && before
                    .trim_end_matches(['-', '~', '至', '到'])
                    .ends_with(|c: char| c.is_ascii_digit() || HAN_DIGITS.contains(c));
            let limit_en = [
                "within", "in", "to", "-", "of", "next", "than", "about", "takes",
            ]
            .iter()
            .any(|w| before.ends_with(w));
            match limit_zh {
                Some(word) => {
                    let skipped = words[end..].len() - tail.len();
                    out.push((start, end + skipped + word.len(), days));
                }
                None if range || (found.ends_with(['s', 'y']) && limit_en) => {
                    out.push((start, end, days));
                }
                None => {}
            }
        }
    }
    out
}

const HAN_DIGITS: &str = "一二三四五六七八九十两";

fn number_of(digits: &str) -> Option<i64> {
    if digits.is_empty() {
        return None;
    }
    if let Ok(n) = digits.parse() {
        return Some(n);
    }
    let mut total = 0;
    for c in digits.chars() {
        total = match c {
            '十' => total.max(1) * 10,
            '两' => total + 2,
            c => {
                total
                    + i64::try_from("一二三四五六七八九".chars().position(|d| d == c)? + 1).ok()?
            }
        };
    }
    Some(total)
}

fn word_number(head: &str) -> Option<i64> {
    const WORDS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let last = head.rsplit(|c: char| !c.is_ascii_alphabetic()).next()?;
    let place = WORDS.iter().position(|w| *w == last)?;
    i64::try_from(place + 1).ok()
}

/// The same length with the date it ends on.
fn dual(cx: &Scan<'_>, span: &Range<usize>, days: i64) -> Option<Fix> {
    let calendar = cx.cx.known.calendar?;
    let minutes = days.checked_mul(calendar.day_minutes())?;
    let due = calendar.add(cx.cx.now, minutes).ok()?;
    let date = render(due, cx.cx.now, cx.cx.zone, calendar, cx.cx.lang);
    let words = cx.text.get(span.clone())?;
    let with = match cx.cx.lang {
        Lang::Zh => format!("{words}（{date}）"),
        Lang::En => format!("{words} ({date})"),
    };
    Some(Fix {
        at: span.clone(),
        with,
    })
}
