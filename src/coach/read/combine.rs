//! Bringing model, item lexicon and signals together.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::coach::content::{Content, Heard};
use crate::coach::folded::{Folded, Hit};
use crate::coach::model::labels::{
    COMPLAINT, EMOTION, ITEM, LEARNED, NEED, NEEDS, RISK, RISK_ANY, UNSPECIFIED,
};
use crate::coach::model::train::{sigmoid, softmax};
use crate::coach::model::{Features, Scores, features};
use crate::coach::signals::{Risk, Signals};

use super::items::{Said, said};
use super::{Complaint, NeedGuess, NeedState, Proposal, Reading, tuned};

/// The least weight of the lexicon that is clear by itself: one strong word, or several weaker ones.
const ENOUGH: u32 = 3;

/// Items below this percent are not named at all.
const FLOOR: f32 = 0.01;

/// Pieces of evidence that the model shows at most.
const SHOWN: usize = 3;

pub(super) fn combine(
    content: &Content,
    text: &str,
    folded: &Folded,
    hits: &[Hit<Heard>],
    heard: Signals,
) -> Reading {
    let seen = features(content, folded, text, &heard);
    let scores = content.model.score(&seen);
    let said = said(content, folded, hits, &heard.scope);
    let complaint = complaint(&scores, &heard);
    let (ranked, unspecified) = rank(content, folded, &seen, &scores, &said);
    let clear = said.iter().any(|s| s.weight >= ENOUGH);
    let item = ranked
        .first()
        .filter(|p| p.confidence >= tuned::PROPOSE && (complaint.yes || clear))
        .cloned();
    let (need, demand) = need(content, folded, &seen, &scores, &complaint);
    let emotion = feeling(&scores, heard.emotion);
    let heat = heat(heard.heat, emotion);
    let risks = risks(content, folded, &seen, &scores, &heard, complaint);
    Reading {
        complaint,
        item,
        ranked,
        unspecified,
        need,
        demand,
        emotion,
        heat,
        feeling: heard.feeling,
        risks,
        conduct: heard.hints,
    }
}

fn percent(share: f32, most: f32) -> u8 {
    (share * 100.0).round().clamp(0.0, most) as u8
}

fn complaint(scores: &Scores, heard: &Signals) -> Complaint {
    let z = scores.z[COMPLAINT] + tuned::COMPLAINT_FEELING * f32::from(heard.heat) / 30.0
        - tuned::COMPLAINT;
    let p = sigmoid(z);
    Complaint {
        yes: z >= 0.0,
        confidence: percent(p.max(1.0 - p), 99.0),
    }
}

/// Whether the words are no complaint, and surely so.
const fn plainly_none(complaint: Complaint) -> bool {
    !complaint.yes && complaint.confidence >= tuned::PLAIN
}

/// What a full share of the lexicon counts beside a full share of the model: more when one item is clearly ahead, most when
/// that is an item for which the model has no word.
fn trust(content: &Content, said: &[Said]) -> f32 {
    let best = said
        .iter()
        .enumerate()
        .max_by_key(|(i, s)| (s.weight, std::cmp::Reverse(*i)));
    let Some((place, best)) = best else {
        return tuned::LEXICON;
    };
    let ahead = said
        .iter()
        .enumerate()
        .all(|(i, s)| i == place || s.weight < best.weight);
    if best.weight < ENOUGH || !ahead {
        return tuned::LEXICON;
    }
    let id = content.items.get(place);
    let spoken = id.is_some_and(|id| !content.names.fine_of(&content.items, id).is_empty());
    if spoken {
        tuned::LEXICON_CLEAR
    } else {
        tuned::LEXICON_ALONE
    }
}

/// Every item with something to say for it, best first, and whether the words name nothing.
fn rank(
    content: &Content,
    folded: &Folded,
    seen: &Features,
    scores: &Scores,
    said: &[Said],
) -> (Vec<Proposal>, bool) {
    let cooled: Vec<f32> = scores.z[ITEM].iter().map(|z| z / tuned::COOL).collect();
    let fine = softmax(&cooled);
    let knows = scores.known > 0;
    let mut shares = vec![0.0_f32; content.items.len()];
    // Per item, the fine matter that speaks loudest for it.
    let mut voices: Vec<(f32, usize)> = vec![(0.0, UNSPECIFIED); shares.len()];
    if knows {
        for (k, p) in fine.iter().enumerate() {
            for (place, share) in content.names.items(k) {
                shares[*place] += p * share;
                if *p * share > voices[*place].0 {
                    voices[*place] = (p * share, k);
                }
            }
        }
    }
    let model: Vec<f32> = shares.clone();
    let weights: u32 = said.iter().map(|s| s.weight).sum();
    let lexicon = |s: &Said| s.weight as f32 / (weights + 2) as f32;
    let count = trust(content, said);
    for (share, s) in shares.iter_mut().zip(said) {
        *share += count * lexicon(s);
    }
    let sure = 1.0 + count;
    let mut order: Vec<usize> = (0..shares.len()).filter(|i| shares[*i] > FLOOR).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
    let best = order.first().map_or(0.0, |i| shares[*i]);
    let unspecified = knows && weights == 0 && fine[UNSPECIFIED] > best;
    let ranked = order
        .into_iter()
        .filter_map(|place| {
            let mut evidence = said[place].evidence.clone();
            if evidence.is_empty() && model[place] > 0.0 {
                let output = ITEM.start + voices[place].1;
                evidence = loudest(content, folded, seen, output, &ITEM);
            }
            (!evidence.is_empty()).then(|| Proposal {
                item: content.items[place].clone(),
                confidence: percent(shares[place] / sure, 95.0),
                evidence,
            })
        })
        .collect();
    (ranked, unspecified)
}

/// The topics and n-grams that say most for an output, as ranges of the text as given, in order, none inside another.
fn loudest(
    content: &Content,
    folded: &Folded,
    seen: &Features,
    output: usize,
    group: &Range<usize>,
) -> Vec<Range<usize>> {
    let model = &content.model;
    let topics = seen.topics.iter().map(|(topic, at)| {
        let key = content.topics.get(*topic).map_or(0, |t| t.key);
        (model.voice(key, output, group), at)
    });
    let grams = seen
        .grams
        .iter()
        .map(|g| (model.voice(g.key, output, group), &g.at));
    let mut voices: Vec<(f32, &Range<usize>)> =
        topics.chain(grams).filter(|(v, _)| *v > 0.0).collect();
    voices.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.start.cmp(&b.1.start)));
    let mut out: Vec<Range<usize>> = Vec::new();
    for (_, at) in voices {
        let apart = out.iter().all(|o| o.end <= at.start || at.end <= o.start);
        if apart {
            out.push(at.clone());
            if out.len() == SHOWN {
                break;
            }
        }
    }
    out.sort_by_key(|r| (r.start, r.end));
    out.iter().map(|r| folded.original(r)).collect()
}

/// The need, and where the words ask for it.
fn need(
    content: &Content,
    folded: &Folded,
    seen: &Features,
    scores: &Scores,
    complaint: &Complaint,
) -> (Option<NeedGuess>, Option<Range<usize>>) {
    if scores.known == 0 {
        return (None, None);
    }
    let topics: BTreeSet<usize> = seen.topics.iter().map(|(topic, _)| *topic).collect();
    let mut z: Vec<f32> = scores.z[NEED]
        .iter()
        .map(|z| z * tuned::NEED_MODEL)
        .collect();
    for (need, weight) in topics.iter().flat_map(|t| content.names.speaks(*t)) {
        z[*need] += weight;
    }
    let shares = softmax(&z);
    let Some((place, share)) = shares
        .iter()
        .copied()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    else {
        return (None, None);
    };
    let name = NEEDS[place];
    let asked = seen
        .topics
        .iter()
        .filter(|(topic, _)| content.names.asks(*topic, place));
    let words: Vec<Range<usize>> = asked.map(|(_, at)| folded.original(at)).collect();
    // A plain question has a need only where its words say so.
    if plainly_none(*complaint) && words.is_empty() {
        return (None, None);
    }
    let stated = !words.is_empty();
    let demand = words.first().cloned();
    let evidence = if stated {
        words
    } else {
        loudest(content, folded, seen, NEED.start + place, &NEED)
    };
    let guess = NeedGuess {
        need: name,
        fix: content.names.fix(place),
        confidence: percent(share, 95.0),
        state: if stated {
            NeedState::Stated
        } else {
            NeedState::Suspected
        },
        evidence,
    };
    (Some(guess), demand)
}

/// The risks that the signals heard, without those that the model does not believe, and with those that it hears without any cue.
fn risks(
    content: &Content,
    folded: &Folded,
    seen: &Features,
    scores: &Scores,
    heard: &Signals,
    complaint: Complaint,
) -> Vec<(Risk, Range<usize>)> {
    let mut out = heard.risks.clone();
    if scores.known == 0 {
        return out;
    }
    let learned = LEARNED.iter().filter_map(|name| Risk::from_name(name));
    for ((risk, output), bounds) in learned.zip(RISK).zip(tuned::RISKS) {
        let z = scores.z[output];
        let (least, alone) = bounds;
        if heard.has(risk) {
            // A second order and a third question are none: what is plainly no complaint repeats nothing that went wrong.
            if z < least || plainly_none(complaint) {
                out.retain(|(r, _)| *r != risk);
            }
        } else if z >= alone && complaint.yes {
            let words = || loudest(content, folded, seen, output, &(RISK_ANY..RISK.end));
            let weak = heard
                .again
                .first()
                .filter(|_| risk == Risk::Repeat)
                .cloned();
            let at = weak.or_else(|| words().first().cloned());
            out.extend(at.map(|at| (risk, at)));
        }
    }
    out.sort_by_key(|(risk, at)| (*risk, at.start, at.end));
    out
}

/// The mean of what the model and the signals hear, in steps.
fn feeling(scores: &Scores, heard: u8) -> u8 {
    if scores.known == 0 {
        return heard;
    }
    let model: f32 = scores.z[EMOTION].iter().map(|z| sigmoid(*z)).sum();
    // Words that say nothing of feeling to the signals need a surer model: "I am not angry" has the letters of anger.
    let share = if heard == 0 {
        tuned::FEELING_UNHEARD
    } else {
        tuned::FEELING_MODEL
    };
    let mean = share * model + (1.0 - share) * f32::from(heard);
    // Plain words of anger stay at least what they are; the model may only take the edge off the worst.
    let mean = mean.max(tuned::FEELING_LEAST * f32::from(heard));
    tuned::FEELING_STEPS
        .iter()
        .filter(|step| mean >= **step)
        .count() as u8
}

/// The signals' heat, moved into the band of the feeling: 0-29, 30-54, 55-79, 80-100.
fn heat(heard: u8, emotion: u8) -> u8 {
    let (low, high) = match emotion {
        0 => (0, 29),
        1 => (30, 54),
        2 => (55, 79),
        _ => (80, 100),
    };
    heard.clamp(low, high)
}
