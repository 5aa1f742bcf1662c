//! The six steps from a need in minutes to a time that can be said (method 3.3).

use jiff::civil::Date;

use crate::domain::calendar::{Calendar, NoYear};
use crate::domain::time::{HOUR, MINUTE, Ms, Zone, from_local, local};

/// Said times fall on the half hour.
const STEP: i64 = 30 * MINUTE;
/// Business minutes kept free before a limit of ours.
const SLA_MARGIN: i64 = 30;
/// Business minutes until the update that is offered when the deed does not fit under the limit.
const UPDATE_AFTER: i64 = 240;
/// Wall time after which a promise needs news in between.
const INTERIM_FROM: i64 = 24 * HOUR;

/// The hours in which a customer wants to be contacted, in minutes after local midnight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// First minute.
    pub from: u16,
    /// Last minute, included; at most 1439.
    pub to: u16,
    /// The customer's zone; `None` is the zone of the calendar.
    pub zone: Option<Zone>,
}

impl Default for Contact {
    /// 09:00 to 20:00 in the calendar's zone.
    fn default() -> Self {
        Self {
            from: 9 * 60,
            to: 20 * 60,
            zone: None,
        }
    }
}

/// A stretch in which the speaking agent is rostered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift {
    /// Start.
    pub from: Ms,
    /// End, included.
    pub to: Ms,
}

/// What is to be promised.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The instant of speaking.
    pub now: Ms,
    /// Business minutes the deed needs: the 90th percentile of its owner with the queue ahead, or the policy's default.
    pub need_minutes: i64,
    /// When our own clock ends (the resolution target), if one runs.
    pub cap: Option<Ms>,
    /// When a legal limit ends, if one runs. A limit that ends with a day is the midnight after it.
    pub legal_cap: Option<Ms>,
    /// When the customer wants to be contacted.
    pub contact_window: &'a Contact,
    /// The speaking agent's shifts; `None` where no roster is kept.
    pub shift: Option<&'a [Shift]>,
    /// The hours of the hotline, in which interim news is given.
    pub hotline: &'a Calendar,
}

/// What the time is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PromiseKind {
    /// The deed itself is done by then.
    Deed,
    /// News is given by then: the deed does not fit under the limit, and its need is never shortened.
    Update,
}

/// Who can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Speaker {
    /// 我: the time lies in the agent's shift, or no roster is kept.
    Me,
    /// 值班同事: the agent is off then; the ledger names the owner.
    Duty,
}

/// Why the lead is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadFlag {
    /// When the deed could be promised if there were no limit.
    pub deed_at: Ms,
    /// The limit it does not fit under, margins taken off.
    pub cap: Ms,
}

/// A time that can be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseTime {
    /// The deed's time before rounding.
    pub raw: Ms,
    /// The time to say.
    pub due: Ms,
    /// What it is for.
    pub kind: PromiseKind,
    /// Set when the deed does not fit under the limit.
    pub lead: Option<LeadFlag>,
    /// When news is given in between, for a long wait.
    pub interim: Option<Ms>,
    /// Who can say it.
    pub speaker: Speaker,
    /// `due` lies outside the customer's hours because moving it would break the limit.
    pub outside_contact: bool,
    /// A provisional year (暂定) took part; the later reading was used.
    pub provisional: bool,
}

/// Why no time can be given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The calendar ends before the answer.
    #[error(transparent)]
    NoYear(#[from] NoYear),
    /// A need below one minute.
    #[error("a promise needs at least one minute, not {0}")]
    NoNeed(i64),
    /// Contact hours that are none.
    #[error("contact hours from minute {from} to minute {to} are none")]
    NoContact {
        /// First minute as given.
        from: u16,
        /// Last minute as given.
        to: u16,
    },
}

/// The time to promise, on the calendar of the deed's owner.
///
/// # Errors
/// When the calendar has no data for a year on the way, or the question makes no sense.
pub fn compute(ask: &Ask<'_>, calendar: &Calendar) -> Result<PromiseTime, Refused> {
    let window = ask.contact_window;
    if ask.need_minutes < 1 {
        return Err(Refused::NoNeed(ask.need_minutes));
    }
    if window.from >= window.to || window.to >= 24 * 60 {
        return Err(Refused::NoContact {
            from: window.from,
            to: window.to,
        });
    }
    let raw = calendar.add(ask.now, ask.need_minutes)?;
    let deed_at = round_up(raw, calendar.zone());
    let cap = limit(ask, calendar)?;
    let (kind, wanted, lead) = match cap {
        Some(cap) if deed_at > cap => {
            let update = update_time(ask.now, cap, calendar)?;
            (PromiseKind::Update, update, Some(LeadFlag { deed_at, cap }))
        }
        _ => (PromiseKind::Deed, deed_at, None),
    };
    let moved = into_window(wanted, window, calendar);
    // A limit that is broken anyway is no reason to call at night.
    let due = if cap.is_none_or(|cap| moved <= cap || wanted > cap) {
        moved
    } else {
        wanted
    };
    Ok(PromiseTime {
        raw,
        due,
        kind,
        lead,
        interim: interim(ask, due, calendar)?,
        speaker: speaker(ask.shift, due),
        outside_contact: into_window(due, window, calendar) != due,
        provisional: [ask.now, due]
            .iter()
            .any(|at| calendar.is_provisional(calendar.date_of(*at).year())),
    })
}

/// Step 3: the earlier of our clock less half a business hour and the law's less a working day.
fn limit(ask: &Ask<'_>, calendar: &Calendar) -> Result<Option<Ms>, NoYear> {
    let own = ask
        .cap
        .map(|cap| calendar.sub(cap, SLA_MARGIN))
        .transpose()?;
    let legal = ask
        .legal_cap
        .map(|cap| one_working_day_before(cap, calendar))
        .transpose()?;
    Ok(match (own, legal) {
        (Some(own), Some(legal)) => Some(own.min(legal)),
        (own, legal) => own.or(legal),
    })
}

/// The same time of day on the last working day before, but within that day's hours. A limit at midnight belongs to the day it
/// ends.
fn one_working_day_before(cap: Ms, calendar: &Calendar) -> Result<Ms, NoYear> {
    let date = calendar.date_of(cap.plus_millis(-1));
    let into_day = cap.minus(calendar.instant(date, 0));
    let closing = calendar.sub(calendar.instant(date, 0), 1)?.plus_minutes(1);
    let day = calendar.date_of(closing.plus_millis(-1));
    let opening = calendar
        .spans_on(day)?
        .first()
        .map_or(closing, |span| calendar.instant(day, span.from));
    Ok(calendar
        .instant(day, 0)
        .plus_millis(into_day)
        .clamp(opening, closing))
}

/// News by the limit or in four business hours, whichever is first; when the limit has passed or is too near to be said, by
/// the next half hour that leaves half a business hour.
fn update_time(now: Ms, cap: Ms, calendar: &Calendar) -> Result<Ms, NoYear> {
    let zone = calendar.zone();
    let soon = round_up(calendar.add(now, UPDATE_AFTER)?, zone);
    let wanted = soon.min(round_down(cap, zone));
    if wanted > now {
        Ok(wanted)
    } else {
        Ok(round_up(calendar.add(now, SLA_MARGIN)?, zone))
    }
}

/// Step 4: the same instant inside the customer's hours, else their next beginning.
fn into_window(at: Ms, window: &Contact, calendar: &Calendar) -> Ms {
    let zone = window.zone.as_ref().unwrap_or_else(|| calendar.zone());
    let date = local(at, zone).date();
    if at > wall(date, window.to, zone) {
        wall(date.tomorrow().unwrap_or(date), window.from, zone)
    } else {
        at.max(wall(date, window.from, zone))
    }
}

/// As [`into_window`], but backwards: the same instant, else the last end of the customer's hours before it.
fn back_into_window(at: Ms, window: &Contact, calendar: &Calendar) -> Ms {
    let zone = window.zone.as_ref().unwrap_or_else(|| calendar.zone());
    let date = local(at, zone).date();
    if at < wall(date, window.from, zone) {
        wall(date.yesterday().unwrap_or(date), window.to, zone)
    } else {
        at.min(wall(date, window.to, zone))
    }
}

/// The instant at which a wall clock shows this minute of the day (0 to 1439).
fn wall(date: Date, minute: u16, zone: &Zone) -> Ms {
    let hour = i8::try_from(minute / 60 % 24).unwrap_or(0);
    from_local(
        date.at(hour, i8::try_from(minute % 60).unwrap_or(0), 0, 0),
        zone,
    )
}

fn speaker(shifts: Option<&[Shift]>, due: Ms) -> Speaker {
    match shifts {
        Some(shifts)
            if !shifts
                .iter()
                .any(|shift| shift.from <= due && due <= shift.to) =>
        {
            Speaker::Duty
        }
        _ => Speaker::Me,
    }
}

/// Step 5: halfway on the hotline's calendar, on the half hour, in the customer's hours, never after 80 % of the wait.
fn interim(ask: &Ask<'_>, due: Ms, calendar: &Calendar) -> Result<Option<Ms>, NoYear> {
    let wait = due.minus(ask.now);
    if wait <= INTERIM_FROM {
        return Ok(None);
    }
    let half = ask.hotline.business_ms(ask.now, due)? / 2;
    let latest = ask.now.plus_millis(wait / 5 * 4);
    let halfway = round_near(ask.hotline.add_ms(ask.now, half)?, calendar.zone());
    let inside = into_window(halfway, ask.contact_window, calendar);
    let at = if inside <= latest {
        inside
    } else {
        let early = round_down(halfway.min(latest), calendar.zone());
        back_into_window(early, ask.contact_window, calendar)
    };
    Ok((at > ask.now).then_some(at))
}

/// Milliseconds since the last half hour of the wall clock.
fn past_step(at: Ms, zone: &Zone) -> i64 {
    (at.0 + i64::from(zone.offset_secs(at)) * 1000).rem_euclid(STEP)
}

/// The half hour of the wall clock at or after an instant.
fn round_up(at: Ms, zone: &Zone) -> Ms {
    at.plus_millis((-past_step(at, zone)).rem_euclid(STEP))
}

/// The half hour of the wall clock at or before an instant.
fn round_down(at: Ms, zone: &Zone) -> Ms {
    at.plus_millis(-past_step(at, zone))
}

/// The nearest half hour of the wall clock, the later of two.
fn round_near(at: Ms, zone: &Zone) -> Ms {
    round_down(at.plus_millis(STEP / 2), zone)
}
