//! EXP: the customer hears the cause, or openly that it is not known yet; nobody is blamed and no load of ours is pleaded.

use std::ops::Range;

use super::scan::Scan;
use super::{Finding, Fix, Severity};
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Act;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "cause",
    "cause-event",
    "not-known",
    "busy",
    "blames-customer",
    "blames-colleague",
    "blames-unit",
    "owns",
    "guess",
    "cause-matter",
    "jargon",
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    no_cause(cx, out);
    cx.findings("EXP-02", Severity::Block, "busy", out);
    if cx.cx.known.cause_sourced == Some(false)
        && let Some(at) = cx.hits("cause").find(|at| !hedged(cx, at))
    {
        out.push(cx.finding("EXP-03", Severity::Warn, at));
    }
    cx.findings("EXP-04", Severity::Block, "blames-customer", out);
    for group in ["blames-colleague", "blames-unit"] {
        for at in cx.hits(group) {
            // Naming the step that failed is no blame as long as we own it.
            let owned = cx.sentence(at).is_some_and(|s| cx.any_in("owns", &s.at));
            if !owned {
                let mut finding = cx.finding("EXP-04", Severity::Block, at);
                finding.fix = cx.better(group, at);
                out.push(finding);
            }
        }
    }
    for at in cx.hits("jargon") {
        out.push(cx.finding("EXP-05", Severity::Warn, at));
    }
    guesses(cx, out);
}

/// Whether the sentence says openly that this is still being looked at.
fn hedged(cx: &Scan<'_>, at: &Range<usize>) -> bool {
    cx.sentence(at)
        .is_some_and(|s| cx.any_in("not-known", &s.at))
}

/// The customer asked why and hears neither the cause nor when it will be known (EXP-01).
fn no_cause(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    // A line of the playbook that answers why says so itself, whatever its words are.
    let answers = [Act::ExplainCause, Act::AdmitUnknownTimed];
    if !cx.cx.asks_why || answers.iter().any(|act| cx.cx.acts.contains(act)) {
        return;
    }
    let stated = |group| cx.hits(group).any(|at| !hedged(cx, at));
    let ahead = cx.times.iter().any(|t| t.at > cx.cx.now);
    if stated("cause") || stated("cause-event") || (cx.any("not-known") && ahead) {
        return;
    }
    let mut finding = cx.finding("EXP-01", Severity::Block, &(0..0));
    if !cx.cx.due_words.is_empty() {
        let due = cx.cx.due_words;
        let line = match cx.cx.lang {
            Lang::Zh => format!("原因我现在还没查到，不乱说；{due}我告诉您查到哪一步。"),
            Lang::En => format!(
                " I don't know the cause yet and won't guess; {due} I will tell you how far I have got."
            ),
        };
        let end = cx.text.trim_end().len();
        finding.fix = Some(Fix {
            at: end..end,
            with: line,
        });
    }
    out.push(finding);
}

/// Guess words on a cause (EXP-06).
fn guesses(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for at in cx.hits("guess") {
        let Some(sentence) = cx.sentence(at) else {
            continue;
        };
        let rest = at.start..sentence.at.end;
        if cx.any_in("cause-matter", &rest)
            || (cx.cx.asks_why && !cx.words(&sentence.at).ends_with('?'))
        {
            let mut finding = cx.finding("EXP-06", Severity::Warn, at);
            finding.fix = cx.better("guess", at);
            out.push(finding);
        }
    }
}
