//! The rules of the hotline as pure functions: no clock, no IO, no randomness.
pub mod calendar;
pub mod clock;
pub mod lang;
pub mod promise_time;
pub mod time;
