//! The queue as rows, lists and counts.

use crate::domain::ids::QueueId;
use crate::domain::ids::UserId;
use crate::domain::rank::Rank;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::text::SafeText;
use std::sync::Arc;

/// One row of the queue.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The folded ticket, predictions included.
    pub ticket: Ticket,
    /// Its place, the reason, and until when that holds.
    pub rank: Rank,
    /// When the resolution target ends, if the calendar could tell.
    pub due: Option<Ms>,
    /// The customer's name; empty if unknown.
    pub caller: SafeText,
    /// The last four digits of the customer's phone; empty if none.
    pub phone_last4: SafeText,
    /// The latest words, one line.
    pub excerpt: SafeText,
    /// The name of who holds it; empty if nobody.
    pub holder: SafeText,
    /// Whether something arrived since this agent last looked.
    pub unread: bool,
    /// Whether this agent has a draft here.
    pub draft: bool,
    /// Whether something of this ticket still waits in the outbox.
    pub pending: bool,
}

/// What to show in a list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum List {
    /// Everything open that this agent may see, in rank order.
    #[default]
    Queue,
    /// Mine.
    Mine,
    /// Held by nobody.
    Unassigned,
    /// Held by that colleague.
    Of(UserId),
    /// Of that queue.
    InQueue(QueueId),
    /// Past the resolution target or a promise.
    Overdue,
    /// Due within the hour.
    DueSoon,
    /// Repeat complaints.
    Repeat,
    /// With a promise due today.
    PromisesToday,
    /// With drafts of mine.
    Drafts,
    /// With something new since I last looked.
    Unread,
    /// Whatever needs me: mine and late, returned from the outbox, failed deliveries, promises of mine due within the hour.
    NeedsMe,
}

/// A view of the queue: which list, narrowed by words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct QueueView {
    /// Which list.
    pub list: List,
    /// Only rows that match these words (caller, number, tags, item, excerpt, pinyin initials); empty for all.
    pub words: String,
}

/// The counts of the strip; each opens its list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Strip {
    /// Open tickets.
    pub open: u32,
    /// Past target or promise.
    pub overdue: u32,
    /// Due within the hour.
    pub due_soon: u32,
    /// Repeat complaints.
    pub repeat: u32,
    /// Held by nobody.
    pub unassigned: u32,
    /// Promises due today.
    pub promises_today: u32,
    /// Needs me.
    pub needs_me: u32,
    /// Unread.
    pub unread: u32,
    /// My drafts.
    pub drafts: u32,
}

/// The rows of a view, in order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rows {
    /// The request answered.
    pub generation: u64,
    /// Which view.
    pub view: QueueView,
    /// Rows in rank order.
    pub rows: Arc<[Arc<Row>]>,
    /// Counts over everything this agent may see.
    pub strip: Strip,
    /// When the counts and ranks were computed.
    pub as_of: Ms,
}
