//! Every rule that refuses, by at least one example; a test holds that none is missing.

use std::collections::BTreeSet;

use super::refused_records::{records, site};
use super::*;
use crate::domain::ids::LineId;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::{
    LinePart, Priority, PromiseState, Relation, ReopenReason, WaitReason,
};

pub(super) type Case = (fn(&mut Site), Actor, CommandBody, Rule);

pub(super) fn nothing(_: &mut Site) {}
fn anna_holds(site: &mut Site) {
    site.ok(by(ANNA), CommandBody::Claim { ticket: T1 });
}
fn closed(site: &mut Site) {
    site.ok(by(ANNA), close(T1));
}
fn merged(site: &mut Site) {
    site.ok(Actor::Customer, open(T2, MEI));
    site.ok(
        by(ANNA),
        CommandBody::Merge {
            ticket: T1,
            into: T2,
        },
    );
}
/// A line that a lead declined.
const LINE: LineId = LineId(Uuid::from_u128(51));
fn line_declined(site: &mut Site) {
    let propose = CommandBody::ProposeLine {
        line: LINE,
        part: LinePart::Ask,
        item: "A1".into(),
        lang: Lang::Zh,
        feeling: 0,
        text: "您方便说说吗？".into(),
        ticket: None,
        source: None,
    };
    site.ok(by(ANNA), propose);
    let word = "太客套".into();
    site.ok(by(LEAD), CommandBody::DeclineLine { line: LINE, word });
}
fn second(site: &mut Site) {
    site.ok(Actor::Customer, open(T2, MEI));
}
pub(super) fn erased(site: &mut Site) {
    site.ok(by(MANAGER), CommandBody::EraseCustomer { customer: MEI });
}
pub(super) fn merged_away(site: &mut Site) {
    site.ok(
        by(ANNA),
        CommandBody::MergeCustomer {
            customer: MEI,
            into: LI,
        },
    );
}
fn stale(site: &mut Site) {
    site.verdict.stale_words = true;
}
fn blocked(site: &mut Site) {
    site.verdict.blocks = vec![block("FCT-01", MayOverride::Nobody)];
}
fn blocked_softly(site: &mut Site) {
    site.verdict.blocks = vec![block("CMT-11", MayOverride::Agent)];
}
pub(super) fn taken(site: &mut Site) {
    site.taken = true;
}
fn disabled(site: &mut Site) {
    site.ok(by(ADMIN), CommandBody::DisableUser { user: BO });
}

fn reply_with(text: &str, due: Option<Ms>) -> CommandBody {
    CommandBody::Reply {
        ticket: T1,
        channel: Channel::Chat,
        text: text.into(),
        acts: Vec::new(),
        lines: Vec::new(),
        promises: due.map(draft).into_iter().collect(),
        anyway: false,
        overrides: Vec::new(),
        origin: None,
    }
}

fn opened(queue: QueueId, customer: CustomerId, text: &str, ticket: TicketId) -> CommandBody {
    CommandBody::OpenTicket {
        ticket,
        customer,
        new_customer: None,
        queue,
        channel: Channel::Chat,
        text: text.into(),
        attachments: Vec::new(),
        item: None,
        live: false,
        origin: None,
    }
}

fn settle(state: PromiseState, evidence: Option<EventId>) -> CommandBody {
    CommandBody::SettlePromise {
        ticket: T1,
        promise: P1,
        state,
        evidence,
    }
}

fn promised(site: &mut Site) {
    site.ok(by(ANNA), promise(T1, START.plus_minutes(60)));
}

fn words() -> Vec<Case> {
    let nobody = CustomerId(Uuid::from_u128(70));
    vec![
        (nothing, by(ANNA), opened(MAIN, MEI, "x", T1), Rule::Exists),
        (
            nothing,
            by(ANNA),
            opened(QueueId::default(), MEI, "x", T2),
            Rule::NotFound,
        ),
        (
            nothing,
            by(ANNA),
            opened(MAIN, nobody, "x", T2),
            Rule::NotFound,
        ),
        (nothing, by(ANNA), opened(MAIN, MEI, " \n", T2), Rule::Empty),
        (
            nothing,
            by(TRAINER),
            opened(MAIN, MEI, "x", T2),
            Rule::NotAllowed,
        ),
        (nothing, Actor::Customer, message(NOWHERE), Rule::NotFound),
        (nothing, Actor::Customer, note(T1), Rule::NotAllowed),
        (nothing, by(CARL), reply(T1), Rule::NotMember),
        (anna_holds, by(BO), reply(T1), Rule::HeldByOther),
        (merged, by(ANNA), reply(T1), Rule::Merged),
        (nothing, by(ANNA), reply_with("", None), Rule::Empty),
        (
            nothing,
            by(ANNA),
            reply_with("x", Some(START)),
            Rule::TimePassed,
        ),
        (stale, by(ANNA), reply(T1), Rule::StaleWords),
        (blocked, by(ANNA), reply(T1), Rule::Blocked),
        (
            blocked,
            by(ANNA),
            with_overrides(reply(T1), &["FCT-01"], "急"),
            Rule::NoOverride,
        ),
        (
            blocked_softly,
            by(ANNA),
            with_overrides(reply(T1), &["CMT-11"], " "),
            Rule::NoReason,
        ),
        (
            nothing,
            by(ANNA),
            settle(PromiseState::Withdrawn, None),
            Rule::NoPromise,
        ),
        (
            promised,
            by(ANNA),
            settle(PromiseState::Open, None),
            Rule::NoPromise,
        ),
        (
            promised,
            by(ANNA),
            settle(PromiseState::Kept, None),
            Rule::NoEvidence,
        ),
        (disabled, by(BO), note(T1), Rule::NotAllowed),
    ]
}

fn hands() -> Vec<Case> {
    let until = START.plus_minutes(1);
    let wait = CommandBody::Wait {
        ticket: T1,
        reason: WaitReason::Customer,
        next_contact: START,
    };
    vec![
        (
            nothing,
            by(CARL),
            CommandBody::Claim { ticket: T1 },
            Rule::NotMember,
        ),
        (
            anna_holds,
            by(BO),
            CommandBody::Claim { ticket: T1 },
            Rule::HeldByOther,
        ),
        (
            closed,
            by(BO),
            CommandBody::Claim { ticket: T1 },
            Rule::Closed,
        ),
        (
            nothing,
            Actor::System,
            CommandBody::Claim { ticket: T1 },
            Rule::NotAllowed,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Release { ticket: T1 },
            Rule::NotHeld,
        ),
        (
            anna_holds,
            by(BO),
            CommandBody::Release { ticket: T1 },
            Rule::HeldByOther,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Assign { ticket: T1, to: BO },
            Rule::NotAllowed,
        ),
        (
            disabled,
            by(LEAD),
            CommandBody::Assign { ticket: T1, to: BO },
            Rule::NotFound,
        ),
        (
            anna_holds,
            by(BO),
            CommandBody::Transfer {
                ticket: T1,
                queue: OTHER,
            },
            Rule::HeldByOther,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Transfer {
                ticket: T1,
                queue: QueueId::default(),
            },
            Rule::NotFound,
        ),
        (
            closed,
            by(ANNA),
            CommandBody::Transfer {
                ticket: T1,
                queue: OTHER,
            },
            Rule::Closed,
        ),
        (nothing, by(ANNA), wait, Rule::TimePassed),
        (
            nothing,
            by(ANNA),
            CommandBody::Snooze {
                ticket: T1,
                until: START,
                overrides: Vec::new(),
            },
            Rule::TimePassed,
        ),
        (
            closed,
            by(ANNA),
            CommandBody::Snooze {
                ticket: T1,
                until,
                overrides: Vec::new(),
            },
            Rule::Closed,
        ),
        (closed, by(ANNA), close(T1), Rule::Closed),
        (anna_holds, by(BO), close(T1), Rule::HeldByOther),
        (
            nothing,
            by(ANNA),
            CommandBody::Close {
                ticket: T1,
                reason: CloseReason::Solved,
                item: Some("Z9".into()),
                overrides: Vec::new(),
            },
            Rule::NoItem,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Classify {
                ticket: T1,
                item: "Z9".into(),
            },
            Rule::NoItem,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Reopen {
                ticket: T1,
                reason: ReopenReason::Mistake,
            },
            Rule::Open,
        ),
        (
            merged,
            by(ANNA),
            CommandBody::Reopen {
                ticket: T1,
                reason: ReopenReason::Mistake,
            },
            Rule::Merged,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Link {
                ticket: T1,
                other: T1,
                relation: Relation::Related,
            },
            Rule::Itself,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Link {
                ticket: T1,
                other: NOWHERE,
                relation: Relation::Related,
            },
            Rule::NotFound,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Merge {
                ticket: T1,
                into: T1,
            },
            Rule::Itself,
        ),
        (
            merged,
            by(ANNA),
            CommandBody::Merge {
                ticket: T2,
                into: T1,
            },
            Rule::Merged,
        ),
        (
            second,
            by(ANNA),
            CommandBody::Merge {
                ticket: T1,
                into: NOWHERE,
            },
            Rule::NotFound,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Tag {
                ticket: T1,
                add: vec![" ".into()],
                remove: vec![],
            },
            Rule::Malformed,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::Tag {
                ticket: T1,
                add: vec!["长".repeat(65)],
                remove: vec![],
            },
            Rule::Malformed,
        ),
        (
            nothing,
            by(CARL),
            CommandBody::SetPriority {
                ticket: T1,
                priority: Priority::High,
            },
            Rule::NotMember,
        ),
        (
            line_declined,
            by(LEAD),
            CommandBody::ApproveLine {
                line: LINE,
                text: None,
            },
            Rule::LineSettled,
        ),
    ]
}

#[test]
fn each_rule_refuses_and_changes_nothing() {
    let mut seen = BTreeSet::new();
    for (setup, actor, body, rule) in [words(), hands(), records(), site()].concat() {
        let mut site = Site::new();
        setup(&mut site);
        let before = site.log.len();
        let what = format!("{body:?}");
        match site.run(actor, body, &[]) {
            Err(Rejection::Refused { rule: got, .. }) => assert_eq!(got, rule, "{what}"),
            other => panic!("{what}: {other:?}"),
        }
        assert_eq!(site.log.len(), before);
        seen.insert(rule);
    }
    // "After" is about the order of commands, which the server keeps; no single decision refuses by it. Those of reviews have
    // their examples beside them.
    seen.insert(Rule::AfterRefused);
    seen.extend(super::reviews::REFUSES);
    let missing: Vec<&Rule> = Rule::ALL.iter().filter(|r| !seen.contains(r)).collect();
    assert!(missing.is_empty(), "without an example: {missing:?}");
}

#[test]
fn a_blocked_reply_names_the_coachs_rules() {
    let mut site = Site::new();
    site.verdict.blocks = vec![
        block("FCT-01", MayOverride::Nobody),
        block("PRV-01", MayOverride::Nobody),
    ];
    match site.run(by(ANNA), reply(T1), &[]) {
        Err(Rejection::Refused { detail, .. }) => assert_eq!(detail, ["FCT-01", "PRV-01"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_said_on_the_phone_is_never_refused_for_its_words_its_holder_or_its_state() {
    for setup in [anna_holds, closed, merged, stale, blocked, promised] {
        let mut site = Site::new();
        setup(&mut site);
        for actor in [by(BO), by(CARL), by(LEAD)] {
            assert_eq!(kinds(&site.ok(actor, speak(T1))), ["spoken"]);
        }
    }
}
