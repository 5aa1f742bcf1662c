//! Walking worked time: sums, adding and taking away, span by span.

use jiff::civil::Date;

use super::{Calendar, NoYear};
use crate::domain::time::{MINUTE, Ms, from_local, local};

/// Minutes of a day.
pub(super) const DAY_MINUTES: u16 = 24 * 60;

/// A worked span of one day, in minutes after local midnight; `to` may be 1440 (24:00).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// First minute.
    pub from: u16,
    /// Minute at which it ends, not worked itself.
    pub to: u16,
}

impl Span {
    /// Length in minutes.
    #[must_use]
    pub fn minutes(&self) -> i64 {
        i64::from(self.to.saturating_sub(self.from))
    }
}

impl Calendar {
    /// Business minutes from `from` to `to`, rounded down; negative when `to` is the earlier one.
    ///
    /// # Errors
    /// When a year between them has no data.
    pub fn business_minutes(&self, from: Ms, to: Ms) -> Result<i64, NoYear> {
        Ok(self.business_ms(from, to)?.div_euclid(MINUTE))
    }

    /// Business milliseconds from `from` to `to`; negative when `to` is the earlier one.
    ///
    /// # Errors
    /// When a year between them has no data.
    pub fn business_ms(&self, from: Ms, to: Ms) -> Result<i64, NoYear> {
        if to < from {
            return Ok(-self.business_ms(to, from)?);
        }
        let mut sum = 0;
        let mut date = self.date_of(from);
        while self.instant(date, 0) < to {
            for (start, end) in self.windows_on(date)? {
                sum += end.min(to).minus(start.max(from)).max(0);
            }
            date = self.next(date)?;
        }
        Ok(sum)
    }

    /// The earliest instant by which `minutes` business minutes have passed since `now` (a full day ends at its closing time,
    /// not at the next opening). Zero minutes is `now`; negative minutes are taken away.
    ///
    /// # Errors
    /// When a year on the way has no data.
    pub fn add(&self, now: Ms, minutes: i64) -> Result<Ms, NoYear> {
        self.add_ms(now, minutes.saturating_mul(MINUTE))
    }

    /// As [`Calendar::add`], in milliseconds.
    ///
    /// # Errors
    /// When a year on the way has no data.
    pub fn add_ms(&self, now: Ms, millis: i64) -> Result<Ms, NoYear> {
        if millis <= 0 {
            return if millis == 0 {
                Ok(now)
            } else {
                self.sub_ms(now, millis.saturating_neg())
            };
        }
        let mut left = millis;
        let mut date = self.date_of(now);
        loop {
            for (start, end) in self.windows_on(date)? {
                let start = start.max(now);
                let length = end.minus(start).max(0);
                if length > 0 && left <= length {
                    return Ok(start.plus_millis(left));
                }
                left -= length;
            }
            date = self.next(date)?;
        }
    }

    /// The latest instant from which `minutes` business minutes pass until `due`. Zero minutes is `due`.
    ///
    /// # Errors
    /// When a year on the way has no data.
    pub fn sub(&self, due: Ms, minutes: i64) -> Result<Ms, NoYear> {
        self.sub_ms(due, minutes.saturating_mul(MINUTE))
    }

    fn sub_ms(&self, due: Ms, millis: i64) -> Result<Ms, NoYear> {
        if millis <= 0 {
            return if millis == 0 {
                Ok(due)
            } else {
                self.add_ms(due, millis.saturating_neg())
            };
        }
        let mut left = millis;
        let mut date = self.date_of(due);
        loop {
            let mut windows: Vec<_> = self.windows_on(date)?.collect();
            windows.reverse();
            for (start, end) in windows {
                let end = end.min(due);
                let length = end.minus(start).max(0);
                if length > 0 && left <= length {
                    return Ok(end.plus_millis(-left));
                }
                left -= length;
            }
            date = date.yesterday().map_err(|_| self.no_year(date.year()))?;
        }
    }

    /// The worked span around an instant, or `None` outside worked time. The end of a span is outside it.
    ///
    /// # Errors
    /// When the year has no data.
    pub fn span_at(&self, at: Ms) -> Result<Option<(Ms, Ms)>, NoYear> {
        Ok(self
            .windows_on(self.date_of(at))?
            .find(|(start, end)| *start <= at && at < *end))
    }

    /// The first worked instant at or after `at`.
    ///
    /// # Errors
    /// When a year on the way has no data.
    pub fn next_open(&self, at: Ms) -> Result<Ms, NoYear> {
        Ok(self.add_ms(at, 1)?.plus_millis(-1))
    }

    /// The local date of an instant in the calendar's zone.
    #[must_use]
    pub fn date_of(&self, at: Ms) -> Date {
        local(at, &self.zone).date()
    }

    /// The instant `minute` minutes after local midnight of `date` (1440 is the next midnight).
    #[must_use]
    pub fn instant(&self, date: Date, minute: u16) -> Ms {
        let civil = if minute >= DAY_MINUTES {
            date.tomorrow().unwrap_or(date).at(0, 0, 0, 0)
        } else {
            let (hour, minute) = (minute / 60, minute % 60);
            date.at(
                i8::try_from(hour).unwrap_or(0),
                i8::try_from(minute).unwrap_or(0),
                0,
                0,
            )
        };
        from_local(civil, &self.zone)
    }

    /// The worked spans of a date as instants.
    pub(super) fn windows_on(
        &self,
        date: Date,
    ) -> Result<impl Iterator<Item = (Ms, Ms)> + '_, NoYear> {
        let spans = self.spans_on(date)?;
        Ok(spans
            .iter()
            .map(move |span| (self.instant(date, span.from), self.instant(date, span.to))))
    }

    pub(super) fn next(&self, date: Date) -> Result<Date, NoYear> {
        date.tomorrow()
            .map_err(|_| self.no_year(date.year().saturating_add(1)))
    }
}
