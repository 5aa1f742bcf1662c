//! Searching the replica on a thread and a connection of its own, so that a search over everything delays nothing.

use std::path::PathBuf;
use std::sync::mpsc;

use super::files::{StoreError, read_replica};
use super::replica::Replica;
use super::{Input, apply};
use crate::api::desk::Hit;
use crate::domain::event::Event;
use crate::domain::ids::{StreamKind, TicketId};
use crate::task;
use crate::text::{SafeText, fold, normalise_phone, query_phrase};

/// Characters around a match that an excerpt shows.
const AROUND: usize = 24;

/// A search to do.
pub struct Wanted {
    /// The request's generation.
    pub generation: u64,
    /// Words as typed.
    pub words: String,
    /// Most hits.
    pub limit: u16,
}

/// What was found here.
pub struct Found {
    /// The request's generation.
    pub generation: u64,
    /// Hits, customers and numbers first, then the newest words.
    pub hits: Vec<Hit>,
}

/// Starts the thread. Of several searches waiting, only the newest is done.
///
/// # Errors
/// When the system has no thread left.
pub fn start(path: PathBuf, found: mpsc::Sender<Input>) -> std::io::Result<mpsc::Sender<Wanted>> {
    let (ask, wanted) = mpsc::channel::<Wanted>();
    task::thread("desk-search", move || {
        let mut replica = None;
        while let Ok(mut want) = wanted.recv() {
            while let Ok(newer) = wanted.try_recv() {
                want = newer;
            }
            if replica.is_none() {
                replica = read_replica(&path).ok().map(Replica::new);
            }
            let hits = match replica.as_ref().map(|r| search(r, &want.words, want.limit)) {
                Some(Ok(hits)) => hits,
                Some(Err(error)) => {
                    tracing::warn!(%error, "the desk's search failed");
                    replica = None;
                    Vec::new()
                }
                None => Vec::new(),
            };
            if found
                .send(Input::Found(Found {
                    generation: want.generation,
                    hits,
                }))
                .is_err()
            {
                break;
            }
        }
    })?;
    Ok(ask)
}

/// Everything in the replica that matches what was typed.
///
/// # Errors
/// When the replica cannot be read.
pub fn search(replica: &Replica, words: &str, limit: u16) -> Result<Vec<Hit>, StoreError> {
    let mut hits = Vec::new();
    let digits: String = words.chars().filter(char::is_ascii_digit).collect();
    if !digits.is_empty()
        && digits.len() < 12
        && digits.len() == words.trim().trim_start_matches('#').len()
    {
        if let Ok(number) = digits.parse::<i64>()
            && let Some(kept) = replica.by_number(number)?
        {
            hits.push(Hit::Ticket {
                ticket: kept.ticket.id,
                number: kept.ticket.number,
                caller: replica
                    .person(kept.ticket.customer)?
                    .unwrap_or_default()
                    .name,
                excerpt: kept.excerpt,
                at: kept.ticket.updated_at,
            });
        }
        if let Some(phone) = normalise_phone(&digits) {
            for customer in replica.by_phone(&phone)? {
                let person = replica.person(customer)?.unwrap_or_default();
                let latest = replica
                    .tickets_of(customer)?
                    .into_iter()
                    .max_by_key(|t| t.opened_at);
                hits.push(Hit::Customer {
                    customer,
                    name: person.name,
                    phone_last4: person.last4,
                    latest: latest.map(|t| t.id),
                });
            }
        }
    }
    for (customer, person, latest) in replica.search_names(words, u32::from(limit))? {
        if !hits
            .iter()
            .any(|h| matches!(h, Hit::Customer { customer: c, .. } if *c == customer))
        {
            hits.push(Hit::Customer {
                customer,
                name: person.name,
                phone_last4: person.last4,
                latest,
            });
        }
    }
    if let Some(fts) = query_phrase(words) {
        for event in replica.search_words(&fts, u32::from(limit))? {
            hits.extend(words_hit(replica, &event, words)?);
        }
    }
    hits.truncate(usize::from(limit));
    Ok(hits)
}

fn words_hit(replica: &Replica, event: &Event, words: &str) -> Result<Option<Hit>, StoreError> {
    if event.stream.kind != StreamKind::Ticket {
        return Ok(None);
    }
    let ticket = TicketId(event.stream.id);
    let Some(kept) = replica.ticket(ticket)? else {
        return Ok(None);
    };
    let text = event.payload.as_ref().and_then(|p| p.text.as_ref());
    Ok(Some(Hit::Ticket {
        ticket,
        number: kept.ticket.number,
        caller: replica
            .person(kept.ticket.customer)?
            .unwrap_or_default()
            .name,
        excerpt: text.map(|t| around(t.expose(), words)).unwrap_or_default(),
        at: event.occurred_at,
    }))
}

/// The words around the first match, one line.
fn around(text: &str, words: &str) -> SafeText {
    let head: String = text.chars().take(20_000).collect();
    let first = words
        .split_whitespace()
        .next()
        .map(fold)
        .unwrap_or_default();
    let folded: Vec<char> = fold(&head).chars().collect();
    let wanted: Vec<char> = first.chars().collect();
    let at = if wanted.is_empty() {
        None
    } else {
        folded.windows(wanted.len()).position(|w| w == wanted)
    };
    // Folding may change lengths a little; the window is wide enough to still show the match.
    let from = at.unwrap_or(0).saturating_sub(AROUND);
    let part: String = head
        .chars()
        .skip(from)
        .take(wanted.len() + AROUND * 4)
        .collect();
    apply::excerpt(&part)
}
