//! What there is to practise, and how a trainee stands.

use serde::{Deserialize, Serialize};

use super::RunId;
use crate::domain::time::Ms;
use crate::text::SafeText;

/// A scenario to choose.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ScenarioRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: SafeText,
    /// The item.
    pub item: String,
    /// The conduct it practises, by name; `none` for ordinary customers.
    pub psychology: String,
    /// How it comes, by name.
    pub channel: String,
    /// The levels it is made for.
    pub levels: Vec<u8>,
    /// Minutes it takes.
    pub minutes: u32,
    /// The chance of mastery at the asked level, percent, by the trainee's estimate.
    pub expected: u8,
    /// The best score so far.
    pub best: Option<u32>,
    /// How often it was played.
    pub played: u32,
    /// Days until a skill on its item is due again; 0 or less is due.
    pub due_in: Option<i64>,
    /// Whether it is the one proposed next.
    pub proposed: bool,
}

/// A skill as it stands and stood.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Skill {
    /// The criterion, by name.
    pub criterion: String,
    /// The running mean, 0 to 100; none while never checked.
    pub now: Option<u8>,
    /// The results of the last runs, oldest first, at most 30.
    pub over_time: Vec<u8>,
}

/// A level and whether it is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GateView {
    /// The level.
    pub level: u8,
    /// Mastered.
    pub mastered: bool,
    /// May be played: all below are mastered, or a trainer opened it.
    pub open: bool,
    /// Scenarios made for it.
    pub scenarios: u32,
}

/// A skill on an item that is due again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DueCard {
    /// The item.
    pub item: String,
    /// The criterion, by name.
    pub criterion: String,
    /// Days until it is due; 0 or less is due.
    pub due_in: i64,
}

/// A run that was played.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RunRow {
    /// Its name.
    pub run: RunId,
    /// When it began.
    pub at: Ms,
    /// The scenario.
    pub scenario: String,
    /// Its title.
    pub title: SafeText,
    /// The level.
    pub level: u8,
    /// The seed.
    pub seed: u64,
    /// Points; none until the trainee said what worked.
    pub total: Option<u32>,
    /// Whether something cost all points.
    pub critical: bool,
    /// How it ended, by name.
    pub end: Option<String>,
}

/// The lobby.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct LobbyView {
    /// All scenarios, the proposed first, then what is due, then by id.
    pub scenarios: Vec<ScenarioRow>,
    /// The levels.
    pub gates: Vec<GateView>,
    /// The level to practise next.
    pub next_level: u8,
    /// Whether live work is open (levels 0 to 3 mastered).
    pub live: bool,
    /// The six skills.
    pub skills: Vec<Skill>,
    /// What is due, most overdue first.
    pub due: Vec<DueCard>,
    /// Runs, newest first, at most 50.
    pub runs: Vec<RunRow>,
}
