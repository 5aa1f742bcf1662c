//! What the debrief shows: the turning sentence, the curves, and what another line would have done.

use super::engine::{Change, State, Variable};
use super::headless::THINK_MS;
use super::play::{Input, Play, Turn};
use super::points::Points;

/// The turn that turned the run, from 0: the first of those that moved anger and trust most.
#[must_use]
pub fn turning_point(play: &Play) -> Option<usize> {
    let moved = |turn: &Turn| -> i64 {
        let anger = turn.changes.iter().filter(|c| c.of == Variable::Anger);
        let trust = turn.changes.iter().filter(|c| c.of == Variable::Trust);
        let sum = |changes: &mut dyn Iterator<Item = &Change>| changes.map(|c| c.by.0).sum::<i64>();
        (sum(&mut { anger }) - sum(&mut { trust })).abs()
    };
    let most = play.turns().iter().map(moved).max().filter(|m| *m > 0)?;
    play.turns().iter().position(|t| moved(t) == most)
}

/// A series of the debrief: the value before the first turn and after each.
#[must_use]
pub fn curve(play: &Play, of: Variable) -> Vec<Points> {
    let pick = |s: &State| match of {
        Variable::Anger => s.anger,
        Variable::Trust => s.trust,
        Variable::Clarity => s.clarity,
        Variable::Face => s.face,
        Variable::Patience => s.patience,
    };
    let mut out = vec![pick(play.start())];
    out.extend(play.turns().iter().map(|t| pick(&t.state)));
    out
}

/// The same contact from turn `k` (from 0) with another line: what would have come of it. The other line takes as long to
/// begin as the one that was said.
#[must_use]
pub fn counterfactual(play: &Play, k: usize, text: &str) -> Play {
    let mut other = play.rewound(k);
    let (at_ms, think_ms) = match play.turns().get(k).map(|t| &t.tick) {
        Some(tick) => match tick.input {
            Input::Said { think_ms, .. } => (tick.at_ms, think_ms),
            _ => (tick.at_ms, THINK_MS),
        },
        None => (other.state().ms, THINK_MS),
    };
    other.take(
        at_ms,
        Input::Said {
            text: text.to_owned(),
            think_ms,
            interrupted: false,
            severe_route: None,
            in_ledger: None,
        },
    );
    other
}
