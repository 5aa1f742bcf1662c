//! What the customer answers: a line of the scenario for what happened, chosen by the seed, none twice while another is left.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::engine::{Heard, Moment, State, Step};
use super::names::{Act, NeedStage, Situation};
use super::play::Misread;
use super::scenario::{Saying, Scenario};
use super::seed::{Draw, place};
use crate::coach::content::Band;
use crate::domain::lang::Lang;

#[cfg(test)]
mod tests;

/// Why a piece of an answer is said.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// A line for this situation.
    Situation(Situation),
    /// The answer to a question for this fact.
    Fact(String),
    /// The demand of this step of the ladder, from 0.
    Demand(u32),
    /// A number that was read back wrongly is put right.
    Correction,
}

/// What the customer said, with what it was said for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    /// The words.
    pub text: String,
    /// What they are for, in order.
    pub cues: Vec<Cue>,
}

/// Which lines were said.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    /// Sayings, by place in the scenario.
    pub sayings: BTreeSet<usize>,
    /// Lines of the ladder: step and place.
    pub demands: BTreeSet<(u32, usize)>,
    /// Facts that were told, by place.
    pub facts: BTreeSet<usize>,
}

/// What the agent's words were, for the answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words<'a> {
    /// What was heard; nothing when nothing was said.
    pub(super) heard: Option<&'a Heard>,
    /// The facts asked for, by place.
    pub(super) asked: &'a [usize],
    /// A number that was read back wrongly.
    pub(super) misread: Option<&'a Misread>,
}

/// What an answer depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) seed: u64,
    pub(super) lang: Lang,
}

impl Voice<'_> {
    /// The first words.
    pub(super) fn opening(&self, memory: &mut Memory) -> Answer {
        let mut out = Answer::default();
        self.say(Situation::Opening, None, &[], 0, memory, &mut out);
        out
    }

    /// The answer to a step.
    pub(super) fn answer(
        &self,
        before: &State,
        step: &Step,
        words: Words<'_>,
        memory: &mut Memory,
    ) -> Answer {
        let Words { heard, asked, .. } = words;
        let mut out = Answer::default();
        let acts = heard.map_or(&[][..], |h| &h.acts);
        if step.after.end.is_none() {
            if let Some(misread) = words.misread {
                let line = misread.correction(self.lang, self.seed, step.after.turn);
                self.push(&line, Cue::Correction, &mut out);
            }
            for fact in asked.iter().take(2) {
                self.tell(*fact, memory, &mut out);
            }
            if acts.contains(&Act::AskKnown) && !asked.is_empty() {
                // The answer itself is annoyed enough.
                memory.facts.extend(asked);
            }
        }
        let when = situation(before, step, heard);
        let plain = matches!(when, Situation::Good | Situation::Again);
        if out.cues.is_empty() || !plain {
            self.say(when, Some(step), acts, step.after.turn, memory, &mut out);
        }
        self.demand(step, when, memory, &mut out);
        out
    }

    fn push(&self, text: &str, cue: Cue, out: &mut Answer) {
        if !out.text.is_empty() && self.lang == Lang::En {
            out.text.push(' ');
        }
        out.text.push_str(text);
        out.cues.push(cue);
    }

    fn tell(&self, place: usize, memory: &mut Memory, out: &mut Answer) {
        if let Some(fact) = self.scenario.facts.get(place) {
            memory.facts.insert(place);
            self.push(fact.text.get(self.lang), Cue::Fact(fact.id.clone()), out);
        }
    }

    /// Says a line for a situation: one for this mood and act before others, one that was not said before one that was.
    fn say(
        &self,
        when: Situation,
        step: Option<&Step>,
        acts: &[Act],
        turn: u32,
        memory: &mut Memory,
        out: &mut Answer,
    ) {
        let band = step.map(|s| band_of(&s.after));
        let fits = |s: &Saying| {
            let near = |b: Band| s.band.is_none_or(|own| own == b);
            s.when == when && band.is_none_or(near) && s.after.is_none_or(|act| acts.contains(&act))
        };
        let mut open: Vec<usize> = self.places(fits);
        if open.is_empty() {
            // Another mood is better than silence: the nearest.
            open = self.nearest(band, |s| s.when == when && s.after.is_none());
        }
        if open.is_empty() {
            open = self.nearest(band, |s| s.when == when);
        }
        let fresh: Vec<usize> = open
            .iter()
            .copied()
            .filter(|at| !memory.sayings.contains(at))
            .collect();
        let from = if fresh.is_empty() { open } else { fresh };
        let apt: Vec<usize> = from
            .iter()
            .copied()
            .filter(|at| {
                let saying = self.scenario.sayings.get(*at);
                saying.is_some_and(|s| s.after.is_some())
            })
            .collect();
        let from = if apt.is_empty() { from } else { apt };
        let at = place(self.seed, turn, Draw::Line, from.len());
        if let Some((at, saying)) = from
            .get(at)
            .and_then(|at| Some((*at, self.scenario.sayings.get(*at)?)))
        {
            memory.sayings.insert(at);
            self.push(saying.text.get(self.lang), Cue::Situation(when), out);
        }
    }

    fn places(&self, fits: impl Fn(&Saying) -> bool) -> Vec<usize> {
        let all = self.scenario.sayings.iter().enumerate();
        all.filter(|(_, s)| fits(s)).map(|(at, _)| at).collect()
    }

    /// Of the lines that fit, those whose mood is nearest to this one; of two as near, the calmer.
    fn nearest(&self, band: Option<Band>, fits: impl Fn(&Saying) -> bool) -> Vec<usize> {
        let far = |at: &usize| {
            let own = self.scenario.sayings.get(*at).and_then(|s| s.band);
            match (band, own) {
                (Some(now), Some(own)) => {
                    let (now, own) = (degree(now), degree(own));
                    (now.abs_diff(own), own > now)
                }
                _ => (0, false),
            }
        };
        let open = self.places(fits);
        let least = open.iter().map(far).min();
        open.into_iter()
            .filter(|at| Some(far(at)) == least)
            .collect()
    }

    /// One sentence of the demand ladder: when it climbs, and by how talkative the customer is while the need is open.
    fn demand(&self, step: &Step, when: Situation, memory: &mut Memory, out: &mut Answer) {
        let after = &step.after;
        if after.end.is_some() || !matches!(when, Situation::Bad | Situation::Good) {
            return;
        }
        let thousandth = place(self.seed, after.turn, Draw::Talk, 1_000);
        let talks = i64::try_from(thousandth).unwrap_or(0) < self.scenario.persona.talkativeness.0;
        let open = after.need < NeedStage::Revealed || when == Situation::Bad;
        let speaks = step.has(Moment::DemandUp) || (talks && open);
        if !speaks {
            return;
        }
        let Some(lines) = usize::try_from(after.demand)
            .ok()
            .and_then(|at| self.scenario.ladder.get(at))
            .map(|s| &s.lines)
        else {
            return;
        };
        let fresh: Vec<usize> = (0..lines.len())
            .filter(|at| !memory.demands.contains(&(after.demand, *at)))
            .collect();
        let at = place(self.seed, after.turn, Draw::Demand, fresh.len());
        if let Some((at, line)) = fresh.get(at).and_then(|at| Some((*at, lines.get(*at)?))) {
            memory.demands.insert((after.demand, at));
            self.push(line.get(self.lang), Cue::Demand(after.demand), out);
        }
    }
}

/// How hot a mood is.
pub(super) const fn degree(band: Band) -> u8 {
    match band {
        Band::Calm => 0,
        Band::Annoyed => 1,
        Band::Angry => 2,
        Band::Furious => 3,
    }
}

/// The mood of a state.
pub(super) fn band_of(state: &State) -> Band {
    Band::of_heat(u8::try_from(state.anger.rounded().clamp(0, 100)).unwrap_or(100))
}

/// For what the customer speaks, the most pressing thing first.
fn situation(before: &State, step: &Step, heard: Option<&Heard>) -> Situation {
    let after = &step.after;
    if let Some(end) = after.end {
        return Situation::of_end(end);
    }
    let pressing = [
        (Moment::Abused, Situation::Abuse),
        (Moment::Warned, Situation::Boundary),
        (Moment::OutsideNamed, Situation::Outside),
        (Moment::SupervisorDemanded, Situation::Supervisor),
        (Moment::HeldTooLong, Situation::Hold),
        (Moment::Silence, Situation::Silence),
        (Moment::Interrupted, Situation::Interrupted),
        (Moment::NotUnderstood, Situation::Again),
        (Moment::NeedRevealed, Situation::Reveal),
        (Moment::NeedHinted, Situation::Hint),
    ];
    if let Some((_, when)) = pressing.iter().find(|(moment, _)| step.has(*moment)) {
        return *when;
    }
    if heard.is_none() {
        return Situation::Hold;
    }
    let worse = after.anger > before.anger;
    if worse {
        return Situation::Bad;
    }
    if step.has(Moment::NeedMet) {
        return Situation::Met;
    }
    if step.has(Moment::BesideTheNeed) {
        return Situation::Insist;
    }
    Situation::Good
}
