//! Reading one message: is it a complaint, about which item, what does the customer need, how do they feel, what risk speaks.
//!
//! How lexicon and model combine. The lexicons (`lexicon/items.toml`, `topics.toml`, `signals.toml`) are curated words, each with
//! a weight; the model (`coach::model`) is linear over hashed n-grams and over the topics that the words touch, trained by
//! `balm coach train` from labelled lines.
//! - **Item**: the model gives shares over 22 fine matters; `coach/fine.toml` adds them up to the 21 items. The lexicon gives each
//!   item its share of all weights found. The sum of both, the lexicon's weighted by [`tuned::LEXICON`], ranks. An item whose
//!   confidence is below [`tuned::PROPOSE`] percent is not proposed: the desk asks.
//! - **Complaint**: the model's score plus the signals' heat, against [`tuned::COMPLAINT`].
//! - **Need**: the model's shares and the topics of `needs.toml`; *stated* when the words ask for it outright, otherwise *suspected*.
//! - **Feeling**: the signals' band and the model's ordinal score, weighed; plain words of anger stay near what they are.
//! - **Risk**: `signals` hears cues. Four risks (`model::labels::LEARNED`) are learned, too, from what the signals heard and from
//!   the n-grams around: the model may disbelieve a cue, and hear a risk where no cue stands.
//! - **Evidence**: the lexicon's words; where the model alone speaks, the n-grams and topics with the most weight.
//!
//! The handful of numbers in [`tuned`] was set on the readable part of the development set; nothing else was.
//!
//! Not here: the conversation (`conversation`), other languages than Chinese and English, learning (`model::train`).

mod combine;
mod items;
mod names;
pub mod tuned;
pub mod wire;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::taxonomy::ItemId;

use super::content::{Content, Heard};
use super::folded::{Folded, Hit};
use super::signals::{Signals, hear as signals};

pub use super::signals::{Hint, Risk};
pub use names::{Fix, Names};

/// Characters that are read; a complaint says early what it is about, and a megabyte in one line must not cost a second.
pub(super) const LIMIT: usize = 20_000;

/// An item that the words point to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// The item.
    pub item: ItemId,
    /// How sure the reader is, in percent (0 to 95; words alone never make certain).
    pub confidence: u8,
    /// Byte ranges of the words in the text as given, in order.
    pub evidence: Vec<Range<usize>>,
}

/// Whether the words are a complaint.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Complaint {
    /// They are.
    pub yes: bool,
    /// How sure the reader is of that answer, in percent (50 to 99).
    pub confidence: u8,
}

/// Where a need is known from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NeedState {
    /// The customer's own words ask for it.
    Stated,
    /// The reader takes it from what the words are about.
    Suspected,
}

/// A need under the words. Confirmed needs are the conversation's, not one message's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NeedGuess {
    /// Its name, one of `model::labels::NEEDS`.
    pub need: &'static str,
    /// What answers it.
    pub fix: Fix,
    /// How sure the reader is, in percent (0 to 95).
    pub confidence: u8,
    /// Stated or suspected.
    pub state: NeedState,
    /// Byte ranges of the words in the text as given.
    pub evidence: Vec<Range<usize>>,
}

/// What the reader makes of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// Complaint or not.
    pub complaint: Complaint,
    /// The item, when the words are clear enough to propose one; otherwise the desk asks.
    pub item: Option<Proposal>,
    /// Every item with evidence, best first.
    pub ranked: Vec<Proposal>,
    /// Whether the words complain but name nothing.
    pub unspecified: bool,
    /// The need under the words.
    pub need: Option<NeedGuess>,
    /// What the customer asks for, where the words say it: byte ranges of the demand.
    pub demand: Option<Range<usize>>,
    /// 0 calm, 1 annoyed, 2 angry, 3 furious.
    pub emotion: u8,
    /// The 0-100 scale behind `emotion`, in its band.
    pub heat: u8,
    /// Where the feeling shows.
    pub feeling: Vec<Range<usize>>,
    /// What else speaks in the words, each with where, most urgent first.
    pub risks: Vec<(Risk, Range<usize>)>,
    /// Hints of conduct, each with where. See `coach::conversation`.
    pub conduct: Vec<(Hint, Range<usize>)>,
}

impl Reading {
    /// Whether this risk speaks in the words.
    #[must_use]
    pub fn has(&self, risk: Risk) -> bool {
        self.risks.iter().any(|(r, _)| *r == risk)
    }
}

#[cfg(test)]
thread_local! {
    static READINGS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many texts this thread read so far: tests hold what is read once to it.
#[cfg(test)]
pub(crate) fn readings() -> usize {
    READINGS.with(std::cell::Cell::get)
}

/// Reads a text by lexicons and model. Only the first 20,000 characters are read.
#[must_use]
pub fn read(content: &Content, text: &str) -> Reading {
    #[cfg(test)]
    READINGS.with(|n| n.set(n.get() + 1));
    let (folded, hits) = hear(content, text);
    let heard = signals(&content.cues, text, &folded);
    combine::combine(content, text, &folded, &hits, heard)
}

/// How a text sounds, by the same limits.
pub(super) fn signals_of(content: &Content, text: &str) -> Signals {
    signals(&content.cues, text, &Folded::new(text, LIMIT))
}

/// The playbook entries whose own words occur, each with how many distinct ones.
pub(super) fn entry_words(content: &Content, text: &str) -> Vec<(usize, usize)> {
    let (_, hits) = hear(content, text);
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for hit in &hits {
        if let Heard::Entry(entry) = hit.tag {
            seen.insert((entry, hit.phrase));
        }
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (entry, _) in seen {
        match out.last_mut() {
            Some((last, count)) if *last == entry => *count += 1,
            _ => out.push((entry, 1)),
        }
    }
    out
}

/// Whether any word of the item lexicon stands in the text: then it names something of the matter.
pub(super) fn names_matter(content: &Content, text: &str) -> bool {
    hear(content, text)
        .1
        .iter()
        .any(|h| matches!(h.tag, Heard::Item(_, s) if s >= 2))
}

/// The words of items and entries that occur.
fn hear(content: &Content, text: &str) -> (Folded, Vec<Hit<Heard>>) {
    let folded = Folded::new(text, LIMIT);
    let hits = content.heard.find(folded.text());
    (folded, hits)
}

pub(super) fn covers(long: &Range<usize>, short: &Range<usize>) -> bool {
    long.start <= short.start && short.end <= long.end
}

#[cfg(test)]
mod families;
#[cfg(test)]
mod tests;
