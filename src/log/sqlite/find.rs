//! Reads by what somebody may see: lists, the snapshot's pages, history, search.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, ToSql, params};

use super::rows::{self, EVENT, EVENT_FROM, Id, signed, unsigned};
use crate::domain::event::Event;
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, StreamKind, TicketId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::log::{Hit, LogError, Sight, TicketFilter};
use crate::text::{RawText, fold, index_text, matches, normalise_phone, query_phrase};

/// Most index entries that one search looks at before it gives up filling its page from what the reader may see.
const MAX_LOOKED_AT: usize = 5_000;

/// What a reader may see, as a condition on `h`. Identifiers are written as blob literals made from UUIDs.
fn in_sight(sight: &Sight) -> String {
    match sight {
        Sight::All => "1".to_owned(),
        Sight::Some { user, queues } => {
            let queues: Vec<String> = queues.iter().map(|q| blob(q.0)).collect();
            format!(
                "(h.queue IN ({}) OR h.assignee = {})",
                queues.join(", "),
                blob(user.0)
            )
        }
    }
}

fn blob(id: uuid::Uuid) -> String {
    format!("x'{}'", id.simple())
}

/// Which of these customers have a ticket in sight.
pub(super) fn customers_in_sight(
    conn: &Connection,
    customers: &[CustomerId],
    sight: &Sight,
) -> Result<BTreeSet<CustomerId>, LogError> {
    let sql = format!(
        "SELECT 1 FROM head h WHERE h.customer = ?1 AND h.kind = 1 AND {} LIMIT 1",
        in_sight(sight)
    );
    let mut statement = conn.prepare(&sql)?;
    let mut out = BTreeSet::new();
    for customer in customers {
        if statement.exists(params![Id(customer.0)])? {
            out.insert(*customer);
        }
    }
    Ok(out)
}

/// Tickets by filter, most recently changed first.
pub(super) fn tickets(
    conn: &Connection,
    filter: &TicketFilter,
    sight: &Sight,
    limit: u32,
) -> Result<Vec<Ticket>, LogError> {
    let mut sql = format!(
        "SELECT h.data FROM head h WHERE h.kind = 1 AND {}",
        in_sight(sight)
    );
    for (column, id) in [
        ("queue", filter.queue.map(|q| q.0)),
        ("assignee", filter.assignee.map(|a| a.0)),
        ("customer", filter.customer.map(|c| c.0)),
    ] {
        if let Some(id) = id {
            sql.push_str(&format!(" AND h.{column} = {}", blob(id)));
        }
    }
    if let Some(open) = filter.open {
        sql.push_str(if open {
            " AND h.open = 1"
        } else {
            " AND h.open = 0"
        });
    }
    if let Some(number) = filter.number {
        sql.push_str(&format!(" AND h.number = {}", signed(number)));
    }
    if let Some((at, id)) = filter.before {
        sql.push_str(&format!(
            " AND (h.updated_at, h.id) < ({}, {})",
            at.0,
            blob(id.0)
        ));
    }
    sql.push_str(" ORDER BY h.updated_at DESC, h.id DESC LIMIT ?1");
    let mut statement = conn.prepare(&sql)?;
    let mut rows = statement.query([limit])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let json = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        if let Head::Ticket(ticket) = rows::head(json)? {
            out.push(*ticket);
        }
    }
    Ok(out)
}

/// Tickets of the snapshot: open ones, and those that changed since it began and may have been open then.
pub(super) fn snapshot_tickets(
    conn: &Connection,
    sight: &Sight,
    since: u64,
    after: Option<TicketId>,
    limit: u32,
) -> Result<Vec<Ticket>, LogError> {
    let sql = format!(
        "SELECT h.data FROM head h WHERE h.kind = 1 AND (h.open = 1 OR h.position > ?1) AND h.id > ?2 AND {} \
         ORDER BY h.id LIMIT ?3",
        in_sight(sight)
    );
    let after: Box<dyn ToSql> = after.map_or(Box::new(Vec::<u8>::new()), |a| Box::new(Id(a.0)));
    rows::tickets(conn, &sql, &[&signed(since), after.as_ref(), &limit])
}

/// Customers of those tickets.
pub(super) fn snapshot_customers(
    conn: &Connection,
    sight: &Sight,
    since: u64,
    after: Option<CustomerId>,
    limit: u32,
) -> Result<Vec<CustomerId>, LogError> {
    let after: Box<dyn ToSql> = after.map_or(Box::new(Vec::<u8>::new()), |a| Box::new(Id(a.0)));
    let mut out = BTreeSet::new();
    for (condition, floor) in [("h.open = 1", 0), ("h.position > ?3", signed(since))] {
        let sql = format!(
            "SELECT DISTINCT h.customer FROM head h WHERE h.kind = 1 AND {condition} AND ?3 >= 0 AND h.customer > ?1 \
             AND {} ORDER BY h.customer LIMIT ?2",
            in_sight(sight)
        );
        let mut statement = conn.prepare_cached(&sql)?;
        let mut rows = statement.query(params![after.as_ref(), limit, floor])?;
        while let Some(row) = rows.next()? {
            out.insert(CustomerId(row.get::<_, Id>(0)?.0));
        }
    }
    Ok(out
        .into_iter()
        .take(usize::try_from(limit).unwrap_or(usize::MAX))
        .collect())
}

/// The last closed tickets of each of these customers.
pub(super) fn recent_closed(
    conn: &Connection,
    sight: &Sight,
    customers: &[CustomerId],
    each: u32,
) -> Result<Vec<Ticket>, LogError> {
    let sql = format!(
        "SELECT h.data FROM head h WHERE h.customer = ?1 AND h.kind = 1 AND h.open = 0 AND {} \
         ORDER BY h.updated_at DESC LIMIT ?2",
        in_sight(sight)
    );
    let mut out = Vec::new();
    for customer in customers {
        out.extend(rows::tickets(conn, &sql, &[&Id(customer.0), &each])?);
    }
    Ok(out)
}

/// Events of a customer's tickets, newest first.
pub(super) fn history(
    conn: &Connection,
    customer: CustomerId,
    sight: &Sight,
    before: Option<u64>,
    limit: u32,
) -> Result<Vec<Event>, LogError> {
    let sql = format!(
        "SELECT {EVENT} {EVENT_FROM} WHERE e.stream_kind = ?1 AND e.stream_id IN \
         (SELECT h.id FROM head h WHERE h.customer = ?2 AND h.kind = 1 AND {}) AND e.position < ?3 \
         ORDER BY e.position DESC LIMIT ?4",
        in_sight(sight)
    );
    let before = before.map_or(i64::MAX, signed);
    let kind = StreamKind::Ticket.code();
    rows::events(conn, &sql, &[&kind, &Id(customer.0), &before, &limit])
}

/// Customers by exact address, name or pinyin.
pub(super) fn customers(
    conn: &Connection,
    typed: &str,
    limit: u32,
) -> Result<Vec<CustomerId>, LogError> {
    let typed = typed.trim();
    let mut out: Vec<CustomerId> = Vec::new();
    let mut push = |id: Id| {
        if !out.contains(&CustomerId(id.0)) {
            out.push(CustomerId(id.0));
        }
    };
    let mut exact = conn
        .prepare_cached("SELECT customer FROM identity WHERE kind = ?1 AND value = ?2 LIMIT ?3")?;
    let folded = typed.to_lowercase();
    let phone = normalise_phone(typed);
    for (kind, value) in [
        ("phone", phone.as_deref()),
        ("mail", Some(folded.as_str())),
        ("account", Some(typed)),
    ] {
        let Some(value) = value else { continue };
        for id in exact.query_map(params![kind, value, limit], |r| r.get::<_, Id>(0))? {
            push(id?);
        }
    }
    let keys: String = fold(typed)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    if !keys.is_empty() && typed.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ') {
        // A range instead of LIKE, so that the index is used whatever the pragma.
        let end = format!("{keys}\u{7f}");
        for column in ["initials", "pinyin"] {
            let sql = format!(
                "SELECT customer FROM person WHERE {column} >= ?1 AND {column} < ?2 ORDER BY {column} LIMIT ?3"
            );
            let mut statement = conn.prepare_cached(&sql)?;
            for id in statement.query_map(params![keys, end, limit], |r| r.get::<_, Id>(0))? {
                push(id?);
            }
        }
    }
    let tokens = index_text(typed);
    if !tokens.is_empty() && !typed.bytes().all(|b| b.is_ascii_digit()) {
        let mut statement = conn.prepare_cached(
            "SELECT customer, tokens FROM person WHERE instr(tokens, ?1) > 0 LIMIT ?2",
        )?;
        for row in statement.query_map(params![tokens, limit], |r| {
            Ok((r.get::<_, Id>(0)?, r.get::<_, String>(1)?))
        })? {
            let (id, index) = row?;
            if matches(&index, typed) {
                push(id);
            }
        }
    }
    out.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(out)
}

/// Everything that answers what was typed: the ticket of that number, tickets of customers of that name or address,
/// then words, newest first.
pub(super) fn search(
    conn: &Connection,
    typed: &str,
    sight: &Sight,
    limit: u32,
) -> Result<Vec<Hit>, LogError> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut hits = Vec::new();
    let digits = fold(typed.trim());
    if let Ok(number) = digits.trim_start_matches('#').parse::<u64>() {
        let sql = "SELECT data FROM head WHERE number = ?1";
        for ticket in rows::tickets(conn, sql, &[&signed(number)])? {
            push_ticket(conn, &mut hits, ticket, sight)?;
        }
    }
    let filter_sql = format!(
        "SELECT h.data FROM head h WHERE h.customer = ?1 AND h.kind = 1 AND {} ORDER BY h.updated_at DESC LIMIT ?2",
        in_sight(sight)
    );
    for customer in customers(conn, typed, limit)? {
        if hits.len() >= most {
            break;
        }
        for ticket in rows::tickets(conn, &filter_sql, &[&Id(customer.0), &limit])? {
            push_ticket(conn, &mut hits, ticket, sight)?;
        }
    }
    if hits.len() < most
        && let Some(phrase) = query_phrase(typed)
    {
        words(conn, &phrase, sight, most, &mut hits)?;
    }
    hits.truncate(most);
    Ok(hits)
}

fn push_ticket(
    conn: &Connection,
    hits: &mut Vec<Hit>,
    ticket: Ticket,
    sight: &Sight,
) -> Result<(), LogError> {
    if !sight.sees_ticket(&ticket) || hits.iter().any(|h| h.ticket.id == ticket.id) {
        return Ok(());
    }
    let name: Option<String> = conn
        .prepare_cached("SELECT name FROM person WHERE customer = ?1")?
        .query_row(params![Id(ticket.customer.0)], |r| r.get(0))
        .optional()?;
    hits.push(Hit {
        at: ticket.updated_at,
        event: None,
        text: RawText::new(name.unwrap_or_default()),
        ticket,
    });
    Ok(())
}

fn words(
    conn: &Connection,
    phrase: &str,
    sight: &Sight,
    most: usize,
    hits: &mut Vec<Hit>,
) -> Result<(), LogError> {
    // Newest first by row id, never by rank over a common phrase: that reads the whole index.
    let mut statement =
        conn.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC")?;
    let mut rows = statement.query([phrase])?;
    let one = format!("SELECT {EVENT} {EVENT_FROM} WHERE e.position = ?1");
    let mut looked_at = 0;
    while let Some(row) = rows.next()? {
        looked_at += 1;
        if hits.len() >= most || looked_at > MAX_LOOKED_AT {
            break;
        }
        let position = unsigned(row.get(0)?);
        let Some(event) = rows::events(conn, &one, &[&signed(position)])?.pop() else {
            continue;
        };
        let Some(ticket) = rows::one_ticket(conn, TicketId(event.stream.id))? else {
            continue;
        };
        if !sight.sees_ticket(&ticket) {
            continue;
        }
        hits.push(Hit {
            event: Some(event.id),
            at: Ms(event.occurred_at.0),
            text: event.payload.and_then(|p| p.text).unwrap_or_default(),
            ticket,
        });
    }
    Ok(())
}
