//! The second half of a pair's life: looked at, kept, retired; and what other rules mean for it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::testing::*;
use super::tests::{TRAINEE, TRAINER, annotate, class, consent, deed_at, read_at, rows, shown};
use super::*;
use crate::domain::lang::Lang;
use crate::sim::AgentKind;
use crate::training::office::Office;

const fn later(days: i64) -> Ms {
    Ms(NOW.0 + days * DAY)
}

/// A pair that came out.
fn out(office: &Office) -> Uuid {
    let pair = class(office);
    let leads = |d: PairDeed| deed_at(office, &lead(), TRAINER, pair, d, NOW);
    for d in [PairDeed::Match, PairDeed::Mask, annotate()] {
        assert_eq!(leads(d), Told::Done);
    }
    for one in [mei(), bo()] {
        let told = deed_at(office, &one, TRAINEE, pair, consent(false), NOW);
        assert_eq!(told, Told::Done);
    }
    assert_eq!(leads(PairDeed::Publish), Told::Done);
    pair
}

fn answers() -> PairDeed {
    PairDeed::Read {
        answers: vec!["第二句".to_owned()],
    }
}

/// A trainee with a run before and one after, as good as these agents.
fn trainee(office: &Office, one: &Who, before: AgentKind, after: (AgentKind, i64)) {
    office.enrol(one, TRAINEE).unwrap();
    for (n, kind, days) in [(0, before, -1), (1, after.0, after.1)] {
        let play = scripted("SIM-02", kind, Lang::Zh, 40 + one.seat.0.as_u64_pair().1);
        let number = one.seat.0.as_u128() * 10 + n;
        reflect(office, one, finish(office, one, &play, number, days * DAY));
    }
}

#[test]
fn after_thirty_days_a_trainer_sees_what_it_did_and_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let pair = out(&office);
    let (ran, li) = (who(7, "ran", "冉明"), who(8, "li", "李想"));
    trainee(
        &office,
        &ran,
        AgentKind::Mechanical,
        (AgentKind::Committing, 20),
    );
    trainee(
        &office,
        &li,
        AgentKind::Mechanical,
        (AgentKind::Mechanical, 20),
    );
    let told = deed_at(&office, &ran, TRAINEE, pair, answers(), later(3));
    assert_eq!(told, Told::Done);
    let keep = PairDeed::Judge { keep: true };
    let row = |now| rows(&office, &lead(), TRAINER, now).remove(0);
    let early = row(later(29));
    assert_eq!(early.look, Some(("2026-04-10".to_owned(), 1)));
    assert_eq!(early.out.as_deref(), Some("2026-03-11"));
    assert_ne!(early.next.as_deref(), Some("judge"));
    let told = deed_at(&office, &lead(), TRAINER, pair, keep.clone(), later(29));
    assert_eq!(refusal(&told), "not_now");
    let due = row(later(30));
    assert_eq!((due.next.as_deref(), due.read), (Some("judge"), 1));
    let told = deed_at(&office, &ran, TRAINEE, pair, keep.clone(), later(30));
    assert_eq!(refusal(&told), "trainer_only");
    // Trainees are told nothing of each other's progress.
    assert_eq!(
        shown(read_at(&office, &ran, TRAINEE, pair, later(30))).worth,
        None
    );
    assert_eq!(rows(&office, &ran, TRAINEE, later(30))[0].look, None);
    let seen = shown(read_at(&office, &lead(), TRAINER, pair, later(30)))
        .worth
        .unwrap();
    assert!(seen.skill.is_some() && seen.kept.is_none());
    assert_eq!(
        (seen.readers.people, seen.readers.measured, seen.answered),
        (1, 1, 1)
    );
    assert!(seen.readers.by.unwrap() > 0, "{seen:?}");
    assert!(
        seen.others.people >= 1 && seen.others.by.is_some_and(|by| by <= 0),
        "{seen:?}"
    );
    let told = deed_at(&office, &lead(), TRAINER, pair, keep, later(31));
    assert_eq!(told, Told::Done);
    drop(office);
    let office = open(dir.path());
    office.enrol(&lead(), TRAINER).unwrap();
    let view = shown(read_at(&office, &lead(), TRAINER, pair, later(33)));
    assert_eq!((view.row.state, &view.row.look), (PairState::Kept, &None));
    let kept = view.worth.unwrap();
    assert_eq!(
        (kept.kept, kept.on.as_deref()),
        (Some(true), Some("2026-04-11"))
    );
    assert_eq!(
        kept.readers, seen.readers,
        "as it stood when it was decided"
    );
    // It is read on.
    let told = deed_at(&office, &li, TRAINEE, pair, answers(), later(40));
    assert_eq!(told, Told::Done);
}

#[test]
fn a_retired_pair_may_be_read_and_is_offered_to_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let pair = out(&office);
    let ran = who(7, "ran", "冉明");
    assert_eq!(
        rows(&office, &ran, TRAINEE, NOW)[0].next.as_deref(),
        Some("read")
    );
    let retire = PairDeed::Judge { keep: false };
    let told = deed_at(&office, &lead(), TRAINER, pair, retire, later(5));
    assert_eq!(told, Told::Done, "rules change on any day");
    let row = rows(&office, &ran, TRAINEE, later(5)).remove(0);
    assert_eq!((row.state, row.next), (PairState::Retired, None));
    let why = Some(("2026-03-16".to_owned(), "judged".to_owned()));
    assert_eq!(row.retires, why);
    let view = shown(read_at(&office, &ran, TRAINEE, pair, later(6)));
    assert_eq!(view.questions.len(), 3);
    let told = deed_at(&office, &ran, TRAINEE, pair, answers(), later(6));
    assert_eq!(refusal(&told), "not_now");
    // It can still be taken back, and then there is nothing left.
    let told = deed_at(&office, &bo(), TRAINEE, pair, PairDeed::Retire, later(7));
    assert_eq!(told, Told::Done);
    assert!(rows(&office, &ran, TRAINEE, later(7)).is_empty());
    let told = read_at(&office, &ran, TRAINEE, pair, later(7));
    assert_eq!(refusal(&told), "unknown_pair");
}

#[test]
fn what_nobody_reads_and_what_is_a_year_old_is_retired_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let pair = out(&office);
    let row = |now| rows(&office, &bo(), TRAINEE, now).remove(0);
    assert_eq!(row(later(89)).state, PairState::Published);
    assert_eq!(row(later(90)).state, PairState::Retired);
    assert_eq!(row(later(91)).retires.unwrap().1, "unused");
    // Read in time, it lives on until it is a year old.
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let second = out(&office);
    assert_eq!(pair, second, "the same two runs are the same pair");
    for (n, days) in (20_u128..).zip([80, 160, 240, 320]) {
        let one = who(n, &format!("r{n}"), "x");
        let told = deed_at(&office, &one, TRAINEE, second, answers(), later(days));
        assert_eq!(told, Told::Done);
    }
    let row = |now| rows(&office, &bo(), TRAINEE, now).remove(0);
    assert_eq!(row(later(364)).state, PairState::Published);
    let old = row(later(365));
    assert_eq!(old.state, PairState::Retired);
    assert_eq!(
        old.retires,
        Some(("2027-03-11".to_owned(), "old".to_owned()))
    );
}

#[test]
fn what_waited_a_year_and_never_came_out_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let pair = class(&office);
    for d in [PairDeed::Match, PairDeed::Mask, annotate()] {
        let told = deed_at(&office, &lead(), TRAINER, pair, d, NOW);
        assert_eq!(told, Told::Done);
    }
    assert_eq!(rows(&office, &lead(), TRAINER, later(364)).len(), 1);
    assert!(rows(&office, &lead(), TRAINER, later(365)).is_empty());
}

#[test]
fn only_runs_by_the_same_rules_make_a_pair() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    class(&office);
    drop(office);
    let path = dir
        .path()
        .join(format!("people/mei/runs/{}.json", Uuid::from_u128(1)));
    let kept = std::fs::read_to_string(&path).unwrap();
    let engine =
        crate::sim::Run::of(&scripted("SIM-01", AgentKind::Committing, Lang::Zh, 3)).engine;
    for other in ["0123456789abcdef", ""] {
        std::fs::write(&path, kept.replace(&engine, other)).unwrap();
        let office = open(dir.path());
        office.enrol(&lead(), TRAINER).unwrap();
        assert!(rows(&office, &lead(), TRAINER, NOW).is_empty(), "{other}");
    }
    std::fs::write(&path, kept).unwrap();
    let office = open(dir.path());
    office.enrol(&lead(), TRAINER).unwrap();
    assert_eq!(rows(&office, &lead(), TRAINER, NOW).len(), 1);
}
