//! Where words do not mean what they say by themselves: negated, set aside, quoted, told as another's words, asked.
//!
//! Made once per message, asked for any range of the folded text; each question costs a search in a sorted list.

use std::ops::Range;

use super::cues::Found;
use super::lexicon::{Mark, Says};

/// How words stand in their sentence.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Stance {
    /// As they say.
    Plain,
    /// Within quotation marks.
    Quoted,
    /// Asked or supposed, not stated.
    Asked,
    /// Another's words: 客服说…
    Reported,
    /// Named only to be set aside: 不是要…
    SetAside,
    /// Turned round: 没生气.
    Negated,
}

/// Words that may stand between a negation and what it turns round.
const BETWEEN: &[&str] = &[
    "", "太", "很", "真", "是", "有", "会", "再", "要", "那么", "这么", "觉得", "感到", "特别",
    "怎么", "算", "非常", "够", "说", "是说", "very", "so", "really", "that", "too", "at all",
    "been", "a", "feeling", "the", "an", "any", "be", "get", "feel",
];

/// Words that may stand between what sets aside and what is set aside.
const AFTER_ASIDE: &[&str] = &[
    "",
    "要",
    "想",
    "来",
    "去",
    "说",
    "要去",
    "要找",
    "想找",
    "去找",
    "要打",
    "想打",
    "要告",
    "要报",
    "要上",
    "打算",
    "想要",
    "想去",
    "想着",
    "什么",
    "为了",
    "真的",
    "真要",
    "来要",
    "要来",
    "这个",
    "我的",
    "该",
    "找你们",
    "跟你们要",
    "为了要",
    "因为",
    "你们",
    "to",
    "a",
    "the",
    "to make a",
    "to file a",
    "to go to",
    "any",
    "your",
    "for",
    "asking for",
    "going to",
    "about",
    "to call",
];

/// The scopes of one message.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    negations: Vec<Range<usize>>,
    asides: Vec<Range<usize>>,
    quoted: Vec<Range<usize>>,
    reported: Vec<Range<usize>>,
    asked: Vec<Range<usize>>,
    /// `@name` in public posts.
    mentions: Vec<Range<usize>>,
    /// Links.
    links: Vec<Range<usize>>,
    /// Longer words in which a word of feeling or risk is none.
    harmless: Vec<Range<usize>>,
}

impl Scope {
    /// The scopes in folded text with these cues.
    pub(super) fn new(text: &str, found: &[Found<Says>]) -> Self {
        let all = |mark: Mark| -> Vec<Range<usize>> {
            let of = found.iter().filter(|f| f.says == Says::Mark(mark));
            of.map(|f| f.at.clone()).collect()
        };
        let own = all(Mark::OwnVoice);
        let not_negation = all(Mark::NotNegation);
        let mut negations = all(Mark::Negation);
        negations.retain(|at| !covered(&not_negation, at));
        negations.sort_by_key(|at| (at.end, at.start));
        let mut asides = all(Mark::Aside);
        asides.sort_by_key(|at| (at.end, at.start));
        let (mentions, links) = handles(text);
        let reported = all(Mark::Reported);
        let spans = |starts: &[Range<usize>], own: &[Range<usize>]| -> Vec<Range<usize>> {
            let spans = starts
                .iter()
                .map(|at| at.end..end_of_speech(text, at.end, own));
            spans.filter(|span| !span.is_empty()).collect()
        };
        Self {
            negations,
            asides,
            quoted: quotes(text),
            reported: joined(spans(&reported, &own)),
            asked: joined(spans(&all(Mark::Asked), &[])),
            mentions,
            links,
            harmless: all(Mark::Harmless),
        }
    }

    /// How the words at `at` of the folded text `text` stand. The strongest reason wins.
    #[must_use]
    pub fn stance(&self, text: &str, at: &Range<usize>) -> Stance {
        if self.set_aside(text, at) {
            Stance::SetAside
        } else if before(&self.negations, at, text, 24, BETWEEN) {
            Stance::Negated
        } else if covered(&self.reported, at) {
            Stance::Reported
        } else if covered(&self.asked, at) {
            Stance::Asked
        } else if covered(&self.quoted, at) {
            Stance::Quoted
        } else {
            Stance::Plain
        }
    }

    /// Whether the words at `at` are named only to be set aside: 不是排队的问题, 跟排队无关.
    #[must_use]
    pub fn set_aside(&self, text: &str, at: &Range<usize>) -> bool {
        if text[..at.start].trim_end().ends_with('跟') {
            return text[at.end..].starts_with("无关");
        }
        before(&self.asides, at, text, 30, AFTER_ASIDE)
    }

    pub(super) fn is_harmless(&self, at: &Range<usize>) -> bool {
        covered(&self.harmless, at) || covered(&self.links, at)
    }

    pub(super) fn in_mention(&self, at: &Range<usize>) -> bool {
        covered(&self.mentions, at)
    }

    /// How many names are called with `@`.
    pub(super) fn mentions(&self) -> usize {
        self.mentions.len()
    }
}

/// Whether one of these marks (sorted by end) stands before `at`, with nothing but one of these fillers between.
fn before(
    marks: &[Range<usize>],
    at: &Range<usize>,
    text: &str,
    reach: usize,
    fillers: &[&str],
) -> bool {
    let last = marks.partition_point(|m| m.end <= at.start);
    marks[..last]
        .iter()
        .rev()
        .take_while(|m| at.start - m.end <= reach)
        .any(|m| fillers.contains(&text[m.end..at.start].trim()))
}

/// Whether one of these ranges (sorted by start) covers `at`.
pub(super) fn covered(ranges: &[Range<usize>], at: &Range<usize>) -> bool {
    let last = ranges.partition_point(|r| r.start <= at.start);
    ranges[..last].iter().rev().take(8).any(|r| at.end <= r.end)
}

fn joined(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|s| (s.start, s.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

/// Where words told from `from` on end: with the sentence, or where the customer begins a clause again.
fn end_of_speech(text: &str, from: usize, own: &[Range<usize>]) -> usize {
    let mut clause_start = false;
    for (n, c) in text[from..].char_indices().take(120) {
        let at = from + n;
        if matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | ';' | '；') {
            return at;
        }
        if clause_start {
            let next = own.partition_point(|o| o.start < at);
            if own.get(next).is_some_and(|o| o.start == at) {
                return at;
            }
        }
        clause_start = matches!(c, ',' | '，' | '.') || (c.is_whitespace() && clause_start);
    }
    text[from..]
        .char_indices()
        .nth(120)
        .map_or(text.len(), |(n, _)| from + n)
}

/// Quoted spans: “…”, 「…」, 『…』, "…", of at most 80 characters.
fn quotes(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char, usize)> = None;
    for (n, (at, c)) in text.char_indices().enumerate() {
        if let Some((start, close, since)) = open {
            if c == close {
                out.push(start..at);
                open = None;
            } else if n - since > 80 {
                open = None;
            }
            continue;
        }
        let close = match c {
            '“' => '”',
            '「' => '」',
            '『' => '』',
            '"' => '"',
            _ => continue,
        };
        open = Some((at + c.len_utf8(), close, n));
    }
    out
}

/// `@names` and links.
fn handles(text: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut mentions, mut links) = (Vec::new(), Vec::new());
    if !text.contains(['@', ':']) {
        return (mentions, links);
    }
    let ends = |from: usize, also: &[char]| {
        let end = text[from..]
            .char_indices()
            .take(40)
            .find(|(_, c)| c.is_whitespace() || also.contains(c));
        end.map_or_else(
            || {
                text[from..]
                    .char_indices()
                    .nth(40)
                    .map_or(text.len(), |(n, _)| from + n)
            },
            |(n, _)| from + n,
        )
    };
    for (at, _) in text.match_indices('@') {
        let end = ends(
            at + 1,
            &[
                '@', ':', ',', '，', '。', '！', '？', '!', '?', '…', '、', ')',
            ],
        );
        if end > at + 1 {
            mentions.push(at..end);
        }
    }
    for (at, _) in text.match_indices("http") {
        links.push(at..ends(at, &[]));
    }
    (mentions, links)
}
