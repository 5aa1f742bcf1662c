//! Lengths from the moment of writing, in either language.

use jiff::ToSpan;

use super::found::{Found, Stretch, end_of};
use super::resolve::{in_days, until_end};
use super::scan::Scan;
use super::{Context, Meaning, SaidKind, Unclear};

/// What a length is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Minutes on the clock.
    Minute,
    /// Hours on the clock.
    Hour,
    /// Days of the calendar.
    Day,
    /// Days that are worked.
    WorkingDay,
    /// Weeks of seven days.
    Week,
    /// Months; half a month is fifteen days.
    Month,
    /// Years.
    Year,
}

impl Unit {
    /// Minutes of one, of the units that are counted on the clock.
    const fn clock_minutes(self) -> Option<i64> {
        match self {
            Self::Minute => Some(1),
            Self::Hour => Some(60),
            _ => None,
        }
    }
}

/// How many of what; the count in hundredths, so that one and a half can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Length {
    /// The shorter number of "3 to 5", in hundredths.
    pub low: Option<i64>,
    /// The number, or the longer one, in hundredths.
    pub high: i64,
    /// What is counted.
    pub unit: Unit,
}

/// One, in the counts of [`Length`].
pub(super) const ONE: i64 = 100;

/// Longer lengths (a decade) are no deadlines.
const LONGEST_DAYS: i64 = 3660;

/// The tenth behind a whole number, as in 1.5, in the counts of [`Length`]; nothing when none is there.
pub(super) fn tenth(scan: &mut Scan<'_>) -> i64 {
    scan.maybe(|ahead| {
        ahead.eat(".").then_some(())?;
        ahead.digits().filter(|n| n.digits == 1)
    })
    .map_or(0, |tenth| tenth.value * ONE / 10)
}

/// Takes the date that stands in brackets beside a length for what is meant: the number is no longer alone.
pub(super) fn dated(found: &mut Found, date: jiff::civil::Date) -> Option<()> {
    found.stretch = until_end(date)?.stretch;
    found.unclear.retain(|what| *what != Unclear::Undated);
    Some(())
}

impl Length {
    /// What it means from now on: its end, or for [`SaidKind::At`] the time when it is over.
    pub(super) fn counted_from_now(self, context: &Context<'_>, kind: SaidKind) -> Option<Found> {
        let mut found = self.meant(context, kind)?;
        found.length = Some(self);
        Some(found)
    }

    fn meant(self, context: &Context<'_>, kind: SaidKind) -> Option<Found> {
        if let Some(minutes) = self.unit.clock_minutes() {
            let after = |count: i64| context.now.plus_minutes(count * minutes / ONE);
            let stretch = Stretch::Instant(Meaning {
                from: self.low.map(after),
                at: after(self.high),
            });
            let kind = if self.low.is_some() {
                SaidKind::Within
            } else {
                kind
            };
            return Some(Found::new(Ok(stretch), kind).exact());
        }
        if self.unit == Unit::WorkingDay {
            return self.in_working_days(context, kind);
        }
        let last = self.date(context, self.high)?;
        if kind == SaidKind::At && self.low.is_none() {
            return Found::days(last, last, SaidKind::Window);
        }
        let from = match self.low {
            Some(low) => Some(self.date(context, low)?.at(0, 0, 0, 0)),
            None => None,
        };
        let found = Found::wall(from, end_of(last)?, SaidKind::Within);
        Some(found.open(Unclear::NoClock))
    }

    fn in_working_days(self, context: &Context<'_>, kind: SaidKind) -> Option<Found> {
        let whole = |count: i64| (count + ONE - 1) / ONE;
        (self.high <= 400 * ONE).then_some(())?;
        let (low, kind) = if kind == SaidKind::At && self.low.is_none() {
            (Some(whole(self.high)), SaidKind::Window)
        } else {
            (self.low.map(whole), SaidKind::Within)
        };
        let stretch = context.working_days(low, whole(self.high));
        let found = Found::new(stretch, kind).in_working_days();
        Some(found.open(Unclear::Undated))
    }

    fn date(self, context: &Context<'_>, count: i64) -> Option<jiff::civil::Date> {
        match self.unit {
            Unit::Month if count % ONE == 0 && count <= 120 * ONE => {
                context.today().checked_add((count / ONE).months()).ok()
            }
            Unit::Year if count % ONE == 0 && count <= 10 * ONE => {
                context.today().checked_add((count / ONE).years()).ok()
            }
            unit => {
                let days = match unit {
                    Unit::Week => 7,
                    Unit::Month => 30,
                    Unit::Year => 365,
                    _ => 1,
                };
                let days = (count * days + ONE - 1) / ONE;
                in_days(context, Some(days).filter(|d| *d <= LONGEST_DAYS)?)
            }
        }
    }
}
