//! What speaks in a customer's words beside their matter: feeling, risk, hints of conduct, and the scopes (negated, quoted,
//! told, asked, set aside) in which words do not count as they stand.
//!
//! Everything rests on cues (`cues`, data in `assets/lexicon/feeling.toml` and `risk.toml`), found in one pass over folded
//! text, and on marks that are no words. Not here: items, needs and whether it is a complaint at all (`read`), a whole
//! conversation (`conversation`), and what to answer (`propose`).

mod conduct;
mod cues;
mod emotion;
mod lexicon;
mod marks;
mod numbers;
mod risks;
mod scope;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::folded::Folded;

pub use conduct::Hint;
pub use emotion::{Feature, band};
pub use risks::Risk;
pub use scope::{Scope, Stance};

pub(super) use cues::Cues;
pub(super) use lexicon::{Says, compile};

use lexicon::Mark;
use marks::Marks;

/// What the words of one message let hear. Ranges are bytes of the text as given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Signals {
    /// 0 calm, 1 annoyed, 2 angry, 3 furious: the band of `heat`.
    pub emotion: u8,
    /// The 0-100 scale behind it.
    pub heat: u8,
    /// Where the feeling shows.
    pub feeling: Vec<Range<usize>>,
    /// The parts of the score, always the same names in the same order; their sum lies on the scale as `heat`.
    pub features: Vec<Feature>,
    /// What else speaks in the words, each with where, most urgent first.
    pub risks: Vec<(Risk, Range<usize>)>,
    /// Hints of conduct, each with where. Nothing by themselves; see `conversation`.
    pub hints: Vec<(Hint, Range<usize>)>,
    /// Weak words of repetition (又, 还是, still, again): alone they are no risk, but the learned reading weighs them.
    pub again: Vec<Range<usize>>,
    /// Where words do not count as they stand; speaks of the folded text.
    pub scope: Scope,
}

/// Hears everything in `text`, of which `folded` is the folded form.
pub(super) fn hear(cues: &Cues<Says>, text: &str, folded: &Folded) -> Signals {
    let found = cues.find(folded.text());
    let scope = Scope::new(folded.text(), &found);
    let marks = Marks::new(text, folded.len());
    let risks = risks::risks(folded.text(), &found, &scope);
    let feeling = emotion::feeling(folded.text(), &found, &scope, &marks, &risks);
    let mut hints: Vec<(Hint, Range<usize>)> = found
        .iter()
        .filter_map(|f| match f.says {
            Says::Hint(hint) => Some((hint, f.at.clone())),
            _ => None,
        })
        .filter(|(_, at)| {
            !scope.is_harmless(at)
                && !scope.in_mention(at)
                && matches!(
                    scope.stance(folded.text(), at),
                    Stance::Plain | Stance::Asked
                )
        })
        .chain(
            risks
                .iter()
                .filter_map(|(risk, at)| Some((Hint::of_risk(*risk)?, at.clone()))),
        )
        .collect();
    hints.sort_by_key(|(hint, at)| (*hint, at.start, at.end));
    hints.dedup();
    let original = |at: &Range<usize>| folded.original(at);
    let mut again: Vec<Range<usize>> = found
        .iter()
        .filter(|f| f.says == Says::Mark(Mark::Again))
        .filter(|f| !scope.is_harmless(&f.at) && !scope.in_mention(&f.at))
        .map(|f| original(&f.at))
        .collect();
    again.dedup();
    Signals {
        emotion: band(feeling.heat),
        heat: feeling.heat,
        feeling: feeling.words.iter().map(original).collect(),
        features: feeling.features,
        risks: risks
            .into_iter()
            .map(|(risk, at)| (risk, original(&at)))
            .collect(),
        hints: hints
            .into_iter()
            .map(|(hint, at)| (hint, original(&at)))
            .collect(),
        again,
        scope,
    }
}

impl Signals {
    /// Whether this risk speaks in the words.
    #[must_use]
    pub fn has(&self, risk: Risk) -> bool {
        self.risks.iter().any(|(r, _)| *r == risk)
    }
}
