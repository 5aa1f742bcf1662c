//! `balm doctor`: looks whether everything this machine needs is there. `balm doctor keys`: which keys arrive.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use crossterm::event::{self, Event, KeyEventKind};
use crossterm::terminal;

use super::args::DoctorTopic;
use super::error::CliError;
use super::place;
use super::{Cx, say};
use crate::app::event::Key;
use crate::app::keymap::Keymap;
use crate::domain::time::local;
use crate::log::sqlite::{LogOptions, SqliteLog};
use crate::server::lock::{self, Found};
use crate::text::locale::Arg;
use crate::text::pad;
use crate::{config, shell, task};

/// How long a key may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs the examination.
///
/// # Errors
/// When something is not good, after everything was looked at.
pub fn run(cx: &Cx, topic: Option<DoctorTopic>, data: Option<&Path>) -> Result<(), CliError> {
    match topic {
        Some(DoctorTopic::Keys) => keys(cx),
        None => machine(cx, &cx.data(data)),
    }
}

fn machine(cx: &Cx, dir: &Path) -> Result<(), CliError> {
    let mut bad = 0;
    let mut tell = |key: &str, found: Result<String, String>| -> Result<(), CliError> {
        let (word, detail) = match found {
            Ok(detail) => (cx.locale.t("cli-doctor-ok"), detail),
            Err(detail) => {
                bad += 1;
                (cx.locale.t("cli-doctor-bad"), detail)
            }
        };
        say::line(&format!(
            "{} {} {detail}",
            pad(&cx.locale.t(key), 18),
            pad(&word, 10)
        ))?;
        Ok(())
    };
    tell("cli-doctor-terminal", terminal_found())?;
    tell("cli-doctor-encoding", encoding())?;
    tell(
        "cli-doctor-folder",
        config::prepare(dir)
            .map(|f| f.path().display().to_string())
            .map_err(|e| e.to_string()),
    )?;
    tell("cli-doctor-log", log_found(dir))?;
    tell("cli-doctor-calendar", calendar(cx))?;
    let content = cx.coach.content().entries.len();
    tell(
        "cli-doctor-content",
        Ok(format!("{} / {content}", cx.policy.taxonomy.items.len())),
    )?;
    let keys = config::config_dir()
        .map(|d| d.join("keymap.toml"))
        .filter(|f| f.exists());
    tell(
        "cli-doctor-keymap",
        keys.map_or(Ok("-".to_owned()), |f| own_keys(&f)),
    )?;
    if bad > 0 {
        Err(CliError::new("cli-doctor-found").with("count", bad))
    } else {
        Ok(())
    }
}

fn terminal_found() -> Result<String, String> {
    let name = std::env::var("TERM").unwrap_or_default();
    if !std::io::stdout().is_terminal() || name.is_empty() || name == "dumb" {
        return Err(format!("TERM={name}"));
    }
    let (cols, rows) = terminal::size().map_err(|e| e.to_string())?;
    let found = format!("{name} {cols}x{rows}");
    if cols < 60 || rows < 16 {
        Err(found)
    } else {
        Ok(found)
    }
}

fn encoding() -> Result<String, String> {
    let tag = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|n| std::env::var(n).ok())
        .find(|v| !v.is_empty());
    let tag = tag.unwrap_or_default();
    let folded = tag.to_lowercase().replace('-', "");
    if folded.contains("utf8") {
        Ok(tag)
    } else {
        Err(format!("LANG={tag}"))
    }
}

fn log_found(dir: &Path) -> Result<String, String> {
    let file = place::log_file(dir);
    if !file.exists() {
        return Ok("-".to_owned());
    }
    match lock::acquire(dir).map_err(|e| e.to_string())? {
        Found::Running { addr, pid } => {
            Ok(addr.map_or_else(|| format!("pid {pid}"), |a| a.to_string()))
        }
        Found::Ours(_lock) => {
            let log = SqliteLog::open(&file, LogOptions::default()).map_err(|e| e.to_string())?;
            log.close_blocking();
            Ok(file.display().to_string())
        }
    }
}

/// Whether this year and the next have holiday data; a provisional year is said.
fn calendar(cx: &Cx) -> Result<String, String> {
    let calendar = &cx.policy.calendar;
    let year = local(task::now_ms(), calendar.zone()).year();
    let mut found = Vec::new();
    for year in [year, year + 1] {
        if !calendar.years().any(|y| y == year) {
            return Err(format!("{year}: -"));
        }
        let mark = if calendar.is_provisional(year) {
            " (provisional)"
        } else {
            ""
        };
        found.push(format!("{year}{mark}"));
    }
    Ok(found.join(", "))
}

fn own_keys(file: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(file).map_err(|e| e.to_string())?;
    let shipped = Keymap::shipped().map_err(|e| e.to_string())?;
    shipped
        .with(&text)
        .map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(file.display().to_string())
}

/// What became of one key.
enum Pressed {
    Arrived,
    Other(String),
    Missing,
    Enough,
}

fn keys(cx: &Cx) -> Result<(), CliError> {
    if !std::io::stdin().is_terminal() {
        return Err(CliError::new("cli-no_terminal"));
    }
    let keymap = Keymap::shipped().map_err(|e| CliError::new("cli-content").with("what", e))?;
    let wanted = keymap.every_key();
    say::line(&cx.locale.t("cli-keys-start"))?;
    let mut missing = Vec::new();
    for (key, action) in &wanted {
        let what = cx.locale.t(&action.name_key());
        let args = [
            ("key", Arg::from(key.to_string())),
            ("what", Arg::from(what)),
        ];
        let mut out = std::io::stdout().lock();
        write!(out, "{} ", cx.locale.t_args("cli-keys-press", &args))?;
        out.flush()?;
        let pressed = press(*key)?;
        let word = match &pressed {
            Pressed::Arrived => cx.locale.t("cli-keys-arrived"),
            Pressed::Other(found) => cx
                .locale
                .t_args("cli-keys-other", &[("key", Arg::from(found))]),
            Pressed::Missing => cx.locale.t("cli-keys-missing"),
            Pressed::Enough => String::new(),
        };
        writeln!(out, "{word}")?;
        match pressed {
            Pressed::Arrived => {}
            Pressed::Enough => break,
            Pressed::Other(_) | Pressed::Missing => missing.push(key.to_string()),
        }
    }
    let all = wanted.len();
    if missing.is_empty() {
        say::line(&cx.locale.t_args("cli-keys-all", &[("all", Arg::from(all))]))?;
    } else {
        let args = [
            ("all", Arg::from(all)),
            ("missing", Arg::from(missing.len())),
            ("names", Arg::from(missing.join(", "))),
        ];
        say::line(&cx.locale.t_args("cli-keys-summary", &args))?;
    }
    Ok(())
}

/// Waits for one key in raw mode. Ctrl-Q ends early, unless it is the key asked for.
fn press(wanted: Key) -> Result<Pressed, CliError> {
    terminal::enable_raw_mode()?;
    let read = read_key();
    terminal::disable_raw_mode()?;
    Ok(match read? {
        None => Pressed::Missing,
        Some(key) if key == wanted => Pressed::Arrived,
        Some(key) if key == Key::ctrl('q') => Pressed::Enough,
        Some(key) => Pressed::Other(key.to_string()),
    })
}

fn read_key() -> std::io::Result<Option<Key>> {
    let end = task::instant() + PATIENCE;
    loop {
        let left = end.saturating_duration_since(task::instant());
        if left.is_zero() || !event::poll(left)? {
            return Ok(None);
        }
        if let Event::Key(pressed) = event::read()?
            && pressed.kind != KeyEventKind::Release
            && let Some(key) = shell::key(pressed)
        {
            return Ok(Some(key.normal()));
        }
    }
}
