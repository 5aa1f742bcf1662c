//! What a run was worth: 100 points in six criteria, each with the line that earned or lost it (method 3.5). What nobody could
//! look at is "not checked": it takes no part in the sum, and the sum says so.

use serde::{Deserialize, Serialize};

use super::names::{Act, End, NeedStage, TrapKind};
use super::engine::Moment;
use super::play::{Input, Play, Turn};
use crate::coach::BadContent;
use crate::coach::content::File;

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
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
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
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Critical {
    /// A lint rule, or a trap of the scenario as `trap:<id>`, or `ledger`.
    pub what: String,
    /// The turn, from 0; none for what never came.
    pub turn: Option<usize>,
}

/// The result of a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
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
        acknowledged(turns, &table),
        need_found(turns, &table),
        cause(turns, &table),
        commitment(turns, &table),
        recap(turns, &table),
        language(turns, &table),
    ];
    let (criticals, traps) = criticals(play, &table);
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
        not_checked: ["AUT-01", "AUT-05", "FCT-02"].map(str::to_owned).to_vec(),
        not_understood: at(turns, |t| t.moments.contains(&Moment::NotUnderstood)),
    }
}

fn at(turns: &[Turn], what: impl Fn(&Turn) -> bool) -> Vec<usize> {
    let all = turns.iter().enumerate();
    all.filter(|(_, t)| what(t)).map(|(at, _)| at).collect()
}

fn said(turn: &Turn, act: Act) -> bool {
    turn.acts.iter().any(|e| e.act == act)
}

fn mark(criterion: Criterion, points: u32, of: u32, earned: Vec<usize>, lost: Vec<usize>) -> Mark {
    Mark {
        criterion,
        points: points.min(of),
        of,
        not_checked: 0,
        earned,
        lost,
    }
}

fn acknowledged(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.acknowledged;
    let kind = Criterion::Acknowledged;
    let specific = turns.iter().position(|t| said(t, Act::AckSpecific));
    let general = turns.iter().position(|t| t.state.acknowledged);
    match (specific, general) {
        (Some(turn), _) => {
            let in_time = turns
                .get(turn)
                .is_some_and(|t| t.state.ms <= table.limits.acknowledge_within * 1_000);
            if in_time {
                mark(kind, of, of, vec![turn], Vec::new())
            } else {
                mark(kind, table.limits.acknowledge_late, of, vec![turn], vec![turn])
            }
        }
        (None, Some(turn)) => {
            mark(kind, table.limits.acknowledge_late, of, vec![turn], vec![turn])
        }
        (None, None) => mark(kind, 0, of, Vec::new(), Vec::new()),
    }
}

fn need_found(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.need_found;
    let half = of / 2;
    let revealed = at(turns, |t| t.moments.contains(&Moment::NeedRevealed));
    let met = at(turns, |t| t.moments.contains(&Moment::NeedMet));
    let lost = at(turns, |t| t.moments.contains(&Moment::BesideTheNeed));
    let points = if revealed.is_empty() { 0 } else { half } + if met.is_empty() { 0 } else { of - half };
    let mut earned = revealed;
    earned.extend(met);
    earned.dedup();
    let lost = if points == of { Vec::new() } else { lost };
    mark(Criterion::NeedFound, points, of, earned, lost)
}

fn cause(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.cause;
    let earned = at(turns, |t| {
        said(t, Act::ExplainCause) || said(t, Act::AdmitUnknownTimed)
    });
    let lost = at(turns, |t| said(t, Act::ExcuseBusy) || said(t, Act::PolicyShield));
    let points = if earned.is_empty() { 0 } else { of };
    mark(Criterion::Cause, points, of, earned, lost)
}

/// Concrete; and in the ledger, where somebody knows.
fn commitment(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.commitment;
    let ledger = of * 2 / 5;
    let concrete = of - ledger;
    let earned = at(turns, |t| {
        said(t, Act::CommitConcrete) || said(t, Act::AdmitUnknownTimed)
    });
    let lost = at(turns, |t| said(t, Act::CommitVague));
    let known: Vec<bool> = earned
        .iter()
        .filter_map(|at| match turns.get(*at).map(|t| &t.tick.input) {
            Some(Input::Said { in_ledger, .. }) => *in_ledger,
            _ => None,
        })
        .collect();
    let mut points = if earned.is_empty() { 0 } else { concrete };
    let checked = !known.is_empty() || earned.is_empty();
    if !known.is_empty() && known.iter().all(|k| *k) {
        points += ledger;
    }
    Mark {
        criterion: Criterion::Commitment,
        points,
        of: if checked { of } else { concrete },
        not_checked: if checked { 0 } else { ledger },
        earned,
        lost,
    }
}

fn recap(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.recap;
    let earned = at(turns, |t| t.moments.contains(&Moment::Confirmed));
    let half = at(turns, |t| said(t, Act::Confirm));
    if earned.is_empty() {
        let points = if half.is_empty() { 0 } else { of / 2 };
        return mark(Criterion::Recap, points, of, half, Vec::new());
    }
    mark(Criterion::Recap, of, of, earned, Vec::new())
}

/// What the lint found. Somebody who said nothing has no language to be praised for.
fn language(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.language;
    let spoke = at(turns, |t| matches!(t.tick.input, Input::Said { .. }));
    let mut costs = 0;
    let mut lost = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        for finding in turn.findings.iter().filter(|f| !f.info) {
            costs += if finding.blocks {
                table.limits.block_costs
            } else {
                table.limits.warn_costs
            };
            lost.push(at);
        }
    }
    lost.dedup();
    let points = if spoke.is_empty() { 0 } else { of.saturating_sub(costs) };
    let earned = spoke.into_iter().filter(|at| !lost.contains(at)).collect();
    mark(Criterion::Language, points, of, earned, lost)
}

fn criticals(play: &Play, table: &Table) -> (Vec<Critical>, Vec<String>) {
    let mut out = Vec::new();
    let mut traps = Vec::new();
    let turns = play.turns();
    for (at, turn) in turns.iter().enumerate() {
        for finding in &turn.findings {
            if finding.blocks && table.limits.critical.contains(&finding.rule) {
                out.push(Critical {
                    what: finding.rule.clone(),
                    turn: Some(at),
                });
            }
        }
        if let Input::Said {
            in_ledger: Some(false),
            ..
        } = turn.tick.input
        {
            if said(turn, Act::CommitConcrete) {
                out.push(Critical {
                    what: "ledger".to_owned(),
                    turn: Some(at),
                });
            }
        }
    }
    for trap in &play.scenario().traps {
        let Some(turn) = stepped(play, trap) else {
            continue;
        };
        if trap.critical {
            out.push(Critical {
                what: format!("trap:{}", trap.id),
                turn,
            });
        } else {
            traps.push(trap.id.clone());
        }
    }
    (out, traps)
}

/// Whether a trap was stepped into, and in which turn.
fn stepped(play: &Play, trap: &super::scenario::Trap) -> Option<Option<usize>> {
    let turns = play.turns();
    let hidden = |at: usize| {
        let before = at.checked_sub(1).and_then(|b| turns.get(b));
        before.map_or(play.start(), |t| &t.state).need < NeedStage::Revealed
    };
    match trap.kind {
        TrapKind::Rule => turns
            .iter()
            .position(|t| t.findings.iter().any(|f| f.rule == trap.rule))
            .map(Some),
        TrapKind::TooEarly => (0..turns.len())
            .find(|at| {
                let act = trap.act.is_some_and(|a| turns.get(*at).is_some_and(|t| said(t, a)));
                act && hidden(*at)
            })
            .map(Some),
        // Only a contact that is over can have missed something; closing by policy misses nothing.
        TrapKind::Omitted => {
            let over = play.end().is_some_and(|e| e != End::ByPolicy);
            let never = !turns.iter().any(|t| trap.act.is_some_and(|a| said(t, a)));
            (over && never).then_some(None)
        }
    }
}
