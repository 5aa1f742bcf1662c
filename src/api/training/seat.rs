//! A trainee's seat as its desk shows it.

use serde::{Deserialize, Serialize};

use super::RunId;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::time::Ms;
use crate::text::SafeText;

/// How time runs for the customer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speed {
    /// As a call, half as fast.
    Slow,
    /// As a call: who is spoken to hears a line when it has been said.
    #[default]
    Real,
    /// The clock of a call, but the customer answers at once: nobody waits for one's own line to be said.
    Brisk,
}

/// Whose screen it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatRole {
    /// Somebody who practises.
    #[default]
    Trainee,
    /// Somebody who leads a class.
    Trainer,
}

/// Where a seat is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatStage {
    /// Nobody sits there yet.
    Empty,
    /// Choosing.
    #[default]
    Lobby,
    /// With customers.
    Running,
    /// All contacts are over; the run waits for its debrief.
    Over,
    /// The release after a storm.
    Release,
    /// The trainer stopped it.
    Stopped,
}

/// What the trainee has at a level: help is taken away step by step (method 3.5).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Help {
    /// Anger and trust are shown while it runs.
    pub state: bool,
    /// Lines to choose from are offered.
    pub lines: bool,
    /// Suggestions, parts and the reading of the customer's words.
    pub coach: bool,
    /// Patience and silence count.
    pub clock: bool,
}

impl Default for Help {
    fn default() -> Self {
        Self {
            state: true,
            lines: true,
            coach: true,
            clock: false,
        }
    }
}

/// The release after a storm: private, and not to be skipped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Release {
    /// When it began.
    pub since: Ms,
    /// When it may be left.
    pub until: Ms,
}

/// Something that came in between and wants an answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StormView {
    /// Its number.
    pub id: u32,
    /// What, by the stable name of its kind, or `question` from the trainer.
    pub kind: String,
    /// What is said.
    pub text: SafeText,
    /// Since when.
    pub since: Ms,
    /// Whether words are wanted back; otherwise it is only to be seen.
    pub wants_words: bool,
    /// How often it was put off.
    #[serde(default)]
    pub put_off: u32,
    /// Whether it may not be put off any more.
    #[serde(default)]
    pub now: bool,
}

/// Something that somebody else than the customer asked, and what became of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AsideView {
    /// Its number at the seat.
    pub id: u32,
    /// Who asked, by name: `question` for the trainer, `interruption` for the scenario.
    pub kind: String,
    /// What was asked.
    pub asked: SafeText,
    /// Since when.
    pub since: Ms,
    /// How often it was put off.
    pub put_off: u32,
    /// What was said back; none while it is open.
    pub answer: Option<SafeText>,
    /// How long the answer took, training milliseconds; as long as it is open, how long it has been.
    pub took_ms: i64,
}

/// A word of the trainer on a line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Comment {
    /// The run.
    pub run: RunId,
    /// The turn, from 0.
    pub turn: usize,
    /// The line it is about.
    pub line: SafeText,
    /// The word.
    pub text: SafeText,
    /// When.
    pub at: Ms,
}

/// What the trainer set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TaskView {
    /// The scenario.
    pub scenario: String,
    /// Its title.
    pub title: SafeText,
    /// The level.
    pub level: u8,
    /// The seed: a class may play the same customer.
    pub seed: u64,
    /// How time runs, where the trainer set it.
    #[serde(default)]
    pub speed: Option<Speed>,
}

/// A contact of a run as the desk marks it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ContactView {
    /// The ticket.
    pub ticket: TicketId,
    /// How many messages the customer has written or said, the opening included.
    pub messages: u32,
    /// Until when the customer speaks; in the past once the line is over.
    pub speaks_until: Ms,
    /// Until when the trainee's own line is being said; the customer hears it then. None when nothing is being said.
    #[serde(default)]
    pub own_until: Option<Ms>,
    /// Anger and trust, 0 to 100; only where the level shows them.
    pub mood: Option<(u8, u8)>,
    /// Patience left, percent; only where it counts.
    pub patience: Option<u8>,
    /// Lines to choose from, where the level offers them.
    pub offers: Vec<SafeText>,
    /// How it ended, by name.
    pub over: Option<String>,
}

/// A seat.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct SeatView {
    /// Grows with every change.
    pub rev: u64,
    /// Whose screen it is.
    pub role: SeatRole,
    /// The name.
    pub name: SafeText,
    /// Where it is.
    pub stage: SeatStage,
    /// The level.
    pub level: u8,
    /// What there is of help.
    pub help: Help,
    /// How time runs.
    pub speed: Speed,
    /// Whether time stands still, and who stopped it: the trainee, or the trainer.
    pub paused: bool,
    /// The contacts of the run.
    pub contacts: Vec<ContactView>,
    /// What came in between, oldest first.
    pub storms: Vec<StormView>,
    /// Whether the network is being kept away.
    pub cut: bool,
    /// The release.
    pub release: Option<Release>,
    /// The run that waits for its debrief.
    pub debrief: Option<RunId>,
    /// What the trainer wrote, newest last.
    pub comments: Vec<Comment>,
    /// What the trainer set.
    pub task: Option<TaskView>,
    /// A pair that wants this trainee's consent.
    pub consent: Option<uuid::Uuid>,
    /// The names of seats a shift change can hand over to: account and name.
    pub relief: Option<(UserId, SafeText)>,
}
