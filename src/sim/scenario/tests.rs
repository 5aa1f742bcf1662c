#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;

fn taxonomy() -> Taxonomy {
    Taxonomy::shipped().unwrap()
}

fn first() -> File<'static> {
    Scenario::shipped_files()[0]
}

fn refused(text: &str) -> BadContent {
    let file = File {
        name: "sim/scenarios/sim-01.toml",
        text,
    };
    Scenario::parse(&file, &taxonomy()).unwrap_err()
}

#[test]
fn every_shipped_scenario_is_read_and_listed() {
    let all = Scenario::shipped(&taxonomy()).unwrap();
    let mut ids: Vec<&str> = all.iter().map(|s| s.id.as_str()).collect();
    assert!(ids.contains(&"SIM-01") && ids.contains(&"SIM-02"));
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "two scenarios have one id");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sim/scenarios");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| format!("sim/scenarios/{}", e.unwrap().file_name().to_str().unwrap()))
        .collect();
    files.sort();
    let listed: Vec<&str> = Scenario::shipped_files().iter().map(|f| f.name).collect();
    assert_eq!(files, listed);
}

#[test]
fn the_reference_numbers_are_those_of_the_method() {
    let all = Scenario::shipped(&taxonomy()).unwrap();
    let one = &all[0];
    assert_eq!(one.start.anger, Points::whole(70));
    assert_eq!(one.start.patience, Points::whole(300));
    assert_eq!((one.need.fix, one.need.direct), (Need::Fix, Act::Safety));
    let two = &all[1];
    assert_eq!(two.persona.irritability, Points(1_100));
    assert_eq!(
        (two.need.fix, two.need.direct),
        (Need::Cause, Act::ExplainCause)
    );
    assert_eq!(two.fingerprint.len(), 16);
    assert_ne!(one.fingerprint, two.fingerprint);
}

#[test]
fn what_could_not_be_played_is_refused_with_a_remedy() {
    let text = first().text;
    let cases = [
        ("anger = 70", "anger = 170", "out of bounds"),
        ("fix = \"fix\"", "fix = \"mend\"", "not known"),
        ("item = \"B4\"", "item = \"Z9\"", "does not exist"),
        ("when = \"opening\"", "when = \"again\"", "nobody opens"),
        (
            "kind = \"sympathetic\"",
            "kind = \"mechanical\"",
            "three agents",
        ),
        ("rule = \"LAW-04\"", "rule = \"LAW-99\"", "no such rule"),
        ("id = \"SIM-01\"", "id = \"SIM-09\"", "file's name"),
        ("levels = [0, 1", "levels = [9, 1", "no level"),
    ];
    for (from, to, what) in cases {
        assert!(text.contains(from), "{from}");
        let bad = refused(&text.replacen(from, to, 1));
        assert!(bad.what.contains(what), "{from}: {bad}");
        assert!(!bad.remedy.is_empty());
    }
    let bad = refused(&text.replacen("trust = 40", "trusst = 40", 1));
    assert!(bad.entry.starts_with("line "), "{bad}");
}
