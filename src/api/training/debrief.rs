//! What a run was worth and why, what other lines would have done, and the lesson of three answers.

use serde::{Deserialize, Serialize};

use super::{Comment, RunId, RunRated};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::text::SafeText;

/// One reason for a change of a number.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Move {
    /// Of what: `anger`, `trust`, `clarity`, `face`, `patience`.
    pub of: String,
    /// Why: an act by name, or the name of a rule of the engine (such as `silence`, `order`, `novelty`).
    pub why: String,
    /// By how much, in points of 100 (seconds for patience), rounded.
    pub by: i32,
}

/// A turn of a contact.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TurnView {
    /// Milliseconds since the contact began.
    pub at_ms: i64,
    /// What the trainee said; empty when nothing was said (silence, hold, storm).
    pub said: SafeText,
    /// What happened instead of words, by name; empty when words were said.
    pub kind: String,
    /// The acts heard, by name.
    pub acts: Vec<String>,
    /// Findings of the rules: id and the words.
    pub findings: Vec<(String, SafeText)>,
    /// What moved and why.
    pub moves: Vec<Move>,
    /// What happened beside numbers, by name.
    pub moments: Vec<String>,
    /// What the customer answered.
    pub answer: SafeText,
    /// Anger, trust, clarity after the turn, 0 to 100.
    pub after: (u8, u8, u8),
    /// Whether nothing in it was understood: listed, never counted as wrong.
    pub not_understood: bool,
    /// Whether it turned the contact.
    pub turning: bool,
    /// Words with somebody else than the customer: then `said` is what was said back, empty when nothing ever was.
    #[serde(default)]
    pub aside: Option<Asked>,
    /// Whether a language model said the answer in other words than the author's.
    #[serde(default)]
    pub phrased: bool,
}

/// What somebody else than the customer asked in the middle of a contact.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Asked {
    /// Who, by name: `question` for the trainer, `interruption` for the scenario.
    pub kind: String,
    /// What.
    pub text: SafeText,
    /// From the asking to the answer, or to the end of the run, training milliseconds.
    pub took_ms: i64,
    /// How often it was put off.
    pub put_off: u32,
}

/// A criterion of the score.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CriterionView {
    /// Its name.
    pub criterion: String,
    /// Points earned.
    pub points: u32,
    /// Points that could be earned with what was checked.
    pub of: u32,
    /// Points that nobody could check.
    pub not_checked: u32,
    /// Turns that earned it, from 0.
    pub earned: Vec<usize>,
    /// Turns that lost it, from 0.
    pub lost: Vec<usize>,
}

/// Something that costs all points, or a trap that was stepped into.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CriticalView {
    /// A lint rule's id, `trap:<id>`, or `ledger`.
    pub what: String,
    /// In words.
    pub why: SafeText,
    /// The turn, from 0; none for what never came.
    pub turn: Option<usize>,
    /// Whether it cost all points.
    pub critical: bool,
}

/// By whose rules what is shown of a run was played. Its points are always those of then.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RulesOf {
    /// The rules and the hearing have not changed since.
    #[default]
    Today,
    /// They have; it is shown as it was then.
    Then,
    /// They have, or nobody knows, and it was kept without its turns: those are played again by today's rules.
    Replayed,
}

/// A run's debrief. Of a run with several callers this is the contact that scored lowest; `others` names the rest.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DebriefView {
    /// The run.
    pub run: RunId,
    /// The scenario.
    pub scenario: String,
    /// Its title.
    pub title: SafeText,
    /// The customer's name.
    pub customer: SafeText,
    /// Level, seed, language, beginning.
    pub level: u8,
    /// The seed.
    pub seed: u64,
    /// The language.
    pub lang: Lang,
    /// When it began.
    pub began: Ms,
    /// The trainee's own words: what worked, what to change.
    pub own: (SafeText, SafeText),
    /// The need, in words.
    pub need: SafeText,
    /// What was demanded last.
    pub demand: SafeText,
    /// Points of 100.
    pub total: u32,
    /// Whether parts could not be checked.
    pub partial: bool,
    /// The criteria.
    pub criteria: Vec<CriterionView>,
    /// What cost all points, and traps.
    pub criticals: Vec<CriticalView>,
    /// Rules and criteria that nothing here can check yet.
    pub not_checked: Vec<String>,
    /// The customer's first words.
    pub opening: SafeText,
    /// Anger, trust, clarity before the first turn.
    pub start: (u8, u8, u8),
    /// The turns.
    pub turns: Vec<TurnView>,
    /// How it ended, by name; none when it was broken off.
    pub end: Option<String>,
    /// What the trainer wrote.
    pub comments: Vec<Comment>,
    /// Other contacts of the same sitting: run, title, points.
    pub others: Vec<(RunId, SafeText, u32)>,
    /// What to practise next: a scenario and why (the weakest criterion), if there is one.
    pub next: Option<(String, SafeText, String)>,
    /// What trainers say of it, once that is told.
    #[serde(default)]
    pub rated: Option<RunRated>,
    /// By whose rules it was played.
    #[serde(default)]
    pub rules: RulesOf,
}

/// What other lines would have done, beside what was said.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TriedView {
    /// The run.
    pub run: RunId,
    /// From which turn, from 0.
    pub turn: usize,
    /// The turns of the other way, from that turn on.
    pub turns: Vec<TurnView>,
    /// Anger of the whole other way: before the first turn and after each.
    pub anger: Vec<u8>,
    /// Anger of the way that was gone.
    pub anger_was: Vec<u8>,
    /// How the other way ended; none while it goes on.
    pub end: Option<String>,
    /// Whether other rules than today's played the run: both ways are played by today's, `anger_was` too.
    #[serde(default)]
    pub by_today: bool,
}

/// One of the three answers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Answered {
    /// Which: `mechanical`, `sympathetic`, `committing`.
    pub kind: String,
    /// The turns.
    pub turns: Vec<TurnView>,
    /// Anger before the first turn and after each.
    pub anger: Vec<u8>,
    /// How it ended.
    pub end: Option<String>,
    /// Points.
    pub total: u32,
    /// What the lesson says of it.
    pub lesson: SafeText,
}

/// The lesson of three answers.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LessonView {
    /// The scenario.
    pub scenario: String,
    /// Its title.
    pub title: SafeText,
    /// The customer's first words.
    pub opening: SafeText,
    /// The three, in a mixed order for the prediction.
    pub answers: Vec<Answered>,
}
