//! What reaches the state machine: plain data in the past tense, without a terminal library's types.

use crate::api::desk::{DeskAnswer, DraftKey, List};
use crate::api::training::{Ask, Told};
use crate::domain::ids::{CommandId, LineId, TicketId, UserId};
use crate::domain::vocabulary::LineState;
use crate::text::SafeText;

use super::action::Action;

/// Everything that can happen to the console.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// The agent did something.
    Input(Input),
    /// A second passed (sent at most once a second, and only while something on the screen depends on time).
    Tick,
    /// A timer that was asked for ran out.
    Timer(Timer),
    /// The store answered or told something.
    Desk(DeskAnswer),
    /// The training told something.
    Training(Box<Told>),
    /// The training answered an order: which, and what. Answers come in the order of the orders.
    TrainingAnswer(Box<Ask>, Box<Told>),
    /// The training does not answer any more, or answers again.
    TrainingAway(bool),
    /// The program came back to the foreground.
    Resumed,
    /// A background task ended with an error; nothing typed is lost.
    TaskFailed(SafeText),
    /// The system asks the program to end (hang-up, termination): drafts are saved, nothing is asked.
    Terminate,
}

/// What the agent did.
#[derive(Clone, PartialEq, Debug)]
pub enum Input {
    /// A key went down.
    Key(Key),
    /// Text was pasted, as it came.
    Paste(String),
    /// The mouse did something on what the last frame showed.
    Mouse(Mouse),
    /// The window got the focus.
    FocusGained,
    /// The window lost the focus.
    FocusLost,
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
}

/// A key with its modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// What was held with it.
    pub mods: Mods,
}

/// A key without modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Code {
    /// A character, as the keyboard or the input method gave it.
    Char(char),
    /// A function key, from 1.
    F(u8),
    /// Enter, also that of the keypad.
    Enter,
    /// Escape.
    Esc,
    /// Tab; Shift-Tab is this with `shift`.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// Modifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Mods {
    /// Control.
    pub ctrl: bool,
    /// Alt (Option).
    pub alt: bool,
    /// Shift; never set together with a character.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        let mods = Mods {
            ctrl: false,
            alt: false,
            shift: false,
        };
        Self { code, mods }
    }

    /// A character without modifiers.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Control.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        let mods = Mods {
            ctrl: true,
            alt: false,
            shift: false,
        };
        Self {
            code: Code::Char(c),
            mods,
        }
    }

    /// The same key in the one form the keymap knows: no Shift on characters, no upper case under Control or Alt.
    #[must_use]
    pub fn normal(mut self) -> Self {
        if let Code::Char(c) = self.code {
            self.mods.shift = false;
            if self.mods.ctrl || self.mods.alt {
                self.code = Code::Char(c.to_ascii_lowercase());
            }
        }
        self
    }
}

/// What the mouse did, and on what.
#[derive(Clone, PartialEq, Debug)]
pub struct Mouse {
    /// Column of the screen, from 0.
    pub col: u16,
    /// Row of the screen, from 0.
    pub row: u16,
    /// What it did.
    pub kind: MouseKind,
    /// What the last frame showed there.
    pub hit: Option<Hit>,
}

/// What the mouse did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MouseKind {
    /// One click of the main button.
    Click,
    /// A second click on the same place soon after.
    DoubleClick,
    /// The wheel, away from the agent.
    WheelUp,
    /// The wheel, towards the agent.
    WheelDown,
}

/// What can be clicked. The view lists the places with every frame; the shell resolves the click by that list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hit {
    /// A row of the queue.
    Row(TicketId),
    /// A count of the strip.
    Strip(List),
    /// The pane with the list.
    QueuePane,
    /// The conversation.
    Timeline,
    /// A cell of the compose text: row of the box from 0, column of the text from 0.
    Compose {
        /// Row inside the box.
        row: u16,
        /// Column inside the box.
        col: u16,
    },
    /// The side column, or the tab that stands for it.
    Side,
    /// A tab of the narrow ticket screen.
    Tab(super::state::Tab),
    /// A suggestion of the coach, by place.
    Suggestion(usize),
    /// A part of the chosen suggestion, by place.
    Part(usize),
    /// A hint of the footer, or any other place that stands for an action.
    Action(Action),
    /// A choice of the dialog on top, by place.
    Choice(usize),
    /// A row of the palette, by place.
    PaletteRow(usize),
    /// A colleague on the team screen.
    Mate(UserId),
    /// A row of the list of what came back.
    Returned(CommandId),
    /// A row of the drafts.
    Draft(DraftKey),
    /// A line of the team.
    Grown(LineId),
    /// A tab of the team's lines.
    GrownTab(LineState),
    /// A row of the reviews, by place.
    Quality(usize),
    /// A tab of the reviews.
    QualityTab(super::quality::Tab),
    /// A hit of the search, by place.
    SearchHit(usize),
    /// A field of the call form.
    Field(super::state::IntakeField),
    /// An open ticket of the caller, beside the call form.
    CallerTicket(TicketId),
    /// Something on a screen of training.
    Training(super::training::Spot),
    /// The notice line.
    Notice,
}

/// Timers the state machine asks for. Each carries the generation it was started for; a stale one does nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Timer {
    /// The draft being written must be on disk now.
    SaveDraft(u64),
    /// The words of the search or palette stand still: ask the store.
    Search(u64),
    /// The number being typed stands still: look it up.
    LookUp(u64),
    /// The filter words stand still: set the view.
    Filter(u64),
    /// The card of a review being filled in must be on disk now.
    SaveCard(u64),
    /// The text stands still: let the coach read it again.
    Coach(u64),
    /// The sign-off took too long: end without waiting for the server.
    Quit,
}
