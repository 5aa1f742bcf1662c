//! Lint: what is wrong with words before they leave. First form of the rules of method 3.4; ids are stable for ever.

use std::ops::Range;

use crate::domain::lang::Lang;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::Channel;
use crate::domain::world::Verdict;

use super::content::Content;

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
    /// What could stand in the span instead, when there is one.
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
    /// A time we could keep, as it would be said, to put in place of a vague word; empty if none.
    pub due_words: &'a str,
}

/// The findings in a text, in the order of the text.
#[must_use]
pub fn lint(_content: &Content, _text: &str, _cx: &LintContext<'_>) -> Vec<Finding> {
    Vec::new()
}

/// What `decide` must know: the blocking rules that need no context, and whether day words have changed their meaning.
#[must_use]
pub fn verdict(
    _content: &Content,
    _text: &str,
    _written_at: Ms,
    _now: Ms,
    _zone: &Zone,
) -> Verdict {
    Verdict::default()
}
