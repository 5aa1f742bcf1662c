//! The line between a desk in training and its training: orders one after another, and two questions that wait for news.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::JoinHandle;

use crate::api::training::{Ask, SeatRole, Told};
use crate::client::{Client, ClientError};
use crate::shell::TrainingNews;
use crate::task;

/// Pause before an order is tried again.
const PAUSE: Duration = Duration::from_millis(700);
/// How often an order is tried before it is given up. The desk says meanwhile that nobody answers.
const TRIES: u32 = 5;

/// Starts the line. It ends when the desk drops its end, and not before every order that was given by then was brought or given
/// up: what comes back ends with the last of them.
pub fn start(
    client: &Arc<Client>,
    role: SeatRole,
    orders: Receiver<Ask>,
    news: &Sender<TrainingNews>,
) -> JoinHandle<Option<()>> {
    let (asking, telling) = (Arc::clone(client), news.clone());
    let last = task::spawn("training orders", async move {
        ask_all(&asking, orders, &telling).await;
    });
    watch(client, news, |after| Ask::Seat { after });
    if role == SeatRole::Trainer {
        watch(client, news, |after| Ask::Class { after });
    }
    last
}

async fn ask_all(client: &Client, mut orders: Receiver<Ask>, news: &Sender<TrainingNews>) {
    while let Some(order) = orders.recv().await {
        let told = ask(client, &order, news).await;
        let told = told.unwrap_or_else(|| Told::No {
            why: "lost".to_owned(),
        });
        // Nobody may be there any more to be told: what was ordered before the desk closed is brought all the same.
        let _ = news
            .send(TrainingNews::Answer(Box::new(order), Box::new(told)))
            .await;
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
                let _ = news.send(TrainingNews::Away(true)).await;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::sync::Mutex;

    use axum::routing::post;
    use axum::{Json, Router};
    use tokio::sync::mpsc;

    use super::*;
    use crate::api::training::PATH;

    /// A training that takes orders; the first answer of each is lost on the way.
    async fn training(taken: Arc<Mutex<Vec<Ask>>>) -> String {
        let answer = move |Json(ask): Json<Ask>| {
            let taken = Arc::clone(&taken);
            async move {
                let mut taken = taken.lock().unwrap();
                let again = taken.last() == Some(&ask);
                if !again {
                    taken.push(ask);
                }
                again
                    .then_some(Json(Told::Done))
                    .ok_or(axum::http::StatusCode::SERVICE_UNAVAILABLE)
            }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().route(PATH, post(answer));
        task::spawn("a training", async move {
            axum::serve(listener, router).await.unwrap();
        });
        url
    }

    #[tokio::test]
    async fn orders_that_are_on_their_way_when_the_desk_closes_arrive() {
        let taken = Arc::new(Mutex::new(Vec::new()));
        let client = Arc::new(Client::new(&training(Arc::clone(&taken)).await, "t").unwrap());
        let (orders, asked) = mpsc::channel(8);
        let (telling, news) = mpsc::channel(8);
        let last = start(&client, SeatRole::Trainee, asked, &telling);
        let wanted = [
            Ask::Released,
            Ask::Answer {
                storm: 1,
                text: "在二号架".to_owned(),
            },
            Ask::Pause { on: true },
        ];
        for ask in &wanted {
            orders.send(ask.clone()).await.unwrap();
        }
        // The desk is gone with everything in flight.
        drop((orders, news));
        last.await.unwrap();
        let orders = |asks: &[Ask]| -> Vec<Ask> {
            let watched = |a: &&Ask| !matches!(a, Ask::Seat { .. });
            asks.iter().filter(watched).cloned().collect()
        };
        assert_eq!(orders(&taken.lock().unwrap()), wanted);
    }
}
