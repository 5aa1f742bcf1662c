//! Everything the screen shows and everything the agent has not sent yet. Plain data: no channel, no handle, no clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::api::desk::{Draft, DraftKey, LinesView, LinkInfo, Seat, Trouble};
use crate::coach::Learnt;
use crate::domain::command::CommandBody;
use crate::domain::ids::{CommandId, TicketId};
use crate::domain::lang::Lang;
use crate::domain::time::Ms;

use super::cards::CardsState;
use super::deciding::Deciding;
use super::dialog::Dialog;
use super::growing::Growing;
use super::grown::GrownState;
use super::intake::IntakeState;
use super::keymap::Keymap;
use super::lists::{DraftsState, ReturnedState, TeamState};
use super::notice::Notices;
use super::palette::{PaletteState, SearchState};
use super::quality::{QualityState, ReviewForm};
use super::queue::QueueState;
use super::ticket::TicketState;
use super::training::{Layer, Practice};

/// What happens after a reply went out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AfterSend {
    /// Ask each time.
    Ask,
    /// Stay at the ticket.
    #[default]
    Stay,
    /// Open the next ticket.
    Next,
    /// It waits for the customer.
    Wait,
    /// Close it.
    Close,
}

/// What a desk may set for itself.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// The language of the screen and of proposed words.
    pub lang: Lang,
    /// Idle milliseconds after which the screen is hidden; 0 never.
    pub lock_after_ms: i64,
    /// What happens after sending.
    pub after_send: AfterSend,
    /// Whether the mouse is taken at the start.
    pub mouse: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::Zh,
            lock_after_ms: 10 * 60_000,
            after_send: AfterSend::Stay,
            mouse: true,
        }
    }
}

/// The screens. Exactly one is underneath; overlays lie above it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Screen {
    /// A list of tickets.
    #[default]
    Queue,
    /// One ticket: conversation, compose, side column.
    Ticket,
    /// A call being taken.
    Intake,
    /// The team.
    Team,
    /// What came back from the outbox.
    Returned,
    /// The agent's drafts.
    Drafts,
    /// Hits of a search.
    Search,
    /// Lines that the team proposed.
    Lines,
    /// Reviews.
    Quality,
    /// Choosing what to practise (training).
    Practice,
    /// The lesson of three answers (training).
    Lesson,
    /// Looking back at a run (training).
    Debrief,
    /// Pairs, left and right (training).
    Pairs,
    /// A class (training).
    Class,
    /// Spoken practice (training).
    Spoken,
}

/// The tabs of the ticket screen where panes do not fit beside each other.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Tab {
    /// The conversation.
    #[default]
    Conversation,
    /// Customer, clocks and promises.
    Customer,
    /// The coach.
    Coach,
}

/// The panes of the ticket screen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Pane {
    /// The queue at the left.
    Queue,
    /// The conversation.
    #[default]
    Timeline,
    /// The compose box.
    Compose,
    /// The side column, or the tab in its place.
    Side,
}

/// The fields of the call form.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum IntakeField {
    /// What the caller says; the only field that must hold something.
    #[default]
    Text,
    /// The caller's number.
    Number,
    /// The caller's name.
    Name,
    /// The queue.
    Queue,
    /// The channel.
    Channel,
    /// The open tickets of the number.
    Tickets,
}

/// A layer above the screen. Only the topmost gets keys.
#[derive(Clone, PartialEq, Debug)]
pub enum Overlay {
    /// The keys, scrolled to this line.
    Help(usize),
    /// The palette.
    Palette(Box<PaletteState>),
    /// A question.
    Dialog(Box<Dialog>),
    /// The cards of the ticket.
    Cards(Box<CardsState>),
    /// Sentences of ours to be proposed as lines.
    Growing(Box<Growing>),
    /// A line of the team to be decided.
    Deciding(Box<Deciding>),
    /// The card of a review.
    Review(Box<ReviewForm>),
    /// A layer that only training has.
    Training(Box<Layer>),
    /// The screen is hidden; Enter brings it back.
    Lock,
}

/// A live contact: from taking the call until it is ended or its ticket closed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Call {
    /// The ticket, perhaps not opened yet.
    pub ticket: TicketId,
    /// Since when.
    pub since: Ms,
}

/// Commands on their way into the outbox, with the draft they came from, until they are queued or refused.
#[derive(Clone, PartialEq, Debug)]
pub struct Underway {
    /// The commands.
    pub ids: Vec<CommandId>,
    /// The words to put back if they are refused here.
    pub draft: Option<Draft>,
    /// The form to open again if they are refused here.
    pub form: Option<Overlay>,
    /// The order to put a ticket down, to be given again with a reason if a rule speaks against it.
    pub again: Option<Box<CommandBody>>,
}

/// The whole state of the console.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    /// Columns and rows; inside the border, in training.
    pub size: (u16, u16),
    /// The instant of the last event; the view tells all ages from it.
    pub now: Ms,
    /// What the desk may set.
    pub settings: Settings,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// Who sits here; absent until the store has told.
    pub seat: Option<Seat>,
    /// Link and outbox.
    pub link: LinkInfo,
    /// What is wrong with this desk, until it works again.
    pub trouble: Option<Trouble>,
    /// The screen underneath.
    pub screen: Screen,
    /// Where Esc leads, nearest last.
    pub back: Vec<Screen>,
    /// The layers above, topmost last.
    pub overlays: Vec<Overlay>,
    /// The list of tickets.
    pub queue: QueueState,
    /// The ticket on the screen, or last on it.
    pub ticket: Option<TicketState>,
    /// The call form; kept while the agent looks elsewhere.
    pub intake: Option<IntakeState>,
    /// The team.
    pub team: TeamState,
    /// What came back.
    pub returned: ReturnedState,
    /// Lines of the team, and how lines did.
    pub lines: LinesView,
    /// The screen of the lines.
    pub grown: GrownState,
    /// The same as the coach takes it.
    pub learnt: Arc<Learnt>,
    /// Reviews, and the screen of them.
    pub quality: QualityState,
    /// Drafts.
    pub drafts: DraftsState,
    /// The training this desk is for; none for live work.
    pub training: Option<Box<Practice>>,
    /// Hits of a search.
    pub search: SearchState,
    /// The notice line.
    pub notices: Notices,
    /// How many arrivals since the agent last looked at the list.
    pub arrived: u32,
    /// The live contact.
    pub call: Option<Call>,
    /// Drafts not yet confirmed to be on disk; they win over what the store shows.
    pub unsaved: BTreeMap<DraftKey, Draft>,
    /// Commands on their way into the outbox.
    pub underway: Vec<Underway>,
    /// Tickets with a reply begun and not sent, the latest begun last.
    pub replies_begun: Vec<TicketId>,
    /// Rules the agent overrode, by ticket; they stay silent there while this desk runs.
    pub silenced: BTreeMap<TicketId, Vec<String>>,
    /// The sign-off that the end of the program waits for.
    pub signing_off: Option<CommandId>,
    /// Whether the call form differs from what was last handed to the store.
    pub intake_dirty: bool,
    /// The generation of the timer after which the coach reads.
    pub coach_generation: u64,
    /// Where the others were last told that this agent looks, and whether writing.
    pub presence: (Option<TicketId>, bool),
    /// The ticket whose words came back to be rewritten, and those words, until its conversation is here.
    pub rewriting: Option<(TicketId, String)>,
    /// Whether the mouse is taken.
    pub mouse: bool,
    /// Whether the window has the focus.
    pub focused: bool,
    /// When the agent last did anything.
    pub last_input: Ms,
    /// The last generation given out.
    pub generation: u64,
    /// Whether the program is ending.
    pub quitting: bool,
}

impl State {
    /// A console that knows nothing yet.
    #[must_use]
    pub fn new(settings: Settings, keymap: Arc<Keymap>, size: (u16, u16), now: Ms) -> Self {
        Self {
            size,
            now,
            mouse: settings.mouse,
            settings,
            keymap,
            seat: None,
            link: LinkInfo::default(),
            trouble: None,
            screen: Screen::Queue,
            back: Vec::new(),
            overlays: Vec::new(),
            queue: QueueState::default(),
            ticket: None,
            intake: None,
            team: TeamState::default(),
            returned: ReturnedState::default(),
            lines: LinesView::default(),
            grown: GrownState::default(),
            learnt: Arc::default(),
            quality: QualityState::default(),
            drafts: DraftsState::default(),
            training: None,
            search: SearchState::default(),
            notices: Notices::default(),
            arrived: 0,
            call: None,
            unsaved: BTreeMap::new(),
            underway: Vec::new(),
            replies_begun: Vec::new(),
            silenced: BTreeMap::new(),
            signing_off: None,
            intake_dirty: false,
            coach_generation: 0,
            presence: (None, false),
            rewriting: None,
            focused: true,
            last_input: now,
            generation: 0,
            quitting: false,
        }
    }

    /// Columns and rows of the terminal: in training a border stands around everything.
    #[must_use]
    pub fn outer(&self) -> (u16, u16) {
        let border = if self.training.is_some() { 2 } else { 0 };
        (
            self.size.0.saturating_add(border),
            self.size.1.saturating_add(border),
        )
    }

    /// The ticket whose conversation is on the screen.
    #[must_use]
    pub fn shown(&self) -> Option<TicketId> {
        match self.screen {
            Screen::Ticket => self.ticket.as_ref().map(|t| t.id),
            _ => None,
        }
    }

    /// Whether the screen is hidden.
    #[must_use]
    pub fn locked(&self) -> bool {
        self.overlays.iter().any(|o| matches!(o, Overlay::Lock))
    }

    /// A new generation for a request.
    pub fn next_generation(&mut self) -> u64 {
        self.generation += 1;
        self.generation
    }
}
