//! The cards of a ticket: preflight, first checks, what going higher can do, the case library. Chosen words go into the reply.

use crate::coach::cards::{Checks, PreflightLine};
use crate::coach::library::Case;
use crate::coach::scope::Reach;

use super::act::perform;
use super::action::Action;
use super::advice::{Ask, CoachPort};
use super::cx::Cx;
use super::event::{Code, Key};
use super::keymap::Place;
use super::line::Line;
use super::notice::Severity;
use super::state::{Overlay, Screen};
use super::writing;

/// What the coach lays on the table for a ticket.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Cards {
    /// What is known before one answers, in five lines.
    pub preflight: Vec<PreflightLine>,
    /// What to check first.
    pub checks: Option<Checks>,
    /// What going higher can and cannot do.
    pub reach: Vec<Reach>,
    /// Entries of the case library.
    pub cases: Vec<Case>,
}

/// The cards on the screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CardsState {
    /// What the coach laid out.
    pub cards: Cards,
    /// Words typed to find a case.
    pub line: Line,
    /// The chosen row: those of `reach` first, then those of `cases`.
    pub cursor: usize,
}

impl CardsState {
    /// How many rows can be chosen.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.cards.reach.len() + self.cards.cases.len()
    }

    /// The words for the customer in the chosen row.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        let reach = self.cards.reach.get(self.cursor).map(|r| r.say.as_str());
        let at = self.cursor.checked_sub(self.cards.reach.len());
        reach.or_else(|| {
            at.and_then(|at| self.cards.cases.get(at))
                .map(|c| c.share.as_str())
        })
    }
}

/// The cards of this ticket; with words typed, the cases that hold them.
fn laid_out(coach: &dyn CoachPort, typed: &str, ask: &Ask<'_>) -> Cards {
    Cards {
        preflight: coach.preflight(ask),
        checks: coach.checks(ask),
        reach: coach.reach(ask),
        cases: coach.library(typed, ask),
    }
}

/// Opens the cards of the ticket on the screen.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    if cx.state.screen != Screen::Ticket {
        return cx.say(Severity::Info, "notice-open-a-ticket");
    }
    let found = writing::with_ask(cx.state, cx.env, |coach, ask, _| laid_out(coach, "", ask));
    match found {
        Some(cards) => {
            let cards = CardsState {
                cards,
                ..CardsState::default()
            };
            cx.state.overlays.push(Overlay::Cards(Box::new(cards)));
        }
        None => cx.say(Severity::Info, "notice-still-loading"),
    }
}

/// Keys of the cards: what is no movement is typed to find a case.
pub(super) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let everywhere = cx.state.keymap.action(Place::Everywhere, key);
    let Some(Overlay::Cards(cards)) = cx.state.overlays.last_mut() else {
        return;
    };
    let last = cards.rows().saturating_sub(1);
    match (key.code, everywhere) {
        (_, Some(Action::Back | Action::Cards)) => {
            cx.state.overlays.pop();
        }
        (_, Some(Action::Quit)) => perform(cx, Action::Quit),
        (Code::Enter, _) => put_in(cx),
        (Code::Up, _) => cards.cursor = cards.cursor.saturating_sub(1),
        (Code::Down | Code::Tab, _) => cards.cursor = (cards.cursor + 1).min(last),
        (Code::PageUp, _) => cards.cursor = cards.cursor.saturating_sub(3),
        (Code::PageDown, _) => cards.cursor = (cards.cursor + 3).min(last),
        _ => {
            let before = cards.line.text().to_owned();
            cards.line.key(key);
            if cards.line.text() != before {
                changed(cx);
            }
        }
    }
}

/// The words typed to find a case changed.
pub(super) fn changed(cx: &mut Cx<'_, '_>) {
    let Some(Overlay::Cards(mut cards)) = cx.state.overlays.pop() else {
        return;
    };
    let typed = cards.line.text().to_owned();
    let found = writing::with_ask(cx.state, cx.env, |coach, ask, _| {
        laid_out(coach, &typed, ask)
    });
    if let Some(found) = found {
        cards.cards = found;
    }
    // Who types looks for a case: the first one is chosen.
    cards.cursor = if typed.trim().is_empty() || cards.cards.cases.is_empty() {
        0
    } else {
        cards.cards.reach.len()
    };
    cx.state.overlays.push(Overlay::Cards(cards));
}

/// Puts the chosen words into the reply: only what customers may be told.
pub(super) fn put_in(cx: &mut Cx<'_, '_>) {
    let Some(Overlay::Cards(cards)) = cx.state.overlays.last() else {
        return;
    };
    let Some(words) = cards.words().map(str::to_owned) else {
        return cx.say(Severity::Info, "notice-nothing-to-choose");
    };
    cx.state.overlays.pop();
    writing::insert_words(cx, &words);
}
