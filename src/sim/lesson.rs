//! The lesson of three answers: the same opening answered mechanically, with sympathy only, and with sympathy and a concrete
//! commitment; and how each does over many seeds.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::debrief::curve;
use super::engine::{Setup, Variable};
use super::headless::{Line, fill, run};
use super::names::{AgentKind, End};
use super::play::{Play, Stage};
use super::points::Points;
use super::scenario::Scenario;
use super::seed::{Draw, place};
use crate::domain::calendar::Calendar;
use crate::domain::lang::Lang;
use crate::domain::time::Ms;

/// The level at which the agents are compared (issue 4, Accept 2).
pub const LEVEL: u8 = 2;

/// One of the three, played.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Which.
    pub kind: AgentKind,
    /// What the lesson says of it.
    pub lesson: String,
    /// Anger before the first turn and after each.
    pub anger: Vec<Points>,
    /// The contact.
    pub play: Play,
}

/// How often one of the three ends how.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rate {
    /// Which.
    pub kind: AgentKind,
    /// The language.
    pub lang: Lang,
    /// Seeds played.
    pub of: u32,
    /// Ended as friend or resolved.
    pub resolved: u32,
    /// The mean of the last anger.
    pub anger: Points,
}

/// A line to choose from at the levels that offer lines.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// Which of the three would say it; shown after the choice, never before.
    pub kind: AgentKind,
    /// The words, with their times filled.
    pub text: String,
}

/// Everything an agent's play needs beside its seed.
#[derive(Clone, Debug)]
pub struct Class<'a> {
    /// What plays share.
    pub stage: Arc<Stage>,
    /// The customer.
    pub scenario: Arc<Scenario>,
    /// The calendar of promised times.
    pub calendar: &'a Calendar,
    /// When it begins.
    pub began: Ms,
}

impl Class<'_> {
    /// One of the three with this seed. Where the script ends, the agent ends the contact.
    #[must_use]
    pub fn play(&self, kind: AgentKind, lang: Lang, seed: u64, noise: bool) -> Play {
        let setup = Setup {
            seed,
            level: LEVEL,
            noise,
        };
        let turns = self.scenario.agent(kind).map_or(&[][..], |a| &a.turns);
        let mut lines: Vec<Line> = turns
            .iter()
            .map(|t| Line::Bare(t.get(lang).to_owned()))
            .collect();
        lines.push(Line::Input(super::play::Input::Close));
        let (stage, scenario) = (&self.stage, &self.scenario);
        run(
            stage,
            scenario,
            setup,
            lang,
            self.calendar,
            self.began,
            &lines,
        )
    }

    /// The lines to choose from now: what each of the three would say next, in an order that the seed gives. A line that was
    /// said already is not offered again. Only words to the customer bring the three on: not a silence, nor a storm.
    #[must_use]
    pub fn offers(&self, play: &Play) -> Vec<Offer> {
        let now = self.began.plus_millis(play.state().ms);
        let said: Vec<&str> = play
            .turns()
            .iter()
            .filter_map(|t| match &t.tick.input {
                super::play::Input::Said { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let turn = said.len();
        let mut out = Vec::new();
        for agent in &self.scenario.agents {
            let lines = agent.turns.iter().map(|line| {
                fill(
                    line.get(play.lang()),
                    &self.scenario,
                    now,
                    self.calendar,
                    play.lang(),
                )
            });
            // What this agent would say at this point, or the last thing left.
            let mut next = None;
            for (at, line) in lines.enumerate() {
                if said.contains(&line.as_str()) {
                    continue;
                }
                next = Some(line);
                if at >= turn {
                    break;
                }
            }
            if let Some(text) = next {
                let kind = agent.kind;
                out.push(Offer { kind, text });
            }
        }
        let count = u32::try_from(turn).unwrap_or(u32::MAX);
        let first = place(play.setup().seed, count, Draw::Offer, out.len());
        out.rotate_left(first);
        out
    }

    /// The three answers side by side, without chance.
    #[must_use]
    pub fn lesson(&self, lang: Lang) -> Vec<Answered> {
        AgentKind::ALL
            .iter()
            .map(|kind| {
                let play = self.play(*kind, lang, 1, false);
                let agent = self.scenario.agent(*kind);
                Answered {
                    kind: *kind,
                    lesson: agent.map_or("", |a| a.lesson.get(lang)).to_owned(),
                    anger: curve(&play, Variable::Anger),
                    play,
                }
            })
            .collect()
    }

    /// How one of the three does over the seeds from 0.
    #[must_use]
    pub fn rate(&self, kind: AgentKind, lang: Lang, seeds: u32) -> Rate {
        let mut resolved = 0;
        let mut anger = Points::ZERO;
        for seed in 0..seeds {
            let play = self.play(kind, lang, u64::from(seed), true);
            if matches!(play.end(), Some(End::Friend | End::Resolved)) {
                resolved += 1;
            }
            anger = anger.plus(play.state().anger);
        }
        Rate {
            kind,
            lang,
            of: seeds,
            resolved,
            anger: anger.over(i64::from(seeds.max(1))),
        }
    }
}
