//! What was being read stays in place; the end is followed only while it is in sight.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::app::tests::fixture::{customer_entry, entry_at};

fn entries(n: u64) -> Vec<Entry> {
    (1..=n)
        .map(|i| customer_entry(i, "退款一直没有到账，请尽快处理"))
        .collect()
}

#[test]
fn new_entries_are_followed_at_the_end_and_leave_a_reader_alone() {
    let mut t = Timeline::new();
    t.fit(&entries(10), 20, 5);
    assert_eq!(t.below(), 0);
    t.fit(&entries(11), 20, 5);
    assert_eq!(t.below(), 0, "followed");
    t.scroll(-7);
    let seen = t.visible()[0].clone();
    t.fit(&entries(15), 20, 5);
    assert_eq!(t.visible()[0], seen, "not moved");
    t.to_last();
    assert_eq!(t.below(), 0);
}

#[test]
fn older_entries_put_in_front_do_not_move_what_is_read() {
    let mut t = Timeline::new();
    let all = entries(12);
    t.fit(&all[6..], 20, 4);
    t.scroll(-5);
    let seen = all[6 + t.visible()[0].entry].id;
    t.fit(&all, 20, 4);
    assert_eq!(all[t.visible()[0].entry].id, seen);
}

#[test]
fn a_text_emptied_on_request_is_wrapped_anew() {
    let mut t = Timeline::new();
    let mut all = entries(2);
    t.fit(&all, 10, 10);
    all[0] = customer_entry(1, "");
    t.fit(&all, 10, 10);
    assert!(
        t.rows()
            .iter()
            .all(|r| r.entry != 0 || !matches!(r.part, Part::Text(_)))
    );
}

#[test]
fn contacts_are_jumped_to_and_happenings_are_not() {
    let mut all = entries(3);
    all.insert(1, entry_at(9, EntryKind::Note, "备注"));
    let mut t = Timeline::new();
    t.fit(&all, 20, 3);
    t.to_first();
    t.contact(true);
    assert_eq!(t.visible()[0].entry, 2);
    t.contact(false);
    assert_eq!(t.visible()[0].entry, 0);
}
