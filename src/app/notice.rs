//! Words for the agent, by locale key: what happened and what can be done. Never text put together here.

use crate::domain::time::Ms;
use crate::text::SafeText;

/// How grave a notice is. The order is the order of precedence on the notice line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Something went as asked.
    Done,
    /// Worth knowing.
    Info,
    /// Needs an eye.
    Warning,
    /// Something did not work.
    Error,
}

/// A value inside a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Arg {
    /// Text from outside, cleaned.
    Text(SafeText),
    /// A number.
    Number(i64),
    /// An instant, put into words by the view.
    When(Ms),
    /// Another message, by key.
    Key(String),
}

/// A message: a locale key and its values.
#[derive(Clone, PartialEq, Debug)]
pub struct Msg {
    /// The key in the locale files.
    pub key: String,
    /// Its values.
    pub args: Vec<(&'static str, Arg)>,
}

impl Msg {
    /// A message without values.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            args: Vec::new(),
        }
    }

    /// The same message with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, arg: Arg) -> Self {
        self.args.push((name, arg));
        self
    }

    /// The same message with a number.
    #[must_use]
    pub fn number(self, name: &'static str, n: usize) -> Self {
        self.with(name, Arg::Number(i64::try_from(n).unwrap_or(i64::MAX)))
    }

    /// The same message with a text.
    #[must_use]
    pub fn text(self, name: &'static str, text: &SafeText) -> Self {
        self.with(name, Arg::Text(text.clone()))
    }
}

/// What the agent is told.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// How grave.
    pub severity: Severity,
    /// What.
    pub msg: Msg,
}

/// How long a notice stands, in milliseconds: long enough to be read once while typing.
pub const STANDS: i64 = 8_000;

/// The notice line: one in words, the rest a number.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Notices {
    /// The one shown.
    pub shown: Option<Notice>,
    /// Until when; errors and warnings stay until something newer or Esc.
    pub until: Ms,
    /// How many more wait behind it.
    pub more: usize,
    /// Those, newest last.
    pub waiting: Vec<Notice>,
}

/// The key of words of a trainer: each of them is to be read, in their order.
pub const IN_TURN: &str = "notice-trainer-says";

/// Most notices kept behind the one shown; older ones only count.
const KEPT: usize = 20;

impl Notices {
    /// Tells something. During a live contact only what has the severity of an error replaces what stands.
    pub fn tell(&mut self, severity: Severity, msg: Msg, now: Ms, live: bool) {
        let notice = Notice { severity, msg };
        if self.shown.as_ref() == Some(&notice) {
            self.until = now.plus_millis(STANDS);
            return;
        }
        let outranked = self
            .shown
            .as_ref()
            .is_some_and(|s| s.severity > severity && s.severity >= Severity::Warning);
        let hushed = live && severity == Severity::Warning && self.shown.is_some();
        if severity == Severity::Done && !hushed {
            // What the hand has just done is confirmed at once; the warning comes back after it.
            if let Some(stood) = self.shown.take_if(|s| s.severity == Severity::Warning) {
                self.waiting.push(stood);
                self.more = self.waiting.len();
            }
        }
        if (outranked && self.shown.is_some()) || hushed {
            if severity >= Severity::Warning && !self.waiting.contains(&notice) {
                self.more += 1;
                self.waiting.push(notice);
                if self.waiting.len() > KEPT {
                    self.waiting.remove(0);
                }
            }
            return;
        }
        if let Some(words) = self.shown.take_if(|s| s.msg.key == IN_TURN) {
            self.waiting.push(words);
            self.more = self.waiting.len();
        }
        self.shown = Some(notice);
        self.until = now.plus_millis(STANDS);
    }

    /// Tells words of a trainer. None takes the place of another: they come after each other, in their order.
    pub fn tell_in_turn(&mut self, msg: Msg, now: Ms, live: bool) {
        let words = |n: &Notice| n.msg.key == IN_TURN;
        let first = self.waiting.iter().position(words);
        let busy = self
            .shown
            .as_ref()
            .is_some_and(|s| live || words(s) || s.severity > Severity::Warning);
        let notice = Notice {
            severity: Severity::Warning,
            msg,
        };
        if busy || first.is_some() {
            // The last of those that wait is shown next.
            let at = first.unwrap_or(self.waiting.len());
            self.waiting.insert(at, notice);
            self.more = self.waiting.len();
        } else {
            self.shown = Some(notice);
            self.until = now.plus_millis(STANDS);
        }
    }

    /// Takes the shown one away and brings the next in words.
    pub fn dismiss(&mut self, now: Ms) {
        self.shown = self.waiting.pop();
        self.more = self.waiting.len();
        self.until = now.plus_millis(STANDS);
    }

    /// What blocked is being put right: its error stands no longer, and whatever waited behind it comes back.
    pub fn unblock(&mut self, now: Ms) {
        let blocked = |n: &Notice| n.msg.key.starts_with("notice-blocked");
        self.waiting.retain(|n| !blocked(n));
        self.more = self.waiting.len();
        if self.shown.as_ref().is_some_and(blocked) {
            self.dismiss(now);
        }
    }

    /// Lets a notice of success or information go when its time is over.
    pub fn tick(&mut self, now: Ms) {
        if self
            .shown
            .as_ref()
            .is_some_and(|s| s.severity <= Severity::Info && now >= self.until)
        {
            self.dismiss(now);
        }
    }
}
