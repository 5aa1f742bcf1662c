//! Everything an agent can order, by stable name. The keymap, the footer, the help and the palette read this one table.

macro_rules! actions {
    ($($group:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {
        /// One order. `action-<name>` and `action-<name>-about` are its keys in the locale files.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Action { $($($(#[$doc])* $variant),+),+ }
        impl Action {
            /// Every action, in the order of the help.
            pub const ALL: &'static [Self] = &[$($(Self::$variant),+),+];
            /// The stable name.
            #[must_use]
            pub const fn id(self) -> &'static str { match self { $($(Self::$variant => $text),+),+ } }
            /// The action with this stable name.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> { match id { $($($text => Some(Self::$variant),)+)+ _ => None } }
            /// Under which heading the help lists it.
            #[must_use]
            pub const fn group(self) -> Group { match self { $($(Self::$variant => Group::$group),+),+ } }
        }
    };
}

/// The headings of the help; `group-<name>` is the key in the locale files.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Group {
    /// Everywhere.
    General,
    /// Moving about.
    Move,
    /// Lists of tickets.
    Lists,
    /// Writing.
    Write,
    /// The ticket.
    Ticket,
    /// The team.
    Team,
    /// What came back.
    Returned,
    /// The agent and the program.
    Desk,
    /// Training.
    Training,
}

impl Group {
    /// The stable name.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Move => "move",
            Self::Lists => "lists",
            Self::Write => "write",
            Self::Ticket => "ticket",
            Self::Team => "team",
            Self::Returned => "returned",
            Self::Desk => "desk",
            Self::Training => "training",
        }
    }
}

actions!(
    General {
        /// Every action, ticket, customer and playbook by name.
        Palette = "palette",
        /// The keys of this screen.
        Help = "help",
        /// One step back.
        Back = "back",
        /// A call comes in.
        TakeCall = "take-call",
        /// The call is over.
        EndCall = "end-call",
        /// Back to the half-written reply.
        ReturnToReply = "return-to-reply",
        /// Search words in everything.
        Search = "search",
        /// End the program.
        Quit = "quit",
        /// Paint the screen anew.
        Repaint = "repaint",
        /// Take the notice away, bring the next.
        DismissNotice = "dismiss-notice",
    }
    Move {
        /// One up.
        Up = "up",
        /// One down.
        Down = "down",
        /// One page up.
        PageUp = "page-up",
        /// One page down.
        PageDown = "page-down",
        /// To the first.
        First = "first",
        /// To the last.
        Last = "last",
        /// Open what is selected.
        Open = "open",
        /// The next pane or tab.
        FocusNext = "focus-next",
        /// The pane or tab before.
        FocusPrev = "focus-prev",
        /// The contact before, in the conversation.
        PrevContact = "prev-contact",
        /// The next contact, in the conversation.
        NextContact = "next-contact",
    }
    Lists {
        /// The queue.
        Queue = "queue",
        /// What needs me.
        NeedsMe = "needs-me",
        /// My drafts.
        Drafts = "drafts",
        /// What came back from the outbox.
        Returned = "returned",
        /// The team.
        Team = "team",
        /// Lines that the team proposed.
        Lines = "lines",
        /// The next list.
        NextList = "next-list",
        /// Narrow the list by words.
        Filter = "filter",
        /// Mine.
        ListMine = "list-mine",
        /// Held by nobody.
        ListUnassigned = "list-unassigned",
        /// Past their time.
        ListOverdue = "list-overdue",
        /// Due within the hour.
        ListDueSoon = "list-due-soon",
        /// Repeat complaints.
        ListRepeat = "list-repeat",
        /// Promises due today.
        ListPromises = "list-promises",
        /// Something new.
        ListUnread = "list-unread",
        /// The next ticket to work on.
        NextTicket = "next-ticket",
    }
    Write {
        /// Send the reply, keep the note, open the ticket.
        Send = "send",
        /// Into the compose box.
        Compose = "compose",
        /// Reply or internal note.
        ToggleNote = "toggle-note",
        /// Put the best line in, whole.
        InsertBest = "insert-best",
        /// The rule that speaks now is quiet on this ticket from here on.
        Silence = "silence",
        /// Put the marked words right.
        Fix = "fix",
        /// The time at the caret is no promise, or is one after all.
        NotPromise = "not-promise",
        /// Lists the rules that could not look, or folds the list.
        Unchecked = "unchecked",
        /// Preflight, first checks, what going higher can do, the case library.
        Cards = "cards",
        /// Propose what was said as a line for everybody.
        ProposeLine = "propose-line",
        /// Choose a part of a line.
        ChoosePart = "choose-part",
        /// The next line of the coach.
        NextSuggestion = "next-suggestion",
        /// It was said on the phone.
        MarkSaid = "mark-said",
        /// Take the last change back.
        Undo = "undo",
        /// Do it again.
        Redo = "redo",
        /// Let the draft go.
        DiscardDraft = "discard-draft",
    }
    Ticket {
        /// Close it.
        Close = "close",
        /// It waits for somebody.
        Wait = "wait",
        /// It goes on.
        Resume = "resume",
        /// Set it aside.
        Snooze = "snooze",
        /// Take it.
        Claim = "claim",
        /// Give it back.
        Release = "release",
        /// Move it to another queue.
        Transfer = "transfer",
        /// Give it to somebody.
        Assign = "assign",
        /// Take it over.
        TakeOver = "take-over",
        /// Its urgency.
        Priority = "priority",
        /// Its tags.
        Tags = "tags",
        /// Its item.
        Classify = "classify",
        /// Let it live again.
        Reopen = "reopen",
        /// A promise was kept or taken back.
        SettlePromise = "settle-promise",
        /// Older history.
        Older = "older",
        /// Put its number on the clipboard.
        CopyNumber = "copy-number",
    }
    Team {
        /// Mark the row for an order to many.
        Mark = "mark",
        /// Mark all rows, or none.
        MarkAll = "mark-all",
        /// A line of the team goes into everybody's playbook.
        ApproveLine = "approve-line",
        /// It does not, with a word back to its author.
        DeclineLine = "decline-line",
        /// It goes out of the playbook again.
        RetireLine = "retire-line",
        /// Reviews: what is due, what was rated, whether raters agree, figures.
        Quality = "quality",
        /// Rate what a colleague said last on this ticket.
        ReviewLast = "review-last",
        /// A second rater shall rate it too.
        SecondRater = "second-rater",
        /// What the month before asks for.
        MonthBack = "month-back",
        /// What the next month asks for.
        MonthOn = "month-on",
    }
    Returned {
        /// Choose for what came back.
        Choose = "choose",
    }
    Desk {
        /// Ready, writing, away, off.
        Duty = "duty",
        /// Hide the screen.
        Lock = "lock",
        /// Take the mouse or leave it.
        ToggleMouse = "toggle-mouse",
        /// Try the line again.
        Retry = "retry",
        /// What to do after sending.
        AfterSend = "after-send",
        /// Back to the shell for a while.
        Suspend = "suspend",
    }
    Training {
        /// To the list of what can be practised, or to the class.
        Practice = "practice",
        /// Time stands still, or goes on.
        PauseTraining = "pause-training",
        /// Lines to choose from.
        Offers = "offers",
        /// One level down.
        LevelLess = "level-less",
        /// One level up.
        LevelMore = "level-more",
        /// Half as fast, or like a real call.
        TrainingSpeed = "training-speed",
        /// The customer speaks the other language.
        CustomerLanguage = "customer-language",
        /// The lesson of three answers.
        Lesson = "lesson",
        /// Look back at the last run.
        Debrief = "debrief",
        /// Pairs of handlings.
        Pairs = "pairs",
        /// Say something else at this turn.
        TryLine = "try-line",
        /// Set what a seat, or all, shall play.
        SetTask = "set-task",
        /// More callers at once.
        InjectSurge = "inject-surge",
        /// The customer says nothing.
        InjectSilence = "inject-silence",
        /// A supervisor asks something.
        InjectQuestion = "inject-question",
        /// The network goes away.
        InjectNetwork = "inject-network",
        /// Time stands at a desk, or goes on.
        PauseSeat = "pause-seat",
        /// End what runs at a desk.
        StopSeat = "stop-seat",
        /// A word on a line.
        CommentLine = "comment-line",
        /// Open a level to a seat.
        OpenLevel = "open-level",
        /// Practise aloud; an observer marks.
        SpokenPractice = "spoken-practice",
        /// Write the results.
        Results = "results",
        /// Practice aloud: the customer's line has been read out.
        SpokenRead = "spoken-read",
        /// Practice aloud: the trainee begins to speak.
        SpokenBegan = "spoken-began",
        /// Practice aloud: it ends.
        SpokenEnd = "spoken-end",
    }
);

impl Action {
    /// The locale key of its name.
    #[must_use]
    pub fn name_key(self) -> String {
        format!("action-{}", self.id())
    }

    /// The locale key of what it does.
    #[must_use]
    pub fn about_key(self) -> String {
        format!("action-{}-about", self.id())
    }

    /// Whether it reaches a customer or another desk; such an action never differs from another by letter case alone.
    #[must_use]
    pub const fn sends(self) -> bool {
        matches!(
            self,
            Self::Send
                | Self::MarkSaid
                | Self::Close
                | Self::Transfer
                | Self::Assign
                | Self::TakeOver
                | Self::Choose
                | Self::ApproveLine
                | Self::DeclineLine
                | Self::RetireLine
        )
    }
}
