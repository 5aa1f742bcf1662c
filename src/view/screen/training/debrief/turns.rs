//! Turn by turn: a table, and the chosen turn in full with the reason of every point.

use ratatui::layout::Rect;

use crate::api::training::{DebriefView, TurnView};
use crate::app::training::debrief::{DebriefState, Tab, comments};
use crate::text::{pad, pad_left};
use crate::view::cx::{Cx, row_of};
use crate::view::screen::training::telling::{
    above, below, clock, number, said, scrolled, whole, word,
};
use crate::view::theme::Role;
use crate::view::widget::block::Block;
use crate::view::widget::list::List;

/// Paints the table in at most `rows` rows, and the chosen turn below it.
pub fn paint(cx: &mut Cx<'_>, area: Rect, debrief: &DebriefState, view: &DebriefView, rows: u16) {
    if view.turns.is_empty() {
        let (words, dim) = (cx.t("debrief-no-turns"), cx.style(Role::Dim));
        cx.put_cut(area, area.x + 1, area.y, &words, dim);
        return;
    }
    let count = u16::try_from(view.turns.len()).unwrap_or(u16::MAX);
    let table = above(below(area, 1), count.min(rows));
    head(cx, row_of(area, 0));
    let list = List {
        len: view.turns.len(),
        top: 0,
        selected: debrief.turn,
        focused: matches!(debrief.tab, Tab::Curve | Tab::Turns),
    };
    let chosen = view.criteria.get(debrief.criterion);
    list.paint(cx, table, |cx, at, place| {
        let turn = view.turns.get(at)?;
        let earned = chosen.is_some_and(|c| c.earned.contains(&at));
        let lost = chosen.is_some_and(|c| c.lost.contains(&at));
        let critical = view.criticals.iter().any(|c| c.turn == Some(at));
        let sign = |is: bool, sign: char| if is { sign } else { ' ' };
        let criterion = if lost { '-' } else { sign(earned, '+') };
        let marks: String = [
            criterion,
            sign(turn.turning, '*'),
            sign(critical, '!'),
            sign(turn.not_understood, '?'),
        ]
        .into_iter()
        .collect();
        let role = match criterion {
            '-' => Role::Late,
            '+' => Role::Good,
            _ if turn.kind.is_empty() => Role::Text,
            _ => Role::Dim,
        };
        let line = format!(
            "  {}{}{} {marks} {}",
            pad(&number(at), 4),
            pad_left(&clock(turn.at_ms), 6),
            pad_left(&anger(view, at, turn), 9),
            said(cx, turn)
        );
        let style = cx.style(role);
        cx.put_cut(place, place.x, place.y, &line, style);
        None
    });
    detail(cx, below(area, table.height + 2), debrief, view);
}

fn head(cx: &mut Cx<'_>, row: Rect) {
    let dim = cx.style(Role::Dim);
    let line = format!(
        "  {}{}{}      {}",
        pad("#", 4),
        pad_left(&cx.t("debrief-col-time"), 6),
        pad_left(&word(cx, "number", "anger"), 9),
        cx.t("debrief-col-said")
    );
    cx.put_cut(row, row.x, row.y, &line, dim);
}

/// Anger after a turn, and by how much it moved.
fn anger(view: &DebriefView, at: usize, turn: &TurnView) -> String {
    let before = at.checked_sub(1).and_then(|b| view.turns.get(b));
    let before = before.map_or(view.start.0, |t| t.after.0);
    let by = i16::from(turn.after.0) - i16::from(before);
    format!("{} {by:+}", turn.after.0)
}

/// The chosen turn in full.
fn detail(cx: &mut Cx<'_>, area: Rect, debrief: &DebriefState, view: &DebriefView) {
    let Some(turn) = view.turns.get(debrief.turn) else {
        return;
    };
    let place = Rect {
        x: area.x + 1.min(area.width),
        width: area.width.saturating_sub(1),
        ..area
    };
    let mut block = Block::new(place.width);
    if debrief.turn == 0 && !view.opening.is_empty() {
        let mark = format!("{} ", cx.t("debrief-customer"));
        block.hung(Role::Customer, &mark, &view.opening, 8, None);
    }
    whole(cx, &mut block, turn);
    let practice = cx.state.training.as_deref();
    for comment in practice.map(comments).unwrap_or_default() {
        if comment.turn == debrief.turn {
            let mark = format!("{} ", cx.t("debrief-trainer"));
            block.hung(Role::Note, &mark, &comment.text, 8, None);
        }
    }
    let top = if matches!(debrief.tab, Tab::Curve | Tab::Turns) {
        debrief.top
    } else {
        0
    };
    let hint = cx.t("debrief-scroll");
    scrolled(cx, &block, place, top, &hint);
}
