//! A class from its trainer's side: the list, one desk from near, and orders.

use std::sync::Arc;
use std::time::Duration;

use super::asks::{changed, no};
use super::seat::{Out, Seat, Task};
use super::theatre::{Cell, Theatre};
use crate::api::training::{Ask, ClassOrder, ClassView, Comment, SeatRole, TaskView, Told};
use crate::domain::ids::UserId;
use crate::task;
use crate::text::SafeText;

/// The highest level.
const HIGHEST: u8 = 5;
/// So long the list gathers changes before it is told.
const GATHER: Duration = Duration::from_millis(250);
/// The longest word of a trainer on a line, characters.
const LONGEST_WORD: usize = 2_000;

impl Theatre {
    /// Answers a trainer.
    pub(super) async fn trainer(&self, ask: Ask) -> Told {
        match ask {
            Ask::Class { after } => {
                changed(&self.class, after).await;
                // With many seats something changes all the time: what comes close together is told at once.
                if after != 0 && *self.class.borrow() != after {
                    tokio::time::sleep(GATHER).await;
                }
                Told::Class(Box::new(self.class_view()))
            }
            Ask::Desk { seat } => {
                let Some(cell) = self.cell(seat) else {
                    return no("no_seat");
                };
                let view = self.at(&cell, |seat, _| seat.desk(self.lang, task::now_ms()));
                view.map_or_else(|| no("not_running"), |view| Told::Desk(Box::new(view)))
            }
            Ask::ClassDo { order } => match self.class_do(order).await {
                Ok(()) => Told::Done,
                Err(why) => no(why),
            },
            _ => no("trainer_only"),
        }
    }

    fn class_view(&self) -> ClassView {
        let (rev, now) = (*self.class.borrow(), task::now_ms());
        let rows = self.trainees(None).into_iter();
        let title = |s: &crate::sim::Scenario| SafeText::clean_line(s.title.get(self.lang));
        ClassView {
            rev,
            seats: rows
                .map(|cell| self.at(&cell, |seat, _| seat.row(self.lang, now)))
                .collect(),
            scenarios: self
                .house
                .scenarios
                .iter()
                .map(|(id, s)| (id.clone(), title(s)))
                .collect(),
        }
    }

    /// The seats of trainees, or the one asked for.
    fn trainees(&self, only: Option<UserId>) -> Vec<Arc<Cell>> {
        let cells = self.cells().into_iter();
        cells
            .filter(|cell| {
                self.at(cell, |seat, _| {
                    seat.role == SeatRole::Trainee && only.is_none_or(|u| u == seat.who.seat)
                })
            })
            .collect()
    }

    /// Does something at one seat, or at all where it can be done.
    fn each(
        &self,
        only: Option<UserId>,
        mut does: impl FnMut(&mut Seat, &mut Out) -> Result<(), &'static str>,
    ) -> Result<(), &'static str> {
        let mut told = Err("no_seat");
        for cell in self.trainees(only) {
            let one = self.at(&cell, &mut does);
            if told.is_err() {
                told = one;
            }
        }
        told
    }

    async fn class_do(&self, order: ClassOrder) -> Result<(), &'static str> {
        match order {
            ClassOrder::Set {
                seat,
                scenario,
                level,
                lang,
                seed,
                speed,
            } => {
                let made = self.house.scenarios.get(&scenario).ok_or("no_scenario")?;
                if level == 0 {
                    return Err("level_reads");
                }
                if level > HIGHEST || !made.levels.contains(&level) {
                    return Err("not_this_level");
                }
                let view = TaskView {
                    scenario,
                    title: SafeText::clean_line(made.title.get(self.lang)),
                    level,
                    seed,
                    speed,
                };
                let task = Task { view, lang };
                self.each(seat, |seat, _| {
                    seat.task = Some(task.clone());
                    seat.touch();
                    Ok(())
                })
            }
            ClassOrder::Inject { seat, what } => self.each(seat, |seat, out| {
                seat.inject(&self.house, &what, task::now_ms(), out)
            }),
            ClassOrder::Pause { seat, on } => {
                self.each(seat, |seat, _| seat.hold(on, task::now_ms()))
            }
            ClassOrder::Stop { seat } => self.each(seat, |seat, out| {
                seat.stop(&self.house, task::now_ms(), out)
            }),
            ClassOrder::Comment {
                seat,
                run,
                turn,
                text,
            } => self.comment(seat, run, turn, &text).await,
            ClassOrder::Open { seat, level } => self.open_level(seat, level).await,
        }
    }

    async fn comment(
        &self,
        seat: UserId,
        run: uuid::Uuid,
        turn: usize,
        text: &str,
    ) -> Result<(), &'static str> {
        let cell = self.cell(seat).ok_or("no_seat")?;
        let short: String = text.trim().chars().take(LONGEST_WORD).collect();
        if short.is_empty() {
            return Err("empty");
        }
        let (comment, login) = self.at(&cell, |seat, _| {
            let comment = Comment {
                run,
                turn,
                line: seat.line(run, turn),
                text: SafeText::clean_str(&short),
                at: task::now_ms(),
            };
            (comment, seat.who.login.clone())
        });
        let kept = comment.clone();
        let written = self.clerk.ask(move |office| office.comment(kept, &login));
        match written.await {
            Some(Ok(())) => {}
            Some(Err(error)) => {
                tracing::error!(kind = %error.kind(), "a comment cannot be written");
                return Err("disk");
            }
            None => return Err("office"),
        }
        self.at(&cell, |seat, _| {
            seat.comments.push(comment);
            seat.touch();
        });
        Ok(())
    }

    async fn open_level(&self, seat: Option<UserId>, level: u8) -> Result<(), &'static str> {
        let login = match seat {
            Some(user) => {
                let cell = self.cell(user).ok_or("no_seat")?;
                Some(self.at(&cell, |seat, _| seat.who.login.clone()))
            }
            None => None,
        };
        let opened = self
            .clerk
            .ask(move |office| office.open_level(login.as_deref(), level));
        match opened.await {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) => Err("disk"),
            None => Err("office"),
        }
    }
}
