//! Pairs (mission TR3, method 3.10): the same customer handled by two people, masked, annotated, agreed to, published, looked at
//! after 30 days, kept or retired.
//!
//! What may be read is made once, masked, and kept with the pair; it is gone when the pair is taken back. Without a class there
//! are built-in pairs: a trainee's own run against the scripted agent that commits.

mod find;
mod life;
mod made;
mod mask;
mod worth;

use std::io;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ground::{Books, Ground};
use super::people::{date_of, day_of};
use super::{RunId, Who, no, store, views};
use crate::api::training::{
    PairDeed, PairRow, PairSide, PairState, PairView, PairWorth, SeatRole, Told,
};
use crate::domain::time::Ms;
use crate::sim::score;
use crate::text::SafeText;

pub(super) use find::candidates;
pub(super) use mask::Mask;

/// The version of the file.
const FORM: u32 = 1;
/// Own runs that are looked at for built-in pairs: the newest.
const BUILT_FROM: usize = 6;

/// Why a pair has had its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Laid {
    /// Twelve months have gone.
    Old,
    /// Nobody read it for long.
    Unused,
    /// A trainer looked at what it did.
    Judged,
}

/// What a trainer decided, and on which figures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Judged {
    pub(super) at: Ms,
    pub(super) keep: bool,
    pub(super) worth: PairWorth,
}

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
    /// A trainer: that is no use of the pair.
    #[serde(default)]
    pub(super) leads: bool,
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
    /// When it came out.
    #[serde(default)]
    pub(super) published: Option<Ms>,
    /// What was decided on it.
    #[serde(default)]
    pub(super) judged: Option<Judged>,
    /// Why it was retired, if it was not taken back.
    #[serde(default)]
    pub(super) laid: Option<Laid>,
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
            published: None,
            judged: None,
            laid: None,
        }
    }

    /// Whether everybody may read it and is asked to.
    fn open(&self) -> bool {
        matches!(self.state, PairState::Published | PairState::Kept)
    }

    /// Whether it can be read at all by those who have no say in it: nothing is left of one that was taken back.
    fn readable(&self) -> bool {
        self.open() || (self.state == PairState::Retired && self.masked.is_some())
    }

    /// When it came out. Those that came out before this was kept stand as they do since then.
    fn published(&self) -> Ms {
        self.published.unwrap_or(self.since)
    }

    /// Trainees who read it.
    fn readers(&self) -> impl Iterator<Item = &Read> {
        self.reads.iter().filter(|r| !r.leads)
    }

    /// Which side somebody is.
    fn side_of(&self, login: &str) -> Option<usize> {
        self.sides.iter().position(|s| s.login == login)
    }

    /// Whether somebody may read it or has a say in it.
    fn for_reader(&self, login: &str, role: SeatRole) -> bool {
        let mine = self.side_of(login).is_some();
        match self.state {
            _ if self.built_in => mine && self.readable(),
            PairState::Published | PairState::Kept | PairState::Retired => self.readable(),
            PairState::Annotated | PairState::Consented => mine || role == SeatRole::Trainer,
            _ => role == SeatRole::Trainer,
        }
    }

    fn row(&self, ground: &Ground, login: &str, role: SeatRole, now: Ms) -> PairRow {
        let day = |at: Ms| day_of(at, ground.zone());
        let dates = worth::dates(self, day);
        let today = day(now);
        let due = worth::due(self, today, day);
        let look = dates
            .and_then(|d| d.look)
            .filter(|_| role == SeatRole::Trainer);
        let ends = match self.laid {
            Some(why) => Some((day(self.since), why)),
            None => dates.map(|d| (d.end, d.why)),
        };
        PairRow {
            mine: self.side_of(login).is_some(),
            out: self.readable().then(|| date_of(day(self.published()))),
            look: look.map(|at| (date_of(at), at - today)),
            retires: ends.map(|(at, why)| (date_of(at), views::name_of(&why))),
            id: self.id,
            state: self.state,
            scenario: self.scenario.clone(),
            title: ground.title(&self.scenario),
            totals: self.totals,
            next: life::next(self, login, role, due).map(str::to_owned),
            read: u32::try_from(self.readers().count()).unwrap_or(u32::MAX),
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
        if self.retire_due(ground, now).is_err() {
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
            .map(|p| p.row(ground, &who.login, role, now))
            .collect();
        let over = |r: &PairRow| r.state == PairState::Retired;
        rows.sort_by_key(|r| (r.next.is_none(), over(r), std::cmp::Reverse(r.since), r.id));
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
        if self.retire_due(ground, now).is_err() {
            return no("disk");
        }
        let Some(pair) = self.pair_for(ground, who, role, id, now) else {
            return no("unknown_pair");
        };
        match self.view(ground, &pair, who, role, now) {
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
        if self.retire_due(ground, now).is_err() {
            return no("disk");
        }
        let Some(mut pair) = self.pair_for(ground, who, role, id, now) else {
            return no("unknown_pair");
        };
        let day = |at: Ms| day_of(at, ground.zone());
        let due = worth::due(&pair, day(now), day);
        if let Err(why) = life::may(&pair, &who.login, role, deed, due) {
            return no(why);
        }
        // One's own pair with the script is kept as it was when it was read: the script may play otherwise one day.
        let read = pair.built_in && pair.masked.is_none() && matches!(deed, PairDeed::Read { .. });
        if *deed == PairDeed::Mask || read {
            match self.masked(ground, &pair) {
                Ok(masked) => pair.masked = Some(masked),
                Err(told) => return told,
            }
        }
        if let PairDeed::Judge { keep } = deed {
            // The figures stand as they were when it was decided.
            let worth = self.worth(&pair, now);
            let (keep, at) = (*keep, now);
            pair.judged = Some(Judged { at, keep, worth });
        }
        if let Err(why) = life::done(&mut pair, (&who.login, role), deed, now) {
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
        let told = runs.filter(|r| r.counts()).take(BUILT_FROM);
        told.filter_map(|run| {
            let id = find::name(run.id, Uuid::nil());
            if self.pairs.contains_key(&id) {
                return None;
            }
            let other = made::committing(ground, run)?;
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

    fn view(
        &self,
        ground: &Ground,
        pair: &KeptPair,
        who: &Who,
        role: SeatRole,
        now: Ms,
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
            row: pair.row(ground, &who.login, role, now),
            worth: self.told_worth(ground, pair, role, now),
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

    /// What has had its time is retired: nobody has to look for that. One that never came out is as if it had been taken back.
    fn retire_due(&mut self, ground: &Ground, now: Ms) -> io::Result<()> {
        let day = |at: Ms| day_of(at, ground.zone());
        let today = day(now);
        let all: Vec<KeptPair> = self.pairs.values().cloned().collect();
        for mut pair in all {
            match worth::dates(&pair, day) {
                Some(dates) if today >= dates.end => life::lay(&mut pair, dates.why, now),
                None if pair.state != PairState::Retired
                    && today >= day(pair.since).saturating_add(worth::OLD_DAYS) =>
                {
                    life::retire(&mut pair, now);
                }
                _ => continue,
            }
            self.write_pair(pair)?;
        }
        Ok(())
    }

    /// What a pair did until now.
    fn worth(&self, pair: &KeptPair, now: Ms) -> PairWorth {
        let skill = pair.masked.as_ref().and_then(worth::skill);
        let everybody = self.results_in(skill.unwrap_or_default());
        worth::worth(pair, &everybody, now)
    }

    /// The same for a reader: trainers only, and once it was decided on, as it stood then.
    fn told_worth(
        &self,
        ground: &Ground,
        pair: &KeptPair,
        role: SeatRole,
        now: Ms,
    ) -> Option<PairWorth> {
        if role != SeatRole::Trainer || pair.built_in || !pair.readable() {
            return None;
        }
        let Some(judged) = &pair.judged else {
            return Some(self.worth(pair, now));
        };
        Some(PairWorth {
            kept: Some(judged.keep),
            on: Some(date_of(day_of(judged.at, ground.zone()))),
            ..judged.worth.clone()
        })
    }
}

#[cfg(test)]
mod after;
#[cfg(test)]
mod tests;
