//! Reviews for the screen: what is told of them, what is due, and the words that are reviewed.

use std::collections::{BTreeMap, BTreeSet};

use super::Owner;
use crate::api::desk::{DeskAnswer, DueList, QualityView, ReviewRow, UnitView};
use crate::api::wire::DuePage;
use crate::domain::event::{Event, TicketEvent};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, EventId, ReviewId, TicketId};
use crate::domain::review::{Review, Stage};
use crate::store::conversation;
use crate::store::files::StoreError;
use crate::store::seam::Notice;
use crate::text::SafeText;

/// Under which name the outbox keeps up to where one's own reviews were seen.
const REVIEWS_SEEN: &str = "reviews_seen";
/// Under which name the replica keeps what the server drew last.
const DUE: &str = "reviews_due";

impl Owner {
    /// Reviews, as the replica has them.
    pub(super) fn load_reviews(&mut self) -> Result<(), StoreError> {
        let reviews = self.replica.reviews()?.into_iter();
        self.reviews = reviews.map(|r| (r.id, r)).collect();
        self.review_words = self.replica.review_words()?;
        self.due = match self.replica.meta(DUE)? {
            Some(json) => Some(serde_json::from_str(&json)?),
            None => None,
        };
        self.dirty.quality = true;
        Ok(())
    }

    /// Everything about reviews, with what waits in the outbox decided on top.
    pub(super) fn quality_view(&self) -> Result<QualityView, StoreError> {
        let seen = self.reviews_seen()?;
        let mut reviews = self.reviews.clone();
        for review in self.overlay.reviews() {
            reviews.insert(review.id, review.clone());
        }
        let mut rows = Vec::with_capacity(reviews.len());
        for review in reviews.into_values() {
            // While an appeal is open, the last word was the agent's own.
            let told = review.stage() == Stage::Told;
            let mine = review.agent == self.me;
            rows.push(ReviewRow {
                words: self.words_about(&review),
                news: mine && told && seen.is_some_and(|seen| review.position > seen),
                review,
            });
        }
        rows.sort_by_key(|r| (std::cmp::Reverse(last(&r.review)), r.review.id));
        let rated = |id: ReviewId| rows.iter().any(|r| r.review.id == id);
        let due = self.due.as_ref().map(|page| DueList {
            month: page.month.clone(),
            at: page.at,
            due: page
                .due
                .iter()
                .filter(|d| !rated(d.review))
                .copied()
                .collect(),
            agents: page.agents.clone(),
        });
        Ok(QualityView {
            reviews: rows,
            due,
            away: self.due_away,
            titles: BTreeMap::new(),
            begun: self.outbox.cards()?,
            names: self
                .users
                .values()
                .map(|u| (u.id, SafeText::clean_line(&u.name)))
                .collect(),
        })
    }

    /// What was written about it.
    fn words_about(&self, review: &Review) -> BTreeMap<EventId, SafeText> {
        let mut ids: Vec<EventId> = review.ratings.iter().map(|r| r.event).collect();
        ids.extend(review.agreed.as_ref().map(|a| a.event));
        if let Some(appeal) = &review.appeal {
            ids.push(appeal.event);
            ids.extend(appeal.answer.as_ref().map(|a| a.event));
        }
        let mut out = BTreeMap::new();
        for id in ids {
            let predicted = self.overlay.events().iter().find(|e| e.id == id);
            let text = match predicted {
                Some(event) => {
                    let text = event.payload.as_ref().and_then(|p| p.text.as_ref());
                    text.map(SafeText::clean)
                }
                None => self.review_words.get(&id).cloned(),
            };
            out.extend(text.map(|t| (id, t)));
        }
        out
    }

    /// Words about somebody whose values were deleted on request are gone from the screen, too.
    pub(super) fn forget_words(
        &mut self,
        customers: &BTreeSet<CustomerId>,
    ) -> Result<(), StoreError> {
        for id in customers {
            let head = self.replica.head((*id).into())?;
            if matches!(head, Some(Head::Customer(c)) if c.erased) {
                return self.load_reviews();
            }
        }
        Ok(())
    }

    fn reviews_seen(&self) -> Result<Option<u64>, StoreError> {
        let seen = self.outbox.number(REVIEWS_SEEN)?;
        let seen = seen.and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
        Ok(self.baseline.map(|first| first.max(seen)))
    }

    /// The user looked at their own reviews.
    pub(super) fn saw_reviews(&mut self) -> Result<(), StoreError> {
        let latest = self.reviews.values().map(|r| r.position).max().unwrap_or(0);
        if self.reviews_seen()?.is_some_and(|seen| seen < latest) {
            self.outbox
                .set_number(REVIEWS_SEEN, i64::try_from(latest).unwrap_or(i64::MAX))?;
            self.dirty.quality = true;
            self.urgent = true;
        }
        Ok(())
    }

    /// What the server drew; nothing when it could not be asked.
    pub(super) fn due_came(&mut self, page: Option<DuePage>) -> Result<(), StoreError> {
        self.due_away = page.is_none();
        if let Some(page) = page {
            self.replica
                .set_meta(DUE, Some(&serde_json::to_string(&page)?))?;
            self.due = Some(page);
        }
        self.dirty.quality = true;
        self.urgent = true;
        Ok(())
    }

    /// Shows the words under review; fetches their ticket when this desk does not have it.
    pub(super) fn show_unit(
        &mut self,
        generation: u64,
        ticket: TicketId,
        source: EventId,
    ) -> Result<(), StoreError> {
        self.unit = Some((generation, ticket, source));
        if self.replica.ticket(ticket)?.is_some() {
            self.push_unit()
        } else {
            self.notice(Notice::Fetch(generation, ticket));
            Ok(())
        }
    }

    /// Tells the words under review, if their ticket is here.
    pub(super) fn push_unit(&mut self) -> Result<(), StoreError> {
        let Some((generation, ticket, source)) = self.unit else {
            return Ok(());
        };
        let Some(Head::Ticket(head)) = self.overlay.head(&self.replica, ticket.into())? else {
            return Ok(());
        };
        let events = self.replica.stream_events(ticket.into())?;
        let end = events.iter().find(|e| e.id == source);
        let agent = end.and_then(|e| e.actor.user());
        let last = end.map_or(u32::MAX, |e| e.version);
        // Behind the record only what belongs to it: what its command did, the agent's notes, and what became of promises.
        let theirs = |event: &&Event| {
            event.version <= last
                || event.id.command == source.command
                || match event.body.ticket() {
                    Some(TicketEvent::Noted {}) => event.actor.user() == agent,
                    Some(TicketEvent::PromiseSettled { .. }) => true,
                    _ => false,
                }
        };
        let customer = self.person(head.customer)?.name;
        let tickets = self.tickets_of(head.customer)?;
        let shown = events.iter().filter(theirs);
        let view = UnitView {
            generation,
            ticket,
            source,
            agent,
            number: head.number,
            entries: conversation::entries(shown, self.names(&customer, &tickets)),
            customer,
        };
        self.out.say(DeskAnswer::Unit(Box::new(view)));
        Ok(())
    }
}

/// When something last happened to it.
fn last(review: &Review) -> crate::domain::time::Ms {
    let rated = review.ratings.iter().map(|r| r.at);
    let agreed = review.agreed.iter().map(|a| a.at);
    let appeal = review.appeal.iter();
    let appeal = appeal.map(|a| a.answer.as_ref().map_or(a.at, |b| b.at));
    rated
        .chain(agreed)
        .chain(appeal)
        .max()
        .unwrap_or(review.said_at)
}
