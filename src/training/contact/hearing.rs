//! What a contact hears of the desk: the first key, words, promises, labels.

use super::{Contact, INTERRUPTS_FROM, Now, OVERLAP};
use crate::api::training::Speed;
use crate::domain::calendar::Calendar;
use crate::domain::time::Ms;
use crate::sim::Input;
use crate::training::clock::Clock;
use crate::training::post::Post;

/// The first key of an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key {
    /// After how many of the customer's lines.
    pub message: u32,
    /// Training time.
    pub at: i64,
    /// From the end of the customer's line, training milliseconds.
    pub think: i64,
}

/// Words of the trainee.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// What was said or sent.
    pub text: String,
    /// When, by the desk's corrected clock.
    pub at: Ms,
    /// Whether a promise came with them.
    pub promised: bool,
}

/// Words on their way to the customer's ear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Said {
    words: Words,
    /// When they began, training time.
    at: i64,
}

impl Contact {
    /// The first key of an answer went down, so many wall milliseconds after the customer's message was painted.
    pub fn began(&mut self, message: u32, after_ms: i64, now: Now<'_>) {
        let newer = self.key.is_none_or(|k| message > k.message);
        if !newer || self.over.is_some() {
            return;
        }
        let at = now.ms();
        let painted = now.clock.at(now.wall.plus_millis(-after_ms.max(0)));
        // What was paid as silence, withheld by the customer or lost with the network is not thought over again.
        let since = painted.max(self.quiet.0);
        let think = match self.spoken {
            // Somebody who writes already when the customer speaks again has thought before; who waits for an answer does
            // not think.
            _ if message < self.lines || self.withheld.is_some() => 0,
            Some(spoken) => at.saturating_sub(since.max(spoken.until)).max(0),
            None => at.saturating_sub(since).max(0),
        };
        self.key = Some(Key { message, at, think });
    }

    /// Words came. They are heard in their order, not before the customer's last answer stands in the record, and on the phone
    /// not before they have been said.
    pub fn said(&mut self, words: Words, now: Now<'_>, calendar: &Calendar, out: &mut Vec<Post>) {
        if self.over.is_none() {
            let at = now.clock.at(words.at).min(now.ms());
            self.words.push_back(Said { words, at });
            self.go_on(now, calendar, out);
        }
    }

    /// Until when the trainee's line is being said, training time; none while nothing is, or where nobody waits for it: in
    /// writing, and at the brisk pace.
    #[must_use]
    pub fn own_until(&self, clock: &Clock) -> Option<i64> {
        let call = self.voice && clock.speed() != Speed::Brisk;
        if !call || self.sending > 0 || self.withheld.is_some() || self.over.is_some() {
            return None;
        }
        let said = self.words.front()?;
        // What was ready before the customer spoke is said after them, as in any call.
        let waits = self.spoken.filter(|s| said.at < s.from);
        let from = waits.map_or(said.at, |s| said.at.max(s.until));
        let takes = self.play.stage().rules.spoken_ms(&said.words.text);
        Some(from.saturating_add(takes))
    }

    /// A promise came by itself: it belongs to the last words that made one, or to the next.
    pub fn promise(&mut self) {
        match self.unkept() {
            Some(turn) => self.ledger_later.push(turn),
            None => self.promised = true,
        }
    }

    /// The ticket is urgent from now on, or no longer.
    pub fn set_urgent(&mut self, on: bool) {
        self.urgent = on;
    }

    /// The ticket is marked as a matter of safety, or no longer.
    pub fn set_safety(&mut self, on: bool) {
        self.safety = on;
    }

    /// Hears what waits, as far as it may.
    pub(super) fn go_on(&mut self, now: Now<'_>, calendar: &Calendar, out: &mut Vec<Post>) {
        while self.over.is_none() && self.sending == 0 && self.withheld.is_none() {
            let ms = now.ms();
            if self.own_until(now.clock).is_some_and(|until| ms < until) {
                return;
            }
            let Some(said) = self.words.pop_front() else {
                return;
            };
            self.hear(&said, now, calendar, out);
        }
    }

    /// Hears everything that was said, whether it has been said to its end or not: nothing else will come.
    pub(super) fn hear_all(&mut self, now: Now<'_>, calendar: &Calendar, out: &mut Vec<Post>) {
        while self.over.is_none()
            && let Some(said) = self.words.pop_front()
        {
            self.hear(&said, now, calendar, out);
        }
    }

    fn hear(&mut self, said: &Said, now: Now<'_>, calendar: &Calendar, out: &mut Vec<Post>) {
        let Said { words, at } = said;
        let at = *at;
        let spoken = self.spoken;
        let until = spoken.map_or(self.begun, |s| s.until);
        let think_ms = self.key.take().map_or_else(
            || at.saturating_sub(self.quiet.0.max(until)).max(0),
            |k| k.think,
        );
        // Nobody speaks over a line that did not reach the desk.
        let blind = at >= self.blind.0 && at < self.blind.1;
        let over =
            |s: &super::Spoken| !blind && at >= s.from && at < s.until.saturating_sub(OVERLAP);
        let strict = self.voice && self.play.setup().level >= INTERRUPTS_FROM;
        let input = Input::Said {
            text: words.text.clone(),
            think_ms,
            interrupted: strict && spoken.as_ref().is_some_and(over),
            severe_route: Some(self.urgent || self.safety),
            in_ledger: Some(words.promised || std::mem::take(&mut self.promised)),
        };
        self.quiet = (at.max(self.quiet.0), 0);
        self.take(at, input, now, calendar, out);
    }
}
