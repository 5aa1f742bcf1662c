//! PRV: personal data stays out.

use super::scan::Scan;
use super::{Finding, Fix, Severity};
use crate::text::mask::{FoundKind, find_numbers};

/// Groups of the lexicon that these checks ask for.
pub(super) const GROUPS: &[&str] = &[];

/// Checks a draft.
pub(super) fn check(cx: &Scan<'_>, out: &mut Vec<Finding>) {
    out.extend(numbers(cx.text));
}

/// Personal numbers in full (PRV-01). Needs nothing but the text.
pub(super) fn numbers(text: &str) -> Vec<Finding> {
    find_numbers(text)
        .into_iter()
        .map(|found| {
            let severity = match found.kind {
                FoundKind::Phone => Severity::Warn,
                FoundKind::IdCard | FoundKind::BankCard => Severity::Block,
            };
            let masked = crate::text::mask_free(&text[found.span.clone()]);
            Finding {
                rule: "PRV-01",
                severity,
                fix: (masked != text[found.span.clone()]).then(|| Fix {
                    at: found.span.clone(),
                    with: masked,
                }),
                span: found.span,
            }
        })
        .collect()
}
