//! The outbox file: commands that wait, commands that came back, drafts, and what was looked at.

use std::collections::{BTreeMap, HashMap};

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::files::StoreError;
use crate::api::desk::{BegunCard, Draft, DraftKey};
use crate::domain::command::Command;
use crate::domain::decide::Rule;
use crate::domain::event::Event;
use crate::domain::ids::{CommandId, ReviewId, TicketId};
use crate::domain::time::Ms;

/// Why a command came back, as it is kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Cause {
    /// A rule speaks against it.
    Refused {
        /// Which one.
        rule: Rule,
        /// What exactly.
        detail: Vec<String>,
    },
    /// Somebody did something meanwhile.
    Conflict {
        /// What, oldest first.
        with: Vec<Event>,
    },
    /// It waited too long.
    Stale {
        /// The time computed anew.
        recomputed: Option<Ms>,
        /// Whether a day word changed its meaning.
        words: bool,
    },
    /// The command it follows came back.
    After {
        /// Which one.
        command: CommandId,
    },
}

/// A command that came back.
#[derive(Clone, PartialEq, Debug)]
pub struct Back {
    /// The command.
    pub command: Command,
    /// Why.
    pub cause: Cause,
    /// When.
    pub at: Ms,
}

/// A command that waits.
#[derive(Clone, PartialEq, Debug)]
pub struct Waiting {
    /// The command.
    pub command: Command,
    /// Whether it was handed to the line before: the server may have it.
    pub attempted: bool,
}

/// The outbox file.
pub struct Outbox {
    db: Connection,
}

const fn key(key: DraftKey) -> (i64, TicketId) {
    match key {
        DraftKey::Reply(ticket) => (1, ticket),
        DraftKey::Note(ticket) => (2, ticket),
        DraftKey::Intake(ticket) => (3, ticket),
    }
}

const fn key_of(kind: i64, ticket: TicketId) -> DraftKey {
    match kind {
        1 => DraftKey::Reply(ticket),
        2 => DraftKey::Note(ticket),
        _ => DraftKey::Intake(ticket),
    }
}

impl Outbox {
    /// Over an open connection.
    #[must_use]
    pub const fn new(db: Connection) -> Self {
        Self { db }
    }

    /// Everything that waits, in order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        let mut q = self
            .db
            .prepare_cached("SELECT json, attempted FROM commands ORDER BY seq")?;
        let mut rows = q.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Waiting {
                command: serde_json::from_str(
                    row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?,
                )?,
                attempted: row.get(1)?,
            });
        }
        Ok(out)
    }

    /// Takes commands in and drops the draft they were made from, in one transaction; on disk when it returns.
    ///
    /// # Errors
    /// When they could not be written; then nothing was.
    pub fn submit(
        &mut self,
        commands: &[Command],
        clears: Option<DraftKey>,
    ) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        for command in commands {
            tx.prepare_cached("INSERT INTO commands(id, json) VALUES(?1, ?2)")?
                .execute(params![
                    command.id.0.into_bytes(),
                    serde_json::to_string(command)?
                ])?;
        }
        if let Some(clears) = clears {
            let (kind, ticket) = key(clears);
            tx.execute(
                "DELETE FROM drafts WHERE kind = ?1 AND ticket = ?2",
                params![kind, ticket.0.into_bytes()],
            )?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Notes that these commands are about to be handed to the line.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn attempt(&mut self, ids: &[CommandId]) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        for id in ids {
            tx.prepare_cached("UPDATE commands SET attempted = 1 WHERE id = ?1")?
                .execute([id.0.into_bytes()])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Lets commands go whose events are in the replica.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn done(&mut self, ids: &[CommandId]) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        for id in ids {
            tx.prepare_cached("DELETE FROM commands WHERE id = ?1")?
                .execute([id.0.into_bytes()])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Moves commands from waiting to returned, all or none.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn back(&mut self, backs: &[Back]) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        for back in backs {
            tx.prepare_cached("DELETE FROM commands WHERE id = ?1")?
                .execute([back.command.id.0.into_bytes()])?;
            tx.prepare_cached(
                "INSERT OR REPLACE INTO returned(id, at, json, cause) VALUES(?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                back.command.id.0.into_bytes(),
                back.at.0,
                serde_json::to_string(&back.command)?,
                serde_json::to_string(&back.cause)?
            ])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Everything that came back, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn returned(&self) -> Result<Vec<Back>, StoreError> {
        let mut q = self
            .db
            .prepare_cached("SELECT json, cause, at FROM returned ORDER BY at, id")?;
        let mut rows = q.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(Back {
                command: serde_json::from_str(
                    row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?,
                )?,
                cause: serde_json::from_str(
                    row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?,
                )?,
                at: Ms(row.get(2)?),
            });
        }
        Ok(out)
    }

    /// Ends a returned command: its successor waits, or its words are in a draft, in the same transaction.
    ///
    /// # Errors
    /// When it could not be written; then the returned command is still there.
    pub fn resolve(
        &mut self,
        id: CommandId,
        next: Option<&Command>,
        draft: Option<&Draft>,
    ) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        tx.execute("DELETE FROM returned WHERE id = ?1", [id.0.into_bytes()])?;
        if let Some(next) = next {
            tx.execute(
                "INSERT INTO commands(id, json) VALUES(?1, ?2)",
                params![next.id.0.into_bytes(), serde_json::to_string(next)?],
            )?;
        }
        if let Some(draft) = draft {
            put_draft(&tx, draft)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// Keeps a draft; an empty one is deleted.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        put_draft(&self.db, draft)
    }

    /// Moves a draft to another ticket, joined with one that is there already.
    ///
    /// # Errors
    /// When it could not be written; then it is where it was.
    pub fn move_draft(&mut self, from: DraftKey, to: &Draft) -> Result<(), StoreError> {
        let tx = self.db.transaction()?;
        let (kind, ticket) = key(from);
        tx.execute(
            "DELETE FROM drafts WHERE kind = ?1 AND ticket = ?2",
            params![kind, ticket.0.into_bytes()],
        )?;
        put_draft(&tx, to)?;
        tx.commit()?;
        Ok(())
    }

    /// All drafts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn drafts(&self) -> Result<BTreeMap<DraftKey, Draft>, StoreError> {
        let mut q = self
            .db
            .prepare("SELECT kind, ticket, body, caret, parts, saved_at, began FROM drafts")?;
        let mut rows = q.query([])?;
        let mut out = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let key = key_of(row.get(0)?, TicketId(Uuid::from_bytes(row.get(1)?)));
            let draft = Draft {
                key,
                text: row.get(2)?,
                caret: usize::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
                parts: serde_json::from_str(&row.get::<_, String>(4)?)?,
                saved_at: Ms(row.get(5)?),
                began_position: u64::try_from(row.get::<_, i64>(6)?).unwrap_or(0),
            };
            out.insert(key, draft);
        }
        Ok(out)
    }

    /// Takes over everything that `other` holds, in its order, and empties it; tells how much that was. First it is on
    /// disk here, then it is deleted there: after a crash in between the next take-over finds ids that it knows.
    ///
    /// # Errors
    /// When one of the files could not be read or written; then nothing is missing in `other` that is not here.
    pub fn absorb(
        &mut self,
        other: &mut Self,
        join: impl Fn(Option<&Draft>, &Draft, DraftKey) -> Draft,
    ) -> Result<usize, StoreError> {
        let (waiting, backs, drafts) = (other.waiting()?, other.returned()?, other.drafts()?);
        let cards = other.cards()?;
        let count = waiting.len() + backs.len() + drafts.len() + cards.len();
        if count == 0 {
            return Ok(0);
        }
        let mine = self.drafts()?;
        let tx = self.db.transaction()?;
        for w in &waiting {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO commands(id, attempted, json) VALUES(?1, ?2, ?3)",
            )?
            .execute(params![
                w.command.id.0.into_bytes(),
                w.attempted,
                serde_json::to_string(&w.command)?
            ])?;
        }
        for back in &backs {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO returned(id, at, json, cause) VALUES(?1, ?2, ?3, ?4)",
            )?
            .execute(params![
                back.command.id.0.into_bytes(),
                back.at.0,
                serde_json::to_string(&back.command)?,
                serde_json::to_string(&back.cause)?
            ])?;
        }
        for card in &cards {
            tx.prepare_cached("INSERT OR IGNORE INTO meta(key, value) VALUES(?1, ?2)")?
                .execute(params![card_key(card.review), serde_json::to_string(card)?])?;
        }
        for (key, draft) in &drafts {
            let there = mine.get(key);
            // A take-over that was cut short has joined it already.
            if there.is_none_or(|t| !t.text.ends_with(&draft.text)) {
                put_draft(&tx, &join(there, draft, *key))?;
            }
        }
        tx.commit()?;
        let tx = other.db.transaction()?;
        tx.execute_batch(
            "DELETE FROM commands; DELETE FROM returned; DELETE FROM drafts; \
             DELETE FROM meta WHERE key GLOB 'card/*';",
        )?;
        tx.commit()?;
        Ok(count)
    }

    /// How far this agent has looked, by ticket.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn seen(&self) -> Result<HashMap<TicketId, u64>, StoreError> {
        let mut q = self.db.prepare("SELECT ticket, position FROM seen")?;
        let rows = q.query_map([], |row| {
            Ok((
                TicketId(Uuid::from_bytes(row.get(0)?)),
                row.get::<_, i64>(1)?,
            ))
        })?;
        let mut out = HashMap::new();
        for row in rows {
            let (ticket, position) = row?;
            out.insert(ticket, u64::try_from(position).unwrap_or(0));
        }
        Ok(out)
    }

    /// Remembers how far this agent has looked.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn set_seen(&mut self, ticket: TicketId, position: u64) -> Result<(), StoreError> {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        self.db
            .prepare_cached("INSERT OR REPLACE INTO seen(ticket, position) VALUES(?1, ?2)")?
            .execute(params![ticket.0.into_bytes(), position])?;
        Ok(())
    }

    /// A number kept under a name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn number(&self, name: &str) -> Result<Option<i64>, StoreError> {
        let mut q = self
            .db
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        let mut rows = q.query([name])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        Ok(row.get::<_, String>(0)?.parse().ok())
    }

    /// The cards of reviews that were begun and not handed in. One that cannot be read any more is left where it is.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn cards(&self) -> Result<Vec<BegunCard>, StoreError> {
        let mut q = self
            .db
            .prepare_cached("SELECT value FROM meta WHERE key GLOB 'card/*' ORDER BY key")?;
        let texts = q.query_map([], |row| row.get::<_, String>(0))?;
        let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
        let cards = texts.iter().map(|t| serde_json::from_str(t));
        Ok(cards.filter_map(Result::ok).collect())
    }

    /// Keeps a begun card, or lets it go.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn keep_card(
        &mut self,
        review: ReviewId,
        card: Option<&BegunCard>,
    ) -> Result<(), StoreError> {
        let key = card_key(review);
        match card {
            Some(card) => self.db.execute(
                "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)",
                params![key, serde_json::to_string(card)?],
            )?,
            None => self
                .db
                .execute("DELETE FROM meta WHERE key = ?1", params![key])?,
        };
        Ok(())
    }

    /// Keeps a number under a name.
    ///
    /// # Errors
    /// When it could not be written.
    pub fn set_number(&mut self, name: &str, value: i64) -> Result<(), StoreError> {
        self.db.execute(
            "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)",
            params![name, value.to_string()],
        )?;
        Ok(())
    }
}

/// Under which name a begun card is kept.
fn card_key(review: ReviewId) -> String {
    format!("card/{review}")
}

fn put_draft(db: &Connection, draft: &Draft) -> Result<(), StoreError> {
    let (kind, ticket) = key(draft.key);
    if draft.text.is_empty() {
        db.execute(
            "DELETE FROM drafts WHERE kind = ?1 AND ticket = ?2",
            params![kind, ticket.0.into_bytes()],
        )?;
        return Ok(());
    }
    db.prepare_cached(
        "INSERT OR REPLACE INTO drafts(kind, ticket, body, caret, parts, saved_at, began) VALUES(?1,?2,?3,?4,?5,?6,?7)",
    )?
    .execute(params![
        kind,
        ticket.0.into_bytes(),
        draft.text,
        i64::try_from(draft.caret).unwrap_or(0),
        serde_json::to_string(&draft.parts)?,
        draft.saved_at.0,
        i64::try_from(draft.began_position).unwrap_or(i64::MAX),
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests;
