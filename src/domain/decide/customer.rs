//! Customer records: adding, addresses, tiers, tags, wishes, merge, split, deletion on request.

use super::ticket::tags_fit;
use super::words::new_customer;
use super::{Context, Decision, Rejection, Rule, ensure};
use crate::domain::command::CommandBody;
use crate::domain::event::{CustomerEvent, Payload, TicketEvent};
use crate::domain::ids::CustomerId;
use crate::domain::people::Customer;

pub(super) fn decide(cx: &Context<'_>) -> Decision {
    match &cx.command.body {
        CommandBody::AddCustomer { customer, new } => {
            if new
                .origin
                .as_ref()
                .is_some_and(|o| cx.world.known_origins.contains(o))
            {
                return Ok(Vec::new());
            }
            ensure(!cx.world.customers.contains_key(customer), Rule::Exists)?;
            Ok(vec![new_customer(cx, *customer, new)])
        }
        CommandBody::MergeCustomer { customer, into } => merge(cx, *customer, *into),
        CommandBody::SplitCustomer { .. } => split(cx),
        CommandBody::SetTier { .. } => set_tier(cx),
        _ => details(cx),
    }
}

/// A record that exists, was not merged away and still has its personal values.
fn record<'a>(cx: &'a Context<'_>, id: CustomerId) -> Result<&'a Customer, Rejection> {
    let head = cx
        .world
        .customers
        .get(&id)
        .ok_or(Rejection::rule(Rule::NotFound))?;
    ensure(!head.erased, Rule::Erased)?;
    ensure(head.merged_into.is_none(), Rule::Merged)?;
    Ok(head)
}

fn details(cx: &Context<'_>) -> Decision {
    let event = match &cx.command.body {
        CommandBody::AddIdentity { customer, identity } => {
            let id = record(cx, *customer)?.id;
            let payload = Payload {
                identities: vec![identity.clone()],
                ..Payload::default()
            };
            cx.personal(id, CustomerEvent::IdentityAdded {}, id, payload)
        }
        CommandBody::RenameCustomer { customer, name } => {
            let id = record(cx, *customer)?.id;
            ensure(!name.is_blank(), Rule::Empty)?;
            let payload = Payload {
                name: Some(name.clone()),
                ..Payload::default()
            };
            cx.personal(id, CustomerEvent::Renamed {}, id, payload)
        }
        CommandBody::TagCustomer {
            customer,
            add,
            remove,
            source,
        } => {
            let id = record(cx, *customer)?.id;
            ensure(tags_fit(add) && tags_fit(remove), Rule::Malformed)?;
            let body = CustomerEvent::CustomerTagged {
                add: add.clone(),
                remove: remove.clone(),
                source: source.clone(),
            };
            cx.event(id, body)
        }
        CommandBody::SetPreference {
            customer,
            key,
            value,
            source,
        } => {
            let id = record(cx, *customer)?.id;
            let body = CustomerEvent::PreferenceSet {
                key: key.clone(),
                value: value.clone(),
                source: source.clone(),
            };
            cx.event(id, body)
        }
        CommandBody::EraseCustomer { customer } => {
            let head = cx
                .world
                .customers
                .get(customer)
                .ok_or(Rejection::rule(Rule::NotFound))?;
            if head.erased {
                return Ok(Vec::new());
            }
            cx.event(head.id, CustomerEvent::Erased {})
        }
        _ => return Err(Rejection::rule(Rule::Malformed)),
    };
    Ok(vec![event])
}

fn set_tier(cx: &Context<'_>) -> Decision {
    let CommandBody::SetTier {
        customer,
        tier,
        vulnerable,
    } = &cx.command.body
    else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    let head = record(cx, *customer)?;
    let mut events = vec![cx.event(
        head.id,
        CustomerEvent::TierSet {
            tier: *tier,
            vulnerable: *vulnerable,
        },
    )];
    for ticket in cx.world.history.iter().filter(|t| t.is_open()) {
        events.push(cx.event(
            ticket.id,
            TicketEvent::TierApplied {
                tier: *tier,
                vulnerable: *vulnerable,
            },
        ));
    }
    Ok(events)
}

fn merge(cx: &Context<'_>, customer: CustomerId, into: CustomerId) -> Decision {
    ensure(customer != into, Rule::Itself)?;
    record(cx, customer)?;
    record(cx, into)?;
    let mut events = vec![cx.event(customer, CustomerEvent::Merged { into })];
    for ticket in &cx.world.history {
        events.push(cx.event(ticket.id, TicketEvent::CustomerChanged { customer: into }));
    }
    Ok(events)
}

fn split(cx: &Context<'_>) -> Decision {
    let CommandBody::SplitCustomer {
        customer,
        into,
        new,
        tickets,
    } = &cx.command.body
    else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    ensure(customer != into, Rule::Itself)?;
    record(cx, *customer)?;
    ensure(!cx.world.customers.contains_key(into), Rule::Exists)?;
    let theirs = |id| cx.world.history.iter().any(|t| t.id == id);
    ensure(tickets.iter().all(|t| theirs(*t)), Rule::NotFound)?;
    let payload = Payload {
        identities: new.identities.clone(),
        ..Payload::default()
    };
    let body = CustomerEvent::Split {
        into: *into,
        tickets: tickets.clone(),
    };
    let mut events = vec![
        new_customer(cx, *into, new),
        cx.personal(*customer, body, *customer, payload),
    ];
    for ticket in tickets {
        events.push(cx.event(*ticket, TicketEvent::CustomerChanged { customer: *into }));
    }
    Ok(events)
}
