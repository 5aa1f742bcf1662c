//! Between rows and the domain's values.

use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, ToSql};
use uuid::Uuid;

use super::errors::damaged;
use crate::domain::event::{Actor, Event, Payload, decode};
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, CustomerId, EventId, Stream, StreamKind, TicketId, UserId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::log::LogError;

/// An identifier as 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(pub Uuid);

impl ToSql for Id {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
    }
}

impl FromSql for Id {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = <[u8; 16]>::column_result(value)?;
        Ok(Self(Uuid::from_bytes(bytes)))
    }
}

/// A position, number or other count as SQLite's signed integer.
pub(super) fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Back from SQLite's signed integer.
pub(super) fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or_default()
}

/// An actor as its bytes: 16 of a user, one of anybody else.
pub(super) fn actor_bytes(actor: Actor) -> Vec<u8> {
    match actor {
        Actor::System => vec![0],
        Actor::Customer => vec![1],
        Actor::User { user } => user.0.as_bytes().to_vec(),
    }
}

fn actor(bytes: &[u8]) -> Actor {
    match bytes {
        [1] => Actor::Customer,
        _ => <[u8; 16]>::try_from(bytes).map_or(Actor::System, |b| Actor::User {
            user: UserId(Uuid::from_bytes(b)),
        }),
    }
}

/// The columns of an event with its payload; `e` is the event, `p` the payload.
pub(super) const EVENT: &str = "e.position, e.stream_kind, e.stream_id, e.version, e.command, e.idx, e.occurred_at, \
    e.recorded_at, e.actor, e.kind, e.v, e.data, e.customer, p.data";
/// Where those columns come from.
pub(super) const EVENT_FROM: &str = "FROM event e LEFT JOIN payload p ON p.position = e.position";

/// Reads a row of [`EVENT`].
pub(super) fn event(row: &Row<'_>) -> Result<Event, LogError> {
    let code: i64 = row.get(1)?;
    let kind = StreamKind::from_code(code)
        .ok_or_else(|| LogError::Corrupt(format!("stream kind {code} is not known")))?;
    let name = row.get_ref(9)?.as_str().map_err(rusqlite::Error::from)?;
    let data = row.get_ref(11)?.as_str().map_err(rusqlite::Error::from)?;
    let payload = match row.get_ref(13)? {
        ValueRef::Null => None,
        value => Some(payload(value.as_str().map_err(rusqlite::Error::from)?)?),
    };
    Ok(Event {
        id: EventId {
            command: CommandId(row.get::<_, Id>(4)?.0),
            index: row.get(5)?,
        },
        stream: Stream {
            kind,
            id: row.get::<_, Id>(2)?.0,
        },
        version: row.get(3)?,
        position: unsigned(row.get(0)?),
        occurred_at: Ms(row.get(6)?),
        recorded_at: Ms(row.get(7)?),
        actor: actor(row.get_ref(8)?.as_blob().map_err(rusqlite::Error::from)?),
        body: decode(kind, name, row.get(10)?, data)?,
        customer: row.get::<_, Option<Id>>(12)?.map(|id| CustomerId(id.0)),
        payload,
    })
}

/// Reads a payload's JSON.
pub(super) fn payload(json: &str) -> Result<Payload, LogError> {
    serde_json::from_str(json).map_err(|e| damaged("a payload", &e))
}

/// Reads a head's JSON.
pub(super) fn head(json: &str) -> Result<Head, LogError> {
    serde_json::from_str(json).map_err(|e| damaged("a head", &e))
}

/// Reads all rows of a query over [`EVENT`].
pub(super) fn events(
    conn: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<Event>, LogError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(event(row)?);
    }
    Ok(out)
}

/// Reads all heads of a query whose first column is `head.data`.
pub(super) fn heads(
    conn: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<Head>, LogError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(head(
            row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?,
        )?);
    }
    Ok(out)
}

/// Reads all tickets of a query whose first column is `head.data`.
pub(super) fn tickets(
    conn: &Connection,
    sql: &str,
    params: &[&dyn ToSql],
) -> Result<Vec<Ticket>, LogError> {
    Ok(heads(conn, sql, params)?
        .into_iter()
        .filter_map(|head| match head {
            Head::Ticket(ticket) => Some(*ticket),
            _ => None,
        })
        .collect())
}

/// One head.
pub(super) fn one_head(conn: &Connection, stream: Stream) -> Result<Option<Head>, LogError> {
    let sql = "SELECT data FROM head WHERE kind = ?1 AND id = ?2";
    Ok(heads(conn, sql, &[&stream.kind.code(), &Id(stream.id)])?.pop())
}

/// One ticket's head.
pub(super) fn one_ticket(conn: &Connection, id: TicketId) -> Result<Option<Ticket>, LogError> {
    Ok(match one_head(conn, id.into())? {
        Some(Head::Ticket(ticket)) => Some(*ticket),
        _ => None,
    })
}
