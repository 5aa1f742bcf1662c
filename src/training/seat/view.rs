//! How a seat looks: to its own desk, to a trainer's list, from near.

use super::{Seat, Sitting};
use crate::api::training::{ContactView, DeskView, Help, SeatRow, SeatView};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::sim::Points;
use crate::text::SafeText;
use crate::training::contact::{Contact, Now};
use crate::training::office::views;

/// The most values of a curve in a list.
const CURVE: usize = 60;

impl Seat {
    /// As its own desk shows it.
    #[must_use]
    pub fn view(&self, now: Ms) -> SeatView {
        let clock = self.at(now);
        let sitting = self.sitting.as_ref();
        SeatView {
            rev: self.rev,
            role: self.role,
            name: self.name.clone(),
            stage: self.stage,
            level: sitting.map_or(0, |s| s.setup.level),
            help: sitting.map_or_else(Help::default, |s| Help {
                state: s.level.state,
                lines: s.level.lines,
                coach: s.level.coach,
                clock: s.level.clock,
            }),
            speed: self.clock.speed(),
            paused: self.clock.paused(),
            contacts: sitting.map_or_else(Vec::new, |s| s.seen(clock)),
            storms: sitting.map_or_else(Vec::new, |s| {
                let here = s.storms.iter().filter(|o| o.away.is_none());
                here.map(|o| o.view.clone()).collect()
            }),
            cut: sitting.is_some_and(|s| s.cut.is_some()),
            release: self.release,
            debrief: self.debrief,
            comments: self.comments.clone(),
            task: self.task.as_ref().map(|t| t.view.clone()),
            consent: self.consent,
            relief: self
                .relief
                .clone()
                .filter(|_| sitting.is_some_and(|s| s.shift.is_some())),
        }
    }

    /// As it stands in a trainer's list.
    #[must_use]
    pub fn row(&self, lang: Lang, now: Ms) -> SeatRow {
        let sitting = self.sitting.as_ref();
        let scenario = sitting
            .and_then(|s| s.contacts.first())
            .map(|c| c.play().scenario());
        let hottest = self.hottest();
        SeatRow {
            seat: self.who.seat,
            name: self.name.clone(),
            here: self.is_here(now),
            stage: self.stage,
            scenario: scenario.map_or_else(String::new, |s| s.id.clone()),
            title: scenario.map_or_else(SafeText::default, |s| {
                SafeText::clean_line(s.title.get(lang))
            }),
            level: sitting.map_or(0, |s| s.setup.level),
            paused: self.clock.paused(),
            callers: sitting.map_or(0, Sitting::open),
            anger: hottest.map_or_else(Vec::new, |c| thinned(&views::anger(c.play()), CURVE)),
            trust: hottest.map_or(0, |c| views::percent(c.play().state().trust)),
            since: sitting.filter(|s| !s.finishing).map(|s| s.since),
            last: self.last,
            runs: self.runs,
            join: self.join.clone(),
            asides: sitting.map_or_else(Vec::new, |s| {
                let mut all = s.asides(self.at(now));
                let open = |a: &crate::api::training::AsideView| a.answer.is_none();
                let last = all.iter().rposition(|a| !open(a));
                let mut at = 0..;
                all.retain(|a| at.next() == last || open(a));
                all
            }),
        }
    }

    /// Its hottest contact from near; nothing when nothing was played.
    #[must_use]
    pub fn desk(&self, lang: Lang, now: Ms) -> Option<DeskView> {
        let contact = self.hottest()?;
        let mut view = views::desk(&self.who, contact.run(), contact.play(), lang, None);
        view.end = contact.over().map(|o| o.as_str().to_owned());
        view.asides = self
            .sitting
            .as_ref()
            .map_or_else(Vec::new, |s| s.asides(self.at(now)));
        Some(view)
    }

    /// The time as its contacts see it.
    pub(super) const fn at(&self, wall: Ms) -> Now<'_> {
        Now {
            clock: &self.clock,
            wall,
        }
    }

    /// The contact that goes on with most anger; the last one when none goes on.
    fn hottest(&self) -> Option<&Contact> {
        let contacts = &self.sitting.as_ref()?.contacts;
        let open = contacts.iter().filter(|c| c.over().is_none());
        open.max_by_key(|c| c.play().state().anger)
            .or(contacts.last())
    }
}

impl Sitting {
    /// Contacts that go on.
    fn open(&self) -> u32 {
        let open = self.contacts.iter().filter(|c| c.over().is_none()).count();
        u32::try_from(open).unwrap_or(u32::MAX)
    }

    fn seen(&self, clock: Now<'_>) -> Vec<ContactView> {
        let one = |contact: &Contact| {
            let state = contact.play().state();
            let start = contact.play().start().patience;
            let until = contact
                .speaks_until()
                .map(|ms| clock.clock.wall(ms, clock.wall));
            ContactView {
                ticket: contact.ticket(),
                messages: contact.lines(),
                speaks_until: until.unwrap_or(clock.wall),
                own_until: contact
                    .own_until(clock.clock)
                    .filter(|ms| *ms > clock.ms())
                    .map(|ms| clock.clock.wall(ms, clock.wall)),
                mood: self
                    .level
                    .state
                    .then(|| (views::percent(state.anger), views::percent(state.trust))),
                patience: self.level.clock.then(|| share(state.patience, start)),
                offers: contact.offers().to_vec(),
                over: contact.over().map(|o| o.as_str().to_owned()),
            }
        };
        self.contacts.iter().map(one).collect()
    }
}

/// How much of it is left, percent.
fn share(left: Points, of: Points) -> u8 {
    let percent = left.0.max(0).saturating_mul(100).checked_div(of.0.max(1));
    u8::try_from(percent.unwrap_or(0).clamp(0, 100)).unwrap_or(100)
}

/// At most `most` of the values, the first and the last among them.
fn thinned(values: &[u8], most: usize) -> Vec<u8> {
    if values.len() <= most || most < 2 {
        return values.to_vec();
    }
    let last = values.len() - 1;
    let at = |n: usize| values.get(n * last / (most - 1)).copied();
    (0..most).filter_map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::{share, thinned};
    use crate::sim::Points;

    #[test]
    fn a_curve_keeps_its_ends() {
        assert_eq!(thinned(&[1, 2, 3], 60), [1, 2, 3]);
        let long: Vec<u8> = (0..=200).collect();
        let thin = thinned(&long, 60);
        assert_eq!(
            (thin.len(), thin.first(), thin.last()),
            (60, Some(&0), Some(&200))
        );
        assert!(thin.is_sorted());
    }

    #[test]
    fn patience_is_a_share_of_what_there_was() {
        assert_eq!(share(Points::whole(150), Points::whole(300)), 50);
        assert_eq!(share(Points::whole(-5), Points::whole(300)), 0);
        assert_eq!(share(Points::whole(5), Points::ZERO), 100);
    }
}
