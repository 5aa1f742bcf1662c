//! Promises in words: concrete times of a future deed of ours (method 3.4, CMT-11).
//!
//! Not every time is a promise: opening hours, past dates, effective dates, warranty periods and the customer's own times are
//! none. Which clause speaks of a deed of ours is told in `lint::deeds`, so that what drafts a promise and what the rules ask a
//! promise for are the same times.

use std::ops::Range;

use crate::domain::calendar::Calendar;
use crate::domain::lang::Lang;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::{Channel, Deed};

use super::content::Content;
use super::lint::{LintContext, bound_times};

/// A promise found in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaidPromise {
    /// Byte range of the time in the text.
    pub span: Range<usize>,
    /// The sentence it stands in.
    pub sentence: String,
    /// By when.
    pub due: Ms,
    /// What will be done, guessed by the words.
    pub deed: Deed,
}

/// The promises in a text written at `written_at` by somebody in `zone`, in the order of the text. The calendar tells working
/// days; a time that needs one where none is known is no promise that could be kept in a ledger, and is left out.
#[must_use]
pub fn promises_in(
    content: &Content,
    text: &str,
    written_at: Ms,
    zone: &Zone,
    calendar: Option<&Calendar>,
) -> Vec<SaidPromise> {
    let mut cx = LintContext::new(Lang::Zh, Channel::Chat, written_at, zone);
    cx.known.calendar = calendar;
    bound_times(content, text, &cx)
        .into_iter()
        .filter(|bound| bound.computed)
        .map(|bound| SaidPromise {
            sentence: text
                .get(bound.sentence_span())
                .unwrap_or_default()
                .to_owned(),
            due: bound.time.at,
            span: bound.time.span,
            deed: bound.spoken.deed,
        })
        .collect()
}
