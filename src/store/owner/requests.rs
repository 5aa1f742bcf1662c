//! What the screen asks.

use std::collections::HashMap;

use super::{Owner, Shown};
use crate::api::desk::{
    Caller, DeskAnswer, DeskRequest, Draft, DraftKey, Hit, HitSource, ReturnCause, ReturnChoice,
};
use crate::api::wire::PresenceReport;
use crate::domain::command::{Base, Command, CommandBody, needs};
use crate::domain::decide::{Rejection, Rule};
use crate::domain::fold::Head;
use crate::domain::ids::{CommandId, StreamKind, TicketId};
use crate::domain::time::Ms;
use crate::store::fault;
use crate::store::files::StoreError;
use crate::store::outbox::{Back, Waiting};
use crate::store::predict::Site;
use crate::store::seam::Notice;
use crate::store::search::{Found, Wanted};
use crate::text::normalise_phone;

/// Most streams whose base a command names (the wire's limit).
const MAX_BASE: usize = 16;

impl Owner {
    pub(super) fn request(&mut self, request: DeskRequest) -> Result<(), StoreError> {
        match request {
            DeskRequest::SetView { generation, view } => {
                self.view = (generation, view);
                self.dirty.rows = true;
                self.urgent = true;
            }
            DeskRequest::Show { generation, ticket } => self.show(generation, ticket)?,
            DeskRequest::Older { generation } => self.older(generation),
            DeskRequest::Submit {
                ids,
                bodies,
                at,
                chained,
                clears,
            } => self.submit(&ids, bodies, at, chained, clears)?,
            DeskRequest::SaveDraft(draft) => self.save_draft(draft)?,
            DeskRequest::Seen { ticket } => self.saw(ticket)?,
            DeskRequest::Search {
                generation,
                words,
                limit,
            } => self.search(generation, words, limit),
            DeskRequest::LookUp { generation, number } => {
                self.callers(generation, &number)?;
                self.looked_up = Some((generation, number.clone()));
                self.notice(Notice::LookUp(generation, number));
            }
            DeskRequest::Presence { ticket, writing } => {
                self.notice(Notice::Presence(PresenceReport { ticket, writing }))
            }
            DeskRequest::Team(on) => {
                self.team = on;
                self.dirty.team = on;
                self.urgent |= on;
            }
            DeskRequest::ListReturned => {
                self.dirty.returned = true;
                self.urgent = true;
            }
            DeskRequest::LinesSeen => self.saw_lines()?,
            DeskRequest::ReviewsSeen => self.saw_reviews()?,
            DeskRequest::KeepCard { review, card } => {
                self.outbox.keep_card(review, card.as_deref())?;
            }
            DeskRequest::ReviewsDue { month } => self.notice(Notice::Due(month)),
            DeskRequest::Unit {
                generation,
                ticket,
                source,
            } => self.show_unit(generation, ticket, source)?,
            DeskRequest::Resolve {
                command,
                choice,
                fresh,
                due,
                at,
            } => {
                self.resolve(command, choice, CommandId(fresh), due, at)?;
            }
            DeskRequest::Retry => self.notice(Notice::Retry),
            DeskRequest::Flush => {
                self.save_unsaved();
                self.write_unwritten()?;
                if self.unsaved.is_empty() {
                    self.out.say(DeskAnswer::Flushed);
                }
            }
        }
        Ok(())
    }

    fn show(&mut self, generation: u64, ticket: Option<TicketId>) -> Result<(), StoreError> {
        let Some(ticket) = ticket else {
            self.shown = None;
            return Ok(());
        };
        let same = self.shown.take().filter(|s| s.ticket == ticket);
        let mut shown = same.unwrap_or_else(|| Shown {
            generation,
            ticket,
            customer: None,
            older: Vec::new(),
            older_tickets: HashMap::new(),
            cursor: None,
            more: true,
            more_offline: false,
        });
        shown.generation = generation;
        self.shown = Some(shown);
        if self.facts(ticket)?.is_some() {
            self.dirty.conversation = true;
            self.urgent = true;
        } else {
            self.notice(Notice::Fetch(generation, ticket));
        }
        Ok(())
    }

    fn older(&mut self, generation: u64) {
        let Some(shown) = &mut self.shown else { return };
        shown.generation = generation;
        let Some(customer) = shown.customer else {
            return;
        };
        let cursor = shown.cursor.clone();
        self.notice(Notice::Older(generation, customer, cursor));
    }

    fn saw(&mut self, ticket: TicketId) -> Result<(), StoreError> {
        let Some(kept) = self.replica.ticket(ticket)? else {
            return Ok(());
        };
        let position = kept.news.max(kept.ticket.position);
        if self.seen.get(&ticket).is_some_and(|at| *at >= position) {
            return Ok(());
        }
        self.seen.insert(ticket, position);
        self.refresh(ticket)?;
        self.outbox.set_seen(ticket, position)
    }

    /// The command as it will travel: what the desk had seen, the corrected time.
    fn command(
        &self,
        id: CommandId,
        body: CommandBody,
        at: Ms,
        after: Option<CommandId>,
    ) -> Result<Command, StoreError> {
        let at = at.plus_millis(-self.link.clock_off);
        let mut command = Command {
            id,
            at,
            base: Vec::new(),
            after,
            body,
        };
        let needs = needs(&command, None);
        for stream in needs.streams.into_iter().take(MAX_BASE) {
            if matches!(stream.kind, StreamKind::User | StreamKind::Queue) {
                continue;
            }
            let version = self.replica.head(stream)?.as_ref().map_or(0, Head::version);
            if version > 0 {
                command.base.push(Base { stream, version });
            }
        }
        Ok(command)
    }

    fn submit(
        &mut self,
        ids: &[CommandId],
        bodies: Vec<CommandBody>,
        at: Ms,
        chained: bool,
        clears: Option<DraftKey>,
    ) -> Result<(), StoreError> {
        let mut commands = Vec::with_capacity(bodies.len());
        let mut after = None;
        for (id, body) in ids.iter().zip(bodies) {
            commands.push(self.command(*id, body, at, after)?);
            after = chained.then_some(*id);
        }
        self.urgent = true;
        // A command that was taken in already (a repeated request) is not taken in twice.
        commands.retain(|c| {
            let held = self.unwritten.iter().flat_map(|(held, _)| held);
            self.waiting(c.id).is_none() && !held.into_iter().any(|h| h.id == c.id)
        });
        if let Some((id, rejection)) = self.try_all(&commands)? {
            self.stale_overlay = true;
            self.predict()?;
            let cause = self.rejection(rejection);
            self.out.say(DeskAnswer::RefusedHere { id, cause });
            return Ok(());
        }
        self.unwritten.push_back((commands, clears));
        self.write_unwritten()
    }

    /// Writes what the disk has not taken yet, in its order. What cannot be written stays in memory, its draft stays on
    /// disk, nothing of it is acknowledged, and it is tried again.
    pub(super) fn write_unwritten(&mut self) -> Result<(), StoreError> {
        while let Some((commands, clears)) = self.unwritten.pop_front() {
            fault::point("desk-before-outbox", commands.len());
            if let Err(error) = self.outbox.submit(&commands, clears) {
                self.unwritten.push_front((commands, clears));
                return Err(error);
            }
            self.taken_in(commands, clears)?;
        }
        Ok(())
    }

    /// These commands are on disk: they are acknowledged and leave.
    fn taken_in(
        &mut self,
        commands: Vec<Command>,
        clears: Option<DraftKey>,
    ) -> Result<(), StoreError> {
        fault::point("desk-after-outbox", commands.len());
        let ids: Vec<CommandId> = commands.iter().map(|c| c.id).collect();
        let mut touched: Vec<TicketId> = self.overlay.tickets().collect();
        touched.extend(commands.iter().filter_map(|c| c.body.ticket()));
        self.dirty.lines |= commands.iter().any(|c| c.body.line().is_some());
        self.dirty.quality |= commands.iter().any(|c| c.body.review().is_some());
        self.waiting
            .extend(commands.into_iter().map(|command| Waiting {
                command,
                attempted: false,
            }));
        if let Some(key) = clears {
            self.drafts.remove(&key);
            self.unsaved.remove(&key);
            self.dirty.drafts = true;
            touched.push(super::drafts::ticket_of(key));
        }
        touched.sort_unstable();
        touched.dedup();
        for ticket in touched {
            self.refresh(ticket)?;
        }
        self.dirty.link = true;
        self.out.say(DeskAnswer::Queued { ids });
        self.notice(Notice::Outbox);
        Ok(())
    }

    /// Decides all of them on top of the outbox; tells the first that a rule speaks against.
    fn try_all(
        &mut self,
        commands: &[Command],
    ) -> Result<Option<(CommandId, Rejection)>, StoreError> {
        if self.stale_overlay {
            self.predict()?;
        }
        let site = Site {
            replica: &self.replica,
            me: self.me,
            policy: &self.policy,
            lint: self.lint.as_ref(),
            now: self.now(),
        };
        let mut overlay = std::mem::take(&mut self.overlay);
        let mut refused = None;
        for command in commands {
            if let Err(rejection) = overlay.push(&site, command)? {
                if command.body.is_fact()
                    && !matches!(
                        rejection,
                        Rejection::Refused {
                            rule: Rule::Empty,
                            ..
                        }
                    )
                {
                    // What happened is recorded; the server has the last word on the details.
                    continue;
                }
                refused = Some((command.id, rejection));
                break;
            }
        }
        self.overlay = overlay;
        Ok(refused)
    }

    fn rejection(&self, rejection: Rejection) -> ReturnCause {
        match rejection {
            Rejection::Refused { rule, detail } => ReturnCause::Refused { rule, detail },
            Rejection::Conflict { .. } => ReturnCause::Conflict { with: Vec::new() },
        }
    }

    fn search(&mut self, generation: u64, words: String, limit: u16) {
        self.hits = None;
        if self.searcher.is_none() {
            self.searcher =
                crate::store::search::start(self.folder.replica(), self.inputs.clone()).ok();
        }
        if let Some(searcher) = &self.searcher {
            let wanted = Wanted {
                generation,
                words: words.clone(),
                limit,
            };
            if searcher.send(wanted).is_err() {
                self.searcher = None;
            }
        }
        self.notice(Notice::Search(generation, words, limit));
    }

    pub(super) fn found(&mut self, found: Found) {
        let source = HitSource::Desk;
        let merged = match self.hits.take() {
            // The server was faster.
            Some((generation, there)) if generation == found.generation => {
                return self.hits_of(generation, found.hits, there);
            }
            _ => found.hits,
        };
        self.hits = Some((found.generation, merged.clone()));
        self.out.say(DeskAnswer::Hits {
            generation: found.generation,
            hits: merged,
            source,
        });
    }

    /// Hits of desk and server as one list, each ticket once.
    pub(super) fn hits_of(&mut self, generation: u64, mut hits: Vec<Hit>, more: Vec<Hit>) {
        for hit in more {
            let known = hits.iter().any(|h| match (h, &hit) {
                (Hit::Ticket { ticket: a, .. }, Hit::Ticket { ticket: b, .. }) => a == b,
                (Hit::Customer { customer: a, .. }, Hit::Customer { customer: b, .. }) => a == b,
                _ => false,
            });
            if !known {
                hits.push(hit);
            }
        }
        self.out.say(DeskAnswer::Hits {
            generation,
            hits,
            source: HitSource::Server,
        });
    }

    /// The same number once more, now that the server has told what it knows; an older question is not answered again.
    pub(super) fn callers_again(&mut self, generation: u64) -> Result<(), StoreError> {
        match self.looked_up.clone() {
            Some((asked, number)) if asked == generation => self.callers(generation, &number),
            _ => Ok(()),
        }
    }

    /// Tells whose number this is, by what this desk knows.
    fn callers(&mut self, generation: u64, number: &str) -> Result<(), StoreError> {
        let mut callers = Vec::new();
        if let Some(phone) = normalise_phone(number) {
            for customer in self.replica.by_phone(&phone)? {
                let name = self.person(customer)?.name;
                let open = self
                    .board
                    .rows()
                    .filter(|r| r.ticket.customer == customer && r.ticket.is_open());
                callers.push(Caller {
                    customer,
                    name,
                    open: open.cloned().collect(),
                });
            }
        }
        self.out.say(DeskAnswer::Callers {
            generation,
            callers,
        });
        Ok(())
    }

    fn resolve(
        &mut self,
        id: CommandId,
        choice: ReturnChoice,
        fresh: CommandId,
        due: Option<Ms>,
        at: Ms,
    ) -> Result<(), StoreError> {
        let Some(back) = self.returned.get(&id).cloned() else {
            return Ok(());
        };
        self.urgent = true;
        let body = &back.command.body;
        let ticket = body.ticket();
        let (next, draft) = match (choice, ticket, body.words()) {
            (ReturnChoice::SendAnyway, _, _) => (
                Some(self.command(fresh, anyway(body.clone(), due), at, None)?),
                None,
            ),
            (ReturnChoice::KeepAsNote, Some(ticket), Some(text)) => {
                let note = CommandBody::Note {
                    ticket,
                    text: text.clone(),
                };
                (Some(self.command(fresh, note, at, None)?), None)
            }
            (ReturnChoice::Rewrite, Some(ticket), Some(_)) => {
                (None, Some(self.rewrite(&back, ticket, at)?))
            }
            _ => (None, None),
        };
        self.outbox.resolve(id, next.as_ref(), draft.as_ref())?;
        self.returned.remove(&id);
        if let Some(command) = next {
            self.waiting.push(Waiting {
                command,
                attempted: false,
            });
            self.out.say(DeskAnswer::Queued { ids: vec![fresh] });
            self.notice(Notice::Outbox);
        }
        if let Some(draft) = draft {
            self.out.say(DeskAnswer::DraftSaved {
                key: draft.key,
                at: draft.saved_at,
            });
            self.drafts.insert(draft.key, draft);
            self.dirty.drafts = true;
        }
        self.dirty.returned = true;
        self.dirty.link = true;
        self.predict()?;
        ticket.map_or(Ok(()), |t| self.refresh(t))
    }

    /// The draft that holds the words of a returned command, behind what is being written there already.
    fn rewrite(&self, back: &Back, ticket: TicketId, at: Ms) -> Result<Draft, StoreError> {
        let body = &back.command.body;
        let key = match body {
            CommandBody::Note { .. } => DraftKey::Note(ticket),
            CommandBody::OpenTicket { .. } => DraftKey::Intake(ticket),
            _ => DraftKey::Reply(ticket),
        };
        let text = body
            .words()
            .map(|w| w.expose().to_owned())
            .unwrap_or_default();
        let began_position = self
            .replica
            .ticket(ticket)?
            .map_or(0, |k| k.ticket.position);
        let come = Draft {
            key,
            caret: text.len(),
            text,
            parts: Vec::new(),
            saved_at: at,
            began_position,
        };
        Ok(super::drafts::joined(self.drafts.get(&key), &come, key))
    }
}

/// The same command, to be sent although somebody did something, and with another time if one was chosen.
fn anyway(mut body: CommandBody, due: Option<Ms>) -> CommandBody {
    if let CommandBody::Reply {
        anyway, promises, ..
    } = &mut body
    {
        *anyway = true;
        if let Some(due) = due {
            for promise in promises {
                promise.due = due;
            }
        }
    }
    body
}
