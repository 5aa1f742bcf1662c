//! The owner's thread: one loop that takes requests and calls, and pushes what changed, at most every 33 ms, at once after
//! the agent's own action.

mod adopt;
mod begin;
mod calls;
mod drafts;
mod lines;
mod push;
mod quality;
mod requests;
mod show;
mod state;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use tokio::sync::mpsc as async_mpsc;

use super::apply::Feeling;
use super::conversation::Names;
use super::files::{Folder, StoreError};
use super::merge::Sequencer;
use super::outbox::{Back, Outbox, Waiting};
use super::predict::{Lint, Overlay};
use super::replica::{Person, Replica};
use super::rows::Board;
use super::seam::Notice;
use super::{Input, StoreConfig, search};
use crate::api::desk::{DeskAnswer, Draft, DraftKey, Hit, LinkInfo, QueueView, Trouble};
use crate::api::wire::{DuePage, Me, PresenceEntry};
use crate::domain::command::Command;
use crate::domain::event::Event;
use crate::domain::ids::{
    CommandId, CustomerId, EventId, LineId, QueueId, ReviewId, TicketId, UserId,
};
use crate::domain::line::PlaybookLine;
use crate::domain::people::{Queue, User};
use crate::domain::policy::Policy;
use crate::domain::review::Review;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::task;
use crate::text::SafeText;

/// The shortest time between two pushes of background changes (helix and the screen's pacing: one frame at 30 Hz).
const PUSH_EVERY: Duration = Duration::from_millis(33);
/// The longest sleep, so that a day that begins is noticed.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// How often what the disk did not take is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(2);
/// Most inputs taken before the screen is told what changed.
const AT_ONCE: usize = 64;
/// Answers that are kept for a screen that does not listen; the oldest go first, all but pushes are rare.
const MAX_BACKLOG: usize = 4096;

/// What changed since the screen was last told.
#[derive(Default)]
struct Dirty {
    rows: bool,
    conversation: bool,
    team: bool,
    link: bool,
    returned: bool,
    drafts: bool,
    seat: bool,
    lines: bool,
    quality: bool,
}

impl Dirty {
    const fn any(&self) -> bool {
        self.rows
            || self.conversation
            || self.team
            || self.link
            || self.returned
            || self.drafts
            || self.seat
            || self.lines
            || self.quality
    }
}

/// The ticket on the screen.
struct Shown {
    generation: u64,
    ticket: TicketId,
    customer: Option<CustomerId>,
    older: Vec<Event>,
    older_tickets: HashMap<TicketId, Ticket>,
    cursor: Option<String>,
    more: bool,
    more_offline: bool,
}

/// A command that was accepted and waits for its events.
struct Answered {
    events: Vec<Event>,
}

/// Where answers go. Nothing waits for the screen.
struct Out {
    tx: async_mpsc::Sender<DeskAnswer>,
    backlog: VecDeque<DeskAnswer>,
}

impl Out {
    fn say(&mut self, answer: DeskAnswer) {
        self.flush();
        if !self.backlog.is_empty() {
            self.keep(answer);
        } else if let Err(async_mpsc::error::TrySendError::Full(answer)) = self.tx.try_send(answer)
        {
            self.keep(answer);
        }
    }

    fn keep(&mut self, answer: DeskAnswer) {
        if self.backlog.len() < MAX_BACKLOG {
            self.backlog.push_back(answer);
        }
    }

    fn flush(&mut self) {
        while let Some(answer) = self.backlog.pop_front() {
            if let Err(async_mpsc::error::TrySendError::Full(answer)) = self.tx.try_send(answer) {
                self.backlog.push_front(answer);
                break;
            }
        }
    }

    /// Whether a push would be taken now; otherwise it is folded into a later one.
    fn free(&mut self) -> bool {
        self.flush();
        self.backlog.is_empty() && self.tx.capacity() > 8
    }
}

struct Owner {
    me: UserId,
    fingerprint: String,
    dir: std::path::PathBuf,
    policy: Arc<Policy>,
    lint: Option<Lint>,
    feeling: Option<Feeling>,
    folder: Folder,
    replica: Replica,
    outbox: Outbox,
    seq: Sequencer,
    board: Board,
    people: HashMap<CustomerId, Person>,
    users: BTreeMap<UserId, User>,
    queues: BTreeMap<QueueId, Queue>,
    lines: BTreeMap<LineId, PlaybookLine>,
    reviews: BTreeMap<ReviewId, Review>,
    /// Notes, appeals and answers, by the event that holds them.
    review_words: BTreeMap<EventId, SafeText>,
    due: Option<DuePage>,
    due_away: bool,
    /// The words under review that the screen asked for last.
    unit: Option<(u64, TicketId, EventId)>,
    waiting: Vec<Waiting>,
    answered: BTreeMap<CommandId, Answered>,
    overlay: Overlay,
    stale_overlay: bool,
    returned: BTreeMap<CommandId, Back>,
    drafts: BTreeMap<DraftKey, Draft>,
    unsaved: BTreeSet<DraftKey>,
    seen: HashMap<TicketId, u64>,
    baseline: Option<u64>,
    view: (u64, QueueView),
    shown: Option<Shown>,
    team: bool,
    presence: Option<Vec<PresenceEntry>>,
    link: LinkInfo,
    seat: Option<Me>,
    demo: bool,
    hits: Option<(u64, Vec<Hit>)>,
    looked_up: Option<(u64, String)>,
    retried: Option<Instant>,
    unwritten: VecDeque<(Vec<Command>, Option<DraftKey>)>,
    dirty: Dirty,
    urgent: bool,
    pushed: Option<Instant>,
    out: Out,
    notices: async_mpsc::UnboundedSender<Notice>,
    inputs: Sender<Input>,
    searcher: Option<Sender<search::Wanted>>,
}

/// The thread: waits until somebody sits here, then serves until told to stop.
pub fn run(
    config: &StoreConfig,
    taken: &Receiver<Input>,
    inputs: Sender<Input>,
    answers: async_mpsc::Sender<DeskAnswer>,
    notices: async_mpsc::UnboundedSender<Notice>,
    depth: &AtomicUsize,
) {
    let mut out = Out {
        tx: answers,
        backlog: VecDeque::new(),
    };
    let (user, held) = match begin::who(config, taken, depth, &mut out) {
        Some(found) => found,
        None => return,
    };
    let opened = begin::open(config, user, &mut out, inputs, notices);
    let mut owner = match opened {
        Ok(parts) => parts.into_owner(out),
        Err(error) => {
            tracing::error!(%error, "the desk's files cannot be opened");
            out.say(DeskAnswer::Trouble(trouble(&error)));
            return;
        }
    };
    let stop = owner.serve(taken, held, depth);
    // Files and lock first: whoever waits may open them again at once.
    drop(owner);
    if let Some(done) = stop
        && done.send(()).is_err()
    {
        tracing::debug!("nobody waits for the store to stop");
    }
}

/// What an error is for the agent.
fn trouble(error: &StoreError) -> Trouble {
    if let StoreError::Newer { path, .. } = error {
        let name = path.file_name().unwrap_or_default();
        Trouble::Newer(name.to_string_lossy().into_owned())
    } else if error.full() {
        Trouble::DiskFull
    } else if error.read_only() {
        Trouble::ReadOnly
    } else {
        Trouble::Other(error.to_string())
    }
}

impl Owner {
    fn serve(
        &mut self,
        taken: &Receiver<Input>,
        held: Vec<Input>,
        depth: &AtomicUsize,
    ) -> Option<Sender<()>> {
        self.urgent = true;
        let mut stop = None;
        for input in held {
            self.input(input, &mut stop);
        }
        self.tick();
        while stop.is_none() {
            let first = match taken.recv_timeout(self.sleep()) {
                Ok(input) => Some(input),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let mut next = first;
            for _ in 0..AT_ONCE {
                let Some(input) = next.take() else { break };
                if matches!(input, Input::Ask(_)) {
                    depth.fetch_sub(1, Ordering::Relaxed);
                }
                self.input(input, &mut stop);
                next = if stop.is_none() {
                    taken.try_recv().ok()
                } else {
                    None
                };
            }
            if let Some(input) = next {
                if matches!(input, Input::Ask(_)) {
                    depth.fetch_sub(1, Ordering::Relaxed);
                }
                self.input(input, &mut stop);
            }
            self.tick();
        }
        self.save_unsaved();
        if let Err(error) = self.write_unwritten() {
            self.fail(&error);
        }
        self.out.flush();
        stop
    }

    fn input(&mut self, input: Input, stop: &mut Option<Sender<()>>) {
        let done = match input {
            Input::Ask(request) => self.request(request),
            Input::Call(call) => {
                self.call(call);
                Ok(())
            }
            Input::Found(found) => {
                self.found(found);
                Ok(())
            }
            Input::Stop(done) => {
                *stop = Some(done);
                Ok(())
            }
        };
        if let Err(error) = done {
            self.fail(&error);
        }
    }

    /// Tells an error of the files; a damaged replica is replaced at once.
    fn fail(&mut self, error: &StoreError) {
        tracing::error!(%error, "the desk's files");
        if error.damaged() {
            self.replace_replica();
        } else {
            self.out.say(DeskAnswer::Trouble(trouble(error)));
        }
    }

    /// The corrected clock.
    fn now(&self) -> Ms {
        task::now_ms().plus_millis(-self.link.clock_off)
    }

    fn sleep(&self) -> Duration {
        if self.dirty.any() || !self.out.backlog.is_empty() {
            let since = self
                .pushed
                .map_or(PUSH_EVERY, |at| task::instant().duration_since(at));
            return if self.urgent {
                Duration::ZERO
            } else {
                PUSH_EVERY
                    .saturating_sub(since)
                    .max(Duration::from_millis(1))
            };
        }
        if !self.unsaved.is_empty() || !self.unwritten.is_empty() {
            return TRY_AGAIN;
        }
        let wake = self
            .board
            .next_wake()
            .map_or(i64::MAX, |at| at.minus(self.now()));
        Duration::from_millis(u64::try_from(wake.max(1)).unwrap_or(1)).min(LONGEST_SLEEP)
    }

    /// Pushes what changed, if it is time.
    fn tick(&mut self) {
        let due = self
            .retried
            .is_none_or(|at| task::instant().duration_since(at) >= TRY_AGAIN);
        if due && !(self.unsaved.is_empty() && self.unwritten.is_empty()) {
            self.retried = Some(task::instant());
            self.save_unsaved();
            if let Err(error) = self.write_unwritten() {
                self.fail(&error);
            }
        }
        if self.board.wake(self.now()) {
            self.dirty.rows = true;
        }
        let since = self
            .pushed
            .map_or(PUSH_EVERY, |at| task::instant().duration_since(at));
        let idle_long = since >= LONGEST_SLEEP;
        self.dirty.rows |= idle_long;
        if !self.dirty.any() || (!self.urgent && since < PUSH_EVERY) || !self.out.free() {
            return;
        }
        self.pushed = Some(task::instant());
        self.urgent = false;
        if let Err(error) = self.push() {
            self.fail(&error);
        }
    }

    fn names<'a>(
        &'a self,
        customer: &'a crate::text::SafeText,
        tickets: &'a HashMap<TicketId, Ticket>,
    ) -> Names<'a> {
        Names {
            users: &self.users,
            customer,
            tickets,
        }
    }
}
