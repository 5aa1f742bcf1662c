//! What to practise next: which scenario is neither too easy nor too hard, which skill on which item is due again, how a
//! trainee's skills stand, and which levels are open (method 3.5). Days are counted, never read from a clock.
//!
//! Nothing here touches a run: floating numbers are allowed, because no replay depends on them.

mod repeat;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::score::{Criterion, Score, mastery};

pub use repeat::{Card, Grade, RETENTION, retrievability, review};

/// The chance of success between which a scenario is chosen.
pub const RIGHT: (f64, f64) = (0.70, 0.80);
/// How much one result moves an estimate at first, and how soon it settles.
const STEP: (f64, f64) = (0.4, 0.05);
/// How much of a skill's running mean one result is.
const NEWEST: f64 = 0.3;
/// Level 4 and 5 end with a release of so many seconds; private to the trainee.
pub const RELEASE_SECONDS: u32 = 60;
/// The highest level before live work.
pub const BEFORE_LIVE: u8 = 3;

/// An estimate on the common scale of trainees and scenarios.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Estimate {
    /// The strength of a trainee, or the difficulty of a scenario.
    pub value: f64,
    /// Results it rests on.
    pub results: u32,
}

/// The chance that a trainee masters a scenario: 1 / (1 + e^(difficulty - strength)).
#[must_use]
pub fn expected(trainee: Estimate, scenario: Estimate) -> f64 {
    1.0 / (1.0 + (scenario.value - trainee.value).exp())
}

/// Both estimates after a result of 0 to 100 points.
#[must_use]
pub fn after(trainee: Estimate, scenario: Estimate, total: u32) -> (Estimate, Estimate) {
    let surprise = f64::from(total.min(100)) / 100.0 - expected(trainee, scenario);
    let step = |n: u32| STEP.0 / (1.0 + STEP.1 * f64::from(n));
    let moved = |one: Estimate, sign: f64| Estimate {
        value: one.value + sign * step(one.results) * surprise,
        results: one.results.saturating_add(1),
    };
    (moved(trainee, 1.0), moved(scenario, -1.0))
}

/// Which of these scenarios to play: one whose expected success is nearest the middle of [`RIGHT`]; of equals the first.
#[must_use]
pub fn choose<S>(trainee: Estimate, scenarios: &[(S, Estimate)]) -> Option<&S> {
    let middle = f64::midpoint(RIGHT.0, RIGHT.1);
    let off = |one: &(S, Estimate)| (expected(trainee, one.1) - middle).abs();
    let best = scenarios.iter().min_by(|a, b| off(a).total_cmp(&off(b)))?;
    Some(&best.0)
}

/// The difficulty that a scenario begins with: by level and by where its customer begins, before anybody played it.
#[must_use]
pub fn first_difficulty(scenario: &super::Scenario, level: u8) -> Estimate {
    let start = scenario.start;
    let heat = (start.anger.as_f64() - 60.0) / 40.0 + (40.0 - start.trust.as_f64()) / 60.0;
    let temper = scenario.persona.irritability.as_f64() - 1.0;
    Estimate {
        value: f64::from(level) * 0.4 - 1.2 + heat + temper,
        results: 0,
    }
}

/// How a trainee's skills stand: a running mean of each criterion, 0 to 100, the newest results weigh most.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Profile {
    /// By criterion.
    pub skills: BTreeMap<Criterion, f64>,
}

impl Profile {
    /// After a run. What was not checked moves nothing.
    #[must_use]
    pub fn with(mut self, score: &Score) -> Self {
        for mark in score.marks.iter().filter(|m| m.of > 0) {
            let result = f64::from(mark.points) * 100.0 / f64::from(mark.of);
            let held = self.skills.entry(mark.criterion).or_insert(result);
            *held += NEWEST * (result - *held);
        }
        self
    }

    /// The weakest skill.
    #[must_use]
    pub fn weakest(&self) -> Option<Criterion> {
        let least = self.skills.iter().min_by(|a, b| a.1.total_cmp(b.1))?;
        Some(*least.0)
    }
}

/// A run as the gates see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Done {
    /// The level.
    pub level: u8,
    /// The day it was on, counted from any day.
    pub day: i64,
    /// Points.
    pub total: u32,
    /// Whether something cost all points.
    pub critical: bool,
}

/// Which levels are mastered, and whether live work is open.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Gates {
    /// Mastered levels, ascending.
    pub mastered: Vec<u8>,
    /// The next level to practise.
    pub next: u8,
    /// Whether everything before live work is mastered.
    pub live: bool,
}

/// The gates after these runs. A level is mastered by [`mastery`] points on two different days without a critical; level 0
/// is read, and one run of it is enough.
#[must_use]
pub fn gates(done: &[Done]) -> Gates {
    let need = mastery();
    let passed = |level: u8| {
        let mut days: Vec<i64> = done
            .iter()
            .filter(|d| d.level == level && d.total >= need && !d.critical)
            .map(|d| d.day)
            .collect();
        days.sort_unstable();
        days.dedup();
        days.len() >= 2 || (level == 0 && done.iter().any(|d| d.level == 0))
    };
    let mastered: Vec<u8> = (0..=5).filter(|l| passed(*l)).collect();
    let next = (0..=5).find(|l| !mastered.contains(l)).unwrap_or(5);
    Gates {
        live: (0..=BEFORE_LIVE).all(|l| mastered.contains(&l)),
        mastered,
        next,
    }
}
