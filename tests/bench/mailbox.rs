//! neomutt on a generated mailbox of 50,000 messages, for comparison in the same run.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::Row;
use crate::pty::Session;

const MESSAGES: usize = 50_000;

fn neomutt() -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join("neomutt"))
        .find(|p| p.exists())
}

/// Starts neomutt on the mailbox, if it is installed.
pub fn open(root: &Path) -> Option<Session> {
    let program = neomutt()?;
    let mbox = root.join("mbox");
    if !mbox.exists() {
        write(&mbox);
    }
    let rc = root.join("neomuttrc");
    std::fs::write(
        &rc,
        "set quit=yes\nset folder=/tmp\nset spoolfile=/dev/null\nset mark_old=no\nset sort=date\nset wait_key=no\nset record=\"\"\n",
    )
    .ok()?;
    let (mbox, rc) = (
        mbox.to_string_lossy().into_owned(),
        rc.to_string_lossy().into_owned(),
    );
    Some(Session::spawn(
        &program,
        &["-n", "-R", "-F", &rc, "-f", &mbox],
        &[],
        120,
        40,
    ))
}

fn write(path: &Path) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).expect("a mailbox"));
    let mut text = String::new();
    for n in 0..MESSAGES {
        text.clear();
        let (day, hour, minute) = (1 + n % 28, n / 28 % 24, n % 60);
        let _ = write!(
            text,
            "From caller{n}@example.org Sun Nov  1 {hour:02}:{minute:02}:00 2026\nFrom: Caller {n} <caller{n}@example.org>\n\
             To: desk@example.org\nSubject: Complaint {n}: the line stood still\nDate: Sun, {day} Nov 2026 {hour:02}:{minute:02}:00 +0000\n\
             Message-ID: <{n}@example.org>\n\nI waited and nobody said why. This is message {n}.\n\n"
        );
        out.write_all(text.as_bytes()).expect("room on the disk");
    }
}

/// Waits until the index is painted.
pub fn ready(session: &mut Session) -> Duration {
    let at = session
        .wait_for("Complaint", Duration::from_secs(60))
        .expect("neomutt's index");
    let spawned = session.spawned;
    let last = session
        .settle(Duration::from_millis(60), Duration::from_secs(10))
        .map_or(at, |(at, _)| at);
    last.duration_since(spawned)
}

/// The row of neomutt that stands beside the row of this name.
pub fn row(name: &str) -> Option<Row> {
    Some(match name {
        "one row down" => Row {
            name: "one row down",
            before: &["="],
            keys: &["j"],
            after: &[],
        },
        "page down/up" => Row {
            name: "page",
            before: &["="],
            keys: &["z", "z", "z", "Z"],
            after: &[],
        },
        "open a ticket, back" => Row {
            name: "open",
            before: &["="],
            keys: &["\r", "i"],
            after: &[],
        },
        _ => return None,
    })
}
