//! What the customer's words on a ticket let hear, gathered from the coach for the screen.

use std::ops::Range;

use super::advice::{Ask, Guess, Hearing, NeedState, Trend};
use crate::api::desk::{Entry, EntryKind};
use crate::coach::conversation::{self, Moves, Turn};
use crate::coach::{Coach, Reading};
use crate::domain::ids::EventId;

/// How many of the customer's latest messages are listened to, and marked.
const MESSAGES: usize = 6;
/// How many items are named when none is clear.
const UNSURE: usize = 3;

/// Listens to the customer's latest messages on this ticket.
pub(super) fn hear(coach: &Coach, ask: &Ask<'_>) -> Hearing {
    let theirs =
        |e: &&Entry| e.ticket == ask.row.ticket.id && matches!(e.kind, EntryKind::Customer { .. });
    let mut latest: Vec<&Entry> = ask.entries.iter().filter(theirs).collect();
    let spare = latest.len().saturating_sub(MESSAGES);
    latest.drain(..spare);
    let read = |e: &&Entry| (e.id, coach.read(e.text.as_str()));
    let readings: Vec<(EventId, Reading)> = latest.iter().map(read).collect();
    let Some((_, last)) = readings.last() else {
        return Hearing::default();
    };
    let whole: Vec<&str> = latest.iter().map(|e| e.text.as_str()).collect();
    let whole = whole.join("\n");
    let all = coach.read(&whole);
    let words = |r: &Range<usize>| whole.get(r.clone()).map(str::to_owned);
    let item = all.item.as_ref().map(|p| Guess {
        item: p.item.clone(),
        confidence: f32::from(p.confidence) / 100.0,
        evidence: p.evidence.iter().filter_map(words).collect(),
    });
    let unsure = if item.is_none() {
        all.ranked
            .iter()
            .take(UNSURE)
            .map(|p| p.item.clone())
            .collect()
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
    Hearing {
        emotion: last.emotion,
        heat: last.emotion * 30,
        trend: trend(&readings),
        need: None::<(String, NeedState)>,
        under: None,
        risks,
        conduct: Vec::new(),
        prompt: prompt(coach, ask),
        evidence: readings.iter().map(|(id, r)| (*id, evidence(r))).collect(),
        item,
        unsure,
    }
}

/// The soft question, when the customer's last words ask again or hesitate: once a contact (mission AN8).
fn prompt(coach: &Coach, ask: &Ask<'_>) -> Option<String> {
    let here = ask.entries.iter().filter(|e| e.ticket == ask.row.ticket.id);
    let turns: Vec<Turn<'_>> = here
        .filter_map(|e| {
            let text = e.text.as_str();
            match e.kind {
                EntryKind::Customer { .. } => Some(Turn::customer(e.at, 0, text)),
                EntryKind::Reply { .. } | EntryKind::Spoken => {
                    Some(Turn::ours(e.at, 0, text, Moves::default()))
                }
                _ => None,
            }
        })
        .collect();
    let cue = conversation::hear(coach.content(), &turns, ask.now).cue?;
    let lines = ask.entries.iter().flat_map(|e| e.lines.iter().cloned());
    let part = coach.soft_question(cue.kind.into(), &lines.collect(), ask.lang)?;
    Some(part.text)
}

/// Where the feeling goes from one message to the next.
fn trend(readings: &[(EventId, Reading)]) -> Trend {
    match readings {
        [.., (_, before), (_, last)] => match last.emotion.cmp(&before.emotion) {
            std::cmp::Ordering::Less => Trend::Falling,
            std::cmp::Ordering::Equal => Trend::Steady,
            std::cmp::Ordering::Greater => Trend::Rising,
        },
        _ => Trend::Unknown,
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
