//! Carrying out what the state machine orders, and the timers it asks for.

use std::mem::{Discriminant, discriminant};
use std::time::{Duration, Instant};

use crate::api::desk::DeskRequest;
use crate::api::training::Ask;
use crate::app::event::Timer;

/// The way to the desk's store. Sending never waits.
pub trait DeskPort {
    /// Hands a request over; tells whether it was taken. A store that cannot keep up is shown, never waited for.
    fn send(&mut self, request: DeskRequest) -> bool;

    /// Hands an order to the training over; tells whether it was taken. A desk of live work has none.
    fn train(&mut self, ask: Ask) -> bool {
        drop(ask);
        true
    }
}

impl<F: FnMut(DeskRequest) -> bool> DeskPort for F {
    fn send(&mut self, request: DeskRequest) -> bool {
        self(request)
    }
}

/// What only the loop around the console can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outer {
    /// Give the terminal back for a while.
    Suspend,
    /// End.
    Quit,
    /// Take the mouse or leave it.
    Mouse(bool),
}

/// Timers that run; one of a kind.
#[derive(Debug, Default)]
pub struct Timers(Vec<(Discriminant<Timer>, Timer, Instant)>);

impl Timers {
    /// Starts a timer; one of the same kind that still runs is replaced.
    pub fn start(&mut self, timer: Timer, after_ms: u64, now: Instant) {
        let kind = discriminant(&timer);
        self.0.retain(|(k, ..)| *k != kind);
        self.0
            .push((kind, timer, now + Duration::from_millis(after_ms)));
    }

    /// When the next one runs out.
    pub fn next(&self) -> Option<Instant> {
        self.0.iter().map(|(.., at)| *at).min()
    }

    /// Takes those that have run out, the earliest first.
    pub fn take_due(&mut self, now: Instant) -> Vec<Timer> {
        let mut due: Vec<_> = self
            .0
            .iter()
            .filter(|(.., at)| *at <= now)
            .copied()
            .collect();
        due.sort_by_key(|(.., at)| *at);
        self.0.retain(|(.., at)| *at > now);
        due.into_iter().map(|(_, timer, _)| timer).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_timer_of_a_kind_and_the_earliest_first() {
        let start = crate::task::instant();
        let at = |ms| start + Duration::from_millis(ms);
        let mut timers = Timers::default();
        timers.start(Timer::SaveDraft(1), 900, start);
        timers.start(Timer::Coach(1), 150, start);
        timers.start(Timer::Coach(2), 150, at(100));
        assert_eq!(timers.next(), Some(at(250)));
        assert_eq!(timers.take_due(at(200)), []);
        assert_eq!(
            timers.take_due(at(1000)),
            [Timer::Coach(2), Timer::SaveDraft(1)]
        );
        assert_eq!(timers.next(), None);
    }
}
