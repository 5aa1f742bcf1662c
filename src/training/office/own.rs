//! A run counts from the trainee's own words on, and shows what was seen then.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::fs;

use super::testing::*;
use super::*;
use crate::api::training::{DebriefView, RulesOf};
use crate::sim::AgentKind;

fn debrief(office: &Office, run: RunId) -> DebriefView {
    let ask = Ask::Debrief { run };
    match office.answer(&mei(), SeatRole::Trainee, NOW, &ask) {
        Told::Debrief(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn words_that_come_late_count_once_and_take_no_card_back_in_time() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    let first = finish(&office, &mei(), &play, 1, 0);
    let second = finish(&office, &mei(), &play, 2, 3 * DAY);
    reflect(&office, &mei(), second);
    let cards = |office: &Office| office.books().people["mei"].kept.cards.clone();
    let before = cards(&office);
    drop(office);
    // What waits for its words waits on after a restart.
    let office = open(dir.path());
    assert_eq!(office.books().people["mei"].kept.done.len(), 1);
    reflect(&office, &mei(), first);
    reflect(&office, &mei(), first);
    let kept = office.books().people["mei"].kept.clone();
    assert_eq!((kept.done.len(), kept.strength.results), (2, 2));
    assert_eq!(kept.done[1].day, kept.done[0].day - 3, "each on its day");
    for (item, by) in &kept.cards {
        for (criterion, card) in by {
            assert!(card.day >= before[item][criterion].day);
        }
    }
}

#[test]
fn a_run_that_was_written_with_its_words_and_not_counted_is_counted_at_the_next_start() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    let run = finish(&office, &mei(), &play, 1, 0);
    // The power goes between the words and the numbers.
    let profile = dir.path().join("people/mei/profile.json");
    let early = fs::read(&profile).unwrap();
    reflect(&office, &mei(), run);
    drop(office);
    fs::write(&profile, early).unwrap();
    let office = open(dir.path());
    assert_eq!(office.books().people["mei"].kept.done.len(), 1);
}

#[test]
fn of_empty_words_a_run_counts_and_stands_in_no_pair() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    let run = finish(&office, &mei(), &play, 1, 0);
    let ask = Ask::Reflect {
        run,
        plus: " ".to_owned(),
        delta: String::new(),
    };
    let told = office.answer(&mei(), SeatRole::Trainee, NOW, &ask);
    assert_eq!(told, Told::Done);
    let other = scripted("SIM-01", AgentKind::Mechanical, Lang::Zh, 4);
    reflect(&office, &bo(), finish(&office, &bo(), &other, 2, 0));
    let books = office.books();
    assert_eq!(books.people["mei"].kept.done.len(), 1);
    assert!(pairs::candidates(&books.people).is_empty());
}

/// Rewrites what is kept of the run.
fn rewritten(home: &Path, run: RunId, change: impl Fn(&mut serde_json::Value)) {
    let path = home.join(format!("people/mei/runs/{run}.json"));
    let mut kept: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut kept);
    fs::write(&path, serde_json::to_vec(&kept).unwrap()).unwrap();
}

#[test]
fn a_run_by_older_rules_is_shown_as_it_was_and_rewound_by_todays() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Mechanical, Lang::Zh, 4);
    let run = finish(&office, &mei(), &play, 1, 0);
    reflect(&office, &mei(), run);
    let today = debrief(&office, run);
    assert_eq!(today.rules, RulesOf::Today);
    assert_eq!(today.turns, views::turns(&play));
    drop(office);
    // As if rules of another day had played it: other states, another score, a turn more.
    rewritten(dir.path(), run, |kept| {
        kept["run"]["engine"] = "0123456789abcdef".into();
        kept["score"]["total"] = 33.into();
        kept["shown"]["turns"][0]["after"] = serde_json::json!([11, 12, 13]);
        let last = kept["shown"]["turns"]
            .as_array()
            .unwrap()
            .last()
            .unwrap()
            .clone();
        kept["shown"]["turns"].as_array_mut().unwrap().push(last);
    });
    let office = open(dir.path());
    let then = debrief(&office, run);
    assert_eq!((then.rules, then.total), (RulesOf::Then, 33));
    assert_eq!(then.turns[0].after, (11, 12, 13));
    assert_eq!(then.turns.len(), today.turns.len() + 1);
    let ask = |turn: usize| {
        let lines = vec!["您先别急，我来查。".to_owned()];
        let ask = Ask::Try { run, turn, lines };
        office.answer(&mei(), SeatRole::Trainee, NOW, &ask)
    };
    let Told::Tried(tried) = ask(0) else { panic!() };
    assert!(tried.by_today);
    assert_eq!(
        tried.anger_was,
        views::anger(&play),
        "both ways by today's rules"
    );
    assert_eq!(refusal(&ask(then.turns.len())), "over_by_now");
    assert_eq!(refusal(&ask(99)), "no_turn");
    drop(office);
    // Kept before turns were: the points are those of then, the turns are played again, and it says so.
    rewritten(dir.path(), run, |kept| {
        kept["run"].as_object_mut().unwrap().remove("engine");
        kept.as_object_mut().unwrap().remove("shown");
    });
    let office = open(dir.path());
    let old = debrief(&office, run);
    assert_eq!((old.rules, old.total), (RulesOf::Replayed, 33));
    assert_eq!(old.turns, today.turns);
}

#[test]
fn a_scenario_that_changed_since_is_not_played_again() {
    let dir = tempfile::tempdir().unwrap();
    let office = open(dir.path());
    let play = scripted("SIM-01", AgentKind::Committing, Lang::Zh, 4);
    let run = finish(&office, &mei(), &play, 7, 0);
    reflect(&office, &mei(), run);
    drop(office);
    let mut changed = scenarios().to_vec();
    let first = changed.iter_mut().find(|s| s.id == "SIM-01").unwrap();
    Arc::make_mut(first).version += 1;
    let office = open_with(dir.path(), changed, Lang::Zh);
    let ask = Ask::Debrief { run };
    let told = office.answer(&mei(), SeatRole::Trainee, NOW, &ask);
    assert_eq!(refusal(&told), "scenario_changed");
}
