//! `balm import`: what is taken, what is not, twice, and broken off.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Place, events, kinds, record};

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn tickets(n: usize) -> String {
    let turns = [
        ("customer", "你们答应昨天回电的"),
        ("agent", "让您久等了"),
        ("customer", "然后呢"),
    ];
    (0..n).map(|i| record(&format!("t{i}"), &turns)).collect()
}

#[test]
fn plain_packed_and_piped_are_the_same_and_twice_is_once() {
    let place = Place::new();
    let text = tickets(40);
    let plain = place.write("in.jsonl", &text);
    let done = place.on(&["import", &plain]).good();
    assert!(
        done.err
            .contains("imported 40 tickets with 120 turns; 0 were there"),
        "{}",
        done.err
    );
    let packed = place.write("in.jsonl.gz", gz(text.as_bytes()));
    let done = place.on(&["import", &packed]).good();
    assert!(
        done.err
            .contains("imported 0 tickets with 0 turns; 40 were there"),
        "{}",
        done.err
    );
    let data = place.data();
    let done = place
        .fed(&["import", "-", "--data", &data], text.as_bytes())
        .good();
    assert!(done.err.contains("40 were there"), "{}", done.err);
    let all = place.on(&["export"]).good();
    assert_eq!(
        (kinds(&all, "ticket_opened"), kinds(&all, "replied")),
        (40, 40)
    );
    let opened = events(&all)
        .into_iter()
        .find(|e| e["body"]["kind"] == "ticket_opened")
        .unwrap();
    assert_eq!(
        opened["occurred_at"], 1_424_129_760_000_i64,
        "years ago stays years ago"
    );
}

#[test]
fn what_cannot_be_taken_is_listed_with_its_line() {
    let place = Place::new();
    let mut file = Vec::new();
    file.extend(b"{ no json\n");
    file.extend(record("a", &[("customer", "one")]).as_bytes());
    file.extend(b"\xff\xfe\n{\"turns\":[]}\n\n");
    file.extend(record("b", &[("robot", "one")]).as_bytes());
    file.extend(record("c", &[("customer", &"x".repeat(40_000_000))]).as_bytes());
    // More than the server takes at once when written as JSON; it alone is listed.
    file.extend(record("d", &[("customer", &"\0".repeat(1_900_000))]).as_bytes());
    file.extend(record("e", &[("customer", "hi"), ("agent", &"y".repeat(100_001))]).as_bytes());
    file.extend(record("f", &[("customer", "last")]).as_bytes());
    let path = place.write("in.jsonl", file);
    for lang in ["en", "zh-CN"] {
        let done = place.on(&["--lang", lang, "import", &path]);
        assert_eq!(done.code, Some(2));
        done.clear(lang, &["7", "in.jsonl.rejects.jsonl"]);
    }
    let rejects = std::fs::read_to_string(place.path("in.jsonl.rejects.jsonl")).unwrap();
    let lines: Vec<u64> = rejects
        .lines()
        .map(|l| {
            serde_json::from_str::<serde_json::Value>(l).unwrap()["line"]
                .as_u64()
                .unwrap()
        })
        .collect();
    let mut sorted = lines.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [1, 3, 4, 6, 7, 8, 9]);
    assert_eq!(
        kinds(&place.on(&["export"]).good(), "ticket_opened"),
        2,
        "the good ones are there"
    );
}

#[test]
fn a_ticket_that_was_closed_elsewhere_is_closed_here() {
    let place = Place::new();
    let turns = [
        ("customer", "屏幕不亮"),
        ("agent", "给您换了一台"),
        ("customer", "好了"),
    ];
    let text = record("done", &turns).replacen('{', "{\"closed\":\"solved\",", 1);
    let file = place.write("in.jsonl", &text);
    for there in ["0 were there", "1 were there"] {
        let done = place.on(&["import", &file]).good();
        assert!(done.err.contains(there), "{}", done.err);
        assert!(!done.err.contains("conflict"), "{}", done.err);
    }
    let all = place.on(&["export"]).good();
    assert_eq!(
        (kinds(&all, "ticket_closed"), kinds(&all, "reopened")),
        (1, 0)
    );
}

#[test]
fn files_that_are_no_import() {
    let place = Place::new();
    let empty = place.write("empty.jsonl", b"");
    let cut = gz(tickets(400).as_bytes());
    let cut = place.write("cut.gz", &cut[..cut.len() * 2 / 3]);
    let dir = place.path("home").display().to_string();
    for lang in ["en", "zh-CN"] {
        let import = |file: &str| place.on(&["--lang", lang, "import", file]);
        import(&empty).clear(lang, &[]);
        import("nowhere.jsonl").clear(lang, &["nowhere.jsonl"]);
        import(&dir).clear(lang, &[&dir]);
        import(&cut).clear(lang, &[if lang == "en" { "at line" } else { "行" }]);
    }
    let kept = kinds(&place.on(&["export"]).good(), "ticket_opened");
    assert!(kept > 100, "what came before the cut is kept: {kept}");
    let whole = place.write("cut.gz", gz(tickets(400).as_bytes()));
    place.on(&["import", &whole]).good();
    assert_eq!(kinds(&place.on(&["export"]).good(), "ticket_opened"), 400);
}

#[test]
fn killed_in_the_middle_and_run_again() {
    let place = Place::new();
    let file = place.write("in.jsonl", tickets(3000));
    let data = place.data();
    for pause in [900, 1500] {
        let mut child = place
            .command(&["import", &file, "--data", &data])
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let half = kinds(&place.on(&["export"]).good(), "ticket_opened");
    place.on(&["import", &file]).good();
    let all = place.on(&["export"]).good();
    assert_eq!(
        (
            kinds(&all, "ticket_opened"),
            kinds(&all, "replied"),
            kinds(&all, "customer_message")
        ),
        (3000, 3000, 6000)
    );
    assert!(half < 3000, "it was killed too late to prove anything");
}

/// All of the evaluation's dialogues; long, so only when asked for.
#[test]
fn everything_there_is() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/eval/dialogues.jsonl.gz"
    );
    if std::env::var_os("BALM_BIG").is_none() || !std::path::Path::new(file).exists() {
        println!("skipped: BALM_BIG is not set or the dialogues are not there");
        return;
    }
    let place = Place::new();
    let began = std::time::Instant::now();
    let done = place.on(&["import", file]).good();
    println!(
        "{} in {:.1} s",
        done.err.trim(),
        began.elapsed().as_secs_f64()
    );
    assert!(done.err.contains("imported 19682 tickets"), "{}", done.err);
    let done = place.on(&["import", file]).good();
    assert!(done.err.contains("imported 0 tickets"), "{}", done.err);
}
