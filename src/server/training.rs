//! What a training server answers beside the common routes, and the lost network that it can play. A live server is started
//! without any of it: the routes do not exist there.

mod once;

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use futures_util::StreamExt;
use tokio::sync::watch;
use tokio_stream::wrappers::ReceiverStream;

use super::Shared;
use super::auth::Caller;
use super::problem::{Code, Fault};
use crate::api::training::{Ask, JOIN, Join, Joined, ORDER, PATH, Told};
use crate::domain::ids::UserId;
use crate::domain::people::User;
use crate::task;
use once::Once;

/// The training behind a server: seats, simulated customers, debriefs.
#[async_trait::async_trait]
pub trait Training: Send + Sync {
    /// Answers somebody with a valid token. May wait, at most [`crate::api::training::WAIT_MS`].
    async fn ask(&self, who: &User, ask: Ask) -> Told;

    /// Changes a seat's code for its way in; a code works once.
    async fn join(&self, code: &str) -> Option<Joined>;

    /// Whether the network is kept away from this account now.
    fn cut(&self, user: UserId) -> watch::Receiver<bool>;
}

/// The routes of a training.
pub(super) fn routes(training: Arc<dyn Training>) -> Router<Shared> {
    let joining = Arc::clone(&training);
    let once = Arc::new(Once::default());
    Router::new()
        .route(
            PATH,
            post(
                move |caller: Caller, headers: HeaderMap, body: axum::body::Bytes| {
                    let (training, once) = (Arc::clone(&training), Arc::clone(&once));
                    async move { answer(training, &once, caller, &headers, &body).await }
                },
            ),
        )
        .route(
            JOIN,
            post(move |body: axum::body::Bytes| {
                let training = Arc::clone(&joining);
                async move { join(training.as_ref(), &body).await }
            }),
        )
}

fn unread(error: &serde_json::Error) -> Fault {
    let place = format!("at line {} column {}", error.line(), error.column());
    Fault::new(Code::BadJson, place)
}

async fn answer(
    training: Arc<dyn Training>,
    once: &Once,
    caller: Caller,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Json<Told>, Fault> {
    let ask: Ask = serde_json::from_slice(body).map_err(|e| unread(&e))?;
    let Some(order) = headers.get(ORDER) else {
        return Ok(Json(training.ask(&caller.user, ask).await));
    };
    let order = order.to_str().ok().and_then(|o| o.parse().ok());
    let order = order.ok_or_else(|| Fault::new(Code::BadJson, "the order's name is no UUID"))?;
    let told = once.answer(training, caller.user, order, ask).await;
    let told = told.ok_or_else(|| Fault::new(Code::Internal, "the order failed"))?;
    Ok(Json(told))
}

async fn join(training: &dyn Training, body: &[u8]) -> Result<Json<Joined>, Fault> {
    let join: Join = serde_json::from_slice(body).map_err(|e| unread(&e))?;
    let joined = training.join(&join.code).await;
    let joined = joined.ok_or_else(|| Fault::new(Code::Unauthorized, "the code is not known"))?;
    Ok(Json(joined))
}

/// Plays a lost network: while it is kept away from an account, its requests end in the middle, streams that are open
/// included. The training's own path is the room, not the line, and always works.
pub(super) async fn line(
    State((shared, training)): State<(Shared, Arc<dyn Training>)>,
    request: Request,
    next: Next,
) -> Response {
    if request.uri().path().starts_with(PATH) {
        return next.run(request).await;
    }
    let secret = super::extract::bearer(request.headers()).map(str::to_owned);
    let caller = match secret {
        Some(secret) => shared.gate.caller(&secret).await.ok(),
        None => None,
    };
    let Some(caller) = caller else {
        return next.run(request).await;
    };
    let mut cut = training.cut(caller.user.id);
    if *cut.borrow_and_update() {
        return broken();
    }
    let (parts, body) = next.run(request).await.into_parts();
    let (sender, receiver) = tokio::sync::mpsc::channel(16);
    task::spawn("training line", async move {
        let mut body = body.into_data_stream();
        loop {
            tokio::select! {
                piece = body.next() => match piece {
                    Some(piece) => {
                        let piece = piece.map_err(std::io::Error::other);
                        if sender.send(piece).await.is_err() { return; }
                    }
                    None => return,
                },
                changed = cut.changed() => {
                    if changed.is_err() || *cut.borrow_and_update() {
                        let _ = sender.send(Err(gone())).await;
                        return;
                    }
                }
                () = sender.closed() => return,
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(ReceiverStream::new(receiver)))
}

fn gone() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::ConnectionReset)
}

/// An answer that breaks off before its end.
fn broken() -> Response {
    let pieces = futures_util::stream::once(async { Err::<axum::body::Bytes, _>(gone()) });
    Body::from_stream(pieces).into_response()
}
