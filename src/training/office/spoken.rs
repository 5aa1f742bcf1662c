//! Spoken practice: the trainee says it aloud, an observer marks the acts by keys. The machine hears nothing; it answers what was
//! marked.

use uuid::Uuid;

use super::ground::{Books, Ground};
use super::people::{FORM, KeptRun};
use super::{RunId, Sat, Who, no, views};
use crate::api::training::{DeskView, SeatRole, Told};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::sim::engine::Setup;
use crate::sim::score::Score;
use crate::sim::{Act, Input, Play, Run, score};

/// The most acts in one turn: more were never said in one breath.
const MOST_ACTS: usize = 12;
/// Characters of the word to remember a line by.
const MOST_CHARS: usize = 500;
/// Longer than this nobody thinks, milliseconds: the observer was away.
const LONGEST_MS: i64 = 10 * 60 * 1_000;

/// Acts as an observer finds them: what a good contact goes through from the first sentence to the last, then what makes it worse.
pub(super) const MARKABLE: [Act; 25] = [
    Act::AckSpecific,
    Act::AckGeneric,
    Act::Apologise,
    Act::Own,
    Act::Safety,
    Act::AskOpen,
    Act::AskClosed,
    Act::Paraphrase,
    Act::ExplainCause,
    Act::AdmitUnknownTimed,
    Act::Option,
    Act::CommitConcrete,
    Act::Confirm,
    Act::DeclineReasoned,
    Act::RightsNeutral,
    Act::Boundary,
    Act::Thanks,
    Act::CommitVague,
    Act::AskKnown,
    Act::ProcessOnly,
    Act::PolicyShield,
    Act::ExcuseBusy,
    Act::TransferCold,
    Act::Interrupt,
    Act::Forbidden,
];

/// Practice that goes on.
#[derive(Debug)]
pub(super) struct Spoken {
    pub(super) who: Who,
    run: RunId,
    sitting: Uuid,
    play: Play,
}

/// How spoken practice is to begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begin<'a> {
    pub(super) seat: UserId,
    pub(super) scenario: &'a str,
    pub(super) level: u8,
    pub(super) lang: Lang,
    /// A new id: the run's name, and where its seed comes from.
    pub(super) run: RunId,
}

impl Books {
    /// Begins with this customer. What the observer had going before is kept as broken off.
    pub(super) fn spoken_begin(
        &mut self,
        ground: &Ground,
        (who, role): (&Who, SeatRole),
        begin: Begin<'_>,
        now: Ms,
    ) -> Told {
        if role != SeatRole::Trainer && begin.seat != who.seat {
            return no("not_yours");
        }
        let speaker = if begin.seat == who.seat {
            who.clone()
        } else {
            match self.seats.get(&begin.seat) {
                Some(speaker) => speaker.clone(),
                None => return no("unknown_seat"),
            }
        };
        let Some(scenario) = ground.scenario(begin.scenario).cloned() else {
            return no("unknown_scenario");
        };
        if !(1..=5).contains(&begin.level) {
            return no("level_reads");
        }
        if role != SeatRole::Trainer && !self.may(&speaker.login, begin.level) {
            return no("level_closed");
        }
        if self.spoken_over(ground, who.seat, now).is_err() {
            return no("disk");
        }
        let setup = Setup {
            // The last eight bytes of the id are chance.
            seed: begin.run.as_u64_pair().1 >> 11,
            level: begin.level,
            noise: true,
        };
        let stage = std::sync::Arc::clone(&ground.stage);
        let spoken = Spoken {
            who: speaker,
            run: begin.run,
            sitting: begin.run,
            play: Play::begin(stage, scenario, setup, begin.lang, now),
        };
        let view = spoken.view(ground, None);
        self.spoken.insert(who.seat, spoken);
        Told::Spoken(Box::new(view))
    }

    /// These acts were heard. When the customer ends it with this, the run is kept at once.
    pub(super) fn spoken_mark(
        &mut self,
        ground: &Ground,
        observer: UserId,
        (acts, think_ms, words): (&[String], i64, &str),
        now: Ms,
    ) -> Told {
        let Some(spoken) = self.spoken.get_mut(&observer) else {
            return no("no_spoken");
        };
        let named: Vec<Act> = acts.iter().filter_map(|a| Act::from_name(a)).collect();
        if named.len() != acts.len() || acts.len() > MOST_ACTS {
            return no("unknown_act");
        }
        if spoken.play.end().is_none() {
            let at_ms = now.minus(spoken.play.began()).max(spoken.last_ms());
            spoken.play.take(
                at_ms,
                Input::Marked {
                    acts: named,
                    think_ms: think_ms.clamp(0, LONGEST_MS),
                    words: words.chars().take(MOST_CHARS).collect(),
                },
            );
        }
        let over = spoken.play.end().is_some();
        if over {
            let (login, kept) = spoken.kept(now);
            if self.keep(ground, &login, kept).is_err() {
                return no("disk");
            }
        }
        self.spoken_view(ground, observer)
    }

    /// It ends: the agent ends the contact, and the run is kept.
    pub(super) fn spoken_end(&mut self, ground: &Ground, observer: UserId, now: Ms) -> Told {
        let Some(spoken) = self.spoken.get_mut(&observer) else {
            return no("no_spoken");
        };
        if spoken.play.end().is_none() {
            let at_ms = now.minus(spoken.play.began()).max(spoken.last_ms());
            spoken.play.take(at_ms, Input::Close);
        }
        let (login, kept) = spoken.kept(now);
        if self.keep(ground, &login, kept).is_err() {
            return no("disk");
        }
        let view = self.spoken_view(ground, observer);
        self.spoken.remove(&observer);
        view
    }

    /// What was going on is kept as it stands.
    fn spoken_over(&mut self, ground: &Ground, observer: UserId, now: Ms) -> std::io::Result<()> {
        let Some(spoken) = self.spoken.get(&observer) else {
            return Ok(());
        };
        let known = self.people.get(&spoken.who.login);
        let known = known.is_some_and(|p| p.runs.contains_key(&spoken.run));
        if !known && !spoken.play.turns().is_empty() {
            let (login, kept) = spoken.kept(now);
            self.keep(ground, &login, kept)?;
        }
        self.spoken.remove(&observer);
        Ok(())
    }

    fn spoken_view(&self, ground: &Ground, observer: UserId) -> Told {
        let Some(spoken) = self.spoken.get(&observer) else {
            return no("no_spoken");
        };
        // Who listens to nobody but oneself says first what worked, as after any run.
        let alone = spoken.who.seat == observer;
        let over = spoken.play.end().filter(|_| !alone);
        let total = over.map(|_| score(&spoken.play).total);
        Told::Spoken(Box::new(spoken.view(ground, total)))
    }
}

impl Spoken {
    fn last_ms(&self) -> i64 {
        self.play.turns().last().map_or(0, |t| t.tick.at_ms)
    }

    fn view(&self, ground: &Ground, total: Option<u32>) -> DeskView {
        DeskView {
            acts: MARKABLE.iter().map(|a| a.as_str().to_owned()).collect(),
            ..views::desk(&self.who, self.run, &self.play, ground.lang, total)
        }
    }

    fn kept(&self, now: Ms) -> (String, KeptRun) {
        let sat = Sat {
            run: self.run,
            sitting: self.sitting,
            at: now,
        };
        let mut run = kept(&sat, &self.play, score(&self.play), false);
        run.spoken = true;
        (self.who.login.clone(), run)
    }
}

/// A run as it is kept.
pub(super) fn kept(sat: &Sat, play: &Play, score: Score, handed_over: bool) -> KeptRun {
    KeptRun {
        form: FORM,
        id: sat.run,
        sitting: sat.sitting,
        at: sat.at,
        handed_over,
        spoken: false,
        end: views::end_name(play, handed_over),
        run: Run::of(play),
        score,
        own: None,
        comments: Vec::new(),
        ratings: super::rating::KeptRatings::default(),
        shown: Some(views::shown(play)),
    }
}

#[cfg(test)]
mod tests;
