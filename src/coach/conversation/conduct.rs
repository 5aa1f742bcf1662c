//! Conduct over a history: counters of evidence that expire after 90 days, and the six signals they add up to (method 3.12).
//!
//! A signal is a fact about behaviour, told to the agent with the turns it rests on and confirmed by a lead elsewhere. Its
//! only use is a suggested way to answer.

use crate::coach::signals::{Hint, Signals};
use crate::domain::time::Ms;

use super::{Speaker, Turn};

/// Milliseconds after which evidence no longer counts: 90 days.
pub const EXPIRES: i64 = 90 * 24 * 3_600_000;

/// The signals of the method.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Conduct {
    /// U1: a wish beyond the rules, said again after two reasoned refusals. Answer: decline and alternative.
    BeyondRule,
    /// U2: three and more claims of goodwill. Answer: the need first, then the fixed menu.
    Goodwill,
    /// U3: disputes a clause twice although the notice was proved. Answer: the card of key clauses.
    Clause,
    /// U4: three reasoned offers turned down, and money or rank demanded. Answer: pass to senior with the packet.
    Offers,
    /// U5: pressure by naming outside bodies or the press, together with U4. Answer: the line on rights, and the packet.
    Pressure,
    /// U6: abuse. Answer: the boundary line.
    Abuse,
}

impl Conduct {
    /// The id of the method.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::BeyondRule => "U1",
            Self::Goodwill => "U2",
            Self::Clause => "U3",
            Self::Offers => "U4",
            Self::Pressure => "U5",
            Self::Abuse => "U6",
        }
    }
}

/// A signal with what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConductSignal {
    /// Which.
    pub signal: Conduct,
    /// The turns that count.
    pub turns: Vec<usize>,
    /// When the last of the evidence that is needed expires, and the signal with it.
    pub expires: Ms,
}

/// The signals at `now`, in the order of their ids.
pub(super) fn signals(
    turns: &[Turn<'_>],
    signals: &[Option<Signals>],
    now: Ms,
) -> Vec<ConductSignal> {
    let fresh = |t: &Turn<'_>| now.0.saturating_sub(t.at.0) < EXPIRES;
    let ours = |did: fn(&Turn<'_>) -> bool| -> Vec<usize> {
        let of = turns.iter().enumerate();
        let of = of.filter(|(_, t)| t.who == Speaker::Us && fresh(t) && did(t));
        of.map(|(turn, _)| turn).collect()
    };
    let theirs = |hint: Hint| -> Vec<usize> {
        let of = turns.iter().zip(signals).enumerate();
        let of = of.filter(|(_, (t, s))| {
            let hints = s.as_ref().map_or(&[][..], |s| &s.hints);
            fresh(t) && hints.iter().any(|(h, _)| *h == hint)
        });
        of.map(|(turn, _)| turn).collect()
    };
    let mut out = Vec::new();
    let mut say = |signal: Conduct, evidence: Vec<usize>, needed: usize| {
        // The signal stands until too little of its evidence is left: until the needed-th latest expires.
        let key = evidence
            .len()
            .checked_sub(needed)
            .and_then(|i| evidence.get(i));
        if let Some(t) = key.and_then(|turn| turns.get(*turn)) {
            let expires = Ms(t.at.0.saturating_add(EXPIRES));
            out.push(ConductSignal {
                signal,
                turns: evidence,
                expires,
            });
        }
    };
    let refusals = ours(|t| t.moves.refused_with_reason);
    if let Some(second) = refusals.get(1) {
        let again = theirs(Hint::BeyondRule);
        say(
            Conduct::BeyondRule,
            again.into_iter().filter(|t| t > second).collect(),
            1,
        );
    }
    say(Conduct::Goodwill, theirs(Hint::Goodwill), 3);
    let proved = ours(|t| t.moves.proved_notice);
    if let Some(first) = proved.first() {
        let disputes = theirs(Hint::Clause);
        say(
            Conduct::Clause,
            disputes.into_iter().filter(|t| t > first).collect(),
            2,
        );
    }
    let offers = ours(|t| t.moves.offered);
    let rejects = theirs(Hint::Rejects);
    let turned_down: Vec<usize> = rejects
        .into_iter()
        .filter(|turn| offers.iter().any(|o| o < turn))
        .collect();
    let wants = [theirs(Hint::Goodwill), theirs(Hint::Rank)].concat();
    let u4 = offers.len() >= 3 && turned_down.len() >= 3 && !wants.is_empty();
    if u4 {
        say(Conduct::Offers, turned_down, 3);
        say(Conduct::Pressure, theirs(Hint::Pressure), 1);
    }
    say(Conduct::Abuse, theirs(Hint::Abuse), 1);
    out.sort_by_key(|s| s.signal);
    out
}
