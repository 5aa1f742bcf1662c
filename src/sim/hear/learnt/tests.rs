//! How the weights are learnt: for every act a border between its lines and all others, as wide as it goes (a linear machine of
//! support vectors with squared loss, solved by turns over the lines). Whole numbers and a fixed order, so that every machine
//! learns the same. Run by the test below, never by a desk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::super::exemplars::Corpus;
use super::super::{pieces, shipped_words};
use super::{DIGITS, NOTHING, POINTS, ROOT_OF_ONE, ROW, marks, root_of};
use crate::coach::content::File;
use crate::coach::lint::Lexicon;
use crate::domain::lang::Lang;
use crate::sim::names::Act;
use crate::sim::testing::{NOW, zone};

/// How often every line is visited.
const ROUNDS: usize = 12;
/// Visits go through the lines in strides of this prime, so that the acts come mixed.
const STRIDE: usize = 7_919;
/// One, in the fixed point of weights and pulls.
const ONE: i64 = 1 << 20;
/// In how many lines a mark must stand to be learnt.
const fn fewest(lang: Lang) -> usize {
    match lang {
        Lang::Zh => 3,
        Lang::En => 4,
    }
}
/// The heaviest weight: all signs from `NOTHING` on and before it can be printed.
const HEAVIEST: i64 = 46;
/// Marks whose heaviest weight is no heavier tell nothing.
const LIGHT: i64 = 2;

/// Lines by act.
#[derive(Deserialize)]
#[serde(transparent)]
struct Said(BTreeMap<Act, Vec<String>>);

/// A line made ready: its marks by place, the place of its act, and the root of the number of its marks.
struct Seen {
    marks: Vec<usize>,
    act: usize,
    root: i64,
}

fn place_of(act: Act) -> usize {
    Act::ALL.iter().position(|a| *a == act).unwrap()
}

/// The lines of a file and the exemplars of its language.
fn lines(file: &File<'_>, exemplars: &Corpus, lang: Lang) -> Vec<(Act, String)> {
    let Said(said) = file.read().unwrap();
    let mut out: Vec<(Act, String)> = Vec::new();
    for (act, lines) in said {
        assert!(lines.iter().all(|l| !l.trim().is_empty()), "{act:?}: empty");
        out.extend(lines.into_iter().map(|line| (act, line)));
    }
    let own = exemplars.texts().filter(|(_, l, _)| *l == lang);
    out.extend(own.map(|(acts, _, text)| (acts[0], text.to_owned())));
    out
}

/// What is learnt from these lines, as its file holds it.
fn study(words: &Lexicon, lines: &[(Act, String)], lang: Lang) -> String {
    let zone = zone();
    let marked: Vec<Vec<u32>> = lines
        .iter()
        .map(|(_, line)| {
            let heard = words.heard(line);
            let timed = line.contains("{due}")
                || heard.iter().any(|(group, _)| *group == "clock-time")
                || pieces::names_a_time(line, lang, NOW, &zone);
            let mut groups: Vec<&str> = heard.into_iter().map(|(group, _)| group).collect();
            groups.sort_unstable();
            groups.dedup();
            marks::of(line, groups.into_iter(), timed)
        })
        .collect();
    let mut every: Vec<u32> = marked.iter().flatten().copied().collect();
    every.sort_unstable();
    let shared = every.chunk_by(|a, b| a == b);
    let shared = shared.filter(|run| run.len() >= fewest(lang));
    let places: Vec<u32> = shared.map(|run| run[0]).collect();
    let seen: Vec<Seen> = marked
        .iter()
        .zip(lines)
        .map(|(marks, (act, _))| {
            let known = marks.iter().filter_map(|m| places.binary_search(m).ok());
            let marks: Vec<usize> = known.collect();
            Seen {
                act: place_of(*act),
                root: root_of(marks.len()),
                marks,
            }
        })
        .collect();
    written(&places, &learn(&seen, places.len()))
}

/// Weights by mark, in `ONE`s times the root of one.
fn learn(seen: &[Seen], marks: usize) -> Vec<[i64; Act::ALL.len()]> {
    let mut weights = vec![[0_i64; Act::ALL.len()]; marks];
    let mut pulls = vec![[0_i64; Act::ALL.len()]; seen.len()];
    assert!(!seen.len().is_multiple_of(STRIDE), "one line more or less");
    for visit in 0..ROUNDS * seen.len() {
        let round = visit / seen.len();
        let at = (visit * STRIDE + round * 31) % seen.len();
        let one = &seen[at];
        let mut sums = [0_i64; Act::ALL.len()];
        for mark in &one.marks {
            for (sum, weight) in sums.iter_mut().zip(&weights[*mark]) {
                *sum += weight;
            }
        }
        let mut moves = [0_i64; Act::ALL.len()];
        let mut moved = false;
        for act in (0..Act::ALL.len()).filter(|act| Act::ALL[*act] != Act::Interrupt) {
            let side = if act == one.act { 1 } else { -1 };
            let pull = &mut pulls[at][act];
            // The slope of the loss with a cost of one: every line counts half of its own pull.
            let slope = side * sums[act] / one.root - ONE + *pull / 2;
            let next = (*pull - slope * 2 / 3).max(0);
            let by = (next - *pull) * ROOT_OF_ONE / one.root;
            *pull = next;
            moves[act] = side * by * ROOT_OF_ONE;
            moved |= by != 0;
        }
        if moved {
            for mark in &one.marks {
                for (weight, by) in weights[*mark].iter_mut().zip(&moves) {
                    *weight += by;
                }
            }
        }
    }
    weights
}

/// The rows of the file.
fn written(places: &[u32], weights: &[[i64; Act::ALL.len()]]) -> String {
    let mut out = String::new();
    for (mark, own) in places.iter().zip(weights) {
        let scale = ONE * ROOT_OF_ONE * POINTS / 1_000;
        let rounded = own.map(|w| {
            let half = if w < 0 { -scale / 2 } else { scale / 2 };
            ((w + half) / scale).clamp(-HEAVIEST, HEAVIEST)
        });
        if rounded.iter().all(|w| w.abs() <= LIGHT) {
            continue;
        }
        write!(out, "{mark:08x}").unwrap();
        for weight in rounded {
            let sign = i64::from(NOTHING) + weight;
            out.push(char::from(u8::try_from(sign).unwrap()));
        }
        out.push('\n');
    }
    out
}

/// What is learnt from the lines as they lie is what the files hold. `BALM_LEARN=1` writes them anew.
#[test]
fn the_weights_are_those_of_the_lines() {
    let root = env!("CARGO_MANIFEST_DIR");
    let (words, exemplars) = shipped_words().unwrap();
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let text = std::fs::read_to_string(format!("{root}/assets/sim/said-{name}.toml")).unwrap();
        let said = File {
            name: "sim/said.toml",
            text: &text,
        };
        let learnt = study(&words, &lines(&said, &exemplars, lang), lang);
        let path = format!("{root}/assets/sim/learnt-{name}.txt");
        if std::env::var_os("BALM_LEARN").is_some() {
            std::fs::write(&path, &learnt).unwrap();
        }
        let held = std::fs::read_to_string(&path).unwrap();
        assert!(held == learnt, "{path} is stale: BALM_LEARN=1 writes it");
        assert!(held.is_ascii() && held.len().is_multiple_of(ROW));
        let rows: Vec<&str> = held.lines().map(|row| &row[..DIGITS]).collect();
        assert!(rows.is_sorted(), "{path} is looked up by its order");
    }
}
