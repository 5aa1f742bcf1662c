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

#[test]
fn a_scenario_is_made_from_a_closed_ticket_listed_checked_and_played() {
    let place = Place::new();
    let data = place.data();
    let sizes = ["--tickets", "60", "--open", "10", "--messages", "500"];
    let args = [&["generate", "--data", &data][..], &sizes].concat();
    place.run(&args).good();
    let events = super::events(&place.on(&["export", "--raw"]).good());
    let of = |kind: &'static str| events.iter().filter(move |e| e["body"]["kind"] == kind);
    let closed: Vec<_> = of("ticket_closed").map(|e| &e["stream"]["id"]).collect();
    let said: Vec<_> = of("customer_message").map(|e| &e["stream"]["id"]).collect();
    let number = |ended: bool| {
        let mut opened = of("ticket_opened").filter(|e| {
            let id = &e["stream"]["id"];
            closed.contains(&id) == ended && said.contains(&id)
        });
        opened.next().unwrap()["body"]["number"].to_string()
    };
    let own = place.path("own");
    std::fs::create_dir_all(&own).unwrap();
    let made = own.join("own-leak.toml").display().to_string();
    let done = place
        .on(&["train", "new", "--from", &number(true), "-o", &made])
        .good();
    // Written on standard error; nothing but that nobody approved it yet is found.
    let rules: Vec<&str> = done.err.lines().filter(|l| l.ends_with(']')).collect();
    assert!(
        done.err.contains("own-leak.toml") && rules.len() == 1 && rules[0].contains("[sim-draft]"),
        "{}",
        done.err
    );
    let text = std::fs::read_to_string(&made).unwrap();
    for person in of("customer_added").chain(of("user_added")) {
        let payload = &person["payload"];
        let identities = payload["identities"].as_array().into_iter().flatten();
        let values = identities.map(|i| &i["value"]).chain([&payload["name"]]);
        for value in values
            .filter_map(|v| v.as_str())
            .filter(|v| v.chars().count() > 1)
        {
            assert!(!text.contains(value), "{value}: {text}");
        }
    }
    assert!(text.contains("# from the case"), "{text}");

    let own = own.display().to_string();
    let list = place
        .run(&["train", "list", "--scenarios", &own])
        .good()
        .text();
    assert!(
        list.contains("OWN-LEAK") && list.contains("SIM-01"),
        "{list}"
    );
    let args = [
        "train",
        "run",
        "own-leak",
        "--words",
        "zh",
        "--scenarios",
        &own,
    ];
    let lines = "\"刚用三天就漏水，换谁都着急，对不起。\"\n";
    let run = place.fed(&args, lines.as_bytes()).good().text();
    let json: serde_json::Value = serde_json::from_str(&run).unwrap();
    assert_eq!(json["scenario"], "OWN-LEAK");
    let checked = place.run(&["check", &own, "--scenarios"]);
    let out = checked.text();
    assert!(
        checked.code != Some(0) && out.contains("[sim-draft]"),
        "{out}"
    );
    assert!(!out.contains("SIM-0"), "only the folder's own: {out}");

    // What cannot be made one of is told; the file of before stands.
    for lang in ["zh-CN", "en"] {
        let new = |from: &str, out: &str| {
            place.on(&["train", "new", "--from", from, "-o", out, "--lang", lang])
        };
        new(&number(false), "own-open.toml").clear(lang, &[&number(false)]);
        new("987654", "own-none.toml").clear(lang, &["987654"]);
        new(&number(true), &made).clear(lang, &["own-leak.toml"]);
        let nothing = place.path("home").display().to_string();
        let list = place.run(&["train", "list", "--scenarios", &nothing, "--lang", lang]);
        list.clear(lang, &["home"]);
    }
    assert_eq!(std::fs::read_to_string(&made).unwrap(), text);
}
