//! What a table of single commands cannot show: rings, records that divide, tiers that reach open tickets, signing off,
//! repeats, import twice, names of events.

use super::*;
use crate::domain::event::Payload;
use crate::domain::ticket::Status;
use crate::domain::vocabulary::{Duty, WaitReason};

#[test]
fn merging_closes_no_ring() {
    let mut site = Site::new();
    for id in [T2, T3] {
        site.ok(Actor::Customer, open(id, MEI));
    }
    let merge = |ticket, into| CommandBody::Merge { ticket, into };
    site.ok(by(ANNA), merge(T1, T2));
    site.ok(by(ANNA), merge(T2, T3));
    for (from, into) in [(T3, T1), (T3, T2)] {
        assert_eq!(site.rule(by(ANNA), merge(from, into)), Some(Rule::Merged));
    }
    // Following any chain ends at an open ticket.
    let mut at = T1;
    for _ in 0..3 {
        if let Status::Merged { into } = site.ticket(at).status {
            at = into;
        }
    }
    assert_eq!(at, T3);
    assert!(site.ticket(T3).is_open());
}

#[test]
fn customers_merge_into_no_ring_and_take_their_tickets_along() {
    let mut site = Site::new();
    let merge = |customer, into| CommandBody::MergeCustomer { customer, into };
    site.ok(by(ANNA), merge(MEI, LI));
    assert_eq!(site.ticket(T1).customer, LI);
    assert_eq!(site.rule(by(ANNA), merge(LI, MEI)), Some(Rule::Merged));
}

#[test]
fn a_split_takes_the_named_tickets_only() {
    let mut site = Site::new();
    site.ok(Actor::Customer, open(T2, MEI));
    site.ok(Actor::Customer, open(T3, LI));
    let into = CustomerId(Uuid::from_u128(80));
    let split = |tickets| CommandBody::SplitCustomer {
        customer: MEI,
        into,
        new: new_customer(),
        tickets,
    };
    assert_eq!(
        site.rule(by(ANNA), split(vec![T3])),
        Some(Rule::NotFound),
        "not hers"
    );
    site.ok(by(ANNA), split(vec![T2]));
    let owners = [T1, T2, T3].map(|t| site.ticket(t).customer);
    assert_eq!(owners, [MEI, into, LI]);
}

#[test]
fn a_change_of_tier_reaches_open_tickets_and_leaves_ended_ones() {
    let mut site = Site::new();
    site.ok(Actor::Customer, open(T2, MEI));
    site.ok(Actor::Customer, open(T3, LI));
    site.ok(by(ANNA), close(T2));
    site.ok(
        by(LEAD),
        CommandBody::SetTier {
            customer: MEI,
            tier: Tier::A,
            vulnerable: true,
        },
    );
    let of = |id| (site.ticket(id).tier, site.ticket(id).vulnerable);
    assert_eq!(of(T1), (Tier::A, true));
    assert_eq!((of(T2), of(T3)), ((Tier::C, false), (Tier::C, false)));
}

#[test]
fn signing_off_gives_back_what_was_taken_and_can_be_left() {
    let later = START.plus_minutes(60);
    let off = CommandBody::SetDuty { duty: Duty::Off };
    let after = |setup: &dyn Fn(&mut Site)| {
        let mut site = Site::new();
        setup(&mut site);
        let events = site.ok(by(ANNA), off.clone());
        (kinds(&events), site.ticket(T1).assignee)
    };
    let claim = |site: &mut Site| drop(site.ok(by(ANNA), CommandBody::Claim { ticket: T1 }));
    let released = vec!["duty_set".to_owned(), "released".to_owned()];
    let kept = vec!["duty_set".to_owned()];
    assert_eq!(after(&claim), (released, None));
    let given = |site: &mut Site| {
        site.ok(
            by(LEAD),
            CommandBody::Assign {
                ticket: T1,
                to: ANNA,
            },
        );
    };
    assert_eq!(
        after(&given),
        (kept.clone(), Some(ANNA)),
        "what a lead gave stays"
    );
    let promised = |site: &mut Site| {
        claim(site);
        site.ok(by(ANNA), promise(T1, later));
    };
    assert_eq!(
        after(&promised),
        (kept.clone(), Some(ANNA)),
        "a promise binds the one who gave it"
    );
    let waiting = |site: &mut Site| {
        claim(site);
        let reason = WaitReason::Customer;
        site.ok(
            by(ANNA),
            CommandBody::Wait {
                ticket: T1,
                reason,
                next_contact: later,
            },
        );
    };
    assert_eq!(
        after(&waiting),
        (kept, Some(ANNA)),
        "what waits needs nobody now"
    );
    let mut site = Site::new();
    claim(&mut site);
    site.ok(by(ANNA), CommandBody::SetDuty { duty: Duty::Away });
    assert_eq!(site.ticket(T1).assignee, Some(ANNA), "away is not off");
    let events = site.ok(by(ANNA), off.clone());
    assert!(matches!(
        ticket_event(&events[1]),
        TicketEvent::Released { sign_off: true, .. }
    ));
}

#[test]
fn the_same_item_within_thirty_days_of_closing_is_a_repeat() {
    for (days, repeat) in [(0, true), (30, true), (31, false)] {
        let mut site = Site::new();
        site.ok(by(ANNA), close(T1));
        site.now = START.plus_minutes(days * 24 * 60);
        site.ok(Actor::Customer, open(T2, MEI));
        let ticket = site.ticket(T2);
        assert_eq!(ticket.repeat_of, repeat.then_some(T1), "after {days} days");
        assert_eq!(ticket.contact, 2);
        site.ok(Actor::Customer, open(T3, LI));
        assert_eq!(site.ticket(T3).repeat_of, None, "another customer");
    }
}

#[test]
fn what_was_imported_before_makes_no_events() {
    let origin = Origin {
        source: "old".into(),
        foreign_id: "7".into(),
    };
    let mut site = Site::new();
    site.origins.push(origin.clone());
    let mut opening = open(T1, MEI);
    let mut answer = reply(NOWHERE);
    let mut words = message(NOWHERE);
    for body in [&mut opening, &mut answer, &mut words] {
        if let CommandBody::OpenTicket { origin: o, .. }
        | CommandBody::Reply { origin: o, .. }
        | CommandBody::ReceiveMessage { origin: o, .. } = body
        {
            *o = Some(origin.clone());
        }
    }
    for body in [opening, answer, words] {
        assert_eq!(site.system(body), []);
    }
}

#[test]
fn a_promise_names_the_event_that_holds_its_sentence() {
    let mut site = Site::new();
    let mut body = reply(T1);
    let CommandBody::Reply { promises, .. } = &mut body else {
        panic!("a reply");
    };
    promises.push(draft(START.plus_minutes(60)));
    let events = site.ok(by(ANNA), body);
    assert_eq!(kinds(&events), ["claimed", "replied", "promise_made"]);
    let promise = &site.ticket(T1).promises[0];
    let holder = site
        .log
        .iter()
        .find(|e| Some(e.id) == promise.source)
        .unwrap();
    assert_eq!(holder.body.kind(), "replied");
    assert_eq!(promise.by, Some(ANNA));
    assert_eq!(
        events[2].payload,
        Some(Payload::text("今天17:00前打给您".into()))
    );
}

#[test]
fn an_item_that_the_taxonomy_lacks_is_dropped_from_a_fact_and_refused_in_a_wish() {
    let mut site = Site::new();
    let mut body = open(T2, MEI);
    if let CommandBody::OpenTicket { item, .. } = &mut body {
        *item = Some("Z9".into());
    }
    site.ok(Actor::Customer, body);
    assert_eq!(site.ticket(T2).item, None);
}
