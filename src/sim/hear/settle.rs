//! What was learnt has the last word: it adds the act that a sentence is most like and no cue knew, and takes back what a single
//! word suggested in a sentence that is plainly like something else.

use std::ops::Range;

use super::judge::{Case, has};
use super::learnt::{Learnt, Ranking};
use super::{By, Evidence, evidence, questions};
use crate::sim::names::Act;

/// By how much an act that hurts must lead the likest that does not, in the points of a ranking. This and the other numbers
/// here were set by learning without one writer's lines and hearing those.
const LEADS: i64 = 100;
/// The same for what must never be said: its lines are of many kinds, so that what is like nothing is a little like them.
const LEADS_FORBIDDEN: i64 = 200;
/// The same for asking for what was told: what was said before speaks for it or against it already.
const LEADS_KNOWN: i64 = 50;
/// Points below which a sentence is like nothing that hurts, questions and what must never be said left out: they are of many
/// kinds.
const HURTS: i64 = -500;
/// How much when the line as a whole is like something that helps.
const PASSING: i64 = 600;
/// From which cosine on, in thousandths, an exemplar of something that helps is believed.
pub(super) const SURE: u32 = 700;
/// From how many points on another act that helps is heard as well.
const BESIDE: i64 = -300;
/// Beside an act that is not certain: from how many points on, and how near behind.
const NEAR: (i64, i64) = (-850, 500);
/// From how many points on an act is certain.
const CERTAIN: i64 = 200;
/// How many others are.
const OTHERS: usize = 2;
/// How far behind the first an act that hurts is taken back.
const FAR: i64 = 150;
/// How far behind the first all questions lie in what only holds words of something told.
const NO_QUESTION: i64 = 300;
/// What speaks for asking for something told: the words are those of something told; against it: of something untold, of
/// neither, or the sentence asks nothing.
const TOLD: i64 = 400;
const UNTOLD: i64 = -400;
const NEITHER: i64 = -300;
const ASKS_NOTHING: i64 = -300;
/// Points below which a sentence is like nothing.
const LIKE: i64 = -900;

/// Acts that hurt so much that one word is not enough for them.
pub(super) const GRAVE: &[Act] = &[
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
        Act::CommitConcrete => stretch.timed,
        Act::AdmitUnknownTimed => case.timed,
        Act::CommitVague => !stretch.timed,
        Act::AskKnown => asked.is_empty(),
        // Where nobody abuses, a limit is heard only from words that name it: taken for one, it would be a threat.
        Act::Boundary => case.cx.abusing,
        _ => true,
    }
}

/// Whether a stretch asks or wants something.
fn wants(case: &Case<'_>, stretch: &Stretch) -> bool {
    questions::ends_asking(case.words_of(&stretch.at)) || case.has("request", &stretch.at)
}

/// What was said before speaks for asking for something told or against it; acts that cannot be are left out.
fn weigh(case: &Case<'_>, stretch: &mut Stretch, asked: &[usize]) {
    let words = case.words_of(&stretch.at);
    let told = questions::near_told(case.cx, words)
        || questions::facts(case.cx, words)
            .iter()
            .any(|(_, known)| *known);
    let untold = questions::near_untold(case.cx, words) && !case.has("on-the-desk", &stretch.at);
    let mut by = match (told, untold) {
        (true, _) => TOLD,
        (false, true) => UNTOLD,
        (false, false) if case.has("on-the-desk", &stretch.at) => 0,
        (false, false) => NEITHER,
    };
    if !wants(case, stretch) {
        by += ASKS_NOTHING;
    }
    stretch.ranking.shift(Act::AskKnown, by);
    let barred: Vec<Act> = Act::ALL
        .iter()
        .copied()
        .filter(|act| !may_be(case, stretch, *act, asked))
        .collect();
    stretch.ranking.without(&barred);
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
        weigh(case, &mut stretch, asked);
        let Some((first, points, leads)) = stretch.ranking.first() else {
            continue;
        };
        if points < LIKE {
            continue;
        }
        let bad = GRAVE.contains(&first);
        take_back(case, &stretch, first, heard);
        let others: Vec<(Act, i64)> = stretch.ranking.outside(GRAVE).collect();
        // Which of two acts that hurt it is matters less than that it hurts.
        let (helping, over) = others.first().copied().unwrap_or((first, leads));
        if !bad {
            add(&stretch, first, leads, heard);
            likest.push((points, learnt_of(&stretch, first, leads)));
            for (act, behind) in others.into_iter().skip(1).take(OTHERS) {
                let own = points - behind;
                let unsure = points < CERTAIN && own > NEAR.0 && behind < NEAR.1;
                if own > BESIDE || unsure {
                    add(&stretch, act, -behind, heard);
                }
            }
            continue;
        }
        likest.push((points - over, learnt_of(&stretch, helping, -over)));
        let plain = points >= HURTS || matches!(first, Act::AskKnown | Act::Forbidden);
        if plain && over >= enough(case, &stretch, first, helps, heard) {
            if first == Act::AskKnown {
                heard.retain(|e| e.act != Act::AskClosed || !questions::within(&stretch.at, &e.at));
            }
            add(&stretch, first, leads, heard);
        }
    }
    // Words of which something is known are never met with a blank look.
    if heard.is_empty() {
        likest.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        heard.extend(likest.into_iter().next().map(|(_, one)| one));
    }
    heard.sort_by_key(|e| (e.at.start, e.act, e.at.end));
}

/// By how much an act that hurts must lead what helps to be heard. `helps`: the line as a whole is like something that helps.
fn enough(case: &Case<'_>, stretch: &Stretch, act: Act, helps: bool, heard: &[Evidence]) -> i64 {
    let believed = heard.iter().any(|e| {
        let here = e.at.start < stretch.at.end && stretch.at.start < e.at.end;
        here && !GRAVE.contains(&e.act) && matches!(e.by, By::Exemplar(SURE..))
    });
    let least = match act {
        _ if believed || case.proposed => return i64::MAX,
        Act::Forbidden => LEADS_FORBIDDEN,
        Act::AskKnown => LEADS_KNOWN,
        _ => LEADS,
    };
    if helps { least.max(PASSING) } else { least }
}

fn learnt_of(stretch: &Stretch, act: Act, leads: i64) -> Evidence {
    evidence(act, stretch.at.clone(), By::Learnt(leads))
}

fn add(stretch: &Stretch, act: Act, leads: i64, heard: &mut Vec<Evidence>) {
    if !has(heard, act) {
        heard.push(learnt_of(stretch, act, leads));
    }
}

/// What a stretch is plainly unlike does not stand in it: an act that hurts in one that helps, something told that only is
/// named and not asked for.
fn take_back(case: &Case<'_>, stretch: &Stretch, first: Act, heard: &mut Vec<Evidence>) {
    let behind = |act| stretch.ranking.behind(act).unwrap_or(i64::MAX);
    let helps = !GRAVE.contains(&first);
    let questions = [Act::AskKnown, Act::AskClosed, Act::AskOpen];
    let nearest = questions.into_iter().map(behind).min().unwrap_or(i64::MAX);
    let named = first == Act::Safety || !wants(case, stretch);
    heard.retain(|e| {
        if !questions::within(&stretch.at, &e.at) {
            return true;
        }
        let gone = match e.by {
            By::Told => false,
            By::Fact(_) => e.act == Act::AskKnown && named && nearest > NO_QUESTION,
            _ => false,
        };
        let fact = matches!(e.by, By::Fact(_) | By::Told);
        let hurts = helps && !fact && GRAVE.contains(&e.act) && behind(e.act) >= FAR;
        !gone && !hurts
    });
}
