//! Cues: words and short patterns over folded text, compiled from data and found in one pass.
//!
//! A cue is either a phrase (`打了好几次电话`, `never again`) or a pattern of pieces with blanks between them:
//! a literal (`_` stands for a blank in it), `(a|b)` one of several (blanks may stand in them), `{name}` one of a named class, `{n}` a number, `{n2}` a
//! number of two and more, `{nth}` an ordinal of two and more, and `..9` at most nine characters of anything within
//! the sentence. Between pieces without `..` only blanks and commas may stand.
//!
//! Not here: what a cue means (`emotion`, `risks`, `conduct`) and where it does not count (`scope`).

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use sha2::{Digest, Sha256};

use crate::coach::folded::stands_alone;
use crate::text::tokens::fold;

use super::numbers::{Kind as NumberKind, numbers};

/// Where one cue was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::coach) struct Found<T> {
    /// Where, in the folded text.
    pub(in crate::coach) at: Range<usize>,
    /// The cue's number, so that the same cue twice can be told from two cues.
    pub(in crate::coach) cue: usize,
    /// What it stands for.
    pub(in crate::coach) says: T,
    /// Whether it is one phrase, without gaps.
    pub(in crate::coach) solid: bool,
}

/// A class of words, by number; the first three are numbers, which no list could hold.
type Class = usize;
const NUMBER: Class = 0;
const TWO_OR_MORE: Class = 1;
const SECOND_OR_LATER: Class = 2;

#[derive(Debug)]
struct Piece {
    class: Class,
    /// Characters of anything that may stand before this piece.
    gap: usize,
}

#[derive(Debug)]
struct Pattern {
    pieces: Vec<Piece>,
    cue: usize,
}

/// All cues, ready to be looked for.
#[derive(Debug)]
pub(in crate::coach) struct Cues<T> {
    automaton: AhoCorasick,
    /// Per literal: the cues that it is by itself, and the classes it belongs to.
    literals: Vec<(Vec<usize>, Vec<Class>)>,
    patterns: Vec<Pattern>,
    says: Vec<T>,
    /// Per class: the classes whose members its members are, too.
    wider: Vec<Vec<Class>>,
    /// SHA-256 over the words that it was made of.
    print: [u8; 32],
}

/// Collects cues.
#[derive(Debug)]
pub(super) struct Builder<T> {
    words: BTreeMap<String, (Vec<usize>, Vec<Class>)>,
    named: BTreeMap<String, Class>,
    wider: Vec<Vec<Class>>,
    patterns: Vec<Pattern>,
    says: Vec<T>,
    print: Sha256,
}

impl<T: Copy> Builder<T> {
    pub(super) fn new() -> Self {
        let named = [("n", NUMBER), ("n2", TWO_OR_MORE), ("nth", SECOND_OR_LATER)];
        Self {
            words: BTreeMap::new(),
            named: named.map(|(name, class)| (name.to_owned(), class)).into(),
            wider: vec![Vec::new(); 3],
            patterns: Vec::new(),
            says: Vec::new(),
            print: Sha256::new(),
        }
    }

    /// Takes a word of the data into the print.
    pub(super) fn note(&mut self, word: &str) {
        self.print.update(word.as_bytes());
        self.print.update([0]);
    }

    /// A named class of words. Words may be added to the built-in number classes.
    pub(super) fn class(&mut self, name: &str, words: &[String]) -> Result<(), String> {
        let class = match self.named.get(name) {
            Some(class) => *class,
            None => self.fresh(),
        };
        self.named.insert(name.to_owned(), class);
        words.iter().try_for_each(|w| self.member(w, class))
    }

    fn fresh(&mut self) -> Class {
        self.wider.push(Vec::new());
        self.wider.len() - 1
    }

    fn member(&mut self, word: &str, class: Class) -> Result<(), String> {
        let word = fold(&word.replace('_', " "));
        if word.trim().is_empty() {
            return Err("an empty word would match everywhere".to_owned());
        }
        self.words.entry(word).or_default().1.push(class);
        Ok(())
    }

    /// A cue: a phrase or a pattern.
    pub(super) fn cue(&mut self, text: &str, says: T) -> Result<(), String> {
        let cue = self.says.len();
        self.says.push(says);
        if !text.contains(['{', '|']) && !text.contains("..") {
            let word = fold(text);
            if word.trim().is_empty() {
                return Err("an empty cue would match everywhere".to_owned());
            }
            self.words.entry(word).or_default().0.push(cue);
            return Ok(());
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut gap = 0;
        for part in parts(text) {
            if let Some(count) = part.strip_prefix("..").and_then(|n| n.parse().ok()) {
                gap = count;
                continue;
            }
            let class = match name_of(part) {
                Some(name) => self.known(name, text)?,
                None => self.one_of(part, text)?,
            };
            pieces.push(Piece { class, gap });
            gap = 0;
        }
        if pieces.is_empty() || gap > 0 {
            return Err(format!("`{text}`: a pattern begins and ends with words"));
        }
        self.patterns.push(Pattern { pieces, cue });
        Ok(())
    }

    fn known(&self, name: &str, text: &str) -> Result<Class, String> {
        let known = self.named.get(name).copied();
        known.ok_or_else(|| format!("`{text}`: no class is named {name}"))
    }

    fn one_of(&mut self, part: &str, text: &str) -> Result<Class, String> {
        let class = self.fresh();
        let inner = part.strip_prefix('(').and_then(|p| p.strip_suffix(')'));
        for word in inner.unwrap_or(part).split('|') {
            if let Some(name) = name_of(word) {
                let known = self.known(name, text)?;
                if let Some(wider) = self.wider.get_mut(known) {
                    wider.push(class);
                }
            } else if word.contains(['(', ')', '{', '}']) {
                return Err(format!("`{text}`: brackets cannot stand within brackets"));
            } else {
                self.member(word, class)?;
            }
        }
        Ok(class)
    }

    pub(super) fn build(self) -> Result<Cues<T>, String> {
        let (texts, literals): (Vec<String>, Vec<_>) = self.words.into_iter().unzip();
        Ok(Cues {
            automaton: AhoCorasick::new(texts).map_err(|e| e.to_string())?,
            literals,
            patterns: self.patterns,
            says: self.says,
            wider: self.wider,
            print: self.print.finalize().into(),
        })
    }
}

/// The pieces of a pattern: separated by blanks that stand outside brackets.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    let parts = text.split(move |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c.is_whitespace()
    });
    parts.filter(|p| !p.is_empty())
}

/// The class that a piece names: `{times}`.
fn name_of(piece: &str) -> Option<&str> {
    piece.strip_prefix('{').and_then(|p| p.strip_suffix('}'))
}

impl<T: Copy> Cues<T> {
    /// SHA-256 over the words that the cues were made of: what was learned with other cues does not fit these.
    pub(in crate::coach) const fn print(&self) -> &[u8; 32] {
        &self.print
    }

    /// Every cue in the folded text, by place.
    pub(in crate::coach) fn find(&self, text: &str) -> Vec<Found<T>> {
        let mut found = Vec::new();
        let mut classes: Vec<Vec<Range<usize>>> = vec![Vec::new(); self.wider.len()];
        for hit in self.automaton.find_overlapping_iter(text) {
            if !stands_alone(text, hit.start(), hit.end()) {
                continue;
            }
            let Some((cues, of)) = self.literals.get(hit.pattern().as_usize()) else {
                continue;
            };
            let at = hit.start()..hit.end();
            for cue in cues {
                found.extend(self.found(*cue, at.clone(), true));
            }
            for class in of {
                self.put(&mut classes, *class, &at);
            }
        }
        for number in numbers(text) {
            match number.kind {
                NumberKind::Count => {
                    self.put(&mut classes, NUMBER, &number.at);
                    if number.value >= 2 {
                        self.put(&mut classes, TWO_OR_MORE, &number.at);
                    }
                }
                NumberKind::Ordinal if number.value >= 2 => {
                    self.put(&mut classes, SECOND_OR_LATER, &number.at);
                }
                NumberKind::Ordinal => {}
            }
        }
        for places in &mut classes {
            places.sort_by_key(|at| (at.start, at.end));
        }
        for pattern in &self.patterns {
            let Some((first, rest)) = pattern.pieces.split_first() else {
                continue;
            };
            let mut free = 0;
            for at in classes.get(first.class).map_or(&[][..], Vec::as_slice) {
                if at.start < free {
                    continue;
                }
                if let Some(end) = follow(text, &classes, rest, at.end) {
                    found.extend(self.found(pattern.cue, at.start..end, false));
                    free = end;
                }
            }
        }
        found.sort_by_key(|f| (f.at.start, f.at.end, f.cue));
        found.dedup_by_key(|f| (f.at.start, f.at.end, f.cue));
        found
    }

    fn put(&self, classes: &mut [Vec<Range<usize>>], class: Class, at: &Range<usize>) {
        let wider = self.wider.get(class).map_or(&[][..], Vec::as_slice);
        for class in std::iter::once(&class).chain(wider) {
            if let Some(places) = classes.get_mut(*class) {
                places.push(at.clone());
            }
        }
    }

    fn found(&self, cue: usize, at: Range<usize>, solid: bool) -> Option<Found<T>> {
        let says = *self.says.get(cue)?;
        Some(Found {
            at,
            cue,
            says,
            solid,
        })
    }
}

/// The end of the rest of a pattern that goes on at `from`, if it does. A window is a few dozen bytes, so the search is bounded.
fn follow(text: &str, classes: &[Vec<Range<usize>>], rest: &[Piece], from: usize) -> Option<usize> {
    let Some((piece, rest)) = rest.split_first() else {
        return Some(from);
    };
    let places = classes.get(piece.class)?;
    let reach = reach(text, from, piece.gap);
    let first = places.partition_point(|at| at.start < from);
    places
        .iter()
        .skip(first)
        .take_while(|at| at.start <= reach)
        .find_map(|at| follow(text, classes, rest, at.end))
}

/// The last byte at which the next piece may begin: `gap` characters on, blanks and one comma besides, in the same sentence.
fn reach(text: &str, from: usize, gap: usize) -> usize {
    let mut left = gap;
    for (at, c) in text[from..].char_indices() {
        let at = from + at;
        if matches!(c, '。' | '！' | '？' | '!' | '?' | '\n') {
            return at;
        }
        if c.is_whitespace() || matches!(c, ',' | '，' | '、') {
            continue;
        }
        if left == 0 {
            return at;
        }
        left -= 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn cues(patterns: &[&str]) -> Cues<usize> {
        let mut builder = Builder::new();
        builder
            .class("times", &["次".into(), "times".into()])
            .unwrap();
        builder
            .class("n2", &["好几".into(), "several".into()])
            .unwrap();
        for (i, p) in patterns.iter().enumerate() {
            builder.cue(p, i).unwrap();
        }
        builder.build().unwrap()
    }

    fn hits(cues: &Cues<usize>, text: &str) -> Vec<(usize, String)> {
        let found = cues.find(text);
        found
            .iter()
            .map(|f| (f.says, text[f.at.clone()].to_owned()))
            .collect()
    }

    #[test]
    fn patterns_count_and_reach_within_the_sentence() {
        let cues = cues(&[
            "{n2} {times}",
            "(打|call) ..6 {n2} {times}",
            "{nth} {times}",
        ]);
        assert_eq!(hits(&cues, "等了1次"), []);
        assert_eq!(hits(&cues, "催了三次"), [(0, "三次".to_owned())]);
        assert_eq!(hits(&cues, "第3次了"), [(2, "第3次".to_owned())]);
        assert!(hits(&cues, "打你们电话好几次").contains(&(1, "打你们电话好几次".to_owned())));
        assert!(
            !hits(&cues, "打。你们电话好几次").iter().any(|h| h.0 == 1),
            "another sentence"
        );
        assert!(
            !hits(&cues, "打了那么多那么多的电话好几次")
                .iter()
                .any(|h| h.0 == 1),
            "too far"
        );
        assert!(
            hits(&cues, "i call you several times")
                .iter()
                .any(|h| h.0 == 1)
        );
    }

    #[test]
    fn bad_patterns_are_told() {
        let mut builder = Builder::<u8>::new();
        assert!(
            builder
                .cue("{nobody} 次", 0)
                .unwrap_err()
                .contains("nobody")
        );
        assert!(builder.cue("次 ..4", 0).is_err());
        assert!(builder.cue(" ", 0).is_err());
        assert!(builder.class("x", &["_".into()]).is_err());
    }
}
