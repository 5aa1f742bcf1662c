#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
use proptest::prelude::*;

use super::*;
use crate::domain::event::{Actor, Event, EventBody, TicketEvent};
use crate::domain::ids::{CustomerId, EventId, PromiseId, QueueId, TicketId};
use crate::domain::time::MINUTE;
use crate::domain::vocabulary::{Act, Channel, CloseReason, Tier, WaitReason};

const NOW: Ms = Ms(1_773_210_000_000);

const fn at(minutes: i64) -> Ms {
    NOW.plus_minutes(minutes)
}

/// A ticket opened ten hours ago to which these things happened, each at its minute.
fn ticket(repeat: bool, story: &[(i64, TicketEvent)]) -> Ticket {
    let opened = TicketEvent::Opened {
        number: Some(7),
        customer: CustomerId::default(),
        queue: QueueId::default(),
        channel: Channel::Chat,
        tier: Tier::C,
        vulnerable: false,
        repeat_of: repeat.then(TicketId::default),
        contact: 2,
        item: None,
        live: false,
        origin: None,
    };
    let event = |minute, body: &TicketEvent| Event {
        id: EventId::default(),
        stream: TicketId::default().into(),
        version: 1,
        position: 1,
        occurred_at: at(minute),
        recorded_at: at(minute),
        actor: Actor::System,
        body: EventBody::from(body.clone()).into(),
        customer: None,
        payload: None,
    };
    let mut ticket = Ticket::open(&event(-600, &opened)).unwrap();
    for (minute, body) in story {
        ticket.apply(&event(*minute, body));
    }
    ticket
}

fn spoke(minute: i64, acts: &[Act]) -> (i64, TicketEvent) {
    (
        minute,
        TicketEvent::Spoken {
            acts: acts.to_vec(),
            lines: Vec::new(),
        },
    )
}

fn wrote(minute: i64) -> (i64, TicketEvent) {
    let body = TicketEvent::CustomerMessage {
        channel: Channel::Chat,
        origin: None,
        attachments: 0,
    };
    (minute, body)
}

fn promised(due: i64) -> (i64, TicketEvent) {
    let body = TicketEvent::PromiseMade {
        promise: PromiseId::default(),
        deed: Deed::Callback,
        due: at(due),
        source: None,
    };
    (-500, body)
}

fn clocks(due: Option<i64>, steps: [Option<(i64, i64)>; 3]) -> Clocks {
    Clocks {
        due: due.map(at),
        no_calendar: false,
        steps: steps.map(|s| s.map(|(minutes, due)| (minutes, at(due)))),
    }
}

const NO_STEPS: [Option<(i64, i64)>; 3] = [None; 3];

/// Band, reason and the minute until which it holds (`None`: for ever).
fn place(ticket: &Ticket, clocks: &Clocks) -> (u8, Reason, Option<i64>) {
    let rank = rank(ticket, clocks, NOW);
    let until = (rank.valid_until != NEVER).then(|| rank.valid_until.minus(NOW) / MINUTE);
    (rank.key.0, rank.reason, until)
}

#[test]
fn each_place_has_its_reason_and_its_end() {
    let answered = || vec![spoke(-590, &[])];
    let with = |more: (i64, TicketEvent)| [answered(), vec![more]].concat();
    let due = |minute| clocks(Some(minute), NO_STEPS);
    let deed = Deed::Callback;
    let tag = TicketEvent::TicketTagged {
        add: vec!["safety".into()],
        remove: vec![],
    };
    let urgent = TicketEvent::PrioritySet {
        priority: Priority::Urgent,
    };
    let wait = |next| TicketEvent::WaitingSet {
        reason: WaitReason::Customer,
        next_contact: at(next),
    };
    let snooze = TicketEvent::Snoozed { until: at(90) };
    let closed = TicketEvent::Closed {
        reason: CloseReason::Solved,
    };
    for (story, clocks, want) in [
        (with((-1, tag)), due(300), (0, Reason::Safety, Some(240))),
        (
            with(promised(-5)),
            due(300),
            (1, Reason::PromiseLate { deed, due: at(-5) }, Some(240)),
        ),
        (
            with(promised(0)),
            due(300),
            (1, Reason::PromiseLate { deed, due: at(0) }, Some(240)),
        ),
        (
            answered(),
            due(-30),
            (2, Reason::Overdue { due: at(-30) }, None),
        ),
        (with((-1, urgent)), due(300), (2, Reason::Urgent, Some(240))),
        (
            with((-1, wait(0))),
            due(300),
            (2, Reason::NextContact { due: at(0) }, Some(240)),
        ),
        (
            with(promised(40)),
            due(300),
            (3, Reason::PromiseSoon { deed, due: at(40) }, Some(40)),
        ),
        (
            answered(),
            due(45),
            (3, Reason::DueSoon { due: at(45) }, Some(45)),
        ),
        (
            answered(),
            due(60),
            (3, Reason::DueSoon { due: at(60) }, Some(60)),
        ),
        (
            answered(),
            due(61),
            (6, Reason::Due { due: at(61) }, Some(1)),
        ),
        (
            with(promised(100)),
            due(300),
            (6, Reason::Due { due: at(300) }, Some(40)),
        ),
        (
            with((-1, wait(120))),
            due(300),
            (7, Reason::Waiting { until: at(120) }, Some(120)),
        ),
        (
            with((-1, snooze)),
            due(300),
            (8, Reason::Snoozed { until: at(90) }, Some(90)),
        ),
        (with((-1, closed)), due(300), (9, Reason::Ended, None)),
        (
            answered(),
            clocks(None, NO_STEPS),
            (6, Reason::NoCalendar, None),
        ),
    ] {
        assert_eq!(place(&ticket(false, &story), &clocks), want, "{story:?}");
    }
}

#[test]
fn the_response_steps_speak_while_the_customer_waits() {
    let steps = |a, b, c| clocks(Some(300), [Some((1, a)), Some((5, b)), Some((30, c))]);
    let waits = [spoke(-590, &[]), wrote(-1)];
    let place = |story: &[(i64, TicketEvent)], clocks| place(&ticket(false, story), &clocks);
    assert_eq!(
        place(&waits, steps(1, 5, 30)),
        (
            3,
            Reason::StepRunning {
                minutes: 1,
                due: at(1)
            },
            Some(1)
        )
    );
    assert_eq!(
        place(&waits, steps(-1, 3, 28)),
        (
            3,
            Reason::StepLate {
                minutes: 1,
                due: at(-1)
            },
            Some(3)
        )
    );
    assert_eq!(
        place(&waits, steps(-40, -35, -10)),
        (
            3,
            Reason::StepLate {
                minutes: 30,
                due: at(-10)
            },
            Some(240)
        )
    );
    let answered = [spoke(-590, &[]), wrote(-3), spoke(-2, &[Act::AckSpecific])];
    assert_eq!(
        place(&answered, steps(-2, 2, 27)),
        (6, Reason::Due { due: at(300) }, Some(240)),
        "once answered the steps rest"
    );
    let nothing_due = clocks(None, [None; 3]);
    assert_eq!(
        place(&waits, nothing_due),
        (5, Reason::Unanswered { since: at(-1) }, None)
    );
}

#[test]
fn a_repeat_goes_before_others_with_time_left() {
    let story = [spoke(-590, &[])];
    let clocks = clocks(Some(300), NO_STEPS);
    let want = Reason::Repeat {
        contact: 2,
        due: at(300),
    };
    assert_eq!(place(&ticket(true, &story), &clocks).1, want);
    let rank_of = |repeat| rank(&ticket(repeat, &story), &clocks, NOW).key;
    assert!(rank_of(true) < rank_of(false));
}

#[test]
fn high_priority_lifts_one_band_but_never_over_what_is_late() {
    let high = (
        -1,
        TicketEvent::PrioritySet {
            priority: Priority::High,
        },
    );
    let story = |more| [vec![spoke(-590, &[])], more].concat();
    let band = |more, due| place(&ticket(false, &story(more)), &clocks(Some(due), NO_STEPS)).0;
    assert_eq!((band(vec![], 300), band(vec![high.clone()], 300)), (6, 5));
    assert_eq!((band(vec![], 30), band(vec![high.clone()], 30)), (3, 2));
    assert_eq!(band(vec![high.clone()], -30), 2);
    assert_eq!(band(vec![high, promised(-1)], 300), 1);
}

#[test]
fn within_a_band_the_earlier_time_goes_first_then_the_number() {
    let story = [spoke(-590, &[])];
    let key = |due| rank(&ticket(false, &story), &clocks(Some(due), NO_STEPS), NOW).key;
    assert!(key(100) < key(200));
    let mut unnumbered = ticket(false, &story);
    unnumbered.number = None;
    assert!(key(100) < rank(&unnumbered, &clocks(Some(100), NO_STEPS), NOW).key);
}

fn stories() -> impl Strategy<Value = Vec<(i64, TicketEvent)>> {
    let body = (0..9_u8, -300..300_i64).prop_map(|(kind, minute)| match kind {
        0 => TicketEvent::Spoken {
            acts: vec![Act::AckSpecific],
            lines: Vec::new(),
        },
        1 => TicketEvent::Spoken {
            acts: vec![Act::CommitConcrete],
            lines: Vec::new(),
        },
        2 => TicketEvent::WaitingSet {
            reason: WaitReason::Site,
            next_contact: at(minute),
        },
        3 => TicketEvent::Snoozed { until: at(minute) },
        4 => promised(minute).1,
        5 => TicketEvent::PrioritySet {
            priority: Priority::High,
        },
        6 => TicketEvent::Resumed {},
        7 => TicketEvent::Closed {
            reason: CloseReason::Solved,
        },
        _ => wrote(0).1,
    });
    prop::collection::vec((-300..0_i64, body), 0..8)
}

proptest! {
    #[test]
    fn a_place_holds_until_it_says_so(
        story in stories(),
        due in prop::option::of(-200..400_i64),
        first in -60..60_i64,
        repeat in any::<bool>(),
        part in 0..1000_i64,
    ) {
        let ticket = ticket(repeat, &story);
        let steps = [Some((1, first)), Some((5, first + 4)), Some((30, first + 29))];
        let clocks = clocks(due, steps);
        let now = rank(&ticket, &clocks, NOW);
        prop_assert!(now.valid_until > NOW);
        let end = now.valid_until.0.min(NOW.0 + 1000 * MINUTE);
        for then in [Ms(NOW.0 + (end - NOW.0) * part / 1000), Ms(end - 1)] {
            let later = rank(&ticket, &clocks, then);
            prop_assert_eq!(later.key, now.key, "at {} of {}", then.0 - NOW.0, end - NOW.0);
            prop_assert_eq!(later.reason, now.reason);
        }
    }
}
