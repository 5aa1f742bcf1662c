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

/// The words of the reply as they go out. They are read once more: a time said in minutes counts from now.
pub(super) fn words(cx: &mut Cx<'_, '_>) -> Option<Words> {
    checking::read(cx);
    let heard = writing::with_ask(cx.state, cx.env, |coach, ask, t| {
        coach.acts(t.reply.text(), ask)
    })?;
    let t = cx.state.ticket.as_ref()?;
    let text = t.reply.text().trim_end().to_owned();
    let mut acts = Vec::new();
    let mut lines: Vec<String> = Vec::new();
    let mut promises: Vec<PromiseDraft> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for part in writing::standing(t) {
        if !part.line.is_empty() && !lines.contains(&part.line) && lines.len() < LINES {
            lines.push(part.line);
        }
        for act in part.acts {
            if !acts.contains(&act) && acts.len() < ACTS {
                acts.push(act);
            }
        }
        if let Some(promise) = part.promise {
            let at = t.reply.text().find(&part.text).unwrap_or(0);
            taken.push(at..at + part.text.len());
            if !fresh(t, &promises, promise.deed, promise.due) {
                continue;
            }
            promises.push(PromiseDraft {
                promise: promise.id,
                deed: promise.deed,
                due: promise.due,
                sentence: sentence(&part.text),
            });
        }
    }
    // What the agent wrote in their own words counts as well as a line of the playbook.
    for act in heard {
        if !acts.contains(&act) && acts.len() < ACTS {
            acts.push(act);
        }
    }
    for said in t.coach.said.iter().filter(|s| !s.denied) {
        let range = &said.sentence;
        let counted = taken
            .iter()
            .any(|t| t.start < range.end && range.start < t.end);
        let Some(words) = text.get(range.clone()) else {
            continue;
        };
        let fresh = fresh(t, &promises, said.deed, said.due);
        if !counted && fresh && said.due > cx.env.now && !words.trim().is_empty() {
            promises.push(PromiseDraft {
                promise: PromiseId((cx.env.ids)()),
                deed: said.deed,
                due: said.due,
                sentence: sentence(words),
            });
        }
    }
    promises.truncate(PROMISES);
    Some(Words {
        text: RawText::new(text),
        acts,
        lines,
        promises,
    })
}

/// Whether a promise is a new one: not said in these drafts, and not open on the ticket already. Who says again what was promised
/// promises nothing more.
pub(super) fn fresh(t: &TicketState, drafts: &[PromiseDraft], deed: Deed, due: Ms) -> bool {
    let same = |d: Deed, at: Ms| d == deed && at.minus(due).abs() < MINUTE;
    let ticket = t.conversation.as_ref().map(|c| &c.row.ticket);
    let mut open = ticket
        .iter()
        .flat_map(|t| &t.promises)
        .filter(|p| p.is_open());
    !drafts.iter().any(|p| same(p.deed, p.due)) && !open.any(|p| same(p.deed, p.due))
}

pub(super) fn sentence(words: &str) -> RawText {
    RawText::new(words.trim().chars().take(SENTENCE).collect::<String>())
}
