//! FCT: nothing unfilled, nothing unsourced.

use super::scan::Scan;
use super::{Finding, Severity};
use crate::coach::slots::{Piece, pieces};

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    out.extend(unfilled(cx.text));
}

/// Slots that nobody filled (FCT-01). Needs nothing but the text.
pub(super) fn unfilled(text: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut at = 0;
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => at += words.len(),
            Piece::Slot(name) => {
                let end = at + name.len() + 2;
                out.push(Finding {
                    rule: "FCT-01",
                    severity: Severity::Block,
                    span: at..end,
                    fix: None,
                });
                at = end;
            }
        }
    }
    out
}
