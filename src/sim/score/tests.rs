#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::super::debrief::{counterfactual, curve, turning_point};
use super::super::engine::Variable;
use super::super::names::AgentKind;
use super::super::play::Input;
use super::super::points::Points as Thousandths;
use super::super::testing::class;
use super::*;
use crate::domain::lang::Lang;

fn of(play: &Play) -> Score {
    score(play)
}

#[test]
fn the_table_gives_a_hundred_points() {
    let t = table().unwrap().points;
    let sum = t.acknowledged + t.need_found + t.cause + t.commitment + t.recap + t.language;
    assert_eq!(sum, 100);
    assert_eq!(mastery(), 85);
}

#[test]
fn the_three_agents_rank_and_every_point_has_its_line() {
    for id in ["SIM-01", "SIM-02"] {
        let class = class(id);
        for lang in [Lang::Zh, Lang::En] {
            let total = |kind| of(&class.play(kind, lang, 1, false));
            let (bad, kind, good) = (
                total(AgentKind::Mechanical),
                total(AgentKind::Sympathetic),
                total(AgentKind::Committing),
            );
            assert!(
                bad.total <= kind.total && kind.total < good.total,
                "{id} {lang:?}: {bad:#?} {kind:#?} {good:#?}"
            );
            assert!(good.total >= mastery(), "{id} {lang:?}: {good:#?}");
            assert!(good.partial, "nobody knows the ledger here");
            for mark in good.marks.iter().filter(|m| m.points > 0) {
                assert!(!mark.earned.is_empty(), "{mark:?} was earned by no line");
            }
        }
    }
}

#[test]
fn the_ledger_counts_where_somebody_knows_it() {
    let class = class("SIM-01");
    let play = class.play(AgentKind::Committing, Lang::Zh, 1, false);
    let with = |known: bool| {
        let mut inputs = Vec::new();
        for turn in play.turns() {
            let mut tick = turn.tick.clone();
            if let Input::Said { in_ledger, .. } = &mut tick.input {
                *in_ledger = Some(known);
            }
            inputs.push(tick);
        }
        let mut run = super::super::record::Run::of(&play);
        run.inputs = inputs;
        of(&run.replay(&class.stage, &class.scenario).unwrap())
    };
    let kept = with(true);
    let mark = kept
        .marks
        .iter()
        .find(|m| m.criterion == Criterion::Commitment)
        .unwrap();
    assert_eq!((mark.points, mark.of, mark.not_checked), (25, 25, 0));
    assert!(!kept.partial);
    let missing = with(false);
    assert_eq!(missing.total, 0);
    assert!(
        missing.criticals.iter().any(|c| c.what == "ledger"),
        "{missing:?}"
    );
}

#[test]
fn what_was_never_said_of_safety_costs_all_points() {
    let class = class("SIM-01");
    let play = class.play(AgentKind::Sympathetic, Lang::Zh, 1, false);
    let score = of(&play);
    assert_eq!(score.total, 0);
    assert!(
        score.criticals.iter().any(|c| c.what == "trap:nobody-safe"),
        "{score:?}"
    );
}

#[test]
fn another_line_at_a_turn_gives_another_run_from_there() {
    let class = class("SIM-02");
    let play = class.play(AgentKind::Mechanical, Lang::Zh, 1, false);
    let anger = curve(&play, Variable::Anger);
    assert_eq!(anger.len(), play.turns().len() + 1);
    assert_eq!(anger[0], Thousandths::whole(65));
    assert!(turning_point(&play).is_some());
    let other = counterfactual(&play, 1, "去窗口问一句还被顶回来，换谁心里都不舒服。");
    assert_eq!(other.turns().len(), 2);
    assert_eq!(
        other.turns()[0],
        play.turns()[0],
        "what came before is the same"
    );
    assert!(other.state().anger < play.turns()[1].state.anger);
}

#[test]
fn nothing_said_earns_nothing() {
    let class = class("SIM-01");
    let mut play = class
        .play(AgentKind::Mechanical, Lang::Zh, 1, false)
        .rewound(0);
    play.take(1_000, Input::Close);
    assert_eq!(of(&play).total, 0);
}

#[test]
fn a_forbidden_line_costs_the_whole_criterion_once() {
    let class = class("SIM-01");
    let good = class.play(AgentKind::Committing, Lang::Zh, 1, false);
    let language = |play: &Play| {
        let score = of(play);
        let mark = score
            .marks
            .iter()
            .find(|m| m.criterion == Criterion::Language);
        mark.cloned().unwrap()
    };
    assert_eq!(language(&good).points, 10, "{:?}", language(&good));
    let last = good.turns().len() - 1;
    for line in [
        "这是公司规定，我也没办法。",
        "我们这几天都在忙，谁都没闲着。",
        "这个不归我管，您自己打别的电话问。",
        "您连这都不会用，还好意思投诉？",
    ] {
        let other = counterfactual(&good, last, line);
        let mark = language(&other);
        assert_eq!(
            (mark.points, &mark.lost),
            (0, &vec![last]),
            "{line}: {:?}",
            other.turns()[last].acts
        );
    }
    // A promise without a time is no forbidden word.
    let vague = language(&counterfactual(&good, last, "我尽快给您回电话。"));
    assert_eq!(vague.points, 5, "{vague:?}");
}
