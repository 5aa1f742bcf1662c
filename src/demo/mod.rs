//! Logs made from nothing: the living demo and the big generated log.
//!
//! Both write their histories through the real `decide` and `fold`, so that what they show could have happened. Everything
//! is a function of a seed and a start time; nothing here reads a clock, a file or the network.

mod generate;
mod live;
mod phrases;
mod scribe;
mod script;
mod site;

#[cfg(test)]
mod tests;

pub use generate::{Generator, Plan, Sizes};
pub use live::{Due, Live};
pub use scribe::{Scribe, ScribeError};
pub use script::{History, history};
pub use site::{Site, demo_user_login, queue_id, user_id};

/// A demo file that cannot be used: which one, and what is wrong in it.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {what}")]
pub struct BadDemo {
    /// The file.
    pub file: &'static str,
    /// What is wrong, with the entry's key.
    pub what: String,
}

impl BadDemo {
    fn new(file: &'static str, what: impl std::fmt::Display) -> Self {
        Self {
            file,
            what: what.to_string(),
        }
    }
}
