//! What comes out when a scenario is played: by chance, on purpose, with money alone, and by its three agents.

use std::sync::Arc;

use super::{Bench, Report};
use crate::coach::content::Need;
use crate::domain::lang::Lang;
use crate::sim::engine::{Engine, Event, Heard, Setup, State};
use crate::sim::lesson::{Class, Rate};
use crate::sim::names::{Act, AgentKind, End, NeedStage, Outside, Situation, StormKind};
use crate::sim::points::Points;
use crate::sim::scenario::Scenario;
use crate::sim::seed::numbers;
use crate::sim::voice::{Memory, Voice};

/// Turns of a random play.
const TURNS: usize = 14;
/// The share of seeds, in percent, that the committing agent must resolve, and that the others may at most.
const RESOLVES: u32 = 90;
const MAY_RESOLVE: u32 = 5;
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

/// What random plays of a scenario came to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Plays.
    pub plays: u32,
    /// That reached a good end.
    pub good: u32,
    /// Good ends with the need open: must be 0.
    pub unearned: u32,
    /// States out of bounds: must be 0.
    pub out_of_bounds: u32,
    /// Plays that came out otherwise when played again: must be 0.
    pub unlike: u32,
    /// Which sayings were said, by place.
    pub said: std::collections::BTreeSet<usize>,
    /// Which ends were reached.
    pub ends: std::collections::BTreeSet<End>,
}

/// A play of random acts; the same number gives the same play.
fn random(engine: &Engine<'_>, number: u64, from: &[Act], memory: &mut Memory) -> Vec<State> {
    let mut draws = numbers(number);
    let voice = Voice {
        scenario: engine.scenario,
        seed: number,
        lang: Lang::Zh,
    };
    voice.opening(memory);
    let mut states = vec![engine.start()];
    for _ in 0..TURNS {
        let Some(before) = states.last().filter(|s| s.end.is_none()).cloned() else {
            break;
        };
        let mut draw = |below: u64| draws.next_below(below);
        let mut heard = None;
        let event = match draw(40) {
            0 => Event::Quiet {
                ms: 8_000 + i64::try_from(draw(30_000)).unwrap_or(0),
            },
            1 => Event::Hold {
                told_ms: 20_000,
                took_ms: 10_000 + i64::try_from(draw(40_000)).unwrap_or(0),
            },
            2 => Event::Storm(StormKind::Abuse),
            3 if before.turn > 4 => Event::Close,
            _ => {
                let mut acts = Vec::new();
                for _ in 0..draw(4) {
                    let at = usize::try_from(draw(from.len() as u64)).unwrap_or(0);
                    if let Some(act) = from.get(at).filter(|a| !acts.contains(*a)) {
                        acts.push(*act);
                    }
                }
                let said = Heard {
                    acts,
                    ms: 4_000 + i64::try_from(draw(16_000)).unwrap_or(0),
                    long: draw(4) == 0,
                };
                heard = Some(said.clone());
                Event::Said(said)
            }
        };
        let step = engine.step(&before, &event);
        voice.answer(&before, &step, heard.as_ref(), &[], memory);
        states.push(step.after);
    }
    states
}

/// Plays a scenario by chance, at levels 2 to 5, and counts what must never be.
#[must_use]
pub fn tally(bench: &Bench<'_>, scenario: &Scenario) -> Tally {
    let mut out = Tally::default();
    for number in 0..bench.effort.plays {
        let engine = Engine {
            scenario,
            rules: &bench.stage.rules,
            setup: Setup {
                seed: u64::from(number),
                level: 2 + u8::try_from(number % 4).unwrap_or(0),
                noise: true,
            },
        };
        let mut memory = Memory::default();
        let states = random(&engine, u64::from(number), Act::ALL, &mut memory);
        out.plays += 1;
        out.said.append(&mut memory.sayings);
        let held = |p: Points| (Points::ZERO..=Points::FULL).contains(&p);
        let bounds = states.iter().all(|s| {
            held(s.anger) && held(s.trust) && held(s.clarity) && held(s.face)
                && s.patience >= Points::ZERO
        });
        out.out_of_bounds += u32::from(!bounds);
        if let Some(end) = states.last().and_then(|s| s.end) {
            out.ends.insert(end);
            out.good += u32::from(end.is_good());
            let met = states.last().is_some_and(|s| s.need == NeedStage::Met);
            out.unearned += u32::from(end.is_good() && !met);
        }
        // Every hundredth is played twice: the rest are the same code.
        if number % 100 == 0 {
            let again = random(&engine, u64::from(number), Act::ALL, &mut Memory::default());
            out.unlike += u32::from(again != states);
        }
    }
    out
}

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
        };
        state = engine.step(&state, &Event::Said(heard)).after;
    }
    state
}

pub(super) fn check(bench: &Bench<'_>, scenario: &Arc<Scenario>, report: &mut Report<'_>) {
    let best = play_right(bench, scenario, None);
    if best.need != NeedStage::Met {
        report.add("[need]", "sim-need-unreachable", &[("what", scenario.need.direct.as_str())]);
    } else if !best.end.is_some_and(End::is_good) {
        let end = best.end.map_or("none", End::as_str);
        report.add("[start]", "sim-end-unreachable", &[("what", end)]);
    }
    let tally = tally(bench, scenario);
    for (place, saying) in scenario.sayings.iter().enumerate() {
        let rare = matches!(
            saying.when,
            Situation::EndFriend
                | Situation::EndResolved
                | Situation::EndGrudging
                | Situation::EndByPolicy
        );
        if !tally.said.contains(&place) && !rare {
            report.add(&saying.text.zh, "sim-unreachable-line", &[("what", &saying.text.zh)]);
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
    agents(bench, scenario, report);
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
            report.add(&saying.text.zh, "sim-unreachable-line", &[("what", &saying.text.zh)]);
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
        let states = random(&engine, u64::from(number), Act::ALL, &mut Memory::default());
        let Some(last) = states.last().filter(|s| s.end.is_none()) else {
            continue;
        };
        let twice = play_right(bench, scenario, Some(&play_right(bench, scenario, Some(last))));
        if twice.end.is_none() && engine.standing_end(&twice) == End::Left {
            report.add("[need]", "sim-dead-end", &[("what", &scenario.id)]);
            return;
        }
    }
}

/// Acts that answer a line or meet the need and change nothing.
fn effects(bench: &Bench<'_>, scenario: &Scenario, report: &mut Report<'_>) {
    let named = scenario.sayings.iter().filter_map(|s| s.after);
    let needed = scenario.need.meets.iter().copied().chain([scenario.need.direct]);
    for act in named.chain(needed) {
        let effect = bench.stage.rules.effect(act);
        let all = [effect.anger, effect.trust, effect.clarity, effect.face];
        if all.iter().all(|p| *p == Points::ZERO) {
            let mark = format!("\"{}\"", act.as_str());
            report.add(&mark, "sim-act-without-effect", &[("what", act.as_str())]);
        }
    }
}

/// The three agents must rank, in both languages.
fn agents(bench: &Bench<'_>, scenario: &Arc<Scenario>, report: &mut Report<'_>) {
    let class = Class {
        stage: Arc::clone(&bench.stage),
        scenario: Arc::clone(scenario),
        calendar: bench.calendar,
        began: bench.began,
    };
    for lang in [Lang::Zh, Lang::En] {
        let of = match lang {
            Lang::Zh => "zh",
            Lang::En => "en",
        };
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
            let args = [("what", rate.kind.as_str()), ("of", of), ("known", &percent)];
            report.add(&mark, rule, &args);
        }
        if !rates.windows(2).all(|pair| matches!(pair, [a, b] if a.anger > b.anger)) {
            let figures: Vec<String> = rates.iter().map(|r| r.anger.rounded().to_string()).collect();
            let args = [("of", of), ("known", &figures.join(" > ")[..])];
            report.add("[[agent]]", "sim-agents-out-of-order", &args);
        }
    }
}
