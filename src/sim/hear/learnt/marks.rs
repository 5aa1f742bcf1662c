//! The marks of a text that a model learns from: runs of one to four Han characters, one to three Latin words and the begins of
//! long ones, the edges of clauses, whether it asks, whether it names a time, and which groups of known words stand in it.

use std::collections::BTreeSet;

use crate::domain::promise_time::parse_said;
use crate::domain::time::{Ms, Zone};
use crate::text::tokens::fold;

/// Characters looked at in one text.
const LONGEST: usize = 400;
/// Han characters in one mark.
const HAN: usize = 4;
/// Latin words in one mark.
const WORDS: usize = 3;
/// The begins of long words that count as well.
const STEMS: [usize; 2] = [4, 5];
/// Wednesday 11 March 2026, 14:20 in Shanghai: when the lines that are learnt from were said.
const SAID_AT: Ms = Ms(1_773_210_000_000);

/// Whether a line that is learnt from names a time to come.
pub(super) fn names_a_time(line: &str) -> bool {
    let due = line.contains("{due}");
    due || Zone::named("Asia/Shanghai").is_ok_and(|zone| {
        parse_said(line, SAID_AT, &zone)
            .iter()
            .any(|t| t.at > SAID_AT)
    })
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// One step of FNV-1a over the bytes of a text.
fn hash(parts: &[&str]) -> u64 {
    let mut out: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|p| p.bytes()) {
        out = (out ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    out
}

/// A unit of a clause: a Han character, or a Latin word. Numbers are all one.
fn units(folded: &str) -> Vec<Vec<String>> {
    let mut clauses: Vec<Vec<String>> = vec![Vec::new()];
    let mut word = String::new();
    let close = |word: &mut String, clauses: &mut Vec<Vec<String>>| {
        if let (false, Some(clause)) = (word.is_empty(), clauses.last_mut()) {
            clause.push(std::mem::take(word));
        }
    };
    let mut chars = folded.chars().take(LONGEST).peekable();
    while let Some(c) = chars.next() {
        if is_han(c) {
            close(&mut word, &mut clauses);
            word.push(c);
            close(&mut word, &mut clauses);
        } else if c.is_numeric() {
            if word != "0" {
                close(&mut word, &mut clauses);
                word.push('0');
            }
        } else if c.is_alphabetic() || c == '\'' {
            if word == "0" {
                close(&mut word, &mut clauses);
            }
            word.push(c);
        } else {
            close(&mut word, &mut clauses);
            // A point or a colon inside a number ends nothing.
            let inside = matches!(c, '.' | ':') && chars.peek().is_some_and(|n| n.is_numeric());
            if !c.is_whitespace() && !inside && clauses.last().is_some_and(|c| !c.is_empty()) {
                clauses.push(Vec::new());
            }
        }
    }
    close(&mut word, &mut clauses);
    clauses
}

/// Words that stand for their kind: which number, day or person it is makes no other act.
const KINDS: &[(&str, &[&str])] = &[
    (
        "0",
        &[
            "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
            "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "hundred", "noon",
        ],
    ),
    (
        "monday",
        &[
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
        ],
    ),
    ("sir", &["mr", "mrs", "ms", "madam", "miss"]),
];

fn kind_of(word: &str) -> &str {
    let kind = KINDS.iter().find(|(_, words)| words.contains(&word));
    kind.map_or(word, |(kind, _)| kind)
}

/// The marks of a text, each once, in the order of their numbers.
pub(super) fn of<'a>(text: &str, groups: impl Iterator<Item = &'a str>, timed: bool) -> Vec<u64> {
    let filled = text.replace("{due}", " 0 ").replace("{last4}", " 0 ");
    let folded = fold(&filled).replace('’', "'");
    let mut out = BTreeSet::new();
    for clause in units(&folded) {
        let mut edged: Vec<&str> = vec!["^"];
        edged.extend(clause.iter().map(|w| kind_of(w)));
        edged.push("$");
        for from in 0..edged.len() {
            for many in 1..=HAN {
                let Some(run) = edged.get(from..from + many) else {
                    break;
                };
                let han = run
                    .iter()
                    .all(|u| matches!(*u, "^" | "$") || u.chars().all(is_han));
                let edge = many == 1 && matches!(run, ["^" | "$"]);
                if edge || (many > WORDS && !han) {
                    continue;
                }
                let joined = run.join(if han { "" } else { " " });
                out.insert(hash(&[&joined]));
            }
        }
        for word in clause.iter().filter(|w| w.is_ascii() && w.len() > 4) {
            for stem in STEMS.iter().filter_map(|n| word.get(..*n)) {
                out.insert(hash(&["stem:", stem]));
            }
        }
    }
    if folded.contains('?') {
        out.insert(hash(&["asks"]));
    }
    if timed {
        out.insert(hash(&["timed"]));
    }
    for group in groups {
        out.insert(hash(&["group:", group]));
    }
    out.into_iter().collect()
}
