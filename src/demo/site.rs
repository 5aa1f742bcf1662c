//! The demo's people: team, queues, customers, read from `assets/demo/`.

use std::collections::HashMap;

use serde::Deserialize;
use uuid::Uuid;

use super::{BadDemo, Scribe};
use crate::domain::command::{CommandBody, NewCustomer};
use crate::domain::event::Actor;
use crate::domain::ids::{CustomerId, QueueId, UserId};
use crate::domain::time::Ms;
use crate::domain::vocabulary::{Identity, IdentityKind, Role, Tier};
use crate::text::RawText;

const TEAM: &str = "assets/demo/team.toml";
const CUSTOMERS: &str = "assets/demo/customers.toml";

/// The name space of ids that are made from names, so that two starts of the demo agree.
const SPACE: Uuid = Uuid::from_u128(0x6261_6c6d_0000_5000_8000_6465_6d6f_0001);

/// The id of the demo user with this login.
#[must_use]
pub fn user_id(login: &str) -> UserId {
    UserId(Uuid::new_v5(&SPACE, format!("user:{login}").as_bytes()))
}

/// The id of the demo queue with this slug.
#[must_use]
pub fn queue_id(slug: &str) -> QueueId {
    QueueId(Uuid::new_v5(&SPACE, format!("queue:{slug}").as_bytes()))
}

/// The id of the demo customer with this key.
pub(super) fn customer_id(key: &str) -> CustomerId {
    CustomerId(Uuid::new_v5(&SPACE, format!("customer:{key}").as_bytes()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamFile {
    start_user: String,
    user: Vec<UserRow>,
    queue: Vec<QueueRow>,
}

#[derive(Deserialize)]
struct UserRow {
    login: String,
    name: String,
    roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QueueRow {
    id: String,
    zh: String,
    en: String,
    members: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomersFile {
    customer: Vec<CustomerRow>,
}

#[derive(Deserialize)]
struct CustomerRow {
    key: String,
    name: String,
    call_zh: String,
    phone: String,
    tier: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    vulnerable: bool,
    #[serde(default)]
    preferences: Vec<String>,
    language: String,
}

/// Who works and calls in the demo.
#[derive(Debug)]
pub struct Site {
    /// Whom `balm` opens as when nothing is configured.
    pub start_user: String,
    users: HashMap<String, UserId>,
    queues: HashMap<String, QueueId>,
    customers: HashMap<String, CustomerId>,
}

/// Whom `balm` opens as when nothing is configured.
///
/// # Errors
/// When the shipped file cannot be read, which a test rules out.
pub fn demo_user_login() -> Result<String, BadDemo> {
    team().map(|t| t.start_user)
}

fn team() -> Result<TeamFile, BadDemo> {
    toml::from_str(include_str!("../../assets/demo/team.toml")).map_err(|e| BadDemo::new(TEAM, e))
}

impl Site {
    /// Writes team, queues and customers into the log, at `at`.
    ///
    /// # Errors
    /// When a demo file is wrong.
    pub fn write(scribe: &mut Scribe, at: Ms) -> Result<Self, BadDemo> {
        let team = team()?;
        let mut site = Self {
            start_user: team.start_user,
            users: HashMap::new(),
            queues: HashMap::new(),
            customers: HashMap::new(),
        };
        let run = |scribe: &mut Scribe, file, key: &str, body| {
            scribe
                .run(Actor::System, at, body)
                .map_err(|e| BadDemo::new(file, format!("{key}: {e}")))
        };
        for row in team.user {
            let user = user_id(&row.login);
            let highest = row.roles.last().and_then(|r| Role::from_name(r));
            let role = highest
                .ok_or_else(|| BadDemo::new(TEAM, format!("{}: no such role", row.login)))?;
            let body = CommandBody::AddUser {
                user,
                login: row.login.clone(),
                name: row.name,
                role,
            };
            run(scribe, TEAM, &row.login, body)?;
            site.users.insert(row.login, user);
        }
        for row in team.queue {
            let queue = queue_id(&row.id);
            let body = CommandBody::AddQueue {
                queue,
                slug: row.id.clone(),
                zh: row.zh,
                en: row.en,
            };
            run(scribe, TEAM, &row.id, body)?;
            let members = row
                .members
                .iter()
                .map(|m| site.user(m))
                .collect::<Result<Vec<_>, _>>()?;
            run(
                scribe,
                TEAM,
                &row.id,
                CommandBody::SetMembers { queue, members },
            )?;
            site.queues.insert(row.id, queue);
        }
        let file: CustomersFile = toml::from_str(include_str!("../../assets/demo/customers.toml"))
            .map_err(|e| BadDemo::new(CUSTOMERS, e))?;
        for row in file.customer {
            let id = customer_id(&row.key);
            for body in record(&row, id)? {
                run(scribe, CUSTOMERS, &row.key, body)?;
            }
            site.customers.insert(row.key, id);
        }
        Ok(site)
    }

    /// The user with this login.
    ///
    /// # Errors
    /// When there is none.
    pub fn user(&self, login: &str) -> Result<UserId, BadDemo> {
        self.users
            .get(login)
            .copied()
            .ok_or_else(|| BadDemo::new(TEAM, format!("no user {login:?}")))
    }

    /// The queue with this slug.
    ///
    /// # Errors
    /// When there is none.
    pub fn queue(&self, slug: &str) -> Result<QueueId, BadDemo> {
        self.queues
            .get(slug)
            .copied()
            .ok_or_else(|| BadDemo::new(TEAM, format!("no queue {slug:?}")))
    }

    /// The customer with this key.
    ///
    /// # Errors
    /// When there is none.
    pub fn customer(&self, key: &str) -> Result<CustomerId, BadDemo> {
        self.customers
            .get(key)
            .copied()
            .ok_or_else(|| BadDemo::new(CUSTOMERS, format!("no customer {key:?}")))
    }
}

/// The commands that make one customer record.
fn record(row: &CustomerRow, customer: CustomerId) -> Result<Vec<CommandBody>, BadDemo> {
    let tier = Tier::from_name(&row.tier.to_lowercase())
        .ok_or_else(|| BadDemo::new(CUSTOMERS, format!("{}: no tier {:?}", row.key, row.tier)))?;
    let source = "demo".to_owned();
    let phone = Identity {
        kind: IdentityKind::Phone,
        value: RawText::new(row.phone.clone()),
        source: source.clone(),
    };
    let new = NewCustomer {
        name: RawText::new(row.name.clone()),
        identities: vec![phone],
        tier,
        vulnerable: row.vulnerable,
        origin: None,
    };
    let mut out = vec![CommandBody::AddCustomer { customer, new }];
    if !row.tags.is_empty() {
        let (add, remove) = (row.tags.clone(), Vec::new());
        out.push(CommandBody::TagCustomer {
            customer,
            add,
            remove,
            source: source.clone(),
        });
    }
    let mut wish = |key: &str, value: String| {
        out.push(CommandBody::SetPreference {
            customer,
            key: key.to_owned(),
            value,
            source: source.clone(),
        });
    };
    wish("title", row.call_zh.clone());
    wish("language", row.language.clone());
    for (i, wished) in row.preferences.iter().enumerate() {
        wish(&format!("wish{}", i + 1), wished.clone());
    }
    Ok(out)
}
