//! Words about times that promise nothing: what is over, and what returns.

use super::super::Context;
use super::super::found::Step;
use super::super::scan::Scan;
use super::PARTS;
use super::clock::times;
use super::day::weekday;

/// yesterday at 5 pm, last Friday, earlier today, this morning's.
pub(super) fn over(_: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if !scan.at_word() {
        return None;
    }
    if scan
        .eat_word(&[
            ("the day before yesterday", ()),
            ("yesterday", ()),
            ("last night", ()),
            ("last week", ()),
            ("last month", ()),
            ("earlier today", ()),
        ])
        .is_none()
    {
        scan.eat_word(&[("last", ())])?;
        scan.spaces();
        weekday(scan, true)?;
    }
    scan.maybe(|ahead| {
        ahead.spaces();
        ahead.eat_word(PARTS)
    });
    eat_times(scan);
    Some(Step::Skip)
}

/// every day at 9, Mon-Fri 9:00-17:00, open from 9 am to 5 pm, 24/7.
pub(super) fn returning(_: &Context<'_>, scan: &mut Scan<'_>) -> Option<Step> {
    if !scan.at_word() {
        return None;
    }
    if scan.eat("24/7") {
        return Some(Step::Skip);
    }
    let days = scan.maybe(|ahead| {
        weekday(ahead, true)?;
        ahead.spaces();
        if ahead
            .eat_word(&[("to", ()), ("through", ()), ("thru", ())])
            .is_none()
            && !ahead.eat("-")
        {
            return None;
        }
        ahead.spaces();
        weekday(ahead, true)
    });
    if days.is_some() {
        scan.eat(":");
        eat_times(scan);
        return Some(Step::Skip);
    }
    let open = scan.maybe(|ahead| {
        ahead.eat_word(&[
            ("every day", ()),
            ("daily", ()),
            ("each day", ()),
            ("every morning", ()),
            ("opening hours", ()),
            ("office hours", ()),
            ("business hours", ()),
            ("hours are", ()),
            ("hours of", ()),
            ("we are open", ()),
            ("we're open", ()),
            ("we open", ()),
            ("we close", ()),
            ("are open", ()),
            ("is open", ()),
            ("open", ()),
            ("opens", ()),
            ("closes", ()),
        ])
    });
    if open.is_some() {
        scan.maybe(|ahead| {
            ahead.eat(":");
            ahead.spaces();
            ahead.eat_word(&[("are", ()), ("is", ())])
        });
        scan.maybe(|ahead| {
            ahead.spaces();
            weekday(ahead, true)?;
            ahead.spaces();
            if ahead.eat_word(&[("to", ()), ("through", ())]).is_none() && !ahead.eat("-") {
                return None;
            }
            ahead.spaces();
            weekday(ahead, true)
        });
        eat_times(scan);
        return Some(Step::Skip);
    }
    // "every Monday", "each Friday".
    scan.eat_word(&[("every", ()), ("each", ())])?;
    scan.spaces();
    weekday(scan, true)?;
    eat_times(scan);
    Some(Step::Skip)
}

/// Eats what may follow: at 5 pm, from 9 am to 5 pm.
fn eat_times(scan: &mut Scan<'_>) {
    scan.maybe(|ahead| {
        ahead.eat(",");
        ahead.spaces();
        ahead.eat_word(&[("at", ()), ("by", ()), ("until", ()), ("before", ())]);
        ahead.spaces();
        times(ahead)
    });
}
