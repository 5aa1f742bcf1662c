//! The trainee's own seat: what came in between, the release after a storm, time that stands still.

use crate::api::training::{Ask, Release, SeatRole, SeatStage, SeatView, Speed, StormView};
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::line::Line;
use crate::app::nav;
use crate::app::notice::{Msg, Severity};
use crate::app::state::{Overlay, Screen};
use crate::app::{Action, act};

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
    let Some(practice) = cx.state.training.as_ref() else {
        return;
    };
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
    let shown = |cx: &Cx<'_, '_>, id: u32| {
        cx.state.overlays.iter().any(|o| match o {
            Overlay::Training(layer) => {
                matches!(layer.as_ref(), Layer::Storm(s) if s.storm.id == id)
            }
            _ => false,
        })
    };
    for storm in storms {
        if storm.wants_words && !shown(cx, storm.id) {
            let state = StormState {
                storm,
                line: Line::default(),
            };
            let layer = Layer::Storm(state);
            cx.state.overlays.push(Overlay::Training(Box::new(layer)));
        } else if !storm.wants_words && !old.storms.iter().any(|s| s.id == storm.id) {
            let msg = Msg::new("notice-storm").text("text", &storm.text);
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

/// What the trainee must hear of: a word of the trainer, time that stands, a task.
fn told(cx: &mut Cx<'_, '_>, old: &SeatView) {
    let Some(seat) = cx.state.training.as_ref().map(|p| &p.seat) else {
        return;
    };
    let mut say: Vec<(Severity, Msg)> = Vec::new();
    if let Some(comment) = seat.comments.last()
        && seat.comments.len() > old.comments.len()
    {
        let msg = Msg::new("notice-trainer-says").text("text", &comment.text);
        say.push((Severity::Warning, msg));
    }
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
    for (severity, msg) in say {
        cx.tell(severity, msg);
    }
    // What the trainer set lies ready: one key begins it.
    if let (Some(task), Some(practice)) = (set, cx.state.training.as_mut()) {
        practice.lobby.level = task.level;
        practice.lobby.level_chosen = true;
        practice.lobby.selected = Some(task.scenario);
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

/// The other speed.
pub(super) const fn other(speed: Speed) -> Speed {
    match speed {
        Speed::Slow => Speed::Real,
        Speed::Real => Speed::Slow,
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
        (_, Some(Action::Back)) => String::new(),
        (Code::Enter, _) | (_, Some(Action::Send)) => storm.line.text().trim().to_owned(),
        _ => {
            storm.line.key(key);
            return;
        }
    };
    let id = storm.storm.id;
    cx.state.overlays.pop();
    if let Some(practice) = cx.state.training.as_mut() {
        practice.seat.storms.retain(|s| s.id != id);
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
