//! The measuring wire of `balm coach lint`: a line of JSON in, a line of JSON out.

use serde::{Deserialize, Serialize};

use super::{Labels, Measured};
use crate::domain::lang::Lang;

/// One reply to label.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Reply {
    /// Told back unchanged.
    pub id: String,
    /// `zh` or `en`; anything else is read as Chinese when it holds Han characters, as English when not.
    #[serde(default)]
    pub lang: String,
    /// The words.
    pub text: String,
}

impl Reply {
    /// The language of the words.
    #[must_use]
    pub fn language(&self) -> Lang {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        match self.lang.as_str() {
            "en" => Lang::En,
            "zh" => Lang::Zh,
            _ if self.text.chars().any(han) => Lang::Zh,
            _ => Lang::En,
        }
    }
}

/// What is told of a reply.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Answer {
    /// The id that came in.
    pub id: String,
    /// As in [`Labels`].
    pub has_empathy: bool,
    /// As in [`Labels`].
    pub has_concrete_time: bool,
    /// As in [`Labels`].
    pub time_norm: Option<String>,
    /// As in [`Labels`].
    pub has_vague_time: bool,
    /// As in [`Labels`].
    pub has_next_step: bool,
    /// As in [`Labels`].
    pub deflects: bool,
    /// As in [`Labels`].
    pub promises_money: bool,
    /// Ids of the lint's findings, each once, in the order given.
    pub rules: Vec<String>,
}

/// A line that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum BadLine {
    /// Not an object with `id` and `text`.
    #[error("not a reply: {0}; write {{\"id\",\"lang\",\"text\"}}")]
    NotAReply(#[from] serde_json::Error),
}

/// Labels one reply. `rules` gives the ids of the lint's findings in it, with whatever context the caller has.
#[must_use]
pub fn answer(
    measured: &Measured,
    reply: &Reply,
    rules: impl FnOnce(&Reply) -> Vec<String>,
) -> Answer {
    let Labels {
        has_empathy,
        has_concrete_time,
        time_norm,
        has_vague_time,
        has_next_step,
        deflects,
        promises_money,
    } = measured.labels(&reply.text);
    let mut once: Vec<String> = Vec::new();
    for rule in rules(reply) {
        if !once.contains(&rule) {
            once.push(rule);
        }
    }
    Answer {
        id: reply.id.clone(),
        has_empathy,
        has_concrete_time,
        time_norm,
        has_vague_time,
        has_next_step,
        deflects,
        promises_money,
        rules: once,
    }
}

/// As [`answer`], from a line of JSON to a line of JSON without its end.
///
/// # Errors
/// When the line is no reply.
pub fn answer_line(
    measured: &Measured,
    line: &str,
    rules: impl FnOnce(&Reply) -> Vec<String>,
) -> Result<String, BadLine> {
    let reply: Reply = serde_json::from_str(line)?;
    Ok(serde_json::to_string(&answer(measured, &reply, rules))?)
}
