//! Painted by its own helper.

use ratatui::layout::Rect;

use crate::view::cx::Cx;

/// Paints the screen.
pub fn paint(_cx: &mut Cx<'_>, _area: Rect) {}

/// Paints a question above it.
pub fn layer(_cx: &mut Cx<'_>, _screen: Rect, layer: &crate::app::training::class::ClassLayer) {
    match *layer {}
}
