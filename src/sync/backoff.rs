//! How long to wait before the line is tried again: doubling, capped, with jitter, so that a hundred desks that lost the
//! same server do not come back in the same instant. Pure: chance is an argument.

use std::time::Duration;

/// The first wait.
const FIRST_MS: u64 = 250;
/// The longest wait; an agent who watches the line sees it return within this time.
const LONGEST_MS: u64 = 15_000;

/// The wait before the `attempt`-th try (from 0). `chance` is any number, best a random one.
#[must_use]
pub fn wait(attempt: u32, chance: u64) -> Duration {
    let whole = FIRST_MS
        .saturating_mul(1_u64 << attempt.min(16))
        .min(LONGEST_MS);
    let half = whole / 2;
    Duration::from_millis(half + chance % (half + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_stays_within_and_differs() {
        for attempt in 0..40 {
            let (low, high) = (wait(attempt, 0), wait(attempt, u64::MAX - 1));
            assert!(
                low <= high && high <= Duration::from_millis(LONGEST_MS),
                "{attempt}"
            );
            assert!(low >= Duration::from_millis(FIRST_MS / 2), "{attempt}");
        }
        assert!(wait(0, 7) < wait(4, 7));
        assert_eq!(wait(30, 0), Duration::from_millis(LONGEST_MS / 2));
    }
}
