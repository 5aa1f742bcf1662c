//! Who asks: tokens, roles, what they may see, how fast they may ask.
//!
//! Accounts and queues are kept in memory: every change of them passes through this process, which then reads them anew
//! before it answers. Tokens are looked up by the hash of their secret and forgotten when one is revoked.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::http::{HeaderValue, header};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};

use super::problem::{Code, Fault};
use crate::domain::event::Actor;
use crate::domain::fold::Head;
use crate::domain::ids::{QueueId, StreamKind, UserId};
use crate::domain::people::{Queue, User};
use crate::domain::rights;
use crate::log::{Log, LogError, Sight, TokenRow};
use crate::task;

/// Requests a second that one token may make, and as many again in a burst. A desk makes a few; a load test with one
/// command a request must still reach 2,000.
const RATE: NonZeroU32 = NonZeroU32::MIN.saturating_add(3_999);
/// Requests a second with a token that is none, over all senders: guessing is slow.
const STRANGERS: NonZeroU32 = NonZeroU32::MIN.saturating_add(199);

/// Somebody with a valid token.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account.
    pub user: User,
    /// The queues they may see.
    pub queues: Vec<QueueId>,
    /// What they may see.
    pub sight: Sight,
    /// The token's public name.
    pub token: String,
    hash: [u8; 32],
}

impl Caller {
    /// Who is written down as having done it.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::User { user: self.user.id }
    }

    /// Whether personal values are shown in clear.
    #[must_use]
    pub const fn clear(&self) -> bool {
        self.user.role.sees_personal()
    }

    /// Refuses anybody below this rank.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn must_be(&self, rank: rights::Rank) -> Result<(), Fault> {
        if rights::reaches(self.user.role, rank) {
            return Ok(());
        }
        let detail = format!("the role {} may not do that", self.user.role.as_str());
        Err(Fault::new(Code::Forbidden, detail))
    }
}

/// Accounts and queues of one moment.
#[derive(Default)]
struct Roster {
    users: BTreeMap<UserId, User>,
    queues: Vec<Queue>,
}

/// The gate that every request passes.
pub struct Gate {
    log: Arc<dyn Log>,
    roster: RwLock<Arc<Roster>>,
    tokens: RwLock<HashMap<[u8; 32], TokenRow>>,
    rate: DefaultKeyedRateLimiter<[u8; 32]>,
    strangers: DefaultDirectRateLimiter,
}

impl Gate {
    /// A gate with the accounts as they are.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn open(log: Arc<dyn Log>) -> Result<Self, LogError> {
        let gate = Self {
            log,
            roster: RwLock::default(),
            tokens: RwLock::default(),
            rate: RateLimiter::keyed(Quota::per_second(RATE)),
            strangers: RateLimiter::direct(Quota::per_second(STRANGERS)),
        };
        gate.reload().await?;
        Ok(gate)
    }

    /// Reads accounts and queues anew.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn reload(&self) -> Result<(), LogError> {
        let mut roster = Roster::default();
        for head in self.log.all(StreamKind::User).await? {
            if let Head::User(user) = head {
                roster.users.insert(user.id, user);
            }
        }
        for head in self.log.all(StreamKind::Queue).await? {
            if let Head::Queue(queue) = head {
                roster.queues.push(queue);
            }
        }
        *self.roster.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(roster);
        Ok(())
    }

    /// Forgets tokens that were looked up: one of them may be revoked now.
    pub fn forget(&self) {
        self.tokens
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn roster(&self) -> Arc<Roster> {
        Arc::clone(&self.roster.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// All accounts, by id.
    pub fn users(&self) -> Vec<User> {
        self.roster().users.values().cloned().collect()
    }

    /// All queues, by id.
    pub fn queues(&self) -> Vec<Queue> {
        self.roster().queues.clone()
    }

    /// Whoever has this secret.
    ///
    /// # Errors
    /// `unauthorized`, `too_many_requests`, or the log's failure.
    pub async fn caller(&self, secret: &str) -> Result<Caller, Fault> {
        self.by_hash(hash(secret)).await
    }

    /// The same caller as of now: role, queues and token may have changed.
    ///
    /// # Errors
    /// As [`Gate::caller`].
    pub async fn again(&self, caller: &Caller) -> Result<Caller, Fault> {
        self.by_hash(caller.hash).await
    }

    async fn by_hash(&self, hash: [u8; 32]) -> Result<Caller, Fault> {
        let known = self
            .tokens
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&hash)
            .cloned();
        let row = match known {
            Some(row) => row,
            None => self.look_up(hash).await?,
        };
        let refused = |why: &str| Fault::new(Code::Unauthorized, why);
        if row.revoked_at.is_some() {
            return Err(refused("the token was revoked"));
        }
        let roster = self.roster();
        let user = roster
            .users
            .get(&row.user)
            .filter(|u| !u.disabled)
            .ok_or_else(|| refused("the account is closed"))?
            .clone();
        let queues: Vec<QueueId> = roster
            .queues
            .iter()
            .filter(|q| rights::sees(user.role, user.id, q))
            .map(|q| q.id)
            .collect();
        let sight = if user.role.sees_all_queues() {
            Sight::All
        } else {
            Sight::Some {
                user: user.id,
                queues: queues.iter().copied().collect(),
            }
        };
        Ok(Caller {
            user,
            queues,
            sight,
            token: row.id,
            hash,
        })
    }

    async fn look_up(&self, hash: [u8; 32]) -> Result<TokenRow, Fault> {
        match self.log.token_by_hash(hash).await? {
            Some(row) => {
                self.tokens
                    .write()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(hash, row.clone());
                Ok(row)
            }
            None if self.strangers.check().is_err() => Err(too_many(Duration::from_secs(1))),
            None => Err(Fault::new(Code::Unauthorized, "the token is not known")),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// `too_many_requests` with the time to wait.
    pub fn admit(&self, caller: &Caller) -> Result<(), Fault> {
        self.rate
            .check_key(&caller.hash)
            .map_err(|not_until| too_many(not_until.wait_time_from(DefaultClock::default().now())))
    }
}

fn too_many(wait: Duration) -> Fault {
    let seconds = wait.as_secs() + 1;
    let mut fault = Fault::new(Code::TooMany, format!("wait {seconds} s"));
    fault.header = Some((header::RETRY_AFTER, HeaderValue::from(seconds)));
    fault
}

/// What is kept of a secret.
#[must_use]
pub fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// A new token for a user: its secret, to be shown once, and what is kept. The secret has more than 128 random bits: those
/// of eight version 7 UUIDs, at least 32 each, and 42 more in the first.
#[must_use]
pub fn make_token(user: UserId, label: &str) -> (String, TokenRow) {
    let mut random = Sha256::new();
    for _ in 0..8 {
        random.update(task::new_id().as_bytes());
    }
    let digits: String = random
        .finalize()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let secret = format!("balm_{digits}");
    let row = TokenRow {
        id: task::new_id().to_string(),
        hash: hash(&secret),
        user,
        label: label.to_owned(),
        created_at: task::now_ms(),
        revoked_at: None,
    };
    (secret, row)
}
