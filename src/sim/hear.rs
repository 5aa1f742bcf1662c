//! What an agent's words do to a simulated customer: acts with what speaks for each.
//!
//! Six sources, the same words seen by each: the desk's own reader of acts, the rules of the lint (what a rule finds is what the
//! customer hears), the training's own words (`assets/sim/hearing.toml`), exemplars (character n-grams, cosine of 0.55, method
//! 3.5), what was said before (facts, the customer's own words), and what was learnt from how many agents put each act
//! (`assets/sim/said-*.toml`, weighed in `learnt-*.txt`), which has the last word. What none of them knows is not understood: the customer asks again, and
//! nothing is counted against the agent.

mod clock;
mod exemplars;
mod grams;
mod judge;
mod learnt;
mod marks;
mod overlap;
mod pieces;
mod questions;
mod settle;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::names::Act;
use super::points::Points;
use super::rules::Rules;
use super::scenario::Scenario;
use crate::coach::content::File;
use crate::coach::lint::{Lexicon, LintContext, Severity};
use crate::coach::{BadContent, Coach};
use crate::domain::lang::Lang;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::Act as LiveAct;

use learnt::Learnt;

pub use exemplars::{Corpus, SIMILAR};
pub(super) use overlap::shared;

/// From which cosine on, in thousandths, words that only resemble an exemplar are held against an agent.
const SURE: u32 = 650;

/// What speaks for an act.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The desk's own reader.
    Reader,
    /// A rule of the lint, by its id.
    Rule(String),
    /// Words of the training.
    Words,
    /// Like an exemplar: the cosine in thousandths.
    Exemplar(u32),
    /// Like many agents' lines of this act, as was learnt: by how much it leads the next act, or lies behind the first.
    Learnt(i64),
    /// It asks for this fact.
    Fact(String),
    /// It says back what the customer said.
    Overlap,
    /// A question and nothing more special.
    Question,
    /// The caller says so: the agent spoke over the customer, or an observer marked the act.
    Told,
}

/// An act with what speaks for it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// The act.
    pub act: Act,
    /// Bytes of the agent's text.
    pub at: Range<usize>,
    /// What speaks for it.
    pub by: By,
}

/// A finding of the lint, as a run keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Found {
    /// The rule.
    pub rule: String,
    /// Whether it blocks a live reply.
    pub blocks: bool,
    /// Whether it is only worth knowing.
    pub info: bool,
    /// Bytes of the agent's text.
    pub at: Range<usize>,
}

/// What was understood of one line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Understood {
    /// The acts in the order of the text, each once. None: not understood.
    pub acts: Vec<Evidence>,
    /// What the lint says of the line.
    pub findings: Vec<Found>,
    /// Facts that were asked for, by place in the scenario.
    pub asked: Vec<usize>,
    /// Whether the line is longer than a breath.
    pub long: bool,
}

/// What is known when a line is said.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// The customer.
    pub scenario: &'a Scenario,
    /// The language of the contact.
    pub lang: Lang,
    /// When the line is said.
    pub now: Ms,
    /// The site's zone.
    pub zone: &'a Zone,
    /// What the customer said so far, oldest first.
    pub said: &'a [String],
    /// Facts the customer told already, by place in the scenario.
    pub told: &'a BTreeSet<usize>,
    /// The customer's anger, 0 to 100.
    pub heat: u8,
    /// Whether the customer abuses right now.
    pub abusing: bool,
    /// Whether the urgent route was taken; nothing when the caller does not know.
    pub severe_route: Option<bool>,
}

/// The words and exemplars by which every training hears. Build once and share.
#[derive(Debug)]
pub struct Ears {
    words: Lexicon,
    general: Corpus,
    playbooks: Corpus,
    learnt: Learnt,
}

impl Ears {
    /// The ears that ship with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads them.
    pub fn shipped() -> Result<Self, BadContent> {
        let (words, general) = shipped_words()?;
        let zh = File {
            name: "sim/learnt-zh.txt",
            text: include_str!("../../assets/sim/learnt-zh.txt"),
        };
        let en = File {
            name: "sim/learnt-en.txt",
            text: include_str!("../../assets/sim/learnt-en.txt"),
        };
        Ok(Self {
            words,
            general,
            playbooks: Corpus::default(),
            learnt: Learnt::of(&zh, &en)?,
        })
    }

    /// The same with the lines of these playbooks: what the desk proposes does what it is for.
    #[must_use]
    pub fn with_playbooks(mut self, playbooks: Corpus) -> Self {
        self.playbooks = playbooks;
        self
    }

    /// The exemplars of this scenario beside the general ones; keep it with the run.
    #[must_use]
    pub fn tuned(&self, scenario: &Scenario) -> Corpus {
        Corpus::of(&scenario.exemplars)
    }

    /// What a line does.
    #[must_use]
    pub fn hear(
        &self,
        coach: &Coach,
        rules: &Rules,
        own: &Corpus,
        cx: &Situation<'_>,
        text: &str,
    ) -> Understood {
        let pieces = pieces::pieces(text);
        let mut out = Understood {
            long: pieces.iter().any(|p| {
                let (han, words) =
                    super::rules::lengths(text.get(p.at.clone()).unwrap_or_default());
                han > rules.persons.long_han || words > rules.persons.long_words
            }),
            ..Understood::default()
        };
        let mut heard = self.by_rules(coach, cx, text, &mut out.findings);
        heard.extend(by_reader(coach, cx, text, &pieces));
        let words = self.words.heard(text);
        for (group, at) in &words {
            if let Some(act) = Act::from_name(group) {
                heard.push(evidence(act, at.clone(), By::Words));
            }
        }
        let timed = heard.iter().any(|e| e.act == Act::CommitConcrete)
            || words.iter().any(|(group, _)| *group == "clock-time")
            || pieces::names_a_time(text, cx.lang, cx.now, cx.zone);
        // The whole line, too: what is put in two sentences may be one exemplar.
        let whole = (pieces.iter().filter(|p| p.sentence).count() > 1).then_some(0..text.len());
        let mut proposed = false;
        for at in pieces.iter().map(|p| p.at.clone()).chain(whole) {
            let words = text.get(at.clone()).unwrap_or_default();
            for corpus in [own, &self.general, &self.playbooks] {
                for (act, like) in corpus.like(words, cx.lang) {
                    proposed |= at.len() == text.len()
                        && like >= settle::SURE
                        && !settle::GRAVE.contains(&act);
                    let hurts = rules.effect(act).anger > Points::ZERO;
                    if !hurts || like >= SURE {
                        heard.push(evidence(act, at.clone(), By::Exemplar(like)));
                    }
                }
            }
        }
        let case = judge::Case {
            text,
            pieces: &pieces,
            words: &words,
            cx,
            timed,
            proposed,
        };
        out.acts = judge::judge(&case, heard, &mut out.asked);
        settle::settle(&case, &self.learnt, &out.asked, &mut out.acts);
        out
    }

    /// What the rules of the lint find is what the customer hears.
    fn by_rules(
        &self,
        coach: &Coach,
        cx: &Situation<'_>,
        text: &str,
        findings: &mut Vec<Found>,
    ) -> Vec<Evidence> {
        let mut lint = LintContext::new(cx.lang, cx.scenario.channel, cx.now, cx.zone);
        lint.customer_words = cx.said;
        lint.heat = cx.heat;
        lint.acknowledged = true;
        lint.known.severe_route = cx.severe_route;
        let linted = coach.lint(text, &lint);
        let mut out = Vec::new();
        for finding in linted.findings {
            if let Some(act) = act_of_rule(finding.rule) {
                let by = By::Rule(finding.rule.to_owned());
                out.push(evidence(act, finding.span.clone(), by));
            }
            findings.push(Found {
                rule: finding.rule.to_owned(),
                blocks: finding.severity == Severity::Block,
                info: finding.severity == Severity::Info,
                at: finding.span,
            });
        }
        out
    }
}

/// The training's own words and the general exemplars, as they ship.
fn shipped_words() -> Result<(Lexicon, Corpus), BadContent> {
    let words = File {
        name: "sim/hearing.toml",
        text: include_str!("../../assets/sim/hearing.toml"),
    };
    let exemplars = File {
        name: "sim/exemplars.toml",
        text: include_str!("../../assets/sim/exemplars.toml"),
    };
    Ok((Lexicon::of(&[words])?, Corpus::parse(&exemplars)?))
}

/// What a customer hears in words that break this rule.
fn act_of_rule(rule: &str) -> Option<Act> {
    match rule {
        "CMT-01" => Some(Act::CommitVague),
        "EMP-07" | "LAW-01" | "PRV-03" | "TON-01" | "TON-03" | "TON-08" => Some(Act::Forbidden),
        "EXP-02" => Some(Act::ExcuseBusy),
        "TON-04" => Some(Act::PolicyShield),
        "TON-09" => Some(Act::TransferCold),
        _ => None,
    }
}

/// What the desk's own reader knows, piece by piece so that each act has its place, and what only the whole shows.
fn by_reader(
    coach: &Coach,
    cx: &Situation<'_>,
    text: &str,
    pieces: &[pieces::Piece],
) -> Vec<Evidence> {
    let mut out: Vec<Evidence> = Vec::new();
    for piece in pieces.iter().filter(|p| p.sentence) {
        let words = text.get(piece.at.clone()).unwrap_or_default();
        let acts = coach.acts_of(words, cx.now, cx.zone);
        out.extend(
            acts.into_iter()
                .map(|act| evidence(of_live(act), piece.at.clone(), By::Reader)),
        );
    }
    for act in coach.acts_of(text, cx.now, cx.zone) {
        let act = of_live(act);
        if !out.iter().any(|e| e.act == act) {
            out.push(evidence(act, 0..text.len(), By::Reader));
        }
    }
    out
}

/// The act of training for an act of live replies.
#[must_use]
pub fn of_live(act: LiveAct) -> Act {
    match act {
        LiveAct::AckSpecific => Act::AckSpecific,
        LiveAct::AckGeneric => Act::AckGeneric,
        LiveAct::Apologise => Act::Apologise,
        LiveAct::Own => Act::Own,
        LiveAct::AskOpen => Act::AskOpen,
        LiveAct::ExplainCause => Act::ExplainCause,
        LiveAct::AdmitUnknownTimed => Act::AdmitUnknownTimed,
        LiveAct::Option => Act::Option,
        LiveAct::CommitConcrete => Act::CommitConcrete,
        LiveAct::Confirm => Act::Confirm,
        LiveAct::RightsNeutral => Act::RightsNeutral,
        LiveAct::DeclineReasoned => Act::DeclineReasoned,
        LiveAct::Safety => Act::Safety,
    }
}

fn evidence(act: Act, at: Range<usize>, by: By) -> Evidence {
    Evidence { act, at, by }
}
