//! Training on a real server (mission TR1 to TR5): the seats of trainees and trainers, the simulated customers as actors that
//! talk to `/v1` like any channel, and what is kept of it.
//!
//! `theatre` answers the training's own path and holds the seats; `seat` and `contact` decide, purely, over state, event and
//! time; `channel` carries the customers' words to the server and reads the one live feed; `office` keeps runs. Not here: the
//! engine (`sim`), the server's routes (`server`), any screen.

mod asks;
mod channel;
mod class;
mod clerk;
mod clock;
mod contact;
mod ear;
pub mod office;
mod phrasing;
mod post;
mod seat;
mod theatre;

#[cfg(test)]
mod testing;

pub use phrasing::Phraser;
pub use theatre::{NewSeat, Set, Theatre, code};
