//! What the console wants from the coach: a small trait and plain data, so that the coach's insides stay its own.

use std::ops::Range;
use std::sync::Arc;

use crate::api::desk::{CustomerCard, Entry, Row};
use crate::coach::Facts;
pub use crate::coach::Learnt;
pub use crate::coach::cards::{About, Checks, Piece, PreflightLine};
pub use crate::coach::content::Cue;
pub use crate::coach::growth::LineDraft;
pub use crate::coach::library::Case;
use crate::coach::lint::Situation;
pub use crate::coach::scope::Reach;
use crate::domain::ids::EventId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::ItemId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Act, CloseReason, Deed, LinePart};

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
    /// The playbook line they come from, by name and version; kept with what is sent, so that outcomes can be counted.
    pub line: String,
}

/// A line the coach proposes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Suggestion {
    /// The playbook entry, such as `B2`; `ask-first` while the matter is not known.
    pub entry_id: String,
    /// Its title in the desk's language; empty while the matter is not known.
    pub title: String,
    /// The parts, in speaking order.
    pub parts: Vec<Part>,
    /// Lines to have at hand that are not part of the whole: a question, rights, a choice whose facts are missing.
    pub extras: Vec<Part>,
    /// A no, another way and the customer's rights, in this order; put in together. Empty if there is no no.
    pub decline: Vec<Part>,
    /// What such customers say.
    pub stated: String,
    /// What lies under it (mission HE1).
    pub hidden: String,
    /// The deed does not fit under the ticket's target: a lead should know.
    pub tell_lead: bool,
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
    /// What would put it right, if a key can.
    pub fix: Option<Fix>,
    /// Who may send all the same, with a reason.
    pub override_by: OverrideBy,
}

/// Better words, or none, in place of others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// Bytes of the text, often more than the marked ones.
    pub at: Range<usize>,
    /// What stands there afterwards; empty to take the words out.
    pub with: String,
}

/// Who may let words leave that a rule blocks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum OverrideBy {
    /// Nobody: law, privacy, an open slot.
    #[default]
    Nobody,
    /// A lead.
    Lead,
    /// The agent who writes.
    Agent,
}

/// How the feeling goes over the contact.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Trend {
    /// There is too little to tell.
    #[default]
    Unknown,
    /// It cools down.
    Falling,
    /// It stays.
    Steady,
    /// It heats up.
    Rising,
}

/// How surely a need is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NeedState {
    /// The coach reads it between the lines.
    Suspected,
    /// The customer said it.
    Stated,
    /// The customer said yes to it.
    Confirmed,
}

impl NeedState {
    /// The stable name, as locale keys write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Suspected => "suspected",
            Self::Stated => "stated",
            Self::Confirmed => "confirmed",
        }
    }
}

/// What the coach hears in the customer's words on a ticket.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Hearing {
    /// The item, when it is clear enough to be named.
    pub item: Option<Guess>,
    /// What it may be when it is not clear, best first: to be asked.
    pub unsure: Vec<ItemId>,
    /// The feeling of the latest message, 0 to 3.
    pub emotion: u8,
    /// The same, 0 to 100.
    pub heat: u8,
    /// Where it goes.
    pub trend: Trend,
    /// What is needed under the words: a stable name, and how surely it is known.
    pub need: Option<(String, NeedState)>,
    /// What such customers say and what lies under it, when a line of the playbook fits.
    pub under: Option<(String, String)>,
    /// Stable names of the risks that speak.
    pub risks: Vec<String>,
    /// Stable names of the signals of conduct; for the agent's calm, never for priority.
    pub conduct: Vec<String>,
    /// A soft question to put once, when the customer hesitates or asks again.
    pub prompt: Option<String>,
    /// The words that gave it away: the entry, and bytes of its text.
    pub evidence: Vec<(EventId, Vec<Range<usize>>)>,
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
    /// Bytes of the text: the time itself.
    pub time: Range<usize>,
    /// Whether the agent said that it is no promise: none is drafted of it.
    pub denied: bool,
    /// What is promised.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
}

/// A time in the draft that the agent said is no promise, by its words: it stays denied while its sentence stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Denied {
    /// The words of the sentence.
    pub sentence: String,
    /// The words of the time.
    pub time: String,
}

/// A rule that could not look, by its id, and the stable name of the fact that nobody gathered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unchecked {
    /// The rule.
    pub rule: &'static str,
    /// The fact, the key of its words in the locale files.
    pub fact: &'static str,
}

/// What the coach says of a draft.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Checked {
    /// What the rules mark.
    pub marks: Vec<Mark>,
    /// The times it says.
    pub said: Vec<Said>,
    /// The rules that could not look.
    pub unchecked: Vec<Unchecked>,
}

/// What was gathered of a ticket for all questions about it: made anew when its conversation or what the team knows changes, and
/// when the minute does, never because a key was pressed.
#[derive(Clone, PartialEq, Debug)]
pub struct Gathered {
    /// For what is proposed.
    pub facts: Facts,
    /// For what is checked; its present is when it was gathered.
    pub situation: Situation,
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
    /// Lines of the team, and how lines did.
    pub learnt: &'a Arc<Learnt>,
    /// What was gathered of all this before; absent while it is gathered.
    pub gathered: Option<&'a Gathered>,
}

/// The coach, as far as the console needs it. Pure: the same question has the same answer.
pub trait CoachPort {
    /// Lines for this moment of this ticket, best first.
    fn propose(&self, ask: &Ask<'_>) -> Vec<Suggestion>;
    /// What the customer's words on this ticket let hear.
    fn hear(&self, ask: &Ask<'_>) -> Hearing;
    /// Gathers what the questions about this ticket need; `before` holds what was read already.
    fn gather(&self, _: &Ask<'_>, _before: Option<&Gathered>) -> Option<Gathered> {
        None
    }
    /// What the rules say to these words and which times they say; no promise is drafted of what was denied. `acts` are those of
    /// the playbook's parts in them.
    fn check(&self, text: &str, acts: &[Act], denied: &[Denied], ask: &Ask<'_>) -> Checked;
    /// The rules that speak against putting the ticket down now: aside, or closed for this reason.
    fn put_down(&self, _closed: Option<CloseReason>, _: &Ask<'_>) -> Vec<String> {
        Vec::new()
    }
    /// The item these words speak of.
    fn propose_item(&self, text: &str) -> Option<Guess>;
    /// What typed words do for the customer, beside the parts that were put in.
    fn acts(&self, text: &str, ask: &Ask<'_>) -> Vec<Act>;
    /// Playbook entries for the palette: id and title in this language.
    fn playbook(&self, lang: Lang) -> Vec<(String, String)>;
    /// A playbook entry filled for this ticket, chosen by the agent.
    fn entry(&self, entry_id: &str, ask: &Ask<'_>) -> Option<Suggestion>;
    /// What to check first, once an item is known.
    fn checks(&self, _: &Ask<'_>) -> Option<Checks> {
        None
    }
    /// The preflight card: five lines, or none.
    fn preflight(&self, _: &Ask<'_>) -> Vec<PreflightLine> {
        Vec::new()
    }
    /// What going higher can and cannot achieve here.
    fn reach(&self, _: &Ask<'_>) -> Vec<Reach> {
        Vec::new()
    }
    /// Entries of the case library: for the ticket, or with the words typed.
    fn library(&self, _typed: &str, _: &Ask<'_>) -> Vec<Case> {
        Vec::new()
    }
    /// The soft question for a customer who asks again or hesitates.
    fn soft_question(&self, _: Cue, _: &Ask<'_>) -> Option<Part> {
        None
    }
    /// The sentences of a sent reply as lines that could be proposed for the playbook, without what belongs to this customer.
    fn line_drafts(&self, _text: &str, _written_at: Ms, _: &Ask<'_>) -> Vec<LineDraft> {
        Vec::new()
    }
    /// The rules that speak against these words as a line for everybody; empty when it may be proposed and approved.
    fn line_against(&self, _text: &str, _: LinePart, _: Lang, _: Ms, _: &Policy) -> Vec<String> {
        Vec::new()
    }
}
