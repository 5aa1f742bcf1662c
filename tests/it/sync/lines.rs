//! A line of the team from a reply into everybody's playbook, over the real server.

use std::path::Path;
use std::sync::Arc;

use balm::api::desk::EntryKind;
use balm::api::desk::{DeskAnswer, DeskRequest, Happening, LinesView, ReturnCause};
use balm::client::Client;
use balm::coach::content::PartKind;
use balm::coach::learnt::{Learnt, Tries};
use balm::coach::{Coach, Facts};
use balm::domain::command::CommandBody;
use balm::domain::decide::Rule;
use balm::domain::ids::{LineId, TicketId};
use balm::domain::lang::Lang;
use balm::domain::policy::Policy;
use balm::domain::vocabulary::{Channel, LinePart, LineState, Role};
use balm::server::CoachLint;
use balm::sync::DeskConfig;
use balm::sync::headless::Headless;
use balm::task;

use super::{PATIENCE, opening, spoken};
use crate::support::chaos::{Chaos, Line};
use crate::support::real::Real;

/// The coach as the program itself starts its server with it.
fn rules() -> Arc<CoachLint> {
    Arc::new(CoachLint {
        coach: Coach::shipped().unwrap(),
        policy: Arc::new(Policy::shipped().unwrap()),
    })
}

fn desk(dir: &Path, url: &str, token: &str) -> Headless {
    let token_file = dir.join("token");
    std::fs::write(&token_file, token).unwrap();
    let coach = Coach::shipped().unwrap();
    let config = DeskConfig {
        dir: dir.to_owned(),
        server: url.to_owned(),
        token_file,
        policy: Arc::new(Policy::shipped().unwrap()),
        lint: None,
        feeling: Some(Arc::new(move |text| coach.read(text).emotion)),
    };
    Headless::open(config, &tokio::runtime::Handle::current()).unwrap()
}

/// What the desk was told last about lines.
fn view(desk: &Headless) -> LinesView {
    let lines = desk.told.iter().rev().find_map(|a| match a {
        DeskAnswer::Lines(view) => Some(view.as_ref().clone()),
        _ => None,
    });
    lines.unwrap_or_default()
}

fn stands(desk: &Headless, line: LineId, state: LineState) -> bool {
    let view = view(desk);
    view.lines
        .iter()
        .any(|r| r.line.id == line && r.line.state == state && r.line.position > 0)
}

fn propose(line: LineId, ticket: TicketId) -> CommandBody {
    CommandBody::ProposeLine {
        line,
        part: LinePart::Empathize,
        item: "A1".into(),
        lang: Lang::Zh,
        feeling: 1,
        text: "站到腿酸还没轮到，这滋味不好受。".into(),
        ticket: Some(ticket),
        source: None,
    }
}

fn approve(line: LineId, text: Option<&str>) -> CommandBody {
    CommandBody::ApproveLine {
        line,
        text: text.map(Into::into),
    }
}

/// A ticket that the first desk opened and answered.
async fn answered(real: &Real, one: &mut Headless) -> TicketId {
    let ticket = TicketId(task::new_id());
    let mut body = opening(ticket, "排队排了一个小时，气死人了");
    if let CommandBody::OpenTicket { queue, item, .. } = &mut body {
        (*queue, *item) = (real.queue, Some("A1".into()));
    }
    let ids = one
        .submit(vec![body, spoken(ticket, "我来查。")], true, None)
        .await
        .unwrap();
    one.confirmed(ids[1], PATIENCE).await.unwrap();
    ticket
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_goes_from_one_desk_through_a_lead_to_another_and_its_outcome_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let people = [Role::Agent, Role::Lead, Role::Agent];
    let real = Real::with(dir.path(), &people, rules()).await;
    let dirs: Vec<_> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
    let mut desks: Vec<Headless> = (0..3)
        .map(|n| desk(dirs[n].path(), &real.url, &real.tokens[n]))
        .collect();
    for d in &mut desks {
        d.synced(PATIENCE).await.unwrap();
    }
    let (mut three, mut lead, mut one) = (
        desks.pop().unwrap(),
        desks.pop().unwrap(),
        desks.pop().unwrap(),
    );
    let ticket = answered(&real, &mut one).await;
    let line = LineId(task::new_id());
    let ids = one
        .submit(vec![propose(line, ticket)], false, None)
        .await
        .unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    lead.until("the proposal", PATIENCE, |d| {
        stands(d, line, LineState::Proposed)
    })
    .await
    .unwrap();
    // Between its author and the leads until it is approved; over HTTP as well.
    let peek = Client::new(&real.url, &real.tokens[2]).unwrap();
    assert!(peek.lines().await.unwrap().lines.is_empty());
    assert!(view(&three).lines.is_empty());
    // A vague time fails the line's own lint, whoever approves it.
    let vague = approve(line, Some("查到了我尽快打给您。"));
    lead.submit(vec![vague], false, None).await.unwrap();
    lead.until("the refusal", PATIENCE, |d| d.returned.len() == 1)
        .await
        .unwrap();
    let ReturnCause::Refused { rule, detail } = &lead.returned[0].cause else {
        panic!("{:?}", lead.returned[0].cause)
    };
    assert_eq!(
        (*rule, &detail[..]),
        (Rule::Blocked, &["CMT-01".to_owned()][..])
    );
    let edited = "站到腿酸还没轮到，谁都不好受。";
    let ids = lead
        .submit(vec![approve(line, Some(edited))], false, None)
        .await
        .unwrap();
    lead.confirmed(ids[0], PATIENCE).await.unwrap();
    one.until("a word back", PATIENCE, |d| {
        d.told.iter().any(|a| matches!(a, DeskAnswer::LineAnswered { line: l, state: LineState::Approved, .. } if *l == line))
    })
    .await
    .unwrap();
    three
        .until("the line", PATIENCE, |d| {
            stands(d, line, LineState::Approved)
        })
        .await
        .unwrap();
    let here = view(&three).lines.remove(0);
    assert_eq!((&*here.text, &*here.author), (edited, "同事u1"));
    assert_eq!(here.line.ticket, None, "not from which ticket it came");
    said_on_the_third_desk(&mut three, &mut one, ticket, edited).await;
    for d in [one, lead, three] {
        d.shutdown();
    }
}

/// The other desk proposes the line, says it, and counts what the customer did next.
async fn said_on_the_third_desk(
    three: &mut Headless,
    one: &mut Headless,
    ticket: TicketId,
    edited: &str,
) {
    let coach = Coach::shipped().unwrap();
    let policy = Policy::shipped().unwrap();
    let shown = three.show(ticket).await.unwrap();
    let here = view(three).lines.remove(0);
    let name = here.line.name();
    let good = Tries { said: 9, well: 9 };
    let learnt = Learnt::new([&here.line], [(name.clone(), good)].into());
    let mut facts = Facts::of(shown.row.ticket.clone());
    facts.words = vec!["排队怎么还没到".to_owned()];
    facts.learnt = Arc::new(learnt);
    let now = task::now_ms();
    let proposed = (0..20).any(|seed| {
        facts.seed = seed;
        let list = coach.propose(&facts, &policy, now, Lang::Zh);
        let mut parts = list.iter().flat_map(|s| &s.parts);
        parts.any(|p| p.kind == PartKind::Empathize && p.text == edited && p.name() == name)
    });
    assert!(proposed, "the other desk proposes it");
    let mut body = spoken(ticket, edited);
    if let CommandBody::Speak { lines, .. } = &mut body {
        lines.push(name.clone());
    }
    let ids = three.submit(vec![body], false, None).await.unwrap();
    three.confirmed(ids[0], PATIENCE).await.unwrap();
    let calmer = CommandBody::ReceiveMessage {
        ticket,
        channel: Channel::Chat,
        text: "好的，谢谢".into(),
        attachments: Vec::new(),
        origin: None,
    };
    let ids = one.submit(vec![calmer], false, None).await.unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    for desk in [three, one] {
        desk.until("the count", PATIENCE, |d| {
            view(d).tries.get(&name) == Some(&(1, 1))
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_leads_who_decide_at_once_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let people = [Role::Agent, Role::Lead, Role::Lead];
    let real = Real::with(dir.path(), &people, rules()).await;
    let dirs: Vec<_> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
    let chaos = Chaos::before(&real.url).await;
    let mut one = desk(dirs[0].path(), &real.url, &real.tokens[0]);
    let mut first = desk(dirs[1].path(), &real.url, &real.tokens[1]);
    let mut second = desk(dirs[2].path(), &chaos.url, &real.tokens[2]);
    for d in [&mut one, &mut first, &mut second] {
        d.synced(PATIENCE).await.unwrap();
    }
    let ticket = answered(&real, &mut one).await;
    let line = LineId(task::new_id());
    let ids = one
        .submit(vec![propose(line, ticket)], false, None)
        .await
        .unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    for d in [&mut first, &mut second] {
        d.until("the proposal", PATIENCE, |d| {
            stands(d, line, LineState::Proposed)
        })
        .await
        .unwrap();
    }
    chaos.set(Line::Cut);
    let ids = first
        .submit(vec![approve(line, None)], false, None)
        .await
        .unwrap();
    first.confirmed(ids[0], PATIENCE).await.unwrap();
    let word = CommandBody::DeclineLine {
        line,
        word: "太文了".into(),
    };
    second.submit(vec![word], false, None).await.unwrap();
    chaos.set(Line::Up);
    second.ask(DeskRequest::Retry).unwrap();
    second
        .until("the conflict", PATIENCE, |d| d.returned.len() == 1)
        .await
        .unwrap();
    let ReturnCause::Conflict { with } = &second.returned[0].cause else {
        panic!("{:?}", second.returned[0].cause)
    };
    let decided = EntryKind::Happening(Happening::LineDecided {
        state: LineState::Approved,
    });
    assert!(
        with.iter().any(|e| e.kind == decided && e.who == "同事u2"),
        "{with:?}"
    );
    second
        .until("what stands", PATIENCE, |d| {
            stands(d, line, LineState::Approved)
        })
        .await
        .unwrap();
    for d in [one, first, second] {
        d.shutdown();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_decided_is_news_until_its_author_looked_also_over_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let people = [Role::Agent, Role::Lead];
    let real = Real::with(dir.path(), &people, rules()).await;
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut one = desk(a.path(), &real.url, &real.tokens[0]);
    let mut lead = desk(b.path(), &real.url, &real.tokens[1]);
    for d in [&mut one, &mut lead] {
        d.synced(PATIENCE).await.unwrap();
    }
    let ticket = answered(&real, &mut one).await;
    let line = LineId(task::new_id());
    let ids = one
        .submit(vec![propose(line, ticket)], false, None)
        .await
        .unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    lead.until("the proposal", PATIENCE, |d| {
        stands(d, line, LineState::Proposed)
    })
    .await
    .unwrap();
    assert_eq!(view(&one).news(), 0, "one's own proposal is no news");
    // The author goes home before the lead decides.
    one.shutdown();
    let word = CommandBody::DeclineLine {
        line,
        word: "太文了".into(),
    };
    let ids = lead.submit(vec![word], false, None).await.unwrap();
    lead.confirmed(ids[0], PATIENCE).await.unwrap();
    assert_eq!(view(&lead).news(), 0, "it is the author's");
    for _ in 0..2 {
        let mut one = desk(a.path(), &real.url, &real.tokens[0]);
        one.until("the news", PATIENCE, |d| view(d).news() == 1)
            .await
            .unwrap();
        assert_eq!(&*view(&one).lines[0].word, "太文了");
        one.shutdown();
    }
    let mut one = desk(a.path(), &real.url, &real.tokens[0]);
    one.synced(PATIENCE).await.unwrap();
    one.ask(DeskRequest::LinesSeen).unwrap();
    one.until("nothing new", PATIENCE, |d| {
        let seen = view(d);
        seen.news() == 0 && !seen.lines.is_empty()
    })
    .await
    .unwrap();
    one.shutdown();
    let mut one = desk(a.path(), &real.url, &real.tokens[0]);
    one.until("the line", PATIENCE, |d| {
        stands(d, line, LineState::Declined)
    })
    .await
    .unwrap();
    one.synced(PATIENCE).await.unwrap();
    assert_eq!(view(&one).news(), 0);
    one.shutdown();
    lead.shutdown();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_proposed_without_a_line_to_the_server_waits_and_goes_out_later() {
    let dir = tempfile::tempdir().unwrap();
    let real = Real::with(dir.path(), &[Role::Agent], rules()).await;
    let chaos = Chaos::before(&real.url).await;
    let home = tempfile::tempdir().unwrap();
    let mut one = desk(home.path(), &chaos.url, &real.tokens[0]);
    one.synced(PATIENCE).await.unwrap();
    let ticket = answered(&real, &mut one).await;
    chaos.set(Line::Cut);
    let line = LineId(task::new_id());
    let ids = one
        .submit(vec![propose(line, ticket)], false, None)
        .await
        .unwrap();
    // It stands in the list at once, as something that waits.
    one.until("the waiting line", PATIENCE, |d| {
        let lines = view(d).lines;
        lines
            .iter()
            .any(|r| r.line.id == line && r.line.position == 0 && r.mine)
    })
    .await
    .unwrap();
    chaos.set(Line::Up);
    one.ask(DeskRequest::Retry).unwrap();
    one.confirmed(ids[0], PATIENCE).await.unwrap();
    one.until("the line", PATIENCE, |d| {
        stands(d, line, LineState::Proposed)
    })
    .await
    .unwrap();
    one.shutdown();
}
