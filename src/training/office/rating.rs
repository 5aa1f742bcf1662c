//! Runs rated by trainers with the scorecard of live replies. One trainer is the rule; a run for which a second one was asked is
//! told to nobody until both are in, and each is blind until then. A run is rated once it counts, after the trainee's own words. There is
//! no appeal: a debrief is a conversation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ground::{Books, Ground};
use super::people::KeptRun;
use super::{RunId, Who, no};
use crate::api::training::{DeskView, RunMarks, RunRated, RunReview, RunReviews, SeatRole, Told};
use crate::api::wire::{DueReview, ReviewLoad};
use crate::domain::ids::{CommandId, CustomerId, EventId, ReviewId, TicketId, UserId};
use crate::domain::review::{Agreed, Rating, Review, Stage, Why};
use crate::domain::scorecard::Marks;
use crate::domain::time::{HOUR, Ms};
use crate::sim::score::Criterion;
use crate::text::SafeText;

/// Runs that ended so long ago are not proposed any more, in milliseconds.
const WEEKS: i64 = 30 * 24 * HOUR;
/// Most runs that are listed.
const MOST: usize = 200;
/// An item at or below this level is one to practise.
const LOW: u8 = 1;
/// Longest note, in characters.
const MOST_NOTE: usize = 2_000;
/// The name space of accounts that have no seat now.
const LOGINS: Uuid = Uuid::from_u128(0x6261_6c6d_0000_5000_8000_6c6f_6769_6e73);

/// One trainer's marks as they are kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct KeptRating {
    /// Their login: accounts are made anew with every training.
    by: String,
    name: String,
    at: Ms,
    card: u32,
    marks: Marks,
    note: String,
}

/// Everything that trainers said of a run.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct KeptRatings {
    /// Whether two rate it.
    second: bool,
    ratings: Vec<KeptRating>,
    agreed: Option<KeptRating>,
}

/// The event that stands for what was said `at`-th of a run.
fn event(run: RunId, at: usize) -> EventId {
    EventId {
        command: CommandId(run),
        index: u16::try_from(at).unwrap_or(u16::MAX),
    }
}

impl Books {
    /// The account of a login, if it has a seat; else a name that is the same each time.
    fn account(&self, login: &str) -> UserId {
        let seat = self.seats.values().find(|w| w.login == login);
        seat.map_or_else(
            || UserId(Uuid::new_v5(&LOGINS, login.as_bytes())),
            |w| w.seat,
        )
    }

    /// A run's review as everybody but the blind sees it; nothing when nobody rated it.
    fn review(&self, login: &str, run: &KeptRun) -> Option<Review> {
        let kept = &run.ratings;
        let first = kept.ratings.first()?;
        let rating = |(at, r): (usize, &KeptRating)| Rating {
            by: self.account(&r.by),
            at: r.at,
            event: event(run.id, at + 1),
            marks: Some(r.marks.clone()),
        };
        Some(Review {
            id: ReviewId(run.id),
            ticket: TicketId(run.id),
            number: None,
            customer: CustomerId::default(),
            source: event(run.id, 0),
            agent: self.account(login),
            said_at: run.at,
            why: Why::Asked,
            card: first.card,
            second: kept.second,
            ratings: kept.ratings.iter().enumerate().map(rating).collect(),
            agreed: kept.agreed.as_ref().map(|a| Agreed {
                by: Some(self.account(&a.by)),
                at: a.at,
                event: event(run.id, 3),
                marks: a.marks.clone(),
            }),
            appeal: None,
            // Long over: a debrief is a conversation.
            appeal_until: Some(Ms(0)),
            version: 1,
            position: 1,
        })
    }

    /// What was noted, as far as this reader may know it.
    fn noted(run: &KeptRun, review: &Review, reader: &str) -> Vec<(EventId, SafeText)> {
        let told = review.complete();
        let ratings = run.ratings.ratings.iter().enumerate();
        let mut out: Vec<(EventId, SafeText)> = ratings
            .filter(|(_, r)| told || r.by == reader)
            .map(|(at, r)| (event(run.id, at + 1), SafeText::clean_str(&r.note)))
            .collect();
        if let Some(agreed) = &run.ratings.agreed {
            out.push((event(run.id, 3), SafeText::clean_str(&agreed.note)));
        }
        out.retain(|(_, words)| !words.is_empty());
        out
    }

    /// What trainers rated, and what nobody rated yet.
    pub(super) fn run_reviews(&self, ground: &Ground, who: &Who, now: Ms) -> RunReviews {
        let mut out = RunReviews::default();
        let mut names: BTreeMap<UserId, SafeText> = BTreeMap::new();
        let mut all: Vec<(&str, &KeptRun)> = Vec::new();
        for (login, person) in &self.people {
            let agent = self.account(login);
            names.insert(agent, SafeText::clean_line(&person.kept.name));
            let runs = person.runs.values().filter(|r| r.counts());
            let recent: Vec<&KeptRun> = runs.filter(|r| r.at.0 >= now.0 - WEEKS).collect();
            let units = u32::try_from(recent.len()).unwrap_or(u32::MAX);
            let rated = recent.iter().filter(|r| !r.ratings.ratings.is_empty());
            out.agents.extend((units > 0).then(|| ReviewLoad {
                agent,
                units,
                rated: u32::try_from(rated.count()).unwrap_or(u32::MAX),
                wanted: units.min(ground.policy.card.sampling.each),
            }));
            let runs = person.runs.values().filter(|r| r.counts());
            all.extend(runs.map(|r| (login.as_str(), r)));
        }
        all.sort_by_key(|(_, run)| (std::cmp::Reverse(run.at), run.id));
        for (login, run) in all.into_iter().filter(|(login, _)| *login != who.login) {
            let title = ground.title(&run.run.scenario);
            match self.review(login, run) {
                Some(review) if out.reviews.len() < MOST => {
                    for rating in run.ratings.ratings.iter().chain(&run.ratings.agreed) {
                        let name = SafeText::clean_line(&rating.name);
                        names.insert(self.account(&rating.by), name);
                    }
                    let words = Self::noted(run, &review, &who.login);
                    let review = review.blind(who.seat);
                    out.titles.push((review.id, title));
                    out.reviews.push(RunReview { review, words });
                }
                None if out.due.len() < MOST && run.at.0 >= now.0 - WEEKS => {
                    out.titles.push((ReviewId(run.id), title));
                    out.due.push(self.due(login, run));
                }
                _ => {}
            }
        }
        out.names = names.into_iter().collect();
        out
    }

    fn due(&self, login: &str, run: &KeptRun) -> DueReview {
        DueReview {
            review: ReviewId(run.id),
            ticket: TicketId(run.id),
            number: None,
            source: event(run.id, 0),
            agent: self.account(login),
            said_at: run.at,
            why: Why::Asked,
            second: false,
        }
    }

    /// The words of a run, for who rates it.
    pub(super) fn run_words(&self, ground: &Ground, who: &Who, id: RunId) -> Told {
        let Some((login, run)) = self.run_for(who, SeatRole::Trainer, id) else {
            return no("unknown_run");
        };
        // What was to be seen then is what is rated, whatever became of the rules since.
        let shown = match ground.shown(run) {
            Ok(shown) => shown,
            Err(no) => return no,
        };
        let person = self.people.get(login);
        let name = person.map_or("", |p| p.kept.name.as_str());
        let scenario = ground.scenario(&run.run.scenario);
        let customer = scenario.map_or("", |s| s.card.name.get(run.run.lang));
        Told::RunWords(Box::new(DeskView {
            seat: self.account(login),
            name: SafeText::clean_line(name),
            run: id,
            title: ground.title(&run.run.scenario),
            customer: SafeText::clean_line(customer),
            need: SafeText::default(),
            need_stage: String::new(),
            commitment: String::new(),
            patience: 0,
            opening: shown.opening,
            start: shown.start,
            turns: shown.turns,
            end: run.end.clone(),
            // Points would lean on whoever rates.
            total: None,
            acts: Vec::new(),
            asides: Vec::new(),
        }))
    }

    /// Takes a trainer's marks.
    pub(super) fn run_rate(
        &mut self,
        ground: &Ground,
        who: &Who,
        given: &RunMarks,
        now: Ms,
    ) -> Told {
        self.take(ground, who, given, now, |kept, rating| {
            let mine = kept.ratings.iter().any(|r| r.by == rating.by);
            let room = if kept.second { 2 } else { 1 };
            if mine || kept.ratings.len() >= room && !kept.ratings.is_empty() {
                return Err("rated");
            }
            if kept.ratings.is_empty() {
                kept.second = given.second;
            }
            kept.ratings.push(rating);
            Ok(())
        })
    }

    /// Takes what two trainers agreed on.
    pub(super) fn run_agree(
        &mut self,
        ground: &Ground,
        who: &Who,
        given: &RunMarks,
        now: Ms,
    ) -> Told {
        self.take(ground, who, given, now, |kept, rating| {
            if kept.ratings.len() < 2 {
                return Err("awaits_second");
            }
            if kept.agreed.is_some() {
                return Err("rated");
            }
            kept.agreed = Some(rating);
            Ok(())
        })
    }

    fn take(
        &mut self,
        ground: &Ground,
        who: &Who,
        given: &RunMarks,
        now: Ms,
        put: impl FnOnce(&mut KeptRatings, KeptRating) -> Result<(), &'static str>,
    ) -> Told {
        let found = self.run_for(who, SeatRole::Trainer, given.run);
        let Some((login, run)) = found.map(|(login, run)| (login.to_owned(), run)) else {
            return no("unknown_run");
        };
        let card = &ground.policy.card;
        if login == who.login {
            return no("own_words");
        }
        if given.marks.fit(card).is_err() || given.note.chars().count() > MOST_NOTE {
            return no("bad_marks");
        }
        let rating = KeptRating {
            by: who.login.clone(),
            name: who.name.clone(),
            at: now,
            card: card.version,
            marks: given.marks.clone(),
            note: given.note.trim().to_owned(),
        };
        let mut kept = run.ratings.clone();
        if let Err(why) = put(&mut kept, rating) {
            return no(why);
        }
        match self.change_run(&login, given.run, |run| run.ratings = kept) {
            Ok(true) => Told::RunReviews(Box::new(self.run_reviews(ground, who, now))),
            Ok(false) => no("unknown_run"),
            Err(error) => {
                tracing::error!(kind = %error.kind(), "marks cannot be written");
                no("disk")
            }
        }
    }

    /// What trainers say of a run, once it is told.
    pub(super) fn run_rated(
        &self,
        ground: &Ground,
        login: &str,
        run: &KeptRun,
        now: Ms,
    ) -> Option<RunRated> {
        let review = self.review(login, run)?;
        if review.stage() != Stage::Told {
            return None;
        }
        let notes = Self::noted(run, &review, login);
        let marks = review.outcome()?.clone();
        Some(RunRated {
            drills: self.drills(ground, (login, run), &marks, now),
            names: run
                .ratings
                .ratings
                .iter()
                .map(|r| SafeText::clean_line(&r.name))
                .collect(),
            marks,
            notes: notes.into_iter().map(|(_, words)| words).collect(),
        })
    }

    /// For each low item a scenario on an item of the taxonomy where its skill is due again or was never shown, worst first.
    fn drills(
        &self,
        ground: &Ground,
        (login, run): (&str, &KeptRun),
        marks: &Marks,
        now: Ms,
    ) -> Vec<(String, String, SafeText)> {
        let today = Self::today(ground, now);
        let cards = self.people.get(login).map(|p| &p.kept.cards);
        let mut out: Vec<(String, String, SafeText)> = Vec::new();
        for item in marks.low(LOW) {
            let drill = ground.policy.card.item(item).map(|i| i.drill.as_str());
            let skill = Criterion::ALL
                .into_iter()
                .find(|c| Some(c.as_str()) == drill);
            let Some(skill) = skill else { continue };
            let open = |of: &str| {
                let card = cards.and_then(|c| c.get(of)).and_then(|c| c.get(&skill));
                card.is_none_or(|c| c.due <= today)
            };
            let found = self.proposed(ground, login, run.run.setup.level, open);
            if let Some(id) = found.filter(|id| !out.iter().any(|(_, known, _)| known == id)) {
                let title = ground.title(&id);
                out.push((item.to_owned(), id, title));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests;
