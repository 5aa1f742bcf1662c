//! Training: simulated customers as a pure, seeded machine (mission TR1 to TR5, method 3.5).
//!
//! `scenario` is what authors write, `hear` what an agent's words do, `engine` what that does to the customer, `record` a run
//! that replays byte for byte, `score` and `debrief` what it was worth and why, `schedule` what to practise next, `check` what
//! is wrong with a scenario, `draft` makes one from a closed ticket. Time, the zone and the seed come in as arguments; nothing here
//! reads a clock or draws chance from anywhere but the seed, and the state is kept in whole thousandths, so that the same run
//! gives the same bytes on every machine.
//!
//! Not here: the server that a training starts, the channel over which a customer speaks, and any screen.

pub mod check;
pub mod debrief;
pub mod draft;
pub mod engine;
pub mod era;
pub mod headless;
pub mod hear;
pub mod lesson;
mod names;
pub mod phrasing;
pub mod play;
pub mod points;
pub mod record;
pub mod rules;
pub mod scenario;
pub mod schedule;
pub mod score;
mod seed;
pub mod voice;

#[cfg(test)]
mod testing;

pub use engine::{Engine, Event, Heard, Setup, State, Step};
pub use hear::Ears;
pub use names::{
    Act, AgentKind, Asker, Commitment, End, NeedStage, Outside, Psychology, Situation, StormKind,
    TrapKind,
};
pub use play::{Input, Play, Stage, Tick, Turn};
pub use points::Points;
pub use record::{Run, Transcript};
pub use rules::Rules;
pub use scenario::Scenario;
pub use score::{Score, score};
