//! The reference traces of method 3.5, to the point.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::testing::scenario;
use super::*;
use Act::{
    AckGeneric, AckSpecific, AdmitUnknownTimed, Apologise, AskOpen, CommitConcrete, CommitVague,
    Confirm, ExcuseBusy, ExplainCause, Option as Offer, Own, Paraphrase, PolicyShield, ProcessOnly,
    Safety, Thanks,
};

struct Trace {
    anger: Vec<i64>,
    last: State,
}

fn play(id: &str, turns: &[(&[Act], i64)]) -> Trace {
    let scenario = scenario(id);
    let rules = Rules::shipped().unwrap();
    let engine = Engine {
        scenario: &scenario,
        rules: &rules,
        setup: Setup {
            seed: 1,
            level: 2,
            noise: false,
        },
    };
    let mut state = engine.start();
    let mut anger = Vec::new();
    for (acts, seconds) in turns {
        assert_eq!(state.end, None, "it ended before the trace did");
        let heard = Heard {
            acts: acts.to_vec(),
            ms: seconds * 1_000,
            long: false,
            misread: false,
        };
        let step = engine.step(&state, &Event::Said(heard));
        let sum: i64 = step
            .changes
            .iter()
            .filter(|c| c.of == Variable::Anger)
            .map(|c| c.by.0)
            .sum();
        assert_eq!(
            sum,
            step.after.anger.0 - state.anger.0,
            "the changes add up"
        );
        state = step.after;
        anger.push(state.anger.rounded());
    }
    Trace { anger, last: state }
}

#[test]
fn sim_01_mechanical() {
    let trace = play(
        "SIM-01",
        &[
            (&[ProcessOnly], 10),
            (&[ProcessOnly, CommitVague], 12),
            (&[PolicyShield, CommitVague], 12),
        ],
    );
    assert_eq!(trace.anger, [76, 87, 100]);
    assert_eq!(trace.last.end, Some(End::Supervisor));
}

#[test]
fn sim_01_sorry_only() {
    let trace = play(
        "SIM-01",
        &[
            (&[AckSpecific, Apologise], 12),
            (&[AckGeneric, Apologise], 12),
            (&[Apologise, CommitVague], 12),
            (&[Apologise, CommitVague], 10),
        ],
    );
    assert_eq!(trace.anger, [53, 46, 53, 63]);
    assert_eq!(trace.last.end, Some(End::Supervisor));
}

#[test]
fn sim_01_empathy_and_act() {
    let trace = play(
        "SIM-01",
        &[
            (&[AckSpecific, Safety], 14),
            (&[Own, AskOpen], 10),
            (&[Offer, ExplainCause], 14),
            (&[CommitConcrete, Confirm], 14),
        ],
    );
    assert_eq!(trace.anger, [55, 49, 38, 23]);
    assert_eq!(trace.last.trust.rounded(), 93);
    assert_eq!(trace.last.clarity.rounded(), 76);
    assert_eq!(trace.last.end, Some(End::Resolved));
}

#[test]
fn sim_02_excuse() {
    let trace = play(
        "SIM-02",
        &[
            (&[ExcuseBusy], 9),
            (&[Apologise, PolicyShield], 10),
            (&[CommitVague, ExcuseBusy], 10),
        ],
    );
    assert_eq!(trace.anger, [81, 86, 100]);
    assert_eq!(trace.last.end, Some(End::Supervisor));
}

#[test]
fn sim_02_sorry_and_voucher() {
    let trace = play(
        "SIM-02",
        &[
            (&[AckGeneric, Apologise], 10),
            (&[Apologise, Offer], 12),
            (&[CommitConcrete, Confirm], 12),
            (&[Thanks], 8),
        ],
    );
    assert_eq!(trace.anger, [55, 50, 42, 40]);
    assert_eq!(trace.last.need, NeedStage::Hidden);
    assert_eq!(trace.last.end, None);
}

#[test]
fn sim_02_cause_sought_and_not_yet_known() {
    let trace = play(
        "SIM-02",
        &[
            (&[AckSpecific], 10),
            (&[AskOpen, Paraphrase], 14),
            (&[Apologise, AdmitUnknownTimed, Own], 14),
            (&[CommitConcrete, Confirm], 14),
        ],
    );
    assert_eq!(trace.anger, [53, 46, 32, 19]);
    assert_eq!(trace.last.trust.rounded(), 78);
    assert_eq!(trace.last.end, Some(End::Friend));
}

#[test]
fn sim_02_cause_known() {
    let trace = play(
        "SIM-02",
        &[
            (&[AckSpecific], 10),
            (&[AskOpen, Paraphrase], 14),
            (&[Apologise, ExplainCause, Own], 16),
            (&[Offer, CommitConcrete, Confirm], 16),
        ],
    );
    assert_eq!(trace.anger, [53, 46, 21, 6]);
    assert_eq!(trace.last.trust.rounded(), 86);
    assert_eq!(trace.last.end, Some(End::Friend));
}

#[test]
fn the_numbers_in_thousandths_are_pinned_too() {
    // What the rounded figures could hide: the same bytes on every machine.
    let trace = play(
        "SIM-01",
        &[(&[AckSpecific, Safety], 14), (&[Own, AskOpen], 10)],
    );
    assert_eq!(trace.last.anger, Points(49_169));
    assert_eq!(trace.last.trust, Points(66_000));
    assert_eq!(trace.last.patience, Points(272_620));
}
