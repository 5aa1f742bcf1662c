//! Which runs make a pair: the same scenario and seed in the same language, by the same rules and hearing, different hands,
//! outcomes apart, and both trainees have said their own words.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::lang::Lang;
use crate::training::office::people::{KeptRun, Person};
use crate::training::office::{RunId, views};

/// From how many points on two outcomes are apart, when they ended alike (method 3.10).
pub(in crate::training::office) const POINTS_APART: u32 = 20;
/// What names of pairs are derived under.
const SPACE: Uuid = Uuid::from_u128(0x6f1d_9f4e_2a7b_5c30_8e41_b1a9_0c5d_7722);

/// Two runs that can be compared: the lower outcome first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::training::office) struct Found {
    pub(in crate::training::office) id: Uuid,
    /// Login and run of each side.
    pub(in crate::training::office) sides: [(String, RunId); 2],
}

/// How good an end is: of one class are ends that are as good as each other.
pub(in crate::training::office) fn class_of(end: &str) -> u8 {
    match end {
        "friend" => 5,
        "resolved" => 4,
        "grudging" => 3,
        "by_policy" | "left" => 2,
        "supervisor" => 1,
        name if name == views::HANDED_OVER => 2,
        _ => 0,
    }
}

/// How good an outcome is: the end first, then the points.
fn outcome(run: &KeptRun) -> (u8, u32) {
    (
        class_of(run.end.as_deref().unwrap_or_default()),
        run.score.total,
    )
}

/// Whether two outcomes are far enough apart to learn from.
pub(in crate::training::office) fn apart(a: (u8, u32), b: (u8, u32)) -> bool {
    a.0 != b.0 || a.1.abs_diff(b.1) >= POINTS_APART
}

/// The name of the pair of two runs, whatever their order.
pub(in crate::training::office) fn name(a: RunId, b: RunId) -> Uuid {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    let mut bytes = first.as_bytes().to_vec();
    bytes.extend(second.as_bytes());
    Uuid::new_v5(&SPACE, &bytes)
}

/// Every pair among these people. Of two people who met the same customer more than once, it is the two runs furthest apart.
pub(in crate::training::office) fn candidates(people: &BTreeMap<String, Person>) -> Vec<Found> {
    type Key<'a> = (&'a str, u32, &'a str, u64, &'static str, &'a str);
    let mut met: BTreeMap<Key<'_>, BTreeMap<&str, Vec<&KeptRun>>> = BTreeMap::new();
    for (login, person) in people {
        for run in person.runs.values().filter(|r| r.compares()) {
            let r = &run.run;
            // Nobody knows which rules played it.
            if r.engine.is_empty() {
                continue;
            }
            let lang = match r.lang {
                Lang::Zh => "zh",
                Lang::En => "en",
            };
            let key = (
                r.scenario.as_str(),
                r.version,
                r.fingerprint.as_str(),
                r.setup.seed,
                lang,
                r.engine.as_str(),
            );
            met.entry(key)
                .or_default()
                .entry(login)
                .or_default()
                .push(run);
        }
    }
    let mut out = Vec::new();
    for hands in met.values() {
        let hands: Vec<(&&str, &Vec<&KeptRun>)> = hands.iter().collect();
        for (at, (left, lefts)) in hands.iter().enumerate() {
            for (right, rights) in hands.iter().skip(at + 1) {
                out.extend(furthest(left, lefts, right, rights));
            }
        }
    }
    out
}

fn furthest(left: &str, lefts: &[&KeptRun], right: &str, rights: &[&KeptRun]) -> Option<Found> {
    let both = lefts
        .iter()
        .flat_map(|a| rights.iter().map(move |b| (*a, *b)));
    let far = both.filter(|(a, b)| apart(outcome(a), outcome(b)));
    let (a, b) = far.max_by_key(|(a, b)| {
        let (a, b) = (outcome(a), outcome(b));
        (a.0.abs_diff(b.0), a.1.abs_diff(b.1))
    })?;
    let mut sides = [(left.to_owned(), a.id), (right.to_owned(), b.id)];
    if outcome(a) > outcome(b) {
        sides.swap(0, 1);
    }
    Some(Found {
        id: name(a.id, b.id),
        sides,
    })
}
