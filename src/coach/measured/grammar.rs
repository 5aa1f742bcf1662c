//! A small grammar of replies: classes of words, and patterns of classes in a clause ("we" + a deed, a request + what is asked
//! for, a word of sending + another party). It reads one text at a time and tells which patterns of which label stand in it.
//!
//! A pattern is written as a line: `{name}` a word of that class, `{name}?` the same or nothing, other letters stand for
//! themselves, `~` up to ten characters of the same clause between, `~~` up to forty, `^` the begin of a clause (greetings and
//! small words may stand before it), `$` its end, `$?` its end with a question mark. `{n}` is any number, a masked one included.

mod clauses;
mod pattern;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::super::content::{BadContent, File};
use super::super::folded::Scanner;
use clauses::Clauses;
pub(super) use clauses::numbers;
use pattern::Pattern;

/// What a pattern speaks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Label {
    Empathy,
    Vague,
    Money,
    Step,
    /// Sends away, or declines to be the one.
    Deflect,
    /// Explains, refuses or shrugs, which deflects when no help stands beside it.
    Explains,
    /// A deed of ours, or what we need for it.
    Help,
    /// A day here lies ahead.
    Ahead,
    /// A length of time that something takes.
    Lasts,
    /// A time here is none of a happening.
    NoTime,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GrammarFile {
    class: BTreeMap<String, Vec<String>>,
    empathy: List,
    vague_time: List,
    money: List,
    next_step: List,
    deflect: List,
    explains: List,
    help: List,
    ahead: List,
    lasts: List,
    no_time: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    /// One is enough.
    patterns: Vec<String>,
    /// Two different ones are enough.
    #[serde(default)]
    weak: Vec<String>,
    /// What lies inside one of these is no match.
    #[serde(default)]
    except: Vec<String>,
}

/// Points from which on a label holds; a weak pattern is worth one.
pub(super) const ENOUGH: i32 = 2;

/// The classes and patterns of all labels.
#[derive(Debug)]
pub(super) struct Grammar {
    scanner: Scanner<usize>,
    classes: usize,
    lead: usize,
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    label: Label,
    points: i32,
    harmless: bool,
    pattern: Pattern,
}

impl Grammar {
    pub(super) fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        let lists: GrammarFile = file.read()?;
        let mut names = Names::default();
        let mut phrases: Vec<(String, usize)> = Vec::new();
        for (name, words) in lists.class {
            let class = names.add(&name);
            phrases.extend(words.into_iter().map(|word| (word, class)));
        }
        let lead = names.add("lead");
        let mut rules = Vec::new();
        for (list, label) in [
            (lists.empathy, Label::Empathy),
            (lists.vague_time, Label::Vague),
            (lists.money, Label::Money),
            (lists.next_step, Label::Step),
            (lists.deflect, Label::Deflect),
            (lists.explains, Label::Explains),
            (lists.help, Label::Help),
            (lists.ahead, Label::Ahead),
            (lists.lasts, Label::Lasts),
            (lists.no_time, Label::NoTime),
        ] {
            for (lines, points, harmless) in [
                (list.patterns, ENOUGH, false),
                (list.weak, 1, false),
                (list.except, 0, true),
            ] {
                for line in lines {
                    let read = pattern::read(&line, &mut names, &mut phrases)
                        .map_err(|e| file.bad(line.clone(), e, "see the head of the file"))?;
                    rules.extend(read.into_iter().map(|pattern| Rule {
                        label,
                        points,
                        harmless,
                        pattern,
                    }));
                }
            }
        }
        if phrases.iter().any(|(word, _)| word.trim().is_empty()) {
            return Err(file.bad(
                "class",
                "an empty phrase",
                "remove it: it would match everywhere",
            ));
        }
        let scanner = Scanner::new(phrases)
            .map_err(|e| file.bad("class", e.to_string(), "shorten the lists"))?;
        Ok(Self {
            scanner,
            classes: names.count(),
            lead,
            rules,
        })
    }

    /// Reads a folded text.
    pub(super) fn read(&self, folded: &str) -> Found {
        let text = clauses::cleaned(folded);
        let mut words: Vec<Vec<Range<usize>>> = vec![Vec::new(); self.classes];
        for hit in self.scanner.find(&text) {
            if let Some(of) = words.get_mut(hit.tag) {
                of.push(hit.at);
            }
        }
        if let Some(of) = words.get_mut(NUMBER) {
            of.extend(clauses::numbers(&text));
        }
        for of in &mut words {
            of.sort_by_key(|at| (at.start, at.end));
        }
        let clauses = Clauses::new(&text, words.get(self.lead).map_or(&[], Vec::as_slice));
        let matches = |rule: &Rule| rule.pattern.matches(&text, &clauses, &words);
        let harmless: Vec<(Label, Range<usize>)> = self
            .rules
            .iter()
            .filter(|rule| rule.harmless)
            .flat_map(|rule| matches(rule).into_iter().map(|at| (rule.label, at)))
            .collect();
        let mut found = Vec::new();
        for (number, rule) in self.rules.iter().enumerate().filter(|(_, r)| !r.harmless) {
            let at = matches(rule).into_iter().find(|at| {
                !harmless.iter().any(|(label, cover)| {
                    *label == rule.label && cover.start <= at.start && at.end <= cover.end
                })
            });
            if let Some(at) = at {
                found.push(Match {
                    label: rule.label,
                    points: rule.points,
                    at,
                    rule: number,
                });
            }
        }
        Found { matches: found }
    }
}

/// The class of numbers, which are read, not listed.
const NUMBER: usize = 0;

/// The classes by name, in the order in which they were met.
#[derive(Debug)]
struct Names(Vec<String>);

impl Default for Names {
    fn default() -> Self {
        Self(vec!["n".to_owned()])
    }
}

impl Names {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|of| of == name)
    }

    fn add(&mut self, name: &str) -> usize {
        self.find(name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        })
    }
}

/// A pattern that stands in a text.
#[derive(Debug)]
struct Match {
    label: Label,
    points: i32,
    at: Range<usize>,
    rule: usize,
}

/// What stands in a text.
#[derive(Debug)]
pub(super) struct Found {
    matches: Vec<Match>,
}

impl Found {
    /// Whether a label holds: one strong pattern, or two weak ones at different places.
    pub(super) fn holds(&self, label: Label) -> bool {
        let mut sum = 0;
        let mut counted: Vec<&Match> = Vec::new();
        for one in self.matches.iter().filter(|m| m.label == label) {
            let apart =
                |other: &&Match| other.at.end <= one.at.start || one.at.end <= other.at.start;
            if one.points >= ENOUGH {
                return true;
            }
            if counted
                .iter()
                .all(|other| other.rule != one.rule && apart(other))
            {
                counted.push(one);
                sum += one.points;
            }
        }
        sum >= ENOUGH
    }
}
