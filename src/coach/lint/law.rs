//! LAW: words with legal weight. Never switched off, never overridden.

use super::scan::Scan;
use super::{Finding, Severity};
use crate::coach::folded::Folded;

/// The rule that holds words back while somebody may be in danger and the severe route was not taken.
pub const SEVERE: &str = "LAW-04";

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "no-outside",
    "liability",
    "liability-open",
    "legal-claim",
    "severe",
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    cx.findings("LAW-01", Severity::Block, "no-outside", out);
    for at in cx.hits("liability") {
        // An open or conditional question of liability admits nothing.
        let open = cx
            .sentence(at)
            .is_some_and(|s| cx.any_in("liability-open", &s.at));
        if !open {
            out.push(cx.finding("LAW-02", Severity::Warn, at));
        }
    }
    if let Some(cards) = cx.cx.known.law_cards {
        for at in cx.hits("legal-claim") {
            let cited = cards.iter().any(|card| {
                let card = Folded::new(card, usize::MAX).into_text();
                !card.is_empty() && (cx.folded().contains(&card) || card.contains(cx.words(at)))
            });
            if !cited {
                out.push(cx.finding("LAW-03", Severity::Warn, at));
            }
        }
    }
    if cx.cx.known.severe_route == Some(false) && severe(cx) {
        out.push(cx.finding(SEVERE, Severity::Block, &(0..0)));
    }
}

/// Whether the customer's words, or our own, speak of injury, fire, a minor or self-harm.
fn severe(cx: &Scan<'_>) -> bool {
    cx.any("severe")
        || cx.cx.customer_words.iter().any(|words| {
            cx.content
                .lint
                .any("severe", Folded::new(words, 2_000).text())
        })
}
