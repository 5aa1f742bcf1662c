//! `balm check`: everything wrong with content, the shipped one or a folder laid over it, with file, line and remedy.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::CheckArgs;
use super::error::CliError;
use super::{Cx, say};
use crate::coach::check::{Pack, Problem, check};
use crate::coach::content::File;
use crate::domain::scorecard::{self, Card, Fault};
use crate::domain::taxonomy::Taxonomy;
use crate::sim::check::{Bench, Checked, Effort};
use crate::sim::score::Criterion;
use crate::sim::{self, Scenario, Stage};
use crate::task;
use crate::text::locale::{Arg, Locale};
use crate::text::{SafeText, pad};

/// The most bytes of one content file.
const LARGEST: u64 = 8 << 20;

/// Where scenarios lie below a folder of content.
const SCENARIOS: &str = "sim/scenarios/";

/// How deep folders of content lie: `lexicon/tests/`.
const DEEPEST: usize = 3;

/// Prints what is wrong.
///
/// # Errors
/// When anything is wrong, after everything was told; when the folder cannot be read.
pub fn run(cx: &Cx, args: &CheckArgs) -> Result<(), CliError> {
    let mut texts = Vec::new();
    if let Some(dir) = &args.dir {
        texts = folder(dir)?;
    }
    if args.scenarios {
        let (problems, files) = scenarios(cx, args, &texts)?;
        return told(cx, args, &problems, files);
    }
    let mut pack = Pack::shipped();
    for (name, text) in &texts {
        pack.lay(File { name, text });
    }
    let zone = cx.policy.calendar.zone();
    let problems = check(&pack, task::now_ms(), zone)
        .map_err(|e| CliError::new("cli-content").with("what", e))?;
    let mut problems = problems;
    let own = texts.iter().find(|(name, _)| name == Card::FILE);
    problems.extend(card(own.map_or(Card::SHIPPED, |(_, text)| text)));
    told(cx, args, &problems, pack.sources.files().len() + 1)
}

/// What is wrong with a scorecard: by itself, and where it names a skill that no training run has.
fn card(text: &str) -> Vec<Problem> {
    let mut faults = scorecard::check(text);
    if faults.is_empty()
        && let Ok(card) = Card::parse(text)
    {
        let skills = Criterion::ALL.map(Criterion::as_str);
        let lost = card
            .items
            .iter()
            .filter(|i| !skills.contains(&i.drill.as_str()));
        faults.extend(lost.map(|item| Fault {
            line: line_of(text, &item.id),
            rule: "card-drill",
            what: item.drill.clone(),
            of: item.id.clone(),
        }));
    }
    faults.into_iter().map(problem).collect()
}

/// The line on which an item of a card begins.
fn line_of(text: &str, id: &str) -> usize {
    let name = format!("id = \"{id}\"");
    1 + text.lines().position(|l| l.trim() == name).unwrap_or(0)
}

fn problem(fault: Fault) -> Problem {
    Problem {
        file: Card::FILE.to_owned(),
        line: fault.line,
        rule: fault.rule,
        args: vec![
            ("what", fault.what),
            ("of", fault.of),
            ("known", Criterion::ALL.map(Criterion::as_str).join(", ")),
        ],
    }
}

/// Tells what was found in so many files.
fn told(cx: &Cx, args: &CheckArgs, problems: &[Problem], files: usize) -> Result<(), CliError> {
    for problem in problems {
        tell(cx, problem, args)?;
    }
    if problems.is_empty() {
        if !args.json {
            let files = Arg::from(files);
            say::line(&cx.locale.t_args("cli-check-good", &[("files", files)]))?;
        }
        return Ok(());
    }
    Err(CliError::new("cli-check-found").with("count", problems.len()))
}

/// What is wrong with the training scenarios, those of the folder over those that ship, and how many files there are.
fn scenarios(
    cx: &Cx,
    args: &CheckArgs,
    texts: &[(String, String)],
) -> Result<(Vec<Problem>, usize), CliError> {
    let bad = |e| CliError::new("cli-content").with("what", e);
    let mut files: Vec<File<'_>> = Scenario::shipped_files();
    // A folder laid out like the shipped content, or without scenarios: everything is checked, its own laid over what ships. A
    // folder of scenarios: only those.
    let mut own: Vec<&(String, String)> = texts.iter().collect();
    own.retain(|(name, text)| name.starts_with(SCENARIOS) || super::train::is_scenario(text));
    let laid = own.is_empty() || own.iter().any(|(name, _)| name.starts_with(SCENARIOS));
    for (name, text) in &own {
        let last = |name: &str| name.rsplit('/').next().map(str::to_owned);
        files.retain(|f| last(f.name) != last(name));
        files.push(File { name, text });
    }
    let from = if laid { 0 } else { files.len() - own.len() };
    let zone = cx.policy.calendar.zone().clone();
    let bench = Bench {
        stage: Arc::new(Stage::shipped(cx.coach.clone(), zone).map_err(bad)?),
        calendar: &cx.policy.calendar,
        began: super::train::BEGAN,
        effort: if args.thorough {
            Effort::THOROUGH
        } else {
            Effort::QUICK
        },
    };
    let taxonomy = Taxonomy::shipped().map_err(|e| CliError::new("cli-content").with("what", e))?;
    let mut out = Vec::new();
    // One file after another, so that a long check is seen to go on and can be interrupted.
    let chosen = files.get(from..).unwrap_or_default();
    for (at, file) in chosen.iter().enumerate() {
        if !args.json && args.thorough {
            let (done, all) = (Arg::from(at), Arg::from(chosen.len()));
            say::remark(
                &cx.locale
                    .t_args("cli-check-at", &[("done", done), ("all", all)]),
            );
        }
        let found = sim::check::check_one(&bench, file, &files, &taxonomy);
        if !args.json && args.thorough {
            figures(cx, &found)?;
        }
        out.extend(found.problems);
    }
    Ok((out, chosen.len()))
}

/// How often each of the three agents won this customer over, and how angry the customer was at the end; a line a language.
fn figures(cx: &Cx, found: &Checked) -> Result<(), CliError> {
    for of_lang in found.rates.chunk_by(|a, b| a.lang == b.lang) {
        let agents = of_lang.iter().map(|rate| {
            let name = cx.locale.t(&format!("agent-kind-{}", rate.kind.as_str()));
            let args = [
                ("agent", Arg::from(name)),
                ("resolved", Arg::from(rate.resolved)),
                ("of", Arg::from(rate.of)),
                ("anger", Arg::from(rate.anger.rounded())),
            ];
            cx.locale.t_args("cli-check-agent", &args)
        });
        let agents: Vec<String> = agents.collect();
        let id = found.id.as_deref().unwrap_or_default();
        let lang = of_lang.first().map_or("", |rate| rate.lang.code());
        say::line(&format!("{id} {lang}  {}", agents.join("  ")))?;
    }
    Ok(())
}

/// What is wrong and what to do, in the words of this locale.
pub(super) fn worded(locale: &Locale, problem: &Problem) -> [String; 2] {
    let clean = |text: &str| SafeText::clean_line(text).as_str().to_owned();
    let named: Vec<(&str, Arg<'_>)> = ["what", "of", "known"]
        .into_iter()
        .map(|name| {
            let value = problem.args.iter().find(|(n, _)| *n == name);
            (
                name,
                Arg::from(value.map_or_else(String::new, |(_, v)| clean(v))),
            )
        })
        .collect();
    [
        format!("check-{}", problem.rule),
        format!("check-{}-do", problem.rule),
    ]
    .map(|key| locale.t_args(&key, &named))
}

fn tell(cx: &Cx, problem: &Problem, args: &CheckArgs) -> Result<(), CliError> {
    let clean = |text: &str| SafeText::clean_line(text).as_str().to_owned();
    let [what, remedy] = worded(&cx.locale, problem);
    let file = match &args.dir {
        Some(dir) if dir.join(&problem.file).is_file() => {
            clean(&dir.join(&problem.file).display().to_string())
        }
        _ => clean(&problem.file),
    };
    if args.json {
        let row = serde_json::json!({
            "file": file,
            "line": problem.line,
            "rule": problem.rule,
            "message": what,
            "remedy": remedy,
        });
        say::line(&row.to_string())?;
    } else {
        say::line(&format!(
            "{file}:{}: {what} [{}]",
            problem.line, problem.rule
        ))?;
        say::line(&format!("{}{remedy}", pad("", 4)))?;
    }
    Ok(())
}

/// The TOML files below a folder with their texts, by their names below it.
///
/// # Errors
/// When one cannot be read, or is larger than any content.
pub(super) fn folder(dir: &Path) -> Result<Vec<(String, String)>, CliError> {
    let mut out = Vec::new();
    read(dir, "", 0, &mut out)?;
    Ok(out)
}

fn read(
    dir: &Path,
    below: &str,
    depth: usize,
    out: &mut Vec<(String, String)>,
) -> Result<(), CliError> {
    let bad = |path: &Path, e: &std::io::Error| CliError::file(path, e);
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)
        .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect())
        .map_err(|e| bad(dir, &e))?;
    entries.sort();
    for path in entries {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
            continue;
        };
        let name = format!("{below}{name}");
        if path.is_dir() && depth < DEEPEST {
            read(&path, &format!("{name}/"), depth + 1, out)?;
        } else if name.ends_with(".toml") {
            let size = std::fs::metadata(&path).map_err(|e| bad(&path, &e))?.len();
            if size > LARGEST {
                return Err(bad(&path, &std::io::ErrorKind::FileTooLarge.into()));
            }
            let text = std::fs::read_to_string(&path).map_err(|e| bad(&path, &e))?;
            out.push((name, text));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
