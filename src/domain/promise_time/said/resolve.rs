//! From what was said to a wall clock time: hours without a half of the day, days without a year.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

use super::Context;

/// The part of the day that was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// 凌晨: before six.
    Night,
    /// 早上, 上午, am.
    Morning,
    /// 中午, noon.
    Noon,
    /// 下午, 傍晚, pm.
    Afternoon,
    /// 晚上, evening.
    Evening,
}

/// A clock time as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i64,
    pub minute: i64,
    pub part: Option<Part>,
    /// Written as on a 24-hour display (09:00, 17:30): no guessing.
    pub exact: bool,
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
            | (Some(Part::Morning), 4..=12)
            | (Some(Part::Noon), 11..=14) => self.hour,
            (Some(Part::Noon), 1..=2)
            | (Some(Part::Afternoon), 1..=11)
            | (Some(Part::Evening), 4..=11) => self.hour + 12,
            (Some(Part::Afternoon), 12..=19) | (Some(Part::Evening), 16..=24) => self.hour,
            (Some(Part::Evening), 12) => 24,
            (Some(_), _) => return None,
            // Nobody promises a call at three in the morning without saying so.
            (None, 1..=7) if !self.exact => self.hour + 12,
            (None, hour) => hour,
        };
        let minutes = hour * 60 + self.minute;
        (minutes <= 24 * 60).then_some(minutes)
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

fn at_minute(date: Date, minutes: i64) -> Option<DateTime> {
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
