//! An endpoint in the manner of OpenAI's chat completions, asked one thing at a time under a short patience. Not here: what is
//! asked and whether the answer is good (`sim::phrasing`).

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{BadClient, ClientError, address, builder, provider};

/// How long an answer may take altogether (method 3.5).
const PATIENCE: Duration = Duration::from_millis(1_500);
/// The longest answer, tokens; a line has at most about a hundred.
const LONGEST: u32 = 400;
/// An answer of more bytes than this is none.
const LARGEST: u64 = 1 << 16;

/// The forms that endpoints know of asking for JSON, the strictest first; the last asks for none. Which ones a server knows
/// differs, so a refusal leads to the next.
const FORMS: u8 = 3;

/// An endpoint with its model.
pub struct LanguageModel {
    http: reqwest::Client,
    url: String,
    model: String,
    token: Option<String>,
    form: AtomicU8,
}

impl std::fmt::Debug for LanguageModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the token.
        let mut told = f.debug_struct("LanguageModel");
        told.field("url", &self.url).field("model", &self.model);
        told.finish_non_exhaustive()
    }
}

/// The part of the answer that is read.
#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: String,
}

impl LanguageModel {
    /// The endpoint below `base` (`https://host/v1`), with the model's name there and a token where one is needed.
    ///
    /// # Errors
    /// When the address is none, or not on this machine and unencrypted.
    pub fn new(base: &str, model: &str, token: Option<String>) -> Result<Self, BadClient> {
        provider();
        let (base, loopback) = address(base)?;
        let http = builder(loopback).timeout(PATIENCE).build();
        Ok(Self {
            http: http.map_err(|e| BadClient::Http(e.to_string()))?,
            url: format!("{base}/chat/completions"),
            model: model.to_owned(),
            token,
            form: AtomicU8::new(0),
        })
    }

    /// Asks; the answer is the model's words as they came.
    ///
    /// # Errors
    /// By kind. An answer later than 1.5 seconds is `Retry`.
    pub async fn ask(
        &self,
        system: &str,
        user: &str,
        schema: &Value,
    ) -> Result<String, ClientError> {
        let asked = tokio::time::timeout(PATIENCE, self.in_some_form(system, user, schema));
        asked
            .await
            .unwrap_or_else(|_| Err(ClientError::Retry("no answer in time".to_owned())))
    }

    async fn in_some_form(
        &self,
        system: &str,
        user: &str,
        schema: &Value,
    ) -> Result<String, ClientError> {
        loop {
            let form = self.form.load(Relaxed);
            let body = self.body(system, user, schema, form);
            match self.once(&body).await {
                Err(ClientError::Conflict(_)) if form + 1 < FORMS => {
                    self.form.fetch_max(form + 1, Relaxed);
                }
                told => return told,
            }
        }
    }

    fn body(&self, system: &str, user: &str, schema: &Value, form: u8) -> Value {
        let mut body = json!({
            "model": self.model,
            "messages": [
                { "role": "system", "content": system },
                { "role": "user", "content": user },
            ],
            "temperature": 0.7,
            "max_tokens": LONGEST,
            "stream": false,
        });
        let wanted = match form {
            0 => Some(json!({
                "type": "json_schema",
                "json_schema": { "name": "line", "strict": true, "schema": schema },
            })),
            1 => Some(json!({ "type": "json_object" })),
            _ => None,
        };
        if let (Some(wanted), Some(body)) = (wanted, body.as_object_mut()) {
            body.insert("response_format".to_owned(), wanted);
        }
        body
    }

    async fn once(&self, body: &Value) -> Result<String, ClientError> {
        let mut request = self.http.post(&self.url).json(body);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = request.send().await.map_err(|e| ClientError::line(&e))?;
        match response.status() {
            s if s.is_success() => {}
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
                return Err(ClientError::Conflict("it refuses the question".to_owned()));
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(ClientError::Auth),
            s if s.is_server_error() || s == StatusCode::TOO_MANY_REQUESTS => {
                return Err(ClientError::Retry(format!("it answers {}", s.as_u16())));
            }
            s => return Err(ClientError::Permanent(format!("it answers {}", s.as_u16()))),
        }
        if response.content_length().is_some_and(|n| n > LARGEST) {
            return Err(ClientError::Permanent("its answer is too long".to_owned()));
        }
        let read = response.json::<Completion>().await;
        let mut told = read.map_err(|e| ClientError::line(&e))?;
        match told.choices.pop() {
            Some(choice) => Ok(choice.message.content),
            None => Err(ClientError::Permanent("it answers nothing".to_owned())),
        }
    }
}
