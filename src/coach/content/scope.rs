//! What escalation can and cannot achieve, with words for the customer (mission AN7, method 3.12).

use serde::Deserialize;

use super::playbook::Both;
use super::{BadContent, File, check_ids, check_items};
use crate::domain::taxonomy::{ItemId, Taxonomy};

/// What going higher does to the outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It always goes up; somebody else decides anew.
    Yes,
    /// The outcome stays; one review by somebody not involved, and the outside path, remain open.
    Stays,
}

/// One row of the escalation-scope table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScopeRow {
    /// Its stable name.
    pub id: String,
    /// What going higher does.
    pub outcome: Outcome,
    /// The items it is for; empty for all.
    pub items: Vec<ItemId>,
    /// Words in the customer's messages that speak for it.
    pub words: Vec<String>,
    /// What the row is about, for the agent.
    pub what: Both,
    /// What the agent may say.
    pub say: Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    row: Vec<RawRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    id: String,
    outcome: Outcome,
    #[serde(default)]
    items: Vec<String>,
    words: Vec<String>,
    what_zh: String,
    what_en: String,
    say_zh: String,
    say_en: String,
}

pub(super) fn parse(file: &File<'_>, taxonomy: &Taxonomy) -> Result<Vec<ScopeRow>, BadContent> {
    let raw: Raw = file.read()?;
    let rows: Vec<ScopeRow> = raw
        .row
        .into_iter()
        .map(|row| ScopeRow {
            id: row.id,
            outcome: row.outcome,
            items: row.items.into_iter().map(ItemId).collect(),
            words: row.words,
            what: Both {
                zh: row.what_zh,
                en: row.what_en,
            },
            say: Both {
                zh: row.say_zh,
                en: row.say_en,
            },
        })
        .collect();
    check_ids(file, rows.iter().map(|r| r.id.as_str()))?;
    for row in &rows {
        check_items(file, &row.id, &row.items, taxonomy)?;
        row.what.check(file, &row.id, "what")?;
        row.say.check(file, &row.id, "say")?;
        if row.words.is_empty() {
            return Err(file.bad(
                &row.id,
                "no words lead to it",
                "write words = [\"…\"] that customers use",
            ));
        }
    }
    Ok(rows)
}
