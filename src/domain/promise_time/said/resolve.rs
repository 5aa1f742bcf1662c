//! From what was said to a wall clock time: hours without a half of the day, days without a year.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

use super::found::{Found, end_of};
use super::scan::Scan;
use super::{Context, SaidKind, Unclear};

/// The part of the day that was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// 凌晨: before six.
    Night,
    /// 一早, first thing.
    Early,
    /// 早上, 上午, am.
    Morning,
    /// 中午, noon.
    Noon,
    /// 下午, 傍晚, pm.
    Afternoon,
    /// 傍晚.
    Dusk,
    /// 晚上, evening.
    Evening,
    /// 半夜: the night that follows the day.
    Late,
}

impl Part {
    /// When the part begins and ends, in minutes after midnight; 半夜 ends on the next day.
    const fn hours(self) -> (i64, i64) {
        match self {
            Self::Night => (0, 6 * 60),
            Self::Early => (6 * 60, 10 * 60),
            Self::Morning => (6 * 60, 12 * 60),
            Self::Noon => (11 * 60, 13 * 60),
            Self::Afternoon => (12 * 60, 18 * 60),
            Self::Dusk => (17 * 60, 19 * 60),
            Self::Evening => (18 * 60, 24 * 60),
            Self::Late => (23 * 60, 29 * 60),
        }
    }

    /// The part of a date without a clock time: a stretch, or a limit when 前 or by stands with it.
    pub fn on(self, date: Date, kind: SaidKind) -> Option<Found> {
        let (from, to) = self.hours();
        let open = if self == Self::Late {
            Unclear::Midnight
        } else {
            Unclear::PartOfDay
        };
        let found = match (kind, self) {
            // 中午前: noon, not the end of the lunch hour.
            (SaidKind::By, Self::Noon) => Found::wall(None, at_minute(date, 12 * 60)?, kind),
            (SaidKind::By, _) => Found::wall(None, at_minute(date, to)?, kind),
            _ => Found::wall(
                Some(at_minute(date, from)?),
                at_minute(date, to)?,
                SaidKind::Window,
            ),
        };
        Some(found.open(open))
    }
}

/// A clock time as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i64,
    pub minute: i64,
    pub part: Option<Part>,
    /// Written as on a 24-hour display (09:00, 17:30): no guessing.
    pub exact: bool,
    /// Written with a colon.
    pub colon: bool,
}

impl Clock {
    /// Minutes after midnight, up to 1440; `None` when the words contradict each other.
    pub fn minutes(self) -> Option<i64> {
        if !(0..=24).contains(&self.hour) || !(0..60).contains(&self.minute) {
            return None;
        }
        let hour = match (self.part, self.hour) {
            (Some(Part::Night), 12) => 0,
            (Some(Part::Night), 0..=6)
            | (Some(Part::Early), 4..=10)
            | (Some(Part::Morning), 4..=12)
            | (Some(Part::Noon), 11..=14) => self.hour,
            (Some(Part::Noon), 1..=2)
            | (Some(Part::Afternoon | Part::Dusk), 1..=11)
            | (Some(Part::Evening), 4..=11)
            | (Some(Part::Late), 10..=11) => self.hour + 12,
            (Some(Part::Afternoon | Part::Dusk), 12..=19)
            | (Some(Part::Evening), 16..=24)
            | (Some(Part::Late), 22..=24) => self.hour,
            (Some(Part::Evening | Part::Late), 12 | 0) => 24,
            (Some(Part::Late), 1..=5) => self.hour + 24,
            (Some(_), _) => return None,
            // Nobody promises a call at three in the morning without saying so.
            (None, 1..=7) if !self.exact => self.hour + 12,
            (None, hour) => hour,
        };
        let minutes = hour * 60 + self.minute;
        (minutes <= 24 * 60 || self.part == Some(Part::Late)).then_some(minutes)
    }

    /// What the hour leaves open.
    pub fn unclear(self) -> Option<Unclear> {
        match (self.part, self.hour, self.minutes()?) {
            (_, _, 0 | 1440) | (Some(Part::Late), ..) => Some(Unclear::Midnight),
            (None, 12, _) if !self.exact => Some(Unclear::Twelve),
            // 9:30 is read as on a display; 3:30 may be either.
            (None, 8..=11, _) if self.colon => None,
            (None, 1..=11, _) if !self.exact => Some(Unclear::HalfOfDay),
            _ => None,
        }
    }

    /// On this date. An hour that could be morning or evening and has passed today is read as the evening one.
    pub fn on(self, date: Date, context: &Context<'_>) -> Option<DateTime> {
        let minutes = self.minutes()?;
        let at = at_minute(date, minutes)?;
        let twice = self.part.is_none() && !self.exact && (8 * 60..12 * 60).contains(&minutes);
        if twice && date == context.today() && at < context.wall {
            return at_minute(date, minutes + 12 * 60);
        }
        Some(at)
    }

    /// The next time a wall clock shows it.
    pub fn next(self, context: &Context<'_>) -> Option<DateTime> {
        let today = self.on(context.today(), context)?;
        if today > context.wall {
            Some(today)
        } else {
            self.on(context.today().tomorrow().ok()?, context)
        }
    }
}

pub(super) fn at_minute(date: Date, minutes: i64) -> Option<DateTime> {
    date.at(0, 0, 0, 0).checked_add(minutes.minutes()).ok()
}

/// The date `days` after today.
pub(super) fn in_days(context: &Context<'_>, days: i64) -> Option<Date> {
    context.today().checked_add(days.days()).ok()
}

/// A month and day in the year meant: the one said, else this year, else next year when this year's lies more than a month back.
pub(super) fn dated(
    context: &Context<'_>,
    year: Option<i64>,
    month: i64,
    day: i64,
) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if let Some(year) = year {
        return Date::new(i16::try_from(year).ok()?, month, day).ok();
    }
    let today = context.today();
    let this_year = Date::new(today.year(), month, day).ok();
    match this_year {
        Some(date) if date >= today.checked_sub(31.days()).ok()? => Some(date),
        _ => Date::new(today.year().checked_add(1)?, month, day).ok(),
    }
}

/// The next date, today included, that is this weekday.
pub(super) fn coming(context: &Context<'_>, weekday: Weekday) -> Option<Date> {
    let ahead = context.today().weekday().until(weekday);
    in_days(context, i64::from(ahead))
}

/// This weekday of the week that begins `weeks` Mondays after this week's.
pub(super) fn in_week(context: &Context<'_>, weeks: i64, weekday: Weekday) -> Option<Date> {
    let back = i64::from(context.today().weekday().to_monday_zero_offset());
    in_days(
        context,
        weeks * 7 - back + i64::from(weekday.to_monday_zero_offset()),
    )
}

/// Monday and Sunday of the week that begins `weeks` Mondays after this week's.
pub(super) fn week(context: &Context<'_>, weeks: i64) -> Option<(Date, Date)> {
    Some((
        in_week(context, weeks, Weekday::Monday)?,
        in_week(context, weeks, Weekday::Sunday)?,
    ))
}

/// The first and last day of the month `months` after this one.
pub(super) fn month(context: &Context<'_>, months: i64) -> Option<(Date, Date)> {
    let first = context.today().first_of_month();
    let first = first.checked_add(months.months()).ok()?;
    Some((first, first.last_of_month()))
}

/// The day of the month, this month or `months` later; without a number of months the next one, today included.
pub(super) fn day_of_month(context: &Context<'_>, months: Option<i64>, day: i64) -> Option<Date> {
    let on = |months: i64| {
        let (first, _) = month(context, months)?;
        Date::new(first.year(), first.month(), i8::try_from(day).ok()?).ok()
    };
    match months {
        Some(months) => on(months),
        None => (0..3).filter_map(on).find(|date| *date >= context.today()),
    }
}

/// A clock time, or from one to another, on a date.
pub(super) fn timed(
    context: &Context<'_>,
    date: Option<Date>,
    start: Clock,
    end: Option<Clock>,
    kind: SaidKind,
) -> Option<Found> {
    let resolve = |clock: Clock| match date {
        Some(date) => clock.on(date, context),
        None => clock.next(context),
    };
    let begins = resolve(start)?;
    let found = match end {
        None => Found::wall(None, begins, kind),
        Some(end) => {
            let ends = end
                .on(begins.date(), context)
                .filter(|ends| *ends > begins)?;
            Found::wall(Some(begins), ends, SaidKind::Window)
        }
    };
    let open = end.unwrap_or(start).unclear().or(start.unclear());
    Some(found.exact().open_all(open.as_slice()))
}

/// A whole stretch of days whose end is a limit.
pub(super) fn until_end(date: Date) -> Option<Found> {
    Some(Found::wall(None, end_of(date)?, SaidKind::By).open(Unclear::NoClock))
}

/// The two numbers of 3/15.
pub(super) fn month_and_day(scan: &mut Scan<'_>) -> Option<(i64, i64)> {
    if scan.after_any(&["/", ".", "-", "$", "¥", "(", "["]) {
        return None;
    }
    let month = scan.digits().filter(|n| (1..=12).contains(&n.value))?;
    scan.eat("/").then_some(())?;
    let day = scan.digits().filter(|n| (1..=31).contains(&n.value))?;
    let goes_on = scan
        .peek()
        .is_some_and(|c| c.is_ascii_alphanumeric() || "/%.-)]".contains(c));
    // A full stop may end the sentence.
    let ends = scan.peek() == Some('.')
        && !scan
            .rest()
            .get(1..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    (!goes_on || ends).then_some((month.value, day.value))
}
