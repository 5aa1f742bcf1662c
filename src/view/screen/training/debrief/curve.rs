//! Anger, trust and clarity over the turns, with the sentences that turned them.

use ratatui::layout::Rect;

use crate::api::training::DebriefView;
use crate::app::training::debrief::DebriefState;
use crate::text::truncate;
use crate::view::cx::{Cx, row_of};
use crate::view::screen::training::curve::{Series, column, plot};
use crate::view::screen::training::telling::{above, below, mood, number, said, word};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

/// Most sentences quoted under the plot.
const QUOTED: u16 = 3;

/// Paints the plot, its axis and legend, and the turning sentences.
pub fn paint(cx: &mut Cx<'_>, area: Rect, debrief: &DebriefState, view: &DebriefView) {
    let turning: Vec<usize> = (0..view.turns.len())
        .filter(|at| view.turns.get(*at).is_some_and(|t| t.turning))
        .collect();
    let quotes = u16::try_from(turning.len())
        .unwrap_or(QUOTED)
        .clamp(1, QUOTED);
    let drawn = above(area, area.height.saturating_sub(quotes + 2));
    let last = view.turns.len();
    let dim = cx.style(Role::Dim);
    for turn in &turning {
        // The plot is drawn over it.
        let x = column(drawn, turn + 1, last);
        for y in drawn.top()..drawn.bottom() {
            cx.put(drawn, x, y, ":", dim);
        }
    }
    let series = |pick: fn((u8, u8, u8)) -> u8| -> Vec<u8> {
        let after = view.turns.iter().map(|t| pick(t.after));
        std::iter::once(pick(view.start)).chain(after).collect()
    };
    let (anger, trust, clarity) = (series(|v| v.0), series(|v| v.1), series(|v| v.2));
    let one = |values, mark, role| Series { values, mark, role };
    let all = [
        one(&clarity, 'c', Role::Info),
        one(&trust, 't', Role::Good),
        one(&anger, 'a', Role::Late),
    ];
    plot(cx, drawn, &all, last);
    axis(
        cx,
        row_of(below(area, drawn.height), 0),
        drawn,
        debrief,
        view,
    );
    legend(cx, row_of(below(area, drawn.height), 1), debrief, view);
    quoted(cx, below(area, drawn.height + 2), view, &turning);
}

/// The turns' numbers under the plot; the chosen one is marked, the turning ones have a star.
fn axis(cx: &mut Cx<'_>, row: Rect, drawn: Rect, debrief: &DebriefState, view: &DebriefView) {
    let mut free = row.x;
    for (at, turn) in view.turns.iter().enumerate() {
        let chosen = at == debrief.turn;
        let words = match (chosen, turn.turning) {
            (true, _) => format!("[{}]", at + 1),
            (false, true) => format!("*{}", at + 1),
            (false, false) => (at + 1).to_string(),
        };
        let x = column(drawn, at + 1, view.turns.len());
        let cols = u16::try_from(words.len()).unwrap_or(4);
        let x = x.min(row.right().saturating_sub(cols));
        // A number without room is left out, unless it is the chosen one.
        if x < free && !chosen {
            continue;
        }
        let role = if chosen { Role::Selected } else { Role::Dim };
        let style = cx.style(role);
        cx.put(row, x, row.y, &words, style);
        free = x + cols + 1;
    }
}

fn legend(cx: &mut Cx<'_>, row: Rect, debrief: &DebriefState, view: &DebriefView) {
    let names = [
        ("a", "anger", Role::Late),
        ("t", "trust", Role::Good),
        ("c", "clarity", Role::Info),
    ];
    let mut x = row.x + 4;
    for (mark, name, role) in names {
        let style = cx.style(role);
        let words = format!("{mark} {}", word(cx, "number", name));
        x = cx.put(row, x, row.y, &words, style) + 2;
    }
    let after = view.turns.get(debrief.turn).map_or(view.start, |t| t.after);
    let words = format!("{}  {}", number(debrief.turn), mood(cx, after));
    let place = Rect {
        x,
        width: row.right().saturating_sub(x),
        ..row
    };
    let dim = cx.style(Role::Dim);
    let words = truncate(&words, usize::from(place.width));
    cx.put_right(place, place.y, &words, dim);
}

/// The turning sentences in words.
fn quoted(cx: &mut Cx<'_>, area: Rect, view: &DebriefView, turning: &[usize]) {
    let mut block = Block::new(area.width);
    if turning.is_empty() {
        block.words(Role::Dim, &cx.t("debrief-no-turning"), 0);
    }
    let each = usize::from(area.height) / turning.len().max(1);
    for at in turning.iter().take(usize::from(QUOTED)) {
        let Some(turn) = view.turns.get(*at) else {
            continue;
        };
        let before = at.checked_sub(1).and_then(|b| view.turns.get(b));
        let before = before.map_or(view.start.0, |t| t.after.0);
        let moved = format!("{before} -> {}", turn.after.0);
        let number = number(*at);
        let args = [
            ("turn", number.as_str().into()),
            ("anger", moved.as_str().into()),
        ];
        let mark = format!("* {} ", cx.t_args("debrief-turned", &args));
        let cols = usize::from(area.width).saturating_sub(4) * each.max(1);
        let room = cols.saturating_sub(crate::text::width::width(&mark));
        let words = format!("{mark}{}", truncate(&said(cx, turn), room));
        let role = if turn.after.0 <= before {
            Role::Good
        } else {
            Role::Late
        };
        block.words(role, &words, 2);
    }
    block.paint(cx, area, 0);
}
