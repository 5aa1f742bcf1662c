//! What the item lexicon alone says, and the words it rests on.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::coach::content::{Content, Heard};
use crate::coach::folded::{Folded, Hit};
use crate::coach::signals::Scope;

use super::covers;

/// What the lexicon says of one item.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Said {
    /// The sum of the weights of its words, each word once.
    pub(super) weight: u32,
    /// Byte ranges of the words in the text as given.
    pub(super) evidence: Vec<Range<usize>>,
}

/// Per item of the lexicon what its words say. A word inside a longer word of the same item counts once.
pub(super) fn said(
    content: &Content,
    folded: &Folded,
    hits: &[Hit<Heard>],
    scope: &Scope,
) -> Vec<Said> {
    let mut own: Vec<Vec<(&Hit<Heard>, u8)>> = vec![Vec::new(); content.items.len()];
    for hit in hits {
        if let Heard::Item(place, s) = hit.tag
            && let Some(slot) = own.get_mut(place)
        {
            slot.push((hit, s));
        }
    }
    own.iter()
        .map(|own| {
            let mut out = Said::default();
            let mut phrases = BTreeSet::new();
            for (hit, s) in own {
                let inside = own
                    .iter()
                    .any(|(h, _)| h.at != hit.at && covers(&h.at, &hit.at));
                if inside || scope.set_aside(folded.text(), &hit.at) {
                    continue;
                }
                out.evidence.push(folded.original(&hit.at));
                if phrases.insert(hit.phrase) {
                    out.weight += u32::from(*s);
                }
            }
            out.evidence.sort_by_key(|r| (r.start, r.end));
            out.evidence.dedup();
            out
        })
        .collect()
}
