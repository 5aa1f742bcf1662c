#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::score::Mark;
use super::*;

fn score(points: &[(Criterion, u32, u32)]) -> Score {
    Score {
        total: 0,
        partial: false,
        marks: points
            .iter()
            .map(|(criterion, points, of)| Mark {
                criterion: *criterion,
                points: *points,
                of: *of,
                not_checked: 0,
                earned: Vec::new(),
                lost: Vec::new(),
            })
            .collect(),
        criticals: Vec::new(),
        traps: Vec::new(),
        not_checked: Vec::new(),
        not_understood: Vec::new(),
    }
}

#[test]
fn a_scenario_of_the_right_difficulty_is_chosen() {
    let at = |value| Estimate { value, results: 0 };
    let all = [("easy", at(-3.0)), ("right", at(-1.1)), ("hard", at(2.0))];
    assert_eq!(choose(at(0.0), &all), Some(&"right"));
    let p = expected(at(0.0), at(-1.1));
    assert!((RIGHT.0..=RIGHT.1).contains(&p), "{p}");
    assert_eq!(choose(at(3.2), &all), Some(&"hard"));
    assert_eq!(choose::<&str>(at(0.0), &[]), None);
}

#[test]
fn results_move_both_estimates_against_each_other_and_less_each_time() {
    let (me, it) = (Estimate::default(), Estimate::default());
    let (won, easier) = after(me, it, 100);
    assert!((won.value - 0.2).abs() < 1e-9 && (easier.value + 0.2).abs() < 1e-9);
    let (lost, harder) = after(me, it, 0);
    assert!(lost.value < 0.0 && harder.value > 0.0);
    let old = Estimate {
        value: 0.0,
        results: 20,
    };
    assert!(after(old, it, 100).0.value < won.value);
}

#[test]
fn cards_come_back_later_the_better_they_went_and_never_after_ninety_days() {
    assert!((retrievability(10.0, 10.0) - RETENTION).abs() < 1e-9);
    let first: Vec<i64> = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy]
        .into_iter()
        .map(|g| review(None, g, 0).due)
        .collect();
    assert_eq!(first, [1, 1, 3, 16]);
    let mut card = review(None, Grade::Good, 0);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let day = card.due;
        card = review(Some(card), Grade::Good, day);
        waits.push(card.due - day);
    }
    assert!(waits.windows(2).all(|w| w[0] <= w[1]), "{waits:?}");
    assert_eq!(waits.last(), Some(&90));
    let failed = review(Some(card), Grade::Again, card.due);
    assert!(failed.stability < card.stability);
    assert!(failed.difficulty > card.difficulty);
    assert_eq!(Grade::of(59), Grade::Again);
    assert_eq!(Grade::of(60), Grade::Hard);
    assert_eq!(Grade::of(75), Grade::Good);
    assert_eq!(Grade::of(90), Grade::Easy);
}

#[test]
fn the_profile_follows_the_newest_results_and_knows_the_weakest_skill() {
    let run = score(&[(Criterion::Cause, 15, 15), (Criterion::Recap, 5, 10)]);
    let profile = Profile::default().with(&run);
    assert_eq!(profile.weakest(), Some(Criterion::Recap));
    let better = profile.with(&score(&[
        (Criterion::Recap, 10, 10),
        (Criterion::Cause, 0, 0),
    ]));
    assert!((better.skills[&Criterion::Recap] - 65.0).abs() < 1e-9);
    assert!((better.skills[&Criterion::Cause] - 100.0).abs() < 1e-9);
}

#[test]
fn gates_open_after_two_days_without_a_critical() {
    let done = |level, day, total, critical| Done {
        level,
        day,
        total,
        critical,
    };
    assert_eq!(gates(&[]).next, 0);
    let mut runs = vec![done(0, 1, 0, false)];
    for level in 1..=3 {
        runs.push(done(level, 1, 90, false));
        runs.push(done(level, 1, 95, false));
    }
    assert_eq!(gates(&runs).mastered, [0], "one day is not two");
    for level in 1..=3 {
        runs.push(done(level, 2, 85, level == 3));
    }
    let gate = gates(&runs);
    assert_eq!(
        (gate.mastered, gate.next, gate.live),
        (vec![0, 1, 2], 3, false)
    );
    runs.push(done(3, 4, 86, false));
    assert!(gates(&runs).live);
}
