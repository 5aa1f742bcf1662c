//! The reader, the site, presence, tokens, health.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use crate::api::wire::{
    Health, LinesPage, MadeToken, Me, NewToken, PresenceList, PresenceReport, QueuesPage,
    TokenInfo, TokensPage, UsersPage,
};
use crate::domain::fold::Head;
use crate::domain::ids::StreamKind;
use crate::domain::line::PlaybookLine;
use crate::domain::rights::Rank;
use crate::server::Shared;
use crate::server::auth::{self, Caller};
use crate::server::extract::Body;
use crate::server::problem::{Bodied, Common, Fault, Guarded, Missing, Ranked};
use crate::server::shown;
use crate::task;

/// Who am I, and on which server.
#[utoipa::path(get, path = "/v1/me", tag = "site", security(("token" = [])),
    responses((status = 200, body = Me), Common, Guarded))]
pub(super) async fn me(State(shared): State<Shared>, caller: Caller) -> Json<Me> {
    Json(Me {
        user: caller.user,
        queues: caller.queues,
        log: shared.log.id(),
        now: task::now_ms(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: shared.demo,
    })
}

/// Whether the log can be written.
#[utoipa::path(get, path = "/v1/health", tag = "site",
    responses((status = 200, body = Health), Common))]
pub(super) async fn health(State(shared): State<Shared>) -> Result<Json<Health>, Fault> {
    shared.log.writable().await?;
    let position = *shared.log.watch().borrow();
    Ok(Json(Health {
        status: "ok".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        position,
    }))
}

/// Colleagues.
#[utoipa::path(get, path = "/v1/users", tag = "site", security(("token" = [])),
    responses((status = 200, body = UsersPage), Common, Guarded))]
pub(super) async fn users(State(shared): State<Shared>, _: Caller) -> Json<UsersPage> {
    Json(UsersPage {
        users: shared.gate.users(),
    })
}

/// Queues.
#[utoipa::path(get, path = "/v1/queues", tag = "site", security(("token" = [])),
    responses((status = 200, body = QueuesPage), Common, Guarded))]
pub(super) async fn queues(State(shared): State<Shared>, _: Caller) -> Json<QueuesPage> {
    Json(QueuesPage {
        queues: shared.gate.queues(),
    })
}

/// Lines that the team proposed for the playbook: leads see all, others those that were approved and their own.
#[utoipa::path(get, path = "/v1/lines", tag = "site", security(("token" = [])),
    responses((status = 200, body = LinesPage), Common, Guarded))]
pub(super) async fn lines(
    State(shared): State<Shared>,
    caller: Caller,
) -> Result<Json<LinesPage>, Fault> {
    let heads = shared.log.all(StreamKind::Line).await?;
    let mut lines: Vec<PlaybookLine> = heads
        .into_iter()
        .filter_map(|head| match head {
            Head::Line(line) => shown::line(&caller, line),
            _ => None,
        })
        .collect();
    lines.sort_by_key(|line| (line.proposed_at, line.id));
    Ok(Json(LinesPage { lines }))
}

/// Where everybody looks.
#[utoipa::path(get, path = "/v1/presence", tag = "site", security(("token" = [])),
    responses((status = 200, body = PresenceList), Common, Guarded))]
pub(super) async fn presence(State(shared): State<Shared>, _: Caller) -> Json<PresenceList> {
    Json(shared.presence.list(task::now_ms()))
}

/// Says where the caller looks.
#[utoipa::path(put, path = "/v1/presence", tag = "site", security(("token" = [])), request_body = PresenceReport,
    responses((status = 204, description = "Noted"), Common, Guarded, Bodied))]
pub(super) async fn report_presence(
    State(shared): State<Shared>,
    caller: Caller,
    Body(report): Body<PresenceReport>,
) -> StatusCode {
    shared
        .presence
        .report(caller.user.id, &report, task::now_ms());
    StatusCode::NO_CONTENT
}

/// Tokens of all accounts (admin).
#[utoipa::path(get, path = "/v1/tokens", tag = "site", security(("token" = [])),
    responses((status = 200, body = TokensPage), Common, Guarded, Ranked))]
pub(super) async fn tokens(
    State(shared): State<Shared>,
    caller: Caller,
) -> Result<Json<TokensPage>, Fault> {
    caller.must_be(Rank::Administers)?;
    let tokens = shared.log.tokens().await?;
    let tokens = tokens
        .into_iter()
        .map(|row| TokenInfo {
            id: row.id,
            user: row.user,
            label: row.label,
            created_at: row.created_at,
            revoked_at: row.revoked_at,
        })
        .collect();
    Ok(Json(TokensPage { tokens }))
}

/// Makes a token (admin); its secret is shown this once.
#[utoipa::path(post, path = "/v1/tokens", tag = "site", security(("token" = [])), request_body = NewToken,
    responses((status = 201, body = MadeToken), Common, Guarded, Ranked, Missing, Bodied))]
pub(super) async fn make_token(
    State(shared): State<Shared>,
    caller: Caller,
    Body(wish): Body<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Fault> {
    caller.must_be(Rank::Administers)?;
    if !shared.gate.users().iter().any(|u| u.id == wish.user) {
        return Err(Fault::not_found("user"));
    }
    let (secret, row) = auth::make_token(wish.user, &wish.label);
    let id = row.id.clone();
    shared.log.add_token(row).await?;
    tracing::info!(token = id, user = %wish.user, by = %caller.user.id, "a token was made");
    Ok((StatusCode::CREATED, Json(MadeToken { id, secret })))
}

/// Revokes a token (admin). It is refused from the next request on, and its stream ends.
#[utoipa::path(delete, path = "/v1/tokens/{token}", tag = "site", security(("token" = [])),
    params(("token" = String, Path, description = "The token's public name")),
    responses((status = 204, description = "Revoked"), Common, Guarded, Ranked, Missing))]
pub(super) async fn revoke_token(
    State(shared): State<Shared>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<StatusCode, Fault> {
    caller.must_be(Rank::Administers)?;
    let found = shared.log.revoke_token(id.clone(), task::now_ms()).await?;
    shared.gate.forget();
    if !found {
        return Err(Fault::not_found("token"));
    }
    tracing::info!(by = %caller.user.id, "a token was revoked");
    Ok(StatusCode::NO_CONTENT)
}
