//! Lines that grow: who may propose and decide, what stops a line, and two leads at once.

use super::*;
use crate::domain::ids::LineId;
use crate::domain::lang::Lang;
use crate::domain::line::PlaybookLine;
use crate::domain::vocabulary::{LinePart, LineState};

const L1: LineId = LineId(Uuid::from_u128(51));
const LEAD2: UserId = UserId(Uuid::from_u128(8));

fn propose(line: LineId, text: &str) -> CommandBody {
    CommandBody::ProposeLine {
        line,
        part: LinePart::Empathize,
        item: "A1".into(),
        lang: Lang::Zh,
        feeling: 2,
        text: text.into(),
        ticket: Some(T1),
        source: None,
    }
}

fn approve(text: Option<&str>) -> CommandBody {
    CommandBody::ApproveLine {
        line: L1,
        text: text.map(RawText::from),
    }
}

fn decline() -> CommandBody {
    CommandBody::DeclineLine {
        line: L1,
        word: "像在赶人".into(),
    }
}

fn retire() -> CommandBody {
    CommandBody::RetireLine {
        line: L1,
        word: "规则改了".into(),
    }
}

fn line(site: &Site) -> PlaybookLine {
    match site.heads.get(&L1.into()) {
        Some(Head::Line(l)) => l.clone(),
        other => panic!("{other:?}"),
    }
}

fn proposed() -> Site {
    let mut site = Site::new();
    site.system(add_user(LEAD2, Role::Lead));
    site.ok(by(ANNA), propose(L1, "站了这么久，确实够受的。"));
    site
}

#[test]
fn a_line_goes_from_its_author_into_the_playbook_with_versions() {
    let mut site = proposed();
    let head = line(&site);
    assert_eq!(
        (head.author, head.state, head.revision),
        (Some(ANNA), LineState::Proposed, 0)
    );
    assert!(!head.in_force());
    let events = site.ok(by(LEAD), approve(Some("站这么久，确实够受的。")));
    assert_eq!(kinds(&events), ["line_approved"]);
    let head = line(&site);
    assert_eq!(head.text.expose(), "站这么久，确实够受的。");
    assert_eq!((head.author, head.decided_by), (Some(ANNA), Some(LEAD)));
    assert_eq!(head.name(), format!("grown/{L1}@1"));
    // The same words again change nothing; other words are the next version.
    assert!(site.ok(by(LEAD), approve(None)).is_empty());
    site.ok(by(LEAD), approve(Some("站这么久，够受的。")));
    assert_eq!(line(&site).revision, 2);
    site.ok(by(LEAD), retire());
    assert_eq!(line(&site).state, LineState::Retired);
    assert!(!line(&site).in_force());
    // What was retired may come back.
    site.ok(by(LEAD), approve(None));
    assert_eq!(
        (line(&site).revision, line(&site).word.is_blank()),
        (3, true)
    );
}

#[test]
fn a_declined_line_keeps_the_word_back_and_is_settled() {
    let mut site = proposed();
    site.ok(by(LEAD), decline());
    assert_eq!(line(&site).word.expose(), "像在赶人");
    let settled = Some(Rule::LineSettled);
    assert_eq!(site.rule(by(LEAD), approve(None)), settled);
    assert_eq!(site.rule(by(LEAD), decline()), settled);
    assert_eq!(site.rule(by(LEAD), retire()), settled);
}

#[test]
fn only_leads_decide_and_only_those_who_work_propose() {
    let site = proposed();
    for body in [approve(None), decline(), retire()] {
        for who in [ANNA, BO, TRAINER] {
            assert_eq!(site.rule(by(who), body.clone()), Some(Rule::NotAllowed));
        }
    }
    assert_eq!(site.rule(by(LEAD), retire()), Some(Rule::LineSettled));
    let other = LineId(Uuid::from_u128(52));
    let rule = |who| site.rule(by(who), propose(other, "好"));
    assert_eq!(rule(TRAINER), Some(Rule::NotAllowed));
    // Carl works no queue: he cannot have said it on this ticket.
    assert_eq!(rule(CARL), Some(Rule::NotMember));
    assert_eq!(rule(BO), None);
}

#[test]
fn what_is_wrong_with_a_line_is_refused() {
    let mut site = proposed();
    let other = LineId(Uuid::from_u128(52));
    let rule = |site: &Site, body| site.rule(by(ANNA), body);
    assert_eq!(rule(&site, propose(L1, "好")), Some(Rule::Exists));
    assert_eq!(rule(&site, propose(other, " ")), Some(Rule::Empty));
    let long = "好".repeat(601);
    assert_eq!(rule(&site, propose(other, &long)), Some(Rule::Malformed));
    let CommandBody::ProposeLine {
        part, lang, text, ..
    } = propose(other, "好")
    else {
        panic!("a proposal");
    };
    let odd = |item: &str, feeling, ticket| CommandBody::ProposeLine {
        line: other,
        part,
        item: item.into(),
        lang,
        feeling,
        text: text.clone(),
        ticket,
        source: None,
    };
    assert_eq!(rule(&site, odd("Z9", 0, None)), Some(Rule::NoItem));
    assert_eq!(rule(&site, odd("A1", 4, None)), Some(Rule::Malformed));
    assert_eq!(
        rule(&site, odd("A1", 0, Some(NOWHERE))),
        Some(Rule::NotFound)
    );
    assert_eq!(rule(&site, odd("A1", 0, None)), None);
    let nowhere = CommandBody::ApproveLine {
        line: other,
        text: None,
    };
    assert_eq!(site.rule(by(LEAD), nowhere), Some(Rule::NotFound));
    let wordless = CommandBody::DeclineLine {
        line: L1,
        word: " ".into(),
    };
    assert_eq!(site.rule(by(LEAD), wordless), Some(Rule::Empty));
    // The coach's verdict stops proposing and approving, never declining.
    site.verdict.blocks = vec![crate::domain::world::Block {
        rule: "CMT-01".to_owned(),
        may: crate::domain::vocabulary::MayOverride::Agent,
    }];
    assert_eq!(rule(&site, odd("A1", 0, None)), Some(Rule::Blocked));
    assert_eq!(site.rule(by(LEAD), approve(None)), Some(Rule::Blocked));
    assert_eq!(site.rule(by(LEAD), decline()), None);
}

#[test]
fn two_leads_who_decide_at_once_are_told() {
    let mut site = proposed();
    let base = vec![Base {
        stream: L1.into(),
        version: 1,
    }];
    site.run(by(LEAD), approve(Some("站这么久，够受的。")), &base)
        .unwrap();
    for body in [decline(), approve(None), retire()] {
        let Err(Rejection::Conflict { with }) = site.clone().run(by(LEAD2), body, &base) else {
            panic!("a conflict");
        };
        assert_eq!(with.len(), 1);
        assert_eq!(with[0].actor.user(), Some(LEAD));
    }
    // One's own queued decisions never clash, and who has seen the other's decision may go on.
    assert!(site.clone().run(by(LEAD), retire(), &base).is_ok());
    let seen = vec![Base {
        stream: L1.into(),
        version: 2,
    }];
    assert!(site.run(by(LEAD2), retire(), &seen).is_ok());
}

#[test]
fn lines_put_in_are_kept_by_name_once() {
    let mut site = Site::new();
    let mut body = reply(T1);
    let CommandBody::Reply { lines, .. } = &mut body else {
        panic!("a reply");
    };
    *lines = vec![
        "a1-wait/empathize/1@1".into(),
        "a1-wait/empathize/1@1".into(),
        String::new(),
        "x".repeat(97),
    ];
    let events = site.ok(by(ANNA), body);
    let replied = events.iter().find_map(|e| match &e.body {
        EventBody::Ticket(TicketEvent::Replied { lines, .. }) => Some(lines.clone()),
        _ => None,
    });
    assert_eq!(replied.unwrap(), ["a1-wait/empathize/1@1"]);
}
