//! What the tests of this room share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use super::scenario::Scenario;
use crate::domain::taxonomy::Taxonomy;

/// A shipped scenario.
pub(super) fn scenario(id: &str) -> Scenario {
    let all = Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap();
    all.into_iter().find(|s| s.id == id).unwrap()
}
