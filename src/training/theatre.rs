//! The theatre: a training server's seats, and the customers that come to them.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::channel;
use super::clerk::Clerk;
use super::ear::Sound;
use super::office::{Finished, Office, Who};
use super::phrasing::{self, Phraser};
use super::post::{Kind, Post};
use super::seat::{Finish, House, Out, Seat};
use crate::api::training::{Ask, Joined, RunId, SeatRole, Told};
use crate::client::BadClient;
use crate::domain::calendar::Calendar;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::lang::Lang;
use crate::domain::people::User;
use crate::domain::policy::Policy;
use crate::server::Training;
use crate::sim::phrasing::Question;
use crate::sim::{Scenario, Stage};
use crate::task;
use crate::text::SafeText;

/// What a theatre is opened with.
#[derive(Debug)]
pub struct Set {
    /// What plays share.
    pub stage: Arc<Stage>,
    /// The scenarios that can be played.
    pub scenarios: Vec<Arc<Scenario>>,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// Where promised times are counted.
    pub calendar: Calendar,
    /// The folder in which everything of it is kept.
    pub home: PathBuf,
    /// The language of titles and tables.
    pub lang: Lang,
    /// The language model that may say customers' lines in other words; off when absent.
    pub phraser: Option<Arc<Phraser>>,
}

/// A seat to be added. The account exists already.
pub struct NewSeat {
    /// The account.
    pub user: UserId,
    /// Its login: what is kept of it stands under this name.
    pub login: String,
    /// The name to be shown.
    pub name: String,
    /// Whose screen it is.
    pub role: SeatRole,
    /// The token that the code is changed for. Never shown or logged.
    pub token: Option<String>,
    /// The code that lets somebody in once.
    pub code: Option<String>,
    /// How to join, as a trainer reads it out.
    pub join: Option<SafeText>,
}

/// The way in that a code opens.
struct Pass {
    /// The code; none once it was used.
    code: Option<String>,
    /// The line to type without the code behind it; a seat without one gets no second code.
    line: Option<String>,
    joined: Joined,
}

/// A new code for a seat: nobody guesses it while the class lasts.
#[must_use]
pub fn code() -> String {
    let digits = task::new_id().simple().to_string();
    let from = digits.len().saturating_sub(12);
    digits.get(from..).unwrap_or(&digits).to_owned()
}

/// A seat with its bells.
pub(super) struct Cell {
    seat: Mutex<Seat>,
    pub(super) rev: watch::Sender<u64>,
    cut: watch::Sender<bool>,
    pass: Mutex<Option<Pass>>,
}

/// A training server's seats and customers.
pub struct Theatre {
    me: Weak<Self>,
    pub(super) house: House,
    pub(super) lang: Lang,
    pub(super) clerk: Clerk,
    seats: Mutex<BTreeMap<UserId, Arc<Cell>>>,
    tickets: Mutex<HashMap<TicketId, UserId>>,
    relief: Mutex<Option<(UserId, SafeText)>>,
    posts: mpsc::UnboundedSender<Post>,
    queue: Mutex<Option<mpsc::UnboundedReceiver<Post>>>,
    phraser: Option<Arc<Phraser>>,
    /// Grows whenever any seat changes.
    pub(super) class: watch::Sender<u64>,
    /// For accounts without a seat: their network is never away.
    online: watch::Sender<bool>,
}

impl std::fmt::Debug for Theatre {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theatre").finish_non_exhaustive()
    }
}

/// A lock that a panic elsewhere does not close for ever.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Theatre {
    /// Opens a theatre over a folder of its own.
    ///
    /// # Errors
    /// When the folder cannot be made or read, or the system has no thread left.
    pub fn open(set: Set) -> io::Result<Arc<Self>> {
        let scenarios = set.scenarios.clone();
        let office = Office::open(
            &set.home,
            Arc::clone(&set.stage),
            scenarios,
            Arc::clone(&set.policy),
            set.lang,
        )?;
        let clerk = Clerk::start(office)?;
        let (posts, queue) = mpsc::unbounded_channel();
        let by_id = set.scenarios.into_iter().map(|s| (s.id.clone(), s));
        let house = House {
            stage: set.stage,
            scenarios: by_id.collect(),
            calendar: set.calendar,
        };
        Ok(Arc::new_cyclic(|me| Self {
            me: Weak::clone(me),
            house,
            lang: set.lang,
            clerk,
            seats: Mutex::default(),
            tickets: Mutex::default(),
            relief: Mutex::default(),
            posts,
            queue: Mutex::new(Some(queue)),
            phraser: set.phraser,
            class: watch::Sender::new(1),
            online: watch::Sender::new(false),
        }))
    }

    /// Adds a seat. Trainers first: where there is one, levels are gated.
    pub fn seat(&self, new: NewSeat) {
        let who = Who {
            seat: new.user,
            login: new.login,
            name: new.name,
        };
        let role = new.role;
        let enrolled = who.clone();
        self.clerk.order(move |office| {
            if let Err(error) = office.enrol(&enrolled, role) {
                tracing::error!(kind = %error.kind(), "a seat's folder cannot be written");
            }
        });
        let typed = new.join.as_ref().map(SafeText::as_str);
        let pass = new.code.zip(new.token).map(|(code, token)| Pass {
            line: typed.and_then(|t| t.strip_suffix(&code)).map(str::to_owned),
            code: Some(code),
            joined: Joined {
                seat: who.seat,
                login: who.login.clone(),
                name: SafeText::clean_line(&who.name),
                token,
            },
        });
        let mut seat = Seat::new(who, new.role, new.join);
        seat.relief = open(&self.relief).clone();
        let cell = Cell {
            rev: watch::Sender::new(seat.rev),
            seat: Mutex::new(seat),
            cut: watch::Sender::new(false),
            pass: Mutex::new(pass),
        };
        open(&self.seats).insert(new.user, Arc::new(cell));
        self.ring();
    }

    /// Names the colleague whom a change of shift hands over to. The account exists already.
    pub fn relief(&self, user: UserId, name: SafeText) {
        *open(&self.relief) = Some((user, name.clone()));
        for cell in self.cells() {
            open(&cell.seat).relief = Some((user, name.clone()));
        }
    }

    /// Drives the customers' channel and every clock until stopped. A broken line is taken up again; nothing is lost or doubled.
    /// Another call while one runs does nothing.
    ///
    /// # Errors
    /// When the address or the token cannot be used.
    pub async fn run(
        self: Arc<Self>,
        url: String,
        token: String,
        stop: CancellationToken,
    ) -> Result<(), BadClient> {
        let Some(queue) = open(&self.queue).take() else {
            return Ok(());
        };
        let Some(phraser) = self.phraser.clone() else {
            return channel::run(self, &url, &token, queue, stop).await;
        };
        let (to, from) = mpsc::unbounded_channel();
        let (theatre, me) = (Arc::clone(&self), Arc::clone(&self));
        tokio::select! {
            done = channel::run(theatre, &url, &token, from, stop) => done,
            () = phrasing::run(&me, &phraser, queue, to) => Ok(()),
        }
    }

    /// The posts, for a test that is the channel itself.
    #[cfg(test)]
    pub(super) fn take_queue(&self) -> Option<mpsc::UnboundedReceiver<Post>> {
        open(&self.queue).take()
    }

    /// What a language model is asked for this post, with the turn that it answers; none when it is not a customer's answer.
    pub(super) fn question(&self, phraser: &Phraser, post: &Post) -> Option<(usize, Question)> {
        let words = phrasing::words(post).filter(|_| post.kind == Kind::Line)?;
        let cell = self.cell(post.seat)?;
        let seat = open(&cell.seat);
        seat.question(phraser.phrasing(), post.ticket, words.expose())
    }

    /// The answer of this turn goes out in these words.
    pub(super) fn phrased(&self, post: &Post, turn: usize, said: String) {
        if let Some(cell) = self.cell(post.seat) {
            open(&cell.seat).phrased(post.ticket, turn, said);
        }
    }

    pub(super) fn cells(&self) -> Vec<Arc<Cell>> {
        open(&self.seats).values().cloned().collect()
    }

    pub(super) fn cell(&self, user: UserId) -> Option<Arc<Cell>> {
        open(&self.seats).get(&user).cloned()
    }

    fn ring(&self) {
        self.class.send_modify(|rev| *rev = rev.saturating_add(1));
    }

    /// Does something at a seat, and then what follows from it.
    pub(super) fn at<T>(&self, cell: &Cell, does: impl FnOnce(&mut Seat, &mut Out) -> T) -> T {
        let mut out = Out::default();
        let (told, rev, user) = {
            let mut seat = open(&cell.seat);
            let told = does(&mut seat, &mut out);
            if let Some(finish) = out.finish.take() {
                self.keep(seat.who.clone(), *finish);
            }
            // Sent before the seat is free, so that two hands cannot change their order.
            self.send(std::mem::take(&mut out.posts));
            if let Some(away) = out.cut {
                cell.cut.send_replace(away);
            }
            (told, seat.rev, seat.who.seat)
        };
        let rung = cell.rev.send_if_modified(|held| {
            let newer = rev > *held;
            *held = rev.max(*held);
            newer
        });
        if rung {
            tracing::trace!(%user, rev, "a seat changed");
            self.ring();
        }
        told
    }

    fn send(&self, posts: Vec<Post>) {
        for post in posts {
            if post.kind == Kind::Opening {
                open(&self.tickets).insert(post.ticket, post.seat);
            }
            // The receiver lives as long as the theatre, or its run.
            let _ = self.posts.send(post);
        }
    }

    /// Has a sitting scored and kept.
    fn keep(&self, who: Who, finish: Finish) {
        let me = Weak::clone(&self.me);
        self.clerk.order(move |office| {
            let mut runs: Vec<(RunId, u32)> = Vec::new();
            for (sat, play, handed_over) in &finish.contacts {
                // A seat whose run fails here must not be in it for ever.
                let finish = || office.finish(&who, sat, play, *handed_over);
                let finish = || finish().or_else(|_| finish());
                match std::panic::catch_unwind(std::panic::AssertUnwindSafe(finish)) {
                    Ok(Ok(Finished { run, total, .. })) => runs.push((run, total)),
                    Ok(Err(error)) => {
                        tracing::error!(kind = %error.kind(), "a training run cannot be written");
                    }
                    Err(_) => tracing::error!("a training run cannot be scored"),
                }
            }
            let consent = office.consent_wanted(&who);
            let Some(theatre) = me.upgrade() else { return };
            if let Some(cell) = theatre.cell(who.seat) {
                theatre.at(&cell, |seat, _| {
                    seat.consent = consent;
                    seat.finished(finish.sitting, &runs, task::now_ms());
                });
            }
        });
    }

    /// What the feed brought.
    pub(super) fn hear(&self, sounds: Vec<Sound>) {
        for sound in sounds {
            let seat = open(&self.tickets).get(&sound.ticket).copied();
            let Some(cell) = seat.and_then(|s| self.cell(s)) else {
                continue;
            };
            self.at(&cell, |seat, out| {
                let now = task::now_ms();
                seat.hears(&self.house, sound.ticket, sound.by, sound.heard, now, out);
            });
        }
    }

    /// A post stands in the log, or cannot be brought there.
    pub(super) fn posted(&self, post: &Post, stands: bool) {
        if let Some(cell) = self.cell(post.seat) {
            self.at(&cell, |seat, out| {
                let now = task::now_ms();
                seat.posted(&self.house, post.ticket, post.kind, stands, now, out);
            });
        }
    }

    /// Time went on for everybody.
    pub(super) fn tick(&self) {
        for cell in self.cells() {
            let now = task::now_ms();
            let gone = self.at(&cell, |seat, out| {
                seat.tick(&self.house, now, out);
                seat.gone(now)
            });
            if gone {
                self.renew(&cell);
            }
        }
    }

    /// Nobody sits there any more: a new code lets somebody in, whether the desk broke off or never got its answer.
    fn renew(&self, cell: &Cell) {
        let mut pass = open(&cell.pass);
        let Some(pass) = pass.as_mut().filter(|p| p.code.is_none()) else {
            return;
        };
        let Some(line) = &pass.line else { return };
        let code = code();
        let join = SafeText::clean_line(&format!("{line}{code}"));
        pass.code = Some(code);
        self.at(cell, |seat, _| {
            seat.join = Some(join);
            seat.touch();
        });
    }

    /// Ends everything: what goes on is kept as broken off, and all that is to be kept is on the disk when this returns.
    pub async fn close(&self) {
        for cell in self.cells() {
            // Where nothing runs there is nothing to stop.
            let _ = self.at(&cell, |seat, out| {
                seat.stop(&self.house, task::now_ms(), out)
            });
        }
        if self.clerk.ask(|_| ()).await.is_none() {
            tracing::error!("the training's office did not end its work");
        }
    }
}

#[async_trait::async_trait]
impl Training for Theatre {
    async fn ask(&self, who: &User, ask: Ask) -> Told {
        self.told(who.id, ask).await
    }

    async fn join(&self, code: &str) -> Option<Joined> {
        let code = code.trim();
        for cell in self.cells() {
            let mut pass = open(&cell.pass);
            let opens = |p: &&mut Pass| !code.is_empty() && p.code.as_deref() == Some(code);
            if let Some(pass) = pass.as_mut().filter(opens) {
                pass.code = None;
                let joined = pass.joined.clone();
                self.at(&cell, |seat, _| {
                    seat.join = None;
                    // A desk that never comes leaves the seat free again.
                    seat.here(task::now_ms());
                    seat.touch();
                });
                return Some(joined);
            }
        }
        None
    }

    fn cut(&self, user: UserId) -> watch::Receiver<bool> {
        let cell = self.cell(user);
        cell.map_or_else(|| self.online.subscribe(), |c| c.cut.subscribe())
    }
}

#[cfg(test)]
mod tests;
