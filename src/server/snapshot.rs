//! The first picture of a desk, paged and resumable while others write.
//!
//! Accounts and queues; customers of open tickets; open tickets in full; the last closed tickets of those customers. A
//! ticket that changes after the snapshot began is in it even if it was closed meanwhile, because the feed, read from the
//! snapshot's cursor, tells only what happened after that.

use super::auth::Caller;
use super::cursor::Cursor;
use super::problem::{Code, Fault};
use super::shown;
use crate::api::wire::{SnapshotEntry, SnapshotPage};
use crate::domain::fold::Head;
use crate::domain::ids::{CustomerId, Stream, StreamKind, TicketId};
use crate::domain::review::Review;
use crate::domain::ticket::Ticket;
use crate::domain::time::{HOUR, Ms};
use crate::log::{Log, LogError};
use crate::task;

/// Closed tickets of each customer that a desk mirrors.
pub(super) const RECENT: u32 = 3;

/// What a page holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Site,
    Customers,
    Open,
    Recent,
}

/// Where the next page begins.
struct Place {
    log: String,
    /// The log's position when the snapshot began.
    since: u64,
    part: Part,
    after: Option<uuid::Uuid>,
}

impl Place {
    /// As it travels; see the pattern in the document.
    fn text(&self) -> String {
        let part = match self.part {
            Part::Site => 0,
            Part::Customers => 1,
            Part::Open => 2,
            Part::Recent => 3,
        };
        let after = self.after.map(|a| a.simple().to_string());
        format!(
            "{}-{:x}-{part}-{}",
            self.log,
            self.since,
            after.unwrap_or_default()
        )
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (log, since, part, after) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let place = Self {
            log: log.to_owned(),
            since: u64::from_str_radix(since, 16).ok()?,
            part: match part {
                "0" => Part::Site,
                "1" => Part::Customers,
                "2" => Part::Open,
                "3" => Part::Recent,
                _ => return None,
            },
            after: if after.is_empty() {
                None
            } else {
                Some(uuid::Uuid::parse_str(after).ok()?)
            },
        };
        // Only what this server wrote itself: the same text comes out again.
        (place.text() == text && log.len() == 32).then_some(place)
    }
}

/// One page. `limit` counts customers or tickets; a page may hold fewer.
///
/// # Errors
/// `bad_request` for what was never a page, `cursor_gone` for one of another log, or the log's failure.
pub(super) async fn page(
    log: &dyn Log,
    caller: &Caller,
    after: Option<&str>,
    limit: u32,
) -> Result<SnapshotPage, Fault> {
    let now = *log.watch().borrow();
    let place = match after {
        None => Place {
            log: log.id(),
            since: now,
            part: Part::Site,
            after: None,
        },
        Some(text) => Place::parse(text)
            .ok_or_else(|| Fault::new(Code::BadRequest, "this was never a page of a snapshot"))?,
    };
    if place.log != log.id() || place.since > now {
        return Err(Fault::new(Code::Gone, "the page is of another log"));
    }
    let (entries, last) = part(log, caller, &place, limit).await?;
    let next_part = match (last, place.part) {
        (Some(last), part) => Some((part, Some(last))),
        (None, Part::Site) => Some((Part::Customers, None)),
        (None, Part::Customers) => Some((Part::Open, None)),
        (None, Part::Open) => Some((Part::Recent, None)),
        (None, Part::Recent) => None,
    };
    let counts = log.counts().await?;
    let cursor = Cursor {
        log: place.log.clone(),
        position: place.since,
    };
    Ok(SnapshotPage {
        entries: entries
            .into_iter()
            .map(|e| shown::entry(caller, e))
            .collect(),
        next: next_part.map(|(part, after)| {
            Place {
                part,
                after,
                log: place.log.clone(),
                ..place
            }
            .text()
        }),
        cursor: cursor.text(),
        total: counts.site + counts.customers + counts.open,
    })
}

/// The entries of a page, and the last key if more of the same part may follow.
async fn part(
    log: &dyn Log,
    caller: &Caller,
    place: &Place,
    limit: u32,
) -> Result<(Vec<SnapshotEntry>, Option<uuid::Uuid>), LogError> {
    let full = |count: usize| count >= usize::try_from(limit).unwrap_or(usize::MAX);
    let sight = caller.sight.clone();
    match place.part {
        Part::Site => {
            let mut heads = log.all(StreamKind::User).await?;
            heads.extend(log.all(StreamKind::Queue).await?);
            let lines = log.all(StreamKind::Line).await?;
            heads.extend(lines.into_iter().filter_map(|head| match head {
                Head::Line(line) => shown::line(caller, line).map(Head::Line),
                _ => None,
            }));
            let mut entries: Vec<SnapshotEntry> = heads.into_iter().map(bare).collect();
            entries.extend(reviews(log, caller, since_year(task::now_ms())).await?);
            Ok((entries, None))
        }
        Part::Customers => {
            let after = place.after.map(CustomerId);
            let ids = log
                .snapshot_customers(sight, place.since, after, limit)
                .await?;
            let last = ids.last().map(|id| id.0).filter(|_| full(ids.len()));
            Ok((customers(log, ids).await?, last))
        }
        Part::Open => {
            let after = place.after.map(TicketId);
            let tickets = log
                .snapshot_tickets(sight, place.since, after, limit)
                .await?;
            let last = tickets
                .last()
                .map(|t| t.id.0)
                .filter(|_| full(tickets.len()));
            Ok((in_full(log, tickets).await?, last))
        }
        Part::Recent => {
            let after = place.after.map(CustomerId);
            let ids = log
                .snapshot_customers(sight.clone(), place.since, after, limit)
                .await?;
            let last = ids.last().map(|id| id.0).filter(|_| full(ids.len()));
            let tickets = log.recent_closed(sight, ids, RECENT).await?;
            Ok((in_full(log, tickets).await?, last))
        }
    }
}

/// The oldest reviewed words that a desk mirrors: figures are looked at over a year at most.
pub(super) const fn since_year(now: Ms) -> Ms {
    Ms(now.0 - 400 * 24 * HOUR)
}

/// Reviews of words said since then, as the caller may see them.
pub(super) async fn reviews(
    log: &dyn Log,
    caller: &Caller,
    since: Ms,
) -> Result<Vec<SnapshotEntry>, LogError> {
    let heads = log.all(StreamKind::Review).await?;
    let reviews: Vec<Review> = heads
        .into_iter()
        .filter_map(|head| match head {
            Head::Review(review) if review.said_at >= since => Some(*review),
            _ => None,
        })
        .filter(|r| caller.user.role.rates() || r.agent == caller.user.id)
        .collect();
    let streams = reviews.iter().map(|r| Stream::from(r.id)).collect();
    let mut events = log.events_of(streams).await?;
    Ok(reviews
        .into_iter()
        .filter_map(|review| {
            let told = events.remove(&review.id.into()).unwrap_or_default();
            shown::review(caller, review, told)
        })
        .collect())
}

/// A head alone.
pub(super) fn bare(head: Head) -> SnapshotEntry {
    SnapshotEntry {
        head,
        events: Vec::new(),
        personal: None,
        excerpt: None,
    }
}

async fn customers(log: &dyn Log, ids: Vec<CustomerId>) -> Result<Vec<SnapshotEntry>, LogError> {
    let heads = log
        .heads(ids.iter().map(|id| Stream::from(*id)).collect())
        .await?;
    let mut personal = log.personal(ids).await?;
    Ok(heads
        .into_iter()
        .map(|head| {
            let personal = match &head {
                Head::Customer(c) => personal.remove(&c.id),
                _ => None,
            };
            SnapshotEntry {
                personal,
                ..bare(head)
            }
        })
        .collect())
}

async fn in_full(log: &dyn Log, tickets: Vec<Ticket>) -> Result<Vec<SnapshotEntry>, LogError> {
    let streams = tickets.iter().map(|t| Stream::from(t.id)).collect();
    let mut events = log.events_of(streams).await?;
    Ok(tickets
        .into_iter()
        .map(|ticket| {
            let mut told = events.remove(&Stream::from(ticket.id)).unwrap_or_default();
            // Head and events were read one after the other: what came in between follows in the feed.
            told.retain(|e| e.version <= ticket.version);
            SnapshotEntry {
                events: told,
                ..bare(Head::Ticket(Box::new(ticket)))
            }
        })
        .collect())
}

/// One customer's entry, as the caller may see it.
pub(super) async fn customer(
    log: &dyn Log,
    caller: &Caller,
    id: CustomerId,
) -> Result<Option<SnapshotEntry>, LogError> {
    let entry = customers(log, vec![id]).await?.pop();
    Ok(entry.map(|e| shown::entry(caller, e)))
}

/// One ticket's entry, as the caller may see it.
pub(super) async fn ticket(
    log: &dyn Log,
    caller: &Caller,
    id: TicketId,
) -> Result<Option<SnapshotEntry>, LogError> {
    let tickets = log
        .heads(vec![id.into()])
        .await?
        .into_iter()
        .filter_map(|head| match head {
            Head::Ticket(ticket) => Some(*ticket),
            _ => None,
        })
        .collect();
    let entry = in_full(log, tickets).await?.pop();
    Ok(entry.map(|e| shown::entry(caller, e)))
}
