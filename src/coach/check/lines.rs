//! Everything that is said: one breath, never the same words twice, and nothing that the lint would mark.

use std::collections::BTreeMap;

use super::doc::{Doc, Said};
use super::{Cx, Pack, Report};
use crate::coach::content::{Band, Content, PartKind};
use crate::coach::folded::sentences;
use crate::coach::lint::{self, BREATH, LintContext, Severity, han};
use crate::coach::slots::{Piece, pieces};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Act, Channel};
use crate::text::tokens::fold;

/// English words that can be said in one breath: ten seconds (method 3.4, LEN-01) at three words a second.
const BREATH_WORDS: usize = 30;

/// Wed 11 Mar 2026 14:20 in Shanghai, milliseconds: when the samples below are said.
const SAMPLE: Ms = Ms(1_773_210_000_000);

/// A text that a customer hears or reads.
pub(super) struct Spoken<'d> {
    /// The file.
    pub(super) file: &'d str,
    /// The entry or row.
    pub(super) of: &'d str,
    /// The words and their line.
    pub(super) said: Said<'d>,
    /// Their language.
    pub(super) lang: Lang,
    /// What they do.
    pub(super) acts: Vec<Act>,
    /// The playbook part; [`WRITTEN`] for what is sent and not spoken; else empty.
    pub(super) part: &'d str,
    /// The band of a line that empathizes.
    pub(super) band: &'d str,
}

/// The part of texts that are sent and not spoken.
pub(super) const WRITTEN: &str = "written";

/// Checks all texts.
pub(super) fn check(
    pack: &Pack<'_>,
    docs: &[Doc<'_>],
    spoken: &[Spoken<'_>],
    content: &Content,
    cx: &Cx<'_>,
    report: &mut Report,
) {
    for line in spoken.iter().filter(|s| s.part != WRITTEN) {
        breath(line, report);
    }
    same(spoken, report);
    for line in spoken.iter().filter(|s| pack.lints(s.file)) {
        own_lint(line, content, cx, report);
    }
    for doc in docs
        .iter()
        .filter(|d| d.name.starts_with("playbook/") && pack.lints(d.name))
    {
        let own: Vec<&Spoken<'_>> = spoken.iter().filter(|s| s.file == doc.name).collect();
        for lang in [Lang::Zh, Lang::En] {
            for band in Band::ALL {
                reply(&own, lang, *band, content, cx, report);
            }
        }
    }
}

fn breath(line: &Spoken<'_>, report: &mut Report) {
    let text = filled(line.said.text, line.lang);
    for range in sentences(&text) {
        let sentence = &text[range];
        let (long, most) = match line.lang {
            Lang::Zh => (han(sentence), BREATH),
            Lang::En => (sentence.split_whitespace().count(), BREATH_WORDS),
        };
        if long > most {
            let (long, most) = (long.to_string(), most.to_string());
            let args = [("what", sentence), ("of", &long), ("known", &most)];
            report.add(line.file, line.said.line, "breath", &args);
        }
    }
}

/// The same words in two places.
fn same(spoken: &[Spoken<'_>], report: &mut Report) {
    let mut seen: BTreeMap<String, &Spoken<'_>> = BTreeMap::new();
    for line in spoken {
        let bare: String = fold(line.said.text)
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, '{' | '}' | '.'))
            .collect();
        if bare.is_empty() {
            continue;
        }
        if let Some(first) = seen.get(bare.as_str()) {
            let place = format!("{}:{}", first.file, first.said.line);
            let args = [("what", line.said.text), ("of", place.as_str())];
            report.add(line.file, line.said.line, "same-line", &args);
        } else {
            seen.insert(bare, line);
        }
    }
}

/// What the lint marks in a line by itself. That something is missing in it is no fault of one line.
fn own_lint(line: &Spoken<'_>, content: &Content, cx: &Cx<'_>, report: &mut Report) {
    let text = filled(line.said.text, line.lang);
    let mut situation = LintContext::new(line.lang, Channel::Chat, SAMPLE, cx.zone);
    situation.acknowledged = true;
    situation.acts = &line.acts;
    for finding in lint::lint(content, &text, &situation).findings {
        if finding.severity >= Severity::Warn && !finding.span.is_empty() {
            let words = text.get(finding.span).unwrap_or_default();
            mark(line, finding.rule, words, report);
        }
    }
}

/// What the lint misses in a whole first reply made of an entry, for a customer in this band.
fn reply(
    own: &[&Spoken<'_>],
    lang: Lang,
    band: Band,
    content: &Content,
    cx: &Cx<'_>,
    report: &mut Report,
) {
    let first = |part: PartKind, band: &str| {
        own.iter()
            .find(|s| s.lang == lang && s.part == part.as_str() && s.band == band)
    };
    let Some(opening) = first(PartKind::Empathize, band.as_str()) else {
        return;
    };
    let rest = [
        PartKind::Safety,
        PartKind::Explain,
        PartKind::Options,
        PartKind::Commit,
        PartKind::Confirm,
    ];
    let parts: Vec<_> = rest
        .into_iter()
        .filter_map(|part| first(part, ""))
        .collect();
    let all = || std::iter::once(opening).chain(parts.iter().copied());
    let texts: Vec<String> = all().map(|s| filled(s.said.text, lang)).collect();
    let text = texts.join(if lang == Lang::Zh { "" } else { " " });
    let acts: Vec<Act> = all().flat_map(|s| s.acts.iter().copied()).collect();
    let emotion = Band::ALL.iter().position(|b| *b == band).unwrap_or(0);
    let mut situation = LintContext::new(lang, Channel::Chat, SAMPLE, cx.zone)
        .felt(u8::try_from(emotion).unwrap_or(3));
    situation.first_reply = true;
    situation.acts = &acts;
    for finding in lint::lint(content, &text, &situation).findings {
        if finding.severity >= Severity::Warn && finding.span.is_empty() {
            mark(opening, finding.rule, band.as_str(), report);
        }
    }
}

fn mark(line: &Spoken<'_>, rule: &str, words: &str, report: &mut Report) {
    let args = [("what", rule), ("of", line.of), ("known", words)];
    report.add(line.file, line.said.line, "own-lint", &args);
}

/// The words as they could be said, with a likely value in every slot.
fn filled(template: &str, lang: Lang) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    for piece in pieces(template) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Slot(name) => out.push_str(sample(name, lang)),
        }
    }
    out
}

fn sample(slot: &str, lang: Lang) -> &'static str {
    let zh = lang == Lang::Zh;
    match slot {
        "agent.name" if zh => "林悦",
        "agent.name" => "Lin Yue",
        "cause" if zh => "登记时少记了一项",
        "cause" => "one field was left out when it was filed",
        "contact.count" => "3",
        "customer.call" | "customer.name" if zh => "王先生",
        "customer.call" | "customer.name" => "Ms Wang",
        "order.days" => "5",
        "phone.last4" => "2231",
        "queue.name" if zh => "综合",
        "queue.name" => "General",
        "ticket.number" => "1042",
        "wait.minutes" => "50",
        _ if slot.starts_with("due.") && zh => "今天17:00前",
        _ if slot.starts_with("due.") => "by 17:00 today",
        _ => "",
    }
}
