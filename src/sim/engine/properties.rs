//! What must hold whatever is said (method 3.5, Checks). The shipped scenarios are also played 20,000 times each by the test that
//! is left out of ordinary runs: `cargo test --release sim:: -- --ignored`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::testing::scenario;
use super::*;
use proptest::prelude::*;

fn acts() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(prop::sample::select(Act::ALL), 0..4).prop_map(|mut acts| {
        let mut seen = std::collections::BTreeSet::new();
        acts.retain(|a| seen.insert(*a));
        acts
    })
}

fn turns() -> impl Strategy<Value = Vec<(Vec<Act>, i64)>> {
    prop::collection::vec((acts(), 0_i64..40_000), 1..14)
}

fn said(acts: &[Act], ms: i64) -> Event {
    Event::Said(Heard {
        acts: acts.to_vec(),
        ms,
        long: false,
        misread: false,
    })
}

fn run(id: &str, seed: u64, noise: bool, turns: &[(Vec<Act>, i64)]) -> Vec<State> {
    run_at(id, 5, seed, noise, turns)
}

/// Without abuse, which makes of a limit that is named something good.
fn calmly(id: &str, turns: &[(Vec<Act>, i64)]) -> Vec<State> {
    run_at(id, 3, 1, false, turns)
}

fn run_at(id: &str, level: u8, seed: u64, noise: bool, turns: &[(Vec<Act>, i64)]) -> Vec<State> {
    let scenario = scenario(id);
    let rules = Rules::shipped().unwrap();
    let engine = Engine {
        scenario: &scenario,
        rules: &rules,
        setup: Setup { seed, level, noise },
    };
    let mut states = vec![engine.start()];
    for (acts, ms) in turns {
        let before = states.last().unwrap();
        let step = engine.step(before, &said(acts, *ms));
        for (of, from, to) in [
            (Variable::Anger, before.anger, step.after.anger),
            (Variable::Trust, before.trust, step.after.trust),
            (Variable::Clarity, before.clarity, step.after.clarity),
            (Variable::Face, before.face, step.after.face),
            (Variable::Patience, before.patience, step.after.patience),
        ] {
            let sum: i64 = step
                .changes
                .iter()
                .filter(|c| c.of == of)
                .map(|c| c.by.0)
                .sum();
            assert_eq!(sum, to.0 - from.0, "{of:?} does not add up");
        }
        states.push(step.after);
    }
    states
}

/// The anger at the last turn that both runs played.
fn compare(a: &[State], b: &[State]) -> (Points, Points) {
    let played = |states: &[State]| {
        let ended = states.iter().position(|s| s.end.is_some());
        ended.unwrap_or(states.len() - 1)
    };
    let last = played(a).min(played(b));
    (a[last].anger, b[last].anger)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_state_keeps_its_bounds_and_ends_only_well_with_the_need_met(
        turns in turns(),
        seed in any::<u64>(),
        first in any::<bool>(),
    ) {
        let id = if first { "SIM-01" } else { "SIM-02" };
        let states = run(id, seed, true, &turns);
        for state in &states {
            for value in [state.anger, state.trust, state.clarity, state.face] {
                prop_assert!(value >= Points::ZERO && value <= Points::FULL);
            }
            prop_assert!(state.patience >= Points::ZERO);
            if state.end.is_some_and(End::is_good) {
                prop_assert_eq!(state.need, NeedStage::Met);
                prop_assert_eq!(state.commitment, Commitment::Confirmed);
            }
        }
        prop_assert_eq!(&states, &run(id, seed, true, &turns));
    }

    #[test]
    fn an_acknowledgement_in_the_first_turn_never_raises_the_last_anger(
        turns in turns(),
        first in any::<bool>(),
    ) {
        let id = if first { "SIM-01" } else { "SIM-02" };
        let mut with = turns.clone();
        with[0].0.retain(|a| *a != Act::AckSpecific);
        let without = calmly(id, &with);
        with[0].0.insert(0, Act::AckSpecific);
        // An empty turn was not understood; saying something there is another turn, not an addition.
        prop_assume!(with[0].0.len() > 1);
        // At the top of the scale what an early word spared is lost, while its repeat later counts half (rule 1).
        prop_assume!(without.iter().all(|s| s.anger < Points::FULL));
        let (plain, kind) = compare(&without, &calmly(id, &with));
        prop_assert!(kind <= plain, "{kind:?} > {plain:?}");
    }

    #[test]
    fn a_forbidden_phrase_never_lowers_the_last_anger(
        turns in turns(),
        at in any::<prop::sample::Index>(),
        first in any::<bool>(),
    ) {
        let id = if first { "SIM-01" } else { "SIM-02" };
        let mut with = turns.clone();
        let at = at.index(with.len());
        with[at].0.retain(|a| *a != Act::Forbidden);
        let without = calmly(id, &with);
        with[at].0.push(Act::Forbidden);
        prop_assume!(with[at].0.len() > 1);
        let (plain, rude) = compare(&without, &calmly(id, &with));
        prop_assert!(rude >= plain, "{rude:?} < {plain:?}");
    }
}

#[test]
fn every_end_is_reached_by_some_words() {
    use Act::{
        AckSpecific, AdmitUnknownTimed, Apologise, AskOpen, CommitConcrete, Confirm, Own,
        Paraphrase, TransferCold,
    };
    let good = |ms: i64, extra: &[Act]| {
        let mut turns = vec![
            (vec![AckSpecific], ms),
            (vec![AskOpen, Paraphrase], ms),
            (vec![Apologise, AdmitUnknownTimed, Own], ms),
        ];
        turns.push(([&[CommitConcrete, Confirm], extra].concat(), ms));
        turns.push((vec![Act::Thanks], ms));
        turns
    };
    let end = |turns: &[(Vec<Act>, i64)]| run("SIM-02", 1, false, turns).last().unwrap().end;
    assert_eq!(end(&good(10_000, &[])), Some(End::Friend));
    assert_eq!(end(&good(10_000, &[Act::ProcessOnly])), Some(End::Resolved));
    let slow = good(34_000, &[Act::ExcuseBusy, Act::PolicyShield]);
    assert_eq!(end(&slow), Some(End::Grudging));
    let shield = (vec![Act::PolicyShield, Act::CommitVague], 5_000);
    assert_eq!(end(&[shield.clone(), shield]), Some(End::Supervisor));
    let cold = [
        (vec![AckSpecific, TransferCold], 5_000),
        (vec![AskOpen, TransferCold], 5_000),
        (vec![Apologise, TransferCold], 5_000),
        (vec![Own, TransferCold, TransferCold], 5_000),
    ];
    assert_eq!(end(&cold), Some(End::Outside));
    assert_eq!(end(&[(vec![AckSpecific], 280_000)]), Some(End::HangUp));
}

#[test]
fn abuse_after_two_warnings_may_be_closed_and_before_it_is_left() {
    let scenario = scenario("SIM-02");
    let rules = Rules::shipped().unwrap();
    let engine = Engine {
        scenario: &scenario,
        rules: &rules,
        setup: Setup {
            seed: 1,
            level: 5,
            noise: false,
        },
    };
    let mut state = engine.start();
    assert_eq!(
        engine.step(&state, &Event::Close).after.end,
        Some(End::Left)
    );
    for _ in 0..2 {
        let storm = engine.step(&state, &Event::Storm(StormKind::Abuse));
        assert!(storm.after.abusing && storm.has(Moment::Abused));
        assert_eq!(engine.standing_end(&storm.after), End::Left);
        let warned = engine.step(&storm.after, &said(&[Act::Boundary], 5_000));
        assert!(!warned.after.abusing && warned.has(Moment::Warned));
        state = warned.after;
    }
    let again = engine.step(&state, &Event::Storm(StormKind::Abuse)).after;
    assert_eq!(
        engine.step(&again, &Event::Close).after.end,
        Some(End::ByPolicy)
    );
    let calm = engine
        .step(&engine.start(), &said(&[Act::Boundary], 5_000))
        .after;
    assert!(calm.anger > engine.start().anger, "a lecture without cause");
}

#[test]
fn a_hold_beyond_the_told_time_costs_twice() {
    let scenario = scenario("SIM-01");
    let rules = Rules::shipped().unwrap();
    let engine = Engine {
        scenario: &scenario,
        rules: &rules,
        setup: Setup {
            seed: 1,
            level: 3,
            noise: false,
        },
    };
    let start = engine.start();
    let hold = |told_ms, took_ms| engine.step(&start, &Event::Hold { told_ms, took_ms }).after;
    let kept = hold(30_000, 30_000);
    let broken = hold(30_000, 60_000);
    assert_eq!(kept.anger, start.anger);
    assert!(broken.anger > start.anger);
    let cost = |s: &State| start.patience.0 - s.patience.0;
    assert_eq!(cost(&broken), cost(&kept) * 3);
}

#[test]
fn an_answer_promised_by_a_time_can_be_confirmed() {
    let turns = [
        (vec![Act::AckSpecific], 8_000),
        (vec![Act::AskOpen, Act::Paraphrase], 8_000),
        (vec![Act::Apologise, Act::Own], 8_000),
        (vec![Act::AdmitUnknownTimed, Act::Confirm], 8_000),
    ];
    let last = calmly("SIM-02", &turns).pop().unwrap();
    assert_eq!(last.commitment, Commitment::Confirmed);
    assert_eq!(last.end, Some(End::Resolved));
}
