#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
mod asked;

use super::*;
use crate::coach::slots::Slots;
use crate::domain::event::{Actor, Event, EventBody, TicketEvent};
use crate::domain::ids::{CustomerId, EventId, QueueId, TicketId};
use crate::domain::vocabulary::Tier;

/// Wed 11 Mar 2026 14:20 in Shanghai.
pub(in crate::coach) const NOW: Ms = Ms(1_773_210_000_000);

fn ticket(item: Option<&str>, opened_at: Ms) -> Ticket {
    let body = TicketEvent::Opened {
        number: Some(1042),
        customer: CustomerId::default(),
        queue: QueueId::default(),
        channel: Channel::Chat,
        tier: Tier::C,
        vulnerable: false,
        repeat_of: None,
        contact: 3,
        item: item.map(ItemId::from),
        live: false,
        origin: None,
    };
    Ticket::open(&Event {
        id: EventId::default(),
        stream: TicketId::default().into(),
        version: 1,
        position: 1,
        occurred_at: opened_at,
        recorded_at: opened_at,
        actor: Actor::Customer,
        body: EventBody::from(body).into(),
        customer: None,
        payload: None,
    })
    .unwrap()
}

pub(in crate::coach) fn full(item: Option<&str>) -> Facts {
    let mut facts = Facts::of(ticket(item, NOW));
    facts.customer_name = "王建国".to_owned();
    facts.phone_last4 = "2231".to_owned();
    facts.agent_name = "林悦".to_owned();
    facts.queue_name = "综合".to_owned();
    for (name, value) in [("wait.minutes", "50"), ("order.days", "5")] {
        facts.values.insert(name.to_owned(), value.to_owned());
    }
    facts
}

fn setup() -> (Content, Policy) {
    (Content::shipped().unwrap(), Policy::shipped().unwrap())
}

fn of<'a>(list: &'a [Suggestion], entry: &str) -> &'a Suggestion {
    list.iter().find(|s| s.entry_id == entry).unwrap()
}

fn kind(s: &Suggestion, kind: PartKind) -> &Part {
    s.parts.iter().find(|p| p.kind == kind).unwrap()
}

#[test]
fn every_playbook_renders_whole_in_both_languages() {
    let (content, policy) = setup();
    for entry in &content.entries {
        for lang in [Lang::Zh, Lang::En] {
            let facts = full(Some(entry.items[0].as_str()));
            let list = propose(&content, &facts, &policy, NOW, lang);
            let s = of(&list, &entry.id);
            for p in s.parts.iter().chain(&s.extras) {
                assert!(p.unfilled.is_empty(), "{}: {}", p.line, p.text);
                assert!(!p.text.contains('{'), "{}: {}", p.line, p.text);
            }
            let kinds: Vec<PartKind> = s.parts.iter().map(|p| p.kind).collect();
            let mut sorted = kinds.clone();
            sorted.sort();
            assert_eq!(kinds, sorted, "{} in the order of speaking", entry.id);
            for needed in [
                PartKind::Empathize,
                PartKind::Explain,
                PartKind::Commit,
                PartKind::Confirm,
            ] {
                assert!(kinds.contains(&needed), "{} {needed:?}", entry.id);
            }
            let commit = kind(s, PartKind::Commit);
            let promise = commit.promise.expect("a commitment promises");
            assert!(promise.due > NOW);
            assert!(commit.acts.contains(&Act::CommitConcrete));
            if lang == Lang::En {
                let first = s.whole(lang).chars().next().unwrap();
                assert!(
                    first.is_uppercase() || first.is_ascii_digit(),
                    "{}",
                    s.whole(lang)
                );
            }
        }
    }
}

#[test]
fn one_deed_by_one_time_is_promised_once() {
    let (content, policy) = setup();
    for lang in [Lang::Zh, Lang::En] {
        for entry in &content.entries {
            let facts = full(Some(entry.items[0].as_str()));
            let list = propose(&content, &facts, &policy, NOW, lang);
            let parts = &of(&list, &entry.id).parts;
            let promised: Vec<_> = parts.iter().filter_map(|p| p.promise).collect();
            let mut once = promised.clone();
            once.dedup();
            assert_eq!(once, promised, "{} {parts:?}", entry.id);
            assert!(parts.iter().all(|p| !p.text.is_empty()));
        }
    }
}

#[test]
fn what_is_proposed_passes_the_blocking_rules_and_promises_what_it_says() {
    let (content, policy) = setup();
    let zone = policy.calendar.zone();
    let mut unheard = Vec::new();
    for entry in &content.entries {
        for lang in [Lang::Zh, Lang::En] {
            let facts = full(Some(entry.items[0].as_str()));
            let list = propose(&content, &facts, &policy, NOW, lang);
            let whole = of(&list, &entry.id).whole(lang);
            let verdict = super::super::lint::verdict(&content, &whole, NOW, NOW, zone);
            assert!(verdict.blocks.is_empty(), "{whole}: {:?}", verdict.blocks);
            for p in of(&list, &entry.id)
                .parts
                .iter()
                .filter(|p| p.promise.is_some())
            {
                let said = super::super::promises::promises_in(&content, &p.text, NOW, zone, None);
                let due = p.promise.unwrap().due;
                if !said.iter().any(|s| s.due == due) {
                    unheard.push(format!("{}: {}", p.line, p.text));
                }
            }
        }
    }
    assert!(unheard.is_empty(), "{}", unheard.join("\n"));
}

#[test]
fn the_time_comes_from_clock_and_calendar() {
    let (content, policy) = setup();
    let list = propose(&content, &full(Some("A1")), &policy, NOW, Lang::Zh);
    let commit = kind(of(&list, "a1-wait"), PartKind::Commit);
    // 90 business minutes from 14:20 are 15:50, said as the next half hour.
    assert!(
        commit.text.starts_with("今天16:00前，我打给您"),
        "{}",
        commit.text
    );
    let promise = commit.promise.unwrap();
    assert_eq!(
        (promise.deed, promise.due),
        (Deed::Callback, NOW.plus_minutes(100))
    );
    let list = propose(&content, &full(Some("A1")), &policy, NOW, Lang::En);
    let commit = kind(of(&list, "a1-wait"), PartKind::Commit);
    assert!(
        commit.text.starts_with("By 16:00 today, I will call you"),
        "{}",
        commit.text
    );
}

#[test]
fn a_deed_that_does_not_fit_is_not_promised() {
    let (content, policy) = setup();
    // A6 may take one business hour; a call needs 90 minutes.
    let list = propose(&content, &full(Some("A6")), &policy, NOW, Lang::Zh);
    let s = of(&list, "a6-promise");
    assert!(s.tell_lead);
    let commit = kind(s, PartKind::Commit);
    assert_eq!(commit.line, "promises/news");
    let promise = commit.promise.unwrap();
    assert_eq!(promise.deed, Deed::Update);
    assert!(
        promise.due <= NOW.plus_minutes(60),
        "under the target: {promise:?}"
    );
    assert!(
        s.parts.iter().filter(|p| p.promise.is_some()).count() == 1,
        "one time, said once"
    );
}

#[test]
fn a_long_wait_is_broken_by_news() {
    let (content, policy) = setup();
    // Fri 18 Sep 2026 17:40: 180 business minutes reach into Monday noon.
    let now = Ms(1_789_724_400_000);
    let mut facts = full(Some("B5"));
    facts.ticket = ticket(Some("B5"), now);
    let list = propose(&content, &facts, &policy, now, Lang::Zh);
    let s = of(&list, "b5-bill");
    let interim = s.parts.iter().find(|p| p.line == "promises/interim");
    let main = kind(s, PartKind::Commit).promise.unwrap();
    let interim = interim.expect("more than a day away").promise.unwrap();
    assert_eq!(interim.deed, Deed::Update);
    assert!(now < interim.due && interim.due < main.due);
}

#[test]
fn what_is_not_known_is_left_out_or_asked_for() {
    let (content, policy) = setup();
    let facts = Facts::of(ticket(Some("A1"), NOW));
    let list = propose(&content, &facts, &policy, NOW, Lang::Zh);
    let s = of(&list, "a1-wait");
    let confirm = kind(s, PartKind::Confirm);
    assert_eq!(confirm.text, "到时候打哪个号码能找到您？");
    let gap = s.extras.iter().find(|p| p.kind == PartKind::Confirm);
    assert_eq!(gap.unwrap().unfilled, ["phone.last4"], "kept at hand");
    let empathy = kind(s, PartKind::Empathize);
    assert!(
        empathy.unfilled.is_empty(),
        "a line without gaps goes first: {}",
        empathy.text
    );
    assert!(!kind(s, PartKind::Explain).text.contains("{cause}"));
    assert!(
        s.parts.iter().all(|p| p.kind != PartKind::Options),
        "an open choice stands aside"
    );
}

#[test]
fn nobody_unknown_is_answered_with_a_gap() {
    let (content, policy) = setup();
    for entry in &content.entries {
        for lang in [Lang::Zh, Lang::En] {
            let facts = Facts::of(ticket(Some(entry.items[0].as_str()), NOW));
            let id = entry.id.as_str();
            let found = propose_entry(&content, &facts, &policy, NOW, lang, id).unwrap();
            let all = propose(&content, &facts, &policy, NOW, lang);
            for s in all.iter().chain([&found]) {
                for p in s.parts.iter().chain(&s.decline) {
                    assert!(p.unfilled.is_empty(), "{}: {}", p.line, p.text);
                    assert!(!p.text.contains('{'), "{}: {}", p.line, p.text);
                }
                for needed in [PartKind::Explain, PartKind::Commit, PartKind::Confirm] {
                    let n = s.parts.iter().filter(|p| p.kind == needed).count();
                    assert!(n >= 1, "{} {needed:?}", s.entry_id);
                }
            }
        }
    }
    let mut facts = Facts::of(ticket(None, NOW));
    facts.words = vec!["你们到底怎么回事，气死我了".to_owned()];
    let first = &propose(&content, &facts, &policy, NOW, Lang::Zh)[0];
    assert_eq!(first.entry_id, ASK_FIRST);
    assert!(first.parts.iter().all(|p| p.unfilled.is_empty()));
}

#[test]
fn a_year_without_a_calendar_stays_visibly_open() {
    let (content, policy) = setup();
    let now = Ms(NOW.0 + 40 * 365 * 86_400_000);
    let mut facts = full(Some("A1"));
    facts.ticket = ticket(Some("A1"), now);
    let s = propose_entry(&content, &facts, &policy, now, Lang::Zh, "a1-wait").unwrap();
    let commit = kind(&s, PartKind::Commit);
    assert!(!commit.unfilled.is_empty(), "{}", commit.text);
}

#[test]
fn what_was_read_once_is_not_read_again() {
    let (content, policy) = setup();
    let mut facts = full(Some("A1"));
    facts.words = vec!["排队等了50分钟".to_owned(), "气死我了".to_owned()];
    let plain = propose(&content, &facts, &policy, NOW, Lang::Zh);
    facts.listened = crate::coach::Listened::to(&content, &facts.words, None);
    let before = read::readings();
    assert_eq!(propose(&content, &facts, &policy, NOW, Lang::Zh), plain);
    let _card = crate::coach::cards::preflight(&content, &facts, &policy, NOW, Lang::Zh);
    let today = local(NOW, policy.calendar.zone()).date();
    let _cases = crate::coach::library::search(&content, &facts, "退款", today, Lang::Zh);
    assert_eq!(read::readings(), before);
    // A new message is read, and all of them together; the old ones are not.
    facts.words.push("到底几点能办".to_owned());
    let listened = crate::coach::Listened::to(&content, &facts.words, Some(&facts.listened));
    assert_eq!(read::readings(), before + 2);
    assert!(listened.of("气死我了").is_some());
}

#[test]
fn a_known_cause_is_told() {
    let (content, policy) = setup();
    let mut facts = full(Some("A1"));
    facts
        .values
        .insert("cause".to_owned(), "有一笔业务办了一个小时".to_owned());
    let list = propose(&content, &facts, &policy, NOW, Lang::Zh);
    let explain = kind(of(&list, "a1-wait"), PartKind::Explain);
    assert!(
        explain.text.contains("有一笔业务办了一个小时"),
        "{}",
        explain.text
    );
    assert_eq!(explain.acts, [Act::ExplainCause]);
    facts
        .values
        .insert("cause".to_owned(), "{due.reply}".to_owned());
    let list = propose(&content, &facts, &policy, NOW, Lang::Zh);
    assert!(
        !kind(of(&list, "a1-wait"), PartKind::Explain)
            .text
            .contains("{due.reply}")
    );
}

#[test]
fn nobody_hears_the_same_comfort_twice() {
    let (content, policy) = setup();
    let mut facts = full(Some("A1"));
    facts.words = vec!["气死我了，排队等了半天".to_owned()];
    let mut heard = Vec::new();
    for _ in 0..20 {
        let list = propose(&content, &facts, &policy, NOW, Lang::Zh);
        let s = of(&list, "a1-wait");
        let Some(line) = s.parts.iter().find(|p| p.kind == PartKind::Empathize) else {
            break;
        };
        assert!(!heard.contains(&line.line), "{} again", line.line);
        heard.push(line.line.clone());
        // Said with another number than would be filled in now.
        facts.said.push(line.text.replace("50", "35"));
    }
    let entry = content.entry("a1-wait").unwrap();
    let lines = entry.lines.iter().filter(|l| l.part == PartKind::Empathize);
    assert_eq!(
        heard.len(),
        lines.count(),
        "every line once, then none: {heard:?}"
    );
}

#[test]
fn feeling_chooses_the_line() {
    let (content, policy) = setup();
    for (words, line) in [
        ("排队怎么还没到", "a1-wait/empathize/1"),
        ("排队排得太生气了", "a1-wait/empathize/3"),
        ("排队排得气死了，你们这群骗子", "a1-wait/empathize/5"),
    ] {
        let mut facts = full(Some("A1"));
        facts.words = vec![words.to_owned()];
        let list = propose(&content, &facts, &policy, NOW, Lang::Zh);
        assert_eq!(
            kind(of(&list, "a1-wait"), PartKind::Empathize).line,
            line,
            "{words}"
        );
    }
}

#[test]
fn the_first_suggestion_follows_item_words_and_safety() {
    let (content, policy) = setup();
    let first = |item: Option<&str>, words: &str| {
        let mut facts = full(item);
        facts.words = vec![words.to_owned()];
        propose(&content, &facts, &policy, NOW, Lang::Zh)
            .first()
            .map(|s| s.entry_id.clone())
    };
    assert_eq!(
        first(None, "退款什么时候到账").as_deref(),
        Some("c2-refund")
    );
    assert_eq!(
        first(Some("B4"), "水壶漏电，手都麻了").as_deref(),
        Some("b4-leak")
    );
    assert_eq!(
        first(Some("B4"), "屏幕坏了开不了机").as_deref(),
        Some("b4-fault")
    );
    assert_eq!(first(Some("A1"), "").as_deref(), Some("a1-wait"));
    assert_eq!(first(Some("C5"), "").as_deref(), Some("c5-manner"));
    assert_eq!(first(None, "你好"), None);
}

#[test]
fn rights_are_named_when_the_customer_names_a_regulator() {
    let (content, policy) = setup();
    let mut facts = full(Some("C2"));
    let rights = |facts: &Facts| {
        let list = propose(&content, facts, &policy, NOW, Lang::Zh);
        let s = of(&list, "c2-refund");
        (
            s.parts.iter().any(|p| p.kind == PartKind::Rights),
            s.extras.iter().any(|p| p.kind == PartKind::Rights),
        )
    };
    facts.words = vec!["退款呢".to_owned()];
    assert_eq!(rights(&facts), (false, true));
    facts.words.push("再不退我打12315".to_owned());
    assert_eq!(rights(&facts), (true, false));
}

#[test]
fn sex_is_not_guessed() {
    let (content, policy) = setup();
    let mut facts = full(Some("A1"));
    facts.customer_name = "欧阳小雨".to_owned();
    let call = |facts: &Facts, lang| {
        Slots::new(facts, &policy, &content.promises, NOW, lang)
            .fill("{customer.call}", None)
            .text
    };
    assert_eq!(call(&facts, Lang::Zh), "欧阳小雨");
    facts
        .preferences
        .insert("title".to_owned(), "女士".to_owned());
    assert_eq!(call(&facts, Lang::Zh), "欧阳女士");
}

#[test]
fn the_customers_hours_are_kept() {
    let (content, policy) = setup();
    let mut facts = full(Some("A1"));
    facts
        .preferences
        .insert("contact_hours".to_owned(), "18:30-20:00".to_owned());
    let list = propose(&content, &facts, &policy, NOW, Lang::Zh);
    let due = kind(of(&list, "a1-wait"), PartKind::Commit)
        .promise
        .unwrap()
        .due;
    let at = local(due, policy.calendar.zone());
    assert_eq!(
        (at.hour(), at.minute()),
        (16, 0),
        "later would break the target"
    );
    facts
        .preferences
        .insert("contact_hours".to_owned(), "16:30-20:00".to_owned());
    let list = propose(&content, &facts, &policy, NOW, Lang::Zh);
    let due = kind(of(&list, "a1-wait"), PartKind::Commit)
        .promise
        .unwrap()
        .due;
    let at = local(due, policy.calendar.zone());
    assert_eq!((at.hour(), at.minute()), (16, 30));
}
