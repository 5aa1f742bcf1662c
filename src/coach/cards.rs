//! The two cards before an answer: what to check first, and the preflight in five lines: facts, need, frame, resources, time.
//!
//! Pieces, not sentences: the screen puts its own words around what is known. Not here: what to say (`propose`).

use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::taxonomy::ItemId;
use crate::domain::time::{Ms, local};
use crate::domain::vocabulary::Deed;

use super::content::{Band, Content, PartKind};
use super::propose::{self, Facts, Suggestion};
use super::read::Risk;
use super::{library, scope};

/// What to check before handling an item (mission AN3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checks {
    /// The item.
    pub item: ItemId,
    /// Its name.
    pub title: String,
    /// Who owns the cause.
    pub owner: String,
    /// The first checks, in order.
    pub checks: Vec<String>,
    /// Whether a person confirmed the item; otherwise it is the coach's reading.
    pub confirmed: bool,
}

/// The first checks for this ticket: of its item, else of the item its words speak of clearly. Nothing while neither is known.
#[must_use]
pub fn checks(content: &Content, facts: &Facts, policy: &Policy, lang: Lang) -> Option<Checks> {
    let id = match &facts.ticket.item {
        Some(item) => item.clone(),
        None => facts.reading(content).item.clone()?.item,
    };
    let item = policy.taxonomy.items.iter().find(|i| i.id == id)?;
    let (title, owner, checks) = match lang {
        Lang::Zh => (&item.zh, &item.owner_zh, &item.checks_zh),
        Lang::En => (&item.en, &item.owner_en, &item.checks_en),
    };
    Some(Checks {
        title: title.clone(),
        owner: owner.clone(),
        checks: checks.clone(),
        confirmed: facts.ticket.item_confirmed,
        item: id,
    })
}

/// A line of the preflight card.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum About {
    /// What is known of the matter, and what is missing.
    Facts,
    /// What is said and what lies under it.
    Need,
    /// The feeling, the risks, and what going higher would change.
    Frame,
    /// Who helps and what can be offered.
    Resources,
    /// By when.
    Time,
}

impl About {
    /// The stable name, the key of its words in the locale files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Need => "need",
            Self::Frame => "frame",
            Self::Resources => "resources",
            Self::Time => "time",
        }
    }
}

/// One thing on a line of the preflight card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// The item's name.
    Item(String),
    /// The how-manyeth contact, from 2.
    Contact(u32),
    /// It repeats a ticket that was closed not long ago.
    Repeats,
    /// A known fact by its slot.
    Known(&'static str, String),
    /// A fact that the best line wants and nobody knows, by its slot.
    Missing(String),
    /// What such customers say.
    Stated(String),
    /// What lies under it.
    Hidden(String),
    /// How the customer feels now.
    Feeling(Band),
    /// A risk that speaks.
    Risk(Risk),
    /// What going higher would do here: whether somebody decides anew, and what it is about.
    Higher(bool, String),
    /// Who owns the cause.
    Owner(String),
    /// What can be offered.
    Offer(String),
    /// A fitting entry of the case library, by its title.
    Case(String),
    /// A promise that is open, by its due time as it is said, and whether it is missed.
    Promised(String, bool),
    /// What the best line promises: the deed, and the time as it is said.
    Due(Deed, String),
    /// The deed does not fit under the ticket's target: a lead should know.
    TellLead,
    /// The ticket's own target, as it is said.
    Target(String),
}

/// One line of the preflight card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreflightLine {
    /// What it is about.
    pub about: About,
    /// What stands on it, most important first; empty lines say that nothing is known.
    pub pieces: Vec<Piece>,
}

/// Facts worth a place on the card, by slot.
const SHOWN: &[&str] = &[
    "wait.minutes",
    "buy.days",
    "order.days",
    "cause",
    "late.count",
];

/// The preflight card: always five lines, in their order.
#[must_use]
pub fn preflight(
    content: &Content,
    facts: &Facts,
    policy: &Policy,
    now: Ms,
    lang: Lang,
) -> [PreflightLine; 5] {
    let best = propose::propose(content, facts, policy, now, lang)
        .into_iter()
        .next();
    let best = best.as_ref();
    let line = |about, pieces| PreflightLine { about, pieces };
    [
        line(About::Facts, known(content, facts, policy, lang, best)),
        line(About::Need, need(best)),
        line(About::Frame, frame(content, facts, now, lang)),
        line(
            About::Resources,
            resources(content, facts, policy, now, lang, best),
        ),
        line(About::Time, time(facts, policy, now, lang, best)),
    ]
}

fn known(
    content: &Content,
    facts: &Facts,
    policy: &Policy,
    lang: Lang,
    best: Option<&Suggestion>,
) -> Vec<Piece> {
    let mut out = Vec::new();
    out.extend(checks(content, facts, policy, lang).map(|c| Piece::Item(c.title)));
    let contact = facts.ticket.contact.max(facts.ticket.contacts);
    if contact > 1 {
        out.push(Piece::Contact(contact));
    }
    if facts.ticket.repeat_of.is_some() {
        out.push(Piece::Repeats);
    }
    for slot in SHOWN {
        let value = facts.values.get(*slot);
        out.extend(value.map(|v| Piece::Known(slot, v.clone())));
    }
    let mut missing: Vec<String> = Vec::new();
    for part in best.iter().flat_map(|s| s.parts.iter().chain(&s.extras)) {
        for slot in &part.unfilled {
            if !missing.contains(slot) {
                missing.push(slot.clone());
            }
        }
    }
    out.extend(missing.into_iter().map(Piece::Missing));
    out
}

fn need(best: Option<&Suggestion>) -> Vec<Piece> {
    let Some(best) = best.filter(|s| !s.hidden.is_empty()) else {
        return Vec::new();
    };
    vec![
        Piece::Stated(best.stated.clone()),
        Piece::Hidden(best.hidden.clone()),
    ]
}

fn frame(content: &Content, facts: &Facts, now: Ms, lang: Lang) -> Vec<Piece> {
    let mut out = vec![Piece::Feeling(propose::feeling(content, facts))];
    let reading = facts.reading(content);
    for (risk, _) in &reading.risks {
        if !out.contains(&Piece::Risk(*risk)) {
            out.push(Piece::Risk(*risk));
        }
    }
    let higher = scope::reach(content, facts, now, lang).into_iter().next();
    out.extend(higher.map(|r| Piece::Higher(r.decides_anew, r.what)));
    out
}

fn resources(
    content: &Content,
    facts: &Facts,
    policy: &Policy,
    now: Ms,
    lang: Lang,
    best: Option<&Suggestion>,
) -> Vec<Piece> {
    let mut out = Vec::new();
    out.extend(checks(content, facts, policy, lang).map(|c| Piece::Owner(c.owner)));
    let parts = best.iter().flat_map(|s| s.parts.iter());
    let offer = parts.into_iter().find(|p| p.kind == PartKind::Options);
    out.extend(offer.map(|p| Piece::Offer(p.text.clone())));
    let today = local(now, policy.calendar.zone()).date();
    let case = library::search(content, facts, "", today, lang);
    out.extend(case.into_iter().next().map(|c| Piece::Case(c.title)));
    out
}

fn time(
    facts: &Facts,
    policy: &Policy,
    now: Ms,
    lang: Lang,
    best: Option<&Suggestion>,
) -> Vec<Piece> {
    let calendar = &policy.calendar;
    let say =
        |due: Ms| crate::domain::promise_time::render(due, now, calendar.zone(), calendar, lang);
    let open = facts.ticket.promises.iter().filter(|p| p.is_open());
    let mut out: Vec<Piece> = open
        .map(|p| Piece::Promised(say(p.due), p.due < now))
        .collect();
    let parts = best.iter().flat_map(|s| s.parts.iter());
    let due = parts
        .filter(|p| p.kind == PartKind::Commit)
        .find_map(|p| p.promise);
    out.extend(due.map(|p| Piece::Due(p.deed, say(p.due))));
    if best.is_some_and(|s| s.tell_lead) {
        out.push(Piece::TellLead);
    }
    let target = policy.clocks(&facts.ticket).due;
    out.extend(target.map(|t| Piece::Target(say(t))));
    out
}

#[cfg(test)]
mod tests;
