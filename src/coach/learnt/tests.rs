#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::domain::ids::EventId;
use crate::domain::vocabulary::{Channel, ReopenReason};

fn replied(lines: &[&str]) -> TicketEvent {
    TicketEvent::Replied {
        channel: Channel::Chat,
        acts: Vec::new(),
        lines: lines.iter().map(|l| (*l).to_owned()).collect(),
        origin: None,
    }
}

fn wrote() -> TicketEvent {
    TicketEvent::CustomerMessage {
        channel: Channel::Chat,
        origin: None,
        attachments: 0,
    }
}

fn closed(reason: CloseReason) -> TicketEvent {
    TicketEvent::Closed { reason }
}

fn reopened() -> TicketEvent {
    TicketEvent::Reopened {
        reason: ReopenReason::CustomerReturned,
    }
}

/// Folds a day of one ticket: what happened, and the feeling of the customer's words in it.
fn day(events: &[(TicketEvent, u8)]) -> BTreeMap<String, Tries> {
    let mut following = Following::default();
    let mut tries: BTreeMap<String, Tries> = BTreeMap::new();
    let mut last = 0;
    for (event, feeling) in events {
        for (line, came) in following.apply(event, || last, || *feeling) {
            count(tries.entry(line).or_default(), came);
        }
        if matches!(event, TicketEvent::CustomerMessage { .. }) {
            last = *feeling;
        }
    }
    tries
}

const fn t(said: u32, well: u32) -> Tries {
    Tries { said, well }
}

#[test]
fn calmer_words_speak_for_a_line_and_hotter_ones_against_it() {
    let tries = day(&[
        (wrote(), 3),
        (replied(&["a/empathize/1@1"]), 0),
        (wrote(), 1),
        (replied(&["a/empathize/2@1", "a/commit/1@1"]), 0),
        (wrote(), 2),
        (wrote(), 0),
    ]);
    assert_eq!(tries["a/empathize/1@1"], t(1, 1));
    assert_eq!(tries["a/empathize/2@1"], t(1, 0));
    assert_eq!(tries["a/commit/1@1"], t(1, 0));
    // Who was calm and stays calm was not harmed.
    let calm = day(&[(wrote(), 0), (replied(&["x@1"]), 0), (wrote(), 0)]);
    assert_eq!(calm["x@1"], t(1, 1));
}

#[test]
fn a_closing_counts_until_it_does_not_hold() {
    let tries = day(&[
        (wrote(), 2),
        (replied(&["x@1"]), 0),
        (closed(CloseReason::Solved), 0),
    ]);
    assert_eq!(tries["x@1"], t(1, 1));
    let tries = day(&[
        (wrote(), 2),
        (replied(&["x@1"]), 0),
        (closed(CloseReason::Solved), 0),
        (reopened(), 0),
        (wrote(), 3),
    ]);
    assert_eq!(tries["x@1"], t(1, 0), "said once, and it did not hold");
}

#[test]
fn replies_without_lines_follow_nothing() {
    let mut following = Following::default();
    let asked = |_: &str| -> u8 { unreachable!("nobody reads words for nothing") };
    following.apply(&replied(&[]), || asked("before"), || asked("now"));
    following.apply(&wrote(), || asked("before"), || asked("now"));
    assert!(following.is_empty());
    let mut full = Following::default();
    let many: Vec<String> = (0..100).map(|n| format!("l{n}@1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    full.apply(&replied(&many), || 1, || 0);
    assert_eq!(full.apply(&wrote(), || 0, || 0).len(), MOST_OPEN);
    assert!(full.is_empty());
}

#[test]
fn only_lines_in_force_are_proposed() {
    use crate::domain::ids::{LineId, UserId};
    use crate::domain::time::Ms;
    use crate::domain::vocabulary::LineState;
    let mut line = PlaybookLine {
        id: LineId::default(),
        author: Some(UserId::default()),
        part: PartKind::Empathize,
        item: "A1".into(),
        lang: Lang::Zh,
        feeling: 2,
        text: "站了这么久，够受的。".into(),
        ticket: None,
        source: Some(EventId::default()),
        state: LineState::Proposed,
        revision: 0,
        word: Default::default(),
        decided_by: None,
        proposed_at: Ms(0),
        decided_at: None,
        version: 1,
        position: 1,
    };
    assert!(GrownLine::of(&line).is_none());
    (line.state, line.revision) = (LineState::Approved, 2);
    let grown = GrownLine::of(&line).unwrap();
    assert_eq!(format!("{}@{}", grown.id, grown.version), line.name());
    assert_eq!(grown.band, Some(Band::Angry));
    line.state = LineState::Retired;
    assert!(Learnt::new([&line], BTreeMap::new()).grown.is_empty());
}
