#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;
use crate::domain::event::Actor;
use crate::domain::ids::{CustomerId, PromiseId, QueueId};
use crate::domain::ticket::{Promise, Status};
use crate::domain::time::MINUTE;
use crate::domain::vocabulary::{Channel, Deed, Priority, PromiseState, Tier, WaitReason};
use proptest::prelude::*;
use uuid::Uuid;

/// 2026-03-11 10:00 in Shanghai.
const START: Ms = Ms(1_773_194_400_000);

fn ticket(n: u128, opened: i64) -> Ticket {
    let opened_at = START.plus_minutes(opened);
    let event = crate::domain::event::Event {
        id: Default::default(),
        stream: TicketId(Uuid::from_u128(n)).into(),
        version: 1,
        position: 1,
        occurred_at: opened_at,
        recorded_at: opened_at,
        actor: Actor::Customer,
        body: crate::domain::event::Body::Known(
            crate::domain::event::TicketEvent::Opened {
                number: Some(u64::try_from(n).unwrap()),
                customer: CustomerId(Uuid::from_u128(1)),
                queue: QueueId(Uuid::from_u128(1)),
                channel: Channel::Chat,
                tier: Tier::C,
                vulnerable: false,
                repeat_of: None,
                contact: 1,
                item: None,
                live: false,
                origin: None,
            }
            .into(),
        ),
        customer: None,
        payload: None,
    };
    Ticket::open(&event).unwrap()
}

fn facts(ticket: Ticket) -> Facts {
    Facts {
        ticket,
        caller: SafeText::clean_line("王小明"),
        last4: SafeText::clean_line("1234"),
        keys: "wxm wangxiaoming".to_owned(),
        excerpt: SafeText::clean_line("我要退款"),
        holder: SafeText::default(),
        unread: false,
        draft: false,
        pending: false,
    }
}

fn board() -> Board {
    Board::new(Arc::new(Policy::shipped().unwrap()))
}

fn order(board: &mut Board, now: Ms) -> Vec<TicketId> {
    let none = BTreeSet::new();
    let eyes = Eyes {
        me: UserId::default(),
        now,
        returned: &none,
    };
    board
        .list(&QueueView::default(), &eyes)
        .iter()
        .map(|r| r.ticket.id)
        .collect()
}

#[derive(Clone, Debug)]
enum Step {
    Put { n: u8, opened: i64, change: u8 },
    Remove(u8),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_u8..12, -600_i64..0, 0_u8..6).prop_map(|(n, opened, change)| Step::Put { n, opened, change }),
        1 => (0_u8..12).prop_map(Step::Remove),
        3 => (1_i64..400).prop_map(Step::Wait),
    ]
}

fn changed(n: u8, opened: i64, change: u8) -> Ticket {
    let mut t = ticket(u128::from(n) + 1, opened);
    match change {
        1 => t.priority = Priority::Urgent,
        2 => t.priority = Priority::High,
        3 => {
            t.status = Status::Waiting {
                reason: WaitReason::Site,
                next_contact: START.plus_minutes(opened + 700),
                since: START,
            }
        }
        4 => t.promises.push(Promise {
            id: PromiseId::default(),
            deed: Deed::Callback,
            due: START.plus_minutes(opened + 900),
            by: None,
            made_at: START,
            source: None,
            made: Default::default(),
            state: PromiseState::Open,
            settled_at: None,
        }),
        5 => {
            t.status = Status::Snoozed {
                until: START.plus_minutes(opened + 800),
            }
        }
        _ => {}
    }
    t
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// The order kept row by row, woken by the heap, equals a full ranking and sort at every moment.
    #[test]
    fn incremental_equals_full_sort(steps in proptest::collection::vec(step(), 1..60)) {
        let mut board = board();
        let policy = Policy::shipped().unwrap();
        let mut model: BTreeMap<TicketId, Ticket> = BTreeMap::new();
        let mut now = START;
        for step in steps {
            match step {
                Step::Put { n, opened, change } => {
                    let t = changed(n, opened, change);
                    model.insert(t.id, t.clone());
                    board.put(facts(t), now);
                }
                Step::Remove(n) => {
                    let id = TicketId(Uuid::from_u128(u128::from(n) + 1));
                    model.remove(&id);
                    board.remove(id);
                }
                Step::Wait(minutes) => {
                    now = now.plus_minutes(minutes);
                    board.wake(now);
                }
            }
            let mut full: Vec<_> = model.values().map(|t| (rank(t, &policy.clocks(t), now).key, t.id)).collect();
            full.sort();
            let full: Vec<TicketId> = full.into_iter().map(|(_, id)| id).collect();
            prop_assert_eq!(order(&mut board, now), full);
        }
    }
}

#[test]
fn words_find_caller_number_and_pinyin() {
    let mut board = board();
    board.put(facts(ticket(4711, -5)), START);
    let none = BTreeSet::new();
    let eyes = Eyes {
        me: UserId::default(),
        now: START,
        returned: &none,
    };
    let mut count = |words: &str| {
        board
            .list(
                &QueueView {
                    list: List::Queue,
                    words: words.to_owned(),
                },
                &eyes,
            )
            .len()
    };
    for hit in ["王小", "退款", "wxm", "wang", "4711", "1234", "WXM", ""] {
        assert_eq!(count(hit), 1, "{hit}");
    }
    for miss in ["李", "退货", "xm", "4712"] {
        assert_eq!(count(miss), 0, "{miss}");
    }
}

#[test]
fn lists_agree_with_the_strip() {
    let mut board = board();
    for n in 0..12_u8 {
        let mut t = changed(n, -i64::from(n) * 50, n % 6);
        if n % 2 == 0 {
            t.assignee = Some(UserId(Uuid::from_u128(9)));
        }
        let mut f = facts(t);
        f.unread = n % 3 == 0;
        f.draft = n % 4 == 0;
        board.put(f, START);
    }
    let returned = BTreeSet::from([TicketId(Uuid::from_u128(3))]);
    let now = START.plus_millis(600 * MINUTE);
    board.wake(now);
    let eyes = Eyes {
        me: UserId(Uuid::from_u128(9)),
        now,
        returned: &returned,
    };
    let strip = board.strip(&eyes);
    let mut len = |list: List| {
        u32::try_from(
            board
                .list(
                    &QueueView {
                        list,
                        words: String::new(),
                    },
                    &eyes,
                )
                .len(),
        )
        .unwrap()
    };
    assert_eq!(strip.open, len(List::Queue));
    assert_eq!(strip.overdue, len(List::Overdue));
    assert_eq!(strip.due_soon, len(List::DueSoon));
    assert_eq!(strip.unassigned, len(List::Unassigned));
    assert_eq!(strip.promises_today, len(List::PromisesToday));
    assert_eq!(strip.needs_me, len(List::NeedsMe));
    assert_eq!(strip.unread, len(List::Unread));
    assert_eq!(strip.drafts, len(List::Drafts));
    assert!(strip.overdue > 0 && strip.needs_me > 0, "{strip:?}");
}
