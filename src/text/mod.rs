//! Text as the console must treat it: untrusted, wide and composed.
//!
//! `RawText` keeps what came, `SafeText` is what may be seen; the rest of the room counts columns, breaks lines,
//! places the caret, cuts text into search tokens and masks personal values. It is a leaf: it imports no other room
//! and knows no clock, no IO, no ticket. What words *mean* (taxonomy, emotion, times) is the coach's business, and
//! what a user reads comes from the locale files.

pub mod caret;
pub mod input;
pub mod locale;
pub mod mask;
mod names;
mod phone;
mod raw;
mod safe;
mod scrub;
mod simplify;
pub mod tokens;
pub mod width;
pub mod wrap;

pub use input::half_width;
pub use locale::Locale;
pub use mask::mask_free;
pub use names::pinyin_keys;
pub use phone::{area_code_len, is_mobile, normalise_phone};
pub use raw::RawText;
pub use safe::{MAX_CHARS, SafeText};
pub use simplify::simplify;
pub use tokens::{Query, fold, index_text, matches, query_phrase};
pub use width::{pad, pad_left, truncate, width};
pub use wrap::wrap;
