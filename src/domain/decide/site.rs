//! The site: accounts, duty, queues.

use super::{Context, Decision, Rejection, Rule, ensure};
use crate::domain::command::CommandBody;
use crate::domain::event::{QueueEvent, TicketEvent, UserEvent};
use crate::domain::ids::UserId;
use crate::domain::ticket::{Status, Ticket};
use crate::domain::vocabulary::Duty;

pub(super) fn decide(cx: &Context<'_>) -> Decision {
    match &cx.command.body {
        CommandBody::AddUser {
            user,
            login,
            name,
            role,
        } => {
            ensure(!cx.world.users.contains_key(user), Rule::Exists)?;
            ensure(!cx.world.login_taken, Rule::Taken)?;
            ensure(
                !login.trim().is_empty() && !name.trim().is_empty(),
                Rule::Empty,
            )?;
            let body = UserEvent::UserAdded {
                login: login.clone(),
                name: name.clone(),
                role: *role,
            };
            Ok(vec![cx.event(*user, body)])
        }
        CommandBody::SetRole { user, role } => {
            ensure(cx.world.users.contains_key(user), Rule::NotFound)?;
            Ok(vec![cx.event(*user, UserEvent::RoleSet { role: *role })])
        }
        CommandBody::DisableUser { user } => {
            ensure(cx.world.users.contains_key(user), Rule::NotFound)?;
            // Nobody locks themselves out: the last admin would be gone.
            ensure(cx.world.actor.user() != Some(*user), Rule::Itself)?;
            Ok(vec![cx.event(*user, UserEvent::UserDisabled {})])
        }
        CommandBody::SetDuty { duty } => set_duty(cx, *duty),
        CommandBody::AddQueue {
            queue,
            slug,
            zh,
            en,
        } => {
            ensure(!cx.world.queues.contains_key(queue), Rule::Exists)?;
            ensure(!cx.world.slug_taken, Rule::Taken)?;
            ensure(!slug.trim().is_empty(), Rule::Empty)?;
            let body = QueueEvent::QueueAdded {
                slug: slug.clone(),
                zh: zh.clone(),
                en: en.clone(),
            };
            Ok(vec![cx.event(*queue, body)])
        }
        CommandBody::SetMembers { queue, members } => {
            ensure(cx.world.queues.contains_key(queue), Rule::NotFound)?;
            ensure(
                members.iter().all(|m| cx.world.users.contains_key(m)),
                Rule::NotFound,
            )?;
            let mut members = members.clone();
            members.sort();
            members.dedup();
            Ok(vec![cx.event(*queue, QueueEvent::MembersSet { members })])
        }
        _ => Err(Rejection::rule(Rule::Malformed)),
    }
}

fn set_duty(cx: &Context<'_>, duty: Duty) -> Decision {
    let user = cx
        .world
        .actor
        .user()
        .ok_or(Rejection::rule(Rule::NotAllowed))?;
    let mut events = vec![cx.event(user, UserEvent::DutySet { duty })];
    if duty == Duty::Off {
        for ticket in cx.world.held.iter().filter(|t| goes_back(t, user)) {
            events.push(cx.event(
                ticket.id,
                TicketEvent::Released {
                    user,
                    sign_off: true,
                },
            ));
        }
    }
    Ok(events)
}

/// Whether signing off gives the ticket back to its queue: one the agent took, that needs us now, and in which the agent
/// owes the customer no promise in person. A promise stays with the one who gave it until it is handed over by name.
fn goes_back(ticket: &Ticket, user: UserId) -> bool {
    ticket.claimed
        && ticket.assignee == Some(user)
        && ticket.status == Status::Open
        && !ticket
            .promises
            .iter()
            .any(|p| p.is_open() && p.by == Some(user))
}
