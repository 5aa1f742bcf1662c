//! What balm switches on in a terminal, in one order, and its exact reverse.
//!
//! `leave` may be called from anywhere and any number of times: by `Drop`, by the panic hook of the screen's thread, by
//! suspension, by signals. Only the first call after an `enter` does anything.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Whether the terminal is in our hands. Global because the panic hook has no other way to know.
static HELD: AtomicBool = AtomicBool::new(false);
/// Whether raw mode is part of it (not in tests, which write into memory).
static RAW: AtomicBool = AtomicBool::new(false);

/// A mode: what switches it on and what undoes it.
struct Mode {
    on: &'static str,
    off: &'static str,
    mouse: bool,
}

/// Every mode, in the order in which it is switched on; undone from the end to the beginning.
const MODES: [Mode; 6] = [
    // The title is pushed on the terminal's stack and popped again.
    Mode {
        on: "\x1b[22;2t",
        off: "\x1b[23;2t",
        mouse: false,
    },
    // Alternate screen.
    Mode {
        on: "\x1b[?1049h",
        off: "\x1b[?1049l",
        mouse: false,
    },
    // Bracketed paste.
    Mode {
        on: "\x1b[?2004h",
        off: "\x1b[?2004l",
        mouse: false,
    },
    // Focus in and out.
    Mode {
        on: "\x1b[?1004h",
        off: "\x1b[?1004l",
        mouse: false,
    },
    // Mouse presses and wheel, with columns beyond 223. No motion: nothing here follows the pointer.
    Mode {
        on: "\x1b[?1000h\x1b[?1006h",
        off: "\x1b[?1006l\x1b[?1000l",
        mouse: true,
    },
    // A steady bar where words go in; the terminal's own shape afterwards.
    Mode {
        on: "\x1b[6 q",
        off: "\x1b[0 q",
        mouse: false,
    },
];

/// What a user may switch off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Modes {
    /// Whether clicks and the wheel come to balm (off: the terminal selects text).
    pub mouse: bool,
}

/// The terminal while it is in our hands; left when dropped.
#[derive(Debug)]
pub struct Terminal {
    modes: Modes,
}

impl Terminal {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When it is no terminal or cannot be written to; it is then left as it was.
    pub fn enter(modes: Modes) -> io::Result<Self> {
        let terminal = Self { modes };
        terminal.again()?;
        Ok(terminal)
    }

    /// Takes the terminal again after [`Terminal::leave`].
    ///
    /// # Errors
    /// As [`Terminal::enter`].
    pub fn again(&self) -> io::Result<()> {
        enable_raw_mode()?;
        RAW.store(true, Ordering::SeqCst);
        HELD.store(true, Ordering::SeqCst);
        let written = switch_on(&mut io::stdout(), self.modes);
        if written.is_err() {
            leave();
        }
        written
    }

    /// Gives the terminal back as it was.
    pub fn leave(&self) {
        leave();
    }

    /// Switches the mouse on or off.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        if mouse == self.modes.mouse {
            return Ok(());
        }
        self.modes.mouse = mouse;
        let mut out = io::stdout();
        for mode in MODES.iter().filter(|m| m.mouse) {
            out.write_all(if mouse { mode.on } else { mode.off }.as_bytes())?;
        }
        out.flush()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back, whoever holds it. Faults are passed over: there is nobody left to tell.
pub(super) fn leave() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = switch_off(&mut io::stdout());
    if RAW.swap(false, Ordering::SeqCst) {
        let _ = disable_raw_mode();
    }
}

fn switch_on(out: &mut impl Write, modes: Modes) -> io::Result<()> {
    for mode in MODES.iter().filter(|m| modes.mouse || !m.mouse) {
        out.write_all(mode.on.as_bytes())?;
    }
    out.flush()
}

/// Undoes every mode, the mouse too: undoing what was never on does no harm. Ends a synchronised update that a fault may
/// have left open, and shows the cursor.
fn switch_off(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b[?2026l\x1b[0m\x1b[?25h")?;
    for mode in MODES.iter().rev() {
        out.write_all(mode.off.as_bytes())?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn off_is_the_reverse_of_on() {
        let (mut on, mut off) = (Vec::new(), Vec::new());
        switch_on(&mut on, Modes { mouse: true }).unwrap();
        switch_off(&mut off).unwrap();
        let modes = |bytes: &[u8], last: char| -> Vec<String> {
            String::from_utf8(bytes.to_vec())
                .unwrap()
                .split('\x1b')
                .filter(|s| s.starts_with("[?") && s.ends_with(last))
                .map(|s| s.trim_matches(|c: char| !c.is_ascii_digit()).to_owned())
                .filter(|s| s != "2026" && s != "25")
                .collect()
        };
        let mut reversed = modes(&off, 'l');
        reversed.reverse();
        assert_eq!(modes(&on, 'h'), reversed);
        assert_eq!(reversed.len(), 5);
    }

    #[test]
    fn a_terminal_shows_the_same_before_and_after() {
        let mut parser = vt100::Parser::new(10.try_into().unwrap(), 40.try_into().unwrap(), 0);
        parser.process(b"$ balm\r\nline two");
        let before = parser.screen().contents();
        let mut bytes = Vec::new();
        switch_on(&mut bytes, Modes { mouse: true }).unwrap();
        bytes.extend_from_slice(b"\x1b[2J\x1b[?25l\x1b[?2026h\x1b[5;5Hhalf a frame");
        parser.process(&bytes);
        assert!(parser.screen().alternate_screen() && parser.screen().bracketed_paste());
        assert_ne!(
            parser.screen().mouse_protocol_mode(),
            vt100::MouseProtocolMode::None
        );
        let mut bytes = Vec::new();
        switch_off(&mut bytes).unwrap();
        parser.process(&bytes);
        let screen = parser.screen();
        assert_eq!(screen.contents(), before);
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert_eq!(screen.cursor_position(), (1, 8));
    }
}
