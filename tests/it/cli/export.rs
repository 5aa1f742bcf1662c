//! `balm export`: masked unless asked for in clear; in clear byte for byte; from log and replica the same.

use std::os::unix::fs::PermissionsExt;

use super::{Place, events};

/// Everything that has ever confused a terminal, and personal values in plain words.
pub fn hostile() -> String {
    let mut text =
        String::from("a\x1b[2J\x1b[1;1HOWNED\x1b]0;title\x07\x1b]52;c;aGk=\x07\u{9b}31m\0\x08\x08");
    text.push_str("\u{202e}txet desrever\u{202c}\u{2066}x\u{200b}\u{feff}\n\r\t");
    text.push_str(
        "我叫王小明，电话 13812345678，身份证 11010519491231002X，邮箱 wang@example.com ",
    );
    text.push('e');
    text.extend(std::iter::repeat_n('\u{301}', 10_000));
    text.push_str(&"款x".repeat(250_000));
    text
}

fn site(place: &Place) -> String {
    let text = hostile();
    let record = serde_json::json!({
        "id": "h", "source": "test", "customer_name": "王小明", "phone": "13812345678",
        "turns": [{"speaker": "customer", "text": text}, {"speaker": "agent", "text": "您好，13812345678"}],
    });
    let file = place.write("in.jsonl", format!("{record}\n"));
    place.on(&["import", &file]).good();
    text
}

#[test]
fn in_clear_byte_for_byte_and_recorded() {
    let place = Place::new();
    let text = site(&place);
    let done = place.on(&["export", "--raw"]).good();
    let same = events(&done)
        .iter()
        .any(|e| e["payload"]["text"] == text.as_str());
    assert!(same, "the words come back as they were");
    assert!(!done.err.contains('\u{1b}'));
    let note = std::fs::read_to_string(place.path("data/exports.log")).unwrap();
    assert!(
        note.contains("Log") && note.contains("local-admin") && note.lines().count() == 1,
        "{note}"
    );
    let mode = std::fs::metadata(place.path("data/exports.log"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    // Only an admin.
    place.on(&["user", "add", "li", "--role", "lead"]).good();
    std::fs::create_dir_all(place.path("data/as/li")).unwrap();
    let token = place.path("data/as/li/local.token").display().to_string();
    place.on(&["token", "new", "li", "--out", &token]).good();
    for lang in ["en", "zh-CN"] {
        let done = place.on(&["--lang", lang, "export", "--raw", "--as", "li"]);
        done.clear(lang, &["--raw", "--as"]);
        assert!(done.out.is_empty(), "not a byte");
    }
}

#[test]
fn masked_and_harmless_by_default() {
    let place = Place::new();
    site(&place);
    let done = place.on(&["export"]).good();
    assert!(!place.path("data/exports.log").exists());
    let text = done.text();
    for personal in [
        "13812345678",
        "王小明",
        "11010519491231002X",
        "wang@example.com",
    ] {
        assert!(!text.contains(personal), "{personal}");
    }
    let words = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    for event in events(&done) {
        let payload = &event["payload"];
        for said in [words(&payload["text"]), words(&payload["name"])]
            .into_iter()
            .flatten()
        {
            let bad = said.chars().find(|c| {
                (c.is_control() && *c != '\n')
                    || ('\u{202a}'..='\u{202e}').contains(c)
                    || ('\u{2066}'..='\u{2069}').contains(c)
            });
            assert_eq!(bad, None, "in {}", event["body"]["kind"]);
        }
    }
    let positions: Vec<u64> = events(&done)
        .iter()
        .map(|e| e["position"].as_u64().unwrap())
        .collect();
    assert!(
        positions.is_sorted() && positions.len() > 4,
        "in the log's order"
    );
    assert!(
        done.out.iter().all(|b| *b >= 0x20 || *b == b'\n'),
        "no control character in the file"
    );
}

#[test]
fn log_and_replica_agree() {
    let place = Place::new();
    let turns = [
        ("customer", "你们答应昨天回电的，我的电话 13812345678"),
        ("agent", "让您久等了"),
        ("customer", "然后呢"),
    ];
    let lines: String = (0..30)
        .map(|n| super::record(&format!("t{n}"), &turns))
        .collect();
    let file = place.write("in.jsonl", lines);
    place.on(&["user", "add", "li", "--role", "agent"]).good();
    std::fs::create_dir_all(place.path("data/as/li")).unwrap();
    let token = place.path("data/as/li/local.token").display().to_string();
    place.on(&["token", "new", "li", "--out", &token]).good();
    let server = place.serve();
    place.on(&["import", &file]).good();
    let data = place.data();
    let args = [
        "headless",
        "--data",
        &data,
        "--server",
        &server.url,
        "--token-file",
        &token,
    ];
    place.fed(&args, b"{\"do\":\"wait_synced\"}\n").good();
    for raw in [false, true] {
        let as_li = ["--as", "li"];
        let of = |from: &str, who: &[&str]| {
            let mut args = vec!["export", "--from", from];
            if raw {
                args.push("--raw");
            }
            args.extend(who);
            place.on(&args)
        };
        let mine = of("replica", &as_li);
        if raw {
            mine.clear("en", &["--raw"]);
            continue;
        }
        let mine = events(&mine.good());
        let all = events(&of("log", &[]).good());
        let tickets: std::collections::BTreeSet<String> = mine
            .iter()
            .filter(|e| e["stream"]["kind"] == "ticket")
            .map(|e| e["stream"].to_string())
            .collect();
        assert_eq!(tickets.len(), 30, "the open tickets are mirrored");
        let of_tickets = |list: Vec<serde_json::Value>| -> Vec<serde_json::Value> {
            list.into_iter()
                .filter(|e| tickets.contains(&e["stream"].to_string()))
                .collect()
        };
        assert_eq!(of_tickets(mine), of_tickets(all));
    }
}
