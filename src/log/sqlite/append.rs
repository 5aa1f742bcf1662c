//! Writing events with everything that hangs on them: payload, head, origin, handles, addresses, search index.
//!
//! Used by the writer of commands and by the bulk writer, so that both leave the same log behind.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::erase;
use super::errors::damaged;
use super::rows::{self, Id, actor_bytes, signed};
use crate::domain::event::{
    Body, CustomerEvent, Event, EventBody, NewEvent, Payload, QueueEvent, TicketEvent, UserEvent,
    encode,
};
use crate::domain::fold::{FOLD_VERSION, Head, fold};
use crate::domain::ids::{CommandId, CustomerId, EventId, Stream};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Delivery, Identity, Origin};
use crate::log::{CommitError, LogError, Place};
use crate::text::{RawText, index_text, pinyin_keys};

/// Logins in table `handle`.
pub(super) const LOGIN: i64 = 1;
/// Queue slugs in table `handle`.
pub(super) const SLUG: i64 = 2;
/// Longest text that is indexed for search, in bytes; what stands behind it is kept but not found. It bounds how long
/// one hostile message can hold up the writer.
const MAX_INDEXED: usize = 64 * 1024;

/// When a command happened and was recorded.
#[derive(Clone, Copy)]
pub(super) struct Times {
    /// By the desk's corrected clock.
    pub occurred: Ms,
    /// By the server's clock.
    pub recorded: Ms,
}

/// What the writer carries from event to event.
#[derive(Default)]
pub(super) struct Pen {
    /// The last position written.
    pub position: u64,
    /// Heads touched; absent values are streams without a head.
    pub heads: HashMap<Stream, Option<Head>>,
    /// Places that have a row.
    pub places: HashMap<Place, i64>,
}

impl Pen {
    /// Reads the position from its counter.
    pub fn open(conn: &Connection) -> Result<Self, LogError> {
        Ok(Self {
            position: read_counter(conn, "position")?,
            ..Self::default()
        })
    }

    /// Forgets everything that a rollback may have undone.
    pub fn reset(&mut self, position: u64) {
        self.position = position;
        self.heads.clear();
        self.places.clear();
    }

    /// The head of a stream, from memory or the file.
    pub fn head(&mut self, conn: &Connection, stream: Stream) -> Result<Option<&Head>, LogError> {
        use std::collections::hash_map::Entry;
        Ok(match self.heads.entry(stream) {
            Entry::Occupied(known) => known.into_mut().as_ref(),
            Entry::Vacant(gap) => gap.insert(rows::one_head(conn, stream)?).as_ref(),
        })
    }

    fn place_row(&mut self, conn: &Connection, place: Place) -> Result<i64, LogError> {
        if let Some(row) = self.places.get(&place) {
            return Ok(*row);
        }
        let (queue, assignee) = (Id(place.queue.0), place.assignee.map(|a| Id(a.0)));
        let mut find = conn.prepare_cached(
            "SELECT id FROM place WHERE queue = ?1 AND ifnull(assignee, x'') = ifnull(?2, x'')",
        )?;
        let row = match find
            .query_row(params![queue, assignee], |r| r.get(0))
            .optional()?
        {
            Some(row) => row,
            None => {
                conn.prepare_cached("INSERT INTO place (queue, assignee) VALUES (?1, ?2)")?
                    .execute(params![queue, assignee])?;
                conn.last_insert_rowid()
            }
        };
        self.places.insert(place, row);
        Ok(row)
    }
}

/// A counter's value.
pub(super) fn read_counter(conn: &Connection, name: &str) -> Result<u64, LogError> {
    let mut statement = conn.prepare_cached("SELECT value FROM counter WHERE name = ?1")?;
    let value: i64 = statement.query_row([name], |r| r.get(0))?;
    Ok(rows::unsigned(value))
}

/// Sets a counter.
pub(super) fn write_counter(conn: &Connection, name: &str, value: u64) -> Result<(), LogError> {
    conn.prepare_cached("UPDATE counter SET value = ?2 WHERE name = ?1")?
        .execute(params![name, signed(value)])?;
    Ok(())
}

/// Where a ticket stands.
fn place_of(head: Option<&Head>) -> Option<Place> {
    match head {
        Some(Head::Ticket(t)) => Some(Place {
            queue: t.queue,
            assignee: t.assignee,
        }),
        _ => None,
    }
}

/// Writes one event behind the last one of its stream and folds it into the pen's head. Heads are written by the caller.
pub(super) fn event(
    conn: &Connection,
    pen: &mut Pen,
    command: CommandId,
    index: usize,
    new: &NewEvent,
    times: Times,
) -> Result<Event, CommitError> {
    let version = match pen.head(conn, new.stream)? {
        Some(head) => head.version(),
        None => super::migrate::stream_version(conn, new.stream)?,
    } + 1;
    pen.position += 1;
    let event = Event {
        id: EventId {
            command,
            index: u16::try_from(index).unwrap_or(u16::MAX),
        },
        stream: new.stream,
        version,
        position: pen.position,
        occurred_at: times.occurred,
        recorded_at: times.recorded,
        actor: new.actor,
        body: Body::Known(new.body.clone()),
        customer: new.customer,
        payload: new.payload.clone(),
    };
    let before = pen.heads.remove(&new.stream).flatten();
    let from = place_of(before.as_ref());
    let after = fold(before, &event);
    let to = place_of(after.as_ref());
    pen.heads.insert(new.stream, after);
    let from = from.map(|p| pen.place_row(conn, p)).transpose()?;
    let to = to.map(|p| pen.place_row(conn, p)).transpose()?;
    insert(conn, &event, from, to)?;
    hang_on(conn, &event)?;
    Ok(event)
}

fn insert(
    conn: &Connection,
    event: &Event,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<(), CommitError> {
    let (kind, v, data) = encode(&event.body)?;
    conn.prepare_cached(
        "INSERT INTO event (position, stream_kind, stream_id, version, command, idx, occurred_at, recorded_at, actor, \
         kind, v, data, customer, place_from, place_to) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        signed(event.position),
        event.stream.kind.code(),
        Id(event.stream.id),
        event.version,
        Id(event.id.command.0),
        event.id.index,
        event.occurred_at.0,
        event.recorded_at.0,
        actor_bytes(event.actor),
        kind,
        v,
        data,
        event.customer.map(|c| Id(c.0)),
        from,
        to,
    ])?;
    Ok(())
}

/// Everything outside the event's own row.
fn hang_on(conn: &Connection, event: &Event) -> Result<(), CommitError> {
    if let (Some(customer), Some(payload)) = (event.customer, event.payload.as_ref()) {
        write_payload(conn, event, customer, payload)?;
    }
    let Body::Known(body) = &event.body else {
        return Ok(());
    };
    match body {
        EventBody::Ticket(
            TicketEvent::Opened { origin, .. }
            | TicketEvent::CustomerMessage { origin, .. }
            | TicketEvent::Replied { origin, .. },
        )
        | EventBody::Customer(CustomerEvent::CustomerAdded { origin, .. }) => {
            if let Some(origin) = origin {
                write_origin(conn, origin, event.stream)?;
            }
        }
        EventBody::Customer(CustomerEvent::Erased {}) => {
            erase::customer(conn, CustomerId(event.stream.id))?;
        }
        EventBody::Customer(CustomerEvent::Split { .. }) => {
            let gone = event.payload.as_ref().map(|p| p.identities.as_slice());
            forget_identities(conn, CustomerId(event.stream.id), gone.unwrap_or_default())?;
        }
        EventBody::User(UserEvent::UserAdded { login, .. }) => {
            write_handle(conn, LOGIN, login, event.stream)?;
        }
        EventBody::Queue(QueueEvent::QueueAdded { slug, .. }) => {
            write_handle(conn, SLUG, slug, event.stream)?;
        }
        _ => {}
    }
    Ok(())
}

fn write_payload(
    conn: &Connection,
    event: &Event,
    customer: CustomerId,
    payload: &Payload,
) -> Result<(), CommitError> {
    let json = serde_json::to_string(payload).map_err(|e| damaged("a new payload", &e))?;
    conn.prepare_cached("INSERT INTO payload (position, customer, data) VALUES (?1, ?2, ?3)")?
        .execute(params![signed(event.position), Id(customer.0), json])?;
    if event.stream.kind == crate::domain::ids::StreamKind::Ticket {
        if let Some(text) = &payload.text {
            let body = index_text(bounded(text.expose()));
            conn.prepare_cached("INSERT INTO words (rowid, body) VALUES (?1, ?2)")?
                .execute(params![signed(event.position), body])?;
        }
        return Ok(());
    }
    let splits = matches!(
        event.body,
        Body::Known(EventBody::Customer(CustomerEvent::Split { .. }))
    );
    if !splits {
        for identity in &payload.identities {
            write_identity(conn, customer, identity)?;
        }
    }
    if let Some(name) = &payload.name {
        write_name(conn, customer, name)?;
    }
    Ok(())
}

/// The front of a text, cut at a character.
fn bounded(text: &str) -> &str {
    let mut end = text.len().min(MAX_INDEXED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn write_identity(
    conn: &Connection,
    customer: CustomerId,
    identity: &Identity,
) -> Result<(), LogError> {
    conn.prepare_cached(
        "INSERT INTO identity (kind, value, customer, source) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    )?
    .execute(params![
        identity.kind.as_str(),
        identity.value.expose(),
        Id(customer.0),
        identity.source
    ])?;
    Ok(())
}

fn forget_identities(
    conn: &Connection,
    customer: CustomerId,
    gone: &[Identity],
) -> Result<(), LogError> {
    for identity in gone {
        conn.prepare_cached(
            "DELETE FROM identity WHERE kind = ?1 AND value = ?2 AND customer = ?3",
        )?
        .execute(params![
            identity.kind.as_str(),
            identity.value.expose(),
            Id(customer.0)
        ])?;
    }
    Ok(())
}

fn write_name(conn: &Connection, customer: CustomerId, name: &RawText) -> Result<(), LogError> {
    let (initials, pinyin) = pinyin_keys(name.expose());
    conn.prepare_cached(
        "INSERT INTO person (customer, name, initials, pinyin, tokens) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (customer) DO UPDATE SET name = excluded.name, initials = excluded.initials, \
         pinyin = excluded.pinyin, tokens = excluded.tokens",
    )?
    .execute(params![
        Id(customer.0),
        name.expose(),
        initials,
        pinyin,
        index_text(name.expose())
    ])?;
    Ok(())
}

fn write_origin(conn: &Connection, origin: &Origin, stream: Stream) -> Result<(), CommitError> {
    conn.prepare_cached(
        "INSERT INTO origin (source, foreign_id, stream_kind, stream_id) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        origin.source,
        origin.foreign_id,
        stream.kind.code(),
        Id(stream.id)
    ])?;
    Ok(())
}

fn write_handle(
    conn: &Connection,
    kind: i64,
    value: &str,
    stream: Stream,
) -> Result<(), CommitError> {
    conn.prepare_cached("INSERT INTO handle (kind, value, stream_id) VALUES (?1, ?2, ?3)")?
        .execute(params![kind, value, Id(stream.id)])?;
    Ok(())
}

/// Writes a head with the columns that queries need. A stream without a head has no row.
pub(super) fn write_head(
    conn: &Connection,
    stream: Stream,
    head: Option<&Head>,
) -> Result<(), CommitError> {
    let Some(head) = head else { return Ok(()) };
    let json = serde_json::to_string(head).map_err(|e| damaged("a new head", &e))?;
    let (position, updated, ticket) = match head {
        Head::Ticket(t) => (t.position, t.updated_at, Some(t)),
        Head::Customer(c) => (c.position, c.since, None),
        Head::User(u) => (u.position, u.duty_since, None),
        Head::Queue(q) => (q.position, Ms(0), None),
        Head::Line(l) => (l.position, l.decided_at.unwrap_or(l.proposed_at), None),
        Head::Review(r) => (r.position, r.said_at, None),
    };
    // A merged customer's row names the record it lives on in, so that deletion on request finds both.
    let customer = match head {
        Head::Ticket(t) => Some(t.customer),
        Head::Customer(c) => c.merged_into,
        Head::User(_) | Head::Queue(_) | Head::Line(_) | Head::Review(_) => None,
    };
    let undelivered = ticket.map_or(0, |t| {
        t.undelivered
            .iter()
            .filter(|(_, state)| matches!(state, Delivery::Queued | Delivery::Accepted))
            .count()
    });
    conn.prepare_cached(
        "INSERT INTO head (kind, id, version, position, fold_version, open, number, customer, queue, assignee, item, \
         undelivered, updated_at, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
         ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, position = excluded.position, \
         fold_version = excluded.fold_version, open = excluded.open, customer = excluded.customer, \
         queue = excluded.queue, assignee = excluded.assignee, item = excluded.item, \
         undelivered = excluded.undelivered, updated_at = excluded.updated_at, data = excluded.data",
    )?
    .execute(params![
        stream.kind.code(),
        Id(stream.id),
        head.version(),
        signed(position),
        FOLD_VERSION,
        ticket.is_some_and(|t| t.is_open()),
        ticket.and_then(|t| t.number).map(signed),
        customer.map(|c| Id(c.0)),
        ticket.map(|t| Id(t.queue.0)),
        ticket.and_then(|t| t.assignee).map(|a| Id(a.0)),
        ticket.and_then(|t| t.item.as_ref()).map(|i| i.as_str()),
        i64::try_from(undelivered).unwrap_or(i64::MAX),
        updated.0,
        json,
    ])?;
    Ok(())
}
