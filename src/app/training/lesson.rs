//! The lesson of three answers: the trainee predicts first, then sees the three side by side.

use crate::api::training::{Ask, LessonView};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::nav;
use crate::app::notice::Severity;
use crate::app::state::Screen;

/// The lesson on the screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LessonState {
    /// What the training told.
    pub view: Option<LessonView>,
}

/// Asks for the lesson of the scenario selected in the lobby.
pub(super) fn ask(cx: &mut Cx<'_, '_>) {
    let Some(practice) = cx.state.training.as_mut() else {
        return;
    };
    let Some(row) = practice.lobby.row() else {
        return cx.say(Severity::Info, "notice-still-loading");
    };
    let ask = Ask::Lesson {
        scenario: row.id.clone(),
        lang: practice.lobby.lang,
    };
    practice.lesson = LessonState::default();
    cx.train(ask);
    nav::go(cx, Screen::Lesson);
}

/// The lesson came.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: LessonView) {
    if let Some(practice) = cx.state.training.as_mut() {
        practice.lesson.view = Some(view);
    }
}

/// Orders of this screen.
pub(super) fn perform(_cx: &mut Cx<'_, '_>, _action: Action) {}
/// Up and down.
pub(super) fn step(_cx: &mut Cx<'_, '_>, _by: isize) {}
/// Enter.
pub(super) fn open(_cx: &mut Cx<'_, '_>) {}
/// Tab.
pub(super) fn cycle(_cx: &mut Cx<'_, '_>, _forward: bool) {}
