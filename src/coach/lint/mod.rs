//! Lint: what is wrong with words before they leave (method 3.4). The rules' ids are stable for ever; the table is in
//! [`rules`], the words are data under `assets/lexicon/lint/`, the checks stand in one file a family.
//!
//! A draft is folded and scanned once; all rules work on that. A rule whose facts nobody gathered is listed as not checked and
//! never passes silently. Words in quotation marks or after "you said" that are the customer's own are exempt. Not here: who
//! overrides what (`domain::decide`), gathering the facts, and the measured labels of `balm coach lint` (`coach::measured`).

mod aut;
mod cfm;
mod cmt;
mod context;
mod cst;
pub(super) mod deeds;
mod emp;
mod exp;
mod fct;
mod gather;
mod known;
mod law;
mod len;
mod lexicon;
pub(crate) mod money;
mod nam;
mod pattern;
mod prv;
mod reg;
pub mod rules;
mod scan;
mod sco;
mod switches;
mod ton;
mod vul;

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::domain::promise_time::stale;
use crate::domain::time::{Ms, Zone};
use crate::domain::world::{Block, Verdict};

use super::content::Content;

pub use context::{LintContext, Moment};
pub use gather::{SAFETY, Situation, Told, lang_of, put_down_verdict, reply_verdict};
pub use known::{Fact, Known, Open};
pub use law::SEVERE;
pub use len::{BREATH, han};
pub use lexicon::{Group, Lexicon};
pub use rules::{Family, Overridable, RULES, Rule, rule};
pub use switches::Switches;

use scan::Scan;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be changed.
    Warn,
    /// May not leave as it is.
    Block,
}

/// What one key does about a finding: other words at a place of the draft, or none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// Byte range that is replaced; often wider than the mark, such as the whole sentence.
    pub at: Range<usize>,
    /// What stands there afterwards; empty to leave the words out.
    pub with: String,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule's id; its words are in the locale files under it.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Byte range in the text; empty at the start when the whole is meant.
    pub span: Range<usize>,
    /// What could be done with one key.
    pub fix: Option<Fix>,
}

/// A rule that was not checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotChecked {
    /// The rule.
    pub rule: &'static str,
    /// The fact that nobody gathered.
    pub missing: Fact,
}

/// What lint says of a draft.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Linted {
    /// What is wrong, in the order of the text.
    pub findings: Vec<Finding>,
    /// The rules that could not look.
    pub not_checked: Vec<NotChecked>,
}

impl Linted {
    /// The rules that block, each once, in the order of the ids.
    #[must_use]
    pub fn blocks(&self) -> Vec<&'static str> {
        let mut out: Vec<&'static str> = self
            .findings
            .iter()
            .filter(|f| f.severity == Severity::Block)
            .map(|f| f.rule)
            .collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The groups of the lexicon that a family asks for, and its checks.
type Checks = (&'static [&'static str], fn(&Scan<'_>, &mut Vec<Finding>));

const FAMILIES: &[Checks] = &[
    (emp::GROUPS, emp::check),
    (exp::GROUPS, exp::check),
    (cmt::GROUPS, cmt::check),
    (cfm::GROUPS, cfm::check),
    (ton::GROUPS, ton::check),
    (aut::GROUPS, aut::check),
    (law::GROUPS, law::check),
    (prv::GROUPS, prv::check),
    (cst::GROUPS, cst::check),
    (fct::GROUPS, fct::check),
    (len::GROUPS, len::check),
    (vul::GROUPS, vul::check),
    (nam::GROUPS, nam::check),
    (reg::GROUPS, reg::check),
    (sco::GROUPS, sco::check),
];

/// Every group of the lexicon that some rule asks for.
pub(super) fn groups() -> Vec<&'static str> {
    FAMILIES
        .iter()
        .flat_map(|(groups, _)| groups.iter().copied())
        .chain(deeds::GROUPS.iter().copied())
        .collect()
}

/// The times of a text that bind us (see [`deeds`]).
pub(super) fn bound_times(
    content: &Content,
    text: &str,
    cx: &LintContext<'_>,
) -> Vec<deeds::Bound> {
    deeds::bound(&Scan::new(content, text, cx))
}

/// What is wrong with a text, and what could not be looked at.
#[must_use]
pub fn lint(content: &Content, text: &str, cx: &LintContext<'_>) -> Linted {
    let switches = cx.switches.unwrap_or(&content.switches);
    let mut out = Linted::default();
    for rule in RULES.iter().filter(|r| !switches.off(r.id)) {
        if let Some(missing) = rule.needs.iter().find(|f| !cx.known.has(**f)) {
            out.not_checked.push(NotChecked {
                rule: rule.id,
                missing: *missing,
            });
        }
    }
    if text.trim().is_empty() {
        return out;
    }
    let scan = Scan::new(content, text, cx);
    for (_, check) in FAMILIES {
        check(&scan, &mut out.findings);
    }
    out.findings.retain_mut(|f| {
        let unknown = rule(f.rule).is_none_or(|r| r.needs.iter().any(|n| !cx.known.has(*n)));
        match switches.apply(f.rule, f.severity) {
            Some(severity) if !unknown => {
                f.severity = severity;
                true
            }
            _ => false,
        }
    });
    out.findings.sort_by(|a, b| {
        (a.span.start, a.span.end, a.rule).cmp(&(b.span.start, b.span.end, b.rule))
    });
    out.findings
        .dedup_by(|a, b| a.rule == b.rule && a.span == b.span);
    out
}

/// What `decide` must know: the blocking rules, which need no context, and whether day words have changed their meaning since
/// they were written.
#[must_use]
pub fn verdict(content: &Content, text: &str, written_at: Ms, now: Ms, zone: &Zone) -> Verdict {
    let mut found = fct::unfilled(text);
    found.extend(prv::numbers(text));
    let mut blocks: Vec<Block> = found
        .into_iter()
        .filter_map(|f| {
            let severity = content.switches.apply(f.rule, f.severity)?;
            (severity == Severity::Block).then(|| Block {
                rule: f.rule.to_owned(),
                may: rules::may_override(f.rule),
            })
        })
        .collect();
    blocks.sort();
    blocks.dedup();
    Verdict {
        blocks,
        stale_words: stale(text, written_at, now, zone),
    }
}
