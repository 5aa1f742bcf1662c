//! Questions: a title, choices, perhaps a line to type. One shape for all, so that keys and painting are the same.

use crate::api::desk::ReturnChoice;
use crate::domain::command::CommandBody;
use crate::domain::ids::PromiseId;
use crate::domain::ids::{CommandId, CustomerId, QueueId, TicketId, UserId};
use crate::domain::taxonomy::ItemId;
use crate::domain::time::Ms;
use crate::domain::vocabulary::{
    CloseReason, Duty, Priority, PromiseState, ReopenReason, WaitReason,
};

use super::line::Line;
use super::notice::Msg;
use super::state::AfterSend;

/// What is asked. The names in the comments are the locale keys of the titles.
#[derive(Clone, PartialEq, Debug)]
pub enum Ask {
    /// `dialog-close`: why is it closed?
    CloseReason,
    /// `dialog-close-item`: is this the item?
    CloseItem(CloseReason),
    /// `dialog-wait`: for whom does it wait?
    WaitReason,
    /// `dialog-wait-until`: when does the customer hear from us?
    WaitUntil(WaitReason),
    /// `dialog-snooze`: until when?
    Snooze,
    /// `dialog-transfer`: to which queue?
    Transfer,
    /// `dialog-assign`: to whom? For all these tickets.
    Assign(Vec<TicketId>),
    /// `dialog-priority`: how urgent?
    Priority,
    /// `dialog-tags`: which tags? Typed, a minus takes one away.
    Tags,
    /// `dialog-classify`: which item?
    Classify,
    /// `dialog-reopen`: why does it live again?
    Reopen,
    /// `dialog-promise`: which promise?
    Promise,
    /// `dialog-promise-state`: how did it end?
    PromiseState(PromiseId),
    /// `dialog-part`: which part of the line?
    Part,
    /// `dialog-duty`: how available?
    Duty,
    /// `dialog-after-send`: what next?
    AfterSend,
    /// `dialog-arrived`: something arrived since the reply was begun; the messages say what.
    Arrived {
        /// What arrived.
        what: Vec<Msg>,
        /// Whether it is to be recorded as spoken rather than sent.
        spoken: bool,
    },
    /// `dialog-override`: why may these words leave although a rule blocks them?
    Override {
        /// The rule.
        rule: String,
    },
    /// `dialog-put-down`: why may the ticket be put down although a rule speaks against it?
    PutDown(Box<PutDown>),
    /// `dialog-quit`: end although something waits?
    Quit(Vec<Msg>),
    /// `dialog-discard`: let the words go?
    Discard,
    /// `dialog-returned`: what with what came back?
    Returned(CommandId),
    /// `dialog-returned-discard`: let what came back go?
    ReturnedDiscard(CommandId),
    /// `dialog-queue`: which queue does the call belong to?
    IntakeQueue,
    /// `dialog-channel`: how did it come?
    IntakeChannel,
    /// `dialog-caller`: the number belongs to several; who is on the line?
    IntakeCaller,
}

/// A ticket that is put down although a rule speaks against it.
#[derive(Clone, PartialEq, Debug)]
pub struct PutDown {
    /// What was ordered: setting aside, or closing.
    pub body: CommandBody,
    /// The rules that speak against it.
    pub rules: Vec<String>,
    /// The command that came back because of them, if it was sent before.
    pub returned: Option<CommandId>,
}

impl Ask {
    /// The locale key of the title.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self {
            Self::CloseReason => "dialog-close",
            Self::CloseItem(_) => "dialog-close-item",
            Self::WaitReason => "dialog-wait",
            Self::WaitUntil(_) => "dialog-wait-until",
            Self::Snooze => "dialog-snooze",
            Self::Transfer => "dialog-transfer",
            Self::Assign(_) => "dialog-assign",
            Self::Priority => "dialog-priority",
            Self::Tags => "dialog-tags",
            Self::Classify => "dialog-classify",
            Self::Reopen => "dialog-reopen",
            Self::Promise => "dialog-promise",
            Self::PromiseState(_) => "dialog-promise-state",
            Self::Part => "dialog-part",
            Self::Duty => "dialog-duty",
            Self::AfterSend => "dialog-after-send",
            Self::Arrived { .. } => "dialog-arrived",
            Self::Override { .. } => "dialog-override",
            Self::PutDown(_) => "dialog-put-down",
            Self::Quit(_) => "dialog-quit",
            Self::Discard => "dialog-discard",
            Self::Returned(_) => "dialog-returned",
            Self::ReturnedDiscard(_) => "dialog-returned-discard",
            Self::IntakeQueue => "dialog-queue",
            Self::IntakeChannel => "dialog-channel",
            Self::IntakeCaller => "dialog-caller",
        }
    }
}

/// What choosing a row means.
#[derive(Clone, PartialEq, Debug)]
pub enum Pick {
    /// A close reason.
    CloseReason(CloseReason),
    /// An item; `None` leaves it open.
    Item(Option<ItemId>),
    /// A wait reason.
    WaitReason(WaitReason),
    /// An instant.
    Time(Ms),
    /// Who calls; `None` is somebody new.
    Caller(Option<CustomerId>),
    /// A queue.
    Queue(QueueId),
    /// A colleague.
    User(UserId),
    /// A priority.
    Priority(Priority),
    /// A reopen reason.
    Reopen(ReopenReason),
    /// A promise.
    Promise(PromiseId),
    /// How a promise ended.
    PromiseState(PromiseState),
    /// A part of the chosen suggestion, by place.
    Part(usize),
    /// A duty.
    Duty(Duty),
    /// What next.
    AfterSend(AfterSend),
    /// A channel.
    Channel(crate::domain::vocabulary::Channel),
    /// What with what came back.
    Returned(ReturnChoice),
    /// A reason, for what came back because a rule blocked it.
    GiveReason,
    /// Why a rule is let pass, by stable name.
    Reason(&'static str),
    /// Yes.
    Yes,
    /// No.
    No,
    /// What stands in the line.
    Typed,
}

/// A row of a dialog.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// What choosing it means.
    pub pick: Pick,
    /// Its words.
    pub label: Msg,
}

/// A question on the screen.
#[derive(Clone, PartialEq, Debug)]
pub struct Dialog {
    /// What is asked.
    pub ask: Ask,
    /// About which ticket; fixed when the question was asked, whatever the lists do meanwhile.
    pub ticket: Option<TicketId>,
    /// The rows.
    pub choices: Vec<Choice>,
    /// The selected row.
    pub cursor: usize,
    /// The first row shown.
    pub top: usize,
    /// A line to type into, where one is needed.
    pub input: Option<Line>,
}
