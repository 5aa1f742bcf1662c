//! The ticket: what `fold` makes of a ticket's stream. It holds no words and no names.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::event::{Actor, Event, TicketEvent};
use super::ids::{CustomerId, EventId, PromiseId, QueueId, TicketId, UserId};
use super::taxonomy::ItemId;
use super::time::Ms;
use super::vocabulary::{
    Act, Channel, CloseReason, Deed, Delivery, Priority, PromiseState, Relation, Tier, WaitReason,
};

/// Where a ticket stands in its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Status {
    /// Ours to work on.
    #[default]
    Open,
    /// Somebody else owes the next step.
    Waiting {
        /// Who.
        reason: WaitReason,
        /// When the customer hears from us next.
        next_contact: Ms,
        /// Since when.
        since: Ms,
    },
    /// Set aside until a time; its clocks go on.
    Snoozed {
        /// Until when.
        until: Ms,
    },
    /// Ended.
    Closed {
        /// Why.
        reason: CloseReason,
        /// When.
        at: Ms,
    },
    /// Lives on in another ticket.
    Merged {
        /// Which one.
        into: TicketId,
    },
}

/// A stretch in which the resolution clock stood still.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct PauseSpan {
    /// From when.
    pub from: Ms,
    /// Until when; absent while it stands still.
    pub to: Option<Ms>,
}

/// A promise in its first form: deed, due time, where it was said (mission WO5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Promise {
    /// Its name.
    pub id: PromiseId,
    /// What will be done.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
    /// Who said it.
    pub by: Option<UserId>,
    /// When it was said.
    pub made_at: Ms,
    /// The reply or spoken record that holds the sentence.
    #[schema(value_type = Option<String>)]
    pub source: Option<EventId>,
    /// The event that made it; its payload holds the sentence.
    #[schema(value_type = String)]
    pub made: EventId,
    /// How it stands.
    pub state: PromiseState,
    /// When it was settled.
    pub settled_at: Option<Ms>,
}

impl Promise {
    /// Whether it still binds us.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state == PromiseState::Open
    }
}

/// A ticket's head: everything the queue, the clocks and `decide` need.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Ticket {
    /// Its name.
    pub id: TicketId,
    /// The number people say; absent until the server gave it.
    pub number: Option<u64>,
    /// Whose complaint.
    pub customer: CustomerId,
    /// Where it waits.
    pub queue: QueueId,
    /// How it came.
    pub channel: Channel,
    /// Who opened it.
    pub opened_by: Actor,
    /// When it was opened.
    pub opened_at: Ms,
    /// Whether it came in by a call that was taken live.
    pub live: bool,
    /// Where it stands.
    pub status: Status,
    /// Who holds it.
    pub assignee: Option<UserId>,
    /// Whether the holder took it themselves (and signing off gives it back), rather than being given it.
    pub claimed: bool,
    /// How urgent the team holds it.
    pub priority: Priority,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Its item.
    pub item: Option<ItemId>,
    /// Whether a person confirmed the item.
    pub item_confirmed: bool,
    /// The customer's tier.
    pub tier: Tier,
    /// Whether the customer is marked vulnerable.
    pub vulnerable: bool,
    /// The closed ticket this one repeats.
    pub repeat_of: Option<TicketId>,
    /// The how-manyeth ticket of this customer, from 1.
    pub contact: u32,
    /// Stretches in which the resolution clock stood still, oldest first.
    pub pauses: Vec<PauseSpan>,
    /// When the present response cycle (1, 5 and 30 minutes) began.
    pub steps_started: Ms,
    /// When each step of the present cycle was met.
    pub steps_met: [Option<Ms>; 3],
    /// When the customer last wrote.
    pub last_customer_at: Option<Ms>,
    /// When we first answered.
    pub first_reply_at: Option<Ms>,
    /// When we last answered.
    pub last_reply_at: Option<Ms>,
    /// Since when the customer waits for any answer of ours; absent when we spoke last.
    pub unanswered_since: Option<Ms>,
    /// Messages of the customer.
    pub customer_messages: u32,
    /// Answers of ours, written or spoken.
    pub replies: u32,
    /// Distinct contacts with the customer: it grows when the customer writes after we answered.
    pub contacts: u32,
    /// The latest words, for the row's excerpt.
    #[schema(value_type = Option<String>)]
    pub last_words: Option<EventId>,
    /// The delivery of replies that are not yet delivered, newest last.
    #[schema(value_type = Vec<Object>)]
    pub undelivered: Vec<(EventId, Delivery)>,
    /// Its promises, oldest first.
    pub promises: Vec<Promise>,
    /// How often it was closed and came back.
    pub reopened: u32,
    /// When it was last closed.
    pub closed_at: Option<Ms>,
    /// Tickets it is tied to.
    #[schema(value_type = Vec<Object>)]
    pub links: Vec<(TicketId, Relation)>,
    /// How many events of the stream are folded in.
    pub version: u32,
    /// The log position of the last of them; 0 if that one is predicted.
    pub position: u64,
    /// When the last of them happened.
    pub updated_at: Ms,
}

impl Ticket {
    /// The ticket that its first event makes; nothing, if the event is no opening.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let TicketEvent::Opened {
            number,
            customer,
            queue,
            channel,
            tier,
            vulnerable,
            repeat_of,
            contact,
            item,
            live,
            ..
        } = event.body.ticket()?
        else {
            return None;
        };
        Some(Self {
            id: TicketId(event.stream.id),
            number: *number,
            customer: *customer,
            queue: *queue,
            channel: *channel,
            opened_by: event.actor,
            opened_at: event.occurred_at,
            live: *live,
            status: Status::Open,
            assignee: None,
            claimed: false,
            priority: Priority::Normal,
            tags: Vec::new(),
            item: item.clone(),
            item_confirmed: false,
            tier: *tier,
            vulnerable: *vulnerable,
            repeat_of: *repeat_of,
            contact: *contact,
            pauses: Vec::new(),
            steps_started: event.occurred_at,
            steps_met: [None; 3],
            last_customer_at: None,
            first_reply_at: None,
            last_reply_at: None,
            unanswered_since: Some(event.occurred_at),
            customer_messages: 0,
            replies: 0,
            contacts: 1,
            last_words: None,
            undelivered: Vec::new(),
            promises: Vec::new(),
            reopened: 0,
            closed_at: None,
            links: Vec::new(),
            version: event.version,
            position: event.position,
            updated_at: event.occurred_at,
        })
    }

    /// Folds one more event in. Total: an event that makes no sense here changes only the version.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.version;
        self.position = event.position;
        self.updated_at = event.occurred_at;
        let Some(body) = event.body.ticket() else {
            return;
        };
        match body {
            TicketEvent::Opened { .. } => {}
            TicketEvent::CustomerMessage { .. } => self.customer_wrote(event),
            TicketEvent::Replied { acts, origin, .. } => {
                // What another system sent long ago is not handed to a channel again.
                if origin.is_none() {
                    self.undelivered.push((event.id, Delivery::Queued));
                }
                self.we_answered(event, acts);
            }
            TicketEvent::Spoken { acts, .. } => self.we_answered(event, acts),
            TicketEvent::DeliveryChanged { message, state, .. } => self.delivery(*message, *state),
            TicketEvent::PromiseMade { .. } | TicketEvent::PromiseSettled { .. } => {
                self.promise(event, body)
            }
            TicketEvent::Noted {} | TicketEvent::RuleOverridden { .. } => {}
            _ => self.hands_and_life(event.occurred_at, body),
        }
    }

    fn customer_wrote(&mut self, event: &Event) {
        let at = event.occurred_at;
        self.customer_messages += 1;
        self.last_customer_at = Some(at);
        self.last_words = Some(event.id);
        if self.unanswered_since.is_none() {
            // A new contact begins: the response clock starts again (method 3.7).
            self.unanswered_since = Some(at);
            self.contacts += 1;
            self.steps_started = at;
            self.steps_met = [None; 3];
        }
        if matches!(
            self.status,
            Status::Waiting {
                reason: WaitReason::Customer,
                ..
            } | Status::Snoozed { .. }
        ) {
            self.end_pause(at);
            self.status = Status::Open;
        }
    }

    fn we_answered(&mut self, event: &Event, acts: &[Act]) {
        let at = event.occurred_at;
        self.replies += 1;
        self.last_reply_at = Some(at);
        self.first_reply_at.get_or_insert(at);
        self.unanswered_since = None;
        self.last_words = Some(event.id);
        self.meet_steps(at, acts);
    }

    /// Marks the steps that these acts meet; a later step also meets the earlier ones that need less (method 3.7).
    fn meet_steps(&mut self, at: Ms, acts: &[Act]) {
        for act in acts {
            let step = match act {
                Act::AckSpecific | Act::AckGeneric | Act::Apologise | Act::Safety => 0,
                Act::ExplainCause | Act::AdmitUnknownTimed | Act::Option | Act::DeclineReasoned => {
                    1
                }
                Act::CommitConcrete => 2,
                Act::Own | Act::AskOpen | Act::Confirm | Act::RightsNeutral => continue,
            };
            if let Some(slot) = self.steps_met.get_mut(step) {
                slot.get_or_insert(at);
            }
            if step == 2 {
                // A concrete commitment is also a plan.
                self.steps_met[1].get_or_insert(at);
            }
        }
    }

    fn delivery(&mut self, message: EventId, state: Delivery) {
        match state {
            Delivery::Delivered => self.undelivered.retain(|(id, _)| *id != message),
            Delivery::Queued | Delivery::Accepted | Delivery::Failed => {
                if let Some(entry) = self.undelivered.iter_mut().find(|(id, _)| *id == message) {
                    entry.1 = state;
                }
            }
        }
    }

    fn promise(&mut self, event: &Event, body: &TicketEvent) {
        match body {
            TicketEvent::PromiseMade {
                promise,
                deed,
                due,
                source,
            } => self.promises.push(Promise {
                id: *promise,
                deed: *deed,
                due: *due,
                by: event.actor.user(),
                made_at: event.occurred_at,
                source: *source,
                made: event.id,
                state: PromiseState::Open,
                settled_at: None,
            }),
            TicketEvent::PromiseSettled { promise, state, .. } => {
                if let Some(entry) = self.promises.iter_mut().find(|p| p.id == *promise) {
                    entry.state = *state;
                    entry.settled_at = Some(event.occurred_at);
                }
            }
            _ => {}
        }
    }

    fn hands_and_life(&mut self, at: Ms, body: &TicketEvent) {
        match body {
            TicketEvent::Claimed { user } => (self.assignee, self.claimed) = (Some(*user), true),
            TicketEvent::Assigned { user } => (self.assignee, self.claimed) = (Some(*user), false),
            TicketEvent::Released { .. } => (self.assignee, self.claimed) = (None, false),
            TicketEvent::Transferred { to, .. } => {
                self.queue = *to;
                (self.assignee, self.claimed) = (None, false);
            }
            TicketEvent::WaitingSet {
                reason,
                next_contact,
            } => {
                self.end_pause(at);
                self.status = Status::Waiting {
                    reason: *reason,
                    next_contact: *next_contact,
                    since: at,
                };
                if reason.pauses() {
                    self.pauses.push(PauseSpan { from: at, to: None });
                }
            }
            TicketEvent::Resumed {} => {
                self.end_pause(at);
                self.status = Status::Open;
            }
            TicketEvent::Snoozed { until } => {
                self.end_pause(at);
                self.status = Status::Snoozed { until: *until };
            }
            TicketEvent::Closed { reason } => {
                self.end_pause(at);
                self.status = Status::Closed {
                    reason: *reason,
                    at,
                };
                self.closed_at = Some(at);
                self.unanswered_since = None;
            }
            TicketEvent::Reopened { .. } => self.reopen(at),
            TicketEvent::Merged { into } => self.status = Status::Merged { into: *into },
            _ => self.labels(body),
        }
    }

    fn labels(&mut self, body: &TicketEvent) {
        match body {
            TicketEvent::PrioritySet { priority } => self.priority = *priority,
            TicketEvent::TicketTagged { add, remove } => edit_tags(&mut self.tags, add, remove),
            TicketEvent::Classified { item } => {
                self.item = Some(item.clone());
                self.item_confirmed = true;
            }
            TicketEvent::TierApplied { tier, vulnerable } => {
                self.tier = *tier;
                self.vulnerable = *vulnerable;
            }
            TicketEvent::Linked { other, relation }
                if !self.links.contains(&(*other, *relation)) =>
            {
                self.links.push((*other, *relation));
            }
            TicketEvent::CustomerChanged { customer } => self.customer = *customer,
            _ => {}
        }
    }

    fn reopen(&mut self, at: Ms) {
        if let Some(closed) = self.closed_at {
            // The time between closing and reopening does not count against us (method 3.13).
            self.pauses.push(PauseSpan {
                from: closed,
                to: Some(at),
            });
        }
        self.status = Status::Open;
        self.reopened += 1;
        self.closed_at = None;
        self.unanswered_since = Some(at);
        self.steps_started = at;
        self.steps_met = [None; 3];
    }

    fn end_pause(&mut self, at: Ms) {
        if let Some(last) = self.pauses.last_mut()
            && last.to.is_none()
        {
            last.to = Some(at.max(last.from));
        }
    }

    /// Whether it is neither closed nor merged.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.status, Status::Closed { .. } | Status::Merged { .. })
    }

    /// The open promise that is due first.
    #[must_use]
    pub fn next_promise(&self) -> Option<&Promise> {
        self.promises
            .iter()
            .filter(|p| p.is_open())
            .min_by_key(|p| p.due)
    }
}

/// Applies tag changes and keeps the list sorted and free of doubles.
pub(super) fn edit_tags(tags: &mut Vec<String>, add: &[String], remove: &[String]) {
    tags.retain(|t| !remove.contains(t));
    tags.extend(add.iter().cloned());
    tags.sort();
    tags.dedup();
}
