//! The state that the screen is told from: the confirmed heads with the outbox decided on top, row by row.

use std::collections::BTreeSet;

use super::Owner;
use crate::api::desk::DraftKey;
use crate::domain::command::Command;
use crate::domain::ids::{CommandId, CustomerId, TicketId};
use crate::domain::ticket::Ticket;
use crate::store::apply;
use crate::store::files::StoreError;
use crate::store::predict::{Overlay, Site};
use crate::store::replica::Person;
use crate::store::rows::{Eyes, Facts};
use crate::text::SafeText;

impl Owner {
    /// Decides the whole outbox again over what is confirmed now.
    pub(super) fn predict(&mut self) -> Result<(), StoreError> {
        let before: BTreeSet<TicketId> = self.overlay.tickets().collect();
        let mut overlay = Overlay::default();
        let site = Site {
            replica: &self.replica,
            me: self.me,
            policy: &self.policy,
            lint: self.lint.as_ref(),
            now: self.now(),
        };
        for waiting in &self.waiting {
            if let Err(rejection) = overlay.push(&site, &waiting.command)? {
                // The server decides; until then the command simply predicts nothing.
                tracing::debug!(command = %waiting.command.id, ?rejection, "a waiting command predicts nothing");
            }
        }
        self.dirty.lines |=
            overlay.lines().next().is_some() || self.overlay.lines().next().is_some();
        self.dirty.quality |=
            overlay.reviews().next().is_some() || self.overlay.reviews().next().is_some();
        self.overlay = overlay;
        self.stale_overlay = false;
        let mut touched = before;
        touched.extend(self.overlay.tickets());
        for ticket in touched {
            self.refresh(ticket)?;
        }
        Ok(())
    }

    /// Makes the row of a ticket anew, or takes it away.
    pub(super) fn refresh(&mut self, id: TicketId) -> Result<(), StoreError> {
        self.dirty.rows = true;
        if self.shown.as_ref().is_some_and(|s| s.ticket == id) {
            self.dirty.conversation = true;
        }
        match self.facts(id)? {
            Some(facts) if facts.ticket.is_open() || facts.draft => {
                let now = self.now();
                self.board.put(facts, now);
            }
            _ => self.board.remove(id),
        }
        Ok(())
    }

    /// What the row of a ticket is made from; nothing if this desk does not have it.
    pub(super) fn facts(&mut self, id: TicketId) -> Result<Option<Facts>, StoreError> {
        let kept = self.replica.ticket(id)?;
        let (confirmed, excerpt, news) = match kept {
            Some(kept) => (Some(kept.ticket), kept.excerpt, kept.news),
            None => (None, Default::default(), 0),
        };
        let Some(ticket) = self.overlay.ticket(id).cloned().or(confirmed) else {
            return Ok(None);
        };
        let person = self.person(ticket.customer)?;
        let predicted = self.overlay.touches(id.into());
        let excerpt = if predicted {
            self.predicted_words(&ticket).unwrap_or(excerpt)
        } else {
            excerpt
        };
        Ok(Some(self.facts_of(ticket, &person, excerpt, news)))
    }

    pub(super) fn facts_of(
        &self,
        ticket: Ticket,
        person: &Person,
        excerpt: SafeText,
        news: u64,
    ) -> Facts {
        let id = ticket.id;
        let holder = ticket.assignee.and_then(|u| self.users.get(&u));
        Facts {
            caller: person.name.clone(),
            last4: person.last4.clone(),
            keys: person.keys.clone(),
            excerpt,
            holder: holder
                .map(|u| SafeText::clean_line(&u.name))
                .unwrap_or_default(),
            unread: self
                .baseline
                .is_some_and(|b| news > self.seen.get(&id).copied().unwrap_or(b)),
            draft: self.drafts.contains_key(&DraftKey::Reply(id))
                || self.drafts.contains_key(&DraftKey::Note(id)),
            pending: self
                .waiting
                .iter()
                .any(|w| w.command.body.ticket() == Some(id)),
            ticket,
        }
    }

    pub(super) fn predicted_words(&self, ticket: &Ticket) -> Option<SafeText> {
        let last = ticket.last_words?;
        let event = self.overlay.events().iter().find(|e| e.id == last)?;
        Some(apply::excerpt(
            event.payload.as_ref()?.text.as_ref()?.expose(),
        ))
    }

    pub(super) fn person(&mut self, id: CustomerId) -> Result<Person, StoreError> {
        if let Some(person) = self.people.get(&id) {
            return Ok(person.clone());
        }
        if let Some(person) = self.replica.person(id)? {
            self.people.insert(id, person.clone());
            return Ok(person);
        }
        Ok(self.predicted_person(id))
    }

    /// The name of a customer that only the outbox knows.
    pub(super) fn predicted_person(&self, id: CustomerId) -> Person {
        let payload = self
            .overlay
            .events()
            .iter()
            .find(|e| e.stream == id.into())
            .and_then(|e| e.payload.as_ref());
        let Some(payload) = payload else {
            return Person::default();
        };
        let phone = payload
            .identities
            .first()
            .map(|i| i.value.expose().to_owned())
            .unwrap_or_default();
        let skip = phone.chars().count().saturating_sub(4);
        Person {
            name: payload
                .name
                .as_ref()
                .map(|n| SafeText::clean_line(n.expose()))
                .unwrap_or_default(),
            last4: SafeText::clean_line(&phone.chars().skip(skip).collect::<String>()),
            keys: String::new(),
        }
    }

    pub(super) fn returned_tickets(&self) -> BTreeSet<TicketId> {
        self.returned
            .values()
            .filter_map(|b| b.command.body.ticket())
            .collect()
    }

    pub(super) fn eyes<'a>(&self, returned: &'a BTreeSet<TicketId>) -> Eyes<'a> {
        Eyes {
            me: self.me,
            now: self.now(),
            returned,
        }
    }

    /// A waiting command by name.
    pub(super) fn waiting(&self, id: CommandId) -> Option<&Command> {
        self.waiting.iter().map(|w| &w.command).find(|c| c.id == id)
    }
}
