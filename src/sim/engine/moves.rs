//! What follows from the numbers: demands, escalation, abuse, ends.

use super::super::names::{Act, Commitment, End, NeedStage};
use super::super::points::Points;
use super::super::rules::Rules;
use super::effects::Going;
use super::{Moment, State};

/// After the numbers of a turn.
pub(super) fn after(going: &mut Going<'_>, acts: &[Act]) {
    abuse(going, acts);
    ladder(going);
    let demanded = supervisor(going);
    if let Some(end) = end(going, acts, demanded) {
        going.now.end = Some(end);
        going.moments.push(Moment::Ended);
    }
}

/// How it would end with the need met and the commitment confirmed; nothing while one of them is open.
pub(super) fn standing(rules: &Rules, state: &State) -> Option<End> {
    let ends = &rules.ends;
    if state.need != NeedStage::Met || state.commitment != Commitment::Confirmed {
        return None;
    }
    let friend = state.anger <= ends.friend_anger
        && state.trust >= ends.friend_trust
        && state.face >= ends.friend_face;
    if friend {
        Some(End::Friend)
    } else if state.anger <= ends.resolved_anger {
        Some(End::Resolved)
    } else if state.anger <= ends.grudging_anger {
        Some(End::Grudging)
    } else {
        None
    }
}

fn abuse(going: &mut Going<'_>, acts: &[Act]) {
    if going.before.abusing && acts.contains(&Act::Boundary) {
        going.now.abusing = false;
        going.now.warnings = going.now.warnings.saturating_add(1);
        going.moments.push(Moment::Warned);
        return;
    }
    if !going.engine.level().abuse {
        return;
    }
    let limit = going.engine.scenario.persona.abuse_at;
    let hot = limit.is_some_and(|at| going.now.anger >= at);
    if hot {
        going.now.abusing = true;
        going.moments.push(Moment::Abused);
    }
}

fn ladder(going: &mut Going<'_>) {
    let rules = &going.engine.rules.ladder;
    let top = going.engine.scenario.ladder.len().saturating_sub(1);
    let top = u32::try_from(top).unwrap_or(u32::MAX);
    let worse = going.now.anger > going.before.anger;
    if worse && going.now.anger >= rules.climb_at && going.now.demand < top {
        going.now.demand += 1;
        going.moments.push(Moment::DemandUp);
    } else if going.now.anger < rules.fall_below && going.now.demand > 0 {
        going.now.demand -= 1;
        going.moments.push(Moment::DemandDown);
    }
}

/// Whether the supervisor is wanted and nobody else.
fn supervisor(going: &mut Going<'_>) -> bool {
    let rules = &going.engine.rules.escalate;
    if going.now.anger >= rules.supervisor_at {
        going.now.hot = going.now.hot.saturating_add(1);
        if going.now.hot == 1 {
            going.moments.push(Moment::SupervisorDemanded);
        }
    } else {
        going.now.hot = 0;
    }
    let vague =
        going.now.vague >= rules.supervisor_vague && going.now.anger >= rules.supervisor_vague_at;
    going.now.hot >= 2 || vague
}

fn end(going: &mut Going<'_>, acts: &[Act], supervisor: bool) -> Option<End> {
    let rules = going.engine.rules;
    if going.engine.level().clock && going.now.patience <= Points::ZERO {
        return Some(End::HangUp);
    }
    if supervisor {
        return Some(End::Supervisor);
    }
    if going.engine.has_outside() && going.now.trust < rules.escalate.outside_below {
        // Whoever is told their right neutrally has no door to slam.
        let told = acts.contains(&Act::RightsNeutral);
        if going.before.outside_named && going.before.trust < rules.escalate.outside_below && !told
        {
            return Some(End::Outside);
        }
        if !going.now.outside_named {
            going.now.outside_named = true;
            going.moments.push(Moment::OutsideNamed);
        }
    }
    match standing(rules, &going.now) {
        Some(End::Grudging) => {
            // Once it is only good enough, the agent has one more turn to make it better.
            going.now.grudging = going.now.grudging.saturating_add(1);
            (going.now.grudging >= 2).then_some(End::Grudging)
        }
        other => {
            going.now.grudging = 0;
            other
        }
    }
}
