//! Training without a screen.

use super::Place;

/// What the committing agent might say in the first scenario.
const LINES: &str = "\"A wet socket under a new kettle is frightening. Is everyone safe, and is the power off?\"\n{\"text\":\"What worries you most about it?\",\"think_ms\":2000}\n";

#[test]
fn the_list_names_every_scenario_once() {
    let done = Place::new()
        .run(&["train", "list", "--lang", "zh-CN"])
        .good();
    let text = done.text();
    let ids: Vec<&str> = text.lines().filter_map(|l| l.split("  ").next()).collect();
    assert!(ids.len() >= 24, "{text}");
    assert!(ids.windows(2).all(|w| w[0] < w[1]), "{text}");
}

#[test]
fn a_run_is_the_same_for_the_same_seed_and_another_for_another() {
    let place = Place::new();
    let play = |seed: &str| {
        let args = [
            "train", "run", "SIM-01", "--words", "en", "--seed", seed, "--lang", "en",
        ];
        place.fed(&args, LINES.as_bytes()).good().text()
    };
    let first = play("7");
    assert_eq!(first, play("7"));
    assert_ne!(first, play("8"));
    let json: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(json["scenario"], "SIM-01");
    assert_eq!(json["inputs"].as_array().unwrap().len(), 2);
    let (before, after) = (&json["start"]["anger"], &json["turns"][1]["state"]["anger"]);
    assert!(after.as_f64() < before.as_f64(), "{first}");
    assert!(json["score"]["total"].is_number(), "{first}");
}

#[test]
fn what_cannot_be_played_is_told_with_what_to_do() {
    let place = Place::new();
    for lang in ["zh-CN", "en"] {
        let done = place.fed(&["train", "run", "SIM-99", "--lang", lang], b"");
        done.clear(lang, &["SIM-99", "balm train list"]);
        let bad = b"\"one\"\n{\"nothing\":1}\n";
        let done = place.fed(&["train", "run", "SIM-01", "--lang", lang], bad);
        done.clear(lang, &["2"]);
    }
}
