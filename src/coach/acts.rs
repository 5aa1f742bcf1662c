//! Acts in words that an agent typed or spoke freely. Lines of a playbook carry their acts; this is for everything else.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::domain::promise_time::parse_said;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::Act;

use super::content::{Content, Spoken};
use super::folded::{Folded, sentences};
use super::promises::promises_in;
use super::read::{covers, names_matter};

/// What typed words do, by cue phrases and concrete times; each act once, in the order of `Act`.
///
/// An acknowledgement is specific when its sentence names something of the matter; a commitment counts only with a concrete
/// time of a deed of ours, an honest "not known yet" only with a concrete time.
#[must_use]
pub fn acts_of(content: &Content, text: &str, written_at: Ms, zone: &Zone) -> Vec<Act> {
    let mut acts = BTreeSet::new();
    for range in sentences(text) {
        sentence_acts(content, &text[range], &mut acts);
    }
    if !promises_in(content, text, written_at, zone, None).is_empty() {
        acts.insert(Act::CommitConcrete);
    }
    let timed = parse_said(text, written_at, zone)
        .iter()
        .any(|t| t.at > written_at);
    if !timed {
        acts.remove(&Act::AdmitUnknownTimed);
    }
    if acts.contains(&Act::AckSpecific) {
        acts.remove(&Act::AckGeneric);
    }
    acts.into_iter().collect()
}

fn sentence_acts(content: &Content, sentence: &str, acts: &mut BTreeSet<Act>) {
    let folded = Folded::new(sentence, usize::MAX);
    let hits = content.spoken.find(folded.text());
    let formulas: Vec<&Range<usize>> = hits
        .iter()
        .filter(|h| h.tag == Spoken::AckFormula)
        .map(|h| &h.at)
        .collect();
    for hit in &hits {
        match hit.tag {
            Spoken::Act(act) => {
                acts.insert(act);
            }
            Spoken::AckFormula => {
                acts.insert(Act::AckGeneric);
            }
            Spoken::Ack => {
                let formula = formulas.iter().any(|long| covers(long, &hit.at));
                acts.insert(if !formula && is_specific(content, sentence) {
                    Act::AckSpecific
                } else {
                    Act::AckGeneric
                });
            }
            Spoken::Deed => {}
        }
    }
}

/// Whether a sentence names a number or a word of the matter.
fn is_specific(content: &Content, sentence: &str) -> bool {
    sentence.chars().any(|c| c.is_ascii_digit()) || names_matter(content, sentence)
}

#[cfg(test)]
mod tests;
