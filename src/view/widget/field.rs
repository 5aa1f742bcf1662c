//! A field of one line: a label, the words, the caret.

use ratatui::layout::{Position, Rect};

use crate::app::line::Line;
use crate::text::SafeText;
use crate::view::cx::Cx;
use crate::view::theme::Role;

/// Paints `line` behind `label` into one row. The caret is shown when `focused`; a text that is too long is scrolled so
/// that the caret stays in sight.
pub fn paint(cx: &mut Cx<'_>, area: Rect, label: &str, line: &Line, focused: bool) {
    let role = if focused {
        Role::TitleFocus
    } else {
        Role::Title
    };
    let style = cx.style(role);
    let x = cx.put(area, area.x, area.y, label, style);
    let x = if label.is_empty() { x } else { x + 1 };
    let room = usize::from(area.right().saturating_sub(x));
    if room == 0 || area.height == 0 {
        return;
    }
    // One cell is kept for the caret behind the last character.
    let skip = line.caret_col().saturating_sub(room - 1);
    let from = crate::text::caret::byte_at_col(line.text(), skip);
    let from = if crate::text::caret::caret_in(line.text(), from) < skip {
        crate::text::caret::byte_at_col(line.text(), skip + 1)
    } else {
        from
    };
    let shown = line.text().get(from..).unwrap_or_default();
    let style = cx.style(Role::Text);
    cx.put(area, x, area.y, &SafeText::clean_str(shown), style);
    if focused {
        let before = crate::text::caret::caret_in(line.text(), from);
        let col = u16::try_from(line.caret_col() - before).unwrap_or(u16::MAX);
        let at = x.saturating_add(col).min(area.right() - 1);
        cx.painted.caret = Some(Position::new(at, area.y));
    }
}
