//! Legal limits in natural days (Civil Code 201 and 203; method 2d).
//!
//! The first day does not count; a last day that is a rest day rolls on to the day after the rest days. Rest days are those of
//! the public (weekends and holidays, less make-up days), whatever the site's own hours are. In a provisional year every doubt
//! takes the earlier reading.

use jiff::civil::{Date, Weekday};

use super::{Calendar, MarkKind, NoYear};
use crate::domain::time::Ms;

/// The end of a limit in natural days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegalDue {
    /// The last day before rolling.
    pub raw: Date,
    /// The last day in law.
    pub legal: Date,
    /// The day the desk works towards: the last day certainly worked here before the legal one (the legal one itself when
    /// none lies after the receipt).
    pub own: Date,
    /// Whether a provisional year (暂定) took part.
    pub provisional: bool,
}

impl Calendar {
    /// The end of a limit of `days` natural days after `received`.
    ///
    /// # Errors
    /// When a year on the way has no data.
    pub fn legal_due(&self, received: Ms, days: u16) -> Result<LegalDue, NoYear> {
        let first = self.date_of(received);
        let raw = first
            .checked_add(jiff::Span::new().days(i64::from(days)))
            .map_err(|_| self.no_year(first.year().saturating_add(1)))?;
        let mut legal = raw;
        while self.surely_rests(legal)? {
            legal = self.next(legal)?;
        }
        let provisional = self.years.get(&legal.year()).copied().unwrap_or(false);
        Ok(LegalDue {
            raw,
            legal,
            own: self.last_worked_before(legal, first)?,
            provisional,
        })
    }

    /// The last day before `legal` and not before `first` that is certainly worked here; `legal` itself when there is none.
    fn last_worked_before(&self, legal: Date, first: Date) -> Result<Date, NoYear> {
        let mut day = legal;
        while day > first {
            day = day.yesterday().map_err(|_| self.no_year(legal.year()))?;
            if self.is_working(day)?.works() {
                return Ok(day);
            }
        }
        Ok(legal)
    }

    /// Whether the public certainly rests on this date. A weekend of a provisional year may still become a make-up day, so
    /// it does not move a limit.
    fn surely_rests(&self, date: Date) -> Result<bool, NoYear> {
        self.need_year(date)?;
        Ok(match self.marks.get(&date).map(|mark| mark.kind) {
            Some(MarkKind::Off) => true,
            Some(MarkKind::Work) => false,
            Some(MarkKind::MaybeOff) | None => {
                let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
                weekend && !self.years.get(&date.year()).copied().unwrap_or(false)
            }
        })
    }
}
