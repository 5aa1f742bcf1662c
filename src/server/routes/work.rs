//! Commands and tickets.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Limit;
use crate::api::wire::{CommandAnswer, CommandAnswers, CommandBatch, TicketView, TicketsPage};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, QueueId, TicketId, UserId};
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::log::TicketFilter;
use crate::server::auth::Caller;
use crate::server::extract::{Body, Params, PathId};
use crate::server::problem::{Bodied, Code, Common, Fault, Guarded, Missing, Reused};
use crate::server::{Shared, shown};

/// Does what is asked, one by one; the same id again gets the same answer.
#[utoipa::path(post, path = "/v1/commands", tag = "work", security(("token" = [])), request_body = CommandBatch,
    responses((status = 200, body = CommandAnswers), Common, Guarded, Bodied, Reused))]
pub(super) async fn commands(
    State(shared): State<Shared>,
    caller: Caller,
    Body(batch): Body<CommandBatch>,
) -> Result<Json<CommandAnswers>, Fault> {
    let answers = shared
        .commands
        .batch(caller.actor(), &batch.commands)
        .await?;
    let answers = answers
        .into_iter()
        .map(|answer| CommandAnswer {
            outcome: shown::outcome(&caller, answer.outcome),
            ..answer
        })
        .collect();
    Ok(Json(CommandAnswers { answers }))
}

/// The highest ticket number that every JSON reader can hold exactly (2^53 - 1).
const MAX_NUMBER: u64 = 9_007_199_254_740_991;

/// Which tickets to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct TicketsQuery {
    /// Only of this queue.
    queue: Option<QueueId>,
    /// Only held by this user.
    assignee: Option<UserId>,
    /// Only of this customer.
    customer: Option<CustomerId>,
    /// Only open ones, or only those that are not.
    open: Option<bool>,
    /// Only the one with this number.
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_u64)]
    number: Option<u64>,
    /// `next` of the page before.
    #[param(pattern = "^[0-9]{1,15}-[0-9a-f]{32}$")]
    after: Option<String>,
    /// Most tickets in the page; 200 if not said.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 2000)]
    limit: Option<Limit>,
}

/// Tickets in sight, most recently changed first.
#[utoipa::path(get, path = "/v1/tickets", tag = "work", security(("token" = [])), params(TicketsQuery),
    responses((status = 200, body = TicketsPage), Common, Guarded))]
pub(super) async fn tickets(
    State(shared): State<Shared>,
    caller: Caller,
    Params(query): Params<TicketsQuery>,
) -> Result<Json<TicketsPage>, Fault> {
    if query.number.is_some_and(|n| n > MAX_NUMBER) {
        return Err(Fault::new(Code::BadRequest, "number is out of range"));
    }
    let limit = Limit::of(query.limit, 200);
    let before = query.after.as_deref().map(key).transpose()?;
    let filter = TicketFilter {
        queue: query.queue,
        assignee: query.assignee,
        customer: query.customer,
        open: query.open,
        number: query.number,
        before,
    };
    let tickets = shared
        .log
        .tickets(filter, caller.sight.clone(), limit)
        .await?;
    let full = tickets.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let next = tickets
        .last()
        .filter(|_| full)
        .map(|t| format!("{}-{}", t.updated_at.0.max(0), t.id.0.simple()));
    Ok(Json(TicketsPage {
        tickets: tickets.into_iter().map(head).collect(),
        next,
    }))
}

fn head(ticket: Ticket) -> Head {
    Head::Ticket(Box::new(ticket))
}

fn key(text: &str) -> Result<(Ms, TicketId), Fault> {
    let bad = || Fault::new(Code::BadRequest, "this was never a page of tickets");
    let (at, id) = text.split_once('-').ok_or_else(bad)?;
    let digits = (1..=15).contains(&at.len()) && at.bytes().all(|b| b.is_ascii_digit());
    let lower = id.len() == 32 && !id.bytes().any(|b| b.is_ascii_uppercase());
    if !digits || !lower {
        return Err(bad());
    }
    let at = at.parse().map_err(|_| bad())?;
    Ok((Ms(at), id.parse().map_err(|_| bad())?))
}

/// One ticket with everything that happened to it.
#[utoipa::path(get, path = "/v1/tickets/{ticket}", tag = "work", security(("token" = [])),
    params(("ticket" = TicketId, Path, description = "The ticket")),
    responses((status = 200, body = TicketView), Common, Guarded, Missing))]
pub(super) async fn ticket(
    State(shared): State<Shared>,
    caller: Caller,
    PathId(id): PathId,
) -> Result<Json<TicketView>, Fault> {
    let entry = crate::server::snapshot::ticket(shared.log.as_ref(), &caller, TicketId(id))
        .await?
        .filter(|e| matches!(&e.head, Head::Ticket(t) if caller.sight.sees_ticket(t)))
        .ok_or_else(|| Fault::not_found("ticket"))?;
    Ok(Json(TicketView {
        head: entry.head,
        events: entry.events,
    }))
}
