//! Rules that speak while an agent writes: the key that puts words right, and the reason that lets a rule pass.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::fixture::*;
use crate::api::desk::*;
use crate::app::Effect;
use crate::app::dialog::Ask;
use crate::app::state::Overlay;
use crate::domain::command::{Command, CommandBody};
use crate::domain::decide::Rule;
use crate::domain::ids::{CommandId, EventId, PromiseId};
use crate::domain::ticket::Promise;
use crate::domain::vocabulary::{Channel, Deed, Priority, PromiseState, Role};
use crate::text::SafeText;

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

fn reply(sent: &[CommandBody]) -> (usize, Vec<(String, String)>) {
    let Some(CommandBody::Reply {
        promises,
        overrides,
        ..
    }) = sent.last()
    else {
        panic!("not sent: {sent:?}");
    };
    let given =
        |o: &crate::domain::command::Override| (o.rule.clone(), o.reason.expose().to_owned());
    (promises.len(), overrides.iter().map(given).collect())
}

#[test]
fn one_key_says_that_a_time_is_no_promise_and_the_same_key_that_it_is() {
    let reason = ("CMT-11".to_owned(), "not_a_promise".to_owned());
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("我18点前给您回电");
    desk.keys("Shift-F7");
    assert_eq!(desk.told(), "notice-not-a-promise");
    assert_eq!(
        reply(&submitted(&desk.keys("Ctrl-S"))),
        (0, vec![reason.clone()])
    );
    assert!(desk.state.ticket.as_ref().unwrap().coach.denied.is_empty());

    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("我18点前给您回电");
    desk.keys("Shift-F7 Shift-F7");
    assert_eq!(desk.told(), "notice-promise-again");
    assert_eq!(reply(&submitted(&desk.keys("Ctrl-S"))), (1, vec![]));

    // A time in a line of the playbook: the line stays, its promise goes.
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("F5 Shift-F7");
    let sent = submitted(&desk.keys("Ctrl-S"));
    assert_eq!(reply(&sent), (0, vec![reason]));
    assert!(matches!(sent.last(), Some(CommandBody::Reply { lines, .. }) if lines.len() == 4));

    // The words went: so did what was said of them.
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("18点前");
    desk.keys("Shift-F7 Ctrl-U");
    desk.types("您好");
    let coach = &desk.state.ticket.as_ref().unwrap().coach;
    assert!(coach.denied.is_empty() && coach.overrides.is_empty());
    desk.keys("Shift-F7");
    assert_eq!(desk.told(), "notice-no-promise-here");
}

#[test]
fn a_promise_that_is_open_already_is_not_made_again() {
    let mut held = ticket(1, Channel::Chat);
    let promise = |due| Promise {
        id: PromiseId(id(77)),
        deed: Deed::Callback,
        due,
        by: None,
        made_at: NOW,
        source: None,
        made: EventId::default(),
        state: PromiseState::Open,
        settled_at: None,
    };
    held.promises = vec![promise(NOW.plus_minutes(220))];
    for (words, n) in [("", 0), ("我18点前给您回电", 0)] {
        let mut desk = Desk::new(Role::Agent);
        desk.keys("Enter");
        desk.show(conversation(
            row_of(held.clone()),
            vec![customer_entry(10, "在吗")],
        ));
        desk.keys(if words.is_empty() { "F5" } else { "i" });
        desk.types(words);
        assert_eq!(reply(&submitted(&desk.keys("Ctrl-S"))).0, n, "{words}");
    }
    // Another time, or a promise that was kept: it is made.
    held.promises = vec![promise(NOW.plus_minutes(100))];
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Enter");
    desk.show(conversation(row_of(held), vec![customer_entry(10, "在吗")]));
    desk.keys("F5");
    assert_eq!(reply(&submitted(&desk.keys("Ctrl-S"))).0, 1);
}

#[test]
fn rules_that_could_not_look_are_folded_until_asked_for() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("Shift-F8");
    let unfolded = |desk: &Desk| desk.state.ticket.as_ref().unwrap().coach.unfolded;
    assert!(unfolded(&desk));
    desk.keys("Shift-F8");
    assert!(!unfolded(&desk));
}

fn put_down(sent: &[CommandBody]) -> Vec<(String, String)> {
    let Some(CommandBody::Close { overrides, .. } | CommandBody::Snooze { overrides, .. }) =
        sent.last()
    else {
        panic!("not put down: {sent:?}");
    };
    let given =
        |o: &crate::domain::command::Override| (o.rule.clone(), o.reason.expose().to_owned());
    overrides.iter().map(given).collect()
}

fn asks_why(desk: &Desk) -> bool {
    matches!(asked(desk), Some(Ask::PutDown(p)) if p.rules == ["CMT-02"])
}

#[test]
fn an_open_issue_is_put_down_for_a_reason_only() {
    let open = || {
        let mut desk = Desk::new(Role::Agent);
        desk.keys("Enter");
        desk.show(conversation(row(1), vec![customer_entry(10, "这事还没完")]));
        desk
    };
    let mut desk = open();
    desk.keys("Ctrl-W 1");
    assert!(submitted(&desk.keys("1")).is_empty());
    assert!(asks_why(&desk), "{:?}", asked(&desk));
    desk.types("客户去外地了");
    let sent = submitted(&desk.keys("Enter"));
    assert_eq!(
        put_down(&sent),
        [("CMT-02".to_owned(), "客户去外地了".to_owned())]
    );
    assert_eq!(desk.told(), "notice-closed");

    let mut desk = open();
    assert!(submitted(&desk.keys("z Enter")).is_empty());
    assert!(asks_why(&desk), "{:?}", asked(&desk));
    let sent = submitted(&desk.keys("Esc"));
    assert!(sent.is_empty() && asked(&desk).is_none(), "it stays");
    desk.keys("z Enter");
    let sent = submitted(&desk.keys("Enter"));
    assert_eq!(
        put_down(&sent),
        [("CMT-02".to_owned(), "customer_asked".to_owned())]
    );
    assert_eq!(desk.told(), "notice-snoozed");
}

#[test]
fn what_the_store_refuses_to_put_down_is_asked_for_as_well() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("z");
    let fx = desk.keys("Enter");
    assert_eq!(put_down(&submitted(&fx)), []);
    let ids = fx.iter().find_map(|e| match e {
        Effect::Desk(DeskRequest::Submit { ids, .. }) => Some(ids.clone()),
        _ => None,
    });
    let cause = ReturnCause::Refused {
        rule: Rule::Blocked,
        detail: vec!["CMT-02".to_owned()],
    };
    let id = ids.unwrap()[0];
    desk.answer(DeskAnswer::RefusedHere { id, cause });
    assert!(asks_why(&desk), "{:?} {}", asked(&desk), desk.told());
    let fx = desk.keys("Enter");
    assert_eq!(put_down(&submitted(&fx)).len(), 1);
}

#[test]
fn what_the_server_refused_to_put_down_goes_out_again_with_a_reason() {
    let mut desk = Desk::at_ticket(Role::Agent);
    let body = CommandBody::Snooze {
        ticket: ticket_id(1),
        until: NOW.plus_minutes(60),
        overrides: Vec::new(),
    };
    let command = Command {
        id: CommandId(id(42)),
        at: NOW,
        base: vec![],
        after: None,
        body,
    };
    let item = Returned {
        command: std::sync::Arc::new(command),
        cause: ReturnCause::Refused {
            rule: Rule::Blocked,
            detail: vec!["CMT-02".to_owned()],
        },
        at: NOW,
        number: Some(1),
        caller: SafeText::clean_line("王女士"),
    };
    desk.answer(DeskAnswer::Returned(vec![item]));
    desk.keys("Ctrl-R Enter 1");
    assert!(asks_why(&desk), "{:?}", asked(&desk));
    let fx = desk.keys("Enter");
    assert_eq!(put_down(&submitted(&fx)).len(), 1);
    let gone = |e: &Effect| {
        matches!(
            e,
            Effect::Desk(DeskRequest::Resolve { command, choice: ReturnChoice::Discard, .. })
                if *command == CommandId(id(42))
        )
    };
    assert!(fx.iter().any(gone), "{fx:?}");
}
