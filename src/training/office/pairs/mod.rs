//! Pairs (mission TR3, method 3.10): the same customer handled by two people, masked, annotated, agreed to, published, retired.
//!
//! What may be read is made once, masked, and kept with the pair; it is gone when the pair is taken back. Without a class there
//! are built-in pairs: a trainee's own run against the scripted agent that commits.

mod find;
mod life;
mod mask;

use std::io;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ground::{Books, Ground};
use super::people::KeptRun;
use super::{RunId, Who, no, store, views};
use crate::api::training::{PairDeed, PairRow, PairSide, PairState, PairView, SeatRole, Told};
use crate::domain::time::Ms;
use crate::sim::score::{Mark, Score};
use crate::sim::{AgentKind, Play, Scenario, score};
use crate::text::SafeText;

pub(super) use find::candidates;
pub(super) use mask::Mask;

/// The version of the file.
const FORM: u32 = 1;
/// Own runs that are looked at for built-in pairs: the newest.
const BUILT_FROM: usize = 6;
/// A pair that stood for so long is retired: twelve months, milliseconds.
const OLD: i64 = 365 * 86_400_000;

/// Whether somebody agrees to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Consent {
    pub(super) named: bool,
    pub(super) at: Ms,
}

/// One side of a pair as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct KeptSide {
    /// Whose; empty for the scripted agent.
    pub(super) login: String,
    pub(super) run: RunId,
    pub(super) consent: Option<Consent>,
}

/// What may be read: everything in it is masked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Masked {
    pub(super) opening: SafeText,
    pub(super) sides: (PairSide, PairSide),
    pub(super) differs: Vec<(String, u32, u32)>,
}

/// Somebody who read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Read {
    pub(super) login: String,
    pub(super) at: Ms,
    pub(super) answers: Vec<String>,
}

/// A pair as it is kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct KeptPair {
    pub(super) form: u32,
    pub(super) id: Uuid,
    pub(super) state: PairState,
    pub(super) scenario: String,
    /// When it was found.
    pub(super) made: Ms,
    /// Since when it stands as it does.
    pub(super) since: Ms,
    /// The lower outcome first.
    pub(super) sides: [KeptSide; 2],
    pub(super) totals: (u32, u32),
    /// One's own run against the scripted agent: nobody else ever sees it.
    pub(super) built_in: bool,
    pub(super) masked: Option<Masked>,
    pub(super) questions: Vec<String>,
    pub(super) reads: Vec<Read>,
}

impl KeptPair {
    fn new(id: Uuid, scenario: &str, sides: [(String, RunId); 2], now: Ms) -> Self {
        Self {
            form: FORM,
            id,
            state: PairState::Candidate,
            scenario: scenario.to_owned(),
            made: now,
            since: now,
            sides: sides.map(|(login, run)| KeptSide {
                login,
                run,
                consent: None,
            }),
            totals: (0, 0),
            built_in: false,
            masked: None,
            questions: Vec::new(),
            reads: Vec::new(),
        }
    }

    /// Which side somebody is.
    fn side_of(&self, login: &str) -> Option<usize> {
        self.sides.iter().position(|s| s.login == login)
    }

    /// Whether somebody may read it or has a say in it.
    fn for_reader(&self, login: &str, role: SeatRole) -> bool {
        let mine = self.side_of(login).is_some();
        match self.state {
            PairState::Retired => false,
            _ if self.built_in => mine,
            PairState::Published => true,
            PairState::Annotated | PairState::Consented => mine || role == SeatRole::Trainer,
            _ => role == SeatRole::Trainer,
        }
    }

    fn row(&self, ground: &Ground, login: &str, role: SeatRole) -> PairRow {
        PairRow {
            id: self.id,
            state: self.state,
            scenario: self.scenario.clone(),
            title: ground.title(&self.scenario),
            totals: self.totals,
            next: life::next(self, login, role).map(str::to_owned),
            read: u32::try_from(self.reads.len()).unwrap_or(u32::MAX),
            since: self.since,
        }
    }
}

impl Books {
    /// The pairs that somebody may read or has a say in: what wants something of the reader first, then the newest.
    pub(super) fn pair_rows(
        &mut self,
        ground: &Ground,
        who: &Who,
        role: SeatRole,
        now: Ms,
    ) -> Told {
        if self.retire_old(now).is_err() {
            return no("disk");
        }
        let mut all: Vec<KeptPair> = self.pairs.values().cloned().collect();
        if role == SeatRole::Trainer {
            all.extend(self.found(now));
        }
        all.extend(self.built_in(ground, &who.login, now));
        all.retain(|p| p.for_reader(&who.login, role));
        let mut rows: Vec<PairRow> = all
            .iter()
            .map(|p| p.row(ground, &who.login, role))
            .collect();
        rows.sort_by_key(|r| (r.next.is_none(), std::cmp::Reverse(r.since), r.id));
        Told::Pairs { rows }
    }

    /// One pair, to be read.
    pub(super) fn pair(
        &mut self,
        ground: &Ground,
        who: &Who,
        role: SeatRole,
        id: Uuid,
        now: Ms,
    ) -> Told {
        if self.retire_old(now).is_err() {
            return no("disk");
        }
        let Some(pair) = self.pair_for(ground, who, role, id, now) else {
            return no("unknown_pair");
        };
        match self.view(ground, &pair, who, role) {
            Ok(view) => Told::Pair(Box::new(view)),
            Err(told) => told,
        }
    }

    /// Something is done with a pair.
    pub(super) fn pair_do(
        &mut self,
        ground: &Ground,
        (who, role): (&Who, SeatRole),
        id: Uuid,
        deed: &PairDeed,
        now: Ms,
    ) -> Told {
        let Some(mut pair) = self.pair_for(ground, who, role, id, now) else {
            return no("unknown_pair");
        };
        if let Err(why) = life::may(&pair, &who.login, role, deed) {
            return no(why);
        }
        if *deed == PairDeed::Mask {
            match self.masked(ground, &pair) {
                Ok(masked) => pair.masked = Some(masked),
                Err(told) => return told,
            }
        }
        if let Err(why) = life::done(&mut pair, &who.login, deed, now) {
            return no(why);
        }
        // A trainer's question may name somebody, too.
        if let (PairDeed::Annotate { .. }, Some(scenario)) = (deed, ground.scenario(&pair.scenario))
        {
            let mask = self.mask(&pair, scenario);
            for question in &mut pair.questions {
                *question = mask.hide(question);
            }
        }
        match self.write_pair(pair) {
            Ok(()) => Told::Done,
            Err(_) => no("disk"),
        }
    }

    /// The pair that waits for somebody's consent.
    pub(super) fn consent_wanted(&self, login: &str) -> Option<Uuid> {
        let waits = |p: &&KeptPair| {
            let side = p.side_of(login).and_then(|at| p.sides.get(at));
            p.state == PairState::Annotated && side.is_some_and(|s| s.consent.is_none())
        };
        self.pairs.values().find(waits).map(|p| p.id)
    }

    fn pair_for(
        &self,
        ground: &Ground,
        who: &Who,
        role: SeatRole,
        id: Uuid,
        now: Ms,
    ) -> Option<KeptPair> {
        let kept = self.pairs.get(&id).cloned();
        let found = || self.found(now).into_iter().find(|p| p.id == id);
        let built = || {
            self.built_in(ground, &who.login, now)
                .into_iter()
                .find(|p| p.id == id)
        };
        let pair = kept.or_else(found).or_else(built)?;
        pair.for_reader(&who.login, role).then_some(pair)
    }

    /// Pairs that nobody has looked at yet.
    fn found(&self, now: Ms) -> Vec<KeptPair> {
        let new = candidates(&self.people).into_iter();
        let new = new.filter(|f| !self.pairs.contains_key(&f.id));
        new.filter_map(|f| {
            let run = |at: usize| {
                let (login, run) = f.sides.get(at)?;
                self.people.get(login)?.runs.get(run)
            };
            let (low, high) = (run(0)?, run(1)?);
            let scenario = low.run.scenario.clone();
            let mut pair = KeptPair::new(f.id, &scenario, f.sides.clone(), now);
            pair.totals = (low.score.total, high.score.total);
            pair.since = low.at.max(high.at);
            Some(pair)
        })
        .collect()
    }

    /// One's own newest runs against the scripted agent, where nobody leads a class.
    fn built_in(&self, ground: &Ground, login: &str, now: Ms) -> Vec<KeptPair> {
        if self.led {
            return Vec::new();
        }
        let Some(person) = self.people.get(login) else {
            return Vec::new();
        };
        let runs = person.newest().into_iter();
        let told = runs
            .filter(|r| r.counts() && r.own.is_some())
            .take(BUILT_FROM);
        told.filter_map(|run| {
            let id = find::name(run.id, Uuid::nil());
            if self.pairs.contains_key(&id) {
                return None;
            }
            let other = committing(ground, run)?;
            let other_score = score(&other);
            let mine = (
                find::class_of(run.end.as_deref().unwrap_or_default()),
                run.score.total,
            );
            let end = other.end().map_or("", |e| e.as_str());
            let theirs = (find::class_of(end), other_score.total);
            if theirs <= mine || !find::apart(mine, theirs) {
                return None;
            }
            let sides = [(login.to_owned(), run.id), (String::new(), Uuid::nil())];
            let mut pair = KeptPair::new(id, &run.run.scenario, sides, now);
            pair.built_in = true;
            pair.state = PairState::Published;
            pair.totals = (mine.1, theirs.1);
            pair.since = run.at;
            Some(pair)
        })
        .collect()
    }

    /// What may be read of both sides, made from the runs.
    fn masked(&self, ground: &Ground, pair: &KeptPair) -> Result<Masked, Told> {
        let [low, high] = &pair.sides;
        let of = |side: &KeptSide| {
            self.people
                .get(&side.login)
                .and_then(|p| p.runs.get(&side.run))
        };
        let low_run = of(low).ok_or_else(|| no("unknown_run"))?;
        let low_play = ground.replay(low_run)?;
        let (high_play, high_score) = match of(high) {
            Some(run) => (ground.replay(run)?, run.score.clone()),
            None if pair.built_in => {
                let play = committing(ground, low_run).ok_or_else(|| no("scenario_changed"))?;
                let score = score(&play);
                (play, score)
            }
            None => return Err(no("unknown_run")),
        };
        let mask = self.mask(pair, low_play.scenario());
        let end = low_run.end.clone();
        let high_end =
            of(high).map_or_else(|| views::end_name(&high_play, false), |r| r.end.clone());
        Ok(Masked {
            opening: hidden(&mask, &views::opening(&low_play)),
            differs: differs(&low_run.score, &high_score),
            sides: (
                side(&mask, &low_play, low_run.score.total, end),
                side(&mask, &high_play, high_score.total, high_end),
            ),
        })
    }

    /// The names and numbers that must not be read in a pair.
    fn mask(&self, pair: &KeptPair, scenario: &Scenario) -> Mask {
        let mut people: Vec<&str> = Vec::new();
        for side in &pair.sides {
            people.push(&side.login);
            people.extend(self.people.get(&side.login).map(|p| p.kept.name.as_str()));
        }
        Mask::of(scenario, people)
    }

    fn view(
        &self,
        ground: &Ground,
        pair: &KeptPair,
        who: &Who,
        role: SeatRole,
    ) -> Result<PairView, Told> {
        let masked = match &pair.masked {
            Some(masked) => masked.clone(),
            None => self.masked(ground, pair)?,
        };
        let Masked {
            opening,
            mut sides,
            differs,
        } = masked;
        if pair.state >= PairState::Consented {
            for (kept, side) in pair.sides.iter().zip([&mut sides.0, &mut sides.1]) {
                let named = kept.consent.is_some_and(|c| c.named);
                let person = self.people.get(&kept.login).filter(|_| named);
                side.name = person.map(|p| SafeText::clean_line(&p.kept.name));
            }
        }
        Ok(PairView {
            row: pair.row(ground, &who.login, role),
            opening,
            sides,
            questions: pair
                .questions
                .iter()
                .map(|q| SafeText::clean_line(q))
                .collect(),
            differs,
        })
    }

    fn write_pair(&mut self, pair: KeptPair) -> io::Result<()> {
        let path = self.store.pairs().join(format!("{}.json", pair.id));
        store::write_json(&path, &pair)?;
        self.pairs.insert(pair.id, pair);
        Ok(())
    }

    /// What stood for twelve months is retired, whatever it was.
    fn retire_old(&mut self, now: Ms) -> io::Result<()> {
        let old = |p: &&KeptPair| p.state != PairState::Retired && now.minus(p.since) > OLD;
        let old: Vec<KeptPair> = self.pairs.values().filter(old).cloned().collect();
        for mut pair in old {
            life::retire(&mut pair, now);
            self.write_pair(pair)?;
        }
        Ok(())
    }
}

/// The scripted agent that commits, with the customer of this run.
fn committing(ground: &Ground, run: &KeptRun) -> Option<Play> {
    let scenario = ground.scenario(&run.run.scenario)?;
    if scenario.version != run.run.version || scenario.fingerprint != run.run.fingerprint {
        return None;
    }
    let setup = run.run.setup;
    let class = ground.class(scenario, run.run.began);
    Some(class.play(AgentKind::Committing, run.run.lang, setup.seed, setup.noise))
}

fn hidden(mask: &Mask, text: &SafeText) -> SafeText {
    SafeText::clean_str(&mask.hide(text.as_str()))
}

fn side(mask: &Mask, play: &Play, total: u32, end: Option<String>) -> PairSide {
    let mut turns = views::turns(play);
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
        anger: views::anger(play),
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

#[cfg(test)]
mod tests;
