//! Putting a ticket down, aside or for good, while its issue is open: the rule that speaks asks for a reason, here as when words
//! are sent (method 3.4, CMT-02). Foretold at the desk, so that nobody learns of it hours later from the outbox.

use super::asking;
use super::cx::Cx;
use super::dialog::{Ask, Pick, PutDown};
use super::notice::{Msg, Severity};
use super::overriding;
use super::state::Underway;
use super::writing;
use crate::api::desk::{DeskRequest, ReturnCause, ReturnChoice, Returned};
use crate::coach::lint::rules::may_override;
use crate::domain::command::{CommandBody, Override};
use crate::domain::decide::Rule;
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::vocabulary::MayOverride;
use crate::text::{RawText, SafeText};

/// Puts a ticket down, or asks why it may be although a rule speaks against it.
pub(super) fn put_down(cx: &mut Cx<'_, '_>, ticket: TicketId, body: CommandBody) {
    let closed = match &body {
        CommandBody::Close { reason, .. } => Some(*reason),
        _ => None,
    };
    let shown = cx.state.ticket.as_ref().is_some_and(|t| t.id == ticket);
    let foretold = if shown {
        writing::keep_gathered(cx);
        writing::with_ask(cx.state, cx.env, |coach, ask, _| {
            coach.put_down(closed, ask)
        })
    } else {
        // What was said on a ticket that is only a row the store knows; it answers at once.
        None
    };
    match foretold {
        Some(rules) if !rules.is_empty() => ask(cx, ticket, body, rules, None),
        _ => submit(cx, ticket, body),
    }
}

fn submit(cx: &mut Cx<'_, '_>, ticket: TicketId, body: CommandBody) {
    let closes = matches!(body, CommandBody::Close { .. });
    let again = overrides_of(&body).is_some_and(<[Override]>::is_empty);
    cx.submit(vec![body.clone()], None);
    if let Some(underway) = cx.state.underway.last_mut().filter(|_| again) {
        underway.again = Some(Box::new(body));
    }
    if closes && cx.state.call.is_some_and(|c| c.ticket == ticket) {
        cx.state.call = None;
    }
    let done = if closes {
        "notice-closed"
    } else {
        "notice-snoozed"
    };
    cx.say(Severity::Done, done);
}

/// Asks for the reason, if this seat may give one.
fn ask(
    cx: &mut Cx<'_, '_>,
    ticket: TicketId,
    body: CommandBody,
    rules: Vec<String>,
    returned: Option<CommandId>,
) {
    let leads = cx.seat_leads();
    let may = |rule: &String| match may_override(rule) {
        MayOverride::Agent => true,
        MayOverride::Lead => leads,
        MayOverride::Nobody => false,
    };
    if !rules.iter().all(may) {
        let rules = SafeText::clean_line(&rules.join(", "));
        let msg = Msg::new("notice-put-down-blocked").text("rule", &rules);
        return cx.tell(Severity::Error, msg);
    }
    let put_down = PutDown {
        body,
        rules,
        returned,
    };
    asking::open_for(cx, Ask::PutDown(Box::new(put_down)), Some(ticket));
}

/// The store refused to put a ticket down; tells whether a reason can be given for it.
pub(super) fn refused(
    cx: &mut Cx<'_, '_>,
    underway: Option<&Underway>,
    cause: &ReturnCause,
) -> bool {
    let again = underway.and_then(|u| u.again.as_deref()).cloned();
    let (Some(body), Some(rules)) = (again, blocked(cause)) else {
        return false;
    };
    let Some(ticket) = body.ticket() else {
        return false;
    };
    cx.state.notices.dismiss(cx.env.now);
    ask(cx, ticket, body, rules, None);
    true
}

/// Asks for the reason of what came back from the server.
pub(super) fn returned(cx: &mut Cx<'_, '_>, item: &Returned) {
    let body = item.command.body.clone();
    if let (Some(rules), Some(ticket)) = (blocked(&item.cause), body.ticket()) {
        ask(cx, ticket, body, rules, Some(item.command.id));
    }
}

/// Whether a reason would help what came back.
pub(super) fn wants_reason(item: &Returned) -> bool {
    blocked(&item.cause).is_some() && overrides_of(&item.command.body).is_some()
}

fn blocked(cause: &ReturnCause) -> Option<Vec<String>> {
    match cause {
        ReturnCause::Refused {
            rule: Rule::Blocked,
            detail,
        } if !detail.is_empty() => Some(detail.clone()),
        _ => None,
    }
}

fn overrides_of(body: &CommandBody) -> Option<&[Override]> {
    match body {
        CommandBody::Close { overrides, .. } | CommandBody::Snooze { overrides, .. } => {
            Some(overrides)
        }
        _ => None,
    }
}

/// The reason was given.
pub(super) fn answered(
    cx: &mut Cx<'_, '_>,
    ticket: TicketId,
    what: PutDown,
    pick: Pick,
    typed: &str,
) {
    let Some(reason) = overriding::reason(pick, typed) else {
        return;
    };
    let given = |rule: String| Override {
        rule,
        reason: RawText::new(reason.as_str()),
    };
    let mut body = what.body;
    if let CommandBody::Close { overrides, .. } | CommandBody::Snooze { overrides, .. } = &mut body
    {
        *overrides = what.rules.into_iter().map(given).collect();
    }
    submit(cx, ticket, body);
    let back = what.returned;
    if let Some(command) = back.filter(|id| cx.state.returned.resolving.insert(*id)) {
        // It goes out again under a name of its own; what came back is done with.
        let fresh = (cx.env.ids)();
        cx.ask(DeskRequest::Resolve {
            command,
            choice: ReturnChoice::Discard,
            fresh,
            due: None,
            at: cx.env.now,
        });
    }
}
