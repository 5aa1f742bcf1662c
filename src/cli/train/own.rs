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
    for (name, text) in folder(dir)? {
        let scenario = read(&name, &text, &cx.policy.taxonomy)?;
        all.retain(|s| s.id != scenario.id);
        all.push(scenario);
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(all)
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
