//! The card itself: critical errors, items with an anchor for each level, and the numbers of the whole procedure.

use serde::Deserialize;

use super::fault::{self, Fault};
use super::marks::CriticalClass;
use crate::domain::lang::Lang;

/// Levels of an item: 0 to 4.
pub const LEVELS: usize = 5;
/// The highest level.
pub(super) const TOP: u8 = 4;

/// A critical error: one yes fails the unit.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Critical {
    /// Its stable name.
    pub id: String,
    /// Its class.
    pub class: CriticalClass,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// What to look for, in Chinese.
    pub look_zh: String,
    /// What to look for, in English.
    pub look_en: String,
}

impl Critical {
    /// The name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// What to look for, in a language.
    #[must_use]
    pub fn look(&self, lang: Lang) -> &str {
        lang.pick(&self.look_zh, &self.look_en)
    }
}

/// An item with a level from 0 to 4.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its stable name.
    pub id: String,
    /// The skill of a training run that practises it, by its stable name.
    pub drill: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// The anchor of each level in Chinese, from 0.
    pub levels_zh: Vec<String>,
    /// The anchor of each level in English, from 0.
    pub levels_en: Vec<String>,
}

impl Item {
    /// The name in a language.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }

    /// The anchor of a level in a language; empty for a level that is none.
    #[must_use]
    pub fn anchor(&self, lang: Lang, level: u8) -> &str {
        let levels = match lang {
            Lang::Zh => &self.levels_zh,
            Lang::En => &self.levels_en,
        };
        levels.get(usize::from(level)).map_or("", String::as_str)
    }
}

/// How much is reviewed (method 3.14).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sampling {
    /// Units of each agent and month.
    pub each: u32,
    /// Drawn by chance besides, in thousandths of all units.
    pub random: u32,
    /// Reviews that a second rater makes too, in thousandths of all reviews.
    pub second: u32,
}

/// When two raters agree well enough (method 3.14).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Pairs of levels at most one apart, in thousandths of all pairs.
    pub within: u32,
    /// Cohen's kappa of critical errors, in thousandths.
    pub kappa: i32,
    /// Units a week that two rate and talk over.
    pub week: u32,
}

/// How long a review can be appealed against (method 3.14).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    /// Working days from when the review was told.
    pub days: u32,
}

/// The whole card.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The number of this card; a review keeps the one it was made with.
    pub version: u32,
    /// How much is reviewed.
    pub sampling: Sampling,
    /// When raters agree.
    pub calibration: Calibration,
    /// How long an appeal is open.
    pub appeal: Appeal,
    /// The critical errors, class by class.
    #[serde(rename = "critical")]
    pub criticals: Vec<Critical>,
    /// The items.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

impl Card {
    /// Where the card lies below a folder of content.
    pub const FILE: &'static str = "quality/scorecard.toml";
    /// The text of the card that ships with balm.
    pub const SHIPPED: &'static str = include_str!("../../../assets/quality/scorecard.toml");

    /// Reads and checks a card.
    ///
    /// # Errors
    /// The first thing that [`super::check`] finds.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        match fault::check(text).into_iter().next() {
            Some(fault) => Err(fault),
            None => toml::from_str(text).map_err(|e| Fault::toml(text, &e)),
        }
    }

    /// The card that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, Fault> {
        Self::parse(Self::SHIPPED)
    }

    /// The critical error of this name.
    #[must_use]
    pub fn critical(&self, id: &str) -> Option<&Critical> {
        self.criticals.iter().find(|c| c.id == id)
    }

    /// The item of this name.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|i| i.id == id)
    }
}
