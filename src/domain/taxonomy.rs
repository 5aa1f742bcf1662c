//! The taxonomy: 3 classes, 21 items, as data (mission HE2, method 3.1).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Names one item of the taxonomy, such as `A1`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 1, max_length = 16)]
pub struct ItemId(pub String);

impl ItemId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ItemId {
    fn from(s: &str) -> Self {
        Self(s.to_owned())
    }
}

/// One of the three classes.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// `service`, `product` or `communication`.
    pub id: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
}

/// One item with its owner and its prepared first checks.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The class it belongs to.
    pub class: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// Who owns it, in Chinese.
    pub owner_zh: String,
    /// Who owns it, in English.
    pub owner_en: String,
    /// The first checks before handling, in Chinese.
    pub checks_zh: Vec<String>,
    /// The first checks before handling, in English.
    pub checks_en: Vec<String>,
}

/// The whole taxonomy.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Taxonomy {
    /// The classes.
    #[serde(rename = "class")]
    pub classes: Vec<Class>,
    /// The items.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// A taxonomy file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {what}")]
pub struct BadTaxonomy {
    /// The file.
    pub file: &'static str,
    /// What is wrong and where.
    pub what: String,
}

const FILE: &str = "assets/taxonomy.toml";

impl Taxonomy {
    /// Reads and checks a taxonomy.
    ///
    /// # Errors
    /// When the text is no TOML of this shape, an id stands twice, or an item names no class.
    pub fn parse(text: &str) -> Result<Self, BadTaxonomy> {
        let taxonomy: Self = toml::from_str(text).map_err(|e| BadTaxonomy {
            file: FILE,
            what: e.to_string(),
        })?;
        for (i, item) in taxonomy.items.iter().enumerate() {
            if taxonomy.items[..i].iter().any(|other| other.id == item.id) {
                return Err(BadTaxonomy {
                    file: FILE,
                    what: format!("item {} stands twice", item.id.0),
                });
            }
            if !taxonomy.classes.iter().any(|c| c.id == item.class) {
                let what = format!(
                    "item {} names the class {:?}, which does not exist",
                    item.id.0, item.class
                );
                return Err(BadTaxonomy { file: FILE, what });
            }
        }
        Ok(taxonomy)
    }

    /// The taxonomy that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test parses it.
    pub fn shipped() -> Result<Self, BadTaxonomy> {
        Self::parse(include_str!("../../assets/taxonomy.toml"))
    }

    /// The item with this id.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|i| i.id == *id)
    }
}
