//! One simulated customer in contact with one trainee: what came of the desk in, lines and times out. Pure: the wall's time and
//! the seat's clock are arguments, and what is to be said is returned, never sent.
//!
//! What the trainee pays for is the time to the first key and the time a line takes to be said, never the time of typing
//! (method 3.5). Not here: storms and the sitting (`seat`), and the way to the server (`channel`).

mod hearing;
mod phrased;
mod seen;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::Arc;

use super::clock::Clock;
use super::post::{self, Kind, Post, Poster};
use crate::api::training::RunId;
use crate::domain::calendar::Calendar;
use crate::domain::ids::UserId;
use crate::domain::lang::Lang;
use crate::domain::time::Ms;
use crate::domain::vocabulary::Channel;
use crate::sim::engine::Setup;
use crate::sim::lesson;
use crate::sim::rules::Level;
use crate::sim::{End, Input, Play, Scenario, Stage, StormKind};
use crate::text::SafeText;

use hearing::Said;
pub use hearing::{Key, Words};

/// How long a caller bears silence before asking, and before asking again, training milliseconds.
const VOICE_QUIET: [i64; 2] = [12_000, 20_000];
/// The same where people write.
const WRITTEN_QUIET: [i64; 2] = [45_000, 60_000];
/// As long as the trainee writes, nobody asks before this.
const WRITING_QUIET: i64 = 60_000;
/// Words this close to the end of the customer's line do not interrupt it, training milliseconds.
const OVERLAP: i64 = 500;
/// The level from which on speaking over the customer counts.
const INTERRUPTS_FROM: u8 = 3;

/// The time as a contact sees it.
#[derive(Clone, Copy, Debug)]
pub struct Now<'a> {
    /// The seat's clock.
    pub clock: &'a Clock,
    /// The wall's.
    pub wall: Ms,
}

impl Now<'_> {
    /// Training time now.
    #[must_use]
    pub fn ms(&self) -> i64 {
        self.clock.at(self.wall)
    }
}

/// How a contact is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    /// It came to its end.
    End(End),
    /// It was handed to a colleague properly.
    Handed,
    /// It was broken off.
    BrokenOff,
}

impl Over {
    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::End(end) => end.as_str(),
            Self::Handed => "handed_over",
            Self::BrokenOff => "broken_off",
        }
    }
}

/// The customer's newest line, in training time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Spoken {
    /// When it stood in the record.
    from: i64,
    /// When it was said to its end.
    until: i64,
}

/// What a contact begins with.
#[derive(Debug)]
pub struct Opening<'a> {
    /// What plays share.
    pub stage: &'a Arc<Stage>,
    /// The customer.
    pub scenario: &'a Arc<Scenario>,
    /// Seed, level, chance.
    pub setup: Setup,
    /// The customer's language.
    pub lang: Lang,
    /// The run.
    pub run: RunId,
    /// The trainee.
    pub seat: UserId,
}

/// A customer in contact.
#[derive(Clone, Debug)]
pub struct Contact {
    run: RunId,
    play: Play,
    poster: Poster,
    level: Level,
    /// Training time at which it began.
    begun: i64,
    /// Training time of the last turn, since the contact began.
    last_ms: i64,
    voice: bool,
    /// Lines of the customer that stand in the record.
    lines: u32,
    spoken: Option<Spoken>,
    /// Lines on their way.
    sending: u32,
    /// What the trainee said and the customer has not heard yet.
    words: VecDeque<Said>,
    key: Option<Key>,
    /// Since when silence counts, and how often it was paid since the last words.
    quiet: (i64, u32),
    /// The next answer is withheld so long; then the answer and until when.
    withhold: i64,
    withheld: Option<(String, i64)>,
    /// From when until when the customer's lines did not reach the desk, the last time.
    blind: (i64, i64),
    urgent: bool,
    safety: bool,
    /// A promise came before the words that it belongs to.
    promised: bool,
    /// Turns whose promise came into the ledger afterwards.
    ledger_later: Vec<usize>,
    closed: bool,
    over: Option<Over>,
    offers: Vec<SafeText>,
}

impl Contact {
    /// The customer comes: what goes on the channel is added to `out`.
    #[must_use]
    pub fn begin(
        open: &Opening<'_>,
        now: Now<'_>,
        calendar: &Calendar,
        out: &mut Vec<Post>,
    ) -> Self {
        let (stage, scenario) = (Arc::clone(open.stage), Arc::clone(open.scenario));
        let channel = scenario.channel;
        let play = Play::begin(stage, scenario, open.setup, open.lang, now.wall);
        let mut contact = Self {
            run: open.run,
            poster: Poster::new(open.seat, open.run, channel),
            level: play.engine().level(),
            begun: now.ms(),
            last_ms: 0,
            voice: channel == Channel::Voice,
            lines: 0,
            spoken: None,
            sending: 1,
            words: VecDeque::new(),
            key: None,
            quiet: (0, 0),
            withhold: 0,
            withheld: None,
            blind: (0, 0),
            urgent: false,
            safety: false,
            promised: false,
            ledger_later: Vec::new(),
            closed: false,
            over: None,
            offers: Vec::new(),
            play,
        };
        let first = contact.play.opening().text.clone();
        let scenario = Arc::clone(open.scenario);
        out.extend(contact.poster.open(now.wall, &scenario, open.lang, &first));
        let locale = post::locale(open.lang);
        if let Some(note) = post::known(&scenario, open.lang, &locale) {
            out.push(contact.poster.note(now.wall, &note));
        }
        contact.offer(calendar);
        contact
    }

    /// A line stands in the record, or cannot be brought there (`stands` false): then it is over for want of a ticket.
    pub fn posted(
        &mut self,
        kind: Kind,
        stands: bool,
        now: Now<'_>,
        calendar: &Calendar,
        out: &mut Vec<Post>,
    ) {
        if kind == Kind::Beside {
            return;
        }
        self.sending = self.sending.saturating_sub(1);
        if stands {
            self.lines = self.lines.saturating_add(1);
            let from = now.ms();
            let until = from + if self.voice { self.speech() } else { 0 };
            self.spoken = Some(Spoken { from, until });
            self.quiet.0 = until;
        } else if self.over.is_none() {
            self.over = Some(Over::BrokenOff);
        }
        self.go_on(now, calendar, out);
    }

    /// How long the newest line takes to be said, training milliseconds.
    fn speech(&self) -> i64 {
        let newest = self.play.turns().iter().rev().map(|t| &t.answer.text);
        let line = newest.into_iter().find(|t| !t.is_empty());
        let line = line.unwrap_or(&self.play.opening().text);
        self.play.stage().rules.spoken_ms(line)
    }

    /// Time went on: a line was said to its end, silence is paid, a withheld answer is said. Tells whether anything happened. While `deaf`, the line is
    /// gone and nobody's silence counts.
    pub fn tick(
        &mut self,
        now: Now<'_>,
        deaf: bool,
        calendar: &Calendar,
        out: &mut Vec<Post>,
    ) -> bool {
        if self.over.is_some() {
            return false;
        }
        let ms = now.ms();
        if let Some((text, until)) = self.withheld.take() {
            if ms < until {
                self.withheld = Some((text, until));
                return false;
            }
            self.say(&text, now, out);
            return true;
        }
        if !self.words.is_empty() {
            let before = self.play.turns().len();
            self.go_on(now, calendar, out);
            return self.play.turns().len() != before;
        }
        if deaf {
            self.excuse(ms);
            return false;
        }
        let Some(due) = self.quiet_due().filter(|due| ms >= *due) else {
            return false;
        };
        let since = self.quiet_since();
        self.quiet = (ms, self.quiet.1.saturating_add(1));
        let paid = Input::Quiet {
            ms: ms.max(due).saturating_sub(since),
        };
        self.take(ms, paid, now, calendar, out);
        true
    }

    /// Silence counts from this training time at the earliest.
    pub fn excuse(&mut self, ms: i64) {
        self.quiet.0 = self.quiet.0.max(ms);
    }

    /// The network is away from this training time until that: what the customer says does not reach the desk.
    pub fn blind(&mut self, from: i64, until: i64) {
        let on = from < self.blind.1;
        self.blind = (
            if on { self.blind.0 } else { from },
            until.max(self.blind.1),
        );
    }

    /// From when on the silence is counted.
    fn quiet_since(&self) -> i64 {
        self.key.map_or(self.quiet.0, |k| self.quiet.0.max(k.at))
    }

    /// When the customer cannot bear the silence any longer, training time.
    fn quiet_due(&self) -> Option<i64> {
        let waits = self.level.clock && self.sending == 0 && self.words.is_empty();
        if !waits || self.spoken.is_none() {
            return None;
        }
        let steps = if self.voice {
            VOICE_QUIET
        } else {
            WRITTEN_QUIET
        };
        let step = if self.quiet.1 == 0 {
            steps[0]
        } else {
            steps[1]
        };
        let plain = self.quiet.0.saturating_add(step);
        Some(self.key.map_or(plain, |k| {
            plain.max(self.quiet.0.max(k.at).saturating_add(WRITING_QUIET))
        }))
    }

    /// Something of a storm happened to the desk; abuse is heard, the rest is kept in the record.
    pub fn storm(
        &mut self,
        event: StormKind,
        now: Now<'_>,
        calendar: &Calendar,
        out: &mut Vec<Post>,
    ) {
        if self.over.is_none() {
            self.take(now.ms(), Input::Storm { event }, now, calendar, out);
        }
    }

    /// The customer's next answer comes so many seconds later.
    pub fn withhold(&mut self, seconds: u32) {
        self.withhold = self.withhold.max(i64::from(seconds).saturating_mul(1_000));
    }

    /// The trainee ends it; `closed` when by closing the ticket.
    pub fn close(&mut self, closed: bool, now: Now<'_>, calendar: &Calendar, out: &mut Vec<Post>) {
        self.closed |= closed;
        if self.over.is_some() {
            return;
        }
        // What was said before it ended was said.
        if let Some((text, _)) = self.withheld.take() {
            self.say(&text, now, out);
        }
        self.hear_all(now, calendar, out);
        if self.over.is_none() {
            self.take(now.ms(), Input::Close, now, calendar, out);
        }
    }

    /// It ends where it stands; what was said by then was said.
    pub fn stop(&mut self, how: Over, now: Now<'_>, calendar: &Calendar, out: &mut Vec<Post>) {
        self.hear_all(now, calendar, out);
        if self.over.is_none() {
            self.over = Some(how);
            self.withheld = None;
        }
    }

    /// Words with somebody else than the customer: kept in the run, heard by nobody.
    pub fn aside(&mut self, input: Input, now: Now<'_>) {
        let at_ms = now.ms().saturating_sub(self.begun).max(self.last_ms);
        self.last_ms = at_ms;
        self.play.take(at_ms, input);
    }

    /// A new run begins: the ticket of this one leaves the desk, if it is still there.
    pub fn tidy(&mut self, wall: Ms, out: &mut Vec<Post>) {
        if !std::mem::replace(&mut self.closed, true) && self.lines > 0 {
            out.push(self.poster.tidy(wall));
        }
    }

    /// Takes a turn.
    fn take(
        &mut self,
        ms: i64,
        input: Input,
        now: Now<'_>,
        calendar: &Calendar,
        out: &mut Vec<Post>,
    ) {
        let at_ms = ms.saturating_sub(self.begun).max(self.last_ms);
        self.last_ms = at_ms;
        let before = self.play.turns().len();
        let answer = self.play.take(at_ms, input).map(|t| t.answer.text.clone());
        if self.play.turns().len() == before {
            return;
        }
        let answer = answer.unwrap_or_default();
        self.over = self.play.end().map(Over::End);
        if !answer.is_empty() {
            if self.withhold > 0 && self.over.is_none() {
                self.withheld = Some((answer, ms.saturating_add(self.withhold)));
            } else {
                self.say(&answer, now, out);
            }
            self.withhold = 0;
        }
        self.offer(calendar);
    }

    /// Puts a line on the channel. On a closed ticket it becomes a note: a message would open it again.
    fn say(&mut self, text: &str, now: Now<'_>, out: &mut Vec<Post>) {
        if self.closed {
            let words = post::farewell(text, &post::locale(self.play.lang()));
            out.push(self.poster.note(now.wall, &words));
            return;
        }
        self.sending = self.sending.saturating_add(1);
        out.push(self.poster.line(now.wall, text));
    }

    /// The lines to choose from, where the level offers them.
    fn offer(&mut self, calendar: &Calendar) {
        self.offers.clear();
        if !self.level.lines || self.over.is_some() {
            return;
        }
        let class = lesson::Class {
            stage: Arc::clone(self.play.stage()),
            scenario: Arc::new(self.play.scenario().clone()),
            calendar,
            began: self.play.began(),
        };
        let offers = class.offers(&self.play);
        self.offers = offers
            .iter()
            .map(|o| SafeText::clean_str(&o.text))
            .collect();
    }
}
