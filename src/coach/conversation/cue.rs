//! The soft prompt (AN8): once per contact, when the customer asks the same again or hesitates. Also short answers, yes or no,
//! which confirm or deny a need that was asked after.

use std::collections::BTreeSet;

use crate::coach::content::{Content, Cue};
use crate::coach::folded::Folded;

use super::{Speaker, Turn};

/// A cause for one soft prompt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Prompt {
    /// What gave cause; `soft::question` has the words for it.
    pub cue: Cue,
    /// The turn.
    pub turn: usize,
    /// The earlier turn that it repeats.
    pub of: Option<usize>,
}

/// Characters of a turn that are compared.
const COMPARED: usize = 400;

/// Percent of shared pairs of characters from which two questions are the same.
const SAME: usize = 62;

/// The cue of the last turn, unless an earlier turn of the contact gave one: it is given once.
pub(super) fn cue(content: &Content, turns: &[Turn<'_>]) -> Option<Prompt> {
    let last = turns.last()?;
    let of = turns.iter().enumerate();
    let said: Vec<(usize, &Turn<'_>)> = of
        .filter(|(_, t)| t.who == Speaker::Customer && t.contact == last.contact)
        .collect();
    let mut questions: Vec<(usize, BTreeSet<(char, char)>)> = Vec::new();
    for (turn, t) in said {
        let folded = Folded::new(t.text, COMPARED);
        let asks = questions_like(content, folded.text());
        let pairs = pairs(folded.text());
        let earlier = questions.iter().find(|(_, q)| asks && alike(q, &pairs));
        let found = match earlier {
            Some((of, _)) => Some(Prompt {
                cue: Cue::Repeats,
                turn,
                of: Some(*of),
            }),
            None if hesitates(content, folded.text()) => Some(Prompt {
                cue: Cue::Hesitates,
                turn,
                of: None,
            }),
            None => None,
        };
        if let Some(found) = found {
            return (turn + 1 == turns.len()).then_some(found);
        }
        if asks {
            questions.push((turn, pairs));
        }
    }
    None
}

fn questions_like(content: &Content, text: &str) -> bool {
    text.contains(['?', '？']) || content.turns.asks(text)
}

fn hesitates(content: &Content, text: &str) -> bool {
    content.turns.hesitates(text)
}

/// The neighbouring pairs of letters and characters; marks and blanks are left out.
fn pairs(text: &str) -> BTreeSet<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|w| (w[0], w[1])).collect()
}

fn alike(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> bool {
    let both = a.intersection(b).count();
    let all = a.len() + b.len();
    // Two pairs are too few to say that anything is the same.
    both >= 3 && 2 * both * 100 >= SAME * all
}

/// Whether a short turn says yes or no; `None` when it says neither or both.
pub(super) fn answer(content: &Content, text: &str) -> Option<bool> {
    let folded = Folded::new(text, COMPARED);
    content.turns.answer(folded.text())
}
