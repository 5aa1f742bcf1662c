//! A list that puts into words only the rows it shows.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::app::queue::reveal;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;

/// Which rows are shown and how.
#[derive(Clone, Copy, Debug)]
pub struct List {
    /// How many rows there are.
    pub len: usize,
    /// The first row shown, as the state machine has it; corrected if the selection would be out of sight.
    pub top: usize,
    /// The selected row; beyond the end for none.
    pub selected: usize,
    /// Whether the keys go here.
    pub focused: bool,
}

impl List {
    /// Paints the rows. `row` paints one into its place and says what a click on it means; it is called for visible rows only.
    pub fn paint(
        self,
        cx: &mut Cx<'_>,
        area: Rect,
        mut row: impl FnMut(&mut Cx<'_>, usize, Rect) -> Option<Hit>,
    ) {
        let height = usize::from(area.height);
        let top = if self.selected < self.len {
            reveal(self.top, self.selected, self.len, height)
        } else {
            self.top.min(self.len.saturating_sub(height))
        };
        for (line, index) in (top..self.len.min(top + height)).enumerate() {
            let place = row_of(area, line);
            let hit = row(cx, index, place);
            cx.painted.rows_formatted += 1;
            if index == self.selected {
                let role = if self.focused {
                    Role::Selected
                } else {
                    Role::SelectedIdle
                };
                let style = cx.style(role);
                // The mark says it where colours say nothing.
                cx.put(place, place.x, place.y, ">", style);
                cx.tint(place, style);
            }
            if let Some(hit) = hit {
                cx.hit(place, hit);
            }
        }
    }
}
