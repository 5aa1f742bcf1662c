//! The plain lists: team, what came back, drafts.

use std::collections::BTreeSet;

use crate::api::desk::{Draft, DraftKey, Returned, Team};
use crate::domain::ids::{CommandId, UserId};

/// The team screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TeamState {
    /// What the store told; absent until it has.
    pub team: Option<Box<Team>>,
    /// The selected colleague.
    pub selected: Option<UserId>,
    /// The first row shown.
    pub top: usize,
}

impl TeamState {
    /// The place of the selected colleague.
    #[must_use]
    pub fn index(&self) -> usize {
        let team = self.team.as_deref();
        team.and_then(|t| {
            t.mates
                .iter()
                .position(|m| Some(m.user.id) == self.selected)
        })
        .unwrap_or(0)
    }
}

/// What came back from the outbox.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReturnedState {
    /// The commands, oldest first.
    pub items: Vec<Returned>,
    /// The selected one.
    pub selected: Option<CommandId>,
    /// Choices already sent to the store, so that no second key sends a second time.
    pub resolving: BTreeSet<CommandId>,
    /// The first row shown.
    pub top: usize,
}

impl ReturnedState {
    /// The place of the selected one.
    #[must_use]
    pub fn index(&self) -> usize {
        let at = |id| self.items.iter().position(|r| r.command.id == id);
        self.selected.and_then(at).unwrap_or(0)
    }

    /// The selected one.
    #[must_use]
    pub fn item(&self) -> Option<&Returned> {
        self.items.get(self.index())
    }
}

/// The agent's drafts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DraftsState {
    /// What the store holds, newest first.
    pub items: Vec<Draft>,
    /// The selected one.
    pub selected: Option<DraftKey>,
    /// The first row shown.
    pub top: usize,
}

impl DraftsState {
    /// The place of the selected one.
    #[must_use]
    pub fn index(&self) -> usize {
        let at = |key| self.items.iter().position(|d| d.key == key);
        self.selected.and_then(at).unwrap_or(0)
    }
}
