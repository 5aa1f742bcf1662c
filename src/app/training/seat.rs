//! The trainee's own seat: what came in between, the release after a storm, time that stands still.

use crate::api::training::{Ask, Release, SeatRole, SeatStage, SeatView, Speed, StormView};
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::line::Line;
use crate::app::nav;
use crate::app::notice::{IN_TURN, Msg, Severity};
use crate::app::state::{Overlay, Screen};
use crate::app::{Action, act};
use crate::text::SafeText;

use super::{Layer, Practice};

/// Something that came in between, with the words being written back.
#[derive(Clone, PartialEq, Debug)]
pub struct StormState {
    /// What.
    pub storm: StormView,
    /// The words back.
    pub line: Line,
}

/// The seat changed.
pub(super) fn took(cx: &mut Cx<'_, '_>, seat: SeatView) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    if seat.rev < practice.seat.rev {
        return;
    }
    let old = std::mem::replace(&mut practice.seat, seat);
    practice.away = false;
    if practice.lobby.view.is_none() && practice.seat.role == SeatRole::Trainee {
        cx.train(Ask::Lobby);
    }
    storms(cx, &old);
    told(cx, &old);
    moved(cx, &old);
}

/// Layers for what came in between; what is over goes away.
fn storms(cx: &mut Cx<'_, '_>, old: &SeatView) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    if practice.seat.stage != SeatStage::Running {
        practice.sent.clear();
    }
    let storms = practice.seat.storms.clone();
    let release = practice.seat.release;
    cx.state.overlays.retain(|o| match o {
        Overlay::Training(layer) => match layer.as_ref() {
            Layer::Storm(s) => storms.iter().any(|now| now.id == s.storm.id),
            Layer::Release => release.is_some(),
            _ => true,
        },
        _ => true,
    });
    for storm in storms {
        if storm.wants_words && !shown(cx, &storm) {
            ask_for_words(cx, storm);
        } else if !storm.wants_words && !old.storms.iter().any(|s| s.id == storm.id) {
            let msg = in_words(cx, &storm);
            cx.tell(Severity::Warning, msg);
        }
    }
    let resting = cx
        .state
        .overlays
        .iter()
        .any(|o| matches!(o, Overlay::Training(l) if **l == Layer::Release));
    if release.is_some() && !resting {
        // Nothing may come before it: the release is part of the training (mission TR2).
        super::super::writing::flush(cx);
        let layer = Overlay::Training(Box::new(Layer::Release));
        cx.state.overlays.push(layer);
    }
}

/// What happened, in words. At the end of a shift it must be plain what is to be done: nobody has learnt that yet.
fn in_words(cx: &Cx<'_, '_>, storm: &StormView) -> Msg {
    let relief = cx
        .state
        .training
        .as_ref()
        .and_then(|p| p.seat.relief.as_ref());
    match relief {
        Some((_, who)) if storm.kind == "shift_change" => {
            let keys = cx.state.keymap.keys(Place::Everywhere, Action::ToggleNote);
            let key = keys.first().map(ToString::to_string).unwrap_or_default();
            Msg::new("notice-shift")
                .text("who", who)
                .text("key", &SafeText::clean_line(&key))
        }
        _ => Msg::new("notice-storm").text("text", &storm.text),
    }
}

/// Whether a question is on the screen, or was answered or put off and the training has not taken it yet.
fn shown(cx: &Cx<'_, '_>, storm: &StormView) -> bool {
    let on_screen = |o: &Overlay| match o {
        Overlay::Training(layer) => {
            matches!(layer.as_ref(), Layer::Storm(s) if s.storm.id == storm.id)
        }
        _ => false,
    };
    let sent = cx.state.training.as_ref().is_some_and(|p| {
        let same = |s: &StormState| (s.storm.id, s.storm.put_off) == (storm.id, storm.put_off);
        p.sent.iter().any(same)
    });
    sent || cx.state.overlays.iter().any(on_screen)
}

/// Lays a question above the screen, with the words that were begun when it was put off.
fn ask_for_words(cx: &mut Cx<'_, '_>, storm: StormView) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    let at = practice.sent.iter().position(|s| s.storm.id == storm.id);
    let line = at.map_or_else(Line::default, |at| practice.sent.remove(at).line);
    let layer = Layer::Storm(StormState { storm, line });
    cx.state.overlays.push(Overlay::Training(Box::new(layer)));
}

/// An answer, or a putting off, did not get through: the question is on the screen again with its words, unless it is over.
pub(super) fn not_answered(cx: &mut Cx<'_, '_>, id: u32) {
    let Some(practice) = cx.state.training.as_ref() else {
        return;
    };
    let storm = practice.seat.storms.iter().find(|s| s.id == id).cloned();
    let sent = practice.sent.iter().any(|s| s.storm.id == id);
    if let Some(storm) = storm.filter(|_| sent) {
        ask_for_words(cx, storm);
    }
}

/// What the trainee must hear of: a word of the trainer, time that stands, a task.
fn told(cx: &mut Cx<'_, '_>, old: &SeatView) {
    let Some(seat) = cx.state.training.as_ref().map(|p| &p.seat) else {
        return;
    };
    let mut say: Vec<(Severity, Msg)> = Vec::new();
    let words: Vec<Msg> = seat
        .comments
        .iter()
        .skip(old.comments.len())
        .map(|c| Msg::new(IN_TURN).text("text", &c.text))
        .collect();
    if seat.task.is_some() && seat.task != old.task {
        let title = seat.task.as_ref().map(|t| t.title.clone());
        let msg = Msg::new("notice-task-set").text("title", &title.unwrap_or_default());
        say.push((Severity::Warning, msg));
    }
    if seat.paused != old.paused {
        let key = if seat.paused {
            "notice-time-stands"
        } else {
            "notice-time-goes-on"
        };
        say.push((Severity::Info, Msg::new(key)));
    }
    if seat.cut && !old.cut {
        say.push((Severity::Warning, Msg::new("notice-network-gone")));
    }
    for contact in seat.contacts.iter().filter(|c| c.over.is_some()) {
        let before = old.contacts.iter().find(|c| c.ticket == contact.ticket);
        let more = seat.contacts.iter().any(|c| c.over.is_none());
        if before.is_some_and(|c| c.over.is_none()) && more {
            say.push((Severity::Info, Msg::new("notice-contact-over")));
        }
    }
    let set = seat.task.clone().filter(|_| seat.task != old.task);
    for msg in words {
        let live = cx.state.call.is_some();
        cx.state.notices.tell_in_turn(msg, cx.env.now, live);
    }
    for (severity, msg) in say {
        cx.tell(severity, msg);
    }
    // What the trainer set lies ready: one key begins it.
    if let (Some(task), Some(practice)) = (set, cx.state.training.as_mut()) {
        practice.lobby.level = task.level;
        practice.lobby.level_chosen = true;
        practice.lobby.selected = Some(task.scenario);
        practice.lobby.speed = task.speed.unwrap_or(practice.lobby.speed);
    }
}

/// The seat is somewhere else now: the screen says so, and leads on where nothing is left to do.
fn moved(cx: &mut Cx<'_, '_>, old: &SeatView) {
    let Some(seat) = cx.state.training.as_ref().map(|p| &p.seat) else {
        return;
    };
    if seat.stage == old.stage {
        return;
    }
    match (seat.stage, seat.debrief) {
        (SeatStage::Over, Some(run)) => {
            cx.say(Severity::Warning, "notice-run-over");
            super::debrief::offer(cx, run);
        }
        (SeatStage::Over, None) if matches!(old.stage, SeatStage::Running | SeatStage::Stopped) => {
            cx.say(Severity::Warning, "notice-run-not-kept");
        }
        (SeatStage::Stopped, _) => cx.say(Severity::Warning, "notice-run-stopped"),
        (SeatStage::Running, _) => {
            // What was to be done is being done: during a contact nothing else would take its place.
            let notices = &mut cx.state.notices;
            let key = notices.shown.as_ref().map(|n| n.msg.key.as_str());
            if matches!(key, Some("notice-task-set" | "notice-run-over")) {
                notices.dismiss(cx.env.now);
            }
        }
        (SeatStage::Lobby, _) if cx.state.screen == Screen::Practice => cx.train(Ask::Lobby),
        _ => {}
    }
}

/// Time stands still, or goes on.
pub(super) fn pause(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_ref() else {
        return;
    };
    if practice.seat.stage != SeatStage::Running {
        return cx.say(Severity::Info, "notice-nothing-runs");
    }
    let on = !practice.seat.paused;
    cx.train(Ask::Pause { on });
}

/// The next speed: as a call, half as fast, brisk.
pub(super) const fn next(speed: Speed) -> Speed {
    match speed {
        Speed::Real => Speed::Slow,
        Speed::Slow => Speed::Brisk,
        Speed::Brisk => Speed::Real,
    }
}

/// Keys while something came in between: it wants a word back, or is put off with Esc.
pub(super) fn storm_key(cx: &mut Cx<'_, '_>, key: Key) {
    let everywhere = cx.state.keymap.action(Place::Everywhere, key);
    let Some(Overlay::Training(layer)) = cx.state.overlays.last_mut() else {
        return;
    };
    let Layer::Storm(storm) = layer.as_mut() else {
        return;
    };
    let text = match (key.code, everywhere) {
        (_, Some(Action::Quit)) => return act::perform(cx, Action::Quit),
        (_, Some(Action::PauseTraining)) => return pause(cx),
        (_, Some(Action::Back)) if storm.storm.now => {
            return cx.say(Severity::Warning, "notice-storm-now");
        }
        (_, Some(Action::Back)) => String::new(),
        (Code::Enter, _) | (_, Some(Action::Send)) => {
            let text = storm.line.text().trim().to_owned();
            if text.is_empty() {
                return cx.say(Severity::Warning, "notice-class-empty");
            }
            text
        }
        _ => {
            storm.line.key(key);
            return;
        }
    };
    let (id, sent) = (storm.storm.id, storm.clone());
    cx.state.overlays.pop();
    if let Some(practice) = cx.state.training.as_mut() {
        practice.sent.retain(|s| s.storm.id != id);
        practice.sent.push(sent);
    }
    cx.train(Ask::Answer { storm: id, text });
}

/// The release, while it lasts.
#[must_use]
pub fn release(practice: &Practice) -> Option<Release> {
    practice.seat.release
}

/// Keys during the release: it is left when its minute is over, not before.
pub(super) fn release_key(cx: &mut Cx<'_, '_>, key: Key) {
    let everywhere = cx.state.keymap.action(Place::Everywhere, key);
    if everywhere == Some(Action::Quit) {
        return act::perform(cx, Action::Quit);
    }
    let until = cx.state.training.as_deref().and_then(release);
    let over = until.is_none_or(|r| cx.env.now >= r.until);
    if !over || !matches!(key.code, Code::Enter | Code::Esc) {
        return;
    }
    cx.state.overlays.pop();
    if let Some(practice) = cx.state.training.as_mut() {
        practice.seat.release = None;
    }
    cx.train(Ask::Released);
}

/// A contact began: the queue is where calls come in.
pub(super) fn started(cx: &mut Cx<'_, '_>) {
    super::lobby::settled(cx);
    nav::go(cx, Screen::Queue);
    cx.say(Severity::Info, "notice-customer-comes");
}
