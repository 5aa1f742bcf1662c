//! One accepted example of every command kind: which events it makes, and on which streams.

use super::*;
use crate::domain::vocabulary::{
    Delivery, Duty, Identity, IdentityKind, Priority, PromiseState, Relation, ReopenReason,
    WaitReason,
};

fn identity() -> Identity {
    Identity {
        kind: IdentityKind::Phone,
        value: "13800000000".into(),
        source: "caller".into(),
    }
}

/// Who asks what, after `setup`, and the kinds of events that come of it.
type Case = (fn(&mut Site), Actor, CommandBody, &'static [&'static str]);

fn nothing(_: &mut Site) {}
fn anna_holds(site: &mut Site) {
    site.ok(by(ANNA), CommandBody::Claim { ticket: T1 });
}
fn closed(site: &mut Site) {
    site.ok(by(ANNA), close(T1));
}
fn promised(site: &mut Site) {
    site.ok(by(ANNA), promise(T1, START.plus_minutes(60)));
}
fn waiting(site: &mut Site) {
    site.ok(
        by(ANNA),
        CommandBody::Snooze {
            ticket: T1,
            until: START.plus_minutes(60),
            overrides: Vec::new(),
        },
    );
}
fn second(site: &mut Site) {
    site.ok(Actor::Customer, open(T2, MEI));
}

#[test]
fn words_are_accepted() {
    let later = START.plus_minutes(60);
    let live = CommandBody::OpenTicket {
        ticket: T2,
        customer: CustomerId(Uuid::from_u128(50)),
        new_customer: Some(new_customer()),
        queue: MAIN,
        channel: Channel::Voice,
        text: "漏水".into(),
        attachments: Vec::new(),
        item: Some("Z9".into()),
        live: true,
        origin: None,
    };
    let promising = CommandBody::Reply {
        ticket: T1,
        channel: Channel::Chat,
        text: "17:00前打给您".into(),
        acts: vec![Act::CommitConcrete],
        lines: Vec::new(),
        promises: vec![draft(later)],
        anyway: false,
        overrides: Vec::new(),
        origin: None,
    };
    let cases: Vec<Case> = vec![
        (
            nothing,
            by(ANNA),
            open(T2, MEI),
            &["ticket_opened", "customer_message"],
        ),
        (
            nothing,
            by(ANNA),
            live,
            &[
                "customer_added",
                "ticket_opened",
                "customer_message",
                "claimed",
            ],
        ),
        (nothing, Actor::Customer, message(T1), &["customer_message"]),
        (
            closed,
            Actor::Customer,
            message(T1),
            &["reopened", "customer_message"],
        ),
        (nothing, by(ANNA), reply(T1), &["claimed", "replied"]),
        (anna_holds, by(ANNA), reply(T1), &["replied"]),
        (
            closed,
            by(ANNA),
            reply(T1),
            &["reopened", "claimed", "replied"],
        ),
        (
            anna_holds,
            by(ANNA),
            promising,
            &["replied", "promise_made"],
        ),
        (nothing, by(BO), speak(T1), &["spoken"]),
        (nothing, by(BO), note(T1), &["noted"]),
        (nothing, by(BO), promise(T1, later), &["promise_made"]),
        (promised, by(BO), promise(T1, later), &[]),
        (
            promised,
            by(ANNA),
            CommandBody::SettlePromise {
                ticket: T1,
                promise: P1,
                state: PromiseState::Kept,
                evidence: Some(EventId::default()),
            },
            &["promise_settled"],
        ),
    ];
    check(cases);
}

#[test]
fn hands_life_and_labels_are_accepted() {
    let until = START.plus_minutes(60);
    let cases: Vec<Case> = vec![
        (
            nothing,
            by(ANNA),
            CommandBody::Claim { ticket: T1 },
            &["claimed"],
        ),
        (anna_holds, by(ANNA), CommandBody::Claim { ticket: T1 }, &[]),
        (
            anna_holds,
            by(ANNA),
            CommandBody::Release { ticket: T1 },
            &["released"],
        ),
        (
            anna_holds,
            by(LEAD),
            CommandBody::Release { ticket: T1 },
            &["released"],
        ),
        (
            nothing,
            by(LEAD),
            CommandBody::Assign { ticket: T1, to: BO },
            &["assigned"],
        ),
        (
            anna_holds,
            by(LEAD),
            CommandBody::Assign {
                ticket: T1,
                to: ANNA,
            },
            &[],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Transfer {
                ticket: T1,
                queue: OTHER,
            },
            &["transferred"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Transfer {
                ticket: T1,
                queue: MAIN,
            },
            &[],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Wait {
                ticket: T1,
                reason: WaitReason::Customer,
                next_contact: until,
            },
            &["waiting_set"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Snooze {
                ticket: T1,
                until,
                overrides: Vec::new(),
            },
            &["snoozed"],
        ),
        (
            waiting,
            by(ANNA),
            CommandBody::Resume { ticket: T1 },
            &["resumed"],
        ),
        (nothing, by(ANNA), CommandBody::Resume { ticket: T1 }, &[]),
        (
            nothing,
            by(ANNA),
            CommandBody::SetPriority {
                ticket: T1,
                priority: Priority::High,
            },
            &["priority_set"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::SetPriority {
                ticket: T1,
                priority: Priority::Normal,
            },
            &[],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Tag {
                ticket: T1,
                add: vec!["vip".into()],
                remove: vec![],
            },
            &["ticket_tagged"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Classify {
                ticket: T1,
                item: "C2".into(),
            },
            &["classified"],
        ),
        (nothing, by(ANNA), close(T1), &["ticket_closed"]),
        (
            nothing,
            by(ANNA),
            CommandBody::Close {
                ticket: T1,
                reason: CloseReason::Solved,
                item: Some("C2".into()),
                overrides: Vec::new(),
            },
            &["classified", "ticket_closed"],
        ),
        (
            closed,
            by(ANNA),
            CommandBody::Reopen {
                ticket: T1,
                reason: ReopenReason::Dissatisfied,
            },
            &["reopened"],
        ),
        (
            second,
            by(ANNA),
            CommandBody::Link {
                ticket: T1,
                other: T2,
                relation: Relation::Related,
            },
            &["linked", "linked"],
        ),
        (
            second,
            by(ANNA),
            CommandBody::Merge {
                ticket: T2,
                into: T1,
            },
            &["ticket_merged", "linked", "linked"],
        ),
    ];
    check(cases);
}

#[test]
fn records_and_site_are_accepted() {
    let (key, value, source) = ("channel".to_owned(), "chat".to_owned(), "caller".to_owned());
    let new = CustomerId(Uuid::from_u128(60));
    let user = UserId(Uuid::from_u128(61));
    let cases: Vec<Case> = vec![
        (
            nothing,
            by(ANNA),
            CommandBody::AddCustomer {
                customer: new,
                new: new_customer(),
            },
            &["customer_added"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::AddIdentity {
                customer: MEI,
                identity: identity(),
            },
            &["identity_added"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::RenameCustomer {
                customer: MEI,
                name: "王美".into(),
            },
            &["renamed"],
        ),
        (
            nothing,
            by(LEAD),
            CommandBody::SetTier {
                customer: MEI,
                tier: Tier::A,
                vulnerable: true,
            },
            &["tier_set", "tier_applied"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::TagCustomer {
                customer: MEI,
                add: vec!["x".into()],
                remove: vec![],
                source: source.clone(),
            },
            &["customer_tagged"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::SetPreference {
                customer: MEI,
                key,
                value,
                source,
            },
            &["preference_set"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::MergeCustomer {
                customer: MEI,
                into: LI,
            },
            &["customer_merged", "customer_changed"],
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::SplitCustomer {
                customer: MEI,
                into: new,
                new: new_customer(),
                tickets: vec![T1],
            },
            &["customer_added", "customer_split", "customer_changed"],
        ),
        (
            nothing,
            by(MANAGER),
            CommandBody::EraseCustomer { customer: MEI },
            &["erased"],
        ),
        (
            nothing,
            by(ADMIN),
            add_user(user, Role::Agent),
            &["user_added"],
        ),
        (
            nothing,
            by(ADMIN),
            CommandBody::SetRole {
                user: BO,
                role: Role::Lead,
            },
            &["role_set"],
        ),
        (
            nothing,
            by(TRAINER),
            CommandBody::SetDuty { duty: Duty::Ready },
            &["duty_set"],
        ),
        (
            nothing,
            by(ADMIN),
            CommandBody::DisableUser { user: BO },
            &["user_disabled"],
        ),
        (
            nothing,
            by(ADMIN),
            CommandBody::AddQueue {
                queue: QueueId(Uuid::from_u128(62)),
                slug: "q".into(),
                zh: "队".into(),
                en: "Q".into(),
            },
            &["queue_added"],
        ),
        (
            nothing,
            by(LEAD),
            CommandBody::SetMembers {
                queue: OTHER,
                members: vec![BO, BO],
            },
            &["members_set"],
        ),
    ];
    check(cases);
}

#[test]
fn delivery_moves_on_and_never_twice() {
    let mut site = Site::new();
    site.ok(by(ANNA), reply(T1));
    let message = site.ticket(T1).undelivered[0].0;
    let deliver = |state| CommandBody::Deliver {
        ticket: T1,
        message,
        state,
        reason: None,
    };
    for (state, count) in [
        (Delivery::Accepted, 1),
        (Delivery::Accepted, 0),
        (Delivery::Delivered, 1),
        (Delivery::Delivered, 0),
        (Delivery::Failed, 0),
    ] {
        assert_eq!(site.system(deliver(state)).len(), count, "{state:?}");
    }
    assert!(site.ticket(T1).undelivered.is_empty());
}

fn check(cases: Vec<Case>) {
    for (setup, actor, body, want) in cases {
        let mut site = Site::new();
        setup(&mut site);
        let what = format!("{body:?}");
        let events = site.ok(actor, body);
        assert_eq!(kinds(&events), want, "{what}");
        assert!(events.iter().all(|e| e.actor == actor), "{what}");
        let payloads = events.iter().filter(|e| e.payload.is_some());
        assert!(
            payloads.clone().all(|e| e.customer.is_some()),
            "a payload has an owner: {what}"
        );
    }
}
