//! Trying another line at a turn of the past: the same customer, the same seed, other words from there on.

use crate::api::training::{Ask, TriedView};
use crate::app::Action;
use crate::app::composer::Composer;
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::notice::Severity;

use super::{Step, debrief, own};

/// Other lines from a turn on.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trial {
    /// From which turn, from 0.
    pub turn: usize,
    /// What was said there instead, turn by turn.
    pub lines: Vec<String>,
    /// The next line, while it is written.
    pub input: Composer,
    /// How many answers are on their way.
    pub pending: usize,
    /// How far the words are scrolled back, in rows.
    pub top: usize,
}

impl Trial {
    /// Nothing came back: the last line is to be written again.
    pub(super) fn refused(&mut self) {
        if std::mem::take(&mut self.pending) > 0
            && self.input.is_blank()
            && let Some(line) = self.lines.pop()
        {
            self.input = Composer::of(&line, line.len());
        }
    }
}

/// Begins at the chosen turn, or goes on with what was tried there.
pub(super) fn begin(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx).filter(|d| d.step() == Step::Score) else {
        return cx.say(Severity::Warning, "notice-own-words-first");
    };
    if debrief.view.as_ref().is_none_or(|v| v.turns.is_empty()) {
        return cx.say(Severity::Info, "notice-no-turn");
    }
    let turn = debrief.turn;
    if debrief.trial.as_ref().is_none_or(|t| t.turn != turn) {
        debrief.tried = None;
        debrief.trial = Some(Trial {
            turn,
            ..Trial::default()
        });
    }
    debrief.trying = true;
}

/// What other lines would have done.
pub(in crate::app::training) fn tried(cx: &mut Cx<'_, '_>, view: TriedView) {
    let Some(debrief) = debrief(cx).filter(|d| d.run == Some(view.run)) else {
        return;
    };
    let Some(trial) = debrief.trial.as_mut().filter(|t| t.turn == view.turn) else {
        return;
    };
    trial.pending = trial.pending.saturating_sub(1);
    // An answer to lines that were given up since says nothing about those that stand now.
    if trial.pending == 0 && !trial.lines.is_empty() {
        trial.top = 0;
        debrief.tried = Some(view);
    }
}

/// Keys while a line is tried; tells whether the key was for it.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) -> bool {
    let order = cx.state.keymap.action(Place::Compose, key);
    let training = cx.state.keymap.action(Place::Training, key);
    let Some(debrief) = debrief(cx) else {
        return false;
    };
    let Some(trial) = debrief.trial.as_mut() else {
        return false;
    };
    let letter = matches!(key.code, Code::Char(_)) && !key.mods.ctrl;
    match (key.code, order) {
        (_, Some(Action::Back)) => debrief.trying = false,
        (_, Some(Action::Send)) => send(cx),
        (Code::Enter, _) => send(cx),
        _ if !letter && training == Some(Action::TryLine) => anew(cx),
        (_, Some(Action::Undo)) => {
            trial.input.undo();
        }
        (_, Some(Action::Redo)) => {
            trial.input.redo();
        }
        // Nothing lies beside the box that Tab could go to.
        (_, Some(Action::FocusNext | Action::FocusPrev)) => {}
        (_, Some(_)) => return false,
        (Code::PageUp, _) => trial.top = trial.top.saturating_add(5).min(500),
        (Code::PageDown, _) => trial.top = trial.top.saturating_sub(5),
        (Code::Backspace, _) if trial.input.text().is_empty() => take_back(cx),
        _ if key == Key::ctrl('c') => cx.say(Severity::Info, "notice-how-to-quit"),
        _ => {
            let done = trial.input.key(key);
            own::said(cx, done);
        }
    }
    true
}

/// Says the line.
fn send(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx) else { return };
    let over = debrief.tried.as_ref().is_some_and(|t| t.end.is_some());
    let Some(trial) = debrief.trial.as_mut() else {
        return;
    };
    if trial.pending > 0 || trial.input.is_blank() {
        return;
    }
    if over {
        return cx.say(Severity::Warning, "notice-trial-over");
    }
    let line = trial.input.text().split_whitespace();
    trial.lines.push(line.collect::<Vec<_>>().join(" "));
    trial.input = Composer::default();
    ask(cx);
}

/// Takes the last line back into the box.
fn take_back(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx) else { return };
    let Some(trial) = debrief.trial.as_mut().filter(|t| t.pending == 0) else {
        return;
    };
    let Some(line) = trial.lines.pop() else {
        return;
    };
    trial.input = Composer::of(&line, line.len());
    debrief.tried = None;
    ask(cx);
}

/// The same turn once more, without the lines tried so far.
fn anew(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx) else { return };
    debrief.tried = None;
    if let Some(trial) = debrief.trial.as_mut() {
        trial.lines.clear();
        trial.top = 0;
    }
}

/// Asks what the lines that stand now would have done.
fn ask(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx) else { return };
    let (Some(run), Some(trial)) = (debrief.run, debrief.trial.as_mut()) else {
        return;
    };
    if trial.lines.is_empty() {
        return;
    }
    trial.pending += 1;
    let ask = Ask::Try {
        run,
        turn: trial.turn,
        lines: trial.lines.clone(),
    };
    cx.train(ask);
}
