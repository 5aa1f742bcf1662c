//! What must be said, and what must never be said, for an item or while a campaign runs (mission AN8, method 3.4 SCO-01, SCO-02).

use jiff::civil::Date;
use serde::Deserialize;

use super::playbook::Both;
use super::{BadContent, File, check_ids, check_items};
use crate::domain::taxonomy::{ItemId, Taxonomy};

/// Whether it must be said or must not.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Said before the contact ends.
    Must,
    /// Not said at all.
    Never,
}

/// One duty of words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saying {
    /// Its stable name.
    pub id: String,
    /// Must or never.
    pub duty: Duty,
    /// The items it is for; empty for all.
    pub items: Vec<ItemId>,
    /// The first and last day on which it holds; absent for always.
    pub days: Option<(Date, Date)>,
    /// Phrases, in either language, any of which counts as said.
    pub words: Vec<String>,
    /// Why, for the agent.
    pub why: Both,
    /// A line that says it, or that may be said instead.
    pub line: Both,
}

impl Saying {
    /// Whether it holds for this item on this day.
    #[must_use]
    pub fn holds(&self, item: Option<&ItemId>, today: Date) -> bool {
        let item = self.items.is_empty() || item.is_some_and(|i| self.items.contains(i));
        item && self
            .days
            .is_none_or(|(from, to)| from <= today && today <= to)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    saying: Vec<RawSaying>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSaying {
    id: String,
    duty: Duty,
    #[serde(default)]
    items: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    words: Vec<String>,
    why_zh: String,
    why_en: String,
    line_zh: String,
    line_en: String,
}

pub(super) fn parse(file: &File<'_>, taxonomy: &Taxonomy) -> Result<Vec<Saying>, BadContent> {
    let raw: Raw = file.read()?;
    let mut out = Vec::with_capacity(raw.saying.len());
    for s in raw.saying {
        let days = days(file, &s.id, s.from.as_deref(), s.to.as_deref())?;
        let saying = Saying {
            id: s.id,
            duty: s.duty,
            items: s.items.into_iter().map(ItemId).collect(),
            days,
            words: s.words,
            why: Both {
                zh: s.why_zh,
                en: s.why_en,
            },
            line: Both {
                zh: s.line_zh,
                en: s.line_en,
            },
        };
        check_items(file, &saying.id, &saying.items, taxonomy)?;
        saying.why.check(file, &saying.id, "why")?;
        saying.line.check(file, &saying.id, "line")?;
        if saying.words.is_empty() {
            return Err(file.bad(
                &saying.id,
                "nothing tells that it was said",
                "write words = [\"…\"] that stand in such a sentence",
            ));
        }
        out.push(saying);
    }
    check_ids(file, out.iter().map(|s| s.id.as_str()))?;
    Ok(out)
}

fn days(
    file: &File<'_>,
    id: &str,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<Option<(Date, Date)>, BadContent> {
    let day = |text: &str| {
        text.parse::<Date>().map_err(|_| {
            file.bad(
                id,
                format!("\"{text}\" is no day"),
                "write days as \"2026-11-30\"",
            )
        })
    };
    match (from, to) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) => {
            let (from, to) = (day(from)?, day(to)?);
            if from > to {
                return Err(file.bad(id, "it ends before it begins", "swap from and to"));
            }
            Ok(Some((from, to)))
        }
        _ => Err(file.bad(
            id,
            "a campaign has a first and a last day",
            "write both from and to, or neither",
        )),
    }
}
