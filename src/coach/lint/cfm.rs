//! CFM: the customer can be reached, and both sides know who does what by when.

use super::cmt;
use super::deeds;
use super::scan::Scan;
use super::{Finding, Moment, Severity};

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &["contact-check", "recap"];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    contact(cx, out);
    recap(cx, out);
}

/// A call is promised and nobody asked whether the number is right (CFM-01).
fn contact(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.known.contact_checked != Some(false) || cx.any("contact-check") {
        return;
    }
    let timed = cmt::callback(cx).map(|sentence| sentence.at);
    let place = timed.or_else(|| {
        cx.hits("deed-callback")
            .find(|hit| deeds::around(cx, hit).is_some_and(|s| !s.weak))
            .cloned()
    });
    if let Some(place) = place {
        out.push(cx.finding("CFM-01", Severity::Warn, &place));
    }
}

/// The contact ends without who, what and when in one sentence (CFM-02).
fn recap(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    if cx.cx.moment != Moment::Close || cx.any("recap") {
        return;
    }
    let whole = deeds::bound(cx).iter().any(|b| {
        !b.spoken.weak
            && (cx.any_in("actor", &b.sentence.at) || deeds::first_person(cx.words(&b.sentence.at)))
    });
    if !whole {
        out.push(cx.finding("CFM-02", Severity::Warn, &(0..0)));
    }
}
