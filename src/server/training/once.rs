//! Orders with a name, done once: a desk whose answer was lost on the way asks again under the same name and is told the same.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::Training;
use crate::api::training::{Ask, Told};
use crate::domain::ids::UserId;
use crate::domain::people::User;
use crate::task;

/// Answers that are remembered of one account: a desk has one order on its way at a time.
const KEPT: usize = 8;

type Slot = Arc<tokio::sync::Mutex<VecDeque<(Uuid, Told)>>>;

/// What was answered last, by account.
#[derive(Debug, Default)]
pub(super) struct Once {
    slots: Mutex<HashMap<UserId, Slot>>,
}

impl Once {
    /// Does an order, or tells again what came of it. It is done to its end even if nobody waits any more, and a second
    /// question waits for the first. Nothing when doing it failed.
    pub(super) async fn answer(
        &self,
        training: Arc<dyn Training>,
        user: User,
        order: Uuid,
        ask: Ask,
    ) -> Option<Told> {
        let slot = {
            let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry(user.id).or_default())
        };
        let work = task::spawn("training order", async move {
            let mut known = slot.lock_owned().await;
            if let Some((_, told)) = known.iter().find(|(id, _)| *id == order) {
                return told.clone();
            }
            let told = training.ask(&user, ask).await;
            known.push_back((order, told.clone()));
            if known.len() > KEPT {
                known.pop_front();
            }
            told
        });
        work.await.ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use tokio::sync::watch;

    use super::*;
    use crate::api::training::Joined;

    /// Counts what it is asked, and takes its time.
    #[derive(Default)]
    struct Counting(AtomicU32);

    #[async_trait::async_trait]
    impl Training for Counting {
        async fn ask(&self, _: &User, _: Ask) -> Told {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let count = self.0.fetch_add(1, Ordering::SeqCst);
            Told::No {
                why: count.to_string(),
            }
        }

        async fn join(&self, _: &str) -> Option<Joined> {
            None
        }

        fn cut(&self, _: UserId) -> watch::Receiver<bool> {
            watch::Sender::new(false).subscribe()
        }
    }

    fn user(n: u128) -> User {
        User {
            id: UserId(Uuid::from_u128(n)),
            login: "lin".to_owned(),
            name: "小林".to_owned(),
            role: crate::domain::vocabulary::Role::Agent,
            duty: crate::domain::vocabulary::Duty::default(),
            duty_since: crate::domain::time::Ms(0),
            disabled: false,
            version: 1,
            position: 1,
        }
    }

    #[tokio::test]
    async fn an_order_asked_again_is_done_once_and_told_the_same() {
        let counting = Arc::new(Counting::default());
        let once = Once::default();
        let ask = |who: u128, order: u128| {
            let training = Arc::clone(&counting) as Arc<dyn Training>;
            once.answer(training, user(who), Uuid::from_u128(order), Ask::Released)
        };
        // The first one who asks gives up waiting; it is done all the same, and the second waits for it.
        let left = tokio::time::timeout(Duration::from_millis(5), ask(1, 1)).await;
        assert!(left.is_err());
        let first = ask(1, 1).await.unwrap();
        assert_eq!(ask(1, 1).await.unwrap(), first);
        assert_eq!(counting.0.load(Ordering::SeqCst), 1);
        // Another order, and another account's order of the same name, are their own.
        assert_ne!(ask(1, 2).await.unwrap(), first);
        assert_ne!(ask(2, 1).await.unwrap(), first);
        assert_eq!(counting.0.load(Ordering::SeqCst), 3);
    }
}
