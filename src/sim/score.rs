//! What a run was worth: 100 points in six criteria, each with the line that earned or lost it (method 3.5). What nobody could
//! look at is "not checked": it takes no part in the sum, and the sum says so.

use serde::{Deserialize, Serialize};

use super::engine::Moment;
use super::play::Play;
use crate::coach::BadContent;
use crate::coach::content::File;

mod criteria;
mod critical;

#[cfg(test)]
mod tests;

/// The criteria.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Acknowledged in time and specifically.
    Acknowledged,
    /// The need came to light and was answered.
    NeedFound,
    /// The cause, or honestly that it is not known yet.
    Cause,
    /// A concrete commitment, in the ledger.
    Commitment,
    /// Contact checked, summed up.
    Recap,
    /// Language.
    Language,
}

impl Criterion {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Acknowledged,
        Self::NeedFound,
        Self::Cause,
        Self::Commitment,
        Self::Recap,
        Self::Language,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledged => "acknowledged",
            Self::NeedFound => "need_found",
            Self::Cause => "cause",
            Self::Commitment => "commitment",
            Self::Recap => "recap",
            Self::Language => "language",
        }
    }
}

/// One criterion's result.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mark {
    /// Which.
    pub criterion: Criterion,
    /// Points earned.
    pub points: u32,
    /// Points that could be earned with what was checked.
    pub of: u32,
    /// Points of the criterion that nobody could check.
    pub not_checked: u32,
    /// The turns, from 0, that earned it.
    pub earned: Vec<usize>,
    /// The turns, from 0, that lost it; none when it simply never came.
    pub lost: Vec<usize>,
}

/// Something that costs all points.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Critical {
    /// A lint rule, or a trap of the scenario as `trap:<id>`, or `ledger`.
    pub what: String,
    /// The turn, from 0; none for what never came.
    pub turn: Option<usize>,
}

/// The result of a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Score {
    /// Points of 100: the checked ones in proportion, 0 with a critical.
    pub total: u32,
    /// Whether parts could not be checked.
    pub partial: bool,
    /// The criteria.
    pub marks: Vec<Mark>,
    /// What costs all points.
    pub criticals: Vec<Critical>,
    /// Traps that were stepped into and cost nothing, by id.
    pub traps: Vec<String>,
    /// Rules of the critical list that nothing here can check.
    pub not_checked: Vec<String>,
    /// Turns, from 0, that were not understood: listed, never counted.
    pub not_understood: Vec<usize>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    points: Points,
    limits: Limits,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Points {
    acknowledged: u32,
    need_found: u32,
    cause: u32,
    commitment: u32,
    recap: u32,
    language: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    acknowledge_within: i64,
    acknowledge_late: u32,
    forbidden_costs: u32,
    block_costs: u32,
    warn_costs: u32,
    mastery: u32,
    critical: Vec<String>,
}

fn table() -> Result<Table, BadContent> {
    File {
        name: "sim/score.toml",
        text: include_str!("../../assets/sim/score.toml"),
    }
    .read()
}

/// The points from which on a run counts for mastery: twice on different days, without a critical (method 3.5).
#[must_use]
pub fn mastery() -> u32 {
    table().map_or(85, |t| t.limits.mastery)
}

/// What a contact was worth so far.
#[must_use]
pub fn score(play: &Play) -> Score {
    let Ok(table) = table() else {
        // A test reads the table; without it nothing is checked.
        return Score {
            total: 0,
            partial: true,
            marks: Vec::new(),
            criticals: Vec::new(),
            traps: Vec::new(),
            not_checked: Vec::new(),
            not_understood: Vec::new(),
        };
    };
    let turns = play.turns();
    let marks = vec![
        criteria::acknowledged(turns, &table),
        criteria::need_found(turns, &table),
        criteria::cause(turns, &table),
        criteria::commitment(turns, &table),
        criteria::recap(turns, &table),
        criteria::language(turns, &table),
    ];
    let (criticals, traps) = critical::criticals(play, &table);
    let of: u32 = marks.iter().map(|m| m.of).sum();
    let points: u32 = marks.iter().map(|m| m.points).sum();
    let total = if criticals.is_empty() && of > 0 {
        (points * 100 + of / 2) / of
    } else {
        0
    };
    Score {
        total,
        partial: marks.iter().any(|m| m.not_checked > 0),
        marks,
        criticals,
        traps,
        not_checked: not_checked(turns, &table),
        not_understood: criteria::at(turns, |t| t.moments.contains(&Moment::NotUnderstood)),
    }
}

/// Rules of the critical list that nothing here can check; of words said aloud it is all of them.
fn not_checked(turns: &[super::play::Turn], table: &Table) -> Vec<String> {
    let mut out = ["AUT-01", "AUT-05", "FCT-02"].map(str::to_owned).to_vec();
    if criteria::aloud(turns) {
        for rule in &table.limits.critical {
            if !out.contains(rule) {
                out.push(rule.clone());
            }
        }
    }
    out
}
