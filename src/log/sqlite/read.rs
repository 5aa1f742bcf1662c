//! Plain reads: heads, events, the feed, personal values.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, OptionalExtension, params};

use super::rows::{self, EVENT, EVENT_FROM, Id, signed, unsigned};
use crate::domain::event::{Event, Payload};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, QueueId, Stream, StreamKind, UserId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Identity, IdentityKind};
use crate::log::{Counts, FeedRow, LogError, Place};
use crate::text::RawText;

/// The highest ticket number in the log.
pub(super) fn highest_number(conn: &Connection) -> Result<u64, LogError> {
    let number: i64 = conn.query_row(
        "SELECT ifnull(max(number), 0) FROM head WHERE number IS NOT NULL",
        [],
        |r| r.get(0),
    )?;
    Ok(unsigned(number))
}

/// Heads of these streams.
pub(super) fn heads(conn: &Connection, streams: &[Stream]) -> Result<Vec<Head>, LogError> {
    let mut out = Vec::new();
    for stream in streams {
        out.extend(rows::one_head(conn, *stream)?);
    }
    Ok(out)
}

/// All heads of a kind, by id.
pub(super) fn all(conn: &Connection, kind: StreamKind) -> Result<Vec<Head>, LogError> {
    let sql = "SELECT data FROM head WHERE kind = ?1 ORDER BY id";
    rows::heads(conn, sql, &[&kind.code()])
}

/// Events of a stream after a version.
pub(super) fn events(
    conn: &Connection,
    stream: Stream,
    after: u32,
    limit: u32,
) -> Result<Vec<Event>, LogError> {
    let sql = format!(
        "SELECT {EVENT} {EVENT_FROM} WHERE e.stream_kind = ?1 AND e.stream_id = ?2 AND e.version > ?3 \
         ORDER BY e.version LIMIT ?4"
    );
    let (kind, id) = (stream.kind.code(), Id(stream.id));
    rows::events(conn, &sql, &[&kind, &id, &after, &limit])
}

/// Events of several streams.
pub(super) fn events_of(
    conn: &mut Connection,
    streams: &[Stream],
) -> Result<BTreeMap<Stream, Vec<Event>>, LogError> {
    let tx = conn.transaction()?;
    let mut out = BTreeMap::new();
    for stream in streams {
        out.insert(*stream, events(&tx, *stream, 0, u32::MAX)?);
    }
    Ok(out)
}

/// The log after a position.
pub(super) fn feed(
    conn: &mut Connection,
    after: u64,
    limit: u32,
) -> Result<Vec<FeedRow>, LogError> {
    let tx = conn.transaction()?;
    let sql = format!(
        "SELECT {EVENT}, e.place_from, e.place_to {EVENT_FROM} WHERE e.position > ?1 ORDER BY e.position LIMIT ?2"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query(params![signed(after), limit])?;
    let (mut out, mut places) = (Vec::new(), HashMap::new());
    while let Some(row) = rows.next()? {
        out.push(FeedRow {
            event: rows::event(row)?,
            from: place(&tx, &mut places, row.get(14)?)?,
            to: place(&tx, &mut places, row.get(15)?)?,
        });
    }
    Ok(out)
}

fn place(
    conn: &Connection,
    known: &mut HashMap<i64, Place>,
    row: Option<i64>,
) -> Result<Option<Place>, LogError> {
    let Some(row) = row else { return Ok(None) };
    if let Some(place) = known.get(&row) {
        return Ok(Some(*place));
    }
    let mut statement = conn.prepare_cached("SELECT queue, assignee FROM place WHERE id = ?1")?;
    let place = statement.query_row([row], |r| {
        Ok(Place {
            queue: QueueId(r.get::<_, Id>(0)?.0),
            assignee: r.get::<_, Option<Id>>(1)?.map(|a| UserId(a.0)),
        })
    })?;
    known.insert(row, place);
    Ok(Some(place))
}

/// Names and addresses in force.
pub(super) fn personal(
    conn: &Connection,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, Payload>, LogError> {
    let mut name = conn.prepare_cached("SELECT name FROM person WHERE customer = ?1")?;
    let mut addresses = conn.prepare_cached(
        "SELECT kind, value, source FROM identity WHERE customer = ?1 ORDER BY kind, value",
    )?;
    let mut out = BTreeMap::new();
    for customer in customers {
        let name: Option<String> = name
            .query_row(params![Id(customer.0)], |r| r.get(0))
            .optional()?;
        let mut identities = Vec::new();
        let mut rows = addresses.query(params![Id(customer.0)])?;
        while let Some(row) = rows.next()? {
            let kind: String = row.get(0)?;
            if let Some(kind) = IdentityKind::from_name(&kind) {
                identities.push(Identity {
                    kind,
                    value: RawText::new(row.get::<_, String>(1)?),
                    source: row.get(2)?,
                });
            }
        }
        let payload = Payload {
            name: name.map(RawText::new),
            identities,
            ..Payload::default()
        };
        out.insert(*customer, payload);
    }
    Ok(out)
}

/// How much a snapshot holds.
pub(super) fn counts(conn: &Connection) -> Result<Counts, LogError> {
    let count = |sql: &str| -> Result<u64, LogError> {
        let n: i64 = conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?;
        Ok(unsigned(n))
    };
    Ok(Counts {
        site: count("SELECT count(*) FROM head WHERE kind IN (3, 4, 5, 6)")?,
        open: count("SELECT count(*) FROM head WHERE kind = 1 AND open = 1")?,
        customers: count("SELECT count(DISTINCT customer) FROM head WHERE kind = 1 AND open = 1")?,
    })
}

/// Tickets with replies on their way.
pub(super) fn undelivered(conn: &Connection, limit: u32) -> Result<Vec<Ticket>, LogError> {
    let sql = "SELECT data FROM head WHERE undelivered > 0 ORDER BY updated_at LIMIT ?1";
    rows::tickets(conn, sql, &[&limit])
}

/// Tickets that lived in `[from, to)`: opened before its end and changed since its start, or still open.
pub(super) fn between(conn: &Connection, from: Ms, to: Ms) -> Result<Vec<Ticket>, LogError> {
    let sql = "SELECT data FROM head WHERE kind = 1 AND (updated_at >= ?1 OR open = 1) ORDER BY id";
    let mut tickets = rows::tickets(conn, sql, &[&from.0])?;
    tickets.retain(|t| t.opened_at < to);
    Ok(tickets)
}
