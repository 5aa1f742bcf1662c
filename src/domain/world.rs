//! The `World`: everything `decide` may see, gathered by its caller. `decide` asks nobody else.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Actor, Body, Event, TicketEvent};
use super::ids::{CustomerId, EventId, LineId, QueueId, ReviewId, Stream, TicketId, UserId};
use super::line::PlaybookLine;
use super::people::{Customer, Queue, User};
use super::review::{Procedure, Review, Said};
use super::taxonomy::ItemId;
use super::ticket::Ticket;
use super::time::Ms;
use super::vocabulary::{MayOverride, Origin, Role};
use crate::text::RawText;

/// What somebody did to a stream after the desk had last read it.
#[derive(Clone, PartialEq, Debug)]
pub struct Since {
    /// Which event.
    pub id: EventId,
    /// On which stream.
    pub stream: Stream,
    /// Who did it.
    pub actor: Actor,
    /// When it happened.
    pub at: Ms,
    /// What it was.
    pub body: Body,
}

/// A rule of the coach that blocks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Block {
    /// The rule's id.
    pub rule: String,
    /// Who may let it pass with a reason.
    pub may: MayOverride,
}

/// What the coach found in the words of a reply, or in the state in which a ticket is put down (the seam `coach::lint`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verdict {
    /// The rules that block it, each once.
    pub blocks: Vec<Block>,
    /// Whether a day-relative word such as 今天 means another day now than when it was written.
    pub stale_words: bool,
}

impl Verdict {
    /// The ids of the rules that block, in their order.
    #[must_use]
    pub fn rules(&self) -> Vec<String> {
        self.blocks.iter().map(|b| b.rule.clone()).collect()
    }
}

/// What was said on a ticket, for the coach alone: `decide` never sees it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Talk {
    /// What the customer said on this ticket, oldest first.
    pub theirs: Vec<RawText>,
    /// What we said to this customer, oldest first.
    pub ours: Vec<RawText>,
    /// The customer's name, if it is known.
    pub name: Option<RawText>,
    /// The customer's wishes by key.
    pub preferences: BTreeMap<String, String>,
}

impl Talk {
    /// The talk that these events hold, oldest first; `ticket` is the one that is spoken on.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>, ticket: TicketId) -> Self {
        let mut out = Self::default();
        for event in events {
            let text = event.payload.as_ref().and_then(|p| p.text.clone());
            let (Some(body), Some(text)) = (event.body.ticket(), text) else {
                continue;
            };
            match body {
                TicketEvent::CustomerMessage { .. } if event.stream.id == ticket.0 => {
                    out.theirs.push(text);
                }
                TicketEvent::Replied { .. } | TicketEvent::Spoken { .. } => out.ours.push(text),
                _ => {}
            }
        }
        out
    }

    /// Adds who the customer is.
    pub fn whose(&mut self, customer: Option<&Customer>, name: Option<RawText>) {
        self.name = name;
        let wishes = customer.map(|c| &c.preferences);
        self.preferences = wishes
            .into_iter()
            .flatten()
            .map(|p| (p.key.clone(), p.value.clone()))
            .collect();
    }
}

/// Everything `decide` may see.
#[derive(Clone, PartialEq, Debug)]
pub struct World {
    /// Who asks.
    pub actor: Actor,
    /// The account of who asks; absent for channels and the scheduler.
    pub user: Option<User>,
    /// Ticket heads at hand.
    pub tickets: BTreeMap<TicketId, Ticket>,
    /// Customer heads at hand.
    pub customers: BTreeMap<CustomerId, Customer>,
    /// Other accounts at hand.
    pub users: BTreeMap<UserId, User>,
    /// Queue heads at hand.
    pub queues: BTreeMap<QueueId, Queue>,
    /// Heads of proposed playbook lines at hand.
    pub lines: BTreeMap<LineId, PlaybookLine>,
    /// Heads of reviews at hand.
    pub reviews: BTreeMap<ReviewId, Review>,
    /// The reply or spoken record that is reviewed.
    pub said: Option<Said>,
    /// The card in force and what follows from it; without one nothing is rated.
    pub procedure: Option<Procedure>,
    /// All tickets of the customer concerned.
    pub history: Vec<Ticket>,
    /// All open tickets the asking user holds (only gathered for signing off).
    pub held: Vec<Ticket>,
    /// What others did to the streams concerned since the desk's base, oldest first.
    pub since: Vec<Since>,
    /// The next free ticket number; absent at a desk, which only predicts.
    pub next_number: Option<u64>,
    /// Origins that are already in the log.
    pub known_origins: BTreeSet<Origin>,
    /// Whether the login asked for belongs to somebody.
    pub login_taken: bool,
    /// Whether the queue slug asked for belongs to some queue.
    pub slug_taken: bool,
    /// The items of the taxonomy in force; empty means "not checked".
    pub items: BTreeSet<ItemId>,
    /// The coach's verdict on the words.
    pub verdict: Verdict,
}

impl World {
    /// A world that knows nothing but who asks.
    #[must_use]
    pub fn of(actor: Actor) -> Self {
        Self {
            actor,
            user: None,
            tickets: BTreeMap::new(),
            customers: BTreeMap::new(),
            users: BTreeMap::new(),
            queues: BTreeMap::new(),
            lines: BTreeMap::new(),
            reviews: BTreeMap::new(),
            said: None,
            procedure: None,
            history: Vec::new(),
            held: Vec::new(),
            since: Vec::new(),
            next_number: None,
            known_origins: BTreeSet::new(),
            login_taken: false,
            slug_taken: false,
            items: BTreeSet::new(),
            verdict: Verdict::default(),
        }
    }

    /// The role of who asks; the server itself may do everything.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        match self.actor {
            Actor::User { .. } => self.user.as_ref().filter(|u| !u.disabled).map(|u| u.role),
            Actor::Customer => None,
            Actor::System => Some(Role::Admin),
        }
    }
}
