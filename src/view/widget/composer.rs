//! The box words are written in: a title that says what they will be, a border of its own, the caret's real cell.

use ratatui::layout::{Position, Rect};

use crate::app::advice::{Mark, MarkSeverity};
use crate::app::composer::Composer;
use crate::app::event::Hit;
use crate::text::width::width;
use crate::text::{SafeText, truncate};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;

/// How a box is dressed.
#[derive(Clone, Copy, Debug)]
pub struct Dress<'a> {
    /// What the title says: a word first, so that it does not rest on colour.
    pub title: &'a str,
    /// What stands at the right of the title.
    pub aside: &'a str,
    /// The title's role.
    pub title_role: Role,
    /// The border's role.
    pub frame_role: Role,
    /// What the border is made of.
    pub border: &'a str,
    /// What stands in an empty box.
    pub placeholder: &'a str,
    /// Whether the keys go here.
    pub focused: bool,
    /// What the rules say to the words.
    pub marks: &'a [Mark],
}

/// Paints the box: `frame` with its title row, `text` the cells of the words.
pub fn paint(cx: &mut Cx<'_>, frame: Rect, text: Rect, composer: &Composer, dress: &Dress<'_>) {
    let bar = row_of(frame, 0);
    let style = cx.style(if dress.focused {
        dress.title_role
    } else {
        dress.frame_role
    });
    cx.clear(bar, style);
    let inner = Rect {
        x: bar.x + 1,
        width: bar.width.saturating_sub(2),
        ..bar
    };
    let end = cx.put_cut(inner, inner.x, inner.y, dress.title, style);
    let aside_cols = u16::try_from(width(dress.aside)).unwrap_or(u16::MAX);
    if inner.right().saturating_sub(end) > aside_cols.saturating_add(1) {
        cx.put_right(inner, inner.y, dress.aside, style);
    }
    let border = cx.style(dress.frame_role);
    for y in frame.top() + 1..frame.bottom() {
        cx.put(frame, frame.x, y, dress.border, border);
    }
    words(cx, text, composer, dress);
    cx.hit(text, Hit::Compose { row: 0, col: 0 });
    if dress.focused && !text.is_empty() {
        let (row, col) = composer.caret_cell();
        if row < text.height {
            let x = text.x.saturating_add(col).min(text.right() - 1);
            cx.painted.caret = Some(Position::new(x, text.y + row));
        }
    }
}

fn words(cx: &mut Cx<'_>, area: Rect, composer: &Composer, dress: &Dress<'_>) {
    if composer.text().is_empty() {
        let style = cx.style(Role::Dim);
        let hint = truncate(dress.placeholder, usize::from(area.width));
        cx.put(area, area.x, area.y, &hint, style);
        return;
    }
    let plain = cx.style(Role::Text);
    let shown = composer.rows().iter().skip(composer.top());
    for (at, range) in shown.take(usize::from(area.height)).enumerate() {
        let place = row_of(area, at);
        let row = composer.text().get(range.clone()).unwrap_or_default();
        cx.put(place, place.x, place.y, &SafeText::clean_str(row), plain);
        for mark in dress
            .marks
            .iter()
            .filter(|m| m.severity > MarkSeverity::Hint)
        {
            let from = mark.span.start.clamp(range.start, range.end) - range.start;
            let to = mark.span.end.clamp(range.start, range.end) - range.start;
            let (Some(head), Some(body)) = (row.get(..from), row.get(from..to)) else {
                continue;
            };
            let cols = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
            let tint = Rect {
                x: place.x.saturating_add(cols(head)),
                width: cols(body),
                ..place
            };
            let style = cx.style(Role::Marked);
            cx.tint(tint.intersection(area), style);
        }
        cx.painted.rows_formatted += 1;
    }
}
