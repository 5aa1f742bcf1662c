//! SCO: what must and what must never be said.

use std::ops::Range;

use super::cst::alike;
use super::scan::Scan;
use super::{Finding, Fix, Moment, Severity};
use crate::text::tokens::fold;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[];

/// From this share of common pairs of letters on a sentence says what must be said.
const SAID: usize = 60;

/// Words right before a phrase that turn it round.
const NOT: &[&str] = &[
    "不",
    "没",
    "没有",
    "不能",
    "不能说",
    "不敢说",
    "没说",
    "不说",
    "不是说",
    "不能保证",
    "不能承诺",
    "谈不到",
    "无法",
    "不会",
    "不敢",
    "别",
    "并非",
    "不是",
    "未",
    "没法",
    "不可以",
    "不要",
    "不再",
    "不得",
    "从不",
    "谈不上",
    "算不上",
    "not",
    "no",
    "never",
    "cannot",
    "can't",
    "don't",
    "won't",
    "isn't",
    "nothing like",
    "can't say",
    "cannot say",
    "not say",
    "never say",
    "can't promise",
    "cannot promise",
    "no guarantee of",
    "without",
    "not a",
    "not the",
    "aren't",
    "doesn't",
    "can not",
    "no such thing as",
    "never a",
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    must(cx, out);
    never(cx, out);
}

/// What must be said by the end of the contact, and was not (SCO-01).
fn must(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(must) = cx.cx.known.must_say else {
        return;
    };
    if cx.cx.moment == Moment::Turn {
        return;
    }
    let before = cx.cx.known.said.unwrap_or_default();
    for line in must {
        let wanted = fold(line);
        let here = plain(cx.folded()).contains(&plain(&wanted))
            || cx
                .sentences
                .iter()
                .any(|s| alike(cx.words(&s.at), &wanted) >= SAID)
            || alike(cx.folded(), &wanted) >= SAID + 20;
        let earlier = before
            .iter()
            .any(|said| alike(&fold(said), &wanted) >= SAID + 20);
        if !here && !earlier {
            let end = cx.text.trim_end().len();
            let mut finding = cx.finding("SCO-01", Severity::Warn, &(0..0));
            finding.fix = Some(Fix {
                at: end..end,
                with: line.clone(),
            });
            out.push(finding);
        }
    }
}

/// What must never be said, and is (SCO-02).
fn never(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(never) = cx.cx.known.never_say else {
        return;
    };
    for line in never {
        let wanted = plain(&fold(line));
        if wanted.is_empty() {
            continue;
        }
        for at in places(cx.folded(), &wanted) {
            let before = cx.folded().get(..at.start).unwrap_or_default().trim_end();
            let turned = NOT.iter().any(|word| {
                before.ends_with(word)
                    && (!word.is_ascii()
                        || !before[..before.len() - word.len()]
                            .ends_with(|c: char| c.is_ascii_alphanumeric()))
            });
            if !turned && !cx.repeats(&at) {
                out.push(cx.finding("SCO-02", Severity::Block, &at));
            }
        }
    }
}

/// Letters and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Where the letters of `wanted` stand in a text, whatever blanks and marks are between them.
fn places(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let letters: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .collect();
    let target: Vec<char> = wanted.chars().collect();
    let mut out = Vec::new();
    for window in letters.windows(target.len()) {
        if window.iter().map(|(_, c)| c).eq(target.iter())
            && let (Some((from, first)), Some((last, c))) = (window.first(), window.last())
        {
            let end = last + c.len_utf8();
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let glued = (first.is_ascii_alphanumeric() && latin(text[..*from].chars().next_back()))
                || (c.is_ascii_alphanumeric() && latin(text[end..].chars().next()));
            if !glued {
                out.push(*from..end);
            }
        }
    }
    out
}
