//! Bringing what the server tells into the replica, inside one transaction of the caller. Knows no screen.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::StoreError;
use super::merge::Sequencer;
use super::replica::{Kept, Replica};
use crate::api::wire::{Change, SnapshotEntry};
use crate::domain::event::{
    Body, CustomerEvent, Event, EventBody, LineEvent, Payload, TicketEvent,
};
use crate::domain::fold::{Head, fold};
use crate::domain::ids::{
    CommandId, CustomerId, EventId, LineId, Stream, StreamKind, TicketId, UserId,
};
use crate::text::SafeText;

/// Characters of an excerpt that are kept; more than the widest row shows.
const EXCERPT: usize = 120;

/// What a page changed, for the screen's models.
#[derive(Debug, Default)]
pub struct Applied {
    /// Tickets with another head, words or news.
    pub tickets: BTreeSet<TicketId>,
    /// Tickets that left.
    pub left: BTreeSet<TicketId>,
    /// Customers with another head or name.
    pub customers: BTreeSet<CustomerId>,
    /// Whether accounts or queues changed.
    pub site: bool,
    /// Whether lines of the team, or the counts of how lines did, changed.
    pub lines: bool,
    /// Whether reviews changed.
    pub reviews: bool,
    /// Lines of this desk's agent that somebody else decided.
    pub answered_lines: BTreeSet<LineId>,
    /// Commands whose events came by.
    pub commands: BTreeSet<CommandId>,
    /// Tickets on which somebody else did something worth a look.
    pub arrived: BTreeSet<TicketId>,
    /// Tickets that went on in another one.
    pub merged: Vec<(TicketId, TicketId)>,
    /// The highest log position seen.
    pub position: u64,
    /// Whether the server asks for a fresh snapshot.
    pub reset: bool,
}

/// How hot words are, 0 to 3: the seam to `coach::read`, handed in by the caller.
pub type Feeling = Arc<dyn Fn(&str) -> u8 + Send + Sync>;

/// One round of applying. Heads are read once and written once, however many events a page holds for a stream.
pub struct Apply<'a> {
    replica: &'a Replica,
    seq: &'a mut Sequencer,
    me: UserId,
    feeling: Option<Feeling>,
    heads: BTreeMap<Stream, Option<Head>>,
    news: BTreeMap<TicketId, u64>,
    excerpts: BTreeMap<TicketId, SafeText>,
    /// What changed so far.
    pub out: Applied,
}

impl<'a> Apply<'a> {
    /// Begins a round.
    pub fn new(
        replica: &'a Replica,
        seq: &'a mut Sequencer,
        me: UserId,
        feeling: Option<Feeling>,
    ) -> Self {
        Self {
            replica,
            seq,
            me,
            feeling,
            heads: BTreeMap::new(),
            news: BTreeMap::new(),
            excerpts: BTreeMap::new(),
            out: Applied::default(),
        }
    }

    /// Takes one change of the feed.
    ///
    /// # Errors
    /// When the replica cannot be written.
    pub fn change(&mut self, change: Change) -> Result<(), StoreError> {
        match change {
            Change::Event { event } => self.event(*event),
            Change::ScopeEnter { entry } => self.entry(*entry),
            Change::ScopeLeave { ticket } => self.leave(ticket),
            Change::ScopeReset {} => {
                self.out.reset = true;
                Ok(())
            }
        }
    }

    /// Takes one event, in whatever order events come.
    ///
    /// # Errors
    /// When the replica cannot be written.
    pub fn event(&mut self, event: Event) -> Result<(), StoreError> {
        self.out.position = self.out.position.max(event.position);
        let stream = event.stream;
        self.load(stream)?;
        let have = self
            .heads
            .get(&stream)
            .and_then(Option::as_ref)
            .map_or(0, Head::version);
        self.out.commands.insert(event.id.command);
        for ready in self.seq.offer(have, event) {
            self.one(&ready)?;
        }
        Ok(())
    }

    fn load(&mut self, stream: Stream) -> Result<(), StoreError> {
        if !self.heads.contains_key(&stream) {
            let head = self.replica.head(stream)?;
            self.heads.insert(stream, head);
        }
        Ok(())
    }

    fn one(&mut self, event: &Event) -> Result<(), StoreError> {
        let head = self.heads.remove(&event.stream).flatten();
        self.heads.insert(event.stream, fold(head, event));
        self.keep(event)?;
        match event.stream.kind {
            StreamKind::Ticket => self.ticket_event(event),
            StreamKind::Customer => self.customer_event(event)?,
            StreamKind::User | StreamKind::Queue => self.out.site = true,
            StreamKind::Line => self.line_event(event),
            StreamKind::Review => self.out.reviews = true,
        }
        Ok(())
    }

    fn ticket_event(&mut self, event: &Event) {
        let id = TicketId(event.stream.id);
        self.out.tickets.insert(id);
        let Some(body) = event.body.ticket() else {
            return;
        };
        let mine = event.actor.user() == Some(self.me);
        if !mine && is_news(body, self.me) {
            self.news.insert(id, event.position);
            self.out.arrived.insert(id);
        }
        if is_words(body)
            && let Some(text) = event.payload.as_ref().and_then(|p| p.text.as_ref())
        {
            self.excerpts.insert(id, excerpt(text.expose()));
        }
        if let TicketEvent::Merged { into } = body {
            self.out.merged.push((id, *into));
        }
    }

    /// Keeps an event and, when it is new, counts by it how lines did.
    fn keep(&mut self, event: &Event) -> Result<(), StoreError> {
        if self.replica.put_event(event)?
            && let Some(feeling) = &self.feeling
        {
            self.out.lines |= self.replica.follow(event, feeling.as_ref())?;
        }
        Ok(())
    }

    fn line_event(&mut self, event: &Event) {
        self.out.lines = true;
        let mine = matches!(
            self.heads.get(&event.stream),
            Some(Some(Head::Line(line))) if line.author == Some(self.me)
        );
        let decided = event
            .body
            .line()
            .is_some_and(|e| !matches!(e, LineEvent::LineProposed { .. }));
        if mine && decided && event.actor.user() != Some(self.me) {
            self.out.answered_lines.insert(LineId(event.stream.id));
        }
    }

    fn customer_event(&mut self, event: &Event) -> Result<(), StoreError> {
        let id = CustomerId(event.stream.id);
        self.out.customers.insert(id);
        let Some(Some(Head::Customer(head))) = self.heads.get(&event.stream) else {
            return Ok(());
        };
        let mut personal = self.replica.personal(id)?.unwrap_or_default();
        let erased = personal_after(&mut personal, event);
        self.replica.put_customer(head, &personal)?;
        if erased {
            self.replica.erase(id)?;
            for ticket in self.replica.tickets_of(id)? {
                self.excerpts.insert(ticket.id, SafeText::default());
                self.load(ticket.id.into())?;
                self.out.tickets.insert(ticket.id);
            }
        }
        Ok(())
    }

    /// Takes a whole picture of one stream (snapshot, scope entered, ticket fetched).
    ///
    /// # Errors
    /// When the replica cannot be written.
    pub fn entry(&mut self, entry: SnapshotEntry) -> Result<(), StoreError> {
        let stream = entry.head.stream();
        self.load(stream)?;
        let have = self
            .heads
            .get(&stream)
            .and_then(Option::as_ref)
            .map_or(0, Head::version);
        for event in &entry.events {
            self.out.position = self.out.position.max(event.position);
            self.out.commands.insert(event.id.command);
            self.keep(event)?;
        }
        let version = entry.head.version();
        let newer = version >= have;
        match entry.head {
            Head::Ticket(ticket) => {
                let id = ticket.id;
                self.out.tickets.insert(id);
                if newer {
                    self.picture(
                        id,
                        ticket.last_words,
                        &entry.events,
                        entry.excerpt.as_ref().map(|e| e.expose()),
                    );
                    self.heads.insert(stream, Some(Head::Ticket(ticket)));
                }
            }
            Head::Customer(customer) => {
                self.out.customers.insert(customer.id);
                let personal = match entry.personal {
                    Some(personal) => personal,
                    None => self.replica.personal(customer.id)?.unwrap_or_default(),
                };
                self.replica.put_customer(&customer, &personal)?;
                if newer {
                    self.heads.insert(stream, Some(Head::Customer(customer)));
                }
            }
            head @ (Head::User(_) | Head::Queue(_) | Head::Line(_) | Head::Review(_)) => {
                match head {
                    Head::Line(_) => self.out.lines = true,
                    Head::Review(_) => self.out.reviews = true,
                    _ => self.out.site = true,
                }
                if newer {
                    self.heads.insert(stream, Some(head));
                }
            }
        }
        for ready in self.seq.drain(stream, version.max(have)) {
            self.one(&ready)?;
        }
        Ok(())
    }

    /// The excerpt and news of a ticket that came as a picture.
    fn picture(
        &mut self,
        id: TicketId,
        last: Option<EventId>,
        events: &[Event],
        given: Option<&str>,
    ) {
        let from_events = last
            .and_then(|last| events.iter().find(|e| e.id == last))
            .and_then(|e| e.payload.as_ref()?.text.as_ref())
            .map(|t| excerpt(t.expose()));
        if let Some(words) = from_events.or_else(|| given.map(excerpt)) {
            self.excerpts.insert(id, words);
        }
        let me = self.me;
        let news = events
            .iter()
            .filter(|e| {
                e.actor.user() != Some(me) && e.body.ticket().is_some_and(|b| is_news(b, me))
            })
            .map(|e| e.position)
            .max();
        if let Some(news) = news {
            self.news.insert(id, news);
        }
    }

    fn leave(&mut self, ticket: TicketId) -> Result<(), StoreError> {
        let stream = Stream::from(ticket);
        self.replica.drop_ticket(ticket)?;
        self.seq.forget(stream);
        self.heads.insert(stream, None);
        self.out.tickets.remove(&ticket);
        self.out.left.insert(ticket);
        Ok(())
    }

    /// Writes the heads and ends the round.
    ///
    /// # Errors
    /// When the replica cannot be written.
    pub fn finish(self) -> Result<Applied, StoreError> {
        for (stream, head) in self.heads {
            match head {
                Some(Head::Ticket(ticket)) => {
                    let id = ticket.id;
                    if !self.out.tickets.contains(&id) {
                        continue;
                    }
                    let old = self.replica.ticket(id)?;
                    let (excerpt, news) =
                        old.map_or_else(Default::default, |k| (k.excerpt, k.news));
                    self.replica.put_ticket(&Kept {
                        ticket: *ticket,
                        excerpt: self.excerpts.get(&id).cloned().unwrap_or(excerpt),
                        news: self.news.get(&id).copied().unwrap_or(0).max(news),
                    })?;
                }
                Some(head @ (Head::User(_) | Head::Queue(_) | Head::Line(_) | Head::Review(_))) => {
                    self.replica.put_site(&head)?
                }
                Some(Head::Customer(customer)) if self.out.customers.contains(&customer.id) => {
                    let personal = self
                        .replica
                        .personal(CustomerId(stream.id))?
                        .unwrap_or_default();
                    self.replica.put_customer(&customer, &personal)?;
                }
                Some(Head::Customer(_)) | None => {}
            }
        }
        Ok(self.out)
    }
}

/// The first line of words as a row shows them.
#[must_use]
pub fn excerpt(text: &str) -> SafeText {
    let head: String = text.chars().take(EXCERPT * 4).collect();
    let line = SafeText::clean_line(&head);
    if line.chars().count() <= EXCERPT {
        return line;
    }
    SafeText::clean_line(&line.chars().take(EXCERPT).collect::<String>())
}

/// Whether these are words that a row may show.
const fn is_words(body: &TicketEvent) -> bool {
    matches!(
        body,
        TicketEvent::CustomerMessage { .. }
            | TicketEvent::Replied { .. }
            | TicketEvent::Spoken { .. }
    )
}

/// Whether this, done by somebody else, is worth a look of `me`.
fn is_news(body: &TicketEvent, me: UserId) -> bool {
    match body {
        TicketEvent::CustomerMessage { .. }
        | TicketEvent::Replied { .. }
        | TicketEvent::Spoken { .. }
        | TicketEvent::Noted {}
        | TicketEvent::Reopened { .. } => true,
        TicketEvent::Assigned { user } => *user == me,
        TicketEvent::DeliveryChanged { state, .. } => {
            *state == crate::domain::vocabulary::Delivery::Failed
        }
        _ => false,
    }
}

/// Folds the personal values of an event; tells whether everything was deleted on request.
fn personal_after(personal: &mut Payload, event: &Event) -> bool {
    let Body::Known(EventBody::Customer(body)) = &event.body else {
        return false;
    };
    if matches!(body, CustomerEvent::Erased {}) {
        *personal = Payload::default();
        return true;
    }
    let Some(payload) = &event.payload else {
        return false;
    };
    if matches!(body, CustomerEvent::Split { .. }) {
        personal.identities.retain(|i| {
            !payload
                .identities
                .iter()
                .any(|gone| (gone.kind, &gone.value) == (i.kind, &i.value))
        });
        return false;
    }
    if payload.name.as_ref().is_some_and(|n| !n.is_blank()) {
        personal.name.clone_from(&payload.name);
    }
    for identity in &payload.identities {
        if !personal.identities.contains(identity) {
            personal.identities.push(identity.clone());
        }
    }
    false
}
