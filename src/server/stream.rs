//! The feed, live: server-sent events with resume.
//!
//! The bell is taken before the log is read, and everything is read from the log: between catching up and living on there
//! is no gap in which something could be missed. Presence is sent without an id, so that it never moves the cursor.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use tokio::sync::mpsc;
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use super::auth::Caller;
use super::problem::Fault;
use super::{Shared, feed};
use crate::task;

/// Rows read at once.
const PAGE: u32 = 500;
/// Events on their way to one reader; a slow reader slows its own stream down, nobody else's.
const AHEAD: usize = 256;
/// A line goes over a silent connection this often: proxies drop silent streams, and a revoked token ends by then.
const ALIVE: Duration = Duration::from_secs(15);

/// Streams from a position on.
pub(super) fn live(
    shared: Shared,
    caller: Caller,
    position: u64,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    task::spawn("stream", async move {
        if let Err(fault) = run(&shared, caller, position, &sender).await {
            tracing::debug!(code = fault.code.as_str(), "a stream ended");
        }
    });
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(ALIVE))
}

async fn run(
    shared: &Shared,
    mut caller: Caller,
    mut position: u64,
    sender: &mpsc::Sender<Result<Event, Infallible>>,
) -> Result<(), Fault> {
    let mut bell = shared.log.watch();
    let mut presence = shared.presence.watch();
    presence.mark_changed();
    let mut caught_up = None;
    loop {
        bell.borrow_and_update();
        // Role, queues and token may have changed while nothing was sent.
        caller = shared.gate.again(&caller).await?;
        let page = feed::live(shared.log.as_ref(), &shared.tail, &caller, position, PAGE).await?;
        for item in page.items {
            let event = Event::default().id(item.cursor).event("change");
            let Ok(event) = event.json_data(&item.change) else {
                continue;
            };
            if sender.send(Ok(event)).await.is_err() {
                return Ok(());
            }
        }
        position = super::cursor::position(Some(&page.next), shared.log.as_ref())?;
        if page.more {
            continue;
        }
        if caught_up.as_ref() != Some(&page.next) {
            // Everything up to here was sent; also moves the cursor over what this reader may not see.
            let event = Event::default()
                .id(&page.next)
                .event("caught_up")
                .data("{}");
            if sender.send(Ok(event)).await.is_err() {
                return Ok(());
            }
            caught_up = Some(page.next);
        }
        tokio::select! {
            changed = bell.changed() => if changed.is_err() { return Ok(()) },
            changed = presence.changed() => {
                if changed.is_err() { return Ok(()) }
                let event = Event::default().event("presence");
                if let Ok(event) = event.json_data(shared.presence.list(task::now_ms()))
                    && sender.send(Ok(event)).await.is_err()
                {
                    return Ok(());
                }
            }
            () = tokio::time::sleep(ALIVE) => {}
            () = sender.closed() => return Ok(()),
            () = shared.stop.cancelled() => return Ok(()),
        }
    }
}
