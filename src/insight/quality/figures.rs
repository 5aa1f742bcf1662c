//! Accuracy and means, of one agent or of all.

use std::collections::BTreeMap;

use crate::domain::ids::ReviewId;
use crate::domain::scorecard::{Card, CriticalClass, Found, Marks};

/// The standard normal quantile of a 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % Wilson score interval of a share, both ends between 0 and 1; nothing without a base.
#[must_use]
pub fn wilson(of: u32, all: u32) -> Option<(f64, f64)> {
    if all == 0 || of > all {
        return None;
    }
    let (n, p) = (f64::from(all), f64::from(of) / f64::from(all));
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

/// Units without a critical error, over those in which one could be seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Accuracy {
    /// Without.
    pub of: u32,
    /// All.
    pub all: u32,
}

impl Accuracy {
    /// The share in tenths of a percent with its 95 % interval; nothing without a base.
    #[must_use]
    pub fn permille(self) -> Option<(u32, u32, u32)> {
        let (low, high) = wilson(self.of, self.all)?;
        let share = f64::from(self.of) / f64::from(self.all);
        Some((whole(share), whole(low), whole(high)))
    }

    const fn count(&mut self, good: bool) {
        self.all += 1;
        if good {
            self.of += 1;
        }
    }
}

/// A share in thousandths, rounded to nearest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share is between 0 and 1"
)]
pub(super) fn whole(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as u32
}

/// The levels of one item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mean {
    /// Their sum.
    pub sum: u32,
    /// How many; units in which it could not be seen are not among them.
    pub count: u32,
}

impl Mean {
    /// The mean in hundredths of a level, rounded to nearest; nothing without a base.
    #[must_use]
    pub fn hundredths(self) -> Option<u32> {
        (self.count > 0).then(|| (self.sum * 100 + self.count / 2) / self.count)
    }
}

/// The figures of one agent, or of all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Quality {
    /// The reviews counted.
    pub reviews: Vec<ReviewId>,
    /// Units without any critical error.
    pub accuracy: Accuracy,
    /// The same by class.
    pub classes: BTreeMap<CriticalClass, Accuracy>,
    /// How often each critical error was there.
    pub errors: BTreeMap<String, u32>,
    /// The mean of each item.
    pub items: BTreeMap<String, Mean>,
}

/// Counts these units. Errors and items that the card no longer has are counted under their old names; the class of an error comes
/// from the card.
#[must_use]
pub fn figures<'a>(units: impl IntoIterator<Item = (ReviewId, &'a Marks)>, card: &Card) -> Quality {
    let mut out = Quality::default();
    for (review, marks) in units {
        out.reviews.push(review);
        if marks.criticals.iter().any(|c| c.found != Found::Unseen) {
            out.accuracy.count(!marks.fails());
        }
        for class in CriticalClass::ALL {
            let seen: Vec<Found> = marks
                .criticals
                .iter()
                .filter(|m| m.found != Found::Unseen)
                .filter(|m| {
                    card.critical(&m.critical)
                        .is_some_and(|c| c.class == *class)
                })
                .map(|m| m.found)
                .collect();
            if !seen.is_empty() {
                let good = !seen.contains(&Found::Yes);
                out.classes.entry(*class).or_default().count(good);
            }
        }
        for error in marks.errors() {
            *out.errors.entry(error.to_owned()).or_default() += 1;
        }
        for mark in &marks.levels {
            if let Some(level) = mark.level {
                let mean = out.items.entry(mark.item.clone()).or_default();
                mean.sum += u32::from(level);
                mean.count += 1;
            }
        }
    }
    out
}
