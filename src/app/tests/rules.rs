//! Rules that speak while an agent writes: the key that puts words right, and the reason that lets a rule pass.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::fixture::*;
use crate::app::dialog::Ask;
use crate::app::state::Overlay;
use crate::domain::command::CommandBody;
use crate::domain::vocabulary::{Priority, Role};

fn text(desk: &Desk) -> String {
    desk.state.ticket.as_ref().unwrap().reply.text().to_owned()
}

fn asked(desk: &Desk) -> Option<&Ask> {
    match desk.state.overlays.last() {
        Some(Overlay::Dialog(d)) => Some(&d.ask),
        _ => None,
    }
}

#[test]
fn the_marks_stand_with_the_key_and_one_key_puts_the_words_right() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("我百分之百办好");
    assert_eq!(desk.state.ticket.as_ref().unwrap().coach.marks.len(), 1);
    desk.keys("Ctrl-P");
    assert_eq!(text(&desk), "我尽力办好");
    assert!(desk.state.ticket.as_ref().unwrap().coach.marks.is_empty());
    assert_eq!(desk.told(), "notice-fixed");
    desk.keys("Ctrl-P");
    assert_eq!(desk.told(), "notice-nothing-to-fix");
    desk.keys("Ctrl-Z Ctrl-Z");
    assert_eq!(text(&desk), "我百分之百办好");
}

#[test]
fn a_rule_that_blocks_passes_for_a_reason_and_the_reason_goes_along() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("我回头给您办");
    assert!(
        submitted(&desk.keys("Ctrl-S"))
            .iter()
            .all(|b| !matches!(b, CommandBody::Reply { .. }))
    );
    assert_eq!(
        asked(&desk),
        Some(&Ask::Override {
            rule: "CMT-01".into()
        })
    );
    // Nothing typed and Esc: the words stay and nothing leaves.
    desk.keys("Esc Ctrl-S");
    desk.types("客户在门口等");
    let sent = submitted(&desk.keys("Enter"));
    let Some(CommandBody::Reply { overrides, .. }) = sent.first() else {
        panic!("not sent: {sent:?}");
    };
    assert_eq!(overrides.len(), 1);
    assert_eq!(overrides[0].rule, "CMT-01");
    assert_eq!(overrides[0].reason.expose(), "客户在门口等");
    assert!(
        desk.state
            .ticket
            .as_ref()
            .unwrap()
            .coach
            .overrides
            .is_empty()
    );
}

#[test]
fn what_nobody_may_pass_is_said_before_a_reason_is_asked_for() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("我回头百分之百办");
    desk.keys("Ctrl-S");
    assert_eq!((asked(&desk), desk.told()), (None, "notice-blocked"));
}

#[test]
fn what_needs_a_lead_passes_for_a_lead_only() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("下月给您办");
    desk.keys("Ctrl-S");
    assert_eq!((asked(&desk), desk.told()), (None, "notice-blocked-lead"));
    let mut lead = Desk::at_ticket(Role::Lead);
    lead.keys("i");
    lead.types("下月给您办");
    lead.keys("Ctrl-S");
    let sent = submitted(&lead.keys("Enter"));
    let with =
        |b: &CommandBody| matches!(b, CommandBody::Reply { overrides, .. } if overrides.len() == 1);
    assert!(sent.iter().any(with), "{sent:?}");
}

#[test]
fn where_somebody_may_be_in_danger_the_key_takes_the_severe_route() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("烫伤先冲凉水");
    let before = text(&desk);
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    let sent = submitted(&desk.keys("Ctrl-P"));
    assert!(
        matches!(
            sent.as_slice(),
            [
                CommandBody::SetPriority { priority: Priority::Urgent, .. },
                CommandBody::Tag { add, .. }
            ] if *add == ["safety"]
        ),
        "{sent:?}"
    );
    assert_eq!((text(&desk), desk.told()), (before, "notice-severe-route"));
}
