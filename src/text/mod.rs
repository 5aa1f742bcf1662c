//! Text as the console must treat it: untrusted, wide and composed.
//!
//! `RawText` keeps what came, `SafeText` is what may be seen; the rest of the room counts columns, breaks lines,
//! places the caret, cuts text into search tokens and masks personal values. It is a leaf: it imports no other room
//! and knows no clock, no IO, no ticket. What words *mean* (taxonomy, emotion, times) is the coach's business, and
//! what a user reads comes from the locale files.

mod raw;
mod safe;
mod scrub;
pub mod width;

pub use raw::RawText;
pub use safe::{MAX_CHARS, SafeText};
pub use width::{pad, pad_left, truncate, width};
