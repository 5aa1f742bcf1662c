//! Clock times: 17:00, 5:30 pm, 5 o'clock, half past five, noon, 2-4 pm.

use super::super::SaidKind;
use super::super::resolve::{Clock, Part};
use super::super::scan::Scan;

/// A clock time before its half of the day is settled.
#[derive(Clone, Copy)]
pub(super) struct Time {
    hour: i64,
    minute: i64,
    part: Option<Part>,
    /// Written as on a 24-hour display, or with am or pm.
    exact: bool,
    /// With am or pm: a part of the day beside it adds nothing.
    settled: bool,
    colon: bool,
    /// Only a number: a time beside a day, else none.
    pub bare: bool,
}

impl Time {
    pub fn clock(self, part: Option<Part>) -> Clock {
        // Early and late only say which half of the day it is.
        let part = part.map(|part| match part {
            Part::Early => Part::Morning,
            part => part,
        });
        let part = self.part.or(part.filter(|_| !self.settled));
        Clock {
            hour: self.hour,
            minute: self.minute,
            part,
            exact: self.exact && part.is_none(),
            colon: self.colon,
        }
    }
}

const HOURS: &[(&str, i64)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
];

/// One time, or from one to another.
pub(super) fn times(scan: &mut Scan<'_>) -> Option<(Time, Option<Time>)> {
    let between = scan.maybe(|ahead| {
        ahead.eat_word(&[("between", ())])?;
        ahead.spaces();
        let start = time(ahead)?;
        ahead.spaces();
        ahead.eat_word(&[("and", ()), ("to", ())])?;
        ahead.spaces();
        Some(joined(start, time(ahead)?))
    });
    if let Some((start, end)) = between {
        return Some((start, Some(end)));
    }
    let from = scan.eat_word(&[("from", ())]).is_some();
    scan.spaces();
    let start = time(scan)?;
    let end = scan.maybe(|ahead| {
        ahead.spaces();
        if ahead
            .eat_word(&[("to", ()), ("until", ()), ("till", ())])
            .is_none()
            && !ahead.eat("-")
        {
            return None;
        }
        ahead.spaces();
        time(ahead)
    });
    match end {
        Some(end) => {
            let (start, end) = joined(start, end);
            Some((start, Some(end)))
        }
        // "from 5 pm" on has no end.
        None if from => None,
        None => Some((start, None)),
    }
}

/// "2-4 pm": the start takes its half of the day from the end.
fn joined(mut start: Time, end: Time) -> (Time, Time) {
    let unsettled = start.part.is_none() && !start.exact && start.hour <= 12;
    if unsettled && end.exact {
        start.hour = if end.hour >= 12 && start.hour + 12 < end.hour && start.hour < 12 {
            start.hour + 12
        } else {
            start.hour
        };
        start.exact = true;
        start.settled = end.settled;
    }
    start.bare = start.bare && end.bare;
    (
        start,
        Time {
            bare: start.bare,
            ..end
        },
    )
}

/// A time in words, without am or pm.
const fn worded(hour: i64, part: Option<Part>) -> Time {
    Time {
        hour,
        minute: 0,
        part,
        exact: false,
        settled: false,
        colon: false,
        bare: false,
    }
}

/// noon, midnight, half past five, five o'clock.
fn in_words(scan: &mut Scan<'_>) -> Option<Time> {
    if scan
        .eat_word(&[("12 noon", ()), ("noon", ()), ("midday", ())])
        .is_some()
    {
        return Some(worded(12, Some(Part::Noon)));
    }
    if scan.eat_word(&[("midnight", ())]).is_some() {
        return Some(worded(24, Some(Part::Evening)));
    }
    if let Some(minute) = scan.eat_word(&[
        ("half past", 30),
        ("quarter past", 15),
        ("a quarter past", 15),
    ]) {
        scan.spaces();
        let hour = scan
            .eat_word(HOURS)
            .or_else(|| scan.digits().filter(|n| n.value <= 12).map(|n| n.value))?;
        return Some(Time {
            minute,
            ..worded(hour, None)
        });
    }
    let hour = scan.eat_word(HOURS)?;
    scan.spaces();
    (scan.eat("o'clock") || scan.eat("oclock")).then_some(worded(hour, None))
}

/// 17:00, 5:30 pm, 5 pm, noon, 5 o'clock, half past five.
pub(super) fn time(scan: &mut Scan<'_>) -> Option<Time> {
    if let Some(time) = scan.maybe(in_words) {
        return Some(time);
    }
    if scan
        .before()
        .is_some_and(|c| matches!(c, '$' | '£' | '#' | ':' | '.' | '/'))
    {
        return None;
    }
    let hour = scan.digits().filter(|hour| hour.value <= 24)?;
    let minute = if scan.eat(":")
        || scan.before_any(&[".3", ".0", ".1", ".4", ".5", ".2"]) && points(scan)
    {
        Some(
            scan.digits()
                .filter(|m| m.digits == 2 && m.value < 60)?
                .value,
        )
    } else {
        None
    };
    let colon = minute.is_some();
    if scan.before_any(&["%", "/", ":"]) {
        return None;
    }
    let mut ahead = scan.clone();
    ahead.spaces();
    if ahead.eat("o'clock") || ahead.eat("oclock") {
        *scan = ahead;
        return Some(worded(hour.value, None));
    }
    // Midnight and noon are the twelves that am and pm turn round.
    let half = ahead.eat_word(&[
        ("a.m.", false),
        ("p.m.", true),
        ("am", false),
        ("pm", true),
        ("a.m", false),
        ("p.m", true),
    ]);
    let Some(after_noon) = half else {
        let (exact, bare) = (hour.digits == 2 && minute.is_some(), minute.is_none());
        return Some(Time {
            hour: hour.value,
            minute: minute.unwrap_or(0),
            part: None,
            exact,
            settled: false,
            colon,
            bare,
        });
    };
    *scan = ahead;
    let hour = match (hour.value, after_noon) {
        (12, false) => 0,
        (1..=11, true) => hour.value + 12,
        (1..=12, _) => hour.value,
        _ => return None,
    };
    Some(Time {
        hour,
        minute: minute.unwrap_or(0),
        part: None,
        exact: true,
        settled: true,
        colon,
        bare: false,
    })
}

/// Eats the point of 5.30 pm, which must be followed by two digits and a half of the day (7.30 in the morning).
fn points(scan: &mut Scan<'_>) -> bool {
    let mut ahead = scan.clone();
    let fits = ahead.eat(".") && ahead.digits().is_some_and(|n| n.digits == 2) && {
        ahead.spaces();
        ahead.before_any(&["pm", "am", "p.m", "a.m", "in the "])
    };
    fits && scan.eat(".")
}

/// by, before, at before a time.
pub(super) fn preposition(scan: &mut Scan<'_>) -> Option<SaidKind> {
    if !scan.at_word() {
        return None;
    }
    let kind = scan.eat_word(super::PREPOSITIONS)?;
    scan.spaces();
    Some(kind)
}
