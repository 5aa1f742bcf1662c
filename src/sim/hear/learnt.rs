//! Which act a sentence is most like, learnt from how many agents put it.
//!
//! A linear model over marks of words: for every act one number a mark, and a sentence is like an act by their sum. The tests
//! beside this file learn it from `assets/sim/said-*.toml` into `assets/sim/learnt-*.txt`, so that a start costs nothing, and
//! compare. Whole numbers throughout, the same on every machine. It knows acts, never facts: whether something was told already
//! is judged elsewhere.

#[cfg(test)]
mod tests;

use super::marks;
use crate::coach::BadContent;
use crate::coach::content::File;
use crate::domain::lang::Lang;
use crate::sim::names::Act;

/// Of how many marks one must be known, for a text to be like anything.
const KNOWN: usize = 6;
/// A text with fewer known marks is a grunt.
const FEWEST: usize = 8;
/// Hexadecimal digits of a mark at the begin of a row.
const DIGITS: usize = 8;
/// Bytes of a row: a mark, one sign an act in the order of `Act::ALL`, and the end of the line.
const ROW: usize = DIGITS + Act::ALL.len() + 1;
/// The sign of a weight of nothing; the signs before and behind it in ASCII are the weights below and above.
const NOTHING: u8 = b'P';
/// Points of a weight of one: a thousand is as far from the border between an act and all others as the lines that were learnt
/// from are meant to lie.
const POINTS: i64 = 40;

/// Acts by how much a sentence is like them, the likest first. Points are comparable between sentences of any length: above
/// nothing it is the act, from a thousand on certainly.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Ranking(Vec<(Act, i64)>);

impl Ranking {
    /// Leaves these acts out.
    pub(super) fn without(&mut self, these: &[Act]) {
        self.0.retain(|(act, _)| !these.contains(act));
    }

    /// Moves an act by so many points.
    pub(super) fn shift(&mut self, act: Act, by: i64) {
        for (own, points) in &mut self.0 {
            *points += if *own == act { by } else { 0 };
        }
        self.0.sort_by_key(|(act, p)| (std::cmp::Reverse(*p), *act));
    }

    /// The likest act, its points, and by how much it leads the next.
    pub(super) fn first(&self) -> Option<(Act, i64, i64)> {
        let (act, points) = *self.0.first()?;
        let next = self.0.get(1).map_or(0, |(_, p)| *p);
        Some((act, points, points - next))
    }

    /// The acts that are none of these, each with how far it lies behind the first.
    pub(super) fn outside(&self, these: &[Act]) -> impl Iterator<Item = (Act, i64)> {
        let first = self.0.first().map_or(0, |(_, p)| *p);
        let others = self.0.iter().filter(|(act, _)| !these.contains(act));
        others.map(move |(act, points)| (*act, first - points))
    }

    /// How far an act lies behind the first.
    pub(super) fn behind(&self, act: Act) -> Option<i64> {
        let first = self.0.first()?.1;
        let own = self.0.iter().find(|(a, _)| *a == act)?.1;
        Some(first - own)
    }
}

/// What was learnt, for both languages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Learnt {
    zh: Model,
    en: Model,
}

/// The rows of one language, in the order of their marks.
#[derive(Clone, Copy, Debug)]
struct Model(&'static [u8]);

impl Learnt {
    /// Takes what was learnt as it lies in its files.
    ///
    /// # Errors
    /// When a file is no table of rows of the right length.
    pub(super) fn of(zh: &File<'static>, en: &File<'static>) -> Result<Self, BadContent> {
        Ok(Self {
            zh: Model::of(zh)?,
            en: Model::of(en)?,
        })
    }

    /// The acts that these words are like. `groups` are the groups of words that stand in them, `timed` whether they name a
    /// time to come.
    pub(super) fn rank(&self, words: &str, lang: Lang, groups: &[&str], timed: bool) -> Ranking {
        let model = match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        };
        model.rank(&marks::of(words, groups.iter().copied(), timed))
    }
}

impl Model {
    fn of(file: &File<'static>) -> Result<Self, BadContent> {
        let rows = file.text.as_bytes();
        let whole = rows.len().is_multiple_of(ROW) && !rows.is_empty();
        if !whole || rows.chunks_exact(ROW).any(|row| row.last() != Some(&b'\n')) {
            let remedy = "learn it again: BALM_LEARN=1 cargo test --lib hear";
            return Err(file.bad("weights", "a row has another length", remedy));
        }
        Ok(Self(rows))
    }

    /// The signs of a mark's weights; nothing when the mark is not known.
    fn signs(&self, mark: u32) -> Option<&'static [u8]> {
        let wanted = format!("{mark:08x}");
        let (mut low, mut high) = (0, self.0.len() / ROW);
        while low < high {
            let middle = usize::midpoint(low, high);
            let (own, signs) = self.0.get(middle * ROW..)?.split_at_checked(DIGITS)?;
            match own.cmp(wanted.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return signs.get(..Act::ALL.len()),
            }
        }
        None
    }

    fn rank(&self, marks: &[u32]) -> Ranking {
        let known: Vec<&[u8]> = marks.iter().filter_map(|m| self.signs(*m)).collect();
        if known.len() < FEWEST || known.len() * KNOWN < marks.len() {
            return Ranking::default();
        }
        let mut sums = [0_i64; Act::ALL.len()];
        for signs in &known {
            for (sum, sign) in sums.iter_mut().zip(*signs) {
                *sum += i64::from(*sign) - i64::from(NOTHING);
            }
        }
        let root = root_of(known.len());
        let points = sums.map(|sum| sum * POINTS * ROOT_OF_ONE / root);
        let all = Act::ALL.iter().copied().zip(points);
        let mut out: Vec<(Act, i64)> = all.filter(|(act, _)| *act != Act::Interrupt).collect();
        out.sort_by_key(|(act, p)| (std::cmp::Reverse(*p), *act));
        Ranking(out)
    }
}

/// What the root of one is taken as, so that roots are fine enough in whole numbers.
const ROOT_OF_ONE: i64 = 256;

/// The root of a number of marks, at least that of one.
fn root_of(marks: usize) -> i64 {
    let root = (marks << 16).isqrt();
    i64::try_from(root).unwrap_or(ROOT_OF_ONE).max(ROOT_OF_ONE)
}
