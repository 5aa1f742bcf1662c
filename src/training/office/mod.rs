//! The office of a training: what a trainee keeps (runs, skills, cards, gates), and the answers that need it: lobby, debrief,
//! other lines, lesson, pairs, spoken practice, results.
//!
//! Not here: seats, customers and their clocks (`training::theatre`). A run comes here when its contact is over.

mod debrief;
mod ground;
mod lesson;
mod lobby;
mod pairs;
mod people;
mod rating;
mod results;
mod spoken;
mod store;
pub mod views;

#[cfg(test)]
mod own;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use uuid::Uuid;

pub use crate::api::training::RunId;
use crate::api::training::{Ask, Comment, SeatRole, Told};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::Ms;
use crate::sim::{Play, Scenario, Stage, score};
use crate::task;
use crate::text::Locale;
use crate::text::locale::Tongue;
use ground::{Books, Ground};

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
/// it changed to the disk before it returns, so that it may take some milliseconds.
pub struct Office {
    ground: Ground,
    books: Mutex<Books>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").finish_non_exhaustive()
    }
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
        let tongue = match lang {
            Lang::Zh => Tongue::ZhCn,
            Lang::En => Tongue::En,
        };
        let by_id: BTreeMap<String, Arc<Scenario>> =
            scenarios.into_iter().map(|s| (s.id.clone(), s)).collect();
        let ground = Ground {
            stage,
            scenarios: by_id,
            policy,
            lang,
            locale: Locale::of(tongue),
        };
        let books = Books::read(store::Store::open(home)?, &ground)?;
        Ok(Self {
            ground,
            books: Mutex::new(books),
        })
    }

    /// Files that were damaged and set aside when the office opened, by their new names.
    #[must_use]
    pub fn set_aside(&self) -> Vec<PathBuf> {
        self.books().store.aside().to_vec()
    }

    /// Somebody has a seat here. Call it for every seat before anything else, trainers included: with a trainer the gates hold,
    /// without one every level may be played and the gates only tell.
    ///
    /// # Errors
    /// When the profile cannot be written.
    pub fn enrol(&self, who: &Who, role: SeatRole) -> io::Result<()> {
        let mut books = self.books();
        books.seats.insert(who.seat, who.clone());
        if role == SeatRole::Trainer {
            books.led = true;
            return Ok(());
        }
        books.change(&who.login, |kept| who.name.clone_into(&mut kept.name))
    }

    /// A contact is over: it is scored and kept. It counts for skills, cards and gates once the trainee's own words are there,
    /// unless it was broken off. Said twice of the same run, it is kept and counted once.
    ///
    /// # Errors
    /// When it cannot be written; it may be tried again with the same run.
    pub fn finish(
        &self,
        who: &Who,
        sat: &Sat,
        play: &Play,
        handed_over: bool,
    ) -> io::Result<Finished> {
        let score = score(play);
        let finished = Finished {
            run: sat.run,
            total: score.total,
            critical: !score.criticals.is_empty(),
        };
        let run = spoken::kept(sat, play, score, handed_over);
        let mut books = self.books();
        let known = books.people.get(&who.login);
        if known.is_some_and(|p| p.kept.counted.contains(&sat.run)) {
            return Ok(finished);
        }
        books.change(&who.login, |kept| who.name.clone_into(&mut kept.name))?;
        books.keep(&self.ground, &who.login, run)?;
        Ok(finished)
    }

    /// Answers `Lobby`, `Reflect`, `Debrief`, `Try`, `Lesson`, `Predicted`, `Pairs`, `Pair`, `PairDo`, `SpokenBegin`,
    /// `SpokenMark`, `SpokenEnd`, `Results` and the four about rated runs; anything else is not the office's business and is refused as `elsewhere`.
    #[must_use]
    pub fn answer(&self, who: &Who, role: SeatRole, now: Ms, ask: &Ask) -> Told {
        let mut books = self.books();
        let ground = &self.ground;
        match ask {
            Ask::Lobby => Told::Lobby(Box::new(books.lobby(ground, who, now))),
            Ask::Reflect { run, plus, delta } => {
                books.reflect(ground, &who.login, *run, plus, delta)
            }
            Ask::Debrief { run } => books
                .debrief(ground, who, role, *run, now)
                .map_or_else(|no| no, |view| Told::Debrief(Box::new(view))),
            Ask::Try { run, turn, lines } => books
                .tried(ground, who, role, (*run, *turn), lines)
                .map_or_else(|no| no, |view| Told::Tried(Box::new(view))),
            Ask::Lesson { scenario, lang } => books.lesson(ground, who, scenario, *lang, now),
            Ask::Predicted { scenario, order } => {
                books.predicted(ground, who, scenario, order, now)
            }
            Ask::Pairs => books.pair_rows(ground, who, role, now),
            Ask::Pair { pair } => books.pair(ground, who, role, *pair, now),
            Ask::PairDo { pair, deed } => books.pair_do(ground, (who, role), *pair, deed, now),
            Ask::SpokenBegin {
                seat,
                scenario,
                level,
                lang,
            } => {
                let begin = spoken::Begin {
                    seat: *seat,
                    scenario,
                    level: *level,
                    lang: *lang,
                    run: task::new_id(),
                };
                books.spoken_begin(ground, (who, role), begin, now)
            }
            Ask::SpokenMark {
                acts,
                think_ms,
                words,
            } => books.spoken_mark(ground, who.seat, (acts, *think_ms, words), now),
            Ask::SpokenEnd => books.spoken_end(ground, who.seat, now),
            Ask::Results if books.led && role != SeatRole::Trainer => no("trainer_only"),
            Ask::Results => books.results(ground, role, now),
            Ask::RunReviews | Ask::RunWords { .. } | Ask::RunRate { .. } | Ask::RunAgree { .. }
                if role != SeatRole::Trainer =>
            {
                no("trainer_only")
            }
            Ask::RunReviews => Told::RunReviews(Box::new(books.run_reviews(ground, who, now))),
            Ask::RunWords { run } => books.run_words(ground, who, *run),
            Ask::RunRate { given } => books.run_rate(ground, who, given, now),
            Ask::RunAgree { given } => books.run_agree(ground, who, given, now),
            _ => no("elsewhere"),
        }
    }

    /// The scenario to begin with when none was asked for: 70 to 80 % expected success, items that are due first, never the one
    /// just played while there is another. None when no scenario is made for the level.
    #[must_use]
    pub fn propose(&self, who: &Who, level: u8, now: Ms) -> Option<String> {
        self.books()
            .proposed_due(&self.ground, &who.login, level, now)
    }

    /// Opens a level without mastery below it: to one login, or to all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn open_level(&self, login: Option<&str>, level: u8) -> io::Result<()> {
        let mut books = self.books();
        if let Some(login) = login {
            return books.change(login, |kept| {
                kept.opened.insert(level);
            });
        }
        let mut for_all = books.for_all.clone();
        for_all.opened.insert(level);
        store::write_json(&books.store.class(), &for_all)?;
        books.for_all = for_all;
        Ok(())
    }

    /// Whether this level may be played: levels 0 to 2 always, others with everything below mastered or opened by a trainer; every
    /// level where there is no trainer.
    #[must_use]
    pub fn may(&self, who: &Who, level: u8) -> bool {
        self.books().may(&who.login, level)
    }

    /// Keeps a trainer's word with the run of this login. A run that is not over yet gets it when it is.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn comment(&self, comment: Comment, login: &str) -> io::Result<()> {
        let mut books = self.books();
        let run = comment.run;
        let word = comment.clone();
        if !books.change_run(login, run, |kept| kept.comments.push(word))? {
            let early = books.early.entry((login.to_owned(), run)).or_default();
            early.push(comment);
        }
        Ok(())
    }

    /// A pair that waits for this trainee's consent.
    #[must_use]
    pub fn consent_wanted(&self, who: &Who) -> Option<Uuid> {
        self.books().consent_wanted(&who.login)
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // What is in memory is changed after what is on the disk, in one step: a panic in between leaves nothing half done.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// It cannot be done; the words stand under `training-no-<why>`.
fn no(why: &str) -> Told {
    Told::No {
        why: why.to_owned(),
    }
}
