//! The review of one reply or spoken record: what `fold` makes of its stream (method 3.14). Its notes stand in payloads.
//!
//! Of the unit everything counts that its agent said on the ticket up to that record. One rater is the rule; a review that was
//! drawn for two, or asked for, is told to nobody until both are in, so that neither rater can lean on the other. Not here: who
//! may do what (`decide`), who may see what of it (the server), what many reviews say (`insight::quality`).

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::calendar::Calendar;
use super::event::{Event, ReviewEvent, TicketEvent};
use super::ids::{CustomerId, EventId, ReviewId, TicketId, UserId};
use super::scorecard::{Card, Marks};
use super::ticket::Ticket;
use super::time::Ms;
use super::vocabulary::words;

words!(
    /// Why something is reviewed.
    #[derive(Default)]
    Why {
        /// One of the units that are drawn of each agent and month.
        Monthly = "monthly",
        /// A promise was missed.
        MissedPromise = "missed_promise",
        /// Drawn by chance of everything.
        Random = "random",
        /// Somebody wanted it looked at.
        #[default]
        Asked = "asked",
    }
);

/// What a reply or spoken record is, for whoever rates it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Said {
    /// The record.
    pub event: EventId,
    /// On which ticket.
    pub ticket: TicketId,
    /// The ticket's number.
    pub number: Option<u64>,
    /// To which customer.
    pub customer: CustomerId,
    /// Who said it.
    pub by: UserId,
    /// When.
    pub at: Ms,
}

impl Said {
    /// The words in this event of a ticket, if a member of the team said them to the customer.
    #[must_use]
    pub fn of(event: &Event, ticket: &Ticket) -> Option<Self> {
        if event.stream != ticket.id.into() {
            return None;
        }
        let (TicketEvent::Replied { .. } | TicketEvent::Spoken { .. }) = event.body.ticket()?
        else {
            return None;
        };
        Some(Self {
            event: event.id,
            ticket: ticket.id,
            number: ticket.number,
            customer: ticket.customer,
            by: event.actor.user()?,
            at: event.occurred_at,
        })
    }
}

/// The card in force, and until when an appeal against what is told now would be open.
#[derive(Clone, PartialEq, Debug)]
pub struct Procedure {
    /// The card.
    pub card: Arc<Card>,
    /// The end of the last day for an appeal; absent when the calendar does not reach there, and then no appeal is late.
    pub appeal_until: Option<Ms>,
}

impl Procedure {
    /// What holds now.
    #[must_use]
    pub fn at(card: &Arc<Card>, calendar: &Calendar, now: Ms) -> Self {
        Self {
            card: Arc::clone(card),
            appeal_until: appeal_until(calendar, card.appeal.days, now),
        }
    }
}

/// The end of the last of so many working days after the day of `now`.
fn appeal_until(calendar: &Calendar, days: u32, now: Ms) -> Option<Ms> {
    let mut date = calendar.date_of(now);
    let mut left = days;
    while left > 0 {
        date = date.tomorrow().ok()?;
        left -= u32::from(calendar.is_working(date).ok()?.works());
    }
    Some(calendar.instant(date.tomorrow().ok()?, 0))
}

/// Whether this review is drawn for a second rater. The name of a review is as good as chance, so that desks and server draw the
/// same ones.
#[must_use]
pub fn drawn_for_two(review: ReviewId, card: &Card) -> bool {
    draw(review, 0x7365_636f_6e64) < card.sampling.second
}

/// A number from 0 to 999 out of a review's name and a seed; equal for equal arguments, even over names.
#[must_use]
pub const fn draw(review: ReviewId, seed: u64) -> u32 {
    // SplitMix64 over both halves of the name: each bit of name and seed moves every bit of the result.
    let name = review.0.as_u128();
    let halves = (name >> 64) as u64 ^ (name as u64).rotate_left(32);
    let mut z = halves.wrapping_add(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) % 1000) as u32
}

/// One rater's marks.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Rating {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Ms,
    /// The event; its payload holds the note.
    #[schema(value_type = String)]
    pub event: EventId,
    /// The marks; withheld from others until both raters are in.
    pub marks: Option<Marks>,
}

/// What the raters agreed on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Agreed {
    /// Who wrote it down.
    pub by: Option<UserId>,
    /// When.
    pub at: Ms,
    /// The event; its payload holds the note.
    #[schema(value_type = String)]
    pub event: EventId,
    /// The marks.
    pub marks: Marks,
}

/// The agent's appeal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Appealed {
    /// When.
    pub at: Ms,
    /// The event; its payload says why.
    #[schema(value_type = String)]
    pub event: EventId,
    /// The answer.
    pub answer: Option<Answered>,
}

/// The answer to an appeal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Answered {
    /// Who.
    pub by: Option<UserId>,
    /// When.
    pub at: Ms,
    /// The event; its payload holds the answer.
    #[schema(value_type = String)]
    pub event: EventId,
    /// The marks from then on; absent when the review stood.
    pub marks: Option<Marks>,
}

words!(
    /// Where a review stands.
    Stage {
        /// The second rater is not in yet.
        AwaitsSecond = "awaits_second",
        /// Both are in and apart: to be talked over.
        Apart = "apart",
        /// It is told and stands.
        Told = "told",
        /// The agent sees it differently and nobody answered yet.
        Appealed = "appealed",
    }
);

/// A review's head.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
pub struct Review {
    /// Its name.
    pub id: ReviewId,
    /// On which ticket it was said.
    pub ticket: TicketId,
    /// That ticket's number.
    pub number: Option<u64>,
    /// To whom; notes, appeal and answer belong to this customer's personal values.
    pub customer: CustomerId,
    /// The reply or spoken record with which the reviewed words end.
    #[schema(value_type = String)]
    pub source: EventId,
    /// Who said it.
    pub agent: UserId,
    /// When it was said.
    pub said_at: Ms,
    /// Why it is reviewed.
    pub why: Why,
    /// The number of the card of the first rating.
    pub card: u32,
    /// Whether two rate it.
    pub second: bool,
    /// The marks, first rater first; at most two.
    pub ratings: Vec<Rating>,
    /// What they agreed on.
    pub agreed: Option<Agreed>,
    /// The agent's appeal.
    pub appeal: Option<Appealed>,
    /// Until when an appeal is open; absent while nothing is told, or when no calendar reaches there.
    pub appeal_until: Option<Ms>,
    /// How many events of the stream are folded in.
    pub version: u32,
    /// The log position of the last of them; 0 if that one is predicted.
    pub position: u64,
}

impl Review {
    /// The review that its first event makes; nothing, if the event is no rating.
    #[must_use]
    pub fn open(event: &Event) -> Option<Self> {
        let ReviewEvent::ReviewRated {
            ticket,
            number,
            customer,
            source,
            agent,
            said_at,
            why,
            card,
            second,
            ..
        } = event.body.review()?
        else {
            return None;
        };
        let mut review = Self {
            id: ReviewId(event.stream.id),
            ticket: *ticket,
            number: *number,
            customer: *customer,
            source: *source,
            agent: *agent,
            said_at: *said_at,
            why: *why,
            card: *card,
            second: *second,
            ratings: Vec::new(),
            agreed: None,
            appeal: None,
            appeal_until: None,
            version: 0,
            position: 0,
        };
        review.apply(event);
        Some(review)
    }

    /// Folds one more event in.
    pub fn apply(&mut self, event: &Event) {
        self.version = event.version;
        self.position = event.position;
        let Some(body) = event.body.review() else {
            return;
        };
        match body {
            ReviewEvent::ReviewRated {
                marks,
                appeal_until,
                ..
            } => {
                let Some(by) = event.actor.user() else { return };
                self.ratings.push(Rating {
                    by,
                    at: event.occurred_at,
                    event: event.id,
                    marks: Some(marks.clone()),
                });
                self.appeal_until = *appeal_until;
            }
            ReviewEvent::ReviewAgreed {
                marks,
                appeal_until,
            } => {
                self.agreed = Some(Agreed {
                    by: event.actor.user(),
                    at: event.occurred_at,
                    event: event.id,
                    marks: marks.clone(),
                });
                self.appeal_until = *appeal_until;
            }
            ReviewEvent::ReviewAppealed {} => {
                self.appeal = Some(Appealed {
                    at: event.occurred_at,
                    event: event.id,
                    answer: None,
                });
            }
            ReviewEvent::AppealAnswered { marks } => {
                if let Some(appeal) = &mut self.appeal {
                    appeal.answer = Some(Answered {
                        by: event.actor.user(),
                        at: event.occurred_at,
                        event: event.id,
                        marks: marks.clone(),
                    });
                }
            }
        }
    }

    /// Whether both raters are in, or the only one is.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.ratings.len() >= if self.second { 2 } else { 1 }
    }

    /// Where it stands.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if !self.complete() {
            return Stage::AwaitsSecond;
        }
        if self.agreed.is_none() && self.apart() {
            return Stage::Apart;
        }
        match &self.appeal {
            Some(appeal) if appeal.answer.is_none() => Stage::Appealed,
            _ => Stage::Told,
        }
    }

    /// Whether the two raters are apart. Marks that are withheld tell nothing.
    #[must_use]
    pub fn apart(&self) -> bool {
        match self.pair() {
            Some((first, second)) => first.apart(second),
            None => false,
        }
    }

    /// The marks of both raters, as far as they are known here.
    #[must_use]
    pub fn pair(&self) -> Option<(&Marks, &Marks)> {
        match self.ratings.as_slice() {
            [first, second, ..] => Some((first.marks.as_ref()?, second.marks.as_ref()?)),
            _ => None,
        }
    }

    /// The marks that count: of the answer to the appeal, else what was agreed on, else the first rater's, once it is told.
    #[must_use]
    pub fn outcome(&self) -> Option<&Marks> {
        if !matches!(self.stage(), Stage::Told | Stage::Appealed) {
            return None;
        }
        let answered = self.appeal.as_ref().and_then(|a| a.answer.as_ref());
        answered
            .and_then(|a| a.marks.as_ref())
            .or_else(|| self.agreed.as_ref().map(|a| &a.marks))
            .or_else(|| self.ratings.first().and_then(|r| r.marks.as_ref()))
    }

    /// Whether this user rated it.
    #[must_use]
    pub fn rated_by(&self, user: UserId) -> bool {
        self.ratings.iter().any(|r| r.by == user)
    }

    /// Whether the agent may still appeal at this instant.
    #[must_use]
    pub fn appealable(&self, now: Ms) -> bool {
        self.appeal.is_none()
            && self.stage() == Stage::Told
            && self.appeal_until.is_none_or(|until| now < until)
    }

    /// The review as somebody sees it who may not know the marks of others while a rater is still to come.
    #[must_use]
    pub fn blind(mut self, reader: UserId) -> Self {
        if !self.complete() {
            for rating in self.ratings.iter_mut().filter(|r| r.by != reader) {
                rating.marks = None;
            }
        }
        self
    }
}
