//! The closed word lists of training. Names are stable: scenarios, runs and locale files use them.

use serde::{Deserialize, Serialize};

use crate::domain::vocabulary::words;

words!(
    /// What one stretch of an agent's words does to a simulated customer (method 3.5, the act table). Wider than the acts of
    /// live replies: it holds what makes things worse, too.
    Act {
        /// Acknowledges and names something of the matter.
        AckSpecific = "ack_specific",
        /// Acknowledges in general words.
        AckGeneric = "ack_generic",
        /// Apologises.
        Apologise = "apologise",
        /// Takes it on in the first person.
        Own = "own",
        /// Asks an open question.
        AskOpen = "ask_open",
        /// Asks for a fact.
        AskClosed = "ask_closed",
        /// Asks for what was already told or stands on the desk.
        AskKnown = "ask_known",
        /// Says in own words what the customer said.
        Paraphrase = "paraphrase",
        /// Cares for safety.
        Safety = "safety",
        /// Names a procedure and nothing else.
        ProcessOnly = "process_only",
        /// Names the cause.
        ExplainCause = "explain_cause",
        /// Says honestly that it is not known yet, and by when it will be.
        AdmitUnknownTimed = "admit_unknown_timed",
        /// Offers something to choose.
        Option = "option",
        /// Commits to a deed by a concrete time.
        CommitConcrete = "commit_concrete",
        /// Commits without a time.
        CommitVague = "commit_vague",
        /// Checks the contact or sums up.
        Confirm = "confirm",
        /// Declines with a reason.
        DeclineReasoned = "decline_reasoned",
        /// Names the customer's rights neutrally.
        RightsNeutral = "rights_neutral",
        /// Thanks.
        Thanks = "thanks",
        /// Hides behind a rule.
        PolicyShield = "policy_shield",
        /// Excuses with being busy.
        ExcuseBusy = "excuse_busy",
        /// Sends the customer elsewhere.
        TransferCold = "transfer_cold",
        /// Says a forbidden phrase.
        Forbidden = "forbidden",
        /// Speaks over the customer.
        Interrupt = "interrupt",
        /// Names the limit after abuse, calmly: what is offered, and what would end the contact.
        Boundary = "boundary",
    }
);

words!(
    /// How far the hidden need has come to light.
    NeedStage {
        /// Nothing of it was said.
        Hidden = "hidden",
        /// A hint fell.
        Hinted = "hinted",
        /// It was said.
        Revealed = "revealed",
        /// It was answered.
        Met = "met",
    }
);

words!(
    /// What the agent committed to.
    Commitment {
        /// Nothing.
        None = "none",
        /// Something without a time.
        Vague = "vague",
        /// A deed by a time.
        Concrete = "concrete",
        /// The same, and the contact was checked.
        Confirmed = "confirmed",
    }
);

words!(
    /// How a run ends.
    End {
        /// Calm and trusting.
        Friend = "friend",
        /// Settled.
        Resolved = "resolved",
        /// Settled, and still annoyed.
        Grudging = "grudging",
        /// The customer wants the supervisor and nobody else.
        Supervisor = "supervisor",
        /// The customer goes to an outside body.
        Outside = "outside",
        /// The customer hangs up.
        HangUp = "hang_up",
        /// The agent closed by policy after abuse and two warnings; not scored down.
        ByPolicy = "by_policy",
        /// The agent ended it with the need open.
        Left = "left",
    }
);

impl End {
    /// Whether the need was answered and the commitment confirmed.
    #[must_use]
    pub const fn is_good(self) -> bool {
        matches!(self, Self::Friend | Self::Resolved | Self::Grudging)
    }
}

words!(
    /// The conduct of spoilt customers (mission HE5); said of a scenario, never of a person.
    Psychology {
        /// None of the three.
        None = "none",
        /// Expects to be treated above others.
        Privilege = "privilege",
        /// Wants more than is due.
        Greed = "greed",
        /// Holds that the rules are for others.
        Contempt = "contempt",
    }
);

words!(
    /// Which outside body the customer turns to when trust is gone.
    Outside {
        /// None; the customer would rather hang up.
        None = "none",
        /// An authority.
        Regulator = "regulator",
        /// The press or the net.
        Media = "media",
        /// A court.
        Court = "court",
    }
);

words!(
    /// When a customer's line can be said.
    Situation {
        /// At the beginning.
        Opening = "opening",
        /// The agent was not understood.
        Again = "again",
        /// The agent's words did good.
        Good = "good",
        /// The agent's words made it worse.
        Bad = "bad",
        /// The agent was silent for long.
        Silence = "silence",
        /// The agent put the customer on hold for longer than told.
        Hold = "hold",
        /// The agent spoke over the customer.
        Interrupted = "interrupted",
        /// The hidden need shows for the first time.
        Hint = "hint",
        /// The hidden need is said.
        Reveal = "reveal",
        /// The need was answered and nothing is settled yet.
        Met = "met",
        /// Something was offered or promised while the need is open.
        Insist = "insist",
        /// The customer demands the supervisor, once more and it ends.
        Supervisor = "supervisor",
        /// The customer names an outside body.
        Outside = "outside",
        /// The customer becomes abusive.
        Abuse = "abuse",
        /// The agent named the limit after abuse.
        Boundary = "boundary",
        /// The end [`End::Friend`].
        EndFriend = "end_friend",
        /// The end [`End::Resolved`].
        EndResolved = "end_resolved",
        /// The end [`End::Grudging`].
        EndGrudging = "end_grudging",
        /// The end [`End::Supervisor`].
        EndSupervisor = "end_supervisor",
        /// The end [`End::Outside`].
        EndOutside = "end_outside",
        /// The end [`End::HangUp`].
        EndHangUp = "end_hang_up",
        /// The end [`End::ByPolicy`].
        EndByPolicy = "end_by_policy",
        /// The end [`End::Left`].
        EndLeft = "end_left",
    }
);

impl Situation {
    /// The situation in which the last line of this end is said.
    #[must_use]
    pub const fn of_end(end: End) -> Self {
        match end {
            End::Friend => Self::EndFriend,
            End::Resolved => Self::EndResolved,
            End::Grudging => Self::EndGrudging,
            End::Supervisor => Self::EndSupervisor,
            End::Outside => Self::EndOutside,
            End::HangUp => Self::EndHangUp,
            End::ByPolicy => Self::EndByPolicy,
            End::Left => Self::EndLeft,
        }
    }
}

words!(
    /// What happens to the desk in the middle of a storm.
    StormKind {
        /// Another customer wants in.
        SecondCaller = "second_caller",
        /// The customer says nothing.
        Silence = "silence",
        /// The customer becomes abusive whatever was said.
        Abuse = "abuse",
        /// A colleague or a supervisor asks something.
        Interruption = "interruption",
        /// The network goes away.
        Network = "network",
        /// The shift ends and the ticket must be handed over.
        ShiftChange = "shift_change",
    }
);

words!(
    /// Who asks in between.
    Asker {
        /// A colleague or supervisor of the scenario's storm; the name of [`StormKind::Interruption`].
        Colleague = "interruption",
        /// The trainer of a class.
        Trainer = "question",
    }
);

words!(
    /// What a scenario watches for beyond the rules.
    TrapKind {
        /// A finding of this lint rule.
        Rule = "rule",
        /// This act before the need came to light.
        TooEarly = "too_early",
        /// This act never fell.
        Omitted = "omitted",
    }
);

words!(
    /// The agents of the lesson of three answers.
    AgentKind {
        /// Form and rule.
        Mechanical = "mechanical",
        /// Kind words and nothing else.
        Sympathetic = "sympathetic",
        /// Kind words, then a deed by a time.
        Committing = "committing",
    }
);
