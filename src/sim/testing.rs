//! What the tests of this room share.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::sync::{Arc, OnceLock};

use super::lesson::Class;
use super::play::Stage;
use super::scenario::Scenario;
use crate::coach::Coach;
use crate::domain::calendar::Calendar;
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

/// Everything a scenario's agents need.
pub(super) fn class(id: &str) -> Class<'static> {
    // The coach and the calendar take a moment to read: once for all tests.
    static STAGE: OnceLock<Arc<Stage>> = OnceLock::new();
    static CALENDAR: OnceLock<Calendar> = OnceLock::new();
    let stage =
        STAGE.get_or_init(|| Arc::new(Stage::shipped(Coach::shipped().unwrap(), zone()).unwrap()));
    Class {
        stage: Arc::clone(stage),
        scenario: Arc::new(scenario(id)),
        calendar: CALENDAR.get_or_init(|| crate::domain::calendar::shipped().unwrap()),
        began: NOW,
    }
}
