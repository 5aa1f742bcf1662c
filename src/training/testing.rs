//! What the tests of this room share.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::phrasing::Phraser;
use super::post::{Kind, Post};
use super::seat::House;
use super::theatre::{NewSeat, Set, Theatre};
use crate::api::training::SeatRole;
use crate::coach::Coach;
use crate::domain::command::CommandBody;
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::Taxonomy;
use crate::domain::time::Ms;
use crate::sim::{AgentKind, Scenario, Stage, headless};
use crate::text::SafeText;

/// Wednesday 11 March 2026, 14:20 in Shanghai.
pub(super) const T: Ms = Ms(1_773_210_000_000);
/// The trainee of these tests.
pub(super) const SEAT: UserId = UserId(uuid::Uuid::from_u128(7));

/// The shipped house; reading the coach takes a moment, so it is read once.
pub(super) fn house() -> &'static House {
    static HOUSE: OnceLock<House> = OnceLock::new();
    HOUSE.get_or_init(|| {
        let policy = Policy::shipped().unwrap();
        let zone = policy.calendar.zone().clone();
        let all = Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap();
        House {
            stage: Arc::new(Stage::shipped(Coach::shipped().unwrap(), zone).unwrap()),
            scenarios: all
                .into_iter()
                .map(|s| (s.id.clone(), Arc::new(s)))
                .collect(),
            calendar: policy.calendar.clone(),
        }
    })
}

/// A shipped scenario.
pub(super) fn scenario(id: &str) -> &'static Arc<Scenario> {
    &house().scenarios[id]
}

/// What the committing agent says, with its times filled.
pub(super) fn script(id: &str, lang: Lang) -> Vec<String> {
    let scenario = scenario(id);
    let agent = scenario.agent(AgentKind::Committing).unwrap();
    let fill = |t| headless::fill(t, scenario, T, &house().calendar, lang);
    agent.turns.iter().map(|t| fill(t.get(lang))).collect()
}

/// The words of what the customers say in these posts.
pub(super) fn lines(posts: &[Post]) -> Vec<String> {
    let line = |post: &Post| match &post.command.body {
        CommandBody::OpenTicket { text, .. } | CommandBody::ReceiveMessage { text, .. } => {
            assert_ne!(post.kind, Kind::Beside);
            Some(text.expose().to_owned())
        }
        _ => None,
    };
    posts.iter().filter_map(line).collect()
}

/// The notes in these posts.
pub(super) fn notes(posts: &[Post]) -> Vec<String> {
    let note = |post: &Post| match &post.command.body {
        CommandBody::Note { text, .. } => Some(text.expose().to_owned()),
        _ => None,
    };
    posts.iter().filter_map(note).collect()
}

/// A theatre in this folder with one trainee.
pub(super) fn theatre(home: &Path, phraser: Option<Arc<Phraser>>) -> Arc<Theatre> {
    let policy = Arc::new(Policy::shipped().unwrap());
    let theatre = Theatre::open(Set {
        stage: Arc::clone(&house().stage),
        scenarios: house().scenarios.values().cloned().collect(),
        calendar: policy.calendar.clone(),
        policy,
        home: home.to_path_buf(),
        lang: Lang::Zh,
        phraser,
    })
    .unwrap();
    theatre.seat(NewSeat {
        user: SEAT,
        login: "lin".to_owned(),
        name: "小林".to_owned(),
        role: SeatRole::Trainee,
        token: Some("t".to_owned()),
        code: Some("c0de".to_owned()),
        join: Some(SafeText::trusted("balm train join http://x c0de")),
    });
    theatre
}
