//! Deletion on request: payloads, addresses, name and search entries of a customer go in the transaction of the event.
//!
//! What belongs to the customer is what stands on their record, on records merged into it, and on the tickets that are
//! theirs now. Events stay: they hold no personal value.

use rusqlite::{Connection, params};

use super::rows::Id;
use crate::domain::ids::{CustomerId, StreamKind};
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
    let positions: Vec<i64> = conn
        .prepare_cached(&positions)?
        .query_map(params![Id(id.0), ticket, record], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
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
