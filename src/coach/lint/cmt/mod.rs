//! CMT: who does what by when. Here is what a time needs beside it (who, what, a next step); the themes stand apart: vague words
//! ([`vague`]), the ledger and what is feasible ([`ledger`]), clocks and dates ([`clocks`]), guarantees ([`sure`]).
//!
//! Not here: which words speak of a deed of ours (`lint::deeds`), how a time is read (`domain::promise_time`).

mod clocks;
mod ledger;
mod sure;
mod vague;

use std::ops::Range;

use super::deeds::{self, Bound};
use super::scan::{Scan, Sentence};
use super::{Finding, Fix, LintContext, Moment, Severity};
use crate::domain::vocabulary::Deed;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "actor",
    "receives",
    "settled",
    "settled-theirs",
    "unclear-clock",
    "daypart",
    "weekday",
    "twelve",
    "interim",
    "takes-back",
    "vague-time",
    "asks-customer",
    "asks-fact",
    "on-condition",
    "purpose",
    "wish",
    "own-house",
    "under-way",
    "absolute",
    "vouches",
    "flat-guarantee",
    "outcome",
    "own-act",
    "third-party",
    "decided-elsewhere",
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let bound = deeds::bound(cx);
    vague::check(cx, out);
    next_step(cx, &bound, out);
    actor_and_deed(cx, &bound, out);
    ledger::check(cx, &bound, out);
    clocks::check(cx, &bound, out);
    sure::check(cx, out);
}

fn at(rule: &'static str, severity: Severity, span: Range<usize>) -> Finding {
    Finding {
        rule,
        severity,
        span,
        fix: None,
    }
}

/// The time we could keep in place of a time that we could not.
fn due_fix(cx: &Scan<'_>, span: &Range<usize>) -> Option<Fix> {
    (!cx.cx.due_words.is_empty()).then(|| Fix {
        at: span.clone(),
        with: cx.cx.due_words.to_owned(),
    })
}

/// The ticket is put down, its issue is open, and nobody knows what comes next by when (CMT-02).
fn next_step(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let theirs = cx.cx.customer_words.last().is_some_and(|words| {
        let folded = crate::text::tokens::fold(words);
        cx.content.lint.any("settled-theirs", &folded)
    });
    if cx.any("settled") || theirs || !bound.is_empty() {
        return;
    }
    if let Some(finding) = put_down(cx.cx) {
        out.push(finding);
    }
}

/// The same for a command without words.
pub(super) fn put_down(cx: &LintContext<'_>) -> Option<Finding> {
    let promises = cx.known.promises?;
    let next = promises.iter().any(|p| p.due > cx.now);
    (cx.moment != Moment::Turn && !next).then(|| at("CMT-02", Severity::Block, 0..0))
}

/// A time without who (CMT-03) or without what (CMT-04). Who was named in the sentence before is still meant.
fn actor_and_deed(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let named = |s: &Sentence| cx.any_in("actor", &s.at) || deeds::first_person(cx.words(&s.at));
    for b in bound {
        let before = cx
            .sentences
            .iter()
            .rev()
            .find(|s| s.at.end <= b.sentence.at.start);
        if !named(&b.sentence) && !before.is_some_and(named) {
            out.push(at("CMT-03", Severity::Warn, b.time.span.clone()));
        }
        if b.spoken.weak && !cx.any_in("receives", &b.sentence.at) {
            out.push(at("CMT-04", Severity::Warn, b.time.span.clone()));
        }
    }
}

/// The sentence that promises a call by a time.
pub(super) fn callback(cx: &Scan<'_>) -> Option<Sentence> {
    deeds::bound(cx)
        .into_iter()
        .find(|b| b.spoken.deed == Deed::Callback)
        .map(|b| b.sentence)
}
