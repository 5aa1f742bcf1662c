//! The painter: two cell buffers, their difference as bytes, one write a frame.
//!
//! It stands in the place of `ratatui::Terminal` and its backend for three reasons. A frame must be one write inside a
//! synchronised update (no tearing over SSH). A terminal may paint ambiguous characters and emoji wider than the buffer
//! believes: after every grapheme of doubtful width the painter names the next column outright and paints its neighbour
//! again, so that no border shifts. And nothing may ever ask the terminal where its cursor is (an answer may not come).

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use crate::text::width::{grapheme_width, is_doubtful};

/// Bytes a frame may take before the buffer must grow; a full repaint of 160x45 in Chinese stays below.
const ROOM: usize = 64 * 1024;

/// Begins a synchronised update: the terminal shows nothing until its end.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Ends it.
const END: &[u8] = b"\x1b[?2026l";
const HIDE: &[u8] = b"\x1b[?25l";
const SHOW: &[u8] = b"\x1b[?25h";

/// What a frame cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FrameCost {
    /// Bytes written.
    pub bytes: usize,
    /// Write calls.
    pub writes: usize,
}

/// Paints buffers to a terminal.
#[derive(Debug)]
pub struct Painter<W: Write> {
    out: W,
    shown: Buffer,
    next: Buffer,
    /// Whether what the terminal shows is unknown (start, resize, return from suspension).
    stale: bool,
    caret: Option<Position>,
    bytes: Vec<u8>,
}

impl<W: Write> Painter<W> {
    /// A painter for a terminal of `area`, whose content is unknown.
    pub fn new(out: W, area: Rect) -> Self {
        Self {
            out,
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            stale: true,
            caret: None,
            bytes: Vec::with_capacity(ROOM),
        }
    }

    /// The size painted to.
    pub const fn area(&self) -> Rect {
        self.next.area
    }

    /// The terminal has another size; everything is painted again.
    pub fn resize(&mut self, area: Rect) {
        if area != self.next.area {
            self.next.resize(area);
            self.shown.resize(area);
        }
        self.stale = true;
    }

    /// Forgets what the terminal shows: the next frame paints every cell.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    /// The emptied buffer to draw the next frame into.
    pub fn canvas(&mut self) -> &mut Buffer {
        self.next.reset();
        &mut self.next
    }

    /// Paints what stands in the canvas, with the terminal's own cursor at `caret` (hidden when there is none). `title`
    /// becomes the window's title. Writes nothing when nothing changed.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn paint(&mut self, caret: Option<Position>, title: Option<&str>) -> io::Result<FrameCost> {
        self.bytes.clear();
        self.bytes.extend_from_slice(BEGIN);
        self.bytes.extend_from_slice(HIDE);
        if let Some(title) = title {
            // The title is made from SafeText: no control can end the sequence early.
            self.bytes.extend_from_slice(b"\x1b]2;");
            self.bytes
                .extend(title.bytes().filter(|b| !b.is_ascii_control()));
            self.bytes.push(0x07);
        }
        let before = self.bytes.len();
        if self.stale {
            self.bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
            self.shown.reset();
        }
        if !self.stale {
            scroll(&mut self.shown, &self.next, &mut self.bytes);
        }
        difference(&self.shown, &self.next, self.stale, &mut self.bytes);
        let unchanged = self.bytes.len() == before && title.is_none();
        if unchanged && caret == self.caret {
            return Ok(FrameCost::default());
        }
        if let Some(at) = caret {
            move_to(&mut self.bytes, at.x, at.y);
            self.bytes.extend_from_slice(SHOW);
        }
        self.bytes.extend_from_slice(END);
        self.out.write_all(&self.bytes)?;
        self.out.flush()?;
        self.stale = false;
        self.caret = caret;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(FrameCost {
            bytes: self.bytes.len(),
            writes: 1,
        })
    }

    /// Writes bytes that are no cells (a bell, a clipboard sequence) between frames.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
    }

    /// The writer.
    pub const fn out(&self) -> &W {
        &self.out
    }
}

/// Fewer rows than this that moved together are painted anew.
const WORTH_SCROLLING: usize = 8;

/// Lets the terminal move rows that only moved up or down by one (a full-width list that scrolls), so that they are not
/// written again: a row scroll of a full Chinese screen would cost more than 4 kB otherwise. What the terminal shows
/// afterwards is kept in `shown`; the difference paints the rest.
fn scroll(shown: &mut Buffer, next: &Buffer, out: &mut Vec<u8>) {
    let (width, height) = (usize::from(next.area.width), usize::from(next.area.height));
    if width == 0 || height <= WORTH_SCROLLING {
        return;
    }
    let old = |y: usize| &shown.content[y * width..(y + 1) * width];
    let new = |y: usize| &next.content[y * width..(y + 1) * width];
    let run = |up: bool| {
        let moved = |y: usize| {
            let from = if up { y + 1 } else { y.wrapping_sub(1) };
            from < height && new(y) == old(from) && new(y) != old(y)
        };
        let (mut best, mut start) = (0..0, 0);
        for y in 0..=height {
            if y < height && moved(y) {
                continue;
            }
            if y - start > best.len() {
                best = start..y;
            }
            start = y + 1;
        }
        best
    };
    let (up, down) = (run(true), run(false));
    let (rows, is_up) = if up.len() >= down.len() {
        (up, true)
    } else {
        (down, false)
    };
    if rows.len() < WORTH_SCROLLING {
        return;
    }
    // The region holds the row that is moved out as well.
    let (first, last) = if is_up {
        (rows.start, rows.end)
    } else {
        (rows.start - 1, rows.end - 1)
    };
    let order = if is_up { 'S' } else { 'T' };
    let _ = write!(
        out,
        "\x1b[0m\x1b[{};{}r\x1b[{order}\x1b[r",
        first + 1,
        last + 1
    );
    let cells = &mut shown.content[first * width..(last + 1) * width];
    let blank = if is_up {
        cells.rotate_left(width);
        last
    } else {
        cells.rotate_right(width);
        first
    };
    for cell in &mut shown.content[blank * width..(blank + 1) * width] {
        cell.reset();
    }
}

/// Appends what turns `shown` into `next` on a terminal.
fn difference(shown: &Buffer, next: &Buffer, all: bool, out: &mut Vec<u8>) {
    let width = usize::from(next.area.width);
    if width == 0 {
        return;
    }
    let mut pen = Pen::default();
    let rows = next.content.chunks(width).zip(shown.content.chunks(width));
    for (y, (new, old)) in rows.enumerate() {
        if all || new != old {
            row(new, old, y, &mut pen, out);
        }
    }
    pen.rest(out);
}

fn row(new: &[Cell], old: &[Cell], y: usize, pen: &mut Pen, out: &mut Vec<u8>) {
    let (mut x, mut dirty_until) = (0, 0);
    while x < new.len() {
        let symbol = new[x].symbol();
        let cols = grapheme_width(symbol).max(1);
        let tail = (x + cols).min(new.len());
        let differs = new[x] != old[x] || (x + 1..tail).any(|i| new[i] != old[i]);
        if differs || x < dirty_until {
            // What stood here may have covered more cells than what comes; those must be painted too.
            let was = grapheme_width(old[x].symbol()).max(1);
            let spill = usize::from(!is_certain(symbol) || !is_certain(old[x].symbol()));
            dirty_until = dirty_until.max(x + cols.max(was) + spill);
            pen.go(x, y, out);
            pen.style(&new[x], out);
            out.extend_from_slice(symbol.as_bytes());
            pen.at = is_certain(symbol).then_some((x + cols, y));
        }
        x += cols;
    }
}

/// Whether every terminal agrees how many columns this grapheme takes.
fn is_certain(symbol: &str) -> bool {
    if symbol.len() == 1 {
        return true;
    }
    let mut chars = symbol.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return false;
    };
    match c {
        // Han, Kana, Hangul, CJK marks, full-width forms.
        '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => true,
        '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}' => true,
        '\u{a0}'..='\u{2ff}' => !is_doubtful(c),
        _ => false,
    }
}

/// Where the terminal's cursor is and how it writes, as far as that is known.
#[derive(Default)]
struct Pen {
    /// Column and row; nothing after a grapheme of doubtful width.
    at: Option<(usize, usize)>,
    row: Option<usize>,
    style: Option<(Color, Color, Modifier)>,
}

impl Pen {
    fn go(&mut self, x: usize, y: usize, out: &mut Vec<u8>) {
        if self.at == Some((x, y)) {
            return;
        }
        if self.row == Some(y) {
            let _ = write!(out, "\x1b[{}G", x + 1);
        } else {
            let _ = write!(out, "\x1b[{};{}H", y + 1, x + 1);
        }
        self.row = Some(y);
    }

    fn style(&mut self, cell: &Cell, out: &mut Vec<u8>) {
        let blank = cell.symbol() == " ";
        let mut want = (cell.fg, cell.bg, cell.modifier);
        let seen = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        if blank && !cell.modifier.intersects(seen) {
            // A blank shows no foreground: keeping the pen as it is saves a sequence.
            if let Some((fg, bg, modifier)) = self.style
                && bg == cell.bg
                && !modifier.intersects(seen)
            {
                want = (fg, bg, modifier);
            }
        }
        if self.style == Some(want) {
            return;
        }
        out.extend_from_slice(b"\x1b[0");
        let (fg, bg, modifier) = want;
        for (bit, code) in MODIFIERS {
            if modifier.contains(bit) {
                let _ = write!(out, ";{code}");
            }
        }
        colour(fg, 30, out);
        colour(bg, 40, out);
        out.push(b'm');
        self.style = Some(want);
    }

    /// Leaves the terminal writing plainly.
    fn rest(&self, out: &mut Vec<u8>) {
        if self
            .style
            .is_some_and(|s| s != (Color::Reset, Color::Reset, Modifier::empty()))
        {
            out.extend_from_slice(b"\x1b[0m");
        }
    }
}

const MODIFIERS: [(Modifier, u8); 6] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];

/// Appends one of the 16 colours of a terminal; `base` is 30 for the foreground and 40 for the background. Other colours
/// are never used: a theme file cannot name them.
fn colour(colour: Color, base: u8, out: &mut Vec<u8>) {
    let (index, bright) = match colour {
        Color::Black => (0, false),
        Color::Red => (1, false),
        Color::Green => (2, false),
        Color::Yellow => (3, false),
        Color::Blue => (4, false),
        Color::Magenta => (5, false),
        Color::Cyan => (6, false),
        Color::Gray => (7, false),
        Color::DarkGray => (0, true),
        Color::LightRed => (1, true),
        Color::LightGreen => (2, true),
        Color::LightYellow => (3, true),
        Color::LightBlue => (4, true),
        Color::LightMagenta => (5, true),
        Color::LightCyan => (6, true),
        Color::White => (7, true),
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return,
    };
    let _ = write!(out, ";{}", base + index + if bright { 60 } else { 0 });
}

fn move_to(out: &mut Vec<u8>, x: u16, y: u16) {
    let _ = write!(out, "\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1);
}

#[cfg(test)]
mod tests;
