//! Spoken practice: somebody reads the customer's line aloud, the trainee answers aloud, an observer marks the acts by keys. The
//! machine hears nothing; what is measured is how long the trainee thought.

use std::collections::BTreeSet;

use crate::api::training::{Ask, DeskView};
use crate::app::Action;
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::line::Line;
use crate::app::nav;
use crate::app::notice::{Msg, Severity};
use crate::app::state::Screen;
use crate::domain::time::Ms;
use crate::text::{SafeText, half_width};

/// The keys of the acts, in their order.
const KEYS: &str = "123456789abcdefghijklmnopqrstuvwxyz";
/// Most acts in one breath (the training's own limit).
const MOST: usize = 12;

/// The screen.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SpokenState {
    /// The contact as it stands.
    pub view: Option<DeskView>,
    /// The act at which Space marks, by place.
    pub cursor: usize,
    /// The acts that were marked in this turn, by place.
    pub marked: BTreeSet<usize>,
    /// A word to remember the line by.
    pub words: Line,
    /// Whether keys are typed into the words.
    pub in_words: bool,
    /// Since when the customer's line is on the screen.
    pub shown_at: Option<Ms>,
    /// When it had been read out.
    pub read_at: Option<Ms>,
    /// When the trainee began to speak.
    pub began_at: Option<Ms>,
    /// When the turn was handed in, until the answer is here.
    pub handed_in: Option<Ms>,
    /// Whether to end, or to hand in nothing, was asked for once already.
    sure: Option<Action>,
}

impl SpokenState {
    /// Whether keys are typed into a field.
    #[must_use]
    pub const fn typing(&self) -> bool {
        self.in_words
    }

    /// Whether practice goes on.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.view.as_ref().is_some_and(|v| v.end.is_none())
    }

    /// The acts to mark, by name.
    #[must_use]
    pub fn acts(&self) -> &[String] {
        self.view.as_ref().map_or(&[], |v| &v.acts)
    }

    /// The line to be read out: the customer's last words.
    #[must_use]
    pub fn line(&self) -> Option<&SafeText> {
        let view = self.view.as_ref()?;
        let answers = view.turns.iter().rev().map(|t| &t.answer);
        let said = answers.into_iter().find(|a| !a.is_empty());
        Some(said.unwrap_or(&view.opening))
    }

    /// How long the trainee thought, milliseconds: from the line being read out (or shown, when nobody said) to the first word.
    #[must_use]
    pub fn think_ms(&self, now: Ms) -> i64 {
        let from = self.read_at.or(self.shown_at).unwrap_or(now);
        self.began_at.unwrap_or(now).minus(from).max(0)
    }

    /// Another line is on the screen: nothing of the last turn stays.
    fn next_line(&mut self, now: Ms) {
        *self = Self {
            view: self.view.take(),
            shown_at: Some(now),
            ..Self::default()
        };
    }

    fn toggle(&mut self, at: usize, now: Ms) {
        if at >= self.acts().len() {
            return;
        }
        self.cursor = at;
        self.sure = None;
        if !self.marked.remove(&at) {
            self.marked.insert(at);
        }
        // Who marks has heard the first word.
        self.began_at.get_or_insert(now);
    }
}

/// The key of an act, by place.
#[must_use]
pub fn key_of(at: usize) -> Option<char> {
    KEYS.chars().nth(at)
}

/// Columns of acts on a screen of so many columns; the acts run down each of them.
#[must_use]
pub const fn columns(cols: u16) -> usize {
    if cols >= 120 { 4 } else { 3 }
}

fn spoken<'a>(cx: &'a mut Cx<'_, '_>) -> Option<&'a mut SpokenState> {
    cx.state.training.as_mut().map(|p| &mut p.spoken)
}

/// It began, or went on.
pub(super) fn took(cx: &mut Cx<'_, '_>, view: DeskView) {
    let now = cx.env.now;
    let Some(spoken) = spoken(cx) else { return };
    let known = spoken.view.as_ref().map(|v| (v.run, v.turns.len()));
    let (fresh, ended) = (known.map(|k| k.0) != Some(view.run), view.end.is_some());
    let on = known != Some((view.run, view.turns.len()));
    let was_over = !fresh && !spoken.goes_on();
    let total = view.total;
    let name = view.name.clone();
    spoken.view = Some(view);
    spoken.handed_in = None;
    if on {
        spoken.next_line(now);
    }
    super::class::began(cx);
    if fresh {
        nav::go(cx, Screen::Spoken);
    }
    if ended && !was_over {
        let msg = match total.and_then(|t| usize::try_from(t).ok()) {
            Some(points) => Msg::new("notice-spoken-over")
                .text("name", &name)
                .number("points", points),
            // Who practises alone says first how it went.
            None => Msg::new("notice-spoken-own"),
        };
        cx.tell(Severity::Done, msg);
    }
}

/// Something was refused: the turn may be handed in again.
pub(super) fn refused(cx: &mut Cx<'_, '_>) {
    if let Some(spoken) = spoken(cx) {
        spoken.handed_in = None;
    }
}

/// Hands the turn in.
pub(in crate::app) fn hand_in(cx: &mut Cx<'_, '_>) {
    let now = cx.env.now;
    let Some(spoken) = spoken(cx).filter(|s| s.goes_on()) else {
        return;
    };
    // The line to the training answers every order, or says that nobody does: handed in twice, a turn would count twice.
    if spoken.handed_in.is_some() {
        return;
    }
    if spoken.marked.len() > MOST {
        let msg = Msg::new("notice-spoken-too-many").number("most", MOST);
        return cx.tell(Severity::Warning, msg);
    }
    if spoken.marked.is_empty() && spoken.sure.replace(Action::Send) != Some(Action::Send) {
        return cx.say(Severity::Warning, "notice-spoken-nothing");
    }
    let acts = spoken.acts();
    let acts = spoken.marked.iter().filter_map(|at| acts.get(*at)).cloned();
    let ask = Ask::SpokenMark {
        acts: acts.collect(),
        think_ms: spoken.think_ms(now),
        words: spoken.words.text().trim().to_owned(),
    };
    spoken.handed_in = Some(now);
    cx.train(ask);
}

/// Ends it; asks once.
fn end(cx: &mut Cx<'_, '_>) {
    let Some(spoken) = spoken(cx) else { return };
    if !spoken.goes_on() {
        return nav::back(cx);
    }
    if spoken.sure.replace(Action::SpokenEnd) != Some(Action::SpokenEnd) {
        return cx.say(Severity::Warning, "notice-spoken-end-sure");
    }
    spoken.sure = None;
    cx.train(Ask::SpokenEnd);
}

/// Orders of this screen.
pub(super) fn perform(cx: &mut Cx<'_, '_>, action: Action) {
    let now = cx.env.now;
    let Some(spoken) = spoken(cx) else { return };
    match action {
        Action::SpokenEnd => end(cx),
        Action::SpokenBegan if spoken.goes_on() => spoken.began_at = Some(now),
        // Who is still reading cannot have been answered.
        Action::SpokenRead if spoken.goes_on() => {
            spoken.read_at = Some(now);
            spoken.began_at = None;
        }
        _ => {}
    }
}

/// Up and down.
pub(super) fn step(cx: &mut Cx<'_, '_>, by: isize) {
    if let Some(spoken) = spoken(cx) {
        let last = spoken.acts().len().saturating_sub(1);
        spoken.cursor = spoken.cursor.saturating_add_signed(by).min(last);
    }
}

/// Enter: hands in; once it is over, leads back.
pub(super) fn open(cx: &mut Cx<'_, '_>) {
    if spoken(cx).is_some_and(|s| s.goes_on()) {
        return hand_in(cx);
    }
    nav::back(cx);
}

/// Tab: acts and words.
pub(super) fn cycle(cx: &mut Cx<'_, '_>, _forward: bool) {
    if let Some(spoken) = spoken(cx) {
        spoken.in_words = !spoken.in_words && spoken.goes_on();
    }
}

/// Esc: out of the words; tells whether there was anything to leave.
pub(super) fn back(cx: &mut Cx<'_, '_>) -> bool {
    spoken(cx).is_some_and(|s| std::mem::take(&mut s.in_words))
}

/// A key that marks, or is typed into the words; tells whether it was for them.
pub(super) fn typed(cx: &mut Cx<'_, '_>, key: Key) -> bool {
    let now = cx.env.now;
    let rows = columns(cx.state.size.0);
    let own = cx.state.keymap.action(Place::Spoken, key);
    let Some(spoken) = spoken(cx).filter(|s| s.goes_on()) else {
        return false;
    };
    if spoken.in_words {
        let types = matches!(key.code, Code::Char(_)) && !key.mods.ctrl;
        match own.filter(|_| !types) {
            Some(Action::SpokenBegan | Action::SpokenRead | Action::SpokenEnd) => {
                perform(cx, own.unwrap_or(Action::Back));
            }
            Some(Action::Open | Action::Send) => hand_in(cx),
            Some(Action::FocusNext | Action::FocusPrev | Action::Back) => return false,
            _ => return spoken.words.key(key),
        }
        return true;
    }
    let down = spoken.acts().len().div_ceil(rows);
    match key.code {
        Code::Insert | Code::Char(' ' | '\u{3000}') => spoken.toggle(spoken.cursor, now),
        Code::Char(c) if !key.mods.ctrl && !key.mods.alt => {
            let c = half_width(c).to_ascii_lowercase();
            let Some(at) = KEYS.chars().position(|k| k == c) else {
                return false;
            };
            // A letter without an act leads nowhere either: no slip of the hand may leave this screen.
            spoken.toggle(at, now);
        }
        Code::Left => spoken.cursor = spoken.cursor.saturating_sub(down),
        Code::Right if spoken.cursor + down < spoken.acts().len() => spoken.cursor += down,
        Code::Right => {}
        _ => return false,
    }
    true
}

/// A click on an act.
pub(super) fn pick(cx: &mut Cx<'_, '_>, at: usize) {
    let now = cx.env.now;
    if let Some(spoken) = spoken(cx).filter(|s| s.goes_on()) {
        spoken.toggle(at, now);
    }
}

/// Pasted text.
pub(super) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    match spoken(cx).filter(|s| s.in_words) {
        Some(spoken) => spoken.words.insert(text),
        None => cx.say(Severity::Info, "notice-paste-where"),
    }
}

#[cfg(test)]
mod tests;
