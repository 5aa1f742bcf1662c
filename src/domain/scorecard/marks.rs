//! What a rater says of one unit, and what follows from it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::card::{Card, TOP};
use crate::domain::vocabulary::words;

words!(
    /// The three classes of critical errors (method 3.14).
    CriticalClass {
        /// Privacy, rights, recording, law.
        Compliance = "compliance",
        /// What the customer suffers from.
        Customer = "customer",
        /// What the company suffers from.
        Business = "business",
    }
);

words!(
    /// Whether a critical error is there.
    #[derive(Default)]
    Found {
        /// It is not.
        No = "no",
        /// It is: the unit fails.
        Yes = "yes",
        /// It could not be seen in what there was to look at.
        #[default]
        Unseen = "unseen",
    }
);

/// What a rater found of one critical error.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriticalMark {
    /// Its name on the card.
    #[schema(min_length = 1, max_length = 32)]
    pub critical: String,
    /// What was found.
    pub found: Found,
}

/// The level that a rater gave one item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelMark {
    /// Its name on the card.
    #[schema(min_length = 1, max_length = 32)]
    pub item: String,
    /// The level, 0 to 4; absent when it could not be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 4)]
    pub level: Option<u8>,
}

/// All marks of one rater on one unit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// Every critical error of the card, each once.
    #[schema(max_items = 32)]
    pub criticals: Vec<CriticalMark>,
    /// Every item of the card, each once.
    #[schema(max_items = 32)]
    pub levels: Vec<LevelMark>,
}

/// Why marks do not fit a card.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unfit {
    /// A name that the card does not have, one that stands twice, or one that is missing.
    #[error("{0:?} is not marked exactly once, or is not on the card")]
    Name(String),
    /// A level above the highest.
    #[error("{0:?} has a level above 4")]
    Level(String),
    /// Nothing at all was looked at.
    #[error("nothing was looked at")]
    Nothing,
}

impl Marks {
    /// Marks in which nothing was looked at yet, in the order of the card.
    #[must_use]
    pub fn blank(card: &Card) -> Self {
        Self {
            criticals: card
                .criticals
                .iter()
                .map(|c| CriticalMark {
                    critical: c.id.clone(),
                    found: Found::Unseen,
                })
                .collect(),
            levels: card
                .items
                .iter()
                .map(|i| LevelMark {
                    item: i.id.clone(),
                    level: None,
                })
                .collect(),
        }
    }

    /// Whether these are marks by this card: every name once, no other, no level too high, and something looked at.
    ///
    /// # Errors
    /// What does not fit.
    pub fn fit(&self, card: &Card) -> Result<(), Unfit> {
        let names = |all: Vec<&str>, given: Vec<&str>| {
            for name in &given {
                let known = all.contains(name);
                let once = given.iter().filter(|n| *n == name).count() == 1;
                if !known || !once {
                    return Err(Unfit::Name((*name).to_owned()));
                }
            }
            match all.iter().find(|n| !given.contains(n)) {
                Some(missing) => Err(Unfit::Name((*missing).to_owned())),
                None => Ok(()),
            }
        };
        names(
            card.criticals.iter().map(|c| c.id.as_str()).collect(),
            self.criticals.iter().map(|c| c.critical.as_str()).collect(),
        )?;
        names(
            card.items.iter().map(|i| i.id.as_str()).collect(),
            self.levels.iter().map(|l| l.item.as_str()).collect(),
        )?;
        if let Some(high) = self.levels.iter().find(|l| l.level > Some(TOP)) {
            return Err(Unfit::Level(high.item.clone()));
        }
        let seen = self.criticals.iter().any(|c| c.found != Found::Unseen)
            || self.levels.iter().any(|l| l.level.is_some());
        if seen { Ok(()) } else { Err(Unfit::Nothing) }
    }

    /// What was found of a critical error; unseen if it is not among the marks.
    #[must_use]
    pub fn found(&self, critical: &str) -> Found {
        self.criticals
            .iter()
            .find(|c| c.critical == critical)
            .map_or(Found::Unseen, |c| c.found)
    }

    /// The level of an item; nothing if it was not seen or is not among the marks.
    #[must_use]
    pub fn level(&self, item: &str) -> Option<u8> {
        self.levels
            .iter()
            .find(|l| l.item == item)
            .and_then(|l| l.level)
    }

    /// The critical errors that are there.
    pub fn errors(&self) -> impl Iterator<Item = &str> {
        self.criticals
            .iter()
            .filter(|c| c.found == Found::Yes)
            .map(|c| c.critical.as_str())
    }

    /// Whether the unit fails: one critical error is enough, whatever the levels are.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Whether two raters must talk these over: a critical error that one saw and the other did not, or an item more than one
    /// level apart. What either could not look at is no difference.
    #[must_use]
    pub fn apart(&self, other: &Self) -> bool {
        let criticals = self.criticals.iter().any(|mine| {
            let theirs = other.found(&mine.critical);
            mine.found != Found::Unseen && theirs != Found::Unseen && mine.found != theirs
        });
        criticals
            || self.levels.iter().any(|mine| {
                let theirs = other.level(&mine.item);
                matches!((mine.level, theirs), (Some(a), Some(b)) if a.abs_diff(b) > 1)
            })
    }

    /// The items at or below this level, lowest first, those of equal level in the order of the card.
    #[must_use]
    pub fn low(&self, at_most: u8) -> Vec<&str> {
        let mut low: Vec<(u8, &str)> = self
            .levels
            .iter()
            .filter_map(|l| Some((l.level?, l.item.as_str())))
            .filter(|(level, _)| *level <= at_most)
            .collect();
        low.sort_by_key(|(level, _)| *level);
        low.into_iter().map(|(_, item)| item).collect()
    }
}
