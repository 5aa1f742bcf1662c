//! What a contact looks like on the wire: turns with what moved and why, numbers of 0 to 100, one desk from near.

use serde::Serialize;

use super::people::Shown;
use super::{RunId, Who};
use crate::api::training::{Asked, DeskView, Move, TurnView};
use crate::domain::lang::Lang;
use crate::sim::debrief::{curve, turning_point};
use crate::sim::engine::{Change, State, Variable, Why};
use crate::sim::hear::Found;
use crate::sim::play::Turn;
use crate::sim::points::Points;
use crate::sim::{Input, Play};
use crate::text::SafeText;

/// The name of an end that only training knows: a shift change came and the ticket went to a colleague.
pub const HANDED_OVER: &str = "handed_over";

/// A number of the state as a whole number of 0 to 100.
#[must_use]
pub fn percent(points: Points) -> u8 {
    u8::try_from(points.held().rounded()).unwrap_or(100)
}

/// Anger, trust and clarity.
#[must_use]
pub fn mood(state: &State) -> (u8, u8, u8) {
    (
        percent(state.anger),
        percent(state.trust),
        percent(state.clarity),
    )
}

/// Anger before the first turn and after each.
#[must_use]
pub fn anger(play: &Play) -> Vec<u8> {
    let values = curve(play, Variable::Anger);
    values.into_iter().map(percent).collect()
}

/// The customer's first words.
#[must_use]
pub fn opening(play: &Play) -> SafeText {
    SafeText::clean_str(&play.opening().text)
}

/// How the contact ended, by name; none while it goes on or when it was broken off.
#[must_use]
pub fn end_name(play: &Play, handed_over: bool) -> Option<String> {
    if handed_over && play.end().is_none() {
        return Some(HANDED_OVER.to_owned());
    }
    play.end().map(|e| e.as_str().to_owned())
}

/// Every turn so far.
#[must_use]
pub fn turns(play: &Play) -> Vec<TurnView> {
    let turning = turning_point(play);
    let all = play.turns().iter().enumerate();
    all.map(|(at, turn)| {
        let mut view = view(turn, turning == Some(at));
        if let Some(said) = play.phrased().get(&at) {
            (view.answer, view.phrased) = (SafeText::clean_str(said), true);
        }
        view
    })
    .collect()
}

/// What a contact looked like: what is kept of it beside its run.
pub(super) fn shown(play: &Play) -> Shown {
    let step = usize::try_from(play.state().demand).unwrap_or(usize::MAX);
    Shown {
        opening: opening(play),
        start: mood(play.start()),
        turns: turns(play),
        demand: step.min(play.scenario().ladder.len().saturating_sub(1)),
    }
}

/// One desk from near. `total` is for a contact that is over; `acts` is for spoken practice.
#[must_use]
pub fn desk(who: &Who, run: RunId, play: &Play, lang: Lang, total: Option<u32>) -> DeskView {
    let scenario = play.scenario();
    let state = play.state();
    DeskView {
        seat: who.seat,
        name: SafeText::clean_line(&who.name),
        run,
        title: SafeText::clean_line(scenario.title.get(lang)),
        customer: SafeText::clean_line(scenario.card.name.get(play.lang())),
        need: SafeText::clean_line(scenario.need.words.get(lang)),
        need_stage: state.need.as_str().to_owned(),
        commitment: state.commitment.as_str().to_owned(),
        patience: state.patience.rounded(),
        opening: opening(play),
        start: mood(play.start()),
        turns: turns(play),
        end: end_name(play, false),
        total,
        acts: Vec::new(),
        asides: Vec::new(),
    }
}

/// The stable name of a word that is kept by serde.
pub(super) fn name_of<T: Serialize>(word: &T) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn view(turn: &Turn, turning: bool) -> TurnView {
    let (said, kind) = match &turn.tick.input {
        Input::Said { text, .. } => (text.as_str(), String::new()),
        Input::Marked { words, .. } => (words.as_str(), "marked".to_owned()),
        Input::Quiet { .. } => ("", "quiet".to_owned()),
        Input::Hold { .. } => ("", "hold".to_owned()),
        Input::Storm { event } => ("", format!("storm_{}", event.as_str())),
        Input::Close => ("", "close".to_owned()),
        Input::Aside { answer, .. } => (answer.as_str(), "aside".to_owned()),
    };
    let aside = match &turn.tick.input {
        Input::Aside {
            by,
            asked,
            took_ms,
            put_off,
            ..
        } => Some(Asked {
            kind: by.as_str().to_owned(),
            text: SafeText::clean_str(asked),
            took_ms: *took_ms,
            put_off: *put_off,
        }),
        _ => None,
    };
    TurnView {
        at_ms: turn.tick.at_ms,
        said: SafeText::clean_str(said),
        kind,
        acts: acts(turn),
        findings: turn.findings.iter().map(|f| finding(f, said)).collect(),
        moves: moves(&turn.changes),
        moments: turn.moments.iter().map(name_of).collect(),
        answer: SafeText::clean_str(&turn.answer.text),
        after: mood(&turn.state),
        not_understood: turn
            .moments
            .contains(&crate::sim::engine::Moment::NotUnderstood),
        turning,
        aside,
        phrased: false,
    }
}

/// The acts of a turn, each once.
fn acts(turn: &Turn) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for evidence in &turn.acts {
        let name = evidence.act.as_str();
        if !out.iter().any(|n| n == name) {
            out.push(name.to_owned());
        }
    }
    out
}

fn finding(found: &Found, said: &str) -> (String, SafeText) {
    let words = said.get(found.at.clone()).unwrap_or_default();
    (found.rule.clone(), SafeText::clean_line(words))
}

/// The changes of a turn: equal reasons for the same number are one, what rounds to nothing is left out.
fn moves(changes: &[Change]) -> Vec<Move> {
    let mut sums: Vec<(Variable, String, Points)> = Vec::new();
    for change in changes {
        let why = match (change.why, change.act) {
            (Why::Act, Some(act)) => act.as_str().to_owned(),
            (why, _) => name_of(&why),
        };
        match sums
            .iter_mut()
            .find(|(of, w, _)| *of == change.of && *w == why)
        {
            Some((_, _, by)) => *by = by.plus(change.by),
            None => sums.push((change.of, why, change.by)),
        }
    }
    let whole = sums.into_iter().map(|(of, why, by)| Move {
        of: name_of(&of),
        why,
        by: i32::try_from(by.rounded()).unwrap_or(0),
    });
    whole.filter(|m| m.by != 0).collect()
}
