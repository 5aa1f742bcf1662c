//! The console as a pure state machine: `update(state, event, env, effects)`. No terminal, no clock, no IO: what
//! happened comes in as an [`Event`], what shall happen goes out as an [`Effect`], the instant, ids, policy and coach
//! are arguments. Painting is the business of `view`; carrying effects out is that of `shell`.
//!
//! One file a concern: a screen's state and what it does stand together; `route` only decides who gets a key.

pub mod action;
pub mod advice;
pub mod composer;
pub mod dialog;
pub mod effect;
pub mod event;
pub mod intake;
pub mod keymap;
pub mod layout;
pub mod line;
pub mod lists;
pub mod notice;
pub mod palette;
pub mod queue;
pub mod state;
pub mod ticket;
pub mod timeline;

pub use action::Action;
pub use effect::Effect;
pub use event::{Event, Hit, Input, Key};
pub use keymap::Keymap;
pub use layout::{Layout, layout};
pub use state::State;

use uuid::Uuid;

use crate::domain::policy::Policy;
use crate::domain::time::Ms;

use advice::CoachPort;

/// What `update` may know besides the state.
pub struct Env<'a> {
    /// The instant of the event.
    pub now: Ms,
    /// The policy in force.
    pub policy: &'a Policy,
    /// The coach.
    pub coach: &'a dyn CoachPort,
    /// Makes a new id (version 7).
    pub ids: &'a mut dyn FnMut() -> Uuid,
}
