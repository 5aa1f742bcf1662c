//! Strict readers of requests: every way in which one can be wrong has its problem+json.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
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
        let mut value: serde_json::Value =
            serde_json::from_slice(&bytes).map_err(|e| unfit(Code::BadJson, &e))?;
        let rewritten = whole_numbers(&mut value);
        state
            .schemas
            .check(&T::name(), &value)
            .map_err(|detail| Fault::new(Code::Invalid, detail))?;
        if rewritten {
            let body = serde_json::from_value(value).map_err(|e| unfit(Code::Invalid, &e))?;
            return Ok(Self(body));
        }
        // From the bytes, not from the value: a field that stands there twice is an error too.
        let body = serde_json::from_slice(&bytes).map_err(|e| unfit(Code::Invalid, &e))?;
        Ok(Self(body))
    }
}

/// Writes `5.0` as `5`: to JSON Schema both are the integer five, to the reader only the second. Whether there was any.
fn whole_numbers(value: &mut serde_json::Value) -> bool {
    /// 2^53: every whole number below is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        // Counted, not asked with `any`: that would stop at the first.
        serde_json::Value::Array(items) => {
            items
                .iter_mut()
                .filter_map(|item| whole_numbers(item).then_some(()))
                .count()
                > 0
        }
        serde_json::Value::Object(fields) => {
            fields
                .values_mut()
                .filter_map(|field| whole_numbers(field).then_some(()))
                .count()
                > 0
        }
        serde_json::Value::Number(number) if number.is_f64() => {
            let whole = number
                .as_f64()
                .filter(|f| f.fract() == 0.0 && f.abs() < EXACT);
            let Some(whole) = whole.and_then(|f| format!("{f:.0}").parse::<i64>().ok()) else {
                return false;
            };
            *number = whole.into();
            true
        }
        _ => false,
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

/// The secret of the Authorization header, if it is a bearer token.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &Shared) -> Result<Self, Fault> {
        let refused = |why: &str| Fault::new(Code::Unauthorized, why);
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Err(refused("no Authorization header"));
        }
        let secret = bearer(&parts.headers)
            .ok_or_else(|| refused("the Authorization header is no bearer token"))?;
        let caller = state.gate.caller(secret).await?;
        state.gate.admit(&caller)?;
        Ok(caller)
    }
}
