//! A scenario: one simulated customer as authors write it, in one file below `assets/sim/scenarios/`. The form is told for
//! authors in `assets/sim/FORMAT.md`.
//!
//! Parsing refuses what the engine could not play; what would play badly (a need nobody can reach, too few lines) is told by
//! `sim::check`.

mod parse;
mod parts;
mod raw;
mod shipped;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::coach::BadContent;
use crate::coach::content::{Band, Both, File, Need};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::vocabulary::{Channel, Tier};

use super::names::{Act, AgentKind, Outside, Psychology, Situation, StormKind, TrapKind};
use super::points::Points;

/// One simulated customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scenario {
    /// The stable name, such as `SIM-01`.
    pub id: String,
    /// Grows with every change that a run could notice.
    pub version: u32,
    /// The first sixteen hex digits of the file's SHA-256: two files of one version can be told apart.
    pub fingerprint: String,
    /// What it is called.
    pub title: Both,
    /// What the complaint is about.
    pub item: ItemId,
    /// The channel on which the customer comes.
    pub channel: Channel,
    /// The conduct it practises.
    pub psychology: Psychology,
    /// How long a run takes, in minutes.
    pub minutes: u32,
    /// The levels it is made for, 0 to 5, ascending.
    pub levels: Vec<u8>,
    /// Who the customer is.
    pub persona: Persona,
    /// Where the state begins.
    pub start: Start,
    /// What the customer really needs.
    pub need: HiddenNeed,
    /// What the customer demands, from little to much.
    pub ladder: Vec<Demand>,
    /// What the customer says.
    pub sayings: Vec<Saying>,
    /// What the customer knows and says when asked.
    pub facts: Vec<Known>,
    /// What the desk shows of the customer.
    pub card: Card,
    /// Ways in which agents put their acts in this matter.
    pub exemplars: Vec<Exemplars>,
    /// What happens in the middle of it.
    pub storm: Vec<StormEvent>,
    /// What costs all points, or must be told afterwards.
    pub traps: Vec<Trap>,
    /// The three agents of the lesson.
    pub agents: Vec<ScriptedAgent>,
    /// Who wrote and read it.
    pub review: Review,
}

/// Who the customer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Persona {
    /// The factor `r` of what makes it worse; 1 is ordinary.
    pub irritability: Points,
    /// How likely the customer says one more sentence, 0 to 1.
    pub talkativeness: Points,
    /// How well long and learned sentences are understood, 0 to 1; below 0.5 a long line explains only half.
    pub literacy: Points,
    /// How much a refusal angers beyond the ordinary, 0 to 1.
    pub entitlement: Points,
    /// Where the customer turns when trust is gone.
    pub outside: Outside,
    /// From which anger on the customer is abusive at level 5, 0 to 100; never when absent.
    pub abuse_at: Option<Points>,
    /// Whether the card marks the customer as elderly or with special needs.
    pub vulnerable: bool,
}

/// Where the state begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Start {
    /// Anger, 0 to 100.
    pub anger: Points,
    /// Trust, 0 to 100.
    pub trust: Points,
    /// Clarity: what the customer knows of what happened and what comes next, 0 to 100.
    pub clarity: Points,
    /// Face, 0 to 100.
    pub face: Points,
    /// Patience, in seconds.
    pub patience: Points,
}

/// What the customer really needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HiddenNeed {
    /// What answers it.
    pub fix: Need,
    /// The name in `needs.toml` that the desk's reader would give it.
    pub name: String,
    /// The need in one sentence, for the debrief.
    pub words: Both,
    /// The act that brings it to light at once after an acknowledgement.
    pub direct: Act,
    /// Acts that meet it instead of those of the rules; empty for the rules' own.
    pub meets: Vec<Act>,
}

/// One step of the demand ladder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Demand {
    /// What is demanded, for the debrief.
    pub demand: Both,
    /// How the customer puts it.
    pub lines: Vec<Both>,
}

/// A line of the customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saying {
    /// When it can be said.
    pub when: Situation,
    /// In which mood; any when absent.
    pub band: Option<Band>,
    /// Which act of the agent it answers; any when absent.
    pub after: Option<Act>,
    /// The words.
    pub text: Both,
}

/// How the desk or the agent may already know a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ToldBy {
    /// Nobody: asking for it is right.
    Nobody,
    /// The opening said it.
    Opening,
    /// The desk shows it.
    Card,
}

/// Something that the customer knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its short name.
    pub id: String,
    /// Words by which a question asks for it, per language.
    pub asked_zh: Vec<String>,
    /// The same in English.
    pub asked_en: Vec<String>,
    /// How it is known before anybody asks.
    pub told: ToldBy,
    /// The answer.
    pub text: Both,
}

/// What the desk shows of the customer and the matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// The name.
    pub name: Both,
    /// The value tier.
    pub tier: Tier,
    /// The telephone number: invented, one that nobody can have.
    pub phone: String,
    /// Earlier contacts, oldest first.
    pub history: Vec<Both>,
    /// Facts of the matter by the playbook's slot names.
    pub values: BTreeMap<String, Both>,
    /// The cause as the desk can find it out; absent when nobody can know it yet.
    pub cause: Option<Both>,
}

/// Ways to put an act, in the words of this matter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exemplars {
    /// The act.
    pub act: Act,
    /// Chinese.
    pub zh: Vec<String>,
    /// English.
    pub en: Vec<String>,
}

impl Exemplars {
    /// Those in this language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Something that happens in the middle of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StormEvent {
    /// Seconds from the beginning.
    pub at: u32,
    /// What.
    pub kind: StormKind,
    /// How long, in seconds; 0 when it has no length.
    pub seconds: u32,
    /// The smallest level at which it happens.
    pub level: u8,
    /// What is said or shown.
    pub text: Both,
    /// The scenario of the second caller; empty otherwise.
    pub scenario: String,
}

/// Something this scenario watches for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trap {
    /// Its short name.
    pub id: String,
    /// What kind.
    pub kind: TrapKind,
    /// The lint rule, for [`TrapKind::Rule`].
    pub rule: String,
    /// The act, for the other kinds.
    pub act: Option<Act>,
    /// Whether it costs all points; otherwise it is told in the debrief.
    pub critical: bool,
    /// Why, as the debrief says it.
    pub why: Both,
}

/// One of the three agents of the lesson.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ScriptedAgent {
    /// Which of the three.
    pub kind: AgentKind,
    /// What it says, turn by turn. `{due}` and `{later}` stand for times that can be kept.
    pub turns: Vec<Both>,
    /// What the lesson says of it.
    pub lesson: Both,
}

/// Who wrote and read a scenario.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Review {
    /// Who wrote it.
    pub author: String,
    /// Whether somebody else read it: `draft` or `approved`.
    pub approved: bool,
    /// What a reviewer should know.
    pub notes: String,
}

impl Scenario {
    /// A scenario from its file.
    ///
    /// # Errors
    /// The first thing that could not be played, with file, entry and remedy.
    pub fn parse(file: &File<'_>, taxonomy: &Taxonomy) -> Result<Self, BadContent> {
        parse::parse(file, taxonomy)
    }

    /// The files of the scenarios that ship with balm, in the order of their names.
    #[must_use]
    pub fn shipped_files() -> Vec<File<'static>> {
        shipped::files()
    }

    /// The scenarios that ship with balm, in the order of their ids.
    ///
    /// # Errors
    /// Never for a released program: a test reads them.
    pub fn shipped(taxonomy: &Taxonomy) -> Result<Vec<Self>, BadContent> {
        let mut all = Vec::new();
        for file in Self::shipped_files() {
            all.push(Self::parse(&file, taxonomy)?);
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(all)
    }

    /// The lines for this situation.
    pub fn said(&self, when: Situation) -> impl Iterator<Item = &Saying> {
        self.sayings.iter().filter(move |s| s.when == when)
    }

    /// The agent of this kind.
    #[must_use]
    pub fn agent(&self, kind: AgentKind) -> Option<&ScriptedAgent> {
        self.agents.iter().find(|a| a.kind == kind)
    }

    /// What can happen at this level, in the order of time.
    pub fn storm_at(&self, level: u8) -> impl Iterator<Item = &StormEvent> {
        self.storm.iter().filter(move |e| e.level <= level)
    }
}
