//! The scheduler's deliveries: over the built-in channels an outgoing reply goes queued → accepted → delivered.
//!
//! Each step is a command whose id is made from the reply and the state, so that a restart repeats nothing. A channel of a
//! foreign system reports its own states through the bridge.

use std::time::Duration;

use uuid::Uuid;

use super::Shared;
use crate::domain::command::{Command, CommandBody};
use crate::domain::event::Actor;
use crate::domain::ids::{CommandId, EventId, TicketId};
use crate::domain::vocabulary::Delivery;
use crate::task;

/// The name space of the ids made here.
const SPACE: Uuid = Uuid::from_u128(0x6261_6c6d_0000_5000_8000_6465_6c69_7672);
/// Replies are handed on at most this long after they were sent; in a flood many go together.
const PACE: Duration = Duration::from_millis(150);
/// Tickets looked at in one round.
const ROUND: u32 = 200;

/// The id of the command that tells of this step.
#[must_use]
pub fn command_id(message: EventId, state: Delivery) -> CommandId {
    let name = format!("deliver {message} {}", state.as_str());
    CommandId(Uuid::new_v5(&SPACE, name.as_bytes()))
}

/// The step after this one.
const fn next(state: Delivery) -> Option<Delivery> {
    match state {
        Delivery::Queued => Some(Delivery::Accepted),
        Delivery::Accepted => Some(Delivery::Delivered),
        Delivery::Delivered | Delivery::Failed => None,
    }
}

/// Runs until the server stops.
pub(super) async fn run(shared: Shared) {
    let mut bell = shared.log.watch();
    loop {
        bell.borrow_and_update();
        let busy = match round(&shared).await {
            Ok(steps) => steps > 0,
            Err(fault) => {
                tracing::warn!(code = fault.code.as_str(), "deliveries wait");
                false
            }
        };
        tokio::select! {
            () = shared.stop.cancelled() => return,
            () = tokio::time::sleep(PACE) => {}
        }
        if !busy {
            tokio::select! {
                () = shared.stop.cancelled() => return,
                changed = bell.changed() => if changed.is_err() { return },
            }
        }
    }
}

async fn round(shared: &Shared) -> Result<usize, super::problem::Fault> {
    let mut commands = Vec::new();
    for ticket in shared.log.undelivered(ROUND).await? {
        for (message, state) in &ticket.undelivered {
            if let Some(state) = next(*state) {
                commands.push(step(ticket.id, *message, state));
            }
        }
    }
    shared.commands.batch(Actor::System, &commands).await?;
    Ok(commands.len())
}

fn step(ticket: TicketId, message: EventId, state: Delivery) -> Command {
    Command {
        id: command_id(message, state),
        at: task::now_ms(),
        base: Vec::new(),
        after: None,
        body: CommandBody::Deliver {
            ticket,
            message,
            state,
            reason: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{command_id, next};
    use crate::domain::ids::{CommandId, EventId};
    use crate::domain::vocabulary::Delivery;

    #[test]
    fn a_step_has_one_name_for_ever() {
        let message = EventId {
            command: CommandId(uuid::Uuid::from_u128(1)),
            index: 0,
        };
        let id = command_id(message, Delivery::Accepted);
        assert_eq!(id, command_id(message, Delivery::Accepted));
        assert_ne!(id, command_id(message, Delivery::Delivered));
        assert_ne!(
            id,
            command_id(
                EventId {
                    index: 1,
                    ..message
                },
                Delivery::Accepted
            )
        );
        assert_eq!(next(Delivery::Failed), None);
    }
}
