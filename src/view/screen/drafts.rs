//! The agent's drafts.

use ratatui::layout::Rect;

use crate::api::desk::DraftKey;
use crate::app::event::Hit;
use crate::text::SafeText;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::list::List;

use super::queue::number_or_mark;

/// Paints the list under its title.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    let drafts = &cx.state.drafts;
    let (title, style) = (cx.t("drafts-title"), cx.style(Role::TitleFocus));
    cx.put_cut(area, area.x, area.y, &title, style);
    let body = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    };
    if drafts.items.is_empty() {
        let (words, dim) = (cx.t("drafts-empty"), cx.style(Role::Dim));
        let place = row_of(body, 1);
        cx.put_cut(place, place.x + 1, place.y, &words, dim);
        return;
    }
    let list = List {
        len: drafts.items.len(),
        top: drafts.top,
        selected: drafts.index(),
        focused: true,
    };
    list.paint(cx, body, |cx, index, place| {
        let draft = cx.state.drafts.items.get(index)?;
        let (ticket, kind, role) = match draft.key {
            DraftKey::Reply(id) => (id, "draft-reply", Role::Reply),
            DraftKey::Note(id) => (id, "draft-note", Role::Note),
            DraftKey::Intake(id) => (id, "draft-intake", Role::Customer),
        };
        let known = cx.state.queue.rows.iter().find(|r| r.ticket.id == ticket);
        let number = number_or_mark(known.and_then(|r| r.ticket.number), ticket);
        let (dim, text, kind_style) = (cx.style(Role::Dim), cx.style(Role::Text), cx.style(role));
        let saved = cx.when(draft.saved_at);
        let mut x = cx.put(place, place.x + 1, place.y, &saved, dim) + 1;
        let kind = cx.t(kind);
        x = cx.put(place, x, place.y, &kind, kind_style) + 1;
        x = cx.put(place, x, place.y, &number, dim) + 1;
        if let Some(row) = known {
            let who = super::queue::caller(cx, row);
            x = cx.put(place, x, place.y, &who, text) + 1;
        }
        cx.put_cut(place, x, place.y, &SafeText::clean_line(&draft.text), text);
        Some(Hit::Draft(draft.key))
    });
}
