//! Which of the things heard in a line stand, sentence by sentence: the same words are seen by several sources, and some acts
//! speak against others.

use std::ops::Range;

use super::pieces::{self, Piece};
use super::{By, Evidence, Situation, evidence, overlap, questions};
use crate::domain::promise_time::parse_said;
use crate::sim::names::Act;
use crate::sim::rules::lengths;

/// What judging needs beside what was heard.
pub(super) struct Case<'a> {
    /// The line.
    pub(super) text: &'a str,
    /// Its sentences and clauses.
    pub(super) pieces: &'a [Piece],
    /// The training's own words found in it: group and place.
    pub(super) words: &'a [(&'a str, Range<usize>)],
    /// What is known.
    pub(super) cx: &'a Situation<'a>,
    /// Whether a time to come is named somewhere.
    pub(super) timed: bool,
    /// Whether the line as a whole is plainly an exemplar of something that helps, as what the desk proposes is.
    pub(super) proposed: bool,
}

/// Acts that make it worse and hide others in their sentence.
pub(super) const BAD: &[Act] = &[
    Act::Forbidden,
    Act::PolicyShield,
    Act::ExcuseBusy,
    Act::TransferCold,
];

/// From this cosine on, in thousandths, a sentence is the exemplar in other clothes.
const NEAR: u32 = 750;

impl Case<'_> {
    pub(super) fn has(&self, group: &str, sentence: &Range<usize>) -> bool {
        self.words
            .iter()
            .any(|(g, at)| *g == group && questions::within(sentence, at))
    }

    /// Whether a time to come is named in this range.
    pub(super) fn names_a_time(&self, range: &Range<usize>) -> bool {
        self.has("clock-time", range)
            || pieces::names_a_time(
                self.words_of(range),
                self.cx.lang,
                self.cx.now,
                self.cx.zone,
            )
    }

    pub(super) fn words_of(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

/// What stands, in the order of the text, each act once; the facts asked for are put into `asked`.
pub(super) fn judge(
    case: &Case<'_>,
    heard: Vec<Evidence>,
    asked: &mut Vec<usize>,
) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = Vec::new();
    for piece in case.pieces.iter().filter(|p| p.sentence) {
        let mine = heard
            .iter()
            .filter(|e| pieces::sentence_of(case.pieces, e.at.start) == piece.at)
            .cloned()
            .collect();
        all.extend(sentence(case, &piece.at, mine, asked));
    }
    whole(case, &mut all);
    all.sort_by_key(|e| (e.at.start, e.act, e.at.end));
    let mut out: Vec<Evidence> = Vec::new();
    for one in all {
        if !out.iter().any(|e| e.act == one.act) {
            out.push(one);
        }
    }
    asked.sort_unstable();
    asked.dedup();
    out
}

/// What stands in one sentence.
fn sentence(
    case: &Case<'_>,
    at: &Range<usize>,
    mut mine: Vec<Evidence>,
    asked: &mut Vec<usize>,
) -> Vec<Evidence> {
    feeling(case, at, &mut mine);
    unknown(case, at, &mut mine);
    said_back(case, at, &mut mine);
    boundary(&mut mine);
    worse(&mut mine);
    promises(case, at, &mut mine);
    questions::asks(case, at, &mut mine, asked);
    mine
}

pub(super) fn has(mine: &[Evidence], act: Act) -> bool {
    mine.iter().any(|e| e.act == act)
}

pub(super) fn drop(mine: &mut Vec<Evidence>, acts: &[Act]) {
    mine.retain(|e| !acts.contains(&e.act));
}

/// An acknowledgement is specific when the sentence names something of the matter.
fn feeling(case: &Case<'_>, at: &Range<usize>, mine: &mut Vec<Evidence>) {
    let formula = case.has("ack_generic", at);
    let feels = case.has("feel", at);
    if !feels && !has(mine, Act::AckGeneric) {
        return;
    }
    let words = case.words_of(at);
    let (han, latin) = lengths(words);
    let number = words.chars().any(char::is_numeric);
    let shared = overlap::shared(words, case.cx.said).0;
    let (short, long) = (han >= 9 || latin >= 8, han >= 17 || latin >= 15);
    let names = number || shared >= 1 && short || (feels && !formula && short) || (feels && long);
    if names {
        mine.push(evidence(Act::AckSpecific, at.clone(), By::Words));
    } else {
        mine.push(evidence(Act::AckGeneric, at.clone(), By::Words));
    }
}

/// Not known yet, with a time by which it will be.
fn unknown(case: &Case<'_>, at: &Range<usize>, mine: &mut Vec<Evidence>) {
    if has(mine, Act::AdmitUnknownTimed) || !case.has("unknown", at) {
        return;
    }
    drop(mine, &[Act::ExplainCause]);
    if case.timed {
        drop(mine, &[Act::DeclineReasoned]);
        mine.push(evidence(Act::AdmitUnknownTimed, at.clone(), By::Words));
    }
}

/// What the customer said, said back.
fn said_back(case: &Case<'_>, at: &Range<usize>, mine: &mut Vec<Evidence>) {
    let (shared, of) = overlap::shared(case.words_of(at), case.cx.said);
    let cue = case.has("saying-back", at);
    let like = has(mine, Act::Paraphrase);
    let near = mine
        .iter()
        .any(|e| e.act == Act::Paraphrase && matches!(e.by, By::Exemplar(NEAR..)));
    drop(mine, &[Act::Paraphrase]);
    let enough =
        (cue && shared >= 2) || (like && shared >= 1) || near || (shared >= 4 && shared * 2 >= of);
    if enough {
        if !questions::names_contact(case.words_of(at)) {
            drop(mine, &[Act::Confirm]);
        }
        mine.push(evidence(Act::Paraphrase, at.clone(), By::Overlap));
    }
}

/// A limit names what would end the contact; that is no threat and no refusal.
fn boundary(mine: &mut Vec<Evidence>) {
    if has(mine, Act::Boundary) {
        let hidden = [
            Act::Forbidden,
            Act::DeclineReasoned,
            Act::CommitVague,
            Act::TransferCold,
            Act::PolicyShield,
            Act::AskClosed,
        ];
        drop(mine, &hidden);
    }
}

/// What makes it worse hides what only sounds good in the same words.
fn worse(mine: &mut Vec<Evidence>) {
    // What the desk's rules hear between the lines gives way to what is plainly said.
    let hears = |rules: &[&str], e: &Evidence| matches!(&e.by, By::Rule(rule) if rules.contains(&rule.as_str()));
    if has(mine, Act::RightsNeutral) {
        mine.retain(|e| {
            let bad = matches!(e.act, Act::TransferCold | Act::Forbidden);
            !(bad && (!matches!(e.by, By::Rule(_)) || hears(&["LAW-01", "TON-08", "TON-09"], e)))
        });
    }
    if has(mine, Act::Paraphrase) {
        mine.retain(|e| !hears(&["TON-08", "TON-09"], e));
    }
    if has(mine, Act::AdmitUnknownTimed) || has(mine, Act::CommitConcrete) {
        mine.retain(|e| !hears(&["TON-01", "TON-09"], e));
    }
    if mine
        .iter()
        .any(|e| e.act == Act::ProcessOnly && e.by == By::Words)
    {
        mine.retain(|e| !hears(&["TON-04", "TON-09"], e));
    }
    // A bad act that only resembles an exemplar gives way to anything that is plainly there.
    let plain = mine.iter().any(|e| !matches!(e.by, By::Exemplar(_)));
    if plain {
        mine.retain(|e| !(BAD.contains(&e.act) && matches!(e.by, By::Exemplar(_))));
    }
    // Hiding, excusing and sending away are what the customer hears, whatever family of the tone rule they belong to.
    let plainer = mine.iter().any(|e| {
        matches!(
            e.act,
            Act::PolicyShield | Act::ExcuseBusy | Act::TransferCold
        ) && !matches!(e.by, By::Exemplar(_))
    });
    if plainer {
        mine.retain(|e| e.act != Act::Forbidden || e.by == By::Words);
    }
    let bad: Vec<Range<usize>> = mine
        .iter()
        .filter(|e| BAD.contains(&e.act))
        .map(|e| e.at.clone())
        .collect();
    if bad.is_empty() {
        return;
    }
    drop(mine, &[Act::DeclineReasoned, Act::ProcessOnly]);
    if has(mine, Act::ExcuseBusy) {
        drop(mine, &[Act::ExplainCause]);
    }
    let hidden = [
        Act::Own,
        Act::Option,
        Act::ExplainCause,
        Act::Confirm,
        Act::AskOpen,
        Act::AskClosed,
        Act::AckGeneric,
    ];
    mine.retain(|e| {
        let coarse = matches!(e.by, By::Reader | By::Exemplar(_));
        let over = bad.iter().any(|b| b.start < e.at.end && e.at.start < b.end);
        !(hidden.contains(&e.act) && (coarse || over))
    });
}

/// Vague and concrete promises.
fn promises(case: &Case<'_>, at: &Range<usize>, mine: &mut Vec<Evidence>) {
    let words = case.words_of(at);
    let timed = case.names_a_time(at);
    let asking = questions::ends_asking(words);
    if timed || has(mine, Act::Safety) || (asking && !has(mine, Act::CommitConcrete)) {
        mine.retain(|e| e.act != Act::CommitVague || matches!(e.by, By::Rule(_)) && !timed);
    }
    // An exemplar of a promise without its time promises nothing.
    if !timed {
        mine.retain(|e| {
            let like = matches!(e.by, By::Exemplar(_));
            let bare =
                e.act == Act::CommitConcrete || (e.act == Act::AdmitUnknownTimed && !case.timed);
            !(like && bare)
        });
    }
    // "I will" before a deed belongs to the deed.
    if has(mine, Act::CommitVague) || has(mine, Act::CommitConcrete) {
        mine.retain(|e| e.act != Act::Own || e.by == By::Words);
    }
    // A visit that is promised is no visit that is offered.
    if has(mine, Act::CommitConcrete) {
        mine.retain(|e| e.act != Act::Option || e.by == By::Words);
    }
}

/// A feeling in one sentence about what another one tells: together they are specific.
fn told_beside(case: &Case<'_>, all: &mut Vec<Evidence>) {
    let felt = case
        .pieces
        .iter()
        .filter(|p| p.sentence)
        .any(|p| case.has("feel", &p.at) && has_in(all, Act::AckGeneric, &p.at));
    if !felt || has(all, Act::AckSpecific) {
        return;
    }
    let tells = case.pieces.iter().filter(|p| p.sentence).find(|p| {
        let words = case.words_of(&p.at);
        let (han, latin) = lengths(words);
        let bare = !all.iter().any(|e| questions::within(&p.at, &e.at));
        bare && !questions::ends_asking(words) && (han >= 4 || latin >= 3)
    });
    if let Some(piece) = tells {
        all.push(evidence(Act::AckSpecific, piece.at.clone(), By::Words));
    }
}

/// A sentence that does nothing else and names what the customer told takes note of it.
fn names_it(case: &Case<'_>, all: &mut Vec<Evidence>) {
    if has(all, Act::AckSpecific) || has(all, Act::Paraphrase) {
        return;
    }
    let names = case.pieces.iter().filter(|p| p.sentence).find(|p| {
        let words = case.words_of(&p.at);
        let bare = !all.iter().any(|e| questions::within(&p.at, &e.at));
        let asks = questions::ends_asking(words);
        bare && !asks && overlap::shared(words, case.cx.said).0 >= 2
    });
    if let Some(piece) = names {
        all.push(evidence(Act::AckSpecific, piece.at.clone(), By::Overlap));
    }
}

fn has_in(all: &[Evidence], act: Act, sentence: &Range<usize>) -> bool {
    all.iter()
        .any(|e| e.act == act && questions::within(sentence, &e.at))
}

/// What speaks against each other in the whole line.
fn whole(case: &Case<'_>, all: &mut Vec<Evidence>) {
    told_beside(case, all);
    names_it(case, all);
    if has(all, Act::AckSpecific) {
        drop(all, &[Act::AckGeneric]);
    }
    if has(all, Act::AdmitUnknownTimed) {
        // One time by which it will be known is no second promise.
        let times = parse_said(case.text, case.cx.now, case.cx.zone);
        if times.iter().filter(|t| t.at > case.cx.now).count() <= 1 {
            drop(all, &[Act::CommitConcrete]);
        }
    }
    // A procedure and nothing else.
    let else_ = [
        Act::CommitConcrete,
        Act::AdmitUnknownTimed,
        Act::ExplainCause,
        Act::Option,
        Act::Safety,
    ];
    if else_.iter().any(|act| has(all, *act)) {
        drop(all, &[Act::ProcessOnly]);
    }
    let thanks = all
        .iter()
        .find(|e| e.act == Act::Thanks)
        .map(|e| e.at.clone());
    if let Some(at) = thanks {
        all.retain(|e| {
            let inside = e.at.start <= at.start && at.start < e.at.end;
            e.act != Act::AckGeneric || !inside || e.by != By::Reader
        });
    }
}
