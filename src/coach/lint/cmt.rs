//! CMT: who does what by when.

use super::scan::Scan;
use super::{Finding, Fix, Severity};
use crate::coach::promises::deed_in;
use crate::coach::read::covers;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &["vague-time"];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    vague_times(cx, out);
}

/// Vague words in a sentence that speaks of a deed of ours and names no time (CMT-01).
fn vague_times(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for sentence in &cx.sentences {
        let mut inside = cx
            .hits("vague-time")
            .filter(|at| covers(&sentence.at, at))
            .peekable();
        if inside.peek().is_none()
            || cx.times_in(sentence).next().is_some()
            || deed_in(cx.content, &cx.text[sentence.span.clone()]).is_none()
        {
            continue;
        }
        for at in inside {
            let mut finding = cx.finding("CMT-01", Severity::Warn, at);
            finding.fix = (!cx.cx.due_words.is_empty()).then(|| Fix {
                at: finding.span.clone(),
                with: cx.cx.due_words.to_owned(),
            });
            out.push(finding);
        }
    }
}
