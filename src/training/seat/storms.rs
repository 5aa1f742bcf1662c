//! What comes in between: the storm of the scenario by training time, and what a trainer throws in.

use std::sync::Arc;

use super::{House, Out, Seat, Shift, Sitting, Storm};
use crate::api::training::{Inject, StormView};
use crate::domain::ids::UserId;
use crate::domain::time::Ms;
use crate::sim::scenario::StormEvent;
use crate::sim::{Asker, Scenario, StormKind};
use crate::text::SafeText;
use crate::training::contact::Now;

/// An unanswered question comes once more after so long, training milliseconds.
const AGAIN_MS: i64 = 60_000;
/// What is only to be seen stands so long, training milliseconds.
const SEEN_MS: i64 = 20_000;
/// After the network came back the desk has so long to bring what waited before silence counts, training milliseconds.
pub(super) const CATCH_UP_MS: i64 = 5_000;
/// The most callers that a trainer can throw in at once.
const MOST_CALLERS: u8 = 5;

impl Seat {
    /// A trainer throws something in.
    ///
    /// # Errors
    /// Why it cannot be done, by name.
    pub fn inject(
        &mut self,
        house: &House,
        what: &Inject,
        now: Ms,
        out: &mut Out,
    ) -> Result<(), &'static str> {
        let seat = self.who.seat;
        self.run(now, |sitting, clock| {
            sitting.inject(house, seat, what, clock, out)
        })
        .ok_or("not_running")?;
        self.touch();
        Ok(())
    }
}

impl Sitting {
    /// What the time brings: events that are due, questions that repeat, the network that comes back. Tells whether anything
    /// changed.
    pub(super) fn weather(
        &mut self,
        house: &House,
        seat: UserId,
        clock: Now<'_>,
        out: &mut Out,
    ) -> bool {
        let ms = clock.ms();
        let mut changed = false;
        while self
            .plan
            .front()
            .is_some_and(|e| ms >= i64::from(e.at) * 1_000)
        {
            let Some(event) = self.plan.pop_front() else {
                break;
            };
            if self.contacts.first().is_some_and(|c| c.over().is_none()) {
                self.strike(house, seat, &event, clock, out);
                changed = true;
            }
        }
        if self.cut.is_some_and(|until| ms >= until) {
            self.cut = None;
            out.cut = Some(false);
            for contact in &mut self.contacts {
                contact.excuse(ms.saturating_add(CATCH_UP_MS));
            }
            changed = true;
        }
        let before = self.storms.len();
        self.storms
            .retain(|s| s.until.is_none_or(|until| ms < until));
        changed |= self.storms.len() != before;
        changed |= self.come_back(ms);
        for storm in &mut self.storms {
            if storm.again.is_some_and(|at| ms >= at) {
                storm.again = None;
                storm.view.since = clock.wall;
                changed = true;
            }
        }
        changed
    }

    /// An event of the scenario's storm happens.
    fn strike(
        &mut self,
        house: &House,
        seat: UserId,
        event: &StormEvent,
        clock: Now<'_>,
        out: &mut Out,
    ) {
        self.stormed = true;
        let text = event.text.get(self.lang).to_owned();
        let mut wants = false;
        match event.kind {
            StormKind::SecondCaller => {
                if let Some(scenario) = house.scenarios.get(&event.scenario) {
                    self.call(house, seat, scenario, clock, out);
                }
            }
            StormKind::Silence => self.withhold(event.seconds),
            StormKind::Interruption => wants = true,
            StormKind::Network => self.lose_network(event.seconds, clock, out),
            StormKind::ShiftChange => self.shift = Some(Shift::default()),
            StormKind::Abuse => {}
        }
        self.show(event.kind.as_str(), &text, wants, clock);
        if let Some(first) = self.contacts.first_mut() {
            first.storm(event.kind, clock, &house.calendar, &mut out.posts);
        }
    }

    fn inject(
        &mut self,
        house: &House,
        seat: UserId,
        what: &Inject,
        clock: Now<'_>,
        out: &mut Out,
    ) {
        self.stormed = true;
        match what {
            Inject::Surge { callers } => {
                for _ in 0..(*callers).clamp(1, MOST_CALLERS) {
                    if let Some(scenario) = self.another(house) {
                        self.call(house, seat, &scenario, clock, out);
                    }
                }
            }
            Inject::Silence { seconds } => self.withhold(*seconds),
            Inject::Question { text } => self.show(Asker::Trainer.as_str(), text, true, clock),
            Inject::Network { seconds } => self.lose_network(*seconds, clock, out),
        }
    }

    /// The scenario of one more caller: one made for the level that is not on the line yet, the next in the order of ids.
    fn another(&self, house: &House) -> Option<Arc<Scenario>> {
        let here = |s: &Scenario| self.contacts.iter().any(|c| c.play().scenario().id == s.id);
        let fits: Vec<_> = house
            .scenarios
            .values()
            .filter(|s| s.levels.contains(&self.setup.level))
            .collect();
        let free: Vec<_> = fits.iter().copied().filter(|s| !here(s)).collect();
        let from = if free.is_empty() { fits } else { free };
        let count = u64::try_from(from.len()).ok()?;
        let turn = u64::try_from(self.contacts.len()).unwrap_or(0);
        let at = self.setup.seed.wrapping_add(turn).checked_rem(count)?;
        from.get(usize::try_from(at).ok()?).copied().cloned()
    }

    fn withhold(&mut self, seconds: u32) {
        let mut open = self.contacts.iter_mut().filter(|c| c.over().is_none());
        if let Some(contact) = open.next() {
            contact.withhold(seconds);
        }
    }

    fn lose_network(&mut self, seconds: u32, clock: Now<'_>, out: &mut Out) {
        let until = clock
            .ms()
            .saturating_add(i64::from(seconds).saturating_mul(1_000));
        let until = self.cut.map_or(until, |c| c.max(until));
        self.cut = Some(until);
        out.cut = Some(true);
        for contact in &mut self.contacts {
            contact.blind(clock.ms(), until.saturating_add(CATCH_UP_MS));
        }
    }

    fn show(&mut self, kind: &str, text: &str, wants_words: bool, clock: Now<'_>) {
        self.count = self.count.saturating_add(1);
        let ms = clock.ms();
        // A shift that ended stays ended.
        let stays = wants_words || kind == StormKind::ShiftChange.as_str();
        self.storms.push(Storm {
            view: StormView {
                id: self.count,
                kind: kind.to_owned(),
                text: SafeText::clean_str(text),
                since: clock.wall,
                wants_words,
                put_off: 0,
                now: false,
            },
            first: (ms, clock.wall),
            away: None,
            again: wants_words.then_some(ms.saturating_add(AGAIN_MS)),
            until: (!stays).then_some(ms.saturating_add(SEEN_MS)),
        });
    }
}
