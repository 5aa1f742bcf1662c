//! When to paint: at once after a key, rarely for everything else, never when nothing changed.

use std::time::{Duration, Instant};

/// A key paints at once unless the last frame is younger than this.
pub const AFTER_KEY: Duration = Duration::from_millis(8);
/// What nobody pressed a key for waits this long since the last frame (about 30 frames a second).
pub const BACKGROUND: Duration = Duration::from_millis(33);

/// Decides when the next frame is due.
#[derive(Debug, Default)]
pub struct Pacer {
    last: Option<Instant>,
    due: Option<Instant>,
}

impl Pacer {
    /// Something changed because of the agent's hand.
    pub fn key(&mut self, now: Instant) {
        self.want(now, AFTER_KEY);
    }

    /// Something changed by itself.
    pub fn background(&mut self, now: Instant) {
        self.want(now, BACKGROUND);
    }

    fn want(&mut self, now: Instant, gap: Duration) {
        let at = self.last.map_or(now, |last| (last + gap).max(now));
        self.due = Some(self.due.map_or(at, |due| due.min(at)));
    }

    /// When the next frame is due; nothing while nothing changed.
    pub const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whether a frame is due at `now`.
    pub fn is_due(&self, now: Instant) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    /// A frame was painted at `now`.
    pub fn painted(&mut self, now: Instant) {
        self.last = Some(now);
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: Instant, ms: u64) -> Instant {
        start + Duration::from_millis(ms)
    }

    #[test]
    fn nothing_is_due_when_nothing_changed() {
        let start = crate::task::instant();
        let mut pacer = Pacer::default();
        assert_eq!(pacer.due(), None);
        pacer.key(start);
        pacer.painted(start);
        assert!(!pacer.is_due(at(start, 60_000)));
    }

    #[test]
    fn a_key_paints_at_once_or_at_the_mark() {
        let start = crate::task::instant();
        let mut pacer = Pacer::default();
        pacer.key(start);
        assert!(pacer.is_due(start));
        pacer.painted(start);
        pacer.key(at(start, 3));
        assert_eq!(pacer.due(), Some(at(start, 8)));
        pacer.painted(at(start, 8));
        pacer.key(at(start, 100));
        assert_eq!(pacer.due(), Some(at(start, 100)));
    }

    #[test]
    fn a_storm_of_answers_paints_thirty_times_a_second_and_never_holds_a_key_back() {
        let start = crate::task::instant();
        let mut pacer = Pacer::default();
        let mut frames = 0;
        for ms in 0..1000 {
            pacer.background(at(start, ms));
            if pacer.is_due(at(start, ms)) {
                pacer.painted(at(start, ms));
                frames += 1;
            }
        }
        assert!((30..=31).contains(&frames), "{frames}");
        pacer.painted(at(start, 1000));
        pacer.background(at(start, 1001));
        pacer.key(at(start, 1010));
        assert_eq!(pacer.due(), Some(at(start, 1010)));
    }
}
