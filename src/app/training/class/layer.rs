//! Questions above the class: each ends in one order, or in nothing.

use crate::api::training::{Ask, ClassOrder, Inject, Results, RunId};
use crate::app::line::Line;
use crate::app::notice::{Arg, Msg};
use crate::domain::ids::UserId;
use crate::text::SafeText;

use super::TaskForm;

/// The highest level.
pub(super) const TOP: u8 = 5;

/// Whom an order is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The seat; none stands for all.
    pub seat: Option<UserId>,
    /// Its name; empty for all.
    pub name: SafeText,
}

impl Target {
    /// Whom it is for, in a message.
    pub(super) fn who(&self) -> Arg {
        match self.seat {
            Some(_) => Arg::Text(self.name.clone()),
            None => Arg::Key("class-all".to_owned()),
        }
    }
}

/// What is thrown in by number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// More callers.
    Surge,
    /// Seconds in which the customer says nothing.
    Silence,
    /// Seconds without network.
    Network,
}

impl Kind {
    /// The least, the most, and what is proposed: callers or seconds (issue 4; a hold of two minutes and five minutes without
    /// network are the longest that still teach something).
    #[must_use]
    pub const fn bounds(self) -> (u32, u32, u32) {
        match self {
            Self::Surge => (1, 5, 2),
            Self::Silence => (3, 120, 12),
            Self::Network => (5, 300, 25),
        }
    }

    /// The stable name, for locale keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Surge => "surge",
            Self::Silence => "silence",
            Self::Network => "network",
        }
    }
}

/// How much is thrown in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Amount {
    /// For whom.
    pub to: Target,
    /// Of what.
    pub kind: Kind,
    /// How much: callers or seconds.
    pub value: u32,
    /// Whether nothing was typed yet: the first digit replaces what was proposed.
    pub fresh: bool,
}

impl Amount {
    /// A question with the proposed number in it.
    #[must_use]
    pub const fn new(to: Target, kind: Kind) -> Self {
        let (_, _, value) = kind.bounds();
        Self {
            to,
            kind,
            value,
            fresh: true,
        }
    }

    /// A digit was typed.
    pub(super) fn digit(&mut self, digit: u32) {
        let before = if self.fresh { 0 } else { self.value };
        self.fresh = false;
        self.value = (before * 10 + digit).min(999);
    }

    /// One more or one less, inside the bounds.
    pub(super) fn step(&mut self, more: bool) {
        let (least, most, _) = self.kind.bounds();
        let to = if more {
            self.value.saturating_add(1)
        } else {
            self.value.saturating_sub(1)
        };
        self.value = to.clamp(least, most);
        self.fresh = true;
    }

    /// Whether it can be sent.
    #[must_use]
    pub const fn fits(&self) -> bool {
        let (least, most, _) = self.kind.bounds();
        self.value >= least && self.value <= most
    }
}

/// Words to a seat: a supervisor's question, or a word on a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// To whom.
    pub to: Target,
    /// The run, the turn from 0 and what was said there; none for a question.
    pub about: Option<(RunId, usize, SafeText)>,
    /// The words.
    pub line: Line,
}

impl Words {
    /// A question.
    #[must_use]
    pub fn question(to: Target) -> Self {
        Self {
            to,
            about: None,
            line: Line::default(),
        }
    }

    /// A word on a line.
    #[must_use]
    pub fn comment(to: Target, about: (RunId, usize, SafeText)) -> Self {
        Self {
            to,
            about: Some(about),
            line: Line::default(),
        }
    }
}

/// A question above the class.
#[derive(Clone, PartialEq, Debug)]
pub enum ClassLayer {
    /// What shall be played, or practised aloud.
    Task(TaskForm),
    /// How much is thrown in.
    Amount(Amount),
    /// Words to a seat.
    Words(Words),
    /// Shall it end?
    Stop {
        /// For whom.
        to: Target,
    },
    /// Which level is opened?
    Level {
        /// To whom.
        to: Target,
        /// The level.
        level: u8,
    },
    /// Where the results lie; only to be read.
    Written(Results),
}

impl ClassLayer {
    /// Pasted text goes into the field, where there is one.
    pub fn paste(&mut self, text: &str) {
        match self {
            Self::Task(form) => form.filter.insert(text),
            Self::Words(words) => words.line.insert(text),
            Self::Amount(_) | Self::Stop { .. } | Self::Level { .. } | Self::Written(_) => {}
        }
    }

    /// What is ordered and what is said when it is done; the message of what is missing else. The form of a task makes its own.
    pub(super) fn order(&self) -> Result<(Ask, Msg), Msg> {
        let (order, msg, to) = match self {
            Self::Amount(amount) => amount_order(amount)?,
            Self::Words(words) => words_order(words)?,
            Self::Stop { to } => {
                let order = ClassOrder::Stop { seat: to.seat };
                (order, Msg::new("notice-class-stopped"), to)
            }
            Self::Level { to, level } => {
                let (seat, level) = (to.seat, *level);
                let msg = Msg::new("notice-class-level").number("level", usize::from(level));
                (ClassOrder::Open { seat, level }, msg, to)
            }
            Self::Task(_) | Self::Written(_) => return Err(Msg::new("notice-class-empty")),
        };
        Ok((Ask::ClassDo { order }, msg.with("who", to.who())))
    }
}

fn amount_order(amount: &Amount) -> Result<(ClassOrder, Msg, &Target), Msg> {
    let (least, most, _) = amount.kind.bounds();
    if !amount.fits() {
        let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let msg = Msg::new("notice-class-range").number("least", number(least));
        return Err(msg.number("most", number(most)));
    }
    let seconds = amount.value;
    let what = match amount.kind {
        Kind::Surge => Inject::Surge {
            callers: u8::try_from(amount.value).unwrap_or(u8::MAX),
        },
        Kind::Silence => Inject::Silence { seconds },
        Kind::Network => Inject::Network { seconds },
    };
    let seat = amount.to.seat;
    let count = usize::try_from(amount.value).unwrap_or(usize::MAX);
    let msg = Msg::new(format!("notice-class-{}", amount.kind.name())).number("count", count);
    Ok((ClassOrder::Inject { seat, what }, msg, &amount.to))
}

fn words_order(words: &Words) -> Result<(ClassOrder, Msg, &Target), Msg> {
    let text = words.line.text().trim().to_owned();
    if text.is_empty() {
        return Err(Msg::new("notice-class-empty"));
    }
    let to = &words.to;
    match (&words.about, to.seat) {
        (Some((run, turn, _)), Some(seat)) => {
            let (run, turn) = (*run, *turn);
            let order = ClassOrder::Comment {
                seat,
                run,
                turn,
                text,
            };
            Ok((order, Msg::new("notice-class-commented"), to))
        }
        // A line belongs to one seat; a word on it without a seat cannot be opened.
        (Some(_), None) => Err(Msg::new("notice-class-choose-seat")),
        (None, seat) => {
            let what = Inject::Question { text };
            let order = ClassOrder::Inject { seat, what };
            Ok((order, Msg::new("notice-class-question"), to))
        }
    }
}
