//! Instants and zones.
//!
//! An instant is UTC milliseconds; a zone turns it into what a wall clock shows. Nothing here reads the clock of the
//! machine, and zones come from the bundled database, so the same input gives the same answer on every machine.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

/// Milliseconds in a second.
pub const SECOND: i64 = 1_000;
/// Milliseconds in a minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Milliseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;

/// An instant: UTC milliseconds since 1970-01-01.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(transparent)]
#[schema(minimum = 0, maximum = 4_102_444_800_000_i64)]
pub struct Ms(pub i64);

impl Ms {
    /// The instant `minutes` wall minutes later (earlier when negative). Saturates at the ends of `i64`.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_millis(minutes.saturating_mul(MINUTE))
    }

    /// The instant `secs` seconds later (earlier when negative). Saturates at the ends of `i64`.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        self.plus_millis(secs.saturating_mul(SECOND))
    }

    /// The instant `millis` milliseconds later (earlier when negative). Saturates at the ends of `i64`.
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to `self`; negative when `earlier` is the later one.
    #[must_use]
    pub const fn minus(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whole seconds from `earlier` to `self`, rounded down.
    #[must_use]
    pub const fn secs_since(self, earlier: Self) -> i64 {
        self.minus(earlier).div_euclid(SECOND)
    }

    /// Whole minutes from `earlier` to `self`, rounded down.
    #[must_use]
    pub const fn minutes_since(self, earlier: Self) -> i64 {
        self.minus(earlier).div_euclid(MINUTE)
    }

    /// As a jiff timestamp, clamped to the range jiff can hold (years -9999 to 9999).
    #[must_use]
    pub fn timestamp(self) -> Timestamp {
        let end = if self.0 < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        };
        Timestamp::from_millisecond(self.0).unwrap_or(end)
    }
}

/// The name of a zone that the bundled database does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown time zone \"{0}\": use an IANA name such as \"Asia/Shanghai\"")]
pub struct UnknownZone(pub String);

/// A time zone of the bundled IANA database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone with this IANA name.
    ///
    /// # Errors
    /// When the bundled database has no such name.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        TimeZoneDatabase::bundled()
            .get(name)
            .map(Self)
            .map_err(|_| UnknownZone(name.to_owned()))
    }

    /// Coordinated universal time.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// The IANA name, or an empty text for a zone without one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or_default()
    }

    /// Seconds east of UTC at this instant.
    #[must_use]
    pub fn offset_secs(&self, at: Ms) -> i32 {
        self.0.to_offset(at.timestamp()).seconds()
    }
}

/// What a wall clock in `zone` shows at `at`.
#[must_use]
pub fn local(at: Ms, zone: &Zone) -> DateTime {
    zone.0.to_datetime(at.timestamp())
}

/// The instant at which a wall clock in `zone` shows `civil`. A time that a clock change skips moves forward by the gap,
/// one that happens twice is the first of the two.
#[must_use]
pub fn from_local(civil: DateTime, zone: &Zone) -> Ms {
    match zone.0.to_ambiguous_timestamp(civil).compatible() {
        Ok(instant) => Ms(instant.as_millisecond()),
        // Only within a day of the year -9999 or 9999, where the reading without the zone's offset is near enough.
        Err(_) => {
            let since = civil.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0));
            Ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn local_and_back() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let civil = date(2026, 3, 11).at(14, 20, 0, 0);
        let at = from_local(civil, &zone);
        assert_eq!(at, Ms(1_773_210_000_000));
        assert_eq!(local(at, &zone), civil);
        assert_eq!(zone.offset_secs(at), 8 * 3600);
        assert_eq!(zone.name(), "Asia/Shanghai");
    }

    #[test]
    fn clock_changes_never_fail() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let skipped = from_local(date(2026, 3, 29).at(2, 30, 0, 0), &zone);
        assert_eq!(local(skipped, &zone), date(2026, 3, 29).at(3, 30, 0, 0));
        let twice = from_local(date(2026, 10, 25).at(2, 30, 0, 0), &zone);
        assert_eq!(zone.offset_secs(twice), 2 * 3600);
    }

    #[test]
    fn extremes_saturate() {
        assert_eq!(Ms(i64::MAX).plus_minutes(1), Ms(i64::MAX));
        let zone = Zone::utc();
        let far = local(Ms(i64::MAX), &zone);
        assert_eq!(far.year(), 9999);
        assert!(from_local(far, &zone) > Ms(0));
        assert_eq!(Ms(-1).secs_since(Ms(0)), -1);
        assert_eq!(Ms(61_000).minutes_since(Ms(0)), 1);
    }

    #[test]
    fn unknown_zone_says_what_to_write() {
        assert!(
            Zone::named("Mars/Base")
                .unwrap_err()
                .to_string()
                .contains("Asia/Shanghai")
        );
    }

    #[test]
    fn the_wire_form_is_a_bare_number() {
        assert_eq!(serde_json::to_string(&Ms(5)).unwrap(), "5");
        assert_eq!(serde_json::from_str::<Ms>("7").unwrap(), Ms(7));
    }
}
