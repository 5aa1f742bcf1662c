//! Customers, users and queues: what `fold` makes of their streams. Names and addresses of customers are not here.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::event::{Body, CustomerEvent, Event, EventBody, QueueEvent, UserEvent};
use super::ids::{CustomerId, QueueId, UserId};
use super::ticket::edit_tags;
use super::time::Ms;
use super::vocabulary::{Duty, Role, Tier};

/// A tag or wish with where it came from and when (mission KN2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Preference {
    /// Which wish.
    pub key: String,
    /// What they want.
    pub value: String,
    /// Who told us.
    pub source: String,
    /// When.
    pub at: Ms,
}

/// A customer's head.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Customer {
    /// Its name.
    pub id: CustomerId,
    /// Value tier.
    pub tier: Tier,
    /// Whether clocks must be at most 0.75 of base.
    pub vulnerable: bool,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Wishes, in the order they were first told.
    pub preferences: Vec<Preference>,
    /// The record it lives on in, if it was merged.
    pub merged_into: Option<CustomerId>,
    /// Whether its personal values were deleted on request.
    pub erased: bool,
    /// Since when we know them.
    pub since: Ms,
    /// How many events of the stream are folded in.
    pub version: u32,
    /// The log position of the last of them.
    pub position: u64,
}

impl Customer {
    /// The record that its first event makes; nothing, if the event is no adding.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let Body::Known(EventBody::Customer(CustomerEvent::CustomerAdded {
            tier, vulnerable, ..
        })) = &event.body
        else {
            return None;
        };
        Some(Self {
            id: CustomerId(event.stream.id),
            tier: *tier,
            vulnerable: *vulnerable,
            tags: Vec::new(),
            preferences: Vec::new(),
            merged_into: None,
            erased: false,
            since: event.occurred_at,
            version: event.version,
            position: event.position,
        })
    }

    /// Folds one more event in.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.version;
        self.position = event.position;
        let Body::Known(EventBody::Customer(body)) = &event.body else {
            return;
        };
        match body {
            CustomerEvent::TierSet { tier, vulnerable } => {
                self.tier = *tier;
                self.vulnerable = *vulnerable;
            }
            CustomerEvent::CustomerTagged { add, remove, .. } => {
                edit_tags(&mut self.tags, add, remove)
            }
            CustomerEvent::PreferenceSet { key, value, source } => {
                self.preferences.retain(|p| p.key != *key);
                if !value.is_empty() {
                    self.preferences.push(Preference {
                        key: key.clone(),
                        value: value.clone(),
                        source: source.clone(),
                        at: event.occurred_at,
                    });
                }
            }
            CustomerEvent::Merged { into } => self.merged_into = Some(*into),
            CustomerEvent::Erased {} => self.erased = true,
            CustomerEvent::CustomerAdded { .. }
            | CustomerEvent::IdentityAdded {}
            | CustomerEvent::Renamed {}
            | CustomerEvent::Split { .. } => {}
        }
    }
}

/// A user's head. Names of colleagues are not personal values of customers and stand here.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// Its name.
    pub id: UserId,
    /// The name to sign in with.
    pub login: String,
    /// The name colleagues and customers see.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// How available the person is.
    pub duty: Duty,
    /// Since when.
    pub duty_since: Ms,
    /// Whether it may no longer sign in.
    pub disabled: bool,
    /// How many events of the stream are folded in.
    pub version: u32,
    /// The log position of the last of them.
    pub position: u64,
}

impl User {
    /// The account that its first event makes; nothing, if the event is no adding.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let Body::Known(EventBody::User(UserEvent::UserAdded { login, name, role })) = &event.body
        else {
            return None;
        };
        Some(Self {
            id: UserId(event.stream.id),
            login: login.clone(),
            name: name.clone(),
            role: *role,
            duty: Duty::Off,
            duty_since: event.occurred_at,
            disabled: false,
            version: event.version,
            position: event.position,
        })
    }

    /// Folds one more event in.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.version;
        self.position = event.position;
        let Body::Known(EventBody::User(body)) = &event.body else {
            return;
        };
        match body {
            UserEvent::UserAdded { .. } => {}
            UserEvent::RoleSet { role } => self.role = *role,
            UserEvent::DutySet { duty } => {
                (self.duty, self.duty_since) = (*duty, event.occurred_at)
            }
            UserEvent::UserDisabled {} => self.disabled = true,
        }
    }
}

/// A queue's head.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    /// Its name.
    pub id: QueueId,
    /// Short stable name.
    pub slug: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// Everybody who works it.
    pub members: Vec<UserId>,
    /// How many events of the stream are folded in.
    pub version: u32,
    /// The log position of the last of them.
    pub position: u64,
}

impl Queue {
    /// The queue that its first event makes; nothing, if the event is no adding.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let Body::Known(EventBody::Queue(QueueEvent::QueueAdded { slug, zh, en })) = &event.body
        else {
            return None;
        };
        Some(Self {
            id: QueueId(event.stream.id),
            slug: slug.clone(),
            zh: zh.clone(),
            en: en.clone(),
            members: Vec::new(),
            version: event.version,
            position: event.position,
        })
    }

    /// Folds one more event in.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.version;
        self.position = event.position;
        if let Body::Known(EventBody::Queue(QueueEvent::MembersSet { members })) = &event.body {
            self.members.clone_from(members);
        }
    }
}
