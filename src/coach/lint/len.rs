//! LEN: lines that can be said in one breath.

use super::scan::Scan;
use super::{Finding, Severity};
use crate::coach::folded::sentences;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Channel;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[];

/// Han characters of a line that can be said in one breath (method 3.4, LEN-01).
pub const BREATH: usize = 40;

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.channel == Channel::Voice && cx.cx.lang == Lang::Zh {
        let long = sentences(cx.text)
            .into_iter()
            .filter(|range| han(&cx.text[range.clone()]) > BREATH);
        out.extend(long.map(|span| Finding {
            rule: "LEN-01",
            severity: Severity::Info,
            span,
            fix: None,
        }));
    }
}

/// How many Han characters a text has.
#[must_use]
pub fn han(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
        .count()
}
