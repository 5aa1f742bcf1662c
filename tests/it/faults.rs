//! The faults of a day (mission SY4), with the built program: `balm serve` and `balm headless` are ended by SIGKILL, or the
//! line between them is cut, at five points, seeded, again and again; then the log and a second desk are compared with
//! what the first desk had acknowledged. Two rounds a point by default, `BALM_FAULTS=N` for N.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use balm::domain::command::CommandBody;
use balm::domain::ids::TicketId;
use balm::domain::time::HOUR;
use balm::task;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use serde_json::{Value, json};

use crate::support::chaos::{Chaos, Line};
use crate::support::site::{Desk, Env, Site};
use crate::sync::opening;

/// Words a round.
const WORDS: u32 = 4;

/// How the fault strikes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum How {
    /// The desk kills itself there.
    Desk(&'static str),
    /// The server kills itself there.
    Server(&'static str),
    /// The line behaves like this.
    Cut(Line),
}

/// The five points, and how each is struck in turn.
const POINTS: [(&str, &[How]); 5] = [
    ("before the outbox", &[How::Desk("desk-before-outbox")]),
    (
        "after it, before sending",
        &[How::Desk("desk-after-outbox"), How::Cut(Line::Cut)],
    ),
    (
        "sent, before the commit",
        &[
            How::Server("server-before-commit"),
            How::Cut(Line::BlackHole),
        ],
    ),
    (
        "committed, no answer",
        &[
            How::Server("server-after-commit"),
            How::Cut(Line::EatAnswer),
            How::Desk("desk-after-send"),
        ],
    ),
    ("answered, not applied", &[How::Desk("desk-after-answer")]),
];

#[derive(Default, Clone, Copy)]
struct Score {
    rounds: u32,
    struck: u32,
    acknowledged: u32,
    lost: u32,
    doubled: u32,
    drafts_lost: u32,
}

impl Score {
    fn add(&mut self, o: &Self) {
        self.rounds += o.rounds;
        self.struck += o.struck;
        self.acknowledged += o.acknowledged;
        self.lost += o.lost;
        self.doubled += o.doubled;
        self.drafts_lost += o.drafts_lost;
    }
}

fn open(site: &Site, text: &str) -> TicketId {
    let ticket = TicketId(task::new_id());
    let mut body = opening(ticket, text);
    if let CommandBody::OpenTicket { queue, .. } = &mut body {
        *queue = site.queue;
    }
    site.order(body);
    ticket
}

/// What was acknowledged, and the drafts that must still be there.
struct Round {
    mark: String,
    acknowledged: Vec<(TicketId, String)>,
    draft: Option<(TicketId, String)>,
    standing: String,
}

/// Types, sends and speaks until done or until the desk is gone; whether it lives.
fn work(
    desk: &mut Desk,
    round: &mut Round,
    tickets: &[TicketId],
    rng: &mut ChaCha8Rng,
    mut before: impl FnMut(u32),
) -> bool {
    for n in 1..=WORDS {
        before(n);
        let text = format!("{}，第{n}句", round.mark);
        let ticket = tickets[rng.next_u32() as usize % tickets.len()];
        let half = format!("{text}，草稿");
        if desk
            .step(&json!({"do": "draft", "ticket": ticket, "text": half}))
            .is_some()
        {
            round.draft = Some((ticket, half));
        }
        let kind = ["reply", "speak", "note"][rng.next_u32() as usize % 3];
        if desk
            .step(&json!({"do": kind, "ticket": ticket, "text": text}))
            .is_none()
        {
            return false;
        }
        round.acknowledged.push((ticket, text));
        if kind == "reply" {
            round.draft = None;
        }
        if rng.next_u32().is_multiple_of(4) {
            std::thread::sleep(Duration::from_millis(u64::from(rng.next_u32() % 120)));
        }
    }
    true
}

/// One round: work until the fault strikes, restart what died, sync, compare.
fn round(
    site: &mut Site,
    chaos: &Chaos,
    second: &std::path::Path,
    name: &str,
    how: How,
    seed: u64,
    switch: Env<'_>,
) -> Score {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mark = format!("{name} {seed}");
    let tickets: Vec<TicketId> = (0..3)
        .map(|n| open(site, &format!("{mark} 投诉{n}")))
        .collect();
    let aside = open(site, &format!("{mark} 旁边"));
    let dir = tempfile::tempdir().unwrap();
    let nth = rng.next_u32() % WORDS + 1;
    let fault = match how {
        How::Desk(point) | How::Server(point) => format!("{point}:{nth}"),
        How::Cut(_) => "none".to_owned(),
    };
    let mut struck_env = switch.to_vec();
    struck_env.push(("BALM_FAULT", &fault));
    if matches!(how, How::Server(_)) {
        site.serve(&struck_env);
    }
    let env = if matches!(how, How::Desk(_)) {
        &struck_env[..]
    } else {
        switch
    };
    let mut desk = site.desk(1, dir.path(), &chaos.url, env);
    desk.synced().expect("the desk begins");
    let standing = format!("{mark}，一直留着的草稿");
    desk.step(&json!({"do": "draft", "ticket": aside, "text": standing}))
        .expect("a draft");
    let mut round = Round {
        mark: mark.clone(),
        acknowledged: Vec::new(),
        draft: None,
        standing,
    };
    let eaten = chaos.eaten.load(Ordering::SeqCst);
    let mut alive = work(&mut desk, &mut round, &tickets, &mut rng, |n| {
        if let How::Cut(line) = how
            && n == nth
        {
            chaos.set(line);
        }
    });
    let struck = match how {
        How::Desk(_) => {
            // It may strike only while sending: wait until it has.
            !alive || desk.synced().is_none() || desk.died()
        }
        How::Server(_) => site.died(),
        How::Cut(Line::EatAnswer) => (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            chaos.eaten.load(Ordering::SeqCst) > eaten
        }),
        How::Cut(_) => true,
    };
    if matches!(how, How::Desk(_)) || rng.next_u32() % 2 == 0 {
        // Besides a cut line or a dead server, in every second round the desk is killed as well.
        drop(desk);
        alive = false;
        desk = site.desk(1, dir.path(), &chaos.url, switch);
    }
    if matches!(how, How::Server(_)) {
        site.serve(switch);
    }
    chaos.set(Line::Cut);
    std::thread::sleep(Duration::from_millis(20));
    chaos.set(Line::Up);
    desk.synced()
        .unwrap_or_else(|| panic!("{mark} {how:?}: the desk recovers (alive {alive})"));
    let end = desk
        .step(&json!({"do": "print"}))
        .expect("the desk tells its state");
    let mut other = site.desk(2, second, &site.url, switch);
    other.synced().expect("the second desk");
    let score = compare(site, &mut other, &round, &tickets, &end);
    Score {
        rounds: 1,
        struck: u32::from(struck),
        ..score
    }
}

/// Counts in the log and at the second desk.
fn compare(
    site: &Site,
    other: &mut Desk,
    round: &Round,
    tickets: &[TicketId],
    end: &Value,
) -> Score {
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let ours = |w: &String| w.starts_with(&format!("{}，", round.mark));
    for words in site.words().into_iter().filter(ours) {
        *there.entry(words).or_default() += 1;
    }
    for ticket in tickets {
        let shown = other
            .step(&json!({"do": "show", "ticket": ticket}))
            .expect("a conversation");
        // A conversation is the customer's: the tickets of this round have one customer each.
        let words: Vec<String> = serde_json::from_value(shown).unwrap();
        for words in words.into_iter().filter(ours) {
            *seen.entry(words).or_default() += 1;
        }
    }
    let missing = |w: &str| !there.contains_key(w) || !seen.contains_key(w);
    let lost = round
        .acknowledged
        .iter()
        .filter(|(_, w)| missing(w))
        .count();
    for (_, words) in round.acknowledged.iter().filter(|(_, w)| missing(w)) {
        let (log, desk) = (there.contains_key(words), seen.contains_key(words));
        println!("lost: {words} (log {log}, second desk {desk}); the desk says {end}");
    }
    let more: usize = there.values().chain(seen.values()).map(|n| n - 1).sum();
    let drafts: Vec<String> = serde_json::from_value(end["drafts"].clone()).unwrap();
    let mut drafts_lost = u32::from(!drafts.contains(&round.standing));
    if let Some((_, words)) = &round.draft {
        // A draft may only be gone if its own reply is in the log although the acknowledgement was lost.
        let sent = there.contains_key(words.trim_end_matches("，草稿"));
        drafts_lost += u32::from(!drafts.contains(words) && !sent);
    }
    Score {
        acknowledged: round.acknowledged.len() as u32,
        lost: lost as u32,
        doubled: more as u32,
        drafts_lost,
        ..Score::default()
    }
}

/// All rounds of one point, over one server.
fn point(name: &str, hows: &[How], rounds: u64, switch: Env<'_>) -> BTreeMap<How, Score> {
    let mut site = Site::new(switch);
    let chaos = site.wait(Chaos::before(&site.url));
    let second = tempfile::tempdir().unwrap();
    let mut out: BTreeMap<How, Score> = BTreeMap::new();
    for seed in 0..rounds {
        let how = hows[usize::try_from(seed).unwrap() % hows.len()];
        let score = round(&mut site, &chaos, second.path(), name, how, seed, switch);
        out.entry(how).or_default().add(&score);
    }
    out
}

#[test]
fn nothing_is_lost_or_doubled() {
    let wanted = std::env::var("BALM_FAULTS")
        .ok()
        .and_then(|n| n.parse().ok());
    let began = task::instant();
    let (mut sum, mut table) = (Score::default(), Vec::new());
    std::thread::scope(|scope| {
        let points = POINTS.map(|(name, hows)| {
            let rounds = wanted.unwrap_or(hows.len().max(2) as u64);
            (name, scope.spawn(move || point(name, hows, rounds, &[])))
        });
        for (name, thread) in points {
            for (how, score) in thread.join().unwrap() {
                table.push((name, how, score));
                sum.add(&score);
            }
        }
    });
    print(&table, began);
    assert_eq!(sum.struck, sum.rounds, "the fault struck in each round");
    assert_eq!(
        (sum.lost, sum.doubled, sum.drafts_lost),
        (0, 0, 0),
        "lost, doubled, drafts lost"
    );
}

fn print(table: &[(&str, How, Score)], began: Instant) {
    println!(
        "{:<26} {:<32} {:>6} {:>6} {:>6} {:>5} {:>8} {:>7}",
        "point", "how", "rounds", "struck", "words", "lost", "doubled", "drafts"
    );
    for (name, how, s) in table {
        let how = format!("{how:?}");
        println!(
            "{name:<26} {how:<32} {:>6} {:>6} {:>6} {:>5} {:>8} {:>7}",
            s.rounds, s.struck, s.acknowledged, s.lost, s.doubled, s.drafts_lost
        );
    }
    println!("{} s", began.elapsed().as_secs());
}

/// The test above can fail: without the id check the same rounds double what was sent twice.
#[test]
fn without_the_id_check_there_are_doubles() {
    let began = task::instant();
    let (name, hows) = POINTS[3];
    let scores = point(name, &hows[..2], 2, &[("BALM_TEST_NO_ID_CHECK", "1")]);
    let table: Vec<_> = scores
        .into_iter()
        .map(|(how, score)| (name, how, score))
        .collect();
    print(&table, began);
    assert!(
        table.iter().map(|t| t.2.doubled).sum::<u32>() > 0,
        "doubles are seen"
    );
}

/// A reply written before midnight while the line was down comes back the next day; a spoken record leaves all the same.
#[test]
fn a_reply_that_waited_past_midnight_comes_back() {
    let mut site = Site::new(&[]);
    let chaos = site.wait(Chaos::before(&site.url));
    let ticket = open(&site, "要求回电");
    let dir = tempfile::tempdir().unwrap();
    let mut desk = site.desk(1, dir.path(), &chaos.url, &[]);
    desk.synced().unwrap();
    chaos.set(Line::Cut);
    desk.step(&json!({"do": "reply", "ticket": ticket, "text": "今天一定给您回电"}))
        .unwrap();
    desk.step(&json!({"do": "speak", "ticket": ticket, "text": "电话里说了今天"}))
        .unwrap();
    drop(desk);
    let night = (24 * HOUR).to_string();
    let tomorrow: Env<'_> = &[("BALM_TEST_CLOCK_OFFSET_MS", &night)];
    site.serve(tomorrow);
    chaos.set(Line::Up);
    let mut desk = site.desk(1, dir.path(), &chaos.url, tomorrow);
    desk.synced().unwrap();
    let end = desk.step(&json!({"do": "print"})).unwrap();
    assert_eq!(end["returned"], json!(1), "{end}");
    let words = site.words();
    assert!(words.contains(&"电话里说了今天".to_owned()), "{words:?}");
    assert!(!words.contains(&"今天一定给您回电".to_owned()), "{words:?}");
}

/// A desk whose clock is an hour ahead measures that, and what it sends carries the right time.
#[test]
fn a_desk_clock_an_hour_off() {
    let site = Site::new(&[]);
    let ticket = open(&site, "账单不对");
    let dir = tempfile::tempdir().unwrap();
    let ahead = HOUR.to_string();
    let mut desk = site.desk(
        1,
        dir.path(),
        &site.url,
        &[("BALM_TEST_CLOCK_OFFSET_MS", &ahead)],
    );
    desk.synced().unwrap();
    let before = task::now_ms();
    desk.step(&json!({"do": "reply", "ticket": ticket, "text": "马上处理"}))
        .unwrap();
    desk.synced().unwrap();
    let end = desk.step(&json!({"do": "print"})).unwrap();
    let off = end["clock_off"].as_i64().unwrap();
    assert!((off - HOUR).abs() < 2_000, "{off}");
    let log = site.log();
    let reply = log.iter().rfind(|e| {
        e.payload
            .as_ref()
            .and_then(|p| p.text.as_ref())
            .is_some_and(|t| t.expose() == "马上处理")
    });
    let wrong = reply.unwrap().occurred_at.minus(before);
    assert!(wrong.abs() < 10_000, "{wrong}");
}
