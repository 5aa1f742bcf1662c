//! Numbered migrations, and heads that are rebuilt when the fold changed.

use rusqlite::{Connection, params};

use super::append;
use super::rows::{self, EVENT, EVENT_FROM, Id};
use crate::domain::fold::{FOLD_VERSION, fold};
use crate::domain::ids::{Stream, StreamKind};
use crate::log::{CommitError, LogError};

/// Every migration in order; the schema's version is how many have run (`user_version`).
const MIGRATIONS: &[&str] = &[include_str!(
    "../../../assets/migrations/server/0001_log.sql"
)];

/// Refuses a schema from a newer program.
pub(super) fn check(found: i64) -> Result<(), LogError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if found > known {
        return Err(LogError::Newer { found, known });
    }
    Ok(())
}

/// Brings the schema up to date. A file from a newer program is refused untouched.
pub(super) fn run(conn: &mut Connection) -> Result<(), LogError> {
    let found: i64 = conn.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    check(found)?;
    let done = usize::try_from(found)
        .map_err(|_| LogError::Corrupt("negative schema version".to_owned()))?;
    for (index, sql) in MIGRATIONS.iter().enumerate().skip(done) {
        let tx = conn.transaction()?;
        tx.execute_batch(sql)?;
        tx.pragma_update(
            None,
            "user_version",
            i64::try_from(index + 1).unwrap_or(i64::MAX),
        )?;
        tx.commit()?;
    }
    Ok(())
}

/// The log's name, made on first use from `fresh`.
pub(super) fn log_id(conn: &Connection, fresh: uuid::Uuid) -> Result<String, LogError> {
    conn.execute(
        "INSERT INTO meta (key, value) VALUES ('log_id', ?1) ON CONFLICT DO NOTHING",
        params![fresh.simple().to_string()],
    )?;
    Ok(
        conn.query_row("SELECT value FROM meta WHERE key = 'log_id'", [], |r| {
            r.get(0)
        })?,
    )
}

/// Rebuilds heads from events if another fold made them, or if a bulk writer was stopped before it wrote them.
pub(super) fn refold(conn: &mut Connection) -> Result<(), LogError> {
    let found: i64 = conn.query_row(
        "SELECT value FROM counter WHERE name = 'fold_version'",
        [],
        |r| r.get(0),
    )?;
    if found == i64::from(FOLD_VERSION) {
        return Ok(());
    }
    let tx = conn.transaction()?;
    tx.execute("DELETE FROM head", [])?;
    {
        let sql =
            format!("SELECT {EVENT} {EVENT_FROM} ORDER BY e.stream_kind, e.stream_id, e.version");
        let mut statement = tx.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut current: Option<(Stream, Option<crate::domain::fold::Head>)> = None;
        while let Some(row) = rows.next()? {
            let event = rows::event(row)?;
            let head = match current.take() {
                Some((stream, head)) if stream == event.stream => head,
                Some((stream, head)) => {
                    rewrite(&tx, stream, head.as_ref())?;
                    None
                }
                None => None,
            };
            current = Some((event.stream, fold(head, &event)));
        }
        if let Some((stream, head)) = current {
            rewrite(&tx, stream, head.as_ref())?;
        }
    }
    tx.execute(
        "UPDATE counter SET value = ?1 WHERE name = 'fold_version'",
        params![FOLD_VERSION],
    )?;
    tx.commit()?;
    Ok(())
}

fn rewrite(
    conn: &Connection,
    stream: Stream,
    head: Option<&crate::domain::fold::Head>,
) -> Result<(), LogError> {
    append::write_head(conn, stream, head).map_err(|error| match error {
        CommitError::Log(error) => error,
        // Two tickets with one number: the events contradict each other.
        other => LogError::Corrupt(other.to_string()),
    })
}

/// Marks heads as not to be trusted until [`refold`] or [`trust_heads`].
pub(super) fn distrust_heads(conn: &Connection) -> Result<(), LogError> {
    conn.execute(
        "UPDATE counter SET value = 0 WHERE name = 'fold_version'",
        [],
    )?;
    Ok(())
}

/// Marks heads as written by this program's fold.
pub(super) fn trust_heads(conn: &Connection) -> Result<(), LogError> {
    conn.execute(
        "UPDATE counter SET value = ?1 WHERE name = 'fold_version'",
        params![FOLD_VERSION],
    )?;
    Ok(())
}

/// The version of a stream by its events; heads of unknown first events do not exist.
pub(super) fn stream_version(conn: &Connection, stream: Stream) -> Result<u32, LogError> {
    debug_assert!(StreamKind::from_code(stream.kind.code()).is_some());
    let mut statement = conn.prepare_cached(
        "SELECT ifnull(max(version), 0) FROM event WHERE stream_kind = ?1 AND stream_id = ?2",
    )?;
    Ok(statement.query_row(params![stream.kind.code(), Id(stream.id)], |r| r.get(0))?)
}
