#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::fs;

use super::lobby::{Candidate, best};
use super::testing::*;
use super::*;
use crate::api::training::{DebriefView, LobbyView};
use crate::sim::AgentKind;

fn lobby(office: &Office, who: &Who) -> LobbyView {
    match office.answer(who, SeatRole::Trainee, NOW, &Ask::Lobby) {
        Told::Lobby(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn debrief(office: &Office, who: &Who, role: SeatRole, run: RunId) -> Told {
    office.answer(who, role, NOW, &Ask::Debrief { run })
}

fn shown(told: Told) -> DebriefView {
    match told {
        Told::Debrief(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_shown_before_the_trainee_said_what_worked() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    let run = finish(&office, &mei(), &play, 7, 0);
    let before = lobby(&office, &mei());
    assert_eq!(before.runs.len(), 1);
    assert_eq!(before.runs[0].total, None);
    // Nothing that a score moves has moved: skills, gates, cards, chances.
    let nothing = |s: &crate::api::training::Skill| s.now.is_none() && s.over_time.is_empty();
    assert!(before.skills.iter().all(nothing));
    let row = |view: &LobbyView| {
        view.scenarios
            .iter()
            .find(|s| s.id == "SIM-01")
            .unwrap()
            .clone()
    };
    assert_eq!((row(&before).best, row(&before).due_in), (None, None));
    assert!(office.books().difficulty.is_empty());
    let told = debrief(&office, &mei(), SeatRole::Trainee, run);
    assert_eq!(refusal(&told), "reflect_first");
    let tried = Ask::Try {
        run,
        turn: 0,
        lines: vec!["您好".to_owned()],
    };
    let told = office.answer(&mei(), SeatRole::Trainee, NOW, &tried);
    assert_eq!(refusal(&told), "reflect_first");
    // The run is nobody else's.
    let told = debrief(&office, &bo(), SeatRole::Trainee, run);
    assert_eq!(refusal(&told), "unknown_run");

    reflect(&office, &mei(), run);
    let view = shown(debrief(&office, &mei(), SeatRole::Trainee, run));
    assert_eq!(view.total, score(&play).total);
    assert_eq!(view.own.0.as_str(), "我先认了他的急");
    assert_eq!(view.turns.len(), play.turns().len());
    assert_eq!(view.turns.iter().filter(|t| t.turning).count(), 1);
    assert_eq!(view.criteria.len(), 6);
    assert!(!view.need.as_str().is_empty() && !view.demand.as_str().is_empty());
    assert_eq!(view.total, 100);
    assert_eq!(view.next, None, "nothing of it was weak");
    let after = lobby(&office, &mei());
    assert_eq!(after.runs[0].total, Some(view.total));
    assert_eq!(
        (row(&after).best, row(&after).played),
        (Some(view.total), 1)
    );
    assert!(row(&after).expected > row(&before).expected && row(&after).due_in.is_some());
    assert!(after.skills.iter().any(|s| s.now == Some(100)));
}

#[test]
fn moves_add_up_to_what_changed_and_say_why() {
    let play = scripted("SIM-01", AgentKind::Mechanical, Lang::Zh, 2);
    let mut anger = i32::from(views::percent(play.start().anger));
    for (turn, view) in play.turns().iter().zip(views::turns(&play)) {
        let moved: i32 = view
            .moves
            .iter()
            .filter(|m| m.of == "anger")
            .map(|m| m.by)
            .sum();
        let many = i32::try_from(view.moves.len()).unwrap();
        anger += moved;
        // Each reason is rounded by itself.
        assert!((anger - i32::from(view.after.0)).abs() <= many, "{view:?}");
        anger = i32::from(view.after.0);
        assert!(
            view.moves
                .iter()
                .all(|m| m.by != 0 && !m.why.is_empty() && !m.of.is_empty())
        );
        let mut reasons: Vec<_> = view.moves.iter().map(|m| (&m.of, &m.why)).collect();
        reasons.sort();
        let all = reasons.len();
        reasons.dedup();
        assert_eq!(reasons.len(), all, "a reason stands twice");
        assert_eq!(view.acts.len(), turn.acts.len());
    }
}

#[test]
fn a_critical_is_told_in_words_and_costs_all_points() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Sympathetic, Lang::Zh, 1);
    let run = finish(&office, &mei(), &play, 7, 0);
    reflect(&office, &mei(), run);
    let view = shown(debrief(&office, &mei(), SeatRole::Trainee, run));
    assert_eq!(view.total, 0);
    let critical = view.criticals.iter().find(|c| c.critical).unwrap();
    assert!(critical.what.starts_with("trap:") && !critical.why.as_str().is_empty());
    let (next, title, why) = view.next.unwrap();
    assert!(next != "SIM-01" && !title.as_str().is_empty());
    let weak = view.criteria.iter().find(|c| c.criterion == why).unwrap();
    assert!(weak.points < weak.of);
}

#[test]
fn other_lines_from_a_turn_give_another_way_and_leave_the_run() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-02", AgentKind::Mechanical, Lang::Zh, 1);
    let run = finish(&office, &mei(), &play, 7, 0);
    reflect(&office, &mei(), run);
    let ask = |turn: usize, lines: &[&str]| {
        let lines = lines.iter().map(|l| (*l).to_owned()).collect();
        office.answer(
            &mei(),
            SeatRole::Trainee,
            NOW,
            &Ask::Try { run, turn, lines },
        )
    };
    let line = "去窗口问一句还被顶回来，换谁心里都不舒服。";
    let Told::Tried(tried) = ask(1, &[line, "您最想弄明白的是哪一点？"]) else {
        panic!()
    };
    assert_eq!(tried.turns.len(), 2);
    assert_eq!(tried.turns[0].said.as_str(), line);
    assert_eq!(
        tried.anger[..2],
        tried.anger_was[..2],
        "what came before is the same"
    );
    assert!(tried.anger[2] < tried.anger_was[2]);
    assert_eq!(refusal(&ask(99, &[line])), "no_turn");
    assert_eq!(refusal(&ask(0, &[" "])), "no_lines");
    assert_eq!(refusal(&ask(0, &[line; 21])), "too_many_lines");
    let view = shown(debrief(&office, &mei(), SeatRole::Trainee, run));
    assert_eq!(view.turns.len(), play.turns().len());
}

#[test]
fn the_gates_hold_with_a_trainer_and_only_tell_without() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    office.enrol(&mei(), SeatRole::Trainee).unwrap();
    assert!(office.may(&mei(), 5), "nobody leads");
    office.enrol(&lead(), SeatRole::Trainer).unwrap();
    assert!(office.may(&mei(), 2) && !office.may(&mei(), 3));
    office.open_level(Some("mei"), 3).unwrap();
    assert!(office.may(&mei(), 3) && !office.may(&mei(), 4) && !office.may(&bo(), 3));
    office.open_level(None, 4).unwrap();
    assert!(office.may(&bo(), 4));
    // A level is mastered by two days; everything below 3 opens 3.
    let lesson = Ask::Lesson {
        scenario: "SIM-01".to_owned(),
        lang: Lang::Zh,
    };
    let told = office.answer(&bo(), SeatRole::Trainee, NOW, &lesson);
    assert!(matches!(told, Told::Lesson(_)));
    let mut number = 100;
    for level in [1, 2] {
        for day in [0, 1] {
            assert!(!office.may(&bo(), 3), "level {level} day {day}");
            let play = at_level(
                &scripted("SIM-01", AgentKind::Committing, Lang::Zh, 1),
                level,
            );
            assert!(score(&play).total >= 85);
            let run = finish(&office, &bo(), &play, number, day * DAY);
            if (level, day) == (2, 1) {
                assert!(!office.may(&bo(), 3), "own words first");
            }
            reflect(&office, &bo(), run);
            number += 1;
        }
    }
    assert!(office.may(&bo(), 3));
    drop(office);
    let office = open(dir.path());
    office.enrol(&lead(), SeatRole::Trainer).unwrap();
    assert!(office.may(&bo(), 3) && office.may(&bo(), 4) && office.may(&mei(), 3));
    assert_eq!(lobby(&office, &bo()).next_level, 3);
}

#[test]
fn a_run_counts_once_and_a_broken_one_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    finish(&office, &mei(), &play, 7, 0);
    let whole = finish(&office, &mei(), &play, 7, 0);
    reflect(&office, &mei(), whole);
    let broken = play.rewound(1);
    let run = finish(&office, &mei(), &broken, 8, 0);
    let view = lobby(&office, &mei());
    assert_eq!(view.runs.len(), 2);
    assert!(view.skills.iter().all(|s| s.over_time.len() <= 1));
    // A colleague took over: only what was shown counts.
    let sat = Sat {
        run: Uuid::from_u128(9),
        sitting: Uuid::from_u128(9),
        at: NOW,
    };
    office.finish(&mei(), &sat, &broken, true).unwrap();
    reflect(&office, &mei(), sat.run);
    let view = lobby(&office, &mei());
    let handed = view.runs.iter().find(|r| r.run == sat.run).unwrap();
    assert_eq!(handed.end.as_deref(), Some(views::HANDED_OVER));
    let recap = view.skills.iter().find(|s| s.criterion == "recap").unwrap();
    assert_eq!(recap.over_time.len(), 1, "never shown before the hand-over");
    assert_ne!(run, sat.run);
}

#[test]
fn a_damaged_file_costs_nothing_but_itself() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    office.enrol(&mei(), SeatRole::Trainee).unwrap();
    let one = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    let two = scripted("SIM-02", AgentKind::Mechanical, Lang::Zh, 4);
    let kept = finish(&office, &mei(), &one, 7, 0);
    let broken = finish(&office, &mei(), &two, 8, 1);
    assert!(
        lobby(&office, &mei())
            .skills
            .iter()
            .all(|s| s.over_time.is_empty()),
        "no result is told before one's own words"
    );
    reflect(&office, &mei(), kept);
    reflect(&office, &mei(), broken);
    let before = lobby(&office, &mei());
    drop(office);
    // The profile is damaged: it is made again from the runs.
    let folder = dir.path().join("people/mei");
    fs::write(folder.join("profile.json"), "{ no").unwrap();
    let office = open(dir.path());
    assert_eq!(office.set_aside().len(), 1);
    assert!(folder.join("profile.json.damaged-1").exists());
    let after = lobby(&office, &mei());
    assert_eq!(after.skills, before.skills);
    assert_eq!(after.gates, before.gates);
    drop(office);
    // A run is damaged: the other stays.
    fs::write(folder.join(format!("runs/{broken}.json")), b"\xff").unwrap();
    let office = open(dir.path());
    assert_eq!(office.set_aside().len(), 1);
    let after = lobby(&office, &mei());
    assert_eq!(after.runs.len(), 1);
    // What the lost run was worth stays in the running means; its own result is not listed any more.
    for (after, before) in after.skills.iter().zip(&before.skills) {
        assert_eq!(after.now, before.now);
        assert_eq!(after.over_time, before.over_time[..1]);
    }
}

#[test]
fn a_trainers_word_reaches_its_run_before_and_after_the_end() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let run = Uuid::from_u128(7);
    let word = |text: &str| Comment {
        run,
        turn: 0,
        line: crate::text::SafeText::clean_line("您好"),
        text: crate::text::SafeText::clean_line(text),
        at: NOW,
    };
    office.comment(word("先认情绪"), "mei").unwrap();
    let play = scripted("SIM-01", AgentKind::Mechanical, Lang::Zh, 4);
    finish(&office, &mei(), &play, 7, 0);
    office.comment(word("再说原因"), "mei").unwrap();
    // Reflecting and finishing again lose none of it.
    reflect(&office, &mei(), run);
    finish(&office, &mei(), &play, 7, 0);
    drop(office);
    let office = open(dir.path());
    let view = shown(debrief(&office, &lead(), SeatRole::Trainer, run));
    let words: Vec<&str> = view.comments.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(words, ["先认情绪", "再说原因"]);
    assert!(view.own.0.is_empty() && view.own.1.is_empty());
    let view = shown(debrief(&office, &mei(), SeatRole::Trainee, run));
    assert!(!view.own.0.is_empty(), "one's own words are for oneself");
}

#[test]
fn the_right_difficulty_comes_first_then_what_is_due() {
    let all = scenarios();
    let one = |at: usize, expected: f64, due: bool, played: u32| Candidate {
        scenario: &all[at],
        expected,
        due,
        played,
    };
    let id = |all: &[Candidate<'_>]| best(all).unwrap().id.clone();
    // In the range wins over too easy; due wins inside the range, and a little outside, not far outside.
    assert_eq!(
        id(&[one(0, 0.95, false, 0), one(1, 0.72, false, 3)]),
        all[1].id
    );
    assert_eq!(
        id(&[one(0, 0.75, false, 0), one(1, 0.79, true, 3)]),
        all[1].id
    );
    assert_eq!(
        id(&[one(0, 0.75, false, 0), one(1, 0.85, true, 3)]),
        all[1].id
    );
    assert_eq!(
        id(&[one(0, 0.75, false, 0), one(1, 0.30, true, 0)]),
        all[0].id
    );
    assert_eq!(
        id(&[one(0, 0.75, false, 2), one(1, 0.72, false, 1)]),
        all[1].id
    );
    assert!(best(&[]).is_none());
}

#[test]
fn the_one_just_played_is_not_proposed_and_what_is_due_is() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let mut played = Vec::new();
    for n in 0..6_u32 {
        let next = office.propose(&mei(), 1, NOW).unwrap();
        assert_ne!(played.last(), Some(&next));
        let play = at_level(&scripted(&next, AgentKind::Committing, Lang::Zh, 1), 1);
        let run = finish(&office, &mei(), &play, u128::from(n) + 1, i64::from(n));
        reflect(&office, &mei(), run);
        played.push(next);
    }
    let view = lobby(&office, &mei());
    assert!(view.scenarios[0].proposed);
    assert_eq!(view.scenarios.iter().filter(|s| s.proposed).count(), 1);
    assert!(
        view.due.is_empty(),
        "nothing is due on the day it was shown"
    );
    let later = NOW.plus_millis(91 * DAY);
    let Told::Lobby(view) = office.answer(&mei(), SeatRole::Trainee, later, &Ask::Lobby) else {
        panic!()
    };
    assert!(!view.due.is_empty());
    assert!(view.due.windows(2).all(|w| w[0].due_in <= w[1].due_in));
}

#[test]
fn the_lesson_is_mixed_by_scenario_and_a_prediction_is_judged() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let mut firsts = std::collections::BTreeSet::new();
    for scenario in scenarios() {
        let order = lesson::order(&scenario.id);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, AgentKind::ALL);
        assert_eq!(order, lesson::order(&scenario.id));
        firsts.insert(order[0]);
    }
    assert_eq!(firsts.len(), 3, "no answer always stands first");
    let predict = |order: &[&str]| Ask::Predicted {
        scenario: "sim-01".to_owned(),
        order: order.iter().map(|o| (*o).to_owned()).collect(),
    };
    let right = predict(&["mechanical", "sympathetic", "committing"]);
    let wrong = predict(&["committing", "mechanical", "sympathetic"]);
    for ask in [&right, &wrong] {
        assert_eq!(
            office.answer(&mei(), SeatRole::Trainee, NOW, ask),
            Told::Done
        );
    }
    let kept: Vec<bool> = office.books().people["mei"]
        .kept
        .predicted
        .iter()
        .map(|p| p.right)
        .collect();
    assert_eq!(kept, [true, false]);
    let told = office.answer(&mei(), SeatRole::Trainee, NOW, &predict(&["committing"; 3]));
    assert_eq!(refusal(&told), "unknown_kind");
    assert!(!lobby(&office, &mei()).gates[0].mastered);
    let ask = Ask::Lesson {
        scenario: "SIM-01".to_owned(),
        lang: Lang::En,
    };
    let Told::Lesson(view) = office.answer(&mei(), SeatRole::Trainee, NOW, &ask) else {
        panic!()
    };
    assert!(
        lobby(&office, &mei()).gates[0].mastered,
        "a lesson read is level 0 done"
    );
    let end = |kind: &str| {
        *view
            .answers
            .iter()
            .find(|a| a.kind == kind)
            .unwrap()
            .anger
            .last()
            .unwrap()
    };
    assert!(end("mechanical") > end("committing"));
    assert!(view.answers.iter().all(|a| !a.lesson.as_str().is_empty()));
}

#[test]
fn a_login_is_one_folder_and_back() {
    for login in ["mei", "Mei", "../etc", "梅", ".", "a.b%20", "con/aux", ""] {
        let folder = store::folder(login);
        assert!(!folder.contains('/') && !folder.starts_with('.') && !folder.is_empty());
        if !login.is_empty() {
            assert_eq!(store::login_of(&folder).as_deref(), Some(login));
        }
    }
    assert_ne!(store::folder("Mei"), store::folder("mei"));
    assert_eq!(store::login_of("Mei"), None);
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("training");
    let office = open(&home);
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    let run = finish(&office, &mei(), &play, 7, 0);
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(home.clone()), 0o700);
    assert_eq!(mode(home.join("people/mei/runs")), 0o700);
    assert_eq!(
        mode(home.join(format!("people/mei/runs/{run}.json"))),
        0o600
    );
}

#[test]
fn contacts_of_one_sitting_know_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let sitting = Uuid::from_u128(50);
    for (number, id) in [(1, "SIM-01"), (2, "SIM-02")] {
        let sat = Sat {
            run: Uuid::from_u128(number),
            sitting,
            at: NOW,
        };
        let play = scripted(id, AgentKind::Mechanical, Lang::Zh, 1);
        office.finish(&mei(), &sat, &play, false).unwrap();
    }
    reflect(&office, &mei(), Uuid::from_u128(1));
    let view = shown(debrief(
        &office,
        &mei(),
        SeatRole::Trainee,
        Uuid::from_u128(2),
    ));
    assert_eq!(view.others.len(), 1);
    assert_eq!(view.others[0].0, Uuid::from_u128(1));
}
