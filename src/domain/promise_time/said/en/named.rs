//! Ends that have a name: end of the month, by close of business Friday, the next business day, the weekend, first thing Monday.

use jiff::civil::{Date, Weekday};

use super::super::found::{Found, Step, Stretch, end_of};
use super::super::resolve::{Part, in_days, in_week, month, timed, until_end, week};
use super::super::scan::Scan;
use super::super::{Context, NotComputed, SaidKind, Unclear};
use super::clock::times;
use super::day::day;
use super::{PARTS, PREPOSITIONS};

pub(super) fn named(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if !scan.at_word() {
        return None;
    }
    let kind = scan.maybe(|ahead| {
        let kind = ahead.eat_word(&[
            ("no later than", Lead::By),
            ("before", Lead::Before),
            ("by", Lead::By),
            ("until", Lead::By),
            ("within", Lead::By),
            ("during", Lead::On),
            ("over", Lead::On),
            ("on", Lead::On),
            ("in", Lead::On),
            ("at", Lead::On),
            ("after", Lead::After),
            ("early", Lead::On),
            ("late", Lead::On),
            ("later", Lead::On),
        ])?;
        ahead.spaces();
        Some(kind)
    });
    let found = scan
        .maybe(|ahead| end(context, ahead))
        .or_else(|| scan.maybe(|ahead| first_thing(context, ahead)))
        .or_else(|| scan.maybe(|ahead| working_day(context, ahead, kind)))
        .or_else(|| scan.maybe(|ahead| stretch(context, ahead, kind)))
        .or_else(|| scan.maybe(|ahead| holiday(context, ahead, kind)))?;
    Some(found.step())
}

/// The word before a named end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    By,
    Before,
    On,
    After,
}

impl Lead {
    const fn limits(self) -> bool {
        matches!(self, Self::By | Self::Before)
    }
}

/// end of the month, end of day tomorrow, close of business Friday, month end, EOD.
fn end(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    scan.eat_word(&[("the", ())]);
    scan.spaces();
    let closing = scan.eat_word(&[
        ("close of business", true),
        ("close of play", true),
        ("end of business", true),
        ("end of business day", true),
        ("closing time", true),
        ("cob", true),
        ("end of the working day", true),
        ("end of the day", false),
        ("end of day", false),
        ("eod", false),
        ("day's end", false),
    ]);
    if let Some(closing) = closing {
        let on = scan.maybe(|ahead| {
            ahead.eat(",");
            ahead.spaces();
            ahead.eat_word(&[("on", ()), ("of", ())]);
            ahead.spaces();
            day(context, ahead, true)
        });
        let date = on.as_ref().map_or(context.today(), |day| day.date);
        let open = on.and_then(|day| day.open);
        let found = if closing {
            Found::new(context.closing(date), SaidKind::By).open(Unclear::ClosingTime)
        } else {
            until_end(date)?
        };
        return Some(found.open_all(open.as_slice()));
    }
    if scan
        .eat_word(&[("month end", ()), ("month-end", ())])
        .is_some()
    {
        return until_end(month(context, 0)?.1);
    }
    if scan
        .eat_word(&[("year end", ()), ("year-end", ())])
        .is_some()
    {
        return until_end(Date::new(context.today().year(), 12, 31).ok()?);
    }
    scan.eat_word(&[("very", ())]);
    scan.eat_word(&[("end of", ())])?;
    scan.spaces();
    scan.eat_word(&[("the", ())]);
    scan.spaces();
    let which = scan.eat_word(&[
        ("this month", End::Month(0)),
        ("next month", End::Month(1)),
        ("month", End::Month(0)),
        ("this week", End::Week(0)),
        ("next week", End::Week(1)),
        ("week", End::Week(0)),
        ("this year", End::Year),
        ("year", End::Year),
    ]);
    let last = match which {
        Some(End::Month(months)) => month(context, months)?.1,
        Some(End::Week(weeks)) => week(context, weeks)?.1,
        Some(End::Year) => Date::new(context.today().year(), 12, 31).ok()?,
        None => {
            let day = day(context, scan, true)?;
            return Some(until_end(day.date)?.open_all(day.open.as_slice()));
        }
    };
    until_end(last)
}

#[derive(Clone, Copy)]
enum End {
    Week(i64),
    Month(i64),
    Year,
}

/// first thing tomorrow, first thing on Monday, first thing in the morning.
fn first_thing(context: &Context<'_>, scan: &mut Scan<'_>) -> Option<Found> {
    scan.eat_word(&[("first thing", ())])?;
    scan.spaces();
    scan.eat_word(&[("on", ())]);
    scan.spaces();
    if scan.eat_word(&[("in the morning", ())]).is_some() {
        return Part::Early.on(in_days(context, 1)?, SaidKind::Window);
    }
    let day = day(context, scan, true)?;
    Some(
        Part::Early
            .on(day.date, SaidKind::Window)?
            .open_all(day.open.as_slice()),
    )
}

/// the next business day by noon, next working day, the following day.
fn working_day(context: &Context<'_>, scan: &mut Scan<'_>, lead: Option<Lead>) -> Option<Found> {
    scan.eat_word(&[("the", ())]);
    scan.spaces();
    if scan
        .eat_word(&[("following day", ()), ("next day", ())])
        .is_some()
    {
        // next-day delivery is a service.
        if scan.before_any(&[" delivery", " shipping"]) {
            return None;
        }
        let date = in_days(context, 1)?;
        let found = if lead.is_some_and(Lead::limits) {
            until_end(date)?
        } else {
            Found::days(date, date, SaidKind::Window)?
        };
        return Some(found.open(Unclear::FromEvent));
    }
    let date = next_working_day(context, scan)?;
    on_working_day(context, scan, lead, date)
}

/// The words for the next working day.
pub(super) fn next_working_day(
    context: &Context<'_>,
    scan: &mut Scan<'_>,
) -> Option<Result<Date, NotComputed>> {
    scan.eat_word(&[("the", ())]);
    scan.spaces();
    scan.eat_word(&[("next", ()), ("following", ()), ("first", ())])?;
    scan.spaces();
    scan.eat_word(&[("business day", ()), ("working day", ()), ("workday", ())])?;
    Some(context.working_day(1))
}

/// A working day that the calendar named, with what follows it.
fn on_working_day(
    context: &Context<'_>,
    scan: &mut Scan<'_>,
    lead: Option<Lead>,
    date: Result<Date, NotComputed>,
) -> Option<Found> {
    let limit = lead.is_some_and(Lead::limits);
    let kind = if limit {
        SaidKind::By
    } else {
        SaidKind::Window
    };
    let date = match date {
        Ok(date) => date,
        Err(missing) => {
            // What follows is eaten all the same: "by 10:00" is no time of today.
            let today = Ok(context.today());
            let mut found = on_working_day(context, scan, lead, today)?;
            found.stretch = Err(missing);
            return Some(found);
        }
    };
    let timed_on = scan.maybe(|ahead| {
        ahead.eat(",");
        ahead.spaces();
        let kind = ahead.eat_word(PREPOSITIONS)?;
        ahead.spaces();
        let (start, end) = times(ahead)?;
        let end = end.map(|end| end.clock(None));
        timed(context, Some(date), start.clock(None), end, kind)
    });
    if let Some(found) = timed_on {
        return Some(found.in_working_days());
    }
    let part = scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_word(PARTS)
    });
    if let Some(part) = part {
        return Some(part.on(date, kind)?.in_working_days());
    }
    let stretch = context.worked_hours(date).map(|stretch| match stretch {
        Stretch::Instant(mut meaning) if limit => {
            meaning.from = None;
            Stretch::Instant(meaning)
        }
        other => other,
    });
    let found = Found::new(stretch, kind).in_working_days();
    Some(found.open(Unclear::NoClock))
}

/// next week, this weekend, by the weekend, next month, later today.
fn stretch(context: &Context<'_>, scan: &mut Scan<'_>, lead: Option<Lead>) -> Option<Found> {
    let limit = lead.is_some_and(Lead::limits);
    let the = scan.eat_word(&[("the", ())]).is_some();
    scan.spaces();
    let weekend = scan
        .eat_word(&[
            ("this weekend", 0),
            ("next weekend", 1),
            ("coming weekend", 0),
        ])
        .or_else(|| {
            (the && lead.is_some()).then_some(())?;
            scan.eat_word(&[("weekend", 0)])
        });
    if let Some(weeks) = weekend {
        let saturday = in_week(context, weeks, Weekday::Saturday)?;
        if limit {
            let found = Found::wall(None, saturday.at(0, 0, 0, 0), SaidKind::By);
            return Some(found.open(Unclear::NoClock));
        }
        return Found::days(saturday, saturday.tomorrow().ok()?, SaidKind::Window);
    }
    let (first, last) = match scan.eat_word(&[
        ("next week", End::Week(1)),
        ("this week", End::Week(0)),
        ("next month", End::Month(1)),
        ("this month", End::Month(0)),
    ])? {
        End::Week(weeks) => week(context, weeks)?,
        End::Month(months) => month(context, months)?,
        End::Year => return None,
    };
    if scan.before_any(&["'s"]) || lead == Some(Lead::After) {
        return None;
    }
    if lead == Some(Lead::Before) && first > context.today() {
        let found = Found::wall(None, first.at(0, 0, 0, 0), SaidKind::By);
        return Some(found.open(Unclear::NoClock));
    }
    if limit {
        return Some(Found::wall(None, end_of(last)?, SaidKind::By).open(Unclear::NoClock));
    }
    Found::days(first.max(context.today()), last, SaidKind::Window)
}

/// after the holiday, before Spring Festival, after National Day.
fn holiday(context: &Context<'_>, scan: &mut Scan<'_>, lead: Option<Lead>) -> Option<Found> {
    let lead = lead?;
    scan.eat_word(&[("the", ())]);
    scan.spaces();
    let name = scan.eat_word(&[
        ("public holiday", ""),
        ("holidays", ""),
        ("holiday", ""),
        ("new year's day", "元旦"),
        ("new year", "元旦"),
        ("spring festival", "春节"),
        ("chinese new year", "春节"),
        ("labour day", "劳动节"),
        ("labor day", "劳动节"),
        ("may day", "劳动节"),
        ("dragon boat festival", "端午"),
        ("mid-autumn festival", "中秋"),
        ("national day", "国庆"),
        ("qingming", "清明"),
    ])?;
    scan.spaces();
    scan.eat_word(&[("holidays", ()), ("holiday", ()), ("break", ())]);
    let run = context.holiday(name);
    match lead {
        Lead::After => {
            let date =
                run.and_then(|(_, last)| context.working_from(last.tomorrow().unwrap_or(last)));
            on_working_day(context, scan, None, date)
        }
        Lead::By | Lead::Before => {
            let stretch = run.map(|(first, _)| Stretch::Wall {
                from: None,
                at: first.at(0, 0, 0, 0),
            });
            Some(Found::new(stretch, SaidKind::By).open(Unclear::NoClock))
        }
        Lead::On => None,
    }
}
