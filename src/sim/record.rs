//! A run as it is kept: what set it up and what the trainee did, with times. Everything else follows from it, byte for byte.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::engine::{Setup, State};
use super::names::End;
use super::play::{Input, Play, Stage, Tick, Turn};
use super::scenario::Scenario;
use super::voice::Answer;
use crate::domain::lang::Lang;
use crate::domain::time::Ms;

/// The version of the form below: 2 knows what was asked in between, and lines in other words. A run without them is written as form 1, which an older
/// balm can read.
const FORM: u32 = 2;

/// A run, ready to be replayed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The version of this form.
    pub form: u32,
    /// The scenario's id.
    pub scenario: String,
    /// Its version.
    pub version: u32,
    /// The fingerprint of its file.
    pub fingerprint: String,
    /// Seed, level, chance.
    pub setup: Setup,
    /// The language of the contact.
    pub lang: Lang,
    /// When it began.
    pub began: Ms,
    /// What the trainee did.
    pub inputs: Vec<Tick>,
    /// Answers of the customer that a language model said in other words, by turn from 0. Nothing else follows from them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub phrased: BTreeMap<usize, String>,
    /// The fingerprint of the rules and the hearing that played it; empty in runs that were kept before there was one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub engine: String,
}

/// Why a run cannot be replayed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CannotReplay {
    /// A newer balm wrote it.
    #[error("the run has form {0}, which needs a newer balm")]
    Form(u32),
    /// The scenario is another one.
    #[error("the run is of {0}, not of {1}")]
    Scenario(String, String),
    /// The scenario was changed since.
    #[error("{scenario} was version {was} when it was played and is {is} now")]
    Version {
        /// The scenario.
        scenario: String,
        /// The version then.
        was: u32,
        /// The version now.
        is: u32,
    },
}

/// A run as people and programs read it: the same run gives the same bytes everywhere.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Transcript {
    /// What it is of.
    #[serde(flatten)]
    pub run: Run,
    /// The customer's first words.
    pub opening: Answer,
    /// Where the customer stood at the beginning.
    pub start: State,
    /// Every turn.
    pub turns: Vec<Turn>,
    /// How it ended, if it did.
    pub end: Option<End>,
}

impl Run {
    /// The run of a contact so far.
    #[must_use]
    pub fn of(play: &Play) -> Self {
        let scenario = play.scenario();
        let aside = |t: &Turn| matches!(t.tick.input, Input::Aside { .. });
        Self {
            form: if play.turns().iter().any(aside) || !play.phrased().is_empty() {
                FORM
            } else {
                1
            },
            scenario: scenario.id.clone(),
            version: scenario.version,
            fingerprint: scenario.fingerprint.clone(),
            setup: play.setup(),
            lang: play.lang(),
            began: play.began(),
            inputs: play.turns().iter().map(|t| t.tick.clone()).collect(),
            phrased: play.phrased().clone(),
            engine: play.stage().print.clone(),
        }
    }

    /// Whether these rules and this hearing played it, so that a replay gives what was seen then.
    #[must_use]
    pub fn by_rules_of(&self, stage: &Stage) -> bool {
        self.engine == stage.print
    }

    /// Whether this scenario, as it stands, is the one that was played.
    ///
    /// # Errors
    /// When it is another one, or was changed since, or the run was written by a newer balm.
    pub fn is_of(&self, scenario: &Scenario) -> Result<(), CannotReplay> {
        if self.form > FORM {
            return Err(CannotReplay::Form(self.form));
        }
        if self.scenario != scenario.id {
            let (was, is) = (self.scenario.clone(), scenario.id.clone());
            return Err(CannotReplay::Scenario(was, is));
        }
        if self.version != scenario.version || self.fingerprint != scenario.fingerprint {
            return Err(CannotReplay::Version {
                scenario: self.scenario.clone(),
                was: self.version,
                is: scenario.version,
            });
        }
        Ok(())
    }

    /// Plays it again, by the rules and the hearing of this stage: what was seen then comes only from those of then
    /// ([`Run::by_rules_of`]).
    ///
    /// # Errors
    /// When the scenario is not the one that was played, or the run was written by a newer balm.
    pub fn replay(
        &self,
        stage: &Arc<Stage>,
        scenario: &Arc<Scenario>,
    ) -> Result<Play, CannotReplay> {
        self.is_of(scenario)?;
        let mut play = Play::begin(
            Arc::clone(stage),
            Arc::clone(scenario),
            self.setup,
            self.lang,
            self.began,
        );
        for tick in &self.inputs {
            play.take(tick.at_ms, tick.input.clone());
        }
        for (turn, said) in &self.phrased {
            play.phrase(*turn, said.clone());
        }
        Ok(play)
    }
}

impl Transcript {
    /// The transcript of a contact so far.
    #[must_use]
    pub fn of(play: &Play) -> Self {
        Self {
            run: Run::of(play),
            opening: play.opening().clone(),
            start: play.start().clone(),
            turns: play.turns().to_vec(),
            end: play.end(),
        }
    }

    /// As JSON, indented.
    ///
    /// # Errors
    /// Never: every value has a form in JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}
