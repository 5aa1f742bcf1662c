//! What the screen asks of the store, and what the store tells the screen.

use super::BegunCard;
use super::Caller;
use super::Conversation;
use super::Draft;
use super::DraftKey;
use super::Hit;
use super::HitSource;
use super::LinesView;
use super::LinkInfo;
use super::QualityView;
use super::QueueView;
use super::ReturnCause;
use super::ReturnChoice;
use super::Returned;
use super::Rows;
use super::Seat;
use super::Team;
use super::UnitView;
use crate::domain::command::CommandBody;
use crate::domain::ids::CommandId;
use crate::domain::ids::EventId;
use crate::domain::ids::LineId;
use crate::domain::ids::ReviewId;
use crate::domain::ids::TicketId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::LineState;
use crate::text::SafeText;
use uuid::Uuid;

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
    /// The agent looked at what was decided about their lines.
    LinesSeen,
    /// The user looked at their own reviews.
    ReviewsSeen,
    /// Keep a card that was begun, or let it go.
    KeepCard {
        /// Whose review.
        review: ReviewId,
        /// The card; absent when it was handed in.
        card: Option<Box<BegunCard>>,
    },
    /// Draw anew what is to be reviewed this month, or in this one (as 2026-11).
    ReviewsDue {
        /// Which month.
        month: Option<String>,
    },
    /// Show what is reviewed: the words on this ticket up to this record.
    Unit {
        /// Generation.
        generation: u64,
        /// Which ticket.
        ticket: TicketId,
        /// The record.
        source: EventId,
    },
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
    /// Lines of the team, and how lines did.
    Lines(Box<LinesView>),
    /// A lead decided a line of this desk's agent.
    LineAnswered {
        /// Which.
        line: LineId,
        /// How.
        state: LineState,
        /// Its words.
        text: SafeText,
        /// The lead's word back; empty when it was approved.
        word: SafeText,
    },
    /// Reviews, and what is due.
    Quality(Box<QualityView>),
    /// The words under review asked for last.
    Unit(Box<UnitView>),
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
    /// This file of the desk was written by a newer program and is left alone.
    Newer(String),
    /// Anything else; the words come from the system.
    Other(String),
}
