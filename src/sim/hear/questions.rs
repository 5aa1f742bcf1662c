//! Questions: which facts they ask for, and whether those were told already.

use std::ops::Range;

use super::Situation;
use crate::domain::lang::Lang;
use crate::sim::scenario::ToldBy;
use crate::text::tokens::fold;

/// The facts that a sentence asks for, by place in the scenario, each with whether it was known.
pub(super) fn facts(cx: &Situation<'_>, sentence: &str) -> Vec<(usize, bool)> {
    let folded = fold(sentence);
    let mut out = Vec::new();
    for (place, fact) in cx.scenario.facts.iter().enumerate() {
        let words = match cx.lang {
            Lang::Zh => &fact.asked_zh,
            Lang::En => &fact.asked_en,
        };
        if words.iter().any(|w| folded.contains(&fold(w))) {
            let known = fact.told != ToldBy::Nobody || cx.told.contains(&place);
            out.push((place, known));
        }
    }
    out
}

/// Whether a sentence ends as a question.
pub(super) fn ends_asking(sentence: &str) -> bool {
    let end = sentence.trim_end();
    end.ends_with(['?', '？'])
        || end
            .trim_end_matches(['。', '.', '！', '!'])
            .ends_with(['吗', '么', '呢'])
}

/// Whether this range lies in that one.
pub(super) fn within(outer: &Range<usize>, at: &Range<usize>) -> bool {
    outer.start <= at.start && at.start < outer.end
}
