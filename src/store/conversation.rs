//! The conversation: one timeline over all tickets of a customer. Pure.

use std::collections::{BTreeMap, HashMap};

use crate::api::desk::{CardIdentity, CustomerCard, Entry, EntryKind, Happening, OVERRIDE_REASONS};
use crate::domain::event::{Actor, Body, Event, EventBody, LineEvent, Payload, TicketEvent};
use crate::domain::ids::{EventId, StreamKind, TicketId, UserId};
use crate::domain::people::{Customer, User};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Delivery, LineState, PromiseState};
use crate::text::SafeText;

/// Names that entries are told with.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// Colleagues.
    pub users: &'a BTreeMap<UserId, User>,
    /// The customer's name.
    pub customer: &'a SafeText,
    /// Tickets of the customer, as the screen shows them.
    pub tickets: &'a HashMap<TicketId, Ticket>,
}

impl Names<'_> {
    /// A colleague's name; empty if unknown.
    #[must_use]
    pub fn user(&self, id: UserId) -> SafeText {
        self.users
            .get(&id)
            .map(|u| SafeText::clean_line(&u.name))
            .unwrap_or_default()
    }

    fn who(&self, actor: Actor) -> SafeText {
        match actor {
            Actor::User { user } => self.user(user),
            Actor::Customer => self.customer.clone(),
            Actor::System => SafeText::default(),
        }
    }

    /// Where a reply is; nothing once it was delivered.
    fn delivery(&self, ticket: TicketId, reply: EventId) -> Option<Delivery> {
        let head = self.tickets.get(&ticket)?;
        head.undelivered
            .iter()
            .find(|(id, _)| *id == reply)
            .map(|(_, state)| *state)
    }
}

/// The entries of these events, in their order. Events that say nothing to a reader are left out.
#[must_use]
pub fn entries<'a>(events: impl IntoIterator<Item = &'a Event>, names: Names<'_>) -> Vec<Entry> {
    events
        .into_iter()
        .filter_map(|event| entry(event, names))
        .collect()
}

/// What somebody decided on a line of the team, for whoever decided at the same time.
fn line_entry(event: &Event, names: Names<'_>) -> Option<Entry> {
    let (state, words) = match event.body.line()? {
        LineEvent::LineProposed { text, .. } => (LineState::Proposed, text),
        LineEvent::LineApproved { text } => (LineState::Approved, text),
        LineEvent::LineDeclined { word } => (LineState::Declined, word),
        LineEvent::LineRetired { word } => (LineState::Retired, word),
    };
    Some(Entry {
        id: event.id,
        ticket: TicketId::default(),
        number: None,
        at: event.occurred_at,
        position: event.position,
        who: names.who(event.actor),
        kind: EntryKind::Happening(Happening::LineDecided { state }),
        text: SafeText::clean(words),
        attachments: Vec::new(),
        pending: event.position == 0,
        lines: Vec::new(),
    })
}

fn entry(event: &Event, names: Names<'_>) -> Option<Entry> {
    if event.stream.kind == StreamKind::Line {
        return line_entry(event, names);
    }
    if event.stream.kind != StreamKind::Ticket {
        return None;
    }
    let ticket = TicketId(event.stream.id);
    let kind = match &event.body {
        Body::Unknown(_) => EntryKind::NeedsNewer,
        Body::Known(EventBody::Ticket(body)) => kind(event, body, ticket, names)?,
        Body::Known(_) => return None,
    };
    let payload = event.payload.as_ref();
    let kind = with_reason(kind, payload);
    let who = match &kind {
        EntryKind::Customer { .. } => names.customer.clone(),
        _ => names.who(event.actor),
    };
    let named = matches!(
        kind,
        EntryKind::Happening(Happening::Overridden {
            reason: Some(_),
            ..
        })
    );
    Some(Entry {
        id: event.id,
        ticket,
        number: names.tickets.get(&ticket).and_then(|t| t.number),
        at: event.occurred_at,
        position: event.position,
        who,
        kind,
        text: payload
            .and_then(|p| p.text.as_ref())
            .filter(|_| !named)
            .map(SafeText::clean)
            .unwrap_or_default(),
        attachments: payload.map(attachments).unwrap_or_default(),
        pending: event.position == 0,
        lines: match event.body.ticket() {
            Some(TicketEvent::Replied { lines, .. } | TicketEvent::Spoken { lines, .. }) => {
                lines.clone()
            }
            _ => Vec::new(),
        },
    })
}

/// Puts the name of a well-known reason with the rule that was broken.
fn with_reason(kind: EntryKind, payload: Option<&Payload>) -> EntryKind {
    let EntryKind::Happening(Happening::Overridden { rule, .. }) = kind else {
        return kind;
    };
    let text = payload.and_then(|p| p.text.as_ref());
    let known = |name: &&&str| text.is_some_and(|t| t.expose() == **name);
    EntryKind::Happening(Happening::Overridden {
        rule,
        reason: OVERRIDE_REASONS.iter().find(known).copied(),
    })
}

fn attachments(payload: &Payload) -> Vec<SafeText> {
    payload
        .attachments
        .iter()
        .map(|a| SafeText::clean_line(a.name.expose()))
        .collect()
}

fn kind(
    event: &Event,
    body: &TicketEvent,
    ticket: TicketId,
    names: Names<'_>,
) -> Option<EntryKind> {
    Some(match body {
        TicketEvent::CustomerMessage { channel, .. } => EntryKind::Customer { channel: *channel },
        TicketEvent::Replied { channel, .. } => EntryKind::Reply {
            channel: *channel,
            delivery: names.delivery(ticket, event.id),
        },
        TicketEvent::Spoken { .. } => EntryKind::Spoken,
        TicketEvent::Noted {} => EntryKind::Note,
        body => EntryKind::Happening(happening(body, names)?),
    })
}

fn happening(body: &TicketEvent, names: Names<'_>) -> Option<Happening> {
    let labels = |what: String| Happening::Labelled {
        what: SafeText::clean_line(&what),
    };
    Some(match body {
        TicketEvent::Opened { .. } => Happening::Opened,
        TicketEvent::Claimed { .. } => Happening::Claimed,
        TicketEvent::Released { .. } => Happening::Released,
        TicketEvent::Assigned { user } => Happening::Assigned {
            to: names.user(*user),
        },
        TicketEvent::Transferred { to, .. } => Happening::Transferred { to: *to },
        TicketEvent::WaitingSet { next_contact, .. } => Happening::Waiting {
            next_contact: *next_contact,
        },
        TicketEvent::Resumed {} => Happening::Resumed,
        TicketEvent::Snoozed { until } => Happening::Snoozed { until: *until },
        TicketEvent::PrioritySet { priority } => Happening::Priority { to: *priority },
        TicketEvent::TicketTagged { add, remove } => {
            let added = add.iter().map(|t| format!("+{t}"));
            let gone = remove.iter().map(|t| format!("-{t}"));
            labels(added.chain(gone).collect::<Vec<_>>().join(" "))
        }
        TicketEvent::Classified { item } => labels(item.as_str().to_owned()),
        TicketEvent::TierApplied { tier, .. } => labels(tier.as_str().to_owned()),
        TicketEvent::PromiseMade { deed, due, .. } => Happening::Promised {
            deed: *deed,
            due: *due,
        },
        TicketEvent::PromiseSettled { state, .. } => Happening::PromiseSettled { state: *state },
        TicketEvent::Closed { reason } => Happening::Closed {
            reason: reason.as_str(),
        },
        TicketEvent::RuleOverridden { rule, .. } => Happening::Overridden {
            rule: SafeText::clean_line(rule),
            reason: None,
        },
        TicketEvent::Reopened { .. } => Happening::Reopened,
        TicketEvent::Linked { other, .. } => Happening::Tied { other: *other },
        TicketEvent::Merged { into } => Happening::Tied { other: *into },
        TicketEvent::CustomerChanged { .. } => Happening::CustomerChanged,
        TicketEvent::DeliveryChanged {
            state: Delivery::Failed,
            ..
        } => Happening::DeliveryFailed,
        TicketEvent::DeliveryChanged { .. }
        | TicketEvent::CustomerMessage { .. }
        | TicketEvent::Replied { .. }
        | TicketEvent::Spoken { .. }
        | TicketEvent::Noted {} => return None,
    })
}

/// The customer beside the ticket.
#[must_use]
pub fn card(
    head: Customer,
    personal: &Payload,
    tickets: &HashMap<TicketId, Ticket>,
    now: Ms,
) -> CustomerCard {
    let broken = |t: &Ticket| {
        let late = |p: &&crate::domain::ticket::Promise| match p.state {
            PromiseState::Open => p.due <= now,
            PromiseState::Kept | PromiseState::Renegotiated => {
                p.settled_at.is_some_and(|at| at > p.due)
            }
            PromiseState::Withdrawn => false,
        };
        t.promises.iter().filter(late).count()
    };
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    CustomerCard {
        name: personal
            .name
            .as_ref()
            .map(|n| SafeText::clean_line(n.expose()))
            .unwrap_or_default(),
        identities: personal
            .identities
            .iter()
            .map(|i| CardIdentity {
                kind: i.kind,
                value: SafeText::clean_line(i.value.expose()),
            })
            .collect(),
        tickets: size(tickets.len()),
        open: size(tickets.values().filter(|t| t.is_open()).count()),
        broken_promises: size(tickets.values().map(broken).sum()),
        head,
    }
}
