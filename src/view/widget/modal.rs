//! A layer above the screen: a title bar and a body on a background of its own.

use ratatui::layout::Rect;

use crate::view::cx::Cx;
use crate::view::theme::Role;

/// Opens a layer of at most `cols` by `rows` (title included) in the middle of `screen`; gives the place of its body.
pub fn open(cx: &mut Cx<'_>, screen: Rect, cols: u16, rows: u16, title: &str) -> Rect {
    let cols = cols.min(screen.width.saturating_sub(2)).max(1);
    let rows = rows.min(screen.height.saturating_sub(2)).max(1);
    let area = Rect::new(
        screen.x + (screen.width.saturating_sub(cols)) / 2,
        screen.y + (screen.height.saturating_sub(rows)) / 3,
        cols.min(screen.width),
        rows.min(screen.height),
    );
    let style = cx.style(Role::Modal);
    cx.clear(area, style);
    let bar = Rect {
        height: area.height.min(1),
        ..area
    };
    let style = cx.style(Role::ModalTitle);
    cx.clear(bar, style);
    cx.put_cut(bar, bar.x + 1, bar.y, title, style);
    Rect::new(
        area.x + 1.min(area.width),
        area.y + bar.height,
        area.width.saturating_sub(2),
        area.height - bar.height,
    )
}
