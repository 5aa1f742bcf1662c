//! The numbers by which lexicon and model combine. They are few on purpose, and a compromise between two judges: the readable
//! part of the development messages, and training lines that the model of that fold had not seen (five folds). What fits only
//! one of them would not hold elsewhere.

/// What a full share of the item lexicon counts beside a full share of the model.
pub const LEXICON: f32 = 0.35;

/// The same when one item of the lexicon is clearly ahead of the others.
pub const LEXICON_CLEAR: f32 = 0.6;

/// The same when that item is one for which the model has no word.
pub const LEXICON_ALONE: f32 = 1.5;

/// The model's item scores are divided by this before they become shares: it was taught by cleaner words than it will hear.
pub const COOL: f32 = 1.6;

/// Percent from which an item is proposed. Below it the desk asks.
pub const PROPOSE: u8 = 25;

/// The score from which words are a complaint.
pub const COMPLAINT: f32 = 0.6;

/// What thirty degrees of the signals' heat add to that score.
pub const COMPLAINT_FEELING: f32 = 0.4;

/// The share of the model in the feeling; the signals have the rest.
pub const FEELING_MODEL: f32 = 0.75;

/// The same where the signals hear nothing.
pub const FEELING_UNHEARD: f32 = 0.5;

/// The part of what the signals hear that always stands: plain words of anger stay near what they are.
pub const FEELING_LEAST: f32 = 0.6;

/// From which mean a feeling is 1, 2, 3.
pub const FEELING_STEPS: [f32; 3] = [0.5, 1.4, 2.45];

/// Per learned risk (`model::labels::LEARNED`): the model's score below which it does not believe what the signals heard, and
/// the score from which it is believed alone.
pub const RISKS: [(f32, f32); 4] = [(-3.0, -0.4), (-3.5, -0.75), (-2.5, -1.0), (-2.0, -1.0)];

/// What the model's need scores count beside the topics of `needs.toml`.
pub const NEED_MODEL: f32 = 0.5;

/// Percent of *no complaint* from which words have no need unless they say one, and carry no learned risk.
pub const PLAIN: u8 = 85;
