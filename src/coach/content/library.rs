//! The case library: the standard handling for staff and a public version for customers (mission AN6).
//!
//! "Case" is used in this sense only; a complaint is a ticket everywhere.

use jiff::civil::Date;
use serde::Deserialize;

use super::playbook::Both;
use super::{BadContent, File, check_ids, check_items};
use crate::domain::taxonomy::{ItemId, Taxonomy};

/// One entry of the case library.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseEntry {
    /// Its stable name.
    pub id: String,
    /// The items it is for, its own first.
    pub items: Vec<ItemId>,
    /// What it is about.
    pub title: Both,
    /// Words by which it is found.
    pub words: Vec<String>,
    /// The standard handling, for staff only.
    pub internal: Both,
    /// What a customer may be told or sent.
    pub share: Both,
    /// The last day on which it may be used.
    pub expires: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    entry: Vec<RawEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    id: String,
    items: Vec<String>,
    title_zh: String,
    title_en: String,
    words: Vec<String>,
    internal_zh: String,
    internal_en: String,
    share_zh: String,
    share_en: String,
    expires: String,
}

pub(super) fn parse(file: &File<'_>, taxonomy: &Taxonomy) -> Result<Vec<CaseEntry>, BadContent> {
    let raw: Raw = file.read()?;
    let mut out = Vec::with_capacity(raw.entry.len());
    for entry in raw.entry {
        let expires = entry.expires.parse().map_err(|_| {
            file.bad(
                &entry.id,
                format!("\"{}\" is no day", entry.expires),
                "write expires as \"2027-12-31\"",
            )
        })?;
        let entry = CaseEntry {
            id: entry.id,
            items: entry.items.into_iter().map(ItemId).collect(),
            title: Both {
                zh: entry.title_zh,
                en: entry.title_en,
            },
            words: entry.words,
            internal: Both {
                zh: entry.internal_zh,
                en: entry.internal_en,
            },
            share: Both {
                zh: entry.share_zh,
                en: entry.share_en,
            },
            expires,
        };
        check_items(file, &entry.id, &entry.items, taxonomy)?;
        for (name, text) in [
            ("title", &entry.title),
            ("internal", &entry.internal),
            ("share", &entry.share),
        ] {
            text.check(file, &entry.id, name)?;
        }
        if entry.items.is_empty() || entry.words.is_empty() {
            return Err(file.bad(
                &entry.id,
                "it cannot be found",
                "write at least one item and some words",
            ));
        }
        out.push(entry);
    }
    check_ids(file, out.iter().map(|e| e.id.as_str()))?;
    Ok(out)
}
