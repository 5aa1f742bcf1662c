//! Reviews as the screen shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::api::wire::{DueReview, ReviewLoad};
use crate::domain::ids::{EventId, ReviewId, TicketId, UserId};
use crate::domain::review::{Review, Why};
use crate::domain::scorecard::Marks;
use crate::domain::time::Ms;
use crate::text::SafeText;

/// One review.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewRow {
    /// Its head, with what waits in the outbox on top.
    pub review: Review,
    /// What was written, by the event that holds it: notes, appeal, answer.
    pub words: BTreeMap<EventId, SafeText>,
    /// Whether it is told about this desk's user's own words, and something of it is new since they last looked.
    pub news: bool,
}

/// What is to be reviewed of a month, as the server drew it last.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DueList {
    /// The month, as 2026-11.
    pub month: String,
    /// When it was drawn.
    pub at: Ms,
    /// What is due and not rated here meanwhile, the most pressing first.
    pub due: Vec<DueReview>,
    /// How far everybody is.
    pub agents: Vec<ReviewLoad>,
}

/// A card that was begun and not handed in, as it is kept on the disk.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BegunCard {
    /// The review.
    pub review: ReviewId,
    /// On which ticket.
    pub ticket: TicketId,
    /// The record with which the reviewed words end.
    pub source: EventId,
    /// Who said it.
    pub agent: UserId,
    /// Why it is reviewed.
    pub why: Why,
    /// What is done with it, by the screen's own name.
    pub mode: String,
    /// The marks so far.
    pub marks: Marks,
    /// Whether a second rater is asked for.
    pub second: bool,
    /// The note so far.
    pub note: String,
}

/// Reviews that this desk mirrors, and what is due.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct QualityView {
    /// The reviews, the latest first.
    pub reviews: Vec<ReviewRow>,
    /// What is due; absent until the server was asked once.
    pub due: Option<DueList>,
    /// Whether the server could not be asked just now: what is shown is what it drew last.
    pub away: bool,
    /// What is reviewed, where it has a title: the scenario of a run.
    pub titles: BTreeMap<ReviewId, SafeText>,
    /// Cards that were begun on this desk.
    pub begun: Vec<BegunCard>,
    /// Names of colleagues.
    pub names: BTreeMap<UserId, SafeText>,
}

impl QualityView {
    /// The review of this name.
    #[must_use]
    pub fn review(&self, id: ReviewId) -> Option<&ReviewRow> {
        self.reviews.iter().find(|r| r.review.id == id)
    }

    /// A colleague's name; empty if unknown.
    #[must_use]
    pub fn name(&self, user: UserId) -> SafeText {
        self.names.get(&user).cloned().unwrap_or_default()
    }

    /// How many of the user's own reviews hold something new.
    #[must_use]
    pub fn news(&self) -> usize {
        self.reviews.iter().filter(|r| r.news).count()
    }
}

/// What is reviewed: what was said on the ticket up to the record, and behind it the agent's notes and what became of promises.
#[derive(Clone, PartialEq, Debug)]
pub struct UnitView {
    /// Generation of the request.
    pub generation: u64,
    /// On which ticket.
    pub ticket: TicketId,
    /// The record with which the unit ends.
    pub source: EventId,
    /// Who said it; absent while the record is not here.
    pub agent: Option<UserId>,
    /// The ticket's number.
    pub number: Option<u64>,
    /// The customer's name, as far as this user may see it.
    pub customer: SafeText,
    /// What happened, oldest first.
    pub entries: Vec<Entry>,
}
