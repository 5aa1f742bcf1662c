#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use jiff::civil::DateTime;
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::{self, Calendar, SourceText};
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

/// The vectors of method 3.13 and what follows from them.
#[test]
fn resolution_vectors() {
    let resumed = Some("2026-03-10T15:00");
    let plain = Timeline {
        started: at("2026-03-09T10:00"),
        ..Timeline::default()
    };
    for (line, target, now, due, elapsed, remaining, paused) in [
        (
            plain.clone(),
            480,
            "2026-03-09T10:00",
            "Mon 09 Mar 18:00",
            0,
            480,
            false,
        ),
        (
            plain.clone(),
            480,
            "2026-03-10T09:30",
            "Mon 09 Mar 18:00",
            510,
            -30,
            false,
        ),
        (
            plain,
            480,
            "2026-03-14T12:00",
            "Mon 09 Mar 18:00",
            480 + 4 * 540,
            -4 * 540,
            false,
        ),
        (
            monday(resumed, None),
            480,
            "2026-03-10T15:00",
            "Wed 11 Mar 13:00",
            60,
            420,
            false,
        ),
        (
            monday(resumed, None),
            480,
            "2026-03-11T14:00",
            "Wed 11 Mar 13:00",
            540,
            -60,
            false,
        ),
        (
            monday(None, None),
            480,
            "2026-03-10T12:00",
            "Wed 11 Mar 10:00",
            60,
            420,
            true,
        ),
        // The target is replaced while paused: elapsed time and pause stay.
        (
            monday(None, None),
            240,
            "2026-03-10T15:00",
            "Tue 10 Mar 18:00",
            60,
            180,
            true,
        ),
        (
            monday(resumed, None),
            240,
            "2026-03-10T16:00",
            "Tue 10 Mar 18:00",
            120,
            120,
            false,
        ),
        // Resolved straight from paused: the held time stays held.
        (
            monday(None, Some("2026-03-10T15:00")),
            480,
            "2026-03-20T12:00",
            "Wed 11 Mar 13:00",
            60,
            420,
            false,
        ),
        // Nothing of a pause that began after the target was used up moves the due time.
        (
            monday(None, None),
            30,
            "2026-03-10T12:00",
            "Mon 09 Mar 10:30",
            60,
            -30,
            true,
        ),
    ] {
        let state = resolution(&line, target, &site(), at(now)).unwrap();
        assert_eq!(wall(state.due), due, "{target} at {now}");
        assert_eq!(
            (state.elapsed, state.remaining, state.paused),
            (elapsed, remaining, paused),
            "{target} at {now}"
        );
        assert_eq!(state.is_late(), remaining < 0);
        assert_eq!(state.stopped, line.stopped.is_some());
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

#[test]
fn response_steps() {
    let steps = shipped(&site()).unwrap().steps;
    assert_eq!(
        steps.0.iter().map(|s| (s.min, s.basis)).collect::<Vec<_>>(),
        [
            (1, Basis::Stated),
            (5, Basis::Assumed),
            (30, Basis::Assumed)
        ]
    );
    let hotline = calendar::shipped_hotline().unwrap();
    let start = at("2026-03-11T14:00");
    let secs = |s| start.plus_secs(s);
    let view = |met: &[(StepKind, Ms)], now| {
        let rows = steps.view(start, met, &hotline, now).unwrap();
        rows.into_iter()
            .map(|row| (row.state, row.left_ms / 1000, row.met_late()))
            .collect::<Vec<_>>()
    };
    let open = |s| StepState::Open { due: secs(s) };
    let late = |s| StepState::Late { due: secs(s) };
    assert_eq!(
        view(&[], secs(60)),
        [
            (open(60), 0, false),
            (open(300), 240, false),
            (open(1800), 1740, false)
        ]
    );
    assert_eq!(
        view(&[], secs(430))[..2],
        [(late(60), -370, false), (late(300), -130, false)]
    );
    let ack = [(StepKind::Acknowledge, secs(40))];
    assert_eq!(
        view(&ack, secs(430))[0],
        (StepState::Met(secs(40)), 20, false)
    );
    // A commitment answers the plan, not the feeling; the first act counts; an act of the future is not met yet.
    let commit = [
        (StepKind::SolveOrCommit, secs(500)),
        (StepKind::Plan, secs(310)),
    ];
    let rows = view(&commit, secs(600));
    assert_eq!(rows[0], (late(60), -540, false));
    assert_eq!(rows[1], (StepState::Met(secs(310)), -10, true));
    assert_eq!(rows[2], (StepState::Met(secs(500)), 1300, false));
    assert_eq!(view(&commit, secs(309))[1], (late(300), -9, false));
    assert_eq!(
        view(&commit[..1], secs(600))[1].0,
        StepState::Met(secs(500))
    );
}

#[test]
fn response_steps_run_in_service_hours_only() {
    let steps = shipped(&site()).unwrap().steps;
    let hotline = calendar::shipped_hotline().unwrap();
    let due = |start: &str| {
        let rows = steps.view(at(start), &[], &hotline, at(start)).unwrap();
        rows.into_iter()
            .map(|row| wall(row.due))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        due("2026-03-11T22:00"),
        ["Thu 12 Mar 09:01", "Thu 12 Mar 09:05", "Thu 12 Mar 09:30"]
    );
    assert_eq!(
        due("2026-02-17T19:50"),
        ["Tue 17 Feb 19:51", "Tue 17 Feb 19:55", "Wed 18 Feb 09:20"]
    );
}

/// The L1 column of method 3.1, a working day being the site's 540 minutes.
#[test]
fn the_shipped_table() {
    let targets = shipped(&site()).unwrap().targets;
    let base: Vec<(String, i64)> = targets
        .rows()
        .map(|(id, _)| {
            (
                id.to_owned(),
                targets.target_minutes(Some(id), Tier::C, false, false).0,
            )
        })
        .collect();
    let expected = "A1 240 A2 540 A3 540 A4 120 A5 240 A6 60 A7 240 B1 1080 B2 240 B3 540 B4 240 B5 540 B6 240 B7 240 \
                    C1 540 C2 240 C3 540 C4 240 C5 240 C6 540 C7 240";
    let got: Vec<String> = base
        .iter()
        .map(|(id, minutes)| format!("{id} {minutes}"))
        .collect();
    assert_eq!(got.join(" "), expected);
    assert_eq!(
        targets
            .target_minutes(Some("B4"), Tier::C, false, false)
            .1
            .deed,
        Deed::Callback
    );
}

#[test]
fn factors_and_reasons() {
    let targets = shipped(&site()).unwrap().targets;
    for (item, tier, vulnerable, repeat, minutes) in [
        (Some("A1"), Tier::A, false, false, 120),
        (Some("A1"), Tier::B, false, false, 180),
        (Some("A1"), Tier::C, true, false, 180),
        (Some("A1"), Tier::A, true, false, 120),
        (Some("A1"), Tier::B, true, true, 90),
        (Some("A1"), Tier::C, false, true, 120),
        (Some("A6"), Tier::B, false, true, 22),
        (Some("B1"), Tier::A, false, false, 540),
        (None, Tier::C, false, false, 240),
        (Some("Z9"), Tier::A, false, false, 120),
    ] {
        let (got, reason) = targets.target_minutes(item, tier, vulnerable, repeat);
        assert_eq!(got, minutes, "{item:?} {tier:?} {vulnerable} {repeat}");
        assert!(got <= reason.base_minutes);
        assert_eq!(reason.item.as_deref(), item.filter(|id| *id != "Z9"));
        assert_eq!(reason.repeat_permille, repeat.then_some(500));
        // The reason names the vulnerable rule only where it changed something.
        assert_eq!(
            reason.vulnerable_permille,
            (vulnerable && tier == Tier::C).then_some(750)
        );
    }
}

#[test]
fn policy_errors_have_file_line_and_remedy() {
    let text = include_str!("../../../assets/policy/clocks.toml");
    for (from, to, part) in [
        ("a = 0.5", "a = 1.5", "1.5"),
        ("a = 0.5", "a = 0.9", "do not grow"),
        ("repeat = 0.5", "repeat = 0.0", "factor 0"),
        ("l1 = \"2h\"", "l1 = \"2w\"", "\"2w\""),
        ("l1 = \"2h\"", "l1 = \"\"", "\"\""),
        ("min = 5,", "min = 1,", "does not follow"),
        (
            "kind = \"plan\"",
            "kind = \"acknowledge\"",
            "does not follow",
        ),
        ("pause_cap_days = 5", "pause_cap_days = 0", "pause cap"),
        ("deed = \"callback\"", "deed = \"shout\"", "shout"),
        ("pause_cap_days", "pause_cup_days", "pause_cup_days"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let line = 1 + text[..text.find(from).unwrap()].matches('\n').count();
        let error = ClockPolicy::parse(
            SourceText {
                file: "clocks.toml",
                text: &changed,
            },
            &site(),
        )
        .unwrap_err();
        assert_eq!(
            (error.file.as_str(), error.line),
            ("clocks.toml", line),
            "{error}"
        );
        assert!(
            error.to_string().contains(part) && !error.remedy.is_empty(),
            "{error}"
        );
    }
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
