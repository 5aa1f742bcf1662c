//! Reading a customer's words: which item they point to and, with `signals`, how they feel and what risk speaks in them.
//! First form: plain lexicons; every answer names the words it rests on (mission HE1, HE2).
//!
//! Not here: the customer's history, other languages than Chinese and English, anything that learns.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::taxonomy::ItemId;

use super::content::{Content, Heard};
use super::folded::{Folded, Hit};
use super::signals::{set_aside, signals};

pub use super::signals::Risk;

/// Characters that are read; a complaint says early what it is about, and a megabyte in one line must not cost a second.
const LIMIT: usize = 20_000;

/// The least weight that proposes an item: one strong word, or several weaker ones.
const ENOUGH: u32 = 3;

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

/// Reads a text by the lexicons. Only the first 20,000 characters are read.
#[must_use]
pub fn read(content: &Content, text: &str) -> Reading {
    let (folded, hits) = hear(content, text);
    let heard = signals(&folded, &hits);
    let weighed = items(content, &folded, &hits);
    let clear = match weighed.as_slice() {
        [] => false,
        [(weight, _)] => *weight >= ENOUGH,
        [(weight, _), (next, _), ..] => *weight >= ENOUGH && next < weight,
    };
    let ranked: Vec<Proposal> = weighed.into_iter().map(|(_, proposal)| proposal).collect();
    let item = ranked.first().filter(|_| clear).cloned();
    Reading {
        item,
        ranked,
        emotion: heard.emotion,
        feeling: heard.feeling,
        risks: heard.risks,
    }
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

/// The hits that count: not inside a harmless longer word.
fn hear(content: &Content, text: &str) -> (Folded, Vec<Hit<Heard>>) {
    let folded = Folded::new(text, LIMIT);
    let mut hits = content.heard.find(folded.text());
    let harmless: Vec<Range<usize>> = hits
        .iter()
        .filter(|h| h.tag == Heard::Harmless)
        .map(|h| h.at.clone())
        .collect();
    hits.retain(|h| {
        let tone = matches!(h.tag, Heard::Anger(_) | Heard::Risk(_));
        !tone || !harmless.iter().any(|long| covers(long, &h.at))
    });
    (folded, hits)
}

pub(super) fn covers(long: &Range<usize>, short: &Range<usize>) -> bool {
    long.start <= short.start && short.end <= long.end
}

/// Items by weight. A word inside a longer word of the same item counts once.
fn items(content: &Content, folded: &Folded, hits: &[Hit<Heard>]) -> Vec<(u32, Proposal)> {
    let mut found: Vec<(u32, usize, ItemId, Vec<Range<usize>>)> = Vec::new();
    for (place, item) in content.items.iter().enumerate() {
        let own: Vec<&Hit<Heard>> = hits
            .iter()
            .filter(|h| matches!(h.tag, Heard::Item(p, _) if p == place))
            .collect();
        let mut phrases = BTreeSet::new();
        let (mut sum, mut evidence) = (0, Vec::new());
        for hit in &own {
            let inside = own.iter().any(|h| h.at != hit.at && covers(&h.at, &hit.at));
            if inside || set_aside(folded, &hit.at) {
                continue;
            }
            let Heard::Item(_, s) = hit.tag else { continue };
            evidence.push(folded.original(&hit.at));
            if phrases.insert(hit.phrase) {
                sum += u32::from(s);
            }
        }
        if sum > 0 {
            evidence.sort_by_key(|r| (r.start, r.end));
            evidence.dedup();
            found.push((sum, place, item.clone(), evidence));
        }
    }
    found.sort_by_key(|(sum, place, ..)| (std::cmp::Reverse(*sum), *place));
    let total: u32 = found.iter().map(|(sum, ..)| sum).sum();
    found
        .into_iter()
        .map(|(sum, _, item, evidence)| {
            // The share of all evidence, held down while there is little of it.
            let confidence = u8::try_from((100 * sum / (total + 2)).min(95)).unwrap_or(95);
            let proposal = Proposal {
                item,
                confidence,
                evidence,
            };
            (sum, proposal)
        })
        .collect()
}

#[cfg(test)]
mod tests;
