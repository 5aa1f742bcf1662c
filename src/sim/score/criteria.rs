//! The six criteria, each with the turns that earned or lost it.

use super::{Criterion, Mark, Table};
use crate::sim::engine::Moment;
use crate::sim::names::Act;
use crate::sim::play::{Input, Turn};

pub(super) fn at(turns: &[Turn], what: impl Fn(&Turn) -> bool) -> Vec<usize> {
    let all = turns.iter().enumerate();
    all.filter(|(_, t)| what(t)).map(|(at, _)| at).collect()
}

pub(super) fn said(turn: &Turn, act: Act) -> bool {
    turn.acts.iter().any(|e| e.act == act)
}

pub(super) fn mark(
    criterion: Criterion,
    points: u32,
    of: u32,
    earned: Vec<usize>,
    lost: Vec<usize>,
) -> Mark {
    Mark {
        criterion,
        points: points.min(of),
        of,
        not_checked: 0,
        earned,
        lost,
    }
}

pub(super) fn acknowledged(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.acknowledged;
    let kind = Criterion::Acknowledged;
    let specific = turns.iter().position(|t| said(t, Act::AckSpecific));
    let general = turns.iter().position(|t| t.state.acknowledged);
    match (specific, general) {
        (Some(turn), _) => {
            let in_time = turns
                .get(turn)
                .is_some_and(|t| t.state.ms <= table.limits.acknowledge_within * 1_000);
            if in_time {
                mark(kind, of, of, vec![turn], Vec::new())
            } else {
                mark(
                    kind,
                    table.limits.acknowledge_late,
                    of,
                    vec![turn],
                    vec![turn],
                )
            }
        }
        (None, Some(turn)) => mark(
            kind,
            table.limits.acknowledge_late,
            of,
            vec![turn],
            vec![turn],
        ),
        (None, None) => mark(kind, 0, of, Vec::new(), Vec::new()),
    }
}

pub(super) fn need_found(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.need_found;
    let half = of / 2;
    let revealed = at(turns, |t| t.moments.contains(&Moment::NeedRevealed));
    let met = at(turns, |t| t.moments.contains(&Moment::NeedMet));
    let lost = at(turns, |t| t.moments.contains(&Moment::BesideTheNeed));
    let points =
        if revealed.is_empty() { 0 } else { half } + if met.is_empty() { 0 } else { of - half };
    let mut earned = revealed;
    earned.extend(met);
    earned.dedup();
    let lost = if points == of { Vec::new() } else { lost };
    mark(Criterion::NeedFound, points, of, earned, lost)
}

pub(super) fn cause(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.cause;
    let earned = at(turns, |t| {
        said(t, Act::ExplainCause) || said(t, Act::AdmitUnknownTimed)
    });
    let lost = at(turns, |t| {
        said(t, Act::ExcuseBusy) || said(t, Act::PolicyShield)
    });
    let points = if earned.is_empty() { 0 } else { of };
    mark(Criterion::Cause, points, of, earned, lost)
}

/// Concrete; and in the ledger, where somebody knows.
pub(super) fn commitment(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.commitment;
    let ledger = of * 2 / 5;
    let concrete = of - ledger;
    let earned = at(turns, |t| {
        said(t, Act::CommitConcrete) || said(t, Act::AdmitUnknownTimed)
    });
    let lost = at(turns, |t| said(t, Act::CommitVague));
    let known: Vec<bool> = earned
        .iter()
        .filter_map(|at| match turns.get(*at).map(|t| &t.tick.input) {
            Some(Input::Said { in_ledger, .. }) => *in_ledger,
            _ => None,
        })
        .collect();
    let mut points = if earned.is_empty() { 0 } else { concrete };
    let checked = !known.is_empty() || earned.is_empty();
    if !known.is_empty() && known.iter().all(|k| *k) {
        points += ledger;
    }
    Mark {
        criterion: Criterion::Commitment,
        points,
        of: if checked { of } else { concrete },
        not_checked: if checked { 0 } else { ledger },
        earned,
        lost,
    }
}

pub(super) fn recap(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.recap;
    let earned = at(turns, |t| t.moments.contains(&Moment::Confirmed));
    let half = at(turns, |t| said(t, Act::Confirm));
    if earned.is_empty() {
        let points = if half.is_empty() { 0 } else { of / 2 };
        // A wrong number that was read back is where it was lost.
        let lost = at(turns, |t| t.moments.contains(&Moment::Misread));
        return mark(Criterion::Recap, points, of, half, lost);
    }
    mark(Criterion::Recap, of, of, earned, Vec::new())
}

/// Whether anything was said aloud and marked by an observer: the rules of the lint never saw those words.
pub(super) fn aloud(turns: &[Turn]) -> bool {
    turns
        .iter()
        .any(|t| matches!(t.tick.input, Input::Marked { .. }))
}

/// What no agent says to a customer, whoever noticed it: a rule of the lint or the customer's own ear. Method 3.5 gives the
/// whole criterion of ten points to it; a run in which it was said is none with "no forbidden words" (issue 4).
const FORBIDDEN: &[Act] = &[
    Act::Forbidden,
    Act::PolicyShield,
    Act::ExcuseBusy,
    Act::TransferCold,
];

/// What the lint found and what the customer heard. Somebody who said nothing has no language to be praised for; of what was
/// only said aloud nobody can tell.
pub(super) fn language(turns: &[Turn], table: &Table) -> Mark {
    let of = table.points.language;
    let spoke = at(turns, |t| matches!(t.tick.input, Input::Said { .. }));
    if spoke.is_empty() && aloud(turns) {
        return Mark {
            not_checked: of,
            ..mark(Criterion::Language, 0, 0, Vec::new(), Vec::new())
        };
    }
    let mut costs = 0;
    let mut lost = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        if FORBIDDEN.iter().any(|act| said(turn, *act)) {
            // The rule and the ear heard the same words: they are not paid for twice.
            costs += table.limits.forbidden_costs;
            lost.push(at);
            continue;
        }
        for finding in turn.findings.iter().filter(|f| !f.info) {
            costs += if finding.blocks {
                table.limits.block_costs
            } else {
                table.limits.warn_costs
            };
            lost.push(at);
        }
    }
    lost.dedup();
    let points = if spoke.is_empty() {
        0
    } else {
        of.saturating_sub(costs)
    };
    let earned = spoke.into_iter().filter(|at| !lost.contains(at)).collect();
    mark(Criterion::Language, points, of, earned, lost)
}
