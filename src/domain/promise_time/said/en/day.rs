//! Days with or without a clock time: by 5 pm tomorrow, on Monday 16 March by 11:00, next Wed morning, by the 5th.

use jiff::civil::{Date, Weekday};

use super::super::found::{Found, Step, end_of};
use super::super::resolve::{
    Part, coming, dated, day_of_month, in_days, in_week, month_and_day, timed,
};
use super::super::scan::Scan;
use super::super::{Context, SaidKind, Unclear};
use super::clock::{preposition, time, times};
use super::named::next_working_day;
use super::{MONTHS, PARTS, PREPOSITIONS, SHORT_WEEKDAYS, WEEKDAYS};

const DAYS: &[(&str, (i64, Option<Part>))] = &[
    ("the day after tomorrow", (2, None)),
    ("day after tomorrow", (2, None)),
    ("today", (0, None)),
    ("tonight", (0, Some(Part::Evening))),
    ("this morning", (0, Some(Part::Morning))),
    ("this afternoon", (0, Some(Part::Afternoon))),
    ("this evening", (0, Some(Part::Evening))),
    ("tomorrow", (1, None)),
    ("tmrw", (1, None)),
];

/// A day, what it leaves open, and the part of it that was named.
pub(super) struct Day {
    pub date: Date,
    pub open: Option<Unclear>,
    pub part: Option<Part>,
}

/// by 17:00 today, at 5 pm, 2-4 pm on Friday, 10:00-11:00 tomorrow. Without a day the next such time is meant.
pub(super) fn time_then_day(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if !scan.at_word() {
        return None;
    }
    let kind = preposition(scan);
    let worded = scan.before_any(&["between ", "from "]);
    let (start, end) = times(scan)?;
    let said = kind.unwrap_or(SaidKind::At);
    if let Some(date) = scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_word(&[("on", ())]);
        ahead.spaces();
        next_working_day(context, ahead)
    }) {
        let found = match date {
            Ok(date) => {
                let end = end.map(|end| end.clock(None));
                timed(context, Some(date), start.clock(None), end, said)?
            }
            Err(missing) => Found::new(Err(missing), said),
        };
        return Some(found.in_working_days().step());
    }
    let on = scan.maybe(|ahead| day_after(context, ahead));
    if let Some(day) = on {
        // "5 tomorrow" alone may be a count.
        if start.bare && kind.is_none() && end.is_none() {
            return None;
        }
        let end = end.map(|end| end.clock(day.part));
        let found = timed(context, Some(day.date), start.clock(day.part), end, said)?;
        return Some(found.open_all(day.open.as_slice()).step());
    }
    // "by 5" alone is a number; 12:30 alone is read by the rules for Chinese.
    let clear = !start.bare && (kind.is_some() || worded || said_half(scan));
    clear.then_some(())?;
    let end = end.map(|end| end.clock(None));
    Some(timed(context, None, start.clock(None), end, said)?.step())
}

/// Whether am, pm, o'clock, noon or midnight stands before the cursor.
fn said_half(scan: &Scan<'_>) -> bool {
    scan.after_any(&["am", "pm", ".m.", ".m", "clock", "noon"])
}

/// Tomorrow at 3 pm, Friday morning, on 16 March, by the 5th, tonight.
pub(super) fn day_then_time(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if !scan.at_word() {
        return None;
    }
    // A Saturday delivery, a Friday deal.
    if scan.after_any(&[" a ", "any "]) {
        return None;
    }
    let strict = scan.clone();
    let lead = scan.maybe(|ahead| {
        let kind = ahead.eat_word(&[
            ("at the latest by", SaidKind::By),
            ("no later than", SaidKind::By),
            ("by", SaidKind::By),
            ("before", SaidKind::By),
            ("until", SaidKind::By),
            ("on", SaidKind::Window),
        ])?;
        ahead.spaces();
        Some(kind)
    });
    let before = strict.before_any(&["before"]);
    let day = day(context, scan, lead.is_some())?;
    let later = scan.maybe(|ahead| time_on(context, ahead, &day));
    let found = match later {
        Some(found) => found,
        None => match (day.part, lead) {
            (Some(part), _) => part.on(day.date, lead.unwrap_or(SaidKind::Window))?,
            (None, Some(SaidKind::By)) if before => {
                Found::wall(None, day.date.at(0, 0, 0, 0), SaidKind::By).open(Unclear::NoClock)
            }
            (None, Some(SaidKind::By)) => {
                Found::wall(None, end_of(day.date)?, SaidKind::By).open(Unclear::NoClock)
            }
            (None, _) => Found::days(day.date, day.date, SaidKind::Window)?,
        },
    };
    if scan.before_any(&["'s"]) {
        return Some(Step::Skip);
    }
    Some(found.open_all(day.open.as_slice()).step())
}

/// The clock time after a day, with or without by, before, at.
fn time_on(context: &Context<'_>, scan: &mut Scan<'_>, day: &Day) -> Option<Found> {
    scan.eat(",");
    scan.spaces();
    let kind = scan.eat_word(PREPOSITIONS);
    scan.spaces();
    let (start, end) = times(scan)?;
    // "tomorrow 5" is no time; "tomorrow by 5" is.
    if start.bare && end.is_none() && kind.is_none() && day.part.is_none() {
        return None;
    }
    let end = end.map(|end| end.clock(day.part));
    timed(
        context,
        Some(day.date),
        start.clock(day.part),
        end,
        kind.unwrap_or(SaidKind::At),
    )
}

/// A day after a time: today, tomorrow (14 Feb), on Tue 24 Feb 2026, on Friday.
fn day_after(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    scan.eat(",");
    scan.spaces();
    let on = scan.eat_word(&[("on", ()), ("in the", ())]).is_some();
    scan.spaces();
    let mut found = day(context, scan, true)?;
    if !on && scan.before_any(&[" of them"]) {
        return None;
    }
    scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat("(a make-up working day)").then_some(())
    });
    // "at 5 on Monday evening": eaten by `day`; "at 9 tomorrow, in the morning".
    if found.part.is_none() {
        found.part = scan.maybe(|ahead| {
            ahead.spaces();
            ahead.eat_word(&[("in the", ())])?;
            ahead.spaces();
            ahead.eat_word(PARTS)
        });
    }
    Some(found)
}

/// A day by word, name or date, and the part of it that follows. `beside`: another word of time stands before it, so short
/// names count.
pub(super) fn day(context: &Context<'_>, scan: &mut Scan<'_>, beside: bool) -> Option<Day> {
    if let Some((days, part)) = scan.eat_word(DAYS) {
        let date = bracket(context, scan).or_else(|| in_days(context, days))?;
        return Some(Day {
            date,
            open: None,
            part: part.or_else(|| part_after(scan)),
        });
    }
    let named = scan
        .maybe(|ahead| slashed(context, ahead).filter(|_| beside))
        .or_else(|| scan.maybe(|ahead| date(context, ahead, beside)))
        .or_else(|| scan.maybe(|ahead| of_month(context, ahead)))?;
    let by_bracket = bracket(context, scan);
    Some(Day {
        date: by_bracket.unwrap_or(named.date),
        open: named.open.filter(|_| by_bracket.is_none()),
        part: part_after(scan),
    })
}

/// 3/15 after by or on. Up to the twelfth the month and the day may have changed places.
fn slashed(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    let (month, day) = month_and_day(scan)?;
    Some(Day {
        date: dated(context, None, month, day)?,
        open: (day <= 12 && day != month).then_some(Unclear::DayOrMonth),
        part: None,
    })
}

/// The part after a day: tomorrow morning, Friday at lunchtime.
fn part_after(scan: &mut Scan<'_>) -> Option<Part> {
    scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_word(&[("in the", ()), ("at", ())]);
        ahead.spaces();
        ahead.eat_word(PARTS)
    })
}

/// Tue 24 Feb 2026, 24 February, Feb 24, Friday, next Friday.
fn date(context: &Context<'_>, scan: &mut Scan<'_>, beside: bool) -> Option<Day> {
    let next = scan.eat_word(&[
        ("next week on", 1),
        ("next", 1),
        ("this coming", -1),
        ("this", 0),
        ("coming", -1),
    ]);
    scan.spaces();
    let weekday = weekday(scan, beside || next.is_some());
    if let (Some(weeks), Some(weekday)) = (next, weekday) {
        let date = if weeks < 0 {
            coming(context, weekday)
        } else {
            in_week(context, weeks, weekday)
        };
        return Some(Day {
            date: date?,
            open: Some(Unclear::Weekday),
            part: None,
        });
    }
    if next.is_some() {
        return None;
    }
    let dated = scan.maybe(|ahead| {
        ahead.eat(",");
        ahead.spaces();
        ahead.eat_word(&[("the", ())]);
        ahead.spaces();
        day_and_month(context, ahead, beside || weekday.is_some())
    });
    if let Some(date) = dated {
        return Some(Day {
            date,
            open: None,
            part: None,
        });
    }
    // Monday to Friday is a habit of opening hours; "next week" may follow.
    let weeks = scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_word(&[("next week", 1), ("this week", 0)])
    });
    let date = match weeks {
        Some(weeks) => in_week(context, weeks, weekday?)?,
        None => coming(context, weekday?)?,
    };
    Some(Day {
        date,
        open: Some(Unclear::Weekday),
        part: None,
    })
}

/// A weekday; short names only where another word of time stands beside them.
pub(super) fn weekday(scan: &mut Scan<'_>, beside: bool) -> Option<Weekday> {
    scan.eat_word(WEEKDAYS).or_else(|| {
        scan.maybe(|ahead| {
            let day = ahead.eat_word(SHORT_WEEKDAYS)?;
            ahead.eat(".");
            let time = |scan: &Scan<'_>| {
                let mut next = scan.clone();
                next.eat(",");
                next.spaces();
                next.eat_word(&[("at", ()), ("by", ())]);
                next.spaces();
                time(&mut next).is_some()
            };
            (beside || time(ahead)).then_some(day)
        })
    })
}

/// 24 February, Feb 24th 2026. A month that is a word too (may, march) needs a word of time or an ordinal beside it.
fn day_and_month(context: &Context<'_>, scan: &mut Scan<'_>, beside: bool) -> Option<Date> {
    let (month, day) = if let Some(month) = scan.eat_word(MONTHS) {
        scan.eat(".");
        scan.spaces();
        let (day, ordinal) = ordinal(scan)?;
        let doubtful = month == 5 || month == 3;
        (!doubtful || beside || ordinal || scan.before_any(&[", 20", " 20"])).then_some(())?;
        (month, day)
    } else {
        let (day, _) = ordinal(scan)?;
        scan.spaces();
        scan.eat_word(&[("of", ())]);
        scan.spaces();
        let month = scan.eat_word(MONTHS)?;
        // "the 5 may be late".
        (month != 5 || beside || !scan.before_any(&[" be", " not", " have", " need"]))
            .then_some(())?;
        (month, day)
    };
    let year = scan.maybe(|ahead| {
        ahead.eat(",");
        ahead.spaces();
        ahead
            .digits()
            .filter(|year| year.digits == 4 && year.value >= 1970)
            .map(|year| year.value)
    });
    dated(context, year, month, day)
}

/// the 5th, the 21st of this month, 5th of next month.
fn of_month(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Day> {
    let the = scan.eat_word(&[("the", ())]).is_some();
    scan.spaces();
    let (day, true) = ordinal(scan)? else {
        return None;
    };
    let months = scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_word(&[("of", ())])?;
        ahead.spaces();
        ahead.eat_word(&[("this month", 0), ("next month", 1), ("the month", 0)])
    });
    // The 5th time, the 2nd floor.
    let mut next = scan.clone();
    next.spaces();
    let followed = next.eat_word(&[
        ("at", ()),
        ("by", ()),
        ("and", ()),
        ("or", ()),
        ("we", ()),
        ("i", ()),
        ("you", ()),
        ("if", ()),
        ("when", ()),
        ("to", ()),
        ("so", ()),
        ("with", ()),
        ("for", ()),
        ("between", ()),
        ("before", ()),
        ("after", ()),
    ]);
    let ends = !next.peek().is_some_and(char::is_alphanumeric) && next.peek() != Some('-');
    if months.is_none() && !(the && (ends || followed.is_some())) {
        return None;
    }
    Some(Day {
        date: day_of_month(context, months, day)?,
        open: None,
        part: None,
    })
}

/// A day of the month, and whether it was written as an ordinal.
fn ordinal(scan: &mut Scan<'_>) -> Option<(i64, bool)> {
    let day = scan.digits().filter(|day| (1..=31).contains(&day.value))?;
    let ordinal = scan
        .eat_word(&[("st", ()), ("nd", ()), ("rd", ()), ("th", ())])
        .is_some();
    Some((day.value, ordinal))
}

/// Eats "(14 Feb, a make-up working day)" and gives the date in it.
pub(super) fn bracket(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Date> {
    scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat("(").then_some(())?;
        if weekday(ahead, true).is_some() {
            ahead.eat(",");
            ahead.spaces();
        }
        let found = day_and_month(context, ahead, true)?;
        ahead.eat(", a make-up working day");
        ahead.eat(")").then_some(found)
    })
}
