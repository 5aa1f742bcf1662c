//! The house rules of the source tree, held by a test because one crate has no inner walls: which room may import which,
//! no cycles between rooms, how long files and functions may be, and calls that are allowed at one place only.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms that each room may import. A room that is not listed may not exist.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("task", &["domain"]),
    ("telemetry", &["text"]),
    ("domain", &["text"]),
    ("coach", &["text", "domain"]),
    ("insight", &["text", "domain"]),
    ("sim", &["text", "domain", "coach"]),
    ("api", &["text", "domain", "insight"]),
    ("app", &["text", "domain", "coach", "insight", "api"]),
    (
        "view",
        &["text", "domain", "coach", "insight", "api", "app"],
    ),
    ("log", &["text", "domain", "api", "task"]),
    ("client", &["text", "domain", "api", "task"]),
    (
        "store",
        &["text", "domain", "coach", "insight", "api", "task"],
    ),
    (
        "sync",
        &[
            "text", "domain", "coach", "insight", "api", "task", "store", "client",
        ],
    ),
    (
        "server",
        &["text", "domain", "coach", "insight", "api", "task", "log"],
    ),
    (
        "training",
        &[
            "text", "domain", "coach", "insight", "sim", "api", "task", "log", "client", "server",
        ],
    ),
    ("config", &["text", "domain", "app", "view"]),
    (
        "demo",
        &["text", "domain", "coach", "api", "task", "log", "client"],
    ),
    (
        "shell",
        &[
            "text",
            "domain",
            "coach",
            "insight",
            "api",
            "app",
            "view",
            "store",
            "client",
            "sync",
            "config",
            "task",
            "telemetry",
        ],
    ),
    (
        "cli",
        &[
            "text",
            "domain",
            "coach",
            "sim",
            "insight",
            "api",
            "app",
            "view",
            "log",
            "client",
            "store",
            "sync",
            "server",
            "config",
            "demo",
            "shell",
            "task",
            "telemetry",
            "training",
        ],
    ),
];

/// Rooms that must stay free of IO, clocks, tasks and databases.
const PURE: &[&str] = &[
    "text", "domain", "coach", "insight", "sim", "api", "app", "view",
];

/// What a pure room must never name.
const IMPURE: &[&str] = &[
    "tokio::",
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "rusqlite",
    "reqwest",
    "axum::",
    "SystemTime",
    "Instant::now",
    "now_v7",
    "crossterm::event",
    "std::env",
];

/// Aim under 300 lines, stop at 500.
const MAX_FILE: usize = 500;
/// No function longer than this.
const MAX_FUNCTION: usize = 80;

/// Calls allowed in one file only.
const ONE_PLACE: &[(&str, &str)] = &[
    ("SystemTime::now(", "task.rs"),
    ("Instant::now(", "task.rs"),
    ("Uuid::now_v7(", "task.rs"),
    ("tokio::spawn(", "task.rs"),
    ("thread::spawn(", "task.rs"),
    (".set_symbol(", ""),
    ("Terminal::clear(", ""),
];

struct Source {
    path: PathBuf,
    room: String,
    text: String,
    test: bool,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    let mut todo = vec![root.clone()];
    while let Some(dir) = todo.pop() {
        for entry in fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let inner = path.strip_prefix(&root).unwrap().to_path_buf();
                let first = inner
                    .components()
                    .next()
                    .unwrap()
                    .as_os_str()
                    .to_string_lossy()
                    .into_owned();
                let room = first.trim_end_matches(".rs").to_owned();
                let test = inner.to_string_lossy().contains("test");
                out.push(Source {
                    text: fs::read_to_string(&path).unwrap(),
                    path: inner,
                    room,
                    test,
                });
            }
        }
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(out.len() > 40, "the walk found only {} files", out.len());
    out
}

/// The text with comments and string contents blanked, so that rules look at code only.
fn code_only(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut in_line = false;
    let mut in_string = false;
    while let Some(c) = chars.next() {
        if in_line {
            if c == '\n' {
                in_line = false;
                out.push('\n');
            }
            continue;
        }
        if in_string {
            if c == '\\' {
                if chars.next() == Some('\n') {
                    out.push('\n');
                }
            } else if c == '"' {
                in_string = false;
                out.push('"');
            } else if c == '\n' {
                out.push('\n');
            }
            continue;
        }
        if c == '/' && chars.peek() == Some(&'/') {
            in_line = true;
            continue;
        }
        if c == '\'' {
            // A char literal such as '"' or '{' must not open a string or a block.
            let mut ahead = chars.clone();
            let first = ahead.next();
            let escaped = first == Some('\\');
            if escaped {
                ahead.next();
            }
            let mut width = 2 + usize::from(escaped);
            if escaped && chars.clone().nth(1) == Some('u') {
                width = chars.clone().take_while(|x| *x != '\'').count() + 1;
                ahead = chars.clone();
                for _ in 0..width - 1 {
                    ahead.next();
                }
            }
            if ahead.next() == Some('\'') {
                for _ in 0..width {
                    chars.next();
                }
                out.push_str("' '");
                continue;
            }
        }
        if c == '"' {
            in_string = true;
        }
        out.push(c);
    }
    out
}

/// The file without its `#[cfg(test)] mod … { … }` blocks.
fn without_tests(code: &str) -> String {
    let mut out = String::new();
    let mut skip_depth: Option<i64> = None;
    let mut pending = false;
    let mut depth = 0_i64;
    for line in code.lines() {
        let opens = line.matches('{').count() as i64;
        let closes = line.matches('}').count() as i64;
        if skip_depth.is_none() && line.contains("#[cfg(test)]") {
            pending = true;
            out.push('\n');
            continue;
        }
        if pending && skip_depth.is_none() && opens > 0 && line.contains("mod ") {
            skip_depth = Some(depth);
        }
        if !line.trim().is_empty() && !line.trim_start().starts_with("#[") {
            pending = false;
        }
        depth += opens - closes;
        match skip_depth {
            Some(level) => {
                out.push('\n');
                if depth <= level {
                    skip_depth = None;
                }
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

#[test]
fn imports_point_inward() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources() {
        if ["lib", "main"].contains(&source.room.as_str()) {
            continue;
        }
        let Some(may) = allowed.get(source.room.as_str()) else {
            wrong.push(format!(
                "{}: room `{}` is not in the plan",
                source.path.display(),
                source.room
            ));
            continue;
        };
        if source.test {
            continue;
        }
        let code = without_tests(&code_only(&source.text));
        for (number, line) in code.lines().enumerate() {
            for piece in line.split("crate::").skip(1) {
                let target: String = piece
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                if target.is_empty() || target == source.room || may.contains(&target.as_str()) {
                    continue;
                }
                wrong.push(format!(
                    "{}:{}: `{}` imports `{target}`",
                    source.path.display(),
                    number + 1,
                    source.room
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "imports that the plan does not allow:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_plan_itself_has_no_cycle() {
    let graph: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    fn visit<'a>(
        room: &'a str,
        graph: &BTreeMap<&'a str, &'a [&'a str]>,
        path: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) {
        assert!(!path.contains(&room), "cycle: {path:?} -> {room}");
        if !done.insert(room) {
            return;
        }
        path.push(room);
        for next in graph[room] {
            visit(next, graph, path, done);
        }
        path.pop();
    }
    let mut done = BTreeSet::new();
    for room in graph.keys() {
        visit(room, &graph, &mut Vec::new(), &mut done);
    }
}

#[test]
fn pure_rooms_do_no_io() {
    let mut wrong = Vec::new();
    for source in sources()
        .iter()
        .filter(|s| PURE.contains(&s.room.as_str()) && !s.test)
    {
        let code = without_tests(&code_only(&source.text));
        for (number, line) in code.lines().enumerate() {
            for word in IMPURE.iter().filter(|w| line.contains(**w)) {
                wrong.push(format!(
                    "{}:{}: names `{word}`",
                    source.path.display(),
                    number + 1
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "pure rooms that are not:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn some_calls_have_one_place() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.test) {
        let code = without_tests(&code_only(&source.text));
        for (number, line) in code.lines().enumerate() {
            for (call, home) in ONE_PLACE {
                if line.contains(call) && source.path.to_string_lossy() != *home {
                    wrong.push(format!(
                        "{}:{}: calls `{call}`",
                        source.path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "calls at the wrong place:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn files_and_functions_stay_small() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > MAX_FILE && !source.test {
            wrong.push(format!(
                "{}: {lines} lines, at most {MAX_FILE}",
                source.path.display()
            ));
        }
        let name = source
            .path
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        if ["utils", "util", "common", "helpers", "helper", "misc"].contains(&name.as_str()) {
            wrong.push(format!(
                "{}: a name that says nothing",
                source.path.display()
            ));
        }
        let code = without_tests(&code_only(&source.text));
        for (start, length, what) in functions(&code).into_iter().filter(|_| !source.test) {
            if length > MAX_FUNCTION {
                wrong.push(format!(
                    "{}:{start}: fn {what} has {length} lines",
                    source.path.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "too long:\n{}", wrong.join("\n"));
}

/// First line, length and name of every function with a body.
fn functions(code: &str) -> Vec<(usize, usize, String)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut out = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let Some(at) = trimmed.find("fn ") else {
            continue;
        };
        let before = &trimmed[..at];
        let is_fn = before.split_whitespace().all(|w| {
            w.starts_with("pub")
                || ["const", "async", "unsafe", "extern", "in"].contains(&w)
                || w.ends_with(')')
        });
        if !is_fn {
            continue;
        }
        let name: String = trimmed[at + 3..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        let mut depth = 0_i64;
        let mut opened = false;
        for (j, body) in lines.iter().enumerate().skip(i) {
            depth += body.matches('{').count() as i64 - body.matches('}').count() as i64;
            opened |= body.contains('{');
            if (!opened && body.trim_end().ends_with(';')) || (opened && depth <= 0) {
                if opened {
                    out.push((i + 1, j - i + 1, name));
                }
                break;
            }
        }
    }
    out
}

#[test]
fn the_checks_can_fail() {
    let text = "fn long() {\n    a();\n    b();\n}\nlet s = \"tokio::spawn( { in a string\"; // tokio::spawn( in words\n";
    let code = code_only(text);
    assert_eq!(functions(&code), [(1, 4, "long".to_owned())]);
    assert!(!code.contains("tokio"), "{code}");
    let tested = "fn a() {}\n#[cfg(test)]\nmod tests {\n    use tokio::x;\n}\nfn b() {}\n";
    let kept = without_tests(tested);
    assert!(!kept.contains("tokio") && kept.contains("fn b"), "{kept}");
}
