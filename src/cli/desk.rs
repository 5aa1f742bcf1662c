//! The console: finds or starts its server, opens the desk, runs the screen, and leaves nothing half-written.

use std::collections::VecDeque;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::Cx;
use super::args::DeskArgs;
use super::error::CliError;
use super::place::{self, Opening, Site};
use tokio::sync::mpsc;

use crate::api::desk::DeskRequest;
use crate::api::training::{self, SeatRole};
use crate::app::keymap::Keymap;
use crate::app::state::Settings as DeskSettings;
use crate::app::training::Practice;
use crate::app::{self, Env, State};
use crate::config;
use crate::server::CoachLint;
use crate::server::local;
use crate::server::lock::{self, Found};
use crate::shell;
use crate::store::apply::Feeling;
use crate::store::predict::Lint;
use crate::sync::{self, DeskConfig, DeskEnd};
use crate::task;
use crate::view::Theme;

/// How long the first fill of a replica may take.
const FILL: Duration = Duration::from_secs(600);

/// Runs the console until the agent leaves.
///
/// # Errors
/// When there is no terminal, or the folder, server or token cannot be used.
pub fn run(cx: &Cx, args: &DeskArgs) -> Result<(), CliError> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(CliError::new("cli-no_terminal"));
    }
    let folder = config::prepare(&cx.data(args.data.as_deref()))?;
    let runtime = cx.runtime_behind()?;
    let way = task::behind(|| runtime.block_on(way(cx, args, folder.path())))?;
    let seat = Seat {
        dir: folder.path(),
        url: &way.url,
        token_file: &way.token_file,
        mouse: !args.no_mouse,
        practice: None,
    };
    let done = screen(cx, seat, &runtime);
    if let Some(site) = way.site {
        runtime.block_on(site.close());
    }
    runtime.shutdown_timeout(Duration::from_secs(2));
    done
}

/// Requests that may wait here before the agent is told that the store does not keep up.
const BACKLOG: usize = 256;

/// The server this desk works with, and the way in.
struct Way {
    url: String,
    token_file: PathBuf,
    /// The server inside this process, if it is ours.
    site: Option<Site>,
}

async fn way(cx: &Cx, args: &DeskArgs, dir: &Path) -> Result<Way, CliError> {
    let configured = (!cx.config.server.is_empty()).then(|| cx.config.server.clone());
    if let Some(url) = args.server.clone().or(configured) {
        let named = args.token_file.clone();
        let token_file = named.unwrap_or_else(|| cx.config.token_file.clone());
        return Ok(Way {
            url,
            token_file,
            site: None,
        });
    }
    match lock::acquire(dir)? {
        Found::Ours(lock) => own(cx, args, dir, lock).await,
        Found::Running {
            addr: Some(addr), ..
        } => {
            let login = match &args.login {
                Some(login) => login.clone(),
                None if super::living::mark(dir).is_some() => place::demo_login()?,
                None => {
                    return Ok(Way {
                        url: place::url(addr),
                        token_file: dir.join(local::FILE),
                        site: None,
                    });
                }
            };
            let token_file = dir.join("as").join(&login).join(local::FILE);
            if !token_file.exists() {
                return Err(CliError::new("cli-no_user").with("name", login));
            }
            Ok(Way {
                url: place::url(addr),
                token_file,
                site: None,
            })
        }
        Found::Running { addr: None, pid } => {
            Err(CliError::new("cli-running").with("addr", format!("pid {pid}")))
        }
    }
}

async fn own(cx: &Cx, args: &DeskArgs, dir: &Path, lock: lock::Lock) -> Result<Way, CliError> {
    let opening = Opening {
        demo: (!args.empty).then_some(args.seed),
        ..Opening::default()
    };
    let site = Site::open(cx, dir, lock, opening).await?;
    let token_file = match &args.login {
        Some(login) => site.token_of(dir, login).await,
        None if super::living::mark(dir).is_some() => {
            site.token_of(dir, &place::demo_login()?).await
        }
        None => site.owner(dir).await,
    };
    match token_file {
        Ok(token_file) => Ok(Way {
            url: site.url(),
            token_file,
            site: Some(site),
        }),
        Err(error) => {
            site.close().await;
            Err(error)
        }
    }
}

/// What speaks against words, for the desk's own `decide`.
fn lint(cx: &Cx) -> Lint {
    let lint = CoachLint {
        coach: cx.coach.clone(),
        policy: Arc::clone(&cx.policy),
    };
    Arc::new(move |command, world, talk, now| lint.verdict(command, world, talk, now))
}

/// How hot a customer's words are, for counting how lines did.
fn feeling(cx: &Cx) -> Feeling {
    let coach = cx.coach.clone();
    Arc::new(move |text| coach.read(text).emotion)
}

/// What a desk over this folder is opened with.
#[must_use]
pub fn desk_config(cx: &Cx, dir: &Path, url: &str, token_file: &Path) -> DeskConfig {
    DeskConfig {
        dir: dir.to_path_buf(),
        server: url.to_owned(),
        token_file: token_file.to_path_buf(),
        policy: Arc::clone(&cx.policy),
        lint: Some(lint(cx)),
        feeling: Some(feeling(cx)),
    }
}

/// The line between a desk in training and its training.
pub struct TrainingLine {
    /// Whose screen it is.
    pub role: SeatRole,
    /// Orders go here; never waited for.
    pub orders: mpsc::Sender<training::Ask>,
    /// What the training tells.
    pub news: mpsc::Receiver<shell::TrainingNews>,
}

/// What a screen sits on.
pub struct Seat<'a> {
    /// Where its replica, outbox and drafts lie.
    pub dir: &'a Path,
    /// Its server.
    pub url: &'a str,
    /// Its way in.
    pub token_file: &'a Path,
    /// Whether the mouse may be taken.
    pub mouse: bool,
    /// The training it is for; none for live work.
    pub practice: Option<TrainingLine>,
}

/// Runs the screen of a seat until it is left.
///
/// # Errors
/// When replica, outbox or terminal cannot be used.
pub fn screen(
    cx: &Cx,
    mut seat: Seat<'_>,
    runtime: &tokio::runtime::Runtime,
) -> Result<(), CliError> {
    let desk = sync::open(
        desk_config(cx, seat.dir, seat.url, seat.token_file),
        runtime.handle(),
    )?;
    let (end, mut answers) = desk.split();
    let mut port = Port {
        end: &end,
        backlog: VecDeque::new(),
        orders: seat.practice.as_ref().map(|p| p.orders.clone()),
    };
    let settings = DeskSettings {
        lang: cx.lang,
        lock_after_ms: i64::from(cx.config.lock_minutes) * 60_000,
        mouse: cx.config.mouse && seat.mouse,
        ..DeskSettings::default()
    };
    let keymap = keymap()?;
    let coach = cx.coach.clone();
    let policy = Arc::clone(&cx.policy);
    let mut step = |state: &mut State, event, now, fx: &mut Vec<app::Effect>| {
        let mut ids = task::new_id;
        let mut env = Env {
            now,
            policy: &policy,
            coach: &coach,
            ids: &mut ids,
        };
        app::update(state, event, &mut env, fx);
    };
    let local = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut state = State::new(settings, keymap, (80, 24), task::now_ms());
    if let Some(practice) = &seat.practice {
        let practice = Practice::new(practice.role, cx.lang);
        state.training = Some(Box::new(practice));
        state.screen = app::training::home(&state);
    }
    let ended = local.block_on(shell::run(shell::Settings {
        state,
        step: &mut step,
        port: &mut port,
        answers: &mut answers,
        training: seat.practice.as_mut().map(|p| &mut p.news),
        policy: &cx.policy,
        theme: Theme::shipped(std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())),
        locale: crate::text::Locale::of(cx.locale.tongue()),
        frame_log: std::env::var_os("BALM_FRAME_LOG").map(PathBuf::from),
    }));
    port.flush();
    drop(port);
    end.shutdown();
    ended?;
    Ok(())
}

/// The screen's end of the desk. The store takes requests without waiting; should it fall far behind, they wait here in
/// order, so that nothing the agent did is lost.
struct Port<'a> {
    end: &'a DeskEnd,
    backlog: VecDeque<DeskRequest>,
    orders: Option<mpsc::Sender<training::Ask>>,
}

impl Port<'_> {
    fn flush(&mut self) {
        while let Some(request) = self.backlog.pop_front() {
            if self.end.send(request.clone()).is_err() {
                self.backlog.push_front(request);
                return;
            }
        }
    }
}

impl shell::DeskPort for Port<'_> {
    fn send(&mut self, request: DeskRequest) -> bool {
        self.backlog.push_back(request);
        self.flush();
        self.backlog.len() < BACKLOG
    }

    fn train(&mut self, ask: training::Ask) -> bool {
        self.orders
            .as_ref()
            .is_none_or(|orders| orders.try_send(ask).is_ok())
    }
}

/// The keys: shipped ones, with the user's own file over them.
fn keymap() -> Result<Arc<Keymap>, CliError> {
    let shipped = Keymap::shipped().map_err(|e| CliError::new("cli-content").with("what", e))?;
    let Some(file) = config::config_dir()
        .map(|d| d.join("keymap.toml"))
        .filter(|f| f.exists())
    else {
        return Ok(Arc::new(shipped));
    };
    let config = || CliError::new("cli-config").with("path", file.display());
    let text = std::fs::read_to_string(&file).map_err(|e| config().with_cause(&e))?;
    let own = shipped.with(&text).map_err(|e| {
        config().with_words_of("what", "cli-line", &[("line", &e.line), ("what", &e.what)])
    })?;
    Ok(Arc::new(own))
}

/// Fills the replica of `login` at the server of this folder.
///
/// # Errors
/// When server or desk cannot be opened, or the replica is not whole in time.
pub fn fill_replica(cx: &Cx, dir: &Path, login: &str) -> Result<(), CliError> {
    let runtime = cx.runtime()?;
    runtime.block_on(async {
        let site = Site::open(cx, dir, place::lock(dir)?, Opening::default()).await?;
        let token_file = site.token_of(dir, login).await?;
        let config = desk_config(cx, dir, &site.url(), &token_file);
        let mut desk = sync::headless::Headless::open(config, runtime.handle())?;
        let synced = desk.synced(FILL).await;
        desk.shutdown();
        site.close().await;
        synced.map_err(|e| CliError::new("cli-server").with("what", e))
    })
}
