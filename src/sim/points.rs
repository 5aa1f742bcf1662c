//! Numbers of the state, in whole thousandths: the same on every machine, whatever its floating point does.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A number in thousandths. Anger, trust, clarity and face run from 0 to 100; factors are around 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Points(pub i64);

impl Points {
    /// Zero.
    pub const ZERO: Self = Self(0);
    /// One, as a factor.
    pub const ONE: Self = Self(1_000);
    /// The upper end of anger, trust, clarity and face.
    pub const FULL: Self = Self(100_000);

    /// A whole number.
    #[must_use]
    pub const fn whole(n: i64) -> Self {
        Self(n.saturating_mul(1_000))
    }

    /// The nearest number in thousandths; 0 for what is no number.
    #[must_use]
    pub fn of(number: f64) -> Self {
        if !number.is_finite() {
            return Self::ZERO;
        }
        // Beyond this nothing here is meant; the cast is exact below it.
        let held = number.clamp(-1e12, 1e12) * 1_000.0;
        #[expect(clippy::cast_possible_truncation, reason = "held within 1e15")]
        Self(held.round() as i64)
    }

    /// As a floating number, for drawing and for JSON.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "below 2^52 in every use")]
        let thousandths = self.0 as f64;
        thousandths / 1_000.0
    }

    /// The nearest whole number, halves away from zero.
    #[must_use]
    pub const fn rounded(self) -> i64 {
        divide(self.0, 1_000)
    }

    /// Times a factor, rounded to the nearest thousandth.
    #[must_use]
    pub const fn times(self, factor: Self) -> Self {
        Self(divide(self.0.saturating_mul(factor.0), 1_000))
    }

    /// Divided by a whole number that is not 0, rounded to the nearest thousandth.
    #[must_use]
    pub const fn over(self, n: i64) -> Self {
        Self(divide(self.0, n))
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Held between 0 and 100.
    #[must_use]
    pub fn held(self) -> Self {
        self.clamp(Self::ZERO, Self::FULL)
    }
}

/// The quotient, halves away from zero; 0 for a division by 0.
#[must_use]
pub const fn divide(n: i64, by: i64) -> i64 {
    if by == 0 {
        return 0;
    }
    let half = by.saturating_abs() / 2;
    let n = if n < 0 {
        n.saturating_sub(half)
    } else {
        n.saturating_add(half)
    };
    n / by
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A thousandth over 1000 is one rounding of IEEE 754: the shortest text of it is the same everywhere.
        serializer.serialize_f64(self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self::of)
    }
}
