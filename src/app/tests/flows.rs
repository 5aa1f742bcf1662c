//! Writing, sending, saying, calls.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::fixture::*;
use crate::api::desk::*;
use crate::app::Effect;
use crate::app::dialog::Ask;
use crate::app::event::{Event, Input, Timer};
use crate::app::state::{AfterSend, IntakeField, Overlay, Pane, Screen};
use crate::app::ticket::Mode;
use crate::domain::command::CommandBody;
use crate::domain::decide::Rule;
use crate::domain::vocabulary::{Act, Channel, Deed, Role};
use crate::text::SafeText;

const SAVE: fn(&Timer) -> bool = |t| matches!(t, Timer::SaveDraft(_));

fn asked(desk: &Desk) -> Option<&Ask> {
    match desk.state.overlays.last() {
        Some(Overlay::Dialog(d)) => Some(&d.ask),
        _ => None,
    }
}

#[test]
fn the_best_line_goes_in_is_edited_and_sent_with_its_acts_and_promise() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("F5");
    desk.types("谢谢");
    let fx = desk.keys("Ctrl-S");
    let [
        CommandBody::Reply {
            ticket,
            channel,
            text,
            acts,
            promises,
            ..
        },
    ] = &submitted(&fx)[..]
    else {
        panic!("{fx:?}");
    };
    assert_eq!((*ticket, *channel), (ticket_id(1), Channel::Chat));
    assert_eq!(text.expose(), format!("{}谢谢", LINE.concat()));
    assert_eq!(acts.len(), 4);
    assert_eq!(promises.len(), 1, "the time is said once and counted once");
    assert_eq!(
        (promises[0].deed, promises[0].sentence.expose()),
        (Deed::Callback, LINE[2])
    );
    assert!(desk.state.ticket.as_ref().unwrap().reply.is_blank());
    assert_eq!(desk.told(), "notice-sent");
}

#[test]
fn a_part_that_no_longer_stands_counts_no_more_but_a_time_typed_by_hand_does() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("F6 3 Home Delete");
    let fx = desk.keys("Ctrl-S");
    let [CommandBody::Reply { acts, promises, .. }] = &submitted(&fx)[..] else {
        panic!("{fx:?}")
    };
    assert_eq!(acts, &Vec::<Act>::new());
    assert_eq!(promises.len(), 1);
    assert_eq!(promises[0].sentence.expose(), "18点前");
}

#[test]
fn the_first_key_claims_once_and_a_colleagues_ticket_only_warns() {
    let mut desk = Desk::at_ticket(Role::Agent);
    let fx = desk.keys("i 您 好");
    assert_eq!(
        submitted(&fx),
        [CommandBody::Claim {
            ticket: ticket_id(1)
        }]
    );
    let mut held = ticket(1, Channel::Chat);
    held.assignee = Some(crate::domain::ids::UserId(id(101)));
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Enter");
    desk.show(conversation(row_of(held), vec![customer_entry(10, "在吗")]));
    let fx = desk.keys("i 您");
    assert!(submitted(&fx).is_empty());
    assert_eq!(desk.told(), "notice-held-by");
    let fx = desk.keys("Ctrl-S");
    assert!(submitted(&fx).is_empty(), "said before it is sent");
    let fx = desk.keys("2");
    assert!(matches!(
        &submitted(&fx)[..],
        [CommandBody::Reply { anyway: true, .. }]
    ));
}

#[test]
fn enter_never_sends_and_ctrl_k_does_not_cut() {
    let mut desk = Desk::at_ticket(Role::Agent);
    let fx = desk.keys("i 好 Enter Enter");
    assert_eq!(submitted(&fx).len(), 1, "the claim only");
    desk.keys("Ctrl-K Esc");
    assert_eq!(desk.state.ticket.as_ref().unwrap().reply.text(), "好\n\n");
}

#[test]
fn nothing_leaves_with_an_open_slot_or_a_blocked_word() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("请看{单号}");
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-slot-unfilled");
    assert_eq!(
        desk.state.ticket.as_ref().unwrap().reply.caret(),
        "请看".len()
    );
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("百分之百退");
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-blocked");
    // What was said is a fact: the rule marks it, but never holds it back.
    assert!(matches!(
        &submitted(&desk.keys("F7"))[..],
        [CommandBody::Speak { .. }]
    ));
}

#[test]
fn what_arrived_since_is_said_before_sending() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("在查");
    desk.show(conversation(
        row(1),
        vec![customer_entry(10, "退款没到"), customer_entry(22, "不用了")],
    ));
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    let Some(Ask::Arrived { what, .. }) = asked(&desk) else {
        panic!()
    };
    assert_eq!(what[0].key, "arrived-customer");
    // Reading first keeps the words, and the same arrival is not said twice.
    desk.keys("Enter");
    assert_eq!(desk.state.ticket.as_ref().unwrap().reply.text(), "在查");
    assert_eq!(submitted(&desk.keys("Ctrl-S")).len(), 1);
}

#[test]
fn a_draft_is_saved_within_a_second_and_on_every_way_out() {
    let mut desk = Desk::at_ticket(Role::Agent);
    let fx = desk.keys("i 您 好");
    let timers = fx.iter().filter(|e| matches!(e, Effect::StartTimer { id: Timer::SaveDraft(_), after_ms } if *after_ms <= 1000));
    assert_eq!(
        timers.count(),
        1,
        "the first unsaved key starts it, later keys do not push it away"
    );
    let draft = saved(&desk.run_out(&fx, SAVE)).remove(0);
    assert_eq!((draft.text.as_str(), draft.began_position), ("您好", 10));
    for way in ["Esc", "F2", "Ctrl-T", "F12", "F8", "F9", "Ctrl-Q"] {
        let mut desk = Desk::at_ticket(Role::Agent);
        desk.keys("i 您");
        assert_eq!(saved(&desk.keys(way)).len(), 1, "{way}");
    }
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i 您");
    assert_eq!(saved(&desk.event(Event::Input(Input::FocusLost))).len(), 1);
    desk.keys("好");
    let fx = desk.event(Event::Terminate);
    assert_eq!(saved(&fx).len(), 1);
    assert_eq!(fx.last(), Some(&Effect::Quit));
}

#[test]
fn words_refused_at_once_go_back_into_the_box_before_what_was_written_since() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("第一句");
    let fx = desk.keys("Ctrl-S");
    let sent = fx.iter().find_map(|e| match e {
        Effect::Desk(DeskRequest::Submit {
            ids,
            bodies,
            clears,
            ..
        }) if matches!(bodies[0], CommandBody::Reply { .. }) => {
            assert_eq!(*clears, Some(DraftKey::Reply(ticket_id(1))));
            Some(ids[0])
        }
        _ => None,
    });
    desk.types("第二句");
    let cause = ReturnCause::Refused {
        rule: Rule::Merged,
        detail: Vec::new(),
    };
    let fx = desk.answer(DeskAnswer::RefusedHere {
        id: sent.unwrap(),
        cause,
    });
    assert_eq!(saved(&fx)[0].text, "第一句\n第二句");
    assert_eq!(
        desk.state.ticket.as_ref().unwrap().reply.text(),
        "第一句\n第二句"
    );
    assert_eq!(desk.told(), "notice-refused");
}

#[test]
fn a_draft_of_the_store_and_words_typed_while_loading_are_both_kept() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Enter i");
    desk.types("新字");
    let mut c = conversation(row(1), vec![customer_entry(10, "在吗")]);
    c.reply = Some(Draft {
        key: DraftKey::Reply(ticket_id(1)),
        text: "旧稿".into(),
        caret: 0,
        parts: Vec::new(),
        saved_at: NOW,
        began_position: 5,
    });
    desk.show(c.clone());
    assert_eq!(
        desk.state.ticket.as_ref().unwrap().reply.text(),
        "旧稿\n新字"
    );
    desk.show(c);
    assert_eq!(
        desk.state.ticket.as_ref().unwrap().reply.text(),
        "旧稿\n新字",
        "taken once"
    );
}

#[test]
fn a_note_is_its_own_box_and_its_own_record() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("回复");
    desk.keys("F8");
    assert_eq!(desk.state.ticket.as_ref().unwrap().mode, Mode::Note);
    desk.types("内部");
    let fx = desk.keys("Ctrl-S");
    let [CommandBody::Note { text, .. }] = &submitted(&fx)[..] else {
        panic!("{fx:?}")
    };
    assert_eq!(text.expose(), "内部");
    assert_eq!(desk.state.ticket.as_ref().unwrap().reply.text(), "回复");
}

#[test]
fn the_reading_card_is_said_line_by_line() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Enter");
    desk.show(conversation(
        row_of(ticket(1, Channel::Voice)),
        vec![customer_entry(10, "喂")],
    ));
    let mut spoken = Vec::new();
    for _ in 0..4 {
        spoken.extend(submitted(&desk.keys("F7")));
    }
    let texts: Vec<&str> = spoken.iter().map(|b| b.words().unwrap().expose()).collect();
    assert_eq!(texts, LINE);
    let CommandBody::Speak { promises, acts, .. } = &spoken[2] else {
        panic!()
    };
    assert_eq!((promises.len(), &acts[..]), (1, &[Act::CommitConcrete][..]));
    // A text on a voice ticket cannot be said into the phone: it goes as a message.
    desk.keys("i 好");
    let fx = desk.keys("Ctrl-S");
    assert!(matches!(
        &submitted(&fx)[..],
        [CommandBody::Reply {
            channel: Channel::Message,
            ..
        }]
    ));
}

#[test]
fn a_call_is_taken_from_the_middle_of_a_reply_and_one_key_leads_back() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("写了一半");
    let fx = desk.keys("F2");
    assert_eq!(saved(&fx).len(), 1);
    assert_eq!(desk.state.screen, Screen::Intake);
    assert_eq!(desk.state.intake.as_ref().unwrap().field, IntakeField::Text);
    desk.types("退款三天没到");
    desk.keys("Tab");
    let fx = desk.types("13800138000");
    let fx = desk.run_out(&fx, |t| matches!(t, Timer::LookUp(_)));
    assert!(
        matches!(&fx[..], [Effect::Desk(DeskRequest::LookUp { number, .. })] if number == "13800138000")
    );
    let fx = desk.keys("Ctrl-S");
    let [
        CommandBody::OpenTicket {
            ticket,
            live,
            item,
            new_customer,
            queue,
            channel,
            text,
            ..
        },
    ] = &submitted(&fx)[..]
    else {
        panic!("{fx:?}");
    };
    assert!(*live);
    assert_eq!(
        (item.as_ref().unwrap().as_str(), queue.0, *channel),
        ("C2", id(500), Channel::Voice)
    );
    assert_eq!(
        new_customer.as_ref().unwrap().identities[0].value.expose(),
        "13800138000"
    );
    assert_eq!(text.expose(), "退款三天没到");
    assert_eq!(desk.state.shown(), Some(*ticket));
    assert!(desk.state.call.is_some_and(|c| c.ticket == *ticket));
    desk.keys("Ctrl-O");
    assert_eq!(desk.state.shown(), Some(ticket_id(1)));
    desk.show(conversation(row(1), vec![customer_entry(10, "退款没到")]));
    let t = desk.state.ticket.as_ref().unwrap();
    assert_eq!((t.reply.text(), t.pane), ("写了一半", Pane::Compose));
}

#[test]
fn a_call_asks_nothing_but_words_and_esc_keeps_them() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("F2");
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-call-needs-text");
    desk.types("停电了");
    desk.keys("Tab 1 3 8 0");
    let fx = desk.keys("Esc");
    let draft = saved(&fx).remove(0);
    assert_eq!(
        (draft.text.as_str(), draft.parts[0].text.as_str()),
        ("停电了", "1380")
    );
    assert_eq!(desk.state.screen, Screen::Queue);
    desk.state.intake = None;
    desk.answer(DeskAnswer::Drafts(vec![draft]));
    desk.keys("Ctrl-D Enter");
    let intake = desk.state.intake.as_ref().unwrap();
    assert_eq!(
        (intake.text.text(), intake.number.text()),
        ("停电了", "1380")
    );
}

#[test]
fn the_owner_of_a_known_number_is_taken_and_no_new_record_is_made() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("F2");
    desk.types("又断网");
    desk.keys("Tab 1 3 8 0");
    let generation = desk.state.intake.as_ref().unwrap().generation;
    let customer = crate::domain::ids::CustomerId(id(77));
    let caller = Caller {
        customer,
        name: SafeText::clean_line("王女士"),
        open: vec![row(3)],
    };
    desk.answer(DeskAnswer::Callers {
        generation: generation - 1,
        callers: vec![],
    });
    desk.answer(DeskAnswer::Callers {
        generation,
        callers: vec![caller],
    });
    let fx = desk.keys("Ctrl-S");
    assert!(
        matches!(&submitted(&fx)[..], [CommandBody::OpenTicket { customer: c, new_customer: None, .. }] if *c == customer)
    );
}

#[test]
fn after_sending_the_chosen_thing_happens() {
    for (after, expected) in [(AfterSend::Next, 2), (AfterSend::Stay, 1)] {
        let mut desk = Desk::at_ticket(Role::Agent);
        desk.state.settings.after_send = after;
        desk.keys("i 好 Ctrl-S");
        assert_eq!(desk.state.shown(), Some(ticket_id(expected)), "{after:?}");
    }
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.state.settings.after_send = AfterSend::Ask;
    desk.keys("i 好 Ctrl-S");
    assert_eq!(asked(&desk), Some(&Ask::AfterSend));
    let fx = desk.keys("4 1 1");
    assert!(
        matches!(
            &submitted(&fx)[..],
            [CommandBody::Close { item: Some(_), .. }]
        ),
        "{fx:?}"
    );
}

#[test]
fn an_idle_desk_locks_keeps_the_draft_and_never_during_a_call() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i 您");
    desk.now = NOW.plus_minutes(10);
    let fx = desk.event(Event::Tick);
    assert!(desk.state.locked());
    assert_eq!(saved(&fx).len(), 1);
    assert!(desk.types("偷看").is_empty());
    desk.keys("Enter");
    assert!(!desk.state.locked());
    assert_eq!(desk.state.ticket.as_ref().unwrap().reply.text(), "您");
    let mut desk = Desk::new(Role::Agent);
    desk.keys("F2");
    desk.now = NOW.plus_minutes(30);
    desk.event(Event::Tick);
    assert!(!desk.state.locked());
}

#[test]
fn a_live_call_is_not_interrupted() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("F2");
    let before = (desk.state.screen, desk.state.overlays.clone());
    for _ in 0..3 {
        let fx = desk.answer(DeskAnswer::Arrived {
            ticket: ticket_id(3),
        });
        assert!(!fx.contains(&Effect::Bell));
    }
    assert_eq!((desk.state.screen, desk.state.overlays.clone()), before);
    assert_eq!(desk.state.arrived, 3);
}

#[test]
fn words_that_came_back_are_rewritten_beside_what_stands_in_the_box() {
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("i");
    desk.types("另起一句");
    let body = CommandBody::Reply {
        ticket: ticket_id(1),
        channel: Channel::Chat,
        text: "退回的话".into(),
        acts: vec![],
        lines: Vec::new(),
        promises: vec![],
        anyway: false,
        overrides: Vec::new(),
        origin: None,
    };
    let command = crate::domain::command::Command {
        id: crate::domain::ids::CommandId(id(42)),
        at: NOW,
        base: vec![],
        after: None,
        body,
    };
    let item = Returned {
        command: std::sync::Arc::new(command),
        cause: ReturnCause::Stale {
            recomputed: Some(NOW.plus_minutes(60)),
            words: true,
        },
        at: NOW,
        number: Some(1),
        caller: SafeText::clean_line("王女士"),
    };
    desk.answer(DeskAnswer::Returned(vec![item]));
    assert_eq!(desk.told(), "notice-returned");
    desk.keys("Ctrl-R Enter");
    let Some(Overlay::Dialog(d)) = desk.state.overlays.last() else {
        panic!()
    };
    assert_eq!(
        d.choices.len(),
        3,
        "not sent as it stands: its day word means another day"
    );
    let fx = desk.keys("1");
    assert!(fx.iter().any(|e| matches!(
        e,
        Effect::Desk(DeskRequest::Resolve {
            choice: ReturnChoice::Rewrite,
            ..
        })
    )));
    assert_eq!(
        desk.state.ticket.as_ref().unwrap().reply.text(),
        "另起一句\n退回的话"
    );
    assert_eq!(saved(&fx).last().unwrap().text, "另起一句\n退回的话");
}
