//! The table of rules (method 3.4): what each may be, who may override it, whether a deployment may switch it, and which
//! facts it needs beside the words. Ids are stable for ever.

use super::Severity::{self, Block, Info, Warn};
use super::known::Fact;
use crate::domain::vocabulary::MayOverride;

/// The families, one file of checks each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Family {
    /// Acknowledgement.
    Emp,
    /// Explanation.
    Exp,
    /// Commitment.
    Cmt,
    /// Confirmation.
    Cfm,
    /// Tone.
    Ton,
    /// Authority.
    Aut,
    /// Law.
    Law,
    /// Privacy.
    Prv,
    /// Consistency.
    Cst,
    /// Facts.
    Fct,
    /// Length.
    Len,
    /// People with special needs.
    Vul,
    /// Names.
    Nam,
    /// Outside bodies.
    Reg,
    /// Script: must-say and never-say.
    Sco,
}

/// Who may let a reply leave although the rule blocks it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Overridable {
    /// Whoever writes the reply, with a reason.
    Agent,
    /// A lead or above, with a reason.
    Lead,
    /// Nobody.
    Never,
}

impl From<Overridable> for MayOverride {
    fn from(who: Overridable) -> Self {
        match who {
            Overridable::Agent => Self::Agent,
            Overridable::Lead => Self::Lead,
            Overridable::Never => Self::Nobody,
        }
    }
}

/// Who may override a block of the rule with this id; nobody when there is no such rule.
#[must_use]
pub fn may_override(id: &str) -> MayOverride {
    rule(id).map_or(MayOverride::Nobody, |r| r.overridable.into())
}

/// One rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The stable id; its words are `lint-<id>` in the locale files.
    pub id: &'static str,
    /// Its family.
    pub family: Family,
    /// How much its findings may matter, the strongest first.
    pub severities: &'static [Severity],
    /// Who may override a block of it.
    pub overridable: Overridable,
    /// Whether a deployment may switch it off or lower it.
    pub switchable: bool,
    /// The facts without which it is not checked.
    pub needs: &'static [Fact],
}

impl Rule {
    /// The most a finding of the rule may matter.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self.severities {
            [first, ..] => *first,
            [] => Info,
        }
    }
}

/// The rule with this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES
        .binary_search_by(|r| r.id.cmp(id))
        .ok()
        .and_then(|at| RULES.get(at))
}

const fn of(id: &'static str, family: Family, severities: &'static [Severity]) -> Rule {
    Rule {
        id,
        family,
        severities,
        overridable: Overridable::Agent,
        switchable: true,
        needs: &[],
    }
}

impl Rule {
    const fn lead(mut self) -> Self {
        self.overridable = Overridable::Lead;
        self
    }

    const fn never(mut self) -> Self {
        self.overridable = Overridable::Never;
        self
    }

    const fn fixed(mut self) -> Self {
        self.switchable = false;
        self
    }

    const fn needs(mut self, facts: &'static [Fact]) -> Self {
        self.needs = facts;
        self
    }
}

use Family::{Aut, Cfm, Cmt, Cst, Emp, Exp, Fct, Law, Len, Nam, Prv, Reg, Sco, Ton, Vul};

/// Every rule, in the order of the ids.
pub const RULES: &[Rule] = &[
    of("AUT-01", Aut, &[Block])
        .lead()
        .needs(&[Fact::Authority, Fact::Sums]),
    of("AUT-02", Aut, &[Warn]).needs(&[Fact::Menu]),
    of("AUT-03", Aut, &[Warn]).needs(&[Fact::NeedConfirmed]),
    of("AUT-04", Aut, &[Warn]).needs(&[Fact::Precedents]),
    of("AUT-05", Aut, &[Block])
        .lead()
        .needs(&[Fact::Authority, Fact::Sums]),
    of("CFM-01", Cfm, &[Warn]).needs(&[Fact::ContactChecked]),
    of("CFM-02", Cfm, &[Warn]),
    of("CMT-01", Cmt, &[Block]),
    of("CMT-02", Cmt, &[Block]).needs(&[Fact::Promises]),
    of("CMT-03", Cmt, &[Warn]),
    of("CMT-04", Cmt, &[Warn]),
    of("CMT-05", Cmt, &[Block]).needs(&[Fact::Feasible]),
    of("CMT-06", Cmt, &[Block]).lead().needs(&[Fact::Caps]),
    of("CMT-07", Cmt, &[Warn]),
    of("CMT-08", Cmt, &[Warn]),
    of("CMT-09", Cmt, &[Block]).needs(&[Fact::Promises]),
    of("CMT-10", Cmt, &[Block, Warn]),
    of("CMT-11", Cmt, &[Block]).needs(&[Fact::Promises]),
    of("CMT-12", Cmt, &[Warn]),
    of("CST-01", Cst, &[Warn]).needs(&[Fact::Said]),
    of("CST-02", Cst, &[Warn]).needs(&[Fact::Approved]),
    of("EMP-01", Emp, &[Block, Warn]),
    of("EMP-02", Emp, &[Warn]),
    of("EMP-03", Emp, &[Warn]),
    of("EMP-04", Emp, &[Warn]),
    of("EMP-05", Emp, &[Warn]),
    of("EMP-06", Emp, &[Info]),
    of("EMP-07", Emp, &[Block]),
    of("EXP-01", Exp, &[Block]),
    of("EXP-02", Exp, &[Block]),
    of("EXP-03", Exp, &[Warn]).needs(&[Fact::CauseSourced]),
    of("EXP-04", Exp, &[Block]),
    of("EXP-05", Exp, &[Warn]),
    of("EXP-06", Exp, &[Warn]),
    of("FCT-01", Fct, &[Block]).never(),
    of("FCT-02", Fct, &[Warn]).needs(&[Fact::Values]),
    of("LAW-01", Law, &[Block]).never().fixed(),
    of("LAW-02", Law, &[Warn]).never().fixed(),
    of("LAW-03", Law, &[Warn])
        .never()
        .fixed()
        .needs(&[Fact::LawCards]),
    of("LAW-04", Law, &[Block])
        .never()
        .fixed()
        .needs(&[Fact::SevereRoute]),
    of("LEN-01", Len, &[Info]),
    of("NAM-01", Nam, &[Block]).needs(&[Fact::Names]),
    of("PRV-01", Prv, &[Block]).never().fixed(),
    of("PRV-02", Prv, &[Block]).never().fixed(),
    of("PRV-03", Prv, &[Block]).never().fixed(),
    of("REG-01", Reg, &[Warn]).needs(&[Fact::OutsideNamed]),
    of("SCO-01", Sco, &[Warn]).needs(&[Fact::MustSay]),
    of("SCO-02", Sco, &[Block]).needs(&[Fact::NeverSay]),
    of("TON-01", Ton, &[Block]),
    of("TON-02", Ton, &[Warn]),
    of("TON-03", Ton, &[Block]),
    of("TON-04", Ton, &[Warn]),
    of("TON-05", Ton, &[Info]),
    of("TON-06", Ton, &[Info]),
    of("TON-07", Ton, &[Warn]),
    of("TON-08", Ton, &[Block]),
    of("TON-09", Ton, &[Block]),
    of("VUL-01", Vul, &[Warn]).needs(&[Fact::Vulnerable]),
];
