//! What a role may see of personal values: in clear, or masked for those who only train with them.

use super::auth::Caller;
use crate::api::wire::{Outcome, SnapshotEntry};
use crate::domain::event::{Event, Payload};
use crate::domain::fold::Head;
use crate::domain::line::PlaybookLine;
use crate::domain::review::Review;
use crate::domain::vocabulary::IdentityKind;
use crate::text::mask::{mask_email, mask_name, mask_phone, mask_tail4};
use crate::text::{RawText, mask_free};

/// A text as this caller may see it.
pub(super) fn text(caller: &Caller, text: RawText) -> RawText {
    if caller.clear() {
        text
    } else {
        RawText::new(mask_free(text.expose()))
    }
}

/// A name as this caller may see it.
pub(super) fn name(caller: &Caller, name: RawText) -> RawText {
    if caller.clear() {
        name
    } else {
        RawText::new(mask_name(name.expose()))
    }
}

/// Personal values as this caller may see them.
pub(super) fn payload(caller: &Caller, mut payload: Payload) -> Payload {
    if caller.clear() {
        return payload;
    }
    payload.text = payload.text.map(|t| text(caller, t));
    payload.name = payload.name.map(|n| name(caller, n));
    for identity in &mut payload.identities {
        let value = identity.value.expose();
        let masked = match identity.kind {
            IdentityKind::Phone => mask_phone(value),
            IdentityKind::Mail => mask_email(value),
            IdentityKind::Account => mask_tail4(value),
        };
        identity.value = RawText::new(masked);
    }
    for attachment in &mut payload.attachments {
        attachment.name = RawText::new(mask_free(attachment.name.expose()));
        // The file itself cannot be masked: where it stands is not told.
        attachment.reference = RawText::new("***");
    }
    payload
}

/// An event as this caller may see it.
pub(super) fn event(caller: &Caller, mut event: Event) -> Event {
    event.payload = event.payload.map(|p| payload(caller, p));
    event
}

/// Events as this caller may see them.
pub(super) fn events(caller: &Caller, events: Vec<Event>) -> Vec<Event> {
    events.into_iter().map(|e| event(caller, e)).collect()
}

/// An entry as this caller may see it.
pub(super) fn entry(caller: &Caller, mut entry: SnapshotEntry) -> SnapshotEntry {
    entry.events = events(caller, entry.events);
    entry.personal = entry.personal.map(|p| payload(caller, p));
    entry.excerpt = entry.excerpt.map(|t| text(caller, t));
    entry
}

/// An answer as this caller may see it.
pub(super) fn outcome(caller: &Caller, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Accepted { events: told } => Outcome::Accepted {
            events: events(caller, told),
        },
        Outcome::Conflict { with } => Outcome::Conflict {
            with: events(caller, with),
        },
        refused @ Outcome::Refused { .. } => refused,
    }
}

/// Whether this caller follows a proposed line from its first word: its author and those who decide.
pub(super) fn whole_line(caller: &Caller, line: &PlaybookLine) -> bool {
    caller.user.role.leads() || line.author == Some(caller.user.id)
}

/// A line as this caller may see it: others than its author and the leads see it once it was approved, without the words that
/// went between those two, and never from which ticket it came.
pub(super) fn line(caller: &Caller, mut line: PlaybookLine) -> Option<PlaybookLine> {
    if whole_line(caller, &line) {
        return Some(line);
    }
    if line.revision == 0 {
        return None;
    }
    line.word = RawText::default();
    line.ticket = None;
    line.source = None;
    Some(line)
}

/// A review as this caller may see it, with those of its events whose words they may read: who rates sees it, without the marks and
/// the note of the other while a rater is still to come; the agent whose words they are sees it once it is told; nobody else. Words are not masked here.
pub(super) fn review(
    caller: &Caller,
    review: Review,
    mut told: Vec<Event>,
) -> Option<SnapshotEntry> {
    let me = caller.user.id;
    let mine = review.agent == me;
    if mine && review.outcome().is_none() || !mine && !caller.user.role.rates() {
        return None;
    }
    if !review.complete() {
        told.retain(|e| e.actor.user() == Some(me));
    }
    // Head and events were read one after the other: what came in between follows in the feed.
    told.retain(|e| e.version <= review.version);
    Some(SnapshotEntry {
        head: Head::Review(Box::new(review.blind(me))),
        events: told,
        personal: None,
        excerpt: None,
    })
}
