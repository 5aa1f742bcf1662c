//! The feed, paged and live, and the snapshot.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Limit;
use crate::api::wire::{ChangesPage, SnapshotPage};
use crate::server::auth::Caller;
use crate::server::extract::Params;
use crate::server::problem::{Common, Cursored, Fault, Guarded};
use crate::server::{Shared, cursor};

/// Where to read on.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct FeedQuery {
    /// A cursor of this feed or of a snapshot; from the beginning if absent.
    #[param(pattern = "^[0-9a-f]{32}-[0-9a-f]{1,15}$")]
    after: Option<String>,
    /// Most log rows looked at; 500 if not said. What is told of them may be more or less.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 2000)]
    limit: Option<Limit>,
}

/// What changed after a cursor, cut to what the reader may see.
#[utoipa::path(get, path = "/v1/changes", tag = "feed", security(("token" = [])), params(FeedQuery),
    responses((status = 200, body = ChangesPage), Common, Guarded, Cursored))]
pub(super) async fn changes(
    State(shared): State<Shared>,
    caller: Caller,
    Params(query): Params<FeedQuery>,
) -> Result<Json<ChangesPage>, Fault> {
    let position = cursor::position(query.after.as_deref(), shared.log.as_ref())?;
    let limit = Limit::of(query.limit, 500);
    let page = crate::server::feed::page(shared.log.as_ref(), &caller, position, limit).await?;
    Ok(Json(page))
}

/// Where to begin.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct StreamQuery {
    /// A cursor; `Last-Event-ID` wins over it.
    #[param(pattern = "^[0-9a-f]{32}-[0-9a-f]{1,15}$")]
    after: Option<String>,
}

/// The same feed live: events `change` (a Change, with its cursor as id), `caught_up` (everything up to its id was sent),
/// `presence` (a PresenceList, without id).
#[utoipa::path(get, path = "/v1/stream", tag = "feed", security(("token" = [])), params(StreamQuery),
    responses((status = 200, description = "Server-sent events", body = String, content_type = "text/event-stream"),
        Common, Guarded, Cursored))]
pub(super) async fn stream(
    State(shared): State<Shared>,
    caller: Caller,
    headers: HeaderMap,
    Params(query): Params<StreamQuery>,
) -> Result<Response, Fault> {
    let last = headers
        .get("last-event-id")
        .and_then(|v| v.to_str().ok())
        .filter(|v| !v.is_empty());
    let position = cursor::position(last.or(query.after.as_deref()), shared.log.as_ref())?;
    Ok(crate::server::stream::live(shared, caller, position).into_response())
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SnapshotQuery {
    /// `next` of the page before; the first page if absent.
    #[param(pattern = "^[0-9a-f]{32}-[0-9a-f]{1,15}-[0-3]-([0-9a-f]{32})?$")]
    after: Option<String>,
    /// Most customers or tickets in the page; 200 if not said.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 2000)]
    limit: Option<Limit>,
}

/// The first picture for a desk, page by page; then read the feed from its `cursor`.
#[utoipa::path(get, path = "/v1/snapshot", tag = "feed", security(("token" = [])), params(SnapshotQuery),
    responses((status = 200, body = SnapshotPage), Common, Guarded, Cursored))]
pub(super) async fn snapshot(
    State(shared): State<Shared>,
    caller: Caller,
    Params(query): Params<SnapshotQuery>,
) -> Result<Json<SnapshotPage>, Fault> {
    let limit = Limit::of(query.limit, 200);
    let after = query.after.as_deref();
    let page = crate::server::snapshot::page(shared.log.as_ref(), &caller, after, limit).await?;
    Ok(Json(page))
}
