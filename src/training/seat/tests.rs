#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod asides;

use uuid::Uuid;

use super::*;
use crate::api::training::Inject;
use crate::sim::{End, StormKind};
use crate::training::contact::Words;
use crate::training::testing::{SEAT, T, house, lines, scenario, script};

/// A seat on a bench; everything posted stands at once, what is kept is worth 50 points.
struct Bench {
    seat: Seat,
    wall: Ms,
    posts: Vec<Post>,
    cuts: Vec<bool>,
    kept: Vec<Finish>,
}

impl Bench {
    fn new(id: &str, level: u8) -> Self {
        let who = Who {
            seat: SEAT,
            login: "lin".to_owned(),
            name: "小林".to_owned(),
        };
        let mut bench = Self {
            seat: Seat::new(who, SeatRole::Trainee, None),
            wall: T,
            posts: Vec::new(),
            cuts: Vec::new(),
            kept: Vec::new(),
        };
        assert_eq!(bench.seat.stage(), SeatStage::Empty);
        bench.seat.here(T);
        let start = Start {
            sitting: Uuid::from_u128(9),
            scenario: Arc::clone(scenario(id)),
            level,
            lang: Lang::Zh,
            speed: Speed::Brisk,
            seed: 3,
        };
        bench
            .go(|seat, out, now| seat.start(house(), &start, now, out))
            .unwrap();
        bench
    }

    fn go<T>(&mut self, does: impl FnOnce(&mut Seat, &mut Out, Ms) -> T) -> T {
        let mut out = Out::default();
        let told = does(&mut self.seat, &mut out, self.wall);
        loop {
            self.cuts.extend(out.cut.take());
            if let Some(finish) = out.finish.take() {
                let runs: Vec<_> = (1..)
                    .zip(&finish.contacts)
                    .map(|(n, c)| (c.0.run, 40 + n))
                    .collect();
                self.seat.finished(finish.sitting, &runs, self.wall);
                self.kept.push(*finish);
            }
            let posts = std::mem::take(&mut out.posts);
            if posts.is_empty() {
                return told;
            }
            for post in posts {
                self.seat
                    .posted(house(), post.ticket, post.kind, true, self.wall, &mut out);
                self.posts.push(post);
            }
        }
    }

    /// Goes to this second in steps of a fifth of one.
    fn to(&mut self, second: i64) {
        while self.wall < T.plus_secs(second) {
            self.wall = self.wall.plus_millis(200);
            self.go(|seat, out, now| seat.tick(house(), now, out));
        }
    }

    fn hear(&mut self, contact: usize, by: UserId, heard: Heard) {
        let ticket = self.seat.view(self.wall).contacts[contact].ticket;
        self.go(|seat, out, now| seat.hears(house(), ticket, Some(by), heard, now, out));
    }

    fn say(&mut self, contact: usize, text: &str) {
        let words = Words {
            text: text.to_owned(),
            at: self.wall,
            promised: true,
        };
        self.hear(contact, SEAT, Heard::Words(words));
    }

    fn view(&self) -> crate::api::training::SeatView {
        self.seat.view(self.wall)
    }

    fn kinds(&self) -> Vec<String> {
        self.view().storms.into_iter().map(|s| s.kind).collect()
    }
}

#[test]
fn a_good_run_ends_in_its_debrief() {
    let mut bench = Bench::new("SIM-01", 2);
    assert_eq!(bench.seat.stage(), SeatStage::Running);
    assert!(bench.view().help.clock && bench.view().contacts[0].mood.is_some());
    for line in script("SIM-01", Lang::Zh) {
        let until = bench.view().contacts[0].speaks_until;
        bench.wall = until.plus_secs(2);
        bench.say(0, &line);
    }
    let ticket = bench.view().contacts[0].ticket;
    let _ = bench.go(|seat, out, now| seat.end(house(), ticket, now, out));
    let view = bench.view();
    assert_eq!(view.stage, SeatStage::Over);
    let over = view.contacts[0].over.clone().unwrap();
    assert!(End::from_name(&over).is_some_and(End::is_good), "{over}");
    assert_eq!(bench.kept.len(), 1);
    assert_eq!(view.debrief, Some(bench.kept[0].contacts[0].0.run));
    assert!(lines(&bench.posts).len() >= script("SIM-01", Lang::Zh).len());
    // The debrief was seen; then the lobby, and another run can begin.
    bench.seat.debriefed(view.debrief.unwrap());
    bench.seat.lobby();
    assert_eq!(bench.view().stage, SeatStage::Lobby);
    assert_eq!(bench.view().debrief, None);
}

#[test]
fn a_colleagues_words_are_not_the_trainees() {
    let mut bench = Bench::new("SIM-01", 2);
    let words = Words {
        text: "我来说一句。".to_owned(),
        at: T,
        promised: false,
    };
    bench.hear(0, UserId(Uuid::from_u128(99)), Heard::Words(words));
    assert_eq!(bench.view().contacts[0].messages, 1);
}

#[test]
fn the_storm_comes_by_training_time() {
    let mut bench = Bench::new("SIM-15", 5);
    bench.seat.relief = Some((UserId(Uuid::from_u128(8)), SafeText::trusted("小陈")));
    bench.to(34);
    assert!(bench.kinds().is_empty());
    // Time stands: nothing comes.
    bench.go(|seat, _, now| seat.pause(true, now)).unwrap();
    bench.wall = bench.wall.plus_secs(600);
    bench.go(|seat, out, now| seat.tick(house(), now, out));
    assert!(bench.kinds().is_empty() && bench.view().paused);
    bench.go(|seat, _, now| seat.pause(false, now)).unwrap();
    bench.to(600 + 36);
    let asked = bench.view().storms[0].clone();
    assert_eq!(
        (asked.kind.as_str(), asked.wants_words),
        ("interruption", true)
    );
    // Unanswered it repeats once, under the same number.
    bench.to(600 + 34 + 63);
    let again = bench
        .view()
        .storms
        .into_iter()
        .find(|s| s.id == asked.id)
        .unwrap();
    assert!(again.since > asked.since);
    bench.to(600 + 145);
    assert_eq!(
        bench
            .view()
            .storms
            .iter()
            .find(|s| s.id == asked.id)
            .unwrap()
            .since,
        again.since,
        "no third time"
    );
    bench
        .go(|seat, _, now| seat.answer(asked.id, "在二号架", now))
        .unwrap();
    assert_eq!(
        bench.go(|seat, _, now| seat.answer(asked.id, "在二号架", now)),
        Err("no_storm")
    );
    assert_eq!(bench.view().contacts.len(), 2, "the second caller");
    let scenario = |n: usize| {
        bench.seat.sitting.as_ref().unwrap().contacts[n]
            .play()
            .scenario()
            .id
            .clone()
    };
    assert_eq!(
        (scenario(0), scenario(1)),
        ("SIM-15".to_owned(), "SIM-05".to_owned())
    );
    assert_eq!(bench.cuts, [true, false]);
}

#[test]
fn while_the_network_is_away_silence_costs_nothing() {
    let mut bench = Bench::new("SIM-01", 3);
    let until = bench.view().contacts[0].speaks_until;
    let what = Inject::Network { seconds: 90 };
    bench
        .go(|seat, out, now| seat.inject(house(), &what, now, out))
        .unwrap();
    assert!(bench.view().cut);
    bench.to(89);
    assert_eq!(bench.view().contacts[0].messages, 1, "nobody asks");
    bench.to(91);
    assert!(!bench.view().cut);
    assert_eq!(bench.cuts, [true, false]);
    // Said while it was away: heard now, and only the thinking of then counts.
    let said = Words {
        text: "三天就漏，换谁都急，我来跟。".to_owned(),
        at: until.plus_secs(2),
        promised: false,
    };
    bench.hear(0, SEAT, Heard::Words(said));
    assert_eq!(bench.view().contacts[0].messages, 2);
    let sitting = bench.seat.sitting.as_ref().unwrap();
    let turn = sitting.contacts[0].play().turns().last().unwrap();
    assert!(
        matches!(turn.tick.input, crate::sim::Input::Said { think_ms, .. } if think_ms <= 2_000),
        "{:?}",
        turn.tick
    );
    assert!(
        turn.tick.at_ms < 30_000,
        "by its own time, not by when it arrived"
    );
}

#[test]
fn a_shift_that_ends_is_handed_over_with_a_note() {
    let mut bench = Bench::new("SIM-01", 4);
    let (relief, other) = (UserId(Uuid::from_u128(8)), UserId(Uuid::from_u128(5)));
    bench.seat.relief = Some((relief, SafeText::trusted("小陈")));
    bench.hear(0, SEAT, Heard::Note);
    bench.hear(0, SEAT, Heard::Held(relief));
    assert_eq!(bench.view().contacts[0].over, None, "the shift goes on");
    assert_eq!(bench.view().relief, None);
    let sitting = bench.seat.sitting.as_mut().unwrap();
    sitting.shift = Some(Shift::default());
    sitting.stormed = true;
    assert!(bench.view().relief.is_some());
    bench.hear(0, SEAT, Heard::Held(other));
    bench.hear(0, SEAT, Heard::Note);
    assert_eq!(
        bench.view().contacts[0].over,
        None,
        "not the colleague who takes over"
    );
    bench.hear(0, SEAT, Heard::Held(relief));
    assert_eq!(
        bench.view().contacts[0].over.as_deref(),
        Some("handed_over")
    );
    assert_eq!(bench.view().stage, SeatStage::Release);
    assert!(bench.kept[0].contacts[0].2, "kept as handed over");
    assert_eq!(bench.go(|seat, _, now| seat.released(now)), Err("release"));
    bench.to(61);
    assert_eq!(bench.view().stage, SeatStage::Over);
}

#[test]
fn a_trainer_stops_and_holds() {
    let mut bench = Bench::new("SIM-02", 3);
    bench.go(|seat, _, now| seat.hold(true, now)).unwrap();
    assert_eq!(bench.go(|seat, _, now| seat.pause(false, now)), Err("held"));
    bench.go(|seat, _, now| seat.hold(false, now)).unwrap();
    let surge = Inject::Surge { callers: 3 };
    bench
        .go(|seat, out, now| seat.inject(house(), &surge, now, out))
        .unwrap();
    let ids: BTreeSet<_> = bench
        .seat
        .sitting
        .as_ref()
        .unwrap()
        .contacts
        .iter()
        .map(|c| c.play().scenario().id.clone())
        .collect();
    assert_eq!(ids.len(), 4, "four different customers");
    let question = Inject::Question {
        text: "这单怎么还没结？".to_owned(),
    };
    bench
        .go(|seat, out, now| seat.inject(house(), &question, now, out))
        .unwrap();
    assert_eq!(bench.kinds(), ["question"]);
    bench.say(2, "三天没人管，换谁都急。");
    bench
        .go(|seat, out, now| seat.stop(house(), now, out))
        .unwrap();
    assert_eq!(bench.view().stage, SeatStage::Stopped);
    assert!(
        bench
            .view()
            .contacts
            .iter()
            .all(|c| c.over.as_deref() == Some("broken_off"))
    );
    assert_eq!(
        bench.kept[0].contacts.len(),
        1,
        "who never spoke left no run"
    );
    bench.to(6);
    assert_eq!(bench.view().stage, SeatStage::Release);
    assert!(
        bench
            .go(|seat, out, now| seat.inject(house(), &surge, now, out))
            .is_err()
    );
}

#[test]
fn abuse_is_heard_at_level_five_only() {
    for (level, heard) in [(4, false), (5, true)] {
        let mut bench = Bench::new("SIM-15", level);
        let event = StormEvent {
            at: 0,
            kind: StormKind::Abuse,
            seconds: 0,
            level,
            text: scenario("SIM-15").storm[0].text.clone(),
            scenario: String::new(),
        };
        bench.seat.sitting.as_mut().unwrap().plan = VecDeque::from([event]);
        bench.to(1);
        let lines = lines(&bench.posts).len();
        assert_eq!(lines == 2, heard, "level {level}: {lines}");
        assert_eq!(bench.kinds(), ["abuse"]);
    }
}

#[test]
fn a_desk_that_left_is_told_of_once() {
    let mut bench = Bench::new("SIM-01", 1);
    let rev = bench.seat.rev;
    assert!(!bench.seat.gone(T.plus_millis(GONE_MS)));
    assert_eq!(bench.seat.rev, rev);
    assert!(bench.seat.gone(T.plus_millis(GONE_MS + 1)));
    assert!(bench.seat.rev > rev, "the class sees it");
    assert!(!bench.seat.gone(T.plus_millis(GONE_MS + 2)));
    bench.seat.here(T.plus_millis(GONE_MS + 3));
    assert!(bench.seat.gone(T.plus_millis(3 * GONE_MS)));
}
