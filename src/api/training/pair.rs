//! Pairs: the same customer handled by two trainees, side by side (mission TR3, method 3.10).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TurnView;
use crate::domain::time::Ms;
use crate::text::SafeText;

/// Where a pair is on its way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairState {
    /// Found: same scenario and seed, different hands, outcomes apart.
    Candidate,
    /// A second reader found the two comparable.
    Matched,
    /// All names and numbers are masked.
    Masked,
    /// The turning sentence of each side is marked, three questions stand under it.
    Annotated,
    /// Both trainees agreed.
    Consented,
    /// Everybody may read it.
    Published,
    /// A trainer looked at what it did and keeps it; everybody may read it.
    Kept,
    /// It has had its time: it may still be read and is offered to nobody. One that was taken back is not shown at all.
    Retired,
}

/// What is done with a pair.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case", deny_unknown_fields)]
pub enum PairDeed {
    /// The two are comparable.
    Match,
    /// Mask both sides.
    Mask,
    /// Mark the turning sentences and ask three questions.
    Annotate {
        /// The turning turn of each side, from 0.
        turning: (usize, usize),
        /// Three questions to the reader.
        questions: [String; 3],
    },
    /// I agree that my handling is shown, with or without my name.
    Consent {
        /// Whether.
        agreed: bool,
        /// Whether my name may stand there.
        named: bool,
    },
    /// Show it to everybody.
    Publish,
    /// Take it back: possible at any time for both trainees and the trainer. Nothing of what was said is left of it.
    Retire,
    /// What it did was looked at: it is kept, which is possible once it is due, or retired, which a trainer may at any time.
    Judge {
        /// Whether it is kept.
        keep: bool,
    },
    /// I read it; my answers to the questions.
    Read {
        /// The answers.
        answers: Vec<String>,
    },
}

/// A pair in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PairRow {
    /// Its name.
    pub id: Uuid,
    /// Where it is.
    pub state: PairState,
    /// The scenario.
    pub scenario: String,
    /// Its title.
    pub title: SafeText,
    /// Points of both sides.
    pub totals: (u32, u32),
    /// What this reader can do with it next, by the deed's name.
    pub next: Option<String>,
    /// How often it was read.
    pub read: u32,
    /// Since when it stands so.
    pub since: Ms,
    /// Whether one of its sides is this reader's.
    #[serde(default)]
    pub mine: bool,
    /// The day it came out, at the site: `2026-03-11`.
    #[serde(default)]
    pub out: Option<String>,
    /// The day from which a trainer is to look at what it did, and days until then, 0 or less when it is due; none when that
    /// was done.
    #[serde(default)]
    pub look: Option<(String, i64)>,
    /// The day it is retired by itself, and why: `old` or `unused`. Once it is retired, the day it was, and why: also `judged`.
    #[serde(default)]
    pub retires: Option<(String, String)>,
}

/// How results in the pair's skill changed among some people.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PairChange {
    /// People.
    pub people: u32,
    /// Those who have results in the 30 days before and in the 30 days after.
    pub measured: u32,
    /// Their mean change, in percent of what could be earned; none while nobody is measured.
    pub by: Option<i32>,
}

/// What a pair did (method 3.10): its use, and how its readers got on beside the others.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct PairWorth {
    /// The criterion in which its sides differ most, by name.
    pub skill: Option<String>,
    /// Those who read it, from when they did.
    pub readers: PairChange,
    /// All others, from when it came out.
    pub others: PairChange,
    /// Readers who answered its questions.
    pub answered: u32,
    /// What the trainer decided; none before.
    pub kept: Option<bool>,
    /// The day of the decision, at the site.
    pub on: Option<String>,
}

/// One side of a pair.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PairSide {
    /// Who, or nothing where no name may stand.
    pub name: Option<SafeText>,
    /// Points.
    pub total: u32,
    /// How it ended, by name.
    pub end: Option<String>,
    /// The turns, masked.
    pub turns: Vec<TurnView>,
    /// Anger before the first turn and after each.
    pub anger: Vec<u8>,
    /// The turning turn, from 0.
    pub turning: Option<usize>,
}

/// A pair to be read, left and right.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PairView {
    /// Its row.
    pub row: PairRow,
    /// The customer's first words.
    pub opening: SafeText,
    /// Left: the lower outcome; right: the higher.
    pub sides: (PairSide, PairSide),
    /// The questions.
    pub questions: Vec<SafeText>,
    /// Criteria in which the two differ, by name, with both sides' points.
    pub differs: Vec<(String, u32, u32)>,
    /// What it did, for a trainer, once it is out: as it stood when that was decided on, until then as it stands.
    #[serde(default)]
    pub worth: Option<PairWorth>,
}
