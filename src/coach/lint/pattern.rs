//! A pattern of words: plain words with `(a|b)` alternatives, `…` a gap inside the clause, `~` a gap inside the sentence, `#` a
//! number, `^` and `$` the begin and the end of a clause. Latin words are whole words. Matched on folded text.

use std::ops::Range;

use crate::text::tokens::fold;

/// The most bytes a gap inside a clause spans: about 16 Han characters or 8 English words.
const CLAUSE_GAP: usize = 48;
/// The most bytes a gap inside a sentence spans.
const SENTENCE_GAP: usize = 130;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Gap {
    Clause,
    Sentence,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Step {
    /// One of these words, at once.
    Words(Vec<String>),
    /// Something in between.
    Gap(Gap),
    /// A number in digits or Han numerals.
    Number,
}

/// A pattern, ready to be matched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pattern {
    begins: bool,
    ends: bool,
    steps: Vec<Step>,
}

/// What is wrong with a pattern, and what to do.
pub(super) type BadPattern = (String, &'static str);

impl Pattern {
    /// Reads a pattern; one that may begin with a number or with words becomes two.
    pub(super) fn parse(phrase: &str) -> Result<Vec<Self>, BadPattern> {
        let phrase = phrase.trim();
        let (begins, phrase) = phrase
            .strip_prefix('^')
            .map_or((false, phrase), |p| (true, p));
        let (ends, phrase) = phrase
            .strip_suffix('$')
            .map_or((false, phrase), |p| (true, p));
        let mut steps = Vec::new();
        let mut rest = phrase;
        while let Some(at) = rest.find(['(', ')', '…', '~', '#']) {
            words(&rest[..at], &mut steps);
            let mark = rest[at..].chars().next().unwrap_or_default();
            rest = &rest[at + mark.len_utf8()..];
            match mark {
                '…' => steps.push(Step::Gap(Gap::Clause)),
                '~' => steps.push(Step::Gap(Gap::Sentence)),
                '#' => steps.push(Step::Number),
                '(' => {
                    let close = rest
                        .find(['(', ')'])
                        .filter(|at| rest[*at..].starts_with(')'));
                    let Some(close) = close else {
                        return Err((
                            "a bracket is not closed, or holds another".to_owned(),
                            BALANCE,
                        ));
                    };
                    steps.push(Step::Words(rest[..close].split('|').map(folded).collect()));
                    rest = &rest[close + 1..];
                }
                _ => {
                    return Err((
                        "a bracket is closed that was not opened".to_owned(),
                        BALANCE,
                    ));
                }
            }
        }
        words(rest, &mut steps);
        no_gap_in_alternatives(&steps)?;
        let mut variants = vec![steps];
        if let Some(Step::Words(choices)) = variants[0].first_mut() {
            // A choice that begins with a number cannot be looked for by its first word: it becomes a pattern of its own.
            let rests: Vec<String> = choices
                .iter()
                .filter_map(|c| c.strip_prefix('#').map(str::to_owned))
                .collect();
            choices.retain(|c| !c.starts_with('#'));
            if !rests.is_empty() {
                let mut numbered = vec![Step::Number];
                if rests.iter().any(|r| !r.is_empty()) {
                    numbered.push(Step::Words(rests));
                }
                numbered.extend(variants[0].iter().skip(1).cloned());
                variants.push(numbered);
            }
            variants.retain(|v| v.first() != Some(&Step::Words(Vec::new())));
        }
        variants
            .into_iter()
            .map(|steps| {
                Self {
                    begins,
                    ends,
                    steps,
                }
                .checked()
            })
            .collect()
    }

    fn checked(self) -> Result<Self, BadPattern> {
        if matches!(self.steps.last(), Some(Step::Gap(_)) | None)
            || matches!(self.steps.first(), Some(Step::Gap(_)))
            || self
                .anchors()
                .iter()
                .any(|(anchor, _)| anchor.trim().is_empty())
        {
            return Err((
                "it would match everywhere".to_owned(),
                "write words at both ends, not only gaps and choices that may be empty",
            ));
        }
        Ok(self)
    }

    /// The words that a match begins with, each with the step that follows; empty words when it may begin with anything.
    pub(super) fn anchors(&self) -> Vec<(String, usize)> {
        let from = usize::from(matches!(self.steps.first(), Some(Step::Number)));
        let mut open = vec![String::new()];
        let mut out = Vec::new();
        for (at, step) in self.steps.iter().enumerate().skip(from) {
            let Step::Words(choices) = step else { break };
            let mut next = Vec::new();
            for begun in &open {
                for choice in choices {
                    let anchor = joined(begun, choice);
                    if anchor.trim().is_empty() {
                        next.push(anchor);
                    } else {
                        out.push((anchor, at + 1));
                    }
                }
            }
            next.dedup();
            open = next;
            if open.is_empty() {
                break;
            }
        }
        // An anchor ends before a number among alternatives; the pattern is then matched from its first step.
        for (anchor, step) in &mut out {
            if let Some(at) = anchor.find('#') {
                anchor.truncate(at);
                *step = WHOLE;
            }
        }
        out.extend(open.into_iter().map(|anchor| (anchor, self.steps.len())));
        out.sort();
        out.dedup();
        out
    }

    /// Where the pattern stands, given that one of its anchors stands at `anchor` and `step` follows.
    pub(super) fn matched(
        &self,
        text: &str,
        anchor: Range<usize>,
        step: usize,
    ) -> Option<Range<usize>> {
        let mut start = anchor.start;
        if matches!(self.steps.first(), Some(Step::Number)) {
            let before = text[..start].trim_end_matches(' ');
            let number = before.trim_end_matches(is_numeral);
            if number.len() == before.len() {
                return None;
            }
            start = number.len();
        }
        if !begins_word(text, start) || (self.begins && !begins_clause(text, start)) {
            return None;
        }
        let end = if step == WHOLE {
            let first = usize::from(matches!(self.steps.first(), Some(Step::Number)));
            self.rest(text, anchor.start, first)?
        } else {
            self.rest(text, anchor.end, step)?
        };
        Some(start..end)
    }

    fn rest(&self, text: &str, at: usize, step: usize) -> Option<usize> {
        let Some(next) = self.steps.get(step) else {
            let fits = ends_word(text, at) && (!self.ends || ends_clause(text, at));
            return fits.then_some(at);
        };
        match next {
            Step::Words(choices) => choices
                .iter()
                .filter_map(|choice| follows(text, at, choice))
                .find_map(|end| self.rest(text, end, step + 1)),
            Step::Number => {
                let blank = text[at..].len() - text[at..].trim_start_matches(' ').len();
                let digits = text[at + blank..].trim_start_matches(is_numeral);
                let end = text.len() - digits.len();
                if end == at + blank {
                    return None;
                }
                self.rest(text, end, step + 1)
            }
            Step::Gap(gap) => {
                if !ends_word(text, at) {
                    return None;
                }
                let end = at + reach(&text[at..], *gap);
                text[at..end]
                    .char_indices()
                    .map(|(offset, _)| at + offset)
                    .filter(|from| begins_word(text, *from))
                    .find_map(|from| self.rest(text, from, step + 1))
            }
        }
    }
}

/// In place of a step: the pattern is matched from its first words.
const WHOLE: usize = usize::MAX;

const BALANCE: &str = "write alternatives as (a|b), not one inside another";

fn folded(words: &str) -> String {
    fold(words)
}

fn words(text: &str, steps: &mut Vec<Step>) {
    if !text.is_empty() {
        steps.push(Step::Words(vec![folded(text)]));
    }
}

/// Gaps and ends stand outside of alternatives.
fn no_gap_in_alternatives(steps: &[Step]) -> Result<(), BadPattern> {
    for step in steps {
        if let Step::Words(choices) = step
            && choices.iter().any(|c| c.contains(['…', '~', '^', '$']))
        {
            return Err((
                "a gap among alternatives".to_owned(),
                "write two patterns instead",
            ));
        }
    }
    Ok(())
}

/// Two pieces one after the other; of two blanks one is left.
fn joined(first: &str, second: &str) -> String {
    let second = if first.ends_with(' ') || first.is_empty() {
        second.trim_start_matches(' ')
    } else {
        second
    };
    format!("{first}{second}")
}

/// The end of `words` when they stand at `at`. A blank stands for any number of blanks, and for none after another.
fn follows(text: &str, mut at: usize, words: &str) -> Option<usize> {
    for c in words.chars() {
        let rest = &text[at..];
        match c {
            ' ' => {
                let blanks = rest.len() - rest.trim_start_matches(' ').len();
                if blanks == 0 && !text[..at].ends_with(' ') {
                    return None;
                }
                at += blanks;
            }
            '#' => {
                let digits = rest.trim_start_matches(is_numeral);
                if digits.len() == rest.len() {
                    return None;
                }
                at = text.len() - digits.len();
            }
            _ if rest.starts_with(c) => at += c.len_utf8(),
            _ => return None,
        }
    }
    Some(at)
}

/// How far a gap reaches, in bytes, with room for what follows it.
fn reach(rest: &str, gap: Gap) -> usize {
    let most = match gap {
        Gap::Clause => CLAUSE_GAP,
        Gap::Sentence => SENTENCE_GAP,
    };
    rest.char_indices()
        .find(|(at, c)| {
            *at > most
                || ends_sentence(rest, *at, *c)
                || (gap == Gap::Clause && matches!(c, ',' | '，' | ':'))
        })
        .map_or(rest.len(), |(at, _)| at)
}

fn ends_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '!' | '?' | ';' | '\n' => true,
        '.' => text[at + 1..]
            .chars()
            .next()
            .is_none_or(char::is_whitespace),
        _ => false,
    }
}

const fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '一' | '二'
                | '两'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '百'
                | '千'
                | '半'
                | '几'
        )
}

/// Whether no Latin word or number goes on across `at`; a plural s may follow.
fn ends_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let latin = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphanumeric);
    !(latin(at) && at.checked_sub(1).is_some_and(latin))
        || (bytes.get(at) == Some(&b's') && !latin(at + 1) && at > 3)
}

fn begins_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let latin = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphanumeric);
    !(latin(at) && at.checked_sub(1).is_some_and(latin))
}

fn begins_clause(text: &str, start: usize) -> bool {
    text[..start]
        .trim_end_matches([' ', '"', '“', '「'])
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric())
}

fn ends_clause(text: &str, end: usize) -> bool {
    text[end..]
        .trim_start_matches(' ')
        .chars()
        .next()
        .is_none_or(|c| !c.is_alphanumeric())
}
