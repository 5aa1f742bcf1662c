//! The refusals that concern customer records and the site; `refused` runs them with the others.

use super::refused::{Case, erased, merged_away, nothing, taken};
use super::*;
use crate::domain::vocabulary::Duty;

pub(super) fn records() -> Vec<Case> {
    let tier = CommandBody::SetTier {
        customer: MEI,
        tier: Tier::A,
        vulnerable: false,
    };
    let rename = |name: &str| CommandBody::RenameCustomer {
        customer: MEI,
        name: name.into(),
    };
    let split = |into, tickets| CommandBody::SplitCustomer {
        customer: MEI,
        into,
        new: new_customer(),
        tickets,
    };
    let fresh = CustomerId(Uuid::from_u128(71));
    vec![
        (
            nothing,
            by(ANNA),
            CommandBody::AddCustomer {
                customer: MEI,
                new: new_customer(),
            },
            Rule::Exists,
        ),
        (nothing, by(ANNA), rename(" "), Rule::Empty),
        (erased, by(ANNA), rename("王"), Rule::Erased),
        (merged_away, by(ANNA), rename("王"), Rule::Merged),
        (nothing, by(ANNA), tier, Rule::NotAllowed),
        (
            nothing,
            by(ANNA),
            CommandBody::MergeCustomer {
                customer: MEI,
                into: MEI,
            },
            Rule::Itself,
        ),
        (
            merged_away,
            by(ANNA),
            CommandBody::MergeCustomer {
                customer: LI,
                into: MEI,
            },
            Rule::Merged,
        ),
        (nothing, by(ANNA), split(MEI, vec![]), Rule::Itself),
        (nothing, by(ANNA), split(LI, vec![]), Rule::Exists),
        (
            nothing,
            by(ANNA),
            split(fresh, vec![NOWHERE]),
            Rule::NotFound,
        ),
        (
            nothing,
            by(LEAD),
            CommandBody::EraseCustomer { customer: MEI },
            Rule::NotAllowed,
        ),
        (
            nothing,
            by(MANAGER),
            CommandBody::EraseCustomer { customer: fresh },
            Rule::NotFound,
        ),
    ]
}

pub(super) fn site() -> Vec<Case> {
    let fresh = UserId(Uuid::from_u128(72));
    let queue = |queue| CommandBody::AddQueue {
        queue,
        slug: "s".into(),
        zh: "队".into(),
        en: "Q".into(),
    };
    let nameless = CommandBody::AddUser {
        user: fresh,
        login: " ".into(),
        name: "x".into(),
        role: Role::Agent,
    };
    vec![
        (
            nothing,
            by(LEAD),
            add_user(fresh, Role::Agent),
            Rule::NotAllowed,
        ),
        (
            nothing,
            by(ADMIN),
            add_user(ANNA, Role::Agent),
            Rule::Exists,
        ),
        (taken, by(ADMIN), add_user(fresh, Role::Agent), Rule::Taken),
        (nothing, by(ADMIN), nameless, Rule::Empty),
        (
            nothing,
            by(ADMIN),
            CommandBody::SetRole {
                user: fresh,
                role: Role::Lead,
            },
            Rule::NotFound,
        ),
        (
            nothing,
            by(ADMIN),
            CommandBody::DisableUser { user: ADMIN },
            Rule::Itself,
        ),
        (
            nothing,
            by(ADMIN),
            CommandBody::DisableUser { user: fresh },
            Rule::NotFound,
        ),
        (nothing, by(ADMIN), queue(MAIN), Rule::Exists),
        (
            taken,
            by(ADMIN),
            queue(QueueId(Uuid::from_u128(73))),
            Rule::Taken,
        ),
        (
            nothing,
            by(LEAD),
            CommandBody::SetMembers {
                queue: MAIN,
                members: vec![fresh],
            },
            Rule::NotFound,
        ),
        (
            nothing,
            by(ANNA),
            CommandBody::SetMembers {
                queue: MAIN,
                members: vec![],
            },
            Rule::NotAllowed,
        ),
        (
            nothing,
            Actor::System,
            CommandBody::SetDuty { duty: Duty::Ready },
            Rule::NotAllowed,
        ),
        (
            nothing,
            Actor::Customer,
            CommandBody::SetDuty { duty: Duty::Ready },
            Rule::NotAllowed,
        ),
    ]
}
