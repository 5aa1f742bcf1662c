//! A run's debrief, and what other lines would have done.

use super::ground::{Books, Ground};
use super::people::KeptRun;
use super::{RunId, Who, no, views};
use crate::api::training::{CriterionView, CriticalView, DebriefView, SeatRole, Told, TriedView};
use crate::domain::time::Ms;
use crate::sim::headless::THINK_MS;
use crate::sim::score::{Criterion, Mark, Score};
use crate::sim::{Input, Play, Scenario};
use crate::text::SafeText;

/// Lines that can be tried in one go.
const MOST_LINES: usize = 20;
/// Characters of a line that are heard.
const MOST_CHARS: usize = 2_000;

impl Books {
    /// The run for somebody who may see it and has said first what worked. A trainer has nothing to say first.
    fn opened(&self, who: &Who, role: SeatRole, id: RunId) -> Result<(&str, &KeptRun), Told> {
        let (login, run) = self
            .run_for(who, role, id)
            .ok_or_else(|| no("unknown_run"))?;
        if run.own.is_none() && login == who.login {
            return Err(no("reflect_first"));
        }
        Ok((login, run))
    }

    /// What a run was worth and why.
    pub(super) fn debrief(
        &self,
        ground: &Ground,
        who: &Who,
        role: SeatRole,
        id: RunId,
        now: Ms,
    ) -> Result<DebriefView, Told> {
        let (login, run) = self.opened(who, role, id)?;
        let scenario = ground.scenario_of(run)?;
        let shown = ground.shown(run)?;
        let (lang, words_in) = (ground.lang, run.run.lang);
        // The trainee's own words are the trainee's alone.
        let own = run.own.as_ref().filter(|_| login == who.login);
        let words = |text: Option<&String>| SafeText::clean_str(text.map_or("", |t| t));
        let demand = scenario.ladder.get(shown.demand);
        Ok(DebriefView {
            run: id,
            scenario: scenario.id.clone(),
            title: SafeText::clean_line(scenario.title.get(lang)),
            customer: SafeText::clean_line(scenario.card.name.get(words_in)),
            level: run.run.setup.level,
            seed: run.run.setup.seed,
            lang: words_in,
            began: run.run.began,
            own: (words(own.map(|o| &o.plus)), words(own.map(|o| &o.delta))),
            need: SafeText::clean_line(scenario.need.words.get(lang)),
            demand: SafeText::clean_line(demand.map_or("", |d| d.demand.get(lang))),
            total: run.score.total,
            partial: run.score.partial,
            criteria: run.score.marks.iter().map(criterion).collect(),
            criticals: criticals(&run.score, scenario, ground),
            not_checked: run.score.not_checked.clone(),
            opening: shown.opening,
            start: shown.start,
            turns: shown.turns,
            end: run.end.clone(),
            rules: ground.rules_of(run),
            comments: run.comments.clone(),
            others: self.others(ground, login, run),
            next: self.next(ground, login, run, now),
            rated: self.run_rated(ground, login, run, now),
        })
    }

    /// Other contacts of the same sitting that may be told of.
    fn others(&self, ground: &Ground, login: &str, run: &KeptRun) -> Vec<(RunId, SafeText, u32)> {
        let Some(person) = self.people.get(login) else {
            return Vec::new();
        };
        let ids = person.sitting(run.sitting);
        let others = ids.into_iter().filter(|id| *id != run.id);
        others
            .filter_map(|id| person.runs.get(&id))
            .filter(|r| r.own.is_some())
            .map(|r| (r.id, ground.title(&r.run.scenario), r.score.total))
            .collect()
    }

    /// What to practise next: the weakest criterion of this run, on an item where it is due or was never shown.
    fn next(
        &self,
        ground: &Ground,
        login: &str,
        run: &KeptRun,
        now: Ms,
    ) -> Option<(String, SafeText, String)> {
        let weakest = weakest(&run.score)?;
        let today = Self::today(ground, now);
        let cards = self.people.get(login).map(|p| &p.kept.cards);
        let open = |item: &str| {
            let card = cards
                .and_then(|c| c.get(item))
                .and_then(|c| c.get(&weakest));
            card.is_none_or(|c| c.due <= today)
        };
        let level = run.run.setup.level;
        let id = self.proposed(ground, login, level, open)?;
        (id != run.run.scenario).then(|| {
            let title = ground.title(&id);
            (id, title, weakest.as_str().to_owned())
        })
    }

    /// The same run with other lines from a turn on.
    pub(super) fn tried(
        &self,
        ground: &Ground,
        who: &Who,
        role: SeatRole,
        (id, turn): (RunId, usize),
        lines: &[String],
    ) -> Result<TriedView, Told> {
        let (_, run) = self.opened(who, role, id)?;
        let play = ground.replay(run)?;
        if turn > play.turns().len() {
            // By the rules of today the customer may have ended it sooner.
            let then = run.shown.as_ref().map_or(0, |s| s.turns.len());
            let why = if turn <= then {
                "over_by_now"
            } else {
                "no_turn"
            };
            return Err(no(why));
        }
        if lines.is_empty() || lines.iter().all(|l| l.trim().is_empty()) {
            return Err(no("no_lines"));
        }
        if lines.len() > MOST_LINES {
            return Err(no("too_many_lines"));
        }
        let other = other_way(&play, turn, lines);
        Ok(TriedView {
            run: id,
            turn,
            turns: views::turns(&other).split_off(turn),
            anger: views::anger(&other),
            anger_was: views::anger(&play),
            end: views::end_name(&other, false),
            by_today: !run.run.by_rules_of(&ground.stage),
        })
    }
}

/// The contact with other lines from turn `k` on. Each line takes as long to begin as the one that was said in its place.
pub(super) fn other_way(play: &Play, k: usize, lines: &[String]) -> Play {
    let mut other = play.rewound(k);
    for (n, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        if other.end().is_some() {
            break;
        }
        let said = play.turns().get(k + n).map(|t| &t.tick);
        let think_ms = match said.map(|t| &t.input) {
            Some(Input::Said { think_ms, .. } | Input::Marked { think_ms, .. }) => *think_ms,
            _ => THINK_MS,
        };
        let before = other.turns().last().map_or(0, |t| t.tick.at_ms);
        let at_ms = said
            .map_or_else(|| other.state().ms, |t| t.at_ms)
            .max(before);
        let text: String = line.chars().take(MOST_CHARS).collect();
        other.take(
            at_ms,
            Input::Said {
                text,
                think_ms,
                interrupted: false,
                severe_route: None,
                in_ledger: None,
            },
        );
    }
    other
}

/// The weakest criterion of a run: the smallest share of what could be earned; of equals the one worth most.
pub(super) fn weakest(score: &Score) -> Option<Criterion> {
    let checked = score.marks.iter().filter(|m| m.of > 0 && m.points < m.of);
    let least = checked.min_by_key(|m| (m.points * 1_000 / m.of, std::cmp::Reverse(m.of)))?;
    Some(least.criterion)
}

pub(super) fn criterion(mark: &Mark) -> CriterionView {
    CriterionView {
        criterion: mark.criterion.as_str().to_owned(),
        points: mark.points,
        of: mark.of,
        not_checked: mark.not_checked,
        earned: mark.earned.clone(),
        lost: mark.lost.clone(),
    }
}

/// What cost all points, then the traps that cost nothing. The words of a rule are the desk's; those of a trap its author's.
fn criticals(score: &Score, scenario: &Scenario, ground: &Ground) -> Vec<CriticalView> {
    let why = |what: &str| {
        let trap = what.strip_prefix("trap:");
        let trap = trap.and_then(|id| scenario.traps.iter().find(|t| t.id == id));
        SafeText::clean_line(trap.map_or("", |t| t.why.get(ground.lang)))
    };
    let mut out: Vec<CriticalView> = score
        .criticals
        .iter()
        .map(|c| CriticalView {
            why: why(&c.what),
            what: c.what.clone(),
            turn: c.turn,
            critical: true,
        })
        .collect();
    out.extend(score.traps.iter().map(|id| {
        let what = format!("trap:{id}");
        CriticalView {
            why: why(&what),
            what,
            turn: None,
            critical: false,
        }
    }));
    out
}
