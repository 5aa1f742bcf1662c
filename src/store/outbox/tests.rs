#![allow(clippy::unwrap_used, reason = "tests")]
//! Cards of reviews in the outbox file: kept, replaced, let go, and taken over from a slot that nobody holds.

use uuid::Uuid;

use super::Outbox;
use crate::api::desk::{BegunCard, Draft};
use crate::domain::ids::{EventId, ReviewId, TicketId, UserId};
use crate::domain::policy::Policy;
use crate::domain::review::Why;
use crate::domain::scorecard::Marks;
use crate::store::files;

fn card(n: u128, note: &str) -> BegunCard {
    BegunCard {
        review: ReviewId(Uuid::from_u128(n)),
        ticket: TicketId(Uuid::from_u128(n)),
        source: EventId::default(),
        agent: UserId(Uuid::from_u128(7)),
        why: Why::Monthly,
        mode: "rate".to_owned(),
        marks: Marks::blank(&Policy::shipped().unwrap().card),
        second: true,
        note: note.to_owned(),
    }
}

#[test]
fn a_begun_card_is_kept_until_it_is_handed_in_and_moves_with_its_slot() {
    let dir = tempfile::tempdir().unwrap();
    let open = |name: &str| Outbox::new(files::open_outbox(&dir.path().join(name)).unwrap());
    let mut first = open("a.db");
    first.set_number("baseline", 5).unwrap();
    for card in [card(1, "半句"), card(1, "整句"), card(2, "")] {
        first.keep_card(card.review, Some(&card)).unwrap();
    }
    assert_eq!(first.cards().unwrap(), [card(1, "整句"), card(2, "")]);
    first.keep_card(card(2, "").review, None).unwrap();
    drop(first);
    let mut first = open("a.db");
    let mut second = open("b.db");
    let join = |_: Option<&Draft>, come: &Draft, _| come.clone();
    assert_eq!(second.absorb(&mut first, join).unwrap(), 1);
    assert_eq!(second.cards().unwrap(), [card(1, "整句")]);
    assert_eq!(first.cards().unwrap(), []);
    assert_eq!(
        first.number("baseline").unwrap(),
        Some(5),
        "nothing else went"
    );
}
