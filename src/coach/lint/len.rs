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
/// English words that are said in ten seconds.
const WORDS_SPOKEN: usize = 26;
/// Han characters of a chat line that is read at a glance.
const CHAT: usize = 120;
/// English words of such a line.
const WORDS_CHAT: usize = 70;

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    let spans: Vec<_> = match cx.cx.channel {
        Channel::Voice | Channel::Visit => sentences(cx.text)
            .into_iter()
            .filter(|range| long(&cx.text[range.clone()], cx.cx.lang, BREATH, WORDS_SPOKEN))
            .collect(),
        Channel::Chat | Channel::Message => lines(cx.text)
            .into_iter()
            .filter(|range| long(&cx.text[range.clone()], cx.cx.lang, CHAT, WORDS_CHAT))
            .collect(),
        Channel::Mail | Channel::Api => Vec::new(),
    };
    out.extend(spans.into_iter().map(|span| Finding {
        rule: "LEN-01",
        severity: Severity::Info,
        span,
        fix: None,
    }));
}

fn long(text: &str, lang: Lang, most_han: usize, most_words: usize) -> bool {
    match lang {
        Lang::Zh => han(text) > most_han,
        Lang::En => text.split_whitespace().count() > most_words,
    }
}

fn lines(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let end = from + line.trim_end().len();
        if from < end {
            out.push(from..end);
        }
        from += line.len();
    }
    out
}

/// How many Han characters a text has.
#[must_use]
pub fn han(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'))
        .count()
}
