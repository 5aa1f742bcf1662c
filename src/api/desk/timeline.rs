//! The conversation: one timeline over all tickets of a customer, the customer beside it, drafts.

use super::Row;
use crate::domain::ids::EventId;
use crate::domain::ids::PromiseId;
use crate::domain::ids::QueueId;
use crate::domain::ids::TicketId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::Act;
use crate::domain::vocabulary::Channel;
use crate::domain::vocabulary::Deed;
use crate::domain::vocabulary::Delivery;
use crate::domain::vocabulary::IdentityKind;
use crate::domain::vocabulary::LineState;
use crate::domain::vocabulary::Priority;
use crate::domain::vocabulary::PromiseState;
use crate::text::RawText;
use crate::text::SafeText;
use std::sync::Arc;

/// How an entry of the timeline reached or left us.
#[derive(Clone, PartialEq, Debug)]
pub enum EntryKind {
    /// The customer's words.
    Customer {
        /// How.
        channel: Channel,
    },
    /// A reply.
    Reply {
        /// How.
        channel: Channel,
        /// Where it is; absent once delivered.
        delivery: Option<Delivery>,
    },
    /// Said on the phone.
    Spoken,
    /// An internal note.
    Note,
    /// Anything else, told in words by the view: the event's kind and what it names.
    Happening(Happening),
    /// An event that needs a newer balm.
    NeedsNewer,
}

/// Reasons for breaking a rule that are given often, by the stable name under which they are recorded; their words are
/// `override-<name>` in the locale files.
pub const OVERRIDE_REASONS: &[&str] =
    &["not_a_promise", "misread", "customer_asked", "lead_agreed"];

/// What else can happen, ready to be put into words.
#[derive(Clone, PartialEq, Debug)]
pub enum Happening {
    /// Ticket opened.
    Opened,
    /// Somebody took it.
    Claimed,
    /// Given back.
    Released,
    /// Given to somebody.
    Assigned {
        /// Their name.
        to: SafeText,
    },
    /// Moved to a queue.
    Transferred {
        /// Its id.
        to: QueueId,
    },
    /// Waits.
    Waiting {
        /// When the customer hears next.
        next_contact: Ms,
    },
    /// Goes on.
    Resumed,
    /// Set aside.
    Snoozed {
        /// Until when.
        until: Ms,
    },
    /// Something about its labels changed.
    Labelled {
        /// The labels, joined.
        what: SafeText,
    },
    /// Its urgency changed.
    Priority {
        /// To this.
        to: Priority,
    },
    /// A promise was made.
    Promised {
        /// What.
        deed: Deed,
        /// By when.
        due: Ms,
    },
    /// A promise ended.
    PromiseSettled {
        /// How.
        state: PromiseState,
    },
    /// Closed; the reason's stable name.
    Closed {
        /// The reason's stable name.
        reason: &'static str,
    },
    /// A rule of the coach was broken knowingly; the entry's text is the reason.
    Overridden {
        /// The rule's id.
        rule: SafeText,
        /// The reason, when it is one of [`OVERRIDE_REASONS`]; the entry has no text then.
        reason: Option<&'static str>,
    },
    /// Lives again.
    Reopened,
    /// Tied to or merged into another ticket.
    Tied {
        /// The other.
        other: TicketId,
    },
    /// A delivery state changed to failed.
    DeliveryFailed,
    /// Belongs to another customer record.
    CustomerChanged,
    /// A line of the team was decided; only in what a conflict shows.
    LineDecided {
        /// How.
        state: LineState,
    },
}

/// One entry of the timeline.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The event behind it.
    pub id: EventId,
    /// On which ticket.
    pub ticket: TicketId,
    /// That ticket's number.
    pub number: Option<u64>,
    /// When it happened.
    pub at: Ms,
    /// The log position; 0 while it waits in the outbox.
    pub position: u64,
    /// Who: a colleague's or the customer's name; empty for the system.
    pub who: SafeText,
    /// What.
    pub kind: EntryKind,
    /// The words; empty if there are none or they were deleted on request.
    pub text: SafeText,
    /// Names of files that came along.
    pub attachments: Vec<SafeText>,
    /// Whether it is only predicted, not yet confirmed by the server.
    pub pending: bool,
    /// The playbook lines in the words, by name and version.
    pub lines: Vec<String>,
}

/// An address as shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardIdentity {
    /// What kind.
    pub kind: IdentityKind,
    /// The value.
    pub value: SafeText,
}

/// The customer beside the ticket.
#[derive(Clone, PartialEq, Debug)]
pub struct CustomerCard {
    /// The head.
    pub head: crate::domain::people::Customer,
    /// The name; empty if unknown.
    pub name: SafeText,
    /// Addresses.
    pub identities: Vec<CardIdentity>,
    /// How many tickets we know of.
    pub tickets: u32,
    /// How many of them are open.
    pub open: u32,
    /// How many promises to them were settled late or are late now.
    pub broken_promises: u32,
}

/// A draft of this agent.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What it belongs to.
    pub key: DraftKey,
    /// The words.
    pub text: String,
    /// Where the caret stands, in bytes.
    pub caret: usize,
    /// The playbook parts put in, for acts and promises.
    pub parts: Vec<DraftPart>,
    /// When it was last saved.
    pub saved_at: Ms,
    /// The log position of the ticket when the draft was begun ("arrived since you began").
    pub began_position: u64,
}

/// What a draft belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum DraftKey {
    /// A reply on a ticket.
    Reply(TicketId),
    /// An internal note on a ticket.
    Note(TicketId),
    /// A call being taken; the ticket's future id.
    Intake(TicketId),
}

/// A playbook part in a draft.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub struct DraftPart {
    /// The words as inserted; if they no longer stand in the draft, the part no longer counts.
    pub text: String,
    /// What they do.
    pub acts: Vec<Act>,
    /// The promise in them.
    pub promise: Option<DraftPromise>,
    /// The playbook line they are, by name and version; empty for what is none.
    #[serde(default)]
    pub line: String,
}

/// A promise in a playbook part.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub struct DraftPromise {
    /// The promise's future id.
    pub id: PromiseId,
    /// What.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
}

/// Everything the ticket screen shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Conversation {
    /// The request answered; 0 for a push because something changed.
    pub generation: u64,
    /// The row of the ticket.
    pub row: Arc<Row>,
    /// The customer.
    pub customer: Option<CustomerCard>,
    /// One timeline over all tickets of this customer, oldest first.
    pub entries: Arc<[Entry]>,
    /// Whether older entries can be fetched from the server.
    pub more: bool,
    /// Whether the server was asked for them and could not be reached.
    pub more_offline: bool,
    /// The reply draft, if there is one.
    pub reply: Option<Draft>,
    /// The note draft, if there is one.
    pub note: Option<Draft>,
    /// Who else looks at it; absent while unknown (offline).
    pub viewers: Option<Vec<Viewer>>,
}

/// A colleague at the same ticket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Viewer {
    /// Name.
    pub name: SafeText,
    /// Whether writing.
    pub writing: bool,
}

impl Draft {
    /// The words as they will travel.
    #[must_use]
    pub fn raw(&self) -> RawText {
        RawText::new(self.text.clone())
    }
}
