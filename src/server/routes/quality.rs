//! Reviews of what was said to customers, and what is to be reviewed.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::api::wire::{DuePage, DueReview, ReviewLoad, ReviewView, ReviewsPage};
use crate::domain::event::Event;
use crate::domain::fold::Head;
use crate::domain::ids::{Stream, StreamKind};
use crate::domain::review::{Review, Said, drawn_for_two};
use crate::domain::rights::Rank;
use crate::domain::ticket::Ticket;
use crate::domain::time::{Ms, from_local, local};
use crate::domain::vocabulary::PromiseState;
use crate::insight::quality::{Unit, sample};
use crate::server::auth::Caller;
use crate::server::extract::Params;
use crate::server::problem::{Code, Common, Fault, Guarded, Ranked};
use crate::server::{Shared, shown, snapshot};
use crate::task;

/// Tickets whose events are read at once.
const AT_ONCE: usize = 500;

/// Reviews of the last year: those who rate see all of them, agents those of their own words that were told.
#[utoipa::path(get, path = "/v1/reviews", tag = "quality", security(("token" = [])),
    responses((status = 200, body = ReviewsPage), Common, Guarded))]
pub(super) async fn reviews(
    State(shared): State<Shared>,
    caller: Caller,
) -> Result<Json<ReviewsPage>, Fault> {
    let since = snapshot::since_year(task::now_ms());
    let entries = snapshot::reviews(shared.log.as_ref(), &caller, since).await?;
    let mut reviews: Vec<ReviewView> = entries
        .into_iter()
        .map(|e| shown::entry(&caller, e))
        .filter_map(|entry| match entry.head {
            Head::Review(review) => Some(ReviewView {
                review: *review,
                events: entry.events,
            }),
            _ => None,
        })
        .collect();
    reviews.sort_by_key(|r| (r.review.said_at, r.review.id));
    Ok(Json(ReviewsPage { reviews }))
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct DueQuery {
    /// The month, as 2026-11; the present one if not said.
    #[param(pattern = "^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    month: Option<String>,
}

/// What is to be reviewed of a month (leads and trainers): drawn anew from the log each time, always the same.
#[utoipa::path(get, path = "/v1/reviews/due", tag = "quality", security(("token" = [])), params(DueQuery),
    responses((status = 200, body = DuePage), Common, Guarded, Ranked))]
pub(super) async fn due(
    State(shared): State<Shared>,
    caller: Caller,
    Params(query): Params<DueQuery>,
) -> Result<Json<DuePage>, Fault> {
    caller.must_be(Rank::Rates)?;
    let now = task::now_ms();
    let first = month(query.month.as_deref(), &shared, now)?;
    let zone = shared.policy.calendar.zone();
    let instant = |date: Date| from_local(date.at(0, 0, 0, 0), zone);
    let next = first.last_of_month().tomorrow().unwrap_or(first);
    let span = (instant(first), instant(next));
    let tickets = shared.log.tickets_between(span.0, span.1).await?;
    let units = units(&shared, &tickets, span, now).await?;
    let heads = shared.log.all(StreamKind::Review).await?;
    let reviews: Vec<Review> = heads
        .into_iter()
        .filter_map(|head| match head {
            Head::Review(review) => Some(*review),
            _ => None,
        })
        .collect();
    let name = first.strftime("%Y-%m").to_string();
    let card = &shared.policy.card;
    let drawn = sample(&units, &reviews, card, span, seed(&shared.log.id(), &name));
    Ok(Json(DuePage {
        month: name,
        at: now,
        due: drawn
            .due
            .into_iter()
            .filter(|d| d.said.by != caller.user.id)
            .map(|d| DueReview {
                review: d.review,
                ticket: d.said.ticket,
                number: d.said.number,
                source: d.said.event,
                agent: d.said.by,
                said_at: d.said.at,
                why: d.why,
                second: drawn_for_two(d.review, card),
            })
            .collect(),
        agents: drawn
            .agents
            .into_iter()
            .map(|(agent, load)| ReviewLoad {
                agent,
                units: load.units,
                rated: load.rated,
                wanted: load.wanted,
            })
            .collect(),
    }))
}

/// The first day of the month asked for.
fn month(asked: Option<&str>, shared: &Shared, now: Ms) -> Result<Date, Fault> {
    let Some(text) = asked else {
        let today = local(now, shared.policy.calendar.zone()).date();
        return Ok(today.first_of_month());
    };
    let bad = || Fault::new(Code::BadRequest, "month must be written as 2026-11");
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let (year, month) = text.split_once('-').ok_or_else(bad)?;
    if !digits(year, 4) || !year.starts_with("20") || !digits(month, 2) {
        return Err(bad());
    }
    let (year, month) = (year.parse(), month.parse());
    let (Ok(year), Ok(month)) = (year, month) else {
        return Err(bad());
    };
    Date::new(year, month, 1).map_err(|_| bad())
}

/// What every member of the team said on these tickets in the span, and where they missed a promise in it.
async fn units(
    shared: &Shared,
    tickets: &[Ticket],
    span: (Ms, Ms),
    now: Ms,
) -> Result<Vec<Unit>, Fault> {
    let end = span.1.min(now);
    let mut out = Vec::new();
    for part in tickets.chunks(AT_ONCE) {
        let streams: Vec<Stream> = part.iter().map(|t| Stream::from(t.id)).collect();
        let events = shared.log.events_of(streams).await?;
        for ticket in part {
            let told: &[Event] = events.get(&ticket.id.into()).map_or(&[], Vec::as_slice);
            let said = told.iter().filter_map(|e| Said::of(e, ticket));
            out.extend(said.map(|said| Unit {
                said,
                missed: missed(ticket, said, span.0, end),
            }));
        }
    }
    Ok(out)
}

/// Whether a promise that this agent gave on the ticket was due in the span and not kept in time.
fn missed(ticket: &Ticket, said: Said, from: Ms, end: Ms) -> bool {
    let due = ticket.promises.iter().filter(|p| p.by == Some(said.by));
    due.filter(|p| from <= p.due && p.due < end)
        .any(|p| match p.state {
            PromiseState::Open => true,
            PromiseState::Kept => p.settled_at.is_some_and(|at| at > p.due),
            PromiseState::Renegotiated | PromiseState::Withdrawn => false,
        })
}

/// The seed of a month: nobody can foresee it, and it is the same for as long as the log lives.
fn seed(log: &str, month: &str) -> u64 {
    // FNV-1a.
    log.bytes()
        .chain(month.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}
