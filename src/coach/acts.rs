//! Acts in words that an agent typed or spoke freely.

use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::Act;

use super::content::Content;

/// What typed words do, by cue phrases and concrete times; each act once, in the order of `Act`.
#[must_use]
pub fn acts_of(_content: &Content, _text: &str, _written_at: Ms, _zone: &Zone) -> Vec<Act> {
    Vec::new()
}
