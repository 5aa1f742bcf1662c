//! What the customer's words on a ticket let hear, gathered from the coach for the screen.

use std::ops::Range;

use super::advice::{Ask, Guess, Hearing, NeedState, Trend};
use crate::api::desk::{Entry, EntryKind};
use crate::coach::conversation::{self, Heard, Moves, NeedHeard, Turn};
use crate::coach::{Coach, Facts, Reading, read};
use crate::domain::ids::EventId;
use crate::domain::vocabulary::Act;

/// How many of the customer's latest messages are listened to, and marked.
const MESSAGES: usize = 6;
/// How many items are named when none is clear.
const UNSURE: usize = 3;

/// Listens to the customer's latest messages on this ticket, and to how the contact went.
pub(super) fn hear(coach: &Coach, ask: &Ask<'_>, facts: &Facts) -> Hearing {
    let here = |e: &&Entry| e.ticket == ask.row.ticket.id;
    let theirs = |e: &&Entry| matches!(e.kind, EntryKind::Customer { .. });
    let mut latest: Vec<&Entry> = ask.entries.iter().filter(here).filter(theirs).collect();
    let spare = latest.len().saturating_sub(MESSAGES);
    latest.drain(..spare);
    let reading = |text: &str| facts.reading_of(coach.content(), text);
    let read = |e: &&Entry| (e.id, reading(e.text.as_str()).into_owned());
    let readings: Vec<(EventId, Reading)> = latest.iter().map(read).collect();
    if readings.is_empty() {
        return Hearing::default();
    }
    let whole: Vec<&str> = latest.iter().map(|e| e.text.as_str()).collect();
    let whole = whole.join("\n");
    let all = reading(&whole);
    let words = |r: &Range<usize>| whole.get(r.clone()).map(str::to_owned);
    let item = all.item.as_ref().map(|p| Guess {
        item: p.item.clone(),
        confidence: f32::from(p.confidence) / 100.0,
        evidence: p.evidence.iter().filter_map(words).collect(),
    });
    let first = |n: usize| all.ranked.iter().take(n).map(|p| p.item.clone()).collect();
    let unsure = if item.is_none() {
        first(UNSURE)
    } else {
        Vec::new()
    };
    let mut risks: Vec<String> = Vec::new();
    for (risk, _) in &all.risks {
        let name = risk.as_str().to_owned();
        if !risks.contains(&name) {
            risks.push(name);
        }
    }
    let contact = contact(coach, ask, &readings);
    let last = contact.heats.last();
    let conduct = contact.conduct.iter().map(|c| c.signal.id().to_owned());
    Hearing {
        emotion: last.map_or(0, |h| h.emotion),
        heat: last.map_or(0, |h| h.heat),
        trend: trend(&contact),
        need: contact
            .needs
            .first()
            .map(|n| (n.need.clone(), state(n.state))),
        under: None,
        risks,
        conduct: conduct.collect(),
        prompt: contact.prompt.and_then(|p| {
            let lines = ask.entries.iter().flat_map(|e| e.lines.iter().cloned());
            let part = coach.soft_question(p.cue, &lines.collect(), ask.lang)?;
            Some(part.text)
        }),
        evidence: readings.iter().map(|(id, r)| (*id, evidence(r))).collect(),
        item,
        unsure,
    }
}

/// What the turns on this ticket say together: the feeling and where it goes, needs, conduct, one soft prompt (mission AN8).
fn contact(coach: &Coach, ask: &Ask<'_>, readings: &[(EventId, Reading)]) -> Heard {
    let here = ask.entries.iter().filter(|e| e.ticket == ask.row.ticket.id);
    let turns: Vec<Turn<'_>> = here
        .filter_map(|e| {
            let text = e.text.as_str();
            match e.kind {
                EntryKind::Customer { .. } => {
                    let mut turn = Turn::customer(e.at, 0, text);
                    let reading = readings.iter().find(|(id, _)| *id == e.id);
                    turn.need = reading
                        .and_then(|(_, r)| r.need.as_ref())
                        .map(|n| NeedHeard {
                            need: n.need,
                            stated: n.state == read::NeedState::Stated,
                        });
                    Some(turn)
                }
                EntryKind::Reply { .. } | EntryKind::Spoken => {
                    let acts = coach.acts_of(text, e.at, ask.policy.calendar.zone());
                    let moves = Moves {
                        refused_with_reason: acts.contains(&Act::DeclineReasoned),
                        offered: acts.contains(&Act::Option),
                        ..Moves::default()
                    };
                    Some(Turn::ours(e.at, 0, text, moves))
                }
                _ => None,
            }
        })
        .collect();
    conversation::hear(coach.content(), &turns, ask.now)
}

const fn state(of: conversation::NeedState) -> NeedState {
    match of {
        conversation::NeedState::Suspected => NeedState::Suspected,
        conversation::NeedState::Stated => NeedState::Stated,
        conversation::NeedState::Confirmed => NeedState::Confirmed,
    }
}

/// Where the feeling goes; one message alone tells nothing.
fn trend(contact: &Heard) -> Trend {
    match contact.trend {
        _ if contact.heats.len() < 2 => Trend::Unknown,
        conversation::Trend::Rising => Trend::Rising,
        conversation::Trend::Steady => Trend::Steady,
        conversation::Trend::Falling => Trend::Falling,
    }
}

/// Every word that gave something away, in the order of the text, none inside another.
fn evidence(reading: &Reading) -> Vec<Range<usize>> {
    let item = reading.item.iter().flat_map(|p| p.evidence.iter());
    let risks = reading.risks.iter().map(|(_, at)| at);
    let all = item.chain(&reading.feeling).chain(risks);
    let mut all: Vec<Range<usize>> = all.filter(|r| !r.is_empty()).cloned().collect();
    all.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in all {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_evidence_is_marked_once() {
        let reading = Reading {
            feeling: vec![0..6, 3..9, 20..23],
            ..Reading::default()
        };
        assert_eq!(evidence(&reading), [0..9, 20..23]);
    }
}
