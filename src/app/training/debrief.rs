//! Looking back at a run: first the trainee's own words, then the score and the turning sentences, then other lines (the
//! order of PEARLS, method 2b). Not here: what a run was worth, which the training itself tells.

mod own;
mod runs;
mod trial;

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use crate::api::training::{Ask, Comment, DebriefView, RunId, TriedView};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::Key;
use crate::app::nav;
use crate::app::notice::Severity;
use crate::app::state::{Screen, State};

use super::{Practice, places};

pub use own::Own;
pub use runs::{DebriefLayer, RunsState};
pub(super) use runs::{last, layer_key};
pub use trial::Trial;
pub(super) use trial::tried;

/// How far the looking back is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Step {
    /// No run was chosen.
    Nothing,
    /// The trainee's own words, before anything is shown.
    Own,
    /// Asked for and not answered.
    Waiting,
    /// The score and the turns.
    Score,
    /// Another line is tried.
    Trying,
}

/// The parts of the second step: beside each other on a wide screen, one at a time on a narrow one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Tab {
    /// Total and criteria.
    #[default]
    Score,
    /// Anger, trust and clarity over the turns.
    Curve,
    /// Turn by turn.
    Turns,
    /// The trainee's own words, the trainer's, and what to practise.
    Words,
}

impl Tab {
    /// All, in the order of the Tab key.
    pub const ALL: [Self; 4] = [Self::Score, Self::Curve, Self::Turns, Self::Words];

    /// The name in the locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Curve => "curve",
            Self::Turns => "turns",
            Self::Words => "words",
        }
    }
}

/// What can be chosen among the words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Item {
    /// What worked.
    Plus,
    /// What to change.
    Delta,
    /// A word of the trainer, by place.
    Comment(usize),
    /// Another contact of the same sitting, by place.
    Other(usize),
    /// What to practise next.
    Next,
}

/// The debrief on the screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DebriefState {
    /// The run that is looked at.
    pub run: Option<RunId>,
    /// What the training told.
    pub view: Option<DebriefView>,
    /// What other lines would have done.
    pub tried: Option<TriedView>,
    /// Whether the debrief was asked for and not answered.
    pub asked: bool,
    /// Whether the trainee's own words were given before.
    pub reflected: bool,
    /// The trainee's own words.
    pub own: Own,
    /// Own words of other runs that were begun and not given yet.
    kept: BTreeMap<RunId, (String, String)>,
    /// The part that has the keys.
    pub tab: Tab,
    /// The chosen criterion, by place.
    pub criterion: usize,
    /// The chosen turn, from 0.
    pub turn: usize,
    /// The chosen item of the words, by place.
    pub item: usize,
    /// How far the chosen turn's reasons are scrolled, in rows.
    pub top: usize,
    /// Other lines that are tried from a turn on.
    pub trial: Option<Trial>,
    /// Whether the trial has the screen.
    pub trying: bool,
}

impl DebriefState {
    /// How far the looking back is.
    #[must_use]
    pub const fn step(&self) -> Step {
        match (&self.run, &self.view) {
            (None, _) => Step::Nothing,
            (Some(_), Some(_)) if self.trying && self.trial.is_some() => Step::Trying,
            (Some(_), Some(_)) => Step::Score,
            (Some(_), None) if self.asked || self.reflected => Step::Waiting,
            (Some(_), None) => Step::Own,
        }
    }

    /// Whether keys are typed into a field.
    #[must_use]
    pub const fn typing(&self) -> bool {
        matches!(self.step(), Step::Own | Step::Trying)
    }

    /// Tells the boxes their size: `area` is the place of the screen.
    pub(super) fn fit(&mut self, area: Rect) {
        for (words, frame) in self.own.boxes.iter_mut().zip(places::own(area)) {
            let cells = places::words(frame);
            words.fit(cells.width, cells.height);
        }
        if let Some(trial) = &mut self.trial {
            let cells = places::words(places::trial(area));
            trial.input.fit(cells.width, cells.height);
        }
    }

    /// Takes another run up; own words begun for the one before are kept.
    fn take_up(&mut self, run: RunId) {
        if self.run == Some(run) {
            return;
        }
        let mut kept = std::mem::take(&mut self.kept);
        if let Some(before) = self.run
            && self.step() == Step::Own
            && !self.own.is_blank()
        {
            kept.insert(before, self.own.words());
        }
        let own = kept.remove(&run).map(Own::of).unwrap_or_default();
        *self = Self {
            run: Some(run),
            own,
            kept,
            ..Self::default()
        };
    }

    /// Turns that the chosen criterion was lost at, then those that earned it.
    #[must_use]
    pub fn turns_of_criterion(&self) -> Vec<usize> {
        let chosen = self
            .view
            .as_ref()
            .and_then(|v| v.criteria.get(self.criterion));
        chosen.map_or_else(Vec::new, |c| {
            c.lost.iter().chain(&c.earned).copied().collect()
        })
    }
}

/// The trainer's words on the run that is looked at: those of the debrief, and those that came since.
#[must_use]
pub fn comments(practice: &Practice) -> Vec<&Comment> {
    let Some(view) = &practice.debrief.view else {
        return Vec::new();
    };
    let mut all: Vec<&Comment> = view.comments.iter().collect();
    let since = practice.seat.comments.iter().filter(|c| c.run == view.run);
    for comment in since {
        if !all.contains(&comment) {
            all.push(comment);
        }
    }
    all
}

/// What can be chosen among the words.
#[must_use]
pub fn items(practice: &Practice) -> Vec<Item> {
    let Some(view) = &practice.debrief.view else {
        return Vec::new();
    };
    let mut all = vec![Item::Plus, Item::Delta];
    all.extend((0..comments(practice).len()).map(Item::Comment));
    all.extend((0..view.others.len()).map(Item::Other));
    all.extend(view.next.iter().map(|_| Item::Next));
    all
}

/// Whether the parts stand beside each other.
#[must_use]
pub const fn wide(state: &State) -> bool {
    state.size.0 >= places::WIDE
}

fn debrief<'a>(cx: &'a mut Cx<'_, '_>) -> Option<&'a mut DebriefState> {
    cx.state.training.as_mut().map(|p| &mut p.debrief)
}

/// A run is over and waits for its debrief: it comes by itself unless something is being written or asked.
pub(super) fn offer(cx: &mut Cx<'_, '_>, run: RunId) {
    if !free(cx.state) {
        return cx.say(Severity::Warning, "notice-debrief-waits");
    }
    look(cx, run, false);
}

/// Whether the screen may change by itself: no layer is open, and nothing typed waits to be sent.
fn free(state: &State) -> bool {
    let reply = state
        .ticket
        .as_ref()
        .is_some_and(|t| !t.reply.is_blank() || !t.note.is_blank());
    let call = state.intake.as_ref().is_some_and(|i| !i.text.is_blank());
    let writes = match state.screen {
        Screen::Ticket => reply,
        Screen::Intake => call,
        Screen::Search => !state.search.line.is_empty(),
        Screen::Queue => state.queue.filter.is_some(),
        screen => super::owns(screen) && super::typing(state),
    };
    state.overlays.is_empty() && !writes
}

/// Shows a run; `reflected` tells whether the trainee's own words were given before.
fn look(cx: &mut Cx<'_, '_>, run: RunId, reflected: bool) {
    let Some(debrief) = debrief(cx) else { return };
    debrief.take_up(run);
    debrief.reflected |= reflected;
    if debrief.reflected && debrief.view.is_none() {
        debrief.asked = true;
        cx.train(Ask::Debrief { run });
    }
    nav::go(cx, Screen::Debrief);
}

/// The debrief came.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: DebriefView) {
    let Some(debrief) = debrief(cx).filter(|d| d.run == Some(view.run)) else {
        return;
    };
    debrief.asked = false;
    debrief.reflected = true;
    if debrief.view.is_none() {
        debrief.own = Own::default();
        let turning = view.turns.iter().position(|t| t.turning);
        debrief.turn = turning.unwrap_or(0);
        let lost = view.criteria.iter().position(|c| !c.lost.is_empty());
        debrief.criterion = lost.unwrap_or(0);
    }
    debrief.view = Some(view);
}

/// Something was refused, or the training went away: what was asked may be asked again, and what was typed is still there.
pub(super) fn refused(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx) else { return };
    debrief.asked = false;
    if let Some(trial) = &mut debrief.trial {
        trial.refused();
    }
}

/// Orders of this screen.
pub(super) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    match action {
        Action::TryLine => trial::begin(cx),
        Action::LevelLess | Action::LevelMore => {
            let Some(debrief) = debrief(cx) else { return };
            let by = if action == Action::LevelMore { 3 } else { -3 };
            // The painter shows no more than there is; far beyond it nothing is to be seen.
            debrief.top = debrief.top.saturating_add_signed(by).min(200);
        }
        _ => {}
    }
}

/// Up and down in the part that has the keys.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    let items = items(practice).len();
    let debrief = &mut practice.debrief;
    let Some(view) = &debrief.view else { return };
    let to = |at: usize, len: usize| at.saturating_add_signed(by).min(len.saturating_sub(1));
    match debrief.tab {
        Tab::Score => debrief.criterion = to(debrief.criterion, view.criteria.len()),
        Tab::Curve | Tab::Turns => {
            debrief.turn = to(debrief.turn, view.turns.len());
            debrief.top = 0;
        }
        Tab::Words => debrief.item = to(debrief.item, items),
    }
}

/// Enter: from a criterion to its line, from a line to another one, from a proposal to the lobby.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_ref() else {
        return;
    };
    match practice.debrief.step() {
        Step::Nothing => last(cx),
        Step::Waiting => {
            // An order that the training did not take has no answer at all: Enter may always ask again.
            if let Some(run) = practice.debrief.run {
                cx.train(Ask::Debrief { run });
            }
        }
        Step::Score => match practice.debrief.tab {
            Tab::Score => to_line(cx),
            Tab::Curve | Tab::Turns => trial::begin(cx),
            Tab::Words => follow(cx),
        },
        Step::Own | Step::Trying => {}
    }
}

/// To the next line that lost or earned the chosen criterion.
fn to_line(cx: &mut Cx<'_, '_>) {
    let Some(debrief) = debrief(cx) else { return };
    let turns = debrief.turns_of_criterion();
    let Some(first) = turns.first().copied() else {
        return cx.say(Severity::Info, "notice-criterion-no-line");
    };
    debrief.turn = first;
    debrief.top = 0;
    debrief.tab = Tab::Turns;
}

/// To what the chosen item of the words leads to.
fn follow(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    let chosen = items(practice).get(practice.debrief.item).copied();
    let Some(view) = &practice.debrief.view else {
        return;
    };
    match chosen {
        Some(Item::Comment(at)) => {
            let turn = comments(practice).get(at).map(|c| c.turn);
            let last = view.turns.len().saturating_sub(1);
            practice.debrief.turn = turn.unwrap_or(0).min(last);
            practice.debrief.tab = Tab::Turns;
        }
        Some(Item::Other(at)) => {
            if let Some((run, ..)) = view.others.get(at).cloned() {
                look(cx, run, true);
            }
        }
        Some(Item::Next) => {
            if let Some((scenario, ..)) = view.next.clone() {
                let level = view.level;
                propose(practice, scenario, level);
                nav::go(cx, Screen::Practice);
            }
        }
        Some(Item::Plus | Item::Delta) | None => {}
    }
}

/// Selects a scenario in the lobby, at a level it is made for.
fn propose(practice: &mut Practice, scenario: String, level: u8) {
    let lobby = &mut practice.lobby;
    let row = lobby
        .view
        .as_ref()
        .and_then(|v| v.scenarios.iter().find(|s| s.id == scenario));
    let levels = row.map_or(&[] as &[u8], |r| r.levels.as_slice());
    if !levels.contains(&lobby.level) {
        let fits = levels.contains(&level).then_some(level);
        if let Some(level) = fits.or_else(|| levels.first().copied()) {
            lobby.level = level;
            lobby.level_chosen = true;
        }
    }
    lobby.selected = Some(scenario);
}

/// Tab: the next part.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, forward: bool) {
    let wide = wide(cx.state);
    let Some(debrief) = debrief(cx).filter(|d| d.step() == Step::Score) else {
        return;
    };
    // On a wide screen the curve stands above the turns and moves with them.
    let stops = Tab::ALL.iter().filter(|t| !wide || **t != Tab::Curve);
    let stops: Vec<Tab> = stops.copied().collect();
    let here = stops.iter().position(|t| *t == debrief.tab).unwrap_or(0);
    let by = if forward { 1 } else { stops.len() - 1 };
    debrief.tab = stops
        .get((here + by) % stops.len())
        .copied()
        .unwrap_or_default();
}

/// A key typed into a field.
pub(super) fn typed(cx: &mut Cx<'_, '_>, key: Key) -> bool {
    let step = debrief(cx).map(|d| d.step());
    match step {
        Some(Step::Own) => own::key(cx, key),
        Some(Step::Trying) => trial::key(cx, key),
        _ => false,
    }
}

/// Pasted text.
pub(super) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    let Some(debrief) = debrief(cx) else { return };
    let done = match debrief.step() {
        Step::Own => debrief.own.chosen().insert(text),
        Step::Trying => match debrief.trial.as_mut() {
            Some(trial) => trial.input.insert(&text.replace(['\r', '\n'], " ")),
            None => return,
        },
        _ => return cx.say(Severity::Info, "notice-paste-where"),
    };
    own::said(cx, done);
}

#[cfg(test)]
pub(in crate::app) mod tests;
