//! Panics: the screen's thread gives the terminal back before a word is printed; every other thread's panic goes to the log
//! and leaves the screen whole.

use std::panic;
use std::thread;

use super::terminal;

/// Makes the calling thread the screen's. To be called once, before the terminal is taken.
pub fn watch_ui_thread() {
    let ui = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == ui {
            terminal::leave();
            before(info);
            return;
        }
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        // The words of a panic may quote what a customer wrote; the place is enough to find it.
        tracing::error!(
            thread = thread::current().name().unwrap_or("unnamed"),
            place,
            "a worker panicked"
        );
    }));
}
