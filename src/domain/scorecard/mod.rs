//! The QA scorecard: what a unit (a live reply, a training run) is reviewed by, as data, and the marks that a rater gives
//! (method 3.14). A critical error fails the unit and nothing makes up for it, so there is no sum anywhere in this room.
//!
//! Not here: who may rate (`domain::decide`), what many reviews together say (`insight::quality`), how a card is shown.

mod card;
mod fault;
mod marks;

#[cfg(test)]
mod tests;

pub use card::{Appeal, Calibration, Card, Critical, Item, LEVELS, Sampling};
pub use fault::{Fault, check};
pub use marks::{CriticalClass, CriticalMark, Found, LevelMark, Marks, Unfit};
