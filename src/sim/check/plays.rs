//! What comes out when a scenario is played: by chance, on purpose, with money alone, and by its three agents.

use std::sync::Arc;

use super::chance::{guided, random, tally};
use super::{Bench, Report};
use crate::coach::content::Need;
use crate::domain::lang::Lang;
use crate::sim::engine::{Engine, Event, Heard, Setup, State};
use crate::sim::lesson::{Class, Rate};
use crate::sim::names::{Act, AgentKind, End, NeedStage, Outside, Situation, StormKind};
use crate::sim::points::Points;
use crate::sim::scenario::Scenario;
use crate::sim::voice::Memory;

/// The share of seeds, in percent, that the committing agent must resolve, and that the others may at most.
const RESOLVES: u32 = 90;
const MAY_RESOLVE: u32 = 5;
/// Plays from which on a line that nobody heard is one that nobody will hear.
const ENOUGH: u32 = 1_000;
/// What money can do without ever asking what is wrong.
const MONEY: &[Act] = &[
    Act::AckGeneric,
    Act::Apologise,
    Act::Own,
    Act::Option,
    Act::CommitConcrete,
    Act::Confirm,
    Act::Thanks,
    Act::AskClosed,
];

/// Plays money alone.
fn money_wins(bench: &Bench<'_>, scenario: &Scenario) -> bool {
    (0..bench.effort.plays).any(|number| {
        let engine = Engine {
            scenario,
            rules: &bench.stage.rules,
            setup: Setup {
                seed: u64::from(number),
                level: 2,
                noise: true,
            },
        };
        // Even whoever learns the need by chance cannot buy it off.
        let mut start = vec![MONEY.to_vec()];
        start.push([MONEY, &[Act::AckSpecific, Act::AskOpen]].concat());
        let from = &start[usize::from(number % 2 == 1)];
        let from = (&from[..], &from[..]);
        let states = random(&engine, u64::from(number), from, &mut Memory::default());
        states.last().and_then(|s| s.end).is_some_and(End::is_good)
    })
}

/// Turns that do everything right, as acts.
fn right(bench: &Bench<'_>, scenario: &Scenario) -> Vec<Vec<Act>> {
    let meets = if scenario.need.meets.is_empty() {
        bench.stage.rules.fit(scenario.need.fix).meets
    } else {
        scenario.need.meets.clone()
    };
    let meet = meets.first().copied().unwrap_or(Act::Option);
    vec![
        vec![Act::AckSpecific, scenario.need.direct],
        vec![Act::AskOpen, Act::Paraphrase],
        vec![Act::Own, Act::Apologise],
        vec![meet],
        vec![Act::CommitConcrete, Act::Confirm],
        vec![Act::Thanks, Act::Option, Act::ExplainCause],
        vec![Act::RightsNeutral, Act::AdmitUnknownTimed],
    ]
}

fn play_right(bench: &Bench<'_>, scenario: &Scenario, from: Option<&State>) -> State {
    let engine = Engine {
        scenario,
        rules: &bench.stage.rules,
        setup: Setup {
            seed: 1,
            level: 2,
            noise: false,
        },
    };
    let mut state = from.cloned().unwrap_or_else(|| engine.start());
    for acts in right(bench, scenario) {
        let heard = Heard {
            acts,
            ms: 10_000,
            long: false,
            misread: false,
        };
        state = engine.step(&state, &Event::Said(heard)).after;
    }
    state
}

pub(super) fn check(
    bench: &Bench<'_>,
    scenario: &Arc<Scenario>,
    report: &mut Report<'_>,
) -> Vec<Rate> {
    let best = play_right(bench, scenario, None);
    if best.need != NeedStage::Met {
        report.add(
            "[need]",
            "sim-need-unreachable",
            &[("what", scenario.need.direct.as_str())],
        );
    } else if !best.end.is_some_and(End::is_good) {
        let end = best.end.map_or("none", End::as_str);
        report.add("[start]", "sim-end-unreachable", &[("what", end)]);
    }
    let mut tally = tally(bench, scenario);
    if bench.effort.plays >= ENOUGH {
        guided(bench, scenario, &mut tally.said);
    }
    for (place, saying) in scenario.sayings.iter().enumerate() {
        if bench.effort.plays < ENOUGH {
            break;
        }
        let rare = matches!(
            saying.when,
            Situation::EndFriend
                | Situation::EndResolved
                | Situation::EndGrudging
                | Situation::EndOutside
                | Situation::EndByPolicy
        );
        if !tally.said.contains(&place) && !rare {
            report.add(
                &saying.text.zh,
                "sim-unreachable-line",
                &[("what", &saying.text.zh)],
            );
        }
    }
    ends(scenario, report);
    if tally.unearned + tally.out_of_bounds + tally.unlike > 0 {
        report.add("[need]", "sim-dead-end", &[("what", &scenario.id)]);
    }
    dead_ends(bench, scenario, report);
    if scenario.need.fix == Need::Cause && money_wins(bench, scenario) {
        report.add("[need]", "sim-money-wins", &[("what", &scenario.id)]);
    }
    effects(bench, scenario, report);
    agents(bench, scenario, report)
}

/// Lines for what cannot happen to this customer.
fn ends(scenario: &Scenario, report: &mut Report<'_>) {
    let abuse = scenario.persona.abuse_at.is_some()
        || scenario.storm.iter().any(|e| e.kind == StormKind::Abuse);
    let outside = scenario.persona.outside != Outside::None;
    for saying in &scenario.sayings {
        let never = match saying.when {
            Situation::Abuse | Situation::Boundary | Situation::EndByPolicy => !abuse,
            Situation::Outside | Situation::EndOutside => !outside,
            _ => false,
        };
        if never {
            report.add(
                &saying.text.zh,
                "sim-unreachable-line",
                &[("what", &saying.text.zh)],
            );
        }
    }
}

/// From wherever chance leads, whoever then does everything right must find an end.
fn dead_ends(bench: &Bench<'_>, scenario: &Scenario, report: &mut Report<'_>) {
    let engine = Engine {
        scenario,
        rules: &bench.stage.rules,
        setup: Setup {
            seed: 1,
            level: 2,
            noise: true,
        },
    };
    for number in 0..bench.effort.plays.min(500) {
        let states = random(
            &engine,
            u64::from(number),
            (Act::ALL, Act::ALL),
            &mut Memory::default(),
        );
        let Some(last) = states.last().filter(|s| s.end.is_none()) else {
            continue;
        };
        let twice = play_right(
            bench,
            scenario,
            Some(&play_right(bench, scenario, Some(last))),
        );
        if twice.end.is_none() && engine.standing_end(&twice) == End::Left {
            report.add("[need]", "sim-dead-end", &[("what", &scenario.id)]);
            return;
        }
    }
}

/// Acts that answer a line or meet the need and change nothing.
fn effects(bench: &Bench<'_>, scenario: &Scenario, report: &mut Report<'_>) {
    let named = scenario.sayings.iter().filter_map(|s| s.after);
    let needed = scenario
        .need
        .meets
        .iter()
        .copied()
        .chain([scenario.need.direct]);
    for act in named.chain(needed) {
        let effect = bench.stage.rules.effect(act);
        let all = [effect.anger, effect.trust, effect.clarity, effect.face];
        if all.iter().all(|p| *p == Points::ZERO) {
            let mark = format!("\"{}\"", act.as_str());
            report.add(&mark, "sim-act-without-effect", &[("what", act.as_str())]);
        }
    }
}

/// The three agents must rank, in both languages; how they do.
fn agents(bench: &Bench<'_>, scenario: &Arc<Scenario>, report: &mut Report<'_>) -> Vec<Rate> {
    let mut out = Vec::new();
    let class = Class {
        stage: Arc::clone(&bench.stage),
        scenario: Arc::clone(scenario),
        calendar: bench.calendar,
        began: bench.began,
    };
    for lang in [Lang::Zh, Lang::En] {
        let of = lang.code();
        let rates: Vec<Rate> = AgentKind::ALL
            .iter()
            .map(|kind| class.rate(*kind, lang, bench.effort.seeds))
            .collect();
        for rate in &rates {
            let percent = rate.resolved * 100 / rate.of.max(1);
            let wins = rate.kind == AgentKind::Committing;
            let rule = match (wins, percent) {
                (true, p) if p < RESOLVES => "sim-agent-fails",
                (false, p) if p > MAY_RESOLVE => "sim-agent-wins",
                _ => continue,
            };
            let percent = percent.to_string();
            let mark = format!("kind = \"{}\"", rate.kind.as_str());
            let args = [
                ("what", rate.kind.as_str()),
                ("of", of),
                ("known", &percent),
            ];
            report.add(&mark, rule, &args);
        }
        if !rates
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a.anger > b.anger))
        {
            let figures: Vec<String> = rates
                .iter()
                .map(|r| r.anger.rounded().to_string())
                .collect();
            let args = [("of", of), ("known", &figures.join(" > ")[..])];
            report.add("[[agent]]", "sim-agents-out-of-order", &args);
        }
        out.extend(rates);
    }
    out
}
