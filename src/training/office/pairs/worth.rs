//! What a pair did once everybody could read it (method 3.10): how much it was used, how those who worked with it got on beside
//! those who did not, when that is looked at, and when a pair has had its time. Days are days of the site. Pure.

use super::{KeptPair, Laid, Masked, Read};
use crate::api::training::{PairChange, PairState, PairWorth};
use crate::domain::time::Ms;

/// Days after which a pair is evaluated, and over which results count before and after (method 3.10).
pub(super) const LOOK_DAYS: i64 = 30;
/// A pair that nobody read for so many days has no use any more: three times [`LOOK_DAYS`]. The method names no number.
pub(super) const IDLE_DAYS: i64 = 3 * LOOK_DAYS;
/// Days after which a pair has become old: twelve months (method 3.10).
pub(super) const OLD_DAYS: i64 = 365;
/// Milliseconds of [`LOOK_DAYS`].
const LOOK: i64 = LOOK_DAYS * 86_400_000;

/// Days that matter to a pair which everybody may read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Dates {
    /// It is to be evaluated from this day on; none once it was, and for a pair that nobody leads.
    pub(super) look: Option<i64>,
    /// It is retired on this day, if nothing happens.
    pub(super) end: i64,
    /// Why it would be.
    pub(super) why: Laid,
}

/// The days of a pair; none for one that is not out yet or not any more. `day` tells the day of an instant.
pub(super) fn dates(pair: &KeptPair, day: impl Fn(Ms) -> i64) -> Option<Dates> {
    if !pair.open() {
        return None;
    }
    let out = pair.published();
    let old = day(out).saturating_add(OLD_DAYS);
    if pair.built_in {
        let (look, end, why) = (None, old, Laid::Old);
        return Some(Dates { look, end, why });
    }
    let used = pair.readers().map(|r| r.at);
    let kept = pair.judged.iter().map(|j| j.at);
    let last = used.chain(kept).fold(out, Ms::max);
    let idle = day(last).saturating_add(IDLE_DAYS);
    let look = pair.state == PairState::Published;
    Some(Dates {
        look: look.then(|| day(out).saturating_add(LOOK_DAYS)),
        end: idle.min(old),
        why: if idle < old { Laid::Unused } else { Laid::Old },
    })
}

/// Whether a trainer is to say today what becomes of it.
pub(super) fn due(pair: &KeptPair, today: i64, day: impl Fn(Ms) -> i64) -> bool {
    let look = dates(pair, day).and_then(|d| d.look);
    look.is_some_and(|look| today >= look)
}

/// The criterion in which the two sides differ most: the skill that the pair teaches.
pub(super) fn skill(masked: &Masked) -> Option<&str> {
    let first = masked.differs.iter().rev();
    let most = first.max_by_key(|(_, low, high)| low.abs_diff(*high))?;
    Some(&most.0)
}

/// Somebody's results in the pair's skill: when, and percent of what could be earned.
pub(super) type Results = Vec<(Ms, u32)>;

/// What became of a person's results around an instant: the mean of the days after less the mean of those before. Nothing when
/// there is none on one side.
fn change(results: &Results, at: Ms, now: Ms) -> Option<i64> {
    let mean = |from: i64, to: i64| {
        let inside = results
            .iter()
            .filter(|(when, _)| when.0 > from && when.0 <= to && *when <= now);
        let found: Vec<i64> = inside.map(|(_, percent)| i64::from(*percent)).collect();
        let count = i64::try_from(found.len()).ok().filter(|n| *n > 0)?;
        Some(found.iter().sum::<i64>() * 1_000 / count)
    };
    let before = mean(at.0.saturating_sub(LOOK), at.0)?;
    let after = mean(at.0, at.0.saturating_add(LOOK))?;
    Some(after - before)
}

fn group(all: &[(Ms, &Results)], now: Ms) -> PairChange {
    let moved: Vec<i64> = all
        .iter()
        .filter_map(|(at, r)| change(r, *at, now))
        .collect();
    let measured = i64::try_from(moved.len()).unwrap_or(i64::MAX);
    let by = (measured > 0).then(|| {
        let mean = moved.iter().sum::<i64>() / measured;
        // Halves away from zero, as everywhere.
        (mean + mean.signum() * 500) / 1_000
    });
    PairChange {
        people: u32::try_from(all.len()).unwrap_or(u32::MAX),
        measured: u32::try_from(moved.len()).unwrap_or(u32::MAX),
        by: by.and_then(|b| i32::try_from(b).ok()),
    }
}

/// What a pair did until now: readers from when they first read it, the others from when it came out. `everybody` is each
/// trainee's login with the results in its skill.
pub(super) fn worth(pair: &KeptPair, everybody: &[(String, Results)], now: Ms) -> PairWorth {
    let read_at = |login: &str| pair.readers().find(|r| r.login == login).map(|r| r.at);
    let nothing = Results::new();
    let mut readers: Vec<(Ms, &Results)> = Vec::new();
    for read in pair.readers() {
        let own = everybody.iter().find(|(login, _)| *login == read.login);
        readers.push((read.at, own.map_or(&nothing, |(_, r)| r)));
    }
    let rest = everybody
        .iter()
        .filter(|(login, _)| read_at(login).is_none());
    let others: Vec<(Ms, &Results)> = rest.map(|(_, r)| (pair.published(), r)).collect();
    let answered = pair.readers().filter(|r| spoke(r)).count();
    PairWorth {
        skill: pair.masked.as_ref().and_then(skill).map(str::to_owned),
        readers: group(&readers, now),
        others: group(&others, now),
        answered: u32::try_from(answered).unwrap_or(u32::MAX),
        kept: None,
        on: None,
    }
}

/// Whether a reader answered anything.
fn spoke(read: &Read) -> bool {
    read.answers.iter().any(|a| !a.trim().is_empty())
}

#[cfg(test)]
mod tests;
