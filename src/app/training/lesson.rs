//! The lesson of three answers: the trainee predicts first, then sees the three side by side.

use crate::api::training::{Answered, Ask, LessonView};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::nav;
use crate::app::notice::Severity;
use crate::app::state::Screen;
use crate::text::half_width;

/// The three kinds, in the order in which they are shown after the prediction.
const KINDS: [&str; 3] = ["mechanical", "sympathetic", "committing"];

/// The lesson on the screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LessonState {
    /// What the training told.
    pub view: Option<LessonView>,
    /// The scenario that was asked for.
    asked: Option<Ask>,
    /// The prediction: places in the view, the hottest end first.
    pub predicted: Vec<usize>,
    /// The chosen answer while predicting, by place in the view.
    pub cursor: usize,
    /// Whether the prediction was given; then the three are shown.
    pub given: bool,
    /// The answer or, behind the last, the plot that a narrow screen shows.
    pub tab: usize,
    /// How far the words are scrolled, in rows.
    pub top: usize,
}

impl LessonState {
    /// The answers with their places in the view, in the order in which they are shown after the prediction.
    #[must_use]
    pub fn shown(&self) -> Vec<(usize, &Answered)> {
        let answers = self.view.iter().flat_map(|v| v.answers.iter());
        let mut all: Vec<_> = answers.enumerate().collect();
        let rank = |a: &Answered| KINDS.iter().position(|k| *k == a.kind);
        all.sort_by_key(|(_, a)| rank(a).unwrap_or(KINDS.len()));
        all
    }

    /// Whether the prediction is complete.
    #[must_use]
    pub fn complete(&self) -> bool {
        let count = self.view.as_ref().map_or(0, |v| v.answers.len());
        count > 0 && self.predicted.len() == count
    }

    /// Whether the prediction was right: nobody predicted as hotter ends calmer. Ends that are equally hot may stand in any
    /// order.
    #[must_use]
    pub fn right(&self) -> bool {
        let answers = self.view.as_ref().map(|v| &v.answers);
        let end = |at: &usize| {
            answers
                .and_then(|a| a.get(*at))
                .and_then(|a| a.anger.last().copied())
        };
        self.complete()
            && self
                .predicted
                .windows(2)
                .all(|pair| pair.first().and_then(end) >= pair.last().and_then(end))
    }

    /// Puts an answer next in the prediction; if it stands there, it and what follows is taken back.
    fn pick(&mut self, at: usize) {
        let count = self.view.as_ref().map_or(0, |v| v.answers.len());
        if at >= count {
            return;
        }
        self.cursor = at;
        if let Some(place) = self.predicted.iter().position(|p| *p == at) {
            self.predicted.truncate(place);
            return;
        }
        self.predicted.push(at);
        // What is left over has only one place.
        if self.predicted.len() + 1 == count {
            let left = (0..count).find(|i| !self.predicted.contains(i));
            self.predicted.extend(left);
        }
        let free = (0..count).find(|i| !self.predicted.contains(i));
        self.cursor = free.unwrap_or(at);
    }
}

fn lesson<'a>(cx: &'a mut Cx<'_, '_>) -> Option<&'a mut LessonState> {
    cx.state.training.as_mut().map(|p| &mut p.lesson)
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
    practice.lesson = LessonState {
        asked: Some(ask.clone()),
        ..LessonState::default()
    };
    cx.train(ask);
    nav::go(cx, Screen::Lesson);
}

/// The lesson came.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: LessonView) {
    let Some(lesson) = lesson(cx) else { return };
    let meant = match &lesson.asked {
        Some(Ask::Lesson { scenario, .. }) => *scenario == view.scenario,
        _ => true,
    };
    if meant && lesson.view.is_none() {
        lesson.view = Some(view);
    }
}

/// Orders of this screen.
pub(super) fn perform(_cx: &mut Cx<'_, '_>, _action: Action) {}

/// Up and down: among the answers while predicting, then through the words.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    let Some(lesson) = lesson(cx) else { return };
    let count = lesson.view.as_ref().map_or(0, |v| v.answers.len());
    if lesson.given {
        lesson.top = lesson.top.saturating_add_signed(by).min(500);
    } else {
        lesson.cursor = lesson
            .cursor
            .saturating_add_signed(by)
            .min(count.saturating_sub(1));
    }
}

/// Enter: the chosen answer stands next in the prediction; a complete prediction is given.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    let Some(lesson) = lesson(cx) else { return };
    let Some(view) = &lesson.view else {
        // The first asking may have been lost with the network.
        if let Some(ask) = lesson.asked.clone() {
            cx.train(ask);
        }
        return;
    };
    if lesson.given {
        return;
    }
    if !lesson.complete() {
        return lesson.pick(lesson.cursor);
    }
    let kind = |at: &usize| view.answers.get(*at).map(|a| a.kind.clone());
    let ask = Ask::Predicted {
        scenario: view.scenario.clone(),
        order: lesson.predicted.iter().filter_map(kind).collect(),
    };
    lesson.given = true;
    lesson.top = 0;
    lesson.tab = 0;
    cx.train(ask);
}

/// Tab: the next answer, then the plot.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, forward: bool) {
    let Some(lesson) = lesson(cx) else { return };
    let stops = lesson.view.as_ref().map_or(0, |v| v.answers.len()) + 1;
    if lesson.given {
        let by = if forward { 1 } else { stops - 1 };
        lesson.tab = (lesson.tab + by) % stops;
        lesson.top = 0;
    }
}

/// Digits order the answers, Backspace takes the last one back; tells whether the key was for the prediction.
pub(super) fn typed(cx: &mut Cx<'_, '_>, key: Key) -> bool {
    let Some(lesson) = lesson(cx).filter(|l| !l.given && l.view.is_some()) else {
        return false;
    };
    match key.code {
        Code::Char(c) if !key.mods.ctrl && !key.mods.alt => {
            let digit = half_width(c).to_digit(10).filter(|d| *d > 0);
            let Some(digit) = digit.and_then(|d| usize::try_from(d).ok()) else {
                return false;
            };
            lesson.pick(digit - 1);
        }
        Code::Backspace => {
            // The last place fills itself, so it goes together with the one before.
            let kept = lesson.predicted.len().saturating_sub(1);
            let kept = kept.saturating_sub(usize::from(lesson.complete()));
            lesson.predicted.truncate(kept);
        }
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests;
