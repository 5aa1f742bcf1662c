//! Lines to choose from, at the levels that still offer them. Which of the three kinds of agent would say a line is not told
//! before the debrief.

use crate::api::training::ContactView;
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::notice::Severity;
use crate::app::state::{Overlay, Screen, State};
use crate::app::{Action, act, writing};
use crate::text::SafeText;

use super::Layer;

/// The lines on the screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OffersState {
    /// The lines.
    pub lines: Vec<SafeText>,
    /// The chosen one.
    pub cursor: usize,
}

/// The contact of the ticket on the screen.
#[must_use]
pub fn contact(state: &State) -> Option<&ContactView> {
    let ticket = state.shown()?;
    let contacts = &state.training.as_ref()?.seat.contacts;
    contacts.iter().find(|c| c.ticket == ticket)
}

/// Opens them.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Ticket {
        return cx.say(Severity::Info, "notice-open-a-ticket");
    }
    let lines = contact(cx.state).map_or_else(Vec::new, |c| c.offers.clone());
    if lines.is_empty() {
        return cx.say(Severity::Info, "notice-no-offers");
    }
    let layer = Layer::Offers(OffersState { lines, cursor: 0 });
    cx.state.overlays.push(Overlay::Training(Box::new(layer)));
}

/// Keys in them: a line is put into the box, and can still be changed there.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let everywhere = cx.state.keymap.action(Place::Everywhere, key);
    let Some(Overlay::Training(layer)) = cx.state.overlays.last_mut() else {
        return;
    };
    let Layer::Offers(offers) = layer.as_mut() else {
        return;
    };
    let last = offers.lines.len().saturating_sub(1);
    match (key.code, everywhere) {
        (_, Some(Action::Back | Action::Offers)) => {
            cx.state.overlays.pop();
        }
        (_, Some(Action::Quit)) => act::perform(cx, Action::Quit),
        (Code::Up, _) => offers.cursor = offers.cursor.saturating_sub(1),
        (Code::Down | Code::Tab, _) => offers.cursor = (offers.cursor + 1).min(last),
        (Code::Char(c @ '1'..='9'), _) => {
            let at = usize::from(u8::try_from(c).unwrap_or(b'1') - b'1');
            if at <= last {
                offers.cursor = at;
                put(cx);
            }
        }
        (Code::Enter, _) => put(cx),
        _ => {}
    }
}

fn put(cx: &mut Cx<'_, '_>) {
    let Some(Overlay::Training(layer)) = cx.state.overlays.pop() else {
        return;
    };
    let Layer::Offers(offers) = *layer else {
        return;
    };
    if let Some(line) = offers.lines.get(offers.cursor) {
        writing::insert_words(cx, line);
    }
}
