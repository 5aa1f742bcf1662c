//! `balm token new|revoke|list`. A secret goes into a file that only its owner can read, never onto the screen.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::args::TokenCommand;
use super::error::CliError;
use super::place::Door;
use super::{Cx, say};
use crate::api::wire::NewToken;
use crate::config;
use crate::text::locale::Arg;

/// Makes, takes back or lists tokens.
///
/// # Errors
/// When the folder cannot be used, the account does not exist or the file exists already.
pub fn run(cx: &Cx, what: &TokenCommand) -> Result<(), CliError> {
    let (TokenCommand::New { data, .. }
    | TokenCommand::Revoke { data, .. }
    | TokenCommand::List { data }) = what;
    let folder = config::prepare(&cx.data(data.as_deref()))?;
    let runtime = cx.runtime()?;
    runtime.block_on(async {
        let door = Door::open(cx, folder.path()).await?;
        let done = work(cx, what, &door, folder.path()).await;
        door.close().await;
        done
    })
}

async fn work(cx: &Cx, what: &TokenCommand, door: &Door, dir: &Path) -> Result<(), CliError> {
    let client = door.client(dir)?;
    match what {
        TokenCommand::New {
            user: login,
            out,
            label,
            ..
        } => {
            let users = client.users().await?.users;
            let user = users.iter().find(|u| u.login == *login);
            let user = user.ok_or_else(|| CliError::new("cli-no_user").with("name", login))?;
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(out)
                .map_err(|e| CliError::file(out, &e))?;
            let wanted = NewToken {
                user: user.id,
                label: label.clone(),
            };
            let made = match client.new_token(&wanted).await {
                Ok(made) => made,
                Err(error) => {
                    drop(std::fs::remove_file(out));
                    return Err(error.into());
                }
            };
            let written = writeln!(file, "{}", made.secret).and_then(|()| file.sync_all());
            if let Err(error) = written {
                // A token nobody can read is of no use to anybody but a finder.
                drop(std::fs::remove_file(out));
                client.revoke_token(&made.id).await?;
                return Err(CliError::file(out, &error));
            }
            let args = [
                ("id", Arg::from(&made.id)),
                ("path", Arg::from(out.display().to_string())),
            ];
            say::remark(&cx.locale.t_args("cli-token_made", &args));
        }
        TokenCommand::Revoke { id, .. } => {
            if !client.tokens().await?.tokens.iter().any(|t| t.id == *id) {
                return Err(CliError::new("cli-no_token").with("id", id));
            }
            client.revoke_token(id).await?;
            say::remark(
                &cx.locale
                    .t_args("cli-token_revoked", &[("id", Arg::from(id))]),
            );
        }
        TokenCommand::List { .. } => {
            for token in client.tokens().await?.tokens {
                let state = if token.revoked_at.is_some() {
                    "revoked"
                } else {
                    "valid"
                };
                say::line(&format!(
                    "{}\t{}\t{}\t{state}",
                    token.id, token.user, token.label
                ))?;
            }
        }
    }
    Ok(())
}
