//! Reading a whole contact or history: how the feeling goes, which need is stated, suspected or confirmed, what was demanded,
//! how often it was raised, what conduct adds up to, and the one moment for a soft prompt.
//!
//! Turns come in with what is already known of them (acts of ours, needs of the reader); time comes with them. Nothing here is
//! ever shown to routing, clocks, tiers or limits (method 3.12): it helps a person to choose words, and expires.
//!
//! Not here: reading one message (`read`, `signals`), the wording of the prompt (`propose`), storing anything.

mod conduct;
mod cue;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::domain::time::Ms;

use super::content::Content;
use super::read;
use super::signals::{Hint, Risk, Signals};

pub use conduct::{Conduct, ConductSignal, EXPIRES};
pub use cue::Prompt;

/// Who speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// The customer.
    Customer,
    /// One of us.
    Us,
}

/// What a turn of ours did. All facts that the caller has from acts and events; words are not read for them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moves<'a> {
    /// It declined something and said why.
    pub refused_with_reason: bool,
    /// It made an offer with a reason.
    pub offered: bool,
    /// It sent or showed proof of the notice that the customer disputes.
    pub proved_notice: bool,
    /// It asked after this need, or said it back in own words.
    pub asked_need: Option<&'a str>,
}

/// A need as the reader or an event knows it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NeedHeard<'a> {
    /// The need's name.
    pub need: &'a str,
    /// Whether the customer's own words ask for it; otherwise it is suspected.
    pub stated: bool,
}

/// One turn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn<'a> {
    /// Who speaks.
    pub who: Speaker,
    /// When.
    pub at: Ms,
    /// Which contact it belongs to; contacts of one customer are counted upwards.
    pub contact: u32,
    /// The words.
    pub text: &'a str,
    /// What a turn of ours did.
    pub moves: Moves<'a>,
    /// What the reader heard of needs in a turn of the customer.
    pub need: Option<NeedHeard<'a>>,
    /// The need that an event says is confirmed (the agent noted it).
    pub confirmed: Option<&'a str>,
}

impl<'a> Turn<'a> {
    /// Words of the customer.
    #[must_use]
    pub fn customer(at: Ms, contact: u32, text: &'a str) -> Self {
        Self {
            who: Speaker::Customer,
            at,
            contact,
            text,
            moves: Moves::default(),
            need: None,
            confirmed: None,
        }
    }

    /// Words of ours.
    #[must_use]
    pub fn ours(at: Ms, contact: u32, text: &'a str, moves: Moves<'a>) -> Self {
        Self {
            who: Speaker::Us,
            moves,
            ..Self::customer(at, contact, text)
        }
    }
}

/// How the feeling goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Trend {
    /// Growing hotter.
    Rising,
    /// Neither.
    #[default]
    Steady,
    /// Cooling.
    Falling,
}

/// The feeling in one turn of the customer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Heat {
    /// Place of the turn in what was read.
    pub turn: usize,
    /// When.
    pub at: Ms,
    /// 0 to 100.
    pub heat: u8,
    /// 0 to 3.
    pub emotion: u8,
}

/// The state of a need.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NeedState {
    /// The reader suspects it.
    Suspected,
    /// The customer's words ask for it.
    Stated,
    /// The customer affirmed it when asked, or an event says so.
    Confirmed,
}

/// A need over the conversation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    /// Its name.
    pub need: String,
    /// How it is known. A need that was denied when asked is not in the list.
    pub state: NeedState,
    /// The turn that says so.
    pub turn: usize,
}

/// What the conversation lets hear.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Heard {
    /// The feeling turn by turn.
    pub heats: Vec<Heat>,
    /// Where it goes in the last contact.
    pub trend: Trend,
    /// Needs, the surest first, then the latest.
    pub needs: Vec<Need>,
    /// What was demanded, each with its turns, in the order of [`Hint`].
    pub demands: Vec<(Hint, Vec<usize>)>,
    /// How many contacts there were.
    pub contacts: usize,
    /// How many of them the customer says, or the count shows, were not the first.
    pub repeats: usize,
    /// What conduct adds up to at `now`.
    pub conduct: Vec<ConductSignal>,
    /// The one soft prompt of the last contact, when the last turn gives cause and none was given before.
    pub prompt: Option<Prompt>,
}

/// Change in heat between the halves of a contact that counts as a trend.
const TURN: i32 = 12;

/// Hears a history, oldest turn first, as of `now`.
#[must_use]
pub fn hear(content: &Content, turns: &[Turn<'_>], now: Ms) -> Heard {
    let signals: Vec<Option<Signals>> = turns
        .iter()
        .map(|t| (t.who == Speaker::Customer).then(|| read::signals_of(content, t.text)))
        .collect();
    let heats: Vec<Heat> = signals
        .iter()
        .enumerate()
        .filter_map(|(turn, s)| {
            let (s, t) = (s.as_ref()?, turns.get(turn)?);
            Some(Heat {
                turn,
                at: t.at,
                heat: s.heat,
                emotion: s.emotion,
            })
        })
        .collect();
    let last = turns.last().map(|t| t.contact);
    let of_last: Vec<u8> = heats
        .iter()
        .filter(|h| turns.get(h.turn).map(|t| t.contact) == last)
        .map(|h| h.heat)
        .collect();
    let contacts: BTreeSet<u32> = turns.iter().map(|t| t.contact).collect();
    let says_again: BTreeSet<u32> = turns
        .iter()
        .zip(&signals)
        .filter(|(_, s)| s.as_ref().is_some_and(|s| s.has(Risk::Repeat)))
        .map(|(t, _)| t.contact)
        .collect();
    let later = contacts.iter().skip(1).copied();
    let repeats: BTreeSet<u32> = says_again.into_iter().chain(later).collect();
    Heard {
        trend: trend(&of_last),
        heats,
        needs: needs(content, turns),
        demands: demands(&signals),
        contacts: contacts.len(),
        repeats: repeats.len(),
        conduct: conduct::signals(turns, &signals, now),
        prompt: cue::cue(content, turns),
    }
}

/// Whether the later half is hotter or cooler than the earlier one. Two turns are the least.
fn trend(heats: &[u8]) -> Trend {
    let half = heats.len() / 2;
    if half == 0 {
        return Trend::Steady;
    }
    let mean = |part: &[u8]| -> i32 {
        let sum: i32 = part.iter().map(|h| i32::from(*h)).sum();
        sum / i32::try_from(part.len().max(1)).unwrap_or(1)
    };
    let (early, late) = (mean(&heats[..half]), mean(&heats[heats.len() - half..]));
    match late - early {
        d if d >= TURN => Trend::Rising,
        d if d <= -TURN => Trend::Falling,
        _ => Trend::Steady,
    }
}

fn demands(signals: &[Option<Signals>]) -> Vec<(Hint, Vec<usize>)> {
    let mut out = Vec::new();
    for hint in [Hint::BeyondRule, Hint::Goodwill, Hint::Rank] {
        let of = signals.iter().enumerate().filter(|(_, s)| {
            let hints = s.as_ref().map_or(&[][..], |s| &s.hints);
            hints.iter().any(|(h, _)| *h == hint)
        });
        let turns: Vec<usize> = of.map(|(turn, _)| turn).collect();
        if !turns.is_empty() {
            out.push((hint, turns));
        }
    }
    out
}

/// Needs with their state. Only an affirmation right after our question, or an event, confirms; a denial takes the need off.
fn needs(content: &Content, turns: &[Turn<'_>]) -> Vec<Need> {
    let mut out: Vec<Need> = Vec::new();
    let mut asked: Option<&str> = None;
    for (turn, t) in turns.iter().enumerate() {
        let mut know = |need: &str, state: NeedState| match out.iter_mut().find(|n| n.need == need)
        {
            Some(known) if known.state < state => (known.state, known.turn) = (state, turn),
            Some(_) => {}
            None => out.push(Need {
                need: need.to_owned(),
                state,
                turn,
            }),
        };
        if let Some(need) = t.confirmed {
            know(need, NeedState::Confirmed);
        }
        match t.who {
            Speaker::Us => asked = t.moves.asked_need.or(asked),
            Speaker::Customer => {
                if let Some(heard) = t.need {
                    let stated = if heard.stated {
                        NeedState::Stated
                    } else {
                        NeedState::Suspected
                    };
                    know(heard.need, stated);
                }
                if let Some(need) = asked.take() {
                    match cue::answer(content, t.text) {
                        Some(true) => know(need, NeedState::Confirmed),
                        Some(false) => {
                            out.retain(|n| n.need != need || n.state == NeedState::Confirmed)
                        }
                        None => {}
                    }
                }
            }
        }
    }
    out.sort_by_key(|n| (std::cmp::Reverse(n.state), std::cmp::Reverse(n.turn)));
    out
}
