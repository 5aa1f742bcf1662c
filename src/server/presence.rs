//! Who looks at what. Memory only; lost on restart, and that is right: an entry nobody renews is nobody looking.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

use crate::api::wire::{PresenceEntry, PresenceList, PresenceReport};
use crate::domain::ids::UserId;
use crate::domain::time::Ms;

/// An entry that was not renewed for this long is dropped, in milliseconds. Desks renew every 30 seconds.
const FADES: i64 = 90_000;

/// Where everybody looks.
pub struct Presence {
    entries: Mutex<BTreeMap<UserId, (PresenceEntry, Ms)>>,
    bell: watch::Sender<u64>,
}

impl Default for Presence {
    fn default() -> Self {
        Self {
            entries: Mutex::default(),
            bell: watch::channel(0).0,
        }
    }
}

impl Presence {
    /// Takes a report.
    pub fn report(&self, user: UserId, report: &PresenceReport, now: Ms) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let before = entries.get(&user).map(|(entry, _)| entry.clone());
        let same = before.as_ref().is_some_and(|b| b.ticket == report.ticket);
        let entry = PresenceEntry {
            user,
            ticket: report.ticket,
            writing: report.writing,
            since: before.as_ref().filter(|_| same).map_or(now, |b| b.since),
        };
        let changed = before.as_ref() != Some(&entry);
        entries.insert(user, (entry, now));
        drop(entries);
        if changed {
            self.bell.send_modify(|n| *n += 1);
        }
    }

    /// Everybody who looks somewhere.
    pub fn list(&self, now: Ms) -> PresenceList {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, (_, seen)| now.minus(*seen) < FADES);
        PresenceList {
            entries: entries
                .values()
                .filter(|(entry, _)| entry.ticket.is_some())
                .map(|(entry, _)| entry.clone())
                .collect(),
        }
    }

    /// Rings when something changed.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}
