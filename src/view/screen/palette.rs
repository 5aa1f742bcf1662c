//! The palette: every action, ticket, customer and playbook by name.

use ratatui::layout::Rect;

use crate::api::desk::{Hit as Found, HitSource};
use crate::app::event::Hit;
use crate::app::keymap::Place;
use crate::app::palette::{PaletteRow, PaletteState};
use crate::text::SafeText;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::{field, list::List, modal};

use super::queue::number_or_mark;

/// Paints the palette.
pub fn paint(cx: &mut Cx<'_>, screen: Rect, palette: &PaletteState) {
    let title = cx.t("palette-title");
    let rows = screen.height.saturating_sub(4).min(20);
    let body = modal::open(cx, screen, 80, rows, &title);
    field::paint(cx, row_of(body, 0), ">", &palette.line, true);
    let rest = Rect {
        y: body.y + 1.min(body.height),
        height: body.height.saturating_sub(1),
        ..body
    };
    if palette.rows.is_empty() {
        let (words, style) = (cx.t("palette-nothing"), cx.style(Role::Modal));
        cx.put_cut(rest, rest.x, rest.y, &words, style);
        return;
    }
    let list = List {
        len: palette.rows.len(),
        top: 0,
        selected: palette.cursor,
        focused: true,
    };
    list.paint(cx, rest, |cx, index, place| {
        match palette.rows.get(index)? {
            PaletteRow::Action(action) => {
                let (name, about) = (cx.t(&action.name_key()), cx.t(&action.about_key()));
                let key = cx
                    .state
                    .keymap
                    .keys(Place::Ticket, *action)
                    .first()
                    .copied();
                let mut room = place;
                if let Some(key) = key {
                    let style = cx.style(Role::Key);
                    let x = cx.put_right(place, place.y, &format!(" {key}"), style);
                    room.width = x.saturating_sub(place.x);
                }
                pair(cx, room, &name, &about);
            }
            PaletteRow::Playbook { id, title } => {
                let title = SafeText::clean_line(title);
                let kind = cx.t("palette-playbook");
                pair(cx, place, &format!("{id} {title}"), &kind);
            }
            PaletteRow::Hit(found) => hit_row(cx, place, found),
        }
        Some(Hit::PaletteRow(index))
    });
}

fn pair(cx: &mut Cx<'_>, place: Rect, name: &str, about: &str) {
    let style = cx.style(Role::Strong);
    let x = cx.put_cut(place, place.x + 1, place.y, name, style) + 2;
    let dim = cx.style(Role::Dim);
    cx.put_cut(place, x, place.y, about, dim);
}

/// Paints a hit of the store in one row.
pub fn hit_row(cx: &mut Cx<'_>, place: Rect, found: &Found) {
    match found {
        Found::Ticket {
            ticket,
            number,
            caller,
            excerpt,
            at,
        } => {
            let dim = cx.style(Role::Dim);
            let when = cx.when(*at);
            let x = cx.put_right(place, place.y, &format!(" {when}"), dim);
            let room = Rect {
                width: x.saturating_sub(place.x),
                ..place
            };
            let name = format!("{} {}", number_or_mark(*number, *ticket), caller.to_line());
            pair(cx, room, &name, &excerpt.to_line());
        }
        Found::Customer {
            name, phone_last4, ..
        } => {
            let last = if phone_last4.is_empty() {
                String::new()
            } else {
                format!("..{phone_last4}")
            };
            let kind = format!("{} {last}", cx.t("palette-customer"));
            pair(cx, place, &name.to_line(), &kind);
        }
    }
}

/// Where hits come from, in words.
pub fn source(cx: &Cx<'_>, source: Option<HitSource>) -> String {
    match source {
        Some(HitSource::Desk) => cx.t("hits-desk"),
        Some(HitSource::Server) => cx.t("hits-server"),
        None => String::new(),
    }
}
