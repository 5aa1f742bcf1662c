//! Which deeds of others make which command a conflict, as one table; and what never does.

use super::*;
use crate::domain::vocabulary::{Relation, WaitReason};

/// Deeds of others between base and command.
fn meanwhile(name: &str, site: &mut Site) {
    match name {
        "reply" => drop(site.ok(by(LEAD), reply(T1))),
        "speak" => drop(site.ok(by(BO), speak(T1))),
        "note" => drop(site.ok(by(BO), note(T1))),
        "message" => drop(site.ok(Actor::Customer, message(T1))),
        "close" => drop(site.ok(by(LEAD), close(T1))),
        "transfer" => drop(site.ok(
            by(LEAD),
            CommandBody::Transfer {
                ticket: T1,
                queue: OTHER,
            },
        )),
        "merge" => drop(site.ok(
            by(LEAD),
            CommandBody::Merge {
                ticket: T1,
                into: T2,
            },
        )),
        "claim" => drop(site.ok(by(BO), CommandBody::Claim { ticket: T1 })),
        "assign" => drop(site.ok(by(LEAD), CommandBody::Assign { ticket: T1, to: BO })),
        other => panic!("{other}"),
    }
}

const DEEDS: [&str; 9] = [
    "reply", "speak", "note", "message", "close", "transfer", "merge", "claim", "assign",
];

fn ready() -> (Site, Vec<Base>) {
    let mut site = Site::new();
    site.ok(Actor::Customer, open(T2, MEI));
    let base = site.base(T1);
    (site, base)
}

/// The deeds that make this command a conflict when somebody else did them after the base.
fn clashing(body: &CommandBody) -> Vec<&'static str> {
    DEEDS
        .into_iter()
        .filter(|deed| {
            let (mut site, base) = ready();
            meanwhile(deed, &mut site);
            matches!(
                site.run(by(ANNA), body.clone(), &base),
                Err(Rejection::Conflict { .. })
            )
        })
        .collect()
}

#[test]
fn conflicts_are_listed_by_kind() {
    let until = START.plus_minutes(60);
    let wait = CommandBody::Wait {
        ticket: T1,
        reason: WaitReason::Customer,
        next_contact: until,
    };
    assert_eq!(
        clashing(&reply(T1)),
        ["reply", "close", "transfer", "merge"]
    );
    assert_eq!(
        clashing(&close(T1)),
        ["reply", "speak", "message", "transfer", "merge"]
    );
    let buried = ["message", "close", "transfer", "merge"];
    assert_eq!(clashing(&wait), buried);
    assert_eq!(
        clashing(&CommandBody::Snooze {
            ticket: T1,
            until,
            overrides: Vec::new()
        }),
        buried
    );
    let transfer = CommandBody::Transfer {
        ticket: T1,
        queue: OTHER,
    };
    assert_eq!(clashing(&transfer), ["close", "transfer", "merge"]);
    // A reply to a free ticket also takes it. What ended cannot be claimed; that is a rule, not a conflict.
    assert_eq!(
        clashing(&CommandBody::Claim { ticket: T1 }),
        ["reply", "claim", "assign"]
    );
    let merge = CommandBody::Merge {
        ticket: T1,
        into: T2,
    };
    assert_eq!(clashing(&merge), ["close", "merge"]);
    for body in [
        note(T1),
        speak(T1),
        message(T1),
        promise(T1, until),
        CommandBody::Tag {
            ticket: T1,
            add: vec!["x".into()],
            remove: vec![],
        },
        CommandBody::Link {
            ticket: T1,
            other: T2,
            relation: Relation::Related,
        },
    ] {
        assert_eq!(clashing(&body), [] as [&str; 0], "{body:?}");
    }
}

#[test]
fn a_conflict_shows_what_happened_oldest_first() {
    let (mut site, base) = ready();
    for deed in ["note", "reply", "message", "reply"] {
        meanwhile(deed, &mut site);
    }
    let Err(Rejection::Conflict { with }) = site.run(by(ANNA), reply(T1), &base) else {
        panic!("a conflict");
    };
    assert_eq!(with.len(), 2);
    assert!(with[0].id < with[1].id);
    assert!(
        with.iter()
            .all(|s| s.actor == by(LEAD) && s.body.kind() == "replied")
    );
}

#[test]
fn ones_own_queued_commands_never_conflict() {
    let (mut site, base) = ready();
    // A desk that was offline: all made on the same base.
    for _ in 0..3 {
        assert!(site.run(by(ANNA), reply(T1), &base).is_ok());
    }
    assert!(site.run(by(ANNA), close(T1), &base).is_ok());
    assert!(
        site.run(by(ANNA), reply(T1), &base).is_ok(),
        "one's own closing neither"
    );
}

#[test]
fn a_new_customer_message_is_only_a_warning_to_a_reply() {
    let (mut site, base) = ready();
    meanwhile("message", &mut site);
    assert_eq!(
        kinds(&site.run(by(ANNA), reply(T1), &base).unwrap()),
        ["claimed", "replied"]
    );
}

#[test]
fn who_saw_the_conflict_may_send_anyway() {
    let (mut site, base) = ready();
    meanwhile("reply", &mut site);
    let mut again = reply(T1);
    let CommandBody::Reply { anyway, .. } = &mut again else {
        panic!("a reply");
    };
    *anyway = true;
    assert!(site.run(by(ANNA), again, &base).is_ok());
}
