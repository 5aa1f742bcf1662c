//! The coach's content: playbooks, lexicons and promise defaults, read from data and checked before anything uses them.
//!
//! Every error names file, entry, what is wrong and what to do. Not here: reading a folder of a site's own content; callers
//! hand in texts.

mod defaults;
mod lexicon;
mod library;
mod must_say;
mod pack;
mod playbook;
mod scope;
mod topics;

#[cfg(test)]
mod tests;

pub use defaults::PromiseDefaults;
pub use library::CaseEntry;
pub use must_say::{Duty, Saying};
pub use pack::Laid;
pub use playbook::{Band, Both, Entry, Line, Need, PartKind, Status, When};
pub use scope::{Outcome, ScopeRow};
pub use topics::Topic;

pub(super) use defaults::contact_hours;
pub(super) use lexicon::{Heard, Spoken};

use crate::domain::taxonomy::{ItemId, Taxonomy};

use super::folded::Scanner;
use super::lint::{self, Lexicon, Switches};
use super::model::Model;
use super::read::Names;
use super::signals::{Cues, Says};

/// Content that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {entry}: {what}; {remedy}")]
pub struct BadContent {
    /// The file.
    pub file: String,
    /// The entry and line in it.
    pub entry: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

/// One file of content: its name as errors show it, and its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File<'a> {
    /// The name, below `assets/`.
    pub name: &'a str,
    /// The whole text.
    pub text: &'a str,
}

impl File<'_> {
    pub(super) fn bad(
        &self,
        entry: impl Into<String>,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> BadContent {
        BadContent {
            file: self.name.to_owned(),
            entry: entry.into(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    pub(super) fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, BadContent> {
        toml::from_str(self.text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start.min(self.text.len()));
            let line = 1 + self.text.as_bytes()[..at]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            self.bad(
                format!("line {line}"),
                e.message().to_owned(),
                "compare the line with the shipped file of the same name",
            )
        })
    }
}

/// The texts that content is made of.
#[derive(Debug, Clone)]
pub struct Sources<'a> {
    /// One file an entry.
    pub playbooks: Vec<File<'a>>,
    /// Words that point to items.
    pub items: File<'a>,
    /// What words are about.
    pub topics: File<'a>,
    /// Cues of feeling.
    pub feeling: File<'a>,
    /// Cues of risk and conduct.
    pub risk: File<'a>,
    /// Cues of acts.
    pub acts: File<'a>,
    /// What the lint looks for, one file a family.
    pub lint: Vec<File<'a>>,
    /// Which rules of the lint this deployment lowers or switches off.
    pub switches: File<'a>,
    /// What promises need.
    pub promises: File<'a>,
    /// The escalation-scope table.
    pub scope: File<'a>,
    /// What must and must never be said.
    pub sayings: File<'a>,
    /// The case library, one file a class.
    pub library: Vec<File<'a>>,
}

/// Everything the coach speaks and listens by.
#[derive(Debug)]
pub struct Content {
    /// The playbook entries, by id.
    pub entries: Vec<Entry>,
    /// Items named by the lexicon; `Heard::Item` points into it.
    pub(super) items: Vec<ItemId>,
    /// What words may be about; `topic_words` points into it.
    pub(super) topics: Vec<Topic>,
    /// The words of the topics.
    pub(super) topic_words: Scanner<usize>,
    /// What was learned from labelled messages.
    pub(super) model: Model,
    /// How fine matters and needs of the model are named in the taxonomy and in the playbook.
    pub(super) names: Names,
    /// What to hear in a customer's words.
    pub(super) heard: Scanner<Heard>,
    /// What shows feeling, risk and conduct in them.
    pub(super) cues: Cues<Says>,
    /// What to notice in our own.
    pub(super) spoken: Scanner<Spoken>,
    /// What the lint looks for in them.
    pub lint: Lexicon,
    /// The rules that this deployment lowers or switches off.
    pub switches: Switches,
    /// Needs, contact hours and lines of promises.
    pub promises: PromiseDefaults,
    /// What escalation can and cannot achieve.
    pub scope: Vec<ScopeRow>,
    /// What must and must never be said.
    pub sayings: Vec<Saying>,
    /// The case library.
    pub library: Vec<CaseEntry>,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        vec![$(File { name: $name, text: include_str!(concat!("../../../assets/", $name)) }),+]
    };
}

impl Sources<'static> {
    /// The content that ships with balm.
    #[must_use]
    pub fn shipped() -> Self {
        let one = |name, text| File { name, text };
        Self {
            playbooks: files![
                "playbook/a1-wait.toml",
                "playbook/a2-papers.toml",
                "playbook/a3-guidance.toml",
                "playbook/a4-progress.toml",
                "playbook/a5-passed.toml",
                "playbook/a6-promise.toml",
                "playbook/a7-unreachable.toml",
                "playbook/b1-advert.toml",
                "playbook/b2-repair.toml",
                "playbook/b3-parts.toml",
                "playbook/b4-fault.toml",
                "playbook/b4-leak.toml",
                "playbook/b5-bill.toml",
                "playbook/b6-network.toml",
                "playbook/b7-delivery.toml",
                "playbook/c1-terms.toml",
                "playbook/c2-refund.toml",
                "playbook/c3-gift.toml",
                "playbook/c4-notices.toml",
                "playbook/c5-manner.toml",
                "playbook/c6-sale.toml",
                "playbook/c7-elder.toml",
            ],
            items: one(
                "lexicon/items.toml",
                include_str!("../../../assets/lexicon/items.toml"),
            ),
            topics: one(
                "lexicon/topics.toml",
                include_str!("../../../assets/lexicon/topics.toml"),
            ),
            feeling: one(
                "lexicon/feeling.toml",
                include_str!("../../../assets/lexicon/feeling.toml"),
            ),
            risk: one(
                "lexicon/risk.toml",
                include_str!("../../../assets/lexicon/risk.toml"),
            ),
            acts: one(
                "lexicon/acts.toml",
                include_str!("../../../assets/lexicon/acts.toml"),
            ),
            lint: files![
                "lexicon/lint/cmt.toml",
                "lexicon/lint/emp.toml",
                "lexicon/lint/ton.toml",
            ],
            switches: one(
                "policy/lint.toml",
                include_str!("../../../assets/policy/lint.toml"),
            ),
            promises: one(
                "policy/promises.toml",
                include_str!("../../../assets/policy/promises.toml"),
            ),
            scope: one(
                "escalation.toml",
                include_str!("../../../assets/escalation.toml"),
            ),
            sayings: one(
                "must_say.toml",
                include_str!("../../../assets/must_say.toml"),
            ),
            library: files![
                "library/communication.toml",
                "library/product.toml",
                "library/service.toml",
            ],
        }
    }
}

impl Content {
    /// The content that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, BadContent> {
        let taxonomy = Taxonomy::shipped().map_err(|e| BadContent {
            file: e.file.to_owned(),
            entry: "taxonomy".to_owned(),
            what: e.what,
            remedy: "correct the taxonomy first".to_owned(),
        })?;
        Self::parse(&Sources::shipped(), &taxonomy)
    }

    /// Content from these texts, checked against this taxonomy.
    ///
    /// # Errors
    /// The first thing wrong, with file, entry and remedy.
    pub fn parse(sources: &Sources<'_>, taxonomy: &Taxonomy) -> Result<Self, BadContent> {
        let model = Model::shipped().map_err(|e| BadContent {
            file: "coach/model.bin".to_owned(),
            entry: "model".to_owned(),
            what: e.to_string(),
            remedy: "build balm from a whole copy of its source".to_owned(),
        })?;
        Self::taught(sources, taxonomy, model)
    }

    /// As [`Content::parse`], with another model: a deployment's own, or none yet.
    ///
    /// # Errors
    /// The first thing wrong, with file, entry and remedy.
    pub fn taught(
        sources: &Sources<'_>,
        taxonomy: &Taxonomy,
        model: Model,
    ) -> Result<Self, BadContent> {
        let mut entries = Vec::with_capacity(sources.playbooks.len());
        for file in &sources.playbooks {
            entries.push(playbook::parse(file, taxonomy)?);
        }
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        playbook::check_together(&sources.playbooks, &entries, taxonomy)?;
        let (items, heard) = lexicon::heard(sources, taxonomy, &entries)?;
        let (topics, topic_words) = topics::parse(&sources.topics)?;
        Ok(Self {
            names: Names::shipped(&items)?,
            items,
            topics,
            topic_words,
            model,
            heard,
            cues: lexicon::cues(sources)?,
            spoken: lexicon::spoken(sources)?,
            lint: Lexicon::parse(&sources.lint, &lint::groups())?,
            switches: Switches::parse(&sources.switches)?,
            promises: PromiseDefaults::parse(&sources.promises)?,
            scope: scope::parse(&sources.scope, taxonomy)?,
            sayings: must_say::parse(&sources.sayings, taxonomy)?,
            library: library_of(sources, taxonomy)?,
            entries,
        })
    }

    /// The shipped content without any model: what a training starts from.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn untaught() -> Result<Self, BadContent> {
        let bad = |what: String| BadContent {
            file: "content".to_owned(),
            entry: "training".to_owned(),
            what,
            remedy: "correct the content first".to_owned(),
        };
        let taxonomy = Taxonomy::shipped().map_err(|e| bad(e.what))?;
        let model = Model::untaught().map_err(|e| bad(e.to_string()))?;
        Self::taught(&Sources::shipped(), &taxonomy, model)
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.id == id)
    }
}

fn library_of(sources: &Sources<'_>, taxonomy: &Taxonomy) -> Result<Vec<CaseEntry>, BadContent> {
    let mut all = Vec::new();
    for file in &sources.library {
        all.extend(library::parse(file, taxonomy)?);
        check_ids(file, all.iter().map(|e: &CaseEntry| e.id.as_str()))?;
    }
    Ok(all)
}

/// No name may stand twice, and none be empty.
fn check_ids<'a>(file: &File<'_>, ids: impl Iterator<Item = &'a str>) -> Result<(), BadContent> {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if id.trim().is_empty() {
            return Err(file.bad(id, "it has no id", "write a short id = \"…\""));
        }
        if !seen.insert(id) {
            return Err(file.bad(id, "the id stands twice", "give one of them another id"));
        }
    }
    Ok(())
}

/// Every item must exist.
fn check_items(
    file: &File<'_>,
    entry: &str,
    items: &[ItemId],
    taxonomy: &Taxonomy,
) -> Result<(), BadContent> {
    match items.iter().find(|i| taxonomy.item(i).is_none()) {
        Some(item) => Err(file.bad(
            entry,
            format!("the item {} does not exist", item.as_str()),
            "write an item of taxonomy.toml",
        )),
        None => Ok(()),
    }
}
