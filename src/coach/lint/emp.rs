//! EMP: the customer hears first that somebody sees the trouble.

use super::scan::Scan;
use super::{Finding, Severity};
use crate::coach::acts::acknowledges;
use crate::domain::vocabulary::Act;

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &["calm-down"];

/// The feeling (0 to 3) from which a reply must acknowledge it: angry.
const UPSET: u8 = 2;

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    no_acknowledgement(cx, out);
    cx.findings("EMP-07", Severity::Warn, "calm-down", out);
}

fn no_acknowledgement(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.emotion < UPSET || cx.cx.acknowledged {
        return;
    }
    let by_part = cx
        .cx
        .acts
        .iter()
        .any(|a| matches!(a, Act::AckSpecific | Act::AckGeneric));
    if !by_part && !acknowledges(cx.content, cx.text) {
        out.push(cx.finding("EMP-01", Severity::Warn, &(0..0)));
    }
}
