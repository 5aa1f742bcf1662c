//! Opening a desk: who sits here, whole files or new ones, and everything into memory for the first screen.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender};

use tokio::sync::mpsc as async_mpsc;

use super::{Dirty, Out, Owner};
use crate::api::desk::{DeskAnswer, DeskRequest, LinkInfo, QueueView, Trouble};
use crate::domain::ids::UserId;
use crate::store::fault;
use crate::store::files::{self, Folder, StoreError};
use crate::store::merge::Sequencer;
use crate::store::outbox::Outbox;
use crate::store::predict::Overlay;
use crate::store::replica::{OpenTicket, Replica};
use crate::store::rows::Board;
use crate::store::seam::{Call, Notice};
use crate::store::{Input, StoreConfig, search};
use crate::task;

/// The opened files, before anything is read from them.
pub struct Opened {
    me: UserId,
    fingerprint: String,
    dir: std::path::PathBuf,
    policy: Arc<crate::domain::policy::Policy>,
    lint: Option<crate::store::predict::Lint>,
    feeling: Option<crate::store::apply::Feeling>,
    folder: Folder,
    replica: Replica,
    outbox: Outbox,
    inputs: Sender<Input>,
    notices: async_mpsc::UnboundedSender<Notice>,
}

/// Who sits here: known from the last time, or told by the server. Requests that come before are kept.
pub fn who(
    config: &StoreConfig,
    taken: &Receiver<Input>,
    depth: &AtomicUsize,
    out: &mut Out,
) -> Option<(UserId, Vec<Input>)> {
    if let Some(user) = files::known_user(&config.dir, &config.fingerprint) {
        return Some((user, Vec::new()));
    }
    let mut held = Vec::new();
    loop {
        match taken.recv().ok()? {
            Input::Stop(done) => {
                // Nothing is open yet.
                if done.send(()).is_err() {
                    tracing::debug!("nobody waits for the store to stop");
                }
                return None;
            }
            Input::Call(Call::Identity(me, reply)) => {
                let user = me.user.id;
                held.push(Input::Call(Call::Identity(me, reply)));
                return Some((user, held));
            }
            Input::Ask(request) => {
                depth.fetch_sub(1, Ordering::Relaxed);
                if let DeskRequest::SetView { .. } = request {
                    held.retain(|i| !matches!(i, Input::Ask(DeskRequest::SetView { .. })));
                }
                held.push(Input::Ask(request));
            }
            // Nobody is known yet, but the agent must know why: a wrong token, no server.
            Input::Call(Call::Link(state)) => out.say(DeskAnswer::Link(LinkInfo {
                state,
                ..LinkInfo::default()
            })),
            Input::Call(Call::Presence(_)) => {}
            input => held.push(input),
        }
    }
}

/// Opens both files. A damaged one is set aside and begun anew; they never touch each other.
pub fn open(
    config: &StoreConfig,
    me: UserId,
    out: &mut Out,
    inputs: Sender<Input>,
    notices: async_mpsc::UnboundedSender<Notice>,
) -> Result<Opened, StoreError> {
    let folder = Folder::take(&config.dir, me)?;
    let stamp = task::now_ms().0;
    let outbox = match files::open_outbox(&folder.outbox()) {
        Err(error) if error.damaged() => {
            let aside = files::set_aside(&folder.outbox(), stamp)?;
            let name = aside
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            out.say(DeskAnswer::Trouble(Trouble::OutboxDamaged(name)));
            files::open_outbox(&folder.outbox())?
        }
        other => other?,
    };
    let replica = match files::open_replica(&folder.replica()) {
        Err(error) if error.damaged() => {
            files::set_aside(&folder.replica(), stamp)?;
            out.say(DeskAnswer::Trouble(Trouble::ReplicaDamaged));
            files::open_replica(&folder.replica())?
        }
        other => other?,
    };
    let mut outbox = Outbox::new(outbox);
    super::adopt::others(&config.dir, me, &folder, &mut outbox);
    Ok(Opened {
        me,
        fingerprint: config.fingerprint.clone(),
        dir: config.dir.clone(),
        policy: Arc::clone(&config.policy),
        lint: config.lint.clone(),
        feeling: config.feeling.clone(),
        folder,
        replica: Replica::new(replica),
        outbox,
        inputs,
        notices,
    })
}

impl Opened {
    /// Fills memory and tells the first screen.
    pub fn into_owner(self, out: Out) -> Owner {
        let board = Board::new(Arc::clone(&self.policy));
        let mut owner = Owner {
            me: self.me,
            fingerprint: self.fingerprint,
            dir: self.dir,
            policy: self.policy,
            lint: self.lint,
            feeling: self.feeling,
            folder: self.folder,
            replica: self.replica,
            outbox: self.outbox,
            seq: Sequencer::default(),
            board,
            people: HashMap::new(),
            users: BTreeMap::new(),
            queues: BTreeMap::new(),
            lines: BTreeMap::new(),
            reviews: BTreeMap::new(),
            review_words: BTreeMap::new(),
            due: None,
            due_away: false,
            unit: None,
            waiting: Vec::new(),
            answered: BTreeMap::new(),
            overlay: Overlay::default(),
            stale_overlay: false,
            returned: BTreeMap::new(),
            drafts: BTreeMap::new(),
            unsaved: BTreeSet::new(),
            seen: HashMap::new(),
            baseline: None,
            view: (0, QueueView::default()),
            shown: None,
            team: false,
            presence: None,
            link: LinkInfo::default(),
            seat: None,
            demo: false,
            hits: None,
            looked_up: None,
            retried: None,
            unwritten: std::collections::VecDeque::new(),
            dirty: Dirty {
                rows: true,
                link: true,
                returned: true,
                drafts: true,
                ..Dirty::default()
            },
            urgent: true,
            pushed: None,
            out,
            notices: self.notices,
            inputs: self.inputs,
            searcher: None,
        };
        if let Err(error) = owner.load_outbox() {
            owner.fail(&error);
        }
        if let Err(error) = owner.load_replica() {
            owner.fail(&error);
        }
        owner
    }
}

impl Owner {
    fn load_outbox(&mut self) -> Result<(), StoreError> {
        self.waiting = self.outbox.waiting()?;
        self.returned = self
            .outbox
            .returned()?
            .into_iter()
            .map(|b| (b.command.id, b))
            .collect();
        self.drafts = self.outbox.drafts()?;
        self.seen = self.outbox.seen()?;
        self.baseline = self
            .outbox
            .number("baseline")?
            .and_then(|n| u64::try_from(n).ok());
        self.link.clock_off = self.outbox.number("clock_off")?.unwrap_or(0);
        Ok(())
    }

    /// Colleagues and queues, as the replica has them.
    pub(super) fn load_site(&mut self) -> Result<(), StoreError> {
        let users = self.replica.users()?.into_iter();
        self.users = users.map(|u| (u.id, u)).collect();
        let queues = self.replica.queues()?.into_iter();
        self.queues = queues.map(|q| (q.id, q)).collect();
        Ok(())
    }

    /// Lines of the team, as the replica has them.
    pub(super) fn load_lines(&mut self) -> Result<(), StoreError> {
        let lines = self.replica.lines()?.into_iter();
        self.lines = lines.map(|l| (l.id, l)).collect();
        self.dirty.lines = true;
        Ok(())
    }

    /// Reads the replica into memory: one scan over the open tickets, then the outbox decided on top.
    pub(super) fn load_replica(&mut self) -> Result<(), StoreError> {
        self.drop_confirmed()?;
        self.load_site()?;
        self.load_lines()?;
        self.load_reviews()?;
        self.demo = self.replica.meta("demo")?.is_some();
        self.link.fresh_at = self
            .replica
            .meta("fresh_at")?
            .and_then(|t| t.parse().ok())
            .map(crate::domain::time::Ms);
        self.board = Board::new(Arc::clone(&self.policy));
        self.people.clear();
        let now = self.now();
        for OpenTicket {
            kept,
            person,
            clocks,
        } in self.replica.open_tickets(&self.policy)?
        {
            let person = person.unwrap_or_default();
            let customer = kept.ticket.customer;
            let facts = self.facts_of(kept.ticket, &person, kept.excerpt, kept.news);
            self.board.put_known(facts, clocks, now);
            self.people.insert(customer, person);
        }
        let drafted: Vec<_> = self.drafts.keys().copied().collect();
        for key in drafted {
            self.refresh(super::drafts::ticket_of(key))?;
        }
        self.predict()?;
        self.dirty.rows = true;
        self.dirty.conversation = self.shown.is_some();
        self.dirty.seat = self.users.contains_key(&self.me);
        if self.searcher.is_none() {
            match search::start(self.folder.replica(), self.inputs.clone()) {
                Ok(searcher) => self.searcher = Some(searcher),
                Err(error) => tracing::warn!(%error, "no thread for searching"),
            }
        }
        Ok(())
    }

    /// Lets waiting commands go whose events are in the replica already (the desk ended between the two).
    fn drop_confirmed(&mut self) -> Result<(), StoreError> {
        let mut done = Vec::new();
        for waiting in &self.waiting {
            if fault::id_check() && self.replica.has_command(waiting.command.id)? {
                done.push(waiting.command.id);
            }
        }
        if !done.is_empty() {
            self.outbox.done(&done)?;
            self.waiting.retain(|w| !done.contains(&w.command.id));
        }
        Ok(())
    }

    /// Sets a damaged replica aside and begins a new one; the outbox is not touched.
    pub(super) fn replace_replica(&mut self) {
        let done = (|| {
            let stamp = task::now_ms().0;
            // The searcher's connection is opened anew with the next search.
            self.searcher = None;
            let memory = rusqlite::Connection::open_in_memory()?;
            self.replica = Replica::new(memory);
            files::set_aside(&self.folder.replica(), stamp)?;
            self.replica = Replica::new(files::open_replica(&self.folder.replica())?);
            self.seq.clear();
            self.load_replica()
        })();
        match done {
            Ok(()) => {
                self.out.say(DeskAnswer::Trouble(Trouble::ReplicaDamaged));
                // The engine notices the missing cursor when it begins again.
                self.notice(Notice::Retry);
            }
            Err(error) => {
                tracing::error!(%error, "a new replica cannot be made");
                self.out.say(DeskAnswer::Trouble(super::trouble(&error)));
            }
        }
    }

    /// Tells the engine something; an engine that has ended needs nothing.
    pub(super) fn notice(&self, notice: Notice) {
        drop(self.notices.send(notice));
    }
}
