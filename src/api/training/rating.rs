//! Runs rated by trainers with the card of live replies (method 3.14): the same marks, the same rules, another drawer.

use serde::{Deserialize, Serialize};

use super::RunId;
use crate::api::wire::{DueReview, ReviewLoad};
use crate::domain::ids::{EventId, ReviewId, UserId};
use crate::domain::review::Review;
use crate::domain::scorecard::Marks;
use crate::text::SafeText;

/// The marks of a trainer on a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunMarks {
    /// The run.
    pub run: RunId,
    /// Whether a second trainer shall rate it too, without seeing these marks.
    pub second: bool,
    /// The marks.
    pub marks: Marks,
    /// The note to the trainee; may be empty.
    pub note: String,
}

/// A rated run, as the asking trainer may see it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RunReview {
    /// The review; its name, ticket and record all come from the run's.
    pub review: Review,
    /// What was noted, by the event that stands for the rating.
    pub words: Vec<(EventId, SafeText)>,
}

/// What trainers rated and what nobody rated yet.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RunReviews {
    /// Rated runs, the latest first.
    pub reviews: Vec<RunReview>,
    /// Runs of the last weeks that nobody rated, the latest first.
    pub due: Vec<DueReview>,
    /// How far everybody is.
    pub agents: Vec<ReviewLoad>,
    /// Names of trainees and trainers.
    pub names: Vec<(UserId, SafeText)>,
    /// What was played.
    pub titles: Vec<(ReviewId, SafeText)>,
}

/// What trainers say of a run, for the trainee: only what is told, never one rater's marks while another is to come.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RunRated {
    /// Who rated it.
    pub names: Vec<SafeText>,
    /// The marks that count.
    pub marks: Marks,
    /// What they noted.
    pub notes: Vec<SafeText>,
    /// What practises the low items: the item's name on the card, a scenario's id and title.
    pub drills: Vec<(String, String, SafeText)>,
}
