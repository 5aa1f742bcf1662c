//! What can happen to the review of a reply or spoken record (method 3.14). Field order and names are stored for ever.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::EventBody;
use crate::domain::ids::{CustomerId, EventId, TicketId, UserId};
use crate::domain::review::Why;
use crate::domain::scorecard::Marks;
use crate::domain::time::Ms;

/// What can happen to a review.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReviewEvent {
    /// Somebody rated it, the first or the second. Payload: the note to the agent.
    ReviewRated {
        /// On which ticket it was said.
        ticket: TicketId,
        /// That ticket's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u64>,
        /// To whom.
        customer: CustomerId,
        /// The reply or spoken record with which the reviewed words end.
        #[schema(value_type = String)]
        source: EventId,
        /// Who said it.
        agent: UserId,
        /// When it was said.
        said_at: Ms,
        /// Why it was reviewed.
        why: Why,
        /// The number of the card.
        card: u32,
        /// Whether a second rater rates it too, without seeing these marks.
        second: bool,
        /// The marks.
        marks: Marks,
        /// Until when the agent may appeal, if these marks decide; absent while they do not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appeal_until: Option<Ms>,
    },
    /// The raters talked it over. Payload: the note to the agent.
    ReviewAgreed {
        /// What they agreed on.
        marks: Marks,
        /// Until when the agent may appeal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appeal_until: Option<Ms>,
    },
    /// The agent sees it differently. Payload: why.
    ReviewAppealed {},
    /// The appeal was answered. Payload: the answer.
    AppealAnswered {
        /// The marks from now on; absent when the review stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        marks: Option<Marks>,
    },
}

impl From<ReviewEvent> for EventBody {
    fn from(e: ReviewEvent) -> Self {
        Self::Review(e)
    }
}
