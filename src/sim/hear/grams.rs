//! Character n-grams of short texts and how alike two are. Whole numbers throughout: the same on every machine.

use std::collections::BTreeMap;

use crate::text::tokens::fold;

/// One n-gram.
pub(super) type Gram = [char; 3];

/// How often each n-gram stands in a text, and the square of the length of that vector.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Grams {
    counts: BTreeMap<Gram, u64>,
    square: u64,
}

/// Words that stand in any sentence and would make any two alike.
const FILLERS: &[&str] = &[
    "a", "an", "the", "at", "of", "to", "in", "on", "is", "are", "was", "be", "it", "that", "this",
    "and", "for", "with",
];

/// Marks the edge of a word.
const EDGE: char = ' ';
/// Fills up pairs and single characters.
const NONE: char = '\0';

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

impl Grams {
    /// Of a text: pairs and single characters of Han runs, triples of Latin words with their edges.
    pub(super) fn of(text: &str) -> Self {
        let folded = fold(text);
        let mut counts: BTreeMap<Gram, u64> = BTreeMap::new();
        let mut run: Vec<char> = Vec::new();
        let mut word: Vec<char> = Vec::new();
        let mut close = |run: &mut Vec<char>, word: &mut Vec<char>| {
            for pair in run.windows(2) {
                if let [a, b] = pair {
                    *counts.entry([*a, *b, NONE]).or_insert(0) += 2;
                }
            }
            for c in run.iter() {
                *counts.entry([*c, NONE, NONE]).or_insert(0) += 1;
            }
            let filler = FILLERS.iter().any(|f| f.chars().eq(word.iter().copied()));
            if !word.is_empty() && !filler {
                let mut edged = vec![EDGE];
                edged.append(word);
                edged.push(EDGE);
                for triple in edged.windows(3) {
                    if let [a, b, c] = triple {
                        *counts.entry([*a, *b, *c]).or_insert(0) += 1;
                    }
                }
            }
            run.clear();
            word.clear();
        };
        for c in folded.chars().take(400) {
            if is_han(c) {
                if !word.is_empty() {
                    close(&mut run, &mut word);
                }
                run.push(c);
            } else if c.is_alphanumeric() || c == '\'' {
                if !run.is_empty() {
                    close(&mut run, &mut word);
                }
                // Which number it is makes no other act.
                word.push(if c.is_numeric() { '0' } else { c });
            } else {
                close(&mut run, &mut word);
            }
        }
        close(&mut run, &mut word);
        let square = counts.values().map(|n| n * n).sum();
        Self { counts, square }
    }

    /// The n-grams with their counts.
    pub(super) fn counts(&self) -> impl Iterator<Item = (&Gram, &u64)> {
        self.counts.iter()
    }

    /// The cosine with another in thousandths, from the product of both.
    pub(super) fn cosine(&self, other: &Self, dot: u64) -> u32 {
        if self.square == 0 || other.square == 0 {
            return 0;
        }
        // cos² in millionths, then its root; the squares of four hundred characters stay far below 2^128.
        let squared = u128::from(dot) * u128::from(dot) * 1_000_000
            / (u128::from(self.square) * u128::from(other.square));
        u32::try_from(squared.isqrt()).unwrap_or(1_000).min(1_000)
    }
}
