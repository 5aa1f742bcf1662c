//! What the tests of the office share.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::path::Path;
use std::sync::{Arc, OnceLock};

use uuid::Uuid;

use super::{Office, RunId, Sat, Who};
use crate::api::training::{Ask, SeatRole, Told};
use crate::coach::Coach;
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::Taxonomy;
use crate::domain::time::Ms;
use crate::sim::engine::Setup;
use crate::sim::lesson::Class;
use crate::sim::{AgentKind, Input, Play, Scenario, Stage};

/// Wednesday 11 March 2026, 14:20 in Shanghai.
pub(super) const NOW: Ms = Ms(1_773_210_000_000);
/// Milliseconds of a day.
pub(super) const DAY: i64 = 86_400_000;

struct Shared {
    stage: Arc<Stage>,
    scenarios: Vec<Arc<Scenario>>,
    policy: Arc<Policy>,
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Shared> = OnceLock::new();
    SHARED.get_or_init(|| {
        let policy = Policy::shipped().unwrap();
        let zone = policy.calendar.zone().clone();
        let all = Scenario::shipped(&Taxonomy::shipped().unwrap()).unwrap();
        Shared {
            stage: Arc::new(Stage::shipped(Coach::shipped().unwrap(), zone).unwrap()),
            scenarios: all.into_iter().map(Arc::new).collect(),
            policy: Arc::new(policy),
        }
    })
}

/// The shipped scenarios.
pub(super) fn scenarios() -> &'static [Arc<Scenario>] {
    &shared().scenarios
}

/// An office below a folder.
pub(super) fn open(home: &Path) -> Office {
    open_with(home, scenarios().to_vec(), Lang::Zh)
}

/// An office with these scenarios, in this language.
pub(super) fn open_with(home: &Path, scenarios: Vec<Arc<Scenario>>, lang: Lang) -> Office {
    let s = shared();
    Office::open(
        home,
        Arc::clone(&s.stage),
        scenarios,
        Arc::clone(&s.policy),
        lang,
    )
    .unwrap()
}

/// Somebody.
pub(super) fn who(number: u128, login: &str, name: &str) -> Who {
    Who {
        seat: UserId(Uuid::from_u128(number)),
        login: login.to_owned(),
        name: name.to_owned(),
    }
}

pub(super) fn mei() -> Who {
    who(1, "mei", "梅小雨")
}

pub(super) fn bo() -> Who {
    who(2, "bo", "柏一帆")
}

pub(super) fn lead() -> Who {
    who(9, "lead", "孔教练")
}

/// A contact that one of the scripted agents had.
pub(super) fn scripted(id: &str, kind: AgentKind, lang: Lang, seed: u64) -> Play {
    let s = shared();
    let scenario = s.scenarios.iter().find(|s| s.id == id).unwrap();
    Class {
        stage: Arc::clone(&s.stage),
        scenario: Arc::clone(scenario),
        calendar: &s.policy.calendar,
        began: NOW,
    }
    .play(kind, lang, seed, true)
}

/// A contact at a level in which these lines were said, and that was then ended.
pub(super) fn said(id: &str, level: u8, seed: u64, lang: Lang, lines: &[&str]) -> Play {
    let s = shared();
    let scenario = s.scenarios.iter().find(|s| s.id == id).unwrap();
    let setup = Setup {
        seed,
        level,
        noise: true,
    };
    let mut play = Play::begin(Arc::clone(&s.stage), Arc::clone(scenario), setup, lang, NOW);
    for line in lines {
        let at_ms = play.state().ms;
        let input = Input::Said {
            text: (*line).to_owned(),
            think_ms: 3_000,
            interrupted: false,
            severe_route: None,
            in_ledger: None,
        };
        play.take(at_ms, input);
    }
    let at_ms = play.state().ms;
    play.take(at_ms, Input::Close);
    play
}

/// The same contact at another level: what was done in it is done again.
pub(super) fn at_level(play: &Play, level: u8) -> Play {
    let mut run = crate::sim::Run::of(play);
    run.setup.level = level;
    let s = shared();
    let scenario = s.scenarios.iter().find(|s| s.id == run.scenario).unwrap();
    run.replay(&s.stage, scenario).unwrap()
}

/// Ends a contact so many milliseconds after [`NOW`].
pub(super) fn finish(office: &Office, who: &Who, play: &Play, number: u128, after: i64) -> RunId {
    let run = Uuid::from_u128(number);
    let sat = Sat {
        run,
        sitting: run,
        at: NOW.plus_millis(after),
    };
    office.finish(who, &sat, play, false).unwrap().run
}

/// The trainee says what worked.
pub(super) fn reflect(office: &Office, who: &Who, run: RunId) {
    let ask = Ask::Reflect {
        run,
        plus: "我先认了他的急".to_owned(),
        delta: "早点问清楚".to_owned(),
    };
    let told = office.answer(who, SeatRole::Trainee, NOW, &ask);
    assert_eq!(told, Told::Done);
}

/// Why something was refused.
pub(super) fn refusal(told: &Told) -> &str {
    match told {
        Told::No { why } => why,
        other => panic!("{other:?}"),
    }
}
