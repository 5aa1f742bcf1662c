//! The lesson of three answers, and what a trainee thought it would show.

use sha2::{Digest, Sha256};

use super::ground::{Books, Ground};
use super::people::Predicted;
use super::{Who, no, views};
use crate::api::training::{Answered, LessonView, Told};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::sim::{AgentKind, Scenario, score};
use crate::text::SafeText;

/// Predictions that are kept of one trainee: the newest.
const KEPT: usize = 500;

/// In which order the three are shown: it is the same for everybody and differs by scenario, so that no place is always the best.
pub(super) fn order(scenario: &str) -> Vec<AgentKind> {
    let digest = Sha256::digest(scenario.as_bytes());
    let mut left = AgentKind::ALL.to_vec();
    let mut out = Vec::with_capacity(left.len());
    for byte in digest {
        if left.is_empty() {
            break;
        }
        out.push(left.remove(usize::from(byte) % left.len()));
    }
    out
}

impl Ground {
    /// The three answers side by side. It ends the same for everybody: without chance.
    pub(super) fn lesson(
        &self,
        scenario: &std::sync::Arc<Scenario>,
        lang: Lang,
        now: Ms,
    ) -> LessonView {
        let mut played = self.class(scenario, now).lesson(lang);
        let order = order(&scenario.id);
        played.sort_by_key(|a| order.iter().position(|k| *k == a.kind));
        let opening = played
            .first()
            .map(|a| views::opening(&a.play))
            .unwrap_or_default();
        let answers = played.into_iter().map(|a| Answered {
            kind: a.kind.as_str().to_owned(),
            turns: views::turns(&a.play),
            anger: views::anger(&a.play),
            end: views::end_name(&a.play, false),
            total: score(&a.play).total,
            lesson: SafeText::clean_line(&a.lesson),
        });
        LessonView {
            scenario: scenario.id.clone(),
            title: self.title(&scenario.id),
            opening,
            answers: answers.collect(),
        }
    }

    /// The kinds from the hottest end to the calmest, and the anger of each.
    fn heat(&self, scenario: &std::sync::Arc<Scenario>, now: Ms) -> Vec<(AgentKind, i64)> {
        let played = self.class(scenario, now).lesson(self.lang);
        let mut heat: Vec<(AgentKind, i64)> = played
            .iter()
            .map(|a| (a.kind, a.play.state().anger.0))
            .collect();
        heat.sort_by_key(|(_, anger)| std::cmp::Reverse(*anger));
        heat
    }
}

impl Books {
    /// The lesson was opened: level 0 is done with it.
    pub(super) fn lesson(
        &mut self,
        ground: &Ground,
        who: &Who,
        id: &str,
        lang: Lang,
        now: Ms,
    ) -> Told {
        let Some(scenario) = ground.scenario(id).cloned() else {
            return no("unknown_scenario");
        };
        let today = Self::today(ground, now);
        let read = self.change(&who.login, |kept| {
            kept.read_lesson(&scenario.id, today);
        });
        if read.is_err() {
            return no("disk");
        }
        Told::Lesson(Box::new(ground.lesson(&scenario, lang, now)))
    }

    /// Keeps what the trainee thought.
    pub(super) fn predicted(
        &mut self,
        ground: &Ground,
        who: &Who,
        id: &str,
        order: &[String],
        now: Ms,
    ) -> Told {
        let Some(scenario) = ground.scenario(id).cloned() else {
            return no("unknown_scenario");
        };
        let named: Vec<AgentKind> = order
            .iter()
            .filter_map(|k| AgentKind::from_name(k))
            .collect();
        let mut each = named.clone();
        each.sort_unstable();
        each.dedup();
        if named.len() != order.len() || each.len() != AgentKind::ALL.len() {
            return no("unknown_kind");
        }
        let heat = ground.heat(&scenario, now);
        let of = |kind: AgentKind| heat.iter().find(|(k, _)| *k == kind).map_or(0, |(_, a)| *a);
        // Two that end equally hot may stand in either order.
        let right = named.windows(2).all(|pair| match pair {
            [a, b] => of(*a) >= of(*b),
            _ => true,
        });
        let kept = self.change(&who.login, |kept| {
            kept.predicted.push(Predicted {
                scenario: scenario.id.clone(),
                order: order.to_vec(),
                right,
                at: now,
            });
            let over = kept.predicted.len().saturating_sub(KEPT);
            kept.predicted.drain(..over);
        });
        kept.map_or_else(|_| no("disk"), |()| Told::Done)
    }
}
