//! Wrong inputs: a clear message in the user's language, a code other than zero, nothing lost.

use super::{Disk, Place, record};

const BOTH: [&str; 2] = ["en", "zh-CN"];

#[test]
fn settings() {
    let place = Place::new();
    for (text, en, zh) in [
        (&b"lang = \"en\"\nmouze = 1\n"[..], "line 2", "第 2 行"),
        (b"\n\nmouse = \n", "line 3", "第 3 行"),
        (b"\xff\xfe", "UTF-8", "UTF-8"),
    ] {
        std::fs::write(place.config("config.toml"), text).unwrap();
        for (lang, says) in [("en", en), ("zh-CN", zh)] {
            let done = place.on(&["--lang", lang, "user", "list"]);
            done.clear(lang, &["config.toml", says]);
        }
        assert!(!place.path("data").exists(), "nothing was begun");
    }
    std::fs::remove_file(place.config("config.toml")).unwrap();
    std::fs::create_dir(place.config("config.toml")).unwrap();
    for lang in BOTH {
        place
            .on(&["--lang", lang, "user", "list"])
            .clear(lang, &["config.toml"]);
    }
}

#[test]
fn addresses_and_ports() {
    let place = Place::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().map(|a| (taken, a.to_string())).unwrap();
    for (lang, in_use) in [("en", "taken by another program"), ("zh-CN", "占着")] {
        let open = place.on(&["--lang", lang, "serve", "--listen", "0.0.0.0:0"]);
        open.clear(lang, &["--behind-proxy", "0.0.0.0"]);
        let busy = place.on(&["--lang", lang, "serve", "--listen", &taken.1]);
        busy.clear(lang, &["--listen", &taken.1, in_use]);
    }
    place.on(&["user", "list"]).good();
}

#[test]
fn files_of_newer_programs() {
    let place = Place::new();
    place.on(&["user", "add", "li", "--role", "agent"]).good();
    let log = place.path("data/log.db");
    rusqlite::Connection::open(&log)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = std::fs::read(&log).unwrap();
    for lang in BOTH {
        place
            .on(&["--lang", lang, "user", "list"])
            .clear(lang, &["99", "log.db"]);
        place.on(&["--lang", lang, "export"]).clear(lang, &["99"]);
        place
            .on(&["--lang", lang, "report", "day"])
            .clear(lang, &["99"]);
    }
    assert_eq!(
        std::fs::read(&log).unwrap(),
        before,
        "not a byte was changed"
    );
    // A damaged log is left as it is, and said.
    std::fs::write(&log, vec![7; 9000]).unwrap();
    for lang in BOTH {
        place
            .on(&["--lang", lang, "user", "list"])
            .clear(lang, &["log.db", "balm restore"]);
    }
    assert_eq!(std::fs::read(&log).unwrap(), vec![7; 9000]);
}

#[test]
fn events_of_newer_programs_are_kept() {
    let place = Place::new();
    let file = place.write(
        "in.jsonl",
        record("a", &[("customer", "one"), ("agent", "two")]),
    );
    place.on(&["import", &file]).good();
    let log = rusqlite::Connection::open(place.path("data/log.db")).unwrap();
    let columns: Vec<String> = log
        .prepare("SELECT name FROM pragma_table_info('event')")
        .unwrap()
        .query_map([], |r| r.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(
        columns.iter().any(|c| c == "kind") && columns.iter().any(|c| c == "data"),
        "{columns:?}"
    );
    let changed = log
        .execute("UPDATE event SET kind = 'sung', data = '{\"kind\":\"sung\",\"tune\":7}' WHERE kind = 'replied'", [])
        .unwrap();
    assert_eq!(changed, 1);
    drop(log);
    let done = place.on(&["export"]).good();
    let sung: Vec<_> = super::events(&done)
        .into_iter()
        .filter(|e| e["body"]["kind"] == "sung")
        .collect();
    assert_eq!(sung.len(), 1, "{}", done.text());
    assert_eq!(sung[0]["body"]["data"]["tune"], 7, "kept as it came");
    place.on(&["report", "day"]).good();
}

#[test]
fn folders_and_tokens() {
    let place = Place::new();
    let other = place.path("photos");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("cat.jpg"), b"x").unwrap();
    let other = other.display().to_string();
    let file = place.write("file", b"x");
    place.on(&["user", "add", "li", "--role", "agent"]).good();
    let out = place.path("li.token").display().to_string();
    place.on(&["token", "new", "li", "--out", &out]).good();
    let small = ["--tickets", "5", "--open", "1", "--messages", "9"];
    for lang in BOTH {
        let run = |args: &[&str]| place.run(&[&["--lang", lang], args].concat());
        run(&[&["generate", "--data", &other][..], &small].concat()).clear(lang, &[&other]);
        run(&["user", "list", "--data", &file]).clear(lang, &[&file]);
        let on = |args: &[&str]| place.on(&[&["--lang", lang], args].concat());
        on(&["token", "new", "li", "--out", &out]).clear(lang, &[&out]);
        on(&["token", "new", "nobody", "--out", "x"]).clear(lang, &["nobody"]);
        on(&["token", "revoke", "zzz"]).clear(lang, &["zzz"]);
        on(&["user", "add", "li", "--role", "agent"]).clear(lang, &[]);
        on(&["report", "day", "--date", "soon"]).clear(lang, &["soon"]);
        on(&["restore", &file]).clear(lang, &[&file]);
        on(&["export", "--raw", "--as", "nobody"]).clear(lang, &["nobody"]);
        let pipe = place
            .command(&["--lang", lang, "--data", &place.data()])
            .output()
            .unwrap();
        super::done(pipe).clear(lang, &[]);
    }
    assert_eq!(
        std::fs::read_dir(&other).unwrap().count(),
        1,
        "somebody's folder stays as it was"
    );
    assert!(!std::path::Path::new("x").exists());
}

#[test]
fn a_running_folder() {
    let place = Place::new();
    let server = place.serve();
    let copy = place.path("copy.db").display().to_string();
    place.on(&["backup", &copy]).good();
    for lang in BOTH {
        let on = |args: &[&str]| place.on(&[&["--lang", lang], args].concat());
        on(&["generate", "--tickets", "5"]).clear(lang, &[]);
        on(&["restore", &copy]).clear(lang, &["127.0.0.1"]);
        on(&["serve", "--listen", "127.0.0.1:0"]).clear(lang, &["127.0.0.1"]);
    }
    let file = place.write("in.jsonl", record("a", &[("customer", "one")]));
    place.on(&["import", &file]).good();
    drop(server);
    assert_eq!(
        super::kinds(&place.on(&["export"]).good(), "ticket_opened"),
        1
    );
}

#[test]
fn a_folder_that_cannot_be_written() {
    let place = Place::new();
    let Some(disk) = Disk::mount(&place.path("data"), "size=8M") else {
        return;
    };
    place.on(&["user", "add", "li", "--role", "agent"]).good();
    disk.remount("ro");
    for lang in BOTH {
        place
            .on(&["--lang", lang, "user", "list"])
            .clear(lang, &["--data", &place.data()]);
        place
            .on(&["--lang", lang, "serve", "--listen", "127.0.0.1:0"])
            .clear(lang, &["--data"]);
    }
    disk.remount("rw");
    assert!(place.on(&["user", "list"]).good().text().contains("\tli\t"));
}

#[test]
fn a_full_disk() {
    let place = Place::new();
    let Some(disk) = Disk::mount(&place.path("data"), "size=2M") else {
        return;
    };
    let words = "我的快递三天没有更新，打电话也没有人接，请你们马上处理。".repeat(40);
    let lines: String = (0..600)
        .map(|n| record(&format!("t{n}"), &[("customer", &words)]))
        .collect();
    let file = place.write("in.jsonl", lines);
    for lang in BOTH {
        place
            .on(&["--lang", lang, "import", &file])
            .clear(lang, &[if lang == "en" { "full" } else { "满了" }]);
    }
    disk.remount("size=64M");
    let done = place.on(&["import", &file]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    assert_eq!(
        super::kinds(&place.on(&["export"]).good(), "ticket_opened"),
        600,
        "all, and none twice"
    );
}
