//! CMT-10: absolute guarantees of an outcome.
//!
//! A guarantee says that something will come out so, whatever happens: 一定能退, will definitely be approved. How sure somebody is
//! of what he will do himself (我一定给您打电话), of what is so already, or of his good will, guarantees nothing.

use std::ops::Range;

use super::super::deeds;
use super::super::scan::Scan;
use super::super::{Finding, Fix, Severity};
use crate::coach::read::covers;

/// Guarantees; they block when somebody else decides.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for hit in cx.hits("absolute") {
        if let Some(scope) = outcome(cx, &deeds::clause(cx, hit), hit) {
            out.push(finding(cx, hit, &scope));
        }
    }
    for hit in cx.hits("vouches") {
        if let Some(scope) = cx.sentence(hit).and_then(|s| outcome(cx, &s.at, hit)) {
            out.push(finding(cx, hit, &scope));
        }
    }
    for hit in cx.hits("flat-guarantee") {
        out.push(finding(cx, hit, &deeds::clause(cx, hit)));
    }
}

/// What is guaranteed to come out in `within`, from the begin of its clause on. Chinese says it after the word, English on either
/// side; an act of our own before it takes the guarantee to itself.
fn outcome(cx: &Scan<'_>, within: &Range<usize>, hit: &Range<usize>) -> Option<Range<usize>> {
    let latin = deeds::latin(cx.words(within));
    let from = if latin { within.start } else { hit.end };
    let found = cx
        .hits("outcome")
        .find(|o| covers(&(from..within.end), o) && !covers(hit, o))?;
    let clause = deeds::clause(cx, found);
    let ours = if latin {
        clause.start..found.start
    } else {
        clause.start.max(hit.end)..found.start
    };
    let own = cx.hits("own-act").any(|act| ours.contains(&act.start));
    (!own).then(|| clause.start.min(hit.start).max(within.start)..found.end)
}

fn finding(cx: &Scan<'_>, hit: &Range<usize>, scope: &Range<usize>) -> Finding {
    let others = ["third-party", "decided-elsewhere"]
        .iter()
        .any(|group| cx.any_in(group, scope));
    let severity = if others {
        Severity::Block
    } else {
        Severity::Warn
    };
    let mut finding = cx.finding("CMT-10", severity, hit);
    if severity == Severity::Warn {
        finding.fix = Some(Fix {
            at: finding.span.clone(),
            with: String::new(),
        });
    }
    finding
}
