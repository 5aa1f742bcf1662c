//! The coach behind the console's port: gathers the facts of the ticket on the screen and translates what the coach says.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::advice::{
    Ask, Case, Checked, Checks, CoachPort, Cue, Denied, Fix, Gathered, Guess, Hearing, LineDraft,
    Mark, MarkSeverity, OverrideBy, Part, PartKind, PreflightLine, Reach, Said, Suggestion,
    Unchecked,
};
use super::hearing;
use crate::api::desk::EntryKind;
use crate::coach::content::PartKind as Kind;
use crate::coach::lint::rules::may_override;
use crate::coach::lint::{Moment, Told};
use crate::coach::stated::stated;
use crate::coach::{self, Coach, Facts, Finding};
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::{Ms, local};
use crate::domain::vocabulary::{Act, CloseReason, LinePart, MayOverride};

/// How many of the customer's latest messages the coach looks at.
const WORDS: usize = 6;

/// Below this confidence, in percent, no item is proposed: it asks instead of guessing.
const SURE: u8 = 35;

/// What was gathered before, or is gathered now.
fn gathered<'a>(coach: &Coach, ask: &Ask<'a>) -> Cow<'a, Gathered> {
    match ask.gathered {
        Some(gathered) => Cow::Borrowed(gathered),
        None => Cow::Owned(gather(coach, ask, None)),
    }
}

/// Gathers from the screen's conversation; messages that were read before are not read again.
fn gather(coach: &Coach, ask: &Ask<'_>, before: Option<&Gathered>) -> Gathered {
    let mut facts = facts(ask);
    facts.listened = coach.listen(&facts.words, before.map(|b| &b.facts.listened));
    facts.values = stated(&facts.words);
    let situation = coach.situation(ask.policy, &told(&facts), ask.now, Moment::Turn);
    Gathered { facts, situation }
}

/// The same as lint wants it told; drafts of promises are not part of it.
fn told(facts: &Facts) -> Told<'_> {
    Told {
        ticket: &facts.ticket,
        channel: facts.channel,
        name: &facts.customer_name,
        preferences: &facts.preferences,
        theirs: &facts.words,
        listened: Some(&facts.listened),
        ours: &facts.said,
        drafts: &[],
    }
}

fn facts(ask: &Ask<'_>) -> Facts {
    let ticket = &ask.row.ticket;
    let mut facts = Facts::of(ticket.clone());
    if let Some(card) = ask.customer {
        facts.customer_name = card.name.as_str().to_owned();
        facts.preferences = card
            .head
            .preferences
            .iter()
            .map(|p| (p.key.clone(), p.value.clone()))
            .collect();
    }
    facts.phone_last4 = ask.row.phone_last4.as_str().to_owned();
    facts.agent_name = ask.agent.to_owned();
    let theirs = ask
        .entries
        .iter()
        .filter(|e| e.ticket == ticket.id && matches!(e.kind, EntryKind::Customer { .. }));
    facts.words = theirs.map(|e| e.text.as_str().to_owned()).collect();
    let spare = facts.words.len().saturating_sub(WORDS);
    facts.words.drain(..spare);
    let ours = ask
        .entries
        .iter()
        .filter(|e| matches!(e.kind, EntryKind::Reply { .. } | EntryKind::Spoken));
    facts.said = ours.map(|e| e.text.as_str().to_owned()).collect();
    let lines = ask.entries.iter().flat_map(|e| &e.lines);
    facts.said_lines = lines.cloned().collect();
    facts.learnt = Arc::clone(ask.learnt);
    facts
}

fn kind(kind: Kind) -> PartKind {
    match kind {
        Kind::Empathize => PartKind::Empathize,
        Kind::Explain => PartKind::Explain,
        Kind::Commit => PartKind::Commit,
        Kind::Confirm => PartKind::Confirm,
        _ => PartKind::Other,
    }
}

fn part(from: coach::Part) -> Part {
    Part {
        kind: kind(from.kind),
        line: from.name(),
        text: from.text,
        acts: from.acts,
        promise: from.promise.map(|p| (p.deed, p.due)),
        unfilled: from.unfilled,
    }
}

fn suggestion(from: coach::Suggestion) -> Suggestion {
    let parts = |all: Vec<coach::Part>| all.into_iter().map(part).collect();
    Suggestion {
        entry_id: from.entry_id,
        title: from.title,
        parts: parts(from.parts),
        extras: parts(from.extras),
        decline: parts(from.decline),
        stated: from.stated,
        hidden: from.hidden,
        tell_lead: from.tell_lead,
    }
}

impl CoachPort for Coach {
    fn propose(&self, ask: &Ask<'_>) -> Vec<Suggestion> {
        let facts = &gathered(self, ask).facts;
        let all = Self::propose(self, facts, ask.policy, ask.now, ask.lang);
        all.into_iter().map(suggestion).collect()
    }

    fn hear(&self, ask: &Ask<'_>) -> Hearing {
        hearing::hear(self, ask, &gathered(self, ask).facts)
    }

    fn gather(&self, ask: &Ask<'_>, before: Option<&Gathered>) -> Option<Gathered> {
        Some(gather(self, ask, before))
    }

    fn check(&self, text: &str, acts: &[Act], denied: &[Denied], ask: &Ask<'_>) -> Checked {
        let gathered = gathered(self, ask);
        let situation = &gathered.situation;
        let said = said(self, text, denied, situation.now(), ask);
        // Times that are drafted with the reply stand in the ledger as soon as it is sent.
        let drafts = said.iter().filter(|s| !s.denied).map(|s| (s.deed, s.due));
        let ledger = situation.ledger(drafts);
        // As the command will carry them: those of the parts, and what the agent's own words do.
        let own = self.acts_of(text, situation.now(), ask.policy.calendar.zone());
        let acts: Vec<Act> = acts.iter().copied().chain(own).collect();
        let cx = situation.context(text, ask.policy, &acts, &ledger);
        let linted = Self::lint(self, text, &cx);
        Checked {
            marks: linted.findings.into_iter().map(mark).collect(),
            said,
            unchecked: linted
                .not_checked
                .into_iter()
                .map(|n| Unchecked {
                    rule: n.rule,
                    fact: n.missing.as_str(),
                })
                .collect(),
        }
    }

    fn put_down(&self, closed: Option<CloseReason>, ask: &Ask<'_>) -> Vec<String> {
        let gathered = gathered(self, ask);
        let told = told(&gathered.facts);
        self.put_down_verdict(ask.policy, &told, ask.now, closed)
            .rules()
    }

    fn propose_item(&self, text: &str) -> Option<Guess> {
        let found = self.read(text).item.filter(|p| p.confidence >= SURE)?;
        let words = |r: &Range<usize>| text.get(r.clone()).map(str::to_owned);
        Some(Guess {
            item: found.item,
            confidence: f32::from(found.confidence) / 100.0,
            evidence: found.evidence.iter().filter_map(words).collect(),
        })
    }

    fn acts(&self, text: &str, ask: &Ask<'_>) -> Vec<Act> {
        self.acts_of(text, ask.now, ask.policy.calendar.zone())
    }

    fn playbook(&self, lang: Lang) -> Vec<(String, String)> {
        let title = |e: &coach::content::Entry| match lang {
            Lang::Zh => e.stated.zh.clone(),
            Lang::En => e.stated.en.clone(),
        };
        self.content()
            .entries
            .iter()
            .map(|e| (e.id.clone(), title(e)))
            .collect()
    }

    fn checks(&self, ask: &Ask<'_>) -> Option<Checks> {
        Self::checks(self, &gathered(self, ask).facts, ask.policy, ask.lang)
    }

    fn preflight(&self, ask: &Ask<'_>) -> Vec<PreflightLine> {
        Self::preflight(
            self,
            &gathered(self, ask).facts,
            ask.policy,
            ask.now,
            ask.lang,
        )
        .into()
    }

    fn reach(&self, ask: &Ask<'_>) -> Vec<Reach> {
        Self::reach(self, &gathered(self, ask).facts, ask.now, ask.lang)
    }

    fn library(&self, typed: &str, ask: &Ask<'_>) -> Vec<Case> {
        let today = local(ask.now, ask.policy.calendar.zone()).date();
        Self::library(self, &gathered(self, ask).facts, typed, today, ask.lang)
    }

    fn soft_question(&self, cue: Cue, ask: &Ask<'_>) -> Option<Part> {
        Self::soft_question(self, cue, &gathered(self, ask).facts.said_lines, ask.lang).map(part)
    }

    fn line_drafts(&self, text: &str, written_at: Ms, ask: &Ask<'_>) -> Vec<LineDraft> {
        Self::line_drafts(
            self,
            &gathered(self, ask).facts,
            ask.policy,
            text,
            written_at,
        )
    }

    fn line_against(
        &self,
        text: &str,
        part: LinePart,
        lang: Lang,
        now: Ms,
        policy: &Policy,
    ) -> Vec<String> {
        let zone = policy.calendar.zone();
        coach::growth::against_approving(self.content(), text, part, lang, now, zone)
    }

    fn entry(&self, entry_id: &str, ask: &Ask<'_>) -> Option<Suggestion> {
        self.propose_entry(
            &gathered(self, ask).facts,
            ask.policy,
            ask.now,
            ask.lang,
            entry_id,
        )
        .map(suggestion)
    }
}

/// The times these words say and what they promise, read once for the rules and for the ledger.
fn said(coach: &Coach, text: &str, denied: &[Denied], now: Ms, ask: &Ask<'_>) -> Vec<Said> {
    let words = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    coach
        .promises_in(text, now, &ask.policy.calendar)
        .into_iter()
        .map(|p| {
            let sentence = sentence(text, &p.span, &p.sentence);
            let same = |d: &Denied| d.sentence == words(&sentence) && d.time == words(&p.span);
            Said {
                denied: denied.iter().any(same),
                sentence,
                time: p.span,
                deed: p.deed,
                due: p.due,
            }
        })
        .collect()
}

fn mark(from: Finding) -> Mark {
    Mark {
        severity: severity(from.severity),
        override_by: by(may_override(from.rule)),
        rule: from.rule.to_owned(),
        span: from.span,
        fix: from.fix.map(|f| Fix {
            at: f.at,
            with: f.with,
        }),
    }
}

const fn by(may: MayOverride) -> OverrideBy {
    match may {
        MayOverride::Agent => OverrideBy::Agent,
        MayOverride::Lead => OverrideBy::Lead,
        MayOverride::Nobody => OverrideBy::Nobody,
    }
}

const fn severity(from: coach::Severity) -> MarkSeverity {
    match from {
        coach::Severity::Info => MarkSeverity::Hint,
        coach::Severity::Warn => MarkSeverity::Warn,
        coach::Severity::Block => MarkSeverity::Block,
    }
}

/// Where the sentence around a said time stands.
fn sentence(text: &str, span: &Range<usize>, sentence: &str) -> Range<usize> {
    text.match_indices(sentence)
        .map(|(at, s)| at..at + s.len())
        .find(|r| r.start <= span.start && span.end <= r.end)
        .unwrap_or_else(|| span.clone())
}

#[cfg(test)]
mod tests;
