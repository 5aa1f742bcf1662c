//! The life of a pair: who may do what with it when, and what it is then. Pure.

use super::{Consent, KeptPair, Laid, Read};
use crate::api::training::{PairDeed, PairState, SeatRole};
use crate::domain::time::Ms;

/// Characters of a question or an answer.
const MOST_CHARS: usize = 500;

/// Whether a deed may be done, and the name of the refusal. `due` tells whether what the pair did is to be looked at today.
pub(super) fn may(
    pair: &KeptPair,
    login: &str,
    role: SeatRole,
    deed: &PairDeed,
    due: bool,
) -> Result<(), &'static str> {
    let side = pair.side_of(login);
    let leads = role == SeatRole::Trainer;
    let at = |state: PairState| {
        if pair.state == state {
            Ok(())
        } else {
            Err("not_now")
        }
    };
    let trainer = |state: PairState| {
        if leads {
            at(state)
        } else {
            Err("trainer_only")
        }
    };
    match deed {
        PairDeed::Match => trainer(PairState::Candidate),
        PairDeed::Mask => trainer(PairState::Matched),
        PairDeed::Annotate { .. } => trainer(PairState::Masked),
        PairDeed::Publish => trainer(PairState::Consented),
        PairDeed::Consent { .. } => {
            side.ok_or("not_yours")?;
            // Whether a name stands there can be changed as long as the pair lives.
            match pair.state {
                PairState::Annotated | PairState::Consented if !pair.built_in => Ok(()),
                _ if !pair.built_in && pair.readable() => Ok(()),
                _ => Err("not_now"),
            }
        }
        PairDeed::Judge { .. } if !leads => Err("trainer_only"),
        PairDeed::Judge { keep } => {
            let now = if *keep { due } else { pair.open() };
            if now && !pair.built_in {
                Ok(())
            } else {
                Err("not_now")
            }
        }
        PairDeed::Retire => {
            if pair.state == PairState::Retired && !pair.readable() {
                return Err("not_now");
            }
            if leads || side.is_some() {
                Ok(())
            } else {
                Err("not_yours")
            }
        }
        PairDeed::Read { .. } if pair.open() => Ok(()),
        PairDeed::Read { .. } => Err("not_now"),
    }
}

/// Does a deed that may be done.
///
/// # Errors
/// The name of the refusal when something in it is not there.
pub(super) fn done(
    pair: &mut KeptPair,
    (login, role): (&str, SeatRole),
    deed: &PairDeed,
    now: Ms,
) -> Result<(), &'static str> {
    match deed {
        PairDeed::Match => stand(pair, PairState::Matched, now),
        PairDeed::Mask => {
            if pair.masked.is_none() {
                return Err("not_now");
            }
            stand(pair, PairState::Masked, now);
        }
        PairDeed::Annotate { turning, questions } => {
            if questions.iter().any(|q| q.trim().is_empty()) {
                return Err("questions_missing");
            }
            let masked = pair.masked.as_mut().ok_or("not_now")?;
            let (low, high) = &mut masked.sides;
            if turning.0 >= low.turns.len() || turning.1 >= high.turns.len() {
                return Err("no_turn");
            }
            for (side, turning) in [(low, turning.0), (high, turning.1)] {
                side.turning = Some(turning);
                for (at, turn) in side.turns.iter_mut().enumerate() {
                    turn.turning = at == turning;
                }
            }
            pair.questions = questions.iter().map(|q| short(q)).collect();
            stand(pair, PairState::Annotated, now);
        }
        PairDeed::Consent { agreed: false, .. } => retire(pair, now),
        PairDeed::Consent {
            agreed: true,
            named,
        } => {
            let side = pair.side_of(login).ok_or("not_yours")?;
            if let Some(side) = pair.sides.get_mut(side) {
                side.consent = Some(Consent {
                    named: *named,
                    at: now,
                });
            }
            let all = pair.sides.iter().all(|s| s.consent.is_some());
            if all && pair.state == PairState::Annotated {
                stand(pair, PairState::Consented, now);
            }
        }
        PairDeed::Publish => {
            pair.published = Some(now);
            stand(pair, PairState::Published, now);
        }
        PairDeed::Judge { keep: true } => stand(pair, PairState::Kept, now),
        PairDeed::Judge { keep: false } => lay(pair, Laid::Judged, now),
        PairDeed::Retire => retire(pair, now),
        PairDeed::Read { answers } => {
            let answers = answers.iter().take(3).map(|a| short(a)).collect();
            let before = pair.reads.iter().find(|r| r.login == login);
            let read = Read {
                login: login.to_owned(),
                // What the pair did counts from the first reading.
                at: before.map_or(now, |r| r.at),
                answers,
                leads: role == SeatRole::Trainer,
            };
            // Read again, the newest answers stand; a reader counts once.
            pair.reads.retain(|r| r.login != login);
            pair.reads.push(read);
        }
    }
    Ok(())
}

/// A pair has had its time: whoever wants may read it, and nobody is asked to.
pub(super) fn lay(pair: &mut KeptPair, why: Laid, now: Ms) {
    pair.laid = Some(why);
    stand(pair, PairState::Retired, now);
}

/// Takes a pair back: nothing of what was said is left in it. The pair itself stays, so that it is not found again.
pub(super) fn retire(pair: &mut KeptPair, now: Ms) {
    pair.masked = None;
    pair.questions.clear();
    for read in &mut pair.reads {
        read.answers.clear();
    }
    pair.laid = None;
    stand(pair, PairState::Retired, now);
}

/// What a reader can do with it next.
pub(super) fn next(
    pair: &KeptPair,
    login: &str,
    role: SeatRole,
    due: bool,
) -> Option<&'static str> {
    let leads = role == SeatRole::Trainer;
    let side = pair.side_of(login).and_then(|at| pair.sides.get(at));
    match pair.state {
        PairState::Candidate if leads => Some("match"),
        PairState::Matched if leads => Some("mask"),
        PairState::Masked if leads => Some("annotate"),
        PairState::Annotated => side.filter(|s| s.consent.is_none()).map(|_| "consent"),
        PairState::Consented if leads => Some("publish"),
        PairState::Published if leads && due => Some("judge"),
        PairState::Published | PairState::Kept => {
            let read = pair.reads.iter().any(|r| r.login == login);
            (!read).then_some("read")
        }
        _ => None,
    }
}

fn stand(pair: &mut KeptPair, state: PairState, now: Ms) {
    pair.state = state;
    pair.since = now;
}

fn short(text: &str) -> String {
    text.trim().chars().take(MOST_CHARS).collect()
}
