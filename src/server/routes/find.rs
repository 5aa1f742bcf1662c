//! Customers, their history, search.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Limit;
use crate::api::wire::{CustomerView, CustomersPage, HistoryPage, SearchHit, SearchPage};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, Stream};
use crate::domain::rights::Rank;
use crate::log::Hit;
use crate::server::auth::Caller;
use crate::server::extract::{Params, PathId};
use crate::server::problem::{Code, Common, Cursored, Fault, Guarded, Missing};
use crate::server::{Shared, cursor, shown};
use crate::text::{RawText, index_text};

/// Characters around a match that are shown.
const AROUND: usize = 60;

/// What was typed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FindQuery {
    /// An exact phone number or other address, a name, the initials of its pinyin; in a search also words and ticket numbers.
    #[param(min_length = 1, max_length = 200)]
    q: String,
    /// Most results; 50 if not said.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 2000)]
    limit: Option<Limit>,
}

impl FindQuery {
    fn check(&self) -> Result<(), Fault> {
        if (1..=200).contains(&self.q.chars().count()) {
            return Ok(());
        }
        Err(Fault::new(
            Code::BadRequest,
            "q must have 1 to 200 characters",
        ))
    }
}

/// Customers by address or name. A trainer finds nobody: what they may see is masked.
#[utoipa::path(get, path = "/v1/customers", tag = "customers", security(("token" = [])), params(FindQuery),
    responses((status = 200, body = CustomersPage), Common, Guarded))]
pub(super) async fn customers(
    State(shared): State<Shared>,
    caller: Caller,
    Params(query): Params<FindQuery>,
) -> Result<Json<CustomersPage>, Fault> {
    query.check()?;
    if caller.must_be(Rank::Works).is_err() {
        // Finding a customer by phone number would unmask the number.
        return Ok(Json(CustomersPage {
            customers: Vec::new(),
        }));
    }
    let ids = shared
        .log
        .find_customers(query.q, Limit::of(query.limit, 50))
        .await?;
    Ok(Json(CustomersPage {
        customers: views(&shared, &caller, ids).await?,
    }))
}

async fn views(
    shared: &Shared,
    caller: &Caller,
    ids: Vec<CustomerId>,
) -> Result<Vec<CustomerView>, Fault> {
    let streams = ids.iter().map(|id| Stream::from(*id)).collect();
    let heads = shared.log.heads(streams).await?;
    let mut personal = shared.log.personal(ids).await?;
    Ok(heads
        .into_iter()
        .filter_map(|head| {
            let Head::Customer(customer) = &head else {
                return None;
            };
            let personal = personal.remove(&customer.id).unwrap_or_default();
            Some(CustomerView {
                personal: shown::payload(caller, personal),
                head,
            })
        })
        .collect())
}

/// One customer as the role may see them.
#[utoipa::path(get, path = "/v1/customers/{customer}", tag = "customers", security(("token" = [])),
    params(("customer" = CustomerId, Path, description = "The customer")),
    responses((status = 200, body = CustomerView), Common, Guarded, Missing))]
pub(super) async fn customer(
    State(shared): State<Shared>,
    caller: Caller,
    PathId(id): PathId,
) -> Result<Json<CustomerView>, Fault> {
    views(&shared, &caller, vec![CustomerId(id)])
        .await?
        .pop()
        .map(Json)
        .ok_or_else(|| Fault::not_found("customer"))
}

/// Where to read on.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct HistoryQuery {
    /// `next` of the page before.
    #[param(pattern = "^[0-9a-f]{32}-[0-9a-f]{1,15}$")]
    after: Option<String>,
    /// Most events; 100 if not said.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 2000)]
    limit: Option<Limit>,
}

/// What happened on all tickets in sight of a customer, newest first.
#[utoipa::path(get, path = "/v1/customers/{customer}/history", tag = "customers", security(("token" = [])),
    params(("customer" = CustomerId, Path, description = "The customer"), HistoryQuery),
    responses((status = 200, body = HistoryPage), Common, Guarded, Missing, Cursored))]
pub(super) async fn history(
    State(shared): State<Shared>,
    caller: Caller,
    PathId(id): PathId,
    Params(query): Params<HistoryQuery>,
) -> Result<Json<HistoryPage>, Fault> {
    let log = shared.log.as_ref();
    let before = match query.after.as_deref() {
        None => None,
        after => Some(cursor::position(after, log)?),
    };
    let limit = Limit::of(query.limit, 100);
    let customer = CustomerId(id);
    if log.heads(vec![customer.into()]).await?.is_empty() {
        return Err(Fault::not_found("customer"));
    }
    let events = log
        .history(customer, caller.sight.clone(), before, limit)
        .await?;
    let full = events.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let next = events.last().filter(|_| full).map(|e| {
        cursor::Cursor {
            log: log.id(),
            position: e.position,
        }
        .text()
    });
    let mut streams: Vec<Stream> = events.iter().map(|e| e.stream).collect();
    streams.sort();
    streams.dedup();
    Ok(Json(HistoryPage {
        tickets: log.heads(streams).await?,
        events: shown::events(&caller, events),
        next,
    }))
}

/// Where what was typed stands: words in any language, exact phone, ticket number, name or its pinyin.
#[utoipa::path(get, path = "/v1/search", tag = "customers", security(("token" = [])), params(FindQuery),
    responses((status = 200, body = SearchPage), Common, Guarded))]
pub(super) async fn search(
    State(shared): State<Shared>,
    caller: Caller,
    Params(query): Params<FindQuery>,
) -> Result<Json<SearchPage>, Fault> {
    query.check()?;
    let limit = Limit::of(query.limit, 50);
    let hits = shared
        .log
        .search(query.q.clone(), caller.sight.clone(), limit)
        .await?;
    // Names and addresses are masked for this reader: a hit by one of them would tell it.
    let clear = caller.clear();
    let number = crate::text::fold(query.q.trim())
        .trim_start_matches('#')
        .parse::<u64>()
        .ok();
    let may = |hit: &Hit| clear || hit.event.is_some() || hit.ticket.number == number;
    let hits = hits
        .into_iter()
        .filter(may)
        .map(|hit| shown_hit(&caller, hit, &query.q))
        .collect();
    Ok(Json(SearchPage { hits }))
}

fn shown_hit(caller: &Caller, hit: Hit, typed: &str) -> SearchHit {
    let excerpt = if hit.event.is_some() {
        excerpt(&shown::text(caller, hit.text), typed)
    } else {
        shown::name(caller, hit.text)
    };
    SearchHit {
        ticket: hit.ticket.id,
        number: hit.ticket.number,
        customer: hit.ticket.customer,
        event: hit.event,
        at: hit.at,
        excerpt,
    }
}

/// The words around the first place where the first character of what was typed stands with what follows it.
fn excerpt(text: &RawText, typed: &str) -> RawText {
    let text = text.expose();
    let first = typed.split_whitespace().next().unwrap_or_default();
    let place = text.find(first).unwrap_or_else(|| {
        let wanted = index_text(first).chars().next();
        wanted.and_then(|c| text.find(c)).unwrap_or(0)
    });
    let before = text[..place].char_indices().rev().take(AROUND).last();
    let start = before.map_or(place, |(i, _)| i);
    RawText::new(text[start..].chars().take(AROUND * 2).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::excerpt;
    use crate::text::RawText;

    #[test]
    fn an_excerpt_holds_the_words_found() {
        let long = format!("{}退款没有到账{}", "前".repeat(500), "后".repeat(500));
        for (text, typed) in [(long.as_str(), "退款"), ("退款", "退款"), ("ABC", "abc")] {
            let found = excerpt(&RawText::new(text), typed);
            let cut = found.expose();
            assert!(
                cut.to_lowercase().contains(typed) && cut.chars().count() <= 120,
                "{typed}"
            );
        }
    }
}
