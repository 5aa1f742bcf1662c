//! Times that are promised to a customer: computing them, saying them, reading them back, and noticing that their words have
//! gone stale.
//!
//! Not here: the promise ledger and its states, who may promise what, and the 90th percentile of past durations (it comes in
//! as minutes).

mod compute;
mod relative;
mod render;
mod said;

#[cfg(test)]
mod tests;

pub use compute::{
    Ask, Contact, LeadFlag, PromiseKind, PromiseTime, Refused, Shift, Speaker, compute,
};
pub use relative::{Reach, relative_words, relative_words_with_reach, stale};
pub use render::{render, render_bare};
pub use said::{
    Length, Meaning, NotComputed, SaidKind, SaidTime, TimePhrase, Unclear, Unit, parse_said,
    read_times,
};
