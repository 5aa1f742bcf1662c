//! EMP: the customer hears first that somebody sees the trouble, in words of this matter, and then that something is done.

use std::ops::Range;

use super::scan::Scan;
use super::{Finding, Fix, Severity, han, ton};
use crate::coach::read::{covers, names_matter};
use crate::domain::lang::Lang;
use crate::domain::vocabulary::{Act, Channel};

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[
    "ack-feeling",
    "ack-situation",
    "ack-formula",
    "apology",
    "but",
    "fellowship",
    "calm-down",
    "no-hurry",
    "solution",
];

/// The feeling from which a first reply without an acknowledgement may not leave, and from which it is warned about (method
/// 3.4, EMP-01), on the scale of 0 to 100.
const ANGRY: u8 = 55;
const ANNOYED: u8 = 30;

/// The most apologies of one turn, and the most Han characters and digits of a spoken acknowledgement (method 3.4, EMP-03;
/// 2a: about seven seconds).
const APOLOGIES: usize = 2;
const SPOKEN: usize = 28;

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    no_acknowledgement(cx, out);
    names_nothing(cx, out);
    stacked(cx, out);
    solution_first(cx, out);
    turned_round(cx, out);
    for at in cx.hits("fellowship") {
        let mut finding = cx.finding("EMP-06", Severity::Info, at);
        finding.fix = cx.sentence(at).map(|s| Fix {
            at: s.span.clone(),
            with: String::new(),
        });
        out.push(finding);
    }
    cx.findings("EMP-07", Severity::Block, "calm-down", out);
    for at in cx.hits("no-hurry") {
        if !ton::we_act(cx, at) {
            let mut finding = cx.finding("EMP-07", Severity::Block, at);
            finding.fix = cx.better("no-hurry", at);
            out.push(finding);
        }
    }
}

const ACKS: [&str; 3] = ["ack-feeling", "ack-situation", "ack-formula"];

fn acknowledges(cx: &Scan<'_>, at: &Range<usize>) -> bool {
    ACKS.iter().any(|group| cx.any_in(group, at))
}

/// Nothing in a first reply takes the customer's side (EMP-01).
fn no_acknowledgement(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if !cx.cx.first_reply || cx.cx.acknowledged || cx.cx.heat < ANNOYED {
        return;
    }
    let by_part = cx
        .cx
        .acts
        .iter()
        .any(|a| matches!(a, Act::AckSpecific | Act::AckGeneric));
    if by_part || ACKS.iter().any(|group| cx.any(group)) {
        return;
    }
    let severity = if cx.cx.heat >= ANGRY {
        Severity::Block
    } else {
        Severity::Warn
    };
    out.push(cx.finding("EMP-01", severity, &(0..0)));
}

/// An acknowledgement that would fit anybody (EMP-02).
fn names_nothing(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.any("ack-situation") || cx.cx.acts.contains(&Act::AckSpecific) {
        return;
    }
    let mut first = None;
    for (place, sentence) in cx.sentences.iter().enumerate() {
        let hit = ["ack-feeling", "ack-formula"]
            .iter()
            .flat_map(|group| cx.hits(group))
            .find(|at| covers(&sentence.at, at));
        let Some(hit) = hit else { continue };
        // The fact may stand in the sentence, or right before it: "Three days without water. I understand."
        let near = place.saturating_sub(1)..=place;
        if near
            .filter_map(|p| cx.sentences.get(p))
            .any(|s| names_fact(cx, &s.at))
        {
            return;
        }
        first.get_or_insert(hit);
    }
    if let Some(at) = first {
        out.push(cx.finding("EMP-02", Severity::Warn, at));
    }
}

/// Whether a part of the draft names something of this matter: a number, a word of the trade, or words of the customer.
fn names_fact(cx: &Scan<'_>, at: &Range<usize>) -> bool {
    let words = cx.words(at);
    words.chars().any(|c| c.is_ascii_digit())
        || names_matter(cx.content, words)
        || cx.repeats_customer(words)
}

/// Too many apologies, or too long an acknowledgement to be said (EMP-03).
fn stacked(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let mut last_end = 0;
    let mut apologies: Vec<&Range<usize>> = Vec::new();
    for at in cx.hits("apology") {
        if at.start >= last_end {
            apologies.push(at);
            last_end = at.end;
        }
    }
    if let Some(at) = apologies.get(APOLOGIES) {
        let mut finding = cx.finding("EMP-03", Severity::Warn, at);
        finding.fix = cx.sentence(at).map(|s| Fix {
            at: s.span.clone(),
            with: String::new(),
        });
        out.push(finding);
        return;
    }
    if cx.cx.channel != Channel::Voice || cx.cx.lang != Lang::Zh {
        return;
    }
    let mut said = 0;
    let mut whole: Option<Range<usize>> = None;
    for sentence in &cx.sentences {
        let ours = acknowledges(cx, &sentence.at) || cx.any_in("apology", &sentence.at);
        // What is not known yet, and what will be done, ends the acknowledgement.
        let goes_on = ["solution", "not-known"]
            .iter()
            .any(|g| cx.any_in(g, &sentence.at));
        if !ours || (goes_on && whole.is_some()) {
            if whole.is_some() {
                break;
            }
            continue;
        }
        let words = cx.words(&sentence.at);
        said += han(words) + words.chars().filter(char::is_ascii_digit).count();
        whole = Some(whole.map_or(sentence.at.clone(), |w| w.start..sentence.at.end));
    }
    if said > SPOKEN
        && let Some(at) = whole
    {
        out.push(cx.finding("EMP-03", Severity::Warn, &at));
    }
}

/// What will be done stands before any word for what happened (EMP-04).
fn solution_first(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.heat < ANGRY || cx.cx.acknowledged {
        return;
    }
    let first_ack = ACKS
        .iter()
        .chain(&["apology"])
        .filter_map(|group| cx.hits(group).next())
        .map(|at| at.start)
        .min();
    let Some(ack) = first_ack else { return };
    let Some(from) = cx.sentences.iter().position(|s| covers(&s.at, &(ack..ack))) else {
        return;
    };
    let early = cx.hits("solution").find(|at| at.end <= ack);
    let Some(early) = early else { return };
    let mut finding = cx.finding("EMP-04", Severity::Warn, early);
    if from > 0
        && let (Some(first), Some(that)) = (cx.sentences.first(), cx.sentences.get(from))
    {
        let before = cx
            .text
            .get(first.span.start..that.span.start)
            .unwrap_or_default();
        let words = cx.text.get(that.span.clone()).unwrap_or_default();
        let blank = if cx.cx.lang == Lang::En { " " } else { "" };
        finding.fix = Some(Fix {
            at: first.span.start..that.span.end,
            with: format!("{words}{blank}{}", before.trim_end()),
        });
    }
    out.push(finding);
}

/// "I understand, but" (EMP-05).
fn turned_round(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    for at in cx.hits("but") {
        let Some(place) = cx.sentences.iter().position(|s| covers(&s.at, at)) else {
            continue;
        };
        let Some(sentence) = cx.sentences.get(place) else {
            continue;
        };
        let before = sentence.at.start..at.start;
        let lead = cx
            .words(&before)
            .trim_matches(|c: char| !c.is_alphanumeric());
        let part = if lead.is_empty() {
            place
                .checked_sub(1)
                .and_then(|p| cx.sentences.get(p))
                .map(|s| s.at.clone())
        } else {
            Some(before.clone())
        };
        let sided = |part: &Range<usize>| {
            ["ack-feeling", "ack-formula", "apology"]
                .iter()
                .any(|group| cx.any_in(group, part))
        };
        if part.is_some_and(|p| sided(&p)) {
            let mut finding = cx.finding("EMP-05", Severity::Warn, at);
            let with = match cx.cx.lang {
                Lang::Zh => "同时",
                Lang::En => "and at the same time",
            };
            finding.fix = Some(Fix {
                at: finding.span.clone(),
                with: with.to_owned(),
            });
            out.push(finding);
            return;
        }
    }
}
