//! Pairs: the same customer handled by two, left and right (method 3.10): the list, the reader with its questions, and the
//! deeds that take a pair further on its way.

mod deeds;
mod form;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::api::training::{Ask, PairRow, PairSide, PairView};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::line::Line;
use crate::app::nav;
use crate::app::notice::Severity;
use crate::app::state::Screen;

pub use deeds::{DeedsState, Doing};
pub(super) use deeds::{deed, done, refused};
pub(super) use form::{paste, typed};

/// Questions under a pair (method 3.10).
pub const QUESTIONS: usize = 3;

/// What has the keys in the reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Focus {
    /// The lower outcome.
    #[default]
    Left,
    /// The higher outcome.
    Right,
    /// A field under them: an answer, or a question while the pair is annotated.
    Field(usize),
}

/// The screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PairsState {
    /// The pairs.
    pub rows: Vec<PairRow>,
    /// Whether the list came at least once.
    pub listed: bool,
    /// The selected pair of the list.
    pub selected: Option<Uuid>,
    /// The pair that is read; the list is shown without one.
    pub reading: Option<Uuid>,
    /// What the training told of it.
    pub view: Option<PairView>,
    /// What has the keys in the reader.
    pub focus: Focus,
    /// The chosen turn of each side; while the pair is annotated, the turning ones.
    pub turns: (usize, usize),
    /// The answers to its questions.
    pub answers: [Line; QUESTIONS],
    /// The questions being asked, while a trainer annotates.
    pub questions: [Line; QUESTIONS],
    /// Whether the trainer annotates.
    pub annotating: bool,
    /// What was asked for and not answered.
    pub underway: Option<Doing>,
    /// Answers and questions of other pairs that were begun and not given.
    kept: BTreeMap<Uuid, ([Line; QUESTIONS], [Line; QUESTIONS])>,
}

impl PairsState {
    /// Whether keys are typed into a field.
    #[must_use]
    pub const fn typing(&self) -> bool {
        self.reading.is_some() && matches!(self.focus, Focus::Field(_))
    }

    /// The place of the selected pair.
    #[must_use]
    pub fn index(&self) -> usize {
        let at = |id: Uuid| self.rows.iter().position(|r| r.id == id);
        self.selected.and_then(at).unwrap_or(0)
    }

    /// How many fields stand under the sides: answers where this reader is asked, questions while annotating.
    #[must_use]
    pub fn fields(&self) -> usize {
        match &self.view {
            Some(_) if self.annotating => QUESTIONS,
            Some(view) if view.row.next.as_deref() == Some("read") => {
                view.questions.len().min(QUESTIONS)
            }
            _ => 0,
        }
    }

    /// The fields shown now.
    #[must_use]
    pub const fn lines(&self) -> &[Line; QUESTIONS] {
        if self.annotating {
            &self.questions
        } else {
            &self.answers
        }
    }

    /// The same, to write in.
    const fn lines_mut(&mut self) -> &mut [Line; QUESTIONS] {
        if self.annotating {
            &mut self.questions
        } else {
            &mut self.answers
        }
    }

    /// Keeps what was typed for the pair that was read, and takes up what was typed for this one.
    fn take_up(&mut self, pair: Uuid) {
        if self.view.as_ref().is_some_and(|v| v.row.id == pair) {
            self.reading = Some(pair);
            return;
        }
        let typed = (
            std::mem::take(&mut self.answers),
            std::mem::take(&mut self.questions),
        );
        if let Some(before) = self.view.take().map(|v| v.row.id) {
            self.kept.insert(before, typed);
        }
        (self.answers, self.questions) = self.kept.remove(&pair).unwrap_or_default();
        self.reading = Some(pair);
        self.focus = Focus::Left;
        self.annotating = false;
    }
}

/// The turn that turned this side: the marked one, else what the engine found, else the first.
#[must_use]
pub fn turning(side: &PairSide) -> usize {
    let found = side
        .turning
        .or_else(|| side.turns.iter().position(|t| t.turning));
    found.unwrap_or(0)
}

fn pairs<'a>(cx: &'a mut Cx<'_, '_>) -> Option<&'a mut PairsState> {
    cx.state.training.as_mut().map(|p| &mut p.pairs)
}

/// The list came. A pair that wants this trainee's consent is selected first.
pub(super) fn listed(cx: &mut Cx<'_, '_>, rows: Vec<PairRow>) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    let consent = practice.seat.consent;
    let pairs = &mut practice.pairs;
    let here = |id: Option<Uuid>| id.filter(|id| rows.iter().any(|r| r.id == *id));
    if here(pairs.selected).is_none() {
        pairs.selected = here(consent).or_else(|| rows.first().map(|r| r.id));
    }
    pairs.rows = rows;
    pairs.listed = true;
}

/// A pair came.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: PairView) {
    let Some(pairs) = pairs(cx).filter(|p| p.reading == Some(view.row.id)) else {
        return;
    };
    if pairs.view.is_none() {
        pairs.turns = (turning(&view.sides.0), turning(&view.sides.1));
    }
    if let Some(row) = pairs.rows.iter_mut().find(|r| r.id == view.row.id) {
        *row = view.row.clone();
    }
    pairs.view = Some(view);
    if matches!(pairs.focus, Focus::Field(at) if at >= pairs.fields()) {
        pairs.focus = Focus::Left;
    }
    if pairs.underway.is_some() {
        deeds::settled(cx);
    }
}

/// Orders of this screen.
pub(super) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    match action {
        Action::Pairs => {
            cx.train(Ask::Pairs);
            if let Some(pairs) = pairs(cx) {
                pairs.reading = None;
            }
        }
        Action::LevelLess | Action::LevelMore => {
            let to = if action == Action::LevelLess {
                Focus::Left
            } else {
                Focus::Right
            };
            if let Some(pairs) = pairs(cx) {
                pairs.focus = to;
            }
        }
        _ => {}
    }
}

/// Up and down: the list, or the turns of the side that has the keys.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    let Some(pairs) = pairs(cx) else { return };
    let to = |at: usize, len: usize| at.saturating_add_signed(by).min(len.saturating_sub(1));
    if pairs.reading.is_none() {
        let at = to(pairs.index(), pairs.rows.len());
        pairs.selected = pairs.rows.get(at).map(|r| r.id);
        return;
    }
    let Some(view) = &pairs.view else { return };
    match pairs.focus {
        Focus::Left => pairs.turns.0 = to(pairs.turns.0, view.sides.0.turns.len()),
        Focus::Right => pairs.turns.1 = to(pairs.turns.1, view.sides.1.turns.len()),
        Focus::Field(_) => {}
    }
}

/// Enter: the selected pair is read; in the reader, what can be done with it is asked.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    let Some(pairs) = pairs(cx) else { return };
    if pairs.reading.is_some() {
        if pairs.annotating {
            return cycle(cx, true);
        }
        return deeds::ask(cx);
    }
    let Some(pair) = pairs.rows.get(pairs.index()).map(|r| r.id) else {
        return cx.say(Severity::Info, "notice-no-pairs");
    };
    pairs.take_up(pair);
    cx.train(Ask::Pair { pair });
}

/// Tab: left, right, the fields.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, forward: bool) {
    let Some(pairs) = pairs(cx).filter(|p| p.reading.is_some()) else {
        return;
    };
    let stops = 2 + pairs.fields();
    let here = match pairs.focus {
        Focus::Left => 0,
        Focus::Right => 1,
        Focus::Field(at) => 2 + at,
    };
    let by = if forward { 1 } else { stops - 1 };
    pairs.focus = match (here + by) % stops {
        0 => Focus::Left,
        1 => Focus::Right,
        at => Focus::Field(at - 2),
    };
}

/// One step back: out of a field, out of annotating, out of the reader; tells whether there was one.
fn back(cx: &mut Cx<'_, '_>) -> bool {
    let Some(pairs) = pairs(cx).filter(|p| p.reading.is_some()) else {
        return false;
    };
    if matches!(pairs.focus, Focus::Field(_)) {
        pairs.focus = Focus::Left;
    } else if pairs.annotating {
        pairs.annotating = false;
    } else {
        pairs.reading = None;
    }
    true
}

/// Shows the pairs; one that wants this trainee's consent is selected.
pub(super) fn visit(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    let pairs = &mut practice.pairs;
    if practice.seat.consent.is_some() && !pairs.typing() {
        pairs.reading = None;
        pairs.selected = practice.seat.consent;
    }
    nav::go(cx, Screen::Pairs);
}

#[cfg(test)]
mod tests;
