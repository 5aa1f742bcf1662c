//! The server: `/v1` over a log. Started by `balm serve`, and inside the desk's own process on a loopback port.
//!
//! Every change goes through [`Commands`] (gather, decide, commit); every reader sees the log cut to their scope. Rights
//! are checked here whatever a desk shows. Deliberately absent: rules (`domain::decide`), storage (`log`), TLS (a proxy's).

pub mod auth;
mod commands;
mod cursor;
mod delivery;
mod extract;
mod feed;
mod linting;
pub mod local;
pub mod lock;
mod presence;
mod problem;
mod routes;
mod shown;
mod snapshot;
mod stream;
mod strict;
mod tail;
mod training;

pub use commands::{Commands, Linter, NoLint};
pub use linting::CoachLint;
pub use problem::{Code, Fault};
pub use training::Training;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::domain::command::CommandBody;
use crate::domain::policy::Policy;
use crate::log::{Log, LogError};
use crate::task;
use auth::Gate;
use presence::Presence;
use strict::Schemas;

/// How long open requests may go on after the server was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// What a server is started with.
#[derive(Clone)]
pub struct ServerConfig {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// A proxy in front does TLS: only then may the address be another than loopback.
    pub behind_proxy: bool,
    /// The log holds the living demo.
    pub demo: bool,
    /// The log.
    pub log: Arc<dyn Log>,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// The coach's verdict on words.
    pub linter: Arc<dyn Linter>,
    /// The training that this server is for; a live server has none.
    pub training: Option<Arc<dyn Training>>,
}

/// A server that could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is open to the network and nothing does TLS.
    #[error(
        "{0} is not a loopback address: tokens and customers' words would cross the network in clear; \
             put a TLS proxy in front and say --behind-proxy"
    )]
    Exposed(SocketAddr),
    /// The port is taken or the address not ours.
    #[error("cannot listen on {addr}: {source}")]
    Listen {
        /// The address asked for.
        addr: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The log cannot be read.
    #[error(transparent)]
    Log(#[from] LogError),
}

/// What every request works with.
pub(crate) struct State {
    pub(crate) log: Arc<dyn Log>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) commands: Commands,
    pub(crate) presence: Presence,
    pub(crate) tail: tail::Tail,
    pub(crate) schemas: Schemas,
    pub(crate) document: String,
    pub(crate) stop: CancellationToken,
    pub(crate) demo: bool,
    pub(crate) policy: Arc<Policy>,
}

/// Shared by all requests.
pub(crate) type Shared = Arc<State>;

/// A server that runs.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    shared: Shared,
    served: JoinHandle<Option<std::io::Result<()>>>,
    delivery: JoinHandle<Option<()>>,
}

/// Starts a server on the present runtime.
///
/// # Errors
/// When the address may not or cannot be listened on, or the log cannot be read.
pub async fn start(config: ServerConfig) -> Result<Running, StartError> {
    if !config.listen.ip().is_loopback() && !config.behind_proxy {
        return Err(StartError::Exposed(config.listen));
    }
    let listen = |source| StartError::Listen {
        addr: config.listen,
        source,
    };
    let listener = TcpListener::bind(config.listen).await.map_err(listen)?;
    let addr = listener.local_addr().map_err(listen)?;
    let gate = Arc::new(Gate::open(Arc::clone(&config.log)).await?);
    let (routes, document) = routes::build();
    let mut document = serde_json::to_value(&document).unwrap_or_default();
    strict::close_choices(&mut document);
    let text = document.to_string();
    let shared: Shared = Arc::new(State {
        commands: Commands::new(
            Arc::clone(&config.log),
            &config.policy,
            config.linter,
            Arc::clone(&gate),
        ),
        log: config.log,
        tail: tail::Tail::default(),
        gate,
        presence: Presence::default(),
        schemas: Schemas::new(document),
        document: text,
        stop: CancellationToken::new(),
        demo: config.demo,
        policy: config.policy,
    });
    let app = routes::layered(routes, &shared, config.training);
    let stop = shared.stop.clone();
    let served = task::spawn("server", async move {
        axum::serve(listener, app)
            .with_graceful_shutdown(async move { stop.cancelled().await })
            .await
    });
    let delivery = task::spawn("delivery", delivery::run(Arc::clone(&shared)));
    tracing::info!(%addr, "the server listens");
    Ok(Running {
        addr,
        shared,
        served,
        delivery,
    })
}

/// A way in that can be kept by a task of the same process.
#[derive(Clone)]
pub struct Inlet(Shared);

impl Inlet {
    /// As [`Running::commands`].
    #[must_use]
    pub fn commands(&self) -> &Commands {
        &self.0.commands
    }
}

impl Running {
    /// The way in for the scheduler, the demo and the command line, which act without a token.
    #[must_use]
    pub fn commands(&self) -> &Commands {
        &self.shared.commands
    }

    /// Gives one order in the system's name, as whoever starts a server does.
    ///
    /// # Errors
    /// When a rule speaks against it, or the log cannot be written.
    pub async fn order(&self, body: CommandBody) -> Result<(), Fault> {
        local::ask(&self.shared, body).await
    }

    /// The same way in for a task that outlives the call that starts it.
    #[must_use]
    pub fn inlet(&self) -> Inlet {
        Inlet(Arc::clone(&self.shared))
    }

    /// Lets the owner of this directory in without configuration; see [`local`].
    ///
    /// # Errors
    /// When the log or the token file cannot be written.
    pub async fn local(&self, dir: &Path, setup: &local::Setup) -> Result<local::Local, Fault> {
        local::ensure(&self.shared, dir, setup).await
    }

    /// Stops taking requests, lets open ones finish for at most ten seconds, ends streams. The log stays open.
    pub async fn shutdown(self) {
        self.shared.stop.cancel();
        let aborter = self.served.abort_handle();
        if tokio::time::timeout(GRACE, self.served).await.is_err() {
            tracing::warn!("requests were cut off");
            aborter.abort();
        }
        let _ = self.delivery.await;
    }
}
