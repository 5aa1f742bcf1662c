//! HTTP and SSE to `/v1`, and to a language model when one is set. One method a route; every failure is one of four kinds, so that sync knows what to do. The token
//! never appears in an error or a log line. Not here: what is done with the answers.

mod admin;
mod language_model;
mod live;
mod reviews;
mod training;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Method, Response, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::path;
use crate::api::problem::{CLOCK_HEADER, Problem};
use crate::api::wire::{
    ChangesPage, CommandAnswers, CommandBatch, CustomerView, CustomersPage, Health, HistoryPage,
    LinesPage, Me, PresenceList, PresenceReport, QueuesPage, SearchPage, SnapshotPage, TicketView,
    TicketsPage, UsersPage,
};
use crate::domain::ids::{CustomerId, TicketId};
use crate::task;

pub use language_model::LanguageModel;
pub use live::{Live, News};

/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// The longest silence while an answer arrives; a slow line that still moves is not given up.
const SILENCE: Duration = Duration::from_secs(20);

/// What went wrong, by what can be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// Not now: try again later.
    #[error("the server cannot be reached: {0}")]
    Retry(String),
    /// The server's disk is full: it can take nothing until somebody makes room.
    #[error("the server's disk is full")]
    Full,
    /// The token is not accepted.
    #[error("the server does not accept this token")]
    Auth,
    /// The cursor is void: take a fresh snapshot.
    #[error("the server has no such place in its log any more")]
    Gone,
    /// The present state speaks against it.
    #[error("{0}")]
    Conflict(String),
    /// Asking again will not help.
    #[error("{0}")]
    Permanent(String),
}

impl ClientError {
    fn line(error: &reqwest::Error) -> Self {
        // The address may hold nothing secret, but the words of the library may; only the kind is told.
        let what = if error.is_timeout() {
            "no answer in time"
        } else if error.is_connect() {
            "no connection"
        } else if error.is_decode() {
            return Self::Permanent(
                "the answer could not be read: is this a balm server of this version?".to_owned(),
            );
        } else {
            "the line was cut"
        };
        Self::Retry(what.to_owned())
    }
}

/// A connection to one server as one user.
pub struct Client {
    http: reqwest::Client,
    /// For the live feed only: silence is allowed for three heartbeats.
    live: reqwest::Client,
    base: String,
    token: String,
    clock: Mutex<Option<i64>>,
}

/// A server address or token file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadClient {
    /// The address is none.
    #[error("\"{0}\" is no server address: write it as http://127.0.0.1:7373 or https://host")]
    Address(String),
    /// The token file cannot be read.
    #[error("{path}: {source}")]
    TokenFile {
        /// Which file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The token file holds no token.
    #[error("{0} holds no token: write the secret that `balm token new` printed into it")]
    NoToken(String),
    /// The HTTP client cannot be made.
    #[error("the HTTP client cannot be made: {0}")]
    Http(String),
}

/// Reads a token from its file.
///
/// # Errors
/// When the file cannot be read or holds nothing a header can carry.
pub fn read_token(path: &Path) -> Result<String, BadClient> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|source| BadClient::TokenFile {
        path: name.clone(),
        source,
    })?;
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(BadClient::NoToken(name));
    }
    Ok(token.to_owned())
}

/// Installs the TLS provider once; reqwest panics without one.
fn provider() {
    // An error says that one is installed already, which is what is wanted.
    drop(rustls::crypto::ring::default_provider().install_default());
}

/// The address without its last slash, and whether it is this machine.
///
/// # Errors
/// When it is none, or when what is sent there could be read on its way.
fn address(base: &str) -> Result<(String, bool), BadClient> {
    let base = base.trim_end_matches('/').to_owned();
    let parsed = reqwest::Url::parse(&base).map_err(|_| BadClient::Address(base.clone()))?;
    if !matches!(parsed.scheme(), "http" | "https") || parsed.host_str().is_none() {
        return Err(BadClient::Address(base));
    }
    let loopback = matches!(parsed.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if parsed.scheme() == "http" && !loopback {
        return Err(BadClient::Address(format!(
            "{base} (a token never travels unencrypted: use https)"
        )));
    }
    Ok((base, loopback))
}

/// What all connections have in common.
fn builder(loopback: bool) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .pool_idle_timeout(Duration::from_secs(30))
        .user_agent(concat!("balm/", env!("CARGO_PKG_VERSION")));
    if loopback {
        builder.no_proxy()
    } else {
        builder
    }
}

impl Client {
    /// A client for the server at `base`.
    ///
    /// # Errors
    /// When the address is none.
    pub fn new(base: &str, token: &str) -> Result<Self, BadClient> {
        provider();
        let (base, loopback) = address(base)?;
        let make = |silence| {
            builder(loopback)
                .read_timeout(silence)
                .build()
                .map_err(|e| BadClient::Http(e.to_string()))
        };
        let (http, live) = (make(SILENCE)?, make(live::HEARTBEAT)?);
        Ok(Self {
            http,
            live,
            base,
            token: token.to_owned(),
            clock: Mutex::new(None),
        })
    }

    /// How far this machine's clock is ahead of the server's, milliseconds; absent before the first answer.
    #[must_use]
    pub fn clock_off(&self) -> Option<i64> {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.authorised(self.http.request(method, format!("{}{path}", self.base)))
    }

    fn authorised(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request.header(header::AUTHORIZATION, format!("Bearer {}", self.token))
    }

    /// Sends and waits for the head of the answer; measures the clock by it, the round trip halved.
    async fn send(&self, request: reqwest::RequestBuilder) -> Result<Response, ClientError> {
        let before = task::now_ms();
        let started = task::instant();
        let sent = tokio::time::timeout(SILENCE, request.send()).await;
        let response = match sent {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(ClientError::line(&error)),
            Err(_) => return Err(ClientError::Retry("no answer in time".to_owned())),
        };
        let trip = i64::try_from(started.elapsed().as_millis()).unwrap_or(0);
        let told = response
            .headers()
            .get(CLOCK_HEADER)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.parse::<i64>().ok());
        // A long trip measures the line, not the clock.
        if let Some(server) = told.filter(|_| trip < 2_000) {
            *self.clock.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(before.0 + trip / 2 - server);
        }
        if response.status().is_success() {
            return Ok(response);
        }
        Err(problem(response).await)
    }

    async fn json<T: DeserializeOwned>(
        &self,
        request: reqwest::RequestBuilder,
    ) -> Result<T, ClientError> {
        self.send(request)
            .await?
            .json()
            .await
            .map_err(|e| ClientError::line(&e))
    }

    async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<T, ClientError> {
        self.json(self.request(Method::GET, &with_query(path, query)))
            .await
    }

    /// Who this token is.
    ///
    /// # Errors
    /// By kind.
    pub async fn me(&self) -> Result<Me, ClientError> {
        self.get(path::ME, &[]).await
    }

    /// Whether the server is well.
    ///
    /// # Errors
    /// By kind.
    pub async fn health(&self) -> Result<Health, ClientError> {
        self.get(path::HEALTH, &[]).await
    }

    /// Sends commands and waits for the head of the answer; the answers are read from what is returned.
    ///
    /// # Errors
    /// By kind. The commands may have been taken all the same: the same ids are sent again.
    pub async fn post_commands(&self, batch: &CommandBatch) -> Result<Pending, ClientError> {
        let request = body(self.request(Method::POST, path::COMMANDS), batch)?;
        Ok(Pending(self.send(request).await?))
    }

    /// Sends commands and reads the answers.
    ///
    /// # Errors
    /// By kind.
    pub async fn commands(&self, batch: &CommandBatch) -> Result<CommandAnswers, ClientError> {
        self.post_commands(batch).await?.read().await
    }

    /// A page of the feed.
    ///
    /// # Errors
    /// By kind; `Gone` asks for a fresh snapshot.
    pub async fn changes(&self, after: &str, limit: u32) -> Result<ChangesPage, ClientError> {
        self.get(
            path::CHANGES,
            &[("after", after.to_owned()), ("limit", limit.to_string())],
        )
        .await
    }

    /// A page of the snapshot.
    ///
    /// # Errors
    /// By kind; `Gone` asks to begin anew.
    pub async fn snapshot(
        &self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<SnapshotPage, ClientError> {
        let mut query = vec![("limit", limit.to_string())];
        query.extend(after.map(|a| ("after", a.to_owned())));
        self.get(path::SNAPSHOT, &query).await
    }

    /// One ticket.
    ///
    /// # Errors
    /// By kind.
    pub async fn ticket(&self, ticket: TicketId) -> Result<TicketView, ClientError> {
        self.get(&path::TICKET.replace("{ticket}", &ticket.to_string()), &[])
            .await
    }

    /// Tickets by filter.
    ///
    /// # Errors
    /// By kind.
    pub async fn tickets(&self, filter: &[(&str, String)]) -> Result<TicketsPage, ClientError> {
        self.get(path::TICKETS, filter).await
    }

    /// One customer.
    ///
    /// # Errors
    /// By kind.
    pub async fn customer(&self, customer: CustomerId) -> Result<CustomerView, ClientError> {
        self.get(
            &path::CUSTOMER.replace("{customer}", &customer.to_string()),
            &[],
        )
        .await
    }

    /// A customer's history, newest first.
    ///
    /// # Errors
    /// By kind.
    pub async fn history(
        &self,
        customer: CustomerId,
        after: Option<&str>,
    ) -> Result<HistoryPage, ClientError> {
        let query: Vec<_> = after.map(|a| ("after", a.to_owned())).into_iter().collect();
        self.get(
            &path::CUSTOMER_HISTORY.replace("{customer}", &customer.to_string()),
            &query,
        )
        .await
    }

    /// Customers by phone number, name or pinyin initials.
    ///
    /// # Errors
    /// By kind.
    pub async fn customers(&self, words: &str) -> Result<CustomersPage, ClientError> {
        self.get(path::CUSTOMERS, &[("q", words.to_owned())]).await
    }

    /// Full-text search.
    ///
    /// # Errors
    /// By kind.
    pub async fn search(&self, words: &str, limit: u16) -> Result<SearchPage, ClientError> {
        self.get(
            path::SEARCH,
            &[("q", words.to_owned()), ("limit", limit.to_string())],
        )
        .await
    }

    /// Colleagues.
    ///
    /// # Errors
    /// By kind.
    pub async fn users(&self) -> Result<UsersPage, ClientError> {
        self.get(path::USERS, &[]).await
    }

    /// Queues.
    ///
    /// # Errors
    /// By kind.
    pub async fn queues(&self) -> Result<QueuesPage, ClientError> {
        self.get(path::QUEUES, &[]).await
    }

    /// Lines that the team proposed, as the caller may see them.
    ///
    /// # Errors
    /// By kind.
    pub async fn lines(&self) -> Result<LinesPage, ClientError> {
        self.get(path::LINES, &[]).await
    }

    /// Who looks where.
    ///
    /// # Errors
    /// By kind.
    pub async fn presence(&self) -> Result<PresenceList, ClientError> {
        self.get(path::PRESENCE, &[]).await
    }

    /// Tells where this agent looks.
    ///
    /// # Errors
    /// By kind.
    pub async fn report_presence(&self, report: &PresenceReport) -> Result<(), ClientError> {
        let request = body(self.request(Method::PUT, path::PRESENCE), report)?;
        self.send(request).await.map(drop)
    }
}

/// An answer whose body is not read yet.
pub struct Pending(Response);

impl Pending {
    /// Reads the answers.
    ///
    /// # Errors
    /// By kind.
    pub async fn read(self) -> Result<CommandAnswers, ClientError> {
        self.0.json().await.map_err(|e| ClientError::line(&e))
    }
}

fn body(
    request: reqwest::RequestBuilder,
    value: &impl Serialize,
) -> Result<reqwest::RequestBuilder, ClientError> {
    let json = serde_json::to_vec(value).map_err(|e| ClientError::Permanent(e.to_string()))?;
    Ok(request
        .header(header::CONTENT_TYPE, "application/json")
        .body(json))
}

fn with_query(path: &str, query: &[(&str, String)]) -> String {
    let mut out = path.to_owned();
    for (at, (key, value)) in query.iter().enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(key);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

/// What an answer other than success means.
async fn problem(response: Response) -> ClientError {
    let status = response.status();
    let told: Option<Problem> = response.json().await.ok();
    let words = told.map_or_else(
        || format!("the server answered {status}"),
        |p| format!("{}: {}. {}", p.title, p.detail, p.remedy),
    );
    match status {
        StatusCode::UNAUTHORIZED => ClientError::Auth,
        StatusCode::GONE => ClientError::Gone,
        StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => ClientError::Conflict(words),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => ClientError::Retry(words),
        StatusCode::INSUFFICIENT_STORAGE => ClientError::Full,
        status if status.is_server_error() => ClientError::Retry(words),
        _ => ClientError::Permanent(words),
    }
}
