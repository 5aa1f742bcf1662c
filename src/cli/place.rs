//! A data folder: what lies where, who holds it, and how the command line gets in.
//!
//! ```text
//! DIR/log.db            the server's log            DIR/server.lock   who runs on it, and where
//! DIR/local.token       the owner's way in          DIR/admin/        the command line's way in (admin)
//! DIR/as/LOGIN/         the way in of other demo accounts (0600)
//! DIR/desk/USER/        that user's replica, outbox and drafts
//! DIR/model.bin         a model of its own              DIR/content/      content of its own, laid out like assets/
//! DIR/demo              the demo's seed and start; absent when the log is real
//! ```

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Cx;
use super::error::CliError;
use crate::demo;
use crate::domain::vocabulary::Role;
use crate::log::Log;
use crate::log::sqlite::{LogOptions, SqliteLog};
use crate::server::local::{self, Setup};
use crate::server::lock::{self, Found, Lock};
use crate::server::{self, CoachLint, Running, ServerConfig, Training};

/// The server's log in a data folder.
#[must_use]
pub fn log_file(dir: &Path) -> PathBuf {
    dir.join("log.db")
}

/// Takes the folder for this program alone.
///
/// # Errors
/// When another balm has it.
pub fn lock(dir: &Path) -> Result<Lock, CliError> {
    match lock::acquire(dir)? {
        Found::Ours(lock) => Ok(lock),
        Found::Running { addr, pid } => {
            let who = addr.map_or_else(|| format!("pid {pid}"), |a| a.to_string());
            Err(CliError::new("cli-running").with("addr", who))
        }
    }
}

/// Says that another balm has this folder, if one has and the folder is one of ours.
///
/// # Errors
/// When another balm has it.
pub fn running(dir: &Path) -> Result<(), CliError> {
    if dir.join(lock::FILE).exists() {
        lock(dir).map(drop)
    } else {
        Ok(())
    }
}

/// What a server is started for.
#[derive(Clone)]
pub struct Opening {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Whether a proxy stands in front.
    pub behind_proxy: bool,
    /// The seed of the demo, if a new log shall begin with it.
    pub demo: Option<u64>,
    /// Whether the demo's customers write while it runs; not for a server that is started for one command only.
    pub live: bool,
    /// The training it is for; none for live work.
    pub training: Option<Arc<dyn Training>>,
}

impl Default for Opening {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            behind_proxy: false,
            demo: None,
            live: true,
            training: None,
        }
    }
}

/// A server of this program over a data folder.
pub struct Site {
    /// The server.
    pub running: Running,
    log: Arc<SqliteLog>,
    lock: Lock,
    demo: Option<tokio::task::JoinHandle<Option<()>>>,
}

impl Site {
    /// Opens the folder's log and starts a server over it; a new log begins with the demo if asked.
    ///
    /// # Errors
    /// When the log cannot be used or the address not be listened on.
    pub async fn open(
        cx: &Cx,
        dir: &Path,
        mut lock: Lock,
        opening: Opening,
    ) -> Result<Self, CliError> {
        let file = log_file(dir);
        if let Some(seed) = opening.demo.filter(|_| !file.exists()) {
            super::living::write(cx, dir, seed)?;
        }
        let log = Arc::new(
            SqliteLog::open(&file, LogOptions::from_env()).map_err(|e| CliError::log(&file, e))?,
        );
        let linter = Arc::new(CoachLint {
            coach: cx.coach.clone(),
            policy: Arc::clone(&cx.policy),
        });
        let marked = super::living::mark(dir);
        let config = ServerConfig {
            listen: opening.listen,
            behind_proxy: opening.behind_proxy,
            demo: marked.is_some(),
            log: Arc::clone(&log) as Arc<dyn Log>,
            policy: Arc::clone(&cx.policy),
            linter,
            training: opening.training,
        };
        let running = server::start(config).await?;
        lock.publish(running.addr)?;
        let setup = Setup {
            login: "local-admin".to_owned(),
            name: cx.locale.t("cli-local-admin"),
            role: Role::Admin,
            queue: Some((
                "hotline".to_owned(),
                "热线".to_owned(),
                "Hotline".to_owned(),
            )),
        };
        running.local(&dir.join("admin"), &setup).await?;
        let mut site = Self {
            running,
            log,
            lock,
            demo: None,
        };
        if let Some(mark) = marked.filter(|_| opening.live) {
            site.demo = Some(super::living::start(cx, dir, &site.running, mark).await?);
        }
        Ok(site)
    }

    /// Where the server can be reached from this machine.
    #[must_use]
    pub fn url(&self) -> String {
        url(self.running.addr)
    }

    /// The folder that holds the token of this account, made if need be.
    ///
    /// # Errors
    /// When there is no such account.
    pub async fn token_of(&self, dir: &Path, login: &str) -> Result<PathBuf, CliError> {
        if self.log.user_by_login(login.to_owned()).await?.is_none() {
            return Err(CliError::new("cli-no_user").with("name", login));
        }
        let home = dir.join("as").join(login);
        let setup = Setup {
            login: login.to_owned(),
            name: login.to_owned(),
            role: Role::Agent,
            queue: None,
        };
        self.running.local(&home, &setup).await?;
        Ok(home.join(local::FILE))
    }

    /// The token file of the folder's owner, where nothing is configured: an account of its own, made on first use.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn owner(&self, dir: &Path) -> Result<PathBuf, CliError> {
        let login = std::env::var("USER")
            .ok()
            .filter(|u| !u.trim().is_empty())
            .unwrap_or_else(|| "owner".to_owned());
        let setup = Setup {
            name: login.clone(),
            login,
            role: Role::Admin,
            queue: None,
        };
        self.running.local(dir, &setup).await?;
        Ok(dir.join(local::FILE))
    }

    /// Ends the server and closes the log; everything is written then.
    pub async fn close(self) {
        if let Some(demo) = self.demo {
            demo.abort();
        }
        self.running.shutdown().await;
        self.log.close().await;
        drop(self.lock);
    }
}

/// The address of a server as a URL.
#[must_use]
pub fn url(addr: SocketAddr) -> String {
    format!("http://{addr}")
}

/// A way in with an admin's rights: through the server that runs on the folder, or through one started for this.
pub enum Door {
    /// A server of our own, to be closed afterwards.
    Own(Box<Site>),
    /// Somebody else's.
    Running(SocketAddr),
}

impl Door {
    /// Opens the folder's door.
    ///
    /// # Errors
    /// When the folder is in use by a program that does not serve, or cannot be used.
    pub async fn open(cx: &Cx, dir: &Path) -> Result<Self, CliError> {
        match lock::acquire(dir)? {
            Found::Ours(lock) => Ok(Self::Own(Box::new(
                Site::open(
                    cx,
                    dir,
                    lock,
                    Opening {
                        live: false,
                        ..Opening::default()
                    },
                )
                .await?,
            ))),
            Found::Running {
                addr: Some(addr), ..
            } => Ok(Self::Running(addr)),
            Found::Running { addr: None, pid } => {
                Err(CliError::new("cli-running").with("addr", format!("pid {pid}")))
            }
        }
    }

    /// The server's address.
    #[must_use]
    pub fn url(&self) -> String {
        match self {
            Self::Own(site) => site.url(),
            Self::Running(addr) => url(*addr),
        }
    }

    /// A client with an admin's rights.
    ///
    /// # Errors
    /// When the folder holds no way in.
    pub fn client(&self, dir: &Path) -> Result<crate::client::Client, CliError> {
        let token = local::read_token(&dir.join("admin"))?.ok_or_else(|| {
            CliError::new("cli-not_found").with("what", dir.join("admin").display())
        })?;
        Ok(crate::client::Client::new(&self.url(), &token)?)
    }

    /// Closes what was opened.
    pub async fn close(self) {
        if let Self::Own(site) = self {
            site.close().await;
        }
    }
}

/// Whether this folder's log is the demo's.
#[must_use]
pub fn is_demo(dir: &Path) -> bool {
    super::living::mark(dir).is_some()
}

/// The demo's own user, in whose name `balm` opens without configuration.
///
/// # Errors
/// When the shipped demo cannot be read.
pub fn demo_login() -> Result<String, CliError> {
    Ok(demo::demo_user_login()?)
}
