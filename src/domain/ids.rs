//! Names of things: typed identifiers and streams.
//!
//! All identifiers are UUIDs; the ones a desk makes are version 7, so that they sort by time and can be made offline.
//! Nothing here makes an identifier: callers pass them in, which keeps the pure rooms replayable.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }
    };
}

id!(
    /// Names one ticket.
    TicketId
);
id!(
    /// Names one customer.
    CustomerId
);
id!(
    /// Names one user (an account; "agent" is a role).
    UserId
);
id!(
    /// Names one queue.
    QueueId
);
id!(
    /// Names one command; made at the desk, the key of exactly-once sending (mission SY4).
    CommandId
);
id!(
    /// Names one promise in the ledger.
    PromiseId
);
id!(
    /// Names one line that the team proposed for the playbook (mission AN5).
    LineId
);
id!(
    /// Names the review of one reply or spoken record (method 3.14).
    ReviewId
);

/// The name space of the names of reviews.
const REVIEWS: Uuid = Uuid::from_u128(0x6261_6c6d_0000_5000_8000_7265_7669_6577);

impl ReviewId {
    /// The review of this reply or spoken record: whoever rates it, at whatever desk, rates in the same place.
    #[must_use]
    pub fn of(source: EventId) -> Self {
        Self(Uuid::new_v5(&REVIEWS, source.to_string().as_bytes()))
    }
}

/// Names one event: the command that caused it and its place in that command's answer.
///
/// Because both parts are known before the server has answered, an event keeps its name when a prediction is confirmed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct EventId {
    /// The command that caused the event.
    pub command: CommandId,
    /// The event's place among the events of that command, from 0.
    pub index: u16,
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.command, self.index)
    }
}

/// A text that is not an event id.
#[derive(Debug, thiserror::Error)]
#[error("not an event id: expected <uuid>.<index>")]
pub struct BadEventId;

impl FromStr for EventId {
    type Err = BadEventId;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let (command, index) = s.split_once('.').ok_or(BadEventId)?;
        if index.is_empty() || !index.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BadEventId);
        }
        Ok(Self {
            command: command.parse().map_err(|_| BadEventId)?,
            index: index.parse().map_err(|_| BadEventId)?,
        })
    }
}

impl Serialize for EventId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EventId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The kinds of streams that balm's log holds (design 1).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum StreamKind {
    /// One complaint from opening to closing.
    Ticket,
    /// One customer.
    Customer,
    /// One account of a member of the team.
    User,
    /// One queue.
    Queue,
    /// One line that the team proposed for the playbook.
    Line,
    /// The review of one reply or spoken record.
    Review,
}

impl StreamKind {
    /// The stable number under which the kind is stored.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Ticket => 1,
            Self::Customer => 2,
            Self::User => 3,
            Self::Queue => 4,
            Self::Line => 5,
            Self::Review => 6,
        }
    }

    /// The kind stored under `code`, if this program knows it.
    #[must_use]
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            1 => Some(Self::Ticket),
            2 => Some(Self::Customer),
            3 => Some(Self::User),
            4 => Some(Self::Queue),
            5 => Some(Self::Line),
            6 => Some(Self::Review),
            _ => None,
        }
    }
}

/// Names one append-only stream of events.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, ToSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Stream {
    /// What kind of thing the stream tells of.
    pub kind: StreamKind,
    /// Which one.
    pub id: Uuid,
}

impl From<TicketId> for Stream {
    fn from(id: TicketId) -> Self {
        Self {
            kind: StreamKind::Ticket,
            id: id.0,
        }
    }
}
impl From<CustomerId> for Stream {
    fn from(id: CustomerId) -> Self {
        Self {
            kind: StreamKind::Customer,
            id: id.0,
        }
    }
}
impl From<UserId> for Stream {
    fn from(id: UserId) -> Self {
        Self {
            kind: StreamKind::User,
            id: id.0,
        }
    }
}
impl From<QueueId> for Stream {
    fn from(id: QueueId) -> Self {
        Self {
            kind: StreamKind::Queue,
            id: id.0,
        }
    }
}
impl From<LineId> for Stream {
    fn from(id: LineId) -> Self {
        Self {
            kind: StreamKind::Line,
            id: id.0,
        }
    }
}
impl From<ReviewId> for Stream {
    fn from(id: ReviewId) -> Self {
        Self {
            kind: StreamKind::Review,
            id: id.0,
        }
    }
}
