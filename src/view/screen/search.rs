//! The search screen.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{field, list::List};

use super::palette::{hit_row, source};

/// Paints field, source and hits.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let search = &cx.state.search;
    let label = cx.t("search-label");
    let typing = search.typing && cx.state.overlays.is_empty();
    field::paint(cx, row_of(area, 0), &label, &search.line, typing);
    let told = match (search.running, search.hits.len()) {
        (true, _) => cx.t("search-running"),
        (false, 0) if search.line.is_empty() => cx.t("search-hint"),
        (false, 0) => cx.t("search-nothing"),
        (false, n) => {
            let from = source(cx, search.source);
            cx.t_args("search-found", &[("n", n.into()), ("source", from.into())])
        }
    };
    let dim = cx.style(Role::Dim);
    let place = row_of(area, 1);
    cx.put_cut(place, place.x, place.y, &told, dim);
    let body = Rect {
        y: area.y + 2.min(area.height),
        height: area.height.saturating_sub(2),
        ..area
    };
    let list = List {
        len: search.hits.len(),
        top: search.top,
        selected: search.cursor,
        focused: !search.typing,
    };
    list.paint(cx, body, |cx, index, place| {
        let found = cx.state.search.hits.get(index)?;
        hit_row(cx, place, found);
        Some(Hit::SearchHit(index))
    });
}
