//! Conflicts are listed by kind, not by strict version: what somebody else did matters only to some commands (design 1).

use super::{Context, Rejection};
use crate::domain::command::{Command, CommandBody};
use crate::domain::event::{LineEvent, TicketEvent};
use crate::domain::ids::UserId;
use crate::domain::world::Since;

/// Whether this event, done by somebody else since the desk's base, makes the command a conflict.
///
/// A new customer message is a warning to the writer of a reply, not a conflict; but closing over it would bury it.
#[must_use]
pub const fn clashes(body: &CommandBody, event: &TicketEvent) -> bool {
    match body {
        CommandBody::Reply { anyway, .. } => {
            !*anyway
                && matches!(
                    event,
                    TicketEvent::Replied { .. }
                        | TicketEvent::Closed { .. }
                        | TicketEvent::Transferred { .. }
                        | TicketEvent::Merged { .. }
                )
        }
        CommandBody::Close { .. } => matches!(
            event,
            TicketEvent::Replied { .. }
                | TicketEvent::Spoken { .. }
                | TicketEvent::CustomerMessage { .. }
                | TicketEvent::Transferred { .. }
                | TicketEvent::Merged { .. }
        ),
        CommandBody::Transfer { .. } => {
            matches!(
                event,
                TicketEvent::Transferred { .. }
                    | TicketEvent::Closed { .. }
                    | TicketEvent::Merged { .. }
            )
        }
        CommandBody::Claim { .. } => {
            matches!(
                event,
                TicketEvent::Claimed { .. }
                    | TicketEvent::Assigned { .. }
                    | TicketEvent::Merged { .. }
            )
        }
        CommandBody::Wait { .. } | CommandBody::Snooze { .. } => matches!(
            event,
            TicketEvent::Closed { .. }
                | TicketEvent::Merged { .. }
                | TicketEvent::Transferred { .. }
                | TicketEvent::CustomerMessage { .. }
        ),
        CommandBody::Merge { .. } => matches!(
            event,
            TicketEvent::Merged { .. } | TicketEvent::Closed { .. }
        ),
        _ => false,
    }
}

/// Whether this event, done by somebody else since the desk's base, makes a decision on a playbook line a conflict: another
/// lead decided meanwhile.
#[must_use]
pub const fn line_clashes(body: &CommandBody, event: &LineEvent) -> bool {
    matches!(
        body,
        CommandBody::ApproveLine { .. }
            | CommandBody::DeclineLine { .. }
            | CommandBody::RetireLine { .. }
    ) && !matches!(event, LineEvent::LineProposed { .. })
}

/// What in `since` makes `command`, asked by `user`, a conflict. The user's own events never do.
#[must_use]
pub fn conflicts(command: &Command, user: Option<UserId>, since: &[Since]) -> Vec<Since> {
    since
        .iter()
        .filter(|s| user.is_none() || s.actor.user() != user)
        .filter(|s| {
            let ticket = s.body.ticket().is_some_and(|e| clashes(&command.body, e));
            ticket
                || s.body
                    .line()
                    .is_some_and(|e| line_clashes(&command.body, e))
        })
        .cloned()
        .collect()
}

/// Stops a command that clashes.
pub(super) fn check(cx: &Context<'_>) -> Result<(), Rejection> {
    let with = conflicts(cx.command, cx.world.actor.user(), &cx.world.since);
    if with.is_empty() {
        Ok(())
    } else {
        Err(Rejection::Conflict { with })
    }
}
