//! One pass over a draft, shared by all rules: its folded text, sentences, times, what the lexicon finds, and which words only
//! repeat the customer's.

use std::ops::Range;

use super::context::LintContext;
use super::lexicon::Found;
use super::{Finding, Fix, Severity};
use crate::coach::content::Content;
use crate::coach::folded::{Folded, sentences};
use crate::coach::read::covers;
use crate::domain::lang::Lang;
use crate::domain::promise_time::{SaidTime, TimePhrase, read_times};

/// A sentence of the draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Sentence {
    /// Where, in the folded text.
    pub(super) at: Range<usize>,
    /// Where, in the draft.
    pub(super) span: Range<usize>,
}

/// A draft as the rules see it. Positions named `at` are in the folded text, those named `span` in the draft.
pub(super) struct Scan<'a> {
    /// The situation.
    pub(super) cx: &'a LintContext<'a>,
    /// The coach's content.
    pub(super) content: &'a Content,
    /// The draft.
    pub(super) text: &'a str,
    /// Its sentences.
    pub(super) sentences: Vec<Sentence>,
    /// The times in it, in the order of the draft.
    pub(super) times: Vec<SaidTime>,
    /// The same and those not to the minute, such as days and working days.
    pub(super) phrases: Vec<TimePhrase>,
    folded: Folded,
    found: Vec<Found>,
    repeated: Vec<Range<usize>>,
}

/// Long words that say nothing of a matter.
const FILLERS: &[&str] = &[
    "about",
    "after",
    "again",
    "because",
    "before",
    "could",
    "customer",
    "every",
    "frustrating",
    "hello",
    "never",
    "other",
    "please",
    "really",
    "service",
    "should",
    "sorry",
    "still",
    "thank",
    "thanks",
    "their",
    "there",
    "these",
    "thing",
    "things",
    "think",
    "those",
    "today",
    "understand",
    "waiting",
    "which",
    "would",
    "yours",
];

/// Openers and closers of quotations, as they stand after folding.
const QUOTES: &[(char, char)] = &[
    ('“', '”'),
    ('"', '"'),
    ('「', '」'),
    ('『', '』'),
    ('«', '»'),
];

/// Words after which the customer's own words are repeated.
const SAID_BY_YOU: &[&str] = &[
    "您说",
    "您刚才说",
    "您刚说",
    "您刚刚说",
    "您前面说",
    "您提到",
    "您刚才提到",
    "您讲的",
    "您反映",
    "您写的",
    "you said",
    "you say",
    "you told",
    "you mentioned",
    "you wrote",
    "you describe",
    "you described",
];

#[allow(dead_code, reason = "the families still to come use the rest")]
impl<'a> Scan<'a> {
    /// Scans a draft.
    pub(super) fn new(content: &'a Content, text: &'a str, cx: &'a LintContext<'a>) -> Self {
        let folded = Folded::new(text, usize::MAX);
        let sentences = sentences(folded.text())
            .into_iter()
            .map(|at| Sentence {
                span: folded.original(&at),
                at,
            })
            .collect();
        let mut found = content.lint.find(folded.text());
        let repeated = repeated(folded.text(), cx);
        if !repeated.is_empty() {
            let theirs: Vec<String> = cx
                .customer_words
                .iter()
                .map(|w| Folded::new(w, 4_000).into_text())
                .collect();
            found.retain(|f| {
                let words = folded.text().get(f.at.clone()).unwrap_or_default();
                !repeated.iter().any(|r| covers(r, &f.at))
                    || !theirs.iter().any(|t| t.contains(words))
            });
        }
        let phrases = read_times(text, cx.now, cx.zone, cx.known.calendar);
        Self {
            cx,
            content,
            text,
            sentences,
            times: to_the_minute(&phrases),
            phrases,
            folded,
            found,
            repeated,
        }
    }

    /// The folded text.
    pub(super) fn folded(&self) -> &str {
        self.folded.text()
    }

    /// The folded words at a place.
    pub(super) fn words(&self, at: &Range<usize>) -> &str {
        self.folded.text().get(at.clone()).unwrap_or_default()
    }

    /// Whether words at a place only repeat the customer's.
    pub(super) fn repeats(&self, at: &Range<usize>) -> bool {
        let words = self.words(at);
        self.repeated.iter().any(|r| covers(r, at))
            && self
                .cx
                .customer_words
                .iter()
                .any(|w| Folded::new(w, 4_000).into_text().contains(words))
    }

    /// Where folded words stand in the draft.
    pub(super) fn span(&self, at: &Range<usize>) -> Range<usize> {
        self.folded.original(at)
    }

    /// The places of a group's words, in the order of the text.
    pub(super) fn hits(&self, group: &str) -> impl Iterator<Item = &Range<usize>> {
        let place = self.content.lint.place(group);
        let from = place.map_or(self.found.len(), |p| {
            self.found.partition_point(|f| f.group < p)
        });
        self.found[from..]
            .iter()
            .take_while(move |f| Some(f.group) == place)
            .map(|f| &f.at)
    }

    /// Whether any word of a group stands in the draft.
    pub(super) fn any(&self, group: &str) -> bool {
        self.hits(group).next().is_some()
    }

    /// Whether any word of a group stands in this part of the folded text.
    pub(super) fn any_in(&self, group: &str, at: &Range<usize>) -> bool {
        self.hits(group).any(|hit| covers(at, hit))
    }

    /// Whether a span of the draft stands in quotation marks.
    pub(super) fn quoted(&self, span: &Range<usize>) -> bool {
        quotations(self.text).iter().any(|q| covers(q, span))
    }

    /// Whether words of the customer come again in folded words of ours: three Han characters in a row, or a Latin word of
    /// five letters and more.
    pub(super) fn repeats_customer(&self, words: &str) -> bool {
        let ours: Vec<char> = words.chars().collect();
        self.cx.customer_words.iter().any(|theirs| {
            let theirs = Folded::new(theirs, 2_000).into_text();
            let han = ours.windows(3).any(|three| {
                three
                    .iter()
                    .all(|c| super::han(c.encode_utf8(&mut [0; 4])) == 1)
                    && theirs.contains(&three.iter().collect::<String>())
            });
            han || words
                .split(|c: char| !c.is_ascii_alphabetic())
                .any(|w| w.len() >= 5 && !FILLERS.contains(&w) && theirs.contains(w))
        })
    }

    /// The sentence around a place of the folded text.
    pub(super) fn sentence(&self, at: &Range<usize>) -> Option<&Sentence> {
        self.sentences.iter().find(|s| covers(&s.at, at))
    }

    /// The times that stand in a sentence.
    pub(super) fn times_in(&self, sentence: &Sentence) -> impl Iterator<Item = &SaidTime> {
        let span = sentence.span.clone();
        self.times.iter().filter(move |t| covers(&span, &t.span))
    }

    /// A finding on words of the folded text, without a fix.
    pub(super) fn finding(
        &self,
        rule: &'static str,
        severity: Severity,
        at: &Range<usize>,
    ) -> Finding {
        Finding {
            rule,
            severity,
            span: self.span(at),
            fix: None,
        }
    }

    /// A finding for every word of a group; the fix, if the group has better words, replaces the sentence they stand in.
    pub(super) fn findings(
        &self,
        rule: &'static str,
        severity: Severity,
        group: &str,
        out: &mut Vec<Finding>,
    ) {
        for at in self.hits(group) {
            let mut finding = self.finding(rule, severity, at);
            finding.fix = self.better(group, at);
            out.push(finding);
        }
    }

    /// The better words of a group in place of the sentence around `at`.
    pub(super) fn better(&self, group: &str, at: &Range<usize>) -> Option<Fix> {
        let words = &self
            .content
            .lint
            .group(self.content.lint.place(group)?)?
            .better;
        let with = match self.cx.lang {
            Lang::Zh => &words[0],
            Lang::En => &words[1],
        };
        let sentence = self.sentence(at)?;
        (!with.is_empty()).then(|| Fix {
            at: sentence.span.clone(),
            with: with.clone(),
        })
    }
}

/// Where words of the customer may be repeated: in quotation marks, or after "you said" up to the end of the sentence.
fn repeated(text: &str, cx: &LintContext<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if cx.customer_words.is_empty() {
        return out;
    }
    out.extend(quotations(text));
    for cue in SAID_BY_YOU {
        for (at, _) in text.match_indices(cue) {
            let from = at + cue.len();
            let end = sentences(&text[from..])
                .first()
                .map_or(text.len(), |s| from + s.end);
            out.push(from..end);
        }
    }
    out
}

/// The insides of quotation marks.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            Some((from, closer)) if c == closer => {
                out.push(from..at);
                open = None;
            }
            None => {
                if let Some((opener, closer)) = QUOTES.iter().find(|(opener, _)| *opener == c) {
                    open = Some((at + opener.len_utf8(), *closer));
                }
            }
            Some(_) => {}
        }
    }
    out
}

fn to_the_minute(phrases: &[TimePhrase]) -> Vec<SaidTime> {
    phrases
        .iter()
        .filter(|said| said.exact)
        .filter_map(|said| {
            Some(SaidTime {
                at: said.at()?,
                span: said.span.clone(),
                kind: said.kind,
            })
        })
        .collect()
}
