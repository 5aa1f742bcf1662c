//! Errors of the server as problem+json: one table from code to status, words and remedy.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::api::problem::{MEDIA_TYPE, Problem};
use crate::log::{CommitError, LogError};

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $status:ident, $code:literal, $title:literal, $remedy:literal);+ $(;)?) => {
        /// What can be wrong with a request.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Code { $($(#[$doc])* $variant),+ }
        impl Code {
            /// The HTTP status.
            #[must_use]
            pub const fn status(self) -> StatusCode { match self { $(Self::$variant => StatusCode::$status),+ } }
            /// The stable code.
            #[must_use]
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            const fn title(self) -> &'static str { match self { $(Self::$variant => $title),+ } }
            const fn remedy(self) -> &'static str { match self { $(Self::$variant => $remedy),+ } }
        }
    };
}

codes!(
    /// The path or query does not fit.
    BadRequest = BAD_REQUEST, "bad_request", "The request cannot be read", "Check path and query against /v1/openapi.json";
    /// The body is no JSON.
    BadJson = BAD_REQUEST, "bad_json", "The body is not valid JSON", "Send one JSON document in UTF-8";
    /// The body is JSON of another shape.
    Invalid = UNPROCESSABLE_ENTITY, "invalid", "The body does not fit the schema", "Check the body against /v1/openapi.json";
    /// No token, or not a valid one.
    Unauthorized = UNAUTHORIZED, "unauthorized", "A valid token is needed", "Send 'Authorization: Bearer TOKEN' with a token that was not revoked";
    /// The role may not.
    Forbidden = FORBIDDEN, "forbidden", "This role may not do that", "Ask somebody with the role for it";
    /// Nothing there.
    NotFound = NOT_FOUND, "not_found", "There is no such thing", "Check the path and the identifier";
    /// The method is not served here.
    MethodNotAllowed = METHOD_NOT_ALLOWED, "method_not_allowed", "This method is not served here", "Use one of the methods in the Allow header";
    /// A command id was used before.
    IdReused = CONFLICT, "id_reused", "A command id was used before for something else", "Make a new id for a new command; send the same command again unchanged";
    /// Too many others write the same stream.
    Busy = SERVICE_UNAVAILABLE, "busy", "Others keep writing the same ticket", "Send the same command again in a moment";
    /// The cursor is of another log or too old.
    Gone = GONE, "cursor_gone", "The cursor belongs to another log or is too old", "Take a fresh snapshot";
    /// Took too long.
    Timeout = REQUEST_TIMEOUT, "timeout", "The request took too long", "Send it again; commands are never done twice";
    /// Too big.
    TooLarge = PAYLOAD_TOO_LARGE, "too_large", "The body is too large", "Send less than 8 MiB at once";
    /// Not JSON by its media type.
    MediaType = UNSUPPORTED_MEDIA_TYPE, "media_type", "Only application/json is taken", "Send 'Content-Type: application/json'";
    /// Too many requests.
    TooMany = TOO_MANY_REQUESTS, "too_many_requests", "Too many requests", "Wait as long as Retry-After says";
    /// A fault of the server.
    Internal = INTERNAL_SERVER_ERROR, "internal", "The server made a mistake", "Tell whoever runs the server the request id";
    /// The log cannot be written.
    ReadOnly = SERVICE_UNAVAILABLE, "log_unavailable", "The log cannot be written", "Tell whoever runs the server; nothing was changed";
    /// The disk is full.
    Full = INSUFFICIENT_STORAGE, "log_full", "The server's disk is full", "Tell whoever runs the server; nothing was changed";
);

/// A failed request. Its detail never holds a customer's text or a token.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What is wrong.
    pub code: Code,
    /// What is wrong in this request.
    pub detail: String,
    /// A header that belongs to the answer.
    pub header: Option<(HeaderName, HeaderValue)>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.detail)
    }
}

impl Fault {
    /// A fault with its detail.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            header: None,
        }
    }

    /// There is no such thing, or not for this reader.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(
            Code::NotFound,
            format!("no {what} with this name is in sight"),
        )
    }
}

impl From<LogError> for Fault {
    fn from(error: LogError) -> Self {
        let code = match error {
            LogError::Full => Code::Full,
            LogError::ReadOnly | LogError::Closed => Code::ReadOnly,
            LogError::Newer { .. } | LogError::Corrupt(_) | LogError::Storage(_) => {
                tracing::error!(%error, "the log failed");
                Code::Internal
            }
        };
        Self::new(code, code.title())
    }
}

impl From<CommitError> for Fault {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::IdReused => Self::new(Code::IdReused, error.to_string()),
            CommitError::Clash { .. } => Self::new(Code::Busy, error.to_string()),
            CommitError::Log(error) => error.into(),
        }
    }
}

impl IntoResponse for Fault {
    /// Status and the fault itself; the outermost layer writes the body, because only it knows the request's id.
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        if let Some((name, value)) = self.header.clone() {
            response.headers_mut().insert(name, value);
        }
        if self.code == Code::Unauthorized {
            let scheme = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, scheme);
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// The fault that a bare status from a library means.
fn of_status(status: StatusCode) -> Code {
    match status {
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::REQUEST_TIMEOUT => Code::Timeout,
        StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::MediaType,
        status if status.is_client_error() => Code::BadRequest,
        _ => Code::Internal,
    }
}

/// Gives an error answer its body.
pub(super) fn finish(response: Response, request_id: &str) -> Response {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let fault = response.extensions().get::<Fault>().cloned();
    let fault = fault.unwrap_or_else(|| {
        let code = of_status(status);
        Fault::new(code, code.title())
    });
    let problem = Problem {
        kind: format!("about:balm:{}", fault.code.as_str()),
        title: fault.code.title().to_owned(),
        status: fault.code.status().as_u16(),
        code: fault.code.as_str().to_owned(),
        detail: fault.detail,
        remedy: fault.code.remedy().to_owned(),
        request_id: request_id.to_owned(),
    };
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    for name in [header::ALLOW, header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = response.headers().get(&name) {
            headers.insert(name, value.clone());
        }
    }
    (fault.code.status(), headers, body).into_response()
}

macro_rules! failures {
    ($(#[$doc:meta])* $name:ident { $($status:literal $words:literal),+ $(,)? }) => {
        $(#[$doc])*
        pub struct $name;
        impl utoipa::IntoResponses for $name {
            fn responses() -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::Response>> {
                [$(($status, $words)),+].into_iter().map(|(status, words)| {
                    let schema = utoipa::openapi::Ref::from_schema_name("Problem");
                    let content = utoipa::openapi::ContentBuilder::new().schema(Some(schema)).build();
                    let response = utoipa::openapi::ResponseBuilder::new()
                        .description(words).content(MEDIA_TYPE, content).build();
                    (status.to_owned(), response.into())
                }).collect()
            }
        }
    };
}

failures!(
    /// What any request may come to.
    Common {
        "400" "The request cannot be read", "408" "It took too long", "429" "Too many requests",
        "500" "The server made a mistake", "503" "The log cannot be used right now",
    }
);
failures!(
    /// What a request that needs a token may come to.
    Guarded { "401" "A valid token is needed" }
);
failures!(
    /// What a request for some roles only may come to.
    Ranked { "403" "This role may not do that" }
);
failures!(
    /// What a request for one thing may come to.
    Missing { "404" "There is no such thing" }
);
failures!(
    /// What a request with a body may come to.
    Bodied {
        "413" "The body is too large", "415" "Only application/json is taken",
        "422" "The body does not fit the schema", "507" "The server's disk is full",
    }
);
failures!(
    /// What a request with a cursor may come to.
    Cursored { "410" "The cursor belongs to another log or is too old" }
);
failures!(
    /// What a batch of commands may come to.
    Reused { "409" "A command id was used before for something else" }
);
