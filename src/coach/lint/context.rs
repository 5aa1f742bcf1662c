//! The situation a draft is linted in.

use super::known::Known;
use super::switches::Switches;
use crate::domain::lang::Lang;
use crate::domain::time::{Ms, Zone};
use crate::domain::vocabulary::{Act, Channel};

/// What happens with the words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Moment {
    /// One turn of the conversation.
    #[default]
    Turn,
    /// The ticket waits for somebody afterwards.
    Park,
    /// The ticket is closed with it, or the contact ends.
    Close,
}

/// What lint must know beside the words.
#[derive(Clone, Debug)]
pub struct LintContext<'a> {
    /// The language written in.
    pub lang: Lang,
    /// How it will be sent.
    pub channel: Channel,
    /// The present.
    pub now: Ms,
    /// The writer's zone.
    pub zone: &'a Zone,
    /// The customer's feeling, 0 to 3, from [`crate::coach::read::read`].
    pub emotion: u8,
    /// The customer's feeling, 0 to 100 (method 3.2: calm to 29, annoyed to 54, angry to 79, furious).
    pub heat: u8,
    /// Whether this contact was acknowledged before (the first response step is met).
    pub acknowledged: bool,
    /// Whether this is our first reply in this contact.
    pub first_reply: bool,
    /// The customer's words in this contact, oldest first.
    pub customer_words: &'a [String],
    /// Whether the customer asked why, and has no answer yet.
    pub asks_why: bool,
    /// What happens with the words.
    pub moment: Moment,
    /// What is known of the words from playbook parts that still stand in them.
    pub acts: &'a [Act],
    /// A time we could keep, as it would be said, to put in place of a vague word; empty if none.
    pub due_words: &'a str,
    /// What else is known.
    pub known: Known<'a>,
    /// The deployment's switches; the content's own when there are none.
    pub switches: Option<&'a Switches>,
}

impl<'a> LintContext<'a> {
    /// A turn in the middle of a calm contact of which nothing else is known.
    #[must_use]
    pub fn new(lang: Lang, channel: Channel, now: Ms, zone: &'a Zone) -> Self {
        Self {
            lang,
            channel,
            now,
            zone,
            emotion: 0,
            heat: 0,
            acknowledged: false,
            first_reply: false,
            customer_words: &[],
            asks_why: false,
            moment: Moment::Turn,
            acts: &[],
            due_words: "",
            known: Known::default(),
            switches: None,
        }
    }

    /// The same with this feeling, 0 to 3; the finer scale is set to the middle of its band.
    #[must_use]
    pub const fn felt(mut self, emotion: u8) -> Self {
        self.emotion = emotion;
        self.heat = match emotion {
            0 => 15,
            1 => 42,
            2 => 67,
            _ => 90,
        };
        self
    }
}
