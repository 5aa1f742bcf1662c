//! Deletion on request: payloads, addresses, name and search entries of a customer go in the transaction of the event.
//!
//! What belongs to the customer is what stands on their record, on records merged into it, and on the tickets that are
//! theirs now, with what reviewers and agents wrote about those. Events stay: they hold no personal value.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::rows::Id;
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, StreamKind, TicketId};
use crate::log::LogError;

/// This record and every record merged into it, to any depth.
const RECORDS: &str = "WITH RECURSIVE record (id) AS (VALUES (?1) UNION \
     SELECT h.id FROM head h JOIN record r ON h.customer = r.id WHERE h.kind = 2)";

/// Deletes every personal value of a customer.
pub(super) fn customer(conn: &Connection, id: CustomerId) -> Result<(), LogError> {
    let (ticket, record) = (StreamKind::Ticket.code(), StreamKind::Customer.code());
    let positions = format!(
        "{RECORDS} SELECT e.position FROM event e WHERE e.stream_kind = ?2 AND e.stream_id IN \
         (SELECT h.id FROM head h WHERE h.kind = ?2 AND h.customer IN (SELECT id FROM record)) \
         UNION SELECT e.position FROM event e WHERE e.stream_kind = ?3 AND e.stream_id IN (SELECT id FROM record)"
    );
    let mut positions: Vec<i64> = conn
        .prepare_cached(&positions)?
        .query_map(params![Id(id.0), ticket, record], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    positions.extend(reviews(conn, id)?);
    let mut words = conn.prepare_cached("DELETE FROM words WHERE rowid = ?1")?;
    let mut payload = conn.prepare_cached("DELETE FROM payload WHERE position = ?1")?;
    for position in positions {
        if payload.execute([position])? > 0 {
            words.execute([position])?;
        }
    }
    for table in ["identity", "person"] {
        let sql =
            format!("{RECORDS} DELETE FROM {table} WHERE customer IN (SELECT id FROM record)");
        conn.prepare_cached(&sql)?.execute(params![Id(id.0)])?;
    }
    Ok(())
}

/// Where the notes, appeals and answers about words on those tickets stand.
fn reviews(conn: &Connection, id: CustomerId) -> Result<Vec<i64>, LogError> {
    let theirs = format!(
        "{RECORDS} SELECT h.id FROM head h WHERE h.kind = ?2 AND h.customer IN (SELECT id FROM record)"
    );
    let tickets: BTreeSet<TicketId> = conn
        .prepare_cached(&theirs)?
        .query_map(params![Id(id.0), StreamKind::Ticket.code()], |r| {
            r.get::<_, Id>(0)
        })?
        .map(|id| id.map(|id| TicketId(id.0)))
        .collect::<Result<_, _>>()?;
    let mut events = conn
        .prepare_cached("SELECT position FROM event WHERE stream_kind = ?1 AND stream_id = ?2")?;
    let mut out = Vec::new();
    for head in super::read::all(conn, StreamKind::Review)? {
        if let Head::Review(review) = head
            && tickets.contains(&review.ticket)
        {
            let of = params![StreamKind::Review.code(), Id(review.id.0)];
            for position in events.query_map(of, |r| r.get(0))? {
                out.push(position?);
            }
        }
    }
    Ok(out)
}
