//! What kind of day a date is.

use jiff::civil::Date;

use super::{Calendar, NoData, NoYear, Source, Span};
use crate::domain::lang::Lang;

/// What a year file says about a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// Off by law or notice.
    Off,
    /// A make-up working day (调休上班).
    Work,
    /// Likely off, in a provisional year only.
    MaybeOff,
}

/// An entry of a year file for one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Off, worked or perhaps off.
    pub kind: MarkKind,
    /// Chinese name of the holiday it belongs to.
    pub name: String,
    /// English name of the holiday it belongs to.
    pub name_en: String,
    /// The line and document it comes from.
    pub source: Source,
}

/// How a date counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// Worked by the weekly pattern.
    Working,
    /// Worked although the weekly pattern has it off (调休上班).
    MakeUp,
    /// Not worked by the weekly pattern.
    Weekend,
    /// Off by law or notice.
    Holiday,
    /// A weekday of a provisional year that the coming notice will likely make off: not counted as worked for promises, not
    /// counted as a holiday for legal limits.
    MaybeOff,
}

impl DayKind {
    /// Whether business minutes run on such a day. A doubtful day does not: a promise takes the later reading.
    #[must_use]
    pub const fn works(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }
}

/// Words for a special day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayLabel<'a> {
    /// The holiday's name.
    Holiday(&'a Mark),
    /// A make-up working day.
    MakeUp(&'a Mark),
    /// Perhaps part of the holiday; its notice is not out.
    MaybeOff(&'a Mark),
}

impl<'a> DayLabel<'a> {
    /// The words to show: the name of the holiday, or that the day is a make-up working day.
    #[must_use]
    pub fn words(&self, lang: Lang) -> &'a str {
        match (self, lang) {
            (Self::Holiday(mark) | Self::MaybeOff(mark), Lang::Zh) => &mark.name,
            (Self::Holiday(mark) | Self::MaybeOff(mark), Lang::En) => &mark.name_en,
            (Self::MakeUp(_), Lang::Zh) => "调休上班",
            (Self::MakeUp(_), Lang::En) => "make-up working day",
        }
    }
}

impl Calendar {
    /// How this date counts.
    ///
    /// # Errors
    /// When the calendar is closed on holidays and has no data for the year.
    pub fn is_working(&self, date: Date) -> Result<DayKind, NoData> {
        let by_week = if self.week_spans(date).is_empty() {
            DayKind::Weekend
        } else {
            DayKind::Working
        };
        if self.open_on_holidays {
            return Ok(by_week);
        }
        self.need_year(date)?;
        Ok(match self.marks.get(&date).map(|mark| mark.kind) {
            Some(MarkKind::Off) => DayKind::Holiday,
            Some(MarkKind::Work) => DayKind::MakeUp,
            Some(MarkKind::MaybeOff) if by_week == DayKind::Working => DayKind::MaybeOff,
            Some(MarkKind::MaybeOff) | None => by_week,
        })
    }

    /// The name of the holiday, or that the date is a make-up working day; `None` for an ordinary date and for a year
    /// without data.
    #[must_use]
    pub fn day_label(&self, date: Date) -> Option<DayLabel<'_>> {
        self.marks.get(&date).map(|mark| match mark.kind {
            MarkKind::Off => DayLabel::Holiday(mark),
            MarkKind::Work => DayLabel::MakeUp(mark),
            MarkKind::MaybeOff => DayLabel::MaybeOff(mark),
        })
    }

    /// The entry of a year file for this date, if there is one.
    #[must_use]
    pub fn mark(&self, date: Date) -> Option<&Mark> {
        self.marks.get(&date)
    }

    /// The worked spans of a date, in order; empty when it is not worked.
    ///
    /// # Errors
    /// As [`Calendar::is_working`].
    pub fn spans_on(&self, date: Date) -> Result<&[Span], NoYear> {
        let by_week = self.week_spans(date);
        Ok(match self.is_working(date)? {
            DayKind::Working => by_week,
            // A site that works on that weekday anyway keeps that weekday's hours.
            DayKind::MakeUp if by_week.is_empty() => &self.makeup,
            DayKind::MakeUp => by_week,
            DayKind::Weekend | DayKind::Holiday | DayKind::MaybeOff => &[],
        })
    }

    pub(super) fn need_year(&self, date: Date) -> Result<(), NoYear> {
        if self.years.contains_key(&date.year()) {
            Ok(())
        } else {
            Err(self.no_year(date.year()))
        }
    }

    fn week_spans(&self, date: Date) -> &[Span] {
        let monday_first = date.weekday().to_monday_zero_offset().unsigned_abs();
        self.week
            .get(usize::from(monday_first))
            .map_or(&[], Vec::as_slice)
    }
}
