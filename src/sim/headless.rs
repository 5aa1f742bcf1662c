//! A run without a screen: lines in, a transcript with its score out. For tests, for authors and for measuring
//! (`balm train run SCENARIO --seed N --input lines.jsonl`).

#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::engine::Setup;
use super::play::{Input, Play, Stage};
use super::record::Transcript;
use super::scenario::Scenario;
use super::score::{Score, score};
use crate::domain::calendar::Calendar;
use crate::domain::lang::Lang;
use crate::domain::promise_time::render;
use crate::domain::time::Ms;

/// How long an agent thinks before the first key when a file does not say, milliseconds.
pub const THINK_MS: i64 = 3_000;
/// From now to `{due}` and to `{later}`, working minutes: what a promise of the day takes, and a call after it.
const DUE_MINUTES: [i64; 2] = [150, 210];
/// Times of promises stand on the half hour, milliseconds.
const HALF_HOUR: i64 = 30 * 60 * 1_000;

/// One line of an input file: a bare line of the agent, or any input.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// Anything, as a run keeps it.
    Input(Input),
    /// A line of the agent.
    Said {
        /// The words; `{due}`, `{later}` and `{last4}` are filled.
        text: String,
        /// Time to the first key, milliseconds.
        #[serde(default)]
        think_ms: Option<i64>,
    },
    /// The same without anything around it.
    Bare(String),
}

/// What went wrong with an input file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadLine {
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub what: String,
}

/// Transcript and score of a run.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Outcome {
    /// What was said and what it did.
    #[serde(flatten)]
    pub transcript: Transcript,
    /// What it was worth.
    pub score: Score,
}

/// The lines of a JSONL file.
///
/// # Errors
/// The first line that is none, by its number.
pub fn lines(jsonl: &str) -> Result<Vec<Line>, BadLine> {
    let mut out = Vec::new();
    for (at, line) in jsonl.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        out.push(serde_json::from_str(line).map_err(|e| BadLine {
            line: at + 1,
            what: e.to_string(),
        })?);
    }
    Ok(out)
}

/// Plays lines to their end, or to the customer's.
#[must_use]
pub fn run(
    stage: &Arc<Stage>,
    scenario: &Arc<Scenario>,
    setup: Setup,
    lang: Lang,
    calendar: &Calendar,
    began: Ms,
    lines: &[Line],
) -> Play {
    let mut play = Play::begin(Arc::clone(stage), Arc::clone(scenario), setup, lang, began);
    for line in lines {
        if play.end().is_some() {
            break;
        }
        let said = |text: &str, think_ms: Option<i64>| {
            let now = began.plus_millis(play.state().ms);
            Input::Said {
                text: fill(text, scenario, now, calendar, lang),
                think_ms: think_ms.unwrap_or(THINK_MS),
                interrupted: false,
                severe_route: None,
                in_ledger: None,
            }
        };
        let input = match line {
            Line::Input(input) => input.clone(),
            Line::Said { text, think_ms } => said(text, *think_ms),
            Line::Bare(text) => said(text, None),
        };
        let at_ms = play.state().ms;
        play.take(at_ms, input);
    }
    play
}

/// Transcript and score of a contact.
#[must_use]
pub fn outcome(play: &Play) -> Outcome {
    Outcome {
        transcript: Transcript::of(play),
        score: score(play),
    }
}

/// Fills the slots of an author's line: times that can be kept, and the customer's last digits.
#[must_use]
pub fn fill(text: &str, scenario: &Scenario, now: Ms, calendar: &Calendar, lang: Lang) -> String {
    let zone = calendar.zone();
    let mut out = text.to_owned();
    for (slot, minutes) in ["{due}", "{later}"].into_iter().zip(DUE_MINUTES) {
        if out.contains(slot) {
            // Counted in working time: who practises at midnight promises a time that can be kept, too.
            let kept = calendar.add(now, minutes);
            let raw = kept.unwrap_or_else(|_| now.plus_minutes(minutes)).0;
            let due = Ms(raw
                .div_euclid(HALF_HOUR)
                .saturating_add(1)
                .saturating_mul(HALF_HOUR));
            out = out.replace(slot, &render(due, now, zone, calendar, lang));
        }
    }
    let digits: Vec<char> = scenario
        .card
        .phone
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let last: String = digits.iter().rev().take(4).rev().collect();
    out.replace("{last4}", &last)
}
