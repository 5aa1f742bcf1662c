//! CST: what is said now agrees with what was said before.

use std::collections::BTreeSet;

use super::deeds;
use super::money::granted;
use super::scan::Scan;
use super::{Finding, Fix, LintContext, Severity};
use crate::text::tokens::fold;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &["changed"];

/// From this share of common pairs of letters on, a sentence says the same as an approved one.
const SAME: usize = 45;
/// Below this share two causes are two.
const OTHER_CAUSE: usize = 30;

/// Words behind which a cause stands, as they are after folding.
const CAUSES: &[&str] = &[
    "原因是",
    "是因为",
    "因为",
    "由于",
    "问题出在",
    "毛病出在",
    "because of",
    "because",
    "the reason is",
    "the cause is",
    "due to",
    "caused by",
    "comes from",
];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    before(cx, out);
    approved(cx, out);
}

/// An amount, a time or a cause that differs from what was said, and nobody explains why (CST-01).
fn before(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(said) = cx.cx.known.said else {
        return;
    };
    if cx.any("changed") {
        return;
    }
    let now_amounts = granted(cx);
    let now_times = deeds::bound(cx);
    let now_cause = cause(cx.folded());
    for earlier in said {
        let neutral = LintContext::new(cx.cx.lang, cx.cx.channel, cx.cx.now, cx.cx.zone);
        let then = Scan::new(cx.content, earlier, &neutral);
        let amounts = granted(&then);
        if !amounts.is_empty() {
            for amount in &now_amounts {
                if amounts.iter().all(|a| a.minor != amount.minor) {
                    out.push(cx.finding("CST-01", Severity::Warn, &amount.at));
                }
            }
        }
        let times = deeds::bound(&then);
        for bound in &now_times {
            let mut same_deed = times
                .iter()
                .filter(|t| t.spoken.deed == bound.spoken.deed)
                .peekable();
            if same_deed.peek().is_some() && same_deed.all(|t| t.time.at != bound.time.at) {
                out.push(Finding {
                    rule: "CST-01",
                    severity: Severity::Warn,
                    span: bound.time.span.clone(),
                    fix: None,
                });
            }
        }
        if let (Some((place, now)), Some((_, then))) = (&now_cause, cause(then.folded()))
            && alike(now, &then) < OTHER_CAUSE
        {
            out.push(cx.finding("CST-01", Severity::Warn, place));
        }
    }
}

/// The cause that a text names, up to the end of its clause.
fn cause(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let (at, cue) = CAUSES
        .iter()
        .filter_map(|cue| text.find(cue).map(|at| (at, *cue)))
        .min()?;
    let from = at + cue.len();
    let rest = &text[from..];
    let end = rest
        .find([',', '。', ';', '!', '?', '\n', '.'])
        .unwrap_or(rest.len());
    let words = rest[..end].trim();
    (words.chars().count() >= 2).then(|| (at..from + end, words.to_owned()))
}

/// Close to an approved sentence and yet not it (CST-02).
fn approved(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let Some(approved) = cx.cx.known.approved else {
        return;
    };
    for wording in approved {
        let wanted = plain(&fold(wording));
        if plain(cx.folded()).contains(&wanted) {
            continue;
        }
        let best = cx
            .sentences
            .iter()
            .map(|s| (alike(cx.words(&s.at), &wanted), s))
            .max_by_key(|(share, _)| *share);
        if let Some((share, sentence)) = best
            && share >= SAME
        {
            let mut finding = cx.finding("CST-02", Severity::Warn, &sentence.at);
            finding.fix = Some(Fix {
                at: finding.span.clone(),
                with: wording.clone(),
            });
            out.push(finding);
        }
    }
}

/// Letters and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How much two texts have in common, in percent: pairs of letters in Chinese, words in English, of the shorter one.
pub(super) fn alike(one: &str, other: &str) -> usize {
    let (a, b) = (pairs(one), pairs(other));
    let least = a.len().min(b.len());
    if least == 0 {
        return 0;
    }
    100 * a.intersection(&b).count() / least
}

fn pairs(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text.chars().filter(|c| *c >= '\u{3400}').collect();
    if letters.len() >= 2 {
        return letters.windows(2).map(|w| w.iter().collect()).collect();
    }
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 2)
        .map(str::to_owned)
        .collect()
}
