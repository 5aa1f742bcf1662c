//! What a training server says beside the common routes of `/v1`: orders of trainees and trainers, and what their screens
//! show of it. A live server has none of these routes (issue 4: live and training cannot meet).
//!
//! All of it goes over one path: an [`Ask`] in, a [`Told`] out. The customers themselves are not here: they write and are
//! answered over the common routes, like any channel. Names of acts, criteria, ends and moments are the stable words of the
//! simulation; the desk puts them into its language.

mod class;
mod debrief;
mod lobby;
mod pair;
mod rating;
mod seat;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{TicketId, UserId};
use crate::domain::lang::Lang;
use crate::text::SafeText;

pub use class::{ClassOrder, ClassView, DeskView, Inject, Results, SeatRow};
pub use debrief::{
    Answered, Asked, CriterionView, CriticalView, DebriefView, LessonView, Move, RulesOf,
    TriedView, TurnView,
};
pub use lobby::{DueCard, GateView, LobbyView, RunRow, ScenarioRow, Skill};
pub use pair::{PairChange, PairDeed, PairRow, PairSide, PairState, PairView, PairWorth};
pub use rating::{RunMarks, RunRated, RunReview, RunReviews};
pub use seat::{
    AsideView, Comment, ContactView, Help, Release, SeatRole, SeatStage, SeatView, Speed,
    StormView, TaskView,
};

/// The path of orders.
pub const PATH: &str = "/v1/training";
/// The path on which a seat's code is changed for a token.
pub const JOIN: &str = "/v1/training/join";
/// The header under which an order carries a name of its own, a UUID: asked again under the same name it is done once.
pub const ORDER: &str = "balm-order";
/// How long the server lets a reader wait for something new, milliseconds.
pub const WAIT_MS: u64 = 15_000;

/// A run's name: a UUID in its plain form.
pub type RunId = uuid::Uuid;

/// What a desk in training asks.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// How my seat stands; the answer waits until it is not at this revision any more, at most [`WAIT_MS`].
    Seat {
        /// The revision known here.
        after: u64,
    },
    /// What there is to practise, and how I stand.
    Lobby,
    /// Begin a contact.
    Start {
        /// The scenario; the one that fits best when absent.
        scenario: Option<String>,
        /// The level, 0 to 5.
        level: u8,
        /// The customer's language.
        lang: Lang,
        /// How time runs.
        speed: Speed,
        /// The seed; a new one when absent.
        seed: Option<u64>,
    },
    /// Let time run like this from now on.
    Speed {
        /// How.
        speed: Speed,
    },
    /// Stop time, or let it go on.
    Pause {
        /// Whether it stands.
        on: bool,
    },
    /// The first key of an answer went down.
    Began {
        /// On which ticket.
        ticket: TicketId,
        /// After how many of the customer's messages (from 1).
        message: u32,
        /// Milliseconds since that message was on the screen.
        after_ms: i64,
    },
    /// I end this contact.
    End {
        /// Which.
        ticket: TicketId,
    },
    /// I answered what came in between.
    Answer {
        /// Which storm, by its number in the seat's view.
        storm: u32,
        /// What was said back; empty when it was put off. Put off, it comes again; not more than twice.
        text: String,
    },
    /// The release is over for me.
    Released,
    /// My own words, before anything is shown.
    Reflect {
        /// The run.
        run: RunId,
        /// What worked.
        plus: String,
        /// What I would change.
        delta: String,
    },
    /// What a run was worth and why. Refused until [`Ask::Reflect`] came.
    Debrief {
        /// The run.
        run: RunId,
    },
    /// The same run with other lines from a turn on.
    Try {
        /// The run.
        run: RunId,
        /// From which turn, from 0.
        turn: usize,
        /// What is said from there, turn by turn.
        lines: Vec<String>,
    },
    /// The lesson of three answers.
    Lesson {
        /// The scenario.
        scenario: String,
        /// The language.
        lang: Lang,
    },
    /// What I thought the lesson would show, before it was shown: the kinds from the hottest end to the calmest.
    Predicted {
        /// The scenario.
        scenario: String,
        /// The kinds.
        order: Vec<String>,
    },
    /// The pairs I may read or have a say in.
    Pairs,
    /// One pair.
    Pair {
        /// Which.
        pair: uuid::Uuid,
    },
    /// Something is done with a pair.
    PairDo {
        /// Which.
        pair: uuid::Uuid,
        /// What.
        deed: PairDeed,
    },
    /// Spoken practice: begin with this customer. The observer marks the acts.
    SpokenBegin {
        /// Who speaks.
        seat: UserId,
        /// The scenario.
        scenario: String,
        /// The level.
        level: u8,
        /// The language.
        lang: Lang,
    },
    /// Spoken practice: these acts were heard in what was said.
    SpokenMark {
        /// The acts by name.
        acts: Vec<String>,
        /// From the end of the customer's line to the first word, milliseconds.
        think_ms: i64,
        /// A word to remember the line by; may be empty.
        words: String,
    },
    /// Spoken practice: it ends.
    SpokenEnd,
    /// The class; waits like [`Ask::Seat`].
    Class {
        /// The revision known here.
        after: u64,
    },
    /// A trainer's order.
    ClassDo {
        /// What.
        order: ClassOrder,
    },
    /// One desk from near.
    Desk {
        /// Whose.
        seat: UserId,
    },
    /// Everybody's results, written as a table and as pages.
    Results,
    /// What trainers rated, and what nobody rated yet (trainers).
    RunReviews,
    /// The words of a run, without its points (trainers).
    RunWords {
        /// The run.
        run: RunId,
    },
    /// I rate a run, as the first or the second who does (trainers).
    RunRate {
        /// The marks.
        given: RunMarks,
    },
    /// What the other rater and I agreed on (trainers).
    RunAgree {
        /// The marks.
        given: RunMarks,
    },
}

/// What comes back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub enum Told {
    /// Done; nothing to show.
    Done,
    /// It cannot be done now; `training-no-<why>` is the key in the locale files.
    No {
        /// Why, by name.
        why: String,
    },
    /// A contact began.
    Started {
        /// Its ticket; none when a lesson or pair is read instead (level 0).
        ticket: Option<TicketId>,
        /// The run.
        run: RunId,
    },
    /// The seat.
    Seat(Box<SeatView>),
    /// What there is to practise.
    Lobby(Box<LobbyView>),
    /// A run's debrief.
    Debrief(Box<DebriefView>),
    /// What other lines would have done.
    Tried(Box<TriedView>),
    /// The three answers.
    Lesson(Box<LessonView>),
    /// Pairs.
    Pairs {
        /// The rows.
        rows: Vec<PairRow>,
    },
    /// One pair.
    Pair(Box<PairView>),
    /// Spoken practice as it stands.
    Spoken(Box<DeskView>),
    /// The class.
    Class(Box<ClassView>),
    /// One desk.
    Desk(Box<DeskView>),
    /// Where the results lie.
    Results(Results),
    /// Rated runs, also after marks were taken.
    RunReviews(Box<RunReviews>),
    /// The words of a run.
    RunWords(Box<DeskView>),
}

/// A seat's code, changed for a token once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The code.
    pub code: String,
}

/// The way in that a code was changed for. The token is never shown or logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joined {
    /// The account.
    pub seat: UserId,
    /// Its login.
    pub login: String,
    /// Its name.
    pub name: SafeText,
    /// The token.
    pub token: String,
}
