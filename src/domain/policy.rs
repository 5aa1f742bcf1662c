//! The policy in force: calendars, clock targets, taxonomy, under one version name. Data in `assets/`, validated when read.

use std::sync::Arc;

use super::calendar::{self, Calendar, DataError, NoYear};
use super::clock::{self, ClockPolicy, ClockState, Pause, Reason, StepKind, StepView, Timeline};
use super::rank::Clocks;
use super::scorecard::{self, Card};
use super::taxonomy::{BadTaxonomy, Taxonomy};
use super::ticket::{Status, Ticket};
use super::time::Ms;

/// Everything a site decides by.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The name of this version; events and reports refer to it.
    pub version: String,
    /// The calendar of the departments: resolution clocks and promises.
    pub calendar: Calendar,
    /// The calendar of the hotline itself: response steps and interim updates.
    pub hotline: Calendar,
    /// Steps and targets.
    pub clocks: ClockPolicy,
    /// The 21 items.
    pub taxonomy: Taxonomy,
    /// The card by which replies are reviewed.
    pub card: Arc<Card>,
}

/// Policy data that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadPolicy {
    /// A calendar or the clock table.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The taxonomy.
    #[error(transparent)]
    Taxonomy(#[from] BadTaxonomy),
    /// The scorecard.
    #[error(transparent)]
    Card(#[from] scorecard::Fault),
}

impl Policy {
    /// The policy that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, BadPolicy> {
        let calendar = calendar::shipped()?;
        let hotline = calendar::shipped_hotline()?;
        let clocks = clock::shipped(&calendar)?;
        let taxonomy = Taxonomy::shipped()?;
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            calendar,
            hotline,
            clocks,
            taxonomy,
            card: Arc::new(Card::shipped()?),
        })
    }

    /// Business minutes this ticket may take, and why (item × tier, vulnerable, repeat).
    #[must_use]
    pub fn target(&self, ticket: &Ticket) -> (i64, Reason) {
        let item = ticket.item.as_ref().map(super::taxonomy::ItemId::as_str);
        self.clocks.targets.target_minutes(
            item,
            ticket.tier,
            ticket.vulnerable,
            ticket.repeat_of.is_some(),
        )
    }

    /// When the clocks of this ticket end, as far as that can be told without knowing the present.
    #[must_use]
    pub fn clocks(&self, ticket: &Ticket) -> Clocks {
        let mut out = Clocks::default();
        if !ticket.is_open() {
            return out;
        }
        let (minutes, _) = self.target(ticket);
        match clock::fixed_due_capped(
            &timeline(ticket),
            minutes,
            &self.calendar,
            self.clocks.pause_cap_days,
        ) {
            Ok(due) => out.due = due,
            Err(NoYear { .. }) => out.no_calendar = true,
        }
        if ticket.unanswered_since.is_some() {
            for (slot, step) in out.steps.iter_mut().zip(&self.clocks.steps.0) {
                match self.hotline.add(ticket.steps_started, step.min) {
                    Ok(due) => *slot = Some((step.min, due)),
                    Err(NoYear { .. }) => out.no_calendar = true,
                }
            }
        }
        out
    }

    /// The resolution clock of this ticket at `now`.
    ///
    /// # Errors
    /// When the calendar has no data for a year between start and due.
    pub fn resolution(&self, ticket: &Ticket, now: Ms) -> Result<ClockState, NoYear> {
        let (minutes, _) = self.target(ticket);
        clock::resolution_capped(
            &timeline(ticket),
            minutes,
            &self.calendar,
            now,
            self.clocks.pause_cap_days,
        )
    }

    /// The three response steps of the present cycle at `now`.
    ///
    /// # Errors
    /// When the hotline's calendar has no data for the year.
    pub fn steps(&self, ticket: &Ticket, now: Ms) -> Result<Vec<StepView>, NoYear> {
        let kinds = [
            StepKind::Acknowledge,
            StepKind::Plan,
            StepKind::SolveOrCommit,
        ];
        let met: Vec<(StepKind, Ms)> = kinds
            .into_iter()
            .zip(ticket.steps_met)
            .filter_map(|(kind, at)| Some((kind, at?)))
            .collect();
        self.clocks
            .steps
            .view(ticket.steps_started, &met, &self.hotline, now)
    }
}

/// The stretch of life that the resolution clock counts.
fn timeline(ticket: &Ticket) -> Timeline {
    let stopped = match ticket.status {
        Status::Closed { at, .. } => Some(at),
        Status::Merged { .. } => Some(ticket.updated_at),
        Status::Open | Status::Waiting { .. } | Status::Snoozed { .. } => None,
    };
    Timeline {
        started: ticket.opened_at,
        pauses: ticket
            .pauses
            .iter()
            .map(|p| Pause {
                from: p.from,
                to: p.to,
            })
            .collect(),
        stopped,
    }
}
