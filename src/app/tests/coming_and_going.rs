//! Coming to work, leaving, and what is said in between: duty, quitting, silenced rules, orders given too early.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::fixture::*;
use crate::api::desk::*;
use crate::app::Effect;
use crate::app::advice::{Mark, MarkSeverity};
use crate::app::checking;
use crate::app::dialog::Ask;
use crate::app::event::{Event, Timer};
use crate::app::state::{IntakeField, Overlay, Pane};
use crate::domain::command::CommandBody;
use crate::domain::ids::{CommandId, CustomerId};
use crate::domain::vocabulary::{Duty, Role};
use crate::text::SafeText;

#[test]
fn quitting_asks_once_while_something_waits() {
    let mut desk = Desk::new(Role::Agent);
    desk.state.seat.as_mut().unwrap().user.duty = Duty::Off;
    assert_eq!(desk.keys("Ctrl-Q").last(), Some(&Effect::Quit));
    let mut desk = Desk::new(Role::Agent);
    let link = LinkInfo {
        waiting: 2,
        ..LinkInfo::default()
    };
    desk.answer(DeskAnswer::Link(link));
    assert!(!desk.keys("Ctrl-Q").contains(&Effect::Quit));
    assert!(desk.keys("Ctrl-Q").contains(&Effect::Quit));
    let mut desk = Desk::new(Role::Agent);
    desk.keys("F2");
    assert!(
        !desk.keys("Ctrl-Q Esc Ctrl-C").contains(&Effect::Quit),
        "a live call, and Ctrl-C never"
    );
}

#[test]
fn who_opens_the_console_is_ready_and_may_sign_off_with_the_last_key() {
    let mut desk = Desk::new(Role::Agent);
    desk.state.seat = None;
    let mut off = seat(Role::Agent);
    off.user.duty = Duty::Off;
    let fx = desk.answer(DeskAnswer::Seat(Box::new(off.clone())));
    let ready = CommandBody::SetDuty { duty: Duty::Ready };
    assert_eq!(submitted(&fx), [ready]);
    // Who was sent away by somebody else afterwards is not called back.
    let fx = desk.answer(DeskAnswer::Seat(Box::new(off)));
    assert!(submitted(&fx).is_empty());

    let mut desk = Desk::new(Role::Agent);
    let link = LinkInfo {
        state: LinkState::Online,
        ..LinkInfo::default()
    };
    desk.answer(DeskAnswer::Link(link.clone()));
    let fx = desk.keys("Ctrl-Q");
    assert_eq!(submitted(&fx), [CommandBody::SetDuty { duty: Duty::Off }]);
    assert!(!fx.contains(&Effect::Quit), "the server is told first");
    let id: CommandId = desk.state.signing_off.unwrap();
    let fx = desk.answer(DeskAnswer::Confirmed { id });
    assert_eq!(fx.last(), Some(&Effect::Quit));
    let mut slow = Desk::new(Role::Agent);
    slow.answer(DeskAnswer::Link(link.clone()));
    slow.keys("Ctrl-Q");
    assert_eq!(
        slow.event(Event::Timer(Timer::Quit)).last(),
        Some(&Effect::Quit)
    );
    let mut offline = Desk::new(Role::Agent);
    assert_eq!(offline.keys("Ctrl-Q").last(), Some(&Effect::Quit));
}

#[test]
fn a_line_ordered_before_the_conversation_is_here_goes_in_when_it_is() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Enter F5");
    assert!(desk.state.ticket.as_ref().unwrap().reply.is_blank());
    desk.show(conversation(row(1), vec![customer_entry(10, "退款没到")]));
    let t = desk.state.ticket.as_ref().unwrap();
    assert!(t.reply.text().contains(LINE[0]));
    assert_eq!(t.pane, Pane::Compose);
    desk.show(conversation(
        row(1),
        vec![customer_entry(10, "退款没到"), customer_entry(11, "在吗")],
    ));
    let text = desk.state.ticket.as_ref().unwrap().reply.text();
    assert_eq!(text.matches(LINE[0]).count(), 1, "once");
}

#[test]
fn a_silenced_rule_stays_silent_on_its_ticket_and_a_blocking_one_cannot_be() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i 您");
    let mark = |severity| Mark {
        rule: "CMT-01".into(),
        severity,
        span: 0..3,
        fix: None,
        override_by: crate::app::advice::OverrideBy::Nobody,
    };
    desk.state.ticket.as_mut().unwrap().coach.marks = vec![mark(MarkSeverity::Block)];
    desk.keys("Ctrl-X");
    assert!(desk.state.silenced.is_empty());
    desk.state.ticket.as_mut().unwrap().coach.marks = vec![mark(MarkSeverity::Warn)];
    desk.keys("Ctrl-X");
    assert!(checking::loud(desk.state.ticket.as_ref().unwrap()).is_none());
    desk.keys("Esc Esc Down Enter");
    assert!(
        desk.state.ticket.as_ref().unwrap().coach.silent.is_empty(),
        "another ticket"
    );
    desk.keys("Esc Up Enter");
    assert_eq!(desk.state.ticket.as_ref().unwrap().coach.silent, ["CMT-01"]);
}

#[test]
fn of_several_owners_of_a_number_one_is_chosen() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("F2 Tab");
    let generation = desk.state.intake.as_ref().unwrap().generation;
    let caller = |n: u128, name: &str| Caller {
        customer: CustomerId(id(n)),
        name: SafeText::clean_line(name),
        open: vec![row(n)],
    };
    let callers = vec![caller(1, "王先生"), caller(2, "王太太")];
    desk.answer(DeskAnswer::Callers {
        generation,
        callers,
    });
    assert_eq!(desk.state.intake.as_ref().unwrap().caller, None);
    desk.keys("Enter");
    assert!(
        matches!(desk.state.overlays.last(), Some(Overlay::Dialog(d)) if d.ask == Ask::IntakeCaller)
    );
    desk.keys("Down Enter");
    let intake = desk.state.intake.as_ref().unwrap();
    assert_eq!(intake.caller, Some(CustomerId(id(2))));
    assert_eq!(intake.open_tickets().count(), 1);
    assert_eq!(intake.field, IntakeField::Text);
}

#[test]
fn without_a_line_a_reply_is_told_to_wait_and_not_to_be_on_its_way() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.state.link.state = crate::api::desk::LinkState::Offline {
        since: crate::domain::time::Ms(0),
    };
    desk.keys("F5 Ctrl-S");
    assert_eq!(desk.told(), "notice-sent-waits");
}
