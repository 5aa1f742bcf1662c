//! Choosing among the runs that were played, and the layers of the screens that look back.

use crate::api::training::{Ask, RunRow};
use crate::app::Action;
use crate::app::act;
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::notice::Severity;
use crate::app::state::Overlay;
use crate::app::training::pairs::{self, DeedsState};
use crate::app::training::{Layer, Practice};

use super::{debrief, look};

/// The list of runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RunsState {
    /// The chosen one, by place.
    pub cursor: usize,
}

/// A question above the screens that look back.
#[derive(Clone, PartialEq, Debug)]
pub enum DebriefLayer {
    /// Which run.
    Runs(RunsState),
    /// What to do with a pair.
    Deeds(DeedsState),
}

impl DebriefLayer {
    /// Pasted text: none of them has a field.
    pub fn paste(&mut self, _text: &str) {}
}

/// The runs to choose from, newest first.
#[must_use]
pub fn runs(practice: &Practice) -> &[RunRow] {
    practice.lobby.view.as_ref().map_or(&[], |v| &v.runs)
}

/// The run that waits for its debrief, or else a choice among those that were played.
pub(in crate::app::training) fn last(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_ref() else {
        return;
    };
    let seen = practice.debrief.view.as_ref().map(|v| v.run);
    if let Some(run) = practice.seat.debrief.filter(|run| Some(*run) != seen) {
        return look(cx, run, false);
    }
    if runs(practice).is_empty() {
        return cx.say(Severity::Info, "notice-no-runs");
    }
    // The list may be as old as the last visit to the lobby; what is new comes in while it is open.
    cx.train(Ask::Lobby);
    let layer = Layer::Debrief(DebriefLayer::Runs(RunsState::default()));
    cx.state.overlays.push(Overlay::Training(Box::new(layer)));
}

/// Keys for the layer on top.
pub(in crate::app::training) fn layer_key(cx: &mut Cx<'_, '_>, key: Key) {
    let order = cx.state.keymap.action(Place::List, key);
    if order == Some(Action::Quit) {
        return act::perform(cx, Action::Quit);
    }
    let count = cx.state.training.as_deref().map_or(0, |p| runs(p).len());
    let Some(Overlay::Training(layer)) = cx.state.overlays.last_mut() else {
        return;
    };
    let Layer::Debrief(layer) = layer.as_mut() else {
        return;
    };
    let (cursor, count) = match layer {
        DebriefLayer::Runs(runs) => (&mut runs.cursor, count),
        DebriefLayer::Deeds(deeds) => (&mut deeds.cursor, deeds.choices.len()),
    };
    let last = count.saturating_sub(1);
    match (order, key.code) {
        (Some(Action::Back), _) => {
            cx.state.overlays.pop();
        }
        (Some(Action::Up), _) => *cursor = cursor.saturating_sub(1),
        (Some(Action::Down | Action::FocusNext), _) => *cursor = (*cursor + 1).min(last),
        (Some(Action::PageUp), _) => *cursor = cursor.saturating_sub(10),
        (Some(Action::PageDown), _) => *cursor = (*cursor + 10).min(last),
        (Some(Action::First), _) => *cursor = 0,
        (Some(Action::Last), _) => *cursor = last,
        (Some(Action::Open), _) | (_, Code::Enter) => choose(cx),
        _ => {}
    }
}

/// Enter: the run is shown, the deed is done.
fn choose(cx: &mut Cx<'_, '_>) {
    let Some(Overlay::Training(layer)) = cx.state.overlays.pop() else {
        return;
    };
    match *layer {
        Layer::Debrief(DebriefLayer::Runs(chosen)) => {
            let row = cx.state.training.as_deref().map(runs);
            let row = row.and_then(|r| r.get(chosen.cursor));
            if let Some((run, reflected)) = row.map(|r| (r.run, r.total.is_some())) {
                again(cx);
                look(cx, run, reflected);
            }
        }
        Layer::Debrief(DebriefLayer::Deeds(deeds)) => pairs::deed(cx, &deeds),
        _ => {}
    }
}

/// A run is chosen anew: a trial of the one before does not keep the screen.
fn again(cx: &mut Cx<'_, '_>) {
    if let Some(debrief) = debrief(cx) {
        debrief.trying = false;
    }
}
