//! The target table: item and tier give business minutes and the reason for them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::domain::vocabulary::Tier;

/// What must have happened when a target ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// The customer has a reply in substance.
    Reply,
    /// The customer was called back.
    Callback,
    /// The complaint is resolved.
    Resolve,
}

/// A length of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Length {
    /// Business minutes.
    Minutes(i64),
    /// Regular working days of the site's calendar.
    Days(i64),
}

impl Length {
    /// "30m", "4h" or "1d"; `None` for anything else, for zero and for more than a thousand of a unit.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let count: i64 = text
            .strip_suffix(unit)?
            .parse()
            .ok()
            .filter(|n| (1..=1000).contains(n))?;
        match unit {
            'm' => Some(Self::Minutes(count)),
            'h' => Some(Self::Minutes(count * 60)),
            'd' => Some(Self::Days(count)),
            _ => None,
        }
    }

    /// In business minutes, for a working day of `day_minutes`.
    #[must_use]
    pub const fn minutes(self, day_minutes: i64) -> i64 {
        match self {
            Self::Minutes(minutes) => minutes,
            Self::Days(days) => days.saturating_mul(day_minutes),
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The base length.
    pub length: Length,
    /// What must have happened by then.
    pub deed: Deed,
}

/// Why a target is what it is: the parts of the product, for words in locale files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The item of the row used; `None` when the default row was used.
    pub item: Option<String>,
    /// What must have happened by then.
    pub deed: Deed,
    /// Base in business minutes.
    pub base_minutes: i64,
    /// The customer's tier.
    pub tier: Tier,
    /// Thousandths the tier gives.
    pub tier_permille: i64,
    /// The cap in thousandths for a vulnerable person, when it shortened the target.
    pub vulnerable_permille: Option<i64>,
    /// Thousandths for a repeat complaint, when it is one.
    pub repeat_permille: Option<i64>,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    pub(super) items: BTreeMap<String, Target>,
    pub(super) default: Target,
    /// Thousandths of A, B, C.
    pub(super) tiers: [i64; 3],
    pub(super) vulnerable_max: i64,
    pub(super) repeat: i64,
    pub(super) day_minutes: i64,
}

impl Targets {
    /// Business minutes for a ticket of this item (`None` or an unknown id: the default row) and why. Rounded down, at least one.
    #[must_use]
    pub fn target_minutes(
        &self,
        item: Option<&str>,
        tier: Tier,
        vulnerable: bool,
        repeat: bool,
    ) -> (i64, Reason) {
        let row = item.and_then(|id| self.items.get_key_value(id));
        let target = row.map_or(self.default, |(_, target)| *target);
        let base_minutes = target.length.minutes(self.day_minutes);
        let [a, b, c] = self.tiers;
        let tier_permille = match tier {
            Tier::A => a,
            Tier::B => b,
            Tier::C => c,
        };
        let vulnerable_permille =
            (vulnerable && self.vulnerable_max < tier_permille).then_some(self.vulnerable_max);
        let repeat_permille = repeat.then_some(self.repeat);
        let factor = vulnerable_permille.unwrap_or(tier_permille) * repeat_permille.unwrap_or(1000);
        let minutes = (base_minutes.saturating_mul(factor) / 1_000_000).max(1);
        let item = row.map(|(id, _)| id.clone());
        let reason = Reason {
            item,
            deed: target.deed,
            base_minutes,
            tier,
            tier_permille,
            vulnerable_permille,
            repeat_permille,
        };
        (minutes, reason)
    }

    /// The rows by item id.
    pub fn rows(&self) -> impl Iterator<Item = (&str, Target)> {
        self.items.iter().map(|(id, target)| (id.as_str(), *target))
    }
}
