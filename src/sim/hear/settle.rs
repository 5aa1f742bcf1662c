//! What was learnt has the last word: it adds the act that a sentence is plainly like and no cue knew, and takes back what a
//! single word suggested in a sentence that is plainly like something else.

use std::ops::Range;

use super::judge::{BAD, Case, has};
use super::learnt::{Learnt, Ranking};
use super::{By, Evidence, evidence, pieces, questions};
use crate::sim::names::Act;


/// Acts that hurt so much that one word must not be enough for them.
const GRAVE: &[Act] = &[
    Act::Forbidden,
    Act::PolicyShield,
    Act::ExcuseBusy,
    Act::TransferCold,
    Act::CommitVague,
    Act::AskKnown,
    Act::ProcessOnly,
];

fn ev(n: &str) -> i64 { std::env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(0) }
/// A stretch of the line with the acts that it is like.
struct Stretch {
    at: Range<usize>,
    ranking: Ranking,
    timed: bool,
}

fn stretches(case: &Case<'_>, learnt: &Learnt) -> Vec<Stretch> {
    let sentences: Vec<_> = case.pieces.iter().filter(|p| p.sentence).collect();
    let whole = (sentences.len() > 1).then_some(0..case.text.len());
    let all = sentences.iter().map(|p| p.at.clone()).chain(whole);
    all.map(|at| {
        let words = case.words_of(&at);
        let groups: Vec<&str> = case
            .words
            .iter()
            .filter(|(_, w)| questions::within(&at, w))
            .map(|(group, _)| *group)
            .collect();
        let timed = case.names_a_time(&at);
        let ranking = learnt.rank(words, case.cx.lang, &groups, timed);
        Stretch { at, ranking, timed }
    })
    .collect()
}

/// Whether what surrounds a stretch lets it be this act.
fn may_be(case: &Case<'_>, stretch: &Stretch, act: Act, asked: &[usize]) -> bool {
    match act {
        Act::Interrupt => false,
        Act::CommitConcrete => stretch.timed,
        Act::AdmitUnknownTimed => case.timed,
        Act::CommitVague => !stretch.timed,
        Act::AskKnown => {
            asked.is_empty() && !questions::near_untold(case.cx, case.words_of(&stretch.at))
        }
        _ => true,
    }
}

/// Adds and takes back. `asked` are the facts that the line asks for and that were not known.
pub(super) fn settle(
    case: &Case<'_>,
    learnt: &Learnt,
    asked: &[usize],
    heard: &mut Vec<Evidence>,
) {
    for stretch in stretches(case, learnt) {
        if std::env::var("RANK").is_ok() { println!("      {:?}", stretch.ranking.top3()); }
        let Some((first, leads)) = stretch.ranking.first() else {
            continue;
        };
        take_back(&stretch, first, heard);
        let bad = GRAVE.contains(&first);
        // Which of two acts that hurt it is matters less than that it hurts.
        let leads = if bad { stretch.ranking.over(GRAVE).unwrap_or(leads) } else { leads };
        let enough = if bad { ev("LEADS_BAD") } else { ev("LEADS") };
        if leads >= enough && may_be(case, &stretch, first, asked) {
            add(&stretch, first, leads, heard);
        }
        if let Some((second, behind)) = stretch.ranking.second()
            && behind < ev("BESIDE")
            && !GRAVE.contains(&second)
            && !bad
            && may_be(case, &stretch, second, asked)
        {
            add(&stretch, second, -behind, heard);
        }
    }
    heard.sort_by_key(|e| (e.at.start, e.act, e.at.end));
}

fn add(stretch: &Stretch, act: Act, leads: i64, heard: &mut Vec<Evidence>) {
    if !has(heard, act) {
        heard.push(evidence(act, stretch.at.clone(), By::Learnt(leads)));
    }
}

fn take_back(stretch: &Stretch, first: Act, heard: &mut Vec<Evidence>) {
    heard.retain(|e| {
        let far = match &e.by {
            By::Rule(_) => ev("FAR_RULE"),
            By::Fact(_) | By::Told => return true,
            _ => ev("FAR"),
        };
        let doubted = GRAVE.contains(&e.act) && !GRAVE.contains(&first);
        let behind = stretch.ranking.behind(e.act).unwrap_or(0);
        !(doubted && questions::within(&stretch.at, &e.at) && behind >= far)
    });
    let _ = BAD;
}
