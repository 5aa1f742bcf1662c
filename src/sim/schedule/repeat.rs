//! Spaced repetition of a skill on an item by the published formulas of FSRS-5 (difficulty, stability, retrievability) with its
//! published default weights. The grade comes from the score, never from the trainee.

use serde::{Deserialize, Serialize};

/// The share of what was learnt that should still be there when a card comes back.
pub const RETENTION: f64 = 0.9;
/// No card waits longer than this many days.
const LONGEST: f64 = 90.0;
/// The shape of forgetting: (1 + FACTOR · days / stability) ^ DECAY.
const DECAY: f64 = -0.5;
const FACTOR: f64 = 19.0 / 81.0;
/// The published default weights of FSRS-5.
const W: [f64; 19] = [
    0.402_55, 1.183_85, 3.173, 15.691_05, 7.194_9, 0.534_5, 1.460_4, 0.004_6, 1.545_75, 0.119_2,
    1.019_25, 1.939_5, 0.11, 0.296_05, 2.269_8, 0.231_5, 2.989_8, 0.516_55, 0.662_1,
];

/// How well a skill was shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Below 60.
    Again,
    /// 60 to 74.
    Hard,
    /// 75 to 89.
    Good,
    /// 90 and more.
    Easy,
}

impl Grade {
    /// The grade of a score from 0 to 100.
    #[must_use]
    pub const fn of(total: u32) -> Self {
        match total {
            0..60 => Self::Again,
            60..75 => Self::Hard,
            75..90 => Self::Good,
            _ => Self::Easy,
        }
    }

    const fn number(self) -> f64 {
        match self {
            Self::Again => 1.0,
            Self::Hard => 2.0,
            Self::Good => 3.0,
            Self::Easy => 4.0,
        }
    }

    const fn first_stability(self) -> f64 {
        match self {
            Self::Again => W[0],
            Self::Hard => W[1],
            Self::Good => W[2],
            Self::Easy => W[3],
        }
    }
}

/// A skill on an item.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Card {
    /// Days after which [`RETENTION`] is left.
    pub stability: f64,
    /// 1 to 10.
    pub difficulty: f64,
    /// The day of the last review, counted from any day.
    pub day: i64,
    /// The day it is due.
    pub due: i64,
}

/// What is left after so many days.
#[must_use]
pub fn retrievability(days: f64, stability: f64) -> f64 {
    (1.0 + FACTOR * days.max(0.0) / stability.max(0.01)).powf(DECAY)
}

/// The card after a review on a day; a first one when there is none.
#[must_use]
pub fn review(card: Option<Card>, grade: Grade, day: i64) -> Card {
    let (stability, difficulty) = match card {
        None => (grade.first_stability(), first_difficulty(grade)),
        Some(card) => {
            let days = i32::try_from(day.saturating_sub(card.day).clamp(0, 100_000)).unwrap_or(0);
            (
                next_stability(card, grade, f64::from(days)),
                next_difficulty(card.difficulty, grade),
            )
        }
    };
    Card {
        stability,
        difficulty,
        day,
        due: day.saturating_add(interval(stability)),
    }
}

/// Days until [`RETENTION`] is left, at least one, at most [`LONGEST`].
fn interval(stability: f64) -> i64 {
    let days = stability / FACTOR * (RETENTION.powf(1.0 / DECAY) - 1.0);
    #[expect(clippy::cast_possible_truncation, reason = "held within 1 and 90")]
    let days = days.round().clamp(1.0, LONGEST) as i64;
    days
}

fn first_difficulty(grade: Grade) -> f64 {
    (W[4] - (W[5] * (grade.number() - 1.0)).exp() + 1.0).clamp(1.0, 10.0)
}

fn next_difficulty(difficulty: f64, grade: Grade) -> f64 {
    let moved = -W[6] * (grade.number() - 3.0);
    let damped = difficulty + moved * (10.0 - difficulty) / 9.0;
    (W[7] * first_difficulty(Grade::Easy) + (1.0 - W[7]) * damped).clamp(1.0, 10.0)
}

fn next_stability(card: Card, grade: Grade, days: f64) -> f64 {
    let (s, d) = (card.stability, card.difficulty);
    if days < 1.0 {
        return s * (W[17] * (grade.number() - 3.0 + W[18])).exp();
    }
    let left = retrievability(days, s);
    if grade == Grade::Again {
        let forgot =
            W[11] * d.powf(-W[12]) * ((s + 1.0).powf(W[13]) - 1.0) * (W[14] * (1.0 - left)).exp();
        return forgot.min(s).max(0.01);
    }
    let hard = if grade == Grade::Hard { W[15] } else { 1.0 };
    let easy = if grade == Grade::Easy { W[16] } else { 1.0 };
    let grown = W[8].exp()
        * (11.0 - d)
        * s.powf(-W[9])
        * ((W[10] * (1.0 - left)).exp() - 1.0)
        * hard
        * easy;
    s * (1.0 + grown)
}
