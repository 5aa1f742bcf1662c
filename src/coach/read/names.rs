//! How the model's fine matters and needs are named in the taxonomy and in the playbook: two small data files.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::coach::content::{BadContent, File, Topic};
use crate::coach::model::labels::{FINE, NEEDS};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;

/// What answers a need: the fix kinds of the playbook (method 3.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fix {
    /// The cause, told honestly.
    Cause,
    /// The thing put right.
    Fix,
    /// What the customer wants to reach.
    Goal,
    /// Being taken seriously.
    Respect,
    /// Money.
    Money,
    /// Safety.
    Safety,
}

#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedName {
    fix: Fix,
    zh: String,
    en: String,
    topics: BTreeMap<String, f32>,
    #[serde(default)]
    asks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FineFile {
    fine: BTreeMap<String, BTreeMap<String, f32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedsFile {
    need: BTreeMap<String, NeedName>,
}

/// The two maps, by the places of the model's labels.
#[derive(Clone, PartialEq, Debug)]
pub struct Names {
    /// Per fine matter: places in `Content::items`, each with its share.
    fine: Vec<Vec<(usize, f32)>>,
    /// Per need.
    needs: Vec<NeedName>,
    /// Per topic, the needs it speaks for.
    speaks: Vec<Vec<(usize, f32)>>,
    /// Per topic, the needs its words ask for outright.
    asks: Vec<Vec<usize>>,
}

impl Names {
    /// The maps that ship with balm, for these items.
    ///
    /// # Errors
    /// What is wrong in the file, with the remedy.
    pub fn shipped(items: &[ItemId], topics: &[Topic]) -> Result<Self, BadContent> {
        Self::parse(
            items,
            topics,
            &File {
                name: "coach/fine.toml",
                text: include_str!("../../../assets/coach/fine.toml"),
            },
            &File {
                name: "needs.toml",
                text: include_str!("../../../assets/needs.toml"),
            },
        )
    }

    fn parse(
        items: &[ItemId],
        topics: &[Topic],
        fine: &File<'_>,
        needs: &File<'_>,
    ) -> Result<Self, BadContent> {
        let mut raw = fine.read::<FineFile>()?.fine;
        let mut shares = Vec::with_capacity(FINE.len());
        for name in FINE {
            let Some(row) = raw.remove(name) else {
                return Err(fine.bad(name, "the matter is missing", "add a line for it"));
            };
            let mut out = Vec::with_capacity(row.len());
            for (id, share) in row {
                let Some(place) = items.iter().position(|i| i.as_str() == id) else {
                    return Err(fine.bad(
                        name,
                        format!("the taxonomy has no item {id}"),
                        "use an id of taxonomy.toml",
                    ));
                };
                if !(share > 0.0 && share <= 1.0) {
                    return Err(fine.bad(
                        name,
                        format!("{id} = {share}"),
                        "a share lies above 0 and up to 1",
                    ));
                }
                out.push((place, share));
            }
            shares.push(out);
        }
        let mut raw_needs = needs.read::<NeedsFile>()?.need;
        let mut named = Vec::with_capacity(NEEDS.len());
        for name in NEEDS {
            named.push(
                raw_needs
                    .remove(name)
                    .ok_or_else(|| needs.bad(name, "the need is missing", "add a line for it"))?,
            );
        }
        let unknown = raw.into_keys().map(|k| (fine, k));
        if let Some((file, name)) = unknown
            .chain(raw_needs.into_keys().map(|k| (needs, k)))
            .next()
        {
            return Err(file.bad(name, "the model does not know this name", "remove the line"));
        }
        let (speaks, asks) = by_topic(topics, &named, needs)?;
        Ok(Self {
            fine: shares,
            needs: named,
            speaks,
            asks,
        })
    }

    /// The needs that a topic speaks for, with how strongly.
    pub(super) fn speaks(&self, topic: usize) -> &[(usize, f32)] {
        self.speaks.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Whether the words of a topic ask for a need outright.
    pub(super) fn asks(&self, topic: usize, need: usize) -> bool {
        self.asks.get(topic).is_some_and(|a| a.contains(&need))
    }

    /// The items that a fine matter stands for, places in `Content::items` with shares.
    pub(super) fn items(&self, fine: usize) -> &[(usize, f32)] {
        self.fine.get(fine).map_or(&[], Vec::as_slice)
    }

    /// The fine matters that an item may stand for, with shares that add up to one; none when the model has no word for it.
    pub(in crate::coach) fn fine_of(&self, items: &[ItemId], item: &ItemId) -> Vec<(usize, f32)> {
        let mut out: Vec<(usize, f32)> = Vec::new();
        for (fine, row) in self.fine.iter().enumerate() {
            let share = row
                .iter()
                .find(|(place, _)| items.get(*place) == Some(item));
            // A matter for which the item is only the second name says less about it.
            out.extend(share.map(|(_, s)| (fine, s * s * s * s)));
        }
        let sum: f32 = out.iter().map(|(_, s)| s).sum();
        for (_, share) in &mut out {
            *share /= sum;
        }
        out
    }

    /// What answers a need.
    #[must_use]
    pub fn fix(&self, need: usize) -> Fix {
        self.needs.get(need).map_or(Fix::Fix, |n| n.fix)
    }

    /// A need as a person says it.
    #[must_use]
    pub fn need(&self, need: usize, lang: Lang) -> &str {
        self.needs.get(need).map_or("", |n| match lang {
            Lang::Zh => n.zh.as_str(),
            Lang::En => n.en.as_str(),
        })
    }
}

/// Per topic: the needs it speaks for with their weights, and those its words ask for.
type ByTopic = (Vec<Vec<(usize, f32)>>, Vec<Vec<usize>>);

fn by_topic(topics: &[Topic], needs: &[NeedName], file: &File<'_>) -> Result<ByTopic, BadContent> {
    let mut speaks = vec![Vec::new(); topics.len()];
    let mut asks = vec![Vec::new(); topics.len()];
    for (need, (name, id)) in needs.iter().zip(NEEDS).enumerate() {
        let place = |topic: &str| {
            topics.iter().position(|t| t.id == topic).ok_or_else(|| {
                file.bad(
                    id,
                    format!("there is no topic {topic}"),
                    "use an id of lexicon/topics.toml",
                )
            })
        };
        for (topic, weight) in &name.topics {
            speaks[place(topic)?].push((need, *weight));
        }
        for topic in &name.asks {
            asks[place(topic)?].push(need);
        }
    }
    Ok((speaks, asks))
}
