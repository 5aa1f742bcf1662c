//! What costs all points, and the traps of the scenario.

use super::criteria::said;
use super::{Critical, Table};
use crate::sim::names::{Act, End, NeedStage, TrapKind};
use crate::sim::play::{Input, Play, Turn};
use crate::sim::scenario::Trap;

pub(super) fn criticals(play: &Play, table: &Table) -> (Vec<Critical>, Vec<String>) {
    let mut out = Vec::new();
    let mut traps = Vec::new();
    let turns = play.turns();
    for (at, turn) in turns.iter().enumerate() {
        for finding in &turn.findings {
            if finding.blocks && table.limits.critical.contains(&finding.rule) {
                out.push(Critical {
                    what: finding.rule.clone(),
                    turn: Some(at),
                });
            }
        }
        let missing = matches!(
            turn.tick.input,
            Input::Said {
                in_ledger: Some(false),
                ..
            }
        );
        if missing && said(turn, Act::CommitConcrete) {
            out.push(Critical {
                what: "ledger".to_owned(),
                turn: Some(at),
            });
        }
    }
    for trap in &play.scenario().traps {
        let Some(turn) = stepped(play, trap) else {
            continue;
        };
        if trap.critical {
            out.push(Critical {
                what: format!("trap:{}", trap.id),
                turn,
            });
        } else {
            traps.push(trap.id.clone());
        }
    }
    (out, traps)
}

/// Whether `act` falls behind `before` in the same turn: whoever says what brings the need to light first was not too early.
fn after(turn: &Turn, act: Act, before: Act) -> bool {
    let place = |which: Act| turn.acts.iter().position(|e| e.act == which);
    matches!((place(before), place(act)), (Some(b), Some(a)) if b < a)
}

/// Whether a trap was stepped into, and in which turn.
fn stepped(play: &Play, trap: &Trap) -> Option<Option<usize>> {
    let turns = play.turns();
    let direct = play.scenario().need.direct;
    let hidden = |at: usize| {
        let before = at.checked_sub(1).and_then(|b| turns.get(b));
        before.map_or(play.start(), |t| &t.state).need < NeedStage::Revealed
    };
    match trap.kind {
        TrapKind::Rule => turns
            .iter()
            .position(|t| t.findings.iter().any(|f| f.rule == trap.rule))
            .map(Some),
        TrapKind::TooEarly => (0..turns.len())
            .find(|at| {
                let turn = turns.get(*at);
                let early = trap.act.is_some_and(|act| {
                    turn.is_some_and(|t| said(t, act) && !after(t, act, direct))
                });
                early && hidden(*at)
            })
            .map(Some),
        // Only a contact that is over can have missed something; closing by policy misses nothing.
        TrapKind::Omitted => {
            let over = play.end().is_some_and(|e| e != End::ByPolicy);
            let never = !turns.iter().any(|t| trap.act.is_some_and(|a| said(t, a)));
            (over && never).then_some(None)
        }
    }
}
