//! The table of seats. A seat that nobody sits at shows how to join, whole, in rows of its own; one at which something was asked
//! in between shows what, and whether it was answered.

use ratatui::layout::Rect;

use crate::api::training::{AsideView, SeatRow, SeatStage};
use crate::app::event::Hit;
use crate::app::training::Spot;
use crate::app::training::class::ClassState;
use crate::text::{pad, pad_left, truncate, wrap};
use crate::view::cx::{Cx, row_of};
use crate::view::screen::training::curve;
use crate::view::theme::Role;

use super::desk;

/// Columns of the name, the stage, the level, the anger over the run.
const TEXTS: [usize; 4] = [10, 9, 3, 10];
/// Columns of anger, trust, minutes, callers, last points, runs.
const FIGURES: [usize; 6] = [5, 6, 4, 6, 5, 5];
/// From here on anger is marked (method 3.5: furious).
const HOT: u8 = 70;
/// Milliseconds in a minute.
const MINUTE: i64 = 60_000;

/// A row of the table.
enum Row<'a> {
    All,
    Seat(&'a SeatRow),
    Join(&'a str),
    Aside(&'a AsideView),
}

/// Paints the table.
pub fn paint(cx: &mut Cx<'_>, area: Rect, class: &ClassState, focused: bool) {
    if class.view.is_none() {
        let (words, dim) = (cx.t("class-loading"), cx.style(Role::Dim));
        cx.put_cut(area, area.x + 1, area.y, &words, dim);
        return;
    }
    head(cx, row_of(area, 0));
    let body = Rect {
        y: area.y + 1.min(area.height),
        height: area.height.saturating_sub(1),
        ..area
    };
    let rows = rows(class, usize::from(area.width));
    let selected = class.index();
    let first = rows.iter().position(|(at, _)| *at == selected).unwrap_or(0);
    let last = rows
        .iter()
        .rposition(|(at, _)| *at == selected)
        .unwrap_or(0);
    let height = usize::from(body.height);
    let top = (last + 1).saturating_sub(height).min(first);
    for (line, (at, row)) in rows.iter().skip(top).take(height).enumerate() {
        let place = row_of(body, line);
        match row {
            Row::All => all(cx, place, class),
            Row::Seat(seat) => seat_row(cx, place, seat),
            Row::Join(words) => {
                let style = cx.style(Role::Key);
                cx.put(place, place.x + 4, place.y, words, style);
            }
            Row::Aside(aside) => {
                let open = aside.answer.is_none();
                let style = cx.style(if open { Role::Soon } else { Role::Dim });
                let words = desk::asked(cx, aside);
                cx.put_cut(place, place.x + 4, place.y, &words, style);
            }
        }
        cx.painted.rows_formatted += 1;
        if *at == selected {
            let role = if focused {
                Role::Selected
            } else {
                Role::SelectedIdle
            };
            let style = cx.style(role);
            cx.put(place, place.x, place.y, ">", style);
            cx.tint(place, style);
        }
        cx.hit(place, Hit::Training(Spot::Seat(*at)));
    }
}

/// The rows, each with the place of the selection that it belongs to.
fn rows(class: &ClassState, cols: usize) -> Vec<(usize, Row<'_>)> {
    let mut out = vec![(0, Row::All)];
    for (at, seat) in class.seats().iter().enumerate() {
        out.push((at + 1, Row::Seat(seat)));
        if let Some(join) = seat
            .join
            .as_ref()
            .filter(|_| seat.stage == SeatStage::Empty)
        {
            let lines = wrap(join, cols.saturating_sub(5)).into_iter();
            let lines = lines.filter_map(|range| join.get(range));
            out.extend(lines.map(|words| (at + 1, Row::Join(words))));
        }
        if seat.stage == SeatStage::Running {
            out.extend(seat.asides.iter().map(|a| (at + 1, Row::Aside(a))));
        }
    }
    out
}

/// Columns that are left for the title.
fn title_cols(width: u16) -> usize {
    let fixed: usize = 2 + TEXTS.iter().sum::<usize>() + FIGURES.iter().sum::<usize>();
    usize::from(width).saturating_sub(fixed)
}

fn head(cx: &mut Cx<'_>, place: Rect) {
    let cells = [
        ("class-col-name", TEXTS[0]),
        ("class-col-stage", TEXTS[1]),
        ("class-col-level", TEXTS[2]),
        ("class-col-title", title_cols(place.width)),
        ("class-col-curve", TEXTS[3]),
    ];
    let mut line = "  ".to_owned();
    for (key, cols) in cells {
        line.push_str(&pad(&truncate(&cx.t(key), cols.saturating_sub(1)), cols));
    }
    let figures = [
        "class-col-anger",
        "class-col-trust",
        "class-col-minutes",
        "class-col-callers",
        "class-col-last",
        "class-col-runs",
    ];
    for (key, cols) in figures.into_iter().zip(FIGURES) {
        line.push_str(&pad_left(&cx.t(key), cols));
    }
    let dim = cx.style(Role::Dim);
    cx.put(place, place.x, place.y, &line, dim);
}

/// The row of all seats: how many are here, how many are with a customer.
fn all(cx: &mut Cx<'_>, place: Rect, class: &ClassState) {
    let seats = class.seats();
    let here = seats.iter().filter(|s| s.here).count();
    let run = seats
        .iter()
        .filter(|s| s.stage == SeatStage::Running)
        .count();
    let values = [
        ("seats", seats.len().into()),
        ("here", here.into()),
        ("run", run.into()),
    ];
    let (words, style) = (cx.t_args("class-all-row", &values), cx.style(Role::Strong));
    cx.put_cut(place, place.x + 2, place.y, &words, style);
}

/// Where a seat is, in a word that fits its column.
pub fn stage(cx: &Cx<'_>, seat: &SeatRow) -> (Role, String) {
    let (role, key) = match seat.stage {
        SeatStage::Empty => (Role::Dim, "class-stage-empty"),
        _ if !seat.here => (Role::Late, "class-stage-gone"),
        SeatStage::Running if seat.paused => (Role::Soon, "class-stage-paused"),
        SeatStage::Running => (Role::Good, "class-stage-running"),
        SeatStage::Lobby => (Role::Text, "class-stage-lobby"),
        SeatStage::Over => (Role::Text, "class-stage-over"),
        SeatStage::Release => (Role::Text, "class-stage-release"),
        SeatStage::Stopped => (Role::Soon, "class-stage-stopped"),
    };
    (role, cx.t(key))
}

fn seat_row(cx: &mut Cx<'_>, place: Rect, seat: &SeatRow) {
    let plays = !seat.scenario.is_empty();
    let level = if plays {
        seat.level.to_string()
    } else {
        String::new()
    };
    let title = title_cols(place.width);
    let (stage_role, stage) = stage(cx, seat);
    let cell = |text: &str, cols: usize| pad(&truncate(text, cols.saturating_sub(1)), cols);
    let curve = curve::line(&seat.anger, TEXTS[3] - 1);
    let cells = [
        (Role::Strong, cell(&seat.name, TEXTS[0])),
        (stage_role, cell(&stage, TEXTS[1])),
        (Role::Text, cell(&level, TEXTS[2])),
        (Role::Text, cell(&seat.title, title)),
        (Role::Info, cell(&curve, TEXTS[3])),
    ];
    let mut x = place.x + 2;
    for (role, text) in cells {
        let style = cx.style(role);
        x = cx.put(place, x, place.y, &text, style);
    }
    let anger = seat.anger.last().copied().filter(|_| plays);
    let minutes = seat.since.map(|since| {
        let passed = cx.state.now.minus(since).max(0);
        cx.changes(since.plus_millis((passed / MINUTE + 1) * MINUTE));
        (passed / MINUTE).to_string()
    });
    let callers = (seat.callers > 0).then(|| seat.callers.to_string());
    let figures = [
        anger.map(|a| a.to_string()),
        plays.then(|| seat.trust.to_string()),
        minutes,
        callers,
        seat.last.map(|p| p.to_string()),
        Some(seat.runs.to_string()),
    ];
    for (at, (figure, cols)) in figures.into_iter().zip(FIGURES).enumerate() {
        let hot = at == 0 && anger.is_some_and(|a| a >= HOT);
        let style = cx.style(if hot { Role::Late } else { Role::Text });
        let text = pad_left(figure.as_deref().unwrap_or("-"), cols);
        x = cx.put(place, x, place.y, &text, style);
    }
}
