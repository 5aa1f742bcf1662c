//! A picture of a screen: the cells of a buffer as SVG, for the README and for looking at a screen without a terminal.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::text::width::grapheme_width;

/// Width and height of a cell, in pixels.
const CELL: (usize, usize) = (9, 19);
/// The baseline inside a cell, in pixels.
const BASE: usize = 14;

/// The buffer as SVG. The caret is drawn as a bar. Every glyph is placed by its cell, so that a viewer's fonts shift nothing.
#[must_use]
pub fn svg(buffer: &Buffer, caret: Option<Position>) -> String {
    let (cols, rows) = (
        usize::from(buffer.area.width),
        usize::from(buffer.area.height),
    );
    let (width, height) = (cols * CELL.0, rows * CELL.1);
    let mut out = String::with_capacity(cols * rows * 24);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" font-size=\"15\" xml:space=\"preserve\" \
         font-family=\"'Sarasa Mono SC','Noto Sans Mono CJK SC','DejaVu Sans Mono',monospace\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{BACKGROUND}\"/>\n"
    );
    for (y, row) in buffer.content.chunks(cols.max(1)).enumerate() {
        backgrounds(row, y, &mut out);
        glyphs(row, y, &mut out);
    }
    if let Some(at) = caret {
        let (x, y) = (usize::from(at.x) * CELL.0, usize::from(at.y) * CELL.1);
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\" fill=\"{FOREGROUND}\"/>",
            CELL.1
        );
    }
    out.push_str("</svg>\n");
    out
}

fn backgrounds(row: &[Cell], y: usize, out: &mut String) {
    // The second cell of a wide glyph is not painted by itself: it looks like the first.
    let mut backs = Vec::with_capacity(row.len());
    while let Some(cell) = row.get(backs.len()) {
        let cols = grapheme_width(cell.symbol()).max(1);
        backs.resize((backs.len() + cols).min(row.len()), colours(cell).1);
    }
    let mut x = 0;
    for run in backs.chunk_by(|a, b| a == b) {
        if let Some(back) = run.first().filter(|b| **b != BACKGROUND) {
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{back}\"/>",
                x * CELL.0,
                y * CELL.1,
                run.len() * CELL.0,
                CELL.1
            );
        }
        x += run.len();
    }
}

fn glyphs(row: &[Cell], y: usize, out: &mut String) {
    let mut x = 0;
    while x < row.len() {
        let cell = &row[x];
        let start = x;
        let mut text = String::new();
        let mut places = String::new();
        // A run of one look becomes one element with a place for each glyph.
        while x < row.len() && look(&row[x]) == look(cell) {
            let symbol = row[x].symbol();
            let cols = grapheme_width(symbol).max(1);
            // A word ends at a blank: viewers that know one place an element only still put every word right.
            if symbol == " " {
                x += cols;
                break;
            }
            for c in symbol.chars() {
                escape(c, &mut text);
                let _ = write!(places, "{} ", x * CELL.0);
            }
            x += cols;
        }
        x = x.max(start + 1);
        if text.is_empty() {
            continue;
        }
        let (fore, _) = colours(cell);
        let modifier = cell.modifier;
        let mut attributes = String::new();
        for (bit, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::DIM, " opacity=\"0.65\""),
        ] {
            if modifier.contains(bit) {
                attributes.push_str(attribute);
            }
        }
        let _ = writeln!(
            out,
            "<text y=\"{}\" x=\"{}\" fill=\"{fore}\"{attributes}>{text}</text>",
            y * CELL.1 + BASE,
            places.trim_end()
        );
    }
}

fn look(cell: &Cell) -> (Color, Color, Modifier) {
    (cell.fg, cell.bg, cell.modifier)
}

fn escape(c: char, out: &mut String) {
    match c {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        c => out.push(c),
    }
}

const FOREGROUND: &str = "#d5d8da";
const BACKGROUND: &str = "#16181d";

/// Foreground and background of a cell on a dark terminal.
fn colours(cell: &Cell) -> (&'static str, &'static str) {
    let fore = named(cell.fg).unwrap_or(FOREGROUND);
    let back = named(cell.bg).unwrap_or(BACKGROUND);
    if cell.modifier.contains(Modifier::REVERSED) {
        (back, fore)
    } else {
        (fore, back)
    }
}

const fn named(colour: Color) -> Option<&'static str> {
    Some(match colour {
        Color::Black => "#2a2e36",
        Color::Red => "#c4605c",
        Color::Green => "#7fa65f",
        Color::Yellow => "#d69e3c",
        Color::Blue => "#2f5fae",
        Color::Magenta => "#8e4f96",
        Color::Cyan => "#4a9aa5",
        Color::Gray => "#b9bdc2",
        Color::DarkGray => "#6c7480",
        Color::LightRed => "#e0807c",
        Color::LightGreen => "#9cc47e",
        Color::LightYellow => "#eac06e",
        Color::LightBlue => "#6ea3ee",
        Color::LightMagenta => "#bb82c4",
        Color::LightCyan => "#7cc7d2",
        Color::White => "#f2f4f5",
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn wide_glyphs_stand_on_their_cells_and_markup_is_escaped() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 2));
        buffer.set_string(0, 0, "退款<a&", Style::new());
        buffer.set_string(0, 1, "x", Style::new().bold().fg(Color::Yellow));
        let picture = svg(&buffer, Some(Position::new(4, 0)));
        assert!(picture.contains("x=\"0 18 36 45 54\""), "{picture}");
        assert!(picture.contains("退款&lt;a&amp;"), "{picture}");
        assert!(picture.contains("font-weight=\"bold\">x<"), "{picture}");
        assert!(
            picture.contains("<rect x=\"36\" y=\"0\" width=\"2\""),
            "{picture}"
        );
    }

    #[test]
    fn nothing_is_a_picture_too() {
        assert!(svg(&Buffer::empty(Rect::ZERO), None).ends_with("</svg>\n"));
    }
}
