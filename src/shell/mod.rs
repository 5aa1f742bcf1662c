//! The shell around the pure console: terminal, input, frames, signals, and the loop that ties them to `app` and `view`.
//!
//! Everything that touches the terminal is here and only here. The rest of the program sees a [`DeskPort`] to the store on
//! one side and a cell buffer on the other. Not here: what a key means (`app`), what is drawn (`view`), any IO of data
//! (`store`, `sync`).

mod clipboard;
mod console;
mod driver;
mod frame;
mod frame_log;
mod input;
mod painter;
mod panic;
mod run;
mod signal;
mod terminal;

pub use console::{Build, Console, Step};
pub use driver::DeskPort;
pub use frame_log::FrameLog;
pub use input::key;
pub use painter::{FrameCost, Painter};
pub use panic::watch_ui_thread;
pub use run::{Ended, Settings, TrainingNews, run};
pub use terminal::{Modes, Terminal};
