//! One session with the server: who am I, a complete picture, then push, live feed and chores side by side, until the
//! first of them fails. After any gap the feed is read from the cursor to its end before the line is called live.

use std::time::Duration;

use tokio::sync::{Notify, mpsc};

use super::engine::{End, offline};
use crate::api::desk::LinkState;
use crate::api::wire::{ChangeItem, CommandBatch, MAX_PAGE, PresenceReport, SnapshotEntry};
use crate::client::{Client, ClientError, Live, News};
use crate::domain::ids::{Stream, StreamKind, TicketId};
use crate::domain::time::Ms;
use crate::store::files::StoreError;
use crate::store::seam::{Call, Left, Notice, Reply, SyncAt};
use crate::store::{Store, fault};
use crate::task;

/// Tickets in a page of the snapshot: small enough that a slow line gets one within its patience.
const PICTURE: u32 = 500;
/// Most changes of the live feed that are applied in one transaction.
const AT_ONCE: usize = 500;
/// How long the live feed is gathered before it is applied: less than a frame.
const GATHER: Duration = Duration::from_millis(8);
/// How often the age of the picture is confirmed while nothing happens.
const CONFIRM: Duration = Duration::from_secs(10);

/// Runs one session; tells why it ended.
pub async fn run(
    client: &Client,
    store: &Store,
    notices: &mut mpsc::UnboundedReceiver<Notice>,
    reached: &mut bool,
) -> End {
    match begin(client, store, notices, reached).await {
        Ok(never) => match never {},
        Err(end) => end,
    }
}

/// A value that cannot be: the session only ends by an error.
enum Never {}

async fn begin(
    client: &Client,
    store: &Store,
    notices: &mut mpsc::UnboundedReceiver<Notice>,
    reached: &mut bool,
) -> Result<Never, End> {
    let me = client.me().await?;
    clock(client, store);
    let at = ask(store, |r| Call::Identity(Box::new(me), r)).await?;
    let mut cursor = picture(client, store, at).await?;
    store.tell(Call::Link(LinkState::CatchingUp));
    cursor = catch_up(client, store, cursor).await?;
    // The server replays from the cursor before it goes live: nothing falls between the two.
    let mut live = open_live(client, store, &cursor).await?;
    *reached = true;
    clock(client, store);
    store.tell(Call::Link(LinkState::Online));
    store.tell(Call::Fresh(now(client)));
    let wake = Notify::new();
    wake.notify_one();
    tokio::select! {
        end = push(client, store, &wake) => end,
        end = follow(client, store, &mut live) => end,
        end = chores(client, store, notices, &wake) => end,
    }
}

/// The corrected clock.
fn now(client: &Client) -> Ms {
    task::now_ms().plus_millis(-client.clock_off().unwrap_or(0))
}

fn clock(client: &Client, store: &Store) {
    if let Some(off) = client.clock_off() {
        store.tell(Call::Clock(off));
    }
}

async fn ask<T>(store: &Store, make: impl FnOnce(Reply<T>) -> Call) -> Result<T, End> {
    match store.call(make).await {
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => {
            let error: StoreError = error;
            tracing::warn!(%error, "the desk's files stop the sync");
            Err(End::Store)
        }
        None => Err(End::Stopped),
    }
}

/// Takes the first picture, or goes on where it was cut; gives the cursor to read the feed from.
async fn picture(client: &Client, store: &Store, at: SyncAt) -> Result<String, End> {
    if let Some(cursor) = at.cursor {
        return Ok(cursor);
    }
    let (mut next, mut done) = (at.snapshot, at.done);
    if next.is_none() {
        ask(store, Call::Reset).await?;
        done = 0;
    }
    let mut began = None;
    loop {
        let page = match client.snapshot(next.as_deref(), PICTURE).await {
            Ok(page) => page,
            Err(ClientError::Gone) => return fresh(store).await,
            Err(error) => return Err(error.into()),
        };
        done += u64::try_from(page.entries.len()).unwrap_or(0);
        store.tell(Call::Link(LinkState::FirstSync {
            done,
            total: page.total.max(done),
        }));
        let cursor = began.get_or_insert_with(|| page.cursor.clone()).clone();
        next.clone_from(&page.next);
        ask(store, |r| Call::Snapshot(Box::new(page), r)).await?;
        if next.is_none() {
            return Ok(cursor);
        }
    }
}

/// Forgets the cursor: the next session takes a fresh snapshot.
async fn fresh<T>(store: &Store) -> Result<T, End> {
    ask(store, Call::Reset).await?;
    Err(End::Again)
}

async fn catch_up(client: &Client, store: &Store, mut cursor: String) -> Result<String, End> {
    loop {
        let page = match client.changes(&cursor, MAX_PAGE).await {
            Ok(page) => page,
            Err(ClientError::Gone) => return fresh(store).await,
            Err(error) => return Err(error.into()),
        };
        let (more, next) = (page.more, page.next.clone());
        let left = ask(store, |r| Call::Changes(page.items, page.next, r)).await?;
        rest(client, store, left).await?;
        cursor = next;
        if !more {
            return Ok(cursor);
        }
    }
}

/// What applying left to do: begin anew, or fetch streams with a hole.
async fn rest(client: &Client, store: &Store, left: Left) -> Result<(), End> {
    if left.reset {
        return fresh(store).await;
    }
    for stream in left.gaps {
        fetch(client, store, stream).await?;
    }
    Ok(())
}

async fn fetch(client: &Client, store: &Store, stream: Stream) -> Result<(), End> {
    match stream.kind {
        StreamKind::Ticket => {
            if let Err(error) = ticket(client, store, TicketId(stream.id)).await {
                return match error {
                    // Out of scope by now: the feed will say so.
                    End::Client(ClientError::Permanent(_)) => Ok(()),
                    error => Err(error),
                };
            }
        }
        StreamKind::Customer => match client
            .customer(crate::domain::ids::CustomerId(stream.id))
            .await
        {
            Ok(view) => {
                let entry = SnapshotEntry {
                    head: view.head,
                    events: Vec::new(),
                    personal: Some(view.personal),
                    excerpt: None,
                };
                ask(store, |r| Call::Entry(Box::new(entry), r)).await?;
            }
            Err(ClientError::Permanent(_)) => {}
            Err(error) => return Err(error.into()),
        },
        StreamKind::Line => {
            let lines = client.lines().await?.lines.into_iter();
            for head in lines.map(crate::domain::fold::Head::Line) {
                let entry = SnapshotEntry {
                    head,
                    events: Vec::new(),
                    personal: None,
                    excerpt: None,
                };
                ask(store, |r| Call::Entry(Box::new(entry), r)).await?;
            }
        }
        StreamKind::Review => {
            for view in client.reviews().await?.reviews {
                let entry = SnapshotEntry {
                    head: crate::domain::fold::Head::Review(Box::new(view.review)),
                    events: view.events,
                    personal: None,
                    excerpt: None,
                };
                ask(store, |r| Call::Entry(Box::new(entry), r)).await?;
            }
        }
        StreamKind::User | StreamKind::Queue => {
            let users = client
                .users()
                .await?
                .users
                .into_iter()
                .map(crate::domain::fold::Head::User);
            let queues = client
                .queues()
                .await?
                .queues
                .into_iter()
                .map(crate::domain::fold::Head::Queue);
            for head in users.chain(queues) {
                let entry = SnapshotEntry {
                    head,
                    events: Vec::new(),
                    personal: None,
                    excerpt: None,
                };
                ask(store, |r| Call::Entry(Box::new(entry), r)).await?;
            }
        }
    }
    Ok(())
}

/// Fetches one ticket whole, with its customer.
async fn ticket(client: &Client, store: &Store, id: TicketId) -> Result<(), End> {
    let view = client.ticket(id).await?;
    if let crate::domain::fold::Head::Ticket(head) = &view.head {
        let stream = Stream::from(head.customer);
        Box::pin(fetch(client, store, stream)).await?;
    }
    let entry = SnapshotEntry {
        head: view.head,
        events: view.events,
        personal: None,
        excerpt: None,
    };
    ask(store, |r| Call::Entry(Box::new(entry), r)).await
}

async fn open_live(client: &Client, store: &Store, cursor: &str) -> Result<Live, End> {
    match client.live(cursor).await {
        Err(ClientError::Gone) => fresh(store).await,
        other => Ok(other?),
    }
}

/// Follows the live feed.
async fn follow(client: &Client, store: &Store, live: &mut Live) -> Result<Never, End> {
    let mut confirmed = tokio::time::interval(CONFIRM);
    loop {
        let news = tokio::select! {
            news = live.next() => news?,
            _ = confirmed.tick() => {
                // The stream is alive, else its time-out had ended the session: the picture is complete up to now.
                store.tell(Call::Fresh(now(client)));
                continue;
            }
        };
        let mut items: Vec<ChangeItem> = Vec::new();
        let mut cursor = None;
        take(store, news, &mut items, &mut cursor);
        let until = tokio::time::sleep(GATHER);
        tokio::pin!(until);
        while cursor.is_some() && items.len() < AT_ONCE {
            tokio::select! {
                () = &mut until => break,
                news = live.next() => take(store, news?, &mut items, &mut cursor),
            }
        }
        store.tell(Call::Fresh(now(client)));
        let Some(last) = cursor else { continue };
        let left = ask(store, |r| Call::Changes(items, last, r)).await?;
        rest(client, store, left).await?;
    }
}

fn take(store: &Store, news: News, items: &mut Vec<ChangeItem>, cursor: &mut Option<String>) {
    match news {
        News::Change(item) => {
            *cursor = Some(item.cursor.clone());
            items.push(*item);
        }
        News::Moved(to) => *cursor = Some(to),
        News::Presence(list) => store.tell(Call::Presence(Some(list.entries))),
        News::Beat => {}
    }
}

/// Pushes the outbox whenever something waits there.
async fn push(client: &Client, store: &Store, wake: &Notify) -> Result<Never, End> {
    loop {
        wake.notified().await;
        loop {
            let commands = ask(store, Call::Batch).await?;
            if commands.is_empty() {
                break;
            }
            let count = commands.len();
            let batch = CommandBatch { commands };
            let pending = match client.post_commands(&batch).await {
                Ok(pending) => pending,
                Err(ClientError::Permanent(words)) if count > 1 => {
                    // One malformed command must not hold up the others: each goes alone.
                    tracing::warn!(words, "a batch was not taken; its commands go one by one");
                    one_by_one(client, store, batch).await?;
                    continue;
                }
                Err(ClientError::Permanent(words) | ClientError::Conflict(words)) => {
                    refuse(store, &batch, words).await?;
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            fault::point("desk-after-send", count);
            let answers = pending.read().await?;
            fault::point("desk-after-answer", count);
            clock(client, store);
            ask(store, |r| Call::Answers(answers.answers, r)).await?;
        }
    }
}

async fn one_by_one(client: &Client, store: &Store, batch: CommandBatch) -> Result<(), End> {
    for command in batch.commands {
        let one = CommandBatch {
            commands: vec![command],
        };
        match client.commands(&one).await {
            Ok(answers) => ask(store, |r| Call::Answers(answers.answers, r)).await?,
            Err(ClientError::Permanent(words) | ClientError::Conflict(words)) => {
                refuse(store, &one, words).await?
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The server will never take this: it comes back with its words kept.
async fn refuse(store: &Store, batch: &CommandBatch, words: String) -> Result<(), End> {
    use crate::api::wire::{CommandAnswer, Outcome};
    use crate::domain::decide::Rule;
    let answers = batch
        .commands
        .iter()
        .map(|c| CommandAnswer {
            id: c.id,
            outcome: Outcome::Refused {
                rule: Rule::Malformed,
                detail: vec![words.clone()],
            },
        })
        .collect();
    ask(store, |r| Call::Answers(answers, r)).await
}

/// What the store asks for beside the outbox.
async fn chores(
    client: &Client,
    store: &Store,
    notices: &mut mpsc::UnboundedReceiver<Notice>,
    wake: &Notify,
) -> Result<Never, End> {
    let mut looking: Option<PresenceReport> = None;
    let mut again = tokio::time::interval(Duration::from_secs(20));
    loop {
        let notice = tokio::select! {
            notice = notices.recv() => notice.ok_or(End::Stopped)?,
            _ = again.tick() => {
                // Presence is forgotten by the server unless it is told again.
                if let Some(report) = &looking {
                    client.report_presence(report).await.or_else(harmless)?;
                }
                continue;
            }
        };
        match notice {
            Notice::Outbox => wake.notify_one(),
            Notice::Retry => {
                wake.notify_one();
                let at = ask(store, Call::Where).await?;
                if at.cursor.is_none() {
                    return Err(End::Again);
                }
            }
            Notice::Presence(report) => {
                client.report_presence(&report).await.or_else(harmless)?;
                looking = Some(report);
            }
            Notice::Fetch(generation, id) => match ticket(client, store, id).await {
                Ok(()) => {}
                Err(End::Client(ClientError::Permanent(_))) => {
                    store.tell(Call::NotHere(generation, id))
                }
                Err(end) => {
                    offline(store, &Notice::Fetch(generation, id));
                    return Err(end);
                }
            },
            Notice::Older(generation, customer, after) => {
                match client.history(customer, after.as_deref()).await {
                    Ok(page) => store.tell(Call::Older(generation, Some(Box::new(page)))),
                    Err(error) => {
                        store.tell(Call::Older(generation, None));
                        harmless(error)?;
                    }
                }
            }
            Notice::Due(month) => match client.reviews_due(month.as_deref()).await {
                Ok(page) => store.tell(Call::Due(Some(Box::new(page)))),
                Err(error) => {
                    store.tell(Call::Due(None));
                    harmless(error)?;
                }
            },
            Notice::LookUp(generation, number) => match look_up(client, store, &number).await {
                Ok(()) => store.tell(Call::Looked(generation)),
                Err(End::Client(error)) => harmless(error)?,
                Err(end) => return Err(end),
            },
            Notice::Search(generation, words, limit) => match client.search(&words, limit).await {
                Ok(page) => store.tell(Call::Hits(generation, page.hits)),
                Err(error) => harmless(error)?,
            },
        }
    }
}

/// Brings the customers with exactly this number into the replica: a caller whose tickets this desk does not see is
/// known all the same. The server searches names by the same route, so what is no number is not asked.
async fn look_up(client: &Client, store: &Store, number: &str) -> Result<(), End> {
    let Some(phone) = crate::text::normalise_phone(number) else {
        return Ok(());
    };
    for view in client.customers(&phone).await?.customers {
        let entry = SnapshotEntry {
            head: view.head,
            events: Vec::new(),
            personal: Some(view.personal),
            excerpt: None,
        };
        ask(store, |r| Call::Entry(Box::new(entry), r)).await?;
    }
    Ok(())
}

/// A chore that the server does not take is not worth the session; a dead line is.
fn harmless(error: ClientError) -> Result<(), ClientError> {
    match error {
        ClientError::Permanent(_) | ClientError::Conflict(_) => {
            tracing::debug!(%error, "a chore was not done");
            Ok(())
        }
        error => Err(error),
    }
}
