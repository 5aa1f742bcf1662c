//! What a rule found, and what the calendar says about it.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::lengths::Length;
use super::resolve::at_minute;
use super::{Context, Meaning, NotComputed, SaidKind, Unclear};
use crate::domain::calendar::{Calendar, MarkKind, NoYear, Span};
use crate::domain::time::{Ms, from_local};

/// What a rule made of the words it ate.
pub(super) enum Step {
    Time(Box<Found>),
    /// Words about a time that promises nothing: past, returning, a period of rights.
    Skip,
}

/// A time as a rule found it.
pub(super) struct Found {
    pub stretch: Result<Stretch, NotComputed>,
    pub kind: SaidKind,
    pub unclear: Vec<Unclear>,
    pub exact: bool,
    pub working_days: bool,
    pub length: Option<Length>,
}

/// From when to when.
#[derive(Clone, Copy)]
pub(super) enum Stretch {
    /// On a wall clock; an offset may still follow in the text.
    Wall {
        from: Option<DateTime>,
        at: DateTime,
    },
    Instant(Meaning),
}

impl Found {
    pub fn new(stretch: Result<Stretch, NotComputed>, kind: SaidKind) -> Self {
        Self {
            stretch,
            kind,
            unclear: Vec::new(),
            exact: false,
            working_days: false,
            length: None,
        }
    }

    pub fn wall(from: Option<DateTime>, at: DateTime, kind: SaidKind) -> Self {
        Self::new(Ok(Stretch::Wall { from, at }), kind)
    }

    /// From the start of one date to the end of another.
    pub fn days(first: Date, last: Date, kind: SaidKind) -> Option<Self> {
        let from = (kind != SaidKind::By).then(|| first.at(0, 0, 0, 0));
        Some(Self::wall(from, end_of(last)?, kind).open(Unclear::NoClock))
    }

    pub fn exact(mut self) -> Self {
        self.exact = true;
        self.unclear.retain(|what| *what != Unclear::NoClock);
        self
    }

    pub fn in_working_days(mut self) -> Self {
        self.working_days = true;
        self
    }

    pub fn open(mut self, what: Unclear) -> Self {
        self.unclear.push(what);
        self
    }

    pub fn open_all(mut self, what: &[Unclear]) -> Self {
        self.unclear.extend_from_slice(what);
        self
    }

    pub fn step(self) -> Step {
        Step::Time(Box::new(self))
    }
}

/// The midnight after a date.
pub(super) fn end_of(date: Date) -> Option<DateTime> {
    at_minute(date, 24 * 60)
}

impl Context<'_> {
    fn calendar(&self) -> Result<&Calendar, NotComputed> {
        self.calendar.ok_or(NotComputed::NoCalendar)
    }

    /// The closing time of a date; of a date that is not worked its midnight.
    pub fn closing(&self, date: Date) -> Result<Stretch, NotComputed> {
        let at = closing(self.calendar()?, date)?;
        Ok(Stretch::Instant(Meaning { from: None, at }))
    }

    /// The `count`th working day after today, from its opening to its closing time. With zero it is today or the next.
    pub fn working_day(&self, count: i64) -> Result<Date, NotComputed> {
        let calendar = self.calendar()?;
        let mut date = self.today();
        if count == 0 {
            return first_working(calendar, date);
        }
        for _ in 0..count {
            date = first_working(calendar, next(date, calendar)?)?;
        }
        Ok(date)
    }

    /// The first working day on a date or after it.
    pub fn working_from(&self, date: Date) -> Result<Date, NotComputed> {
        first_working(self.calendar()?, date)
    }

    /// The worked hours of a date.
    pub fn worked_hours(&self, date: Date) -> Result<Stretch, NotComputed> {
        let calendar = self.calendar()?;
        let opening = calendar.spans_on(date)?.first().map_or(0, |span| span.from);
        Ok(Stretch::Instant(Meaning {
            from: Some(instant(calendar, date, opening)),
            at: closing(calendar, date)?,
        }))
    }

    /// The end of a number of working days; `from` is the opening of the shorter number's day.
    pub fn working_days(&self, low: Option<i64>, high: i64) -> Result<Stretch, NotComputed> {
        let calendar = self.calendar()?;
        let from = match low {
            Some(low) => {
                let date = self.working_day(low)?;
                let opening = calendar.spans_on(date)?.first().map_or(0, |span| span.from);
                Some(instant(calendar, date, opening))
            }
            None => None,
        };
        let at = closing(calendar, self.working_day(high)?)?;
        Ok(Stretch::Instant(Meaning { from, at }))
    }

    /// The first and last day of the holiday that runs today or comes next; any holiday when `name` is empty.
    pub fn holiday(&self, name: &str) -> Result<(Date, Date), NotComputed> {
        let calendar = self.calendar()?;
        let off = |date: Date| {
            calendar.mark(date).is_some_and(|mark| {
                matches!(mark.kind, MarkKind::Off | MarkKind::MaybeOff) && mark.name.contains(name)
            })
        };
        let mut first = self.today();
        loop {
            need_year(calendar, first)?;
            if off(first) {
                break;
            }
            first = next(first, calendar)?;
        }
        let mut last = first;
        while off(next(last, calendar)?) {
            last = next(last, calendar)?;
        }
        Ok((first, last))
    }
}

/// Working days further ahead than this are not looked for in one go.
const LONGEST_CLOSURE: usize = 60;

fn first_working(calendar: &Calendar, from: Date) -> Result<Date, NotComputed> {
    let mut date = from;
    for _ in 0..LONGEST_CLOSURE {
        if !calendar.spans_on(date)?.is_empty() {
            return Ok(date);
        }
        date = next(date, calendar)?;
    }
    Err(missing(calendar, date))
}

fn closing(calendar: &Calendar, date: Date) -> Result<Ms, NotComputed> {
    let end = calendar
        .spans_on(date)?
        .last()
        .map_or(24 * 60, |span: &Span| span.to);
    Ok(instant(calendar, date, end))
}

fn instant(calendar: &Calendar, date: Date, minute: u16) -> Ms {
    from_local(date.at(0, 0, 0, 0), calendar.zone()).plus_minutes(i64::from(minute))
}

fn next(date: Date, calendar: &Calendar) -> Result<Date, NotComputed> {
    date.checked_add(1.day())
        .map_err(|_| missing(calendar, date))
}

fn need_year(calendar: &Calendar, date: Date) -> Result<(), NotComputed> {
    if calendar.years().any(|year| year == date.year()) {
        Ok(())
    } else {
        Err(missing(calendar, date))
    }
}

fn missing(calendar: &Calendar, date: Date) -> NotComputed {
    NotComputed::NoYear(NoYear {
        year: date.year(),
        known: calendar.years().collect(),
    })
}
