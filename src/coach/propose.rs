//! Proposing what to say: the playbook entries that fit, their lines chosen and filled, times computed (mission AN1, AN3).
//!
//! Not here: which suggestion the agent takes, the ledger, and outcomes of lines (a later form ranks by them).

use std::collections::BTreeMap;

use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::ItemId;
use crate::domain::ticket::Ticket;
use crate::domain::time::{Ms, local};
use crate::domain::vocabulary::{Act, Channel, Deed};
use crate::text::tokens::fold;

use super::content::{Band, Content, Entry, Line, Need, PartKind, Status};
use super::lint::{BREATH, han};
use super::read::{self, Reading, Risk};
use super::slots::{Filled, Piece, Slots, pieces};

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

/// How many suggestions are worth a glance.
const MOST: usize = 5;

/// What to say, best first. Deterministic: the same facts at the same time give the same list. Empty when neither the ticket's
/// item nor the customer's words point anywhere.
#[must_use]
pub fn propose(
    content: &Content,
    facts: &Facts,
    policy: &Policy,
    now: Ms,
    lang: Lang,
) -> Vec<Suggestion> {
    let heard = facts.words.join("\n");
    let reading = read::read(content, &heard);
    let teller = Teller::new(content, facts, &reading, policy, now, lang);
    let today = local(now, policy.calendar.zone()).date();
    let words = read::entry_words(content, &heard);
    let mut scored: Vec<(u32, usize)> = content
        .entries
        .iter()
        .enumerate()
        .filter(|(_, e)| e.status == Status::Approved && !e.expired(today))
        .map(|(place, e)| (teller.score(e, place, &words), place))
        .filter(|(score, _)| *score > 0)
        .collect();
    scored.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
    scored
        .into_iter()
        .take(MOST)
        .filter_map(|(_, place)| Some(teller.suggest(content.entries.get(place)?, policy)))
        .collect()
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
    let entry = content.entries.iter().find(|e| e.id == id)?;
    let reading = read::read(content, &facts.words.join("\n"));
    Some(Teller::new(content, facts, &reading, policy, now, lang).suggest(entry, policy))
}

struct Teller<'a> {
    facts: &'a Facts,
    reading: &'a Reading,
    emotion: u8,
    slots: Slots<'a>,
    content: &'a Content,
    lang: Lang,
    said: Vec<String>,
}

impl<'a> Teller<'a> {
    fn new(
        content: &'a Content,
        facts: &'a Facts,
        reading: &'a Reading,
        policy: &'a Policy,
        now: Ms,
        lang: Lang,
    ) -> Self {
        // How the customer feels now shows in the last two messages, not in what was said a week ago.
        let recent = facts.words.iter().rev().take(2);
        let emotion = recent
            .map(|w| read::read(content, w).emotion)
            .max()
            .unwrap_or(0);
        Self {
            facts,
            reading,
            emotion,
            slots: Slots::new(facts, policy, &content.promises, now, lang),
            content,
            lang,
            said: facts.said.iter().map(|s| fold(s)).collect(),
        }
    }

    /// How well an entry fits: an item a person confirmed outweighs a proposed one, that one what the words say now, and words
    /// of the entry itself decide between entries of one item. The entry whose first item it is goes before one that also serves it.
    fn score(&self, entry: &Entry, place: usize, words: &[(usize, usize)]) -> u32 {
        let mut score = 0;
        for (at, item) in entry.items.iter().enumerate() {
            let mut fit = 0;
            if self.facts.ticket.item.as_ref() == Some(item) {
                fit += if self.facts.ticket.item_confirmed {
                    200
                } else {
                    90
                };
            }
            if let Some(read) = self.reading.ranked.iter().find(|p| p.item == *item) {
                fit += u32::from(read.confidence);
            }
            if at > 0 {
                fit = fit * 9 / 10;
            }
            score = score.max(fit);
        }
        let own = words
            .iter()
            .find(|(e, _)| *e == place)
            .map_or(0, |(_, n)| *n);
        score += u32::try_from(own.min(4)).unwrap_or(4) * 8;
        if score > 0 && entry.need == Need::Safety && self.reading.has(Risk::Safety) {
            // People before everything.
            score += 400;
        }
        score
    }

    fn suggest(&self, entry: &Entry, policy: &Policy) -> Suggestion {
        let item = self.item_of(entry);
        let names = policy.taxonomy.items.iter().find(|i| i.id == item);
        let title = names.map_or_else(
            || item.as_str().to_owned(),
            |i| match self.lang {
                Lang::Zh => i.zh.clone(),
                Lang::En => i.en.clone(),
            },
        );
        let mut out = Suggestion {
            entry_id: entry.id.clone(),
            item,
            title,
            stated: entry.stated.get(self.lang).to_owned(),
            hidden: entry.hidden.get(self.lang).to_owned(),
            parts: Vec::new(),
            extras: Vec::new(),
            tell_lead: false,
        };
        for kind in ORDER {
            match kind {
                PartKind::Commit => self.commit(entry, &mut out),
                PartKind::Explain => out.parts.extend(self.explain(entry)),
                _ => {
                    let Some((part, _)) = self.best(entry, *kind) else {
                        continue;
                    };
                    if self.belongs(&part) {
                        out.parts.push(part);
                    } else {
                        out.extras.push(part);
                    }
                }
            }
        }
        out
    }

    /// The item of the entry that fits this ticket best.
    fn item_of(&self, entry: &Entry) -> ItemId {
        let known = self.facts.ticket.item.iter();
        let read = self.reading.ranked.iter().map(|p| &p.item);
        known
            .chain(read)
            .find(|i| entry.items.contains(i))
            .or_else(|| entry.items.first())
            .cloned()
            .unwrap_or_else(|| ItemId(String::new()))
    }

    /// Whether a part is said with the whole, or only kept at hand.
    fn belongs(&self, part: &Part) -> bool {
        match part.kind {
            PartKind::Ask | PartKind::Decline => false,
            // A choice whose facts are missing would only stand in the way of sending.
            PartKind::Options => part.unfilled.is_empty(),
            PartKind::Rights => [Risk::Regulator, Risk::Legal, Risk::Media]
                .iter()
                .any(|r| self.reading.has(*r)),
            _ => true,
        }
    }

    /// The line of a part that fits best: filled slots first, then the feeling, then what can be said in one breath.
    fn best(&self, entry: &Entry, kind: PartKind) -> Option<(Part, Filled)> {
        let band = Band::of(self.emotion);
        let voice = self.facts.channel == Channel::Voice;
        entry
            .lines
            .iter()
            .filter(|l| l.part == kind)
            .filter(|l| kind != PartKind::Empathize || !self.was_said(l))
            .map(|line| (line, self.slots.fill(line.text.get(self.lang), None)))
            .min_by_key(|(line, filled)| {
                let off = line.band.map_or(0, |b| (b as u8).abs_diff(band as u8));
                let breathless = voice && han(&filled.text) > BREATH;
                (filled.unfilled.len(), filled.too_late, off, breathless)
            })
            .map(|(line, filled)| (part(line, &filled), filled))
    }

    /// Whether a line was said to this customer before, whatever stood in its slots.
    fn was_said(&self, line: &Line) -> bool {
        self.said
            .iter()
            .any(|said| [&line.text.zh, &line.text.en].iter().any(|t| told(t, said)))
    }

    /// The cause, or honestly that it is not known yet. When the time for it does not fit, no time is named for it.
    fn explain(&self, entry: &Entry) -> Option<Part> {
        let (part, filled) = self.best(entry, PartKind::Explain)?;
        if !filled.too_late {
            return Some(part);
        }
        Some(Part {
            kind: PartKind::Explain,
            line: "promises/open".to_owned(),
            text: self.content.promises.open.get(self.lang).to_owned(),
            acts: Vec::new(),
            promise: None,
            unfilled: Vec::new(),
        })
    }

    /// The commitment; news instead of the deed when the deed does not fit; news in between when it is far away.
    fn commit(&self, entry: &Entry, out: &mut Suggestion) {
        let Some((part, filled)) = self.best(entry, PartKind::Commit) else {
            return;
        };
        if !filled.too_late {
            let interim = filled.promise.and_then(|(_, interim)| interim);
            out.parts.push(part);
            out.parts.extend(interim.map(|due| {
                let filled = self
                    .slots
                    .fill(self.content.promises.interim.get(self.lang), Some(due));
                standing(PartKind::Commit, "promises/interim", &filled)
            }));
            return;
        }
        out.tell_lead = true;
        let due = filled.promise.map(|(slot, _)| slot.due);
        let filled = self
            .slots
            .fill(self.content.promises.news.get(self.lang), due);
        out.parts
            .push(standing(PartKind::Commit, "promises/news", &filled));
    }
}

/// Parts in the order in which they are said.
const ORDER: &[PartKind] = &[
    PartKind::Empathize,
    PartKind::Safety,
    PartKind::Ask,
    PartKind::Explain,
    PartKind::Options,
    PartKind::Rights,
    PartKind::Decline,
    PartKind::Commit,
    PartKind::Confirm,
];

fn part(line: &Line, filled: &Filled) -> Part {
    Part {
        kind: line.part,
        line: line.id.clone(),
        text: filled.text.clone(),
        acts: line.acts.clone(),
        promise: filled.promise.map(|(slot, _)| slot),
        unfilled: filled.unfilled.clone(),
    }
}

/// A part that stands for every item.
fn standing(kind: PartKind, line: &str, filled: &Filled) -> Part {
    Part {
        kind,
        line: line.to_owned(),
        text: filled.text.clone(),
        acts: vec![Act::Own, Act::CommitConcrete],
        promise: filled.promise.map(|(slot, _)| slot),
        unfilled: filled.unfilled.clone(),
    }
}

/// Whether a template's words stand in a folded text in their order, with anything in the place of its slots.
fn told(template: &str, said: &str) -> bool {
    let mut rest = said;
    for piece in pieces(template) {
        let Piece::Text(words) = piece else { continue };
        let words = fold(words);
        let Some((_, after)) = rest.split_once(words.trim()) else {
            return false;
        };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests;
