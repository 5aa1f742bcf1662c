//! A rule of the coach gives way only to somebody who may, says why, and is remembered for it.

use super::*;
use crate::domain::time::Ms;

const SOON: Ms = START.plus_minutes(60);

fn refused(site: &mut Site, user: UserId, body: CommandBody) -> (Rule, Vec<String>) {
    match site.run(by(user), body, &[]) {
        Err(Rejection::Refused { rule, detail }) => (rule, detail),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_blocking_rule_needs_its_override_and_each_becomes_an_event_with_its_reason() {
    let mut site = Site::new();
    site.verdict.blocks = vec![
        block("CMT-01", MayOverride::Agent),
        block("CMT-11", MayOverride::Agent),
    ];
    let one = with_overrides(reply(T1), &["CMT-11"], "她自己定的时间");
    assert_eq!(
        refused(&mut site, ANNA, one.clone()),
        (Rule::Blocked, vec!["CMT-01".to_owned()])
    );
    let both = with_overrides(one, &["CMT-01"], "她自己定的时间");
    let events = site.ok(by(ANNA), both);
    assert_eq!(
        kinds(&events),
        ["claimed", "replied", "rule_overridden", "rule_overridden"]
    );
    let command = site.log.last().unwrap().id.command;
    for (event, rule) in events[2..].iter().zip(["CMT-01", "CMT-11"]) {
        let EventBody::Ticket(TicketEvent::RuleOverridden { rule: told, by }) = &event.body else {
            panic!("{event:?}");
        };
        assert_eq!((told.as_str(), by.command, by.index), (rule, command, 1));
        let reason = event.payload.as_ref().unwrap().text.as_ref().unwrap();
        assert_eq!(reason.expose(), "她自己定的时间");
        assert_eq!(event.actor.user(), Some(ANNA));
    }
}

#[test]
fn an_override_that_nothing_asks_for_leaves_no_trace() {
    let mut site = Site::new();
    let body = with_overrides(reply(T1), &["CMT-01"], "随便");
    assert_eq!(kinds(&site.ok(by(ANNA), body)), ["claimed", "replied"]);
}

#[test]
fn who_may_override_what_is_asked_of_the_role() {
    let rights = [
        (MayOverride::Agent, [true, true, true, true]),
        (MayOverride::Lead, [false, false, true, true]),
        (MayOverride::Nobody, [false, false, false, false]),
    ];
    for (may, passes) in rights {
        for (user, pass) in [ANNA, BO, LEAD, MANAGER].into_iter().zip(passes) {
            let mut site = Site::new();
            site.verdict.blocks = vec![block("CMT-06", may)];
            let body = with_overrides(reply(T1), &["CMT-06"], "经理批过");
            if pass {
                let events = kinds(&site.ok(by(user), body));
                assert_eq!(
                    events.last().unwrap(),
                    "rule_overridden",
                    "{may:?} {user:?}"
                );
            } else {
                let told = refused(&mut site, user, body);
                assert_eq!(told, (Rule::NoOverride, vec!["CMT-06".to_owned()]));
            }
        }
    }
}

#[test]
fn an_override_without_a_reason_is_none() {
    let mut site = Site::new();
    site.verdict.blocks = vec![block("CMT-10", MayOverride::Agent)];
    for reason in ["", "  \u{3000}"] {
        let body = with_overrides(reply(T1), &["CMT-10"], reason);
        assert_eq!(refused(&mut site, ANNA, body).0, Rule::NoReason);
    }
}

#[test]
fn putting_a_ticket_down_is_blocked_and_overridden_like_a_reply() {
    let snooze = CommandBody::Snooze {
        ticket: T1,
        until: SOON,
        overrides: Vec::new(),
    };
    for (body, kind) in [(close(T1), "ticket_closed"), (snooze, "snoozed")] {
        let mut site = Site::new();
        site.verdict.blocks = vec![block("CMT-02", MayOverride::Agent)];
        assert_eq!(refused(&mut site, ANNA, body.clone()).0, Rule::Blocked);
        let body = with_overrides(body, &["CMT-02"], "客户要求今天别再联系");
        let events = site.ok(by(ANNA), body);
        assert_eq!(kinds(&events), [kind, "rule_overridden"]);
    }
}

#[test]
fn commands_of_before_are_read_and_written_as_they_were() {
    let old = r#"{"do":"reply","ticket":"00000000-0000-0000-0000-00000000001f","channel":"chat","text":"好","acts":[],"promises":[],"anyway":false}"#;
    let body: CommandBody = serde_json::from_str(old).unwrap();
    assert!(matches!(&body, CommandBody::Reply { overrides, .. } if overrides.is_empty()));
    assert_eq!(serde_json::to_string(&body).unwrap(), old);
}
