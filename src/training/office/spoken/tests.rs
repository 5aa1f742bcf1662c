#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::testing::*;
use super::*;
use crate::api::training::{Ask, DebriefView};
use crate::training::office::Office;

fn begin(office: &Office, who: &Who, role: SeatRole, seat: UserId) -> Told {
    let ask = Ask::SpokenBegin {
        seat,
        scenario: "SIM-01".to_owned(),
        level: 2,
        lang: Lang::Zh,
    };
    office.answer(who, role, NOW, &ask)
}

fn mark(office: &Office, who: &Who, acts: &[&str], after: i64) -> Told {
    let ask = Ask::SpokenMark {
        acts: acts.iter().map(|a| (*a).to_owned()).collect(),
        think_ms: 9_000,
        words: "先别碰".to_owned(),
    };
    office.answer(who, SeatRole::Trainer, NOW.plus_millis(after), &ask)
}

fn view(told: Told) -> DeskView {
    match told {
        Told::Spoken(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_act_can_be_marked_once() {
    let mut all = MARKABLE.to_vec();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all, Act::ALL);
}

#[test]
fn what_an_observer_marked_is_a_run_of_the_one_who_spoke() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    office.enrol(&mei(), SeatRole::Trainee).unwrap();
    office.enrol(&lead(), SeatRole::Trainer).unwrap();
    let first = view(begin(&office, &lead(), SeatRole::Trainer, mei().seat));
    assert_eq!(first.acts.len(), Act::ALL.len());
    assert!(!first.opening.as_str().is_empty() && first.turns.is_empty());
    assert_eq!(
        refusal(&mark(&office, &lead(), &["sing"], 0)),
        "unknown_act"
    );
    let turns: [&[&str]; 4] = [
        &["ack_specific", "safety"],
        &["own", "ask_open"],
        &["option", "explain_cause"],
        &["commit_concrete", "confirm"],
    ];
    let mut last = first;
    for (at, acts) in (1_i64..).zip(turns) {
        last = view(mark(&office, &lead(), acts, at * 20_000));
        assert!(!last.turns.last().unwrap().answer.as_str().is_empty());
    }
    let ended = view(office.answer(
        &lead(),
        SeatRole::Trainer,
        NOW.plus_millis(99_000),
        &Ask::SpokenEnd,
    ));
    assert!(ended.end.is_some() && ended.total.is_some());
    assert_eq!(refusal(&mark(&office, &lead(), &["own"], 0)), "no_spoken");
    let told = office.answer(
        &lead(),
        SeatRole::Trainer,
        NOW,
        &Ask::Debrief { run: last.run },
    );
    let Told::Debrief(debrief) = told else {
        panic!("{told:?}")
    };
    let debrief: DebriefView = *debrief;
    let language = debrief
        .criteria
        .iter()
        .find(|c| c.criterion == "language")
        .unwrap();
    assert_eq!((language.of, language.not_checked), (0, 10));
    assert!(debrief.partial);
    assert_eq!(debrief.turns[0].kind, "marked");
    let Told::Lobby(lobby) = office.answer(&mei(), SeatRole::Trainee, NOW, &Ask::Lobby) else {
        panic!()
    };
    assert_eq!(lobby.runs.len(), 1);
    let language = lobby
        .skills
        .iter()
        .find(|s| s.criterion == "language")
        .unwrap();
    assert!(language.over_time.is_empty(), "nobody could check it");
}

#[test]
fn who_observes_whom() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    office.enrol(&mei(), SeatRole::Trainee).unwrap();
    let told = begin(&office, &bo(), SeatRole::Trainee, mei().seat);
    assert_eq!(refusal(&told), "not_yours");
    let told = begin(&office, &lead(), SeatRole::Trainer, bo().seat);
    assert_eq!(refusal(&told), "unknown_seat");
    // Two who sit together at one desk need no trainer. A second beginning keeps the first as broken off.
    view(begin(&office, &bo(), SeatRole::Trainee, bo().seat));
    view(mark(&office, &bo(), &["own"], 1_000));
    view(begin(&office, &bo(), SeatRole::Trainee, bo().seat));
    let Told::Lobby(lobby) = office.answer(&bo(), SeatRole::Trainee, NOW, &Ask::Lobby) else {
        panic!()
    };
    assert_eq!(lobby.runs.len(), 1);
    assert_eq!(lobby.runs[0].end, None);
}
