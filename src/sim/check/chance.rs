//! Plays by chance: what must hold whatever is said, and which lines are ever said.

use std::collections::BTreeSet;

use super::Bench;
use crate::domain::lang::Lang;
use crate::sim::engine::{Engine, Event, Heard, Setup, State};
use crate::sim::names::{Act, End, NeedStage, StormKind};
use crate::sim::points::Points;
use crate::sim::scenario::Scenario;
use crate::sim::seed::numbers;
use crate::sim::voice::{Memory, Voice, Words};

/// Turns of a random play.
const TURNS: usize = 14;

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
    pub said: BTreeSet<usize>,
    /// Which ends were reached.
    pub ends: BTreeSet<End>,
}

/// A play of random acts; the same number gives the same play. The first two turns may have acts of their own.
pub(super) fn random(
    engine: &Engine<'_>,
    number: u64,
    (first, from): (&[Act], &[Act]),
    memory: &mut Memory,
) -> Vec<State> {
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
        let from = if before.turn < 2 { first } else { from };
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
                    misread: false,
                };
                heard = Some(said.clone());
                Event::Said(said)
            }
        };
        let step = engine.step(&before, &event);
        let words = Words {
            heard: heard.as_ref(),
            ..Words::default()
        };
        voice.answer(&before, &step, words, memory);
        states.push(step.after);
    }
    states
}

/// The engine of a play by chance: its number is the seed, and the levels 2 to 5 take turns.
fn by_chance<'a>(bench: &'a Bench<'_>, scenario: &'a Scenario, number: u32) -> Engine<'a> {
    Engine {
        scenario,
        rules: &bench.stage.rules,
        setup: Setup {
            seed: u64::from(number),
            level: 2 + u8::try_from(number % 4).unwrap_or(0),
            noise: true,
        },
    }
}

/// Plays a scenario by chance, at levels 2 to 5, and counts what must never be.
#[must_use]
pub fn tally(bench: &Bench<'_>, scenario: &Scenario) -> Tally {
    let mut out = Tally::default();
    for number in 0..bench.effort.plays {
        let engine = by_chance(bench, scenario, number);
        let mut memory = Memory::default();
        let states = random(
            &engine,
            u64::from(number),
            (Act::ALL, Act::ALL),
            &mut memory,
        );
        out.plays += 1;
        out.said.append(&mut memory.sayings);
        let held = |p: Points| (Points::ZERO..=Points::FULL).contains(&p);
        let bounds = states.iter().all(|s| {
            held(s.anger)
                && held(s.trust)
                && held(s.clarity)
                && held(s.face)
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
            let again = random(
                &engine,
                u64::from(number),
                (Act::ALL, Act::ALL),
                &mut Memory::default(),
            );
            out.unlike += u32::from(again != states);
        }
    }
    out
}

/// Plays as trainees do, well and badly, to see which lines are ever said: chance alone seldom calms anybody.
pub(super) fn guided(bench: &Bench<'_>, scenario: &Scenario, said: &mut BTreeSet<usize>) {
    let good: Vec<Act> = Act::ALL
        .iter()
        .copied()
        .filter(|act| bench.stage.rules.effect(*act).anger < Points::ZERO)
        .chain(scenario.sayings.iter().filter_map(|s| s.after))
        .chain([scenario.need.direct])
        .collect();
    let slow: Vec<Act> = [
        &good[..],
        &[Act::TransferCold, Act::PolicyShield, Act::ProcessOnly],
    ]
    .concat();
    for number in 0..bench.effort.plays {
        let engine = by_chance(bench, scenario, number);
        let from: (&[Act], &[Act]) = match number % 3 {
            0 => (&good, &good),
            1 => (&slow, &slow),
            _ => (&[Act::TransferCold, Act::CommitVague], &good),
        };
        let mut memory = Memory::default();
        random(&engine, u64::from(number), from, &mut memory);
        said.append(&mut memory.sayings);
    }
}
