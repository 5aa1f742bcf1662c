//! The engine: keeps a session with the server, and tells the truth about the line while there is none.

use tokio::sync::mpsc;

use super::{backoff, session};
use crate::api::desk::LinkState;
use crate::client::{Client, ClientError};
use crate::store::Store;
use crate::store::seam::{Call, Notice};
use crate::task;

/// What ended a session.
#[derive(Debug)]
pub enum End {
    /// The line or the server.
    Client(ClientError),
    /// The desk's files; they have told the agent already.
    Store,
    /// The store has stopped: so does the engine.
    Stopped,
    /// The server asks to begin anew.
    Again,
}

impl From<ClientError> for End {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

/// Runs until the store stops.
pub async fn run(client: Client, store: Store, mut notices: mpsc::UnboundedReceiver<Notice>) {
    let mut attempt = 0;
    let mut since = None;
    loop {
        let mut reached = false;
        let end = session::run(&client, &store, &mut notices, &mut reached).await;
        if reached {
            attempt = 0;
            since = None;
        }
        let state = match end {
            End::Stopped => return,
            End::Again => {
                tracing::info!("the server asks for a fresh picture");
                continue;
            }
            End::Store => LinkState::Offline {
                since: *since.get_or_insert_with(task::now_ms),
            },
            End::Client(error) => {
                tracing::info!(%error, attempt, "the line");
                match error {
                    ClientError::Auth => LinkState::Unauthorised,
                    ClientError::Permanent(_) => LinkState::Incompatible,
                    ClientError::Retry(_)
                    | ClientError::Full
                    | ClientError::Conflict(_)
                    | ClientError::Gone => LinkState::Offline {
                        since: *since.get_or_insert_with(task::now_ms),
                    },
                }
            }
        };
        store.tell(Call::Link(state));
        store.tell(Call::Presence(None));
        let chance = u64::try_from(task::new_id().as_u128() & 0xffff_ffff).unwrap_or(0);
        let pause = tokio::time::sleep(backoff::wait(attempt, chance));
        tokio::pin!(pause);
        attempt += 1;
        // While there is no line, what needs it is answered as offline; a wish to try again ends the pause.
        loop {
            tokio::select! {
                () = &mut pause => break,
                notice = notices.recv() => match notice {
                    None => return,
                    Some(Notice::Retry) => break,
                    Some(notice) => offline(&store, &notice),
                },
            }
        }
    }
}

/// Answers what cannot be asked now.
pub fn offline(store: &Store, notice: &Notice) {
    match notice {
        Notice::Fetch(generation, ticket) => store.tell(Call::NotHere(*generation, *ticket)),
        Notice::Older(generation, ..) => store.tell(Call::Older(*generation, None)),
        Notice::Due(_) => store.tell(Call::Due(None)),
        Notice::Outbox
        | Notice::Retry
        | Notice::Search(..)
        | Notice::LookUp(..)
        | Notice::Presence(_) => {}
    }
}
