//! One pattern: how it is written and where it stands.

use std::ops::Range;

use super::Names;
use super::clauses::Clauses;

/// Characters that `~` and `~~` pass over at most.
const GAP: usize = 10;
const WIDE_GAP: usize = 40;

/// Matches of one pattern that are looked at in one text; more tell nothing new.
const MOST: usize = 64;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Class(usize),
    Gap(usize),
    Start,
    End,
    Asked,
}

/// A row of classes with gaps between.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pattern(Vec<Part>);

/// Reads a pattern; a class that may be absent makes two of it.
pub(super) fn read(
    line: &str,
    names: &mut Names,
    phrases: &mut Vec<(String, usize)>,
) -> Result<Vec<Pattern>, String> {
    let mut all = vec![Vec::new()];
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (part, after) = next(rest, names, phrases)?;
        let (optional, after) = match (part, after.strip_prefix('?')) {
            (Part::Class(_), Some(after)) => (true, after),
            _ => (false, after),
        };
        let without = optional.then(|| all.clone());
        for row in &mut all {
            row.push(part);
        }
        all.extend(without.into_iter().flatten());
        rest = after.trim_start();
    }
    let empty = |row: &Vec<Part>| {
        !row.iter()
            .any(|part| matches!(part, Part::Class(_) | Part::Asked))
    };
    if all.iter().any(empty) {
        return Err("a pattern without a word".to_owned());
    }
    Ok(all.into_iter().map(Pattern).collect())
}

fn next<'a>(
    rest: &'a str,
    names: &mut Names,
    phrases: &mut Vec<(String, usize)>,
) -> Result<(Part, &'a str), String> {
    for (sign, part) in [
        ("~~", Part::Gap(WIDE_GAP)),
        ("~", Part::Gap(GAP)),
        ("^", Part::Start),
        ("$?", Part::Asked),
        ("$", Part::End),
    ] {
        if let Some(after) = rest.strip_prefix(sign) {
            return Ok((part, after));
        }
    }
    if let Some(named) = rest.strip_prefix('{') {
        let (name, after) = named.split_once('}').ok_or("a brace that is not closed")?;
        let class = names.find(name).ok_or_else(|| format!("no class {name}"))?;
        return Ok((Part::Class(class), after));
    }
    let end = rest.find(['{', '~', '^', '$']).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    let word = word.trim();
    // A word that stands for itself is a class of one; its name cannot be written by hand.
    let name = format!("}}{word}");
    let class = names.find(&name).unwrap_or_else(|| {
        let class = names.add(&name);
        phrases.push((word.to_owned(), class));
        class
    });
    Ok((Part::Class(class), after))
}

/// A text with the words found in it.
struct Scene<'a> {
    text: &'a str,
    clauses: &'a Clauses,
    words: &'a [Vec<Range<usize>>],
}

impl Pattern {
    /// Where the pattern stands.
    pub(super) fn matches(
        &self,
        text: &str,
        clauses: &Clauses,
        words: &[Vec<Range<usize>>],
    ) -> Vec<Range<usize>> {
        let scene = Scene {
            text,
            clauses,
            words,
        };
        let mut out = Vec::new();
        let Some((first, parts)) = self.0.split_first() else {
            return out;
        };
        match first {
            Part::Class(class) => {
                for at in scene.of(*class) {
                    scene.follow(parts, at.start, at.end, None, &mut out);
                }
            }
            Part::Start => {
                for start in clauses.starts() {
                    scene.follow(parts, *start, *start, None, &mut out);
                }
            }
            Part::Asked => {
                for (end, mark) in clauses.asked() {
                    scene.follow(parts, *end, *mark, None, &mut out);
                }
            }
            Part::Gap(_) | Part::End => {}
        }
        out
    }
}

impl Scene<'_> {
    fn of(&self, class: usize) -> &[Range<usize>] {
        self.words.get(class).map_or(&[], Vec::as_slice)
    }

    /// Whether nothing but blanks, or but a gap of the same clause, lies between.
    fn joins(&self, from: usize, to: usize, gap: Option<usize>) -> bool {
        let Some(between) = self.text.get(from..to) else {
            return false;
        };
        match gap {
            None => between.chars().all(|c| c == ' '),
            Some(most) => between.chars().count() <= most && !self.clauses.stop_between(from, to),
        }
    }

    /// Goes on behind `end` with the parts that are left.
    fn follow(
        &self,
        parts: &[Part],
        start: usize,
        end: usize,
        gap: Option<usize>,
        out: &mut Vec<Range<usize>>,
    ) {
        if out.len() >= MOST {
            return;
        }
        let Some((part, rest)) = parts.split_first() else {
            out.push(start..end);
            return;
        };
        match part {
            Part::Gap(most) => self.follow(rest, start, end, Some(*most), out),
            Part::Class(class) => {
                let words = self.of(*class);
                let first = words.partition_point(|at| at.start < end);
                for at in words.iter().skip(first) {
                    let reach = gap.unwrap_or(WIDE_GAP).saturating_mul(4);
                    if at.start - end > reach {
                        break;
                    }
                    if self.joins(end, at.start, gap) {
                        self.follow(rest, start, at.end, None, out);
                    }
                }
            }
            Part::Start => {
                for next in self.clauses.starts() {
                    if *next >= end && self.joins(end, *next, gap) {
                        self.follow(rest, start, *next, None, out);
                    }
                }
            }
            Part::End => {
                let close = self.clauses.end_after(end);
                if self.joins(end, close, gap) {
                    self.follow(rest, start, close.max(end), None, out);
                }
            }
            Part::Asked => {
                let close = self.clauses.end_after(end);
                let asked = self.clauses.asked().iter().find(|(at, _)| *at == close);
                if let Some((_, mark)) = asked
                    && self.joins(end, close, gap)
                {
                    self.follow(rest, start, *mark, None, out);
                }
            }
        }
    }
}
