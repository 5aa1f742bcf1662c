#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::domain::event::{Actor, Event, EventBody, TicketEvent};
use crate::domain::ids::{CustomerId, EventId, PromiseId, QueueId, TicketId, UserId};
use crate::domain::vocabulary::{Channel, CloseReason, Deed, Tier};

const NOW: Ms = Ms(1_773_210_000_000);
const TODAY: (Ms, Ms) = (Ms(NOW.0 - 14 * HOUR), Ms(NOW.0 + 10 * HOUR));

fn ticket(more: &[TicketEvent]) -> Ticket {
    let opened = TicketEvent::Opened {
        number: None,
        customer: CustomerId::default(),
        queue: QueueId::default(),
        channel: Channel::Chat,
        tier: Tier::C,
        vulnerable: false,
        repeat_of: None,
        contact: 1,
        item: None,
        live: false,
        origin: None,
    };
    let event = |body: &TicketEvent| Event {
        id: EventId::default(),
        stream: TicketId::default().into(),
        version: 1,
        position: 1,
        occurred_at: NOW,
        recorded_at: NOW,
        actor: Actor::System,
        body: EventBody::from(body.clone()).into(),
        customer: None,
        payload: None,
    };
    let mut ticket = Ticket::open(&event(&opened)).unwrap();
    for body in more {
        ticket.apply(&event(body));
    }
    ticket
}

fn promise(due: Ms) -> TicketEvent {
    TicketEvent::PromiseMade {
        promise: PromiseId::default(),
        deed: Deed::Callback,
        due,
        source: None,
    }
}

fn flags(more: &[TicketEvent], due: Option<Ms>) -> Flags {
    let clocks = Clocks {
        due,
        ..Clocks::default()
    };
    classify(&ticket(more), &clocks, NOW, TODAY)
}

#[test]
fn each_flag_has_one_meaning() {
    let free = Flags {
        open: true,
        unassigned: true,
        ..Flags::default()
    };
    assert_eq!(flags(&[], None), free);
    let held = TicketEvent::Claimed {
        user: UserId::default(),
    };
    assert!(!flags(&[held], None).unassigned);
    let due = |minutes| flags(&[], Some(NOW.plus_minutes(minutes)));
    assert_eq!(
        (due(0).overdue, due(0).due_soon),
        (true, false),
        "due now is due"
    );
    assert_eq!(
        (due(60).overdue, due(60).due_soon),
        (false, true),
        "the hour is included"
    );
    assert_eq!((due(61).overdue, due(61).due_soon), (false, false));
    let late = flags(
        &[promise(NOW.plus_minutes(-1))],
        Some(NOW.plus_minutes(600)),
    );
    assert!(late.overdue && late.promise_today);
    let tomorrow = flags(&[promise(TODAY.1)], None);
    assert!(!tomorrow.promise_today, "the day ends before midnight");
    assert!(flags(&[promise(TODAY.0)], None).promise_today);
}

#[test]
fn what_ended_stands_in_no_count() {
    let closed = TicketEvent::Closed {
        reason: CloseReason::Solved,
    };
    assert_eq!(flags(&[promise(NOW), closed], Some(NOW)), Flags::default());
}
