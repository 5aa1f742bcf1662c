//! Folded text that still knows where each piece stood in the original, and scanning it for many phrases at once.

use std::ops::Range;

use aho_corasick::{AhoCorasick, BuildError};

use crate::text::tokens::fold;

mod disguise;

/// A text folded for comparing (width, case, script; see `text::tokens`; disguised words put back), with the way back.
#[derive(Debug)]
pub(super) struct Folded {
    text: String,
    /// Per folded character: its byte offset here, and the byte range of the original character it came from.
    places: Vec<(usize, Range<usize>)>,
}

impl Folded {
    /// Folds at most `limit` characters of `text`.
    pub(super) fn new(text: &str, limit: usize) -> Self {
        let mut chars: Vec<disguise::Place> = Vec::with_capacity(text.len().min(limit));
        for (at, c) in text.char_indices().take(limit) {
            let from = at..at + c.len_utf8();
            if c.is_ascii() {
                chars.push((c.to_ascii_lowercase(), from));
            } else if matches!(c, '\u{2018}' | '\u{2019}') {
                // Typographic apostrophes stand inside English words: don’t.
                chars.push(('\'', from));
            } else {
                let folded = fold(c.encode_utf8(&mut [0; 4]));
                chars.extend(folded.chars().map(|c| (c, from.clone())));
            }
        }
        let chars = disguise::undo(&chars).unwrap_or(chars);
        let mut out = Self {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(chars.len()),
        };
        for (c, from) in chars {
            out.places.push((out.text.len(), from));
            out.text.push(c);
        }
        out
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The folded text alone.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Its length in characters.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The range of the original text behind a range of the folded one.
    pub(super) fn original(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.places.partition_point(|(at, _)| *at < range.start);
        let last = self.places.partition_point(|(at, _)| *at < range.end);
        let start = self.places.get(first).map_or(0, |(_, from)| from.start);
        let end = last
            .checked_sub(1)
            .and_then(|i| self.places.get(i))
            .map_or(start, |(_, from)| from.end);
        start..end.max(start)
    }
}

/// One phrase found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hit<T> {
    /// Where, in the folded text.
    pub(super) at: Range<usize>,
    /// The phrase's number, so that the same phrase twice can be told from two phrases.
    pub(super) phrase: usize,
    /// What the phrase stands for.
    pub(super) tag: T,
}

/// Many phrases, each standing for something, looked for in one pass.
#[derive(Debug)]
pub(super) struct Scanner<T> {
    automaton: AhoCorasick,
    tags: Vec<T>,
}

impl<T: Copy> Scanner<T> {
    /// A scanner for these phrases, which are folded here.
    pub(super) fn new(phrases: Vec<(String, T)>) -> Result<Self, BuildError> {
        let texts = phrases.iter().map(|(text, _)| fold(text));
        let automaton = AhoCorasick::new(texts)?;
        let tags = phrases.into_iter().map(|(_, tag)| tag).collect();
        Ok(Self { automaton, tags })
    }

    /// Every phrase in the text, overlaps included, in the order of their ends. A phrase that begins or ends with a Latin
    /// letter or digit must not continue as a longer word; a plural s is let pass.
    pub(super) fn find(&self, text: &str) -> Vec<Hit<T>> {
        self.automaton
            .find_overlapping_iter(text)
            .filter(|hit| stands_alone(text, hit.start(), hit.end()))
            .filter_map(|hit| {
                let phrase = hit.pattern().as_usize();
                Some(Hit {
                    at: hit.start()..hit.end(),
                    phrase,
                    tag: *self.tags.get(phrase)?,
                })
            })
            .collect()
    }
}

/// Whether a phrase at these bytes is not part of a longer Latin word or number.
pub(super) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let latin = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let glued_before = latin(start) && start.checked_sub(1).is_some_and(latin);
    let glued_after = end.checked_sub(1).is_some_and(latin) && latin(end);
    let plural = bytes.get(end) == Some(&b's') && !latin(end + 1) && end - start > 3;
    !glued_before && (!glued_after || plural)
}

/// The sentences of a text as byte ranges, without the blanks around them. A full stop ends one only before a blank, so that
/// 17.30 and v1.2 stay whole.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' => true,
            '.' => text[end..].chars().next().is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            push_trimmed(text, start..end, &mut out);
            start = end;
        }
    }
    push_trimmed(text, start..text.len(), &mut out);
    out
}

fn push_trimmed(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = range.end - (piece.len() - piece.trim_end().len());
    if start < end {
        out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn hits_lead_back_to_the_original_bytes() {
        let text = "Ａ：我要退費，DON’T wait";
        let folded = Folded::new(text, usize::MAX);
        let scanner = Scanner::new(vec![("退费".to_owned(), 1), ("don't".to_owned(), 2)]).unwrap();
        let found: Vec<(i32, &str)> = scanner
            .find(folded.text())
            .into_iter()
            .map(|h| (h.tag, &text[folded.original(&h.at)]))
            .collect();
        assert_eq!(found, [(1, "退費"), (2, "DON’T")]);
    }

    #[test]
    fn latin_phrases_are_words() {
        let scanner = Scanner::new(vec![("sue".to_owned(), ()), ("queue".to_owned(), ())]).unwrap();
        let count = |text| scanner.find(text).len();
        assert_eq!(count("the issue is an issued tissue"), 0);
        assert_eq!(count("i will sue, long queues"), 2);
        assert_eq!(count("我要sue你们"), 1);
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        let text = " 今天17.30前。好吗？\nv1.2 is out. Fine";
        let pieces: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(pieces, ["今天17.30前。", "好吗？", "v1.2 is out.", "Fine"]);
    }
}
