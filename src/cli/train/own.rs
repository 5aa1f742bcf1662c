//! The scenarios that a training has: those that ship with balm, and those of a folder of one's own.

use std::path::Path;

use crate::cli::Cx;
use crate::cli::check::folder;
use crate::cli::error::CliError;
use crate::coach::content::File;
use crate::domain::taxonomy::Taxonomy;
use crate::sim::Scenario;

/// The shipped scenarios and those of a folder, in the order of their ids; one of the folder takes the place of a shipped one of
/// the same id.
///
/// # Errors
/// When the folder cannot be read, or a file in it cannot be played: with file, place and remedy.
pub fn scenarios(cx: &Cx, own: Option<&Path>) -> Result<Vec<Scenario>, CliError> {
    let mut all = Scenario::shipped(&cx.policy.taxonomy)
        .map_err(|e| CliError::new("cli-content").with("what", e))?;
    let Some(dir) = own else { return Ok(all) };
    let mut files = folder(dir)?;
    files.retain(|(_, text)| is_scenario(text));
    if files.is_empty() {
        return Err(CliError::new("train-own-none").with("path", dir.display()));
    }
    for (name, text) in files {
        let scenario = read(&name, &text, &cx.policy.taxonomy)?;
        all.retain(|s| s.id != scenario.id);
        all.push(scenario);
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all)
}

/// Whether a file is meant as a scenario, readable or not: what no other content has, the person and what the person says. A file
/// with a mistake in it is still one, so that the mistake can be told.
pub(in crate::cli) fn is_scenario(text: &str) -> bool {
    text.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .any(|line| matches!(line, "[persona]" | "[[say]]"))
}

fn read(name: &str, text: &str, taxonomy: &Taxonomy) -> Result<Scenario, CliError> {
    Scenario::parse(&File { name, text }, taxonomy).map_err(|bad| {
        CliError::new("train-own")
            .with("file", name)
            .with("entry", bad.entry)
            .with("what", bad.what)
            .with("remedy", bad.remedy)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_scenario_is_one_and_no_other_content_is() {
        for file in Scenario::shipped_files() {
            assert!(is_scenario(file.text), "{}", file.name);
        }
        for file in crate::coach::check::Pack::shipped().sources.files() {
            assert!(!is_scenario(file.text), "{}", file.name);
        }
        // A mistake does not make it something else.
        assert!(is_scenario(
            "id = \n[persona] # a person\nirritability = \"x"
        ));
        assert!(!is_scenario("# [persona]\n[need]\n"));
    }
}
