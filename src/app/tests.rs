//! Tables of (state, events) → (state, effects), and storms of events.

pub(super) mod fixture;
mod flows;
mod lists;
mod storm;
