//! From stored bytes to bodies: versions, upcasting, and what this program is too old to know.
//!
//! Stored bytes are never rewritten. An older version of a kind is lifted here when it is read; a newer version or an
//! unknown kind is kept as it came and shown as "needs a newer balm" (design 1).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{EventBody, LineEvent, ReviewEvent, TicketEvent};
use crate::domain::ids::StreamKind;

/// The body of an event: known, or kept unread for a newer program.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Body {
    /// A kind and version this program knows.
    Known(EventBody),
    /// A kind or version from a newer program.
    Unknown(UnknownBody),
}

/// An event of a kind or version that this program is too old to know; kept as it came.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct UnknownBody {
    /// The kind's name.
    pub kind: String,
    /// The kind's version.
    pub v: u16,
    /// Everything else, unread.
    #[schema(value_type = Object)]
    pub data: Value,
}

impl Body {
    /// The ticket event in it, if it is one this program knows.
    #[must_use]
    pub const fn ticket(&self) -> Option<&TicketEvent> {
        match self {
            Self::Known(EventBody::Ticket(event)) => Some(event),
            _ => None,
        }
    }

    /// The event of a playbook line in it, if it is one this program knows.
    #[must_use]
    pub const fn line(&self) -> Option<&LineEvent> {
        match self {
            Self::Known(EventBody::Line(event)) => Some(event),
            _ => None,
        }
    }

    /// The event of a review in it, if it is one this program knows.
    #[must_use]
    pub const fn review(&self) -> Option<&ReviewEvent> {
        match self {
            Self::Known(EventBody::Review(event)) => Some(event),
            _ => None,
        }
    }

    /// The stable name of its kind.
    #[must_use]
    pub fn kind(&self) -> String {
        match self {
            Self::Unknown(unknown) => unknown.kind.clone(),
            Self::Known(_) => serde_json::to_value(self)
                .ok()
                .and_then(|v| v.get("kind").and_then(Value::as_str).map(str::to_owned))
                .unwrap_or_default(),
        }
    }
}

impl From<EventBody> for Body {
    fn from(body: EventBody) -> Self {
        Self::Known(body)
    }
}

/// Stored bytes that are not even JSON with a kind; the log is damaged there.
#[derive(Debug, thiserror::Error)]
#[error("stored event of kind {kind:?} v{v} cannot be read: {reason}")]
pub struct DecodeError {
    /// The kind as stored.
    pub kind: String,
    /// The version as stored.
    pub v: u16,
    /// What the reader said.
    pub reason: String,
}

/// The version under which this program writes `kind`. All kinds are at their first version.
#[must_use]
pub const fn current_version(_kind: &str) -> u16 {
    1
}

/// What is stored of a body: its kind, its version and its JSON.
///
/// # Errors
/// When the body cannot be written as JSON, which no value of these types can cause.
pub fn encode(body: &Body) -> Result<(String, u16, String), DecodeError> {
    let fail = |reason: String| DecodeError {
        kind: String::new(),
        v: 0,
        reason,
    };
    if let Body::Unknown(unknown) = body {
        let data = serde_json::to_string(&unknown.data).map_err(|e| fail(e.to_string()))?;
        return Ok((unknown.kind.clone(), unknown.v, data));
    }
    let value = serde_json::to_value(body).map_err(|e| fail(e.to_string()))?;
    let kind = value
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let v = current_version(&kind);
    Ok((kind, v, value.to_string()))
}

/// Reads a stored body of a stream of this kind.
///
/// # Errors
/// When the bytes are no JSON, or a kind and version this program claims to know do not fit.
pub fn decode(stream: StreamKind, kind: &str, v: u16, data: &str) -> Result<Body, DecodeError> {
    let fail = |e: serde_json::Error| DecodeError {
        kind: kind.to_owned(),
        v,
        reason: e.to_string(),
    };
    if v > current_version(kind) || !known(stream, kind) {
        let data = serde_json::from_str(data).map_err(fail)?;
        return Ok(Body::Unknown(UnknownBody {
            kind: kind.to_owned(),
            v,
            data,
        }));
    }
    let body = match stream {
        StreamKind::Ticket => EventBody::Ticket(serde_json::from_str(data).map_err(fail)?),
        StreamKind::Customer => EventBody::Customer(serde_json::from_str(data).map_err(fail)?),
        StreamKind::User => EventBody::User(serde_json::from_str(data).map_err(fail)?),
        StreamKind::Queue => EventBody::Queue(serde_json::from_str(data).map_err(fail)?),
        StreamKind::Line => EventBody::Line(serde_json::from_str(data).map_err(fail)?),
        StreamKind::Review => EventBody::Review(serde_json::from_str(data).map_err(fail)?),
    };
    Ok(Body::Known(body))
}

/// Every kind of each stream that this program knows; the golden file in the tests pins one example of each.
#[must_use]
pub fn known(stream: StreamKind, kind: &str) -> bool {
    let kinds: &[&str] = match stream {
        StreamKind::Ticket => &[
            "ticket_opened",
            "customer_message",
            "replied",
            "spoken",
            "noted",
            "rule_overridden",
            "delivery_changed",
            "claimed",
            "released",
            "assigned",
            "transferred",
            "waiting_set",
            "resumed",
            "snoozed",
            "priority_set",
            "ticket_tagged",
            "classified",
            "tier_applied",
            "promise_made",
            "promise_settled",
            "ticket_closed",
            "reopened",
            "linked",
            "ticket_merged",
            "customer_changed",
        ],
        StreamKind::Customer => &[
            "customer_added",
            "identity_added",
            "renamed",
            "tier_set",
            "customer_tagged",
            "preference_set",
            "customer_merged",
            "customer_split",
            "erased",
        ],
        StreamKind::User => &["user_added", "role_set", "duty_set", "user_disabled"],
        StreamKind::Queue => &["queue_added", "members_set"],
        StreamKind::Line => &[
            "line_proposed",
            "line_approved",
            "line_declined",
            "line_retired",
        ],
        StreamKind::Review => &[
            "review_rated",
            "review_agreed",
            "review_appealed",
            "appeal_answered",
        ],
    };
    kinds.contains(&kind)
}
