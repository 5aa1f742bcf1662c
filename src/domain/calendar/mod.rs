//! Working calendars: which minutes of which days are worked, and what a deadline counted.
//!
//! A calendar is data: a site file (zone, hours of each weekday) and one file per year (days off, make-up working days, each
//! with its source). A year without a file is refused with [`NoYear`], never guessed. Walking goes span by span, so the cost
//! follows the number of days, not of minutes.
//!
//! Not here: which clock runs on which calendar (`domain::clock`), what is promised (`domain::promise_time`), and reading
//! files from a disk (`domain::calendar` takes their text).

mod day;
mod explain;
mod legal;
mod parse;
mod shipped;
mod source;
mod span;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::time::Zone;

pub use day::{DayKind, DayLabel, Mark, MarkKind};
pub use explain::Explained;
pub use legal::LegalDue;
pub use shipped::{shipped, shipped_hotline};
pub use source::{DataError, Source, SourceText};
pub use span::Span;

/// What is wrong with a calendar file, where, and what to do.
pub type CalendarError = DataError;

/// The calendar has no data for a year that the computation touches.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the calendar has no data for {year} (it has {known:?}): add the file cn-{year}.toml")]
pub struct NoYear {
    /// The year that is missing.
    pub year: i16,
    /// The years that are present, ascending.
    pub known: Vec<i16>,
}

/// The answer of [`Calendar::is_working`] for a date outside the loaded years.
pub type NoData = NoYear;

/// A working calendar. Immutable once parsed; share it behind an `Arc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    open_on_holidays: bool,
    /// Spans of Monday to Sunday.
    week: [Vec<Span>; 7],
    makeup: Vec<Span>,
    /// Loaded years; the value says whether the year is provisional.
    years: BTreeMap<i16, bool>,
    marks: BTreeMap<Date, Mark>,
}

impl Calendar {
    /// The zone in which the hours of this calendar are meant.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The loaded years, ascending.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        self.years.keys().copied()
    }

    /// Whether the days of this year are provisional (暂定): its notice has not been entered yet. A calendar that is open on
    /// holidays does not depend on any notice.
    #[must_use]
    pub fn is_provisional(&self, year: i16) -> bool {
        !self.open_on_holidays && self.years.get(&year).copied().unwrap_or(false)
    }

    /// Business minutes of one regular working day: those of the first worked weekday (Monday first). This is what "one
    /// working day" means in a target.
    #[must_use]
    pub fn day_minutes(&self) -> i64 {
        self.week
            .iter()
            .find(|spans| !spans.is_empty())
            .map_or(0, |spans| spans.iter().map(Span::minutes).sum())
    }

    fn no_year(&self, year: i16) -> NoYear {
        NoYear {
            year,
            known: self.years().collect(),
        }
    }
}
