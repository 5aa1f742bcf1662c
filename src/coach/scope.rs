//! What going higher can and cannot achieve for this ticket, with words for the customer (mission AN7, method 3.12).

use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::text::tokens::fold;

use super::content::{Content, Outcome, ScopeRow};
use super::propose::Facts;

/// A row of the escalation-scope table that speaks to this ticket.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reach {
    /// The row's stable name.
    pub row: String,
    /// Whether somebody else decides anew; otherwise the outcome stays, with one review and the outside path open.
    pub decides_anew: bool,
    /// What the row is about, for the agent.
    pub what: String,
    /// What the agent may say.
    pub say: String,
    /// The customer's words that speak for the row; empty when the ticket's history does.
    pub evidence: Vec<String>,
}

/// Names of rows that the ticket's history speaks for, whatever the words.
const MISSED: &str = "promise-missed";
const REPEAT: &str = "repeat";

/// The rows that speak to this ticket: what always goes up first, then by how many words speak for them.
#[must_use]
pub fn reach(content: &Content, facts: &Facts, now: Ms, lang: Lang) -> Vec<Reach> {
    let heard = fold(&facts.words.join("\n"));
    let mut found: Vec<(bool, usize, Reach)> = content
        .scope
        .iter()
        .filter(|row| fits_item(row, facts))
        .filter_map(|row| {
            let evidence: Vec<String> = row
                .words
                .iter()
                .filter(|w| heard.contains(fold(w).as_str()))
                .cloned()
                .collect();
            let told = history(row, facts, now);
            (told || !evidence.is_empty()).then(|| {
                let stays = row.outcome == Outcome::Stays;
                let reach = Reach {
                    row: row.id.clone(),
                    decides_anew: !stays,
                    what: row.what.get(lang).to_owned(),
                    say: row.say.get(lang).to_owned(),
                    evidence,
                };
                (stays, reach.evidence.len() + usize::from(told), reach)
            })
        })
        .collect();
    found.sort_by_key(|(stays, speak, _)| (*stays, std::cmp::Reverse(*speak)));
    found.into_iter().map(|(_, _, reach)| reach).collect()
}

/// The whole table, for looking a row up by hand.
#[must_use]
pub fn table(content: &Content, lang: Lang) -> Vec<Reach> {
    let row = |row: &ScopeRow| Reach {
        row: row.id.clone(),
        decides_anew: row.outcome == Outcome::Yes,
        what: row.what.get(lang).to_owned(),
        say: row.say.get(lang).to_owned(),
        evidence: Vec::new(),
    };
    content.scope.iter().map(row).collect()
}

/// A row of some items speaks only to those, once the ticket's item is known.
fn fits_item(row: &ScopeRow, facts: &Facts) -> bool {
    let item = facts.ticket.item.as_ref();
    row.items.is_empty() || item.is_none_or(|i| row.items.contains(i))
}

/// Whether the ticket's own history speaks for the row.
fn history(row: &ScopeRow, facts: &Facts, now: Ms) -> bool {
    match row.id.as_str() {
        MISSED => {
            let missed = |p: &crate::domain::ticket::Promise| p.is_open() && p.due < now;
            facts.ticket.promises.iter().any(missed)
        }
        REPEAT => facts.ticket.repeat_of.is_some(),
        _ => false,
    }
}
