//! Words and what they promise: opening, messages, replies, spoken records, notes, delivery, promises.

use super::{Context, Decision, Rejection, Rule, conflict, ensure};
use crate::domain::command::{CommandBody, NewCustomer, Override, PromiseDraft};
use crate::domain::event::{Actor, CustomerEvent, NewEvent, Payload, TicketEvent};
use crate::domain::ids::{CustomerId, TicketId};
use crate::domain::taxonomy::ItemId;
use crate::domain::ticket::{Status, Ticket};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Attachment, Channel, MayOverride, Origin, PromiseState, Role};
use crate::domain::world::Block;
use crate::text::RawText;

/// A complaint of the same item within this many milliseconds after closing is a repeat (method 3.13: 30 days).
const REPEAT_WINDOW: i64 = 30 * 24 * 3_600_000;

/// Longest name of a playbook line, in bytes.
const MAX_LINE: usize = 96;

pub(super) fn decide(cx: &Context<'_>) -> Decision {
    match &cx.command.body {
        CommandBody::OpenTicket { .. } => open(cx),
        CommandBody::ReceiveMessage {
            ticket,
            channel,
            text,
            attachments,
            origin,
        } => receive(cx, *ticket, *channel, text, attachments, origin.as_ref()),
        CommandBody::Reply { .. } => reply(cx),
        CommandBody::Speak {
            ticket,
            text,
            acts,
            lines,
            promises,
        } => {
            let head = cx.head(*ticket)?;
            ensure(!text.is_blank(), Rule::Empty)?;
            let body = TicketEvent::Spoken {
                acts: acts.clone(),
                lines: kept_lines(lines),
            };
            let mut events =
                vec![cx.personal(head.id, body, head.customer, Payload::text(text.clone()))];
            push_promises(cx, head, promises, &mut events);
            Ok(events)
        }
        CommandBody::Note { ticket, text } => {
            let head = cx.head(*ticket)?;
            ensure(!text.is_blank(), Rule::Empty)?;
            Ok(vec![cx.personal(
                head.id,
                TicketEvent::Noted {},
                head.customer,
                Payload::text(text.clone()),
            )])
        }
        _ => afterwards(cx),
    }
}

/// What becomes of words later: delivery, promises without words of their own, promises settled.
fn afterwards(cx: &Context<'_>) -> Decision {
    match &cx.command.body {
        CommandBody::Deliver {
            ticket,
            message,
            state,
            reason,
        } => {
            let head = cx.head(*ticket)?;
            if !head
                .undelivered
                .iter()
                .any(|(id, now)| id == message && now != state)
            {
                return Ok(Vec::new());
            }
            let body = TicketEvent::DeliveryChanged {
                message: *message,
                state: *state,
                reason: reason.clone(),
            };
            Ok(vec![cx.event(head.id, body)])
        }
        CommandBody::Promise { ticket, promise } => {
            let head = cx.head(*ticket)?;
            let mut events = Vec::new();
            push_promises(cx, head, std::slice::from_ref(promise), &mut events);
            Ok(events)
        }
        CommandBody::SettlePromise {
            ticket,
            promise,
            state,
            evidence,
        } => {
            let head = cx.head(*ticket)?;
            let known = head
                .promises
                .iter()
                .any(|p| p.id == *promise && p.is_open());
            ensure(known && *state != PromiseState::Open, Rule::NoPromise)?;
            ensure(
                *state != PromiseState::Kept || evidence.is_some(),
                Rule::NoEvidence,
            )?;
            let body = TicketEvent::PromiseSettled {
                promise: *promise,
                state: *state,
                evidence: *evidence,
            };
            Ok(vec![cx.event(head.id, body)])
        }
        _ => Err(Rejection::rule(Rule::Malformed)),
    }
}

impl Context<'_> {
    /// The head of a ticket that must exist.
    pub(super) fn head(&self, ticket: TicketId) -> Result<&Ticket, Rejection> {
        self.world
            .tickets
            .get(&ticket)
            .ok_or(Rejection::rule(Rule::NotFound))
    }
}

/// The event that makes a customer record from what a command says of it.
pub(super) fn new_customer(cx: &Context<'_>, id: CustomerId, new: &NewCustomer) -> NewEvent {
    let body = CustomerEvent::CustomerAdded {
        tier: new.tier,
        vulnerable: new.vulnerable,
        origin: new.origin.clone(),
    };
    let name = (!new.name.is_blank()).then(|| new.name.clone());
    let payload = Payload {
        name,
        identities: new.identities.clone(),
        ..Payload::default()
    };
    cx.personal(id, body, id, payload)
}

fn open(cx: &Context<'_>) -> Decision {
    let CommandBody::OpenTicket {
        ticket,
        customer,
        new_customer: new,
        queue,
        channel,
        text,
        attachments,
        item,
        live,
        origin,
    } = &cx.command.body
    else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    if origin
        .as_ref()
        .is_some_and(|o| cx.world.known_origins.contains(o))
    {
        // Imported before under another command: nothing to do, and nothing wrong (idempotent import).
        return Ok(Vec::new());
    }
    ensure(!cx.world.tickets.contains_key(ticket), Rule::Exists)?;
    ensure(cx.world.queues.contains_key(queue), Rule::NotFound)?;
    ensure(!text.is_blank(), Rule::Empty)?;
    let mut events = Vec::new();
    let known = cx.world.customers.get(customer);
    let (tier, vulnerable) = match (known, new) {
        (Some(known), _) => (known.tier, known.vulnerable),
        (None, Some(new)) => {
            events.push(new_customer(cx, *customer, new));
            (new.tier, new.vulnerable)
        }
        (None, None) => return Err(Rejection::rule(Rule::NotFound)),
    };
    let item = item.clone().filter(|i| known_item(cx, i));
    let opened = TicketEvent::Opened {
        number: cx.world.next_number,
        customer: *customer,
        queue: *queue,
        channel: *channel,
        tier,
        vulnerable,
        repeat_of: item.as_ref().and_then(|item| repeat_of(cx, item)),
        contact: u32::try_from(cx.world.history.len()).unwrap_or(u32::MAX - 1) + 1,
        item,
        live: *live,
        origin: origin.clone(),
    };
    events.push(cx.event(*ticket, opened));
    events.push(message(
        cx,
        *ticket,
        *customer,
        *channel,
        text,
        attachments,
        None,
    ));
    if *live && let Some(user) = cx.world.actor.user() {
        events.push(cx.event(*ticket, TicketEvent::Claimed { user }));
    }
    Ok(events)
}

/// Whether the taxonomy in force knows the item; an empty list means that the caller does not check.
pub(super) fn known_item(cx: &Context<'_>, item: &ItemId) -> bool {
    cx.world.items.is_empty() || cx.world.items.contains(item)
}

/// The most recently closed ticket of this customer with the same item, if it was closed within the window.
fn repeat_of(cx: &Context<'_>, item: &ItemId) -> Option<TicketId> {
    cx.world
        .history
        .iter()
        .filter(|t| t.item.as_ref() == Some(item))
        .filter_map(|t| match t.status {
            Status::Closed { at, .. } if cx.now.0 - at.0 <= REPEAT_WINDOW => Some((at, t.id)),
            _ => None,
        })
        .max()
        .map(|(_, id)| id)
}

fn message(
    cx: &Context<'_>,
    ticket: TicketId,
    customer: CustomerId,
    channel: Channel,
    text: &RawText,
    attachments: &[Attachment],
    origin: Option<&Origin>,
) -> NewEvent {
    let body = TicketEvent::CustomerMessage {
        channel,
        origin: origin.cloned(),
        attachments: u16::try_from(attachments.len()).unwrap_or(u16::MAX),
    };
    let payload = Payload {
        text: Some(text.clone()),
        attachments: attachments.to_vec(),
        ..Payload::default()
    };
    let event = cx.personal(ticket, body, customer, payload);
    // What a channel or an import brings was written by the customer, not by the system.
    let actor = if event.actor == Actor::System || origin.is_some() {
        Actor::Customer
    } else {
        event.actor
    };
    NewEvent { actor, ..event }
}

fn receive(
    cx: &Context<'_>,
    ticket: TicketId,
    channel: Channel,
    text: &RawText,
    attachments: &[Attachment],
    origin: Option<&Origin>,
) -> Decision {
    if origin.is_some_and(|o| cx.world.known_origins.contains(o)) {
        return Ok(Vec::new());
    }
    let head = cx.head(ticket)?;
    ensure(!text.is_blank(), Rule::Empty)?;
    let mut events = Vec::new();
    if matches!(head.status, Status::Closed { .. }) {
        // The customer came back: what was closed lives again, whoever closed it.
        let reason = crate::domain::vocabulary::ReopenReason::CustomerReturned;
        events.push(cx.event(ticket, TicketEvent::Reopened { reason }));
    }
    events.push(message(
        cx,
        ticket,
        head.customer,
        channel,
        text,
        attachments,
        origin,
    ));
    Ok(events)
}

fn reply(cx: &Context<'_>) -> Decision {
    let CommandBody::Reply {
        ticket,
        channel,
        text,
        acts,
        lines,
        promises,
        anyway,
        overrides,
        origin,
    } = &cx.command.body
    else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    if origin
        .as_ref()
        .is_some_and(|o| cx.world.known_origins.contains(o))
    {
        return Ok(Vec::new());
    }
    let head = cx.head(*ticket)?;
    ensure(!text.is_blank(), Rule::Empty)?;
    if origin.is_some() {
        return imported_reply(cx, head);
    }
    conflict::check(cx)?;
    ensure(!matches!(head.status, Status::Merged { .. }), Rule::Merged)?;
    super::ticket::may_work(cx, head)?;
    let user = cx.world.actor.user();
    let other = head.assignee.is_some() && head.assignee != user && user.is_some();
    ensure(
        !other || *anyway || cx.world.role().is_some_and(|r| r.leads()),
        Rule::HeldByOther,
    )?;
    ensure(!cx.world.verdict.stale_words, Rule::StaleWords)?;
    ensure(promises.iter().all(|p| p.due > cx.now), Rule::TimePassed)?;
    let overridden = overridden(cx, overrides)?;
    let mut events = Vec::new();
    if matches!(head.status, Status::Closed { .. }) {
        let reason = crate::domain::vocabulary::ReopenReason::Mistake;
        events.push(cx.event(*ticket, TicketEvent::Reopened { reason }));
    }
    if head.assignee.is_none()
        && let Some(user) = user
    {
        events.push(cx.event(*ticket, TicketEvent::Claimed { user }));
    }
    let body = TicketEvent::Replied {
        channel: *channel,
        acts: acts.clone(),
        lines: kept_lines(lines),
        origin: None,
    };
    events.push(cx.personal(*ticket, body, head.customer, Payload::text(text.clone())));
    let reply = events.len() - 1;
    push_promises(cx, head, promises, &mut events);
    push_overrides(cx, head, &overridden, reply, &mut events);
    Ok(events)
}

/// The overrides that are needed, when every rule that blocks is overridden by somebody who may, with a reason. One that no
/// rule asks for is left out: nothing was broken.
pub(super) fn overridden<'a>(
    cx: &Context<'_>,
    overrides: &'a [Override],
) -> Result<Vec<&'a Override>, Rejection> {
    let refuse = |rule: Rule, blocks: Vec<&Block>| {
        if blocks.is_empty() {
            return Ok(());
        }
        let detail = blocks.into_iter().map(|b| b.rule.clone()).collect();
        Err(Rejection::Refused { rule, detail })
    };
    let asked = |block: &Block| overrides.iter().find(|o| o.rule == block.rule);
    let blocks = &cx.world.verdict.blocks;
    let open = blocks.iter().filter(|b| asked(b).is_none());
    refuse(Rule::Blocked, open.collect())?;
    let leads = cx.world.role().is_some_and(Role::leads);
    let may_not = |b: &&Block| match b.may {
        MayOverride::Agent => false,
        MayOverride::Lead => !leads,
        MayOverride::Nobody => true,
    };
    refuse(Rule::NoOverride, blocks.iter().filter(may_not).collect())?;
    let mute = |b: &&Block| asked(b).is_some_and(|o| o.reason.is_blank());
    refuse(Rule::NoReason, blocks.iter().filter(mute).collect())?;
    Ok(blocks.iter().filter_map(asked).collect())
}

/// Records who broke which rule and why, beside the event at `index` that broke it.
pub(super) fn push_overrides(
    cx: &Context<'_>,
    head: &Ticket,
    overridden: &[&Override],
    index: usize,
    events: &mut Vec<NewEvent>,
) {
    for asked in overridden {
        let body = TicketEvent::RuleOverridden {
            rule: asked.rule.clone(),
            by: cx.event_id(index),
        };
        let reason = Payload::text(asked.reason.clone());
        events.push(cx.personal(head.id, body, head.customer, reason));
    }
}

/// A reply that was sent long ago by another system: recorded, not sent and not checked again. Only an import may say so,
/// or naming an origin would be a way around the coach.
fn imported_reply(cx: &Context<'_>, head: &Ticket) -> Decision {
    let CommandBody::Reply {
        channel,
        text,
        acts,
        origin,
        ..
    } = &cx.command.body
    else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    ensure(cx.world.role() == Some(Role::Admin), Rule::NotAllowed)?;
    let body = TicketEvent::Replied {
        channel: *channel,
        acts: acts.clone(),
        lines: Vec::new(),
        origin: origin.clone(),
    };
    let event = cx.personal(head.id, body, head.customer, Payload::text(text.clone()));
    Ok(vec![NewEvent {
        actor: Actor::System,
        ..event
    }])
}

/// Names of lines as they are kept: each once, none that could not be a name.
fn kept_lines(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    for line in lines {
        if !line.is_empty() && line.len() <= MAX_LINE && !out.contains(line) {
            out.push(line.clone());
        }
    }
    out
}

/// Adds the promises whose sentence stands in the last event of `events`.
fn push_promises(
    cx: &Context<'_>,
    head: &Ticket,
    drafts: &[PromiseDraft],
    events: &mut Vec<NewEvent>,
) {
    let source = events.len().checked_sub(1).map(|i| cx.event_id(i));
    for draft in drafts {
        if head.promises.iter().any(|p| p.id == draft.promise) || draft.due <= Ms(0) {
            continue;
        }
        let body = TicketEvent::PromiseMade {
            promise: draft.promise,
            deed: draft.deed,
            due: draft.due,
            source,
        };
        events.push(cx.personal(
            head.id,
            body,
            head.customer,
            Payload::text(draft.sentence.clone()),
        ));
    }
}
