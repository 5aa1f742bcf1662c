//! The feed as one reader may see it: the log in its order, cut to their scope.
//!
//! A ticket that comes into scope comes with everything needed to show it (its customer, their recent history, itself);
//! entries are as of now, so that events which follow may already be in them: a desk ignores versions it has.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::auth::Caller;
use super::cursor::Cursor;
use super::problem::Fault;
use super::shown;
use super::snapshot::{self, RECENT};
use super::tail::{self, Tail};
use crate::api::wire::{Change, ChangeItem, ChangesPage, SnapshotEntry};
use crate::domain::event::{
    Body, CustomerEvent, Event, EventBody, QueueEvent, TicketEvent, UserEvent,
};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, Stream, StreamKind, TicketId, UserId};
use crate::log::{FeedRow, Log, LogError, Sight};

/// One page behind a position.
///
/// # Errors
/// The log's failure.
pub(super) async fn page(
    log: &dyn Log,
    caller: &Caller,
    after: u64,
    limit: u32,
) -> Result<ChangesPage, Fault> {
    // A commit can be read a moment before its bell rings: a cursor never goes ahead of the bell.
    let rung = *log.watch().borrow();
    let rows = tail::read(log, after, limit, rung).await?;
    told(log, caller, after, limit, rows).await
}

/// One page behind a position for somebody who follows the log as it grows.
///
/// # Errors
/// The log's failure.
pub(super) async fn live(
    log: &dyn Log,
    tail: &Tail,
    caller: &Caller,
    after: u64,
    limit: u32,
) -> Result<ChangesPage, Fault> {
    let rows = tail.after(log, after, limit).await?;
    told(log, caller, after, limit, rows).await
}

async fn told(
    log: &dyn Log,
    caller: &Caller,
    after: u64,
    limit: u32,
    rows: Vec<Arc<FeedRow>>,
) -> Result<ChangesPage, Fault> {
    let more = u32::try_from(rows.len()).unwrap_or(u32::MAX) >= limit;
    let name = log.id();
    let at = |position: u64| {
        Cursor {
            log: name.clone(),
            position,
        }
        .text()
    };
    let customers = seen_customers(log, caller, &rows).await?;
    let (mut items, mut position, mut before) = (Vec::new(), after, None::<Arc<FeedRow>>);
    for row in rows {
        let changes = changes(
            log,
            caller,
            &row,
            before.as_deref().map(|r| &r.event),
            &customers,
        )
        .await?;
        let last = changes.len();
        for (index, change) in changes.into_iter().enumerate() {
            // Whoever stops in the middle of what one event caused gets all of it again.
            let done = if index + 1 == last {
                row.event.position
            } else {
                position
            };
            items.push(ChangeItem {
                cursor: at(done),
                change,
            });
        }
        position = row.event.position;
        before = Some(row);
    }
    Ok(ChangesPage {
        items,
        next: at(position),
        more,
    })
}

/// The customers of this page that the reader may hear of: those with a ticket in sight.
async fn seen_customers(
    log: &dyn Log,
    caller: &Caller,
    rows: &[Arc<FeedRow>],
) -> Result<BTreeSet<CustomerId>, LogError> {
    let customers: BTreeSet<CustomerId> = rows
        .iter()
        .filter(|r| r.event.stream.kind == StreamKind::Customer)
        .map(|r| CustomerId(r.event.stream.id))
        .collect();
    if customers.is_empty() || caller.sight == Sight::All {
        return Ok(customers);
    }
    log.customers_in_sight(customers.into_iter().collect(), caller.sight.clone())
        .await
}

async fn changes(
    log: &dyn Log,
    caller: &Caller,
    row: &FeedRow,
    before: Option<&Event>,
    customers: &BTreeSet<CustomerId>,
) -> Result<Vec<Change>, Fault> {
    let event = &row.event;
    let told = || Change::Event {
        event: Box::new(shown::event(caller, event.clone())),
    };
    Ok(match event.stream.kind {
        StreamKind::Ticket => ticket(log, caller, row, before, told).await?,
        StreamKind::Customer if customers.contains(&CustomerId(event.stream.id)) => vec![told()],
        StreamKind::Customer => Vec::new(),
        StreamKind::User => {
            let mut changes = vec![told()];
            if event.stream == Stream::from(caller.user.id)
                && matches!(
                    event.body,
                    Body::Known(EventBody::User(UserEvent::RoleSet { .. }))
                )
            {
                changes.push(Change::ScopeReset {});
            }
            changes
        }
        StreamKind::Queue => {
            let mut changes = vec![told()];
            if caller.sight != Sight::All && moved(log, caller.user.id, event).await? {
                changes.push(Change::ScopeReset {});
            }
            changes
        }
        StreamKind::Line => line(log, caller, event).await?,
        StreamKind::Review => entered(review(log, caller, event.stream).await?),
    })
}

/// A proposed line is between its author and the leads; once approved it is everybody's, and enters as a whole.
async fn line(log: &dyn Log, caller: &Caller, event: &Event) -> Result<Vec<Change>, Fault> {
    let Some(Head::Line(line)) = log.heads(vec![event.stream]).await?.pop() else {
        return Ok(Vec::new());
    };
    if shown::whole_line(caller, &line) {
        let event = Box::new(shown::event(caller, event.clone()));
        return Ok(vec![Change::Event { event }]);
    }
    Ok(entered(
        shown::line(caller, line).map(|l| snapshot::bare(Head::Line(l))),
    ))
}

/// A review enters as a whole, as far as the reader may see it: what they may know of it changes with the second rater.
async fn review(
    log: &dyn Log,
    caller: &Caller,
    stream: Stream,
) -> Result<Option<SnapshotEntry>, Fault> {
    let Some(Head::Review(review)) = log.heads(vec![stream]).await?.pop() else {
        return Ok(None);
    };
    let events = log.events_of(vec![stream]).await?;
    let events = events.into_values().flatten().collect();
    let entry = shown::review(caller, *review, events);
    Ok(entry.map(|e| shown::entry(caller, e)))
}

/// Whether this user came to a queue or left it.
async fn moved(log: &dyn Log, user: UserId, event: &Event) -> Result<bool, LogError> {
    let Some(now) = members(event) else {
        return Ok(false);
    };
    let earlier = log.events(event.stream, 0, event.version - 1).await?;
    let was = earlier.iter().rev().find_map(members);
    Ok(now.contains(&user) != was.is_some_and(|was| was.contains(&user)))
}

fn members(event: &Event) -> Option<&Vec<UserId>> {
    match &event.body {
        Body::Known(EventBody::Queue(QueueEvent::MembersSet { members })) => Some(members),
        _ => None,
    }
}

async fn ticket(
    log: &dyn Log,
    caller: &Caller,
    row: &FeedRow,
    before: Option<&Event>,
    told: impl Fn() -> Change,
) -> Result<Vec<Change>, Fault> {
    let sees = |place: Option<crate::log::Place>| place.map(|p| caller.sight.sees(p));
    let id = TicketId(row.event.stream.id);
    Ok(match (sees(row.from), sees(row.to)) {
        // No place at all: a stream that this program is too old to fold. Whoever sees everything keeps it unread.
        (_, None) if caller.sight == Sight::All => vec![told()],
        (_, None) => Vec::new(),
        (None, Some(true)) => {
            let mut changes = around(log, caller, &row.event, before).await?;
            changes.push(told());
            changes
        }
        (Some(true), Some(true)) => {
            let mut changes = Vec::new();
            if let Some(TicketEvent::CustomerChanged { customer }) = row.event.body.ticket() {
                changes.extend(entered(snapshot::customer(log, caller, *customer).await?));
            }
            changes.push(told());
            changes
        }
        (Some(false), Some(true)) => {
            let mut changes = Vec::new();
            if let Some(ticket) = snapshot::ticket(log, caller, id).await? {
                let customer = match &ticket.head {
                    crate::domain::fold::Head::Ticket(t) => t.customer,
                    _ => CustomerId::default(),
                };
                changes = company(log, caller, customer, id).await?;
                changes.extend(entered(Some(ticket)));
            }
            changes
        }
        (Some(true), Some(false)) => vec![Change::ScopeLeave { ticket: id }],
        (None | Some(false), Some(false)) => Vec::new(),
    })
}

/// What a desk may lack when a ticket is opened: the customer's record and their last tickets.
async fn around(
    log: &dyn Log,
    caller: &Caller,
    event: &Event,
    before: Option<&Event>,
) -> Result<Vec<Change>, Fault> {
    let Some(TicketEvent::Opened {
        customer, contact, ..
    }) = event.body.ticket()
    else {
        return Ok(Vec::new());
    };
    let just_added = before.is_some_and(|b| {
        b.stream == Stream::from(*customer)
            && b.id.command == event.id.command
            && matches!(
                b.body,
                Body::Known(EventBody::Customer(CustomerEvent::CustomerAdded { .. }))
            )
    });
    if just_added && *contact <= 1 {
        return Ok(Vec::new());
    }
    company(log, caller, *customer, TicketId(event.stream.id)).await
}

/// A customer's record and last closed tickets, as entries.
async fn company(
    log: &dyn Log,
    caller: &Caller,
    customer: CustomerId,
    but: TicketId,
) -> Result<Vec<Change>, Fault> {
    let mut changes = entered(snapshot::customer(log, caller, customer).await?);
    let closed = log
        .recent_closed(caller.sight.clone(), vec![customer], RECENT)
        .await?;
    for ticket in closed.into_iter().filter(|t| t.id != but) {
        changes.extend(entered(snapshot::ticket(log, caller, ticket.id).await?));
    }
    Ok(changes)
}

fn entered(entry: Option<SnapshotEntry>) -> Vec<Change> {
    entry
        .map(|entry| Change::ScopeEnter {
            entry: Box::new(entry),
        })
        .into_iter()
        .collect()
}
