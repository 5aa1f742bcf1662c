#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};

use super::*;

/// A body with the authorisation it came with.
type Call = (Value, Option<String>);

/// What an endpoint was asked.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<Call>>>);

/// An endpoint that knows no schemas, as several servers do.
async fn endpoint(
    State(asked): State<Asked>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    let form = body["response_format"]["type"].as_str().map(str::to_owned);
    let token = headers
        .get("authorization")
        .map(|t| t.to_str().unwrap().to_owned());
    asked.0.lock().unwrap().push((body, token));
    if form.as_deref() == Some("json_schema") {
        return StatusCode::BAD_REQUEST.into_response();
    }
    Json(json!({ "id": "x", "choices": [
        { "index": 0, "message": { "role": "assistant", "content": "{\"line\":\"a\"}" } },
    ] }))
    .into_response()
}

async fn silent() -> Response {
    std::future::pending().await
}

async fn serve() -> (String, Asked) {
    let asked = Asked::default();
    let router = Router::new()
        .route("/v1/chat/completions", post(endpoint))
        .route("/slow/chat/completions", post(silent))
        .with_state(asked.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    crate::task::spawn("endpoint", async move {
        axum::serve(listener, router).await.unwrap();
    });
    (url, asked)
}

#[tokio::test]
async fn an_endpoint_without_schemas_is_asked_in_the_next_form_and_remembered() {
    let (url, asked) = serve().await;
    let token = Some("secret".to_owned());
    let model = LanguageModel::new(&format!("{url}/v1/"), "small", token).unwrap();
    for _ in 0..2 {
        let told = model.ask("rules", "words", &json!({})).await;
        assert_eq!(told.as_deref(), Ok("{\"line\":\"a\"}"));
    }
    let asked = asked.0.lock().unwrap();
    let forms: Vec<&str> = asked
        .iter()
        .map(|(body, _)| body["response_format"]["type"].as_str().unwrap())
        .collect();
    assert_eq!(forms, ["json_schema", "json_object", "json_object"]);
    let (body, token) = &asked[0];
    assert_eq!(body["model"], "small");
    assert_eq!(body["messages"][0]["content"], "rules");
    assert_eq!(body["messages"][1]["content"], "words");
    assert_eq!(token.as_deref(), Some("Bearer secret"));
    assert!(!format!("{model:?}").contains("secret"));
}

#[tokio::test]
async fn whoever_does_not_answer_in_time_is_not_waited_for() {
    let (url, _) = serve().await;
    let model = LanguageModel::new(&format!("{url}/slow"), "small", None).unwrap();
    let told = model.ask("rules", "words", &json!({})).await;
    assert!(matches!(told, Err(ClientError::Retry(_))), "{told:?}");
}

#[test]
fn a_far_endpoint_is_only_reached_encrypted() {
    assert!(LanguageModel::new("http://model.example/v1", "m", None).is_err());
    assert!(LanguageModel::new("https://model.example/v1", "m", None).is_ok());
    assert!(LanguageModel::new("model.example", "m", None).is_err());
}
