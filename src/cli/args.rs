//! The command line: names are stable, measuring and scripts need them.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// 安抚 balm: the terminal console of a complaint hotline.
///
/// Without a command the console starts. Without any configuration it brings its own server and a living demo.
#[derive(Debug, Parser)]
#[command(name = "balm", version, about, long_about = None, disable_help_subcommand = true)]
pub struct Cli {
    /// Everything that is not the console.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What the console needs.
    #[command(flatten)]
    pub desk: DeskArgs,
    /// Write the program's log into this file (never to the screen).
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    /// Language of words: zh-CN or en (default: the system's).
    #[arg(long, global = true, value_name = "TAG")]
    pub lang: Option<String>,
}

/// What the console needs.
#[derive(Debug, Args)]
pub struct DeskArgs {
    /// The data folder (default: the system's place for data of programs).
    #[arg(long, value_name = "DIR", env = "BALM_DATA")]
    pub data: Option<PathBuf>,
    /// Work with this server instead of an own one.
    #[arg(long, value_name = "URL", requires = "token_file")]
    pub server: Option<String>,
    /// The file that holds the token for that server.
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Start with an empty log instead of the demo.
    #[arg(long)]
    pub empty: bool,
    /// Another seed for the demo.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Open as this user of a local server (login), such as a lead of the demo.
    #[arg(long = "as", value_name = "LOGIN", conflicts_with = "server")]
    pub login: Option<String>,
    /// Leave the mouse to the terminal.
    #[arg(long)]
    pub no_mouse: bool,
}

/// What balm can do beside the console.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the team's server.
    Serve(ServeArgs),
    /// Accounts.
    User {
        /// What to do.
        #[command(subcommand)]
        what: UserCommand,
    },
    /// Tokens of accounts.
    Token {
        /// What to do.
        #[command(subcommand)]
        what: TokenCommand,
    },
    /// Write a large plausible log, for measuring.
    Generate(GenerateArgs),
    /// Take tickets in from JSONL or gzipped JSONL; `-` is standard input.
    Import(ImportArgs),
    /// Write everything out as JSONL in canonical order, masked unless --raw.
    Export(ExportArgs),
    /// Copy the log while it is in use.
    Backup(BackupArgs),
    /// Put a copy of the log back.
    Restore(BackupArgs),
    /// Figures.
    Report {
        /// Which.
        #[command(subcommand)]
        what: ReportCommand,
    },
    /// Look whether everything this machine needs is there.
    Doctor {
        /// `keys`: press each bound key once and see which arrive.
        topic: Option<DoctorTopic>,
        /// The data folder.
        #[arg(long, value_name = "DIR", env = "BALM_DATA")]
        data: Option<PathBuf>,
    },
    /// Check content: the shipped one, or a folder laid out like `assets/` over it.
    Check(CheckArgs),
    /// Measure the coach on lines of JSON, and train its model.
    Coach {
        /// What to do.
        #[command(subcommand)]
        what: CoachCommand,
    },
    /// Train with simulated customers, on a console and a server of their own
    Train {
        /// What practising alone needs.
        #[command(flatten)]
        alone: TrainAloneArgs,
        /// Something else than practising alone.
        #[command(subcommand)]
        what: Option<TrainCommand>,
    },
    /// Draw a screen of the demo as SVG on standard output.
    Picture(PictureArgs),
    /// A desk without a screen, driven by JSON lines (tests).
    #[command(hide = true)]
    Headless(super::headless::Args),
}

/// What `balm check` needs.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The folder (default: only the shipped content).
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// As JSON, one finding a line.
    #[arg(long)]
    pub json: bool,
    /// Check the training scenarios instead: read them and play each many times.
    #[arg(long)]
    pub scenarios: bool,
    /// Play each scenario 20,000 times, as before it is published.
    #[arg(long, requires = "scenarios")]
    pub thorough: bool,
}

/// Where a training lives and whom it knows.
#[derive(Clone, Debug, Args)]
pub struct TrainHomeArgs {
    /// The training's own folder (default: the system's place for data, beside the live one); never the live data folder.
    #[arg(long, value_name = "DIR", env = "BALM_TRAINING")]
    pub home: Option<PathBuf>,
    /// Scenarios of one's own, in addition to those that ship with balm.
    #[arg(long, value_name = "DIR")]
    pub scenarios: Option<PathBuf>,
    /// Leave the mouse to the terminal.
    #[arg(long)]
    pub no_mouse: bool,
}

/// What practising alone needs.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TrainAloneArgs {
    /// Where, and with what.
    #[command(flatten)]
    pub home: TrainHomeArgs,
    /// The trainee's name (default: the system's user).
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// Training on the command line.
#[derive(Debug, Subcommand)]
pub enum TrainCommand {
    /// The scenarios: id, item, levels, title.
    List(super::train::ListArgs),
    /// Play a file of an agent's lines to a simulated customer; transcript, states, end and score as JSON on standard output.
    Run(super::train::RunArgs),
    /// Make a scenario file from a closed ticket, masked; it only reads the data folder.
    New(super::train::NewArgs),
    /// Lead a class: one join line per seat, and the trainer's screen.
    Class(TrainClassArgs),
    /// Take a seat in a class.
    Join(TrainJoinArgs),
}

/// What `balm train class` needs.
#[derive(Debug, Args)]
pub struct TrainClassArgs {
    /// Where, and with what.
    #[command(flatten)]
    pub home: TrainHomeArgs,
    /// How many seats.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=200), conflicts_with = "names")]
    pub seats: u16,
    /// The trainees' names, one seat each, divided by commas.
    #[arg(long, value_name = "NAME,..", value_delimiter = ',')]
    pub names: Vec<String>,
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// A proxy in front does TLS: only then may the address be another than loopback.
    #[arg(long)]
    pub behind_proxy: bool,
    /// The address that trainees reach, for the join lines (default: the one listened on).
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Serve the class without the trainer's screen, until told to stop.
    #[arg(long)]
    pub no_screen: bool,
}

/// What `balm train join` needs.
#[derive(Debug, Args)]
pub struct TrainJoinArgs {
    /// The class's address.
    #[arg(value_name = "URL")]
    pub url: String,
    /// The seat's code; it works once.
    #[arg(value_name = "CODE")]
    pub code: String,
    /// Where, and with what.
    #[command(flatten)]
    pub home: TrainHomeArgs,
}

/// A language of talk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum WordsArg {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<WordsArg> for crate::domain::lang::Lang {
    fn from(words: WordsArg) -> Self {
        match words {
            WordsArg::Zh => Self::Zh,
            WordsArg::En => Self::En,
        }
    }
}

/// What `balm serve` needs.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR", env = "BALM_DATA")]
    pub data: Option<PathBuf>,
    /// Where to listen; loopback unless --behind-proxy.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7878")]
    pub listen: SocketAddr,
    /// A proxy with TLS stands in front; then another address than loopback is allowed.
    #[arg(long)]
    pub behind_proxy: bool,
    /// Begin a new log with the living demo of this seed (tests).
    #[arg(long, value_name = "SEED", hide = true)]
    pub demo: Option<u64>,
}

/// The coach on the command line.
#[derive(Debug, Subcommand)]
pub enum CoachCommand {
    /// Read customers' messages: {"id","lang","text"} a line on standard input, what the coach makes of each on standard output.
    Read {
        /// Read with this model instead of the shipped one.
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
    },
    /// Label agents' replies: {"id","lang","text"} a line on standard input, the labels and the lint's rules on standard output.
    Lint,
    /// Train the model; the same lines give the same file. Put it into a data folder as model.bin to work with it.
    Train(TrainArgs),
}

/// What `balm coach train` needs.
#[derive(Debug, Args)]
pub struct TrainArgs {
    /// Labelled JSONL, files or folders of them.
    #[arg(long, value_name = "FILE", num_args = 1.., required_unless_present = "closings")]
    pub from: Vec<PathBuf>,
    /// Learn also from the closed tickets of this data folder whose item a person confirmed.
    #[arg(long, value_name = "DIR")]
    pub closings: Option<PathBuf>,
    /// Where the model goes.
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
}

/// Accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add one.
    Add {
        /// The login.
        name: String,
        /// What it may do.
        #[arg(long, value_name = "R")]
        role: RoleArg,
        /// The name people see (default: the login).
        #[arg(long, value_name = "NAME")]
        display: Option<String>,
        /// Queues it works (default: all).
        #[arg(long = "queue", value_name = "SLUG")]
        queues: Vec<String>,
        /// The data folder.
        #[arg(long, value_name = "DIR", env = "BALM_DATA")]
        data: Option<PathBuf>,
    },
    /// List them.
    List {
        /// The data folder.
        #[arg(long, value_name = "DIR", env = "BALM_DATA")]
        data: Option<PathBuf>,
    },
}

/// Roles on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleArg {
    /// Works tickets.
    Agent,
    /// Works tickets, with wider authority.
    Senior,
    /// Watches and reassigns.
    Lead,
    /// Runs the site.
    Manager,
    /// Trains.
    Trainer,
    /// Runs the installation.
    Admin,
}

impl From<RoleArg> for crate::domain::vocabulary::Role {
    fn from(role: RoleArg) -> Self {
        match role {
            RoleArg::Agent => Self::Agent,
            RoleArg::Senior => Self::Senior,
            RoleArg::Lead => Self::Lead,
            RoleArg::Manager => Self::Manager,
            RoleArg::Trainer => Self::Trainer,
            RoleArg::Admin => Self::Admin,
        }
    }
}

/// Tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make one; its secret goes into a file (0600), never to the screen.
    New {
        /// Whose (login).
        user: String,
        /// Where to write the secret.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// What it is for.
        #[arg(long, default_value = "desk")]
        label: String,
        /// The data folder.
        #[arg(long, value_name = "DIR", env = "BALM_DATA")]
        data: Option<PathBuf>,
    },
    /// Take one back.
    Revoke {
        /// Its id (see `balm token list`).
        id: String,
        /// The data folder.
        #[arg(long, value_name = "DIR", env = "BALM_DATA")]
        data: Option<PathBuf>,
    },
    /// List them, without secrets.
    List {
        /// The data folder.
        #[arg(long, value_name = "DIR", env = "BALM_DATA")]
        data: Option<PathBuf>,
    },
}

/// What `balm generate` needs.
#[derive(Debug, Args)]
pub struct GenerateArgs {
    /// Tickets in all.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub tickets: u32,
    /// Of them open.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub open: u32,
    /// Messages in all.
    #[arg(long, value_name = "M", default_value_t = 1_000_000)]
    pub messages: u64,
    /// The seed.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// An empty or new data folder.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Fill the desk's replica too.
    #[arg(long)]
    pub replica: bool,
}

/// What `balm import` needs.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// JSONL, gzipped JSONL, or `-`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The data folder.
    #[arg(long, value_name = "DIR", env = "BALM_DATA")]
    pub data: Option<PathBuf>,
    /// The queue the tickets go to (default: the first).
    #[arg(long, value_name = "SLUG")]
    pub queue: Option<String>,
}

/// What `balm export` needs.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR", env = "BALM_DATA")]
    pub data: Option<PathBuf>,
    /// From where.
    #[arg(long, value_name = "WHAT", default_value = "log")]
    pub from: ExportFrom,
    /// Unmasked; needs an admin and is written to the log.
    #[arg(long)]
    pub raw: bool,
    /// As this user of the local server (login); the first admin by default.
    #[arg(long = "as", value_name = "LOGIN")]
    pub login: Option<String>,
}

/// Sources of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFrom {
    /// The server's log.
    Log,
    /// The desk's replica.
    Replica,
}

/// What backup and restore need.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The copy.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The data folder.
    #[arg(long, value_name = "DIR", env = "BALM_DATA")]
    pub data: Option<PathBuf>,
}

/// Figures.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// One day, per agent.
    Day {
        /// The day, YYYY-MM-DD (default: today).
        #[arg(long, value_name = "DATE")]
        date: Option<String>,
        /// As CSV.
        #[arg(long)]
        csv: bool,
        /// The data folder.
        #[arg(long, value_name = "DIR", env = "BALM_DATA")]
        data: Option<PathBuf>,
    },
}

/// Topics of the doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DoctorTopic {
    /// Keys.
    Keys,
}

/// What `balm picture` needs.
#[derive(Debug, Args)]
pub struct PictureArgs {
    /// Which screen: queue, ticket, intake, team, help.
    #[arg(value_name = "SCREEN", default_value = "ticket")]
    pub screen: String,
    /// Columns x rows.
    #[arg(long, value_name = "WxH", default_value = "160x45")]
    pub size: String,
}
