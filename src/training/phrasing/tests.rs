#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]
use std::sync::Mutex;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::*;
use crate::api::training::{Ask, Speed, Told};
use crate::domain::lang::Lang;
use crate::training::ear::Sound;
use crate::training::seat::Heard;
use crate::training::testing::{SEAT, house, lines, theatre};

/// What the endpoint was asked, and what it does with a line.
#[derive(Clone)]
struct Endpoint {
    asked: Arc<Mutex<Vec<String>>>,
    other: fn(&str) -> String,
}

async fn answer(State(endpoint): State<Endpoint>, Json(body): Json<Value>) -> Json<Value> {
    let user = body["messages"][1]["content"].as_str().unwrap().to_owned();
    let told: Value = serde_json::from_str(&user).unwrap();
    endpoint.asked.lock().unwrap().push(user);
    let line = (endpoint.other)(told["line"].as_str().unwrap());
    let content = json!({ "line": line, "acts": told["acts"] }).to_string();
    Json(json!({ "choices": [{ "message": { "role": "assistant", "content": content } }] }))
}

async fn endpoint(other: fn(&str) -> String) -> (Arc<Phraser>, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::default();
    let state = Endpoint {
        asked: Arc::clone(&asked),
        other,
    };
    let router = Router::new()
        .route("/v1/chat/completions", post(answer))
        .with_state(state);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    task::spawn("endpoint", async move {
        axum::serve(listener, router).await.unwrap();
    });
    let model = LanguageModel::new(&url, "small", None).unwrap();
    let coach = house().stage.coach.clone();
    let phraser = Phraser::new(model, Phrasing::shipped().unwrap(), coach);
    (Arc::new(phraser), asked)
}

/// Opening and first answer of a contact, as they leave for the server; the theatre, and what the model was asked.
async fn contact(other: fn(&str) -> String, home: &std::path::Path) -> (Vec<String>, Vec<String>) {
    let (phraser, asked) = endpoint(other).await;
    let theatre = theatre(home, Some(Arc::clone(&phraser)));
    let queue = theatre.take_queue().unwrap();
    let (to, mut from) = mpsc::unbounded_channel();
    let start = Ask::Start {
        scenario: Some("SIM-01".to_owned()),
        level: 3,
        lang: Lang::Zh,
        speed: Speed::Brisk,
        seed: Some(3),
    };
    let told = theatre.told(SEAT, start).await;
    let Told::Started {
        ticket: Some(ticket),
        ..
    } = told
    else {
        panic!("{told:?}")
    };
    let mut out = Vec::new();
    let talk = async {
        let mut spoke = false;
        while lines(&out).len() < 2 {
            let post: Post = from.recv().await.unwrap();
            theatre.posted(&post, true);
            out.push(post);
            if !spoke && lines(&out).len() == 1 {
                spoke = true;
                let words = crate::training::contact::Words {
                    text: "插座湿了您先别碰，家里人没事吧？".to_owned(),
                    at: task::now_ms(),
                    promised: false,
                };
                let heard = Heard::Words(words);
                let by = Some(SEAT);
                theatre.hear(vec![Sound { ticket, by, heard }]);
            }
        }
    };
    tokio::select! {
        () = run(&theatre, &phraser, queue, to) => panic!("the way ended"),
        () = talk => {}
    }
    theatre.close().await;
    let asked = asked.lock().unwrap().clone();
    (lines(&out), asked)
}

fn kept(home: &std::path::Path) -> Value {
    let mut runs = std::fs::read_dir(home.join("people/lin/runs")).unwrap();
    let file = runs.next().unwrap().unwrap().path();
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// Finds the lines in other words, wherever the kept run holds them.
fn phrased(value: &Value) -> Option<&Value> {
    match value {
        Value::Object(map) => map
            .get("phrased")
            .filter(|v| v.is_object())
            .or_else(|| map.values().find_map(phrased)),
        Value::Array(all) => all.iter().find_map(phrased),
        _ => None,
    }
}

#[tokio::test]
async fn a_line_goes_out_in_other_words_and_the_run_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (said, asked) = contact(|line| format!("哎，{line}"), dir.path()).await;
    assert!(
        !said[0].starts_with("哎，"),
        "the first words are the author's"
    );
    assert!(said[1].starts_with("哎，"), "{said:?}");
    assert_eq!(asked.len(), 1);
    assert!(
        said[1].ends_with(
            serde_json::from_str::<Value>(&asked[0]).unwrap()["line"]
                .as_str()
                .unwrap()
        )
    );
    let run = kept(dir.path());
    assert_eq!(phrased(&run), Some(&json!({ "0": said[1] })));
}

#[tokio::test]
async fn words_that_add_something_are_never_said() {
    let dir = tempfile::tempdir().unwrap();
    let (said, asked) = contact(|line| format!("明天下午五点，{line}"), dir.path()).await;
    let own: Value = serde_json::from_str(&asked[0]).unwrap();
    assert_eq!(said[1], own["line"].as_str().unwrap());
    assert_eq!(phrased(&kept(dir.path())), None);
}

#[test]
fn a_model_that_is_away_is_left_alone_for_a_while() {
    let (mut health, now) = (Health::default(), task::instant());
    for _ in 0..2 {
        health.take(true, now);
        assert!(health.is_asked(now));
    }
    health.take(false, now);
    for _ in 0..3 {
        assert!(health.is_asked(now));
        health.take(true, now);
    }
    assert!(!health.is_asked(now));
    assert!(health.is_asked(now + REST));
}
