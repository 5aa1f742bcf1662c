//! The palette: every action, ticket, customer and playbook by name, pinyin initials or number. And the search screen.

use crate::api::desk::{Hit, HitSource};

use super::action::Action;
use super::line::Line;

/// One row of the palette.
#[derive(Clone, PartialEq, Debug)]
pub enum PaletteRow {
    /// An action.
    Action(Action),
    /// A playbook entry: id and title.
    Playbook {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// A ticket or customer.
    Hit(Hit),
}

/// The palette.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PaletteState {
    /// What is typed.
    pub line: Line,
    /// What fits, best first.
    pub rows: Vec<PaletteRow>,
    /// The selected row.
    pub cursor: usize,
    /// The generation of the running search.
    pub generation: u64,
    /// Where the hits came from.
    pub source: Option<HitSource>,
    /// Hits of the store for what is typed.
    pub hits: Vec<Hit>,
}

/// The search screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SearchState {
    /// What is typed.
    pub line: Line,
    /// Whether the line has the keys, rather than the list.
    pub typing: bool,
    /// The generation of the running search.
    pub generation: u64,
    /// Whether an answer is awaited.
    pub running: bool,
    /// The hits.
    pub hits: Vec<Hit>,
    /// Where they came from.
    pub source: Option<HitSource>,
    /// The selected hit.
    pub cursor: usize,
    /// The first row shown.
    pub top: usize,
}
