//! The server's own lint: what a desk would not let pass leaves by no other way either.

use std::sync::Arc;

use balm::api::wire::Outcome;
use balm::coach::Coach;
use balm::domain::command::{CommandBody, Override, PromiseDraft};
use balm::domain::decide::Rule;
use balm::domain::ids::{PromiseId, TicketId};
use balm::domain::policy::Policy;
use balm::domain::time::Ms;
use balm::domain::vocabulary::{CloseReason, Deed};
use balm::server::CoachLint;
use balm::task;

use super::{Site, based, command, reply};

async fn site(dir: &std::path::Path) -> Site {
    let lint = CoachLint {
        coach: Coach::shipped().unwrap(),
        policy: Arc::new(Policy::shipped().unwrap()),
    };
    Site::judged(dir, Arc::new(lint)).await
}

fn rules(told: &Outcome) -> (Option<Rule>, Vec<String>) {
    match told {
        Outcome::Refused { rule, detail } => (Some(*rule), detail.clone()),
        _ => (None, Vec::new()),
    }
}

fn overriding(mut body: CommandBody, rule: &str, reason: &str) -> CommandBody {
    if let CommandBody::Reply { overrides, .. }
    | CommandBody::Close { overrides, .. }
    | CommandBody::Snooze { overrides, .. } = &mut body
    {
        overrides.push(Override {
            rule: rule.to_owned(),
            reason: reason.into(),
        });
    }
    body
}

#[tokio::test]
async fn a_blocked_reply_is_refused_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let site = site(dir.path()).await;
    let agent = site.agent("anna").await;
    let (ticket, _) = site.ticket("王小明", "排了一个小时也没人理").await;
    for (text, rule) in [
        ("我们会尽快给您回电。", "CMT-01"),
        ("{cause}我查到了。", "FCT-01"),
        ("请把您的验证码发给我。", "PRV-03"),
        (
            "排了一个小时还没人理，确实窝火。明天16:00前我给您回电。",
            "CMT-11",
        ),
    ] {
        let told = agent.ask(&command(reply(ticket, text))).await;
        let (refused, detail) = rules(&told);
        assert_eq!(refused, Some(Rule::Blocked), "{text}: {told:?}");
        assert!(detail.iter().any(|r| r == rule), "{text}: {detail:?}");
    }
    assert!(kinds(&site, ticket).await.iter().all(|k| k != "replied"));
}

#[tokio::test]
async fn a_reason_lets_pass_what_the_table_allows_and_stays_in_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let site = site(dir.path()).await;
    let agent = site.agent("anna").await;
    let (ticket, _) = site.ticket("王小明", "请问营业到几点").await;
    let soft = overriding(
        reply(ticket, "我稍后联系您。"),
        "CMT-01",
        "客户正在开会，让我等她消息",
    );
    let told = agent.ask(&command(soft)).await;
    assert!(matches!(told, Outcome::Accepted { .. }), "{told:?}");
    assert!(
        kinds(&site, ticket)
            .await
            .contains(&"rule_overridden".to_owned())
    );
    let hard = overriding(reply(ticket, "{cause}好了。"), "FCT-01", "急");
    let told = agent.ask(&command(hard)).await;
    assert_eq!(
        rules(&told),
        (Some(Rule::NoOverride), vec!["FCT-01".to_owned()])
    );
}

#[tokio::test]
async fn a_time_leaves_only_with_its_row_in_the_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let site = site(dir.path()).await;
    let agent = site.agent("anna").await;
    let (ticket, _) = site.ticket("王小明", "请问营业到几点").await;
    // Eight days ahead at four in the afternoon lies within everybody's hours; only the service target may speak.
    let now = task::now_ms();
    let policy = Policy::shipped().unwrap();
    let wall = balm::domain::time::local(now, policy.calendar.zone());
    let day = wall.date().checked_add(jiff::Span::new().days(8)).unwrap();
    let due = balm::domain::time::from_local(day.at(16, 0, 0, 0), policy.calendar.zone());
    let text = format!(
        "{}年{}月{}日16:00前我给您回电。",
        day.year(),
        day.month(),
        day.day()
    );
    let told = agent.ask(&command(reply(ticket, &text))).await;
    assert!(rules(&told).1.contains(&"CMT-11".to_owned()), "{told:?}");
    let with = drafted(reply(ticket, &text), due);
    let (_, detail) = rules(&agent.ask(&command(with)).await);
    assert!(!detail.contains(&"CMT-11".to_owned()), "{detail:?}");
}

#[tokio::test]
async fn who_puts_a_ticket_down_says_what_comes_next() {
    let dir = tempfile::tempdir().unwrap();
    let site = site(dir.path()).await;
    let agent = site.agent("anna").await;
    let (ticket, _) = site.ticket("王小明", "冰箱坏了三天没人来修").await;
    let close = CommandBody::Close {
        ticket,
        reason: CloseReason::Solved,
        item: None,
        overrides: Vec::new(),
    };
    // What the customer wrote was read: without saying so, closing is a conflict and nothing is judged.
    let read = |body| based(ticket, 2, body);
    let told = agent.ask(&read(close.clone())).await;
    assert_eq!(
        rules(&told),
        (Some(Rule::Blocked), vec!["CMT-02".to_owned()]),
        "{told:?}"
    );
    let told = agent
        .ask(&read(overriding(close, "CMT-02", "客户在门店当场解决了")))
        .await;
    assert!(matches!(told, Outcome::Accepted { .. }), "{told:?}");
}

fn drafted(mut body: CommandBody, due: Ms) -> CommandBody {
    if let CommandBody::Reply { promises, .. } = &mut body {
        promises.push(PromiseDraft {
            promise: PromiseId(task::new_id()),
            deed: Deed::Callback,
            due,
            sentence: "回电".into(),
        });
    }
    body
}

async fn kinds(site: &Site, ticket: TicketId) -> Vec<String> {
    use balm::log::Log;
    let events = site.log.events(ticket.into(), 0, 100).await.unwrap();
    events.iter().map(|e| e.body.kind()).collect()
}
