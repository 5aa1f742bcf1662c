//! A block of wrapped lines: built first, then shown from a given row on.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::text::width::width;
use crate::text::wrap;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;

/// A line of pieces, each in a role.
#[derive(Clone, Debug, Default)]
struct Line {
    pieces: Vec<(Role, String)>,
    hit: Option<Hit>,
}

/// Lines being gathered for a place of so many columns.
#[derive(Clone, Debug)]
pub struct Block {
    cols: usize,
    lines: Vec<Line>,
}

impl Block {
    /// An empty block for `cols` columns.
    pub fn new(cols: u16) -> Self {
        Self {
            cols: usize::from(cols),
            lines: Vec::new(),
        }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// A heading, with an empty line in front of it unless it is the first.
    pub fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        self.pieces(vec![(Role::Title, text.to_owned())]);
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.lines.push(Line::default());
    }

    /// One line of pieces, cut at the edge.
    pub fn pieces(&mut self, pieces: Vec<(Role, String)>) {
        self.lines.push(Line { pieces, hit: None });
    }

    /// Words, wrapped; the following rows are indented by `indent` columns.
    pub fn words(&mut self, role: Role, text: &str, indent: usize) {
        self.hung(role, "", text, indent, None);
    }

    /// Words behind a mark, wrapped under each other; a click on any of them means `hit`.
    pub fn hung(&mut self, role: Role, mark: &str, text: &str, indent: usize, hit: Option<Hit>) {
        let indent = indent.max(width(mark)).min(self.cols / 2);
        let blank = " ".repeat(indent);
        let head = crate::text::pad(mark, indent);
        for (at, range) in wrap(text, self.cols.saturating_sub(indent))
            .into_iter()
            .enumerate()
        {
            let lead = if at == 0 { &head } else { &blank };
            let words = text.get(range).unwrap_or_default().to_owned();
            self.lines.push(Line {
                pieces: vec![(role, lead.clone()), (role, words)],
                hit: hit.clone(),
            });
        }
    }

    /// Keys in a column of `cols`, and words wrapped beside them.
    pub fn keyed(&mut self, keys: &str, cols: usize, text: &str) {
        let first = self.lines.len();
        self.hung(Role::Text, keys, text, cols, None);
        if let Some((role, _)) = self.lines.get_mut(first).and_then(|l| l.pieces.first_mut()) {
            *role = Role::Key;
        }
    }

    /// Paints the lines from `top` on; gives how many rows were used.
    pub fn paint(&self, cx: &mut Cx<'_>, area: Rect, top: usize) -> u16 {
        let most = self.lines.len().saturating_sub(usize::from(area.height));
        let mut used = 0;
        for (at, line) in self.lines.iter().skip(top.min(most)).enumerate() {
            let place = row_of(area, at);
            if place.is_empty() {
                break;
            }
            let mut x = place.x;
            for (role, text) in &line.pieces {
                let style = cx.style(*role);
                x = cx.put(place, x, place.y, text, style);
            }
            if let Some(hit) = &line.hit {
                cx.hit(place, hit.clone());
            }
            used += 1;
        }
        cx.painted.rows_formatted += usize::from(used);
        used
    }
}
