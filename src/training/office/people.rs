//! What is kept of a trainee: runs with their scores, and what follows from them: skills, cards, gates, the estimate.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rating::KeptRatings;
use super::{RunId, views};
use crate::api::training::{Comment, TurnView};
use crate::domain::time::{Ms, Zone};
use crate::sim::schedule::{Card, Done, Estimate, Gates, Grade, Profile, after, gates, review};
use crate::sim::score::{Criterion, Mark, Score};
use crate::sim::{End, Run};
use crate::text::SafeText;

/// The version of the files below.
pub(super) const FORM: u32 = 1;
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// The trainee's own words, before anything was shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Own {
    /// What worked.
    pub(super) plus: String,
    /// What to change.
    pub(super) delta: String,
}

impl Own {
    /// Whether anything was said at all.
    pub(super) fn said(&self) -> bool {
        !(self.plus.trim().is_empty() && self.delta.trim().is_empty())
    }
}

/// What was to be seen of a run when it ended, as it was played: rules and hearing change, and this does not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct Shown {
    pub(super) opening: SafeText,
    /// Anger, trust and clarity before the first turn.
    pub(super) start: (u8, u8, u8),
    pub(super) turns: Vec<TurnView>,
    /// How far up the ladder the customer had come.
    pub(super) demand: usize,
}

impl Shown {
    /// Anger before the first turn and after each.
    pub(super) fn anger(&self) -> Vec<u8> {
        let after = self.turns.iter().map(|t| t.after.0);
        std::iter::once(self.start.0).chain(after).collect()
    }
}

/// A run as it is kept.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(super) struct KeptRun {
    pub(super) form: u32,
    pub(super) id: RunId,
    pub(super) sitting: Uuid,
    /// When it ended.
    pub(super) at: Ms,
    /// The ticket went to a colleague.
    pub(super) handed_over: bool,
    /// Said aloud, with an observer.
    pub(super) spoken: bool,
    /// How it ended, by name; none when it was broken off.
    pub(super) end: Option<String>,
    pub(super) run: Run,
    pub(super) score: Score,
    #[serde(default)]
    pub(super) own: Option<Own>,
    #[serde(default)]
    pub(super) comments: Vec<Comment>,
    /// What trainers said of it by the scorecard.
    #[serde(default)]
    pub(super) ratings: KeptRatings,
    /// What was to be seen of it; nothing in runs that were kept before this was.
    #[serde(default)]
    pub(super) shown: Option<Shown>,
}

impl KeptRun {
    /// Whether it counts: a contact that was broken off counts for nothing, and none counts before the trainee's own words,
    /// because skills, gates and the next proposal would tell the score. Words that were left empty are words, too.
    pub(super) fn counts(&self) -> bool {
        self.end.is_some() && self.own.is_some()
    }

    /// Whether it may stand in a pair: it counts, and the trainee has said something of it.
    pub(super) fn compares(&self) -> bool {
        self.counts() && self.own.as_ref().is_some_and(Own::said)
    }

    /// Whether only what was shown counts: the contact ended before its time, and not by the trainee's fault.
    fn cut_short(&self) -> bool {
        let end = self.end.as_deref();
        end == Some(views::HANDED_OVER) || end == Some(End::ByPolicy.as_str())
    }

    /// Whether something cost all points.
    pub(super) fn critical(&self) -> bool {
        !self.score.criticals.is_empty()
    }

    /// The marks that move skills and cards.
    pub(super) fn counted(&self) -> Vec<Mark> {
        let marks = self.score.marks.iter().filter(|m| m.of > 0);
        let cut = self.cut_short();
        marks.filter(|m| !cut || m.points > 0).cloned().collect()
    }
}

/// What somebody thought the lesson would show.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Predicted {
    pub(super) scenario: String,
    pub(super) order: Vec<String>,
    /// Whether it was so.
    pub(super) right: bool,
    pub(super) at: Ms,
}

/// A trainee's profile.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Kept {
    pub(super) form: u32,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) skills: Profile,
    pub(super) strength: Estimate,
    /// Cards by item and criterion.
    pub(super) cards: BTreeMap<String, BTreeMap<Criterion, Card>>,
    pub(super) done: Vec<Done>,
    /// Levels that a trainer opened.
    pub(super) opened: BTreeSet<u8>,
    /// Lessons that were read.
    pub(super) lessons: BTreeSet<String>,
    pub(super) predicted: Vec<Predicted>,
    /// Runs that are in these numbers: each once, whatever was written when the power went.
    pub(super) counted: BTreeSet<RunId>,
}

impl Kept {
    /// The gates.
    pub(super) fn gates(&self) -> Gates {
        gates(&self.done)
    }

    /// A run goes in, once. Returns how hard its scenario is after it.
    pub(super) fn count(
        &mut self,
        run: &KeptRun,
        item: &str,
        difficulty: Estimate,
        zone: &Zone,
    ) -> Estimate {
        if !run.counts() || !self.counted.insert(run.id) {
            return difficulty;
        }
        let day = day_of(run.at, zone);
        self.done.push(Done {
            level: run.run.setup.level,
            day,
            total: run.score.total,
            critical: run.critical(),
        });
        let marks = run.counted();
        for mark in &marks {
            let result = mark.points * 100 / mark.of.max(1);
            let cards = self.cards.entry(item.to_owned()).or_default();
            let card = cards.get(&mark.criterion).copied();
            // Own words may come after those of a later run: a card never goes back in time.
            let on = card.map_or(day, |c| c.day.max(day));
            cards.insert(mark.criterion, review(card, Grade::of(result), on));
        }
        let shown = Score {
            marks,
            ..run.score.clone()
        };
        self.skills = std::mem::take(&mut self.skills).with(&shown);
        if run.cut_short() {
            return difficulty;
        }
        let (strength, difficulty) = after(self.strength, difficulty, run.score.total);
        self.strength = strength;
        difficulty
    }

    /// A lesson was read: level 0 is done with it.
    pub(super) fn read_lesson(&mut self, scenario: &str, day: i64) -> bool {
        let new = self.lessons.insert(scenario.to_owned());
        if new {
            self.done.push(Done {
                level: 0,
                day,
                total: 100,
                critical: false,
            });
        }
        new
    }

    /// Days until the next skill on this item is due; 0 or less is due.
    pub(super) fn due_in(&self, item: &str, today: i64) -> Option<i64> {
        let cards = self.cards.get(item)?;
        cards.values().map(|c| c.due - today).min()
    }
}

/// A trainee with everything kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) kept: Kept,
    pub(super) runs: BTreeMap<RunId, KeptRun>,
}

impl Person {
    /// The runs, newest first.
    pub(super) fn newest(&self) -> Vec<&KeptRun> {
        let mut runs: Vec<&KeptRun> = self.runs.values().collect();
        runs.sort_by_key(|r| (std::cmp::Reverse(r.at), std::cmp::Reverse(r.id)));
        runs
    }

    /// The runs of a sitting, the oldest first.
    pub(super) fn sitting(&self, sitting: Uuid) -> Vec<RunId> {
        let all = self.newest().into_iter().rev();
        all.filter(|r| r.sitting == sitting).map(|r| r.id).collect()
    }
}

/// The day of an instant at the site, counted from 1970.
pub(super) fn day_of(at: Ms, zone: &Zone) -> i64 {
    let shift = i64::from(zone.offset_secs(at)) * 1_000;
    at.0.saturating_add(shift).div_euclid(DAY)
}

/// A day as it is written: `2026-03-11`; nothing for a day that no calendar has.
pub(super) fn date_of(day: i64) -> String {
    let epoch = jiff::civil::date(1970, 1, 1);
    let date = jiff::Span::new()
        .try_days(day)
        .and_then(|days| epoch.checked_add(days));
    date.map_or_else(|_| String::new(), |d| d.to_string())
}
