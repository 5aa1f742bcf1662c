//! What a reply or a spoken line is made of when it goes out: text, acts, playbook lines, promises.

use std::ops::Range;

use crate::app::checking;
use crate::app::cx::Cx;
use crate::app::ticket::TicketState;
use crate::app::writing;
use crate::domain::command::PromiseDraft;
use crate::domain::ids::PromiseId;
use crate::domain::time::{MINUTE, Ms};
use crate::domain::vocabulary::{Act, Deed};
use crate::text::RawText;

/// Most acts and promises one command carries.
const ACTS: usize = 32;
/// Most playbook lines of a reply that are kept by name (the wire's limit).
const LINES: usize = 32;
const PROMISES: usize = 8;
/// Most characters of a promise's sentence.
const SENTENCE: usize = 4_000;

/// The words of the reply with what they do and promise, and the playbook lines in them.
pub(super) struct Words {
    pub(super) text: RawText,
    pub(super) acts: Vec<Act>,
    pub(super) lines: Vec<String>,
    pub(super) promises: Vec<PromiseDraft>,
}

/// A promise that is made when the words in the box leave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drafted {
    /// Its name, if a part of the playbook gave it one.
    pub id: Option<PromiseId>,
    /// What is promised.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
    /// The words that say so.
    pub sentence: String,
}

/// The promises that are made when the words in the box leave: those of the playbook's parts, and the times that the coach found
/// when it last read. None that the agent denied, none twice, and none that is open on the ticket already: who says again what
/// was promised promises nothing more.
#[must_use]
pub fn drafted(t: &TicketState, now: Ms) -> Vec<Drafted> {
    let text = t.reply.text();
    let mut out: Vec<Drafted> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for part in writing::standing(t) {
        let Some(promise) = part.promise else {
            continue;
        };
        let at = text.find(&part.text).unwrap_or(0);
        taken.push(at..at + part.text.len());
        if fresh(t, &out, promise.deed, promise.due) {
            out.push(Drafted {
                id: Some(promise.id),
                deed: promise.deed,
                due: promise.due,
                sentence: part.text,
            });
        }
    }
    for said in t.coach.said.iter().filter(|s| !s.denied) {
        let range = &said.sentence;
        let mut parts = taken.iter();
        let counted = parts.any(|t| t.start < range.end && range.start < t.end);
        let words = text.get(range.clone()).unwrap_or_default();
        let new = !counted && said.due > now && fresh(t, &out, said.deed, said.due);
        if new && !words.trim().is_empty() {
            out.push(Drafted {
                id: None,
                deed: said.deed,
                due: said.due,
                sentence: words.to_owned(),
            });
        }
    }
    out.truncate(PROMISES);
    out
}

/// Whether a promise is a new one: not among these, and not open on the ticket already.
pub(super) fn fresh(t: &TicketState, drafts: &[Drafted], deed: Deed, due: Ms) -> bool {
    let same = |d: Deed, at: Ms| d == deed && at.minus(due).abs() < MINUTE;
    let ticket = t.conversation.as_ref().map(|c| &c.row.ticket);
    let open = ticket.iter().flat_map(|t| &t.promises);
    let mut open = open.filter(|p| p.is_open());
    !drafts.iter().any(|p| same(p.deed, p.due)) && !open.any(|p| same(p.deed, p.due))
}

/// The words of the reply as they go out. They are read once more: a time said in minutes counts from now.
pub(super) fn words(cx: &mut Cx<'_, '_>) -> Option<Words> {
    checking::read(cx);
    let heard = writing::with_ask(cx.state, cx.env, |coach, ask, t| {
        coach.acts(t.reply.text(), ask)
    })?;
    let t = cx.state.ticket.as_ref()?;
    // Empty lines before the words are the caret's, not the agent's.
    let text = t
        .reply
        .text()
        .trim_end()
        .trim_start_matches('\n')
        .to_owned();
    let mut acts = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut add = |act| {
        if !acts.contains(&act) && acts.len() < ACTS {
            acts.push(act);
        }
    };
    for part in writing::standing(t) {
        if !part.line.is_empty() && !lines.contains(&part.line) && lines.len() < LINES {
            lines.push(part.line);
        }
        part.acts.into_iter().for_each(&mut add);
    }
    // What the agent wrote in their own words counts as well as a line of the playbook.
    heard.into_iter().for_each(add);
    let promises = drafted(t, cx.env.now);
    let promises = promises.into_iter().map(|p| PromiseDraft {
        promise: p.id.unwrap_or_else(|| PromiseId((cx.env.ids)())),
        deed: p.deed,
        due: p.due,
        sentence: sentence(&p.sentence),
    });
    Some(Words {
        promises: promises.collect(),
        text: RawText::new(text),
        acts,
        lines,
    })
}

pub(super) fn sentence(words: &str) -> RawText {
    RawText::new(words.trim().chars().take(SENTENCE).collect::<String>())
}
