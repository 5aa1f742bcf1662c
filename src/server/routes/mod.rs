//! The routes of `/v1`, each beside its piece of the document, and the layers around them.

mod feed;
mod find;
mod quality;
mod site;
mod work;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::{Code, Fault, finish};
use super::{Shared, Training};
use crate::api::path;
use crate::api::problem::{CLOCK_HEADER, Problem};
use crate::task;

/// Largest body, in bytes (8 MiB): a message of two million characters fits.
const MAX_BODY: usize = 8 * 1024 * 1024;
/// Longest a request may take before its answer begins.
const MAX_TIME: Duration = Duration::from_secs(30);
/// Where an answer says under which id the log knows the request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "balm", description = "Tickets, customers and the feed of a complaint hotline."),
    components(schemas(Problem)),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

/// All routes and the document that describes them.
pub(super) fn build() -> (Router<Shared>, OpenApi) {
    let (router, mut document) =
        OpenApiRouter::with_openapi(<Document as utoipa::OpenApi>::openapi())
            .routes(routes!(work::commands))
            .routes(routes!(work::tickets))
            .routes(routes!(work::ticket))
            .routes(routes!(feed::changes))
            .routes(routes!(feed::stream))
            .routes(routes!(feed::snapshot))
            .routes(routes!(find::customers))
            .routes(routes!(find::customer))
            .routes(routes!(find::history))
            .routes(routes!(find::search))
            .routes(routes!(site::me))
            .routes(routes!(site::health))
            .routes(routes!(site::users))
            .routes(routes!(site::queues))
            .routes(routes!(site::lines))
            .routes(routes!(quality::reviews))
            .routes(routes!(quality::due))
            .routes(routes!(site::presence, site::report_presence))
            .routes(routes!(site::tokens, site::make_token))
            .routes(routes!(site::revoke_token))
            .split_for_parts();
    env!("CARGO_PKG_VERSION").clone_into(&mut document.info.version);
    let router = router.route(path::OPENAPI, axum::routing::get(openapi));
    (router, document)
}

/// The document itself.
async fn openapi(State(shared): State<Shared>) -> Response {
    let json = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, json)], shared.document.clone()).into_response()
}

/// The routes with everything that holds for all of them.
pub(super) fn layered(
    router: Router<Shared>,
    shared: &Shared,
    training: Option<Arc<dyn Training>>,
) -> Router {
    let router = match training {
        Some(training) => router
            .merge(super::training::routes(Arc::clone(&training)))
            .layer(from_fn_with_state(
                (shared.clone(), training),
                super::training::line,
            )),
        None => router,
    };
    router
        .fallback(|| async { Fault::new(Code::NotFound, "there is nothing at this path") })
        .layer(CatchPanicLayer::custom(
            |_: Box<dyn std::any::Any + Send>| {
                tracing::error!("a request ended by panic");
                Fault::new(Code::Internal, "the server made a mistake").into_response()
            },
        ))
        .layer(TimeoutLayer::with_status_code(
            Code::Timeout.status(),
            MAX_TIME,
        ))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(CompressionLayer::new())
        .layer(from_fn(outermost))
        .with_state(shared.clone())
}

/// Gives every request an id, every answer the server's clock, and every error its body.
async fn outermost(request: Request, next: Next) -> Response {
    let id = task::new_id().simple().to_string();
    let (method, start) = (request.method().clone(), task::instant());
    // Only the path: a query may hold what an agent typed of a customer.
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let mut response = finish(response, &id);
    let took = start.elapsed();
    let status = response.status().as_u16();
    tracing::debug!(%method, path, status, ?took, request = id, "answered");
    let headers = response.headers_mut();
    headers.insert(CLOCK_HEADER, HeaderValue::from(task::now_ms().0));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    if method == Method::HEAD {
        *response.body_mut() = axum::body::Body::empty();
    }
    response
}

/// A page size as it is asked for: 1 to 2,000.
#[derive(Clone, Copy, Debug, utoipa::ToSchema)]
#[schema(value_type = u32, minimum = 1, maximum = 2000)]
pub(super) struct Limit(u32);

impl<'de> serde::Deserialize<'de> for Limit {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        // Query strings are read as texts first; `u32` itself would also take "+5".
        let text = String::deserialize(d)?;
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let limit = text
            .parse()
            .ok()
            .filter(|l| digits && (1..=crate::api::wire::MAX_PAGE).contains(l));
        limit
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("limit must be 1 to 2000"))
    }
}

impl Limit {
    /// The size asked for, or the usual one.
    pub(super) fn of(asked: Option<Self>, usual: u32) -> u32 {
        asked.map_or(usual, |l| l.0)
    }
}
