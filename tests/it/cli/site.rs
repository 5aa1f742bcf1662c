//! Accounts, tokens, copies, the day's report, pictures, the doctor.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use balm::client::ClientError;

use super::{Place, kinds, record};

#[test]
fn a_secret_is_in_its_file_only() {
    let place = Place::new();
    let version = place.run(&["--version"]).good().text();
    assert_eq!(version.trim(), concat!("balm ", env!("CARGO_PKG_VERSION")));
    place
        .on(&[
            "user",
            "add",
            "li",
            "--role",
            "agent",
            "--display",
            "小李\u{1b}[31m",
        ])
        .good();
    let users = place.on(&["user", "list"]).good().text();
    assert!(
        users.contains("\tli\tagent\t") && !users.contains('\u{1b}'),
        "{users}"
    );
    let out = place.path("li.token").display().to_string();
    let log = place.path("balm.log").display().to_string();
    let made = place
        .on(&["token", "new", "li", "--out", &out, "--log", &log])
        .good();
    let secret = std::fs::read_to_string(&out).unwrap().trim().to_owned();
    assert!(secret.len() > 30);
    assert_eq!(
        std::fs::metadata(&out).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let list = place.on(&["token", "list"]).good();
    let log = std::fs::read_to_string(log).unwrap();
    for seen in [made.text(), made.err, list.text(), list.err, log] {
        assert!(!seen.contains(&secret), "{seen}");
    }
    let id = list
        .out
        .split(|b| *b == b'\t')
        .next()
        .map(|b| String::from_utf8_lossy(b).into_owned())
        .unwrap();
    place.on(&["token", "revoke", &id]).good();
    assert!(
        place
            .on(&["token", "list"])
            .good()
            .text()
            .contains("revoked")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_while_a_writer_runs_and_back_again() {
    let place = Place::new();
    let turns = [("customer", "你们答应昨天回电的"), ("agent", "让您久等了")];
    let lines: String = (0..1500)
        .map(|n| record(&format!("t{n}"), &turns))
        .collect();
    let file = place.write("in.jsonl", lines);
    let server = place.serve();
    let data = place.data();
    let mut writer = place
        .command(&["import", &file, "--data", &data])
        .spawn()
        .unwrap();
    let copy = place.path("copy.db").display().to_string();
    let client = place.admin(&server);
    loop {
        tokio::time::sleep(Duration::from_millis(50)).await;
        if client.feed(None, 500).await.unwrap().items.len() > 200 {
            break;
        }
    }
    place.on(&["backup", &copy]).good();
    place.on(&["backup", &copy]).clear("en", &["copy.db"]);
    assert!(writer.wait().unwrap().success());
    assert_eq!(kinds(&place.on(&["export"]).good(), "ticket_opened"), 1500);
    let said = std::fs::read_to_string(place.path("serve.err")).unwrap();
    let page = client.feed(None, 2000).await;
    let place_in_log = page.unwrap_or_else(|e| panic!("{e}: {said}")).next;
    drop(server);
    place.on(&["restore", &copy]).good();
    let server = place.serve();
    let client = place.admin(&server);
    let answer = client.feed(Some(&place_in_log), 10).await;
    assert!(matches!(answer, Err(ClientError::Gone)), "{answer:?}");
    let opened = kinds(&place.on(&["export"]).good(), "ticket_opened");
    assert!(
        opened > 0 && opened < 1500,
        "{opened}: as it stood in the middle"
    );
    let aside = std::fs::read_dir(place.path("data")).unwrap();
    assert!(
        aside
            .map(|e| e.unwrap().file_name())
            .any(|n| n.to_string_lossy().contains("before-restore"))
    );
    // What is missing is imported again, and nothing twice.
    place.on(&["import", &file]).good();
    assert_eq!(kinds(&place.on(&["export"]).good(), "ticket_opened"), 1500);
}

#[test]
fn the_day_in_figures() {
    let place = Place::new();
    place
        .on(&["user", "add", "li", "--role", "agent", "--display", "Li"])
        .good();
    let token = place.path("li.token").display().to_string();
    place.on(&["token", "new", "li", "--out", &token]).good();
    let server = place.serve();
    let now = balm::task::now_ms().0;
    let turn = serde_json::json!([{"speaker": "customer", "text": "parcel missing", "at": now}]);
    let lines: String = (0..3)
        .map(|n| {
            format!(
                "{}\n",
                serde_json::json!({"id": format!("t{n}"), "source": "test", "turns": turn})
            )
        })
        .collect();
    let file = place.write("in.jsonl", lines);
    place.on(&["import", &file]).good();
    let home = place.path("desk").display().to_string();
    let args = [
        "headless",
        "--data",
        &home,
        "--server",
        &server.url,
        "--token-file",
        &token,
    ];
    let done = place
        .fed(&args, b"{\"do\":\"wait_synced\"}\n{\"do\":\"print\"}\n")
        .good();
    let last: serde_json::Value =
        serde_json::from_str(done.text().lines().last().unwrap()).unwrap();
    let rows = last["ok"]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    let mut steps = String::new();
    for (n, row) in rows.iter().take(2).enumerate() {
        for _ in 0..=n {
            let reply = serde_json::json!({"do": "reply", "ticket": row["ticket"], "text": "We are looking for it."});
            steps.push_str(&format!("{reply}\n"));
        }
    }
    steps.push_str("{\"do\":\"wait_synced\"}\n");
    place.fed(&args, steps.as_bytes()).good();
    let running = place.on(&["report", "day", "--csv"]).good().text();
    drop(server);
    let csv = place.on(&["report", "day", "--csv"]).good().text();
    assert_eq!(running, csv, "the same beside a running server");
    let line = |who: &str| {
        let line = csv
            .lines()
            .find(|l| l.starts_with(who))
            .unwrap_or_else(|| panic!("no {who}: {csv}"));
        line.split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    let li = line("Li");
    assert_eq!(
        (li[1].as_str(), li[2].as_str()),
        ("2", "3"),
        "two tickets, three replies: {csv}"
    );
    assert_eq!(line("total")[2], "3");
    let table = place
        .on(&["report", "day", "--lang", "zh-CN"])
        .good()
        .text();
    assert!(table.contains("经办") && table.contains("Li"), "{table}");
}

#[test]
fn the_doctor_tells_by_its_code() {
    let place = Place::new();
    let data = place.data();
    let mut session = place.console(&["doctor", "--data", &data], (100, 30));
    let code = session.wait_exit(Duration::from_secs(20)).unwrap();
    assert_eq!(code, 0, "{}", session.text());
    std::fs::write(place.config("keymap.toml"), "[list]\nfly = \"F2\"\n").unwrap();
    let mut session = place.console(&["doctor", "--data", &data], (100, 30));
    assert_eq!(session.wait_exit(Duration::from_secs(20)).unwrap(), 1);
    assert!(session.text().contains("keymap.toml"), "{}", session.text());
}

/// Whether every tag is closed in order and nothing stands bare that must not.
fn well_formed(svg: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let text = &rest[..at];
        if text.split('&').skip(1).any(|e| {
            !e.split(';')
                .next()
                .is_some_and(|n| e.contains(';') && n.len() < 8)
        }) {
            return Err(format!("a bare & in {text:?}"));
        }
        let end = rest[at..].find('>').ok_or("a tag without an end")? + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if tag.matches('"').count() % 2 == 1 {
            return Err(format!("quotes in {tag:?}"));
        }
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or_default();
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
        } else if !tag.starts_with(['?', '!']) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() && rest.trim().is_empty() {
        Ok(())
    } else {
        Err(format!("open at the end: {open:?}"))
    }
}

#[test]
fn pictures_are_well_formed() {
    let place = Place::new();
    for screen in ["queue", "ticket", "intake", "team", "help", "palette"] {
        let svg = place
            .run(&["picture", screen, "--size", "100x30"])
            .good()
            .text();
        assert!(
            svg.contains("<svg") && svg.contains("<text") || svg.contains("<tspan"),
            "{screen}"
        );
        well_formed(&svg).unwrap_or_else(|e| panic!("{screen}: {e}"));
        assert!(
            !svg.chars().any(|c| c.is_control() && c != '\n'),
            "{screen}"
        );
    }
    assert!(well_formed("<a><b></a></b>").is_err() && well_formed("<a>x & y</a>").is_err());
    for lang in ["en", "zh-CN"] {
        place
            .run(&["--lang", lang, "picture", "nosuch"])
            .clear(lang, &["nosuch"]);
        place
            .run(&["--lang", lang, "picture", "queue", "--size", "big"])
            .clear(lang, &["big"]);
    }
}
