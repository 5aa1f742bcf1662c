//! The closed word lists of the domain: channels, tiers, priorities, reasons, roles, delivery states.
//!
//! Each enum is stored and sent under its snake_case name; names are stable for ever, new ones are added at the end.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::RawText;

/// The schema of a word list: its stable names. Written by hand because the derive does not see names that a macro passes on.
macro_rules! word_schema {
    ($name:ident) => {
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some(Self::ALL.iter().map(|word| word.as_str())))
                    .into()
            }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}
pub(crate) use word_schema;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every word of the list, in its stable order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name under which the word is stored, sent and looked up in locale files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The word with this stable name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        $crate::domain::vocabulary::word_schema!($name);
    };
}
pub(crate) use words;

words!(
    /// How a contact reached us (mission KN5).
    Channel {
        /// A telephone call.
        Voice = "voice",
        /// A live chat.
        Chat = "chat",
        /// A short message or messenger post.
        Message = "message",
        /// A mail-like channel.
        Mail = "mail",
        /// A visit at a counter.
        Visit = "visit",
        /// Typed in or imported by a system.
        Api = "api",
    }
);

words!(
    /// The customer's value tier; it may only shorten clocks, never lengthen them (mission WO2, method 3.13).
    #[derive(Default)]
    Tier {
        /// Half of the base target.
        A = "a",
        /// Three quarters of the base target.
        B = "b",
        /// The base target.
        #[default]
        C = "c",
    }
);

words!(
    /// How urgent the team holds a ticket.
    #[derive(Default)]
    Priority {
        /// The order of the clocks alone.
        #[default]
        Normal = "normal",
        /// Ahead of its band.
        High = "high",
        /// Ahead of everything but broken promises.
        Urgent = "urgent",
    }
);

words!(
    /// Why a ticket's resolution clock stands still.
    WaitReason {
        /// The customer owes us an answer and was told so.
        Customer = "customer",
        /// A supplier or another company owes us something.
        Supplier = "supplier",
        /// Another site or department of ours works on it; the clock goes on.
        Site = "site",
    }
);

impl WaitReason {
    /// Whether this reason stops the resolution clock: our own departments never do (method 3.13).
    #[must_use]
    pub const fn pauses(self) -> bool {
        !matches!(self, Self::Site)
    }
}

words!(
    /// Why a ticket was closed; closing without a reason does not exist.
    CloseReason {
        /// The trouble is gone.
        Solved = "solved",
        /// The customer understood and accepted the explanation.
        Explained = "explained",
        /// The customer withdrew the complaint.
        Withdrawn = "withdrawn",
        /// The same complaint lives in another ticket.
        Duplicate = "duplicate",
        /// The customer could not be reached after the agreed attempts.
        NoAnswer = "no_answer",
    }
);

words!(
    /// Why a closed ticket lives again.
    ReopenReason {
        /// The customer wrote or called again.
        CustomerReturned = "customer_returned",
        /// The customer was not satisfied when asked (mission WO6).
        Dissatisfied = "dissatisfied",
        /// It was closed by mistake.
        Mistake = "mistake",
    }
);

words!(
    /// How two tickets relate.
    Relation {
        /// Same complaint.
        Duplicate = "duplicate",
        /// Follows from the other.
        FollowsFrom = "follows_from",
        /// Worth reading together.
        Related = "related",
    }
);

words!(
    /// Where an outgoing reply is (design 3).
    Delivery {
        /// Waiting to be handed to the channel.
        Queued = "queued",
        /// The channel took it.
        Accepted = "accepted",
        /// It reached the customer.
        Delivered = "delivered",
        /// It did not.
        Failed = "failed",
    }
);

words!(
    /// What an agent's account may do; each right is checked at the server (design 3).
    Role {
        /// Works tickets.
        Agent = "agent",
        /// Works tickets, with wider authority.
        Senior = "senior",
        /// Watches and reassigns.
        Lead = "lead",
        /// Runs the site.
        Manager = "manager",
        /// Trains; sees personal values masked.
        Trainer = "trainer",
        /// Runs the installation.
        Admin = "admin",
    }
);

words!(
    /// What a member of the team says of themselves.
    #[derive(Default)]
    Duty {
        /// Free for the next contact.
        Ready = "ready",
        /// Writing or in after-call work.
        Writing = "writing",
        /// At the site, not at the desk.
        Away = "away",
        /// Not on shift.
        #[default]
        Off = "off",
    }
);

words!(
    /// What one stretch of an agent's words does for the customer (method 3.5); recognised, or carried by a playbook line.
    Act {
        /// Acknowledges the feeling and names a fact of this ticket.
        AckSpecific = "ack_specific",
        /// Acknowledges the feeling in general words.
        AckGeneric = "ack_generic",
        /// Apologises.
        Apologise = "apologise",
        /// Takes it on in the first person.
        Own = "own",
        /// Asks an open question.
        AskOpen = "ask_open",
        /// Names the cause.
        ExplainCause = "explain_cause",
        /// Says honestly that the cause is not known yet, and by when it will be.
        AdmitUnknownTimed = "admit_unknown_timed",
        /// Offers something to choose.
        Option = "option",
        /// Commits to a deed by a concrete time.
        CommitConcrete = "commit_concrete",
        /// Checks the contact or sums up.
        Confirm = "confirm",
        /// Names the customer's rights neutrally.
        RightsNeutral = "rights_neutral",
        /// Declines with a reason and an alternative.
        DeclineReasoned = "decline_reasoned",
        /// Cares for safety first.
        Safety = "safety",
    }
);

words!(
    /// What a promise promises to do.
    Deed {
        /// Call the customer.
        Callback = "callback",
        /// Write with the answer.
        Reply = "reply",
        /// Say how far we got.
        Update = "update",
        /// Have it settled.
        Resolve = "resolve",
        /// Have it checked.
        Verify = "verify",
        /// Send papers.
        Docs = "docs",
    }
);

words!(
    /// How a promise stands.
    PromiseState {
        /// Said and not yet due or done.
        Open = "open",
        /// Done, with evidence.
        Kept = "kept",
        /// Replaced by a later promise that the customer was told of before it was due.
        Renegotiated = "renegotiated",
        /// The customer no longer wants it.
        Withdrawn = "withdrawn",
    }
);

words!(
    /// Who may let words pass that a rule of the coach blocks (method 3.4).
    MayOverride {
        /// Whoever writes, with a reason.
        Agent = "agent",
        /// Leads and above, with a reason.
        Lead = "lead",
        /// Nobody.
        Nobody = "nobody",
    }
);

words!(
    /// What kind of address an identity is.
    IdentityKind {
        /// A telephone number, digits only.
        Phone = "phone",
        /// A mail address, lower case.
        Mail = "mail",
        /// An account name in some system.
        Account = "account",
    }
);

/// Where a thing came from: unique per source, the key of idempotent import and of the bridge (design 3).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The foreign system's short name.
    #[schema(min_length = 1, max_length = 64)]
    pub source: String,
    /// The thing's name there.
    #[schema(min_length = 1, max_length = 256)]
    pub foreign_id: String,
}

/// An address of a customer. A personal value: lives in payloads only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// What kind of address.
    pub kind: IdentityKind,
    /// The normalised value (digits of a phone number, lower-case mail address).
    #[schema(value_type = String, min_length = 1, max_length = 256)]
    pub value: RawText,
    /// Who told us.
    #[schema(min_length = 1, max_length = 64)]
    pub source: String,
}

/// A file that came with a message; the file itself stays where `reference` says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The file's name as it came.
    #[schema(value_type = String, min_length = 1, max_length = 512)]
    pub name: RawText,
    /// Bytes.
    #[schema(minimum = 0, maximum = 4_294_967_295_u64)]
    pub size: u32,
    /// The media type as it came, such as `image/jpeg`.
    #[schema(min_length = 1, max_length = 128)]
    pub media_type: String,
    /// Where the file can be had, as the channel named it.
    #[schema(value_type = String, min_length = 1, max_length = 2048)]
    pub reference: RawText,
}

words!(
    /// What a playbook line is for, in the order in which parts are said (method 3.2).
    LinePart {
        /// Takes the customer's side and names what happened.
        Empathize = "empathize",
        /// Cares for people first.
        Safety = "safety",
        /// Asks an open question.
        Ask = "ask",
        /// Says the cause, or honestly that it is not known yet.
        Explain = "explain",
        /// Offers a choice.
        Options = "options",
        /// Names the customer's rights neutrally.
        Rights = "rights",
        /// Declines with a reason.
        Decline = "decline",
        /// Commits to a deed by a concrete time.
        Commit = "commit",
        /// Checks how to reach the customer.
        Confirm = "confirm",
        /// Shows how the customer can do it alone next time; said only after the matter is settled.
        SelfService = "selfservice",
    }
);

words!(
    /// Where a line stands that the team proposed (mission AN5).
    LineState {
        /// A lead has not decided yet.
        Proposed = "proposed",
        /// It is in everybody's playbook.
        Approved = "approved",
        /// A lead declined it, with a word back.
        Declined = "declined",
        /// It was in the playbook and is no longer.
        Retired = "retired",
    }
);
