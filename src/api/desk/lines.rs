//! Lines of the team as the screen shows them.

use std::collections::BTreeMap;

use crate::domain::line::PlaybookLine;
use crate::text::SafeText;

/// One line that the team proposed.
#[derive(Clone, PartialEq, Debug)]
pub struct LineRow {
    /// Its head.
    pub line: PlaybookLine,
    /// Its words.
    pub text: SafeText,
    /// The lead's word back.
    pub word: SafeText,
    /// Who proposed it.
    pub author: SafeText,
    /// Who decided last.
    pub decided_by: SafeText,
    /// Whether it is this desk's agent's own.
    pub mine: bool,
    /// Whether it is this desk's agent's own, and somebody decided it since they last looked.
    pub news: bool,
    /// How often it was said with a known outcome, as far as this desk sees.
    pub said: u32,
    /// How often that went well.
    pub well: u32,
}

/// Lines of the team, and how every playbook line did.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LinesView {
    /// What waits for a decision first, oldest at the top; then what was decided last.
    pub lines: Vec<LineRow>,
    /// Said with a known outcome, and well, by a line's name and version.
    pub tries: BTreeMap<String, (u32, u32)>,
}

impl LinesView {
    /// How many of this agent's own lines were decided since they last looked.
    #[must_use]
    pub fn news(&self) -> usize {
        self.lines.iter().filter(|row| row.news).count()
    }
}
