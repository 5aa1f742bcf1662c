//! Leading a class: who is where, one desk from near, what is thrown in. The selected seat is the one that is watched and the
//! one that orders are for; the row above all seats stands for everybody.
//!
//! Not here: the questions that come before an order (`layer`) and practice aloud (`spoken`).

mod keys;
mod layer;
mod orders;
mod task;

use crate::api::training::{AsideView, Ask, ClassView, DeskView, RunId, SeatRow, SeatStage};
use crate::app::cx::Cx;
use crate::app::notice::{Msg, Severity};
use crate::app::state::{Overlay, Screen, State};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::text::SafeText;

use super::Layer;

pub(super) use keys::{choose, layer_key};
pub use layer::{Amount, ClassLayer, Kind, Target, Words};
use orders::{Waits, comment, order};
pub(super) use orders::{began, done, perform, refused, written};
pub use task::TaskForm;

/// From so many columns (inside the border) the watched desk stands beside the table.
pub const WIDE: u16 = 130;

/// Where the keys go.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Focus {
    /// The seats.
    #[default]
    Seats,
    /// The lines of the watched desk; on a narrow screen it is shown in place of the table.
    Lines,
}

/// A word of this trainer on a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Noted {
    /// The run.
    pub run: RunId,
    /// The turn, from 0.
    pub turn: usize,
    /// The word.
    pub text: SafeText,
}

/// The screen.
#[derive(Clone, PartialEq, Debug)]
pub struct ClassState {
    /// The class.
    pub view: Option<ClassView>,
    /// The desk that was watched last.
    pub desk: Option<DeskView>,
    /// The customers' language.
    pub lang: Lang,
    /// The selected seat; none stands for all of them.
    pub selected: Option<UserId>,
    /// Where the keys go.
    pub focus: Focus,
    /// The chosen turn of the watched desk, from 0; none follows the newest.
    pub line: Option<usize>,
    /// What this trainer wrote on lines.
    pub noted: Vec<Noted>,
    /// The last task that was set, to begin the next form with.
    task: Option<TaskForm>,
    /// Which desk was asked for last, at which revision of the class.
    asked: Option<(UserId, u64)>,
    /// Orders that were sent and not answered, oldest first.
    waits: Vec<Waits>,
}

impl ClassState {
    /// A class of which nothing is known yet.
    #[must_use]
    pub const fn new(lang: Lang) -> Self {
        Self {
            view: None,
            desk: None,
            lang,
            selected: None,
            focus: Focus::Seats,
            line: None,
            noted: Vec::new(),
            task: None,
            asked: None,
            waits: Vec::new(),
        }
    }

    /// The seats.
    #[must_use]
    pub fn seats(&self) -> &[SeatRow] {
        self.view.as_ref().map_or(&[], |v| &v.seats)
    }

    /// The selected seat; none when the row of all is selected.
    #[must_use]
    pub fn row(&self) -> Option<&SeatRow> {
        let id = self.selected?;
        self.seats().iter().find(|s| s.seat == id)
    }

    /// The place of the selection: 0 is the row of all.
    #[must_use]
    pub fn index(&self) -> usize {
        let at = |id| self.seats().iter().position(|s| s.seat == id);
        self.selected.and_then(at).map_or(0, |i| i + 1)
    }

    /// The selected seat's desk, as far as it was told.
    #[must_use]
    pub fn watched(&self) -> Option<&DeskView> {
        self.desk.as_ref().filter(|d| Some(d.seat) == self.selected)
    }

    /// The chosen turn of the watched desk; none when nothing was said.
    #[must_use]
    pub fn turn(&self) -> Option<usize> {
        let last = self.watched()?.turns.len().checked_sub(1)?;
        Some(self.line.unwrap_or(last).min(last))
    }

    /// Whom an order is for.
    fn target(&self) -> Target {
        Target {
            seat: self.selected,
            name: self.row().map(|r| r.name.clone()).unwrap_or_default(),
        }
    }
}

fn class<'a>(cx: &'a mut Cx<'_, '_>) -> Option<&'a mut ClassState> {
    cx.state.training.as_mut().map(|p| &mut p.class)
}

/// Whether the selected seat's desk is on the screen.
#[must_use]
pub fn near(state: &State) -> bool {
    let lines = state.training.as_ref().map(|p| p.class.focus) == Some(Focus::Lines);
    state.screen == Screen::Class && (state.size.0 >= WIDE || lines)
}

/// Asks for the desk that is on the screen, once for every revision of the class.
fn look(cx: &mut Cx<'_, '_>) {
    let near = near(cx.state);
    let Some(class) = class(cx) else { return };
    let rev = class.view.as_ref().map_or(0, |v| v.rev);
    let Some(seat) = class
        .row()
        .filter(|r| !r.scenario.is_empty())
        .map(|r| r.seat)
    else {
        return;
    };
    if near && class.asked.replace((seat, rev)) != Some((seat, rev)) {
        cx.train(Ask::Desk { seat });
    }
}

/// The screen is on again: the watched desk may have gone on.
pub(super) fn entered(cx: &mut Cx<'_, '_>) {
    if let Some(class) = class(cx) {
        class.asked = None;
    }
    look(cx);
}

/// The class changed.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: ClassView) {
    let Some(class) = class(cx) else { return };
    let first = class.view.is_none();
    if class.view.as_ref().is_some_and(|v| v.rev > view.rev) {
        return;
    }
    let answers = answers(class, &view);
    class.view = Some(view);
    if first {
        class.selected = class.seats().first().map(|s| s.seat);
    }
    if class.row().is_none() {
        class.selected = None;
        class.focus = Focus::Seats;
    }
    for msg in answers {
        cx.tell(Severity::Info, msg);
    }
    look(cx);
}

/// What was answered in between since the class was seen last, in words for the trainer.
fn answers(class: &ClassState, view: &ClassView) -> Vec<Msg> {
    let mut out = Vec::new();
    for row in &view.seats {
        let Some(old) = class.seats().iter().find(|s| s.seat == row.seat) else {
            continue;
        };
        for aside in &row.asides {
            let known = |a: &AsideView| (a.id, a.since) == (aside.id, aside.since);
            let open = old.asides.iter().find(|a| known(a));
            let news = open.is_none_or(|a| a.answer.is_none());
            if let Some(words) = aside.answer.as_ref().filter(|_| news) {
                let msg = Msg::new("notice-class-answered")
                    .text("who", &row.name)
                    .text("asked", &aside.asked)
                    .text("text", words)
                    .number("secs", seconds(aside.took_ms));
                out.push(msg);
            }
        }
    }
    out
}

/// Whole seconds of milliseconds.
fn seconds(ms: i64) -> usize {
    usize::try_from(ms / 1_000).unwrap_or(0)
}

/// One desk from near.
pub(super) fn watched(cx: &mut Cx<'_, '_>, view: DeskView) {
    let Some(class) = class(cx) else { return };
    if class.desk.as_ref().is_none_or(|d| d.run != view.run) {
        class.line = None;
    }
    class.desk = Some(view);
}

/// Lays a question above the class.
fn above(cx: &mut Cx<'_, '_>, layer: ClassLayer) {
    let layer = Overlay::Training(Box::new(Layer::Class(layer)));
    cx.state.overlays.push(layer);
}

/// Up and down.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    let Some(class) = class(cx) else { return };
    match class.focus {
        Focus::Seats => {
            let to = class.index().saturating_add_signed(by);
            let to = to.min(class.seats().len());
            select(cx, to);
        }
        Focus::Lines => {
            let Some(here) = class.turn() else { return };
            let last = class.watched().map_or(0, |d| d.turns.len());
            let to = here.saturating_add_signed(by);
            // To the end, and what is said from now on is followed.
            class.line = (by != isize::MAX).then_some(to.min(last.saturating_sub(1)));
        }
    }
}

/// Selects by place: 0 is the row of all.
fn select(cx: &mut Cx<'_, '_>, at: usize) {
    let Some(class) = class(cx) else { return };
    let seat = at.checked_sub(1).and_then(|i| class.seats().get(i));
    let seat = seat.map(|s| s.seat);
    if class.selected != seat {
        class.selected = seat;
        class.line = None;
        class.asked = None;
    }
    look(cx);
}

/// A click on a seat: a second one watches it.
pub(super) fn pick(cx: &mut Cx<'_, '_>, at: usize, double: bool) {
    let Some(class) = class(cx) else { return };
    let again = class.index() == at;
    class.focus = Focus::Seats;
    select(cx, at);
    if double || again {
        open(cx);
    }
}

/// A click on a line.
pub(super) fn pick_line(cx: &mut Cx<'_, '_>, turn: usize) {
    if let Some(class) = class(cx) {
        class.focus = Focus::Lines;
        class.line = Some(turn);
    }
}

/// Enter: from the table to the desk; on a line, a word about it.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    let Some(class) = class(cx) else { return };
    if class.focus == Focus::Lines {
        return comment(cx);
    }
    let key = match class.row() {
        None => "notice-class-choose-seat",
        Some(row) if row.stage == SeatStage::Empty => "notice-class-nobody-there",
        Some(row) if row.scenario.is_empty() => "notice-class-nothing-there",
        Some(_) => {
            class.focus = Focus::Lines;
            class.line = None;
            return look(cx);
        }
    };
    cx.say(Severity::Warning, key);
}

/// Tab: table and desk.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, _forward: bool) {
    if !back(cx) {
        open(cx);
    }
}

/// Esc: from the desk back to the table; tells whether there was anything to leave.
pub(super) fn back(cx: &mut Cx<'_, '_>) -> bool {
    let Some(class) = class(cx) else { return false };
    std::mem::take(&mut class.focus) == Focus::Lines
}

#[cfg(test)]
mod tests;
