//! Chance, all of it from the seed. Each draw has its own stream by turn and purpose, so that a run rewound to a turn draws the
//! same from there whatever was said before.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// What is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Draw {
    /// What moves anger.
    Noise = 0,
    /// Which line is said.
    Line = 1,
    /// Whether one more sentence is said.
    Talk = 2,
    /// Which line of the ladder that is.
    Demand = 3,
    /// In which order lines are offered.
    Offer = 4,
}

/// The draw of a turn for a purpose.
pub(super) fn draw(seed: u64, turn: u32, what: Draw) -> u64 {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(u64::from(turn) * 8 + what as u64);
    rng.next_u64()
}

/// A place below `count`; 0 for none.
pub(super) fn place(seed: u64, turn: u32, what: Draw, count: usize) -> usize {
    let count = u64::try_from(count).unwrap_or(0);
    match draw(seed, turn, what).checked_rem(count) {
        Some(at) => usize::try_from(at).unwrap_or(0),
        None => 0,
    }
}

/// Numbers by chance, for playing without anybody who plays.
#[derive(Debug)]
pub(super) struct Numbers(ChaCha8Rng);

/// Numbers from a number.
pub(super) fn numbers(from: u64) -> Numbers {
    Numbers(ChaCha8Rng::seed_from_u64(from))
}

impl Numbers {
    /// The next one below `below`; 0 for 0.
    pub(super) fn next_below(&mut self, below: u64) -> u64 {
        self.0.next_u64().checked_rem(below).unwrap_or(0)
    }
}
