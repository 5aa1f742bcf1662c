//! The console in a terminal, on bad ground: too small, without a valid token, with damaged files, with hostile words.

use std::time::Duration;

use super::{Place, export, record};

const SOON: Duration = Duration::from_secs(40);

fn settled(session: &mut crate::support::pty::Session) -> String {
    session.settle(Duration::from_millis(500), Duration::from_secs(5));
    session.text()
}

#[test]
fn a_terminal_too_small_and_then_large_enough() {
    let place = Place::new();
    let file = place.write("in.jsonl", record("a", &[("customer", "parcel missing")]));
    place.on(&["import", &file]).good();
    let data = place.data();
    for (lang, says) in [("en", "too small"), ("zh-CN", "窗口太小")] {
        let mut session = place.console(&["--data", &data, "--lang", lang], (20, 5));
        session.settle(Duration::from_secs(2), Duration::from_secs(15));
        let text = session.text();
        let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        assert_eq!(lines.len(), 1, "one clear line:\n{text}");
        println!("20x5 {lang}: {text:?} ({says})");
        session.resize(80, 24);
        session.wait_for("#1 ", SOON).unwrap();
        session.resize(20, 5);
        assert!(
            settled(&mut session)
                .lines()
                .filter(|l| !l.trim().is_empty())
                .count()
                == 1
        );
        session.resize(80, 24);
        session.wait_for("#1 ", SOON).unwrap();
        session.send("\x11");
        assert_eq!(session.wait_exit(SOON).unwrap(), 0);
    }
}

#[test]
fn tokens_that_are_missing_wrong_or_taken_back() {
    let place = Place::new();
    place.on(&["user", "add", "li", "--role", "agent"]).good();
    let server = place.serve();
    let good = place.path("li.token").display().to_string();
    place.on(&["token", "new", "li", "--out", &good]).good();
    let bad = place.write("bad.token", "nonsense\n");
    let empty = place.write("empty.token", "\n");
    let home = place.path("desk").display().to_string();
    let desk = |lang: &str, token: &str| {
        let args = [
            "--data",
            &home,
            "--server",
            &server.url,
            "--token-file",
            token,
            "--lang",
            lang,
        ];
        place.console(&args, (100, 30))
    };
    for (lang, missing, none, refused) in [
        ("en", "cannot be read", "no token", "token not accepted"),
        ("zh-CN", "读不了", "没有令牌", "令牌"),
    ] {
        let mut session = desk(lang, "/nowhere/li.token");
        assert_ne!(session.wait_exit(SOON).unwrap(), 0);
        assert!(session.text().contains(missing), "{}", session.text());
        let mut session = desk(lang, &empty);
        assert_ne!(session.wait_exit(SOON).unwrap(), 0);
        assert!(session.text().contains(none), "{}", session.text());
        let mut session = desk(lang, &bad);
        session.wait_for(refused, SOON).unwrap();
        session.send("\x11");
        session.wait_exit(SOON).unwrap();
    }
    let mut session = desk("en", &good);
    session.settle(Duration::from_secs(2), Duration::from_secs(10));
    assert!(
        !session.text().contains("not accepted"),
        "{}",
        session.text()
    );
    let list = place.on(&["token", "list"]).good().text();
    let id = list
        .lines()
        .find(|l| l.contains("desk"))
        .unwrap()
        .split('\t')
        .next()
        .unwrap()
        .to_owned();
    place.on(&["token", "revoke", &id]).good();
    session
        .wait_for("token not accepted", Duration::from_secs(60))
        .unwrap();
}

#[test]
fn keys_of_ones_own_that_are_wrong() {
    let place = Place::new();
    let data = place.data();
    std::fs::write(
        place.config("keymap.toml"),
        "[list]\nup = \"Up\"\nfly = \"F2\"\n",
    )
    .unwrap();
    for (lang, says) in [("en", "line 3"), ("zh-CN", "第 3 行")] {
        let mut session = place.console(&["--data", &data, "--empty", "--lang", lang], (120, 30));
        assert_ne!(session.wait_exit(SOON).unwrap(), 0);
        let text = session.text();
        assert!(
            text.contains("keymap.toml") && text.contains(says),
            "{text}"
        );
    }
    assert_ne!(place.on(&["doctor"]).code, Some(0));
}

/// A desk with a note in the outbox and a draft, both written while the server was away.
fn away(place: &Place) -> (String, String, std::path::PathBuf) {
    let file = place.write("in.jsonl", record("a", &[("customer", "parcel missing")]));
    place.on(&["import", &file]).good();
    place.on(&["user", "add", "li", "--role", "agent"]).good();
    let token = place.path("li.token").display().to_string();
    place.on(&["token", "new", "li", "--out", &token]).good();
    let home = place.path("desk").display().to_string();
    let server = place.serve();
    let url = server.url.clone();
    let args = [
        "headless",
        "--data",
        &home,
        "--server",
        &url,
        "--token-file",
        &token,
    ];
    let done = place
        .fed(&args, b"{\"do\":\"wait_synced\"}\n{\"do\":\"print\"}\n")
        .good();
    let last: serde_json::Value =
        serde_json::from_str(done.text().lines().last().unwrap()).unwrap();
    let ticket = last["ok"]["rows"][0]["ticket"].clone();
    drop(server);
    let steps = format!(
        "{}\n{}\n",
        serde_json::json!({"do": "note", "ticket": ticket, "text": "called back, no answer"}),
        serde_json::json!({"do": "draft", "ticket": ticket, "text": "half a sentence"}),
    );
    place.fed(&args, steps.as_bytes()).good();
    let folder = std::fs::read_dir(place.path("desk/desk"))
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|p| p.join("outbox.db").exists())
        .unwrap();
    (home, token, folder)
}

#[test]
fn a_damaged_replica_is_fetched_again_and_the_outbox_survives() {
    let place = Place::new();
    let (home, token, folder) = away(&place);
    std::fs::write(folder.join("replica.db"), vec![7; 20_000]).unwrap();
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.join(format!("replica.db{end}")));
    }
    let server = place.serve();
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
    let text = done.text();
    assert!(
        text.contains("parcel missing") && text.contains("half a sentence"),
        "{text}"
    );
    assert_eq!(
        super::kinds(&place.on(&["export"]).good(), "noted"),
        1,
        "sent once"
    );
}

#[test]
fn a_damaged_outbox_is_set_aside_and_told() {
    let place = Place::new();
    let (home, token, folder) = away(&place);
    std::fs::write(folder.join("outbox.db"), vec![7; 20_000]).unwrap();
    let server = place.serve();
    let args = [
        "--data",
        &home,
        "--server",
        &server.url,
        "--token-file",
        &token,
        "--lang",
        "en",
    ];
    let mut session = place.console(&args, (120, 30));
    session
        .wait_for("is kept as outbox.db.damaged", SOON)
        .unwrap();
    session.wait_for("#1 ", SOON).unwrap();
    session.send("\x11");
    session.wait_exit(SOON).unwrap();
    let aside = std::fs::read_dir(&folder).unwrap().any(|e| {
        let entry = e.unwrap();
        entry
            .file_name()
            .to_string_lossy()
            .contains("outbox.db.damaged")
            && std::fs::read(entry.path()).unwrap() == vec![7; 20_000]
    });
    assert!(aside, "kept as it was");
}

#[test]
fn desk_files_of_a_newer_program_are_left_alone_and_told() {
    for name in ["outbox.db", "replica.db"] {
        let place = Place::new();
        let (home, token, folder) = away(&place);
        let file = folder.join(name);
        rusqlite::Connection::open(&file)
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        let before = std::fs::read(&file).unwrap();
        let server = place.serve();
        for (lang, says) in [("en", "needs a newer balm"), ("zh-CN", "新版")] {
            let args = [
                "--data",
                &home,
                "--server",
                &server.url,
                "--token-file",
                &token,
                "--lang",
                lang,
            ];
            let mut session = place.console(&args, (140, 30));
            let seen = session.wait_for(says, Duration::from_secs(15));
            assert!(seen.is_ok(), "{name}: {}", seen.unwrap_err());
            session.send("\x11");
            session.wait_exit(SOON).unwrap();
        }
        assert_eq!(
            std::fs::read(&file).unwrap(),
            before,
            "{name}: not a byte was changed"
        );
    }
}

#[test]
fn hostile_words_change_nothing_but_their_pane_and_leave_no_trace_in_the_log() {
    let place = Place::new();
    let evil = export::hostile();
    let record = serde_json::json!({
        "id": "h", "source": "test", "customer_name": format!("wang{}", &evil[..120]), "phone": "13812345678",
        "turns": [{"speaker": "customer", "text": evil}],
    });
    let file = place.write("in.jsonl", format!("{record}\n"));
    place.on(&["import", &file]).good();
    let (data, log) = (place.data(), place.path("balm.log").display().to_string());
    let mut session = place.console(&["--data", &data, "--lang", "en", "--log", &log], (120, 30));
    session.wait_for("#1 ", SOON).unwrap();
    // Queue row, ticket, writing and leaving it for a draft, palette, search, returned, drafts, help, lock.
    let steps = [
        "",
        "\r",
        "\r",
        "my half sentence",
        "\x1b",
        "\x0b",
        "OWNED",
        "\x1b",
        "\x06",
        "OWNED\r",
        "\x1b",
        "\x12",
        "\x1b",
        "\x04",
        "\x1b",
        "\x1b",
        "?",
        "\x1b",
        "\x1b[24~",
        "\r",
    ];
    for step in steps {
        session.send(step);
        settled(&mut session);
        let (row, col) = session.cursor();
        assert!(row < 30 && col <= 120);
    }
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    for bad in [
        "\x1b]0;title",
        "\x1b]52",
        "\u{9b}",
        "\u{202e}",
        "\u{2066}",
        "\0",
        "\x08\x08",
        "\x1b[1;1HOWNED",
        "\x1b[31m\0",
    ] {
        assert!(!raw.contains(bad), "{bad:?} reached the terminal");
    }
    session.send("\x11");
    session.settle(Duration::from_millis(500), Duration::from_secs(3));
    session.send("\r");
    let _ = session.wait_exit(Duration::from_secs(10));
    // Nothing but the screen was written, and the log names no words and no token.
    let log = std::fs::read_to_string(&log).unwrap();
    let token = std::fs::read_to_string(place.path("data/local.token")).unwrap();
    for word in [
        "OWNED",
        "half sentence",
        "13812345678",
        "desrever",
        token.trim(),
    ] {
        assert!(!log.contains(word), "{word} in the log");
    }
    assert!(!log.is_empty() && !log.contains('\u{1b}'));
}
