//! Hints of conduct in one message: facts about words, never a label on a person (method 3.12).
//!
//! A hint says nothing by itself; `coach::conversation` counts hints over a history, lets them expire, and only then
//! speaks of a signal. Neither is ever seen by routing, clocks or limits.

/// What the words do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Hint {
    /// Wants something beyond the rules.
    BeyondRule,
    /// Wants goodwill or money beyond what was paid.
    Goodwill,
    /// Disputes a clause or that it was told.
    Clause,
    /// Turns an offer down.
    Rejects,
    /// Wants somebody of higher rank.
    Rank,
    /// Names an outside body, the press or the courts.
    Pressure,
    /// Insults or threatens the person.
    Abuse,
}

impl Hint {
    /// All hints.
    pub const ALL: [Self; 7] = [
        Self::BeyondRule,
        Self::Goodwill,
        Self::Clause,
        Self::Rejects,
        Self::Rank,
        Self::Pressure,
        Self::Abuse,
    ];

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeyondRule => "beyond_rule",
            Self::Goodwill => "goodwill",
            Self::Clause => "clause",
            Self::Rejects => "rejects",
            Self::Rank => "rank",
            Self::Pressure => "pressure",
            Self::Abuse => "abuse",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.as_str() == name)
    }

    /// The hint that a risk gives besides.
    pub(super) const fn of_risk(risk: super::Risk) -> Option<Self> {
        match risk {
            super::Risk::Compensation => Some(Self::Goodwill),
            super::Risk::Rejects => Some(Self::Rejects),
            super::Risk::Regulator | super::Risk::Media | super::Risk::Legal => {
                Some(Self::Pressure)
            }
            _ => None,
        }
    }
}
