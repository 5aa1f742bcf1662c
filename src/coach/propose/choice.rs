//! Choosing between lines that fit equally well: mostly the one that did best so far, now and then another, so that a new line
//! gets its chance (method 3.2: Thompson sampling within approved lines, exploration at most one time in ten).
//!
//! Deterministic: the same seed and counts give the same line. Not here: which lines fit at all.

use crate::coach::learnt::Tries;

/// One time in this many the draw decides; else the line that did best.
const EXPLORE: u64 = 10;
/// Counts beyond this many are scaled down: past results fade, and a draw stays cheap.
const MOST: u32 = 48;

/// A seed from what stays the same until something is said: FNV-1a over the parts.
#[must_use]
pub(super) fn seed(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.iter().flat_map(|p| p.iter().chain(&[0xff])) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

/// Which of several lines that fit equally well; `counts` in their order of preference. 0 for none or one.
#[must_use]
pub(super) fn pick(mut seed: u64, counts: &[Tries]) -> usize {
    if counts.len() < 2 {
        return 0;
    }
    let best = best(counts);
    if !draw(&mut seed).is_multiple_of(EXPLORE) {
        return best;
    }
    let draws: Vec<u64> = counts.iter().map(|c| beta(&mut seed, *c)).collect();
    let mut most = 0;
    for (at, value) in draws.iter().enumerate() {
        if *value > draws[most] {
            most = at;
        }
    }
    most
}

/// The line with the best share of good outcomes, one good and one bad one assumed for each; the earlier of equals.
fn best(counts: &[Tries]) -> usize {
    let mut best = 0;
    for (at, c) in counts.iter().enumerate() {
        let (a, b) = (share(*c), share(counts[best]));
        // a.0 / a.1 > b.0 / b.1 without division.
        if a.0 * b.1 > b.0 * a.1 {
            best = at;
        }
    }
    best
}

fn share(c: Tries) -> (u64, u64) {
    (u64::from(c.well) + 1, u64::from(c.said.max(c.well)) + 2)
}

/// A draw of the beta distribution over these outcomes: of `well + 1 + bad + 1 - 1` uniform draws the `well + 1`-th smallest.
fn beta(seed: &mut u64, c: Tries) -> u64 {
    let said = c.said.max(c.well);
    let (well, bad) = if said <= MOST {
        (c.well, said - c.well)
    } else {
        let well = u32::try_from(u64::from(c.well) * u64::from(MOST) / u64::from(said));
        let well = well.unwrap_or(MOST).min(MOST);
        (well, MOST - well)
    };
    let mut draws: Vec<u64> = (0..=well + bad).map(|_| draw(seed)).collect();
    let nth = usize::try_from(well).unwrap_or(0);
    *draws.select_nth_unstable(nth).1
}

/// The next number of a sequence (splitmix64).
fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn t(said: u32, well: u32) -> Tries {
        Tries { said, well }
    }

    #[test]
    fn the_best_line_goes_first_nine_times_in_ten() {
        let counts = [t(20, 5), t(20, 15), t(0, 0)];
        let picks: Vec<usize> = (0..10_000_u64)
            .map(|n| pick(seed(&[&n.to_le_bytes()]), &counts))
            .collect();
        let others = picks.iter().filter(|p| **p != 1).count();
        assert!(
            others <= 1_000,
            "explores at most one time in ten: {others}"
        );
        assert!(others >= 150, "and does explore: {others}");
        // The untried line is tried more often than the one that did badly.
        let count = |n| picks.iter().filter(|p| **p == n).count();
        assert!(count(2) > 3 * count(0), "{} {}", count(2), count(0));
    }

    #[test]
    fn without_outcomes_the_first_stands_and_the_same_seed_says_the_same() {
        let counts = [t(0, 0), t(0, 0)];
        let firsts = (0..1_000_u64)
            .filter(|n| pick(seed(&[&n.to_le_bytes()]), &counts) == 0)
            .count();
        assert!((900..1_000).contains(&firsts), "{firsts}");
        for n in 0..100_u64 {
            let s = seed(&[b"ticket", &n.to_le_bytes()]);
            assert_eq!(pick(s, &counts), pick(s, &counts));
        }
        assert_eq!(pick(7, &[]), 0);
        assert_eq!(pick(7, &[t(9, 0)]), 0);
    }

    #[test]
    fn a_draw_follows_the_outcomes() {
        let mean = |c: Tries| {
            let mut state = 42;
            let n = 4_000_u64;
            let sum: u64 = (0..n).map(|_| beta(&mut state, c) >> 32).sum();
            ((sum / n) * 100) >> 32
        };
        // (well + 1) / (said + 2), in percent.
        assert!((48..=52).contains(&mean(t(0, 0))), "{}", mean(t(0, 0)));
        assert!((70..=75).contains(&mean(t(9, 7))), "{}", mean(t(9, 7)));
        // 4,800 outcomes draw like 48 of the same share.
        assert!(
            (23..=28).contains(&mean(t(4_800, 1_200))),
            "{}",
            mean(t(4_800, 1_200))
        );
    }

    #[test]
    fn parts_of_a_seed_do_not_run_together() {
        assert_ne!(seed(&[b"ab", b"c"]), seed(&[b"a", b"bc"]));
    }
}
