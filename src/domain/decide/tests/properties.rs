//! Random sites and commands: nothing panics, versions grow by one, the fold is the same however it is cut.

use proptest::prelude::*;

use super::*;
use crate::domain::fold::fold_all;
use crate::domain::vocabulary::{
    Delivery, Duty, Priority, PromiseState, Relation, ReopenReason, WaitReason,
};

const USERS: [UserId; 7] = [ANNA, BO, LEAD, MANAGER, ADMIN, TRAINER, CARL];
const TICKETS: [TicketId; 4] = [T1, T2, T3, NOWHERE];
const CUSTOMERS: [CustomerId; 3] = [MEI, LI, CustomerId(Uuid::from_u128(90))];
const QUEUES: [QueueId; 3] = [MAIN, OTHER, QueueId(Uuid::from_u128(91))];

fn pick<T: Copy>(list: &[T], n: u64) -> T {
    list[usize::try_from(n % list.len() as u64).unwrap()]
}

fn actor(n: u64) -> Actor {
    match n % 9 {
        7 => Actor::Customer,
        8 => Actor::System,
        n => by(USERS[usize::try_from(n).unwrap()]),
    }
}

/// Some command out of a few numbers; every kind can come.
fn command((kind, a, b, c): (u8, u64, u64, u64), now: Ms) -> CommandBody {
    let (ticket, other) = (pick(&TICKETS, a), pick(&TICKETS, b));
    let (customer, into) = (pick(&CUSTOMERS, a), pick(&CUSTOMERS, b));
    let time = Ms(now.0 + i64::try_from(c % 7_200_000).unwrap() - 3_600_000);
    let text: RawText = if c % 5 == 0 { " " } else { "话" }.into();
    let item = if c % 3 == 0 { "Z9" } else { "C2" };
    match kind % 35 {
        0 => CommandBody::Claim { ticket },
        1 => CommandBody::Release { ticket },
        2 => CommandBody::Assign {
            ticket,
            to: pick(&USERS, b),
        },
        3 => CommandBody::Transfer {
            ticket,
            queue: pick(&QUEUES, b),
        },
        4 => CommandBody::Wait {
            ticket,
            reason: pick(WaitReason::ALL, b),
            next_contact: time,
        },
        5 => CommandBody::Resume { ticket },
        6 => CommandBody::Snooze {
            ticket,
            until: time,
            overrides: Vec::new(),
        },
        7 => CommandBody::SetPriority {
            ticket,
            priority: pick(Priority::ALL, b),
        },
        8 => CommandBody::Tag {
            ticket,
            add: vec!["safety".into()],
            remove: vec![],
        },
        9 => CommandBody::Classify {
            ticket,
            item: item.into(),
        },
        10 => promise(ticket, time),
        11 => CommandBody::SettlePromise {
            ticket,
            promise: P1,
            state: pick(PromiseState::ALL, b),
            evidence: (c % 2 == 0).then(EventId::default),
        },
        12 => CommandBody::Close {
            ticket,
            reason: pick(CloseReason::ALL, b),
            item: (c % 2 == 0).then(|| item.into()),
            overrides: Vec::new(),
        },
        13 => CommandBody::Reopen {
            ticket,
            reason: pick(ReopenReason::ALL, b),
        },
        14 => CommandBody::Link {
            ticket,
            other,
            relation: pick(Relation::ALL, c),
        },
        15 => CommandBody::Merge {
            ticket,
            into: other,
        },
        16 | 17 => open(ticket, customer),
        18 | 19 => message(ticket),
        20 | 21 => CommandBody::Reply {
            ticket,
            channel: pick(Channel::ALL, c),
            text,
            acts: vec![pick(Act::ALL, b)],
            lines: Vec::new(),
            promises: vec![draft(time)],
            anyway: c % 2 == 0,
            overrides: Vec::new(),
            origin: None,
        },
        22 => speak(ticket),
        23 => note(ticket),
        24 => CommandBody::Deliver {
            ticket,
            message: EventId::default(),
            state: pick(Delivery::ALL, c),
            reason: None,
        },
        25 => CommandBody::AddCustomer {
            customer,
            new: new_customer(),
        },
        26 => CommandBody::RenameCustomer {
            customer,
            name: text,
        },
        27 => CommandBody::SetTier {
            customer,
            tier: pick(Tier::ALL, b),
            vulnerable: c % 2 == 0,
        },
        28 => CommandBody::MergeCustomer { customer, into },
        29 => CommandBody::SplitCustomer {
            customer,
            into,
            new: new_customer(),
            tickets: vec![pick(&TICKETS, c)],
        },
        30 => CommandBody::EraseCustomer { customer },
        31 => add_user(pick(&USERS, b), pick(Role::ALL, c)),
        32 => CommandBody::SetRole {
            user: pick(&USERS, b),
            role: pick(Role::ALL, c),
        },
        33 => CommandBody::SetDuty {
            duty: pick(Duty::ALL, b),
        },
        _ => CommandBody::SetMembers {
            queue: pick(&QUEUES, a),
            members: vec![pick(&USERS, b)],
        },
    }
}

/// Who, which command out of these numbers, and milliseconds before it.
type Step = (u64, (u8, u64, u64, u64), u32);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let numbers = (any::<u8>(), any::<u64>(), any::<u64>(), any::<u64>());
    prop::collection::vec((any::<u64>(), numbers, 0..4_000_000_u32), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_days_keep_the_laws(steps in steps()) {
        let mut site = Site::new();
        let stale = site.base(T1);
        for (who, numbers, pause) in steps {
            site.now = site.now.plus_millis(i64::from(pause));
            let before = site.log.len();
            let base = if who % 4 == 0 { stale.clone() } else { Vec::new() };
            let result = site.run(actor(who), command(numbers, site.now), &base);
            if result.is_err() {
                prop_assert_eq!(site.log.len(), before, "a refusal changes nothing");
            }
        }
        let mut streams: BTreeMap<Stream, Vec<&Event>> = BTreeMap::new();
        for event in &site.log {
            streams.entry(event.stream).or_default().push(event);
        }
        for (stream, events) in streams {
            for (place, event) in events.iter().enumerate() {
                prop_assert_eq!(event.version as usize, place + 1, "versions grow by one");
            }
            let whole = fold_all(events.iter().copied());
            prop_assert_eq!(whole.as_ref(), site.heads.get(&stream), "folding again gives the same head");
            // Through stored bytes, as a server started again would read them.
            let read = events.iter().fold(None, |head, event| {
                let json = serde_json::to_string(event).unwrap();
                fold(head, &serde_json::from_str(&json).unwrap())
            });
            prop_assert_eq!(whole, read);
        }
        for head in site.heads.values() {
            let Head::Ticket(t) = head else { continue };
            let standing = t.pauses.iter().filter(|p| p.to.is_none()).count();
            prop_assert!(standing <= 1, "one pause at a time");
            prop_assert!(t.pauses.iter().all(|p| p.to.is_none_or(|to| p.from <= to)));
            prop_assert!(t.promises.iter().all(|p| p.due > Ms(0)));
        }
    }

    #[test]
    fn the_same_world_decides_the_same(numbers in (any::<u8>(), any::<u64>(), any::<u64>(), any::<u64>()), who in any::<u64>()) {
        let site = Site::new();
        let body = command(numbers, site.now);
        let one = site.clone().run(actor(who), body.clone(), &[]);
        let two = site.clone().run(actor(who), body, &[]);
        prop_assert_eq!(one, two);
    }
}
