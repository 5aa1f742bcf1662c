//! The measured labels of an agent's reply: whether it shows empathy, names a time, a vague time, a next step, deflects, or
//! promises money. They are about words, in either language, and exist to compare the coach with labelled replies.
//!
//! Apart from the lint on purpose: its rules are about acts and may differ (马上 is vague here, whatever was done). Nothing
//! here blocks, and nothing here feeds a rule.

mod time;
pub mod wire;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::content::{BadContent, File};
use super::folded::{Folded, Hit, sentences};
use words::{Group, Tag, Words};

/// The labels of one reply.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labels {
    /// An apology, or a sign that the agent sees the trouble.
    pub has_empathy: bool,
    /// A date, clock time or span by which something happens, or the span it takes.
    pub has_concrete_time: bool,
    /// That time: `P3D..P5D`, `PT48H`, `P1D` tomorrow, `/wd` working days, `#` a masked number, `DATE` a masked date.
    pub time_norm: Option<String>,
    /// A time without a boundary.
    pub has_vague_time: bool,
    /// A named action of the agent or asked of the customer, a question included.
    pub has_next_step: bool,
    /// Points to another party, to policy or to the customer's own doing instead of helping.
    pub deflects: bool,
    /// States or offers money or a free service.
    pub promises_money: bool,
}

/// From this many points on a reply deflects.
const DEFLECTS: i32 = 2;

/// The words by which the labels are given. Build it once and share it.
#[derive(Debug)]
pub struct Measured {
    words: Words,
}

impl Measured {
    /// The words that ship with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads them.
    pub fn shipped() -> Result<Self, BadContent> {
        Self::parse(&File {
            name: "lexicon/measured.toml",
            text: include_str!("../../../assets/lexicon/measured.toml"),
        })
    }

    /// Words from a file of the shipped form.
    ///
    /// # Errors
    /// When the file is no TOML of that form or holds an empty word.
    pub fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        Ok(Self {
            words: Words::parse(file)?,
        })
    }

    /// The labels of a reply.
    #[must_use]
    pub fn labels(&self, text: &str) -> Labels {
        let folded = Folded::new(text, usize::MAX);
        let found = Found::new(self.words.find(folded.text()));
        let time_norm = time::time_of(&self.words, text);
        Labels {
            has_empathy: found.any(Group::Empathy),
            has_concrete_time: time_norm.is_some(),
            time_norm,
            has_vague_time: found.any(Group::Vague),
            has_next_step: found.any(Group::Step) || asks(&found, folded.text()),
            deflects: found.points() >= DEFLECTS,
            promises_money: found.any(Group::Money),
        }
    }
}

/// The words found in a text, without those that a longer harmless word covers.
struct Found {
    hits: Vec<(Group, i32, Range<usize>, usize)>,
}

impl Found {
    fn new(hits: Vec<Hit<Tag>>) -> Self {
        let harmless: Vec<(Group, Range<usize>)> = hits
            .iter()
            .filter(|hit| hit.tag.harmless)
            .map(|hit| (hit.tag.group, hit.at.clone()))
            .collect();
        let covered = |hit: &Hit<Tag>| {
            harmless.iter().any(|(group, at)| {
                *group == hit.tag.group && at.start <= hit.at.start && hit.at.end <= at.end
            })
        };
        let hits = hits
            .iter()
            .filter(|hit| !hit.tag.harmless && !covered(hit))
            .map(|hit| (hit.tag.group, hit.tag.points, hit.at.clone(), hit.phrase))
            .collect();
        Self { hits }
    }

    fn of(&self, group: Group) -> impl Iterator<Item = &Range<usize>> {
        self.hits
            .iter()
            .filter(move |(of, ..)| *of == group)
            .map(|(_, _, at, _)| at)
    }

    fn any(&self, group: Group) -> bool {
        self.of(group).next().is_some()
    }

    /// The points for deflecting: each phrase once, words inside a longer one not counted.
    fn points(&self) -> i32 {
        let deflect = || self.hits.iter().filter(|(of, ..)| *of == Group::Deflect);
        let mut seen = Vec::new();
        let mut sum = 0;
        for (_, points, at, phrase) in deflect() {
            let inside = deflect().any(|(_, _, other, _)| {
                other != at && other.start <= at.start && at.end <= other.end
            });
            if !inside && !seen.contains(phrase) {
                seen.push(*phrase);
                sum += points;
            }
        }
        // One sign of help is one sign, however often it is given.
        let help = self.any(Group::Help);
        sum - i32::from(help)
    }
}

/// Whether a sentence asks something of the matter.
fn asks(found: &Found, text: &str) -> bool {
    sentences(text).into_iter().any(|sentence| {
        let words = text.get(sentence.clone()).unwrap_or_default();
        let question = words.ends_with('?') || words.contains('吗') || words.ends_with("什么");
        let polite = found
            .of(Group::Pleasantry)
            .any(|at| sentence.start <= at.start && at.end <= sentence.end);
        question && !polite
    })
}
