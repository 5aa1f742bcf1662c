//! Choosing what to practise: the list of scenarios at a level, and how the trainee stands.

use crate::api::training::{Ask, LobbyView, ScenarioRow, SeatStage, Speed};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::nav;
use crate::app::notice::Severity;
use crate::app::state::Screen;
use crate::domain::lang::Lang;

use super::seat;

/// The highest level.
const TOP: u8 = 5;

/// The screen.
#[derive(Clone, PartialEq, Debug)]
pub struct LobbyState {
    /// What the training told; absent until it has.
    pub view: Option<LobbyView>,
    /// The level to play.
    pub level: u8,
    /// Whether the trainee chose the level; else it follows the proposal.
    pub level_chosen: bool,
    /// How time shall run.
    pub speed: Speed,
    /// The customer's language.
    pub lang: Lang,
    /// The selected scenario.
    pub selected: Option<String>,
    /// Whether a start was asked for and not answered.
    pub starting: bool,
}

impl LobbyState {
    /// A lobby of which nothing is known yet.
    #[must_use]
    pub const fn new(lang: Lang) -> Self {
        Self {
            view: None,
            level: 1,
            level_chosen: false,
            speed: Speed::Real,
            lang,
            selected: None,
            starting: false,
        }
    }

    /// The scenarios made for the level; all where no contact is played (level 0).
    pub fn rows(&self) -> impl Iterator<Item = &ScenarioRow> {
        let level = self.level;
        self.view
            .iter()
            .flat_map(|v| v.scenarios.iter())
            .filter(move |s| level == 0 || s.levels.contains(&level))
    }

    /// The place of the selected scenario among them.
    #[must_use]
    pub fn index(&self) -> usize {
        let at = |id: &String| self.rows().position(|s| &s.id == id);
        self.selected.as_ref().and_then(at).unwrap_or(0)
    }

    /// The selected scenario.
    #[must_use]
    pub fn row(&self) -> Option<&ScenarioRow> {
        self.rows().nth(self.index())
    }
}

fn lobby<'a>(cx: &'a mut Cx<'_, '_>) -> Option<&'a mut LobbyState> {
    cx.state.training.as_mut().map(|p| &mut p.lobby)
}

/// What there is to practise.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: LobbyView) {
    let Some(lobby) = lobby(cx) else { return };
    if !lobby.level_chosen {
        lobby.level = view.next_level.max(1);
    }
    let first = lobby.view.is_none();
    lobby.view = Some(view);
    if first {
        let proposed = lobby.rows().find(|s| s.proposed).map(|s| s.id.clone());
        lobby.selected = proposed.or_else(|| lobby.row().map(|s| s.id.clone()));
    }
}

/// A start was answered, or nobody answers: another may be asked for.
pub(super) fn settled(cx: &mut Cx<'_, '_>) {
    if let Some(lobby) = lobby(cx) {
        lobby.starting = false;
    }
}

/// Enter: begin with the selected customer; at level 0, read the lesson.
pub(super) fn start(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    if practice.seat.stage == SeatStage::Running {
        nav::go(cx, Screen::Queue);
        return cx.say(Severity::Info, "notice-runs-already");
    }
    let task = practice.seat.task.clone();
    let lobby = &mut practice.lobby;
    if lobby.level == 0 {
        return super::lesson::ask(cx);
    }
    let Some(row) = lobby.row().cloned() else {
        return cx.say(Severity::Info, "notice-still-loading");
    };
    if std::mem::replace(&mut lobby.starting, true) {
        return;
    }
    // The same customer for all of a class: the trainer's seed holds while the trainer's scenario is played.
    let set = task.filter(|t| t.scenario == row.id && t.level == lobby.level);
    let ask = Ask::Start {
        scenario: Some(row.id),
        level: lobby.level,
        lang: lobby.lang,
        speed: lobby.speed,
        seed: set.map(|t| t.seed),
    };
    cx.train(ask);
}

/// Up and down the list.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    let Some(lobby) = lobby(cx) else { return };
    let last = lobby.rows().count().saturating_sub(1);
    let to = lobby.index().saturating_add_signed(by).min(last);
    let id = lobby.rows().nth(to).map(|s| s.id.clone());
    lobby.selected = id;
}

/// Orders of this screen.
pub(super) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    let Some(lobby) = lobby(cx) else { return };
    match action {
        Action::LevelLess => {
            lobby.level = lobby.level.saturating_sub(1);
            lobby.level_chosen = true;
        }
        Action::LevelMore => {
            lobby.level = (lobby.level + 1).min(TOP);
            lobby.level_chosen = true;
        }
        Action::TrainingSpeed => {
            lobby.speed = seat::next(lobby.speed);
            let speed = lobby.speed;
            cx.train(Ask::Speed { speed });
        }
        Action::CustomerLanguage => {
            lobby.lang = match lobby.lang {
                Lang::Zh => Lang::En,
                Lang::En => Lang::Zh,
            };
        }
        Action::Lesson => super::lesson::ask(cx),
        _ => {}
    }
}
