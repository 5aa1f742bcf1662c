//! The clocks of a ticket, computed on read from what happened and never stored.
//!
//! Three things: the resolution clock (business minutes less pauses), the response steps of "1530" (wall time within the
//! hotline's hours), and the table of targets (item and tier). All of them say what they used, so that an agent can be told
//! why. Not here: promises (`domain::promise_time`), legal limits (`Calendar::legal_due`; they never pause), words.

mod policy;
mod resolution;
mod steps;
mod targets;

#[cfg(test)]
mod tests;

pub use policy::{ClockPolicy, shipped};
pub use resolution::{
    ClockState, PAUSE_CAP_DAYS, Pause, Timeline, fixed_due, fixed_due_capped, resolution,
    resolution_capped,
};
pub use steps::{Basis, Step, StepKind, StepState, StepView, Steps};
pub use targets::{Deed, Length, Reason, Target, Targets, Tier};
