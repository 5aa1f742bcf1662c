//! What goes into the log and what comes out, in words of the domain only.

use std::collections::BTreeSet;

use crate::domain::command::{Command, Needs};
use crate::domain::decide::Rule;
use crate::domain::event::{Event, NewEvent};
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, CustomerId, EventId, QueueId, Stream, TicketId, UserId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::Origin;
use crate::text::RawText;

/// What was answered to a command, as far as it is kept: no personal value is in it.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Answer {
    /// It happened; the events are those that carry the command's id.
    Accepted,
    /// A rule spoke against it.
    Refused {
        /// Which one.
        rule: Rule,
        /// What exactly.
        detail: Vec<String>,
    },
    /// Somebody did something meanwhile.
    Conflict {
        /// Which events.
        with: Vec<EventId>,
    },
}

/// One command with what it causes, to be written in one transaction or not at all.
#[derive(Clone, Debug)]
pub struct Commit {
    /// The command.
    pub command: CommandId,
    /// Who asked; absent for the server itself.
    pub user: Option<UserId>,
    /// SHA-256 of the command as it came, without its id.
    pub body_hash: [u8; 32],
    /// The version each stream must still have; 0 for one that must not exist.
    pub expected: Vec<(Stream, u32)>,
    /// What happened.
    pub events: Vec<NewEvent>,
    /// When it happened.
    pub occurred_at: Ms,
    /// The server's clock.
    pub recorded_at: Ms,
    /// What is answered.
    pub answer: Answer,
}

/// A stored answer with the events it speaks of.
#[derive(Clone, PartialEq, Debug)]
pub struct Committed {
    /// What was answered.
    pub answer: Answer,
    /// The command's events, or those it conflicts with.
    pub events: Vec<Event>,
    /// Whether the answer is that of an earlier commit of the same command.
    pub again: bool,
}

/// What must be known to decide a command, asked in one read.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The domain's list.
    pub needs: Needs,
    /// The command itself: its earlier answer is looked up.
    pub command: CommandId,
    /// Who asks.
    pub user: Option<UserId>,
    /// SHA-256 of the command as it came, without its id.
    pub body_hash: [u8; 32],
    /// The command that must have been accepted before.
    pub after: Option<CommandId>,
    /// What the desk had seen: later events of these streams are handed back.
    pub since: Vec<(Stream, u32)>,
}

impl Ask {
    /// What to ask for a command.
    #[must_use]
    pub fn of(command: &Command, needs: Needs, user: Option<UserId>, body_hash: [u8; 32]) -> Self {
        let mut since: Vec<(Stream, u32)> =
            command.base.iter().map(|b| (b.stream, b.version)).collect();
        if let Some(ticket) = command.body.ticket() {
            let stream = Stream::from(ticket);
            if !since.iter().any(|(s, _)| *s == stream) {
                since.push((stream, command.base_of(stream)));
            }
        }
        if let Some(line) = command.body.line() {
            let stream = Stream::from(line);
            if !since.iter().any(|(s, _)| *s == stream) {
                since.push((stream, command.base_of(stream)));
            }
        }
        Self {
            needs,
            command: command.id,
            user,
            body_hash,
            after: command.after,
            since,
        }
    }
}

/// What the log knows for an [`Ask`], all of one moment.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The earlier answer to the same command.
    pub answer: Option<Committed>,
    /// Whether the command named in `after` was accepted; absent when none is named.
    pub after_accepted: Option<bool>,
    /// Heads of the streams needed, and the queues of the tickets among them.
    pub heads: Vec<Head>,
    /// Tickets of the customer concerned.
    pub tickets_of: Vec<Ticket>,
    /// Open tickets the asking user holds.
    pub held: Vec<Ticket>,
    /// Origins that are in the log already.
    pub origins: BTreeSet<Origin>,
    /// Whether the login is taken.
    pub login_taken: bool,
    /// Whether the slug is taken.
    pub slug_taken: bool,
    /// Events after the base, without payloads, in log order.
    pub since: Vec<Event>,
}

/// Where a ticket was when something happened to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// Its queue.
    pub queue: QueueId,
    /// Its holder.
    pub assignee: Option<UserId>,
}

/// What a reader may see: everything, or some queues and what they hold themselves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sight {
    /// Every queue.
    All,
    /// These queues, and what this user holds.
    Some {
        /// Who reads.
        user: UserId,
        /// The queues.
        queues: BTreeSet<QueueId>,
    },
}

impl Sight {
    /// Whether a ticket at this place is in sight.
    #[must_use]
    pub fn sees(&self, place: Place) -> bool {
        match self {
            Self::All => true,
            Self::Some { user, queues } => {
                queues.contains(&place.queue) || place.assignee == Some(*user)
            }
        }
    }

    /// Whether this ticket is in sight now.
    #[must_use]
    pub fn sees_ticket(&self, ticket: &Ticket) -> bool {
        self.sees(Place {
            queue: ticket.queue,
            assignee: ticket.assignee,
        })
    }
}

/// One row of the feed.
#[derive(Clone, PartialEq, Debug)]
pub struct FeedRow {
    /// What happened.
    pub event: Event,
    /// For a ticket: where it was before; absent for its first event.
    pub from: Option<Place>,
    /// For a ticket: where it was afterwards.
    pub to: Option<Place>,
}

/// Which tickets to list, most recently changed first.
#[derive(Clone, Debug, Default)]
pub struct TicketFilter {
    /// Only of this queue.
    pub queue: Option<QueueId>,
    /// Only held by this user.
    pub assignee: Option<UserId>,
    /// Only of this customer.
    pub customer: Option<CustomerId>,
    /// Only open ones, or only those that are not.
    pub open: Option<bool>,
    /// Only the one with this number.
    pub number: Option<u64>,
    /// Go on behind this key.
    pub before: Option<(Ms, TicketId)>,
}

/// One place where the words searched for stand.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The ticket.
    pub ticket: Ticket,
    /// The event whose words match.
    pub event: Option<EventId>,
    /// When.
    pub at: Ms,
    /// The whole text of the event, or the customer's name.
    pub text: RawText,
}

/// A token as stored; its secret is not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenRow {
    /// Its public name.
    pub id: String,
    /// SHA-256 of the secret.
    pub hash: [u8; 32],
    /// Whose.
    pub user: UserId,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub created_at: Ms,
    /// When it was revoked.
    pub revoked_at: Option<Ms>,
}

/// How much there is, for showing progress.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Accounts and queues.
    pub site: u64,
    /// Open tickets.
    pub open: u64,
    /// Customers with an open ticket.
    pub customers: u64,
}
