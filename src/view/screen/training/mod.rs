//! Screens and layers that only training has.

pub(in crate::view) mod class;
pub(in crate::view) mod curve;
pub(in crate::view) mod debrief;
pub(in crate::view) mod frame;
pub(in crate::view) mod lesson;
pub(in crate::view) mod lobby;
pub(in crate::view) mod pairs;
pub(in crate::view) mod seat;
pub(in crate::view) mod spoken;
mod telling;

#[cfg(test)]
mod tests;

use ratatui::layout::Rect;

use crate::app::state::Screen;
use crate::app::training::Layer;
use crate::view::cx::Cx;

/// Paints the screen of training underneath.
pub fn paint(cx: &mut Cx<'_>, area: Rect) {
    match cx.state.screen {
        Screen::Practice => lobby::paint(cx, area),
        Screen::Lesson => lesson::paint(cx, area),
        Screen::Debrief => debrief::paint(cx, area),
        Screen::Pairs => pairs::paint(cx, area),
        Screen::Class => class::paint(cx, area),
        Screen::Spoken => spoken::paint(cx, area),
        _ => {}
    }
}

/// Paints a layer of training.
pub fn layer(cx: &mut Cx<'_>, screen: Rect, layer: &Layer) {
    match layer {
        Layer::Offers(offers) => seat::offers(cx, screen, offers),
        Layer::Storm(storm) => seat::storm(cx, screen, storm),
        Layer::Release => seat::release(cx, screen),
        Layer::Class(layer) => class::layer(cx, screen, layer),
        Layer::Debrief(layer) => debrief::layer(cx, screen, layer),
    }
}

/// A value of 0 to 100 as a bar of so many columns, in characters every terminal has.
#[must_use]
pub fn bar(value: u8, cols: usize) -> String {
    let full = usize::from(value.min(100)) * cols / 100;
    let mut out = "#".repeat(full);
    out.push_str(&".".repeat(cols - full));
    out
}
