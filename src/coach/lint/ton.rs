//! TON: no words that end a conversation in the wrong way.

use super::scan::Scan;
use super::{Finding, Severity};

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &["banned"];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    cx.findings("TON-01", Severity::Warn, "banned", out);
}
