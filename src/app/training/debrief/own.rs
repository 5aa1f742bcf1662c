//! The trainee's own words come first: what worked, what to change. Nothing of the score is shown before they were given.

use crate::api::training::Ask;
use crate::app::Action;
use crate::app::composer::{Composer, Done};
use crate::app::cx::Cx;
use crate::app::event::Key;
use crate::app::keymap::Place;
use crate::app::notice::Severity;

use super::debrief;

/// The two boxes.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Own {
    /// What worked, and what to change.
    pub boxes: [Composer; 2],
    /// The one that has the keys, 0 or 1.
    pub at: usize,
    /// Whether an empty box was asked about; the second time it may stay empty.
    pub asked: bool,
}

impl Own {
    /// Boxes that hold these words.
    #[must_use]
    pub(super) fn of((plus, delta): (String, String)) -> Self {
        Self {
            boxes: [plus, delta].map(|text| Composer::of(&text, text.len())),
            ..Self::default()
        }
    }

    /// Whether neither holds anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.boxes.iter().all(Composer::is_blank)
    }

    /// The words of both.
    #[must_use]
    pub(super) fn words(&self) -> (String, String) {
        let [plus, delta] = &self.boxes;
        (
            plus.text().trim().to_owned(),
            delta.text().trim().to_owned(),
        )
    }

    /// The box that has the keys.
    pub(super) fn chosen(&mut self) -> &mut Composer {
        let [plus, delta] = &mut self.boxes;
        if self.at == 0 { plus } else { delta }
    }
}

/// Keys in the boxes; tells whether the key was for them.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) -> bool {
    let order = cx.state.keymap.action(Place::Compose, key);
    let Some(debrief) = debrief(cx) else {
        return false;
    };
    let own = &mut debrief.own;
    match order {
        Some(Action::FocusNext | Action::FocusPrev) => own.at = 1 - own.at.min(1),
        Some(Action::Send) => give(cx),
        Some(Action::Undo) => {
            own.chosen().undo();
        }
        Some(Action::Redo) => {
            own.chosen().redo();
        }
        Some(_) => return false,
        None if key == Key::ctrl('c') => cx.say(Severity::Info, "notice-how-to-quit"),
        None => {
            let done = own.chosen().key(key);
            said(cx, done);
        }
    }
    true
}

/// Says when a box is full.
pub(super) fn said(cx: &mut Cx<'_, '_>, done: Done) {
    if done == Done::Full {
        cx.say(Severity::Warning, "notice-box-full");
    }
}

/// Gives the words and asks for the score. An empty box is asked about once.
fn give(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx) else { return };
    let Some(run) = debrief.run else { return };
    let empty = debrief.own.boxes.iter().position(Composer::is_blank);
    if let Some(at) = empty
        && !std::mem::replace(&mut debrief.own.asked, true)
    {
        debrief.own.at = at;
        return cx.say(Severity::Warning, "notice-own-words-empty");
    }
    let (plus, delta) = debrief.own.words();
    debrief.asked = true;
    let done = [
        "notice-run-over",
        "notice-debrief-waits",
        "notice-own-words-empty",
    ];
    let shown = cx.state.notices.shown.as_ref();
    if shown.is_some_and(|n| done.contains(&n.msg.key.as_str())) {
        cx.state.notices.dismiss(cx.env.now);
    }
    cx.train(Ask::Reflect { run, plus, delta });
    cx.train(Ask::Debrief { run });
}
