//! Tokens: only the hash of a secret is kept.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::rows::Id;
use crate::domain::ids::UserId;
use crate::domain::time::Ms;
use crate::log::{LogError, TokenRow};

const COLUMNS: &str = "id, hash, user, label, created_at, revoked_at";

fn row(row: &Row<'_>) -> rusqlite::Result<TokenRow> {
    Ok(TokenRow {
        id: row.get(0)?,
        hash: row.get(1)?,
        user: UserId(row.get::<_, Id>(2)?.0),
        label: row.get(3)?,
        created_at: Ms(row.get(4)?),
        revoked_at: row.get::<_, Option<i64>>(5)?.map(Ms),
    })
}

/// Keeps a token.
pub(super) fn add(conn: &Connection, token: &TokenRow) -> Result<(), LogError> {
    let sql = format!("INSERT INTO token ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    conn.prepare_cached(&sql)?.execute(params![
        token.id,
        token.hash,
        Id(token.user.0),
        token.label,
        token.created_at.0,
        token.revoked_at.map(|at| at.0)
    ])?;
    Ok(())
}

/// All tokens, newest first.
pub(super) fn all(conn: &Connection) -> Result<Vec<TokenRow>, LogError> {
    let sql = format!("SELECT {COLUMNS} FROM token ORDER BY created_at DESC, id");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_map([], row)?.collect::<Result<_, _>>()?)
}

/// The token with this hash.
pub(super) fn by_hash(conn: &Connection, hash: &[u8; 32]) -> Result<Option<TokenRow>, LogError> {
    let sql = format!("SELECT {COLUMNS} FROM token WHERE hash = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_row(params![hash], row).optional()?)
}

/// Revokes a token; the first time stands.
pub(super) fn revoke(conn: &Connection, id: &str, at: Ms) -> Result<bool, LogError> {
    let sql = "UPDATE token SET revoked_at = ifnull(revoked_at, ?2) WHERE id = ?1";
    Ok(conn.prepare_cached(sql)?.execute(params![id, at.0])? > 0)
}
