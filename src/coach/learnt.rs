//! What the team taught the coach beside its content: lines that leads took into the playbook, and how lines did so far
//! (mission AN5). Both come from the log; this room only holds them.
//!
//! How a line does is counted from what the customer did next: calmer words, or a closing that held, speak for it; words as hot
//! as before or hotter, or a closing that did not hold, against it. No single ticket proves anything, which is why counts only
//! choose between lines that fit equally well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::content::{Band, PartKind};
use crate::domain::event::TicketEvent;
use crate::domain::lang::Lang;
use crate::domain::line::PlaybookLine;
use crate::domain::taxonomy::ItemId;
use crate::domain::vocabulary::{Act, CloseReason};

/// Lines of one ticket whose outcome is open; more are not followed.
const MOST_OPEN: usize = 32;

/// A line that the team wrote and a lead approved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrownLine {
    /// Its stable name, without the version.
    pub id: String,
    /// The version of its words.
    pub version: u32,
    /// What it is for.
    pub part: PartKind,
    /// The item it helps with.
    pub item: ItemId,
    /// Its language; it is proposed in no other.
    pub lang: Lang,
    /// The feeling it is meant for; only lines that empathize have one.
    pub band: Option<Band>,
    /// What the words do.
    pub acts: Vec<Act>,
    /// The words with their slots.
    pub text: String,
}

impl GrownLine {
    /// The line of this head, if it is in the playbook.
    #[must_use]
    pub fn of(line: &PlaybookLine) -> Option<Self> {
        let part = line.part;
        line.in_force().then(|| Self {
            id: format!("grown/{}", line.id),
            version: line.revision,
            part,
            item: line.item.clone(),
            lang: line.lang,
            band: (part == PartKind::Empathize).then(|| Band::of(line.feeling)),
            acts: acts_for(part),
            text: line.text.expose().to_owned(),
        })
    }
}

/// What the words of a part do, when no playbook says it more exactly.
fn acts_for(part: PartKind) -> Vec<Act> {
    match part {
        PartKind::Empathize => vec![Act::AckSpecific],
        PartKind::Safety => vec![Act::Safety],
        PartKind::Ask => vec![Act::AskOpen],
        // Whether a cause is named or an honest "not yet" is said shows only in the words.
        PartKind::Explain | PartKind::SelfService => Vec::new(),
        PartKind::Options => vec![Act::Option],
        PartKind::Rights => vec![Act::RightsNeutral],
        PartKind::Decline => vec![Act::DeclineReasoned],
        PartKind::Commit => vec![Act::Own, Act::CommitConcrete],
        PartKind::Confirm => vec![Act::Confirm],
    }
}

/// How often a line was said with a known outcome, and how often that was a good one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tries {
    /// How often it was followed.
    pub said: u32,
    /// How often it went well.
    pub well: u32,
}

/// What the team taught the coach.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Learnt {
    /// Approved lines.
    pub grown: Vec<GrownLine>,
    /// How lines did, by name and version.
    pub tries: BTreeMap<String, Tries>,
}

impl Learnt {
    /// From the heads of the team's lines and the counts so far.
    #[must_use]
    pub fn new<'a>(
        lines: impl IntoIterator<Item = &'a PlaybookLine>,
        tries: BTreeMap<String, Tries>,
    ) -> Self {
        let mut grown: Vec<GrownLine> = lines.into_iter().filter_map(GrownLine::of).collect();
        grown.sort_by(|a, b| a.id.cmp(&b.id));
        Self { grown, tries }
    }

    /// How a line did.
    #[must_use]
    pub fn tries(&self, name: &str) -> Tries {
        self.tries.get(name).copied().unwrap_or_default()
    }
}

/// How a line came out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Came {
    /// Well.
    Well,
    /// Not well.
    Badly,
    /// What had counted as well turned out not to hold.
    Undone,
}

/// The lines said on one ticket whose outcome is open or may still be undone: a small fold over the ticket's events.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Following {
    /// Lines said, with the feeling (0 to 3) they were said to.
    open: Vec<(String, u8)>,
    /// Lines that counted as well because the ticket was closed on them.
    closed_on: Vec<String>,
}

impl Following {
    /// Whether nothing is followed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.open.is_empty() && self.closed_on.is_empty()
    }

    /// Folds one event in and tells which lines came out how. `before` is the feeling of the customer's last words, asked only
    /// when lines are said; `now` that of the words in this event, asked only when lines wait for it.
    pub fn apply(
        &mut self,
        event: &TicketEvent,
        before: impl FnOnce() -> u8,
        now: impl FnOnce() -> u8,
    ) -> Vec<(String, Came)> {
        match event {
            TicketEvent::Replied { lines, .. } | TicketEvent::Spoken { lines, .. }
                if !lines.is_empty() =>
            {
                let felt = before();
                let room = MOST_OPEN.saturating_sub(self.open.len());
                let lines = lines.iter().take(room);
                self.open.extend(lines.map(|l| (l.clone(), felt)));
                Vec::new()
            }
            TicketEvent::CustomerMessage { .. } if !self.open.is_empty() => {
                let felt = now();
                let out = |(line, before): (String, u8)| {
                    let calmer = felt == 0 || felt < before;
                    (line, if calmer { Came::Well } else { Came::Badly })
                };
                self.open.drain(..).map(out).collect()
            }
            TicketEvent::Closed {
                reason: CloseReason::Solved,
            } => {
                let lines: Vec<String> = self.open.drain(..).map(|(line, _)| line).collect();
                self.closed_on.clone_from(&lines);
                lines.into_iter().map(|l| (l, Came::Well)).collect()
            }
            TicketEvent::Reopened { .. } => {
                let lines = self.closed_on.drain(..);
                lines.map(|l| (l, Came::Undone)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// Adds how a line came out to its counts.
pub fn count(tries: &mut Tries, came: Came) {
    match came {
        Came::Well => {
            tries.said = tries.said.saturating_add(1);
            tries.well = tries.well.saturating_add(1);
        }
        Came::Badly => tries.said = tries.said.saturating_add(1),
        Came::Undone => tries.well = tries.well.saturating_sub(1),
    }
}

#[cfg(test)]
mod tests;
