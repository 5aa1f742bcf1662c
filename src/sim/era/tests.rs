#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::headless::outcome;
use super::super::names::{Act, StormKind};
use super::super::play::{Input, Play};
use super::super::testing::class;
use super::super::{AgentKind, Setup};
use super::*;
use crate::domain::lang::Lang;

/// A transcript with its score, without the engine's own name.
fn told(hash: &mut Sha256, play: &Play) {
    let mut outcome = outcome(play);
    outcome.transcript.run.engine.clear();
    // The scenario's own fingerprint stands beside the engine's, never in it.
    outcome.transcript.run.fingerprint.clear();
    hash.update(serde_json::to_vec(&outcome).unwrap());
}

/// Everything that is not words: silence, holds, every storm, and every act as an observer marks it.
fn beside_words(level: u8) -> Play {
    let class = class("SIM-01");
    let setup = Setup {
        seed: 11,
        level,
        noise: true,
    };
    let begun = |lang| {
        let (stage, scenario) = (class.stage.clone(), class.scenario.clone());
        Play::begin(stage, scenario, setup, lang, class.began)
    };
    let mut play = begun(Lang::Zh);
    let mut inputs = vec![
        Input::Quiet { ms: 25_000 },
        Input::Hold {
            told_ms: 60_000,
            took_ms: 50_000,
        },
        Input::Hold {
            told_ms: 30_000,
            took_ms: 90_000,
        },
    ];
    inputs.extend(
        StormKind::ALL
            .iter()
            .map(|event| Input::Storm { event: *event }),
    );
    for act in Act::ALL {
        inputs.push(Input::Marked {
            acts: vec![Act::AckSpecific, *act],
            think_ms: 4_000,
            words: String::new(),
        });
    }
    inputs.push(Input::Close);
    for input in inputs {
        let at_ms = play.state().ms;
        play.take(at_ms, input);
    }
    play
}

/// The engine's name must change with what it does. Whoever changes the rules' or the hearing's code comes by here; a change of
/// the data alone changes the name by itself, and usually this digest, too.
#[test]
fn what_the_code_makes_of_the_reference_contacts_is_in_the_fingerprint() {
    let mut hash = Sha256::new();
    for id in ["SIM-01", "SIM-02"] {
        let class = class(id);
        for lang in [Lang::Zh, Lang::En] {
            for kind in AgentKind::ALL {
                told(&mut hash, &class.play(*kind, lang, 7, true));
            }
        }
    }
    for level in [2, 5] {
        told(&mut hash, &beside_words(level));
    }
    // Beyond the scripts: every other authored phrasing, as it is heard after the opening.
    let class = class("SIM-01");
    let file: toml::Value =
        toml::from_str(include_str!("../../../assets/sim/exemplars.toml")).unwrap();
    let all = file["exemplar"].as_array().unwrap();
    let mut heard = 0;
    for (lang, key) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let play = class.play(AgentKind::Mechanical, lang, 7, true).rewound(0);
        let texts = all.iter().flat_map(|one| one[key].as_array().unwrap());
        for text in texts.step_by(2) {
            let understood = play.listen(4_000, text.as_str().unwrap(), None);
            let acts: Vec<&str> = understood.acts.iter().map(|e| e.act.as_str()).collect();
            hash.update(acts.join(" "));
            heard += 1;
        }
    }
    assert!(heard > 60, "{heard}");
    let plays = short(&hash.finalize());
    assert_eq!(
        plays, PLAYS,
        "what the engine does has changed: write PLAYS = \"{plays}\" into src/sim/era.rs, so that runs played before keep what \
         they were worth"
    );
}

#[test]
fn another_coach_is_another_engine() {
    let one = print(&[0; 32]);
    assert_eq!(one.len(), 16);
    assert_eq!(one, print(&[0; 32]));
    assert_ne!(one, print(&[1; 32]));
    let stage = class("SIM-01").stage;
    assert_eq!(stage.print, print(&stage.coach.content().print));
}
