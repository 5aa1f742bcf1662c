//! Gathering what lint must know from what is at hand at a desk and at the server: the ticket, what was said on it, the policy.
//! One function for both, so that the mark under the words and the refusal of the server never differ.
//!
//! Not known here yet, and therefore "not checked": authority, sums, menus and precedents, fact cards and values of the case,
//! approved wording, law cards, whether the need is confirmed and the contact checked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::context::{LintContext, Moment};
use super::known::{Known, Open};
use super::{Severity, cmt, lint, rules};
use crate::coach::content::{Content, Duty, contact_hours};
use crate::coach::listened::Listened;
use crate::coach::read::read;
use crate::coach::signals::Risk;
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::promise_time::{Ask, Contact, compute, render, stale};
use crate::domain::ticket::Ticket;
use crate::domain::time::{HOUR, MINUTE, Ms, local};
use crate::domain::vocabulary::{Act, Channel, CloseReason, Deed, Priority};
use crate::domain::world::{Block, Verdict};

/// How many of the customer's latest messages count.
const WORDS: usize = 6;
/// A reply after a longer silence of ours is the first of a new contact, in milliseconds.
const CONTACT: i64 = 12 * HOUR;
/// Words that were on their way for less than this are judged by when they were written, in milliseconds.
const ON_THE_WAY: i64 = 10 * MINUTE;
/// The tag of a ticket that goes the severe route.
pub const SAFETY: &str = "safety";

/// What is at hand about a ticket.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The ticket.
    pub ticket: &'a Ticket,
    /// How the words will be sent.
    pub channel: Channel,
    /// The customer's name; empty if unknown.
    pub name: &'a str,
    /// The customer's wishes by key (`title`, `contact_hours`).
    pub preferences: &'a BTreeMap<String, String>,
    /// What the customer said on the ticket, oldest first.
    pub theirs: &'a [String],
    /// What was read in it already, if somebody did.
    pub listened: Option<&'a Listened>,
    /// What we said to the customer, oldest first.
    pub ours: &'a [String],
    /// The promises that go with the words.
    pub drafts: &'a [(Deed, Ms)],
}

/// Everything gathered, ready to be lent to a [`LintContext`].
#[derive(Clone, PartialEq, Debug)]
pub struct Situation {
    now: Ms,
    channel: Channel,
    moment: Moment,
    emotion: u8,
    heat: u8,
    acknowledged: bool,
    first_reply: bool,
    asks_why: bool,
    words: Vec<String>,
    ours: Vec<String>,
    promises: Vec<Open>,
    feasible: Vec<(Deed, Ms)>,
    contact: Contact,
    caps: (Option<Ms>, Option<Ms>),
    names: Option<Vec<String>>,
    outside_named: bool,
    severe: bool,
    vulnerable: bool,
    must: Vec<String>,
    never: Vec<String>,
    due: [String; 2],
}

impl Situation {
    /// Gathers what is known of a ticket at `now`.
    #[must_use]
    pub fn of(
        content: &Content,
        policy: &Policy,
        told: &Told<'_>,
        now: Ms,
        moment: Moment,
    ) -> Self {
        let ticket = told.ticket;
        let spare = told.theirs.len().saturating_sub(WORDS);
        let words = told.theirs.get(spare..).unwrap_or_default().to_vec();
        let last = words.last().map(|text| {
            let known = told.listened.and_then(|l| l.of(text));
            known.map_or_else(|| Cow::Owned(read(content, text)), Cow::Borrowed)
        });
        let has = |risk| last.as_ref().is_some_and(|r| r.has(risk));
        let contact = told
            .preferences
            .get("contact_hours")
            .and_then(|h| contact_hours(h))
            .unwrap_or_else(|| content.promises.contact.clone());
        let cap = policy.clocks(ticket).due.filter(|due| *due > now);
        let silence = match (ticket.last_reply_at, ticket.last_customer_at) {
            (Some(ours), Some(theirs)) => theirs.minus(ours) > CONTACT,
            (None, _) => true,
            _ => false,
        };
        let today = local(now, policy.calendar.zone()).date();
        let sayings = |duty: Duty| {
            content
                .sayings
                .iter()
                .filter(move |s| s.duty == duty && s.holds(ticket.item.as_ref(), today))
        };
        let due = |lang| said_time(content, policy, &contact, cap, now, lang);
        Self {
            now,
            channel: told.channel,
            moment,
            emotion: last.as_ref().map_or(0, |r| r.emotion),
            heat: last.as_ref().map_or(0, |r| r.heat),
            acknowledged: ticket.steps_met[0].is_some(),
            first_reply: silence,
            asks_why: has(Risk::AsksWhy),
            promises: open(ticket),
            feasible: feasible(now),
            caps: (cap, None),
            names: names(told),
            outside_named: has(Risk::Regulator),
            severe: ticket.priority == Priority::Urgent || ticket.tags.iter().any(|t| t == SAFETY),
            vulnerable: ticket.vulnerable,
            must: sayings(Duty::Must)
                .filter_map(|s| s.words.first().cloned())
                .collect(),
            never: sayings(Duty::Never).flat_map(|s| s.words.clone()).collect(),
            due: [due(Lang::Zh), due(Lang::En)],
            ours: told.ours.to_vec(),
            words,
            contact,
        }
    }

    /// When it was gathered: the present of every time in it.
    #[must_use]
    pub const fn now(&self) -> Ms {
        self.now
    }

    /// The promises that will stand once words leave with these drafts.
    #[must_use]
    pub fn ledger(&self, drafts: impl IntoIterator<Item = (Deed, Ms)>) -> Vec<Open> {
        let drafts = drafts.into_iter().map(|(deed, due)| Open { deed, due });
        self.promises.iter().cloned().chain(drafts).collect()
    }

    /// The context of these words, with the promises of [`Situation::ledger`].
    #[must_use]
    pub fn context<'a>(
        &'a self,
        text: &str,
        policy: &'a Policy,
        acts: &'a [Act],
        ledger: &'a [Open],
    ) -> LintContext<'a> {
        let lang = lang_of(text);
        LintContext {
            emotion: self.emotion,
            heat: self.heat,
            acknowledged: self.acknowledged,
            first_reply: self.first_reply,
            customer_words: &self.words,
            asks_why: self.asks_why,
            moment: self.moment,
            acts,
            due_words: match lang {
                Lang::Zh => &self.due[0],
                Lang::En => &self.due[1],
            },
            known: Known {
                promises: Some(ledger),
                feasible: Some(&self.feasible),
                calendar: Some(&policy.calendar),
                contact: Some(&self.contact),
                caps: Some(self.caps),
                said: Some(&self.ours),
                severe_route: Some(self.severe),
                names: self.names.as_deref(),
                outside_named: Some(self.outside_named),
                must_say: Some(&self.must),
                never_say: Some(&self.never),
                vulnerable: Some(self.vulnerable),
                ..Known::default()
            },
            ..LintContext::new(lang, self.channel, self.now, policy.calendar.zone())
        }
    }
}

/// The language of words: Chinese as soon as Han characters are no exception in it.
#[must_use]
pub fn lang_of(text: &str) -> Lang {
    let han = super::han(text);
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    if han * 4 >= letters {
        Lang::Zh
    } else {
        Lang::En
    }
}

fn open(ticket: &Ticket) -> Vec<Open> {
    let open = ticket.promises.iter().filter(|p| p.is_open());
    open.map(|p| Open {
        deed: p.deed,
        due: p.due,
    })
    .collect()
}

/// From when each deed can be promised. What a deed really needs is not measured yet, only assumed by policy: until it is, no
/// time ahead is held to be too early, or the desk would cry wolf at a callback in ten minutes.
fn feasible(now: Ms) -> Vec<(Deed, Ms)> {
    Deed::ALL.iter().map(|deed| (*deed, now)).collect()
}

/// A time we could keep, as it would be said; empty when the calendar cannot tell.
fn said_time(
    content: &Content,
    policy: &Policy,
    contact: &Contact,
    cap: Option<Ms>,
    now: Ms,
    lang: Lang,
) -> String {
    let ask = Ask {
        now,
        need_minutes: content.promises.need(Deed::Reply),
        cap,
        legal_cap: None,
        contact_window: contact,
        shift: None,
        hotline: &policy.hotline,
    };
    let calendar = &policy.calendar;
    compute(&ask, calendar).map_or_else(
        |_| String::new(),
        |time| render(time.due, now, calendar.zone(), calendar, lang),
    )
}

/// How the customer may be called: by name, with the title they asked for.
fn names(told: &Told<'_>) -> Option<Vec<String>> {
    let name = told.name.trim();
    if name.is_empty() {
        return None;
    }
    let title = told.preferences.get("title").map_or("", |t| t.trim());
    Some(vec![match lang_of(name) {
        _ if title.is_empty() => name.to_owned(),
        Lang::Zh => format!("{name}{title}"),
        Lang::En => format!("{title} {name}"),
    }])
}

/// What `decide` must know of the words of a reply: every rule that blocks them, and whether their day words went stale.
#[must_use]
pub fn reply_verdict(
    content: &Content,
    policy: &Policy,
    told: &Told<'_>,
    text: &str,
    acts: &[Act],
    written_at: Ms,
    now: Ms,
) -> Verdict {
    let fresh = now.minus(written_at) <= ON_THE_WAY && written_at <= now;
    let present = if fresh { written_at } else { now };
    let situation = Situation::of(content, policy, told, present, Moment::Turn);
    let ledger = situation.ledger(told.drafts.iter().copied());
    let cx = situation.context(text, policy, acts, &ledger);
    Verdict {
        blocks: lint(content, text, &cx)
            .blocks()
            .into_iter()
            .map(block)
            .collect(),
        stale_words: stale(text, written_at, now, policy.calendar.zone()),
    }
}

/// What `decide` must know when a ticket is put down without words: an open issue needs a next step with a time (CMT-02). At
/// the end of a ticket the issue is open while the customer's latest words have no answer.
#[must_use]
pub fn put_down_verdict(
    content: &Content,
    policy: &Policy,
    told: &Told<'_>,
    now: Ms,
    closed: Option<CloseReason>,
) -> Verdict {
    let settled = told.theirs.last().is_some_and(|words| {
        content
            .lint
            .any("settled-theirs", &crate::text::tokens::fold(words))
    });
    let open = match closed {
        None => !settled,
        Some(CloseReason::Solved | CloseReason::Explained) => {
            told.ticket.unanswered_since.is_some() && !settled
        }
        Some(CloseReason::Withdrawn | CloseReason::Duplicate | CloseReason::NoAnswer) => false,
    };
    if !open {
        return Verdict::default();
    }
    let moment = if closed.is_some() {
        Moment::Close
    } else {
        Moment::Park
    };
    let situation = Situation::of(content, policy, told, now, moment);
    let ledger = situation.ledger(told.drafts.iter().copied());
    let cx = situation.context("", policy, &[], &ledger);
    let blocks = cmt::put_down(&cx)
        .and_then(|f| content.switches.apply(f.rule, f.severity))
        .filter(|severity| *severity == Severity::Block)
        .map(|_| block("CMT-02"));
    Verdict {
        blocks: blocks.into_iter().collect(),
        stale_words: false,
    }
}

fn block(rule: &str) -> Block {
    Block {
        rule: rule.to_owned(),
        may: rules::may_override(rule),
    }
}
