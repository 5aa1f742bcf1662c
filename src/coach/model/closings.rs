//! What a team's own log teaches: closed tickets whose item a person confirmed. The customer's first words are the text, the
//! confirmed item is the label; feeling, risk and need stay unlabelled, because nobody was asked.

use std::collections::HashMap;

use crate::coach::content::Content;
use crate::domain::event::{Body, Event, EventBody, TicketEvent};
use crate::domain::ids::Stream;
use crate::domain::taxonomy::ItemId;
use crate::domain::vocabulary::CloseReason;
use crate::text::{RawText, SafeText, mask_free};

use super::corpus::Example;

/// Characters of a first message that are learned from.
const LONGEST: usize = 600;

/// Characters below which words teach nothing.
const SHORTEST: usize = 4;

#[derive(Default)]
struct Ticket {
    words: Option<String>,
    item: Option<ItemId>,
    closed: bool,
}

/// Gathers closings from events in the log's order.
#[derive(Default)]
pub struct Closings {
    tickets: HashMap<Stream, Ticket>,
    /// In the order they were opened, so that the same log gives the same lines.
    order: Vec<Stream>,
}

impl Closings {
    /// Takes one event in.
    pub fn take(&mut self, event: &Event) {
        let Body::Known(EventBody::Ticket(body)) = &event.body else {
            return;
        };
        let ticket = self.tickets.entry(event.stream).or_insert_with(|| {
            self.order.push(event.stream);
            Ticket::default()
        });
        match body {
            TicketEvent::CustomerMessage { .. } if ticket.words.is_none() => {
                let text = event.payload.as_ref().and_then(|p| p.text.as_ref());
                ticket.words = text.map(words).filter(|w| w.chars().count() >= SHORTEST);
            }
            TicketEvent::Classified { item } => ticket.item = Some(item.clone()),
            TicketEvent::Closed { reason } => ticket.closed = *reason != CloseReason::Withdrawn,
            TicketEvent::Reopened { .. } => ticket.closed = false,
            _ => {}
        }
    }

    /// The lines: complaints only, because a ticket whose item a person confirmed is one.
    #[must_use]
    pub fn examples(mut self, content: &Content) -> Vec<Example> {
        let order = std::mem::take(&mut self.order);
        order
            .iter()
            .filter_map(|id| self.tickets.remove(id))
            .filter(|t| t.closed)
            .filter_map(|t| {
                let shares = content.names.fine_of(&content.items, &t.item?);
                Some(Example {
                    text: t.words?,
                    complaint: true,
                    item: shares,
                    emotion: None,
                    risk: None,
                    need: None,
                })
            })
            .collect()
    }
}

/// Words without personal values: the model holds only hashes of short pieces, but a name is no piece of it either.
fn words(text: &RawText) -> String {
    let masked = mask_free(SafeText::clean(text).as_str());
    masked.chars().take(LONGEST).collect()
}
