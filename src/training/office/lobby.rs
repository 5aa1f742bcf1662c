//! The lobby: what there is to practise, what is proposed, and how a trainee stands.

use super::ground::{Books, Ground};
use super::people::{KeptRun, Person};
use super::{Who, no};
use crate::api::training::{DueCard, GateView, LobbyView, RunRow, ScenarioRow, Skill, Told};
use crate::domain::time::Ms;
use crate::sim::Scenario;
use crate::sim::schedule::{RIGHT, expected};
use crate::sim::score::Criterion;

/// Results of a skill that are shown.
const SHOWN: usize = 30;
/// Runs that are listed.
const LISTED: usize = 50;
/// What an item that is due again may be further from the right difficulty, as a share of success.
const DUE_WORTH: f64 = 0.10;

/// A scenario as it is chosen from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) scenario: &'a Scenario,
    /// The chance of success, 0 to 1.
    pub(super) expected: f64,
    /// Whether something on its item is due, or is what should be practised.
    pub(super) due: bool,
    /// How often it was played.
    pub(super) played: u32,
}

/// Which of them: nearest to the range of 70 to 80 % success, what is due first where it is hardly further off; then the one
/// played least, then the one nearest to the middle of the range, then by id.
pub(super) fn best<'a>(all: &[Candidate<'a>]) -> Option<&'a Scenario> {
    let off = |c: &Candidate<'_>| {
        let beside = (RIGHT.0 - c.expected).max(c.expected - RIGHT.1).max(0.0);
        beside - if c.due { DUE_WORTH } else { 0.0 }
    };
    let middle = |c: &Candidate<'_>| (c.expected - f64::midpoint(RIGHT.0, RIGHT.1)).abs();
    let first = all.iter().min_by(|a, b| {
        off(a)
            .total_cmp(&off(b))
            .then(a.played.cmp(&b.played))
            .then(middle(a).total_cmp(&middle(b)))
            .then_with(|| a.scenario.id.cmp(&b.scenario.id))
    })?;
    Some(first.scenario)
}

impl Books {
    /// What to begin with at a level; `wanted` says which items are worth more. The scenario just played is out, unless there is
    /// no other.
    pub(super) fn proposed(
        &self,
        ground: &Ground,
        login: &str,
        level: u8,
        wanted: impl Fn(&str) -> bool,
    ) -> Option<String> {
        let nobody = Person::default();
        let person = self.people.get(login).unwrap_or(&nobody);
        let last = person.newest().first().map(|r| r.run.scenario.clone());
        let made = ground
            .scenarios
            .values()
            .filter(|s| s.levels.contains(&level));
        let all: Vec<Candidate<'_>> = made
            .map(|scenario| Candidate {
                scenario,
                expected: expected(person.kept.strength, self.difficulty_of(scenario, level)),
                due: wanted(scenario.item.as_str()),
                played: played(person, &scenario.id),
            })
            .collect();
        let others: Vec<Candidate<'_>> = all
            .iter()
            .filter(|c| Some(&c.scenario.id) != last.as_ref())
            .copied()
            .collect();
        let from = if others.is_empty() { &all } else { &others };
        best(from).map(|s| s.id.clone())
    }

    /// What to begin with: an item that is due comes first.
    pub(super) fn proposed_due(
        &self,
        ground: &Ground,
        login: &str,
        level: u8,
        now: Ms,
    ) -> Option<String> {
        let today = Self::today(ground, now);
        let kept = self.people.get(login).map(|p| &p.kept);
        let due = |item: &str| {
            kept.and_then(|k| k.due_in(item, today))
                .is_some_and(|d| d <= 0)
        };
        self.proposed(ground, login, level, due)
    }

    /// The lobby.
    pub(super) fn lobby(&self, ground: &Ground, who: &Who, now: Ms) -> LobbyView {
        let nobody = Person::default();
        let person = self.people.get(&who.login).unwrap_or(&nobody);
        let today = Self::today(ground, now);
        let gates = person.kept.gates();
        let proposed = self.proposed_due(ground, &who.login, gates.next, now);
        let mut scenarios: Vec<ScenarioRow> = ground
            .scenarios
            .values()
            .map(|s| self.row(ground, person, s, gates.next, today, proposed.as_deref()))
            .collect();
        scenarios.sort_by_key(|r| (!r.proposed, r.due_in.is_none_or(|d| d > 0), r.id.clone()));
        let made = |level: u8| {
            ground
                .scenarios
                .values()
                .filter(|s| s.levels.contains(&level))
                .count()
        };
        LobbyView {
            scenarios,
            gates: (0..=5)
                .map(|level| GateView {
                    level,
                    mastered: gates.mastered.contains(&level),
                    open: self.may(&who.login, level),
                    scenarios: u32::try_from(made(level)).unwrap_or(u32::MAX),
                })
                .collect(),
            next_level: gates.next,
            live: gates.live,
            skills: skills(person),
            due: due(person, today),
            runs: person
                .newest()
                .into_iter()
                .take(LISTED)
                .map(|r| run_row(ground, r))
                .collect(),
        }
    }

    fn row(
        &self,
        ground: &Ground,
        person: &Person,
        scenario: &Scenario,
        level: u8,
        today: i64,
        proposed: Option<&str>,
    ) -> ScenarioRow {
        let chance = expected(person.kept.strength, self.difficulty_of(scenario, level));
        let mine = person
            .runs
            .values()
            .filter(|r| r.run.scenario == scenario.id);
        ScenarioRow {
            title: ground.title(&scenario.id),
            item: scenario.item.as_str().to_owned(),
            psychology: scenario.psychology.as_str().to_owned(),
            channel: scenario.channel.as_str().to_owned(),
            levels: scenario.levels.clone(),
            minutes: scenario.minutes,
            expected: share(chance),
            best: mine
                .filter(|r| r.own.is_some())
                .map(|r| r.score.total)
                .max(),
            played: played(person, &scenario.id),
            due_in: person.kept.due_in(scenario.item.as_str(), today),
            proposed: proposed == Some(scenario.id.as_str()),
            id: scenario.id.clone(),
        }
    }

    /// Keeps the trainee's own words, once, for every contact of the sitting: the debrief of one speaks of the others. From now
    /// on its runs count.
    pub(super) fn reflect(
        &mut self,
        ground: &Ground,
        login: &str,
        run: super::RunId,
        plus: &str,
        delta: &str,
    ) -> Told {
        let Some(person) = self.people.get(login) else {
            return no("unknown_run");
        };
        let Some(sitting) = person.runs.get(&run).map(|r| r.sitting) else {
            return no("unknown_run");
        };
        let own = super::people::Own {
            plus: plus.trim().to_owned(),
            delta: delta.trim().to_owned(),
        };
        let ids = person.sitting(sitting);
        for id in &ids {
            let (id, own) = (*id, own.clone());
            let change = |r: &mut KeptRun| {
                // What was said first stays, unless it was nothing.
                if id == run || r.own.is_none() {
                    r.own = Some(own);
                }
            };
            if self.change_run(login, id, change).is_err() {
                return no("disk");
            }
        }
        for id in ids {
            if self.count(ground, login, id).is_err() {
                return no("disk");
            }
        }
        Told::Done
    }
}

/// A run in the list. What it was worth is not told before the trainee's own words.
fn run_row(ground: &Ground, run: &KeptRun) -> RunRow {
    let told = run.own.is_some();
    RunRow {
        run: run.id,
        at: run.run.began,
        scenario: run.run.scenario.clone(),
        title: ground.title(&run.run.scenario),
        level: run.run.setup.level,
        seed: run.run.setup.seed,
        total: told.then_some(run.score.total),
        critical: told && run.critical(),
        end: run.end.clone(),
    }
}

fn played(person: &Person, scenario: &str) -> u32 {
    let runs = person.runs.values();
    let count = runs.filter(|r| r.run.scenario == scenario).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The six skills over time, of the runs that count.
pub(super) fn skills(person: &Person) -> Vec<Skill> {
    let mut runs = person.newest();
    runs.reverse();
    Criterion::ALL
        .iter()
        .map(|criterion| {
            let results: Vec<u8> = runs
                .iter()
                .filter(|r| r.counts())
                .flat_map(|r| r.counted())
                .filter(|m| m.criterion == *criterion)
                .map(|m| u8::try_from(m.points * 100 / m.of.max(1)).unwrap_or(100))
                .collect();
            let from = results.len().saturating_sub(SHOWN);
            Skill {
                criterion: criterion.as_str().to_owned(),
                now: person
                    .kept
                    .skills
                    .skills
                    .get(criterion)
                    .map(|v| share(*v / 100.0)),
                over_time: results.get(from..).unwrap_or_default().to_vec(),
            }
        })
        .collect()
}

/// Cards with their days, the most overdue first.
fn due(person: &Person, today: i64) -> Vec<DueCard> {
    let mut out: Vec<DueCard> = Vec::new();
    for (item, cards) in &person.kept.cards {
        for (criterion, card) in cards {
            let due_in = card.due - today;
            if due_in <= 0 {
                out.push(DueCard {
                    item: item.clone(),
                    criterion: criterion.as_str().to_owned(),
                    due_in,
                });
            }
        }
    }
    out.sort_by(|a, b| a.due_in.cmp(&b.due_in).then_with(|| a.item.cmp(&b.item)));
    out
}

/// A share as percent.
fn share(of_one: f64) -> u8 {
    super::views::percent(crate::sim::Points::of(of_one * 100.0))
}
