#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::testing::class;
use super::*;

#[test]
fn the_three_answers_end_in_their_order() {
    for id in ["SIM-01", "SIM-02"] {
        let class = class(id);
        for lang in [Lang::Zh, Lang::En] {
            let lesson = class.lesson(lang);
            assert_eq!(lesson.len(), 3);
            for answered in &lesson {
                assert!(!answered.lesson.is_empty());
                assert_eq!(answered.anger.len(), answered.play.turns().len() + 1);
            }
            let rates: Vec<Rate> = AgentKind::ALL
                .iter()
                .map(|k| class.rate(*k, lang, 40))
                .collect();
            let [bad, kind, good] = &rates[..] else {
                panic!("three agents")
            };
            assert!(good.resolved * 100 >= good.of * 90, "{id}: {good:?}");
            assert!(bad.resolved * 100 <= bad.of * 5, "{id}: {bad:?}");
            assert!(kind.resolved * 100 <= kind.of * 5, "{id}: {kind:?}");
            assert!(
                bad.anger > kind.anger && kind.anger > good.anger,
                "{id}: {rates:?}"
            );
        }
    }
}

#[test]
fn lines_to_choose_from_are_the_three_of_the_turn_and_none_twice() {
    let class = class("SIM-01");
    let mut play = class
        .play(AgentKind::Mechanical, Lang::Zh, 3, false)
        .rewound(0);
    let first = class.offers(&play);
    assert_eq!(first.len(), 3);
    assert!(first.iter().all(|o| !o.text.contains('{')), "{first:?}");
    let good = first
        .iter()
        .find(|o| o.kind == AgentKind::Committing)
        .unwrap();
    play.take(
        0,
        super::super::play::Input::Said {
            text: good.text.clone(),
            think_ms: 2_000,
            interrupted: false,
            severe_route: None,
            in_ledger: None,
        },
    );
    let second = class.offers(&play);
    assert!(second.iter().all(|o| o.text != good.text));
    // Each goes on with its own next line, and what is not said to the customer brings nobody on.
    let next = |offers: &[Offer], kind| {
        let one = offers.iter().find(|o| o.kind == kind).unwrap();
        let turns = &class.scenario.agent(kind).unwrap().turns;
        turns.iter().position(|t| t.get(Lang::Zh) == one.text)
    };
    assert_eq!(next(&second, AgentKind::Committing), Some(1));
    play.take(9_000, super::super::play::Input::Quiet { ms: 12_000 });
    let third = class.offers(&play);
    assert_eq!(next(&third, AgentKind::Committing), Some(1));
}

#[test]
fn the_golden_run_is_the_same_in_words() {
    // The script of the committing agent does what the reference trace does, and trust and clarity come out the same.
    let class = class("SIM-01");
    for lang in [Lang::Zh, Lang::En] {
        let play = class.play(AgentKind::Committing, lang, 1, false);
        assert_eq!(play.state().need, super::super::names::NeedStage::Met);
        assert!(
            play.state().trust >= Points::whole(85),
            "{:?}",
            play.state()
        );
        assert!(play.end().is_some_and(End::is_good));
    }
}
