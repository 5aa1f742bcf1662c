//! What a customer, or the desk's own systems beside them, put on the channel: commands whose ids follow from the run and their
//! place in it, so that one that is sent twice happens once.

use uuid::Uuid;

use crate::api::training::RunId;
use crate::coach::content::Both;
use crate::domain::command::{Command, CommandBody, NewCustomer};
use crate::domain::ids::{CommandId, CustomerId, QueueId, TicketId, UserId};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Channel, Identity, IdentityKind, Origin};
use crate::sim::Scenario;
use crate::text::locale::{Locale, Tongue};
use crate::text::{RawText, normalise_phone};

/// The name space of the ids made here.
const SPACE: Uuid = Uuid::from_u128(0x6261_6c6d_0000_5000_8000_7468_6561_7472);
/// Where a simulated customer's words come from, as the log names it.
pub const SOURCE: &str = "training";
/// The longest text of a customer or note, bytes; far above what a scenario holds.
const LONGEST: usize = 60_000;

/// The id of something that belongs to a run or a sitting: the same names give the same id.
#[must_use]
pub fn derived(of: Uuid, what: &str) -> Uuid {
    Uuid::new_v5(&SPACE, format!("{of} {what}").as_bytes())
}

/// What a post is to the contact that waits for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Opens the ticket; the customer's first line.
    Opening,
    /// A line of the customer.
    Line,
    /// Nothing that the contact waits for.
    Beside,
}

/// A command on its way to the server.
#[derive(Clone, PartialEq, Debug)]
pub struct Post {
    /// Whose contact it is.
    pub seat: UserId,
    /// On which ticket.
    pub ticket: TicketId,
    /// What the contact waits for.
    pub kind: Kind,
    /// The command. An opening's queue is filled in by the channel, once.
    pub command: Command,
}

/// Makes the posts of one contact, each under its own id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Poster {
    seat: UserId,
    run: RunId,
    ticket: TicketId,
    channel: Channel,
    count: u32,
}

impl Poster {
    /// For the contact of this run.
    #[must_use]
    pub fn new(seat: UserId, run: RunId, channel: Channel) -> Self {
        Self {
            seat,
            run,
            ticket: TicketId(derived(run, "ticket")),
            channel,
            count: 0,
        }
    }

    /// The contact's ticket.
    #[must_use]
    pub const fn ticket(&self) -> TicketId {
        self.ticket
    }

    fn post(&mut self, kind: Kind, at: Ms, body: CommandBody) -> Post {
        let id = CommandId(derived(self.run, &format!("post {}", self.count)));
        self.count = self.count.saturating_add(1);
        Post {
            seat: self.seat,
            ticket: self.ticket,
            kind,
            command: Command {
                id,
                at,
                base: Vec::new(),
                after: None,
                body,
            },
        }
    }

    fn origin(&self) -> Option<Origin> {
        Some(Origin {
            source: SOURCE.to_owned(),
            foreign_id: format!("{}-{}", self.run, self.count),
        })
    }

    /// The customer comes: ticket, record, first words; then who it was put through to.
    pub fn open(&mut self, at: Ms, scenario: &Scenario, lang: Lang, words: &str) -> [Post; 2] {
        let customer = CustomerId(derived(self.run, "customer"));
        let body = CommandBody::OpenTicket {
            ticket: self.ticket,
            customer,
            new_customer: Some(record(scenario, lang)),
            queue: QueueId::default(),
            channel: self.channel,
            text: raw(words),
            attachments: Vec::new(),
            item: None,
            live: self.channel == Channel::Voice,
            origin: self.origin(),
        };
        let opening = self.post(Kind::Opening, at, body);
        let (ticket, to) = (self.ticket, self.seat);
        let through = CommandBody::Assign { ticket, to };
        [opening, self.post(Kind::Beside, at, through)]
    }

    /// The customer says or writes this.
    pub fn line(&mut self, at: Ms, words: &str) -> Post {
        let body = CommandBody::ReceiveMessage {
            ticket: self.ticket,
            channel: self.channel,
            text: raw(words),
            attachments: Vec::new(),
            origin: self.origin(),
        };
        self.post(Kind::Line, at, body)
    }

    /// The desk's systems know this of the matter.
    pub fn note(&mut self, at: Ms, words: &str) -> Post {
        let body = CommandBody::Note {
            ticket: self.ticket,
            text: raw(words),
        };
        self.post(Kind::Beside, at, body)
    }
}

fn raw(words: &str) -> RawText {
    let mut end = words.len().min(LONGEST);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    RawText::new(&words[..end])
}

/// The customer's record from the scenario's card.
fn record(scenario: &Scenario, lang: Lang) -> NewCustomer {
    let card = &scenario.card;
    let digits = || card.phone.chars().filter(char::is_ascii_digit).collect();
    let phone = normalise_phone(&card.phone).unwrap_or_else(digits);
    NewCustomer {
        name: RawText::new(card.name.get(lang)),
        identities: vec![Identity {
            kind: IdentityKind::Phone,
            value: RawText::new(phone),
            source: SOURCE.to_owned(),
        }],
        tier: card.tier,
        vulnerable: scenario.persona.vulnerable,
        origin: None,
    }
}

/// The words of a language of customers.
#[must_use]
pub fn locale(lang: Lang) -> Locale {
    Locale::of(match lang {
        Lang::Zh => Tongue::ZhCn,
        Lang::En => Tongue::En,
    })
}

/// What the desk's systems know of the matter, as the note says it; nothing when they know nothing.
#[must_use]
pub fn known(scenario: &Scenario, lang: Lang, words: &Locale) -> Option<String> {
    let card = &scenario.card;
    let mut lines = Vec::new();
    if !card.history.is_empty() {
        lines.push(words.t("training-note-history"));
        let row = |both: &Both| format!("- {}", both.get(lang));
        lines.extend(card.history.iter().map(row));
    }
    if let Some(cause) = &card.cause {
        let cause = cause.get(lang);
        lines.push(words.t_args("training-note-cause", &[("cause", cause.into())]));
    }
    for (slot, value) in &card.values {
        let what = words.t(&format!("slot-{}", slot.replace('.', "-")));
        let args = [("what", (&what).into()), ("value", value.get(lang).into())];
        lines.push(words.t_args("training-note-value", &args));
    }
    if lines.is_empty() {
        return None;
    }
    lines.insert(0, words.t("training-note-head"));
    Some(lines.join("\n"))
}

/// What the customer said last on a ticket that is closed already: a message would open it again.
#[must_use]
pub fn farewell(said: &str, words: &Locale) -> String {
    words.t_args("training-note-farewell", &[("words", said.into())])
}
