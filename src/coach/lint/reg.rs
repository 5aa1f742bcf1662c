//! REG: who names an outside body hears of their rights.

use super::scan::Scan;
use super::{Finding, Severity};

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &["rights"];

/// Checks a draft (REG-01).
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.known.outside_named == Some(true) && !cx.any("rights") {
        out.push(cx.finding("REG-01", Severity::Warn, &(0..0)));
    }
}
