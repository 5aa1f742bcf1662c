//! The live feed: server-sent events with a heartbeat time-out. Proxies drop silent streams without a word, so silence for
//! three heartbeats means that the line is dead.

use std::pin::Pin;
use std::time::Duration;

use eventsource_stream::{Event as Sse, EventStreamError, Eventsource};
use futures_util::{Stream, StreamExt};
use reqwest::{Method, header};

use super::{Client, ClientError};
use crate::api::path;
use crate::api::wire::{Change, ChangeItem, PresenceList};

/// The server says something at least every 15 s; three silences are too many.
pub const HEARTBEAT: Duration = Duration::from_secs(45);

type Events = Pin<Box<dyn Stream<Item = Result<Sse, EventStreamError<reqwest::Error>>> + Send>>;

/// What the live feed brings.
#[derive(Clone, PartialEq, Debug)]
pub enum News {
    /// Something changed.
    Change(Box<ChangeItem>),
    /// Where everybody looks.
    Presence(PresenceList),
    /// The feed moved to this cursor without anything for this reader.
    Moved(String),
    /// A sign of life.
    Beat,
}

/// An open live feed.
pub struct Live {
    events: Events,
}

impl Client {
    /// Opens the live feed after `cursor`.
    ///
    /// # Errors
    /// By kind; `Gone` asks for a fresh snapshot.
    pub async fn live(&self, cursor: &str) -> Result<Live, ClientError> {
        let url = format!("{}{}", self.base, path::STREAM);
        let request = self
            .authorised(self.live.request(Method::GET, url))
            .header(header::ACCEPT, "text/event-stream")
            .header("Last-Event-ID", cursor);
        let response = self.send(request).await?;
        // The parser swallows comments, which are heartbeats too: the time-out is the client's, counted in bytes.
        let events = response.bytes_stream().eventsource();
        Ok(Live {
            events: Box::pin(events),
        })
    }
}

impl Live {
    /// Waits for the next piece of news.
    ///
    /// # Errors
    /// When the line is cut, silent for too long, or speaks something else.
    pub async fn next(&mut self) -> Result<News, ClientError> {
        let event = match self.events.next().await {
            None => return Err(ClientError::Retry("the live feed ended".to_owned())),
            Some(Err(EventStreamError::Transport(error))) => return Err(ClientError::line(&error)),
            Some(Err(_)) => return Err(ClientError::Retry("the live feed is garbled".to_owned())),
            Some(Ok(event)) => event,
        };
        read(&event)
    }
}

fn read(event: &Sse) -> Result<News, ClientError> {
    let bad = |_| {
        ClientError::Permanent("the live feed could not be read: is the server newer?".to_owned())
    };
    match event.event.as_str() {
        "presence" => Ok(News::Presence(
            serde_json::from_str(&event.data).map_err(bad)?,
        )),
        // Sent when the feed moved over what this reader may not see: only the cursor counts.
        "caught_up" if !event.id.is_empty() => Ok(News::Moved(event.id.clone())),
        "change" => match serde_json::from_str::<Change>(&event.data) {
            Ok(change) => Ok(News::Change(Box::new(ChangeItem {
                cursor: event.id.clone(),
                change,
            }))),
            Err(error) => Err(bad(error)),
        },
        // A newer server may tell more than this program knows.
        _ => Ok(News::Beat),
    }
}
