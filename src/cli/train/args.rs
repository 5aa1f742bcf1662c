//! The arguments of the training commands that need no screen.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::WordsArg;

/// What `balm train list` needs.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Scenarios of one's own, in addition to those that ship with balm.
    #[arg(long, value_name = "DIR")]
    pub scenarios: Option<PathBuf>,
}

/// What `balm train new` needs.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The closed ticket: its number or its id.
    #[arg(long, value_name = "TICKET")]
    pub from: String,
    /// The live data folder it is in (default: as for every command); it is only read.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The file to write; its name is the scenario's id in small letters (default: one of its own, here).
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// What `balm train run` needs.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The scenario's id, such as SIM-01.
    #[arg(value_name = "SCENARIO")]
    pub scenario: String,
    /// The customer's dice; the same seed and lines give the same bytes.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// How hard it is, 0 to 5.
    #[arg(long, value_name = "L", default_value_t = 3, value_parser = clap::value_parser!(u8).range(0..=5))]
    pub level: u8,
    /// What the agent says: JSONL, a string or {"text","think_ms"} a line; `-` or nothing is standard input.
    #[arg(long, value_name = "FILE")]
    pub input: Option<PathBuf>,
    /// The language of the talk (default: that of the program).
    #[arg(long, value_name = "LANG")]
    pub words: Option<WordsArg>,
    /// Scenarios of one's own, in addition to those that ship with balm.
    #[arg(long, value_name = "DIR")]
    pub scenarios: Option<PathBuf>,
    /// Without the small noise of moods.
    #[arg(long)]
    pub calm: bool,
}
