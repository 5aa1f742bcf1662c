#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::names::AgentKind;
use super::super::testing::class;
use super::*;
use sha2::{Digest, Sha256};

#[test]
fn a_replay_is_the_same_to_the_byte() {
    for id in ["SIM-01", "SIM-02"] {
        let class = class(id);
        for lang in [Lang::Zh, Lang::En] {
            for kind in AgentKind::ALL {
                let play = class.play(*kind, lang, 7, true);
                let json = Transcript::of(&play).to_json().unwrap();
                let run: Run =
                    serde_json::from_str(&serde_json::to_string(&Run::of(&play)).unwrap()).unwrap();
                let again = run.replay(&class.stage, &class.scenario).unwrap();
                assert_eq!(json, Transcript::of(&again).to_json().unwrap());
            }
        }
    }
}

#[test]
fn another_seed_is_another_run() {
    let class = class("SIM-01");
    let json = |seed| {
        let play = class.play(AgentKind::Committing, Lang::Zh, seed, true);
        Transcript::of(&play).to_json().unwrap()
    };
    assert_ne!(json(1), json(2));
}

#[test]
fn the_states_of_a_run_are_pinned_for_every_machine() {
    // Acts, not words: the reader of words may learn, the numbers of a run may not change. Two machines' builds compare here.
    use super::super::names::Act;
    let class = class("SIM-01");
    let engine = super::super::Engine {
        scenario: &class.scenario,
        rules: &class.stage.rules,
        setup: Setup {
            seed: 7,
            level: 5,
            noise: true,
        },
    };
    let mut states = vec![engine.start()];
    for (at, act) in Act::ALL.iter().enumerate() {
        let event = super::super::Event::Said(super::super::Heard {
            acts: vec![
                *act,
                Act::ALL[(at * 7 + 3) % Act::ALL.len()],
                Act::AckSpecific,
            ],
            ms: 3_001 + 917 * i64::try_from(at).unwrap(),
            long: at % 2 == 0,
            misread: false,
        });
        let step = engine.step(states.last().unwrap(), &event);
        states.push(step.after);
    }
    let bytes = serde_json::to_vec(&states).unwrap();
    let digest = Sha256::digest(&bytes);
    let hex: String = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    assert_eq!(
        hex,
        "00ac37b8b7c565a5",
        "{}",
        String::from_utf8_lossy(&bytes)
    );
}

#[test]
fn a_run_of_another_scenario_or_version_is_refused() {
    let (one, two) = (class("SIM-01"), class("SIM-02"));
    let mut run = Run::of(&one.play(AgentKind::Mechanical, Lang::Zh, 1, true));
    assert!(matches!(
        run.replay(&two.stage, &two.scenario),
        Err(CannotReplay::Scenario(..))
    ));
    run.version = 99;
    assert!(matches!(
        run.replay(&one.stage, &one.scenario),
        Err(CannotReplay::Version { was: 99, .. })
    ));
    run.form = 9;
    assert!(matches!(
        run.replay(&one.stage, &one.scenario),
        Err(CannotReplay::Form(9))
    ));
}

#[test]
fn what_was_said_aloud_and_marked_replays_and_its_language_is_not_checked() {
    use super::super::names::Act;
    use super::super::play::Input;
    use super::super::score::{Criterion, score};
    let class = super::super::testing::class("SIM-01");
    let mut play = class
        .play(
            super::super::names::AgentKind::Mechanical,
            Lang::Zh,
            1,
            false,
        )
        .rewound(0);
    let turns: [&[Act]; 4] = [
        &[Act::AckSpecific, Act::Safety, Act::Safety],
        &[Act::Own, Act::AskOpen],
        &[Act::Option, Act::ExplainCause],
        &[Act::CommitConcrete, Act::Confirm],
    ];
    for (at, acts) in (0_i64..).zip(turns) {
        let input = Input::Marked {
            acts: acts.to_vec(),
            think_ms: 10_000,
            words: String::new(),
        };
        play.take(at * 20_000, input);
    }
    assert_eq!(play.turns()[0].acts.len(), 2, "each act counts once");
    assert!(play.end().is_some_and(super::super::names::End::is_good));
    let run = Run::of(&play);
    let kept = serde_json::to_string(&run).unwrap();
    let again: Run = serde_json::from_str(&kept).unwrap();
    let replayed = again.replay(&class.stage, &class.scenario).unwrap();
    assert_eq!(replayed.turns(), play.turns());
    let score = score(&replayed);
    let language = score
        .marks
        .iter()
        .find(|m| m.criterion == Criterion::Language)
        .unwrap();
    assert_eq!((language.of, language.not_checked), (0, 10));
    assert!(score.partial && score.not_checked.contains(&"PRV-01".to_owned()));
    assert!(score.total >= 60, "{score:?}");
}

/// The same runs give the same bytes on every machine and in every build: the digests are written down, and whoever runs the
/// tests elsewhere, or optimised, replays them. A change of rules, hearing or scenarios changes them, knowingly.
#[test]
fn every_build_plays_the_same_bytes() {
    use std::fmt::Write;
    let taxonomy = crate::domain::taxonomy::Taxonomy::shipped().unwrap();
    let mut out = String::new();
    for scenario in Scenario::shipped(&taxonomy).unwrap() {
        let class = class(&scenario.id);
        for lang in [Lang::Zh, Lang::En] {
            let play = class.play(AgentKind::Committing, lang, 7, true);
            let mut transcript = Transcript::of(&play);
            // The engine's own fingerprint is pinned by `era`; here it would change every line with one word of the hearing.
            transcript.run.engine.clear();
            let json = transcript.to_json().unwrap();
            let digest: String = Sha256::digest(json.as_bytes())
                .iter()
                .take(8)
                .map(|b| format!("{b:02x}"))
                .collect();
            let end = play.end().map_or("open", crate::sim::End::as_str);
            writeln!(out, "{} {lang:?} {digest} {end}", scenario.id).unwrap();
        }
    }
    insta::assert_snapshot!("every_build", out);
}
