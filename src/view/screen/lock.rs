//! The screen while it is locked: nothing of any ticket is on it.

use ratatui::layout::Rect;

use crate::text::width::width;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;

/// Paints the lock over everything.
pub fn paint(cx: &mut Cx<'_>, screen: Rect) {
    let plain = cx.style(Role::Text);
    cx.clear(screen, plain);
    let middle = usize::from(screen.height / 2);
    for (at, key, role) in [
        (middle.saturating_sub(1), "lock-title", Role::Strong),
        (middle + 1, "lock-do", Role::Dim),
    ] {
        let place = row_of(screen, at);
        let (words, style) = (cx.t(key), cx.style(role));
        let cols = u16::try_from(width(&words)).unwrap_or(u16::MAX);
        let x = place.x + place.width.saturating_sub(cols) / 2;
        cx.put(place, x, place.y, &words, style);
    }
}

/// Paints the one line that a screen too small for anything else has.
pub fn too_small(cx: &mut Cx<'_>, screen: Rect, least: (u16, u16)) {
    let values = [
        ("cols", screen.width.into()),
        ("rows", screen.height.into()),
        ("least_cols", least.0.into()),
        ("least_rows", least.1.into()),
    ];
    let long = cx.t_args("too-small", &values);
    let words = if width(&long) <= usize::from(screen.width) {
        long
    } else {
        cx.t_args("too-small-short", &values[2..])
    };
    let style = cx.style(Role::Strong);
    cx.put(
        screen,
        screen.x,
        screen.y + screen.height / 2,
        &words,
        style,
    );
}
