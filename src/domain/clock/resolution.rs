//! The resolution clock: business time since the start, less pauses.

use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Calendar, NoYear};
use crate::domain::time::{MINUTE, Ms};

/// Working days after which a pause stops holding the clock (method 3.13).
pub const PAUSE_CAP_DAYS: i64 = 5;

/// A stretch during which the clock stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it began.
    pub from: Ms,
    /// When it ended; `None` while it lasts.
    pub to: Option<Ms>,
}

/// What happened to one clock. Targets are not part of it: replacing a target keeps elapsed time and pauses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Timeline {
    /// When the clock started.
    pub started: Ms,
    /// Pauses in any order; they may touch or overlap.
    pub pauses: Vec<Pause>,
    /// When the clock was stopped for good, for example by resolving.
    pub stopped: Option<Ms>,
}

/// A clock as it stands at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockState {
    /// When the target is or was used up. During an open pause this is what it would be if the clock ran on now.
    pub due: Ms,
    /// Whether `due` still moves with every minute, because the clock is paused.
    pub due_moves: bool,
    /// Business minutes used, rounded down.
    pub elapsed: i64,
    /// Business minutes left, rounded down: negative from the first late second, and it stays negative.
    pub remaining: i64,
    /// The same in milliseconds, for a countdown by the second.
    pub remaining_ms: i64,
    /// Whether a pause holds the clock at this instant.
    pub paused: bool,
    /// When a pause that still lasts reached its cap and the clock ran on.
    pub cap_reached: Option<Ms>,
    /// Whether the clock is stopped for good.
    pub stopped: bool,
}

impl ClockState {
    /// Whether more than the target has been used.
    #[must_use]
    pub const fn is_late(&self) -> bool {
        self.remaining_ms < 0
    }
}

/// The clock at `now` for a target in business minutes, with pauses capped at [`PAUSE_CAP_DAYS`].
///
/// # Errors
/// When the calendar has no data for a year between start and due.
pub fn resolution(
    line: &Timeline,
    target_minutes: i64,
    calendar: &Calendar,
    now: Ms,
) -> Result<ClockState, NoYear> {
    resolution_capped(line, target_minutes, calendar, now, PAUSE_CAP_DAYS)
}

/// As [`resolution`], with pauses capped at `cap_days` working days.
///
/// # Errors
/// When the calendar has no data for a year between start and due.
pub fn resolution_capped(
    line: &Timeline,
    target_minutes: i64,
    calendar: &Calendar,
    now: Ms,
    cap_days: i64,
) -> Result<ClockState, NoYear> {
    let target = target_minutes.saturating_mul(MINUTE);
    let at = line
        .stopped
        .map_or(now, |stopped| stopped.min(now))
        .max(line.started);
    let holds = Holds::of(line, calendar, cap_days)?;
    let elapsed = holds.running_ms(line.started, at, calendar)?;
    let paused = line.stopped.is_none() && holds.holds_at(at);
    let open = holds.open_since.is_some_and(|since| since <= at);
    // The pause that still lasts holds up to `at` only: beyond it nothing is known, so the clock is read as running on.
    let due = holds.ending_by(at).due(line.started, target, calendar)?;
    Ok(ClockState {
        due,
        due_moves: paused && open && due > at,
        elapsed: elapsed.div_euclid(MINUTE),
        remaining: (target - elapsed).div_euclid(MINUTE),
        remaining_ms: target - elapsed,
        paused,
        cap_reached: holds.open_cap.filter(|cap| open && *cap <= at),
        stopped: line.stopped.is_some_and(|stopped| stopped <= now),
    })
}

/// When the target is used up, without knowing the present; `None` while a pause is open and not everything was used before
/// it began, because then the answer moves.
///
/// # Errors
/// When the calendar has no data for a year between start and due.
pub fn fixed_due(
    line: &Timeline,
    target_minutes: i64,
    calendar: &Calendar,
) -> Result<Option<Ms>, NoYear> {
    fixed_due_capped(line, target_minutes, calendar, PAUSE_CAP_DAYS)
}

/// As [`fixed_due`], with pauses capped at `cap_days` working days.
///
/// # Errors
/// When the calendar has no data for a year between start and due.
pub fn fixed_due_capped(
    line: &Timeline,
    target_minutes: i64,
    calendar: &Calendar,
    cap_days: i64,
) -> Result<Option<Ms>, NoYear> {
    let target = target_minutes.saturating_mul(MINUTE);
    let holds = Holds::of(line, calendar, cap_days)?;
    let Some(since) = holds.open_since else {
        return holds.due(line.started, target, calendar).map(Some);
    };
    let due = holds.ending_by(since).due(line.started, target, calendar)?;
    Ok((due <= since).then_some(due))
}

/// Pauses made ready for walking: sorted, merged, capped.
#[derive(Debug, Clone)]
struct Holds {
    spans: Vec<(Ms, Ms)>,
    /// Start of the pause that still lasts.
    open_since: Option<Ms>,
    /// Where the cap ends that pause.
    open_cap: Option<Ms>,
}

impl Holds {
    fn of(line: &Timeline, calendar: &Calendar, cap_days: i64) -> Result<Self, NoYear> {
        let cap_minutes = cap_days.saturating_mul(calendar.day_minutes());
        let mut out = Self {
            spans: Vec::with_capacity(line.pauses.len()),
            open_since: None,
            open_cap: None,
        };
        for pause in &line.pauses {
            let from = pause.from.max(line.started);
            // Stopping straight from a pause ends the pause too: held time stays held (method 2d).
            let to = pause.to.or(line.stopped);
            let within = match to {
                Some(to) => calendar.business_ms(from, to)? <= cap_minutes.saturating_mul(MINUTE),
                None => false,
            };
            // A cap in a year without data lies beyond every instant that can be computed at all.
            let cap = if within {
                Ms(i64::MAX)
            } else {
                calendar.add(from, cap_minutes).unwrap_or(Ms(i64::MAX))
            };
            let end = to.map_or(cap, |to| to.min(cap));
            if pause.to.is_none() && line.stopped.is_none() {
                out.open_since = Some(out.open_since.map_or(from, |since| since.min(from)));
                out.open_cap = Some(out.open_cap.map_or(cap, |known| known.max(cap)));
            }
            if from < end {
                out.spans.push((from, end));
            }
        }
        out.spans.sort_unstable();
        out.spans.dedup_by(|next, kept| {
            let joined = next.0 <= kept.1;
            if joined {
                kept.1 = kept.1.max(next.1);
            }
            joined
        });
        Ok(out)
    }

    fn holds_at(&self, at: Ms) -> bool {
        self.spans.iter().any(|(from, to)| *from <= at && at < *to)
    }

    /// The same holds, none of them reaching beyond `at`.
    fn ending_by(&self, at: Ms) -> Self {
        let mut out = self.clone();
        out.spans.retain(|(from, _)| *from < at);
        for span in &mut out.spans {
            span.1 = span.1.min(at);
        }
        out
    }

    /// Business milliseconds from `from` to `to` that no pause holds.
    fn running_ms(&self, from: Ms, to: Ms, calendar: &Calendar) -> Result<i64, NoYear> {
        let mut sum = calendar.business_ms(from, to)?;
        for (start, end) in &self.spans {
            let (start, end) = ((*start).max(from), (*end).min(to));
            if start < end {
                sum -= calendar.business_ms(start, end)?;
            }
        }
        Ok(sum)
    }

    /// The earliest instant by which `target` business milliseconds have run since `from`.
    fn due(&self, from: Ms, target: i64, calendar: &Calendar) -> Result<Ms, NoYear> {
        let (mut at, mut left) = (from, target.max(0));
        for (start, end) in &self.spans {
            let due = calendar.add_ms(at, left)?;
            if due <= *start {
                return Ok(due);
            }
            left -= calendar.business_ms(at, *start)?;
            at = *end;
        }
        calendar.add_ms(at, left)
    }
}
