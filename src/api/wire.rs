//! Requests and answers of `/v1`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::command::Command;
use crate::domain::decide::Rule;
use crate::domain::event::{Event, Payload};
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, CustomerId, EventId, QueueId, ReviewId, TicketId, UserId};
use crate::domain::line::PlaybookLine;
use crate::domain::people::{Queue, User};
use crate::domain::review::{Review, Why};
use crate::domain::time::Ms;
use crate::text::RawText;

/// Most commands in one batch.
pub const MAX_BATCH: usize = 500;
/// Most items in one page of the feed or the snapshot.
pub const MAX_PAGE: u32 = 2000;

/// A batch of commands; answered one by one, in order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommandBatch {
    /// The commands, oldest first.
    #[schema(min_items = 1, max_items = 500)]
    pub commands: Vec<Command>,
}

/// The answers to a batch, in its order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct CommandAnswers {
    /// One answer a command.
    pub answers: Vec<CommandAnswer>,
}

/// The answer to one command. The same command id gets the same answer for as long as the log lives.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct CommandAnswer {
    /// Which command.
    pub id: CommandId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a command.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Outcome {
    /// It happened; its events stand in the log (none, if there was nothing to do).
    Accepted {
        /// The events, with positions.
        events: Vec<Event>,
    },
    /// A rule speaks against it.
    Refused {
        /// Which one.
        rule: Rule,
        /// What exactly.
        detail: Vec<String>,
    },
    /// Somebody did something meanwhile that the agent must see first.
    Conflict {
        /// What happened, oldest first.
        with: Vec<Event>,
    },
}

/// One thing the feed tells.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Change {
    /// An event in the reader's scope.
    Event {
        /// The event.
        event: Box<Event>,
    },
    /// A ticket entered the reader's scope; everything needed to show it.
    ScopeEnter {
        /// Its picture.
        entry: Box<SnapshotEntry>,
    },
    /// A ticket left the reader's scope; wipe it.
    ScopeLeave {
        /// Which one.
        ticket: TicketId,
    },
    /// The reader's rights changed; take a fresh snapshot.
    ScopeReset {},
}

/// A change with the cursor that stands after it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangeItem {
    /// Opaque; hand it back as `after`.
    pub cursor: String,
    /// What changed.
    pub change: Change,
}

/// A page of the feed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChangesPage {
    /// Changes, oldest first.
    pub items: Vec<ChangeItem>,
    /// Where to go on; moves even when the page holds nothing for this reader.
    pub next: String,
    /// Whether more is there right now.
    pub more: bool,
}

/// One ticket, customer, user or queue of the snapshot with what a desk shows of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct SnapshotEntry {
    /// Its head.
    pub head: Head,
    /// Its events, oldest first, if the desk mirrors them (open tickets, recent history); else empty.
    pub events: Vec<Event>,
    /// For a customer: the personal values in force, as the role may see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<Payload>,
    /// For a ticket without events: its latest words, for the row's excerpt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub excerpt: Option<RawText>,
}

/// A page of the snapshot.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct SnapshotPage {
    /// Entries; users and queues first, then customers, then tickets.
    pub entries: Vec<SnapshotEntry>,
    /// Where to go on; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The feed cursor from the moment the snapshot began: read the feed from there when the snapshot is complete.
    pub cursor: String,
    /// How many entries the whole snapshot has, for showing progress; an estimate that may move.
    pub total: u64,
}

/// Who is asking.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// The account.
    pub user: User,
    /// The queues it may see.
    pub queues: Vec<QueueId>,
    /// The log's name; another name means another server or a restored backup.
    pub log: String,
    /// The server's clock.
    pub now: Ms,
    /// The server's version.
    pub version: String,
    /// Whether the log holds the living demo.
    pub demo: bool,
}

/// Health.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// `ok` when the log can be written.
    pub status: String,
    /// The server's version.
    pub version: String,
    /// The highest log position.
    pub position: u64,
}

/// A ticket with everything that happened to it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct TicketView {
    /// The head.
    pub head: Head,
    /// Events, oldest first.
    pub events: Vec<Event>,
}

/// A page of tickets.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct TicketsPage {
    /// Heads.
    pub tickets: Vec<Head>,
    /// Where to go on; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A customer as the role may see them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct CustomerView {
    /// The head.
    pub head: Head,
    /// Name and addresses in force.
    pub personal: Payload,
}

/// Customers found.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct CustomersPage {
    /// The customers.
    pub customers: Vec<CustomerView>,
}

/// A page of a customer's history, newest first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct HistoryPage {
    /// Heads of the tickets the events belong to.
    pub tickets: Vec<Head>,
    /// Events, newest first.
    pub events: Vec<Event>,
    /// Where to go on; absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One place where the words searched for stand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct SearchHit {
    /// The ticket.
    pub ticket: TicketId,
    /// Its number.
    pub number: Option<u64>,
    /// Whose.
    pub customer: CustomerId,
    /// The event whose words match; absent when the customer's name or number did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub event: Option<EventId>,
    /// When.
    pub at: Ms,
    /// The words around the match.
    #[schema(value_type = String)]
    pub excerpt: RawText,
}

/// Hits, newest first.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct SearchPage {
    /// The hits.
    pub hits: Vec<SearchHit>,
}

/// Lines that the team proposed, as the caller may see them: leads all, others those that were approved and their own.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct LinesPage {
    /// The lines, oldest first.
    pub lines: Vec<PlaybookLine>,
}

/// A review with what was written about it, as the caller may see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReviewView {
    /// The head.
    pub review: Review,
    /// Its events, oldest first.
    pub events: Vec<Event>,
}

/// Reviews of the last year: those who rate see all, agents those of their own words that were told.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReviewsPage {
    /// The reviews, by when the words were said.
    pub reviews: Vec<ReviewView>,
}

/// A unit that is to be reviewed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct DueReview {
    /// Its review.
    pub review: ReviewId,
    /// On which ticket it was said.
    pub ticket: TicketId,
    /// The ticket's number.
    pub number: Option<u64>,
    /// The reply or spoken record with which the unit ends.
    #[schema(value_type = String)]
    pub source: EventId,
    /// Who said it.
    pub agent: UserId,
    /// When it was said.
    pub said_at: Ms,
    /// Why it is reviewed.
    pub why: Why,
    /// Whether it is drawn for two raters.
    pub second: bool,
}

/// How far the month's reviews of one agent are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReviewLoad {
    /// Whose.
    pub agent: UserId,
    /// Tickets on which they spoke in the month.
    pub units: u32,
    /// Of the month's number, rated.
    pub rated: u32,
    /// The month's number, or less if there is less.
    pub wanted: u32,
}

/// What is to be reviewed of a month.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct DuePage {
    /// The month, as 2026-11.
    pub month: String,
    /// When it was drawn.
    pub at: Ms,
    /// What is due, the most pressing first.
    pub due: Vec<DueReview>,
    /// How far everybody is.
    pub agents: Vec<ReviewLoad>,
}

/// Colleagues.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct UsersPage {
    /// The accounts.
    pub users: Vec<User>,
}

/// Queues.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct QueuesPage {
    /// The queues.
    pub queues: Vec<Queue>,
}

/// What a desk says of where its agent looks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PresenceReport {
    /// The ticket on the screen; absent when none is.
    #[serde(default)]
    pub ticket: Option<TicketId>,
    /// Whether the agent is writing in it.
    #[serde(default)]
    pub writing: bool,
}

/// Where one colleague looks. Memory only; offline it is unknown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PresenceEntry {
    /// Who.
    pub user: UserId,
    /// At which ticket; absent when at none.
    pub ticket: Option<TicketId>,
    /// Whether writing.
    pub writing: bool,
    /// Since when.
    pub since: Ms,
}

/// Where everybody looks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PresenceList {
    /// One entry a colleague who is looking somewhere.
    pub entries: Vec<PresenceEntry>,
}

/// A wish for a token.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// Whose.
    pub user: UserId,
    /// What it is for, such as the name of a seat.
    #[schema(min_length = 1, max_length = 128)]
    pub label: String,
}

/// A token just made; its secret is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MadeToken {
    /// The token's public name.
    pub id: String,
    /// The secret, to be kept in a file only its owner can read.
    pub secret: String,
}

/// A token as listed; never its secret.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct TokenInfo {
    /// Its public name.
    pub id: String,
    /// Whose.
    pub user: UserId,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub created_at: Ms,
    /// When it was revoked.
    pub revoked_at: Option<Ms>,
}

/// Tokens.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct TokensPage {
    /// The tokens.
    pub tokens: Vec<TokenInfo>,
}
