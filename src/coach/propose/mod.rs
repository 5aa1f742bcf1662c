//! Proposing what to say: the playbook entries that fit, their lines chosen and filled, times computed (mission AN1, AN3, AN5).
//!
//! `rank` says which entries fit, `lines` which line of a part and with what in its slots, `choice` which of lines that fit
//! equally well. Not here: which suggestion the agent takes, and the ledger.

mod choice;
mod lines;
mod rank;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::ItemId;
use crate::domain::ticket::Ticket;
use crate::domain::time::{Ms, local};
use crate::domain::vocabulary::{Act, Channel, Deed};

use super::content::{Band, Content, PartKind};
use super::learnt::Learnt;
use super::listened::{Listened, joined};
use super::read::{self, Reading};
pub(super) use lines::told;

use lines::Teller;
use rank::Heard;

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
    /// What was read in those messages already; what is not in it is read when it is asked for.
    pub listened: Listened,
    /// What was said to this customer before, written or spoken, on any ticket.
    pub said: Vec<String>,
    /// The names of playbook lines that were said to this customer before, with or without version.
    pub said_lines: BTreeSet<String>,
    /// Facts of the matter by slot name, such as `wait.minutes`, `order.days`, `cause`. Never guessed.
    pub values: BTreeMap<String, String>,
    /// Lines of the team, and how lines did.
    pub learnt: Arc<Learnt>,
    /// From what the choice between equal lines is drawn; the same seed, the same lines.
    pub seed: u64,
}

impl Facts {
    /// Facts that know nothing but the ticket; the channel is the ticket's, and so is the seed.
    #[must_use]
    pub fn of(ticket: Ticket) -> Self {
        Self {
            channel: ticket.channel,
            seed: choice::seed(&[ticket.id.0.as_bytes()]),
            ticket,
            customer_name: String::new(),
            preferences: BTreeMap::new(),
            phone_last4: String::new(),
            agent_name: String::new(),
            queue_name: String::new(),
            words: Vec::new(),
            listened: Listened::default(),
            said: Vec::new(),
            said_lines: BTreeSet::new(),
            values: BTreeMap::new(),
            learnt: Arc::default(),
        }
    }

    /// The reading of all the latest messages together.
    #[must_use]
    pub fn reading(&self, content: &Content) -> Cow<'_, Reading> {
        self.reading_of(content, &joined(&self.words))
    }

    /// The reading of this text.
    #[must_use]
    pub fn reading_of(&self, content: &Content, text: &str) -> Cow<'_, Reading> {
        match self.listened.of(text) {
            Some(reading) => Cow::Borrowed(reading),
            None => Cow::Owned(read::read(content, text)),
        }
    }

    /// Whether the matter is settled: closed, or everything promised was kept. Only then is self-service spoken of (AN4).
    #[must_use]
    pub fn settled(&self) -> bool {
        let ticket = &self.ticket;
        let open = ticket
            .promises
            .iter()
            .any(super::super::domain::ticket::Promise::is_open);
        !ticket.is_open() || (!ticket.promises.is_empty() && !open)
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
    /// The line's stable name: entry, part and place, such as `a1-wait/commit/1`; `grown/…` for a line of the team.
    pub line: String,
    /// The version of its words.
    pub version: u32,
    /// The words; a slot that could not be filled stands in them as `{name}`.
    pub text: String,
    /// What the words do.
    pub acts: Vec<Act>,
    /// The promise in them.
    pub promise: Option<PromiseSlot>,
    /// Names of the slots that could not be filled.
    pub unfilled: Vec<String>,
}

impl Part {
    /// The name under which a reply keeps that this line was put in, and under which its outcome is counted.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}@{}", self.line, self.version)
    }
}

/// A suggestion: the parts of one playbook in the order in which they are said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Suggestion {
    /// The playbook entry; [`ASK_FIRST`] while the matter is not known.
    pub entry_id: String,
    /// The item it is for; empty while the matter is not known.
    pub item: ItemId,
    /// The item's name in the language asked for.
    pub title: String,
    /// What the customer says, as such customers put it (mission HE1).
    pub stated: String,
    /// What lies under it.
    pub hidden: String,
    /// The line to say: empathize, safety, explain, options, rights, commit, confirm; self-service once it is settled.
    pub parts: Vec<Part>,
    /// Lines to have at hand that are not part of the whole: a question, rights, a choice whose facts are missing.
    pub extras: Vec<Part>,
    /// A no, never alone: the reasoned no, another way, the customer's rights, in this order. Empty if the entry has none.
    pub decline: Vec<Part>,
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

/// The name of the suggestion that asks first.
pub const ASK_FIRST: &str = "ask-first";

/// How many suggestions are worth a glance.
const MOST: usize = 5;

/// Shorter words than this, in characters, say nothing that needs an answer of its own: a greeting, a yes, a number.
const SAYS_NOTHING: usize = 4;

/// What to say, best first. Deterministic: the same facts at the same time give the same list.
///
/// While neither the ticket nor the words tell the item, the first suggestion asks: it takes the customer's side without
/// guessing, asks openly, and says by when somebody is found who handles it. Empty only for words that say nothing.
#[must_use]
pub fn propose(
    content: &Content,
    facts: &Facts,
    policy: &Policy,
    now: Ms,
    lang: Lang,
) -> Vec<Suggestion> {
    let text = joined(&facts.words);
    let reading = facts.reading_of(content, &text);
    let band = feeling(content, facts);
    let heard = Heard::new(content, facts, &reading, band, &text);
    let teller = Teller::new(content, facts, &heard, policy, now, lang);
    let today = local(now, policy.calendar.zone()).date();
    let known = facts.ticket.item.is_some() || reading.item.is_some();
    let mut out = Vec::with_capacity(MOST);
    if !known {
        if !says_something(facts, &reading) {
            return out;
        }
        out.push(teller.ask_first(policy));
    }
    let places = rank::ranked(content, facts, &heard, today);
    let entries = places.into_iter().filter_map(|p| content.entries.get(p));
    out.extend(
        entries
            .take(MOST - out.len())
            .map(|e| teller.suggest(e, policy)),
    );
    out
}

/// The entry with this name filled for this ticket, because the agent chose it; nothing if there is no such entry.
#[must_use]
pub fn propose_entry(
    content: &Content,
    facts: &Facts,
    policy: &Policy,
    now: Ms,
    lang: Lang,
    id: &str,
) -> Option<Suggestion> {
    let text = joined(&facts.words);
    let reading = facts.reading_of(content, &text);
    let heard = Heard::new(content, facts, &reading, feeling(content, facts), &text);
    let teller = Teller::new(content, facts, &heard, policy, now, lang);
    if id == ASK_FIRST {
        return Some(teller.ask_first(policy));
    }
    let entry = content.entry(id)?;
    Some(teller.suggest(entry, policy))
}

/// Whether there is something to ask about: a complaint, a feeling, a risk, or more words than a greeting has.
fn says_something(facts: &Facts, reading: &Reading) -> bool {
    let letters = |w: &String| w.chars().filter(|c| c.is_alphabetic()).count();
    reading.complaint.yes
        || reading.emotion > 0
        || !reading.risks.is_empty()
        || facts.words.iter().any(|w| letters(w) > SAYS_NOTHING)
}

/// How the customer feels now: it shows in the last two messages, not in what was said a week ago.
pub(super) fn feeling(content: &Content, facts: &Facts) -> Band {
    let recent = facts.words.iter().rev().take(2);
    let heat = recent.map(|w| facts.reading_of(content, w).heat).max();
    Band::of_heat(heat.unwrap_or(0))
}

#[cfg(test)]
pub(super) mod tests;
