//! What the sync engine brings: identity, snapshot, feed, fetched tickets, history, hits, presence, the line's state.

use super::Owner;
use crate::api::desk::{DeskAnswer, Hit, LinkState};
use crate::api::wire::{ChangeItem, HistoryPage, Me, SearchHit, SnapshotEntry, SnapshotPage};
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, TicketId};
use crate::store::apply::{Applied, Apply, excerpt};
use crate::store::fault;
use crate::store::files::{self, StoreError};
use crate::store::seam::{Call, Left, Reply, SyncAt};

impl Owner {
    pub(super) fn call(&mut self, call: Call) {
        match call {
            Call::Identity(me, reply) => {
                let done = self.identity(*me);
                self.answer(reply, done);
            }
            Call::Where(reply) => {
                let done = self.sync_at();
                self.answer(reply, done);
            }
            Call::Reset(reply) => {
                let done = self.reset();
                self.answer(reply, done);
            }
            Call::Snapshot(page, reply) => {
                let done = self.snapshot(*page);
                self.answer(reply, done);
            }
            Call::Changes(items, next, reply) => {
                let done = self.changes(items, &next);
                self.answer(reply, done);
            }
            Call::Entry(entry, reply) => {
                let done = self.entry(*entry);
                self.answer(reply, done);
            }
            Call::Batch(reply) => {
                let done = self.batch();
                self.answer(reply, done);
            }
            Call::Answers(answers, reply) => {
                let done = self.answers(answers);
                self.answer(reply, done);
            }
            Call::NotHere(generation, ticket) => {
                self.out.say(DeskAnswer::NotHere { generation, ticket })
            }
            Call::Older(generation, page) => self.older_came(generation, page),
            Call::Hits(generation, hits) => self.server_hits(generation, hits),
            Call::Due(page) => {
                if let Err(error) = self.due_came(page.map(|p| *p)) {
                    self.fail(&error);
                }
            }
            Call::Looked(generation) => {
                if let Err(error) = self.callers_again(generation) {
                    self.fail(&error);
                }
            }
            call => self.line(call),
        }
    }

    /// Hands an outcome to the engine; an error is also told to the agent.
    fn answer<T>(&mut self, reply: Reply<T>, done: Result<T, StoreError>) {
        if let Err(error) = &done {
            self.fail(error);
        }
        // An engine that has gone needs no answer.
        if reply.send(done).is_err() {
            tracing::debug!("the engine did not wait for the store");
        }
    }

    #[expect(
        clippy::collapsible_match,
        reason = "a guard would hide that the call was taken"
    )]
    fn line(&mut self, call: Call) {
        match call {
            Call::Link(state) => {
                if self.link.state != state {
                    if matches!(state, LinkState::Offline { .. }) {
                        self.presence = None;
                        self.dirty.conversation |= self.shown.is_some();
                    }
                    self.link.state = state;
                    self.dirty.link = true;
                }
            }
            Call::Fresh(at) => {
                let kept = self.replica.set_meta("fresh_at", Some(&at.0.to_string()));
                if let Err(error) = kept {
                    self.fail(&error);
                }
                self.link.fresh_at = Some(at);
                self.dirty.link = true;
            }
            Call::Clock(off) => {
                // Small changes are the line's jitter, not the clock's.
                if (self.link.clock_off - off).abs() > 250 {
                    self.link.clock_off = off;
                    self.dirty.link = true;
                    self.dirty.rows = true;
                    if let Err(error) = self.outbox.set_number("clock_off", off) {
                        self.fail(&error);
                    }
                }
            }
            Call::Presence(entries) => {
                if self.presence != entries {
                    self.presence = entries;
                    self.dirty.conversation |= self.shown.is_some();
                    self.dirty.team |= self.team;
                }
            }
            _ => {}
        }
    }

    fn identity(&mut self, me: Me) -> Result<SyncAt, StoreError> {
        if me.user.id != self.me {
            // The token belongs to somebody else now: the next start opens their folder, this one shows nothing of theirs.
            files::remember_user(&self.dir, &self.fingerprint, me.user.id)?;
            self.link.state = LinkState::Incompatible;
            self.dirty.link = true;
            return Err(StoreError::Io {
                path: self.folder.path.clone(),
                source: std::io::Error::other(
                    "the token belongs to another user now: start balm again",
                ),
            });
        }
        files::remember_user(&self.dir, &self.fingerprint, me.user.id)?;
        if self.replica.meta("log")?.is_some_and(|log| log != me.log) {
            // Another log, or a restored backup: nothing mirrored counts any more.
            self.reset()?;
        }
        self.replica.set_meta("log", Some(&me.log))?;
        self.replica.set_meta("demo", me.demo.then_some("1"))?;
        self.demo = me.demo;
        self.seat = Some(me);
        self.dirty.seat = true;
        self.sync_at()
    }

    fn sync_at(&self) -> Result<SyncAt, StoreError> {
        Ok(SyncAt {
            cursor: self.replica.meta("cursor")?,
            snapshot: self.replica.meta("snapshot")?,
            done: self
                .replica
                .meta("snapshot_done")?
                .and_then(|n| n.parse().ok())
                .unwrap_or(0),
        })
    }

    fn reset(&mut self) -> Result<(), StoreError> {
        let log = self.replica.meta("log")?;
        let demo = self.replica.meta("demo")?;
        self.replica.transaction(|r| {
            r.wipe()?;
            r.set_meta("log", log.as_deref())?;
            r.set_meta("demo", demo.as_deref())
        })?;
        self.seq.clear();
        self.load_replica()
    }

    fn snapshot(&mut self, page: SnapshotPage) -> Result<(), StoreError> {
        let last = page.next.is_none();
        let count = u64::try_from(page.entries.len()).unwrap_or(0);
        let feeling = self.feeling.clone();
        let (replica, seq, me) = (&self.replica, &mut self.seq, self.me);
        let applied = replica.transaction(|r| {
            let mut apply = Apply::new(r, seq, me, feeling.clone());
            for entry in page.entries {
                apply.entry(entry)?;
            }
            let applied = apply.finish()?;
            // The feed is read from where the snapshot began, not from where it ended.
            let begun = r.meta("snapshot_cursor")?.unwrap_or(page.cursor);
            let done: u64 = r
                .meta("snapshot_done")?
                .and_then(|n| n.parse().ok())
                .unwrap_or(0);
            r.set_meta("snapshot", page.next.as_deref())?;
            if last {
                r.set_meta("cursor", Some(&begun))?;
                r.set_meta("snapshot_cursor", None)?;
                r.set_meta("snapshot_done", None)?;
            } else {
                r.set_meta("snapshot_cursor", Some(&begun))?;
                r.set_meta("snapshot_done", Some(&(done + count).to_string()))?;
            }
            Ok(applied)
        })?;
        if last && self.baseline.is_none() {
            let position = self
                .board
                .rows()
                .map(|r| r.ticket.position)
                .max()
                .unwrap_or(0)
                .max(applied.position);
            self.baseline = Some(position);
            self.outbox
                .set_number("baseline", i64::try_from(position).unwrap_or(i64::MAX))?;
        }
        self.applied(applied, false)
    }

    fn changes(&mut self, items: Vec<ChangeItem>, next: &str) -> Result<Left, StoreError> {
        let feeling = self.feeling.clone();
        let (replica, seq, me) = (&self.replica, &mut self.seq, self.me);
        let applied = replica.transaction(|r| {
            let mut apply = Apply::new(r, seq, me, feeling.clone());
            for item in items {
                apply.change(item.change)?;
            }
            let applied = apply.finish()?;
            r.set_meta("cursor", Some(next))?;
            Ok(applied)
        })?;
        let reset = applied.reset;
        self.applied(applied, true)?;
        Ok(Left {
            reset,
            gaps: self.seq.gaps().collect(),
        })
    }

    fn entry(&mut self, entry: SnapshotEntry) -> Result<(), StoreError> {
        let feeling = self.feeling.clone();
        let (replica, seq, me) = (&self.replica, &mut self.seq, self.me);
        let applied = replica.transaction(|r| {
            let mut apply = Apply::new(r, seq, me, feeling.clone());
            apply.entry(entry)?;
            apply.finish()
        })?;
        self.applied(applied, false)
    }

    /// Brings what changed in the replica into memory and to the screen.
    pub(super) fn applied(&mut self, applied: Applied, live: bool) -> Result<(), StoreError> {
        if applied.site {
            self.load_site()?;
            self.dirty.seat = true;
            self.dirty.team |= self.team;
        }
        if applied.lines {
            self.load_lines()?;
        }
        if applied.reviews {
            self.load_reviews()?;
        } else if !self.review_words.is_empty() {
            self.forget_words(&applied.customers)?;
        }
        if live {
            for line in &applied.answered_lines {
                self.line_answered(*line);
            }
        }
        let mut tickets = applied.tickets;
        for customer in &applied.customers {
            self.people.remove(customer);
            let theirs = self
                .board
                .rows()
                .filter(|r| r.ticket.customer == *customer)
                .map(|r| r.ticket.id);
            tickets.extend(theirs.collect::<Vec<_>>());
        }
        for ticket in &applied.left {
            self.people_left(*ticket);
        }
        for (from, into) in &applied.merged {
            self.follow_merge(*from, *into)?;
        }
        self.confirm(&applied.commands, &applied.left, applied.position)?;
        for ticket in &tickets {
            self.refresh(*ticket)?;
        }
        if !self.waiting.is_empty() || self.overlay.tickets().next().is_some() {
            self.predict()?;
        }
        self.tell_shown(&tickets);
        if self
            .unit
            .is_some_and(|(_, ticket, _)| tickets.contains(&ticket))
        {
            self.push_unit()?;
        }
        if live {
            for ticket in &applied.arrived {
                let mine = self
                    .board
                    .row(*ticket)
                    .is_some_and(|r| r.ticket.assignee == Some(self.me));
                if mine && self.shown.as_ref().is_none_or(|s| s.ticket != *ticket) {
                    self.out.say(DeskAnswer::Arrived { ticket: *ticket });
                }
            }
        }
        Ok(())
    }

    fn people_left(&mut self, ticket: TicketId) {
        self.board.remove(ticket);
        self.dirty.rows = true;
        if let Some(shown) = self.shown.as_ref().filter(|s| s.ticket == ticket) {
            self.out.say(DeskAnswer::NotHere {
                generation: shown.generation,
                ticket,
            });
        }
    }

    /// Marks the conversation when any ticket of its customer changed.
    fn tell_shown(&mut self, tickets: &std::collections::BTreeSet<TicketId>) {
        let Some(shown) = &self.shown else { return };
        let about = |id: &TicketId| {
            *id == shown.ticket
                || self
                    .board
                    .row(*id)
                    .is_some_and(|r| Some(r.ticket.customer) == shown.customer)
        };
        if tickets.iter().any(about) {
            self.dirty.conversation = true;
        }
    }

    fn older_came(&mut self, generation: u64, page: Option<Box<HistoryPage>>) {
        let Some(shown) = &mut self.shown else { return };
        shown.generation = generation;
        match page {
            Some(page) => {
                shown.more_offline = false;
                shown.more = page.next.is_some();
                shown.cursor = page.next;
                for head in page.tickets {
                    if let Head::Ticket(ticket) = head {
                        shown.older_tickets.insert(ticket.id, *ticket);
                    }
                }
                let mut older = page.events;
                older.reverse();
                older.append(&mut shown.older);
                shown.older = older;
            }
            None => shown.more_offline = true,
        }
        self.dirty.conversation = true;
        self.urgent = true;
    }

    fn server_hits(&mut self, generation: u64, hits: Vec<SearchHit>) {
        let mut out = Vec::with_capacity(hits.len());
        for hit in hits {
            let caller = self
                .person(hit.customer)
                .map(|p| p.name)
                .unwrap_or_default();
            out.push(Hit::Ticket {
                ticket: hit.ticket,
                number: hit.number,
                caller,
                excerpt: excerpt(hit.excerpt.expose()),
                at: hit.at,
            });
        }
        match self.hits.take() {
            Some((there, mine)) if there == generation => self.hits_of(generation, mine, out),
            // The desk's own hits are not there yet: they will be merged when they come.
            _ => self.hits = Some((generation, out)),
        }
    }

    /// The commands of these events are done.
    fn confirm(
        &mut self,
        seen: &std::collections::BTreeSet<CommandId>,
        left: &std::collections::BTreeSet<TicketId>,
        position: u64,
    ) -> Result<(), StoreError> {
        let mut done = Vec::new();
        for waiting in &self.waiting {
            let id = waiting.command.id;
            let gone = waiting
                .command
                .body
                .ticket()
                .is_some_and(|t| left.contains(&t));
            let passed = self
                .answered
                .get(&id)
                .is_some_and(|a| gone || a.events.iter().all(|e| e.position <= position));
            if passed
                || (fault::id_check() && seen.contains(&id) && self.replica.has_command(id)?)
            {
                done.push(id);
            }
        }
        self.finish(&done)
    }
}
