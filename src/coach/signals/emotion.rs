//! Feeling: from cues and marks to points, from points to the 0-100 scale and its four bands.
//!
//! Words of each kind are added with falling weight (the second word says less than the first) up to the kind's ceiling, marks
//! (exclamation, capitals, stretched words, said twice) and risks add, manners and praise take off. The sum is laid on the
//! scale of the method: calm 0-29, annoyed 30-54, angry 55-79, furious 80-100. Every part is a named [`Feature`], so that a
//! learned model can weigh the same parts anew.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cues::Found;
use super::lexicon::{Mark, Says};
use super::marks::Marks;
use super::risks::Risk;
use super::scope::{Scope, Stance, covered};

/// Kinds of words of feeling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::coach) enum Kind {
    Trouble,
    Mild,
    Clear,
    Strong,
    Swear,
    Indignant,
    Rhetorical,
    Sarcasm,
    Picture,
    Wait,
    Polite,
    Neutral,
    Praise,
}

/// Per kind: its name, and the most it may add or take off, in points.
const KINDS: [(Kind, &str, i32); 13] = [
    (Kind::Trouble, "trouble", 58),
    (Kind::Mild, "mild", 90),
    (Kind::Clear, "clear", 165),
    (Kind::Strong, "strong", 240),
    (Kind::Swear, "swear", 170),
    (Kind::Indignant, "indignant", 40),
    (Kind::Rhetorical, "rhetorical", 60),
    (Kind::Sarcasm, "sarcasm", 80),
    (Kind::Picture, "picture", 70),
    (Kind::Wait, "wait", 34),
    (Kind::Polite, "polite", 32),
    (Kind::Neutral, "neutral", 52),
    (Kind::Praise, "praise", 100),
];

impl Kind {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        KINDS.iter().find(|(_, n, _)| *n == name).map(|(k, ..)| *k)
    }

    /// Words that show feeling by themselves, and are marked in the text.
    const fn shows(self) -> bool {
        matches!(
            self,
            Self::Mild
                | Self::Clear
                | Self::Strong
                | Self::Swear
                | Self::Rhetorical
                | Self::Sarcasm
                | Self::Picture
        )
    }
}

/// One part of the score.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Feature {
    /// The stable name.
    pub name: &'static str,
    /// What it adds or takes off, in points.
    pub points: i32,
}

/// What a message shows of feeling.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Feeling {
    /// 0 to 100.
    pub(super) heat: u8,
    /// The words that show it, in folded text.
    pub(super) words: Vec<Range<usize>>,
    /// The parts, always the same names in the same order.
    pub(super) features: Vec<Feature>,
}

/// Points that each risk adds.
const fn risk_points(risk: Risk) -> i32 {
    match risk {
        Risk::Regulator => 45,
        Risk::Media | Risk::Churn => 40,
        Risk::Legal => 35,
        Risk::Rejects => 30,
        Risk::Repeat => 16,
        Risk::Compensation => 12,
        Risk::Safety | Risk::AsksWhy => 0,
    }
}

/// Upper points and upper heat of each stretch of the scale; between them it rises evenly.
const SCALE: [(i32, i32); 4] = [(36, 30), (104, 55), (240, 80), (420, 100)];

/// Points on the 0-100 scale.
fn heat(points: i32) -> u8 {
    let (mut from, mut low) = (0, 0);
    for (to, high) in SCALE {
        if points < to {
            let heat = low + (points - from).max(0) * (high - low) / (to - from);
            return u8::try_from(heat).unwrap_or(0);
        }
        (from, low) = (to, high);
    }
    100
}

/// 0 calm (0-29), 1 annoyed (30-54), 2 angry (55-79), 3 furious (80-100).
#[must_use]
pub const fn band(heat: u8) -> u8 {
    match heat {
        0..=29 => 0,
        30..=54 => 1,
        55..=79 => 2,
        _ => 3,
    }
}

/// Reads the feeling of one message.
pub(super) fn feeling(
    text: &str,
    found: &[Found<Says>],
    scope: &Scope,
    marks: &Marks,
    risks: &[(Risk, Range<usize>)],
) -> Feeling {
    let (heard, words) = weigh(text, found, scope);
    let of = |kind: Kind| total(heard.iter().filter(|h| h.0 == kind).map(|h| h.1), kind);
    let hot = [
        Kind::Mild,
        Kind::Clear,
        Kind::Strong,
        Kind::Swear,
        Kind::Rhetorical,
        Kind::Sarcasm,
    ];
    let hot: i32 = hot.into_iter().map(of).sum();
    let negative = hot + of(Kind::Trouble) + of(Kind::Picture) + of(Kind::Wait);
    let mut features: Vec<Feature> = KINDS
        .iter()
        .map(|(kind, name, _)| {
            let points = match kind {
                // Small words and waits say something only where something went wrong.
                Kind::Indignant if negative == 0 => of(*kind) / 3,
                // The word of feeling already speaks of the trouble.
                Kind::Trouble if hot >= 50 => of(*kind) / 2,
                // Who is upset says "please" and "can you" all the same.
                Kind::Neutral | Kind::Praise if hot >= 80 => of(*kind) / 2,
                _ => of(*kind),
            };
            Feature { name, points }
        })
        .collect();
    let seen: BTreeSet<Risk> = risks.iter().map(|(risk, _)| *risk).collect();
    let threat: i32 = seen.iter().map(|r| risk_points(*r)).sum();
    features.push(Feature {
        name: "risk",
        points: threat.min(90),
    });
    let quiet = negative == 0 && threat == 0;
    for (name, points) in marks.points() {
        let points = if quiet { points / 3 } else { points };
        features.push(Feature { name, points });
    }
    let told = !quiet && hot > 0;
    let length = match marks.chars {
        0..=60 => 0,
        61..=150 => 8,
        _ => 12,
    };
    features.push(Feature {
        name: "length",
        points: if told { length } else { 0 },
    });
    let public = match scope.mentions() {
        0 | 1 => 0,
        2 => 8,
        _ => 14,
    };
    features.push(Feature {
        name: "public",
        points: if quiet { 0 } else { public },
    });
    let points = features.iter().map(|f| f.points).sum();
    Feeling {
        heat: heat(points),
        words,
        features,
    }
}

/// The points of each distinct cue that counts, and where feeling shows.
fn weigh(
    text: &str,
    found: &[Found<Says>],
    scope: &Scope,
) -> (Vec<(Kind, i32)>, Vec<Range<usize>>) {
    let raised: Vec<Range<usize>> = found
        .iter()
        .filter(|f| f.says == Says::Mark(Mark::Intensifier))
        .map(|f| f.at.clone())
        .collect();
    // A word inside a longer word of feeling is not heard again.
    let long: Vec<Range<usize>> = found
        .iter()
        .filter(|f| f.solid && matches!(f.says, Says::Feeling(..)))
        .map(|f| f.at.clone())
        .collect();
    let mut seen = BTreeSet::new();
    let (mut heard, mut words) = (Vec::new(), Vec::new());
    for f in found {
        let Says::Feeling(kind, points) = f.says else {
            continue;
        };
        if scope.is_harmless(&f.at) || scope.in_mention(&f.at) {
            continue;
        }
        if f.solid && inside_longer(&long, &f.at) {
            continue;
        }
        let stance = scope.stance(text, &f.at);
        let turned = matches!(stance, Stance::Negated | Stance::SetAside);
        let (kind, mut points) = match (kind, turned) {
            (Kind::Praise, true) => (Kind::Mild, 50),
            (Kind::Trouble | Kind::Mild | Kind::Clear | Kind::Strong | Kind::Picture, true) => {
                continue;
            }
            _ => (kind, points),
        };
        if kind.shows() {
            words.push(f.at.clone());
        }
        if !seen.insert((kind, f.cue)) {
            continue;
        }
        if stance == Stance::Reported && kind.shows() {
            points /= 2;
        }
        let before = raised.partition_point(|r| r.start < f.at.start);
        let lifted = raised[..before].iter().rev().take(2);
        let lifted = lifted
            .filter(|r| r.end <= f.at.start)
            .any(|r| text[r.end..f.at.start].trim().is_empty());
        if lifted && matches!(kind, Kind::Mild | Kind::Clear | Kind::Strong | Kind::Praise) {
            points += points / 3;
        }
        heard.push((kind, points));
    }
    words.sort_by_key(|r| (r.start, r.end));
    words.dedup();
    (heard, words)
}

fn inside_longer(long: &[Range<usize>], at: &Range<usize>) -> bool {
    let last = long.partition_point(|r| r.start <= at.start);
    let near = long[..last].iter().rev().take(8);
    near.filter(|r| r.len() > at.len()).any(|r| at.end <= r.end)
        || (last < long.len() && covered(&long[last..], at))
}

/// The sum with falling weight, up to the kind's ceiling.
fn total(points: impl Iterator<Item = i32>, kind: Kind) -> i32 {
    let mut all: Vec<i32> = points.collect();
    all.sort_by_key(|p| std::cmp::Reverse(p.abs()));
    let sum: i32 = all
        .iter()
        .zip([100, 50, 35].into_iter().chain(std::iter::repeat(20)))
        .map(|(p, share)| p * share / 100)
        .sum();
    let ceiling = KINDS
        .iter()
        .find(|(k, ..)| *k == kind)
        .map_or(0, |(.., c)| *c);
    sum.clamp(-ceiling, ceiling)
}
