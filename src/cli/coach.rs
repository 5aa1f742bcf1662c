//! `balm coach`: measuring the coach on lines of JSON, and training its model.

use std::io::{BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::args::{CoachCommand, TrainArgs};
use super::error::CliError;
use super::place::Door;
use super::{Cx, say};
use crate::api::wire::Change;
use crate::client::Client;
use crate::coach::content::Content;
use crate::coach::measured::{self, Measured};
use crate::coach::model::closings::Closings;
use crate::coach::model::corpus::{self, Example};
use crate::coach::model::train;
use crate::coach::{Coach, LintContext, read};
use crate::config;
use crate::domain::vocabulary::Channel;
use crate::task;
use crate::text::locale::Arg;

/// The model of a data folder.
pub const MODEL: &str = "model.bin";

/// Events in one page.
const PAGE: u32 = 1000;

/// Longest line that is read, bytes; a message is never that long.
const LONGEST: u64 = 4 << 20;

/// Runs one of the coach's commands.
///
/// # Errors
/// When a file, the folder or standard output cannot be used, or when a line was bad.
pub fn run(cx: &Cx, what: &CoachCommand) -> Result<(), CliError> {
    match what {
        CoachCommand::Read { model } => {
            let coach = match model {
                None => cx.coach.clone(),
                Some(file) => taught(file)?,
            };
            lines(cx, |raw| {
                read::wire::line(coach.content(), raw).map_err(|e| e.to_string())
            })
        }
        CoachCommand::Lint => lint(cx),
        CoachCommand::Train(args) => train(cx, args),
    }
}

/// Labels replies, and names the rules that a turn in the middle of a calm contact breaks.
fn lint(cx: &Cx) -> Result<(), CliError> {
    let measured = Measured::shipped().map_err(|e| CliError::new("cli-content").with("what", e))?;
    let (zone, now) = (cx.policy.calendar.zone(), task::now_ms());
    lines(cx, |raw| {
        measured::wire::answer_line(&measured, raw, |reply| {
            let situation = LintContext::new(reply.language(), Channel::Chat, now, zone);
            let linted = cx.coach.lint(&reply.text, &situation);
            linted.findings.iter().map(|f| f.rule.to_owned()).collect()
        })
        .map_err(|e| e.to_string())
    })
}

/// The coach with the model of this file.
///
/// # Errors
/// When the file cannot be read or is no model of this version.
pub fn taught(file: &Path) -> Result<Coach, CliError> {
    let bytes = std::fs::read(file).map_err(|e| CliError::file(file, &e))?;
    Coach::taught(bytes).map_err(|e| {
        CliError::new("cli-model")
            .with("path", file.display())
            .with("what", e.what)
    })
}

/// Answers each line of standard input. A bad line is told with its number and left out; the exit code tells at the end.
fn lines(cx: &Cx, answer: impl Fn(&str) -> Result<String, String>) -> Result<(), CliError> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut input = std::io::stdin().lock();
    let mut bad = 0_u64;
    let mut raw = Vec::new();
    for number in 1_u64.. {
        raw.clear();
        if input.read_until(b'\n', &mut raw)? == 0 {
            break;
        }
        let answered = match std::str::from_utf8(&raw) {
            _ if raw.len() as u64 > LONGEST => Err(cx.locale.t("cli-line-long")),
            Err(_) => Err(cx.locale.t("cli-line-utf8")),
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => answer(text.trim_end()),
        };
        match answered {
            Ok(line) => writeln!(out, "{line}")?,
            Err(what) => {
                bad += 1;
                let args = [("line", Arg::from(number)), ("what", Arg::from(what))];
                say::remark(&cx.locale.t_args("cli-line-bad", &args));
            }
        }
    }
    out.flush()?;
    if bad > 0 {
        return Err(CliError::new("cli-lines_bad").with("count", bad));
    }
    Ok(())
}

fn train(cx: &Cx, args: &TrainArgs) -> Result<(), CliError> {
    let content = Content::untaught().map_err(|e| CliError::new("cli-content").with("what", e))?;
    let mut examples = Vec::new();
    for file in files(&args.from)? {
        examples.extend(file_lines(&file)?);
    }
    if let Some(dir) = &args.closings {
        let own = closings(cx, dir, &content)?;
        let count = [("count", Arg::from(own.len() as u64))];
        say::remark(&cx.locale.t_args("cli-closings", &count));
        examples.extend(own);
    }
    if examples.is_empty() {
        return Err(CliError::new("cli-no_lines"));
    }
    let bytes = train::train(&content, &examples, &train::Settings::default());
    std::fs::write(&args.out, &bytes).map_err(|e| CliError::file(&args.out, &e))?;
    let told = [
        ("lines", Arg::from(examples.len() as u64)),
        ("bytes", Arg::from(bytes.len() as u64)),
        ("path", Arg::from(args.out.display().to_string())),
    ];
    say::remark(&cx.locale.t_args("cli-trained", &told));
    Ok(())
}

/// The named files; of a folder every `.jsonl` in it. By name, so that the order does not hang on the disk.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut out = Vec::new();
    for path in named {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|e| CliError::file(path, &e))?;
        for entry in entries {
            let file = entry.map_err(|e| CliError::file(path, &e))?.path();
            if file.extension().is_some_and(|e| e == "jsonl") {
                out.push(file);
            }
        }
    }
    out.sort_by(|a, b| a.file_name().cmp(&b.file_name()).then(a.cmp(b)));
    Ok(out)
}

fn file_lines(file: &Path) -> Result<Vec<Example>, CliError> {
    let text = std::fs::read_to_string(file).map_err(|e| CliError::file(file, &e))?;
    corpus::parse(&file.display().to_string(), &text)
        .map_err(|e| CliError::new("cli-training").with("what", e))
}

/// What the log of a data folder teaches. The folder's own server is asked, as by every other command.
fn closings(cx: &Cx, dir: &Path, content: &Content) -> Result<Vec<Example>, CliError> {
    if !dir.is_dir() {
        return Err(CliError::new("cli-not_found").with("what", dir.display()));
    }
    let folder = config::prepare(dir)?;
    let runtime = cx.runtime()?;
    let gathered = runtime.block_on(async {
        let door = Door::open(cx, folder.path()).await?;
        let done = match door.client(folder.path()) {
            Ok(client) => gather(&client).await,
            Err(e) => Err(e),
        };
        door.close().await;
        done
    })?;
    Ok(gathered.examples(content))
}

async fn gather(client: &Client) -> Result<Closings, CliError> {
    let mut out = Closings::default();
    let mut after: Option<String> = None;
    loop {
        let page = client.feed(after.as_deref(), PAGE).await?;
        for item in page.items {
            if let Change::Event { event } = item.change {
                out.take(&event);
            }
        }
        if !page.more {
            return Ok(out);
        }
        after = Some(page.next);
    }
}
