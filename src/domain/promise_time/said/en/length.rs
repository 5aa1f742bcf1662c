//! Lengths: within 2 business days, in half an hour, 3-5 working days, within the hour.

use super::super::found::Step;
use super::super::lengths::{Length, ONE, Unit, dated, tenth};
use super::super::scan::Scan;
use super::super::{Context, SaidKind, Unclear};
use super::day::bracket;

const COUNTS: &[(&str, i64)] = &[
    ("an", ONE),
    ("a couple of", 2 * ONE),
    ("couple of", 2 * ONE),
    ("a", ONE),
    ("one", ONE),
    ("two", 2 * ONE),
    ("three", 3 * ONE),
    ("four", 4 * ONE),
    ("five", 5 * ONE),
    ("six", 6 * ONE),
    ("seven", 7 * ONE),
    ("eight", 8 * ONE),
    ("nine", 9 * ONE),
    ("ten", 10 * ONE),
    ("twelve", 12 * ONE),
    ("fifteen", 15 * ONE),
    ("twenty", 20 * ONE),
    ("thirty", 30 * ONE),
];

const UNITS: &[(&str, Unit)] = &[
    ("hours", Unit::Hour),
    ("hour", Unit::Hour),
    ("hrs", Unit::Hour),
    ("hr", Unit::Hour),
    ("h", Unit::Hour),
    ("minutes", Unit::Minute),
    ("minute", Unit::Minute),
    ("mins", Unit::Minute),
    ("min", Unit::Minute),
    ("days", Unit::Day),
    ("day", Unit::Day),
    ("weeks", Unit::Week),
    ("week", Unit::Week),
    ("months", Unit::Month),
    ("month", Unit::Month),
    ("fortnight", Unit::Week),
];

/// Words before a bare length by which it is the time that something will take.
const TAKES: &[&str] = &[
    "takes ",
    "take ",
    "allow ",
    "up to ",
    "takes about ",
    "take about ",
    "takes up to ",
    "take up to ",
    "usually ",
    "normally ",
    "typically ",
    "take around ",
    "takes around ",
    "expect ",
    "another ",
];

/// Words before a length that is over or returns.
const OVER: &[&str] = &[
    "past ",
    "last ",
    "waited ",
    "waiting ",
    "every ",
    "for the last ",
    "for over ",
    "been ",
    "after ",
    "waited for ",
    "waiting for ",
    "open ",
    "previous ",
    "first ",
    "took ",
    "spent ",
];

/// Words after a limit that counts from something else.
const EVENTS: &[&str] = &[
    " of receipt",
    " of receiving",
    " of the",
    " of your",
    " of us",
    " of our",
    " after ",
    " from receipt",
    " from the",
    " from when",
    " once ",
    " of delivery",
    " of purchase",
    " of submission",
    " from receiving",
];

pub(super) fn length(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if !scan.at_word() {
        return None;
    }
    let start = scan.clone();
    let lead = scan.maybe(lead);
    if lead == Some(SaidKind::Within) && scan.eat_word(&[("the hour", ()), ("hour", ())]).is_some()
    {
        let hour = Length {
            low: None,
            high: ONE,
            unit: Unit::Hour,
        };
        return Some(hour.counted_from_now(context, SaidKind::Within)?.step());
    }
    let length = spoken(scan)?;
    let ago = scan.before_any(&[
        " ago", " earlier", " late", " overdue", "-old", " old", " before",
    ]);
    if ago || start.after_any(OVER) {
        return Some(Step::Skip);
    }
    // "30-day guarantee", "24 hours a day", "24 hour helpline".
    if scan.before_any(&[
        " a day",
        " guarantee",
        " warranty",
        " return",
        " refund policy",
        " trial",
        " helpline",
        " support",
        " notice",
        " service",
    ]) {
        return Some(Step::Skip);
    }
    let from_now = scan
        .eat_word(&[(" from now", ()), (" from today", ())])
        .is_some();
    let kind = match lead {
        Some(kind) => kind,
        None if from_now => SaidKind::At,
        // Minutes and hours alone tell how long something lasts.
        None if length.unit == Unit::WorkingDay || start.after_any(TAKES) => SaidKind::Within,
        None if length.low.is_some() && length.unit != Unit::Minute => SaidKind::Within,
        None => return Some(Step::Skip),
    };
    // "in a minute" is no time, "in 2 minutes" is.
    if length.high == ONE && length.unit == Unit::Minute && kind == SaidKind::At {
        return Some(Step::Skip);
    }
    let mut found = length.counted_from_now(context, kind)?;
    if let Some(date) = bracket(context, scan).or_else(|| by_bracket(context, scan)) {
        dated(&mut found, date)?;
    } else if !from_now && scan.before_any(EVENTS) {
        found.unclear.push(Unclear::FromEvent);
    }
    Some(found.step())
}

/// The word that makes a length a deadline: within, in the next, in about.
fn lead(scan: &mut Scan<'_>) -> Option<SaidKind> {
    let kind = scan.eat_word(&[
        ("within the next", SaidKind::Within),
        ("within next", SaidKind::Within),
        ("in next", SaidKind::Within),
        ("within", SaidKind::Within),
        ("inside", SaidKind::Within),
        ("in under", SaidKind::Within),
        ("in less than", SaidKind::Within),
        ("in the next", SaidKind::Within),
        ("over the next", SaidKind::Within),
        ("in around", SaidKind::At),
        ("in about", SaidKind::At),
        ("in", SaidKind::At),
    ])?;
    scan.spaces();
    scan.eat_word(&[
        ("about", ()),
        ("around", ()),
        ("approximately", ()),
        ("a further", ()),
        ("another", ()),
    ]);
    scan.spaces();
    Some(kind)
}

/// "(by 16 March)"
fn by_bracket(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<jiff::civil::Date> {
    scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat("(").then_some(())?;
        ahead.eat_word(&[("by", ()), ("that is", ()), ("i.e.", ())])?;
        ahead.eat(",");
        ahead.spaces();
        let day = super::day::day(context, ahead, true)?;
        ahead.eat(")").then_some(day.date)
    })
}

/// The number and the unit.
fn spoken(scan: &mut Scan<'_>) -> Option<Length> {
    if scan
        .eat_word(&[
            ("half an hour", ()),
            ("half-an-hour", ()),
            ("half hour", ()),
        ])
        .is_some()
    {
        return Some(Length {
            low: None,
            high: ONE / 2,
            unit: Unit::Hour,
        });
    }
    if scan.eat_word(&[("an hour and a half", ())]).is_some() {
        return Some(Length {
            low: None,
            high: ONE + ONE / 2,
            unit: Unit::Hour,
        });
    }
    let (low, high) = count(scan)?;
    scan.spaces();
    scan.eat("-");
    scan.eat_word(&[("full", ()), ("more", ())]);
    scan.spaces();
    let working = scan.eat_word(&[
        ("business", true),
        ("working", true),
        ("work", true),
        ("calendar", false),
        ("consecutive", false),
    ]);
    scan.spaces();
    scan.eat("-");
    let start = scan.pos();
    let unit = scan.eat_word(UNITS)?;
    let word = scan.head().get(start..).unwrap_or_default();
    let times = if word == "fortnight" { 2 } else { 1 };
    let unit = match (working, unit) {
        (Some(true), Unit::Day) => Unit::WorkingDay,
        (Some(_), Unit::Day) | (None, _) => unit,
        (Some(true), Unit::Hour) => return None,
        _ => unit,
    };
    let half = scan.eat_word(&[(" and a half", ONE / 2)]).unwrap_or(0);
    Some(Length {
        low: low.map(|n| n * times),
        high: high * times + half,
        unit,
    })
}

/// 3, 3-5, two to three, 1.5: the shorter and the longer count, in hundredths.
fn count(scan: &mut Scan<'_>) -> Option<(Option<i64>, i64)> {
    let first = one(scan)?;
    let second = scan.maybe(|ahead| {
        ahead.spaces();
        if !ahead.eat("-") && ahead.eat_word(&[("to", ()), ("or", ())]).is_none() {
            return None;
        }
        ahead.spaces();
        one(ahead).filter(|second| *second > first)
    });
    Some(match second {
        Some(second) => (Some(first), second),
        None => (None, first),
    })
}

fn one(scan: &mut Scan<'_>) -> Option<i64> {
    if let Some(count) = scan.eat_word(COUNTS) {
        return Some(count);
    }
    let whole = scan.digits()?.value * ONE;
    Some(whole + tenth(scan))
}
