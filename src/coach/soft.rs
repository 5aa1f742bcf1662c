//! The soft question, once a contact, when a customer asks again or hesitates (mission AN8): asked before they complain.
//!
//! Not here: noticing that they do, and that it was asked once already (`conversation`).

use std::collections::BTreeSet;

use crate::domain::lang::Lang;
use crate::domain::vocabulary::Act;

use super::content::{Content, Cue, PartKind, Standing, StandingLine};
use super::propose::Part;

/// What to ask softly; a question that was asked of this customer before is not asked again while another is left.
#[must_use]
pub fn question(
    content: &Content,
    cue: Cue,
    said_lines: &BTreeSet<String>,
    lang: Lang,
) -> Option<Part> {
    let lines = content.standing.iter();
    let of_cue: Vec<&StandingLine> = lines
        .filter(|l| l.standing == Standing::Soft(cue))
        .collect();
    let fresh = of_cue.iter().find(|l| !said_lines.contains(&name(l)));
    let line = fresh.or(of_cue.first())?;
    Some(Part {
        kind: PartKind::Ask,
        line: line.id.clone(),
        version: 1,
        text: line.text.get(lang).to_owned(),
        acts: if line.acts.is_empty() {
            vec![Act::AskOpen]
        } else {
            line.acts.clone()
        },
        promise: None,
        unfilled: Vec::new(),
    })
}

fn name(line: &StandingLine) -> String {
    format!("{}@1", line.id)
}
