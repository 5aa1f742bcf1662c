//! Loopback without configuration: one account and one token, made on first use and kept in a file only its owner reads.

use std::io::Write;
use std::path::Path;

use super::Shared;
use super::auth::{hash, make_token};
use super::lock::make_private_dir;
use super::problem::{Code, Fault};
use crate::api::wire::Outcome;
use crate::domain::command::{Command, CommandBody};
use crate::domain::event::Actor;
use crate::domain::ids::{CommandId, QueueId, UserId};
use crate::domain::vocabulary::Role;
use crate::task;

/// The token's file in a data directory.
pub const FILE: &str = "local.token";

/// What to make if there is nothing yet. Names come from the caller, who knows the language.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The login.
    pub login: String,
    /// The name people see.
    pub name: String,
    /// The role.
    pub role: Role,
    /// A first queue (slug, Chinese, English), made if the site has none; the account becomes its member.
    pub queue: Option<(String, String, String)>,
}

/// Whom the file lets in.
#[derive(Clone, Debug)]
pub struct Local {
    /// The account.
    pub user: UserId,
    /// The token's secret.
    pub token: String,
}

/// The secret in a data directory's token file, if there is one.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read_token(dir: &Path) -> std::io::Result<Option<String>> {
    match std::fs::read_to_string(dir.join(FILE)) {
        Ok(text) => Ok(Some(text.trim().to_owned()).filter(|t| !t.is_empty())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a secret into a file that only its owner can read.
///
/// # Errors
/// When the file cannot be written.
pub fn write_token(dir: &Path, secret: &str) -> std::io::Result<()> {
    make_private_dir(dir)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(dir.join(FILE))?;
    #[cfg(unix)]
    {
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        file.set_permissions(private)?;
    }
    writeln!(file, "{secret}")?;
    file.sync_all()
}

/// Lets the owner of the directory in: by the token that is there, else by a new one, for the account with this login,
/// made if it is not there.
///
/// # Errors
/// When the log or the file cannot be written.
pub(super) async fn ensure(shared: &Shared, dir: &Path, setup: &Setup) -> Result<Local, Fault> {
    let io =
        |e: std::io::Error| Fault::new(Code::ReadOnly, format!("the token file: {}", e.kind()));
    if let Some(token) = read_token(dir).map_err(io)?
        && let Some(row) = shared.log.token_by_hash(hash(&token)).await?
        && row.revoked_at.is_none()
    {
        return Ok(Local {
            user: row.user,
            token,
        });
    }
    let user = match shared.log.user_by_login(setup.login.clone()).await? {
        Some(user) => user,
        None => add_user(shared, setup).await?,
    };
    if let Some(names) = &setup.queue
        && shared.gate.queues().is_empty()
    {
        add_queue(shared, names, user).await?;
    }
    let (token, row) = make_token(user, "local");
    shared.log.add_token(row).await?;
    write_token(dir, &token).map_err(io)?;
    Ok(Local { user, token })
}

/// Gives an order in the system's name.
///
/// # Errors
/// When a rule speaks against it, or the log cannot be written.
pub(super) async fn ask(shared: &Shared, body: CommandBody) -> Result<(), Fault> {
    let command = Command {
        id: CommandId(task::new_id()),
        at: task::now_ms(),
        base: Vec::new(),
        after: None,
        body,
    };
    match shared.commands.one(Actor::System, &command).await?.outcome {
        Outcome::Accepted { .. } => Ok(()),
        Outcome::Refused { rule, .. } => Err(Fault::new(Code::Internal, rule.as_str())),
        Outcome::Conflict { .. } => Err(Fault::new(Code::Busy, "conflict")),
    }
}

async fn add_user(shared: &Shared, setup: &Setup) -> Result<UserId, Fault> {
    let user = UserId(task::new_id());
    let body = CommandBody::AddUser {
        user,
        login: setup.login.clone(),
        name: setup.name.clone(),
        role: setup.role,
    };
    ask(shared, body).await?;
    Ok(user)
}

async fn add_queue(
    shared: &Shared,
    (slug, zh, en): &(String, String, String),
    user: UserId,
) -> Result<(), Fault> {
    let queue = QueueId(task::new_id());
    let body = CommandBody::AddQueue {
        queue,
        slug: slug.clone(),
        zh: zh.clone(),
        en: en.clone(),
    };
    ask(shared, body).await?;
    let members = vec![user];
    ask(shared, CommandBody::SetMembers { queue, members }).await
}
