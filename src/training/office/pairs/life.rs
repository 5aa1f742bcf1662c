//! The life of a pair: who may do what with it when, and what it is then. Pure.

use super::{Consent, KeptPair, Read};
use crate::api::training::{PairDeed, PairState, SeatRole};
use crate::domain::time::Ms;

/// Characters of a question or an answer.
const MOST_CHARS: usize = 500;

/// Whether a deed may be done, and the name of the refusal.
pub(super) fn may(
    pair: &KeptPair,
    login: &str,
    role: SeatRole,
    deed: &PairDeed,
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
                PairState::Annotated | PairState::Consented | PairState::Published
                    if !pair.built_in =>
                {
                    Ok(())
                }
                _ => Err("not_now"),
            }
        }
        PairDeed::Retire => {
            if pair.state == PairState::Retired {
                return Err("not_now");
            }
            if leads || side.is_some() {
                Ok(())
            } else {
                Err("not_yours")
            }
        }
        PairDeed::Read { .. } => at(PairState::Published),
    }
}

/// Does a deed that may be done.
///
/// # Errors
/// The name of the refusal when something in it is not there.
pub(super) fn done(
    pair: &mut KeptPair,
    login: &str,
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
        PairDeed::Publish => stand(pair, PairState::Published, now),
        PairDeed::Retire => retire(pair, now),
        PairDeed::Read { answers } => {
            let answers = answers.iter().take(3).map(|a| short(a)).collect();
            let read = Read {
                login: login.to_owned(),
                at: now,
                answers,
            };
            // Read again, the newest answers stand; a reader counts once.
            pair.reads.retain(|r| r.login != login);
            pair.reads.push(read);
        }
    }
    Ok(())
}

/// Takes a pair back: nothing of what was said is left in it. The pair itself stays, so that it is not found again.
pub(super) fn retire(pair: &mut KeptPair, now: Ms) {
    pair.masked = None;
    pair.questions.clear();
    for read in &mut pair.reads {
        read.answers.clear();
    }
    stand(pair, PairState::Retired, now);
}

/// What a reader can do with it next.
pub(super) fn next(pair: &KeptPair, login: &str, role: SeatRole) -> Option<&'static str> {
    let leads = role == SeatRole::Trainer;
    let side = pair.side_of(login).and_then(|at| pair.sides.get(at));
    match pair.state {
        PairState::Candidate if leads => Some("match"),
        PairState::Matched if leads => Some("mask"),
        PairState::Masked if leads => Some("annotate"),
        PairState::Annotated => side.filter(|s| s.consent.is_none()).map(|_| "consent"),
        PairState::Consented if leads => Some("publish"),
        PairState::Published => {
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
