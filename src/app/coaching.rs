//! The coach behind the console's port: gathers the facts of the ticket on the screen and translates what the coach says.

use std::ops::Range;
use std::sync::Arc;

use super::advice::{
    Ask, Case, Checks, CoachPort, Cue, Fix, Guess, Hearing, LineDraft, Mark, MarkSeverity,
    OverrideBy, Part, PartKind, PreflightLine, Reach, Said, Suggestion,
};
use super::hearing;
use crate::api::desk::EntryKind;
use crate::coach::content::PartKind as Kind;
use crate::coach::lint::rules::may_override;
use crate::coach::lint::{Moment, Told};
use crate::coach::{self, Coach, Facts};
use crate::domain::lang::Lang;
use crate::domain::policy::Policy;
use crate::domain::time::{Ms, local};
use crate::domain::vocabulary::{Act, LinePart, MayOverride};

/// How many of the customer's latest messages the coach looks at.
const WORDS: usize = 6;

/// Below this confidence, in percent, no item is proposed: it asks instead of guessing.
const SURE: u8 = 35;

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
        let all = Self::propose(self, &facts(ask), ask.policy, ask.now, ask.lang);
        all.into_iter().map(suggestion).collect()
    }

    fn hear(&self, ask: &Ask<'_>) -> Hearing {
        hearing::hear(self, ask)
    }

    fn lint(&self, text: &str, ask: &Ask<'_>) -> Vec<Mark> {
        let facts = facts(ask);
        // Times that would be drafted with the reply stand in the ledger as soon as it is sent.
        let drafts: Vec<_> = self
            .promises_in(text, ask.now, &ask.policy.calendar)
            .into_iter()
            .map(|p| (p.deed, p.due))
            .collect();
        let told = Told {
            ticket: &facts.ticket,
            channel: facts.channel,
            name: &facts.customer_name,
            preferences: &facts.preferences,
            theirs: &facts.words,
            ours: &facts.said,
            drafts: &drafts,
        };
        let situation = self.situation(ask.policy, &told, ask.now, Moment::Turn);
        let cx = situation.context(text, ask.policy, &[]);
        Self::lint(self, text, &cx)
            .findings
            .into_iter()
            .map(|f| Mark {
                rule: f.rule.to_owned(),
                severity: severity(f.severity),
                span: f.span,
                fix: f.fix.map(|f| Fix {
                    at: f.at,
                    with: f.with,
                }),
                override_by: override_by(f.rule),
            })
            .collect()
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

    fn said(&self, text: &str, ask: &Ask<'_>) -> Vec<Said> {
        self.promises_in(text, ask.now, &ask.policy.calendar)
            .into_iter()
            .map(|p| Said {
                sentence: sentence(text, &p.span, &p.sentence),
                deed: p.deed,
                due: p.due,
            })
            .collect()
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
        Self::checks(self, &facts(ask), ask.policy, ask.lang)
    }

    fn preflight(&self, ask: &Ask<'_>) -> Vec<PreflightLine> {
        Self::preflight(self, &facts(ask), ask.policy, ask.now, ask.lang).into()
    }

    fn reach(&self, ask: &Ask<'_>) -> Vec<Reach> {
        Self::reach(self, &facts(ask), ask.now, ask.lang)
    }

    fn library(&self, typed: &str, ask: &Ask<'_>) -> Vec<Case> {
        let today = local(ask.now, ask.policy.calendar.zone()).date();
        Self::library(self, &facts(ask), typed, today, ask.lang)
    }

    fn soft_question(&self, cue: Cue, ask: &Ask<'_>) -> Option<Part> {
        Self::soft_question(self, cue, &facts(ask).said_lines, ask.lang).map(part)
    }

    fn line_drafts(&self, text: &str, written_at: Ms, ask: &Ask<'_>) -> Vec<LineDraft> {
        Self::line_drafts(self, &facts(ask), ask.policy, text, written_at)
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
        self.propose_entry(&facts(ask), ask.policy, ask.now, ask.lang, entry_id)
            .map(suggestion)
    }
}

fn override_by(rule: &str) -> OverrideBy {
    match may_override(rule) {
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
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::app::tests::fixture::{NOW, conversation, customer_entry, row};
    use crate::domain::policy::Policy;

    #[test]
    fn the_shipped_coach_answers_the_console() {
        let coach = Coach::shipped().unwrap();
        let policy = Policy::shipped().unwrap();
        let words = "退款都十天了还没到账，你们到底给不给退";
        let c = conversation(row(1), vec![customer_entry(10, words)]);
        let ask = Ask {
            row: &c.row,
            customer: None,
            entries: &c.entries,
            agent: "小赵",
            lang: Lang::Zh,
            now: NOW,
            policy: &policy,
            learnt: &Arc::default(),
        };
        let port: &dyn CoachPort = &coach;
        let lines = port.propose(&ask);
        assert!(!lines.is_empty());
        assert!(
            lines[0].parts.iter().any(|p| p.promise.is_some()),
            "{lines:?}"
        );
        let guess = port.propose_item(words).unwrap();
        assert!(guess.evidence.iter().all(|w| words.contains(w.as_str())));
        let text = "您好。我今天18点前给您回电。";
        let said = port.said(text, &ask);
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(text[said[0].sentence.clone()].contains("18点"));
        let (id, title) = port.playbook(Lang::Zh).remove(0);
        assert!(!title.is_empty());
        assert!(port.entry(&id, &ask).is_some());
    }
}
