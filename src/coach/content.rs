//! The coach's content: playbooks and lexicons, read from data and checked before anything uses them.

use crate::domain::vocabulary::Act;

/// What a line of a playbook is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Takes the customer's side and names what happened.
    Empathize,
    /// Cares for people first.
    Safety,
    /// Asks an open question.
    Ask,
    /// Says the cause, or honestly that it is not known yet and by when it will be.
    Explain,
    /// Offers a choice.
    Options,
    /// Names the customer's rights neutrally.
    Rights,
    /// Declines with a reason and an alternative.
    Decline,
    /// Commits to a deed by a concrete time.
    Commit,
    /// Checks how to reach the customer.
    Confirm,
}

/// Content that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {entry}: {what}; {remedy}")]
pub struct BadContent {
    /// The file.
    pub file: String,
    /// The entry and line in it.
    pub entry: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

/// Everything the coach speaks and listens by.
#[derive(Debug)]
pub struct Content {
    #[expect(dead_code, reason = "filled by the next commit")]
    acts: Vec<Act>,
}

impl Content {
    /// The content that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub const fn shipped() -> Result<Self, BadContent> {
        Ok(Self { acts: Vec::new() })
    }
}
