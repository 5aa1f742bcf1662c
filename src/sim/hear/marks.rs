//! The marks of a text by which acts are known: runs of one to four Han characters, one to three Latin words, five Latin letters
//! in a row across words, the edges of clauses, how long it is, whether it asks, whether it names a time, and which groups of
//! known words stand in it.

use crate::text::tokens::fold;

/// Characters looked at in one text.
const LONGEST: usize = 400;
/// Han characters in one mark.
const HAN: usize = 4;
/// Latin words in one mark.
const WORDS: usize = 3;
/// Letters in one mark, the gaps between words counted.
const LETTERS: usize = 5;
/// How many Han characters or words make a text one step longer, and how many steps are told apart.
const LENGTH: (usize, usize) = (4, 8);
/// How many clauses are told apart.
const CLAUSES: usize = 4;

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// FNV-1a over the bytes of a text, folded to half its length: among some ten thousand marks two seldom meet, and then they
/// only share their weights.
fn hash(parts: &[&str]) -> u32 {
    let mut out: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|p| p.bytes()) {
        out = (out ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    let [a, b, c, d, e, f, g, h] = out.to_be_bytes();
    u32::from_be_bytes([a ^ e, b ^ f, c ^ g, d ^ h])
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
pub(super) fn of<'a>(text: &str, groups: impl Iterator<Item = &'a str>, timed: bool) -> Vec<u32> {
    let filled = text.replace("{due}", " 0 ").replace("{last4}", " 0 ");
    let folded = fold(&filled).replace('’', "'");
    let clauses = units(&folded);
    let mut out = Vec::new();
    let long: usize = clauses.iter().map(Vec::len).sum();
    let step = (long / LENGTH.0).min(LENGTH.1);
    out.push(hash(&["long:", &step.to_string()]));
    let many = clauses.len().min(CLAUSES);
    out.push(hash(&["clauses:", &many.to_string()]));
    for clause in clauses {
        let mut edged: Vec<&str> = vec!["^"];
        edged.extend(clause.iter().map(|w| kind_of(w)));
        edged.push("$");
        runs(&edged, &mut out);
        letters(&edged, &mut out);
    }
    if folded.contains('?') {
        out.push(hash(&["asks"]));
    }
    if timed {
        out.push(hash(&["timed"]));
    }
    for group in groups {
        out.push(hash(&["group:", group]));
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Runs of Han characters or words of a clause, with its edges.
fn runs(edged: &[&str], out: &mut Vec<u32>) {
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
            out.push(hash(&[&run.join(if han { "" } else { " " })]));
        }
    }
}

/// Letters in a row across the words of a clause that has no Han character: what words of one root have in common.
fn letters(edged: &[&str], out: &mut Vec<u32>) {
    let words = edged
        .get(1..edged.len().saturating_sub(1))
        .unwrap_or_default();
    if words.is_empty() || words.iter().any(|w| w.chars().any(is_han)) {
        return;
    }
    let row: Vec<char> = format!("_{}_", words.join("_")).chars().collect();
    for run in row.windows(LETTERS) {
        out.push(hash(&["letters:", &run.iter().collect::<String>()]));
    }
}
