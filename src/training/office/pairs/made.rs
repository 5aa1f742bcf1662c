//! What may be read of a pair, made from the two runs once and masked. Each side is as it was seen when it was played.

use crate::api::training::{PairSide, Told};
use crate::domain::time::Ms;
use crate::sim::score::{Mark, Score};
use crate::sim::{AgentKind, Play, Scenario, score};
use crate::text::SafeText;
use crate::training::office::ground::{Books, Ground};
use crate::training::office::people::{KeptRun, Shown};
use crate::training::office::{no, views};

use super::{KeptPair, KeptSide, Mask, Masked};

impl Books {
    /// What may be read of both sides, made from the runs.
    pub(super) fn masked(&self, ground: &Ground, pair: &KeptPair) -> Result<Masked, Told> {
        let [low, high] = &pair.sides;
        let of = |side: &KeptSide| {
            self.people
                .get(&side.login)
                .and_then(|p| p.runs.get(&side.run))
        };
        let low_run = of(low).ok_or_else(|| no("unknown_run"))?;
        let scenario = ground.scenario_of(low_run)?;
        let low_shown = ground.shown(low_run)?;
        let (high_shown, high_score, high_end) = match of(high) {
            Some(run) if run.run.engine != low_run.run.engine => return Err(no("other_rules")),
            Some(run) => (ground.shown(run)?, run.score.clone(), run.end.clone()),
            None if pair.built_in => {
                let play = committing(ground, low_run).ok_or_else(|| no("other_rules"))?;
                let end = views::end_name(&play, false);
                (views::shown(&play), score(&play), end)
            }
            None => return Err(no("unknown_run")),
        };
        let mask = self.mask(pair, scenario);
        let end = low_run.end.clone();
        Ok(Masked {
            opening: hidden(&mask, &low_shown.opening),
            differs: differs(&low_run.score, &high_score),
            sides: (
                side(&mask, low_shown, low_run.score.total, end),
                side(&mask, high_shown, high_score.total, high_end),
            ),
        })
    }

    /// The names and numbers that must not be read in a pair.
    pub(super) fn mask(&self, pair: &KeptPair, scenario: &Scenario) -> Mask {
        let mut people: Vec<&str> = Vec::new();
        for side in &pair.sides {
            people.push(&side.login);
            people.extend(self.people.get(&side.login).map(|p| p.kept.name.as_str()));
        }
        Mask::of(scenario, people)
    }

    /// Everybody's results in a skill, of the runs that count.
    pub(super) fn results_in(&self, skill: &str) -> Vec<(String, Vec<(Ms, u32)>)> {
        let of = |run: &KeptRun| {
            let marks = run.counted();
            let mark = marks.iter().find(|m| m.criterion.as_str() == skill)?;
            Some((run.at, mark.points * 100 / mark.of.max(1)))
        };
        let all = self.people.iter();
        all.map(|(login, person)| {
            let runs = person.runs.values().filter(|r| r.counts());
            (login.clone(), runs.filter_map(of).collect())
        })
        .collect()
    }
}

/// The scripted agent that commits, with the customer of this run; nothing when other rules played the run.
pub(super) fn committing(ground: &Ground, run: &KeptRun) -> Option<Play> {
    let scenario = ground.scenario_of(run).ok()?;
    if !run.run.by_rules_of(&ground.stage) {
        return None;
    }
    let setup = run.run.setup;
    let class = ground.class(scenario, run.run.began);
    Some(class.play(AgentKind::Committing, run.run.lang, setup.seed, setup.noise))
}

fn hidden(mask: &Mask, text: &SafeText) -> SafeText {
    SafeText::clean_str(&mask.hide(text.as_str()))
}

fn side(mask: &Mask, shown: Shown, total: u32, end: Option<String>) -> PairSide {
    let anger = shown.anger();
    let mut turns = shown.turns;
    for turn in &mut turns {
        turn.said = hidden(mask, &turn.said);
        turn.answer = hidden(mask, &turn.answer);
        if let Some(aside) = &mut turn.aside {
            aside.text = hidden(mask, &aside.text);
        }
        for (_, words) in &mut turn.findings {
            *words = hidden(mask, words);
        }
    }
    PairSide {
        name: None,
        total,
        end,
        turning: turns.iter().position(|t| t.turning),
        turns,
        anger,
    }
}

/// The criteria in which two results differ.
fn differs(low: &Score, high: &Score) -> Vec<(String, u32, u32)> {
    let other = |m: &Mark| high.marks.iter().find(|o| o.criterion == m.criterion);
    let both = low.marks.iter().filter_map(|m| other(m).map(|o| (m, o)));
    both.filter(|(m, o)| m.points != o.points)
        .map(|(m, o)| (m.criterion.as_str().to_owned(), m.points, o.points))
        .collect()
}
