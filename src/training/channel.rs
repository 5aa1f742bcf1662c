//! The customers' way to the server: one sender, one live feed, one clock for all of them. Customers are actors that talk to
//! `/v1` like any channel; nothing of a contact reaches the server by another way.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::ear::{Ear, Sound};
use super::post::Post;
use super::theatre::Theatre;
use crate::api::wire::{Change, CommandBatch, Outcome};
use crate::client::{BadClient, Client, ClientError, News};
use crate::domain::command::CommandBody;
use crate::domain::ids::{QueueId, UserId};
use crate::domain::people::Queue;

/// How often the clocks of all seats are looked at.
const PACE: Duration = Duration::from_millis(200);
/// Words wait so long for the rest of their command at most.
const REST: Duration = Duration::from_millis(400);
/// Waits after a broken line: the first, and the longest.
const BACK_OFF: [Duration; 2] = [Duration::from_millis(100), Duration::from_secs(5)];
/// Most commands that are sent at once.
const AT_ONCE: usize = 200;

/// How long to wait after one more failure.
#[derive(Debug)]
struct Patience(Duration);

impl Patience {
    const fn new() -> Self {
        Self(BACK_OFF[0])
    }

    async fn wait(&mut self) {
        tokio::time::sleep(self.0).await;
        self.0 = (self.0 * 2).min(BACK_OFF[1]);
    }
}

/// Drives everything until stopped.
pub(super) async fn run(
    theatre: Arc<Theatre>,
    url: &str,
    token: &str,
    queue: mpsc::UnboundedReceiver<Post>,
    stop: CancellationToken,
) -> Result<(), BadClient> {
    let client = Client::new(url, token)?;
    let work = async {
        // Before anybody speaks: what comes after this place in the log is for the customers.
        let cursor = first(&client).await;
        tokio::join!(
            listen(&theatre, &client, cursor),
            send(&theatre, &client, queue),
            tick(&theatre),
        );
    };
    tokio::select! {
        () = work => {}
        () = stop.cancelled() => {}
    }
    Ok(())
}

async fn tick(theatre: &Theatre) {
    let mut pace = tokio::time::interval(PACE);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        pace.tick().await;
        theatre.tick();
    }
}

/// The place in the log from which the feed is read.
async fn first(client: &Client) -> String {
    let mut patience = Patience::new();
    loop {
        match client.snapshot(None, 1).await {
            Ok(page) => return page.cursor,
            Err(error) => {
                tracing::warn!(%error, "the customers' channel waits for the server");
                patience.wait().await;
            }
        }
    }
}

/// Reads the feed for ever; a broken line goes on where it broke.
async fn listen(theatre: &Theatre, client: &Client, mut cursor: String) {
    let (mut ear, mut patience) = (Ear::default(), Patience::new());
    loop {
        let error = match client.live(&cursor).await {
            Ok(mut live) => loop {
                let news = tokio::select! {
                    news = live.next() => news,
                    () = tokio::time::sleep(REST), if ear.waits() => Ok(News::Moved(cursor.clone())),
                };
                let mut sounds = Vec::new();
                match news {
                    Ok(news) => take(news, &mut cursor, &mut ear, &mut sounds),
                    Err(error) => break error,
                }
                theatre.hear(sounds);
                patience = Patience::new();
            },
            Err(error) => error,
        };
        tracing::debug!(%error, "the customers' feed broke off");
        if error == ClientError::Gone {
            // Another log under the same address: what was said there meanwhile cannot be known.
            tracing::error!("the training's log was replaced");
            cursor = first(client).await;
            ear = Ear::default();
        }
        patience.wait().await;
    }
}

fn take(news: News, cursor: &mut String, ear: &mut Ear, sounds: &mut Vec<Sound>) {
    match news {
        News::Change(item) => {
            if let Change::Event { event } = &item.change {
                ear.event(event, sounds);
            }
            *cursor = item.cursor;
        }
        News::Moved(place) => {
            ear.flush(sounds);
            *cursor = place;
        }
        News::Presence(_) | News::Beat => {}
    }
}

/// Sends what customers say, in its order, for ever.
async fn send(theatre: &Theatre, client: &Client, mut queue: mpsc::UnboundedReceiver<Post>) {
    let (mut waiting, mut patience) = (VecDeque::new(), Patience::new());
    let (mut queues, mut most) = (Vec::new(), AT_ONCE);
    loop {
        if waiting.is_empty() {
            match queue.recv().await {
                Some(post) => waiting.push_back(post),
                None => return,
            }
        }
        while let Ok(post) = queue.try_recv() {
            waiting.push_back(post);
        }
        match round(theatre, client, &mut waiting, &mut queues, most).await {
            Ok(()) => (patience, most) = (Patience::new(), AT_ONCE),
            Err(ClientError::Permanent(words)) if most == 1 => {
                // Asked alone and refused as it stands: waiting longer helps nobody.
                tracing::error!(error = %words, "a customer's words cannot be sent");
                if let Some(post) = waiting.pop_front() {
                    theatre.posted(&post, false);
                }
                most = AT_ONCE;
            }
            Err(ClientError::Permanent(_)) => most = 1,
            Err(error) => {
                tracing::warn!(%error, "the customers wait for the server");
                patience.wait().await;
            }
        }
    }
}

/// Sends the first of what waits, and takes away what was answered.
async fn round(
    theatre: &Theatre,
    client: &Client,
    waiting: &mut VecDeque<Post>,
    queues: &mut Vec<Queue>,
    most: usize,
) -> Result<(), ClientError> {
    for post in waiting.iter_mut().take(most) {
        let seat = post.seat;
        if let CommandBody::OpenTicket { queue, .. } = &mut post.command.body
            && *queue == QueueId::default()
        {
            if home(queues, seat).is_none() {
                *queues = client.queues().await?.queues;
            }
            let place = home(queues, seat).or_else(|| queues.first().map(|q| q.id));
            *queue = place.unwrap_or_default();
        }
    }
    let first = waiting.iter().take(most);
    let batch = CommandBatch {
        commands: first.map(|p| p.command.clone()).collect(),
    };
    let answers = client.commands(&batch).await?.answers;
    for answer in answers {
        let Some(post) = waiting.pop_front_if(|p| p.command.id == answer.id) else {
            break;
        };
        let stands = matches!(answer.outcome, Outcome::Accepted { .. });
        if let Outcome::Refused { rule, detail } = &answer.outcome {
            tracing::warn!(
                rule = rule.as_str(),
                ?detail,
                "a customer's words were refused"
            );
        }
        theatre.posted(&post, stands);
    }
    Ok(())
}

/// The queue in which a seat's customers wait: of those that it works the one with the fewest others.
fn home(queues: &[Queue], seat: UserId) -> Option<QueueId> {
    let own = queues.iter().filter(|q| q.members.contains(&seat));
    own.min_by_key(|q| q.members.len()).map(|q| q.id)
}
