//! What is known beside the words. A fact that nobody gathered is `None`: the rules that need it say "not checked" instead of
//! passing silently.

use crate::domain::calendar::Calendar;
use crate::domain::promise_time::Contact;
use crate::domain::time::Ms;
use crate::domain::vocabulary::Deed;

/// A fact that some rules need.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fact {
    /// The promises of the ticket's ledger.
    Promises,
    /// From when a deed of ours is feasible, by calendar and policy.
    Feasible,
    /// The service target and the legal cap.
    Caps,
    /// What the writer may grant.
    Authority,
    /// What was granted before, on this ticket and in 90 days.
    Sums,
    /// The remedies on the item's menu.
    Menu,
    /// What was granted in like matters.
    Precedents,
    /// Whether the customer's need is confirmed.
    NeedConfirmed,
    /// Whether the way to reach the customer was checked.
    ContactChecked,
    /// What was said to this customer before.
    Said,
    /// The approved wording in force.
    Approved,
    /// The numbers and dates of the ticket's facts.
    Values,
    /// Whether a stated cause stands on a fact card.
    CauseSourced,
    /// The law cards at hand.
    LawCards,
    /// Whether the severe route was taken.
    SevereRoute,
    /// The names that are right here.
    Names,
    /// Whether the customer named an outside body.
    OutsideNamed,
    /// What must be said.
    MustSay,
    /// What must never be said.
    NeverSay,
    /// Whether the customer is marked as elderly or with special needs.
    Vulnerable,
}

impl Fact {
    /// The stable name, the key of its words in the locale files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Promises => "promises",
            Self::Feasible => "feasible",
            Self::Caps => "caps",
            Self::Authority => "authority",
            Self::Sums => "sums",
            Self::Menu => "menu",
            Self::Precedents => "precedents",
            Self::NeedConfirmed => "need-confirmed",
            Self::ContactChecked => "contact-checked",
            Self::Said => "said",
            Self::Approved => "approved",
            Self::Values => "values",
            Self::CauseSourced => "cause-sourced",
            Self::LawCards => "law-cards",
            Self::SevereRoute => "severe-route",
            Self::Names => "names",
            Self::OutsideNamed => "outside-named",
            Self::MustSay => "must-say",
            Self::NeverSay => "never-say",
            Self::Vulnerable => "vulnerable",
        }
    }
}

/// A promise of the ledger, as far as lint must know it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Open {
    /// What was promised.
    pub deed: Deed,
    /// By when.
    pub due: Ms,
}

/// The facts; each `None` until somebody gathers it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Open promises of the ticket, those drafted with this reply among them.
    pub promises: Option<&'a [Open]>,
    /// The earliest time each deed can be done, by calendar and policy.
    pub feasible: Option<&'a [(Deed, Ms)]>,
    /// The calendar of the deeds, for what is said in working days.
    pub calendar: Option<&'a Calendar>,
    /// When customers may be contacted.
    pub contact: Option<&'a Contact>,
    /// The end of the service target and of the legal cap, whichever there are.
    pub caps: Option<(Option<Ms>, Option<Ms>)>,
    /// What the writer may grant on this item, minor currency units.
    pub authority: Option<i64>,
    /// What was granted on this ticket and in 90 days, minor currency units.
    pub sums: Option<(i64, i64)>,
    /// The remedies on the item's menu, by name.
    pub menu: Option<&'a [String]>,
    /// The band of what was granted in like matters, minor currency units.
    pub precedents: Option<(i64, i64)>,
    /// Whether the customer's need is confirmed.
    pub need_confirmed: Option<bool>,
    /// Whether the way to reach the customer was checked.
    pub contact_checked: Option<bool>,
    /// What was said to this customer before.
    pub said: Option<&'a [String]>,
    /// The approved wording in force.
    pub approved: Option<&'a [String]>,
    /// Values of the ticket's facts as they would be said.
    pub values: Option<&'a [String]>,
    /// Whether a stated cause stands on a fact card.
    pub cause_sourced: Option<bool>,
    /// The law cards at hand, by what they cite.
    pub law_cards: Option<&'a [String]>,
    /// Whether the severe route was taken.
    pub severe_route: Option<bool>,
    /// The names and titles that are right here: the customer's, the agents', the organisation's.
    pub names: Option<&'a [String]>,
    /// Whether the customer named an outside body.
    pub outside_named: Option<bool>,
    /// What must be said by the end of the contact.
    pub must_say: Option<&'a [String]>,
    /// What must never be said.
    pub never_say: Option<&'a [String]>,
    /// Whether the customer is marked as elderly or with special needs.
    pub vulnerable: Option<bool>,
}

impl Known<'_> {
    /// Whether the fact was gathered.
    #[must_use]
    pub const fn has(&self, fact: Fact) -> bool {
        match fact {
            Fact::Promises => self.promises.is_some(),
            Fact::Feasible => self.feasible.is_some(),
            Fact::Caps => self.caps.is_some(),
            Fact::Authority => self.authority.is_some(),
            Fact::Sums => self.sums.is_some(),
            Fact::Menu => self.menu.is_some(),
            Fact::Precedents => self.precedents.is_some(),
            Fact::NeedConfirmed => self.need_confirmed.is_some(),
            Fact::ContactChecked => self.contact_checked.is_some(),
            Fact::Said => self.said.is_some(),
            Fact::Approved => self.approved.is_some(),
            Fact::Values => self.values.is_some(),
            Fact::CauseSourced => self.cause_sourced.is_some(),
            Fact::LawCards => self.law_cards.is_some(),
            Fact::SevereRoute => self.severe_route.is_some(),
            Fact::Names => self.names.is_some(),
            Fact::OutsideNamed => self.outside_named.is_some(),
            Fact::MustSay => self.must_say.is_some(),
            Fact::NeverSay => self.never_say.is_some(),
            Fact::Vulnerable => self.vulnerable.is_some(),
        }
    }
}
