//! Risks: what speaks in the words beside the complaint itself, each with the words it rests on.

use std::ops::Range;

use super::cues::Found;
use super::lexicon::Says;
use super::scope::{Scope, Stance};

/// What speaks in the words beside the complaint itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Risk {
    /// People may come to harm.
    Safety,
    /// The customer names a regulator or consumer association.
    Regulator,
    /// The customer names the press or the public.
    Media,
    /// The customer names lawyers, courts or the police.
    Legal,
    /// It was raised, tried or went wrong before.
    Repeat,
    /// What was offered, or the agent, is turned down.
    Rejects,
    /// Money beyond what was paid is asked for.
    Compensation,
    /// The customer speaks of leaving.
    Churn,
    /// The customer asks for the cause.
    AsksWhy,
}

impl Risk {
    /// Every risk, most urgent first.
    pub const ALL: [Self; 9] = [
        Self::Safety,
        Self::Regulator,
        Self::Media,
        Self::Legal,
        Self::Repeat,
        Self::Rejects,
        Self::Compensation,
        Self::Churn,
        Self::AsksWhy,
    ];

    /// The stable name, the key of its words in the locale files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Safety => "safety",
            Self::Regulator => "regulator",
            Self::Media => "media",
            Self::Legal => "legal",
            Self::Repeat => "repeat",
            Self::Rejects => "rejects",
            Self::Compensation => "compensation",
            Self::Churn => "churn",
            Self::AsksWhy => "asks_why",
        }
    }

    /// The name on the measuring wire, for the seven that it knows.
    #[must_use]
    pub const fn wire(self) -> Option<&'static str> {
        match self {
            Self::Safety | Self::AsksWhy => None,
            Self::Rejects => Some("rejects_all"),
            other => Some(other.as_str()),
        }
    }

    pub(in crate::coach) fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|r| r.as_str() == name || r.wire() == Some(name))
    }

    /// Whether words that stand so still carry this risk.
    const fn survives(self, stance: Stance) -> bool {
        match (self, stance) {
            (_, Stance::Plain | Stance::Quoted) | (Self::AsksWhy, _) => true,
            (Self::Repeat, stance) => !matches!(stance, Stance::Negated | Stance::SetAside),
            (Self::Safety, Stance::Reported) => true,
            (_, Stance::Negated | Stance::SetAside) => false,
            // 客服说可以赔: that is our offer, not the customer's demand.
            (_, Stance::Reported) => !matches!(
                self,
                Self::Compensation | Self::Churn | Self::Legal | Self::Media | Self::Regulator
            ),
            (_, Stance::Asked) => !matches!(self, Self::Safety | Self::Churn | Self::Legal),
        }
    }
}

/// The risks in folded text, by urgency and place, each with where it stands in the folded text.
pub(super) fn risks(text: &str, found: &[Found<Says>], scope: &Scope) -> Vec<(Risk, Range<usize>)> {
    let mut out: Vec<(Risk, Range<usize>)> = Vec::new();
    for f in found {
        let Says::Risk(risk) = f.says else { continue };
        // Names of accounts call an authority or the press; they do not speak.
        let named = matches!(risk, Risk::Regulator | Risk::Media);
        if scope.is_harmless(&f.at) || (!named && scope.in_mention(&f.at)) {
            continue;
        }
        let called = named && scope.in_mention(&f.at);
        if called || risk.survives(scope.stance(text, &f.at)) {
            out.push((risk, f.at.clone()));
        }
    }
    out.sort_by_key(|(risk, at)| (*risk, at.start, at.end));
    out.dedup();
    out
}
