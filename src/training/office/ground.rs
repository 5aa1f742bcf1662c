//! What the answers stand on: scenarios, numbers, calendar, words (all fixed), and everything kept (one lock).

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::pairs::KeptPair;
use super::people::{FORM, Kept, KeptRun, Person, Shown, day_of};
use super::spoken::Spoken;
use super::store::{self, Store};
use super::{RunId, Who, no, views};
use crate::api::training::{Comment, RulesOf, SeatRole, Told};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::{Ms, Zone};
use crate::sim::lesson::Class;
use crate::sim::record::CannotReplay;
use crate::sim::schedule::{Estimate, first_difficulty};
use crate::sim::{Play, Scenario, Stage};
use crate::text::{Locale, SafeText};

/// What never changes while the training runs.
pub(super) struct Ground {
    pub(super) stage: Arc<Stage>,
    /// By id.
    pub(super) scenarios: BTreeMap<String, Arc<Scenario>>,
    pub(super) policy: Arc<Policy>,
    pub(super) lang: Lang,
    pub(super) locale: Locale,
}

impl Ground {
    /// The site's zone.
    pub(super) fn zone(&self) -> &Zone {
        &self.stage.zone
    }

    /// A scenario by its id, in any case of letters.
    pub(super) fn scenario(&self, id: &str) -> Option<&Arc<Scenario>> {
        self.scenarios
            .get(&id.to_uppercase())
            .or_else(|| self.scenarios.get(id))
    }

    /// The title of a scenario; its id when it is not there any more.
    pub(super) fn title(&self, id: &str) -> SafeText {
        let title = self.scenario(id).map_or(id, |s| s.title.get(self.lang));
        SafeText::clean_line(title)
    }

    /// The scripted agents of a scenario.
    pub(super) fn class(&self, scenario: &Arc<Scenario>, began: Ms) -> Class<'_> {
        Class {
            stage: Arc::clone(&self.stage),
            scenario: Arc::clone(scenario),
            calendar: &self.policy.calendar,
            began,
        }
    }

    /// A run played again by today's rules.
    ///
    /// # Errors
    /// The answer when it cannot be.
    pub(super) fn replay(&self, run: &KeptRun) -> Result<Play, Told> {
        let scenario = self.scenario_of(run)?;
        run.run
            .replay(&self.stage, scenario)
            .map_err(|e| refused(&e))
    }

    /// The scenario of a run, as it was when it was played.
    ///
    /// # Errors
    /// The answer when it is gone or was changed since.
    pub(super) fn scenario_of(&self, run: &KeptRun) -> Result<&Arc<Scenario>, Told> {
        let scenario = self.scenario(&run.run.scenario);
        let scenario = scenario.ok_or_else(|| no("unknown_scenario"))?;
        run.run.is_of(scenario).map_err(|e| refused(&e))?;
        Ok(scenario)
    }

    /// What was to be seen of a run when it ended. Of a run that was kept without it, it is played again.
    ///
    /// # Errors
    /// The answer when it would have to be played again and cannot be.
    pub(super) fn shown(&self, run: &KeptRun) -> Result<Shown, Told> {
        match &run.shown {
            Some(shown) => Ok(shown.clone()),
            None => self.replay(run).map(|play| views::shown(&play)),
        }
    }

    /// By whose rules what is shown of a run was played.
    pub(super) fn rules_of(&self, run: &KeptRun) -> RulesOf {
        match (run.run.by_rules_of(&self.stage), &run.shown) {
            (true, _) => RulesOf::Today,
            (false, Some(_)) => RulesOf::Then,
            (false, None) => RulesOf::Replayed,
        }
    }
}

fn refused(cannot: &CannotReplay) -> Told {
    match cannot {
        CannotReplay::Form(_) => no("newer_run"),
        CannotReplay::Scenario(..) | CannotReplay::Version { .. } => no("scenario_changed"),
    }
}

/// What holds for all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(super) struct ForAll {
    /// Levels that a trainer opened to everybody.
    pub(super) opened: BTreeSet<u8>,
}

/// Everything kept.
#[derive(Debug)]
pub(super) struct Books {
    pub(super) store: Store,
    /// By login.
    pub(super) people: BTreeMap<String, Person>,
    pub(super) for_all: ForAll,
    /// How hard scenarios are, by id and level.
    pub(super) difficulty: BTreeMap<String, Estimate>,
    pub(super) pairs: BTreeMap<Uuid, KeptPair>,
    /// Spoken practice that goes on, by its observer.
    pub(super) spoken: BTreeMap<UserId, Spoken>,
    /// Words on runs that are not over yet, by login and run.
    pub(super) early: BTreeMap<(String, RunId), Vec<Comment>>,
    /// Everybody with a seat.
    pub(super) seats: BTreeMap<UserId, Who>,
    /// Whether somebody leads.
    pub(super) led: bool,
}

impl Books {
    /// Reads everything below the store's folder, and counts what was written and not counted yet.
    pub(super) fn read(mut store: Store, ground: &Ground) -> io::Result<Self> {
        let mut books = Self {
            people: people(&mut store)?,
            for_all: store.read(&store.class())?.unwrap_or_default(),
            difficulty: store.read(&store.scenarios())?.unwrap_or_default(),
            pairs: BTreeMap::new(),
            spoken: BTreeMap::new(),
            early: BTreeMap::new(),
            seats: BTreeMap::new(),
            led: false,
            store,
        };
        for path in Store::list(&books.store.pairs())? {
            if let Some(pair) = books.store.read::<KeptPair>(&path)? {
                books.pairs.insert(pair.id, pair);
            }
        }
        books.catch_up(ground)?;
        Ok(books)
    }

    /// Counts runs that are to count and are in no numbers: the power went in between, or a profile was damaged.
    fn catch_up(&mut self, ground: &Ground) -> io::Result<()> {
        let mut missed: Vec<(String, Ms, RunId)> = Vec::new();
        for (login, person) in &self.people {
            for run in person.runs.values() {
                if run.counts() && !person.kept.counted.contains(&run.id) {
                    missed.push((login.clone(), run.at, run.id));
                }
            }
        }
        missed.sort_by_key(|(_, at, id)| (*at, *id));
        for (login, _, id) in missed {
            self.count(ground, &login, id)?;
        }
        Ok(())
    }

    /// Keeps a run. It is counted when the trainee's own words are there ([`Books::reflect`]), here only when they were before:
    /// each step can be done again without harm.
    pub(super) fn keep(
        &mut self,
        ground: &Ground,
        login: &str,
        mut run: KeptRun,
    ) -> io::Result<()> {
        let id = run.id;
        let known = self.people.get(login).and_then(|p| p.runs.get(&id));
        if let Some(known) = known {
            run.own.clone_from(&known.own);
            run.comments.clone_from(&known.comments);
            run.ratings.clone_from(&known.ratings);
        }
        let early = (login.to_owned(), id);
        if let Some(words) = self.early.get(&early) {
            run.comments.extend(words.iter().cloned());
        }
        self.write_run(login, &run)?;
        self.early.remove(&early);
        let person = self.people.entry(login.to_owned()).or_default();
        person.runs.insert(id, run);
        self.count(ground, login, id)
    }

    /// Puts a run into the numbers and writes them, if it is to count and does not yet.
    pub(super) fn count(&mut self, ground: &Ground, login: &str, id: RunId) -> io::Result<()> {
        let Some(person) = self.people.get(login) else {
            return Ok(());
        };
        let Some(run) = person.runs.get(&id).filter(|r| r.counts()) else {
            return Ok(());
        };
        let Some(scenario) = ground.scenario(&run.run.scenario) else {
            return Ok(());
        };
        let level = run.run.setup.level;
        let was = self.difficulty_of(scenario, level);
        let mut kept = person.kept.clone();
        let now = kept.count(run, scenario.item.as_str(), was, ground.zone());
        self.write_kept(login, &kept)?;
        if let Some(person) = self.people.get_mut(login) {
            person.kept = kept;
        }
        if now != was {
            self.difficulty.insert(key(scenario, level), now);
            store::write_json(&self.store.scenarios(), &self.difficulty)?;
        }
        Ok(())
    }

    /// How hard a scenario is at a level.
    pub(super) fn difficulty_of(&self, scenario: &Scenario, level: u8) -> Estimate {
        let known = self.difficulty.get(&key(scenario, level)).copied();
        known.unwrap_or_else(|| first_difficulty(scenario, level))
    }

    pub(super) fn write_run(&self, login: &str, run: &KeptRun) -> io::Result<()> {
        let path = self.store.runs(login).join(format!("{}.json", run.id));
        store::write_json(&path, run)
    }

    pub(super) fn write_kept(&self, login: &str, kept: &Kept) -> io::Result<()> {
        let mut kept = kept.clone();
        kept.form = FORM;
        login.clone_into(&mut kept.login);
        store::write_json(&self.store.profile(login), &kept)
    }

    /// Changes somebody's profile and writes it; nothing is changed when it cannot be written.
    pub(super) fn change(&mut self, login: &str, change: impl FnOnce(&mut Kept)) -> io::Result<()> {
        let mut kept = self
            .people
            .get(login)
            .map(|p| p.kept.clone())
            .unwrap_or_default();
        let was = kept.clone();
        change(&mut kept);
        if kept != was {
            self.write_kept(login, &kept)?;
            self.people.entry(login.to_owned()).or_default().kept = kept;
        }
        Ok(())
    }

    /// Changes a run and writes it; nothing is changed when it cannot be written. Whether there is such a run.
    pub(super) fn change_run(
        &mut self,
        login: &str,
        id: RunId,
        change: impl FnOnce(&mut KeptRun),
    ) -> io::Result<bool> {
        let run = self.people.get(login).and_then(|p| p.runs.get(&id));
        let Some(mut run) = run.cloned() else {
            return Ok(false);
        };
        change(&mut run);
        self.write_run(login, &run)?;
        if let Some(person) = self.people.get_mut(login) {
            person.runs.insert(id, run);
        }
        Ok(true)
    }

    /// A run that this reader may see, and whose it is: a trainee's own, for a trainer everybody's.
    pub(super) fn run_for(&self, who: &Who, role: SeatRole, id: RunId) -> Option<(&str, &KeptRun)> {
        let all = self.people.iter();
        let mut mine = all.filter(|(login, _)| role == SeatRole::Trainer || **login == who.login);
        mine.find_map(|(login, p)| p.runs.get(&id).map(|r| (login.as_str(), r)))
    }

    /// Whether a level may be played.
    pub(super) fn may(&self, login: &str, level: u8) -> bool {
        if level <= 2 || !self.led || self.for_all.opened.contains(&level) {
            return true;
        }
        let Some(person) = self.people.get(login) else {
            return false;
        };
        let mastered = person.kept.gates().mastered;
        person.kept.opened.contains(&level) || (0..level).all(|l| mastered.contains(&l))
    }

    /// Today at the site.
    pub(super) fn today(ground: &Ground, now: Ms) -> i64 {
        day_of(now, ground.zone())
    }
}

fn key(scenario: &Scenario, level: u8) -> String {
    format!("{}/{level}", scenario.id)
}

/// Everybody that was ever here. Runs are read one by one: a damaged one costs nothing but itself.
fn people(store: &mut Store) -> io::Result<BTreeMap<String, Person>> {
    let mut out = BTreeMap::new();
    for folder in Store::folders(&store.people())? {
        let kept: Option<Kept> = store.read(&folder.join("profile.json"))?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let login = match &kept {
            Some(kept) if store::folder(&kept.login) == name => kept.login.clone(),
            // The profile is gone or was damaged: the folder still says whose the runs are.
            _ => match store::login_of(&name) {
                Some(login) => login,
                None => continue,
            },
        };
        let mut person = Person {
            kept: kept.unwrap_or_default(),
            ..Person::default()
        };
        for path in Store::list(&folder.join("runs"))? {
            if let Some(run) = store.read::<KeptRun>(&path)? {
                person.runs.insert(run.id, run);
            }
        }
        out.insert(login, person);
    }
    Ok(out)
}
