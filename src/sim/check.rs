//! What is wrong with scenarios, for `balm check`: what parsing lets through and would still play badly. Problems have the form
//! of `coach::check`; their words are in the locale files under `check-<rule>` and `check-<rule>-do`.

mod chance;
mod lines;
mod plays;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use chance::{Tally, tally};

use super::lesson::Rate;
use super::play::Stage;
use super::scenario::Scenario;
use crate::coach::check::Problem;
use crate::coach::content::File;
use crate::domain::calendar::Calendar;
use crate::domain::taxonomy::Taxonomy;
use crate::domain::time::Ms;

/// Every rule, by its stable name.
pub const RULES: &[&str] = &[
    "sim-unusable",
    "sim-twice",
    "sim-few-lines",
    "sim-wrong-language",
    "sim-long-line",
    "sim-opening-tells",
    "sim-unreachable-line",
    "sim-few-exemplars",
    "sim-exemplar-unheard",
    "sim-few-facts",
    "sim-unknown-need",
    "sim-no-second-caller",
    "sim-storm-late",
    "sim-no-trap",
    "sim-need-unreachable",
    "sim-end-unreachable",
    "sim-dead-end",
    "sim-money-wins",
    "sim-act-without-effect",
    "sim-agent-wins",
    "sim-agent-fails",
    "sim-agents-out-of-order",
    "sim-draft",
];

/// How thoroughly scenarios are played.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effort {
    /// Random plays a scenario (issue 4, Accept 1: 20,000 before it is published).
    pub plays: u32,
    /// Seeds for each of the three agents and languages.
    pub seeds: u32,
}

impl Effort {
    /// Quick enough for every `balm check`.
    pub const QUICK: Self = Self {
        plays: 1_500,
        seeds: 20,
    };
    /// Before a scenario is published.
    pub const THOROUGH: Self = Self {
        plays: 20_000,
        seeds: 100,
    };
}

/// What a check needs beside the scenarios.
#[derive(Clone, Debug)]
pub struct Bench<'a> {
    /// What plays share.
    pub stage: Arc<Stage>,
    /// The calendar of promised times.
    pub calendar: &'a Calendar,
    /// When plays begin.
    pub began: Ms,
    /// How thoroughly.
    pub effort: Effort,
}

/// Gathers problems of one file.
struct Report<'a> {
    file: &'a File<'a>,
    out: BTreeSet<Problem>,
}

impl Report<'_> {
    /// Adds a problem at the first line on which `mark` stands.
    fn add(&mut self, mark: &str, rule: &'static str, args: &[(&'static str, &str)]) {
        let at = self.file.text.find(mark).unwrap_or(0);
        let line = 1 + self.file.text.as_bytes()[..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        self.out.insert(Problem {
            file: self.file.name.to_owned(),
            line,
            rule,
            args: args.iter().map(|(n, v)| (*n, (*v).to_owned())).collect(),
        });
    }
}

/// Everything wrong with these files of scenarios, by file and line.
#[must_use]
pub fn check(bench: &Bench<'_>, files: &[File<'_>], taxonomy: &Taxonomy) -> Vec<Problem> {
    let mut out = BTreeSet::new();
    let mut read: Vec<(File<'_>, Arc<Scenario>)> = Vec::new();
    for file in files {
        let mut report = Report {
            file,
            out: BTreeSet::new(),
        };
        match Scenario::parse(file, taxonomy) {
            Ok(scenario) if read.iter().any(|(_, s)| s.id == scenario.id) => {
                report.add(&scenario.id, "sim-twice", &[("what", &scenario.id)]);
            }
            Ok(scenario) => read.push((*file, Arc::new(scenario))),
            Err(bad) => {
                let what = format!("{}: {}", bad.entry, bad.what);
                let line = bad.entry.strip_prefix("line ").map(str::to_owned);
                report.add(
                    bad.entry.split_whitespace().next().unwrap_or_default(),
                    "sim-unusable",
                    &[("what", &what), ("known", &bad.remedy)],
                );
                // The parser knows its line better than a search does.
                if let Some(line) = line.and_then(|l| l.parse().ok()) {
                    report.out = report
                        .out
                        .into_iter()
                        .map(|p| Problem { line, ..p })
                        .collect();
                }
            }
        }
        out.append(&mut report.out);
    }
    let ids: BTreeSet<&str> = read.iter().map(|(_, s)| &s.id[..]).collect();
    for (file, scenario) in &read {
        out.append(&mut played(bench, file, scenario, &ids).0);
    }
    out.into_iter().collect()
}

/// What a check of one scenario found.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Its name; none when it cannot be read.
    pub id: Option<String>,
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// How the three agents do, by language, then agent (issue 4, Accept 2).
    pub rates: Vec<Rate>,
}

/// Everything wrong with one of these files, and how its three agents do.
#[must_use]
pub fn check_one(
    bench: &Bench<'_>,
    file: &File<'_>,
    files: &[File<'_>],
    taxonomy: &Taxonomy,
) -> Checked {
    let Ok(scenario) = Scenario::parse(file, taxonomy) else {
        return Checked {
            problems: check(bench, &[*file], taxonomy),
            ..Checked::default()
        };
    };
    let id = scenario.id.clone();
    let all: Vec<Scenario> = files
        .iter()
        .filter_map(|f| Scenario::parse(f, taxonomy).ok())
        .collect();
    let ids: BTreeSet<&str> = all.iter().map(|s| &s.id[..]).collect();
    let (mut out, rates) = played(bench, file, &Arc::new(scenario), &ids);
    let same = |s: &&Scenario| Scenario::parse(file, taxonomy).is_ok_and(|me| me.id == s.id);
    if all.iter().filter(same).count() > 1 {
        let mut report = Report {
            file,
            out: BTreeSet::new(),
        };
        report.add("id = ", "sim-twice", &[("what", file.name)]);
        out.append(&mut report.out);
    }
    Checked {
        id: Some(id),
        problems: out.into_iter().collect(),
        rates,
    }
}

/// What is wrong with a scenario that can be read: its lines, its storms, its exemplars, and what happens when it is played; and
/// how its three agents do.
fn played(
    bench: &Bench<'_>,
    file: &File<'_>,
    scenario: &Arc<Scenario>,
    ids: &BTreeSet<&str>,
) -> (BTreeSet<Problem>, Vec<Rate>) {
    let mut report = Report {
        file,
        out: BTreeSet::new(),
    };
    lines::check(scenario, &mut report);
    lines::storms(scenario, ids, &mut report);
    lines::exemplars(bench, scenario, &mut report);
    let rates = plays::check(bench, scenario, &mut report);
    (report.out, rates)
}
