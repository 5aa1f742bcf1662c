//! The numbers of the simulated customer, from `assets/sim/acts.toml` and `assets/sim/rules.toml` (method 3.5).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::names::Act;
use super::points::Points;
use crate::coach::BadContent;
use crate::coach::content::{File, Need};

/// What one act does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Effect {
    /// On anger; a fall is good.
    pub anger: Points,
    /// On trust.
    pub trust: Points,
    /// On clarity.
    pub clarity: Points,
    /// On face.
    pub face: Points,
    /// Whether the anger is times the number of this use.
    pub per_use: bool,
}

/// What meets a need, and what counts more or less for it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fit {
    /// Acts that meet it once it is revealed.
    pub meets: Vec<Act>,
    /// Factors on anger.
    pub factor: BTreeMap<Act, Points>,
    /// Factors on anger until it is met.
    pub unmet: BTreeMap<Act, Points>,
}

/// What the trainee has at a level, and what may happen there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Whether a customer is played; at level 0 pairs are read.
    pub plays: bool,
    /// Whether anger and trust are shown while it runs.
    pub state: bool,
    /// Whether lines are offered to choose from.
    pub lines: bool,
    /// Whether the coach suggests.
    pub coach: bool,
    /// Whether patience and silence count.
    pub clock: bool,
    /// Whether the storm of the scenario happens.
    pub storm: bool,
    /// Whether customers may become abusive.
    pub abuse: bool,
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $kind:ty),+ $(,)? })+) => {
        $($(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: $kind),+ })+
    };
}

tables! {
    /// Chance.
    Noise {
        /// Anger is moved by at most this much, up or down, each turn.
        anger: Points,
    }
    /// Repeats.
    Novelty {
        /// What a good effect counts on each repeat.
        factor: Points,
        /// What the third apology and all after it add to anger.
        third_apology: Points,
    }
    /// Solutions before an acknowledgement.
    Early {
        /// From which anger on.
        above: Points,
        /// What good effects count.
        factor: Points,
        /// Added to anger, times irritability.
        anger: Points,
        /// Which acts.
        acts: Vec<Act>,
    }
    /// Acknowledgements.
    Acknowledge {
        /// A general one counts up to this anger.
        generic_up_to: Points,
    }
    /// Silence.
    Silence {
        /// Seconds that are none.
        from: Points,
        /// Anger a second beyond, times irritability, times anger / 100.
        rate: Points,
    }
    /// Patience.
    Patience {
        /// What a turn costs that raised clarity, or under a concrete commitment.
        halved: Points,
        /// What a hold beyond the told time costs.
        hold_beyond: Points,
    }
    /// What was not understood.
    Again {
        /// Added to anger.
        anger: Points,
    }
    /// The hidden need.
    Reveal {
        /// The trust from which on it is said.
        trust: Points,
    }
    /// Escalation.
    Escalate {
        /// Anger at the end of two turns in a row.
        supervisor_at: Points,
        /// So many vague commitments.
        supervisor_vague: u32,
        /// At this anger.
        supervisor_vague_at: Points,
        /// Trust below which an outside body is named.
        outside_below: Points,
    }
    /// The demand ladder.
    Ladder {
        /// Anger from which on a bad turn climbs.
        climb_at: Points,
        /// Anger below which the demand comes down.
        fall_below: Points,
    }
    /// Good ends.
    Ends {
        /// At most this anger for a friend.
        friend_anger: Points,
        /// At least this trust.
        friend_trust: Points,
        /// At least this face.
        friend_face: Points,
        /// At most this anger when settled.
        resolved_anger: Points,
        /// At most this anger when settled grudgingly.
        grudging_anger: Points,
    }
    /// Abuse.
    Abuse {
        /// Boundary lines after which the contact may be closed.
        warnings: u32,
        /// Added to anger by a boundary line without abuse, times irritability.
        unprovoked_anger: Points,
        /// Added to trust by the same.
        unprovoked_trust: Points,
    }
    /// Persons.
    Persons {
        /// Literacy below which long lines explain less.
        plain_below: Points,
        /// By so much.
        plain_factor: Points,
        /// Han characters of a long line.
        long_han: usize,
        /// English words of one.
        long_words: usize,
    }
    /// How fast lines are spoken.
    Speech {
        /// Han characters a second.
        han_a_second: Points,
        /// Words of other scripts a second.
        words_a_second: Points,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    noise: Noise,
    novelty: Novelty,
    early: Early,
    acknowledge: Acknowledge,
    silence: Silence,
    patience: Patience,
    again: Again,
    reveal: Reveal,
    escalate: Escalate,
    ladder: Ladder,
    ends: Ends,
    abuse: Abuse,
    persona: Persons,
    speech: Speech,
    fit: BTreeMap<String, Fit>,
    level: Vec<Level>,
}

/// Every number the customer lives by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rules {
    acts: BTreeMap<Act, Effect>,
    fits: Vec<(Need, Fit)>,
    levels: Vec<Level>,
    /// Chance.
    pub noise: Noise,
    /// Repeats.
    pub novelty: Novelty,
    /// Solutions before an acknowledgement.
    pub early: Early,
    /// Acknowledgements.
    pub acknowledge: Acknowledge,
    /// Silence.
    pub silence: Silence,
    /// Patience.
    pub patience: Patience,
    /// What was not understood.
    pub again: Again,
    /// The hidden need.
    pub reveal: Reveal,
    /// Escalation.
    pub escalate: Escalate,
    /// The demand ladder.
    pub ladder: Ladder,
    /// Good ends.
    pub ends: Ends,
    /// Abuse.
    pub abuse: Abuse,
    /// Persons.
    pub persons: Persons,
    /// How fast lines are spoken.
    pub speech: Speech,
}

impl Rules {
    /// The numbers that ship with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads them.
    pub fn shipped() -> Result<Self, BadContent> {
        Self::parse(
            &File {
                name: "sim/acts.toml",
                text: include_str!("../../assets/sim/acts.toml"),
            },
            &File {
                name: "sim/rules.toml",
                text: include_str!("../../assets/sim/rules.toml"),
            },
        )
    }

    /// Numbers from files of the shipped form.
    ///
    /// # Errors
    /// The first thing wrong, with file, entry and remedy.
    pub fn parse(acts: &File<'_>, rules: &File<'_>) -> Result<Self, BadContent> {
        let effects: BTreeMap<Act, Effect> = acts.read()?;
        if let Some(act) = Act::ALL.iter().find(|a| !effects.contains_key(a)) {
            let what = "this act has no numbers";
            let remedy = format!("write a table [{}]", act.as_str());
            return Err(acts.bad(act.as_str(), what, remedy));
        }
        let file: RulesFile = rules.read()?;
        let mut fits = Vec::new();
        for need in Need::ALL {
            let Some(fit) = file.fit.get(need.as_str()) else {
                let remedy = format!("write a table [fit.{}]", need.as_str());
                return Err(rules.bad("fit", "a need has no fit", remedy));
            };
            fits.push((*need, fit.clone()));
        }
        if file.fit.len() != fits.len() || file.level.len() != 6 {
            let what = "a need is not known, or there are not six levels";
            return Err(rules.bad("fit", what, "write six needs and six levels"));
        }
        Ok(Self {
            acts: effects,
            fits,
            levels: file.level,
            noise: file.noise,
            novelty: file.novelty,
            early: file.early,
            acknowledge: file.acknowledge,
            silence: file.silence,
            patience: file.patience,
            again: file.again,
            reveal: file.reveal,
            escalate: file.escalate,
            ladder: file.ladder,
            ends: file.ends,
            abuse: file.abuse,
            persons: file.persona,
            speech: file.speech,
        })
    }

    /// What an act does.
    #[must_use]
    pub fn effect(&self, act: Act) -> Effect {
        self.acts.get(&act).copied().unwrap_or_default()
    }

    /// What fits a need.
    #[must_use]
    pub fn fit(&self, need: Need) -> Fit {
        let found = self.fits.iter().find(|(n, _)| *n == need);
        found.map(|(_, fit)| fit.clone()).unwrap_or_default()
    }

    /// What the trainee has at a level; the highest beyond it.
    #[must_use]
    pub fn level(&self, level: u8) -> Option<Level> {
        let last = self.levels.len().saturating_sub(1);
        self.levels.get(usize::from(level).min(last)).copied()
    }

    /// How long a line is spoken, in milliseconds.
    #[must_use]
    pub fn spoken_ms(&self, text: &str) -> i64 {
        let (han, words) = lengths(text);
        let part = |count: usize, rate: Points| {
            let count = i64::try_from(count).unwrap_or(i64::MAX / 1_000_000);
            super::points::divide(count.saturating_mul(1_000_000), rate.0)
        };
        part(han, self.speech.han_a_second) + part(words, self.speech.words_a_second)
    }
}

/// Han characters, and words of other scripts.
#[must_use]
pub fn lengths(text: &str) -> (usize, usize) {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let words = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'' || han(c))
        .filter(|w| !w.is_empty())
        .count();
    (text.chars().filter(|c| han(*c)).count(), words)
}
