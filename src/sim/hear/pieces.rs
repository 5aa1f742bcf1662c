//! Sentences and clauses of a line.

use std::ops::Range;

use super::clock;
use crate::domain::lang::Lang;
use crate::domain::promise_time::parse_said;
use crate::domain::time::{Ms, Zone};

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// Bytes.
    pub(super) at: Range<usize>,
    /// A whole sentence; otherwise a clause of one.
    pub(super) sentence: bool,
}

/// Sentences, each followed by its clauses when it has several.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    for sentence in cut(text, 0..text.len(), ends_sentence) {
        let clauses = cut(text, sentence.clone(), ends_clause);
        out.push(Piece {
            at: sentence,
            sentence: true,
        });
        if clauses.len() > 1 {
            out.extend(clauses.into_iter().map(|at| Piece {
                at,
                sentence: false,
            }));
        }
    }
    out
}

/// The sentence in which a byte stands.
pub(super) fn sentence_of(pieces: &[Piece], at: usize) -> Range<usize> {
    let found = pieces
        .iter()
        .filter(|p| p.sentence)
        .find(|p| at < p.at.end)
        .or_else(|| pieces.iter().rfind(|p| p.sentence));
    found.map_or(0..0, |p| p.at.clone())
}

/// Whether a time to come is named: one that the desk could put into the ledger, or one as people say it.
pub(super) fn names_a_time(text: &str, lang: Lang, now: Ms, zone: &Zone) -> bool {
    parse_said(text, now, zone).iter().any(|t| t.at > now) || clock::named(text, lang)
}

fn ends_sentence(c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' | '!' | '?' | '\n' | '；' | ';' | '…' => true,
        '.' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

fn ends_clause(c: char, next: Option<char>) -> bool {
    match c {
        '，' | '：' | '、' => true,
        ',' | ':' => next.is_none_or(|n| !n.is_ascii_digit()),
        _ => false,
    }
}

fn cut(
    text: &str,
    within: Range<usize>,
    ends: fn(char, Option<char>) -> bool,
) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let Some(part) = text.get(within.clone()) else {
        return out;
    };
    let mut start = 0;
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        if ends(c, next) {
            push(part, start..at + c.len_utf8(), within.start, &mut out);
            start = at + c.len_utf8();
        }
    }
    push(part, start..part.len(), within.start, &mut out);
    out
}

fn push(part: &str, range: Range<usize>, from: usize, out: &mut Vec<Range<usize>>) {
    let Some(piece) = part.get(range.clone()) else {
        return;
    };
    // What holds no letter or digit belongs to the piece before it.
    if !piece.chars().any(char::is_alphanumeric) {
        if let Some(last) = out.last_mut() {
            last.end = from + range.start + piece.trim_end().len();
        }
        return;
    }
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.start + piece.trim_end().len();
    out.push(from + start..from + end);
}
