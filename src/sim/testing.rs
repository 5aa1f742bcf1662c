//! What the tests of this room share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use super::scenario::Scenario;
use crate::domain::taxonomy::Taxonomy;
use crate::domain::time::{Ms, Zone};

/// Wednesday 11 March 2026, 14:20 in Shanghai.
pub(super) const NOW: Ms = Ms(1_773_210_000_000);

/// The site's zone.
pub(super) fn zone() -> Zone {
    crate::domain::calendar::shipped().unwrap().zone().clone()
}

/// A shipped scenario.
pub(super) fn scenario(id: &str) -> Scenario {
    let all = Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap();
    all.into_iter().find(|s| s.id == id).unwrap()
}
