//! The numbers by which lexicon and model combine. They were set by hand on the readable part of the development messages and
//! are few on purpose: what fits only those messages would not hold elsewhere.

/// What a full share of the item lexicon counts beside a full share of the model.
pub const LEXICON: f32 = 0.35;

/// The model's item scores are divided by this before they become shares: it was taught by cleaner words than it will hear.
pub const COOL: f32 = 1.6;

/// Percent from which an item is proposed. Below it the desk asks.
pub const PROPOSE: u8 = 25;

/// The score from which words are a complaint; 0 would be even odds.
pub const COMPLAINT: f32 = 0.2;

/// What one step of the signals' feeling adds to that score.
pub const COMPLAINT_FEELING: f32 = 0.6;

/// The share of the model in the feeling; the signals have the rest.
pub const FEELING_MODEL: f32 = 0.5;

/// From which mean a feeling is 1, 2, 3.
pub const FEELING_STEPS: [f32; 3] = [0.5, 1.45, 2.4];

/// Odds score from which the model alone hears a repetition.
pub const REPEAT: f32 = 1.0;

/// What is taken off the score of *be heard*: who labels reviews gives it to everyone who only vents, the field seldom does.
pub const NEED_VENTED: f32 = 2.0;

/// What a topic of demand in the words adds to the score of its need.
pub const NEED_ASKED: f32 = 0.7;
