//! A seat: one trainee (or trainer), the sitting with its contacts, and the clock they share. Pure: what happened and the time
//! come in, what is to be done is returned in [`Out`]. The IO around it is `theatre` and `channel`.

mod asides;
mod feed;
mod orders;
mod phrased;
mod storms;
mod view;

#[cfg(test)]
mod tests;

pub use feed::Heard;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use uuid::Uuid;

use super::clock::Clock;
use super::contact::{Contact, Now, Opening, Over};
use super::office::{Sat, Who};
use super::post::{Kind, Post, derived};
use crate::api::training::{
    AsideView, Comment, Release, RunId, SeatRole, SeatStage, Speed, StormView, TaskView,
};
use crate::domain::calendar::Calendar;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::sim::engine::Setup;
use crate::sim::rules::Level;
use crate::sim::scenario::StormEvent;
use crate::sim::{Play, Scenario, Stage, schedule};
use crate::text::SafeText;

/// How long a stopped seat says so before its debrief, wall milliseconds.
const STOPPED_MS: i64 = 5_000;
/// A desk that was not heard of for so long is not there: more than two long polls.
const GONE_MS: i64 = 40_000;

/// What all seats share.
#[derive(Debug)]
pub struct House {
    /// What plays share.
    pub stage: Arc<Stage>,
    /// The scenarios by id.
    pub scenarios: BTreeMap<String, Arc<Scenario>>,
    /// Where promised times are counted.
    pub calendar: Calendar,
}

/// What is to be done after something happened.
#[derive(Debug, Default)]
pub struct Out {
    /// What goes on the channel.
    pub posts: Vec<Post>,
    /// The network goes away (true) or comes back.
    pub cut: Option<bool>,
    /// A sitting that is over and wants to be kept.
    pub finish: Option<Box<Finish>>,
}

/// A sitting that is over.
#[derive(Debug)]
pub struct Finish {
    /// Which.
    pub sitting: Uuid,
    /// Its contacts, and whether each was handed over.
    pub contacts: Vec<(Sat, Play, bool)>,
}

/// What a contact begins with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The name of the sitting.
    pub sitting: Uuid,
    /// The customer.
    pub scenario: Arc<Scenario>,
    /// The level.
    pub level: u8,
    /// The customer's language.
    pub lang: Lang,
    /// How time runs.
    pub speed: Speed,
    /// The seed.
    pub seed: u64,
}

/// Something that came in between, with when it began, repeats or goes away, training time.
#[derive(Clone, PartialEq, Debug)]
struct Storm {
    view: StormView,
    first: (i64, Ms),
    again: Option<i64>,
    until: Option<i64>,
    /// Put off until then, or until the trainee's next words.
    away: Option<i64>,
}

/// A shift that ends: which tickets have a note since, and which went to somebody else.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Shift {
    noted: BTreeSet<TicketId>,
    passed: BTreeSet<TicketId>,
}

/// What began with one start.
#[derive(Debug)]
struct Sitting {
    id: Uuid,
    setup: Setup,
    level: Level,
    lang: Lang,
    since: Ms,
    contacts: Vec<Contact>,
    /// What will happen, in the order of time.
    plan: VecDeque<StormEvent>,
    storms: Vec<Storm>,
    /// Questions in between that were answered.
    asides: Vec<AsideView>,
    count: u32,
    /// Until when the network is away, training time.
    cut: Option<i64>,
    shift: Option<Shift>,
    stormed: bool,
    finishing: bool,
    kept: bool,
}

/// What the trainer set, with the language.
#[derive(Clone, PartialEq, Debug)]
pub struct Task {
    /// As the desk shows it.
    pub view: TaskView,
    /// The customer's language.
    pub lang: Lang,
}

/// A seat.
#[derive(Debug)]
pub struct Seat {
    /// Who sits there.
    pub who: Who,
    /// Whose screen it is.
    pub role: SeatRole,
    /// The name, to be shown.
    pub name: SafeText,
    /// How to join, until somebody did.
    pub join: Option<SafeText>,
    /// Grows with every change.
    pub rev: u64,
    /// When its desk was last heard of.
    pub heard: Option<Ms>,
    /// What the trainer set.
    pub task: Option<Task>,
    /// The trainer's words.
    pub comments: Vec<Comment>,
    /// A pair that wants consent.
    pub consent: Option<Uuid>,
    /// The colleague whom a shift change hands over to.
    pub relief: Option<(UserId, SafeText)>,
    /// Whether its desk was there when it was looked at last.
    there: bool,
    stage: SeatStage,
    clock: Clock,
    sitting: Option<Sitting>,
    stopped: Option<Ms>,
    release: Option<Release>,
    debrief: Option<RunId>,
    last: Option<u32>,
    runs: u32,
}

impl Seat {
    /// A seat at which nobody sits yet.
    #[must_use]
    pub fn new(who: Who, role: SeatRole, join: Option<SafeText>) -> Self {
        Self {
            name: SafeText::clean_line(&who.name),
            who,
            role,
            join,
            rev: 1,
            heard: None,
            task: None,
            comments: Vec::new(),
            consent: None,
            relief: None,
            there: false,
            stage: SeatStage::Empty,
            clock: Clock::start(Ms(0), Speed::Real),
            sitting: None,
            stopped: None,
            release: None,
            debrief: None,
            last: None,
            runs: 0,
        }
    }

    /// Something changed.
    pub fn touch(&mut self) {
        self.rev = self.rev.saturating_add(1);
    }

    /// The desk was heard of.
    pub fn here(&mut self, now: Ms) {
        let was = self.is_here(now);
        self.heard = Some(now);
        self.there = true;
        if self.stage == SeatStage::Empty {
            self.stage = SeatStage::Lobby;
        }
        if !was {
            self.touch();
        }
    }

    /// Whether a desk is there.
    #[must_use]
    pub fn is_here(&self, now: Ms) -> bool {
        self.heard.is_some_and(|at| now.minus(at) <= GONE_MS)
    }

    /// Whether its desk went away since this was asked last; the class is to see it.
    pub fn gone(&mut self, now: Ms) -> bool {
        let gone = self.there && !self.is_here(now);
        if gone {
            self.there = false;
            self.touch();
        }
        gone
    }

    /// Where the seat is.
    #[must_use]
    pub const fn stage(&self) -> SeatStage {
        self.stage
    }

    /// Begins a contact.
    ///
    /// # Errors
    /// Why it cannot begin now, by name.
    pub fn start(
        &mut self,
        house: &House,
        start: &Start,
        now: Ms,
        out: &mut Out,
    ) -> Result<(TicketId, RunId), &'static str> {
        match self.stage {
            SeatStage::Running => return Err("running"),
            SeatStage::Release => return Err("release"),
            SeatStage::Stopped if self.sitting.as_ref().is_some_and(|s| !s.kept) => {
                return Err("running");
            }
            _ => {}
        }
        for old in self.sitting.iter_mut().flat_map(|s| &mut s.contacts) {
            old.tidy(now, &mut out.posts);
        }
        self.clock = Clock::start(now, start.speed);
        let setup = Setup {
            seed: start.seed,
            level: start.level,
            noise: true,
        };
        let mut sitting = Sitting {
            id: start.sitting,
            setup,
            level: level(house, start.level),
            lang: start.lang,
            since: now,
            contacts: Vec::new(),
            plan: VecDeque::new(),
            storms: Vec::new(),
            asides: Vec::new(),
            count: 0,
            cut: None,
            shift: None,
            stormed: false,
            finishing: false,
            kept: false,
        };
        if sitting.level.storm {
            sitting.plan = start.scenario.storm_at(start.level).cloned().collect();
        }
        let seat = self.who.seat;
        sitting.call(house, seat, &start.scenario, self.at(now), out);
        let first = sitting.contacts.first().map(|c| (c.ticket(), c.run()));
        self.sitting = Some(sitting);
        self.stage = SeatStage::Running;
        self.stopped = None;
        self.debrief = None;
        self.release = None;
        self.touch();
        first.ok_or("no_scenario")
    }

    /// Does something with the sitting that runs, with the time at hand.
    fn run<T>(&mut self, now: Ms, does: impl FnOnce(&mut Sitting, Now<'_>) -> T) -> Option<T> {
        let running = self.stage == SeatStage::Running;
        let sitting = self.sitting.as_mut().filter(|s| running && !s.finishing)?;
        let clock = Now {
            clock: &self.clock,
            wall: now,
        };
        Some(does(sitting, clock))
    }

    /// A line stands in the record, or cannot be brought there.
    pub fn posted(
        &mut self,
        house: &House,
        ticket: TicketId,
        kind: Kind,
        stands: bool,
        now: Ms,
        out: &mut Out,
    ) {
        let clock = Now {
            clock: &self.clock,
            wall: now,
        };
        let contact = self.sitting.as_mut().and_then(|s| s.contact(ticket));
        let Some(contact) = contact else { return };
        contact.posted(kind, stands, clock, &house.calendar, &mut out.posts);
        if kind != Kind::Beside {
            self.touch();
        }
        self.finish_if_over(now, out);
    }

    /// Time went on. Tells whether anything changed.
    pub fn tick(&mut self, house: &House, now: Ms, out: &mut Out) -> bool {
        let before = self.rev;
        match self.stage {
            SeatStage::Running => self.tick_running(house, now, out),
            SeatStage::Stopped => {
                let kept = self.sitting.as_ref().is_none_or(|s| s.kept);
                if kept && self.stopped.is_none_or(|at| now >= at) {
                    self.wind_down(now);
                }
            }
            SeatStage::Release => {
                if self.release.is_none_or(|r| now >= r.until) {
                    self.stage = SeatStage::Over;
                    self.release = None;
                    self.touch();
                }
            }
            SeatStage::Empty | SeatStage::Lobby | SeatStage::Over => {}
        }
        self.rev != before
    }

    fn tick_running(&mut self, house: &House, now: Ms, out: &mut Out) {
        let seat = self.who.seat;
        let changed = self.run(now, |sitting, clock| {
            let mut changed = sitting.weather(house, seat, clock, out);
            let deaf = sitting.cut.is_some();
            for contact in &mut sitting.contacts {
                changed |= contact.tick(clock, deaf, &house.calendar, &mut out.posts);
            }
            changed
        });
        if changed == Some(true) {
            self.touch();
        }
        self.finish_if_over(now, out);
    }

    fn finish_if_over(&mut self, now: Ms, out: &mut Out) {
        let over = self.run(now, |sitting, clock| {
            sitting.contacts.iter().all(|c| c.settled(clock))
        });
        if over == Some(true) {
            self.keep(now, out);
        }
    }

    /// Hands the sitting over to be kept.
    fn keep(&mut self, now: Ms, out: &mut Out) {
        let Some(sitting) = self.sitting.as_mut().filter(|s| !s.finishing) else {
            return;
        };
        sitting.finishing = true;
        let clock = Now {
            clock: &self.clock,
            wall: now,
        };
        sitting.end_asides(clock);
        sitting.storms.clear();
        if sitting.cut.take().is_some() {
            out.cut = Some(false);
        }
        let spoken = |c: &&Contact| c.over() != Some(Over::BrokenOff) || c.was_used();
        let contacts = sitting.contacts.iter().filter(spoken);
        let contacts = contacts.map(|c| {
            let sat = Sat {
                run: c.run(),
                sitting: sitting.id,
                at: now,
            };
            (sat, c.kept(), c.over() == Some(Over::Handed))
        });
        out.finish = Some(Box::new(Finish {
            sitting: sitting.id,
            contacts: contacts.collect(),
        }));
        self.touch();
    }

    /// The sitting was kept: each run with its points. An empty list means that nothing was worth keeping, or could be.
    pub fn finished(&mut self, sitting: Uuid, runs: &[(RunId, u32)], now: Ms) {
        let Some(own) = self.sitting.as_mut().filter(|s| s.id == sitting && !s.kept) else {
            return;
        };
        own.kept = true;
        let lowest = runs.iter().min_by_key(|(_, total)| *total);
        self.debrief = lowest.map(|(run, _)| *run);
        self.last = lowest.map(|(_, total)| *total).or(self.last);
        self.runs = self
            .runs
            .saturating_add(u32::try_from(runs.len()).unwrap_or(u32::MAX));
        if self.stage == SeatStage::Running {
            self.wind_down(now);
        }
        self.touch();
    }

    /// After the contacts: the release when there was a storm, else the debrief.
    fn wind_down(&mut self, now: Ms) {
        self.stopped = None;
        self.clock.pause_by_trainer(false, now);
        self.clock.pause_by_trainee(false, now);
        if self.sitting.as_ref().is_some_and(|s| s.stormed) {
            self.stage = SeatStage::Release;
            self.release = Some(Release {
                since: now,
                until: now.plus_secs(i64::from(schedule::RELEASE_SECONDS)),
            });
        } else {
            self.stage = SeatStage::Over;
        }
        self.touch();
    }
}

impl Sitting {
    fn contact(&mut self, ticket: TicketId) -> Option<&mut Contact> {
        self.contacts.iter_mut().find(|c| c.ticket() == ticket)
    }

    /// A customer comes in. The first has the seed of the sitting, later ones seeds that follow from it.
    fn call(
        &mut self,
        house: &House,
        seat: UserId,
        scenario: &Arc<Scenario>,
        clock: Now<'_>,
        out: &mut Out,
    ) {
        let place = self.contacts.len();
        let shift = u64::try_from(place).unwrap_or(0).wrapping_mul(0x9e37);
        let setup = Setup {
            seed: self.setup.seed.wrapping_add(shift),
            ..self.setup
        };
        let open = Opening {
            stage: &house.stage,
            scenario,
            setup,
            lang: self.lang,
            run: derived(self.id, &format!("contact {place}")),
            seat,
        };
        let mut contact = Contact::begin(&open, clock, &house.calendar, &mut out.posts);
        if let Some(until) = self.cut {
            contact.blind(clock.ms(), until.saturating_add(storms::CATCH_UP_MS));
        }
        self.contacts.push(contact);
    }
}

/// What the trainee has at a level.
fn level(house: &House, level: u8) -> Level {
    house.stage.rules.level(level).unwrap_or(Level {
        plays: true,
        state: false,
        lines: false,
        coach: true,
        clock: true,
        storm: false,
        abuse: false,
    })
}
