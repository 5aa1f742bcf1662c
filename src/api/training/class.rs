//! A class as its trainer sees it.

use serde::{Deserialize, Serialize};

use super::{AsideView, RunId, SeatStage, Speed, TurnView};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::text::SafeText;

/// What a trainer throws in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "inject", rename_all = "snake_case", deny_unknown_fields)]
pub enum Inject {
    /// So many more callers at once.
    Surge {
        /// How many, 1 to 5.
        callers: u8,
    },
    /// The customer says nothing for so long.
    Silence {
        /// Seconds.
        seconds: u32,
    },
    /// A supervisor's question that wants an answer.
    Question {
        /// The question.
        text: String,
    },
    /// No network for so long.
    Network {
        /// Seconds.
        seconds: u32,
    },
}

/// A trainer's order. Without a seat it is for all.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClassOrder {
    /// Play this.
    Set {
        /// For whom.
        seat: Option<UserId>,
        /// The scenario.
        scenario: String,
        /// The level.
        level: u8,
        /// The language.
        lang: Lang,
        /// The same seed for all, so that handlings can be compared.
        seed: u64,
        /// How time runs; as the trainee chooses when absent.
        #[serde(default)]
        speed: Option<Speed>,
    },
    /// Throw this in.
    Inject {
        /// For whom.
        seat: Option<UserId>,
        /// What.
        what: Inject,
    },
    /// Time stands still, or goes on.
    Pause {
        /// For whom.
        seat: Option<UserId>,
        /// Whether it stands.
        on: bool,
    },
    /// End what runs.
    Stop {
        /// For whom.
        seat: Option<UserId>,
    },
    /// A word on a line.
    Comment {
        /// To whom.
        seat: UserId,
        /// The run.
        run: RunId,
        /// The turn, from 0.
        turn: usize,
        /// The word.
        text: String,
    },
    /// This level is open to them without mastery below.
    Open {
        /// To whom.
        seat: Option<UserId>,
        /// The level.
        level: u8,
    },
}

/// A seat in the class.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SeatRow {
    /// The account.
    pub seat: UserId,
    /// The name.
    pub name: SafeText,
    /// Whether a desk is there, and since when it was not heard of.
    pub here: bool,
    /// Where it is.
    pub stage: SeatStage,
    /// What is played.
    pub scenario: String,
    /// Its title.
    pub title: SafeText,
    /// The level.
    pub level: u8,
    /// Whether time stands.
    pub paused: bool,
    /// Contacts that go on.
    pub callers: u32,
    /// Anger of the hottest contact, over the run: at most 60 values, oldest first.
    pub anger: Vec<u8>,
    /// Trust in that contact now.
    pub trust: u8,
    /// Since when the run goes on.
    pub since: Option<Ms>,
    /// Points of the last run.
    pub last: Option<u32>,
    /// Runs in this class.
    pub runs: u32,
    /// How to join, while nobody sits there: the whole line to type.
    pub join: Option<SafeText>,
    /// What was asked in between in this run, oldest first: what is open, and what was answered last.
    #[serde(default)]
    pub asides: Vec<AsideView>,
}

/// The class.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct ClassView {
    /// Grows with every change.
    pub rev: u64,
    /// The seats.
    pub seats: Vec<SeatRow>,
    /// Scenarios to set: id and title.
    pub scenarios: Vec<(String, SafeText)>,
}

/// One desk from near; also spoken practice.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DeskView {
    /// Whose.
    pub seat: UserId,
    /// The name.
    pub name: SafeText,
    /// The run.
    pub run: RunId,
    /// The scenario's title.
    pub title: SafeText,
    /// The customer's name.
    pub customer: SafeText,
    /// The need behind it, in words: only trainers and observers see it.
    pub need: SafeText,
    /// How far the need came to light, by name.
    pub need_stage: String,
    /// The commitment, by name.
    pub commitment: String,
    /// Patience left, seconds.
    pub patience: i64,
    /// The customer's first words.
    pub opening: SafeText,
    /// Anger, trust, clarity before the first turn.
    pub start: (u8, u8, u8),
    /// The turns so far.
    pub turns: Vec<TurnView>,
    /// How it ended, by name.
    pub end: Option<String>,
    /// Points, once it ended.
    pub total: Option<u32>,
    /// Acts that an observer can mark, by name.
    pub acts: Vec<String>,
    /// What was asked in between in this run and is open or was answered, oldest first.
    #[serde(default)]
    pub asides: Vec<AsideView>,
}

/// Where results were written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Results {
    /// The table, a CSV file.
    pub table: SafeText,
    /// One printable page each.
    pub pages: Vec<SafeText>,
    /// Rows in the table.
    pub rows: u32,
}
