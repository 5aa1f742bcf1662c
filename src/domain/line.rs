//! Lines that grow: a line that the team proposed for the playbook, and what `fold` makes of its stream (mission AN5).
//!
//! Its words stand in the head, unlike a customer's: they are content, masked of personal values before they are proposed and
//! refused by the coach when some are left. Not here: the shipped playbook (content of the coach) and how a line does.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::event::{Event, LineEvent};
use super::ids::{EventId, LineId, TicketId, UserId};
use super::lang::Lang;
use super::taxonomy::ItemId;
use super::time::Ms;
use super::vocabulary::{LinePart, LineState};
use crate::text::RawText;

/// A proposed line's head.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PlaybookLine {
    /// Its name.
    pub id: LineId,
    /// Who proposed it; absent when the server itself did (an import).
    pub author: Option<UserId>,
    /// What it is for.
    pub part: LinePart,
    /// The item it helps with.
    pub item: ItemId,
    /// Its language.
    pub lang: Lang,
    /// The feeling it was said to, 0 (calm) to 3 (furious).
    pub feeling: u8,
    /// The words: as approved last, else as proposed.
    #[schema(value_type = String)]
    pub text: RawText,
    /// The ticket on which it was said first.
    pub ticket: Option<TicketId>,
    /// The reply or spoken record it was taken from.
    #[schema(value_type = Option<String>)]
    pub source: Option<EventId>,
    /// Where it stands.
    pub state: LineState,
    /// How often it was approved: the version of its words, 0 while it never was.
    pub revision: u32,
    /// The lead's word back, when it was declined or retired.
    #[schema(value_type = String)]
    pub word: RawText,
    /// Who decided last.
    pub decided_by: Option<UserId>,
    /// When it was proposed.
    pub proposed_at: Ms,
    /// When it was decided last.
    pub decided_at: Option<Ms>,
    /// How many events of the stream are folded in.
    pub version: u32,
    /// The log position of the last of them.
    pub position: u64,
}

impl PlaybookLine {
    /// The line that its first event makes; nothing, if the event is no proposal.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let LineEvent::LineProposed {
            part,
            item,
            lang,
            feeling,
            text,
            ticket,
            source,
        } = event.body.line()?
        else {
            return None;
        };
        Some(Self {
            id: LineId(event.stream.id),
            author: event.actor.user(),
            part: *part,
            item: item.clone(),
            lang: *lang,
            feeling: (*feeling).min(3),
            text: text.clone(),
            ticket: *ticket,
            source: *source,
            state: LineState::Proposed,
            revision: 0,
            word: RawText::default(),
            decided_by: None,
            proposed_at: event.occurred_at,
            decided_at: None,
            version: event.version,
            position: event.position,
        })
    }

    /// Folds one more event in.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.version;
        self.position = event.position;
        let Some(body) = event.body.line() else {
            return;
        };
        match body {
            LineEvent::LineProposed { .. } => return,
            LineEvent::LineApproved { text } => {
                self.text.clone_from(text);
                self.state = LineState::Approved;
                self.revision += 1;
                self.word = RawText::default();
            }
            LineEvent::LineDeclined { word } => {
                self.state = LineState::Declined;
                self.word.clone_from(word);
            }
            LineEvent::LineRetired { word } => {
                self.state = LineState::Retired;
                self.word.clone_from(word);
            }
        }
        self.decided_by = event.actor.user();
        self.decided_at = Some(event.occurred_at);
    }

    /// Whether it is in the playbook.
    #[must_use]
    pub fn in_force(&self) -> bool {
        self.state == LineState::Approved
    }

    /// Its name among the lines that were said: with its version, so that edited words are counted anew.
    #[must_use]
    pub fn name(&self) -> String {
        format!("grown/{}@{}", self.id, self.revision)
    }
}
