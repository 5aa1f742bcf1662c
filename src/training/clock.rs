//! The clock of a seat: it runs like the wall's, half as fast when the trainee wants it slow, and stands while somebody paused.
//! It remembers how it ran, so that something that happened earlier is timed as it was then. Nothing here reads the wall.

use std::collections::VecDeque;

use crate::api::training::Speed;
use crate::domain::time::Ms;

/// How many changes of pace are remembered; what lies before is timed by the oldest of them.
const KEPT: usize = 256;

/// From this wall time on the clock runs from `ms` at `halves` halves of the wall's pace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Mark {
    wall: Ms,
    ms: i64,
    halves: i64,
}

/// Training time of one seat, milliseconds since its contacts began.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clock {
    marks: VecDeque<Mark>,
    speed: Speed,
    by_trainee: bool,
    by_trainer: bool,
}

impl Clock {
    /// A clock that begins at 0 now.
    #[must_use]
    pub fn start(now: Ms, speed: Speed) -> Self {
        let mut clock = Self {
            marks: VecDeque::new(),
            speed,
            by_trainee: false,
            by_trainer: false,
        };
        clock.mark(now, 0);
        clock
    }

    fn halves(&self) -> i64 {
        match (self.paused(), self.speed) {
            (true, _) => 0,
            (false, Speed::Slow) => 1,
            (false, Speed::Real | Speed::Brisk) => 2,
        }
    }

    fn mark(&mut self, wall: Ms, ms: i64) {
        let halves = self.halves();
        self.marks.push_back(Mark { wall, ms, halves });
        if self.marks.len() > KEPT {
            self.marks.pop_front();
        }
    }

    /// Training time at this wall time; 0 before the beginning.
    #[must_use]
    pub fn at(&self, wall: Ms) -> i64 {
        let mark = self.marks.iter().rev().find(|m| m.wall <= wall);
        mark.or(self.marks.front()).map_or(0, |m| {
            let gone = wall.minus(m.wall).max(0);
            m.ms.saturating_add(gone.saturating_mul(m.halves) / 2)
        })
    }

    /// The wall time at which training time will be `ms`, if everything goes on as now; while it stands, as it will once it
    /// goes on.
    #[must_use]
    pub fn wall(&self, ms: i64, now: Ms) -> Ms {
        let left = ms.saturating_sub(self.at(now));
        let halves = if self.speed == Speed::Slow { 1 } else { 2 };
        now.plus_millis(left.saturating_mul(2) / halves)
    }

    /// Lets time run like this from now on.
    pub fn set_speed(&mut self, speed: Speed, now: Ms) {
        if self.speed != speed {
            let ms = self.at(now);
            self.speed = speed;
            self.go_on_from(ms, now);
        }
    }

    /// The trainee stops time or lets it go on.
    pub fn pause_by_trainee(&mut self, on: bool, now: Ms) {
        if self.by_trainee != on {
            let ms = self.at(now);
            self.by_trainee = on;
            self.go_on_from(ms, now);
        }
    }

    /// The trainer stops time or lets it go on; the trainee cannot undo it.
    pub fn pause_by_trainer(&mut self, on: bool, now: Ms) {
        if self.by_trainer != on {
            let ms = self.at(now);
            self.by_trainer = on;
            self.go_on_from(ms, now);
        }
    }

    fn go_on_from(&mut self, ms: i64, now: Ms) {
        // A wall that was set back must not make the marks go back, too.
        let last = self.marks.back().map_or(now, |m| m.wall);
        self.mark(now.max(last), ms);
    }

    /// How it runs when it runs.
    #[must_use]
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// Whether it stands.
    #[must_use]
    pub const fn paused(&self) -> bool {
        self.by_trainee || self.by_trainer
    }

    /// Whether the trainer stopped it.
    #[must_use]
    pub const fn held_by_trainer(&self) -> bool {
        self.by_trainer
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const T: Ms = Ms(1_773_210_000_000);

    fn later(ms: i64) -> Ms {
        T.plus_millis(ms)
    }

    #[test]
    fn it_runs_like_the_wall_and_half_as_fast_when_slow() {
        let mut clock = Clock::start(T, Speed::Real);
        assert_eq!(clock.at(later(4_000)), 4_000);
        clock.set_speed(Speed::Slow, later(4_000));
        assert_eq!(clock.at(later(6_000)), 5_000);
        assert_eq!(clock.wall(6_000, later(6_000)), later(8_000));
        clock.set_speed(Speed::Real, later(6_000));
        assert_eq!(clock.at(later(7_000)), 6_000);
        // What was before is timed as it ran then.
        assert_eq!(clock.at(later(2_000)), 2_000);
        assert_eq!(clock.at(later(5_000)), 4_500);
        assert_eq!(clock.at(T.plus_millis(-9)), 0);
    }

    #[test]
    fn it_stands_while_either_of_them_paused() {
        let mut clock = Clock::start(T, Speed::Real);
        clock.pause_by_trainee(true, later(1_000));
        clock.pause_by_trainer(true, later(2_000));
        clock.pause_by_trainee(false, later(3_000));
        assert!(clock.paused() && clock.held_by_trainer());
        assert_eq!(clock.at(later(9_000)), 1_000);
        clock.pause_by_trainer(false, later(9_000));
        assert!(!clock.paused());
        assert_eq!(clock.at(later(9_500)), 1_500);
        assert_eq!(clock.at(later(2_500)), 1_000);
    }

    #[test]
    fn a_wall_that_jumps_back_never_turns_it_back() {
        let mut clock = Clock::start(T, Speed::Real);
        clock.set_speed(Speed::Slow, later(10_000));
        clock.pause_by_trainee(true, later(5_000));
        let held = clock.at(later(10_000));
        clock.pause_by_trainee(false, later(5_000));
        assert!(clock.at(later(20_000)) >= held);
        let mut last = 0;
        for step in 0..600 {
            clock.set_speed([Speed::Slow, Speed::Real][step % 2], later(20_000));
            let now = clock.at(later(20_000 + i64::try_from(step).unwrap()));
            assert!(now >= last, "{now} after {last}");
            last = now.min(clock.at(later(20_000)));
        }
        assert!(clock.marks.len() <= KEPT);
    }
}
