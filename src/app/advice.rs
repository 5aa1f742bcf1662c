//! What the console wants from the coach: a small trait and plain data, so that the coach's insides stay its own.

use std::ops::Range;

use crate::api::desk::{CustomerCard, Entry, Row};
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::ItemId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Act, Deed};

/// The four steps of a playbook line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PartKind {
    /// Names the feeling and a fact of this ticket.
    Empathize,
    /// Says what is known, or when it will be.
    Explain,
    /// Says what will be done by when.
    Commit,
    /// Checks that it fits the customer.
    Confirm,
    /// Anything else.
    Other,
}

/// A part of a suggestion, its slots filled.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Which step.
    pub kind: PartKind,
    /// The words.
    pub text: String,
    /// What they do.
    pub acts: Vec<Act>,
    /// The promise in them.
    pub promise: Option<(Deed, Ms)>,
    /// Names of slots that could not be filled; they stand as `{name}` in the text.
    pub unfilled: Vec<String>,
}

/// A line the coach proposes.
#[derive(Clone, PartialEq, Debug)]
pub struct Suggestion {
    /// The playbook entry, such as `B2`.
    pub entry_id: String,
    /// Its title in the desk's language.
    pub title: String,
    /// The parts, in speaking order.
    pub parts: Vec<Part>,
}

impl Suggestion {
    /// The whole line as it is inserted: parts joined without a gap in Chinese, with a blank elsewhere.
    #[must_use]
    pub fn whole(&self, lang: Lang) -> String {
        let gap = if lang == Lang::Zh { "" } else { " " };
        let parts: Vec<&str> = self.parts.iter().map(|p| p.text.as_str()).collect();
        parts.join(gap)
    }
}

/// How a rule speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MarkSeverity {
    /// A hint.
    Hint,
    /// A warning.
    Warn,
    /// It blocks sending.
    Block,
}

/// A place in the words that a rule marks.
#[derive(Clone, PartialEq, Debug)]
pub struct Mark {
    /// The rule, such as `FCT-01`.
    pub rule: String,
    /// How it speaks.
    pub severity: MarkSeverity,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// The item the words speak of.
#[derive(Clone, PartialEq, Debug)]
pub struct Guess {
    /// Which item.
    pub item: ItemId,
    /// From 0 to 1.
    pub confidence: f32,
    /// The words that speak for it.
    pub evidence: Vec<String>,
}

/// A time that stands in the words.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// Bytes of the text: the sentence that holds the time.
    pub sentence: Range<usize>,
    /// What is promised.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
}

/// What the coach may look at.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// The ticket.
    pub row: &'a Row,
    /// The customer, if known.
    pub customer: Option<&'a CustomerCard>,
    /// The timeline, oldest first.
    pub entries: &'a [Entry],
    /// The agent's name.
    pub agent: &'a str,
    /// The language of the words.
    pub lang: Lang,
    /// The present.
    pub now: Ms,
    /// The policy in force.
    pub policy: &'a Policy,
}

/// The coach, as far as the console needs it. Pure: the same question has the same answer.
pub trait CoachPort {
    /// Lines for this moment of this ticket, best first.
    fn propose(&self, ask: &Ask<'_>) -> Vec<Suggestion>;
    /// What the rules say to these words.
    fn lint(&self, text: &str, ask: &Ask<'_>) -> Vec<Mark>;
    /// The item these words speak of.
    fn propose_item(&self, text: &str) -> Option<Guess>;
    /// The times these words say and what they promise.
    fn said(&self, text: &str, ask: &Ask<'_>) -> Vec<Said>;
    /// What typed words do for the customer, beside the parts that were put in.
    fn acts(&self, text: &str, ask: &Ask<'_>) -> Vec<Act>;
    /// Playbook entries for the palette: id and title in this language.
    fn playbook(&self, lang: Lang) -> Vec<(String, String)>;
    /// A playbook entry filled for this ticket, chosen by the agent.
    fn entry(&self, entry_id: &str, ask: &Ask<'_>) -> Option<Suggestion>;
}
