//! The measured labels of an agent's reply: whether it shows empathy, names a time, a vague time, a next step, deflects, or
//! promises money. They are about words, in either language, and exist to compare the coach with labelled replies.
//!
//! Apart from the lint on purpose: its rules are about acts and may differ (马上 is vague here, whatever was done). Nothing
//! here blocks, and nothing here feeds a rule.

mod time;
pub mod wire;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::content::{BadContent, File};
use super::folded::{Folded, Hit, sentences};
use words::{Group, Tag, Words};

/// The labels of one reply.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labels {
    /// An apology, or a sign that the agent sees the trouble.
    pub has_empathy: bool,
    /// A date, clock time or span by which something happens, or the span it takes.
    pub has_concrete_time: bool,
    /// That time: `P3D..P5D`, `PT48H`, `P1D` tomorrow, `/wd` working days, `#` a masked number, `DATE` a masked date.
    pub time_norm: Option<String>,
    /// A time without a boundary.
    pub has_vague_time: bool,
    /// A named action of the agent or asked of the customer, a question included.
    pub has_next_step: bool,
    /// Points to another party, to policy or to the customer's own doing instead of helping.
    pub deflects: bool,
    /// States or offers money or a free service.
    pub promises_money: bool,
}

/// From this many points on a reply deflects.
const DEFLECTS: i32 = 2;

/// The words by which the labels are given. Build it once and share it.
#[derive(Debug)]
pub struct Measured {
    words: Words,
}

impl Measured {
    /// The words that ship with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads them.
    pub fn shipped() -> Result<Self, BadContent> {
        Self::parse(&File {
            name: "lexicon/measured.toml",
            text: include_str!("../../../assets/lexicon/measured.toml"),
        })
    }

    /// Words from a file of the shipped form.
    ///
    /// # Errors
    /// When the file is no TOML of that form or holds an empty word.
    pub fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        Ok(Self {
            words: Words::parse(file)?,
        })
    }

    /// The labels of a reply.
    #[must_use]
    pub fn labels(&self, text: &str) -> Labels {
        let folded = Folded::new(text, usize::MAX);
        let found = Found::new(self.words.find(folded.text()));
        let plain = folded.text();
        let time_norm = time::time_of(&self.words, text);
        Labels {
            has_empathy: found.any(Group::Empathy),
            has_concrete_time: time_norm.is_some(),
            time_norm,
            has_vague_time: found.any(Group::Vague),
            has_next_step: steps(&found, plain),
            deflects: deflecting(&found, plain) >= DEFLECTS,
            promises_money: promises_money(&found, plain),
        }
    }
}

/// The words found in a text, without those that a longer harmless word covers.
struct Found {
    hits: Vec<(Group, i32, Range<usize>, usize)>,
}

impl Found {
    fn new(hits: Vec<Hit<Tag>>) -> Self {
        let harmless: Vec<(Group, Range<usize>)> = hits
            .iter()
            .filter(|hit| hit.tag.harmless)
            .map(|hit| (hit.tag.group, hit.at.clone()))
            .collect();
        let covered = |hit: &Hit<Tag>| {
            harmless.iter().any(|(group, at)| {
                *group == hit.tag.group && at.start <= hit.at.start && hit.at.end <= at.end
            })
        };
        let hits = hits
            .iter()
            .filter(|hit| !hit.tag.harmless && !covered(hit))
            .map(|hit| (hit.tag.group, hit.tag.points, hit.at.clone(), hit.phrase))
            .collect();
        Self { hits }
    }

    fn of(&self, group: Group) -> impl Iterator<Item = &Range<usize>> {
        self.hits
            .iter()
            .filter(move |(of, ..)| *of == group)
            .map(|(_, _, at, _)| at)
    }

    fn any(&self, group: Group) -> bool {
        self.of(group).next().is_some()
    }

    /// The points for deflecting: each phrase once, words inside a longer one not counted.
    fn points(&self) -> i32 {
        let deflect = || self.hits.iter().filter(|(of, ..)| *of == Group::Deflect);
        let mut seen = Vec::new();
        let mut sum = 0;
        for (_, points, at, phrase) in deflect() {
            let inside = deflect().any(|(_, _, other, _)| {
                other != at && other.start <= at.start && at.end <= other.end
            });
            if !inside && !seen.contains(phrase) {
                seen.push(*phrase);
                sum += points;
            }
        }
        // A refusal is one point, however often it is said: by itself it is no deflection.
        sum + i32::from(self.any(Group::Cannot))
    }
}

/// Whether a step is named: by a word of its own, a question, a verb that begins a clause, or a deed behind "we'll".
fn steps(found: &Found, text: &str) -> bool {
    let asked = found
        .of(Group::Imperative)
        .any(|at| begins_clause(text, at.start));
    let ours = found.of(Group::Deed).any(|at| {
        let before = text.get(..at.start).unwrap_or_default().trim_end();
        ["we'll", "we will", "we'll be", "will then", "we can"]
            .iter()
            .any(|we| before.ends_with(we))
    });
    found.any(Group::Step) || asked || ours || asks(found, text)
}

/// Whether a verb here gives an order: at the start, after a stop, a greeting or a word of asking.
fn begins_clause(text: &str, at: usize) -> bool {
    const LEADS: &[&str] = &[
        "please", "kindly", "pls", "and", "then", "or", "just", "also", "so", "first",
    ];
    let before = text.get(..at).unwrap_or_default().trim_end();
    let Some(last) = before.chars().next_back() else {
        return true;
    };
    if ".!?,:;-)/".contains(last) {
        return true;
    }
    let word = before
        .rsplit(|c: char| c.is_whitespace() || ",.!?;:".contains(c))
        .next()
        .unwrap_or_default();
    let asked = [
        "you need to",
        "you'll need to",
        "you want to",
        "you can",
        "you could",
        "you may",
        "you should",
    ]
    .iter()
    .any(|lead| before.ends_with(lead));
    if asked {
        return true;
    }
    word.starts_with('@') || LEADS.contains(&word)
}

/// The points for deflecting.
fn deflecting(found: &Found, text: &str) -> i32 {
    let elsewhere = clauses(text).into_iter().any(|clause| {
        let inside = |group| {
            found
                .of(group)
                .filter(|at| within(&clause, at))
                .collect::<Vec<_>>()
        };
        let sent = inside(Group::Sends);
        let parties = inside(Group::Party);
        let close = sent.iter().any(|sends| {
            parties.iter().any(|party| {
                let gap = party.start.checked_sub(sends.end);
                gap.is_some_and(|gap| gap <= ELSEWHERE_GAP)
            })
        });
        let latin = text
            .get(clause.clone())
            .is_some_and(|words| words.is_ascii());
        let customer = latin || !inside(Group::You).is_empty() && inside(Group::We).is_empty();
        close && customer
    });
    found.points() + if elsewhere { DEFLECTS } else { 0 }
}

/// Bytes between the word of sending and the party: five Han characters, or a few words.
const ELSEWHERE_GAP: usize = 18;

/// Bytes between a word that denies or makes a condition and the money: ten Han characters, or a few words.
const DENIED_GAP: usize = 30;

/// Whether money is stated or offered: not in a question, not denied, not a condition.
fn promises_money(found: &Found, text: &str) -> bool {
    clauses(text).into_iter().any(|clause| {
        let words = text.get(clause.clone()).unwrap_or_default();
        let ends_asking = text
            .get(clause.end..)
            .is_some_and(|rest| rest.trim_start().starts_with(['?', '？']))
            || words.ends_with('?');
        let offered = ["给您", "为您", "帮您", "给你", "帮你"]
            .iter()
            .any(|lead| words.contains(lead));
        let asking = ends_asking && !offered;
        let inside = |group| found.of(group).filter(|at| within(&clause, at));
        let denied = |at: &Range<usize>| {
            inside(Group::Unpromised).any(|word| {
                let gap = at.start.checked_sub(word.end);
                gap.is_some_and(|gap| gap <= DENIED_GAP)
            })
        };
        let promised = inside(Group::Money).any(|at| !denied(at));
        !asking && promised
    })
}

fn within(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The clauses of a text: between commas and stops.
fn clauses(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let stop = match c {
            ',' | '，' | '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' | '~' | '、' => {
                true
            }
            '.' => text[at + 1..]
                .chars()
                .next()
                .is_none_or(|c| !c.is_ascii_alphanumeric()),
            _ => false,
        };
        if stop {
            out.push(start..at);
            start = at + c.len_utf8();
        }
    }
    out.push(start..text.len());
    out
}

/// Whether a sentence asks something of the matter.
fn asks(found: &Found, text: &str) -> bool {
    sentences(text).into_iter().any(|sentence| {
        let words = text.get(sentence.clone()).unwrap_or_default();
        let question = words.ends_with('?') || words.contains('吗') || words.ends_with("什么");
        let polite = found
            .of(Group::Pleasantry)
            .any(|at| sentence.start <= at.start && at.end <= sentence.end);
        question && !polite
    })
}
