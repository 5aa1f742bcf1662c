#![allow(clippy::unwrap_used, reason = "tests")]
use super::*;
use crate::coach::content::Cue;
use crate::coach::propose::tests::{NOW, full};
use crate::coach::read;
use crate::coach::soft;
use crate::domain::ids::{EventId, PromiseId, TicketId};
use crate::domain::ticket::Promise;
use crate::domain::vocabulary::PromiseState;

fn setup() -> (Content, Policy) {
    (Content::shipped().unwrap(), Policy::shipped().unwrap())
}

#[test]
fn the_first_checks_come_with_the_item() {
    let (content, policy) = setup();
    for item in &policy.taxonomy.items {
        for lang in [Lang::Zh, Lang::En] {
            let card = checks(&content, &full(Some(item.id.as_str())), &policy, lang).unwrap();
            assert!(card.checks.len() >= 3 && !card.owner.is_empty(), "{card:?}");
        }
    }
    let mut facts = full(None);
    assert_eq!(checks(&content, &facts, &policy, Lang::Zh), None);
    facts.words = vec!["退款什么时候到账".to_owned()];
    let read = read::read(&content, &facts.words[0]).item.unwrap();
    let card = checks(&content, &facts, &policy, Lang::Zh).unwrap();
    assert_eq!((card.item, card.confirmed), (read.item, false));
}

#[test]
fn the_preflight_card_has_its_five_lines() {
    let (content, policy) = setup();
    let mut facts = full(Some("A1"));
    facts.words = vec!["排队等了快一个小时，再这样我打12315".to_owned()];
    facts.phone_last4.clear();
    let card = preflight(&content, &facts, &policy, NOW, Lang::Zh);
    let about: Vec<About> = card.iter().map(|l| l.about).collect();
    assert_eq!(
        about,
        [
            About::Facts,
            About::Need,
            About::Frame,
            About::Resources,
            About::Time
        ]
    );
    let [known, need, frame, resources, time] = &card;
    assert!(known.pieces.contains(&Piece::Item("排队超时".to_owned())));
    assert!(
        known
            .pieces
            .contains(&Piece::Known("wait.minutes", "50".to_owned()))
    );
    assert!(
        known
            .pieces
            .contains(&Piece::Missing("phone.last4".to_owned()))
    );
    assert!(matches!(
        need.pieces[..],
        [Piece::Stated(_), Piece::Hidden(_)]
    ));
    assert!(frame.pieces.contains(&Piece::Risk(Risk::Regulator)));
    assert!(
        resources
            .pieces
            .iter()
            .any(|p| matches!(p, Piece::Owner(_)))
    );
    assert!(resources.pieces.iter().any(|p| matches!(p, Piece::Case(_))));
    let due = time.pieces.iter().find_map(|p| match p {
        Piece::Due(deed, said) => Some((*deed, said.clone())),
        _ => None,
    });
    assert_eq!(due, Some((Deed::Callback, "今天16:00前".to_owned())));
    // Nothing known: still five lines, and nothing invented.
    let bare = preflight(
        &content,
        &Facts::of(full(None).ticket),
        &policy,
        NOW,
        Lang::En,
    );
    assert!(bare[1].pieces.is_empty());
    assert!(bare[4].pieces.iter().all(|p| !matches!(p, Piece::Due(..))));
}

#[test]
fn what_going_higher_can_do_is_looked_up() {
    let (content, _) = setup();
    let mut facts = full(Some("C1"));
    facts.words = vec!["这条逾期记录把征信弄花了，我要找你们领导".to_owned()];
    let rows = scope::reach(&content, &facts, NOW, Lang::Zh);
    let row = rows.iter().find(|r| r.row == "true-credit-record").unwrap();
    assert!(!row.decides_anew);
    assert!(row.evidence.iter().all(|w| facts.words[0].contains(w)));
    assert!(!row.say.is_empty());
    // The same words on a ticket about something else.
    facts.ticket = full(Some("A1")).ticket;
    let rows = scope::reach(&content, &facts, NOW, Lang::Zh);
    assert!(rows.iter().all(|r| r.row != "true-credit-record"));
    // Harm goes up first, whatever else is said.
    facts.words = vec!["水壶漏电，人都麻了，还影响征信".to_owned()];
    let rows = scope::reach(&content, &facts, NOW, Lang::Zh);
    assert_eq!(rows[0].row, "safety");
    assert!(rows[0].decides_anew);
    facts.words = vec!["谢谢".to_owned()];
    assert!(scope::reach(&content, &facts, NOW, Lang::En).is_empty());
    assert_eq!(scope::table(&content, Lang::En).len(), content.scope.len());
}

#[test]
fn a_missed_promise_and_a_repeat_speak_for_their_rows() {
    let (mut content, _) = setup();
    let mut row = content.scope[0].clone();
    row.id = "promise-missed".to_owned();
    row.words = Vec::new();
    let mut repeat = row.clone();
    repeat.id = "repeat".to_owned();
    content.scope = vec![row, repeat];
    let mut facts = full(Some("A1"));
    assert!(scope::reach(&content, &facts, NOW, Lang::Zh).is_empty());
    facts.ticket.repeat_of = Some(TicketId::default());
    facts.ticket.promises.push(Promise {
        id: PromiseId::default(),
        deed: Deed::Callback,
        due: NOW.plus_minutes(-5),
        by: None,
        made_at: NOW.plus_minutes(-90),
        source: None,
        made: EventId::default(),
        state: PromiseState::Open,
        settled_at: None,
    });
    let rows = scope::reach(&content, &facts, NOW, Lang::Zh);
    let rows: Vec<&str> = rows.iter().map(|r| r.row.as_str()).collect();
    assert_eq!(rows, ["promise-missed", "repeat"]);
}

#[test]
fn cases_are_found_by_item_by_words_and_by_typing() {
    let (content, _) = setup();
    let today = jiff::civil::date(2026, 3, 11);
    let find = |facts: &Facts, typed: &str| -> Vec<String> {
        let found = library::search(&content, facts, typed, today, Lang::Zh);
        found.into_iter().map(|c| c.id).collect()
    };
    let of_item = find(&full(Some("A1")), "");
    assert_eq!(of_item.first().map(String::as_str), Some("a1-long-queue"));
    let mut facts = full(None);
    facts.words = vec!["窗口排队，叫号叫了一个钟头".to_owned()];
    assert_eq!(
        find(&facts, "").first().map(String::as_str),
        Some("a1-long-queue")
    );
    assert!(find(&full(None), "").is_empty(), "nothing points anywhere");
    assert!(find(&full(None), "叫号").contains(&"a1-long-queue".to_owned()));
    assert!(find(&full(Some("A1")), "绝不会有的词").is_empty());
    let late = jiff::civil::date(2031, 1, 1);
    assert!(library::search(&content, &full(Some("A1")), "", late, Lang::Zh).is_empty());
}

#[test]
fn a_soft_question_is_not_asked_twice_while_another_is_left() {
    let (content, _) = setup();
    for cue in [Cue::Repeats, Cue::Hesitates] {
        let mut said = std::collections::BTreeSet::new();
        let first = soft::question(&content, cue, &said, Lang::Zh).unwrap();
        said.insert(first.name());
        let second = soft::question(&content, cue, &said, Lang::Zh).unwrap();
        assert_ne!(first.text, second.text);
        assert!(!first.text.contains('{'));
    }
}
