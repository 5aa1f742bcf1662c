//! Keys of the questions above the class. Every one of them works while an input method writes Chinese.

use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::notice::Severity;
use crate::app::state::Overlay;
use crate::app::{Action, act};
use crate::text::half_width;

use super::layer::TOP;
use super::{Amount, ClassLayer, TaskForm, above, class, order, task};
use crate::app::training::Layer;

/// The question on top, taken off.
fn layer(cx: &mut Cx<'_, '_>) -> Option<ClassLayer> {
    match cx.state.overlays.pop() {
        Some(Overlay::Training(layer)) => match *layer {
            Layer::Class(layer) => Some(layer),
            other => {
                cx.state.overlays.push(Overlay::Training(Box::new(other)));
                None
            }
        },
        other => {
            cx.state.overlays.extend(other);
            None
        }
    }
}

/// A key for the layer.
pub(in crate::app::training) fn layer_key(cx: &mut Cx<'_, '_>, key: Key) {
    let everywhere = cx.state.keymap.action(Place::Everywhere, key);
    if everywhere == Some(Action::Quit) {
        return act::perform(cx, Action::Quit);
    }
    let Some(mut layer) = layer(cx) else { return };
    match (key.code, everywhere) {
        (_, Some(Action::Back)) => return,
        (Code::Enter, _) | (_, Some(Action::Send)) => return send(cx, layer),
        _ => {}
    }
    match &mut layer {
        ClassLayer::Task(form) => in_task(cx, form, key),
        ClassLayer::Amount(amount) => in_amount(amount, key),
        ClassLayer::Words(words) => {
            words.line.key(key);
        }
        ClassLayer::Level { level, .. } => in_level(level, key),
        ClassLayer::Stop { .. } | ClassLayer::Written(_) => {}
    }
    above(cx, layer);
}

fn send(cx: &mut Cx<'_, '_>, layer: ClassLayer) {
    match layer {
        ClassLayer::Task(form) => task::send(cx, form),
        ClassLayer::Written(_) => {}
        other => match other.order() {
            Ok((ask, msg)) => order(cx, ask, Some(other), Some(msg)),
            Err(msg) => {
                cx.tell(Severity::Warning, msg);
                above(cx, other);
            }
        },
    }
}

/// In the form of a task: characters narrow the list, the level and the language have the keys they have in the lobby.
fn in_task(cx: &mut Cx<'_, '_>, form: &mut TaskForm, key: Key) {
    let types = matches!(key.code, Code::Char(_)) && !key.mods.ctrl;
    let lobby = cx.state.keymap.action(Place::Training, key);
    let lobby = lobby.filter(|_| !types);
    let Some(class) = class(cx) else { return };
    let all = class.view.as_ref().map_or(&[][..], |v| &v.scenarios);
    match (key.code, lobby) {
        (_, Some(Action::LevelLess)) => form.relevel(false),
        (_, Some(Action::LevelMore)) => form.relevel(true),
        (_, Some(Action::CustomerLanguage)) => form.relang(),
        (_, Some(Action::TrainingSpeed)) => form.repace(),
        (Code::Tab, _) if !form.spoken && form.to.seat.is_some() => form.all = !form.all,
        (Code::Up, _) => form.step(all, -1),
        (Code::Down, _) => form.step(all, 1),
        (Code::PageUp, _) => form.step(all, -8),
        (Code::PageDown, _) => form.step(all, 8),
        _ => {
            form.filter.key(key);
        }
    }
}

fn in_amount(amount: &mut Amount, key: Key) {
    match key.code {
        Code::Up | Code::Right => amount.step(true),
        Code::Down | Code::Left => amount.step(false),
        Code::Backspace => {
            amount.value /= 10;
            amount.fresh = false;
        }
        Code::Char(c) if !key.mods.ctrl => {
            if let Some(digit) = half_width(c).to_digit(10) {
                amount.digit(digit);
            }
        }
        _ => {}
    }
}

fn in_level(level: &mut u8, key: Key) {
    match key.code {
        Code::Up | Code::Right => *level = (*level + 1).min(TOP),
        Code::Down | Code::Left => *level = level.saturating_sub(1).max(1),
        Code::Char(c) if !key.mods.ctrl => {
            let digit = half_width(c)
                .to_digit(10)
                .and_then(|d| u8::try_from(d).ok());
            if let Some(digit) = digit.filter(|d| (1..=TOP).contains(d)) {
                *level = digit;
            }
        }
        _ => {}
    }
}

/// A click on a scenario of the form chooses it, a second one sets it.
pub(in crate::app::training) fn choose(cx: &mut Cx<'_, '_>, at: usize) {
    let Some(layer) = layer(cx) else { return };
    let ClassLayer::Task(mut form) = layer else {
        return above(cx, layer);
    };
    let all = class(cx).and_then(|c| c.view.as_ref());
    let all = all.map_or(&[][..], |v| &v.scenarios);
    let fitting = form.fitting(all);
    let again = form.chosen.is_some() && form.index(&fitting) == at;
    form.chosen = fitting.get(at).map(|(id, _)| id.clone());
    if again {
        return task::send(cx, form);
    }
    above(cx, ClassLayer::Task(form));
}
