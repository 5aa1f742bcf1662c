#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
use super::*;
use crate::domain::event::{Actor, EventBody};
use crate::domain::fold::{Head, fold_all};
use crate::domain::ids::{CustomerId, EventId, PromiseId, QueueId};
use crate::domain::time::HOUR;
use crate::domain::vocabulary::{Channel, Deed, Duty, Role, Tier};
use uuid::Uuid;

/// Wed 11 Mar 2026 10:00 in Shanghai.
const TEN: Ms = Ms(1_773_194_400_000);
const DAY: (Ms, Ms) = (Ms(TEN.0 - 10 * HOUR), Ms(TEN.0 + 14 * HOUR));

const ANNA: UserId = UserId(Uuid::from_u128(1));
const BO: UserId = UserId(Uuid::from_u128(2));

fn user(id: UserId, name: &str) -> User {
    User {
        id,
        login: name.to_owned(),
        name: name.to_owned(),
        role: Role::Agent,
        duty: Duty::Ready,
        duty_since: Ms(0),
        disabled: false,
        version: 1,
        position: 1,
    }
}

/// A stream of events of one ticket, by minutes after ten.
struct Story {
    id: TicketId,
    events: Vec<Event>,
}

impl Story {
    fn opened(n: u128, minute: i64) -> Self {
        let mut story = Self {
            id: TicketId(Uuid::from_u128(100 + n)),
            events: Vec::new(),
        };
        let body = TicketEvent::Opened {
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
        story.push(None, minute, body);
        story.customer(minute)
    }

    fn push(&mut self, by: Option<UserId>, minute: i64, body: TicketEvent) {
        let version = u32::try_from(self.events.len()).unwrap() + 1;
        let at = TEN.plus_minutes(minute);
        self.events.push(Event {
            id: EventId::default(),
            stream: self.id.into(),
            version,
            position: 1,
            occurred_at: at,
            recorded_at: at,
            actor: by.map_or(Actor::Customer, |user| Actor::User { user }),
            body: EventBody::from(body).into(),
            customer: None,
            payload: None,
        });
    }

    fn by(mut self, by: UserId, minute: i64, body: TicketEvent) -> Self {
        self.push(Some(by), minute, body);
        self
    }

    fn customer(mut self, minute: i64) -> Self {
        let body = TicketEvent::CustomerMessage {
            channel: Channel::Chat,
            origin: None,
            attachments: 0,
        };
        self.push(None, minute, body);
        self
    }

    fn answer(self, by: UserId, minute: i64) -> Self {
        self.by(
            by,
            minute,
            TicketEvent::Spoken {
                acts: vec![],
                lines: vec![],
            },
        )
    }

    fn promise(self, by: UserId, minute: i64, due: i64, n: u128) -> Self {
        let body = TicketEvent::PromiseMade {
            promise: PromiseId(Uuid::from_u128(n)),
            deed: Deed::Callback,
            due: TEN.plus_minutes(due),
            source: None,
        };
        self.by(by, minute, body)
    }

    fn settle(self, by: UserId, minute: i64, n: u128, state: PromiseState) -> Self {
        let body = TicketEvent::PromiseSettled {
            promise: PromiseId(Uuid::from_u128(n)),
            state,
            evidence: None,
        };
        self.by(by, minute, body)
    }

    fn close(self, by: UserId, minute: i64, reason: CloseReason) -> Self {
        self.by(by, minute, TicketEvent::Closed { reason })
    }
}

fn run(stories: &[Story], end: Ms) -> DayReport {
    let tickets: Vec<Ticket> = stories
        .iter()
        .map(|s| match fold_all(&s.events) {
            Some(Head::Ticket(t)) => *t,
            other => panic!("{other:?}"),
        })
        .collect();
    let touches: Vec<Touch> = stories
        .iter()
        .flat_map(|s| &s.events)
        .filter_map(Touch::of)
        .collect();
    let users = [user(BO, "Bo"), user(ANNA, "Anna")];
    let policy = Policy::shipped().unwrap();
    report(&tickets, &users, &touches, &policy, (DAY.0, end))
}

const fn share(of: u32, all: u32) -> Share {
    Share { of, all }
}

#[test]
fn a_small_day_by_hand() {
    let stories = [
        // Answered within the minute, solved at the first contact, promise kept.
        Story::opened(1, 0)
            .answer(ANNA, 1)
            .promise(ANNA, 1, 60, 1)
            .settle(ANNA, 50, 1, PromiseState::Kept)
            .close(ANNA, 51, CloseReason::Solved),
        // Answered late, the customer came back, Bo closed it; Anna's promise kept late.
        Story::opened(2, 0)
            .answer(ANNA, 5)
            .promise(ANNA, 5, 30, 2)
            .customer(20)
            .answer(BO, 25)
            .settle(BO, 45, 2, PromiseState::Kept)
            .close(BO, 46, CloseReason::Explained),
        // Withdrawn, and a duplicate.
        Story::opened(3, 10)
            .answer(BO, 11)
            .close(BO, 12, CloseReason::Withdrawn),
        Story::opened(4, 10).close(BO, 12, CloseReason::Duplicate),
        // Held by Bo, never answered, past its target of four hours by the end of the day.
        Story::opened(5, 0).by(BO, 1, TicketEvent::Claimed { user: BO }),
        // Nobody's, opened the day before.
        Story::opened(6, -24 * 60),
    ];
    let report = run(&stories, DAY.1);
    let names: Vec<&str> = report.rows.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["Anna", "Bo", ""]);
    let anna = &report.rows[0].figures;
    assert_eq!((anna.handled.len(), anna.replies), (2, 2));
    assert_eq!(anna.first_response, share(1, 2));
    assert_eq!(
        (anna.solution, anna.first_contact),
        (share(1, 1), share(1, 1))
    );
    assert_eq!((anna.promises_kept, anna.promises_late), (1, 1));
    let bo = &report.rows[1].figures;
    assert_eq!((bo.handled.len(), bo.replies), (3, 2));
    assert_eq!(
        bo.first_response,
        share(1, 2),
        "the unanswered one counts against its holder"
    );
    assert_eq!((bo.solution, bo.first_contact), (share(1, 2), share(0, 1)));
    assert_eq!(
        bo.overdue.iter().copied().collect::<Vec<_>>(),
        [stories[4].id]
    );
    let nobody = &report.rows[2].figures;
    assert_eq!(
        nobody.first_response,
        share(0, 1),
        "the closed duplicate was never answered"
    );
    assert_eq!(
        nobody.overdue.iter().copied().collect::<Vec<_>>(),
        [stories[5].id]
    );
    assert_eq!(
        report.totals.handled.len(),
        4,
        "a ticket of two agents counts once"
    );
    assert_eq!(report.totals.first_response, share(2, 5));
    assert_eq!(report.totals.solution.permille(), Some(667));
}

#[test]
fn a_running_day_counts_nothing_that_may_still_come_right() {
    let stories = [
        Story::opened(1, 0).by(ANNA, 1, TicketEvent::Claimed { user: ANNA }),
        Story::opened(2, 0).answer(ANNA, 1).promise(ANNA, 1, 60, 1),
    ];
    let early = run(&stories, Ms(TEN.0 + 30_000));
    assert_eq!(early.totals.first_response, share(0, 0));
    assert_eq!(early.totals.first_response.permille(), None);
    assert_eq!(
        (early.totals.promises_late, early.totals.overdue.len()),
        (0, 0)
    );
    let later = run(&stories, TEN.plus_minutes(61));
    assert_eq!(later.totals.promises_late, 1);
}

#[test]
fn changed_and_withdrawn_promises_are_neither_kept_nor_late() {
    for state in [PromiseState::Renegotiated, PromiseState::Withdrawn] {
        let story = Story::opened(1, 0)
            .promise(ANNA, 1, 60, 1)
            .settle(ANNA, 30, 1, state);
        let totals = run(&[story], DAY.1).totals;
        assert_eq!((totals.promises_kept, totals.promises_late), (0, 0));
    }
}
