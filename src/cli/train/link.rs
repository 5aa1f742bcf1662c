//! The line between a desk in training and its training: orders one after another, and two questions that wait for news.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender};

use crate::api::training::{Ask, SeatRole, Told};
use crate::client::{Client, ClientError};
use crate::shell::TrainingNews;
use crate::task;

/// Pause before an order is tried again.
const PAUSE: Duration = Duration::from_millis(700);
/// How often an order is tried before it is given up. The desk says meanwhile that nobody answers.
const TRIES: u32 = 5;

/// Starts the line. It ends when the desk drops its end.
pub fn start(
    client: &Arc<Client>,
    role: SeatRole,
    orders: Receiver<Ask>,
    news: &Sender<TrainingNews>,
) {
    let (asking, telling) = (Arc::clone(client), news.clone());
    task::spawn("training orders", async move {
        ask_all(&asking, orders, &telling).await;
    });
    watch(client, news, |after| Ask::Seat { after });
    if role == SeatRole::Trainer {
        watch(client, news, |after| Ask::Class { after });
    }
}

async fn ask_all(client: &Client, mut orders: Receiver<Ask>, news: &Sender<TrainingNews>) {
    while let Some(order) = orders.recv().await {
        let told = match ask(client, &order, news).await {
            Some(told) => told,
            // Nobody waits for this one, and the next first key is told of anew.
            None if matches!(order, Ask::Began { .. }) => continue,
            None => Told::No {
                why: "lost".to_owned(),
            },
        };
        let told = TrainingNews::Told(Box::new(told));
        if news.send(told).await.is_err() {
            return;
        }
    }
}

/// Asks one order until it is answered, under one name: what was done and whose answer was lost is not done again. Nothing when
/// it was refused or nobody answered for too long.
async fn ask(client: &Client, order: &Ask, news: &Sender<TrainingNews>) -> Option<Told> {
    let name = task::new_id();
    let mut away = false;
    for _ in 0..TRIES {
        match client.training_order(name, order).await {
            Ok(told) => {
                if away {
                    let _ = news.send(TrainingNews::Away(false)).await;
                }
                return Some(told);
            }
            Err(ClientError::Retry(_)) => {
                away = true;
                news.send(TrainingNews::Away(true)).await.ok()?;
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => {
                tracing::warn!(%error, "the training did not take an order");
                return None;
            }
        }
    }
    None
}

/// Asks again and again what is new after what is known.
fn watch(client: &Arc<Client>, news: &Sender<TrainingNews>, ask: fn(u64) -> Ask) {
    let (client, news) = (Arc::clone(client), news.clone());
    task::spawn("training news", async move {
        let mut after = 0;
        let mut away = false;
        loop {
            let question = ask(after);
            tokio::select! {
                told = client.training(&question) => match told {
                    Ok(told) => {
                        let rev = match &told {
                            Told::Seat(seat) => seat.rev,
                            Told::Class(class) => class.rev,
                            _ => after,
                        };
                        if std::mem::take(&mut away)
                            && news.send(TrainingNews::Away(false)).await.is_err()
                        {
                            return;
                        }
                        if rev == after {
                            // Nothing new: the question has waited its time already.
                            tokio::time::sleep(Duration::from_millis(20)).await;
                            continue;
                        }
                        after = rev;
                        let told = TrainingNews::Told(Box::new(told));
                        if news.send(told).await.is_err() {
                            return;
                        }
                    }
                    Err(_) => {
                        away = true;
                        if news.send(TrainingNews::Away(true)).await.is_err() {
                            return;
                        }
                        tokio::time::sleep(PAUSE).await;
                    }
                },
                () = news.closed() => return,
            }
        }
    });
}
