//! Slots: from `{due.callback}` in a line to what is said, or to an honest gap.
//!
//! A value comes from a fact or from the clock and calendar, never from a guess: a slot without its fact stays in the text as
//! it is, is listed, and cannot be sent (rule FCT-01). Sex is never guessed from a name.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::promise_time::{Ask, Contact, PromiseKind, PromiseTime, compute, render};
use crate::domain::time::Ms;
use crate::domain::vocabulary::Deed;
use std::ops::Range;

use super::content::{PromiseDefaults, contact_hours};
use super::propose::{Facts, PromiseSlot};

/// Every slot that content may use.
pub const KNOWN: &[&str] = &[
    "agent.name",
    "buy.days",
    "cause",
    "cause.period",
    "contact.count",
    "customer.call",
    "customer.name",
    "due.callback",
    "due.docs",
    "due.reply",
    "due.resolve",
    "due.update",
    "due.verify",
    "late.count",
    "notice.no",
    "order.days",
    "owner.name",
    "phone.last4",
    "queue.name",
    "rule.return",
    "site.name",
    "ticket.number",
    "wait.minutes",
    "wait.usual",
    "window.visit",
];

/// A piece of a template.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Piece<'a> {
    /// Words.
    Text(&'a str),
    /// A slot's name.
    Slot(&'a str),
}

/// Cuts a template into words and slots. A brace that opens nothing stays text.
pub(super) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(open) = template[at..].find('{').map(|i| at + i) {
        let name = template[open + 1..]
            .split_once('}')
            .map_or("", |(name, _)| name);
        if !is_name(name) {
            at = open + 1;
            continue;
        }
        if done < open {
            out.push(Piece::Text(&template[done..open]));
        }
        out.push(Piece::Slot(name));
        done = open + name.len() + 2;
        at = done;
    }
    if done < template.len() {
        out.push(Piece::Text(&template[done..]));
    }
    out
}

/// Whether this can be a slot's name: Latin words joined by dots.
pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 40
        && text.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        })
}

/// The names of a template's slots.
///
/// # Errors
/// A sentence that names a slot this program does not know, or a brace that is none of a slot.
pub(super) fn names(template: &str) -> Result<BTreeSet<String>, String> {
    let mut out = BTreeSet::new();
    for piece in pieces(template) {
        match piece {
            Piece::Slot(name) if KNOWN.contains(&name) => {
                out.insert(name.to_owned());
            }
            Piece::Slot(name) => return Err(format!("unknown slot {{{name}}}")),
            Piece::Text(text) if text.contains(['{', '}']) => {
                return Err(format!("a brace that is no slot in \"{text}\""));
            }
            Piece::Text(_) => {}
        }
    }
    Ok(out)
}

/// A filled template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Filled {
    /// The words.
    pub(super) text: String,
    /// The promise in them, and when news is given in between.
    pub(super) promise: Option<(PromiseSlot, Option<Ms>)>,
    /// Where the last time stands in the words, bytes.
    pub(super) time: Option<Range<usize>>,
    /// Slots that could not be filled.
    pub(super) unfilled: Vec<String>,
    /// The deed does not fit under the ticket's target; the words must not be used as they are.
    pub(super) too_late: bool,
}

/// Everything that slots are filled from, gathered once for a list of suggestions.
pub(super) struct Slots<'a> {
    values: BTreeMap<&'static str, String>,
    policy: &'a Policy,
    defaults: &'a PromiseDefaults,
    contact: Contact,
    cap: Option<Ms>,
    now: Ms,
    lang: Lang,
}

impl<'a> Slots<'a> {
    pub(super) fn new(
        facts: &Facts,
        policy: &'a Policy,
        defaults: &'a PromiseDefaults,
        now: Ms,
        lang: Lang,
    ) -> Self {
        let hours = facts.preferences.get("contact_hours");
        Self {
            values: values(facts, lang),
            policy,
            defaults,
            contact: hours
                .and_then(|h| contact_hours(h))
                .unwrap_or_else(|| defaults.contact.clone()),
            cap: policy.clocks(&facts.ticket).due,
            now,
            lang,
        }
    }

    /// The time by which this deed can be promised; nothing when the calendar cannot tell.
    pub(super) fn time(&self, deed: Deed) -> Option<PromiseTime> {
        let ask = Ask {
            now: self.now,
            need_minutes: self.defaults.need(deed),
            cap: self.cap,
            legal_cap: None,
            contact_window: &self.contact,
            shift: None,
            hotline: &self.policy.hotline,
        };
        compute(&ask, &self.policy.calendar).ok()
    }

    /// A time as it is said.
    pub(super) fn say(&self, due: Ms) -> String {
        let calendar = &self.policy.calendar;
        render(due, self.now, calendar.zone(), calendar, self.lang)
    }

    /// Fills a template; `due` is the time to use in place of computing one.
    pub(super) fn fill(&self, template: &str, due: Option<Ms>) -> Filled {
        let mut out = Filled {
            text: String::with_capacity(template.len() + 32),
            promise: None,
            time: None,
            unfilled: Vec::new(),
            too_late: false,
        };
        for piece in pieces(template) {
            match piece {
                Piece::Text(text) => out.text.push_str(text),
                Piece::Slot(name) => match self.value(name, due, &mut out) {
                    Some(value) => {
                        let value = at_place(&out.text, &value, self.lang);
                        let begin = out.text.len();
                        out.text.push_str(&value);
                        if name.starts_with("due.") {
                            out.time = Some(begin..out.text.len());
                        }
                    }
                    None => {
                        out.text.push_str(&format!("{{{name}}}"));
                        out.unfilled.push(name.to_owned());
                    }
                },
            }
        }
        out
    }

    fn value(&self, name: &str, due: Option<Ms>, out: &mut Filled) -> Option<String> {
        let Some(deed) = name.strip_prefix("due.") else {
            return self.values.get(name).cloned();
        };
        let deed = Deed::from_name(deed)?;
        let (due, interim) = match due {
            Some(due) => (due, None),
            None => {
                let time = self.time(deed)?;
                out.too_late |= time.kind == PromiseKind::Update && deed != Deed::Update;
                (time.due, time.interim)
            }
        };
        out.promise = Some((PromiseSlot { deed, due }, interim));
        Some(self.say(due))
    }
}

/// English begins a sentence with a capital.
fn at_place(before: &str, value: &str, lang: Lang) -> String {
    let before = before.trim_end();
    let begins = before.is_empty() || before.ends_with(['.', '!', '?']);
    if lang == Lang::Zh || !begins {
        return value.to_owned();
    }
    let mut chars = value.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

fn values(facts: &Facts, lang: Lang) -> BTreeMap<&'static str, String> {
    let mut out = BTreeMap::new();
    let mut put = |name: &'static str, value: &str| {
        let value = value.trim();
        // A value with braces could pretend to be a slot; it is no fact that belongs in a sentence.
        if !value.is_empty() && !value.contains(['{', '}', '\n']) {
            out.insert(name, value.to_owned());
        }
    };
    put("customer.name", &facts.customer_name);
    put("customer.call", &call(facts, lang));
    put("phone.last4", &facts.phone_last4);
    put("agent.name", &facts.agent_name);
    put("queue.name", &facts.queue_name);
    if let Some(number) = facts.ticket.number {
        put("ticket.number", &number.to_string());
    }
    let contacts = facts.ticket.contact.max(facts.ticket.contacts);
    if contacts > 1 {
        put("contact.count", &contacts.to_string());
    }
    for (name, value) in &facts.values {
        if let Some(name) = KNOWN.iter().find(|k| **k == name && !k.starts_with("due.")) {
            put(name, value);
        }
    }
    out
}

/// How the customer is addressed: by the title they asked for, else by their full name.
fn call(facts: &Facts, lang: Lang) -> String {
    let name = facts.customer_name.trim();
    let title = facts.preferences.get("title").map_or("", |t| t.trim());
    if title.is_empty() || name.is_empty() {
        return name.to_owned();
    }
    match lang {
        Lang::Zh => format!("{}{title}", crate::text::mask::surname(name)),
        Lang::En => {
            let last = name.split_whitespace().next_back().unwrap_or(name);
            format!("{title} {last}")
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn braces_are_slots_only_with_a_name() {
        assert_eq!(
            pieces("{a.b}x{ y {cause}"),
            [
                Piece::Slot("a.b"),
                Piece::Text("x{ y "),
                Piece::Slot("cause")
            ]
        );
        assert_eq!(pieces("{}"), [Piece::Text("{}")]);
        assert_eq!(pieces("中{文}"), [Piece::Text("中{文}")]);
    }

    #[test]
    fn names_are_checked() {
        assert_eq!(names("{due.reply}，好").unwrap().len(), 1);
        assert!(names("{due.soon}").unwrap_err().contains("{due.soon}"));
        assert!(names("a { b").unwrap_err().contains("brace"));
    }

    #[test]
    fn english_capitals_follow_the_place() {
        assert_eq!(at_place("", "by 17:00 today", Lang::En), "By 17:00 today");
        assert_eq!(at_place("Done. ", "by 17:00", Lang::En), "By 17:00");
        assert_eq!(at_place("I call ", "by 17:00", Lang::En), "by 17:00");
        assert_eq!(at_place("", "今天", Lang::Zh), "今天");
    }
}
