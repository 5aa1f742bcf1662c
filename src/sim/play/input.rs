//! What a run keeps: what the trainee did, and what came of it.

use serde::{Deserialize, Serialize};

use crate::sim::engine::{Change, Moment, State};
use crate::sim::hear::{Evidence, Found};
use crate::sim::names::{Act, Asker, StormKind};
use crate::sim::voice::Answer;

use super::readback::Misread;

/// What a trainee did, as a run keeps it. Times are milliseconds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Input {
    /// Said or sent a line.
    Said {
        /// The words.
        text: String,
        /// From the end of the customer's line to the first key. Never the time of typing.
        think_ms: i64,
        /// Whether it began while the customer still spoke.
        #[serde(default)]
        interrupted: bool,
        /// Whether the urgent route was taken; nothing when nobody knows.
        #[serde(default)]
        severe_route: Option<bool>,
        /// Whether the promise in it stands in the ledger; nothing when nobody knows.
        #[serde(default)]
        in_ledger: Option<bool>,
    },
    /// Said aloud; somebody who listened marked the acts. Nothing is heard by the machine.
    Marked {
        /// The acts in the order in which they fell.
        acts: Vec<Act>,
        /// From the end of the customer's line to the first word.
        think_ms: i64,
        /// A word to remember the line by; may be empty.
        #[serde(default)]
        words: String,
    },
    /// Said nothing.
    Quiet {
        /// For so long.
        ms: i64,
    },
    /// Put the customer on hold.
    Hold {
        /// As long as was told.
        told_ms: i64,
        /// As long as it took.
        took_ms: i64,
    },
    /// Something of the storm.
    Storm {
        /// What.
        event: StormKind,
    },
    /// Was asked something by somebody else than the customer. The customer hears nothing of it and nothing of them changes;
    /// it is kept so that the run tells what the trainee had to deal with (issue 4: interruptions).
    Aside {
        /// Who asked.
        by: Asker,
        /// What was asked.
        asked: String,
        /// What was said back; empty when it was never answered.
        answer: String,
        /// From the asking to the answer, or to the end of the run, training milliseconds.
        took_ms: i64,
        /// How often it was put off before.
        put_off: u32,
    },
    /// Ended the contact.
    Close,
}

/// An input with when it came.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// Milliseconds since the contact began, by the clock of whoever ran it.
    pub at_ms: i64,
    /// What the trainee did.
    pub input: Input,
}

/// One turn of a run.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Turn {
    /// What the trainee did, and when.
    #[serde(flatten)]
    pub tick: Tick,
    /// The acts in it with what speaks for each.
    pub acts: Vec<Evidence>,
    /// What the lint found.
    pub findings: Vec<Found>,
    /// What changed and why.
    pub changes: Vec<Change>,
    /// What happened beside numbers.
    pub moments: Vec<Moment>,
    /// A number that was read back and is not the customer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misread: Option<Misread>,
    /// What the customer answered.
    pub answer: Answer,
    /// Where the customer stands then.
    pub state: State,
}
