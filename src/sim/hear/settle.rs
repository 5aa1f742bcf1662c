//! What was learnt has the last word: it adds the act that a sentence is most like and no cue knew, and takes back what a single
//! word suggested in a sentence that is plainly like something else.

use std::ops::Range;

use super::judge::{Case, drop, has};
use super::learnt::{Learnt, Ranking};
use super::{By, Evidence, evidence, questions};
use crate::sim::names::Act;

/// By how much an act that hurts must lead the likest that does not, in the points of a ranking.
const LEADS: i64 = 300;
/// The same for what must never be said: its lines are of many kinds, so that what is like nothing is a little like them.
const LEADS_FORBIDDEN: i64 = 500;
/// How much more when a cue speaks for something that helps.
const AGAINST: i64 = 1_000;
/// How much when the line as a whole is like something that helps.
const PASSING: i64 = 2_500;
/// From which cosine on, in thousandths, an exemplar of something that helps is believed.
const SURE: u32 = 600;
/// How near behind the first another act that helps is heard as well.
const BESIDE: i64 = 800;
/// How far behind the first an act that hurts is taken back.
const FAR: i64 = 400;
/// How near behind the first asking for what was told is heard, when the words are those of something told.
const TOLD: i64 = 800;
/// Points below which a sentence is like nothing.
const LIKE: i64 = 500;

/// Acts that hurt so much that one word is not enough for them.
const GRAVE: &[Act] = &[
    Act::Forbidden,
    Act::PolicyShield,
    Act::ExcuseBusy,
    Act::TransferCold,
    Act::CommitVague,
    Act::AskKnown,
    Act::ProcessOnly,
];

/// A stretch of the line with the acts that it is like.
struct Stretch {
    at: Range<usize>,
    ranking: Ranking,
    timed: bool,
}

/// Every sentence, and the whole line when it has several.
fn stretches(case: &Case<'_>, learnt: &Learnt) -> Vec<Stretch> {
    let sentences: Vec<_> = case.pieces.iter().filter(|p| p.sentence).collect();
    let whole = (sentences.len() > 1).then_some(0..case.text.len());
    let all = sentences.iter().map(|p| p.at.clone()).chain(whole);
    all.map(|at| {
        let groups: Vec<&str> = case
            .words
            .iter()
            .filter(|(_, w)| questions::within(&at, w))
            .map(|(group, _)| *group)
            .collect();
        let timed = case.names_a_time(&at);
        let ranking = learnt.rank(case.words_of(&at), case.cx.lang, &groups, timed);
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
pub(super) fn settle(case: &Case<'_>, learnt: &Learnt, asked: &[usize], heard: &mut Vec<Evidence>) {
    let mut likest: Vec<(i64, Evidence)> = Vec::new();
    let stretches = stretches(case, learnt);
    // A line that as a whole helps says nothing bad in passing.
    let helps = stretches.len() > 1
        && stretches
            .last()
            .and_then(|s| s.ranking.first())
            .is_some_and(|(act, _, _)| !GRAVE.contains(&act));
    for mut stretch in stretches {
        let barred: Vec<Act> = Act::ALL
            .iter()
            .copied()
            .filter(|act| !may_be(case, &stretch, *act, asked))
            .collect();
        stretch.ranking.without(&barred);
        let Some((first, points, leads)) = stretch.ranking.first() else {
            continue;
        };
        if points < LIKE {
            continue;
        }
        let bad = GRAVE.contains(&first);
        take_back(&stretch, bad, heard);
        // Which of two acts that hurt it is matters less than that it hurts.
        let over = stretch.ranking.over(GRAVE).unwrap_or(leads);
        let unsaid =
            first == Act::AskKnown && !questions::near_told(case.cx, case.words_of(&stretch.at));
        let enough = match first {
            Act::Forbidden => LEADS_FORBIDDEN,
            _ if unsaid => TOLD,
            _ => LEADS,
        };
        let against = if bad {
            others(&stretch, heard)
        } else {
            Others::None
        };
        let enough = match against {
            Others::None => enough,
            Others::Some => enough + AGAINST,
            Others::Sure => i64::MAX,
        };
        let enough = if helps && bad {
            enough.max(PASSING)
        } else {
            enough
        };
        if !bad || over >= enough {
            add(&stretch, first, leads, heard);
        }
        if !bad {
            likest.push((points, learnt_of(&stretch, first, leads)));
        } else if let Some(helps) = stretch.ranking.outside(GRAVE) {
            likest.push((points - over, learnt_of(&stretch, helps, -over)));
        }
        if let Some((second, behind)) = stretch.ranking.second()
            && behind < BESIDE
            && !GRAVE.contains(&second)
            && !bad
        {
            add(&stretch, second, -behind, heard);
        }
        if first != Act::AskOpen {
            asks_for_told(case, &stretch, heard);
        }
    }
    // Words of which something is known are never met with a blank look.
    if heard.is_empty() {
        likest.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        heard.extend(likest.into_iter().next().map(|(_, one)| one));
    }
    heard.sort_by_key(|e| (e.at.start, e.act, e.at.end));
}

/// What else speaks for something that helps in a stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    None,
    Some,
    Sure,
}

fn others(stretch: &Stretch, heard: &[Evidence]) -> Others {
    let mut out = Others::None;
    let here = heard
        .iter()
        .filter(|e| !GRAVE.contains(&e.act))
        .filter(|e| e.at.start < stretch.at.end && stretch.at.start < e.at.end);
    for one in here {
        match one.by {
            By::Exemplar(like) if like >= SURE => return Others::Sure,
            By::Reader | By::Words | By::Exemplar(_) => out = Others::Some,
            _ => {}
        }
    }
    out
}

fn learnt_of(stretch: &Stretch, act: Act, leads: i64) -> Evidence {
    evidence(act, stretch.at.clone(), By::Learnt(leads))
}

fn add(stretch: &Stretch, act: Act, leads: i64, heard: &mut Vec<Evidence>) {
    if !has(heard, act) {
        heard.push(learnt_of(stretch, act, leads));
    }
}

/// An act that hurts does not stand in a sentence that is plainly like one that helps.
fn take_back(stretch: &Stretch, bad: bool, heard: &mut Vec<Evidence>) {
    if bad {
        return;
    }
    heard.retain(|e| {
        let sure = matches!(e.by, By::Fact(_) | By::Told);
        let here = questions::within(&stretch.at, &e.at);
        let behind = stretch.ranking.behind(e.act).unwrap_or(FAR);
        sure || !here || !GRAVE.contains(&e.act) || behind < FAR
    });
}

/// A question in the words of what was told, when it is nearly as like asking for that as like any other question.
fn asks_for_told(case: &Case<'_>, stretch: &Stretch, heard: &mut Vec<Evidence>) {
    let near = stretch.ranking.behind(Act::AskKnown);
    let open = near.is_some_and(|behind| behind < TOLD) && !has(heard, Act::AskKnown);
    if others(stretch, heard) == Others::Sure {
        return;
    }
    let words = case.words_of(&stretch.at);
    let asks = questions::ends_asking(words) || case.has("request", &stretch.at);
    if open && asks && questions::near_told(case.cx, words) {
        drop(heard, &[Act::AskClosed]);
        let behind = near.unwrap_or_default();
        heard.push(learnt_of(stretch, Act::AskKnown, -behind));
    }
}
