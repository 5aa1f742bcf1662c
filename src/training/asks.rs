//! What a desk in training asks, answered: the seat's own part here, the rest by the office.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::seat::Start;
use super::theatre::{Cell, Theatre};
use crate::api::training::{Ask, SeatRole, SeatStage, Speed, Told, WAIT_MS};
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::task;

/// The highest level.
const HIGHEST: u8 = 5;
/// Seeds that the theatre makes up have at most six digits, so that people can tell them to each other.
const SEEDS: u128 = 1_000_000;

/// It cannot be done; the words stand under `training-no-<why>`.
pub(super) fn no(why: &str) -> Told {
    Told::No {
        why: why.to_owned(),
    }
}

fn done(result: Result<(), &'static str>) -> Told {
    result.map_or_else(no, |()| Told::Done)
}

/// Waits until a bell's number is another than `after`, at most [`WAIT_MS`].
pub(super) async fn changed(bell: &watch::Sender<u64>, after: u64) {
    let mut bell = bell.subscribe();
    let other = bell.wait_for(|rev| *rev != after);
    // Late or closed: what stands is told all the same.
    let _ = tokio::time::timeout(Duration::from_millis(WAIT_MS), other).await;
}

/// What [`Ask::Start`] asks for.
struct Wish {
    scenario: Option<String>,
    level: u8,
    lang: Lang,
    speed: Speed,
    seed: Option<u64>,
}

impl Theatre {
    /// Answers somebody with a seat.
    pub(super) async fn told(&self, user: UserId, ask: Ask) -> Told {
        let Some(cell) = self.cell(user) else {
            return no("no_seat");
        };
        let role = self.at(&cell, |seat, _| {
            seat.here(task::now_ms());
            seat.role
        });
        match ask {
            Ask::Seat { after } => {
                changed(&cell.rev, after).await;
                let now = task::now_ms();
                Told::Seat(Box::new(self.at(&cell, |seat, _| seat.view(now))))
            }
            Ask::Start {
                scenario,
                level,
                lang,
                speed,
                seed,
            } => {
                let wish = Wish {
                    scenario,
                    level,
                    lang,
                    speed,
                    seed,
                };
                self.start(&cell, role, wish).await
            }
            Ask::Speed { .. }
            | Ask::Pause { .. }
            | Ask::Began { .. }
            | Ask::End { .. }
            | Ask::Answer { .. }
            | Ask::Released => done(self.order(&cell, &ask)),
            Ask::Class { .. } | Ask::ClassDo { .. } | Ask::Desk { .. } => {
                if role != SeatRole::Trainer {
                    return no("trainer_only");
                }
                self.trainer(ask).await
            }
            _ => self.office(&cell, role, ask).await,
        }
    }

    fn order(&self, cell: &Arc<Cell>, ask: &Ask) -> Result<(), &'static str> {
        self.at(cell, |seat, out| {
            let now = task::now_ms();
            match ask {
                Ask::Speed { speed } => {
                    seat.set_speed(*speed, now);
                    Ok(())
                }
                Ask::Pause { on } => seat.pause(*on, now),
                Ask::Began {
                    ticket,
                    message,
                    after_ms,
                } => seat.began(*ticket, *message, *after_ms, now),
                Ask::End { ticket } => seat.end(&self.house, *ticket, now, out),
                Ask::Answer { storm, text } => seat.answer(*storm, text, now),
                _ => seat.released(now),
            }
        })
    }

    /// What the office answers; the seat takes note of where the trainee is.
    async fn office(&self, cell: &Arc<Cell>, role: SeatRole, ask: Ask) -> Told {
        let who = self.at(cell, |seat, _| seat.who.clone());
        let now = task::now_ms();
        let asked = self.clerk.ask(move |office| {
            let told = office.answer(&who, role, now, &ask);
            let consent = office.consent_wanted(&who);
            (ask, told, consent)
        });
        let Some((ask, told, consent)) = asked.await else {
            return no("office");
        };
        self.at(cell, |seat, _| {
            if seat.consent != consent {
                seat.consent = consent;
                seat.touch();
            }
            match (&ask, &told) {
                (Ask::Lobby, _) => seat.lobby(),
                (Ask::Debrief { run }, Told::Debrief(_)) => seat.debriefed(*run),
                _ => {}
            }
        });
        told
    }

    async fn start(&self, cell: &Arc<Cell>, role: SeatRole, wish: Wish) -> Told {
        if role != SeatRole::Trainee {
            return no("trainee_only");
        }
        let (who, task, stage) = self.at(cell, |seat, _| {
            (seat.who.clone(), seat.task.clone(), seat.stage())
        });
        match stage {
            SeatStage::Running => return no("running"),
            SeatStage::Release => return no("release"),
            _ => {}
        }
        // What the trainer set holds where nothing else is asked for, and opens its level.
        let own =
            |t: &super::seat::Task| wish.scenario.as_ref().is_none_or(|s| *s == t.view.scenario);
        let task = task.filter(own);
        let level = task.as_ref().map_or(wish.level, |t| t.view.level);
        if level == 0 {
            return no("level_reads");
        }
        if level > HIGHEST {
            return no("no_level");
        }
        let now = task::now_ms();
        let asked = wish
            .scenario
            .or_else(|| task.as_ref().map(|t| t.view.scenario.clone()));
        let gated = task.is_none();
        let checked = self.clerk.ask(move |office| {
            if gated && !office.may(&who, level) {
                return Err("level_closed");
            }
            asked
                .or_else(|| office.propose(&who, level, now))
                .ok_or("no_scenario")
        });
        let id = match checked.await {
            Some(Ok(id)) => id,
            Some(Err(why)) => return no(why),
            None => return no("office"),
        };
        let Some(scenario) = self.house.scenarios.get(&id) else {
            return no("no_scenario");
        };
        if !scenario.levels.contains(&level) {
            return no("not_this_level");
        }
        let sitting = task::new_id();
        let fresh = u64::try_from(sitting.as_u128() % SEEDS).unwrap_or(0);
        let start = Start {
            sitting,
            scenario: Arc::clone(scenario),
            level,
            lang: task.as_ref().map_or(wish.lang, |t| t.lang),
            speed: task
                .as_ref()
                .and_then(|t| t.view.speed)
                .unwrap_or(wish.speed),
            seed: task
                .as_ref()
                .map(|t| t.view.seed)
                .or(wish.seed)
                .unwrap_or(fresh),
        };
        let begun = self.at(cell, |seat, out| {
            let begun = seat.start(&self.house, &start, task::now_ms(), out);
            // What the trainer set meanwhile stands.
            if begun.is_ok() && task.is_some() && seat.task == task {
                seat.task = None;
            }
            begun
        });
        match begun {
            Ok((ticket, run)) => Told::Started {
                ticket: Some(ticket),
                run,
            },
            Err(why) => no(why),
        }
    }
}
