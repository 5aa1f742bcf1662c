//! VUL: plain words for those who need them.

use super::len::han;
use super::scan::Scan;
use super::{Finding, Severity};
use crate::domain::lang::Lang;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &["not-plain", "plain"];

/// Han characters of a sentence that is followed without effort.
const PLAIN_HAN: usize = 36;
/// English words of such a sentence.
const PLAIN_WORDS: usize = 28;

/// Checks a draft: machines, trade words or long sentences toward somebody marked as elderly or with special needs (VUL-01).
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.known.vulnerable != Some(true) {
        return;
    }
    if !cx.any("plain")
        && let Some(hit) = cx.hits("not-plain").next()
    {
        out.push(cx.finding("VUL-01", Severity::Warn, hit));
    }
    for sentence in &cx.sentences {
        let words = cx.words(&sentence.at);
        let long = match cx.cx.lang {
            Lang::Zh => han(words) > PLAIN_HAN,
            Lang::En => words.split_whitespace().count() > PLAIN_WORDS,
        };
        if long {
            out.push(cx.finding("VUL-01", Severity::Warn, &sentence.at));
        }
    }
}
