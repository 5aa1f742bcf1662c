//! `balm train`: training, alone or in a class on the real console, and without a screen: the list of scenarios, and runs of a
//! file of lines for tests, authors and measuring.

mod alone;
mod args;
mod link;
mod model;
mod new;
mod own;
mod room;

use std::io::Read;
use std::sync::Arc;

use super::args::{TrainAloneArgs, TrainCommand};
use super::error::CliError;
use super::{Cx, say};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::sim::engine::Setup;
use crate::sim::{Stage, headless};
use crate::text::SafeText;

pub(super) use own::is_scenario;

pub use args::{ListArgs, NewArgs, RunArgs};

/// When every run without a screen begins: Wednesday, 11 March 2026, 14:20 in China, a working day like the vectors of method
/// 3.3. The same lines and seed give the same bytes on any day.
pub(super) const BEGAN: Ms = Ms(1_773_210_000_000);

/// The most bytes of an input file; nobody talks that long.
const LARGEST: u64 = 4 << 20;

/// Runs one of the training commands.
///
/// # Errors
/// When the scenario is unknown, the input cannot be read, or standard output not be written.
pub fn run(cx: &Cx, alone: &TrainAloneArgs, what: Option<&TrainCommand>) -> Result<(), CliError> {
    match what {
        None => alone::alone(cx, alone),
        Some(TrainCommand::List(args)) => list(cx, args),
        Some(TrainCommand::Run(args)) => play(cx, args),
        Some(TrainCommand::New(args)) => new::run(cx, args),
        Some(TrainCommand::Class(args)) => alone::class(cx, args),
        Some(TrainCommand::Join(args)) => alone::join(cx, args),
    }
}

fn list(cx: &Cx, args: &ListArgs) -> Result<(), CliError> {
    let all = own::scenarios(cx, args.scenarios.as_deref())?;
    for scenario in all {
        let title = scenario.title.get(cx.lang);
        let levels: Vec<String> = scenario.levels.iter().map(ToString::to_string).collect();
        let row = format!(
            "{}  {}  {}  {}",
            scenario.id,
            scenario.item.as_str(),
            levels.join(","),
            SafeText::clean_line(title).as_str()
        );
        say::line(&row)?;
    }
    Ok(())
}

fn play(cx: &Cx, args: &RunArgs) -> Result<(), CliError> {
    let all = own::scenarios(cx, args.scenarios.as_deref())?;
    let zone = cx.policy.calendar.zone().clone();
    let stage = Stage::shipped(cx.coach.clone(), zone)
        .map_err(|e| CliError::new("cli-content").with("what", e))?;
    let wanted = args.scenario.to_uppercase();
    let Some(scenario) = all.into_iter().find(|s| s.id == wanted) else {
        let id = SafeText::clean_line(&args.scenario);
        return Err(CliError::new("cli-scenario").with("id", id.as_str()));
    };
    let text = input(args)?;
    let lines = headless::lines(&text).map_err(|bad| {
        let what = SafeText::clean_line(&bad.what);
        CliError::new("cli-train-line")
            .with("line", bad.line)
            .with("what", what.as_str())
    })?;
    let setup = Setup {
        seed: args.seed,
        level: args.level,
        noise: !args.calm,
    };
    let lang: Lang = args.words.map_or(cx.lang, Into::into);
    let calendar = &cx.policy.calendar;
    let play = headless::run(
        &Arc::new(stage),
        &Arc::new(scenario),
        setup,
        lang,
        calendar,
        BEGAN,
        &lines,
    );
    let outcome = serde_json::to_string_pretty(&headless::outcome(&play))
        .map_err(|e| CliError::new("cli-content").with("what", e))?;
    say::line(&outcome)?;
    Ok(())
}

/// The file of lines, or standard input.
fn input(args: &RunArgs) -> Result<String, CliError> {
    let mut text = String::new();
    match args.input.as_deref().filter(|p| p.as_os_str() != "-") {
        Some(file) => std::fs::File::open(file)
            .and_then(|f| f.take(LARGEST).read_to_string(&mut text))
            .map_err(|e| CliError::file(file, &e))?,
        None => std::io::stdin().take(LARGEST).read_to_string(&mut text)?,
    };
    Ok(text)
}
