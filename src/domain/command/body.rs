//! What can be asked, one variant a command kind. Names are stable for ever.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::parts::{NewCustomer, Override, PromiseDraft};
use super::review::ReviewAct;
use crate::domain::ids::{
    CustomerId, EventId, LineId, PromiseId, QueueId, ReviewId, TicketId, UserId,
};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{
    Act, Attachment, Channel, CloseReason, Delivery, Duty, Identity, LinePart, Origin, Priority,
    PromiseState, Relation, ReopenReason, Role, Tier, WaitReason,
};
use crate::text::RawText;

/// What is asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum CommandBody {
    /// A complaint came in (fact).
    OpenTicket {
        /// The ticket's name.
        ticket: TicketId,
        /// Whose complaint.
        customer: CustomerId,
        /// The customer's record, if there is none yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        new_customer: Option<NewCustomer>,
        /// Where it should wait.
        queue: QueueId,
        /// How it came.
        channel: Channel,
        /// The complaint's words.
        #[schema(value_type = String, min_length = 1, max_length = 2_000_000)]
        text: RawText,
        /// Files that came along.
        #[serde(default)]
        #[schema(max_items = 32)]
        attachments: Vec<Attachment>,
        /// The item proposed from the text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// Whether the caller is on the line; the opener then holds the ticket.
        #[serde(default)]
        live: bool,
        /// Where it came from, when not from a desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// The customer wrote or said something (fact).
    ReceiveMessage {
        /// On which ticket.
        ticket: TicketId,
        /// How.
        channel: Channel,
        /// Their words.
        #[schema(value_type = String, min_length = 1, max_length = 2_000_000)]
        text: RawText,
        /// Files that came along.
        #[serde(default)]
        #[schema(max_items = 32)]
        attachments: Vec<Attachment>,
        /// Where it came from, when not from a desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// Send this to the customer (wish).
    Reply {
        /// On which ticket.
        ticket: TicketId,
        /// How.
        channel: Channel,
        /// The words.
        #[schema(value_type = String, min_length = 1, max_length = 100_000)]
        text: RawText,
        /// What the words do, from the playbook parts in them.
        #[serde(default)]
        #[schema(max_items = 32)]
        acts: Vec<Act>,
        /// The playbook lines that were put in, by name and version.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schema(max_items = 32)]
        lines: Vec<String>,
        /// The times said in it.
        #[serde(default)]
        #[schema(max_items = 8)]
        promises: Vec<PromiseDraft>,
        /// The agent saw the conflict and sends it all the same.
        #[serde(default)]
        anyway: bool,
        /// The rules of the coach that it breaks knowingly.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schema(max_items = 16)]
        overrides: Vec<Override>,
        /// Where it came from, when not from a desk.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        origin: Option<Origin>,
    },
    /// This was said on the phone (fact).
    Speak {
        /// On which ticket.
        ticket: TicketId,
        /// The words.
        #[schema(value_type = String, min_length = 1, max_length = 100_000)]
        text: RawText,
        /// What the words did.
        #[serde(default)]
        #[schema(max_items = 32)]
        acts: Vec<Act>,
        /// The playbook lines that were said, by name and version.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schema(max_items = 32)]
        lines: Vec<String>,
        /// The times said in it.
        #[serde(default)]
        #[schema(max_items = 8)]
        promises: Vec<PromiseDraft>,
    },
    /// Keep this note; never reaches the customer (fact).
    Note {
        /// On which ticket.
        ticket: TicketId,
        /// The words.
        #[schema(value_type = String, min_length = 1, max_length = 100_000)]
        text: RawText,
    },
    /// A channel reports where a reply is (fact).
    Deliver {
        /// On which ticket.
        ticket: TicketId,
        /// Which reply.
        #[schema(value_type = String, pattern = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9]{1,4}$")]
        message: EventId,
        /// Where it is now.
        state: Delivery,
        /// The channel's reason, when it failed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(max_length = 500)]
        reason: Option<String>,
    },
    /// I take it (wish).
    Claim {
        /// Which ticket.
        ticket: TicketId,
    },
    /// I give it back (wish).
    Release {
        /// Which ticket.
        ticket: TicketId,
    },
    /// Give it to somebody, or take it over (wish of a lead).
    Assign {
        /// Which ticket.
        ticket: TicketId,
        /// To whom.
        to: UserId,
    },
    /// Move it to another queue (wish).
    Transfer {
        /// Which ticket.
        ticket: TicketId,
        /// Where to.
        queue: QueueId,
    },
    /// It waits for somebody else (wish).
    Wait {
        /// Which ticket.
        ticket: TicketId,
        /// For whom.
        reason: WaitReason,
        /// When the customer hears from us next, whatever happens.
        next_contact: Ms,
    },
    /// It waits or sleeps no longer (wish).
    Resume {
        /// Which ticket.
        ticket: TicketId,
    },
    /// Set it aside until then (wish).
    Snooze {
        /// Which ticket.
        ticket: TicketId,
        /// Until when.
        until: Ms,
        /// The rules of the coach that it breaks knowingly.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schema(max_items = 16)]
        overrides: Vec<Override>,
    },
    /// Change its urgency (wish).
    SetPriority {
        /// Which ticket.
        ticket: TicketId,
        /// To what.
        priority: Priority,
    },
    /// Change its tags (wish).
    Tag {
        /// Which ticket.
        ticket: TicketId,
        /// New tags.
        #[serde(default)]
        #[schema(max_items = 32)]
        add: Vec<String>,
        /// Tags to take away.
        #[serde(default)]
        #[schema(max_items = 32)]
        remove: Vec<String>,
    },
    /// Its item is this (wish).
    Classify {
        /// Which ticket.
        ticket: TicketId,
        /// The item.
        item: ItemId,
    },
    /// A time was said without a reply or spoken record of its own (fact).
    Promise {
        /// On which ticket.
        ticket: TicketId,
        /// The promise.
        promise: PromiseDraft,
    },
    /// A promise was kept, replaced or withdrawn (fact).
    SettlePromise {
        /// On which ticket.
        ticket: TicketId,
        /// Which promise.
        promise: PromiseId,
        /// How it ended.
        state: PromiseState,
        /// The event that proves it; needed for "kept".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, pattern = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9]{1,4}$")]
        evidence: Option<EventId>,
    },
    /// End it (wish).
    Close {
        /// Which ticket.
        ticket: TicketId,
        /// Why.
        reason: CloseReason,
        /// The item, confirmed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<ItemId>,
        /// The rules of the coach that it breaks knowingly.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schema(max_items = 16)]
        overrides: Vec<Override>,
    },
    /// Let it live again (wish).
    Reopen {
        /// Which ticket.
        ticket: TicketId,
        /// Why.
        reason: ReopenReason,
    },
    /// Tie two tickets (wish).
    Link {
        /// One.
        ticket: TicketId,
        /// The other.
        other: TicketId,
        /// How they relate.
        relation: Relation,
    },
    /// Let it go on in another ticket (wish).
    Merge {
        /// Which ticket ends.
        ticket: TicketId,
        /// Which one goes on.
        into: TicketId,
    },
    /// A customer is known from now on (fact).
    AddCustomer {
        /// The record's name.
        customer: CustomerId,
        /// Who it is.
        new: NewCustomer,
    },
    /// An address was learnt (fact).
    AddIdentity {
        /// Whose.
        customer: CustomerId,
        /// The address.
        identity: Identity,
    },
    /// The name was learnt or corrected (fact).
    RenameCustomer {
        /// Whose.
        customer: CustomerId,
        /// The name.
        #[schema(value_type = String, min_length = 1, max_length = 256)]
        name: RawText,
    },
    /// Change the tier (wish of a lead).
    SetTier {
        /// Whose.
        customer: CustomerId,
        /// Tier.
        tier: Tier,
        /// Vulnerable.
        vulnerable: bool,
    },
    /// Change a customer's tags (wish).
    TagCustomer {
        /// Whose.
        customer: CustomerId,
        /// New tags.
        #[serde(default)]
        #[schema(max_items = 32)]
        add: Vec<String>,
        /// Tags to take away.
        #[serde(default)]
        #[schema(max_items = 32)]
        remove: Vec<String>,
        /// Who told us.
        #[schema(min_length = 1, max_length = 64)]
        source: String,
    },
    /// Note a wish of the customer (fact).
    SetPreference {
        /// Whose.
        customer: CustomerId,
        /// Which wish.
        #[schema(min_length = 1, max_length = 64)]
        key: String,
        /// What they want; empty takes it back.
        #[schema(max_length = 500)]
        value: String,
        /// Who told us.
        #[schema(min_length = 1, max_length = 64)]
        source: String,
    },
    /// Two records are one person (wish).
    MergeCustomer {
        /// The record that ends.
        customer: CustomerId,
        /// The record that lives on.
        into: CustomerId,
    },
    /// Part of a record is another person (wish).
    SplitCustomer {
        /// The record to divide.
        customer: CustomerId,
        /// The new record's name.
        into: CustomerId,
        /// Who that is.
        new: NewCustomer,
        /// The tickets that go along.
        #[serde(default)]
        #[schema(max_items = 200)]
        tickets: Vec<TicketId>,
    },
    /// Delete all personal values of a customer on request (wish of a manager).
    EraseCustomer {
        /// Whose.
        customer: CustomerId,
    },
    /// Make an account (wish of an admin).
    AddUser {
        /// Its name.
        user: UserId,
        /// The name to sign in with.
        #[schema(min_length = 1, max_length = 64)]
        login: String,
        /// The name people see.
        #[schema(min_length = 1, max_length = 128)]
        name: String,
        /// What it may do.
        role: Role,
    },
    /// Change a role (wish of an admin).
    SetRole {
        /// Whose.
        user: UserId,
        /// To what.
        role: Role,
    },
    /// Say how available I am; "off" also gives back what I took and did not start (fact).
    SetDuty {
        /// How.
        duty: Duty,
    },
    /// Close an account (wish of an admin).
    DisableUser {
        /// Whose.
        user: UserId,
    },
    /// Make a queue (wish of an admin).
    AddQueue {
        /// Its name.
        queue: QueueId,
        /// Short stable name.
        #[schema(min_length = 1, max_length = 64)]
        slug: String,
        /// Name in Chinese.
        #[schema(min_length = 1, max_length = 64)]
        zh: String,
        /// Name in English.
        #[schema(min_length = 1, max_length = 64)]
        en: String,
    },
    /// Say who works a queue (wish of a lead).
    SetMembers {
        /// Which queue.
        queue: QueueId,
        /// Everybody who works it from now on.
        #[schema(max_items = 500)]
        members: Vec<UserId>,
    },
    /// Propose a line for everybody's playbook (wish; mission AN5).
    ProposeLine {
        /// The line's name, made at the desk.
        line: LineId,
        /// What it is for.
        part: LinePart,
        /// The item it helps with.
        item: ItemId,
        /// Its language.
        lang: Lang,
        /// The feeling it was said to, 0 (calm) to 3 (furious).
        #[serde(default)]
        #[schema(maximum = 3)]
        feeling: u8,
        /// The words, without personal values; slots stand in braces.
        #[schema(value_type = String, min_length = 1, max_length = 600)]
        text: RawText,
        /// The ticket on which it was said first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<TicketId>,
        /// The reply or spoken record it was taken from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, pattern = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[0-9]{1,4}$")]
        source: Option<EventId>,
    },
    /// Take a proposed line into the playbook, or a line there into its next version (wish of a lead).
    ApproveLine {
        /// Which line.
        line: LineId,
        /// The words as edited; absent: as they stand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(value_type = Option<String>, min_length = 1, max_length = 600)]
        text: Option<RawText>,
    },
    /// Decline a proposed line with a word back (wish of a lead).
    DeclineLine {
        /// Which line.
        line: LineId,
        /// The word back to its author.
        #[schema(value_type = String, min_length = 1, max_length = 1000)]
        word: RawText,
    },
    /// Take a line out of the playbook (wish of a lead).
    RetireLine {
        /// Which line.
        line: LineId,
        /// Why.
        #[schema(value_type = String, min_length = 1, max_length = 1000)]
        word: RawText,
    },
    /// Rate what was said to a customer, talk it over, appeal, answer (wish; method 3.14).
    Review {
        /// Which review: the one that belongs to the reply or spoken record.
        review: ReviewId,
        /// What is done.
        act: ReviewAct,
    },
}
