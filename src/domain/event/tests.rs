#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
//! The golden file: one stored example of each kind. Its lines may be added to and never changed: logs in the field hold
//! bytes like these for ever. A new version of a kind adds a line; the old one must go on being read.

use std::collections::BTreeSet;

use serde::Deserialize;
use uuid::Uuid;

use super::*;
use crate::domain::ids::{EventId, PromiseId, QueueId, StreamKind, TicketId};
use crate::domain::lang::Lang;
use crate::domain::review::Why;
use crate::domain::scorecard::{CriticalMark, Found, LevelMark, Marks};
use crate::domain::vocabulary::{
    Act, Channel, CloseReason, Deed, Delivery, Duty, LinePart, Origin, Priority, PromiseState,
    Relation, ReopenReason, Role, Tier, WaitReason,
};

const GOLDEN: &str = include_str!("golden.json");

#[derive(Deserialize, Debug)]
struct Stored {
    stream: StreamKind,
    kind: String,
    v: u16,
    data: String,
}

fn golden() -> Vec<Stored> {
    serde_json::from_str(GOLDEN).unwrap()
}

#[test]
fn stored_bytes_are_read_and_written_back_the_same() {
    for stored in golden() {
        let body = decode(stored.stream, &stored.kind, stored.v, &stored.data).unwrap();
        assert!(matches!(body, Body::Known(_)), "{stored:?}");
        assert_eq!(body.kind(), stored.kind);
        let (kind, v, data) = encode(&body).unwrap();
        if v == stored.v {
            assert_eq!((kind, data), (stored.kind, stored.data));
        }
    }
}

#[test]
fn the_golden_file_holds_what_this_program_writes() {
    let lines: BTreeSet<(String, u16, String)> = golden()
        .into_iter()
        .map(|s| (s.kind, s.v, s.data))
        .collect();
    let mut missing = Vec::new();
    let mut kinds = BTreeSet::new();
    for body in examples() {
        let stream = match &body {
            EventBody::Ticket(_) => StreamKind::Ticket,
            EventBody::Customer(_) => StreamKind::Customer,
            EventBody::User(_) => StreamKind::User,
            EventBody::Queue(_) => StreamKind::Queue,
            EventBody::Line(_) => StreamKind::Line,
            EventBody::Review(_) => StreamKind::Review,
        };
        let written = encode(&body.into()).unwrap();
        assert!(known(stream, &written.0), "{} can be read", written.0);
        kinds.insert(written.0.clone());
        if !lines.contains(&written) {
            let (kind, v, data) = written;
            let line = serde_json::json!({ "stream": stream, "kind": kind, "v": v, "data": data });
            missing.push(line.to_string());
        }
    }
    assert!(
        missing.is_empty(),
        "not in the golden file:\n{}",
        missing.join(",\n")
    );
    let pinned: BTreeSet<String> = golden().into_iter().map(|s| s.kind).collect();
    assert_eq!(
        kinds, pinned,
        "every kind has an example here and a line there"
    );
}

#[test]
fn what_a_newer_program_wrote_is_kept_as_it_came() {
    for (kind, v) in [("teleported", 1), ("claimed", 2)] {
        let data = r#"{"kind":"x","to":[1,2]}"#;
        let body = decode(StreamKind::Ticket, kind, v, data).unwrap();
        let Body::Unknown(unknown) = &body else {
            panic!("{body:?}");
        };
        assert_eq!((unknown.kind.as_str(), unknown.v), (kind, v));
        assert_eq!(
            encode(&body).unwrap(),
            (kind.to_owned(), v, data.to_owned())
        );
    }
    // A kind belongs to its stream.
    let body = decode(StreamKind::User, "claimed", 1, "{}").unwrap();
    assert!(matches!(body, Body::Unknown(_)));
}

#[test]
fn damage_is_named() {
    let error = decode(StreamKind::Ticket, "claimed", 1, "{\"kind\":\"claimed\"}").unwrap_err();
    assert!(error.to_string().contains("claimed"), "{error}");
    assert!(decode(StreamKind::Ticket, "teleported", 1, "no json").is_err());
}

const fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn origin() -> Option<Origin> {
    Some(Origin {
        source: "crm".into(),
        foreign_id: "K-7".into(),
    })
}

/// One of each kind, with everything optional present.
fn examples() -> Vec<EventBody> {
    let mut out = talk();
    out.extend(life());
    out.extend(records());
    out.extend(grown());
    out.extend(reviewed());
    out
}

/// What was said about a reply.
fn reviewed() -> Vec<EventBody> {
    let marks = Marks {
        criticals: vec![CriticalMark {
            critical: "privacy".into(),
            found: Found::Yes,
        }],
        levels: vec![
            LevelMark {
                item: "recap".into(),
                level: Some(3),
            },
            LevelMark {
                item: "note".into(),
                level: None,
            },
        ],
    };
    let until = Some(Ms(1_773_819_600_000));
    vec![
        ReviewEvent::ReviewRated {
            ticket: TicketId(id(3)),
            number: Some(1042),
            customer: CustomerId(id(1)),
            source: EventId {
                command: crate::domain::ids::CommandId(id(9)),
                index: 1,
            },
            agent: UserId(id(5)),
            said_at: Ms(1_773_219_600_000),
            why: Why::MissedPromise,
            card: 1,
            second: true,
            marks: marks.clone(),
            appeal_until: until,
        }
        .into(),
        ReviewEvent::ReviewAgreed {
            marks: marks.clone(),
            appeal_until: until,
        }
        .into(),
        ReviewEvent::ReviewAppealed {}.into(),
        ReviewEvent::AppealAnswered { marks: Some(marks) }.into(),
    ]
}

/// Lines that the team proposed, and words in which playbook lines stood.
fn grown() -> Vec<EventBody> {
    let source = EventId {
        command: crate::domain::ids::CommandId(id(9)),
        index: 1,
    };
    vec![
        LineEvent::LineProposed {
            part: LinePart::Empathize,
            item: "A1".into(),
            lang: Lang::Zh,
            feeling: 2,
            text: "站了{wait.minutes}分钟，腿都酸了吧。".into(),
            ticket: Some(TicketId(id(3))),
            source: Some(source),
        }
        .into(),
        LineEvent::LineApproved {
            text: "站了{wait.minutes}分钟，确实够受的。".into(),
        }
        .into(),
        LineEvent::LineDeclined {
            word: "这句像在赶客户".into(),
        }
        .into(),
        LineEvent::LineRetired {
            word: "规则改了".into(),
        }
        .into(),
        TicketEvent::Replied {
            channel: Channel::Chat,
            acts: vec![Act::AckSpecific],
            lines: vec!["a1-wait/empathize/1@1".into()],
            origin: None,
        }
        .into(),
        TicketEvent::Spoken {
            acts: vec![Act::AckSpecific],
            lines: vec!["grown/00000000-0000-0000-0000-000000000008@2".into()],
        }
        .into(),
    ]
}

fn talk() -> Vec<EventBody> {
    let message = EventId {
        command: crate::domain::ids::CommandId(id(9)),
        index: 1,
    };
    let ticket = [
        TicketEvent::Opened {
            number: Some(1042),
            customer: CustomerId(id(1)),
            queue: QueueId(id(2)),
            channel: Channel::Voice,
            tier: Tier::B,
            vulnerable: true,
            repeat_of: Some(TicketId(id(3))),
            contact: 2,
            item: Some("A1".into()),
            live: true,
            origin: origin(),
        },
        TicketEvent::CustomerMessage {
            channel: Channel::Chat,
            origin: origin(),
            attachments: 2,
        },
        TicketEvent::Replied {
            channel: Channel::Mail,
            acts: Act::ALL.to_vec(),
            lines: Vec::new(),
            origin: origin(),
        },
        TicketEvent::Spoken {
            acts: vec![Act::AckSpecific],
            lines: Vec::new(),
        },
        TicketEvent::Noted {},
        TicketEvent::RuleOverridden {
            rule: "CMT-11".into(),
            by: message,
        },
        TicketEvent::DeliveryChanged {
            message,
            state: Delivery::Failed,
            reason: Some("no such number".into()),
        },
        TicketEvent::PromiseMade {
            promise: PromiseId(id(4)),
            deed: Deed::Callback,
            due: Ms(1_773_219_600_000),
            source: Some(message),
        },
        TicketEvent::PromiseSettled {
            promise: PromiseId(id(4)),
            state: PromiseState::Kept,
            evidence: Some(message),
        },
    ];
    ticket.map(EventBody::from).into()
}

fn life() -> Vec<EventBody> {
    let user = UserId(id(5));
    let ticket = [
        TicketEvent::Claimed { user },
        TicketEvent::Released {
            user,
            sign_off: true,
        },
        TicketEvent::Assigned { user },
        TicketEvent::Transferred {
            from: QueueId(id(2)),
            to: QueueId(id(6)),
        },
        TicketEvent::WaitingSet {
            reason: WaitReason::Supplier,
            next_contact: Ms(1_773_219_600_000),
        },
        TicketEvent::Resumed {},
        TicketEvent::Snoozed {
            until: Ms(1_773_219_600_000),
        },
        TicketEvent::PrioritySet {
            priority: Priority::Urgent,
        },
        TicketEvent::TicketTagged {
            add: vec!["safety".into()],
            remove: vec!["vip".into()],
        },
        TicketEvent::Classified { item: "C2".into() },
        TicketEvent::TierApplied {
            tier: Tier::A,
            vulnerable: false,
        },
        TicketEvent::Closed {
            reason: CloseReason::NoAnswer,
        },
        TicketEvent::Reopened {
            reason: ReopenReason::CustomerReturned,
        },
        TicketEvent::Linked {
            other: TicketId(id(3)),
            relation: Relation::FollowsFrom,
        },
        TicketEvent::Merged {
            into: TicketId(id(3)),
        },
        TicketEvent::CustomerChanged {
            customer: CustomerId(id(1)),
        },
    ];
    ticket.map(EventBody::from).into()
}

fn records() -> Vec<EventBody> {
    let into = CustomerId(id(7));
    let source = || "caller".to_owned();
    vec![
        CustomerEvent::CustomerAdded {
            tier: Tier::C,
            vulnerable: false,
            origin: origin(),
        }
        .into(),
        CustomerEvent::IdentityAdded {}.into(),
        CustomerEvent::Renamed {}.into(),
        CustomerEvent::TierSet {
            tier: Tier::A,
            vulnerable: true,
        }
        .into(),
        CustomerEvent::CustomerTagged {
            add: vec!["regular".into()],
            remove: vec![],
            source: source(),
        }
        .into(),
        CustomerEvent::PreferenceSet {
            key: "title".into(),
            value: "女士".into(),
            source: source(),
        }
        .into(),
        CustomerEvent::Merged { into }.into(),
        CustomerEvent::Split {
            into,
            tickets: vec![TicketId(id(3))],
        }
        .into(),
        CustomerEvent::Erased {}.into(),
        UserEvent::UserAdded {
            login: "anna".into(),
            name: "林悦".into(),
            role: Role::Agent,
        }
        .into(),
        UserEvent::RoleSet { role: Role::Lead }.into(),
        UserEvent::DutySet { duty: Duty::Away }.into(),
        UserEvent::UserDisabled {}.into(),
        QueueEvent::QueueAdded {
            slug: "main".into(),
            zh: "综合".into(),
            en: "General".into(),
        }
        .into(),
        QueueEvent::MembersSet {
            members: vec![UserId(id(5))],
        }
        .into(),
    ]
}
