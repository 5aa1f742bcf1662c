//! Lists, leads, palette, search, and working with the input method on.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::fixture::*;
use crate::api::desk::*;
use crate::api::training::SeatRole;
use crate::app::action::Action;
use crate::app::event::{Code, Event, Hit as Click, Input, Key, Mouse, MouseKind, Timer};
use crate::app::keymap::Place;
use crate::app::palette::PaletteRow;
use crate::app::state::{Overlay, Screen};
use crate::app::training::Practice;
use crate::app::{Effect, route};
use crate::domain::command::CommandBody;
use crate::domain::vocabulary::Role;

#[test]
fn rows_that_move_under_the_hand_take_the_selection_along() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Down Down");
    desk.rows([5, 4, 3, 2, 1].map(row).to_vec());
    assert_eq!(
        (desk.state.queue.selected, desk.state.queue.index),
        (Some(ticket_id(3)), 2)
    );
    desk.rows([9, 8, 7, 3, 1].map(row).to_vec());
    let fx = desk.keys("Enter");
    assert_eq!(desk.state.shown(), Some(ticket_id(3)));
    assert!(fx.contains(&Effect::Desk(DeskRequest::Seen {
        ticket: ticket_id(3)
    })));
}

#[test]
fn a_row_that_leaves_under_the_hand_does_not_open_its_neighbour() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Down");
    desk.rows([1, 3, 4].map(row).to_vec());
    assert_eq!(desk.state.queue.selected, Some(ticket_id(3)));
    desk.keys("Enter");
    assert_eq!(
        (desk.state.screen, desk.told()),
        (Screen::Queue, "notice-row-left")
    );
    desk.now = NOW.plus_secs(1);
    desk.keys("Enter");
    assert_eq!(desk.state.shown(), Some(ticket_id(3)));
}

#[test]
fn late_answers_change_nothing() {
    let mut desk = Desk::new(Role::Agent);
    let old = desk.state.queue.generation;
    desk.keys("F3");
    let stale = Rows {
        generation: old,
        rows: [row(9)].into(),
        ..Rows::default()
    };
    desk.answer(DeskAnswer::Rows(stale));
    assert_ne!(desk.state.queue.rows[0].ticket.id, ticket_id(9));
    desk.keys("Ctrl-Q");
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.show(conversation(row(2), vec![]));
    assert_eq!(
        desk.state
            .ticket
            .as_ref()
            .unwrap()
            .conversation
            .as_ref()
            .unwrap()
            .row
            .ticket
            .id,
        ticket_id(1)
    );
}

#[test]
fn the_filter_asks_when_the_words_stand_still() {
    let mut desk = Desk::new(Role::Agent);
    desk.types("、");
    let fx = desk.types("退款");
    let fx = desk.run_out(&fx, |t| matches!(t, Timer::Filter(_)));
    assert!(
        matches!(&fx[..], [Effect::Desk(DeskRequest::SetView { view, .. })] if view.words == "退款")
    );
    desk.keys("Enter");
    assert!(desk.state.queue.filter.is_none());
    let fx = desk.keys("Esc");
    assert!(
        matches!(&fx[..], [Effect::Desk(DeskRequest::SetView { view, .. })] if view.words.is_empty())
    );
}

#[test]
fn a_lead_gives_many_at_once_and_an_agent_is_told_why_not() {
    let mut desk = Desk::new(Role::Lead);
    desk.keys("Space Space a");
    let Some(Overlay::Dialog(d)) = desk.state.overlays.last() else {
        panic!()
    };
    assert_eq!(d.choices.len(), 2);
    let fx = desk.keys("1");
    let to: Vec<_> = submitted(&fx).iter().map(|b| b.ticket().unwrap()).collect();
    assert_eq!(to, [ticket_id(1), ticket_id(2)]);
    let mut desk = Desk::new(Role::Agent);
    for key in ["Space", "a", "*"] {
        assert!(submitted(&desk.keys(key)).is_empty());
        assert_eq!(desk.told(), "notice-leads-only", "{key}");
    }
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn a_question_keeps_its_ticket_whatever_the_list_does() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Down Ctrl-W");
    desk.rows([5, 4, 1].map(row).to_vec());
    let fx = desk.keys("1 1");
    let [CommandBody::Close { ticket, .. }] = &submitted(&fx)[..] else {
        panic!("{fx:?}")
    };
    assert_eq!(*ticket, ticket_id(2));
}

#[test]
fn times_are_typed_or_chosen() {
    let mut desk = Desk::new(Role::Agent);
    desk.keys("z");
    desk.types("２ｈ");
    let fx = desk.keys("Enter");
    assert_eq!(
        submitted(&fx),
        [CommandBody::Snooze {
            ticket: ticket_id(1),
            until: NOW.plus_minutes(120),
            overrides: Vec::new(),
        }]
    );
    desk.keys("z");
    desk.types("soon");
    desk.keys("Enter");
    assert_eq!(
        (desk.told(), desk.state.overlays.len()),
        ("notice-time-not-read", 1)
    );
}

#[test]
fn the_palette_finds_by_name_pinyin_stable_name_and_asks_the_store() {
    let first = |desk: &Desk| match desk.state.overlays.last() {
        Some(Overlay::Palette(p)) => p.rows.first().cloned(),
        _ => panic!(),
    };
    for words in ["锁屏", "sp", "suoping", "lock"] {
        let mut desk = Desk::new(Role::Agent);
        desk.keys("Ctrl-K");
        desk.types(words);
        assert_eq!(
            first(&desk),
            Some(PaletteRow::Action(Action::Lock)),
            "{words}"
        );
    }
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Ctrl-K");
    let fx = desk.types("10086");
    let fx = desk.run_out(&fx, |t| matches!(t, Timer::Search(_)));
    let [
        Effect::Desk(DeskRequest::Search {
            generation, words, ..
        }),
    ] = &fx[..]
    else {
        panic!("{fx:?}")
    };
    assert_eq!(words, "10086");
    let hit = Hit::Ticket {
        ticket: ticket_id(4),
        number: Some(10086),
        caller: crate::text::SafeText::clean_line("王女士"),
        excerpt: crate::text::SafeText::default(),
        at: NOW,
    };
    let hits = |generation| DeskAnswer::Hits {
        generation,
        hits: vec![hit.clone()],
        source: HitSource::Desk,
    };
    desk.answer(hits(*generation - 1));
    assert_ne!(first(&desk), Some(PaletteRow::Hit(hit.clone())), "late");
    desk.answer(hits(*generation));
    desk.keys("Enter");
    assert_eq!(desk.state.shown(), Some(ticket_id(4)));
}

#[test]
fn a_click_means_what_the_frame_showed() {
    let mut desk = Desk::new(Role::Agent);
    let click = |hit| {
        Event::Input(Input::Mouse(Mouse {
            col: 1,
            row: 1,
            kind: MouseKind::Click,
            hit: Some(hit),
        }))
    };
    desk.rows([4, 3, 2].map(row).to_vec());
    desk.event(click(Click::Row(ticket_id(1))));
    assert_eq!(desk.state.shown(), None, "it is no longer there");
    desk.event(click(Click::Row(ticket_id(2))));
    desk.event(click(Click::Row(ticket_id(2))));
    assert_eq!(desk.state.shown(), Some(ticket_id(2)));
    desk.keys("Ctrl-K");
    desk.event(click(Click::Strip(List::Overdue)));
    assert_eq!(
        desk.state.queue.view.list,
        List::Queue,
        "under a layer nothing is clicked"
    );
}

#[test]
fn han_input_never_acts_in_a_list() {
    let mut desk = Desk::new(Role::Lead);
    let before = desk.state.queue.clone();
    let fx = desk.types("退款王关");
    assert!(fx.is_empty());
    assert_eq!(desk.state.queue, before);
    assert_eq!(desk.told(), "notice-input-method");
}

#[test]
fn every_action_works_with_the_input_method_on() {
    // Function, Ctrl and arrow keys, and the palette with names typed as Han: what an agent in Chinese mode can press.
    let mut desk = Desk::at_ticket(Role::Lead);
    // A live desk has no orders of training; in training all of them are there.
    let practice = Practice::new(SeatRole::Trainee, crate::domain::lang::Lang::Zh);
    desk.state.training = Some(Box::new(practice));
    for action in Action::ALL {
        let place = route::place(&desk.state);
        let direct = desk.state.keymap.keys(place, *action).into_iter();
        let direct = direct
            .filter(|k| !matches!(k.code, Code::Char(c) if !k.mods.ctrl && c != ' '))
            .count()
            > 0;
        desk.keys("Ctrl-K");
        desk.types(&crate::app::names::action(
            crate::domain::lang::Lang::Zh,
            *action,
        ));
        let Some(Overlay::Palette(p)) = desk.state.overlays.last() else {
            panic!()
        };
        let found = p.rows.contains(&PaletteRow::Action(*action));
        desk.keys("Esc");
        assert!(direct || found, "{}", action.id());
        assert!(found, "{} stands in the palette", action.id());
    }
}

#[test]
fn no_order_that_reaches_others_hides_behind_a_letters_case() {
    let desk = Desk::new(Role::Agent);
    for place in Place::ALL {
        for (key, action) in desk.state.keymap.bindings(*place) {
            if let Code::Char(c) = key.code
                && action.sends()
                && !key.mods.ctrl
            {
                let twin = Key::char(if c.is_lowercase() {
                    c.to_ascii_uppercase()
                } else {
                    c.to_ascii_lowercase()
                });
                let other = desk.state.keymap.action(*place, twin);
                assert!(c == 'a' || other.is_none() || other == Some(action));
            }
        }
    }
}

#[test]
fn no_key_means_a_row_that_no_frame_has_shown() {
    let mut queue = crate::app::queue::QueueState::default();
    let (first, second) = (
        crate::domain::time::Ms(1_000),
        crate::domain::time::Ms(60_000),
    );
    let with = |rows: Vec<_>| crate::api::desk::Rows {
        rows: rows.into(),
        ..Default::default()
    };
    queue.take(with(vec![row(1), row(2)]), first);
    queue.take(with(vec![row(2)]), first);
    assert!(
        queue.displaced(second),
        "a minute later, but nothing was painted in between"
    );
    queue.painted(second);
    assert!(queue.displaced(second.plus_millis(100)));
    assert!(!queue.displaced(second.plus_millis(1_000)));
}
