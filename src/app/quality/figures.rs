//! The figures of the screen, computed when the store tells of reviews and not while painting.

use std::collections::BTreeMap;

use crate::api::desk::QualityView;
use crate::app::state::State;
use crate::domain::ids::UserId;
use crate::domain::scorecard::{Card, Marks};
use crate::domain::time::{HOUR, Ms, Zone, local};
use crate::insight::quality::{Calibrated, Quality, calibration, figures};

/// The days that figures look back.
pub const SPAN_DAYS: i64 = 90;
/// An item at or below this level is one to practise.
const LOW: u8 = 1;

/// Everything counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Of all.
    pub team: Quality,
    /// Of each agent.
    pub agents: BTreeMap<UserId, Quality>,
    /// Of two raters.
    pub calibration: Calibrated,
    /// Units rated by two in this week.
    pub week: u32,
}

/// The number of the week of an instant: weeks begin on Monday in the site's zone.
fn week(at: Ms, zone: &Zone) -> i64 {
    let date = local(at, zone).date();
    let day = date
        .to_zoned(jiff::tz::TimeZone::UTC)
        .map_or(0, |d| d.timestamp().as_second() / 86_400);
    // The first day of the epoch was a Thursday.
    (day + 3).div_euclid(7)
}

/// Counts the reviews of the last [`SPAN_DAYS`] days.
pub(super) fn all(view: &QualityView, card: &Card, zone: &Zone, now: Ms) -> Figures {
    let since = Ms(now.0 - SPAN_DAYS * 24 * HOUR);
    let recent = || view.reviews.iter().filter(|r| r.review.said_at >= since);
    let told = |r: &'_ crate::api::desk::ReviewRow| {
        let id = r.review.id;
        r.review.outcome().map(|marks| (id, marks.clone()))
    };
    let mut agents: BTreeMap<UserId, Vec<_>> = BTreeMap::new();
    for row in recent() {
        if let Some(unit) = told(row) {
            agents.entry(row.review.agent).or_default().push(unit);
        }
    }
    let count = |units: &[(_, Marks)]| figures(units.iter().map(|(id, m)| (*id, m)), card);
    let everything: Vec<_> = agents.values().flatten().cloned().collect();
    let pairs: Vec<(i64, &Marks, &Marks)> = recent()
        .filter_map(|row| {
            let (first, second) = row.review.pair()?;
            let at = row.review.ratings.last()?.at;
            Some((week(at, zone), first, second))
        })
        .collect();
    let present = week(now, zone);
    Figures {
        team: count(&everything),
        agents: agents
            .iter()
            .map(|(id, units)| (*id, count(units)))
            .collect(),
        week: u32::try_from(pairs.iter().filter(|p| p.0 == present).count()).unwrap_or(u32::MAX),
        calibration: calibration(pairs, card),
    }
}

/// The rows of the figures: everybody together first, then each agent by name.
#[must_use]
pub fn agents(state: &State) -> Vec<(Option<UserId>, &Quality)> {
    let figures = &state.quality.figures;
    let mut rows: Vec<(Option<UserId>, &Quality)> = figures
        .agents
        .iter()
        .map(|(id, quality)| (Some(*id), quality))
        .collect();
    rows.sort_by_key(|(id, _)| id.map(|id| state.quality.view.name(id).to_string()));
    if super::rates(state) {
        rows.insert(0, (None, &figures.team));
    }
    rows
}

/// The items that these figures or marks say to practise, worst first, each with its skill of a training run.
#[must_use]
pub fn low<'a>(marks: &Marks, card: &'a Card) -> Vec<&'a crate::domain::scorecard::Item> {
    let low = marks.low(LOW);
    low.into_iter().filter_map(|id| card.item(id)).collect()
}
