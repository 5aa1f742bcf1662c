#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod policy;

use jiff::civil::DateTime;
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::{self, Calendar};
use crate::domain::time::{MINUTE, Ms, from_local, local};

fn site() -> Calendar {
    calendar::shipped().unwrap()
}

fn at(text: &str) -> Ms {
    from_local(text.parse::<DateTime>().unwrap(), site().zone())
}

fn wall(at: Ms) -> String {
    local(at, site().zone())
        .strftime("%a %d %b %H:%M")
        .to_string()
}

/// Monday 9 March 2026 10:00, paused 11:00, optionally until.
fn monday(pause_to: Option<&str>, stopped: Option<&str>) -> Timeline {
    Timeline {
        started: at("2026-03-09T10:00"),
        pauses: vec![Pause {
            from: at("2026-03-09T11:00"),
            to: pause_to.map(at),
        }],
        stopped: stopped.map(at),
    }
}

/// The vectors of method 3.13 and what follows from them. Paused until (? while open, - never paused), stopped, target, now;
/// due, elapsed, remaining, paused.
const VECTORS: &str = "
- | - | 480 | 2026-03-09T10:00 | Mon 09 Mar 18:00 | 0 | 480 | false
- | - | 480 | 2026-03-10T09:30 | Mon 09 Mar 18:00 | 510 | -30 | false
- | - | 480 | 2026-03-14T12:00 | Mon 09 Mar 18:00 | 2640 | -2160 | false
2026-03-10T15:00 | - | 480 | 2026-03-10T15:00 | Wed 11 Mar 13:00 | 60 | 420 | false
2026-03-10T15:00 | - | 480 | 2026-03-11T14:00 | Wed 11 Mar 13:00 | 540 | -60 | false
? | - | 480 | 2026-03-10T12:00 | Wed 11 Mar 10:00 | 60 | 420 | true
# The target is replaced while paused: elapsed time and pause stay.
? | - | 240 | 2026-03-10T15:00 | Tue 10 Mar 18:00 | 60 | 180 | true
2026-03-10T15:00 | - | 240 | 2026-03-10T16:00 | Tue 10 Mar 18:00 | 120 | 120 | false
# Resolved straight from paused: the held time stays held.
? | 2026-03-10T15:00 | 480 | 2026-03-20T12:00 | Wed 11 Mar 13:00 | 60 | 420 | false
# A pause that began after the target was used up moves nothing.
? | - | 30 | 2026-03-10T12:00 | Mon 09 Mar 10:30 | 60 | -30 | true
";

#[test]
fn resolution_vectors() {
    for row in VECTORS.lines().filter(|line| line.contains('|')) {
        let [to, stopped, target, now, due, elapsed, remaining, paused] = row
            .split('|')
            .map(str::trim)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        let date = |text: &'static str| text.starts_with("20").then_some(text);
        let mut line = monday(date(to), date(stopped));
        if to == "-" {
            line.pauses.clear();
        }
        let state = resolution(&line, target.parse().unwrap(), &site(), at(now)).unwrap();
        assert_eq!(wall(state.due), due, "{row}");
        let numbers = [state.elapsed, state.remaining].map(|n| n.to_string());
        assert_eq!(numbers, [elapsed, remaining], "{row}");
        assert_eq!(state.paused.to_string(), paused, "{row}");
        assert_eq!(state.is_late(), remaining.starts_with('-'), "{row}");
        assert_eq!(state.stopped, line.stopped.is_some(), "{row}");
    }
}

#[test]
fn due_without_knowing_the_present() {
    let site = site();
    let due = |line: &Timeline, target| fixed_due(line, target, &site).unwrap().map(wall);
    assert_eq!(
        due(&monday(Some("2026-03-10T15:00"), None), 480).unwrap(),
        "Wed 11 Mar 13:00"
    );
    assert_eq!(due(&monday(None, None), 480), None);
    assert_eq!(due(&monday(None, None), 30).unwrap(), "Mon 09 Mar 10:30");
    assert_eq!(
        due(&monday(None, Some("2026-03-10T15:00")), 480).unwrap(),
        "Wed 11 Mar 13:00"
    );
}

#[test]
fn a_pause_stops_holding_after_five_working_days() {
    let site = site();
    let line = monday(None, None);
    // Five days of nine hours from Monday 11:00: Monday 16 March 11:00.
    let before = resolution(&line, 480, &site, at("2026-03-16T10:59")).unwrap();
    assert!(before.paused && before.cap_reached.is_none() && before.due_moves);
    let after = resolution(&line, 480, &site, at("2026-03-16T12:00")).unwrap();
    assert_eq!(
        (after.paused, after.due_moves, after.elapsed),
        (false, false, 120)
    );
    assert_eq!(after.cap_reached.map(wall).unwrap(), "Mon 16 Mar 11:00");
    assert_eq!(wall(after.due), "Mon 16 Mar 18:00");
    // A pause that did end, but too late, counts up to the cap as well.
    let late = resolution(
        &monday(Some("2026-04-01T09:00"), None),
        480,
        &site,
        at("2026-04-02T09:00"),
    )
    .unwrap();
    assert_eq!(late.due, after.due);
    let longer = resolution_capped(&line, 480, &site, at("2026-03-16T12:00"), 6).unwrap();
    assert!(longer.paused);
    let one_day = fixed_due_capped(&monday(Some("2026-04-01T09:00"), None), 480, &site, 1).unwrap();
    assert_eq!(one_day.map(wall).unwrap(), "Tue 10 Mar 18:00");
}

#[test]
fn pauses_may_overlap_touch_holidays_and_lie_before_the_start() {
    let site = site();
    let pause = |from: &str, to: &str| Pause {
        from: at(from),
        to: Some(at(to)),
    };
    let line = Timeline {
        started: at("2026-02-13T16:00"),
        pauses: vec![
            pause("2026-02-16T10:00", "2026-02-24T10:00"),
            pause("2026-02-13T12:00", "2026-02-13T16:30"),
            pause("2026-02-23T10:00", "2026-02-24T11:00"),
            pause("2026-02-14T12:00", "2026-02-14T11:00"),
        ],
        stopped: None,
    };
    // 90 min on Friday, 540 on the make-up Saturday, then 24 February from 11:00.
    let state = resolution(&line, 690, &site, at("2026-02-24T12:00")).unwrap();
    assert_eq!(
        (wall(state.due), state.elapsed),
        ("Tue 24 Feb 12:00".into(), 690)
    );
    assert_eq!((state.remaining, state.is_late()), (0, false));
    let late = resolution(&line, 690, &site, at("2026-02-24T12:00").plus_secs(10)).unwrap();
    assert_eq!(
        (late.remaining, late.remaining_ms, late.is_late()),
        (-1, -10_000, true)
    );
}

#[test]
fn a_clock_that_reaches_a_missing_year_says_so() {
    let site = site();
    let late = |pauses: Vec<Pause>| Timeline {
        started: at("2027-12-30T10:00"),
        pauses,
        stopped: None,
    };
    let run = |line: &Timeline, now: &str| resolution(line, 120, &site, at(now));
    assert_eq!(
        resolution(&late(vec![]), 2400, &site, at("2027-12-30T11:00"))
            .unwrap_err()
            .year,
        2028
    );
    // The cap of a pause lies in the missing year, the answer does not.
    let from = at("2027-12-30T11:00");
    let over = late(vec![Pause {
        from,
        to: Some(at("2027-12-31T09:00")),
    }]);
    assert_eq!(
        wall(run(&over, "2027-12-31T09:30").unwrap().due),
        "Fri 31 Dec 10:00"
    );
    let open = late(vec![Pause { from, to: None }]);
    let state = run(&open, "2027-12-31T09:30").unwrap();
    assert_eq!(
        (wall(state.due), state.paused),
        ("Fri 31 Dec 10:30".into(), true)
    );
    assert_eq!(fixed_due(&open, 120, &site).unwrap(), None);
    assert_eq!(run(&open, "2028-01-03T09:30").unwrap_err().year, 2028);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the pauses: at the due instant exactly the target is used, a larger target is never due earlier, and a week
    /// without holidays shifts everything by a week.
    #[test]
    fn due_is_where_the_target_is_used_up(
        cuts in proptest::collection::vec(0_i64..6000, 0..6),
        target in 1_i64..1200,
        more in 0_i64..600,
    ) {
        let site = site();
        let started = at("2026-03-02T09:00");
        let mut cuts = cuts;
        cuts.sort_unstable();
        let line = |shift: i64| Timeline {
            started: started.plus_minutes(shift),
            pauses: cuts.chunks_exact(2).map(|c| Pause {
                from: started.plus_minutes(c[0] + shift),
                to: Some(started.plus_minutes(c[1] + shift)),
            }).collect(),
            stopped: None,
        };
        let plain = line(0);
        let due = fixed_due(&plain, target, &site).unwrap().unwrap();
        let state = resolution(&plain, target, &site, due).unwrap();
        prop_assert_eq!((state.due, state.elapsed, state.remaining_ms), (due, target, 0));
        prop_assert_eq!(resolution(&plain, target, &site, due.plus_millis(-1)).unwrap().is_late(), false);
        prop_assert!(fixed_due(&plain, target + more, &site).unwrap().unwrap() >= due);
        let week = 7 * 24 * 60;
        prop_assert_eq!(fixed_due(&line(week), target, &site).unwrap().unwrap(), due.plus_millis(week * MINUTE));
    }
}
