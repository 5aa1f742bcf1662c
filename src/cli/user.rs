//! `balm user add|list`.

use std::path::Path;

use super::args::UserCommand;
use super::error::CliError;
use super::place::Door;
use super::{Cx, say};
use crate::api::wire::{CommandBatch, Outcome};
use crate::client::Client;
use crate::config;
use crate::domain::command::{Command, CommandBody};
use crate::domain::ids::{CommandId, UserId};
use crate::domain::vocabulary::Role;
use crate::task;
use crate::text::SafeText;
use crate::text::locale::Arg;

/// Adds or lists accounts, through the server that runs on the folder or one started for this.
///
/// # Errors
/// When the folder cannot be used or the server refuses.
pub fn run(cx: &Cx, what: &UserCommand) -> Result<(), CliError> {
    let (UserCommand::Add { data, .. } | UserCommand::List { data }) = what;
    let folder = config::prepare(&cx.data(data.as_deref()))?;
    let runtime = cx.runtime()?;
    runtime.block_on(async {
        let door = Door::open(cx, folder.path()).await?;
        let done = work(cx, what, &door, folder.path()).await;
        door.close().await;
        done
    })
}

async fn work(cx: &Cx, what: &UserCommand, door: &Door, dir: &Path) -> Result<(), CliError> {
    let client = door.client(dir)?;
    match what {
        UserCommand::List { .. } => {
            for user in client.users().await?.users {
                let safe = |text: &str| SafeText::clean_line(text).as_str().to_owned();
                say::line(&format!(
                    "{}\t{}\t{}\t{}",
                    user.id,
                    safe(&user.login),
                    user.role.as_str(),
                    safe(&user.name)
                ))?;
            }
            Ok(())
        }
        UserCommand::Add {
            name,
            role,
            display,
            queues,
            ..
        } => {
            let (user, role) = (UserId(task::new_id()), Role::from(*role));
            let display = display.clone().unwrap_or_else(|| name.clone());
            order(
                &client,
                CommandBody::AddUser {
                    user,
                    login: name.clone(),
                    name: display,
                    role,
                },
            )
            .await?;
            let mut found = 0;
            for queue in client.queues().await?.queues {
                if queues.is_empty() || queues.contains(&queue.slug) {
                    found += 1;
                    let mut members = queue.members;
                    members.push(user);
                    order(
                        &client,
                        CommandBody::SetMembers {
                            queue: queue.id,
                            members,
                        },
                    )
                    .await?;
                }
            }
            if found < queues.len() {
                return Err(CliError::new("cli-not_found").with("what", queues.join(", ")));
            }
            let args = [
                ("name", Arg::from(name)),
                ("role", Arg::from(role.as_str())),
            ];
            say::remark(&cx.locale.t_args("cli-user_added", &args));
            Ok(())
        }
    }
}

/// Sends one command and waits for its answer.
///
/// # Errors
/// When the server cannot be reached or refuses.
pub async fn order(client: &Client, body: CommandBody) -> Result<(), CliError> {
    let command = Command {
        id: CommandId(task::new_id()),
        at: task::now_ms(),
        base: Vec::new(),
        after: None,
        body,
    };
    let answers = client
        .commands(&CommandBatch {
            commands: vec![command],
        })
        .await?;
    match answers.answers.into_iter().next().map(|a| a.outcome) {
        Some(Outcome::Accepted { .. }) => Ok(()),
        Some(Outcome::Refused { rule, .. }) => {
            let key = format!("refusal-{}", rule.as_str());
            Err(CliError::new("cli-refused").with_words("what", key))
        }
        _ => Err(CliError::new("cli-refused").with("what", "conflict")),
    }
}
