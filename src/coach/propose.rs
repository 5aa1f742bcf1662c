//! Proposing what to say.

use std::collections::BTreeMap;

use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::ItemId;
use crate::domain::ticket::Ticket;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Act, Channel, Deed};

use super::content::{Content, PartKind};

/// What the coach may know of a ticket, its customer and who speaks. A fact that is absent stays an unfilled slot.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// The ticket.
    pub ticket: Ticket,
    /// The channel on which we are about to speak.
    pub channel: Channel,
    /// The customer's name as known; empty if unknown.
    pub customer_name: String,
    /// The customer's wishes by key (`title`, `contact_hours` as `HH:MM-HH:MM`).
    pub preferences: BTreeMap<String, String>,
    /// The last four digits of the customer's phone; empty if none.
    pub phone_last4: String,
    /// The name the agent gives the customer.
    pub agent_name: String,
    /// The queue's name in the language of the line.
    pub queue_name: String,
    /// The customer's latest messages, oldest first.
    pub words: Vec<String>,
    /// What was said to this customer before, written or spoken, on any ticket.
    pub said: Vec<String>,
    /// Facts of the matter by slot name, such as `wait.minutes`, `order.days`, `cause`. Never guessed.
    pub values: BTreeMap<String, String>,
}

impl Facts {
    /// Facts that know nothing but the ticket; the channel is the ticket's.
    #[must_use]
    pub fn of(ticket: Ticket) -> Self {
        let channel = ticket.channel;
        Self {
            ticket,
            channel,
            customer_name: String::new(),
            preferences: BTreeMap::new(),
            phone_last4: String::new(),
            agent_name: String::new(),
            queue_name: String::new(),
            words: Vec::new(),
            said: Vec::new(),
            values: BTreeMap::new(),
        }
    }
}

/// A time that a part promises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PromiseSlot {
    /// What will be done. News in between and news instead of the deed are `update`.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
}

/// One part of a suggestion: a line of a playbook with its slots filled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What it is for.
    pub kind: PartKind,
    /// The line's stable name: entry, part and place, such as `a1-wait/commit/1`.
    pub line: String,
    /// The words; a slot that could not be filled stands in them as `{name}`.
    pub text: String,
    /// What the words do.
    pub acts: Vec<Act>,
    /// The promise in them.
    pub promise: Option<PromiseSlot>,
    /// Names of the slots that could not be filled.
    pub unfilled: Vec<String>,
}

/// A suggestion: the parts of one playbook in the order in which they are said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The playbook entry.
    pub entry_id: String,
    /// The item it is for.
    pub item: ItemId,
    /// The item's name in the language asked for.
    pub title: String,
    /// What the customer says, as such customers put it (mission HE1).
    pub stated: String,
    /// What lies under it.
    pub hidden: String,
    /// The line to say: empathize, safety, explain, options, rights, commit, confirm.
    pub parts: Vec<Part>,
    /// Lines to have at hand that are not part of the whole: a question, a reasoned no, rights.
    pub extras: Vec<Part>,
    /// The deed does not fit under the ticket's target; news is promised instead and the lead should know.
    pub tell_lead: bool,
}

impl Suggestion {
    /// The whole, as one text.
    #[must_use]
    pub fn whole(&self, lang: Lang) -> String {
        let between = match lang {
            Lang::Zh => "",
            Lang::En => " ",
        };
        let texts: Vec<&str> = self.parts.iter().map(|p| p.text.as_str()).collect();
        texts.join(between)
    }
}

/// What to say, best first. Deterministic: the same facts at the same time give the same list.
#[must_use]
pub fn propose(
    _content: &Content,
    _facts: &Facts,
    _policy: &Policy,
    _now: Ms,
    _lang: Lang,
) -> Vec<Suggestion> {
    Vec::new()
}
