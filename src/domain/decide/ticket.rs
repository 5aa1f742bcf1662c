//! Hands, life and labels of a ticket: claim, release, assign, transfer, wait, snooze, classify, close, link, merge.

use super::{Context, Decision, Rejection, Rule, conflict, ensure, words};
use crate::domain::command::CommandBody;
use crate::domain::event::{NewEvent, TicketEvent};
use crate::domain::ids::TicketId;
use crate::domain::ticket::{Status, Ticket};
use crate::domain::vocabulary::{Relation, Role};

/// Longest tag, in characters.
pub(super) const MAX_TAG: usize = 64;

pub(super) fn decide(cx: &Context<'_>) -> Decision {
    let ticket = cx
        .command
        .body
        .ticket()
        .ok_or(Rejection::rule(Rule::Malformed))?;
    let head = cx.head(ticket)?;
    if !matches!(cx.command.body, CommandBody::Claim { .. }) {
        // Before rights and state: who lost the ticket to another queue or to its end should see what happened, not only a rule.
        conflict::check(cx)?;
    }
    may_work(cx, head)?;
    match &cx.command.body {
        CommandBody::Claim { .. } | CommandBody::Release { .. } | CommandBody::Assign { .. } => {
            hands(cx, head)
        }
        CommandBody::Transfer { .. }
        | CommandBody::Wait { .. }
        | CommandBody::Resume { .. }
        | CommandBody::Snooze { .. } => life(cx, head),
        CommandBody::Close { .. } | CommandBody::Reopen { .. } => ends(cx, head),
        CommandBody::Link {
            other, relation, ..
        } => {
            ensure(head.id != *other, Rule::Itself)?;
            cx.head(*other)?;
            if head.links.contains(&(*other, *relation)) {
                return Ok(Vec::new());
            }
            Ok(link_both(cx, head.id, *other, *relation))
        }
        CommandBody::Merge { into, .. } => merge(cx, head, *into),
        _ => labels(cx, head),
    }
}

/// Whether who asks may work this ticket: a member of its queue, its holder, or somebody who sees all queues.
pub(super) fn may_work(cx: &Context<'_>, head: &Ticket) -> Result<(), Rejection> {
    let Some(user) = cx.world.user.as_ref() else {
        return Ok(());
    };
    if user.role.sees_all_queues() || head.assignee == Some(user.id) {
        return Ok(());
    }
    // A queue that was not gathered is not known to forbid anything: the server always gathers it.
    let member = cx
        .world
        .queues
        .get(&head.queue)
        .is_none_or(|q| q.members.contains(&user.id));
    ensure(member, Rule::NotMember)
}

fn alive(head: &Ticket) -> Result<(), Rejection> {
    match head.status {
        Status::Closed { .. } => Err(Rejection::rule(Rule::Closed)),
        Status::Merged { .. } => Err(Rejection::rule(Rule::Merged)),
        Status::Open | Status::Waiting { .. } | Status::Snoozed { .. } => Ok(()),
    }
}

/// Whether who asks holds the ticket, or nobody does, or they lead.
fn own_or_free(cx: &Context<'_>, head: &Ticket) -> Result<(), Rejection> {
    let user = cx.world.actor.user();
    let leads = cx.world.role().is_some_and(Role::leads);
    ensure(
        leads || head.assignee.is_none() || head.assignee == user,
        Rule::HeldByOther,
    )
}

fn hands(cx: &Context<'_>, head: &Ticket) -> Decision {
    let user = cx.world.actor.user();
    match &cx.command.body {
        CommandBody::Claim { .. } => {
            alive(head)?;
            let user = user.ok_or(Rejection::rule(Rule::NotAllowed))?;
            if head.assignee == Some(user) {
                return Ok(Vec::new());
            }
            if head.assignee.is_some() {
                conflict::check(cx)?;
                own_or_free(cx, head)?;
            }
            Ok(vec![cx.event(head.id, TicketEvent::Claimed { user })])
        }
        CommandBody::Release { .. } => {
            let holder = head.assignee.ok_or(Rejection::rule(Rule::NotHeld))?;
            own_or_free(cx, head)?;
            Ok(vec![cx.event(
                head.id,
                TicketEvent::Released {
                    user: holder,
                    sign_off: false,
                },
            )])
        }
        CommandBody::Assign { to, .. } => {
            alive(head)?;
            let to = cx
                .world
                .users
                .get(to)
                .filter(|u| !u.disabled)
                .ok_or(Rejection::rule(Rule::NotFound))?;
            if head.assignee == Some(to.id) {
                return Ok(Vec::new());
            }
            Ok(vec![
                cx.event(head.id, TicketEvent::Assigned { user: to.id }),
            ])
        }
        _ => Err(Rejection::rule(Rule::Malformed)),
    }
}

fn life(cx: &Context<'_>, head: &Ticket) -> Decision {
    alive(head)?;
    own_or_free(cx, head)?;
    let body = match &cx.command.body {
        CommandBody::Transfer { queue, .. } => {
            ensure(cx.world.queues.contains_key(queue), Rule::NotFound)?;
            if head.queue == *queue {
                return Ok(Vec::new());
            }
            TicketEvent::Transferred {
                from: head.queue,
                to: *queue,
            }
        }
        CommandBody::Wait {
            reason,
            next_contact,
            ..
        } => {
            ensure(*next_contact > cx.now, Rule::TimePassed)?;
            TicketEvent::WaitingSet {
                reason: *reason,
                next_contact: *next_contact,
            }
        }
        CommandBody::Snooze {
            until, overrides, ..
        } => {
            ensure(*until > cx.now, Rule::TimePassed)?;
            let overridden = words::overridden(cx, overrides)?;
            let mut events = vec![cx.event(head.id, TicketEvent::Snoozed { until: *until })];
            words::push_overrides(cx, head, &overridden, 0, &mut events);
            return Ok(events);
        }
        CommandBody::Resume { .. } if head.status == Status::Open => return Ok(Vec::new()),
        CommandBody::Resume { .. } => TicketEvent::Resumed {},
        _ => return Err(Rejection::rule(Rule::Malformed)),
    };
    Ok(vec![cx.event(head.id, body)])
}

fn ends(cx: &Context<'_>, head: &Ticket) -> Decision {
    match &cx.command.body {
        CommandBody::Close {
            reason,
            item,
            overrides,
            ..
        } => {
            alive(head)?;
            own_or_free(cx, head)?;
            let overridden = words::overridden(cx, overrides)?;
            let mut events = Vec::new();
            if let Some(item) = item {
                ensure(words::known_item(cx, item), Rule::NoItem)?;
                if head.item.as_ref() != Some(item) || !head.item_confirmed {
                    events.push(cx.event(head.id, TicketEvent::Classified { item: item.clone() }));
                }
            }
            let closed = events.len();
            events.push(cx.event(head.id, TicketEvent::Closed { reason: *reason }));
            words::push_overrides(cx, head, &overridden, closed, &mut events);
            Ok(events)
        }
        CommandBody::Reopen { reason, .. } => {
            ensure(!matches!(head.status, Status::Merged { .. }), Rule::Merged)?;
            ensure(!head.is_open(), Rule::Open)?;
            Ok(vec![
                cx.event(head.id, TicketEvent::Reopened { reason: *reason }),
            ])
        }
        _ => Err(Rejection::rule(Rule::Malformed)),
    }
}

fn link_both(
    cx: &Context<'_>,
    one: TicketId,
    other: TicketId,
    relation: Relation,
) -> Vec<NewEvent> {
    vec![
        cx.event(one, TicketEvent::Linked { other, relation }),
        cx.event(
            other,
            TicketEvent::Linked {
                other: one,
                relation,
            },
        ),
    ]
}

fn merge(cx: &Context<'_>, head: &Ticket, into: TicketId) -> Decision {
    ensure(head.id != into, Rule::Itself)?;
    alive(head)?;
    own_or_free(cx, head)?;
    // Merging into something that itself was merged could close a ring.
    let target = cx.head(into)?;
    ensure(
        !matches!(target.status, Status::Merged { .. }),
        Rule::Merged,
    )?;
    let mut events = vec![cx.event(head.id, TicketEvent::Merged { into })];
    events.extend(link_both(cx, head.id, into, Relation::Duplicate));
    Ok(events)
}

fn labels(cx: &Context<'_>, head: &Ticket) -> Decision {
    let body = match &cx.command.body {
        CommandBody::SetPriority { priority, .. } if head.priority == *priority => {
            return Ok(Vec::new());
        }
        CommandBody::SetPriority { priority, .. } => TicketEvent::PrioritySet {
            priority: *priority,
        },
        CommandBody::Tag { add, remove, .. } => {
            ensure(tags_fit(add) && tags_fit(remove), Rule::Malformed)?;
            TicketEvent::TicketTagged {
                add: add.clone(),
                remove: remove.clone(),
            }
        }
        CommandBody::Classify { item, .. } => {
            ensure(words::known_item(cx, item), Rule::NoItem)?;
            TicketEvent::Classified { item: item.clone() }
        }
        _ => return Err(Rejection::rule(Rule::Malformed)),
    };
    Ok(vec![cx.event(head.id, body)])
}

/// Whether every tag is a short word.
pub(super) fn tags_fit(tags: &[String]) -> bool {
    tags.iter()
        .all(|t| !t.trim().is_empty() && t.chars().count() <= MAX_TAG)
}
