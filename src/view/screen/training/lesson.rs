//! The lesson of three answers: the opening and the prediction first, then the three beside each other.

use ratatui::layout::Rect;

use crate::api::training::{Answered, LessonView};
use crate::app::training::lesson::LessonState;
use crate::app::training::places;
use crate::text::truncate;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

use super::curve::{Series, plot};
use super::debrief::tab_row;
use super::telling::{above, below, beside, end, exchange, number, said, word};

/// Rows of the plot on a wide screen, its legend included.
const PLOT: u16 = 13;

/// Paints the screen.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let lesson = &practice.lesson;
    let place = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    match &lesson.view {
        None => {
            let (words, dim) = (cx.t("lesson-loading"), cx.style(Role::Dim));
            cx.put_cut(place, place.x, place.y + 1, &words, dim);
        }
        Some(view) if lesson.given => shown(cx, place, lesson, view),
        Some(view) => predict(cx, place, lesson, view),
    }
}

/// The opening, and the three without their names, to be put in order.
fn predict(cx: &mut Cx<'_>, area: Rect, lesson: &LessonState, view: &LessonView) {
    let mut block = Block::new(area.width);
    block.heading(&format!("{}  {}", cx.t("lesson-title"), view.title));
    block.hung(Role::Customer, "< ", &view.opening, 2, None);
    block.gap();
    block.words(Role::Text, &cx.t("lesson-predict"), 0);
    block.gap();
    let cols = usize::from(area.width).saturating_sub(12) * 2;
    for (at, answer) in view.answers.iter().enumerate() {
        let chosen = at == lesson.cursor && !lesson.complete();
        let place = lesson.predicted.iter().position(|p| *p == at);
        let place = place.map_or_else(|| "   ".to_owned(), |p| format!("[{}]", p + 1));
        let mark = format!("{} {} {place} ", if chosen { ">" } else { " " }, at + 1);
        let role = if chosen { Role::Strong } else { Role::Text };
        let first = answer.turns.iter().find(|t| !t.said.is_empty());
        let words = first
            .map(|t| truncate(&said(cx, t), cols).into_owned())
            .unwrap_or_default();
        block.hung(role, &mark, &words, 8, None);
    }
    block.gap();
    let order: Vec<String> = lesson
        .predicted
        .iter()
        .map(|p| (p + 1).to_string())
        .collect();
    let order = order.join(" > ");
    let args = [("order", order.as_str().into())];
    block.words(Role::Strong, &cx.t_args("lesson-order", &args), 0);
    let key = if lesson.complete() {
        "lesson-give"
    } else {
        "lesson-keys"
    };
    block.words(Role::Key, &cx.t(key), 0);
    block.paint(cx, area, 0);
}

/// The three beside each other, or one at a time, with their plot.
fn shown(cx: &mut Cx<'_>, area: Rect, lesson: &LessonState, view: &LessonView) {
    verdict(cx, row_of(area, 0), lesson, view);
    let all = lesson.shown();
    if area.width >= places::WIDE {
        let rows = PLOT.min(area.height / 3);
        plotted(cx, above(below(area, 1), rows), &all);
        let rest = below(area, rows + 2);
        let parts = u16::try_from(all.len()).unwrap_or(3).max(1);
        for (place, (at, answer)) in beside(rest, parts).into_iter().zip(all) {
            column(cx, place, at, answer, lesson.top);
        }
        return;
    }
    let mut names: Vec<(String, bool)> = all
        .iter()
        .enumerate()
        .map(|(tab, (_, a))| (word(cx, "agent-kind", &a.kind), tab == lesson.tab))
        .collect();
    names.push((cx.t("lesson-plot"), lesson.tab >= all.len()));
    tab_row(cx, row_of(area, 1), &names);
    let rest = below(area, 2);
    match all.get(lesson.tab) {
        Some((at, answer)) => column(cx, rest, *at, answer, lesson.top),
        None => plotted(cx, rest, &all),
    }
}

/// Whether the prediction was right.
fn verdict(cx: &mut Cx<'_>, row: Rect, lesson: &LessonState, view: &LessonView) {
    let kinds: Vec<String> = lesson
        .predicted
        .iter()
        .filter_map(|p| view.answers.get(*p))
        .map(|a| word(cx, "agent-kind", &a.kind))
        .collect();
    let order = kinds.join(" > ");
    let (key, role) = if lesson.right() {
        ("lesson-right", Role::Good)
    } else {
        ("lesson-wrong", Role::Warning)
    };
    let words = cx.t_args(key, &[("order", order.as_str().into())]);
    let style = cx.style(role);
    cx.put_cut(row, row.x, row.y, &words, style);
}

/// The mark of a kind in the plot.
fn mark(kind: &str) -> (char, Role) {
    match kind {
        "mechanical" => ('m', Role::Late),
        "sympathetic" => ('s', Role::Soon),
        "committing" => ('c', Role::Good),
        _ => ('?', Role::Text),
    }
}

/// Anger on all three ways.
fn plotted(cx: &mut Cx<'_>, area: Rect, all: &[(usize, &Answered)]) {
    let drawn = above(area, area.height.saturating_sub(1));
    let longest = all.iter().map(|(_, a)| a.anger.len()).max().unwrap_or(0);
    let series: Vec<Series<'_>> = all
        .iter()
        .map(|(_, a)| {
            let (mark, role) = mark(&a.kind);
            let values = a.anger.as_slice();
            Series { values, mark, role }
        })
        .collect();
    plot(cx, drawn, &series, longest.saturating_sub(1));
    let row = row_of(area, usize::from(drawn.height));
    let dim = cx.style(Role::Dim);
    let label = cx.t("lesson-anger");
    let mut x = cx.put_cut(row, row.x + 4, row.y, &label, dim) + 2;
    for (_, answer) in all {
        let (mark, role) = mark(&answer.kind);
        let style = cx.style(role);
        let words = format!("{mark} {}", word(cx, "agent-kind", &answer.kind));
        x = cx.put_cut(row, x, row.y, &words, style) + 2;
    }
}

/// One answer: what it was, what it was worth, what the lesson says, and every word.
fn column(cx: &mut Cx<'_>, area: Rect, at: usize, answer: &Answered, top: usize) {
    let mut block = Block::new(area.width);
    let (mark, role) = mark(&answer.kind);
    let kind = word(cx, "agent-kind", &answer.kind);
    block.pieces(vec![
        (role, format!("{mark} ")),
        (Role::Title, format!("{} {kind}", at + 1)),
    ]);
    let points = u64::from(answer.total);
    let over = end(cx, answer.end.as_deref());
    let worth = cx.t_args("lesson-worth", &[("points", points.into())]);
    block.words(Role::Strong, &format!("{worth}  {over}"), 0);
    block.words(Role::Card, &answer.lesson, 0);
    block.gap();
    for (turn, view) in answer.turns.iter().enumerate() {
        exchange(cx, &mut block, &number(turn), Role::Reply, view);
        let before = turn.checked_sub(1).and_then(|b| answer.turns.get(b));
        let before =
            before.map_or_else(|| answer.anger.first().copied().unwrap_or(0), |t| t.after.0);
        let moved = format!("{before} -> {}", view.after.0);
        let args = [("anger", moved.as_str().into())];
        let words = format!("    {}", cx.t_args("lesson-moved", &args));
        block.words(Role::Dim, &words, 4);
    }
    let hint = cx.t("lesson-scroll");
    super::telling::scrolled(cx, &block, area, top, &hint);
}
