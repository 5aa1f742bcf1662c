//! What the learned model answers: the outputs in their order, with the names that the training files use.

use std::ops::Range;

/// The fine matters that the training text is labelled with. They cut the field finer than the 21 items of the taxonomy;
/// `assets/coach/fine.toml` says what each means there. The last one is a complaint that names nothing.
pub const FINE: [&str; 22] = [
    "queue_timeout",
    "cumbersome_procedure",
    "unclear_guidance",
    "fulfilment_delay",
    "wrong_missing_damaged",
    "refund_return_blocked",
    "billing_dispute",
    "not_as_advertised",
    "slow_after_sales",
    "parts_supply",
    "quality_defect",
    "function_fault",
    "network_service_fault",
    "price_and_terms",
    "poor_attitude",
    "inconsistent_info",
    "broken_promise",
    "no_feedback",
    "not_informed",
    "misunderstood",
    "buck_passing",
    "unspecified",
];

/// The place of the matter that names nothing.
pub const UNSPECIFIED: usize = 21;

/// The needs under the words. `assets/needs.toml` maps them to the fix kinds of the playbook.
pub const NEEDS: [&str; 11] = [
    "be_heard",
    "speed",
    "explanation",
    "fairness",
    "compensation",
    "certainty",
    "respect",
    "safety",
    "money_back",
    "fix_it",
    "ease",
];

/// The risks that a training line may name.
pub const RISKS: [&str; 8] = [
    "regulator",
    "media",
    "legal",
    "compensation",
    "rejects_all",
    "repeat",
    "churn",
    "safety",
];

/// Output: is it a complaint.
pub const COMPLAINT: usize = 0;
/// Outputs: which fine matter, one of [`FINE`].
pub const ITEM: Range<usize> = 1..1 + FINE.len();
/// Outputs: which need, one of [`NEEDS`].
pub const NEED: Range<usize> = ITEM.end..ITEM.end + NEEDS.len();
/// Outputs: feeling of at least 1, 2, 3.
pub const EMOTION: Range<usize> = NEED.end..NEED.end + 3;
/// Output: any risk but safety.
pub const RISK_ANY: usize = EMOTION.end;
/// The risks that are also learned, because people say them without any word that a list could hold. Authorities, press and law
/// are named by their names; for these the lexicon suffices.
pub const LEARNED: [&str; 4] = ["repeat", "churn", "compensation", "rejects_all"];
/// Outputs: each of [`LEARNED`].
pub const RISK: Range<usize> = RISK_ANY + 1..RISK_ANY + 1 + LEARNED.len();
/// How many outputs there are.
pub const OUTPUTS: usize = RISK.end;
