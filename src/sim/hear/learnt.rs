//! Which act a sentence is most like, learnt from how many agents put it (`assets/sim/said-*.toml`).
//!
//! A linear model over pieces of words, trained when the ears are built: an averaged perceptron with a margin, in whole numbers
//! and in a fixed order, so that every machine learns the same. It knows acts, never facts: whether something was told already
//! and whether a time is named are judged elsewhere.

mod marks;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Corpus;
use crate::coach::BadContent;
use crate::coach::content::File;
use crate::domain::lang::Lang;
use crate::sim::names::Act;

/// How often every line is visited.
const ROUNDS: usize = 8;
/// By how much the right act must lead, times the root of the number of marks.
const MARGIN: i64 = 4_000;
/// The longest step a line may push a weight.
const STEP: i64 = 8_000;
/// Visits go through the lines in strides of this prime, so that the acts come mixed.
const STRIDE: usize = 7_919;
/// Of how many marks one must be known, for a text to be like anything.
const KNOWN: usize = 6;
/// A text with fewer known marks is a grunt.
const FEWEST: usize = 6;
/// What a weight of one is, when it is averaged.
const FINE: i64 = 16;

/// Lines by act.
#[derive(Deserialize)]
#[serde(transparent)]
struct Said(BTreeMap<Act, Vec<String>>);

/// Acts by how much a sentence is like them, the likest first. Points are comparable between sentences of any length.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Ranking(Vec<(Act, i64)>);

impl Ranking {
    /// Leaves these acts out.
    pub(super) fn without(&mut self, these: &[Act]) {
        self.0.retain(|(act, _)| !these.contains(act));
    }

    /// The likest act, its points, and by how much it leads the next.
    pub(super) fn first(&self) -> Option<(Act, i64, i64)> {
        let (act, points) = *self.0.first()?;
        let next = self.0.get(1).map_or(0, |(_, p)| *p);
        Some((act, points, points - next))
    }

    /// The second likest act and how far it lies behind the first.
    pub(super) fn second(&self) -> Option<(Act, i64)> {
        let first = self.0.first()?.1;
        self.0.get(1).map(|(act, points)| (*act, first - points))
    }

    /// By how much the first leads the likest act that is none of these.
    pub(super) fn over(&self, these: &[Act]) -> Option<i64> {
        let first = self.0.first()?.1;
        let other = self.0.iter().find(|(act, _)| !these.contains(act))?.1;
        Some(first - other)
    }

    /// The likest act that is none of these.
    pub(super) fn outside(&self, these: &[Act]) -> Option<Act> {
        let mut all = self.0.iter().map(|(act, _)| *act);
        all.find(|act| !these.contains(act))
    }

    /// How far an act lies behind the first.
    pub(super) fn behind(&self, act: Act) -> Option<i64> {
        let first = self.0.first()?.1;
        let own = self.0.iter().find(|(a, _)| *a == act)?.1;
        Some(first - own)
    }
}

/// What was learnt, for both languages.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    zh: Model,
    en: Model,
}

#[derive(Debug, Default)]
struct Model {
    places: BTreeMap<u64, usize>,
    weights: Vec<Weights>,
}

type Weights = [i64; Act::ALL.len()];

/// A line made ready: its marks by place, and the place of its act.
type Seen = (Vec<usize>, usize);

impl Learnt {
    /// Learns from the lines of both files. `groups` tells which groups of the training's own words stand in a text.
    ///
    /// # Errors
    /// When a file has another form, an act has no lines, or a line is empty.
    pub(super) fn of(
        [zh, en]: [&File<'_>; 2],
        exemplars: &Corpus,
        groups: &dyn Fn(&str) -> Vec<String>,
    ) -> Result<Self, BadContent> {
        let with = |file, lang| -> Result<Model, BadContent> {
            let mut all = lines(file)?;
            for (acts, _, text) in exemplars.texts().filter(|(_, l, _)| *l == lang) {
                all.extend(acts.first().map(|act| (*act, text.to_owned())));
            }
            Ok(Model::of(&all, groups))
        };
        Ok(Self {
            zh: with(zh, Lang::Zh)?,
            en: with(en, Lang::En)?,
        })
    }

    /// The acts that these words are like. `groups` are the groups of words that stand in them, `timed` whether they name a
    /// time to come.
    pub(super) fn rank(&self, words: &str, lang: Lang, groups: &[&str], timed: bool) -> Ranking {
        let model = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        let marks = marks::of(words, groups.iter().copied(), timed);
        model.rank(&marks)
    }
}

fn lines(file: &File<'_>) -> Result<Vec<(Act, String)>, BadContent> {
    let Said(said) = file.read()?;
    for (act, lines) in &said {
        if lines.is_empty() || lines.iter().any(|l| l.trim().is_empty()) {
            let what = "an act without lines, or an empty line";
            return Err(file.bad(
                act.as_str(),
                what,
                "write how agents put it, or leave it out",
            ));
        }
    }
    let all = said.into_iter();
    Ok(all
        .flat_map(|(act, lines)| lines.into_iter().map(move |l| (act, l)))
        .collect())
}

fn place_of(act: Act) -> usize {
    Act::ALL.iter().position(|a| *a == act).unwrap_or_default()
}

impl Model {
    fn of(lines: &[(Act, String)], groups: &dyn Fn(&str) -> Vec<String>) -> Self {
        let mut marked: Vec<(Vec<u64>, usize)> = Vec::with_capacity(lines.len());
        let mut often: BTreeMap<u64, usize> = BTreeMap::new();
        for (act, line) in lines {
            let heard = groups(line);
            let timed = heard.iter().any(|g| g == "clock-time") || marks::names_a_time(line);
            let marks = marks::of(line, heard.iter().map(String::as_str), timed);
            for mark in &marks {
                *often.entry(*mark).or_default() += 1;
            }
            marked.push((marks, place_of(*act)));
        }
        // What stands in one line only tells nothing of another.
        let shared = often.into_iter().filter(|(_, lines)| *lines > 1);
        let places: BTreeMap<u64, usize> =
            shared.zip(0..).map(|((mark, _), at)| (mark, at)).collect();
        let seen: Vec<Seen> = marked
            .into_iter()
            .map(|(marks, act)| {
                let known = marks.iter().filter_map(|m| places.get(m).copied());
                (known.collect(), act)
            })
            .collect();
        let weights = train(&seen, places.len());
        Self { places, weights }
    }

    fn rank(&self, marks: &[u64]) -> Ranking {
        let known: Vec<usize> = marks
            .iter()
            .filter_map(|m| self.places.get(m).copied())
            .collect();
        if known.len() < FEWEST || known.len() * KNOWN < marks.len() {
            return Ranking::default();
        }
        let points = points(&self.weights, &known);
        let root = root_of(marks.len());
        let mut out: Vec<(Act, i64)> = Act::ALL
            .iter()
            .zip(points)
            .map(|(act, p)| (*act, p / (FINE * root)))
            .collect();
        out.sort_by_key(|(act, p)| (std::cmp::Reverse(*p), *act));
        Ranking(out)
    }
}

/// The root of a number of marks, at least 1.
fn root_of(marks: usize) -> i64 {
    i64::try_from(marks.isqrt()).unwrap_or(1).max(1)
}

fn points(weights: &[Weights], marks: &[usize]) -> Weights {
    let mut out = [0; Act::ALL.len()];
    for own in marks.iter().filter_map(|m| weights.get(*m)) {
        for (sum, weight) in out.iter_mut().zip(own) {
            *sum += weight;
        }
    }
    out
}

/// The likest act other than the right one.
fn rival(points: &Weights, right: usize) -> usize {
    let others = points.iter().enumerate().filter(|(at, _)| *at != right);
    others
        .max_by_key(|(at, p)| (**p, std::cmp::Reverse(*at)))
        .map_or(0, |(at, _)| at)
}

fn train(seen: &[Seen], marks: usize) -> Vec<Weights> {
    let mut now = vec![[0_i64; Act::ALL.len()]; marks];
    let mut sums = now.clone();
    let visits = ROUNDS * seen.len();
    for visit in 0..visits {
        let round = visit / seen.len().max(1);
        let Some((own, right)) = seen.get((visit * STRIDE + round * 31) % seen.len()) else {
            continue;
        };
        let points = points(&now, own);
        let wrong = rival(&points, *right);
        let led =
            points.get(*right).copied().unwrap_or(0) - points.get(wrong).copied().unwrap_or(0);
        let lacks = MARGIN * root_of(own.len()) - led;
        if lacks < 0 {
            continue;
        }
        let count = i64::try_from(own.len()).unwrap_or(1).max(1);
        let step = (lacks / (2 * count) + 1).min(STEP);
        let left = i64::try_from(visits - visit).unwrap_or(0);
        for mark in own {
            for (at, by) in [(*right, step), (wrong, -step)] {
                if let Some(w) = now.get_mut(*mark).and_then(|w| w.get_mut(at)) {
                    *w += by;
                }
                if let Some(w) = sums.get_mut(*mark).and_then(|w| w.get_mut(at)) {
                    *w += by * left;
                }
            }
        }
    }
    let visits = i64::try_from(visits).unwrap_or(1).max(1);
    for weight in sums.iter_mut().flatten() {
        *weight = *weight * FINE / visits;
    }
    sums
}
