//! The card: critical errors by y, n and -, items by 0 to 4 and -, a note; beside it the words it is about. The same layer shows a
//! review that was told, takes an appeal, its answer, and what two raters agree on.

use crate::api::desk::UnitView;
use crate::app::act::perform;
use crate::app::action::Action;
use crate::app::composer::{Composer, Done};
use crate::app::cx::Cx;
use crate::app::event::{Code, Key};
use crate::app::keymap::Place;
use crate::app::layout::ReviewPlaces;
use crate::app::notice::Severity;
use crate::app::state::{Overlay, State};
use crate::app::timeline::Timeline;
use crate::domain::ids::{CommandId, EventId, ReviewId, TicketId, UserId};
use crate::domain::review::Why;
use crate::domain::scorecard::{CriticalMark, Found, LevelMark, Marks};
use crate::text::half_width;

/// What is done with the card.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mode {
    /// Rated, as the first or the second.
    Rate,
    /// Both raters are in and apart: what they agree on.
    Agree,
    /// An appeal is answered.
    Answer,
    /// One's own review, still open to an appeal.
    Appeal,
    /// Only read.
    Read,
}

impl Mode {
    /// The stable name, as locale keys write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Agree => "agree",
            Self::Answer => "answer",
            Self::Appeal => "appeal",
            Self::Read => "read",
        }
    }

    /// Whether marks are set.
    #[must_use]
    pub const fn marks(self) -> bool {
        matches!(self, Self::Rate | Self::Agree | Self::Answer)
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::Rate,
            Self::Agree,
            Self::Answer,
            Self::Appeal,
            Self::Read,
        ];
        all.into_iter().find(|m| m.as_str() == name)
    }

    /// Whether words are written.
    #[must_use]
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Read)
    }
}

/// Which part has the keys.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Focus {
    /// The card.
    #[default]
    Card,
    /// The words beside it.
    Words,
    /// The note.
    Note,
}

/// The layer.
#[derive(Clone, PartialEq, Debug)]
pub struct ReviewForm {
    /// The review.
    pub review: ReviewId,
    /// The ticket and the record with which the reviewed words end.
    pub unit: (TicketId, EventId),
    /// Whose words.
    pub agent: UserId,
    /// Why they are reviewed.
    pub why: Why,
    /// What is done.
    pub mode: Mode,
    /// The marks.
    pub marks: Marks,
    /// Whether a second rater is asked for, beyond those drawn.
    pub second: bool,
    /// The note, the appeal or the answer.
    pub note: Composer,
    /// The row of the card: critical errors, items, then the note.
    pub cursor: usize,
    /// The first row shown.
    pub top: usize,
    /// Which part has the keys.
    pub focus: Focus,
    /// The generation under which the words were asked for.
    pub generation: u64,
    /// The words, once they are here.
    pub words: Option<Box<UnitView>>,
    /// Their ticket is not on this desk and the server could not be asked.
    pub not_here: bool,
    /// Which of the words are on the screen.
    pub timeline: Timeline,
    /// Whether anything was marked or written that is not sent.
    pub begun: bool,
    /// Whether it was handed in to the training, which has not answered yet.
    pub sent: bool,
    /// The command that came back and is done anew here.
    pub back: Option<CommandId>,
}

impl ReviewForm {
    /// The rows of the card: its critical errors, its items, the note.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.marks.criticals.len() + self.marks.levels.len() + 1
    }

    /// The critical error under the cursor.
    #[must_use]
    pub fn critical(&self) -> Option<&CriticalMark> {
        self.marks.criticals.get(self.cursor)
    }

    /// The item under the cursor.
    #[must_use]
    pub fn level(&self) -> Option<&LevelMark> {
        let at = self.cursor.checked_sub(self.marks.criticals.len())?;
        self.marks.levels.get(at)
    }

    /// Brings what depends on the size in line with it.
    pub(in crate::app) fn fit(&mut self, places: &ReviewPlaces) {
        self.note.fit(places.note.width, places.note.height);
        let rows = usize::from(places.rows.height);
        self.top = crate::app::queue::reveal(self.top, self.cursor, self.rows(), rows);
        if let Some(words) = &self.words {
            let place = places.words;
            if !self
                .timeline
                .fits(&words.entries, place.width, place.height)
            {
                self.timeline.fit(&words.entries, place.width, place.height);
            }
        }
    }

    fn found(&mut self, found: Found) {
        if let Some(mark) = self.marks.criticals.get_mut(self.cursor) {
            mark.found = found;
            self.begun = true;
            self.cursor += 1;
        }
    }

    fn graded(&mut self, level: Option<u8>) {
        let Some(at) = self.cursor.checked_sub(self.marks.criticals.len()) else {
            return;
        };
        if let Some(mark) = self.marks.levels.get_mut(at) {
            mark.level = level;
            self.begun = true;
            self.cursor += 1;
        }
    }

    /// A character that marks; tells whether it was one.
    fn mark(&mut self, c: char) -> bool {
        let here = (self.critical().is_some(), self.level().is_some());
        match (half_width(c).to_ascii_lowercase(), here) {
            ('y', (true, _)) => self.found(Found::Yes),
            ('n', (true, _)) => self.found(Found::No),
            ('-', (true, _)) => self.found(Found::Unseen),
            ('-', (_, true)) => self.graded(None),
            (c @ '0'..='4', (_, true)) => {
                let level = c.to_digit(10).and_then(|d| u8::try_from(d).ok());
                self.graded(level);
            }
            // A mark at the wrong row does nothing, and no slip of the hand orders something else.
            ('y' | 'n' | '-' | '0'..='9', _) => {}
            _ => return false,
        }
        true
    }
}

/// The words under review are here.
pub(in crate::app) fn here(cx: &mut Cx<'_, '_>, view: UnitView) {
    for overlay in &mut cx.state.overlays {
        if let Overlay::Review(form) = overlay
            && form.generation == view.generation
        {
            let first = form.words.is_none();
            if let Some(agent) = view.agent {
                form.agent = agent;
            }
            form.not_here = false;
            form.words = Some(Box::new(view));
            if first {
                form.timeline.to_last();
            }
            return;
        }
    }
}

/// They are not, and cannot be fetched now.
pub(in crate::app) fn not_here(state: &mut State, generation: u64) {
    for overlay in &mut state.overlays {
        if let Overlay::Review(form) = overlay
            && form.generation == generation
        {
            form.not_here = true;
        }
    }
}

fn form<'a>(cx: &'a mut Cx<'_, '_>) -> Option<&'a mut ReviewForm> {
    match cx.state.overlays.last_mut() {
        Some(Overlay::Review(form)) => Some(form),
        _ => None,
    }
}

/// Keys of the layer.
pub(in crate::app) fn key(cx: &mut Cx<'_, '_>, key: Key) {
    let in_note = form(cx).is_some_and(|f| f.focus == Focus::Note);
    let plain = !key.mods.ctrl && !key.mods.alt;
    if !in_note
        && let Code::Char(c) = key.code
        && plain
        && let Some(f) = form(cx)
        && f.focus == Focus::Card
        && f.mode.marks()
        && f.mark(c)
    {
        return super::keeping::changed(cx);
    }
    let place = if in_note {
        Place::Compose
    } else {
        Place::Review
    };
    match cx.state.keymap.action(place, key) {
        Some(Action::Quit) => perform(cx, Action::Quit),
        Some(Action::Send) => super::sending::send(cx),
        Some(Action::Back) => back(cx),
        Some(Action::FocusNext) => cycle(cx, true),
        Some(Action::FocusPrev) => cycle(cx, false),
        Some(Action::SecondRater) => second(cx),
        Some(action) if !in_note => go(cx, action),
        action => {
            let Some(f) = form(cx).filter(|_| in_note) else {
                return;
            };
            let changed = match action {
                Some(Action::Undo) => f.note.undo(),
                Some(Action::Redo) => f.note.redo(),
                _ => f.note.key(key) == Done::Changed,
            };
            f.begun |= changed;
            if changed {
                super::keeping::changed(cx);
            }
        }
    }
}

/// Moves in the card or in the words; Enter on the note begins to write.
fn go(cx: &mut Cx<'_, '_>, action: Action) {
    let Some(f) = form(cx) else { return };
    if f.focus == Focus::Words {
        return match action {
            Action::Up => f.timeline.scroll(-1),
            Action::Down => f.timeline.scroll(1),
            Action::PageUp => f.timeline.page(false),
            Action::PageDown => f.timeline.page(true),
            Action::First => f.timeline.to_first(),
            Action::Last => f.timeline.to_last(),
            _ => {}
        };
    }
    let last = f.rows().saturating_sub(1);
    match action {
        Action::Up => f.cursor = f.cursor.saturating_sub(1),
        Action::Down => f.cursor = (f.cursor + 1).min(last),
        Action::First => f.cursor = 0,
        Action::Last => f.cursor = last,
        // The words can be read without leaving the card.
        Action::PageUp => f.timeline.page(false),
        Action::PageDown => f.timeline.page(true),
        Action::Open if f.cursor == last && f.mode.writes() => f.focus = Focus::Note,
        Action::Open => f.cursor = (f.cursor + 1).min(last),
        _ => {}
    }
}

/// Tab: card, note, words.
fn cycle(cx: &mut Cx<'_, '_>, forward: bool) {
    let Some(f) = form(cx) else { return };
    let round: &[Focus] = if f.mode.writes() {
        &[Focus::Card, Focus::Note, Focus::Words]
    } else {
        &[Focus::Card, Focus::Words]
    };
    let here = round.iter().position(|x| *x == f.focus).unwrap_or(0);
    let by = if forward { 1 } else { round.len() - 1 };
    f.focus = round
        .get((here + by) % round.len())
        .copied()
        .unwrap_or_default();
}

/// Asks for a second rater, or no longer.
fn second(cx: &mut Cx<'_, '_>) {
    let fresh = form(cx).map(|f| f.review);
    let fresh = fresh.is_some_and(|id| cx.state.quality.view.review(id).is_none());
    let drawn = form(cx).map(|f| f.review);
    let card = &cx.env.policy.card;
    let drawn = drawn.is_some_and(|id| crate::domain::review::drawn_for_two(id, card));
    let Some(f) = form(cx).filter(|f| f.mode == Mode::Rate) else {
        return;
    };
    let key = match (fresh, drawn) {
        (false, _) => "notice-review-is-second",
        (true, true) => "notice-review-drawn",
        (true, false) => {
            f.second = !f.second;
            f.begun = true;
            return super::keeping::changed(cx);
        }
    };
    cx.say(Severity::Info, key);
}

/// Esc: out of the note, then out of the layer; what was begun is kept while the program runs.
fn back(cx: &mut Cx<'_, '_>) {
    let Some(f) = form(cx) else { return };
    if f.focus == Focus::Note {
        f.focus = Focus::Card;
        return;
    }
    if let Some(Overlay::Review(form)) = cx.state.overlays.pop()
        && form.begun
    {
        super::keeping::keep(cx, &form);
        cx.state.quality.kept.insert(form.review, *form);
        cx.say(Severity::Info, "notice-review-kept");
    }
}

/// A click on a row of the card.
pub(in crate::app) fn choose(cx: &mut Cx<'_, '_>, at: usize) {
    if let Some(f) = form(cx) {
        f.cursor = at.min(f.rows().saturating_sub(1));
        f.focus = if f.cursor + 1 == f.rows() && f.mode.writes() {
            Focus::Note
        } else {
            Focus::Card
        };
    }
}

/// Pasted text goes into the note.
pub(in crate::app) fn paste(cx: &mut Cx<'_, '_>, text: &str) {
    match form(cx).filter(|f| f.focus == Focus::Note) {
        Some(f) => {
            f.begun |= f.note.insert(text) == Done::Changed;
            super::keeping::changed(cx);
        }
        None => cx.say(Severity::Info, "notice-paste-where"),
    }
}
