use super::*;
use crate::domain::calendar::SourceText;

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
    let text = include_str!("../../../../assets/policy/clocks.toml");
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
