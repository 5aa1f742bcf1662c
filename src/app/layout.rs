//! Where everything stands: a pure function of the size and the state, called by the painter and by the state machine
//! (page sizes, widths of text), so that both mean the same cells.

use ratatui::layout::Rect;

use super::grown;
use super::quality;
use super::state::{Screen, State};

/// The narrowest screen that is drawn, in columns and rows.
pub const LEAST: (u16, u16) = (60, 16);
/// From so many columns the coach stands beside the compose box.
pub const BESIDE_COLS: u16 = 100;
/// From so many columns and rows queue, ticket and side column stand beside each other.
pub const PANES: (u16, u16) = (120, 30);
/// Rows of text the compose box never falls below.
pub const COMPOSE_ROWS: u16 = 4;

/// How much fits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// Queue, ticket, side column.
    Panes,
    /// Ticket and side column.
    Beside,
    /// One thing at a time, with tabs.
    Tabs,
    /// Nothing; one line says so.
    TooSmall,
}

/// The places of one frame. An empty rectangle is not drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    /// The whole screen.
    pub screen: Rect,
    /// The status line at the top: who, duty, link, outbox, call.
    pub status: Rect,
    /// The counts.
    pub strip: Rect,
    /// Caller, number and next due time of the ticket; never absent on the ticket screen.
    pub ident: Rect,
    /// The tabs.
    pub tabs: Rect,
    /// The list of tickets, or any other list in its place.
    pub list: Rect,
    /// The rows of that list, below its title row.
    pub list_rows: Rect,
    /// The conversation, its frame included.
    pub timeline: Rect,
    /// The rows of the conversation.
    pub timeline_text: Rect,
    /// The best line, at most two rows, where no side column shows the coach.
    pub best: Rect,
    /// The compose box with its title row.
    pub compose: Rect,
    /// The cells of its text.
    pub compose_text: Rect,
    /// The side column: customer, clocks and promises, coach; or the tab in its place.
    pub side: Rect,
    /// The call form.
    pub intake: Rect,
    /// The open tickets beside the call form.
    pub intake_tickets: Rect,
    /// The notice line.
    pub notice: Rect,
    /// The footer.
    pub footer: Rect,
}

/// What fits into this size.
#[must_use]
pub const fn fit((cols, rows): (u16, u16)) -> Fit {
    if cols < LEAST.0 || rows < LEAST.1 {
        Fit::TooSmall
    } else if cols >= PANES.0 && rows >= PANES.1 {
        Fit::Panes
    } else if cols >= BESIDE_COLS {
        Fit::Beside
    } else {
        Fit::Tabs
    }
}

/// The widest form about a line, in columns.
pub const LINE_FORM: u16 = 96;

/// The cells of the words in a form about a line: columns and rows.
#[must_use]
pub const fn line_box((cols, rows): (u16, u16)) -> (u16, u16) {
    let wide = if cols < LINE_FORM + 2 {
        cols.saturating_sub(2)
    } else {
        LINE_FORM
    };
    (wide.saturating_sub(4), if rows < 30 { 3 } else { 4 })
}

/// The places of a review's card, which takes the screen between status and notice line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ReviewPlaces {
    /// Everything.
    pub all: Rect,
    /// What it is about, one row.
    pub title: Rect,
    /// The words under review; at the same place as the card where both do not fit.
    pub words: Rect,
    /// The rows of the card.
    pub rows: Rect,
    /// Below them the anchors of the row under the cursor.
    pub anchors: Rect,
    /// The note, in place of the anchors while it is written: its frame.
    pub note_frame: Rect,
    /// The cells of the note.
    pub note: Rect,
    /// Whether words and card stand beside each other.
    pub beside: bool,
}

/// The places of a review's card on a screen of this size.
#[must_use]
pub fn review((cols, rows): (u16, u16)) -> ReviewPlaces {
    let mut rest = Rect::new(0, 1.min(rows), cols, rows.saturating_sub(3));
    let mut out = ReviewPlaces {
        all: rest,
        beside: cols >= BESIDE_COLS,
        ..ReviewPlaces::default()
    };
    out.title = top(&mut rest, 1);
    if out.beside {
        let words = left(&mut rest, cols / 2 - 1);
        out.words = inside(words);
        out.words.width = out.words.width.saturating_sub(1);
    } else {
        out.words = Rect::new(1, rest.y, cols.saturating_sub(2), rest.height);
    }
    // Five anchors of up to two rows each, and their heading; the card keeps at least seven rows.
    let below = (rest.height / 2)
        .clamp(7, 12)
        .min(rest.height.saturating_sub(7));
    out.anchors = bottom(&mut rest, below);
    out.note_frame = out.anchors;
    out.note = inside(out.note_frame);
    out.rows = rest;
    out
}

/// Takes rows from the top of a place.
fn top(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    let taken = Rect::new(rest.x, rest.y, rest.width, rows);
    rest.y += rows;
    rest.height -= rows;
    taken
}

/// Takes rows from the bottom of a place.
fn bottom(rest: &mut Rect, rows: u16) -> Rect {
    let rows = rows.min(rest.height);
    rest.height -= rows;
    Rect::new(rest.x, rest.y + rest.height, rest.width, rows)
}

/// Takes columns from the left of a place, and one more as a gap where the border stands.
fn left(rest: &mut Rect, cols: u16) -> Rect {
    let cols = cols.min(rest.width);
    let taken = Rect::new(rest.x, rest.y, cols, rest.height);
    let gap = (cols + 1).min(rest.width);
    rest.x += gap;
    rest.width -= gap;
    taken
}

/// Takes columns from the right of a place, and one more as a gap where the border stands.
fn right(rest: &mut Rect, cols: u16) -> Rect {
    let cols = cols.min(rest.width);
    let taken = Rect::new(rest.x + rest.width - cols, rest.y, cols, rest.height);
    rest.width -= (cols + 1).min(rest.width);
    taken
}

/// The cells inside a box whose title takes the first row and whose sides keep one column.
const fn inside(frame: Rect) -> Rect {
    if frame.height < 2 || frame.width < 3 {
        return Rect::new(frame.x, frame.y, 0, 0);
    }
    Rect::new(frame.x + 1, frame.y + 1, frame.width - 2, frame.height - 1)
}

/// The places of the frame that shows `state`.
#[must_use]
pub fn layout(state: &State) -> Layout {
    let (cols, rows) = state.size;
    let mut rest = Rect::new(0, 0, cols, rows);
    let mut out = Layout {
        screen: rest,
        ..Layout::default()
    };
    let fit = fit(state.size);
    if fit == Fit::TooSmall {
        return out;
    }
    out.status = top(&mut rest, 1);
    out.footer = bottom(&mut rest, 1);
    out.notice = bottom(&mut rest, 1);
    match state.screen {
        Screen::Ticket => ticket(&mut out, rest, fit),
        Screen::Intake => intake(&mut out, rest, fit),
        Screen::Queue => {
            out.strip = top(&mut rest, 1);
            out.list = rest;
        }
        Screen::Team | Screen::Returned | Screen::Drafts | Screen::Search => out.list = rest,
        Screen::Practice
        | Screen::Lesson
        | Screen::Debrief
        | Screen::Pairs
        | Screen::Class
        | Screen::Spoken => out.list = rest,
        Screen::Quality => {
            // Below the list stand the figures, or the selected row in full.
            let rows = u16::try_from(quality::len(state)).unwrap_or(u16::MAX);
            let half = (rest.height / 2).max(4);
            out.list = top(&mut rest, rows.saturating_add(1).clamp(4, half));
            out.side = rest;
        }
        Screen::Lines => {
            // Below the list stands the selected line in full.
            let lines = grown::rows(&state.lines, state.grown.tab).count();
            let lines = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(1);
            let half = (rest.height / 2).max(3);
            out.list = top(&mut rest, lines.clamp(3, half));
            out.side = rest;
        }
    }
    let mut rows = out.list;
    top(&mut rows, 1);
    out.list_rows = rows;
    out
}

fn ticket(out: &mut Layout, mut rest: Rect, fit: Fit) {
    if fit == Fit::Panes {
        out.strip = top(&mut rest, 1);
        let width = (rest.width / 4).clamp(30, 44);
        out.list = left(&mut rest, width);
    }
    out.ident = top(&mut rest, 1);
    match fit {
        Fit::Panes => out.side = right(&mut rest, (out.screen.width / 4).clamp(34, 46)),
        Fit::Beside => out.side = right(&mut rest, (out.screen.width / 3).clamp(34, 44)),
        Fit::Tabs | Fit::TooSmall => out.tabs = top(&mut rest, 1),
    }
    let compose = (rest.height / 3).clamp(COMPOSE_ROWS + 1, 12);
    out.compose = bottom(&mut rest, compose);
    out.compose_text = inside(out.compose);
    if fit == Fit::Tabs {
        out.best = bottom(&mut rest, 2);
        out.side = rest;
    }
    out.timeline = rest;
    out.timeline_text = inside(rest);
}

fn intake(out: &mut Layout, mut rest: Rect, fit: Fit) {
    out.ident = top(&mut rest, 1);
    if fit == Fit::Tabs {
        out.intake_tickets = bottom(&mut rest, 4);
    } else {
        let width = (rest.width / 3).clamp(34, 60);
        out.intake_tickets = right(&mut rest, width);
    }
    // Number, name, queue and channel take one row each below the text.
    out.intake = bottom(&mut rest, 4);
    out.compose = rest;
    out.compose_text = inside(rest);
}

#[cfg(test)]
mod tests;
