//! Why a deadline falls where it falls, day by day.

use jiff::civil::Date;

use super::{Calendar, DayKind, Mark, NoYear};
use crate::domain::time::{MINUTE, Ms};

/// One date between the start and the end of a computation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The date in the calendar's zone.
    pub date: Date,
    /// How the date counts.
    pub kind: DayKind,
    /// The worked spans that were counted, as instants, clipped to the computation.
    pub counted: Vec<(Ms, Ms)>,
    /// Their sum in minutes, rounded down.
    pub minutes: i64,
    /// The holiday or make-up entry that was used, with its source.
    pub mark: Option<Mark>,
    /// Whether the year is provisional (暂定).
    pub provisional: bool,
}

impl Calendar {
    /// Which hours of which days count from `from` to `due`, one row per date, days that do not count included.
    ///
    /// # Errors
    /// When a year between them has no data.
    pub fn explain(&self, from: Ms, due: Ms) -> Result<Vec<Explained>, NoYear> {
        let mut rows = Vec::new();
        let mut date = self.date_of(from);
        while self.instant(date, 0) < due {
            let counted: Vec<(Ms, Ms)> = self
                .windows_on(date)?
                .map(|(start, end)| (start.max(from), end.min(due)))
                .filter(|(start, end)| start < end)
                .collect();
            let millis: i64 = counted.iter().map(|(start, end)| end.minus(*start)).sum();
            rows.push(Explained {
                date,
                kind: self.is_working(date)?,
                minutes: millis.div_euclid(MINUTE),
                counted,
                mark: if self.open_on_holidays {
                    None
                } else {
                    self.mark(date).cloned()
                },
                provisional: self.is_provisional(date.year()),
            });
            date = self.next(date)?;
        }
        Ok(rows)
    }
}
