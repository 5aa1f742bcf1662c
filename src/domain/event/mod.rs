//! Events: what happened, in the past tense, never rewritten.
//!
//! An event has a body without personal values, which `fold` reads, and perhaps a payload with what a person wrote or is
//! called, which `fold` and `decide` never read: payloads live apart, keyed by customer, and can be emptied on request
//! while the history stays (design 1). Deliberately absent: any way to change an event.

mod body;
mod decode;
mod review;

pub use body::{CustomerEvent, EventBody, LineEvent, QueueEvent, TicketEvent, UserEvent};
pub use decode::{Body, DecodeError, UnknownBody, current_version, decode, encode, known};
pub use review::ReviewEvent;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ids::{CustomerId, EventId, Stream, UserId};
use super::time::Ms;
use super::vocabulary::{Attachment, Identity};
use crate::text::RawText;

/// Who caused an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Actor {
    /// A member of the team.
    User {
        /// Which one.
        user: UserId,
    },
    /// The customer, through a channel.
    Customer,
    /// The server itself (scheduler, delivery, import).
    System,
}

impl Actor {
    /// The user behind the event, if one is.
    #[must_use]
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::User { user } => Some(user),
            Self::Customer | Self::System => None,
        }
    }
}

/// The personal values of one event; everything in it is somebody's own words or name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Payload {
    /// What was written or said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub text: Option<RawText>,
    /// A person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub name: Option<RawText>,
    /// Addresses of a person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<Identity>,
    /// Files that came along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
}

impl Payload {
    /// A payload that holds one text.
    #[must_use]
    pub fn text(text: RawText) -> Self {
        Self {
            text: Some(text),
            ..Self::default()
        }
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_none()
            && self.name.is_none()
            && self.identities.is_empty()
            && self.attachments.is_empty()
    }
}

/// One event as it stands in the log, in a replica, or predicted by a desk.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Its name: command and index.
    #[schema(value_type = String)]
    pub id: EventId,
    /// The stream it belongs to.
    pub stream: Stream,
    /// Its place in the stream, from 1.
    pub version: u32,
    /// Its place in the log, from 1; 0 while it is only predicted.
    pub position: u64,
    /// When it happened, by the desk's corrected clock.
    pub occurred_at: Ms,
    /// When the server recorded it; equal to `occurred_at` while only predicted.
    pub recorded_at: Ms,
    /// Who caused it.
    pub actor: Actor,
    /// What happened.
    pub body: Body,
    /// The customer whose personal values the payload holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Personal values; absent when there are none, when they were deleted on request, or when the reader may not see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Payload>,
}

/// An event that `decide` asks for: not yet numbered, named or timed.
#[derive(Clone, PartialEq, Debug)]
pub struct NewEvent {
    /// The stream it will belong to.
    pub stream: Stream,
    /// Who caused it.
    pub actor: Actor,
    /// What happened.
    pub body: EventBody,
    /// The customer whose personal values the payload holds.
    pub customer: Option<CustomerId>,
    /// Personal values.
    pub payload: Option<Payload>,
}

#[cfg(test)]
mod tests;
