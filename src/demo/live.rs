//! The living queue: what customers write while the demo runs.
//!
//! First the written messages of `assets/demo/live.toml`, each at its second; after them, for as long as the console runs,
//! new complaints from the building blocks of the generator, about one every `PAUSE` seconds.

use std::collections::HashMap;

use serde::Deserialize;

use super::phrases::Phrases;
use super::{BadDemo, Scribe, Site};
use crate::domain::command::CommandBody;
use crate::domain::ids::TicketId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::Channel;
use crate::text::RawText;

const FILE: &str = "assets/demo/live.toml";

/// Seconds between messages when the written ones have run out.
const PAUSE: i64 = 45;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LiveFile {
    followup: Vec<Followup>,
    complaint: Vec<Complaint>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Followup {
    ticket: String,
    after: i64,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Complaint {
    customer: String,
    queue: String,
    channel: String,
    after: i64,
    text: String,
}

/// A message that is due.
#[derive(Debug, PartialEq)]
pub struct Due {
    /// When the customer writes it.
    pub at: Ms,
    /// What it asks of the server.
    pub body: CommandBody,
}

/// The demo's customers as a timetable.
#[derive(Debug)]
pub struct Live {
    start: Ms,
    queue: std::collections::VecDeque<Due>,
    rng: Scribe,
    phrases: Phrases,
    customers: Vec<crate::domain::ids::CustomerId>,
    queues: Vec<crate::domain::ids::QueueId>,
    last: Ms,
}

impl Live {
    /// The timetable from `start` on. The same seed gives the same messages.
    ///
    /// # Errors
    /// When a demo file is wrong.
    pub fn new(
        seed: u64,
        start: Ms,
        tickets: &HashMap<String, TicketId>,
        site: &Site,
    ) -> Result<Self, BadDemo> {
        let file: LiveFile = toml::from_str(include_str!("../../assets/demo/live.toml"))
            .map_err(|e| BadDemo::new(FILE, e))?;
        let mut rng = Scribe::new(seed ^ 0x6c69_7665, 1);
        let mut due = Vec::new();
        for row in file.followup {
            let ticket = tickets
                .get(&row.ticket)
                .copied()
                .ok_or_else(|| BadDemo::new(FILE, format!("no ticket {:?}", row.ticket)))?;
            let body = CommandBody::ReceiveMessage {
                ticket,
                channel: Channel::Message,
                text: RawText::new(row.text),
                attachments: Vec::new(),
                origin: None,
            };
            due.push(Due {
                at: start.plus_secs(row.after),
                body,
            });
        }
        let mut customers = Vec::new();
        let mut queues = Vec::new();
        for row in file.complaint {
            let at = start.plus_secs(row.after);
            let customer = site.customer(&row.customer)?;
            let queue = site.queue(&row.queue)?;
            customers.push(customer);
            queues.push(queue);
            let channel = Channel::from_name(&row.channel)
                .ok_or_else(|| BadDemo::new(FILE, format!("no such channel {:?}", row.channel)))?;
            due.push(Due {
                at,
                body: complaint(TicketId(rng.id(at)), customer, queue, channel, row.text),
            });
        }
        due.sort_by_key(|d| d.at);
        let last = due.last().map_or(start, |d| d.at);
        Ok(Self {
            start,
            queue: due.into(),
            rng,
            phrases: Phrases::shipped()?,
            customers,
            queues,
            last,
        })
    }

    /// Goes on at `now`: what would have been written before was written by an earlier start, or while nobody was there.
    pub fn resume(&mut self, now: Ms) {
        self.queue.retain(|due| due.at >= now);
        self.last = self.last.max(now);
    }

    /// When the timetable began.
    #[must_use]
    pub const fn start(&self) -> Ms {
        self.start
    }

    /// The next message; there is always one.
    pub fn next_due(&mut self) -> Option<Due> {
        if let Some(due) = self.queue.pop_front() {
            return Some(due);
        }
        let at = self
            .last
            .plus_secs(PAUSE / 2 + i64::try_from(self.rng.below(PAUSE as usize)).unwrap_or(0));
        self.last = at;
        let customer = *self.rng.pick(&self.customers.clone())?;
        let queue = *self.rng.pick(&self.queues.clone())?;
        let channel = *self
            .rng
            .pick(&[Channel::Voice, Channel::Chat, Channel::Message])?;
        let (text, _) = self.phrases.opening(&mut self.rng, false);
        let ticket = TicketId(self.rng.id(at));
        Some(Due {
            at,
            body: complaint(ticket, customer, queue, channel, text),
        })
    }
}

fn complaint(
    ticket: TicketId,
    customer: crate::domain::ids::CustomerId,
    queue: crate::domain::ids::QueueId,
    channel: Channel,
    text: String,
) -> CommandBody {
    CommandBody::OpenTicket {
        ticket,
        customer,
        new_customer: None,
        queue,
        channel,
        text: RawText::new(text),
        attachments: Vec::new(),
        item: None,
        live: false,
        origin: None,
    }
}
