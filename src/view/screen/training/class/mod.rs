//! A class: the table of seats, one desk from near, and the questions that come before an order.

pub(super) mod desk;
mod layer;
mod table;

use ratatui::layout::Rect;

use crate::app::training::class::{Focus, WIDE};
use crate::view::cx::Cx;
use crate::view::theme::Role;

pub use layer::paint as layer;

/// Paints the screen: table and desk beside each other where they fit, else the one that has the keys.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let Some(practice) = cx.state.training.as_deref() else {
        return;
    };
    let class = &practice.class;
    let on_top = cx.state.overlays.is_empty();
    let (seats, lines) = (class.focus == Focus::Seats, class.focus == Focus::Lines);
    if cx.state.size.0 < WIDE {
        if lines {
            return desk::paint(cx, area, class, on_top);
        }
        return table::paint(cx, area, class, on_top);
    }
    let cols = area.width * 11 / 20;
    let left = Rect {
        width: cols,
        ..area
    };
    let right = Rect {
        x: area.x + cols + 2,
        width: area.width.saturating_sub(cols + 2),
        ..area
    };
    table::paint(cx, left, class, on_top && seats);
    let gutter = cx.style(Role::Gutter);
    for y in area.top()..area.bottom() {
        cx.put(area, area.x + cols, y, "|", gutter);
    }
    desk::paint(cx, right, class, on_top && lines);
}

#[cfg(test)]
mod tests;
