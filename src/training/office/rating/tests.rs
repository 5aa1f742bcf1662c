#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
//! Two trainers on one run: blind until both are in, kept over a restart, told to the trainee with what to practise.

use super::super::testing::*;
use super::super::{Office, Who};
use crate::api::training::{Ask, DebriefView, RunId, RunMarks, RunReviews, SeatRole, Told};
use crate::domain::ids::ReviewId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::review::Stage;
use crate::domain::scorecard::{Found, Marks};
use crate::sim::AgentKind;

fn second() -> Who {
    who(10, "lead2", "何教练")
}

fn marks(level: u8) -> Marks {
    let mut marks = Marks::blank(&Policy::shipped().unwrap().card);
    for mark in &mut marks.criticals {
        mark.found = Found::No;
    }
    for mark in &mut marks.levels {
        mark.level = Some(level);
    }
    marks
}

fn given(run: RunId, second: bool, marks: Marks, note: &str) -> RunMarks {
    RunMarks {
        run,
        second,
        marks,
        note: note.to_owned(),
    }
}

fn reviews(told: Told) -> RunReviews {
    // As it comes out of the wire.
    let json = serde_json::to_string(&told).unwrap();
    assert_eq!(serde_json::from_str::<Told>(&json).unwrap(), told);
    match told {
        Told::RunReviews(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn ask(office: &Office, who: &Who, ask: Ask) -> Told {
    office.answer(who, SeatRole::Trainer, NOW, &ask)
}

fn rate(office: &Office, who: &Who, given: RunMarks) -> Told {
    ask(office, who, Ask::RunRate { given })
}

fn debrief(office: &Office, run: RunId) -> DebriefView {
    match office.answer(&mei(), SeatRole::Trainee, NOW, &Ask::Debrief { run }) {
        Told::Debrief(view) => *view,
        other => panic!("{other:?}"),
    }
}

/// A class with two trainers, and one run of a trainee.
fn class(dir: &std::path::Path) -> (Office, RunId) {
    let office = open(dir);
    for (who, role) in [
        (mei(), SeatRole::Trainee),
        (lead(), SeatRole::Trainer),
        (second(), SeatRole::Trainer),
    ] {
        office.enrol(&who, role).unwrap();
    }
    let play = scripted("SIM-01", AgentKind::Sympathetic, Lang::Zh, 4);
    let run = finish(&office, &mei(), &play, 7, 0);
    reflect(&office, &mei(), run);
    (office, run)
}

#[test]
fn a_run_is_due_with_its_words_and_without_its_points_until_somebody_rated_it() {
    let dir = tempfile::tempdir().unwrap();
    let (office, run) = class(dir.path());
    let view = reviews(ask(&office, &lead(), Ask::RunReviews));
    assert_eq!(view.due.len(), 1);
    assert_eq!(
        (view.due[0].review, view.due[0].agent),
        (ReviewId(run), mei().seat)
    );
    assert_eq!((view.agents[0].units, view.agents[0].rated), (1, 0));
    assert!(
        view.titles
            .iter()
            .any(|(id, title)| *id == ReviewId(run) && !title.is_empty())
    );
    let Told::RunWords(words) = ask(&office, &lead(), Ask::RunWords { run }) else {
        panic!("no words");
    };
    assert!(!words.turns.is_empty() && words.name.as_str() == "梅小雨");
    assert_eq!(words.total, None, "points would lean on the rater");
    for bad in [Ask::RunReviews, Ask::RunWords { run }] {
        let told = office.answer(&mei(), SeatRole::Trainee, NOW, &bad);
        assert_eq!(refusal(&told), "trainer_only");
    }
    let view = reviews(rate(&office, &lead(), given(run, false, marks(3), "好")));
    assert!(view.due.is_empty());
    assert_eq!(view.reviews[0].review.stage(), Stage::Told);
    assert_eq!(view.agents[0].rated, 1);
    let late = rate(&office, &second(), given(run, false, marks(3), ""));
    assert_eq!(refusal(&late), "rated");
    let rated = debrief(&office, run).rated.unwrap();
    assert_eq!(rated.marks, marks(3));
    assert_eq!(
        (rated.names[0].as_str(), rated.notes[0].as_str()),
        ("孔教练", "好")
    );
    assert!(rated.drills.is_empty(), "nothing was low");
}

#[test]
fn two_trainers_are_blind_and_what_they_agree_on_is_told_also_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (office, run) = class(dir.path());
    rate(&office, &lead(), given(run, true, marks(4), "只给自己看"));
    let view = reviews(ask(&office, &second(), Ask::RunReviews));
    let seen = &view.reviews[0];
    assert_eq!(seen.review.stage(), Stage::AwaitsSecond);
    assert_eq!(seen.review.ratings[0].marks, None);
    assert!(seen.words.is_empty());
    let own = reviews(ask(&office, &lead(), Ask::RunReviews));
    assert_eq!(own.reviews[0].review.ratings[0].marks, Some(marks(4)));
    assert_eq!(
        debrief(&office, run).rated,
        None,
        "the trainee hears nothing yet"
    );
    let twice = rate(&office, &lead(), given(run, true, marks(4), ""));
    assert_eq!(refusal(&twice), "rated");
    let early = Ask::RunAgree {
        given: given(run, false, marks(3), ""),
    };
    assert_eq!(
        refusal(&ask(&office, &lead(), early.clone())),
        "awaits_second"
    );
    let mut poor = marks(4);
    poor.levels[1].level = Some(0);
    poor.levels[4].level = Some(1);
    let view = reviews(rate(
        &office,
        &second(),
        given(run, false, poor.clone(), ""),
    ));
    assert_eq!(view.reviews[0].review.stage(), Stage::Apart);
    drop(office);

    let office = open(dir.path());
    office.enrol(&lead(), SeatRole::Trainer).unwrap();
    let agreed = Ask::RunAgree {
        given: given(run, false, poor.clone(), "按第二位的算"),
    };
    let view = reviews(ask(&office, &lead(), agreed));
    assert_eq!(view.reviews[0].review.outcome(), Some(&poor));
    assert_eq!(refusal(&ask(&office, &lead(), early)), "rated");
    let rated = debrief(&office, run).rated.unwrap();
    assert_eq!(rated.marks, poor);
    let items: Vec<&str> = rated
        .drills
        .iter()
        .map(|(item, _, _)| item.as_str())
        .collect();
    assert_eq!(items[0], "listening", "the lowest item comes first");
    let mut scenarios: Vec<&str> = rated.drills.iter().map(|(_, id, _)| id.as_str()).collect();
    scenarios.dedup();
    assert_eq!(scenarios.len(), rated.drills.len());
    // A run without marks of trainers, as every earlier training wrote it, is read as before.
    let other = finish(
        &office,
        &mei(),
        &scripted("SIM-01", AgentKind::Mechanical, Lang::Zh, 2),
        8,
        DAY,
    );
    // Nothing is rated before the trainee said what worked.
    assert!(
        reviews(ask(&office, &lead(), Ask::RunReviews))
            .due
            .is_empty()
    );
    reflect(&office, &mei(), other);
    assert_eq!(
        reviews(ask(&office, &lead(), Ask::RunReviews)).due[0].review,
        ReviewId(other)
    );
}

#[test]
fn marks_that_do_not_fit_and_own_runs_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (office, run) = class(dir.path());
    let mut short = marks(2);
    short.levels.pop();
    for (marks, note) in [
        (short, String::new()),
        (Marks::default(), String::new()),
        (marks(2), "长".repeat(2_001)),
    ] {
        let told = rate(&office, &lead(), given(run, false, marks, &note));
        assert_eq!(refusal(&told), "bad_marks");
    }
    let nobody = RunId::from_u128(404);
    let told = rate(&office, &lead(), given(nobody, false, marks(2), ""));
    assert_eq!(refusal(&told), "unknown_run");
    let told = rate(&office, &mei(), given(run, false, marks(2), ""));
    assert_eq!(refusal(&told), "own_words");
    assert!(
        reviews(ask(&office, &lead(), Ask::RunReviews))
            .reviews
            .is_empty()
    );
}
