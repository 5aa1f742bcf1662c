//! The customer as a machine: acts and seconds in, anger, trust, clarity, face and patience out (method 3.5, rules 1 to 6).
//!
//! Every step is a function of the scenario, the rules, the seed and the state before; it tells each change with what made it.
//! Not here: which acts words hold (`hear`), and what the customer answers (`voice`).

mod effects;
mod moves;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::{Act, Commitment, End, NeedStage, Outside, StormKind};
use super::points::Points;
use super::rules::{Level, Rules};
use super::scenario::Scenario;

/// How a run is set up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Setup {
    /// Everything by chance comes from here.
    pub seed: u64,
    /// 1 to 5.
    pub level: u8,
    /// Whether anger is moved by chance; off in golden traces.
    pub noise: bool,
}

/// What an agent's turn was, for the customer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Heard {
    /// The acts in the order in which they were said, each once.
    pub acts: Vec<Act>,
    /// Time to the first key and time the line is spoken, milliseconds. Never the time of typing.
    pub ms: i64,
    /// Whether the line was longer than a breath.
    pub long: bool,
    /// Whether it read a number back that is not the customer's. Such a line confirms nothing: the act is not among `acts`.
    pub misread: bool,
}

/// What happens to the customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The agent said something. No acts means: not understood.
    Said(Heard),
    /// The agent said nothing for so many milliseconds.
    Quiet {
        /// Milliseconds.
        ms: i64,
    },
    /// The agent put the customer on hold.
    Hold {
        /// How long it was told to take, milliseconds.
        told_ms: i64,
        /// How long it took.
        took_ms: i64,
    },
    /// Something of the storm.
    Storm(StormKind),
    /// The agent ended the contact.
    Close,
}

/// Where the customer stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct State {
    /// Anger, 0 to 100.
    pub anger: Points,
    /// Trust, 0 to 100.
    pub trust: Points,
    /// Clarity, 0 to 100.
    pub clarity: Points,
    /// Face, 0 to 100.
    pub face: Points,
    /// Patience left, seconds.
    pub patience: Points,
    /// The step of the demand ladder, from 0.
    pub demand: u32,
    /// The hidden need.
    pub need: NeedStage,
    /// What the agent committed to.
    pub commitment: Commitment,
    /// Whether the customer was acknowledged.
    pub acknowledged: bool,
    /// Whether an outside body was named.
    pub outside_named: bool,
    /// Whether the customer abuses right now.
    pub abusing: bool,
    /// Boundary lines after abuse.
    pub warnings: u32,
    /// Vague commitments since the last concrete one.
    pub vague: u32,
    /// Turns in a row that ended at the supervisor's anger.
    pub hot: u32,
    /// Turns in a row that could have ended grudgingly.
    pub grudging: u32,
    /// How often each act was used.
    pub used: BTreeMap<Act, u32>,
    /// Events so far.
    pub turn: u32,
    /// Milliseconds that counted so far.
    pub ms: i64,
    /// How it ended, once it did.
    pub end: Option<End>,
}

/// What is changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variable {
    /// Anger.
    Anger,
    /// Trust.
    Trust,
    /// Clarity.
    Clarity,
    /// Face.
    Face,
    /// Patience, in seconds.
    Patience,
}

/// What made a change; the words are in the locale files under the name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The act itself.
    Act,
    /// It was not the first of its kind.
    Repeat,
    /// It came before an acknowledgement.
    Early,
    /// It fits the need more, or less, than others.
    Fit,
    /// Who the customer is.
    Persona,
    /// A line too long for this customer.
    Long,
    /// A limit was named without cause.
    Unprovoked,
    /// Silence.
    Silence,
    /// Time that passed.
    Time,
    /// A hold beyond the told time.
    Hold,
    /// The words were not understood.
    Again,
    /// Chance, from the seed.
    Chance,
    /// The end of the scale.
    Bound,
}

/// One change with what made it. The changes of a step add up to the difference of the states.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// What changed.
    pub of: Variable,
    /// By how much.
    pub by: Points,
    /// Why.
    pub why: Why,
    /// The act behind it, if one is.
    pub act: Option<Act>,
}

/// Something that happened in a step beside numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The words were not understood.
    NotUnderstood,
    /// The need was hinted at.
    NeedHinted,
    /// The need was said.
    NeedRevealed,
    /// The need was met.
    NeedMet,
    /// A concrete commitment stands.
    Committed,
    /// The commitment was confirmed.
    Confirmed,
    /// A number was read back that is not the customer's.
    Misread,
    /// Something was offered or promised while the need is open.
    BesideTheNeed,
    /// The demand climbed a step.
    DemandUp,
    /// The demand came down a step.
    DemandDown,
    /// The supervisor was demanded for the first time.
    SupervisorDemanded,
    /// An outside body was named.
    OutsideNamed,
    /// The customer became abusive.
    Abused,
    /// The limit was named after abuse.
    Warned,
    /// The agent spoke over the customer.
    Interrupted,
    /// Nobody spoke.
    Silence,
    /// A hold went on beyond the told time.
    HeldTooLong,
    /// It ended.
    Ended,
}

/// One step: what changed, and where the customer stands then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The state after it.
    pub after: State,
    /// Every change.
    pub changes: Vec<Change>,
    /// What else happened, in the order in which it did.
    pub moments: Vec<Moment>,
}

impl Step {
    /// Whether this happened.
    #[must_use]
    pub fn has(&self, moment: Moment) -> bool {
        self.moments.contains(&moment)
    }
}

/// What a step depends on beside the state.
#[derive(Clone, Copy, Debug)]
pub struct Engine<'a> {
    /// The customer.
    pub scenario: &'a Scenario,
    /// The numbers.
    pub rules: &'a Rules,
    /// The run.
    pub setup: Setup,
}

impl Engine<'_> {
    /// Where the customer begins.
    #[must_use]
    pub fn start(&self) -> State {
        let start = self.scenario.start;
        State {
            anger: start.anger,
            trust: start.trust,
            clarity: start.clarity,
            face: start.face,
            patience: start.patience,
            demand: 0,
            need: NeedStage::Hidden,
            commitment: Commitment::None,
            acknowledged: false,
            outside_named: false,
            abusing: false,
            warnings: 0,
            vague: 0,
            hot: 0,
            grudging: 0,
            used: BTreeMap::new(),
            turn: 0,
            ms: 0,
            end: None,
        }
    }

    /// What an event does. After the end nothing changes any more.
    #[must_use]
    pub fn step(&self, before: &State, event: &Event) -> Step {
        if before.end.is_some() {
            return Step {
                after: before.clone(),
                changes: Vec::new(),
                moments: Vec::new(),
            };
        }
        let mut going = effects::Going::new(*self, before);
        match event {
            Event::Said(heard) => going.said(heard),
            Event::Quiet { ms } => going.quiet(*ms),
            Event::Hold { told_ms, took_ms } => going.hold(*told_ms, *took_ms),
            Event::Storm(kind) => going.storm(*kind),
            Event::Close => going.close(),
        }
        going.done()
    }

    /// How it would end if the agent ended it now.
    #[must_use]
    pub fn standing_end(&self, state: &State) -> End {
        moves::standing(self.rules, state).unwrap_or(
            if state.abusing && state.warnings >= self.rules.abuse.warnings {
                End::ByPolicy
            } else {
                End::Left
            },
        )
    }

    /// What the trainee has at this level.
    #[must_use]
    pub fn level(&self) -> Level {
        self.rules.level(self.setup.level).unwrap_or(Level {
            plays: true,
            state: false,
            lines: false,
            coach: true,
            clock: true,
            storm: false,
            abuse: false,
        })
    }

    /// Whether this customer would turn to an outside body.
    fn has_outside(&self) -> bool {
        self.scenario.persona.outside != Outside::None
    }
}
