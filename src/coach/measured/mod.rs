//! The measured labels of an agent's reply: whether it shows empathy, names a time, a vague time, a next step, deflects, or
//! promises money. They are about words, in either language, and exist to compare the coach with labelled replies.
//!
//! Apart from the lint on purpose: its rules are about acts and may differ (马上 is vague here, whatever was done). Nothing
//! here blocks, and nothing here feeds a rule.

mod grammar;
mod span;
mod time;
pub mod wire;

#[cfg(test)]
mod tests;

use super::content::{BadContent, File};
use super::folded::Folded;
use grammar::{Grammar, Label};

/// The labels of one reply.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labels {
    /// An apology, or a sign that the agent sees the trouble.
    pub has_empathy: bool,
    /// A date, clock time or span by which something happens, or the span it takes.
    pub has_concrete_time: bool,
    /// That time: `P3D..P5D`, `PT48H`, `P1D` tomorrow, `/wd` working days, `#` a masked number, `DATE` a masked date.
    pub time_norm: Option<String>,
    /// A time without a boundary.
    pub has_vague_time: bool,
    /// A named action of the agent or asked of the customer, a question included.
    pub has_next_step: bool,
    /// Points to another party, to policy or to the customer's own doing instead of helping.
    pub deflects: bool,
    /// States or offers money or a free service.
    pub promises_money: bool,
}

/// The grammar by which the labels are given. Build it once and share it.
#[derive(Debug)]
pub struct Measured {
    grammar: Grammar,
}

impl Measured {
    /// The grammar that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, BadContent> {
        Self::parse(&File {
            name: "lexicon/measured.toml",
            text: include_str!("../../../assets/lexicon/measured.toml"),
        })
    }

    /// A grammar from a file of the shipped form.
    ///
    /// # Errors
    /// When the file is no TOML of that form, holds an empty word or a pattern that cannot be read.
    pub fn parse(file: &File<'_>) -> Result<Self, BadContent> {
        Ok(Self {
            grammar: Grammar::parse(file)?,
        })
    }

    /// The labels of a reply.
    #[must_use]
    pub fn labels(&self, text: &str) -> Labels {
        let folded = Folded::new(text, usize::MAX);
        let found = self.grammar.read(folded.text());
        let time_norm = time::time_of(&self.grammar, text);
        Labels {
            has_empathy: found.holds(Label::Empathy),
            has_concrete_time: time_norm.is_some(),
            time_norm,
            has_vague_time: found.holds(Label::Vague),
            has_next_step: found.holds(Label::Step),
            deflects: found.holds(Label::Deflect)
                || found.holds(Label::Explains) && !found.holds(Label::Help),
            promises_money: found.holds(Label::Money),
        }
    }
}
