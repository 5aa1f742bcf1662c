//! A desk without a screen, for tests and scripts: the same store, the same engine, waited on.

use std::time::Duration;

use tokio::runtime::Handle;

use super::{DeskConfig, DeskHandle, OpenError};
use crate::api::desk::{
    Conversation, DeskAnswer, DeskRequest, Draft, DraftKey, LinkInfo, LinkState, Returned, Rows,
    Seat, Trouble,
};
use crate::domain::command::CommandBody;
use crate::domain::ids::{CommandId, TicketId};
use crate::task;

/// A desk whose answers are gathered.
pub struct Headless {
    desk: DeskHandle,
    /// Who sits here, once known.
    pub seat: Option<Seat>,
    /// The latest rows.
    pub rows: Rows,
    /// The latest conversation.
    pub conversation: Option<Conversation>,
    /// The latest state of the line.
    pub link: LinkInfo,
    /// What came back.
    pub returned: Vec<Returned>,
    /// Drafts.
    pub drafts: Vec<Draft>,
    /// Everything else that was told, oldest first.
    pub told: Vec<DeskAnswer>,
    /// What went wrong at the desk.
    pub troubles: Vec<Trouble>,
    generation: u64,
}

/// The desk did not come to what was waited for.
#[derive(Debug, thiserror::Error)]
#[error("waited in vain for {0}")]
pub struct InVain(pub &'static str);

impl Headless {
    /// Opens one.
    ///
    /// # Errors
    /// When the desk cannot be opened.
    pub fn open(config: DeskConfig, runtime: &Handle) -> Result<Self, OpenError> {
        Ok(Self {
            desk: super::open(config, runtime)?,
            seat: None,
            rows: Rows::default(),
            conversation: None,
            link: LinkInfo::default(),
            returned: Vec::new(),
            drafts: Vec::new(),
            told: Vec::new(),
            troubles: Vec::new(),
            generation: 0,
        })
    }

    fn take(&mut self, answer: DeskAnswer) {
        match answer {
            DeskAnswer::Seat(seat) => self.seat = Some(*seat),
            DeskAnswer::Rows(rows) => self.rows = rows,
            DeskAnswer::Conversation(conversation) => self.conversation = Some(*conversation),
            DeskAnswer::Link(link) => self.link = link,
            DeskAnswer::Returned(returned) => self.returned = returned,
            DeskAnswer::Drafts(drafts) => self.drafts = drafts,
            DeskAnswer::Trouble(trouble) => self.troubles.push(trouble),
            other => self.told.push(other),
        }
    }

    /// Takes answers until `done` says so.
    ///
    /// # Errors
    /// When it does not within `patience`.
    pub async fn until(
        &mut self,
        what: &'static str,
        patience: Duration,
        mut done: impl FnMut(&Self) -> bool,
    ) -> Result<(), InVain> {
        let deadline = task::instant() + patience;
        while !done(self) {
            let left = deadline.saturating_duration_since(task::instant());
            match tokio::time::timeout(left, self.desk.answers().recv()).await {
                Ok(Some(answer)) => self.take(answer),
                Ok(None) | Err(_) => return Err(InVain(what)),
            }
        }
        Ok(())
    }

    /// Asks something.
    ///
    /// # Errors
    /// When the store has stopped.
    pub fn ask(&self, request: DeskRequest) -> Result<(), InVain> {
        self.desk.send(request).map_err(|_| InVain("the store"))
    }

    /// Puts commands into the outbox and waits until they are on disk; tells their ids.
    ///
    /// # Errors
    /// When they were refused at once or not written in time.
    pub async fn submit(
        &mut self,
        bodies: Vec<CommandBody>,
        chained: bool,
        clears: Option<DraftKey>,
    ) -> Result<Vec<CommandId>, InVain> {
        let ids: Vec<CommandId> = bodies.iter().map(|_| CommandId(task::new_id())).collect();
        let at = task::now_ms();
        self.ask(DeskRequest::Submit {
            ids: ids.clone(),
            bodies,
            at,
            chained,
            clears,
        })?;
        let wanted = ids.clone();
        self.until("the outbox", Duration::from_secs(10), |d| {
            d.told.iter().any(|a| match a {
                DeskAnswer::Queued { ids } => *ids == wanted,
                DeskAnswer::RefusedHere { id, .. } => wanted.contains(id),
                _ => false,
            })
        })
        .await?;
        let refused = self
            .told
            .iter()
            .any(|a| matches!(a, DeskAnswer::RefusedHere { id, .. } if ids.contains(id)));
        if refused {
            Err(InVain("a command the desk refuses"))
        } else {
            // What was told of the line before knows nothing of these: `synced` must wait for the next word of it.
            self.link.waiting = self.link.waiting.max(1);
            Ok(ids)
        }
    }

    /// Waits until the server has accepted a command and its events are here.
    ///
    /// # Errors
    /// When that does not happen in time.
    pub async fn confirmed(&mut self, id: CommandId, patience: Duration) -> Result<(), InVain> {
        self.until("a confirmation", patience, |d| {
            d.told
                .iter()
                .any(|a| matches!(a, DeskAnswer::Confirmed { id: done } if *done == id))
        })
        .await
    }

    /// Waits until the line is live and nothing waits in the outbox.
    ///
    /// # Errors
    /// When that does not happen in time.
    pub async fn synced(&mut self, patience: Duration) -> Result<(), InVain> {
        self.until("a synced desk", patience, |d| {
            d.link.state == LinkState::Online && d.link.waiting == 0
        })
        .await
    }

    /// Saves a draft and waits until it is on disk.
    ///
    /// # Errors
    /// When it is not within ten seconds.
    pub async fn draft(&mut self, key: DraftKey, text: &str) -> Result<(), InVain> {
        let at = task::now_ms();
        self.ask(DeskRequest::SaveDraft(Draft {
            key,
            text: text.to_owned(),
            caret: text.len(),
            parts: Vec::new(),
            saved_at: at,
            began_position: 0,
        }))?;
        self.until("a saved draft", Duration::from_secs(10), |d| {
            d.told.iter().any(
                |a| matches!(a, DeskAnswer::DraftSaved { key: k, at: t } if *k == key && *t == at),
            )
        })
        .await
    }

    /// Shows a ticket and waits for its conversation.
    ///
    /// # Errors
    /// When this desk does not have it and cannot get it in time.
    pub async fn show(&mut self, ticket: TicketId) -> Result<Conversation, InVain> {
        self.generation += 1;
        let generation = self.generation;
        self.conversation = None;
        self.ask(DeskRequest::Show {
            generation,
            ticket: Some(ticket),
        })?;
        self.until("a conversation", Duration::from_secs(10), |d| {
            d.conversation
                .as_ref()
                .is_some_and(|c| c.generation == generation)
                || d.told.iter().any(
                    |a| matches!(a, DeskAnswer::NotHere { generation: g, .. } if *g == generation),
                )
        })
        .await?;
        self.conversation
            .clone()
            .ok_or(InVain("a ticket that is not here"))
    }

    /// Ends the desk and closes its files.
    pub fn shutdown(self) {
        self.desk.shutdown();
    }
}
