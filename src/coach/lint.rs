//! Lint: what is wrong with words before they leave. First form of the rules of method 3.4; ids are stable for ever.
//!
//! Blocking are an unfilled slot and a full identity or bank card number: they need no judgement. The other rules warn until
//! each has its labelled examples. Not here: overrides, which the app keeps per ticket.

use std::ops::Range;

use crate::domain::lang::Lang;
use crate::domain::promise_time::{parse_said, stale};
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::{Act, Channel, MayOverride};
use crate::domain::world::{Block, Verdict};
use crate::text::mask::{FoundKind, find_numbers};

use super::acts::acknowledges;
use super::content::{Content, Spoken};
use super::folded::{Folded, Hit, sentences};
use super::promises::deed_in;
use super::read::covers;
use super::slots::{Piece, pieces};

/// An unfilled slot.
pub const UNFILLED: &str = "FCT-01";
/// A vague time for a future deed of ours.
pub const VAGUE_TIME: &str = "CMT-01";
/// No acknowledgement although the customer is upset.
pub const NO_ACKNOWLEDGEMENT: &str = "EMP-01";
/// An order to calm down.
pub const CALM_DOWN: &str = "EMP-07";
/// A tone that is never right.
pub const BANNED_TONE: &str = "TON-01";
/// A personal number in full.
pub const PERSONAL_NUMBER: &str = "PRV-01";
/// A spoken line that is too long to be said in one breath.
pub const TOO_LONG: &str = "LEN-01";

/// Every rule of the first form.
pub const RULES: &[&str] = &[
    UNFILLED,
    VAGUE_TIME,
    NO_ACKNOWLEDGEMENT,
    CALM_DOWN,
    BANNED_TONE,
    PERSONAL_NUMBER,
    TOO_LONG,
];

/// The feeling (0 to 3) from which a reply must acknowledge it: angry.
const UPSET: u8 = 2;

/// Han characters of a line that can be said in one breath (method 3.4, LEN-01).
pub const BREATH: usize = 40;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be changed.
    Warn,
    /// May not leave as it is.
    Block,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule's id; its words are in the locale files under it.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Byte range in the text; empty at the start when the whole is meant.
    pub span: Range<usize>,
    /// What could stand in the span instead, when there is one; empty to leave the words out.
    pub fix: Option<String>,
}

/// What lint must know beside the words.
#[derive(Clone, Debug)]
pub struct LintContext<'a> {
    /// The language written in.
    pub lang: Lang,
    /// The customer's feeling, 0 to 3, from [`super::read::read`].
    pub emotion: u8,
    /// How it will be sent.
    pub channel: Channel,
    /// The present.
    pub now: Ms,
    /// The writer's zone.
    pub zone: &'a Zone,
    /// Whether this contact was acknowledged before (the first response step is met).
    pub acknowledged: bool,
    /// What is known of the words from playbook parts that still stand in them.
    pub acts: &'a [Act],
    /// A time we could keep, as it would be said, to put in place of a vague word; empty if none.
    pub due_words: &'a str,
}

/// The findings in a text, in the order of the text.
#[must_use]
pub fn lint(content: &Content, text: &str, cx: &LintContext<'_>) -> Vec<Finding> {
    let mut out = always(text);
    let folded = Folded::new(text, usize::MAX);
    let hits = content.spoken.find(folded.text());
    tone(&folded, &hits, &mut out);
    vague_times(content, text, &folded, &hits, cx, &mut out);
    if cx.emotion >= UPSET && !cx.acknowledged && !text.trim().is_empty() {
        let by_part = cx
            .acts
            .iter()
            .any(|a| matches!(a, Act::AckSpecific | Act::AckGeneric));
        if !by_part && !acknowledges(content, text) {
            out.push(warn(NO_ACKNOWLEDGEMENT, 0..0, None));
        }
    }
    if cx.channel == Channel::Voice && cx.lang == Lang::Zh {
        out.extend(too_long(text));
    }
    out.sort_by(|a, b| (a.span.start, a.span.end, a.rule).cmp(&(b.span.start, b.span.end, b.rule)));
    out
}

/// What `decide` must know: the blocking rules, which need no context, and whether day words have changed their meaning since
/// they were written.
#[must_use]
pub fn verdict(_content: &Content, text: &str, written_at: Ms, now: Ms, zone: &Zone) -> Verdict {
    let mut blocks: Vec<Block> = always(text)
        .into_iter()
        .filter(|f| f.severity == Severity::Block)
        .map(|f| Block {
            rule: f.rule.to_owned(),
            may: MayOverride::Nobody,
        })
        .collect();
    blocks.sort();
    blocks.dedup();
    Verdict {
        blocks,
        stale_words: stale(text, written_at, now, zone),
    }
}

const fn warn(rule: &'static str, span: Range<usize>, fix: Option<String>) -> Finding {
    Finding {
        rule,
        severity: Severity::Warn,
        span,
        fix,
    }
}

/// The rules that need nothing but the text.
fn always(text: &str) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut at = 0;
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => at += words.len(),
            Piece::Slot(name) => {
                let end = at + name.len() + 2;
                out.push(Finding {
                    rule: UNFILLED,
                    severity: Severity::Block,
                    span: at..end,
                    fix: None,
                });
                at = end;
            }
        }
    }
    for found in find_numbers(text) {
        let severity = match found.kind {
            FoundKind::Phone => Severity::Warn,
            FoundKind::IdCard | FoundKind::BankCard => Severity::Block,
        };
        let masked = crate::text::mask_free(&text[found.span.clone()]);
        out.push(Finding {
            rule: PERSONAL_NUMBER,
            severity,
            fix: (masked != text[found.span.clone()]).then_some(masked),
            span: found.span,
        });
    }
    out
}

fn tone(folded: &Folded, hits: &[Hit<Spoken>], out: &mut Vec<Finding>) {
    let except = spans(hits, Spoken::NotTone);
    for (tag, rule) in [(Spoken::CalmDown, CALM_DOWN), (Spoken::Banned, BANNED_TONE)] {
        for at in outermost(spans(hits, tag)) {
            if !except.iter().any(|long| covers(long, &at)) {
                out.push(warn(rule, folded.original(&at), None));
            }
        }
    }
}

/// Vague words in a sentence that speaks of a deed of ours and names no time.
fn vague_times(
    content: &Content,
    text: &str,
    folded: &Folded,
    hits: &[Hit<Spoken>],
    cx: &LintContext<'_>,
    out: &mut Vec<Finding>,
) {
    let except = spans(hits, Spoken::NotVague);
    let vague: Vec<Range<usize>> = outermost(spans(hits, Spoken::Vague))
        .into_iter()
        .filter(|at| !except.iter().any(|long| covers(long, at)))
        .map(|at| folded.original(&at))
        .collect();
    if vague.is_empty() {
        return;
    }
    let times = parse_said(text, cx.now, cx.zone);
    for sentence in sentences(text) {
        let mut inside = vague.iter().filter(|at| covers(&sentence, at)).peekable();
        let timed = times.iter().any(|t| covers(&sentence, &t.span));
        if timed || inside.peek().is_none() || deed_in(content, &text[sentence.clone()]).is_none() {
            continue;
        }
        for span in inside {
            let fix = (!cx.due_words.is_empty()).then(|| cx.due_words.to_owned());
            out.push(warn(VAGUE_TIME, span.clone(), fix));
        }
    }
}

/// Sentences of more Han characters than can be said in one breath.
fn too_long(text: &str) -> Vec<Finding> {
    sentences(text)
        .into_iter()
        .filter(|range| han(&text[range.clone()]) > BREATH)
        .map(|span| Finding {
            rule: TOO_LONG,
            severity: Severity::Info,
            span,
            fix: None,
        })
        .collect()
}

/// How many Han characters a text has.
#[must_use]
pub fn han(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
        .count()
}

fn spans(hits: &[Hit<Spoken>], tag: Spoken) -> Vec<Range<usize>> {
    hits.iter()
        .filter(|h| h.tag == tag)
        .map(|h| h.at.clone())
        .collect()
}

/// Ranges that lie in no other of the list, each once.
fn outermost(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    spans.dedup();
    let mut out: Vec<Range<usize>> = Vec::new();
    for span in spans {
        if out.last().is_none_or(|last| !covers(last, &span)) {
            out.push(span);
        }
    }
    out
}

#[cfg(test)]
mod tests;
