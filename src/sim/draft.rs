//! A scenario made from a closed ticket: masked words of the case where it has them, the stock's where it has not. A draft: it can
//! be read and played, and a person makes it good, writes the language that the case did not have, and has it approved.
//!
//! Everything of the ticket goes through the masks of `mask` before anything else is done with it, and the customer of the
//! scenario is invented. Not here: how a ticket is fetched, and where the file goes (`balm train new`).

mod cut;
mod gather;
mod mask;
mod places;
mod profile;
mod stock;
mod things;
mod write;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::check::Bench;
use super::lesson::Class;
use super::names::AgentKind;
use super::rules::lengths;
use super::scenario::Scenario;
use crate::coach::BadContent;
use crate::coach::content::File;
use crate::domain::lang::Lang;
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Channel, Tier};
use crate::text::{RawText, SafeText};

pub use mask::Personal;

use gather::{Found, gather};
use mask::{Invented, masked};
use profile::{Person, Profile};
use stock::{Matter, Stock};
use write::Sheet;

/// Of a hundred seeds, those the committing agent must resolve (issue 4, Accept 2).
const RESOLVES: u32 = 90;
/// Seeds by which a line of the case is tried in the committing agent's mouth.
const TRIES: u32 = 20;

/// Who said something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// The customer.
    Customer,
    /// Somebody of ours.
    Agent,
}

/// What was said, written or spoken.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// By whom.
    pub who: Speaker,
    /// When.
    pub at: Ms,
    /// The words as they stand in the log.
    pub text: RawText,
}

/// A closed ticket, as far as a scenario is made from it.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// The scenario's id; the file is named after it.
    pub id: String,
    /// From the ticket; it chooses the invented customer, so that the same ticket gives the same file.
    pub seed: u64,
    /// The ticket's item.
    pub item: Option<ItemId>,
    /// How it came.
    pub channel: Channel,
    /// The customer's tier.
    pub tier: Tier,
    /// Whether the customer is marked vulnerable.
    pub vulnerable: bool,
    /// What was said, oldest first; notes are none of it.
    pub turns: Vec<Said>,
    /// Who must not be recognised.
    pub personal: Personal,
}

/// A drafted scenario.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// The file, with comments that tell what comes from where.
    pub text: String,
    /// The same, read.
    pub scenario: Scenario,
    /// The language of the case; the other one is the stock's throughout.
    pub lang: Lang,
    /// How many lines come from the case.
    pub taken: usize,
}

/// Why a ticket gives no scenario.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoDraft {
    /// The customer said nothing that could open a contact.
    #[error("the customer said nothing")]
    NoWords,
    /// Neither the ticket nor the reader names an item.
    #[error("the ticket has no item")]
    NoItem,
    /// The stock is no scenario.
    #[error("{0}")]
    Content(#[from] BadContent),
}

/// A line of the case without anything that leads to a person.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Line {
    who: Speaker,
    at: Ms,
    text: String,
}

/// A scenario from a closed ticket. The bench is played on: a line of the case goes into the committing agent's mouth only when
/// that agent still resolves.
///
/// # Errors
/// When the ticket has no words of the customer or no item.
pub fn draft(case: &Case, bench: &Bench<'_>, taxonomy: &Taxonomy) -> Result<Draft, NoDraft> {
    let stock = Stock::shipped()?;
    let lang = language(case);
    let person = Person::invented(&stock, case.seed);
    let by = Invented {
        name: person.name(lang),
        phone: &person.phone,
        number: &person.number,
        words: &stock.masked,
    };
    let lines: Vec<Line> = case
        .turns
        .iter()
        .map(|said| Line {
            who: said.who,
            at: said.at,
            text: masked(&said.text, &case.personal, &by, lang),
        })
        .filter(|line| !line.text.is_empty())
        .collect();
    let coach = &bench.stage.coach;
    let profile = Profile::of(coach, case, &lines, lang, taxonomy)?;
    let item = taxonomy.item(&profile.item).ok_or(NoDraft::NoItem)?;
    let mut sheet = Sheet {
        case,
        item,
        lang,
        stock: &stock,
        matter: Matter {
            class: profile.class(),
            fix: profile.fix.as_str(),
        },
        person: &person,
        profile: &profile,
        found: Found::default(),
    };
    let blank = read(&sheet, taxonomy)?;
    sheet.found = gather(bench, &sheet, &blank, &lines);
    if sheet.found.opening.is_none() {
        return Err(NoDraft::NoWords);
    }
    settle(bench, &mut sheet, taxonomy)?;
    Ok(Draft {
        text: sheet.file(),
        scenario: read(&sheet, taxonomy)?,
        lang,
        taken: sheet.found.len(),
    })
}

/// Takes the case's lines out of the committing agent's mouth, the last first, until that agent resolves again.
fn settle(bench: &Bench<'_>, sheet: &mut Sheet<'_>, taxonomy: &Taxonomy) -> Result<(), NoDraft> {
    while let Some((act, _)) = sheet.found.turns.last().cloned() {
        let class = Class {
            stage: Arc::clone(&bench.stage),
            scenario: Arc::new(read(sheet, taxonomy)?),
            calendar: bench.calendar,
            began: bench.began,
        };
        let rate = class.rate(AgentKind::Committing, sheet.lang, TRIES);
        if rate.resolved * 100 >= RESOLVES * rate.of {
            break;
        }
        sheet.found.turns.retain(|(a, _)| *a != act);
    }
    Ok(())
}

fn read(sheet: &Sheet<'_>, taxonomy: &Taxonomy) -> Result<Scenario, BadContent> {
    let text = sheet.file();
    let name = format!("{}.toml", sheet.case.id.to_ascii_lowercase());
    Scenario::parse(
        &File {
            name: &name,
            text: &text,
        },
        taxonomy,
    )
}

/// The language in which the customer spoke.
fn language(case: &Case) -> Lang {
    let (han, words) = case
        .turns
        .iter()
        .filter(|t| t.who == Speaker::Customer)
        .map(|t| lengths(SafeText::clean(&t.text).as_str()))
        .fold((0, 0), |(a, b), (han, words)| (a + han, b + words));
    if han > words { Lang::Zh } else { Lang::En }
}
