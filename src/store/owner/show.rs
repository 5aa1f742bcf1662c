//! Telling the screen what changed.

use std::collections::HashMap;
use std::sync::Arc;

use super::Owner;
use crate::api::desk::{
    Conversation, DeskAnswer, DraftKey, Mate, ReturnCause, Returned, Row, Rows, Seat, Team, Viewer,
};
use crate::domain::command::CommandBody;
use crate::domain::event::Event;
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, TicketId};
use crate::domain::people::Queue;
use crate::domain::ticket::Ticket;
use crate::store::conversation::{self, Names};
use crate::store::files::StoreError;
use crate::store::outbox::{Cause, Waiting};
use crate::store::rows::{due_soon, overdue};
use crate::text::SafeText;

/// Newest entries of a timeline that are shown before older ones are asked for.
const WINDOW: u32 = 400;

impl Owner {
    pub(super) fn push(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.dirty.seat) {
            self.push_seat();
        }
        if std::mem::take(&mut self.dirty.lines) {
            let lines = self.lines_view()?;
            self.out.say(DeskAnswer::Lines(Box::new(lines)));
        }
        if std::mem::take(&mut self.dirty.quality) {
            let quality = self.quality_view()?;
            self.out.say(DeskAnswer::Quality(Box::new(quality)));
        }
        if std::mem::take(&mut self.dirty.link) {
            // How available somebody is goes out by itself; what waits is work.
            let work = |w: &&Waiting| !matches!(w.command.body, CommandBody::SetDuty { .. });
            let waiting = self.waiting.iter().filter(work).count();
            self.link.waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
            self.link.returned = u32::try_from(self.returned.len()).unwrap_or(u32::MAX);
            self.out.say(DeskAnswer::Link(self.link.clone()));
        }
        if std::mem::take(&mut self.dirty.rows) {
            self.push_rows();
            self.dirty.team |= self.team;
        }
        if std::mem::take(&mut self.dirty.conversation) {
            self.push_conversation()?;
        }
        if std::mem::take(&mut self.dirty.drafts) {
            self.out
                .say(DeskAnswer::Drafts(self.drafts.values().cloned().collect()));
        }
        if std::mem::take(&mut self.dirty.returned) {
            let returned = self.returned_list()?;
            self.out.say(DeskAnswer::Returned(returned));
        }
        if std::mem::take(&mut self.dirty.team) && self.team {
            let team = self.make_team();
            self.out.say(DeskAnswer::Team(Box::new(team)));
        }
        Ok(())
    }

    fn push_seat(&mut self) {
        let Some(user) = self
            .users
            .get(&self.me)
            .cloned()
            .or_else(|| self.seat.as_ref().map(|s| s.user.clone()))
        else {
            return;
        };
        self.out.say(DeskAnswer::Seat(Box::new(Seat {
            user,
            queues: self.queues.values().cloned().collect(),
            users: self.users.values().cloned().collect(),
            demo: self.demo,
        })));
    }

    fn push_rows(&mut self) {
        let returned = self.returned_tickets();
        let eyes = self.eyes(&returned);
        let as_of = eyes.now;
        let (generation, view) = self.view.clone();
        let rows = self.board.list(&view, &eyes);
        let strip = self.board.strip(&eyes);
        self.out.say(DeskAnswer::Rows(Rows {
            generation,
            view,
            rows,
            strip,
            as_of,
        }));
    }

    fn push_conversation(&mut self) -> Result<(), StoreError> {
        let Some((generation, ticket)) = self
            .shown
            .as_mut()
            .map(|s| (std::mem::take(&mut s.generation), s.ticket))
        else {
            return Ok(());
        };
        let Some(facts) = self.facts(ticket)? else {
            return Ok(());
        };
        let customer = facts.ticket.customer;
        let now = self.now();
        let row = Arc::new(self.board.make(facts, now));
        let tickets = self.tickets_of(customer)?;
        let events = self.timeline(customer, &tickets)?;
        let person = self.person(customer)?;
        let entries = conversation::entries(&events, self.names(&person.name, &tickets));
        let card = match self.overlay.head(&self.replica, customer.into())? {
            Some(Head::Customer(head)) => {
                let personal = self.replica.personal(customer)?.unwrap_or_default();
                let mut card = conversation::card(head, &personal, &tickets, now);
                if card.name.is_empty() {
                    card.name = person.name;
                }
                Some(card)
            }
            _ => None,
        };
        let viewers = self.viewers(ticket);
        let shown = self.shown.as_mut().map(|s| {
            s.customer = Some(customer);
            (s.more, s.more_offline)
        });
        let (more, more_offline) = shown.unwrap_or((false, false));
        self.out
            .say(DeskAnswer::Conversation(Box::new(Conversation {
                generation,
                row,
                customer: card,
                entries: entries.into(),
                more,
                more_offline,
                reply: self.drafts.get(&DraftKey::Reply(ticket)).cloned(),
                note: self.drafts.get(&DraftKey::Note(ticket)).cloned(),
                viewers,
            })));
        Ok(())
    }

    /// All tickets of a customer that this desk knows, as the screen shows them.
    pub(super) fn tickets_of(
        &self,
        customer: CustomerId,
    ) -> Result<HashMap<TicketId, Ticket>, StoreError> {
        let mut out: HashMap<TicketId, Ticket> = self
            .replica
            .tickets_of(customer)?
            .into_iter()
            .map(|t| (t.id, t))
            .collect();
        if let Some(shown) = &self.shown {
            for (id, ticket) in &shown.older_tickets {
                out.entry(*id).or_insert_with(|| ticket.clone());
            }
        }
        for id in self.overlay.tickets() {
            match self.overlay.ticket(id) {
                Some(ticket) if ticket.customer == customer => {
                    out.insert(id, ticket.clone());
                }
                _ => {
                    out.remove(&id);
                }
            }
        }
        Ok(out)
    }

    fn timeline(
        &self,
        customer: CustomerId,
        tickets: &HashMap<TicketId, Ticket>,
    ) -> Result<Vec<Event>, StoreError> {
        let mut events = self.replica.timeline(customer, WINDOW)?;
        if let Some(shown) = &self.shown {
            let oldest = events.first().map_or(u64::MAX, |e| e.position);
            let known: std::collections::HashSet<_> = events.iter().map(|e| e.id).collect();
            events.extend(
                shown
                    .older
                    .iter()
                    .filter(|e| e.position < oldest || !known.contains(&e.id))
                    .cloned(),
            );
            events.sort_by_key(|e| e.position);
        }
        let predicted = self.overlay.events().iter();
        events.extend(
            predicted
                .filter(|e| tickets.contains_key(&TicketId(e.stream.id)))
                .cloned(),
        );
        Ok(events)
    }

    fn viewers(&self, ticket: TicketId) -> Option<Vec<Viewer>> {
        let there = self.presence.as_ref()?;
        let others = there
            .iter()
            .filter(|p| p.ticket == Some(ticket) && p.user != self.me);
        let name = |id| {
            self.users
                .get(&id)
                .map(|u| SafeText::clean_line(&u.name))
                .unwrap_or_default()
        };
        Some(
            others
                .map(|p| Viewer {
                    name: name(p.user),
                    writing: p.writing,
                })
                .collect(),
        )
    }

    fn returned_list(&mut self) -> Result<Vec<Returned>, StoreError> {
        let mut out = Vec::new();
        let backs: Vec<_> = self.returned.values().cloned().collect();
        for back in backs {
            let facts = match back.command.body.ticket() {
                Some(ticket) => self.facts(ticket)?,
                None => None,
            };
            let tickets: HashMap<TicketId, Ticket> = facts
                .iter()
                .map(|f| (f.ticket.id, f.ticket.clone()))
                .collect();
            let caller = facts.as_ref().map(|f| f.caller.clone()).unwrap_or_default();
            let names = Names {
                users: &self.users,
                customer: &caller,
                tickets: &tickets,
            };
            let cause = match &back.cause {
                Cause::Refused { rule, detail } => ReturnCause::Refused {
                    rule: *rule,
                    detail: detail.clone(),
                },
                Cause::Conflict { with } => ReturnCause::Conflict {
                    with: conversation::entries(with, names),
                },
                Cause::Stale { recomputed, words } => ReturnCause::Stale {
                    recomputed: *recomputed,
                    words: *words,
                },
                Cause::After { command } => ReturnCause::After(*command),
            };
            let number = facts.and_then(|f| f.ticket.number);
            out.push(Returned {
                command: Arc::new(back.command),
                cause,
                at: back.at,
                number,
                caller,
            });
        }
        out.sort_by_key(|r| (r.at, r.command.id));
        Ok(out)
    }

    fn make_team(&self) -> Team {
        let now = self.now();
        let day = self.policy.calendar.date_of(now);
        let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let open: Vec<&Arc<Row>> = self.board.rows().filter(|r| r.ticket.is_open()).collect();
        let mut held: HashMap<_, Vec<&Arc<Row>>> = HashMap::new();
        let mut queued: HashMap<_, Vec<&Arc<Row>>> = HashMap::new();
        for row in open {
            if let Some(user) = row.ticket.assignee {
                held.entry(user).or_default().push(row);
            }
            queued.entry(row.ticket.queue).or_default().push(row);
        }
        let mut mates: Vec<Mate> = self
            .users
            .values()
            .filter(|u| !u.disabled)
            .map(|user| {
                let rows = held.remove(&user.id).unwrap_or_default();
                let there = self
                    .presence
                    .as_ref()
                    .and_then(|p| p.iter().find(|e| e.user == user.id));
                Mate {
                    open: size(rows.len()),
                    overdue: size(rows.iter().filter(|r| overdue(r, now)).count()),
                    due_soon: size(rows.iter().filter(|r| due_soon(r, now)).count()),
                    promises_today: size(
                        rows.iter()
                            .filter(|r| self.board.promised_on(&r.ticket, day))
                            .count(),
                    ),
                    viewing: there.and_then(|e| e.ticket),
                    writing: there.is_some_and(|e| e.writing),
                    user: user.clone(),
                }
            })
            .collect();
        mates.sort_by(|a, b| {
            (b.overdue, b.open, &a.user.name).cmp(&(a.overdue, a.open, &b.user.name))
        });
        let counts = |queue: &Queue| {
            let rows = queued.get(&queue.id).map(Vec::as_slice).unwrap_or_default();
            let late = rows.iter().filter(|r| overdue(r, now)).count();
            let free = rows.iter().filter(|r| r.ticket.assignee.is_none()).count();
            (queue.clone(), size(rows.len()), size(late), size(free))
        };
        Team {
            mates,
            queues: self.queues.values().map(counts).collect(),
        }
    }
}
