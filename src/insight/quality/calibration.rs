//! Whether two raters of the same unit agree: levels at most one apart, Cohen's kappa of critical errors, and what is below the bar
//! twice in a row.

use std::collections::BTreeMap;

use super::figures::whole;
use crate::domain::scorecard::{self, Card, Found, Marks};

/// How two raters judged an item's levels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Agreement {
    /// The same level.
    pub same: u32,
    /// At most one level apart.
    pub within: u32,
    /// Pairs in which both gave a level.
    pub pairs: u32,
}

impl Agreement {
    /// The share at most one level apart in thousandths; nothing without a pair.
    #[must_use]
    pub fn permille(self) -> Option<u32> {
        (self.pairs > 0).then(|| whole(f64::from(self.within) / f64::from(self.pairs)))
    }

    fn add(&mut self, other: Self) {
        self.same += other.same;
        self.within += other.within;
        self.pairs += other.pairs;
    }
}

/// The four cells of two raters' yes and no, of units in which both could look.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Kappa {
    /// Both yes.
    pub both: u32,
    /// Only the first.
    pub first: u32,
    /// Only the second.
    pub second: u32,
    /// Both no.
    pub neither: u32,
}

impl Kappa {
    /// Pairs.
    #[must_use]
    pub const fn pairs(self) -> u32 {
        self.both + self.first + self.second + self.neither
    }

    /// Cohen's kappa in thousandths, rounded to nearest: what both agree on beyond chance. Nothing where chance alone explains all
    /// agreement (no pair, or everybody always says the same): then there is nothing to measure.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "kappa is between -1 and 1")]
    pub fn permille(self) -> Option<i32> {
        let n = f64::from(self.pairs());
        if n == 0.0 {
            return None;
        }
        let cells = [self.both, self.first, self.second, self.neither].map(|c| f64::from(c) / n);
        let [both, first, second, neither] = cells;
        let (one, two) = (both + first, both + second);
        let chance = one * two + (1.0 - one) * (1.0 - two);
        let beyond = 1.0 - chance;
        (beyond > 1e-9).then(|| ((both + neither - chance) / beyond * 1000.0).round() as i32)
    }

    const fn count(&mut self, first: bool, second: bool) {
        match (first, second) {
            (true, true) => self.both += 1,
            (true, false) => self.first += 1,
            (false, true) => self.second += 1,
            (false, false) => self.neither += 1,
        }
    }

    const fn add(&mut self, other: Self) {
        self.both += other.both;
        self.first += other.first;
        self.second += other.second;
        self.neither += other.neither;
    }
}

/// What two raters' units say, of one week or of many.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Calibrated {
    /// Units rated by two.
    pub units: u32,
    /// Each item's agreement.
    pub items: BTreeMap<String, Agreement>,
    /// Each critical error's cells.
    pub criticals: BTreeMap<String, Kappa>,
    /// All items together.
    pub levels: Agreement,
    /// All critical errors together.
    pub critical: Kappa,
    /// Items and critical errors that were below the bar in two weeks in a row: their words are to be rewritten.
    pub rewrite: Vec<String>,
}

impl Calibrated {
    fn take(&mut self, first: &Marks, second: &Marks) {
        self.units += 1;
        for mark in &first.levels {
            let (Some(a), Some(b)) = (mark.level, second.level(&mark.item)) else {
                continue;
            };
            let one = Agreement {
                same: u32::from(a == b),
                within: u32::from(a.abs_diff(b) <= 1),
                pairs: 1,
            };
            self.items.entry(mark.item.clone()).or_default().add(one);
            self.levels.add(one);
        }
        for mark in &first.criticals {
            let theirs = second.found(&mark.critical);
            if mark.found == Found::Unseen || theirs == Found::Unseen {
                continue;
            }
            let mut one = Kappa::default();
            one.count(mark.found == Found::Yes, theirs == Found::Yes);
            let cells = self.criticals.entry(mark.critical.clone()).or_default();
            cells.add(one);
            self.critical.add(one);
        }
    }

    /// The items and critical errors of this week that are below the bar.
    fn below(&self, bar: scorecard::Calibration) -> Vec<&str> {
        let items = self.items.iter();
        let items = items.filter(|(_, a)| a.permille().is_some_and(|p| p < bar.within));
        let criticals = self.criticals.iter();
        let criticals = criticals.filter(|(_, k)| k.permille().is_some_and(|p| p < bar.kappa));
        items
            .map(|(name, _)| name.as_str())
            .chain(criticals.map(|(name, _)| name.as_str()))
            .collect()
    }
}

/// Compares pairs of marks, each with the number of its week. An item is flagged when it is below the bar in two weeks that follow
/// each other among those in which it was rated by two: a week without a pair is no evidence either way.
#[must_use]
pub fn calibration<'a>(
    pairs: impl IntoIterator<Item = (i64, &'a Marks, &'a Marks)>,
    card: &Card,
) -> Calibrated {
    let mut all = Calibrated::default();
    let mut weeks: BTreeMap<i64, Calibrated> = BTreeMap::new();
    for (week, first, second) in pairs {
        all.take(first, second);
        weeks.entry(week).or_default().take(first, second);
    }
    // Whether the week before was below the bar, by name.
    let mut before: BTreeMap<&str, bool> = BTreeMap::new();
    for week in weeks.values() {
        let below = week.below(card.calibration);
        let rated = week.items.keys().chain(week.criticals.keys());
        for name in rated {
            let now = below.contains(&name.as_str());
            let twice = before.insert(name, now) == Some(true) && now;
            if twice && !all.rewrite.contains(name) {
                all.rewrite.push(name.clone());
            }
        }
    }
    all
}
