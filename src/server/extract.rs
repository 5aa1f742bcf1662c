//! Strict readers of requests: every way in which one can be wrong has its problem+json.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use super::Shared;
use super::auth::Caller;
use super::problem::{Code, Fault};
use super::strict::is_uuid;

/// A JSON body that fits its schema.
pub(super) struct Body<T>(pub T);

impl<T> FromRequest<Shared> for Body<T>
where
    T: DeserializeOwned + ToSchema,
{
    type Rejection = Fault;

    async fn from_request(request: Request, state: &Shared) -> Result<Self, Fault> {
        let json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.split(';').next())
            .is_some_and(|v| v.trim().eq_ignore_ascii_case("application/json"));
        if !json {
            return Err(Fault::new(
                Code::MediaType,
                "the body's media type is not application/json",
            ));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unread)?;
        let value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|e| unfit(Code::BadJson, &e))?;
        state
            .schemas
            .check(&T::name(), &value)
            .map_err(|detail| Fault::new(Code::Invalid, detail))?;
        drop(value);
        // From the bytes, not from the value: a field that stands there twice is an error too.
        let body = serde_json::from_slice(&bytes).map_err(|e| unfit(Code::Invalid, &e))?;
        Ok(Self(body))
    }
}

fn unread(rejection: BytesRejection) -> Fault {
    let code = if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Code::TooLarge
    } else {
        Code::BadRequest
    };
    Fault::new(code, "the body could not be read")
}

/// Where the reader stopped; its own words could repeat what was sent.
fn unfit(code: Code, error: &serde_json::Error) -> Fault {
    let place = format!("at line {} column {}", error.line(), error.column());
    Fault::new(code, place)
}

/// Query parameters.
pub(super) struct Params<T>(pub T);

impl<T, S> FromRequestParts<S> for Params<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let query: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        query.map(|Query(params)| Self(params)).map_err(|_| {
            Fault::new(
                Code::BadRequest,
                "a query parameter is unknown, missing or out of range",
            )
        })
    }
}

/// The one identifier in the path.
pub(super) struct PathId(pub uuid::Uuid);

impl FromRequestParts<Shared> for PathId {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Fault> {
        let bad = || {
            Fault::new(
                Code::BadRequest,
                "the identifier in the path is no UUID with hyphens",
            )
        };
        let Path(text): Path<String> = Path::from_request_parts(parts, state)
            .await
            .map_err(|_| bad())?;
        if !is_uuid(&text) {
            return Err(bad());
        }
        text.parse().map(Self).map_err(|_| bad())
    }
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Fault> {
        let refused = |why: &str| Fault::new(Code::Unauthorized, why);
        let secret = parts
            .headers
            .get(header::AUTHORIZATION)
            .ok_or_else(|| refused("no Authorization header"))?
            .to_str()
            .ok()
            .and_then(|v| v.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, secret)| secret.trim())
            .ok_or_else(|| refused("the Authorization header is no bearer token"))?;
        let caller = state.gate.caller(secret).await?;
        state.gate.admit(&caller)?;
        Ok(caller)
    }
}
