//! Writing under a pair: a reader's answers, a trainer's questions.

use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::notice::Severity;

use super::{Focus, back, cycle, deeds, pairs};

/// A key in the reader; tells whether the key was for it.
pub(in crate::app::training) fn typed(cx: &mut Cx<'_, '_>, key: Key) -> bool {
    let order = cx.state.keymap.action(Place::Compose, key);
    if order == Some(Action::Back) {
        return back(cx);
    }
    let Some(pairs) = pairs(cx).filter(|p| p.reading.is_some()) else {
        return false;
    };
    if order == Some(Action::Send) {
        deeds::give(cx);
        return true;
    }
    let Focus::Field(at) = pairs.focus else {
        return false;
    };
    match (key.code, order) {
        // Up and down lead from field to field, and back to the sides.
        (Code::Up, None) => cycle(cx, false),
        (Code::Down | Code::Enter, None) => cycle(cx, true),
        (_, Some(_)) => return false,
        _ if key == Key::ctrl('c') => cx.say(Severity::Info, "notice-how-to-quit"),
        _ => {
            if let Some(line) = pairs.lines_mut().get_mut(at) {
                line.key(key);
            }
        }
    }
    true
}

/// Pasted text.
pub(in crate::app::training) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    let Some(pairs) = pairs(cx) else { return };
    let Focus::Field(at) = pairs.focus else {
        return cx.say(Severity::Info, "notice-paste-where");
    };
    if let Some(line) = pairs.lines_mut().get_mut(at) {
        line.insert(text);
    }
}
