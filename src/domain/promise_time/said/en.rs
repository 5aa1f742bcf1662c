//! English rules. Words count whole and in any case.

use jiff::civil::{Date, Weekday};

use super::resolve::{Clock, Part, coming, dated, in_days, in_week};
use super::scan::Scan;
use super::{Context, Found, SaidKind};

const PREPOSITIONS: &[(&str, SaidKind)] = &[
    ("no later than", SaidKind::By),
    ("by", SaidKind::By),
    ("before", SaidKind::By),
    ("at", SaidKind::At),
];

const DAYS: &[(&str, (i64, Option<Part>))] = &[
    ("the day after tomorrow", (2, None)),
    ("today", (0, None)),
    ("tonight", (0, Some(Part::Evening))),
    ("this morning", (0, Some(Part::Morning))),
    ("this afternoon", (0, Some(Part::Afternoon))),
    ("this evening", (0, Some(Part::Evening))),
    ("tomorrow morning", (1, Some(Part::Morning))),
    ("tomorrow afternoon", (1, Some(Part::Afternoon))),
    ("tomorrow evening", (1, Some(Part::Evening))),
    ("tomorrow night", (1, Some(Part::Evening))),
    ("tomorrow", (1, None)),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("mon", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("tue", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("wed", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("thu", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("fri", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sat", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("sun", Weekday::Sunday),
];

const MONTHS: &[(&str, i64)] = &[
    ("january", 1),
    ("jan", 1),
    ("february", 2),
    ("feb", 2),
    ("march", 3),
    ("mar", 3),
    ("april", 4),
    ("apr", 4),
    ("may", 5),
    ("june", 6),
    ("jun", 6),
    ("july", 7),
    ("jul", 7),
    ("august", 8),
    ("aug", 8),
    ("september", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("oct", 10),
    ("november", 11),
    ("nov", 11),
    ("december", 12),
    ("dec", 12),
];

/// by 17:00 today, by 12:00 tomorrow (14 Feb), by 12:30 on Tue 24 Feb, at 5 pm. Without a day the next such time is meant.
pub(super) fn time_then_day(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    let kind = scan.eat_word(PREPOSITIONS)?;
    scan.spaces();
    let time = time(scan)?;
    let mut ahead = scan.clone();
    if let Some((date, part)) = day(context, &mut ahead) {
        *scan = ahead;
        return Some(Found::Wall(time.clock(part).on(date, context)?, kind));
    }
    // "by 5" alone is a number, not a time.
    (!time.bare).then_some(())?;
    Some(Found::Wall(time.clock(None).next(context)?, kind))
}

/// today by 5 pm, tomorrow at 09:30, tonight 8 pm
pub(super) fn day_then_time(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    let (days, part) = scan.eat_word(DAYS)?;
    let date = bracket(context, scan).or_else(|| in_days(context, days))?;
    time_on(context, scan, date, part)
}

/// on Monday 16 March by 11:00, Friday at 3 pm, 16 Mar 2026, 11:00
pub(super) fn date_then_time(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    scan.eat_word(&[("on", ())]);
    scan.spaces();
    let date = date(context, scan)?;
    time_on(context, scan, date, None)
}

/// within 2 hours, in half an hour, within 30 minutes
pub(super) fn length(_: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    const COUNTS: &[(&str, i64)] = &[
        ("an", 1),
        ("a", 1),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
    ];
    let kind = scan.eat_word(&[("within", SaidKind::Within), ("in", SaidKind::At)])?;
    scan.spaces();
    if scan.eat_word(&[("half an hour", ())]).is_some() {
        return Some(Found::After(30, kind));
    }
    let count = scan
        .eat_word(COUNTS)
        .or_else(|| scan.digits().map(|number| number.value))?;
    scan.spaces();
    scan.eat("-");
    let unit = scan.eat_word(&[
        ("hours", 60),
        ("hour", 60),
        ("hrs", 60),
        ("h", 60),
        ("minutes", 1),
        ("minute", 1),
        ("mins", 1),
        ("min", 1),
    ])?;
    Some(Found::After(count * unit, kind))
}

/// A clock time before its half of the day is settled.
#[derive(Clone, Copy)]
struct Time {
    hour: i64,
    minute: i64,
    part: Option<Part>,
    exact: bool,
    /// Only a number.
    bare: bool,
}

impl Time {
    fn clock(self, part: Option<Part>) -> Clock {
        let part = self.part.or(part.filter(|_| !self.exact));
        Clock {
            hour: self.hour,
            minute: self.minute,
            part,
            exact: self.exact,
        }
    }
}

/// 17:00, 5:30 pm, 5 pm, noon
fn time(scan: &mut Scan<'_>) -> Option<Time> {
    if scan.eat_word(&[("noon", ())]).is_some() {
        return Some(Time {
            hour: 12,
            minute: 0,
            part: Some(Part::Noon),
            exact: false,
            bare: false,
        });
    }
    let hour = scan.digits().filter(|hour| hour.value <= 24)?;
    let minute = if scan.eat(":") {
        Some(scan.digits().filter(|m| m.digits == 2)?.value)
    } else {
        None
    };
    let mut ahead = scan.clone();
    ahead.spaces();
    // Midnight and noon are the twelves that am and pm turn round.
    let half = ahead.eat_word(&[("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)]);
    let Some(after_noon) = half else {
        let (exact, bare) = (hour.digits == 2 && minute.is_some(), minute.is_none());
        return Some(Time {
            hour: hour.value,
            minute: minute.unwrap_or(0),
            part: None,
            exact,
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
        bare: false,
    })
}

/// A day after a time: today, tomorrow (14 Feb), on Tue 24 Feb 2026, on Friday.
fn day(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<(Date, Option<Part>)> {
    scan.eat(",");
    scan.spaces();
    if let Some((days, part)) = scan.eat_word(DAYS) {
        let date = bracket(context, scan).or_else(|| in_days(context, days))?;
        return Some((date, part));
    }
    scan.eat_word(&[("on", ())]);
    scan.spaces();
    let date = date(context, scan)?;
    let mut ahead = scan.clone();
    ahead.spaces();
    if ahead.eat("(a make-up working day)") {
        *scan = ahead;
    }
    Some((date, None))
}

/// Tue 24 Feb 2026, 24 February, Feb 24, Friday, next Friday.
fn date(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    let next = scan.eat_word(&[("next", 1), ("this", 0)]);
    scan.spaces();
    let weekday = scan.eat_word(WEEKDAYS);
    if let (Some(weeks), Some(weekday)) = (next, weekday) {
        return in_week(context, weeks, weekday);
    }
    let mut ahead = scan.clone();
    ahead.eat(",");
    ahead.spaces();
    if let Some(found) = day_and_month(context, &mut ahead) {
        *scan = ahead;
        return Some(found);
    }
    coming(context, weekday?)
}

fn day_and_month(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    let (month, day) = if let Some(month) = scan.eat_word(MONTHS) {
        scan.spaces();
        (month, ordinal(scan)?)
    } else {
        let day = ordinal(scan)?;
        scan.spaces();
        (scan.eat_word(MONTHS)?, day)
    };
    let mut ahead = scan.clone();
    ahead.eat(",");
    ahead.spaces();
    let year = ahead
        .digits()
        .filter(|year| year.digits == 4 && year.value >= 1970)
        .map(|year| year.value);
    if year.is_some() {
        *scan = ahead;
    }
    dated(context, year, month, day)
}

fn ordinal(scan: &mut Scan<'_>) -> Option<i64> {
    let day = scan.digits().filter(|day| (1..=31).contains(&day.value))?;
    scan.eat_word(&[("st", ()), ("nd", ()), ("rd", ()), ("th", ())]);
    Some(day.value)
}

/// Eats "(14 Feb, a make-up working day)" and gives the date in it.
fn bracket(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    let mut ahead = scan.clone();
    ahead.spaces();
    if !ahead.eat("(") {
        return None;
    }
    let found = day_and_month(context, &mut ahead)?;
    ahead.eat(", a make-up working day");
    if !ahead.eat(")") {
        return None;
    }
    *scan = ahead;
    Some(found)
}

/// The clock time after a day, with or without by, before, at.
fn time_on(
    context: &Context<'_>,
    scan: &mut Scan<'_>,
    date: Date,
    part: Option<Part>,
) -> Option<Found> {
    scan.eat(",");
    scan.spaces();
    let kind = scan.eat_word(PREPOSITIONS);
    scan.spaces();
    let time = time(scan)?;
    // "tomorrow 5" is no time; "tomorrow by 5" is.
    if time.bare && kind.is_none() && part.is_none() {
        return None;
    }
    Some(Found::Wall(
        time.clock(part).on(date, context)?,
        kind.unwrap_or(SaidKind::At),
    ))
}
