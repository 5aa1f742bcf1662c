//! What a desk's store tells its screen, and what the screen asks of the store.
//!
//! These are read models: safe to draw, cheap to clone, already joined. `app` sends a [`DeskRequest`] as an effect and
//! gets a [`DeskAnswer`] as an event; `store` and `sync` produce them; neither side sees the other. Every answer carries
//! the generation of the request it answers, so that a late one can be dropped.

use std::sync::Arc;

use uuid::Uuid;

use crate::domain::command::{Command, CommandBody};
use crate::domain::decide::Rule;
use crate::domain::ids::{CommandId, CustomerId, EventId, PromiseId, QueueId, TicketId, UserId};
use crate::domain::people::{Queue, User};
use crate::domain::rank::Rank;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Act, Channel, Deed, Delivery, IdentityKind, PromiseState};
use crate::text::{RawText, SafeText};

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

/// The link to the server, told truthfully.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum LinkState {
    /// Not tried yet.
    #[default]
    Starting,
    /// The first picture is being fetched.
    FirstSync {
        /// Entries fetched.
        done: u64,
        /// Entries in all, estimated.
        total: u64,
    },
    /// Live.
    Online,
    /// Catching up after a gap.
    CatchingUp,
    /// Not reachable.
    Offline {
        /// Since when.
        since: Ms,
    },
    /// The server does not accept our token.
    Unauthorised,
    /// The server speaks for another log or version; the words name what to do.
    Incompatible,
}

/// Link and outbox, for the status line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LinkInfo {
    /// The link.
    pub state: LinkState,
    /// Commands waiting in the outbox.
    pub waiting: u32,
    /// Commands that came back and wait for a choice.
    pub returned: u32,
    /// When the picture on the screen was last known to be complete.
    pub fresh_at: Option<Ms>,
    /// How far this machine's clock is off the server's, in milliseconds (positive: ours is ahead).
    pub clock_off: i64,
}

/// Why a command came back.
#[derive(Clone, PartialEq, Debug)]
pub enum ReturnCause {
    /// A rule speaks against it.
    Refused {
        /// Which one.
        rule: Rule,
        /// What exactly.
        detail: Vec<String>,
    },
    /// Somebody did something meanwhile.
    Conflict {
        /// What they wrote or did, oldest first.
        with: Vec<Entry>,
    },
    /// It waited so long that a day word means another day, or the promised time cannot be kept; it was not sent.
    Stale {
        /// The time computed anew, if the calendar could tell.
        recomputed: Option<Ms>,
        /// Whether a day word changed its meaning.
        words: bool,
    },
    /// The command it follows came back.
    After(CommandId),
}

/// A command that came back; its words are kept until the agent chooses.
#[derive(Clone, PartialEq, Debug)]
pub struct Returned {
    /// The command.
    pub command: Arc<Command>,
    /// Why.
    pub cause: ReturnCause,
    /// When it came back.
    pub at: Ms,
    /// The ticket's number or mark, if it is about one.
    pub number: Option<u64>,
    /// The caller's name.
    pub caller: SafeText,
}

/// What an agent does with a command that came back. Each choice that sends makes a new command id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReturnChoice {
    /// Send it all the same (a new command, against the present state).
    SendAnyway,
    /// Put its words back into the draft to be rewritten.
    Rewrite,
    /// Keep its words as an internal note for whoever goes on.
    KeepAsNote,
    /// Let it go (asked twice for words).
    Discard,
}

/// A hit of the palette or search.
#[derive(Clone, PartialEq, Debug)]
pub enum Hit {
    /// A ticket.
    Ticket {
        /// Which.
        ticket: TicketId,
        /// Its number.
        number: Option<u64>,
        /// Caller.
        caller: SafeText,
        /// The words around the match.
        excerpt: SafeText,
        /// When.
        at: Ms,
    },
    /// A customer.
    Customer {
        /// Which.
        customer: CustomerId,
        /// Name.
        name: SafeText,
        /// Last four digits.
        phone_last4: SafeText,
        /// Their latest ticket.
        latest: Option<TicketId>,
    },
}

/// Where hits come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HitSource {
    /// This desk's replica only.
    Desk,
    /// Desk and server merged.
    Server,
}

/// One colleague on the team screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Mate {
    /// The account.
    pub user: User,
    /// Open tickets held.
    pub open: u32,
    /// Of them past target or promise.
    pub overdue: u32,
    /// Of them due within the hour.
    pub due_soon: u32,
    /// Promises of theirs that are due today.
    pub promises_today: u32,
    /// The ticket they look at, if known.
    pub viewing: Option<TicketId>,
    /// Whether they are writing there.
    pub writing: bool,
}

/// The team screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Team {
    /// Colleagues, most burdened first.
    pub mates: Vec<Mate>,
    /// Queues with open, overdue, unassigned.
    pub queues: Vec<(Queue, u32, u32, u32)>,
}

/// Who sits at this desk.
#[derive(Clone, PartialEq, Debug)]
pub struct Seat {
    /// The account.
    pub user: User,
    /// Queues of the site.
    pub queues: Vec<Queue>,
    /// Colleagues, for assigning.
    pub users: Vec<User>,
    /// Whether the log holds the living demo.
    pub demo: bool,
}

/// What the caller's number tells.
#[derive(Clone, PartialEq, Debug)]
pub struct Caller {
    /// The customer.
    pub customer: CustomerId,
    /// Name.
    pub name: SafeText,
    /// Open tickets of that customer.
    pub open: Vec<Arc<Row>>,
}

/// What the screen asks of the store. Ids and times come from the caller.
#[derive(Clone, PartialEq, Debug)]
pub enum DeskRequest {
    /// Show this view from now on; rows are pushed whenever they change.
    SetView {
        /// Generation.
        generation: u64,
        /// Which view.
        view: QueueView,
    },
    /// Show this ticket from now on; its conversation is pushed whenever it changes. `None` shows none.
    Show {
        /// Generation.
        generation: u64,
        /// Which ticket.
        ticket: Option<TicketId>,
    },
    /// Fetch older history of the shown ticket's customer.
    Older {
        /// Generation.
        generation: u64,
    },
    /// Put commands into the outbox, each naming the one before it in `after` when `chained`.
    Submit {
        /// New ids, one a command.
        ids: Vec<CommandId>,
        /// What is asked.
        bodies: Vec<CommandBody>,
        /// When it happened.
        at: Ms,
        /// Whether each depends on the one before.
        chained: bool,
        /// The draft that becomes void in the same transaction.
        clears: Option<DraftKey>,
    },
    /// Keep this draft (an empty text deletes it).
    SaveDraft(Draft),
    /// The agent looked at this ticket.
    Seen {
        /// Which.
        ticket: TicketId,
    },
    /// Search words in messages, names, numbers, phones.
    Search {
        /// Generation.
        generation: u64,
        /// Words.
        words: String,
        /// Most hits.
        limit: u16,
    },
    /// Look a caller's number up.
    LookUp {
        /// Generation.
        generation: u64,
        /// As typed.
        number: String,
    },
    /// Tell the server where this agent looks.
    Presence {
        /// At which ticket.
        ticket: Option<TicketId>,
        /// Writing.
        writing: bool,
    },
    /// Show the team from now on (pushed), or no longer.
    Team(bool),
    /// Show what came back.
    ListReturned,
    /// Choose for a command that came back. `fresh` are ids for new commands.
    Resolve {
        /// Which command.
        command: CommandId,
        /// What to do.
        choice: ReturnChoice,
        /// A new id.
        fresh: Uuid,
        /// The time to promise instead, when it came back stale and is sent anyway.
        due: Option<Ms>,
        /// When.
        at: Ms,
    },
    /// Try the line again now.
    Retry,
    /// Write everything to disk now (screen change, suspend, quit).
    Flush,
}

/// What the store tells the screen.
#[derive(Clone, PartialEq, Debug)]
pub enum DeskAnswer {
    /// Who sits here and what the site looks like.
    Seat(Box<Seat>),
    /// Rows of the view set last.
    Rows(Rows),
    /// The ticket shown last.
    Conversation(Box<Conversation>),
    /// The ticket asked for is not on this desk and the server could not be asked.
    NotHere {
        /// Generation.
        generation: u64,
        /// Which.
        ticket: TicketId,
    },
    /// Commands were taken into the outbox and are on disk.
    Queued {
        /// Their ids.
        ids: Vec<CommandId>,
    },
    /// A command was refused at once by the desk's own `decide`; its words are still in the draft.
    RefusedHere {
        /// Which.
        id: CommandId,
        /// Why.
        cause: ReturnCause,
    },
    /// The server accepted a command.
    Confirmed {
        /// Which.
        id: CommandId,
    },
    /// A draft is on disk.
    DraftSaved {
        /// Which.
        key: DraftKey,
        /// When.
        at: Ms,
    },
    /// All drafts of this agent.
    Drafts(Vec<Draft>),
    /// Hits.
    Hits {
        /// Generation.
        generation: u64,
        /// The hits.
        hits: Vec<Hit>,
        /// From where.
        source: HitSource,
    },
    /// What a number told.
    Callers {
        /// Generation.
        generation: u64,
        /// Possibly several: one phone may belong to more than one customer.
        callers: Vec<Caller>,
    },
    /// Team.
    Team(Box<Team>),
    /// What came back.
    Returned(Vec<Returned>),
    /// Link and outbox.
    Link(LinkInfo),
    /// Something at this desk failed that the agent must know (disk full, read-only folder); nothing typed is lost
    /// while the program runs.
    Trouble(Trouble),
    /// Something new arrived for this agent (for the number in the corner; never steals focus).
    Arrived {
        /// On which ticket.
        ticket: TicketId,
    },
    /// Everything asked to be written is on disk.
    Flushed,
}

/// What can go wrong at a desk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The disk is full: drafts and commands stay in memory.
    DiskFull,
    /// The data folder cannot be written.
    ReadOnly,
    /// The replica was damaged and is being fetched again; outbox and drafts are whole.
    ReplicaDamaged,
    /// The outbox file is damaged; it was set aside under this name and a new one begun.
    OutboxDamaged(String),
    /// Anything else; the words come from the system.
    Other(String),
}

impl Draft {
    /// The words as they will travel.
    #[must_use]
    pub fn raw(&self) -> RawText {
        RawText::new(self.text.clone())
    }
}
