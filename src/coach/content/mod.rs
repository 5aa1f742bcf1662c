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
mod shipped;
mod standing;
mod topics;
mod turns;

#[cfg(test)]
mod tests;

pub use defaults::PromiseDefaults;
pub use library::CaseEntry;
pub use must_say::{Duty, Saying};
pub use pack::Laid;
pub use playbook::{Band, Both, Entry, Line, Need, PartKind, Status, When};
pub use scope::{Outcome, ScopeRow};
pub use standing::{Cue, Standing, StandingLine, Under};
pub use topics::Topic;

pub(super) use defaults::contact_hours;
pub(super) use lexicon::{Heard, Spoken};

use turns::TurnWords;

use sha2::{Digest, Sha256};

use crate::domain::taxonomy::{ItemId, Taxonomy};

use super::folded::Scanner;
use super::lint::{self, Lexicon, Switches};
use super::model::{BadModel, Model};
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
    /// What is wrong with an entry of this file, and what to do.
    #[must_use]
    pub fn bad(
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

    /// Reads the file as TOML of this form.
    ///
    /// # Errors
    /// What is wrong with the first line that does not fit, with the line.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Result<T, BadContent> {
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
    /// Short moves of a customer within a conversation.
    pub turns: File<'a>,
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
    /// Lines that stand for every item.
    pub standing: File<'a>,
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
    /// Short moves within a conversation.
    pub(super) turns: TurnWords,
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
    /// Lines that stand for every item.
    pub standing: Vec<StandingLine>,
    /// What complaints may hide.
    pub under: Vec<Under>,
    /// SHA-256 over the texts by which words are heard and judged: see [`Sources::print`].
    pub print: [u8; 32],
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
            playbooks: shipped::playbooks(),
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
            turns: one(
                "lexicon/turns.toml",
                include_str!("../../../assets/lexicon/turns.toml"),
            ),
            acts: one(
                "lexicon/acts.toml",
                include_str!("../../../assets/lexicon/acts.toml"),
            ),
            lint: files![
                "lexicon/lint/aut.toml",
                "lexicon/lint/cfm.toml",
                "lexicon/lint/cmt.toml",
                "lexicon/lint/deeds.toml",
                "lexicon/lint/emp.toml",
                "lexicon/lint/exp.toml",
                "lexicon/lint/law.toml",
                "lexicon/lint/prv.toml",
                "lexicon/lint/reg.toml",
                "lexicon/lint/ton.toml",
                "lexicon/lint/vul.toml",
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
            standing: one(
                "standing.toml",
                include_str!("../../../assets/standing.toml"),
            ),
        }
    }
}

impl Sources<'_> {
    /// SHA-256 over everything by which words are heard and judged, in a fixed order; the case library is only read and not in it.
    #[must_use]
    pub fn print(&self) -> [u8; 32] {
        let one = [
            &self.items,
            &self.topics,
            &self.feeling,
            &self.risk,
            &self.turns,
            &self.acts,
            &self.switches,
            &self.promises,
            &self.scope,
            &self.sayings,
            &self.standing,
        ];
        let mut hash = Sha256::new();
        for file in one.into_iter().chain(&self.lint).chain(&self.playbooks) {
            hash.update(file.name);
            hash.update([0]);
            hash.update(file.text);
            hash.update([0]);
        }
        hash.finalize().into()
    }
}

impl Content {
    /// The content that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, BadContent> {
        let taxonomy = shipped_taxonomy()?;
        Self::parse(&Sources::shipped(), &taxonomy)
    }

    /// Content from these texts, checked against this taxonomy.
    ///
    /// # Errors
    /// The first thing wrong, with file, entry and remedy.
    pub fn parse(sources: &Sources<'_>, taxonomy: &Taxonomy) -> Result<Self, BadContent> {
        let model = Model::shipped().map_err(bad_model)?;
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
        let standing = standing::parse(&sources.standing, taxonomy)?;
        Ok(Self {
            names: Names::shipped(&items, &topics)?,
            items,
            topics,
            topic_words,
            model,
            heard,
            cues: lexicon::cues(sources)?,
            turns: TurnWords::parse(sources)?,
            spoken: lexicon::spoken(sources)?,
            lint: Lexicon::parse(&sources.lint, &lint::groups())?,
            switches: Switches::parse(&sources.switches)?,
            promises: PromiseDefaults::parse(&sources.promises)?,
            scope: scope::parse(&sources.scope, taxonomy)?,
            sayings: must_say::parse(&sources.sayings, taxonomy)?,
            library: library_of(sources, taxonomy)?,
            standing: standing.lines,
            under: standing.under,
            print: sources.print(),
            entries,
        })
    }

    /// The shipped content without any model: what a training starts from.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn untaught() -> Result<Self, BadContent> {
        Self::shipped_with(Model::untaught())
    }

    /// The shipped content with the model of this file.
    ///
    /// # Errors
    /// What is wrong with the file, with the remedy.
    pub fn taught_by(model: Vec<u8>) -> Result<Self, BadContent> {
        Self::shipped_with(Model::from_bytes(model))
    }

    /// Content from these texts, with the shipped taxonomy and the model of these bytes or the shipped one.
    ///
    /// # Errors
    /// The first thing wrong, with file, entry and remedy.
    pub fn laid(sources: &Sources<'_>, model: Option<Vec<u8>>) -> Result<Self, BadContent> {
        let taxonomy = shipped_taxonomy()?;
        let model = model.map_or_else(Model::shipped, Model::from_bytes);
        Self::taught(sources, &taxonomy, model.map_err(bad_model)?)
    }

    fn shipped_with(model: Result<Model, BadModel>) -> Result<Self, BadContent> {
        let taxonomy = shipped_taxonomy()?;
        let model = model.map_err(bad_model)?;
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

fn shipped_taxonomy() -> Result<Taxonomy, BadContent> {
    Taxonomy::shipped().map_err(|e| BadContent {
        file: e.file.to_owned(),
        entry: "taxonomy".to_owned(),
        what: e.what,
        remedy: "correct the taxonomy first".to_owned(),
    })
}

fn bad_model(error: BadModel) -> BadContent {
    BadContent {
        file: "model.bin".to_owned(),
        entry: "model".to_owned(),
        what: error.to_string(),
        remedy: "without it the shipped model reads".to_owned(),
    }
}
