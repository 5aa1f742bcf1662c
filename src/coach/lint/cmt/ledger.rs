//! Times against what is known of the ticket: feasible or not (CMT-05), the caps (CMT-06), news in between (CMT-07), open promises
//! (CMT-09), the ledger (CMT-11).

use super::super::deeds::{self, Bound};
use super::super::scan::Scan;
use super::super::{Finding, LintContext, Severity};
use super::{at, due_fix};
use crate::domain::promise_time::{Contact, Unclear, read_times};
use crate::domain::time::{HOUR, MINUTE, Ms, Zone, local};
use crate::domain::vocabulary::Deed;

/// From this far ahead news is due in between (method 3.3, step 5), in milliseconds.
const INTERIM_FROM: i64 = 24 * HOUR;

/// Two times this near are one: a length is counted from when it was drafted or from when it was sent, in milliseconds.
const SAME: i64 = 2 * MINUTE;

/// Half a day in minutes.
const HALF_DAY: u16 = 12 * 60;

/// Checks the times that bind us.
pub(super) fn check(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    feasible(cx, bound, out);
    caps(cx, bound, out);
    interim(cx, bound, out);
    contradicts(cx, bound, out);
    unregistered(cx, bound, out);
}

/// Earlier than feasible, or outside the hours of contact (CMT-05).
fn feasible(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    for b in bound.iter().filter(|b| b.computed) {
        // The ledger knows better than the words which deed a time is for.
        let drafted = cx.cx.known.promises.and_then(|list| {
            list.iter()
                .find(|p| same_time(p.due, b.time.at))
                .map(|p| p.deed)
        });
        let from = cx.cx.known.feasible.and_then(|list| {
            let of = |deed| list.iter().find(|(d, _)| *d == deed).map(|(_, at)| *at);
            of(drafted.unwrap_or(b.spoken.deed))
                .or_else(|| list.first().filter(|_| list.len() == 1).map(|(_, at)| *at))
        });
        let early = from.is_some_and(|from| b.time.at < from);
        let contact = matches!(b.spoken.deed, Deed::Callback | Deed::Reply | Deed::Update);
        let outside = contact
            && b.exact
            && !asked(cx.cx, b.time.at)
            && cx
                .cx
                .known
                .contact
                .is_some_and(|hours| outside(hours, b.time.at, cx.cx));
        if early || outside {
            let mut finding = at("CMT-05", Severity::Block, b.time.span.clone());
            finding.fix = due_fix(cx, &b.time.span);
            out.push(finding);
        }
    }
}

fn outside(hours: &Contact, at: Ms, cx: &LintContext<'_>) -> bool {
    let minute = minute(at, hours.zone.as_ref().unwrap_or(cx.zone));
    minute < hours.from || minute > hours.to
}

/// Whether the customer named this clock time, whatever day it is for: who is reached at half past nine is reached so on any
/// day. Where the half of the day was left open, either is meant.
fn asked(cx: &LintContext<'_>, at: Ms) -> bool {
    let ours = minute(at, cx.zone);
    cx.customer_words
        .iter()
        .flat_map(|words| read_times(words, cx.now, cx.zone, None))
        .filter(|said| said.exact)
        .filter_map(|said| Some((minute(said.at()?, cx.zone), said)))
        .any(|(theirs, said)| {
            theirs == ours
                || (said.leaves_open(Unclear::HalfOfDay) && theirs % HALF_DAY == ours % HALF_DAY)
        })
}

/// The minute of the day.
fn minute(at: Ms, zone: &Zone) -> u16 {
    let wall = local(at, zone);
    u16::from(wall.hour().unsigned_abs()) * 60 + u16::from(wall.minute().unsigned_abs())
}

/// Later than the service target or a legal limit that still lies ahead (CMT-06).
fn caps(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let Some((sla, legal)) = cx.cx.known.caps else {
        return;
    };
    let Some(cap) = [sla, legal]
        .into_iter()
        .flatten()
        .filter(|cap| *cap > cx.cx.now)
        .min()
    else {
        return;
    };
    for b in bound.iter().filter(|b| b.at_least > cap) {
        let mut finding = at("CMT-06", Severity::Block, b.time.span.clone());
        finding.fix = due_fix(cx, &b.time.span);
        out.push(finding);
    }
}

/// More than a day away without news in between (CMT-07).
fn interim(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    for b in bound {
        // News is itself what comes in between, however far away.
        let far = b.at_least.minus(cx.cx.now) > INTERIM_FROM && b.spoken.deed != Deed::Update;
        let between = |due: Ms| due > cx.cx.now && b.at_least.minus(due) >= HOUR;
        let news = bound.iter().any(|o| between(o.time.at))
            || cx
                .cx
                .known
                .promises
                .is_some_and(|list| list.iter().any(|p| between(p.due)));
        if far && !news && !cx.any("interim") {
            out.push(at("CMT-07", Severity::Warn, b.time.span.clone()));
        }
    }
}

/// Pushes back or takes back what an open promise says (CMT-09).
fn contradicts(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let Some(promises) = cx.cx.known.promises else {
        return;
    };
    let said = |due: Ms| bound.iter().any(|b| same_time(b.time.at, due));
    let open: Vec<_> = promises
        .iter()
        .filter(|p| p.due > cx.cx.now && !said(p.due))
        .collect();
    for b in bound {
        let pushed = open
            .iter()
            .any(|p| family(p.deed) == family(b.spoken.deed) && b.time.at > p.due);
        if pushed {
            out.push(at("CMT-09", Severity::Block, b.time.span.clone()));
        }
    }
    if bound.is_empty() && !open.is_empty() {
        for hit in cx.hits("takes-back") {
            let about = cx.sentence(hit).is_some_and(|s| {
                cx.any_in("toward-you", &s.at) || deeds::first_person(cx.words(&s.at))
            });
            if about {
                out.push(cx.finding("CMT-09", Severity::Block, hit));
            }
        }
    }
}

/// Deeds that a customer hears as the same.
const fn family(deed: Deed) -> u8 {
    match deed {
        Deed::Callback | Deed::Reply | Deed::Verify => 0,
        Deed::Update => 1,
        Deed::Resolve => 2,
        Deed::Docs => 3,
    }
}

fn same_time(a: Ms, b: Ms) -> bool {
    a.minus(b).abs() <= SAME
}

/// A time that binds us and stands in no ledger (CMT-11).
fn unregistered(cx: &Scan<'_>, bound: &[Bound], out: &mut Vec<Finding>) {
    let Some(promises) = cx.cx.known.promises else {
        return;
    };
    for b in bound {
        if !promises.iter().any(|p| same_time(p.due, b.time.at)) {
            out.push(at("CMT-11", Severity::Block, b.time.span.clone()));
        }
    }
}
