//! Tables of (state, events) → (state, effects), and storms of events.

mod coming_and_going;
pub(crate) mod fixture;
mod flows;
mod growing;
mod lists;
mod rules;
mod storm;
mod training;
