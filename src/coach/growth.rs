//! Lines that grow (mission AN5): from a sent reply to lines fit for everybody, and what speaks against a line in the playbook.
//!
//! What belongs to one customer goes: names, numbers and times become slots, other personal numbers are masked. Names that the
//! desk does not know as the customer's cannot be found here; the lead reads every line before it is approved.
//! Not here: who may propose and approve (`decide`), and lines in force (`learnt`).

use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::{Act, Channel, LinePart};
use crate::text::mask::mask_free;
use crate::text::tokens::fold;

use super::content::Content;
use super::folded::sentences;
use super::propose::Facts;
use super::slots::{self, Piece, pieces};
use super::{LintContext, acts, lint, promises};

/// Sentences shorter than this many characters are no line: a greeting, a yes.
const SHORT: usize = 6;

/// The rule that speaks against an unknown slot or a stray brace.
const UNRESOLVED: &str = "FCT-01";
/// The rule that speaks against personal numbers.
const PERSONAL: &str = "PRV-01";
/// The rule that speaks against a commitment without exactly one time.
const NO_STEP: &str = "CMT-02";

/// Rules that stop a line for everybody even where a deployment only warns by them: a vague time would be copied every day.
const STRICT: &[&str] = &["CMT-01"];

/// A line as it could be proposed from words that were sent or said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineDraft {
    /// The words, with slots in place of what belongs to this customer.
    pub text: String,
    /// What they are for, by what they do.
    pub part: LinePart,
    /// Whether something personal was masked that no slot stands for: such a line needs other words.
    pub masked: bool,
}

/// The sentences of a reply as lines, in their order; none that stands in the playbook or among the team's lines already.
#[must_use]
pub fn drafts(
    content: &Content,
    facts: &Facts,
    policy: &Policy,
    text: &str,
    written_at: Ms,
) -> Vec<LineDraft> {
    let zone = policy.calendar.zone();
    let mut out: Vec<LineDraft> = Vec::new();
    for range in sentences(text) {
        let sentence = text[range].trim();
        if sentence.chars().count() < SHORT {
            continue;
        }
        let (words, masked) = general(content, facts, sentence, written_at, zone);
        let part = part_of(&acts::acts_of(content, sentence, written_at, zone));
        let known =
            in_playbook(content, facts, sentence, &words) || out.iter().any(|d| d.text == words);
        if !known {
            out.push(LineDraft {
                text: words,
                part,
                masked,
            });
        }
    }
    out
}

/// Words with slots in place of what belongs to this customer, and whether something else was masked.
fn general(
    content: &Content,
    facts: &Facts,
    sentence: &str,
    written_at: Ms,
    zone: &Zone,
) -> (String, bool) {
    // Times first: their places are bytes of the words as they were said.
    let mut text = sentence.to_owned();
    let mut said = promises::promises_in(content, sentence, written_at, zone, None);
    said.sort_by_key(|p| std::cmp::Reverse(p.span.start));
    said.dedup_by_key(|p| p.span.start);
    // A line names at most one time: the last one said keeps its slot, others stay for the lead to see.
    if let Some(time) = said.first() {
        text.replace_range(
            time.span.clone(),
            &format!("{{due.{}}}", time.deed.as_str()),
        );
    }
    for (slot, value) in personal(facts) {
        text = put(&text, &value, slot);
    }
    let safe = mask_free(&text);
    let masked = safe != text;
    (safe, masked)
}

/// What is this customer's, this ticket's and this agent's, longest first, with its slot.
fn personal(facts: &Facts) -> Vec<(&'static str, String)> {
    let name = facts.customer_name.trim().to_owned();
    let mut out: Vec<(&'static str, String)> = Vec::new();
    if !name.is_empty() {
        if let Some(title) = facts.preferences.get("title").map(|t| t.trim()) {
            let surname = crate::text::mask::surname(&name);
            out.push(("customer.call", format!("{surname}{title}")));
            let last = name.split_whitespace().next_back().unwrap_or(&name);
            out.push(("customer.call", format!("{title} {last}")));
        }
        out.push(("customer.name", name));
    }
    out.push(("phone.last4", facts.phone_last4.clone()));
    out.push(("agent.name", facts.agent_name.clone()));
    for (slot, value) in &facts.values {
        if let Some(slot) = slots::KNOWN.iter().find(|k| **k == slot) {
            out.push((slot, value.clone()));
        }
    }
    if let Some(number) = facts.ticket.number {
        out.push(("ticket.number", number.to_string()));
    }
    out.retain(|(_, value)| value.chars().count() >= 2);
    out.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
    out
}

/// Puts a slot in place of a value, in words only, never in a slot; a number not in the middle of a longer one.
fn put(text: &str, value: &str, slot: &str) -> String {
    let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let number = value.bytes().all(|b| b.is_ascii_digit());
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        let words = match piece {
            Piece::Text(words) => words,
            Piece::Slot(name) => {
                out.push_str(&format!("{{{name}}}"));
                continue;
            }
        };
        let mut done = 0;
        for (at, found) in words.match_indices(value) {
            let end = at + found.len();
            let inside = number
                && (digits(words[..at].chars().next_back()) || digits(words[end..].chars().next()));
            if at < done || inside {
                continue;
            }
            out.push_str(&words[done..at]);
            out.push_str(&format!("{{{slot}}}"));
            done = end;
        }
        out.push_str(&words[done..]);
    }
    out
}

/// What words are for, by what they do; what binds us goes before what is nice.
fn part_of(acts: &[Act]) -> LinePart {
    const BY_ACT: &[(Act, LinePart)] = &[
        (Act::Safety, LinePart::Safety),
        (Act::AdmitUnknownTimed, LinePart::Explain),
        (Act::DeclineReasoned, LinePart::Decline),
        (Act::CommitConcrete, LinePart::Commit),
        (Act::RightsNeutral, LinePart::Rights),
        (Act::Option, LinePart::Options),
        (Act::ExplainCause, LinePart::Explain),
        (Act::Confirm, LinePart::Confirm),
        (Act::AskOpen, LinePart::Ask),
    ];
    let found = BY_ACT.iter().find(|(act, _)| acts.contains(act));
    found.map_or(LinePart::Empathize, |(_, part)| *part)
}

/// Whether these words are those of a line that everybody has already, or a sentence of one. `words` are the sentence with its
/// slots, as a line would be written.
fn in_playbook(content: &Content, facts: &Facts, sentence: &str, words: &str) -> bool {
    let (said, words) = (fold(sentence), fold(words));
    let own = content.entries.iter().flat_map(|e| &e.lines);
    let standing = content.standing.iter().map(|l| &l.text);
    let both = own.map(|l| &l.text).chain(standing);
    let both = both.flat_map(|t| [t.zh.as_str(), t.en.as_str()]);
    let grown = facts.learnt.grown.iter().map(|g| g.text.as_str());
    let mut all = both.chain(grown);
    all.any(|line| super::propose::told(line, &said) || fold(line).contains(words.trim()))
}

/// What speaks against proposing these words: personal numbers in them, slots that do not exist. The rest is for the lead.
#[must_use]
pub fn against_proposing(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    if slots::names(text).is_err() {
        out.push(UNRESOLVED.to_owned());
    }
    if mask_free(text) != text {
        out.push(PERSONAL.to_owned());
    }
    out
}

/// What speaks against these words in everybody's playbook: the line's own lint with its slots filled as they would be, slots
/// that do not exist, a commitment without exactly one time.
#[must_use]
pub fn against_approving(
    content: &Content,
    text: &str,
    part: LinePart,
    lang: Lang,
    now: Ms,
    zone: &Zone,
) -> Vec<String> {
    let mut out = against_proposing(text);
    let times = match slots::names(text) {
        Ok(_) => pieces(text)
            .iter()
            .filter(|p| matches!(p, Piece::Slot(name) if name.starts_with("due.")))
            .count(),
        Err(_) => usize::from(part == LinePart::Commit),
    };
    if times > 1 || (part == LinePart::Commit && times == 0) {
        out.push(NO_STEP.to_owned());
    }
    let filled = example(text, lang);
    let cx = LintContext::new(lang, Channel::Chat, now, zone);
    let found = lint::lint(content, &filled, &cx).findings;
    let stops =
        |f: &&lint::Finding| f.severity == lint::Severity::Block || STRICT.contains(&f.rule);
    out.extend(found.iter().filter(stops).map(|f| f.rule.to_owned()));
    out.sort();
    out.dedup();
    out
}

/// A line with its slots filled by an example, as a customer would hear it.
fn example(text: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => out.push_str(words),
            Piece::Slot(name) => out.push_str(match (name, lang) {
                (n, Lang::Zh) if n.starts_with("due.") => "今天17:00前",
                (n, Lang::En) if n.starts_with("due.") => "by 17:00 today",
                ("customer.call" | "customer.name", Lang::Zh) => "王女士",
                ("customer.call" | "customer.name", Lang::En) => "Ms Wang",
                ("agent.name" | "owner.name", Lang::Zh) => "小林",
                ("agent.name" | "owner.name", Lang::En) => "Lin",
                ("phone.last4", _) => "2231",
                ("cause", Lang::Zh) => "系统升级耽误了",
                ("cause", Lang::En) => "an upgrade held it up",
                (n, _) if slots::KNOWN.contains(&n) => "40",
                _ => name,
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests;
