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

/// A closed ticket with everything in it that must not get out.
const TICKET: &str = r#"{"id":"z1","source":"test","opened_at":"2026-03-08T02:00:00Z","customer_name":"王小明","phone":"13812345678","closed":"solved","turns":[
{"speaker":"customer","text":"我是王小明，电话13812345678，住在杭州市西湖区文三路88号3栋2单元501。刚买三天的净水器就漏水，地板全泡了，我要投诉！"},
{"speaker":"agent","text":"您好王小明，按公司规定要先填写申请，我们会尽快处理。"},
{"speaker":"customer","text":"填什么填！水都流到客厅了，你们就知道让人填表！"},
{"speaker":"agent","text":"刚用三天就漏水，地板还泡了，换谁都着急。对不起，是我们没做好。"},
{"speaker":"customer","text":"那你倒是说说怎么办，订单号TB20260311998877你自己看，邮箱wang.xm@example.com。"},
{"speaker":"agent","text":"明天下午五点前我给您打电话，约上门的时间。"},
{"speaker":"customer","text":"行，那我等你电话，谢谢。"}]}"#;

#[test]
fn a_scenario_is_made_from_a_closed_ticket_listed_checked_and_played() {
    let place = Place::new();
    let ticket = TICKET.replace('\n', "") + "\n" + &super::record("o1", &[("customer", "在吗")]);
    let file = place.write("in.jsonl", ticket);
    place.on(&["import", &file]).good();
    let numbers = super::events(&place.on(&["export"]).good());
    let number = |closed: bool| {
        let of = |kind: &str| {
            let mut found = numbers.iter().filter(|e| e["body"]["kind"] == kind);
            found.next().map(|e| e["stream"]["id"].clone())
        };
        let ended = of("ticket_closed").expect("one is closed");
        let opened = numbers.iter().find(|e| {
            e["body"]["kind"] == "ticket_opened" && (e["stream"]["id"] == ended) == closed
        });
        opened.unwrap()["body"]["number"].to_string()
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
    for planted in [
        "王小明",
        "小明",
        "13812345678",
        "5678",
        "文三路",
        "西湖",
        "501",
        "TB2026",
        "998877",
        "wang",
        "example.com",
    ] {
        assert!(!text.contains(planted), "{planted}: {text}");
    }
    assert!(
        text.contains("净水器") && text.contains("# from the case"),
        "{text}"
    );

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
