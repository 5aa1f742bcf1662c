//! What can be asked of a review (method 3.14).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::ids::{EventId, TicketId};
use crate::domain::review::Why;
use crate::domain::scorecard::Marks;
use crate::text::RawText;

/// What is done with a review.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum ReviewAct {
    /// Rate it, as the first or as the second who does (leads and trainers).
    Rate {
        /// On which ticket it was said.
        ticket: TicketId,
        /// The reply or spoken record with which the reviewed words end.
        #[schema(value_type = String, pattern = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9]{1,4}$")]
        source: EventId,
        /// Why it is reviewed.
        why: Why,
        /// Whether a second rater shall rate it too; some are drawn for two whatever is said here.
        #[serde(default)]
        second: bool,
        /// The marks.
        marks: Marks,
        /// The note to the agent; may be empty.
        #[serde(default)]
        #[schema(value_type = String, max_length = 2000)]
        note: RawText,
    },
    /// Say what the two raters agreed on (leads and trainers).
    Agree {
        /// The marks from now on.
        marks: Marks,
        /// The note to the agent; may be empty.
        #[serde(default)]
        #[schema(value_type = String, max_length = 2000)]
        note: RawText,
    },
    /// See it differently (the agent whose words they are, within the time for it).
    Appeal {
        /// Why.
        #[schema(value_type = String, min_length = 1, max_length = 2000)]
        text: RawText,
    },
    /// Answer the appeal (leads).
    Answer {
        /// The marks from now on; absent when the review stands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        marks: Option<Marks>,
        /// The answer.
        #[schema(value_type = String, min_length = 1, max_length = 2000)]
        text: RawText,
    },
}
