//! The response steps of "1530": one minute is stated by the source, the later steps are our reading of it.

use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Calendar, NoYear};
use crate::domain::time::Ms;

/// What a step asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// An answer to the feeling.
    Acknowledge,
    /// A first factual answer or a plan.
    Plan,
    /// A solution or a concrete committed time.
    SolveOrCommit,
}

/// Where the number of a step comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// It stands in the source.
    Stated,
    /// It is our reading.
    Assumed,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Wall minutes within service hours from the start of the contact.
    pub min: i64,
    /// What it asks for.
    pub kind: StepKind,
    /// Where the number comes from.
    pub basis: Basis,
}

/// The steps in order of their minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps(pub Vec<Step>);

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Met at this instant, in time or not: compare with [`StepView::due`].
    Met(Ms),
    /// Not met, time left.
    Open {
        /// When it is late.
        due: Ms,
    },
    /// Not met and late.
    Late {
        /// When it became late.
        due: Ms,
    },
}

/// A step of one contact at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepView {
    /// The step.
    pub step: Step,
    /// When it is late.
    pub due: Ms,
    /// Where it stands.
    pub state: StepState,
    /// Milliseconds left until `due`: negative when late. A met step keeps what was left when it was met.
    pub left_ms: i64,
}

impl StepView {
    /// Whether the step was met after its time.
    #[must_use]
    pub fn met_late(&self) -> bool {
        matches!(self.state, StepState::Met(at) if at > self.due)
    }
}

impl Steps {
    /// Where each step stands at `now`. `met` says when a step's act happened. A later act answers an earlier step too (who has
    /// committed to a time has also given a plan). Minutes run in the hours of `service`; a contact outside them starts at the
    /// next opening.
    ///
    /// # Errors
    /// When the service calendar has no data for the year.
    pub fn view(
        &self,
        started: Ms,
        met: &[(StepKind, Ms)],
        service: &Calendar,
        now: Ms,
    ) -> Result<Vec<StepView>, NoYear> {
        let mut out = Vec::with_capacity(self.0.len());
        for (index, step) in self.0.iter().enumerate() {
            let due = service.add(started, step.min)?;
            let later = self.0.get(index..).unwrap_or_default();
            // An acknowledgement is its own act: a plan alone does not answer a feeling.
            let answers = |kind: StepKind| {
                kind == step.kind
                    || (step.kind != StepKind::Acknowledge && later.iter().any(|s| s.kind == kind))
            };
            let met_at = met
                .iter()
                .filter(|(kind, _)| answers(*kind))
                .map(|(_, at)| (*at).max(started))
                .min();
            let (state, seen) = match met_at.filter(|at| *at <= now) {
                Some(at) => (StepState::Met(at), at),
                None if now > due => (StepState::Late { due }, now),
                None => (StepState::Open { due }, now),
            };
            out.push(StepView {
                step: *step,
                due,
                state,
                left_ms: due.minus(seen),
            });
        }
        Ok(out)
    }
}
