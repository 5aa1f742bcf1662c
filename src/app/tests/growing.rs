//! Lines that grow: an agent proposes, a lead decides, the author is told; nothing that fails its lint leaves.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::fixture::*;
use crate::api::desk::*;
use crate::app::Effect;
use crate::app::action::Action;
use crate::app::deciding::Deciding;
use crate::app::growing::{Field, Growing, MASKED};
use crate::app::grown;
use crate::app::state::{Overlay, Screen};
use crate::domain::command::{Command, CommandBody};
use crate::domain::decide::Rule;
use crate::domain::ids::{CommandId, EventId, UserId};
use crate::domain::lang::Lang;
use crate::domain::taxonomy::ItemId;
use crate::domain::vocabulary::{LinePart, LineState, Role};
use crate::text::SafeText;

const SAID: &str = "让您跑了三趟，换我也上火。我尽快回您电话。";

fn form(desk: &Desk) -> &Growing {
    match desk.state.overlays.last() {
        Some(Overlay::Growing(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn deciding(desk: &Desk) -> &Deciding {
    match desk.state.overlays.last() {
        Some(Overlay::Deciding(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

/// A desk with a ticket on which this agent has replied.
fn replied(role: Role, said: &[&str]) -> Desk {
    let mut desk = Desk::at_ticket(role);
    let own = said.iter().zip(11..).map(|(s, n)| own_entry(n, s));
    let mut entries = vec![customer_entry(10, "退款没到")];
    entries.extend(own);
    desk.show(conversation(row(1), entries));
    desk
}

fn proposals(fx: &[Effect]) -> Vec<(String, LinePart, ItemId, u8, Option<EventId>)> {
    let body = |b| match b {
        CommandBody::ProposeLine {
            text,
            part,
            item,
            feeling,
            lang: Lang::Zh,
            ticket: Some(ticket),
            source,
            ..
        } if ticket == ticket_id(1) => (text.expose().to_owned(), part, item, feeling, source),
        other => panic!("{other:?}"),
    };
    submitted(fx).into_iter().map(body).collect()
}

#[test]
fn a_sentence_of_a_sent_reply_is_proposed_in_two_keys() {
    let mut desk = replied(Role::Agent, &[SAID]);
    desk.keys("Shift-F5");
    assert_eq!(form(&desk).sentences.len(), 2);
    assert_eq!(form(&desk).sentences[1].against, ["CMT-01"]);
    let fx = desk.keys("Ctrl-S");
    let source = own_entry(11, "").id;
    let want = "让您跑了三趟，换我也上火。".to_owned();
    assert_eq!(
        proposals(&fx),
        [(want, LinePart::Empathize, "A1".into(), 0, Some(source))]
    );
    assert_eq!(desk.told(), "notice-line-proposed");
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn what_fails_its_lint_is_shown_and_stays_until_it_is_better() {
    let mut desk = replied(Role::Agent, &[SAID]);
    desk.keys("l Space Space");
    assert_eq!(form(&desk).meant(), [0, 1]);
    let fx = desk.keys("Ctrl-S");
    assert!(submitted(&fx).is_empty(), "both or none");
    assert_eq!(desk.told(), "notice-line-fails");
    let f = form(&desk);
    assert_eq!((f.cursor, f.field), (1, Field::Words));
    desk.keys("Ctrl-U");
    desk.types("我{due.callback}给您回电话。");
    // What it is for: a commitment with its time.
    desk.keys("Tab");
    while form(&desk).sentences[1].part != LinePart::Commit {
        desk.keys("Left");
    }
    assert!(form(&desk).sentences[1].against.is_empty());
    let sent = proposals(&desk.keys("Ctrl-S"));
    let parts: Vec<LinePart> = sent.iter().map(|s| s.1).collect();
    assert_eq!(parts, [LinePart::Empathize, LinePart::Commit]);
    assert_eq!(sent[1].0, "我{due.callback}给您回电话。");
}

#[test]
fn covered_values_empty_words_and_part_without_time_cannot_leave() {
    let mut desk = replied(Role::Agent, &["您的手机138****5678我记下了。"]);
    desk.keys("l");
    assert_eq!(form(&desk).sentences[0].against, [MASKED]);
    desk.keys("Enter Ctrl-U");
    assert_eq!(form(&desk).sentences[0].against, ["empty"]);
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    desk.types("您的手机我记下了。");
    assert!(form(&desk).sentences[0].against.is_empty());
    desk.keys("Ctrl-Z");
    assert_ne!(form(&desk).sentences[0].words.text(), "您的手机我记下了。");
    desk.keys("Ctrl-Y");
    assert_eq!(proposals(&desk.keys("Ctrl-S")).len(), 1);
}

#[test]
fn fields_are_reached_and_changed_by_keys_also_with_full_width_letters() {
    let mut desk = replied(Role::Agent, &[SAID]);
    desk.keys("l Tab Tab Tab");
    assert_eq!(form(&desk).field, Field::Item);
    desk.types("ｃ2");
    desk.keys("Down Right Right Down Right");
    let f = form(&desk);
    let got = (f.item.as_str(), f.feeling, f.lang, f.field);
    assert_eq!(got, ("C2", 2, Lang::En, Field::Lang));
    // Esc leaves a field first, then the form; nothing was sent.
    desk.keys("Esc");
    assert_eq!(form(&desk).field, Field::Sentences);
    assert!(submitted(&desk.keys("Esc")).is_empty());
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn older_words_are_a_page_away_and_what_everybody_has_is_passed_over() {
    let mut desk = replied(Role::Agent, &["这事我记在心上。", SAID, "您好。"]);
    desk.keys("l");
    assert_eq!(form(&desk).source, 1, "the greeting has no line in it");
    desk.keys("PageUp");
    assert_eq!(form(&desk).sentences[0].words.text(), "这事我记在心上。");
    desk.keys("PageUp PageDown");
    assert_eq!(form(&desk).sentences.len(), 2);
    // What waits for a lead already is not proposed twice.
    desk.keys("Esc");
    let mut waits = line_row(1, 100, LineState::Proposed);
    waits.line.text = "我尽快回您电话。".into();
    desk.answer(lines(vec![waits]));
    desk.keys("l");
    assert_eq!(form(&desk).sentences.len(), 1);
    let mut desk = replied(Role::Agent, &["您好。"]);
    desk.keys("l");
    assert_eq!(desk.told(), "notice-lines-known");
    let mut desk = Desk::at_ticket(Role::Agent);
    desk.keys("Shift-F5");
    assert_eq!(desk.told(), "notice-no-own-words");
    let mut desk = Desk::new(Role::Agent);
    desk.keys("Shift-F5");
    assert_eq!(desk.told(), "notice-open-a-ticket");
    let mut desk = replied(Role::Trainer, &[SAID]);
    desk.keys("l");
    assert_eq!(desk.told(), "notice-line-works-only");
    assert!(desk.state.overlays.is_empty());
}

#[test]
fn a_proposal_the_desk_refuses_opens_its_form_again() {
    let mut desk = replied(Role::Agent, &[SAID]);
    desk.keys("l Enter");
    desk.types("真的。");
    let fx = desk.keys("Ctrl-S");
    let Some(Effect::Desk(DeskRequest::Submit { ids, .. })) = fx.first() else {
        panic!("{fx:?}")
    };
    let id = ids[0];
    let rule = Rule::NotMember;
    let detail = Vec::new();
    let cause = ReturnCause::Refused { rule, detail };
    desk.answer(DeskAnswer::RefusedHere { id, cause });
    let words = form(&desk).sentences[0].words.text();
    assert_eq!(words, "让您跑了三趟，换我也上火。真的。");
    // Taken in, the form is forgotten.
    let fx = desk.keys("Ctrl-S");
    let Some(Effect::Desk(DeskRequest::Submit { ids, .. })) = fx.first() else {
        panic!("{fx:?}")
    };
    desk.answer(DeskAnswer::Queued { ids: ids.clone() });
    assert!(desk.state.underway.is_empty() && desk.state.overlays.is_empty());
}

fn came_back(desk: &mut Desk, body: CommandBody) -> CommandId {
    let id = CommandId(id(77));
    let command = Command {
        id,
        at: NOW,
        base: Vec::new(),
        after: None,
        body,
    };
    let cause = ReturnCause::Refused {
        rule: Rule::Blocked,
        detail: vec!["PRV-01".into()],
    };
    desk.answer(DeskAnswer::Returned(vec![Returned {
        command: command.into(),
        cause,
        at: NOW,
        number: None,
        caller: SafeText::default(),
    }]));
    desk.keys("Ctrl-R Enter");
    id
}

#[test]
fn a_proposal_that_came_back_is_written_anew_and_only_then_let_go() {
    let mut desk = Desk::new(Role::Agent);
    let body = CommandBody::ProposeLine {
        line: line_id(1),
        part: LinePart::Explain,
        item: "B2".into(),
        lang: Lang::Zh,
        feeling: 1,
        text: "您的号码我看到了。".into(),
        ticket: Some(ticket_id(1)),
        source: None,
    };
    let id = came_back(&mut desk, body);
    let Some(Overlay::Dialog(d)) = desk.state.overlays.last() else {
        panic!("no question")
    };
    assert_eq!(d.choices.len(), 2, "anew or not at all; a line is no note");
    let fx = desk.keys("1");
    assert!(fx.is_empty(), "nothing is let go yet: {fx:?}");
    assert_eq!(form(&desk).item.as_str(), "B2");
    let fx = desk.keys("Ctrl-S");
    let gone = |e: &Effect| matches!(e, Effect::Desk(DeskRequest::Resolve { command, choice: ReturnChoice::Discard, .. }) if *command == id);
    assert!(fx.iter().any(gone), "{fx:?}");
    assert_eq!(proposals(&fx).len(), 1);
}

fn team(role: Role) -> Desk {
    let mut desk = Desk::new(role);
    desk.answer(lines(vec![
        line_row(1, 101, LineState::Proposed),
        line_row(2, 100, LineState::Proposed),
        line_row(3, 101, LineState::Approved),
        line_row(4, 101, LineState::Declined),
        line_row(5, 101, LineState::Retired),
    ]));
    desk.keys("l");
    assert_eq!(desk.state.screen, Screen::Lines);
    desk
}

#[test]
fn a_lead_approves_as_it_is_or_in_better_words() {
    let mut desk = team(Role::Lead);
    let fx = desk.keys("a Ctrl-S");
    let as_it_is = CommandBody::ApproveLine {
        line: line_id(1),
        text: None,
    };
    assert_eq!(submitted(&fx), [as_it_is]);
    assert_eq!(desk.told(), "notice-line-approve-done");
    desk.keys("Down a Enter");
    desk.types("尽快");
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(deciding(&desk).against, ["CMT-01"]);
    assert_eq!(desk.told(), "notice-line-fails");
    desk.keys("Backspace Backspace");
    desk.types("真的。");
    let fx = desk.keys("Ctrl-S");
    let better = CommandBody::ApproveLine {
        line: line_id(2),
        text: Some("第2句，站这么久真是辛苦您了。真的。".into()),
    };
    assert_eq!(submitted(&fx), [better]);
}

#[test]
fn declining_and_taking_out_need_a_word_back() {
    let mut desk = team(Role::Lead);
    assert!(submitted(&desk.keys("n Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-word-needed");
    desk.types("像在赶人");
    let declined = CommandBody::DeclineLine {
        line: line_id(1),
        word: "像在赶人".into(),
    };
    assert_eq!(submitted(&desk.keys("Ctrl-S")), [declined]);
    // In use: taken out, not declined.
    desk.keys("Tab n");
    assert_eq!(desk.told(), "notice-line-settled");
    desk.keys("r");
    desk.types("规则改了");
    let retired = CommandBody::RetireLine {
        line: line_id(3),
        word: "规则改了".into(),
    };
    assert_eq!(submitted(&desk.keys("Ctrl-S")), [retired]);
    // Declined is settled; taken out may come back.
    for key in ["a", "n", "r"] {
        desk.keys("Home");
        grown_tab(&mut desk, LineState::Declined);
        desk.keys(key);
        assert!(desk.state.overlays.is_empty(), "{key}");
    }
    grown_tab(&mut desk, LineState::Retired);
    desk.keys("a");
    assert_eq!(deciding(&desk).line, line_id(5));
}

fn grown_tab(desk: &mut Desk, tab: LineState) {
    for _ in 0..LineState::ALL.len() {
        if desk.state.grown.tab != tab {
            desk.keys("Right");
        }
    }
    assert_eq!(desk.state.grown.tab, tab);
}

#[test]
fn others_read_and_do_not_decide() {
    for role in [Role::Agent, Role::Senior, Role::Trainer] {
        let mut desk = team(role);
        for key in ["a", "n", "r"] {
            desk.keys(key);
            assert!(desk.state.overlays.is_empty());
            assert_eq!(desk.told(), "notice-leads-only", "{role:?} {key}");
        }
        desk.keys("Enter");
        assert_eq!(desk.state.shown(), Some(ticket_id(1)));
    }
    let mut desk = Desk::new(Role::Lead);
    for action in ["批准话术", "退回话术", "撤下话术"] {
        desk.keys("Ctrl-K");
        desk.types(action);
        desk.keys("Enter");
        assert_eq!(desk.told(), "notice-line-choose");
    }
}

#[test]
fn a_lead_who_was_slower_is_told_before_deciding() {
    let mut desk = team(Role::Lead);
    desk.keys("n");
    desk.types("太长");
    let mut decided = line_row(1, 101, LineState::Proposed);
    decided.line.version = 2;
    decided.line.decided_by = Some(UserId(id(101)));
    desk.answer(lines(vec![decided.clone()]));
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(desk.told(), "notice-line-decided-meanwhile");
    assert_eq!(deciding(&desk).words.text(), "太长", "the word stays");
    assert_eq!(submitted(&desk.keys("Ctrl-S")).len(), 1);
    // Approved by the other meanwhile: it cannot be declined any more, whatever the hand does.
    desk.answer(lines(vec![line_row(2, 101, LineState::Proposed)]));
    desk.keys("n");
    desk.types("太长");
    desk.answer(lines(vec![line_row(2, 101, LineState::Approved)]));
    desk.keys("Ctrl-S");
    assert_eq!(desk.told(), "notice-line-decided-meanwhile");
    assert!(submitted(&desk.keys("Ctrl-S")).is_empty());
    assert_eq!(deciding(&desk).words.text(), "太长");
}

#[test]
fn a_decision_that_came_back_keeps_its_word() {
    let mut desk = Desk::new(Role::Lead);
    desk.answer(lines(vec![line_row(1, 101, LineState::Proposed)]));
    let body = CommandBody::DeclineLine {
        line: line_id(1),
        word: "像在赶人".into(),
    };
    came_back(&mut desk, body);
    desk.keys("1");
    assert_eq!(deciding(&desk).words.text(), "像在赶人");
    assert_eq!(submitted(&desk.keys("Ctrl-S")).len(), 1);
}

#[test]
fn the_author_is_told_until_they_looked() {
    let mut desk = Desk::new(Role::Agent);
    let mut mine = line_row(1, 100, LineState::Declined);
    mine.news = true;
    desk.answer(lines(vec![line_row(2, 101, LineState::Approved), mine]));
    assert_eq!(desk.told(), "notice-lines-news");
    assert_eq!(desk.state.lines.news(), 1);
    desk.keys("l");
    assert_eq!(
        desk.state.grown.tab,
        LineState::Declined,
        "where the news is"
    );
    assert_eq!(grown::selected(&desk.state).unwrap().line.id, line_id(1));
    let seen = Effect::Desk(DeskRequest::LinesSeen);
    assert!(desk.keys("Esc").contains(&seen));
}

#[test]
fn the_selection_stays_with_its_line() {
    let mut desk = team(Role::Lead);
    desk.keys("Down");
    desk.answer(lines(vec![
        line_row(9, 101, LineState::Proposed),
        line_row(1, 101, LineState::Proposed),
        line_row(2, 100, LineState::Proposed),
    ]));
    assert_eq!(grown::index(&desk.state), 2);
    // It was decided: its neighbour is selected, and a key does not act on a line nobody chose.
    desk.answer(lines(vec![
        line_row(9, 101, LineState::Proposed),
        line_row(1, 101, LineState::Proposed),
        line_row(2, 100, LineState::Approved),
    ]));
    assert_eq!(desk.state.grown.selected, Some(line_id(1)));
}

#[test]
fn a_lead_comes_back_to_what_waits_and_others_to_where_they_were() {
    for (role, tab) in [
        (Role::Lead, LineState::Proposed),
        (Role::Agent, LineState::Approved),
    ] {
        let mut desk = team(role);
        assert_eq!(desk.state.grown.tab, LineState::Proposed);
        desk.keys("Right Esc l");
        assert_eq!(desk.state.grown.tab, tab, "{role:?}");
    }
    let mut desk = Desk::new(Role::Agent);
    desk.answer(lines(vec![line_row(3, 101, LineState::Approved)]));
    desk.keys("l");
    assert_eq!(grown::selected(&desk.state).unwrap().line.id, line_id(3));
}

#[test]
fn a_line_of_the_team_is_known_by_its_name() {
    let desk = team(Role::Agent);
    let row = line_row(3, 101, LineState::Approved);
    let found = grown::of_name(&desk.state.lines, &row.line.name());
    assert_eq!(found.unwrap().author, row.author);
    for other in ["a1-wait/empathize/1@1", "grown/x@1", "", "promises/news@1"] {
        assert!(
            grown::of_name(&desk.state.lines, other).is_none(),
            "{other}"
        );
    }
}

#[test]
fn orders_that_reach_others_are_named_so() {
    for action in [Action::ApproveLine, Action::DeclineLine, Action::RetireLine] {
        assert!(action.sends());
    }
}
