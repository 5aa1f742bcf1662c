//! One command inside the writer's transaction, and what is read to decide it.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::append::{self, LOGIN, Pen, SLUG, Times};
use super::errors::damaged;
use super::rows::{self, EVENT, EVENT_FROM, Id};
use crate::domain::event::Event;
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, EventId, Stream, UserId};
use crate::domain::vocabulary::Origin;
use crate::log::{Answer, Ask, Commit, CommitError, Committed, LogError, Seen};

/// Most events after a base that are looked at: a desk that is further behind must read the feed first.
const MAX_SINCE: i64 = 2_000;

/// Writes one command. The caller wraps it in a savepoint.
pub(super) fn apply(
    conn: &Connection,
    pen: &mut Pen,
    commit: &Commit,
    check_ids: bool,
) -> Result<Committed, CommitError> {
    if check_ids
        && let Some(earlier) = answer(conn, commit.command, commit.user, &commit.body_hash)?
    {
        return Ok(earlier);
    }
    for (stream, expected) in &commit.expected {
        let version = pen.head(conn, *stream)?.map_or(0, Head::version);
        if version != *expected {
            return Err(CommitError::Clash {
                stream: Some(*stream),
            });
        }
    }
    let times = Times {
        occurred: commit.occurred_at,
        recorded: commit.recorded_at,
    };
    let mut events = Vec::with_capacity(commit.events.len());
    for (index, new) in commit.events.iter().enumerate() {
        events.push(append::event(conn, pen, commit.command, index, new, times)?);
    }
    let mut streams: Vec<Stream> = commit.events.iter().map(|e| e.stream).collect();
    streams.sort();
    streams.dedup();
    for stream in streams {
        append::write_head(conn, stream, pen.head(conn, stream)?)?;
    }
    write_answer(conn, commit, check_ids)?;
    if let Answer::Conflict { with } = &commit.answer {
        events = by_ids(conn, with)?;
    }
    Ok(Committed {
        answer: commit.answer.clone(),
        events,
        again: false,
    })
}

fn write_answer(conn: &Connection, commit: &Commit, check_ids: bool) -> Result<(), CommitError> {
    let json = serde_json::to_string(&commit.answer).map_err(|e| damaged("a new answer", &e))?;
    let sql = if check_ids {
        "INSERT INTO answer (command, user, body_hash, at, answer) VALUES (?1, ?2, ?3, ?4, ?5)"
    } else {
        "INSERT OR REPLACE INTO answer (command, user, body_hash, at, answer) VALUES (?1, ?2, ?3, ?4, ?5)"
    };
    conn.prepare_cached(sql)?.execute(params![
        Id(commit.command.0),
        commit.user.map(|u| Id(u.0)),
        commit.body_hash,
        commit.recorded_at.0,
        json
    ])?;
    Ok(())
}

/// The earlier answer to a command.
fn answer(
    conn: &Connection,
    command: CommandId,
    user: Option<UserId>,
    body_hash: &[u8; 32],
) -> Result<Option<Committed>, CommitError> {
    let mut statement =
        conn.prepare_cached("SELECT user, body_hash, answer FROM answer WHERE command = ?1")?;
    let stored: Option<(Option<Id>, [u8; 32], String)> = statement
        .query_row(params![Id(command.0)], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .optional()?;
    let Some((who, hash, json)) = stored else {
        return Ok(None);
    };
    if who.map(|id| UserId(id.0)) != user || hash != *body_hash {
        return Err(CommitError::IdReused);
    }
    let answer: Answer = serde_json::from_str(&json).map_err(|e| damaged("an answer", &e))?;
    let events = match &answer {
        Answer::Accepted => of_command(conn, command)?,
        Answer::Refused { .. } => Vec::new(),
        Answer::Conflict { with } => by_ids(conn, with)?,
    };
    Ok(Some(Committed {
        answer,
        events,
        again: true,
    }))
}

fn of_command(conn: &Connection, command: CommandId) -> Result<Vec<Event>, LogError> {
    let sql = format!("SELECT {EVENT} {EVENT_FROM} WHERE e.command = ?1 ORDER BY e.position");
    rows::events(conn, &sql, &[&Id(command.0)])
}

fn by_ids(conn: &Connection, ids: &[EventId]) -> Result<Vec<Event>, LogError> {
    let sql = format!(
        "SELECT {EVENT} {EVENT_FROM} WHERE e.command = ?1 AND e.idx = ?2 ORDER BY e.position LIMIT 1"
    );
    let mut out = Vec::new();
    for id in ids {
        out.extend(rows::events(conn, &sql, &[&Id(id.command.0), &id.index])?);
    }
    Ok(out)
}

/// Reads everything a command needs, of one moment.
pub(super) fn gather(
    conn: &mut Connection,
    ask: &Ask,
    check_ids: bool,
) -> Result<Seen, CommitError> {
    let tx = conn.transaction()?;
    let mut seen = Seen::default();
    if check_ids {
        seen.answer = answer(&tx, ask.command, ask.user, &ask.body_hash)?;
        if seen.answer.is_some() {
            return Ok(seen);
        }
    }
    if let Some(after) = ask.after {
        seen.after_accepted = Some(accepted(&tx, after)?);
    }
    let mut heads: BTreeMap<Stream, Head> = BTreeMap::new();
    for stream in &ask.needs.streams {
        load(&tx, &mut heads, *stream)?;
    }
    let queues: Vec<Stream> = heads
        .values()
        .filter_map(|h| match h {
            Head::Ticket(t) => Some(t.queue.into()),
            _ => None,
        })
        .collect();
    for stream in queues {
        load(&tx, &mut heads, stream)?;
    }
    seen.heads = heads.into_values().collect();
    if let Some(customer) = ask.needs.tickets_of {
        let sql = "SELECT data FROM head WHERE kind = 1 AND customer = ?1";
        seen.tickets_of = rows::tickets(&tx, sql, &[&Id(customer.0)])?;
    }
    if let Some(user) = ask.needs.held_by {
        let sql = "SELECT data FROM head WHERE kind = 1 AND open = 1 AND assignee = ?1";
        seen.held = rows::tickets(&tx, sql, &[&Id(user.0)])?;
    }
    for origin in &ask.needs.origins {
        if known_origin(&tx, origin)? {
            seen.origins.insert(origin.clone());
        }
    }
    if let Some(login) = &ask.needs.login {
        seen.login_taken = handle(&tx, LOGIN, login)?.is_some();
    }
    if let Some(slug) = &ask.needs.slug {
        seen.slug_taken = handle(&tx, SLUG, slug)?.is_some();
    }
    seen.since = since(&tx, &ask.since)?;
    Ok(seen)
}

fn load(
    conn: &Connection,
    heads: &mut BTreeMap<Stream, Head>,
    stream: Stream,
) -> Result<(), LogError> {
    if let std::collections::btree_map::Entry::Vacant(slot) = heads.entry(stream)
        && let Some(head) = rows::one_head(conn, stream)?
    {
        slot.insert(head);
    }
    Ok(())
}

fn accepted(conn: &Connection, command: CommandId) -> Result<bool, LogError> {
    let mut statement = conn.prepare_cached("SELECT answer FROM answer WHERE command = ?1")?;
    let json: Option<String> = statement
        .query_row(params![Id(command.0)], |r| r.get(0))
        .optional()?;
    let Some(json) = json else { return Ok(false) };
    let answer: Answer = serde_json::from_str(&json).map_err(|e| damaged("an answer", &e))?;
    Ok(answer == Answer::Accepted)
}

fn since(conn: &Connection, bases: &[(Stream, u32)]) -> Result<Vec<Event>, LogError> {
    let columns = EVENT.replace("p.data", "NULL");
    let sql = format!(
        "SELECT {columns} FROM event e WHERE e.stream_kind = ?1 AND e.stream_id = ?2 AND e.version > ?3 \
         ORDER BY e.version DESC LIMIT {MAX_SINCE}"
    );
    let mut out = Vec::new();
    for (stream, version) in bases {
        out.extend(rows::events(
            conn,
            &sql,
            &[&stream.kind.code(), &Id(stream.id), version],
        )?);
    }
    out.sort_by_key(|e| e.position);
    Ok(out)
}

/// Whether something of this origin is in the log.
pub(super) fn known_origin(conn: &Connection, origin: &Origin) -> Result<bool, LogError> {
    let mut statement =
        conn.prepare_cached("SELECT 1 FROM origin WHERE source = ?1 AND foreign_id = ?2")?;
    Ok(statement.exists(params![origin.source, origin.foreign_id])?)
}

/// The stream that has this login or slug.
pub(super) fn handle(
    conn: &Connection,
    kind: i64,
    value: &str,
) -> Result<Option<uuid::Uuid>, LogError> {
    let mut statement =
        conn.prepare_cached("SELECT stream_id FROM handle WHERE kind = ?1 AND value = ?2")?;
    let id: Option<Id> = statement
        .query_row(params![kind, value], |r| r.get(0))
        .optional()?;
    Ok(id.map(|id| id.0))
}
