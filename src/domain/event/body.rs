//! What can happen, one enum a stream kind. Field order and names are stored for ever: add, never change.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::ids::{CustomerId, EventId, PromiseId, QueueId, TicketId, UserId};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{
    Act, Channel, CloseReason, Deed, Delivery, Duty, LinePart, Origin, Priority, PromiseState,
    Relation, ReopenReason, Role, Tier, WaitReason,
};
use crate::text::RawText;

/// The body of an event this program knows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum EventBody {
    /// Something happened to a ticket.
    Ticket(TicketEvent),
    /// Something happened to a customer record.
    Customer(CustomerEvent),
    /// Something happened to an account.
    User(UserEvent),
    /// Something happened to a queue.
    Queue(QueueEvent),
    /// Something happened to a line that the team proposed for the playbook.
    Line(LineEvent),
    /// Something happened to the review of a reply.
    Review(super::ReviewEvent),
}

/// What can happen to a ticket.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TicketEvent {
    /// It came into being; the complaint's words follow as a message of their own.
    #[serde(rename = "ticket_opened")]
    Opened {
        /// The number people say to each other; given by the server, absent in a prediction.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u64>,
        /// Whose complaint.
        customer: CustomerId,
        /// Where it waits.
        queue: QueueId,
        /// How it came.
        channel: Channel,
        /// The customer's tier at that time.
        tier: Tier,
        /// Whether the customer is marked vulnerable (clock at most 0.75 of base).
        vulnerable: bool,
        /// The closed ticket that this one repeats, if it does (method 3.13).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeat_of: Option<TicketId>,
        /// The how-manyeth ticket of this customer, from 1 (mission HE6).
        contact: u32,
        /// The item proposed from the text, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// Whether the caller is on the line.
        live: bool,
        /// Where it came from, when not from a desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// The customer wrote or said something. Payload: text, attachments.
    CustomerMessage {
        /// How.
        channel: Channel,
        /// Where it came from, when not from a desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
        /// How many files came along.
        attachments: u16,
    },
    /// A reply was handed to the channel. Payload: text.
    Replied {
        /// How.
        channel: Channel,
        /// What the words do, from the playbook parts in them.
        acts: Vec<Act>,
        /// The playbook lines that were put in, by name and version; how a line does is counted by them.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<String>,
        /// Where it came from, when not from a desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// Something was said on the phone. Payload: text.
    Spoken {
        /// What the words did.
        acts: Vec<Act>,
        /// The playbook lines that were said, by name and version.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lines: Vec<String>,
    },
    /// An internal note; never reaches the customer. Payload: text.
    Noted {},
    /// A rule of the coach was broken knowingly. Payload: the reason as text.
    RuleOverridden {
        /// The rule's id.
        rule: String,
        /// The event that broke it.
        #[schema(value_type = String)]
        by: EventId,
    },
    /// An outgoing reply moved on in its channel.
    DeliveryChanged {
        /// The reply.
        #[schema(value_type = String)]
        message: EventId,
        /// Where it is now.
        state: Delivery,
        /// The channel's own reason, when it failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// An agent took it.
    Claimed {
        /// Who.
        user: UserId,
    },
    /// It went back to its queue.
    Released {
        /// Who held it.
        user: UserId,
        /// Whether by signing off rather than by choice.
        sign_off: bool,
    },
    /// A lead gave it to somebody, or took it over.
    Assigned {
        /// Who holds it from now on.
        user: UserId,
    },
    /// It moved to another queue.
    Transferred {
        /// From where.
        from: QueueId,
        /// To where.
        to: QueueId,
    },
    /// It waits for somebody else.
    WaitingSet {
        /// For whom.
        reason: WaitReason,
        /// When the customer hears from us next, whatever happens.
        next_contact: Ms,
    },
    /// It no longer waits or sleeps.
    Resumed {},
    /// It sleeps until a time; its clocks go on.
    Snoozed {
        /// Until when.
        until: Ms,
    },
    /// The team's view of its urgency changed.
    PrioritySet {
        /// To what.
        priority: Priority,
    },
    /// Tags came and went.
    TicketTagged {
        /// New tags.
        add: Vec<String>,
        /// Tags that went.
        remove: Vec<String>,
    },
    /// A person confirmed or changed its item.
    Classified {
        /// The item.
        item: ItemId,
    },
    /// The customer's tier or vulnerability changed while it was open.
    TierApplied {
        /// Tier now.
        tier: Tier,
        /// Vulnerable now.
        vulnerable: bool,
    },
    /// A time was said to the customer. Payload: the sentence as said.
    PromiseMade {
        /// The promise's name.
        promise: PromiseId,
        /// What will be done.
        deed: Deed,
        /// By when.
        due: Ms,
        /// The reply or spoken record that holds the sentence.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        source: Option<EventId>,
    },
    /// A promise was kept, replaced or withdrawn.
    PromiseSettled {
        /// Which one.
        promise: PromiseId,
        /// How it ended.
        state: PromiseState,
        /// The event that proves it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        evidence: Option<EventId>,
    },
    /// It ended.
    #[serde(rename = "ticket_closed")]
    Closed {
        /// Why.
        reason: CloseReason,
    },
    /// It lives again.
    Reopened {
        /// Why.
        reason: ReopenReason,
    },
    /// It was tied to another ticket.
    Linked {
        /// The other one.
        other: TicketId,
        /// How they relate.
        relation: Relation,
    },
    /// Its life goes on in another ticket.
    #[serde(rename = "ticket_merged")]
    Merged {
        /// Which one.
        into: TicketId,
    },
    /// It belongs to another customer record from now on (merge or split of customers).
    CustomerChanged {
        /// Whose it is now.
        customer: CustomerId,
    },
}

/// What can happen to a customer record.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CustomerEvent {
    /// It came into being. Payload: name, identities.
    CustomerAdded {
        /// Value tier.
        tier: Tier,
        /// Whether clocks must be at most 0.75 of base.
        vulnerable: bool,
        /// Where it came from, when not from a desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// An address was learnt. Payload: identities.
    IdentityAdded {},
    /// The name was corrected. Payload: name.
    Renamed {},
    /// Tier or vulnerability changed.
    TierSet {
        /// Tier now.
        tier: Tier,
        /// Vulnerable now.
        vulnerable: bool,
    },
    /// Tags came and went.
    CustomerTagged {
        /// New tags.
        add: Vec<String>,
        /// Tags that went.
        remove: Vec<String>,
        /// Who told us.
        source: String,
    },
    /// A wish of the customer was noted (mission KN2).
    PreferenceSet {
        /// Which wish, such as `channel` or `contact_hours`.
        key: String,
        /// What they want; empty takes it back.
        value: String,
        /// Who told us.
        source: String,
    },
    /// The record turned out to be the same person as another.
    #[serde(rename = "customer_merged")]
    Merged {
        /// The record that lives on.
        into: CustomerId,
    },
    /// Part of the record turned out to be another person. Payload: the identities that went.
    #[serde(rename = "customer_split")]
    Split {
        /// The new record.
        into: CustomerId,
        /// The tickets that went with it.
        tickets: Vec<TicketId>,
    },
    /// All personal values were deleted on request; what happened stays, who and what was said is gone.
    Erased {},
}

/// What can happen to an account.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum UserEvent {
    /// It came into being.
    UserAdded {
        /// The name to sign in with.
        login: String,
        /// The name colleagues and customers see.
        name: String,
        /// What it may do.
        role: Role,
    },
    /// Its role changed.
    RoleSet {
        /// To what.
        role: Role,
    },
    /// The person said how available they are.
    DutySet {
        /// How.
        duty: Duty,
    },
    /// It may no longer sign in.
    UserDisabled {},
}

/// What can happen to a queue.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum QueueEvent {
    /// It came into being.
    QueueAdded {
        /// Short stable name.
        slug: String,
        /// Name in Chinese.
        zh: String,
        /// Name in English.
        en: String,
    },
    /// Who works it changed.
    MembersSet {
        /// Everybody who works it now.
        members: Vec<UserId>,
    },
}

/// What can happen to a line that the team proposed (mission AN5). Its words are content, not a customer's: they are masked
/// of personal data before they get here, and a line that still holds some is refused by the coach's rule.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LineEvent {
    /// An agent proposed it.
    LineProposed {
        /// What it is for.
        part: LinePart,
        /// The item it helps with.
        item: ItemId,
        /// Its language.
        lang: Lang,
        /// The feeling it was said to, 0 (calm) to 3 (furious).
        feeling: u8,
        /// The words; slots stand in braces.
        #[schema(value_type = String)]
        text: RawText,
        /// The ticket on which it was said first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<TicketId>,
        /// The reply or spoken record it was taken from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>)]
        source: Option<EventId>,
    },
    /// A lead took it into the playbook; again with other words, it is the next version.
    LineApproved {
        /// The words in force from now on.
        #[schema(value_type = String)]
        text: RawText,
    },
    /// A lead declined it.
    LineDeclined {
        /// The word back to its author.
        #[schema(value_type = String)]
        word: RawText,
    },
    /// A lead took it out of the playbook.
    LineRetired {
        /// Why.
        #[schema(value_type = String)]
        word: RawText,
    },
}

impl From<LineEvent> for EventBody {
    fn from(e: LineEvent) -> Self {
        Self::Line(e)
    }
}
impl From<TicketEvent> for EventBody {
    fn from(e: TicketEvent) -> Self {
        Self::Ticket(e)
    }
}
impl From<CustomerEvent> for EventBody {
    fn from(e: CustomerEvent) -> Self {
        Self::Customer(e)
    }
}
impl From<UserEvent> for EventBody {
    fn from(e: UserEvent) -> Self {
        Self::User(e)
    }
}
impl From<QueueEvent> for EventBody {
    fn from(e: QueueEvent) -> Self {
        Self::Queue(e)
    }
}
