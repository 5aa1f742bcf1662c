//! Promises in words: concrete times of a future deed of ours.

use std::ops::Range;

use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::Deed;

use super::content::Content;

/// A promise found in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidPromise {
    /// Byte range of the time in the text.
    pub span: Range<usize>,
    /// The sentence it stands in.
    pub sentence: String,
    /// By when.
    pub due: Ms,
    /// What will be done, guessed by the verb.
    pub deed: Deed,
}

/// The promises in a text written at `written_at` by somebody in `zone`.
#[must_use]
pub fn promises_in(
    _content: &Content,
    _text: &str,
    _written_at: Ms,
    _zone: &Zone,
) -> Vec<SaidPromise> {
    Vec::new()
}
