//! The command line: one file a command. It wires the rooms together and turns errors into words and exit codes; no rule of
//! the hotline lives here.

pub mod args;
mod backup;
mod check;
mod coach;
mod content;
pub mod desk;
mod doctor;
mod error;
mod export;
pub mod generate;
pub mod headless;
mod import;
mod living;
mod picture;
mod place;
mod report;
mod say;
mod serve;
mod token;
mod train;
mod user;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

use crate::coach::Coach;
use crate::coach::content::Content;
use crate::config::{self, Config};
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::telemetry;
use crate::text::locale::{Arg, Locale, Tongue};
use args::{Cli, Command};
pub use error::CliError;

/// What every command works with.
pub struct Cx {
    /// The words.
    pub locale: Locale,
    /// Their language.
    pub lang: Lang,
    /// This desk's settings.
    pub config: Config,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// The coach.
    pub coach: Coach,
}

impl Cx {
    /// The data folder: as named, else as configured, else the system's place.
    #[must_use]
    pub fn data(&self, named: Option<&Path>) -> PathBuf {
        match named {
            Some(path) => path.to_path_buf(),
            None if self.config.data.as_os_str().is_empty() => config::default_data_dir(),
            None => self.config.data.clone(),
        }
    }

    /// Takes the model and the content of the data folder that is about to be worked in, if they lie there. What cannot be used
    /// is told of, and what ships is used instead.
    fn learn(&mut self, cli: &Cli) {
        let named = match &cli.command {
            None => cli.desk.data.as_deref(),
            Some(Command::Serve(args)) => args.data.as_deref(),
            Some(_) => return,
        };
        let data = self.data(named);
        let file = data.join(coach::MODEL);
        let mut model = None;
        if file.is_file() {
            match coach::taught(&file) {
                Ok(coach) => {
                    self.coach = coach;
                    model = std::fs::read(&file).ok();
                }
                Err(error) => {
                    tracing::warn!(file = %file.display(), "the folder's own model cannot be used");
                    say::error(&error, &self.locale);
                }
            }
        }
        let folder = data.join(content::FOLDER);
        if folder.is_dir() {
            let zone = self.policy.calendar.zone();
            let now = crate::task::now_ms();
            match content::coach(&folder, model, now, zone, &self.locale) {
                Ok(coach) => self.coach = coach,
                Err(error) => {
                    tracing::warn!(folder = %folder.display(), "the folder's own content cannot be used");
                    say::error(&error, &self.locale);
                }
            }
        }
    }

    /// Lets another core read the coach's content while the first screen is made of what the replica holds.
    fn warm(&self, cli: &Cli) -> Result<(), CliError> {
        if matches!(cli.command, None | Some(Command::Serve(_))) {
            let coach = self.coach.clone();
            crate::task::thread("content", move || {
                let _read = coach.content();
            })?;
        }
        Ok(())
    }

    /// A line of progress: how many, how fast, how long still.
    #[must_use]
    pub fn progress(&self, done: u64, total: Option<u64>, secs: f64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let rate = if secs > 0.0 { done as f64 / secs } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let left = total
            .filter(|_| rate > 0.0)
            .map(|t| t.saturating_sub(done) as f64 / rate);
        let left = left.map_or_else(String::new, |secs| {
            self.locale.t_args(
                "cli-progress-left",
                &[("secs", Arg::from(format!("{secs:.0}")))],
            )
        });
        let args = [
            ("done", Arg::from(done)),
            ("rate", Arg::from(format!("{rate:.0}"))),
            ("left", Arg::from(left)),
        ];
        self.locale.t_args("cli-progress", &args)
    }

    /// A runtime for servers, sync and imports.
    ///
    /// # Errors
    /// When the system has no threads left.
    pub fn runtime(&self) -> Result<tokio::runtime::Runtime, CliError> {
        Ok(tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?)
    }

    /// A runtime for what runs on the machine of a screen: its threads stand behind the one that paints.
    ///
    /// # Errors
    /// When the system has no threads left.
    pub fn runtime_behind(&self) -> Result<tokio::runtime::Runtime, CliError> {
        Ok(tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .on_thread_start(crate::task::stand_behind)
            .enable_all()
            .build()?)
    }
}

/// Runs the program; the exit code is the shell's.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let wanted = cli
        .lang
        .clone()
        .or_else(sys_locale::get_locale)
        .unwrap_or_default();
    let early = Locale::new(&wanted);
    match prepare(&cli, &wanted).and_then(|(mut cx, logging)| {
        cx.learn(&cli);
        cx.warm(&cli)?;
        let done = run(&cx, cli);
        drop(logging);
        done.inspect_err(|e| say::error(e, &cx.locale))
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if error.early() {
                say::error(&error, &early);
            }
            ExitCode::from(error.exit())
        }
    }
}

/// The content that ships with balm.
#[expect(
    clippy::expect_used,
    reason = "a test reads the shipped content; a program without it has nothing to say"
)]
fn shipped() -> Content {
    Content::shipped().expect("the shipped content is whole")
}

fn prepare(cli: &Cli, wanted: &str) -> Result<(Cx, telemetry::Logging), CliError> {
    let early = |e: CliError| e.at_start();
    let logging = telemetry::start(cli.log.as_deref()).map_err(|e| early(e.into()))?;
    let file = config::config_dir().map(|d| d.join("config.toml"));
    let config = file
        .map_or_else(|| Ok(Config::default()), |f| config::load(&f))
        .map_err(|e| early(e.into()))?;
    let tag = if cli.lang.is_none() && !config.lang.is_empty() {
        config.lang.as_str()
    } else {
        wanted
    };
    let locale = Locale::new(tag);
    let lang = if Tongue::from_tag(tag) == Some(Tongue::En) {
        Lang::En
    } else {
        Lang::Zh
    };
    let coach = Coach::soon(shipped);
    let policy = Arc::new(Policy::shipped().map_err(|e| early(e.into()))?);
    Ok((
        Cx {
            locale,
            lang,
            config,
            policy,
            coach,
        },
        logging,
    ))
}

fn run(cx: &Cx, cli: Cli) -> Result<(), CliError> {
    match cli.command {
        None => desk::run(cx, &cli.desk),
        Some(Command::Serve(args)) => serve::run(cx, &args),
        Some(Command::User { what }) => user::run(cx, &what),
        Some(Command::Token { what }) => token::run(cx, &what),
        Some(Command::Generate(args)) => generate::run(cx, &args),
        Some(Command::Import(args)) => import::run(cx, &args),
        Some(Command::Export(args)) => export::run(cx, &args),
        Some(Command::Backup(args)) => backup::backup(cx, &args),
        Some(Command::Restore(args)) => backup::restore(cx, &args),
        Some(Command::Report { what }) => report::run(cx, &what),
        Some(Command::Doctor { topic, data }) => doctor::run(cx, topic, data.as_deref()),
        Some(Command::Check(args)) => check::run(cx, &args),
        Some(Command::Coach { what }) => coach::run(cx, &what),
        Some(Command::Train { alone, what }) => train::run(cx, &alone, what.as_ref()),
        Some(Command::Picture(args)) => picture::run(cx, &args),
        Some(Command::Headless(args)) => {
            let run = cx.runtime()?.block_on(headless::run(&args));
            run.map_err(|e| CliError::new("cli-server").with("what", e))
        }
    }
}
