//! One ticket on the screen: conversation, compose, coach. The words being written belong to the id kept here.

use std::sync::Arc;

use crate::api::desk::{Conversation, DraftPart};
use crate::domain::command::Override;
use crate::domain::ids::TicketId;
use crate::domain::time::Ms;

use super::advice::{Denied, Gathered, Hearing, Mark, Said, Suggestion, Unchecked};
use super::composer::Composer;
use super::state::{Pane, Tab};
use super::timeline::Timeline;

/// What the compose box writes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Mode {
    /// A reply to the customer.
    #[default]
    Reply,
    /// An internal note.
    Note,
}

/// The coach beside the compose box.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CoachState {
    /// Lines, best first.
    pub suggestions: Vec<Suggestion>,
    /// The chosen line.
    pub chosen: usize,
    /// The part of it that the reading card shows on a voice contact.
    pub card: usize,
    /// What the customer's words let hear.
    pub hearing: Hearing,
    /// What the rules say to the draft.
    pub marks: Vec<Mark>,
    /// The times the draft says.
    pub said: Vec<Said>,
    /// The times that the agent said are no promises.
    pub denied: Vec<Denied>,
    /// The rules that could not look at the draft.
    pub unchecked: Vec<Unchecked>,
    /// Whether those rules are listed.
    pub unfolded: bool,
    /// What was gathered of the ticket.
    pub gathered: Option<Arc<Gathered>>,
    /// Blocking rules that the agent lets pass in this draft, each with why.
    pub overrides: Vec<Override>,
    /// Rules the agent overrode; silent for this ticket.
    pub silent: Vec<String>,
}

impl CoachState {
    /// The chosen line.
    #[must_use]
    pub fn best(&self) -> Option<&Suggestion> {
        self.suggestions.get(self.chosen)
    }
}

/// A ticket on the screen.
#[derive(Clone, PartialEq, Debug)]
pub struct TicketState {
    /// Which ticket; every order given on this screen names it.
    pub id: TicketId,
    /// The generation of the request; 0 answers are pushes and count too, if they name this ticket.
    pub generation: u64,
    /// What the store told; absent while it loads.
    pub conversation: Option<Box<Conversation>>,
    /// Whether the ticket is not on this desk and the server could not be asked.
    pub not_here: bool,
    /// Which pane has the keys.
    pub pane: Pane,
    /// Which tab is shown where panes do not fit.
    pub tab: Tab,
    /// Reply or note.
    pub mode: Mode,
    /// The reply.
    pub reply: Composer,
    /// The note.
    pub note: Composer,
    /// Whether the drafts of the store were taken into the boxes.
    pub drafts_taken: bool,
    /// Playbook parts put into the reply.
    pub parts: Vec<DraftPart>,
    /// The log position of the ticket when the reply was begun.
    pub began_position: u64,
    /// Whether the words in a box differ from what was last handed to the store.
    pub dirty: bool,
    /// Whether this desk already asked to claim it.
    pub claim_asked: bool,
    /// Whether the best line was ordered before the conversation was here; it goes in as soon as the coach has read.
    pub insert_ordered: bool,
    /// The conversation as rows.
    pub timeline: Timeline,
    /// The coach.
    pub coach: CoachState,
    /// When the coach last read.
    pub coach_at: Ms,
    /// First row of the side column shown.
    pub side_top: usize,
}

impl TicketState {
    /// The box in use.
    #[must_use]
    pub const fn composer(&self) -> &Composer {
        match self.mode {
            Mode::Reply => &self.reply,
            Mode::Note => &self.note,
        }
    }

    /// The box in use, to be edited.
    pub const fn composer_mut(&mut self) -> &mut Composer {
        match self.mode {
            Mode::Reply => &mut self.reply,
            Mode::Note => &mut self.note,
        }
    }
}
