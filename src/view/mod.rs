//! The painter: state in, cells out. No mutation, no IO, no clock; what time alone changes is told to the caller, which
//! paints again then.
//!
//! Only cleaned text, locale words and figures reach a cell, and only through `cx::Cx::put`. Chrome is made of ASCII:
//! box-drawing characters have a doubtful width where a terminal paints ambiguous characters two columns wide. Where things
//! stand is decided by `app::layout`, which the state machine shares.

mod cx;
mod picture;
mod screen;
mod theme;
mod widget;
mod words;

#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::layout::{self, Layout};
use crate::app::state::{Overlay, Pane, Screen, State};

pub use cx::{Look, Painted};
pub use picture::svg;
pub use theme::{BadTheme, Role, Theme};

use cx::Cx;
use theme::Role as R;

/// Paints `state` into `buf`, whose area starts at (0, 0) and should have the size the state knows, the border of training
/// included.
#[must_use]
pub fn render(state: &State, look: Look<'_>, buf: &mut Buffer) -> Painted {
    if state.training.is_none() {
        return inside(state, look, buf);
    }
    let (cols, rows) = (
        buf.area.width.saturating_sub(2),
        buf.area.height.saturating_sub(2),
    );
    let mut inner = Buffer::empty(Rect::new(0, 0, cols, rows));
    let painted = inside(state, look, &mut inner);
    screen::training::frame::lay(state, look, buf, &inner, painted)
}

fn inside(state: &State, look: Look<'_>, buf: &mut Buffer) -> Painted {
    let area = buf.area;
    let mut cx = Cx::new(state, look, buf);
    if area.is_empty() {
        return cx.painted;
    }
    if state.locked() {
        screen::lock::paint(&mut cx, area);
        return cx.painted;
    }
    let places = layout::layout(state);
    if places.status.is_empty() {
        screen::lock::too_small(&mut cx, area, layout::LEAST);
        return cx.painted;
    }
    underneath(&mut cx, &places);
    widget::status::paint(&mut cx, places.status);
    widget::notice::paint(&mut cx, places.notice);
    widget::footer::paint(&mut cx, places.footer);
    if !state.overlays.is_empty() {
        // A click beside the layer means nothing, and the caret belongs to the layer alone.
        cx.painted.hits.clear();
        cx.painted.caret = None;
        widget::footer::paint(&mut cx, places.footer);
    }
    for overlay in &state.overlays {
        cx.painted.caret = None;
        match overlay {
            Overlay::Help(top) => screen::help::paint(&mut cx, places.screen, *top),
            Overlay::Palette(palette) => screen::palette::paint(&mut cx, places.screen, palette),
            Overlay::Cards(cards) => screen::cards::paint(&mut cx, places.screen, cards),
            Overlay::Growing(form) => screen::growing::paint(&mut cx, places.screen, form),
            Overlay::Deciding(form) => screen::deciding::paint(&mut cx, places.screen, form),
            Overlay::Review(form) => screen::quality::card(&mut cx, form),
            Overlay::Dialog(dialog) => screen::dialog::paint(&mut cx, places.screen, dialog),
            Overlay::Training(layer) => screen::training::layer(&mut cx, places.screen, layer),
            Overlay::Lock => {}
        }
    }
    cx.painted
}

fn underneath(cx: &mut Cx<'_>, places: &Layout) {
    let on_top = cx.state.overlays.is_empty();
    match cx.state.screen {
        Screen::Queue => {
            screen::queue::head(cx, places.strip);
            screen::queue::paint(cx, places.list, places.list_rows, on_top);
        }
        Screen::Ticket => {
            if !places.strip.is_empty() {
                widget::strip::paint(cx, places.strip);
            }
            let pane = cx.state.ticket.as_ref().map(|t| t.pane);
            let focused = pane == Some(Pane::Queue) && on_top;
            screen::queue::paint(cx, places.list, places.list_rows, focused);
            gutter(cx, places.list, true);
            screen::ticket::paint(cx, places);
            if places.tabs.is_empty() {
                gutter(cx, places.side, false);
            }
        }
        Screen::Intake => screen::intake::paint(cx, places),
        Screen::Team => screen::team::paint(cx, places.list),
        Screen::Returned => screen::returned::paint(cx, places.list),
        Screen::Drafts => screen::drafts::paint(cx, places.list),
        Screen::Search => screen::search::paint(cx, places.list),
        Screen::Lines => screen::grown::paint(cx, places),
        Screen::Quality => screen::quality::paint(cx, places),
        Screen::Practice
        | Screen::Lesson
        | Screen::Debrief
        | Screen::Pairs
        | Screen::Class
        | Screen::Spoken => screen::training::paint(cx, places.list),
    }
}

/// The line in the gap that the layout leaves behind (or in front of) a pane.
fn gutter(cx: &mut Cx<'_>, pane: Rect, behind: bool) {
    if pane.is_empty() || (!behind && pane.x == 0) {
        return;
    }
    let x = if behind { pane.right() } else { pane.x - 1 };
    let line = Rect {
        x,
        width: 1,
        ..pane
    };
    let style = cx.style(R::Gutter);
    for y in line.top()..line.bottom() {
        cx.put(line, x, y, "|", style);
    }
}
