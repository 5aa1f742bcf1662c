//! What the state machine orders. The shell's driver carries it out; nothing here does anything by itself.

use crate::api::desk::DeskRequest;
use crate::api::training::Ask;
use crate::text::SafeText;

use super::event::Timer;

/// One order.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// Ask the store.
    Desk(DeskRequest),
    /// Ask the training.
    Training(Box<Ask>),
    /// Wake me with this timer after so many milliseconds; a timer of the same kind that still runs is replaced.
    StartTimer {
        /// Which.
        id: Timer,
        /// Milliseconds.
        after_ms: u64,
    },
    /// Give the terminal back to the shell it was started from, until resumed.
    Suspend,
    /// End the program.
    Quit,
    /// Put this on the clipboard.
    CopyText(SafeText),
    /// Ring; never ordered during a live contact.
    Bell,
    /// Take the mouse, or leave it to the terminal.
    SetMouse(bool),
    /// Name the window.
    Title(SafeText),
    /// Paint every cell anew.
    Repaint,
}
