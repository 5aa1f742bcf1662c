//! Training at the desk: the same console, with a mark on every screen, help that is taken away level by level, things that
//! come in between, and screens to choose, to look back and to lead a class. All it knows comes over [`crate::api::training`];
//! the customers themselves come over the desk's own store, like any others.

pub mod class;
pub mod debrief;
pub mod lesson;
pub mod lobby;
mod offers;
pub mod pairs;
pub mod places;
#[cfg(test)]
pub(crate) mod sample;
pub mod seat;
pub mod spoken;
mod stopwatch;
mod taking;

use ratatui::layout::Rect;

use crate::api::training::{Ask, SeatRole, SeatView};
use crate::domain::lang::Lang;

use super::Action;
use super::cx::Cx;
use super::effect::Effect;
use super::event::Key;
use super::notice::Severity;
use super::state::{Overlay, Screen, State};

pub use offers::OffersState;
pub use seat::StormState;
pub use stopwatch::Stopwatch;
pub(super) use stopwatch::{began, look};
pub(super) use taking::{away, take};

/// A desk in training.
#[derive(Clone, PartialEq, Debug)]
pub struct Practice {
    /// The seat as the training told it last.
    pub seat: SeatView,
    /// Whether the training does not answer now.
    pub away: bool,
    /// Choosing what to practise.
    pub lobby: lobby::LobbyState,
    /// Looking back.
    pub debrief: debrief::DebriefState,
    /// The lesson of three answers.
    pub lesson: lesson::LessonState,
    /// Pairs.
    pub pairs: pairs::PairsState,
    /// Leading a class.
    pub class: class::ClassState,
    /// Spoken practice.
    pub spoken: spoken::SpokenState,
    /// Since when the customers' last words have been on the screen.
    pub watch: Stopwatch,
    /// Questions in between as they were answered or put off last, with the words: until the training has taken it, and for when
    /// they come back.
    sent: Vec<StormState>,
}

impl Practice {
    /// A seat that nothing is known of yet.
    #[must_use]
    pub fn new(role: SeatRole, lang: Lang) -> Self {
        Self {
            seat: SeatView {
                role,
                ..SeatView::default()
            },
            away: false,
            lobby: lobby::LobbyState::new(lang),
            debrief: debrief::DebriefState::default(),
            lesson: lesson::LessonState::default(),
            pairs: pairs::PairsState::default(),
            class: class::ClassState::new(lang),
            spoken: spoken::SpokenState::default(),
            watch: Stopwatch::default(),
            sent: Vec::new(),
        }
    }
}

/// A layer that only training has.
#[derive(Clone, PartialEq, Debug)]
pub enum Layer {
    /// Lines to choose from.
    Offers(OffersState),
    /// Something came in between and wants words.
    Storm(StormState),
    /// The minute after a storm; it cannot be left early.
    Release,
    /// A question of the class screen.
    Class(class::ClassLayer),
    /// A question of the debrief or pair screens.
    Debrief(debrief::DebriefLayer),
}

/// Whether help may be shown: everywhere but at the levels of a training that take it away.
#[must_use]
pub fn coached(state: &State) -> bool {
    state
        .training
        .as_ref()
        .is_none_or(|p| p.seat.contacts.is_empty() || p.seat.help.coach)
}

/// Whether this is a screen of training.
#[must_use]
pub const fn owns(screen: Screen) -> bool {
    matches!(
        screen,
        Screen::Practice
            | Screen::Lesson
            | Screen::Debrief
            | Screen::Pairs
            | Screen::Class
            | Screen::Spoken
    )
}

impl Cx<'_, '_> {
    /// Asks the training.
    pub(super) fn train(&mut self, ask: Ask) {
        self.fx.push(Effect::Training(Box::new(ask)));
    }
}

/// What can be clicked on a screen of training.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    /// A row of the class, by place; 0 is the row of all.
    Seat(usize),
    /// A line of the watched desk, by turn from 0.
    Turn(usize),
    /// An act of practice aloud, by place.
    Act(usize),
}

/// A click on a screen of training.
pub(super) fn click(cx: &mut Cx<'_, '_>, spot: Spot, double: bool) {
    match spot {
        Spot::Seat(at) => class::pick(cx, at, double),
        Spot::Turn(turn) => class::pick_line(cx, turn),
        Spot::Act(at) => spoken::pick(cx, at),
    }
}

/// A click on a choice of the layer on top.
pub(super) fn choose(cx: &mut Cx<'_, '_>, at: usize) {
    if let Some(Overlay::Training(layer)) = cx.state.overlays.last()
        && matches!(layer.as_ref(), Layer::Class(_))
    {
        class::choose(cx, at);
    }
}

/// Esc in a screen of training, before it leads to the screen before; tells whether there was anything to leave.
pub(super) fn back(cx: &mut Cx<'_, '_>) -> bool {
    match cx.state.screen {
        Screen::Class => class::back(cx),
        Screen::Spoken => spoken::back(cx),
        _ => false,
    }
}

/// The screen a desk in training begins with and comes back to.
#[must_use]
pub fn home(state: &State) -> Screen {
    match state.training.as_ref().map(|p| p.seat.role) {
        Some(SeatRole::Trainer) => Screen::Class,
        Some(SeatRole::Trainee) => Screen::Practice,
        None => Screen::Queue,
    }
}

/// A screen of training was entered.
pub(super) fn entered(cx: &mut Cx<'_, '_>, screen: Screen) {
    match screen {
        Screen::Practice => cx.train(Ask::Lobby),
        Screen::Pairs => cx.train(Ask::Pairs),
        Screen::Class => class::entered(cx),
        _ => {}
    }
}

/// An order that only training knows.
pub(super) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    if cx.state.training.is_none() {
        return cx.say(Severity::Info, "notice-no-training");
    }
    match action {
        Action::Practice => {
            let home = home(cx.state);
            super::nav::go(cx, home);
        }
        Action::PauseTraining => seat::pause(cx),
        Action::Offers => offers::open(cx),
        // Both are also reached from elsewhere, through the palette.
        Action::Debrief => debrief::last(cx),
        Action::Pairs if cx.state.screen != Screen::Pairs => pairs::visit(cx),
        _ => match cx.state.screen {
            Screen::Practice => lobby::perform(cx, action),
            Screen::Lesson => lesson::perform(cx, action),
            Screen::Debrief => debrief::perform(cx, action),
            Screen::Pairs => pairs::perform(cx, action),
            Screen::Class => class::perform(cx, action),
            Screen::Spoken => spoken::perform(cx, action),
            _ => cx.say(Severity::Info, "notice-training-elsewhere"),
        },
    }
}

/// Moves in a screen of training: up and down by so many, or to an end.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    match cx.state.screen {
        Screen::Practice => lobby::step(cx, by),
        Screen::Lesson => lesson::step(cx, by),
        Screen::Debrief => debrief::step(cx, by),
        Screen::Pairs => pairs::step(cx, by),
        Screen::Class => class::step(cx, by),
        Screen::Spoken => spoken::step(cx, by),
        _ => {}
    }
}

/// Enter in a screen of training.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    match cx.state.screen {
        Screen::Practice => lobby::start(cx),
        Screen::Lesson => lesson::open(cx),
        Screen::Debrief => debrief::open(cx),
        Screen::Pairs => pairs::open(cx),
        Screen::Class => class::open(cx),
        Screen::Spoken => spoken::open(cx),
        _ => {}
    }
}

/// Tab in a screen of training.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, forward: bool) {
    match cx.state.screen {
        Screen::Lesson => lesson::cycle(cx, forward),
        Screen::Debrief => debrief::cycle(cx, forward),
        Screen::Pairs => pairs::cycle(cx, forward),
        Screen::Class => class::cycle(cx, forward),
        Screen::Spoken => spoken::cycle(cx, forward),
        _ => {}
    }
}

/// Whether a key is typed into a field of a training screen; tells whether the key was for it.
pub(super) fn typed(cx: &mut Cx<'_, '_>, key: Key) -> bool {
    match cx.state.screen {
        Screen::Lesson => lesson::typed(cx, key),
        Screen::Debrief => debrief::typed(cx, key),
        Screen::Pairs => pairs::typed(cx, key),
        Screen::Spoken => spoken::typed(cx, key),
        _ => false,
    }
}

/// Whether keys on this screen are typed into a field now: the footer and letters follow it.
#[must_use]
pub fn typing(state: &State) -> bool {
    let Some(practice) = state.training.as_ref() else {
        return false;
    };
    match state.screen {
        Screen::Debrief => practice.debrief.typing(),
        Screen::Pairs => practice.pairs.typing(),
        Screen::Spoken => practice.spoken.typing(),
        _ => false,
    }
}

/// Tells the boxes of the screens that look back their size: `area` is the place of the screen.
pub(crate) fn fit(state: &mut State, area: Rect) {
    if let Some(practice) = state.training.as_mut() {
        practice.debrief.fit(area);
    }
}

/// A key for the layer on top.
pub(super) fn layer_key(cx: &mut Cx<'_, '_>, key: Key) {
    let Some(Overlay::Training(layer)) = cx.state.overlays.last() else {
        return;
    };
    match layer.as_ref() {
        Layer::Offers(_) => offers::key(cx, key),
        Layer::Storm(_) => seat::storm_key(cx, key),
        Layer::Release => seat::release_key(cx, key),
        Layer::Class(_) => class::layer_key(cx, key),
        Layer::Debrief(_) => debrief::layer_key(cx, key),
    }
}

/// Text pasted into the layer on top, or into a field of a screen of training.
pub(super) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    if let Some(Overlay::Training(layer)) = cx.state.overlays.last_mut() {
        match layer.as_mut() {
            Layer::Storm(storm) => storm.line.insert(text),
            Layer::Class(layer) => layer.paste(text),
            Layer::Debrief(layer) => layer.paste(text),
            Layer::Offers(_) | Layer::Release => {}
        }
        return;
    }
    match cx.state.screen {
        Screen::Debrief => debrief::paste(cx, text),
        Screen::Pairs => pairs::paste(cx, text),
        Screen::Spoken => spoken::paste(cx, text),
        _ => cx.say(Severity::Info, "notice-paste-where"),
    }
}
