//! Merging what the line brings into what is there: pure, so that every interleaving can be tried.
//!
//! Events reach a desk by several ways at once: the answer to its own command, the feed, the live stream, a whole
//! ticket fetched because something was missing. Each stream numbers its events without holes, so one rule is enough:
//! the next number is folded, a lower one is old, a higher one waits until the hole before it is filled.

use std::collections::BTreeMap;

use crate::domain::event::Event;
use crate::domain::ids::Stream;

/// Most events that wait on one stream; beyond it the stream is fetched whole anyway.
const MAX_PARKED: usize = 512;

/// Keeps back what came too early.
#[derive(Debug, Default)]
pub struct Sequencer {
    parked: BTreeMap<Stream, BTreeMap<u32, Event>>,
}

impl Sequencer {
    /// What may be folded now, in order, of a stream that stands at version `have`, given one more event.
    #[must_use]
    pub fn offer(&mut self, have: u32, event: Event) -> Vec<Event> {
        let stream = event.stream;
        if event.version <= have {
            self.drain(stream, have)
        } else if event.version == have + 1 {
            let mut ready = vec![event];
            ready.extend(self.drain(stream, have + 1));
            ready
        } else {
            let waiting = self.parked.entry(stream).or_default();
            if waiting.len() < MAX_PARKED {
                waiting.insert(event.version, event);
            }
            Vec::new()
        }
    }

    /// What became ready because the stream has reached version `have` by another way (a snapshot entry).
    #[must_use]
    pub fn drain(&mut self, stream: Stream, have: u32) -> Vec<Event> {
        let Some(waiting) = self.parked.get_mut(&stream) else {
            return Vec::new();
        };
        waiting.retain(|version, _| *version > have);
        let mut ready = Vec::new();
        let mut next = have + 1;
        while let Some(event) = waiting.remove(&next) {
            ready.push(event);
            next += 1;
        }
        if waiting.is_empty() {
            self.parked.remove(&stream);
        }
        ready
    }

    /// Streams with a hole that has to be fetched.
    pub fn gaps(&self) -> impl Iterator<Item = Stream> + '_ {
        self.parked.keys().copied()
    }

    /// Forgets what waits on a stream that is no longer of interest.
    pub fn forget(&mut self, stream: Stream) {
        self.parked.remove(&stream);
    }

    /// Forgets everything, before a fresh snapshot.
    pub fn clear(&mut self) {
        self.parked.clear();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::event::{Actor, TicketEvent};
    use crate::domain::fold::{Head, fold, fold_all};
    use crate::domain::ids::{CommandId, EventId, StreamKind, UserId};
    use crate::domain::time::Ms;
    use crate::domain::vocabulary::{Channel, Priority, Tier};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn event(stream: u128, version: u32) -> Event {
        let body = match version {
            1 => TicketEvent::Opened {
                number: Some(u64::try_from(stream).unwrap()),
                customer: Default::default(),
                queue: Default::default(),
                channel: Channel::Chat,
                tier: Tier::C,
                vulnerable: false,
                repeat_of: None,
                contact: 1,
                item: None,
                live: false,
                origin: None,
            },
            v if v % 3 == 0 => TicketEvent::PrioritySet {
                priority: Priority::High,
            },
            v if v % 3 == 1 => TicketEvent::Claimed {
                user: UserId(Uuid::from_u128(v.into())),
            },
            v => TicketEvent::TicketTagged {
                add: vec![format!("t{v}")],
                remove: Vec::new(),
            },
        };
        Event {
            id: EventId {
                command: CommandId(Uuid::from_u128(stream << 32 | u128::from(version))),
                index: 0,
            },
            stream: Stream {
                kind: StreamKind::Ticket,
                id: Uuid::from_u128(stream),
            },
            version,
            position: u64::from(version),
            occurred_at: Ms(i64::from(version)),
            recorded_at: Ms(i64::from(version)),
            actor: Actor::System,
            body: crate::domain::event::Body::Known(body.into()),
            customer: None,
            payload: None,
        }
    }

    /// A desk reduced to its heads.
    #[derive(Default)]
    struct Desk {
        heads: BTreeMap<Stream, Head>,
        seq: Sequencer,
    }

    impl Desk {
        fn take(&mut self, event: Event) {
            let stream = event.stream;
            let have = self.heads.get(&stream).map_or(0, Head::version);
            for ready in self.seq.offer(have, event) {
                let head = fold(self.heads.remove(&stream), &ready).unwrap();
                self.heads.insert(stream, head);
            }
        }
    }

    proptest! {
        /// Two desks that get the same log in any order, with repetitions, and cut off anywhere with a catch-up
        /// afterwards, end equal to the fold of the log.
        #[test]
        fn any_interleaving_any_cut_same_end(
            lengths in proptest::collection::vec(1_u32..8, 1..5),
            orders in proptest::collection::vec((any::<u32>(), any::<u32>()), 0..60),
            cut in 0_usize..60,
        ) {
            let log: Vec<Event> = lengths.iter().enumerate()
                .flat_map(|(s, n)| (1..=*n).map(move |v| event(s as u128 + 1, v)))
                .collect();
            let (mut one, mut two) = (Desk::default(), Desk::default());
            for (at, (a, b)) in orders.iter().enumerate() {
                if at < cut {
                    one.take(log[*a as usize % log.len()].clone());
                }
                two.take(log[*b as usize % log.len()].clone());
            }
            // The complete catch-up: the feed in order, from the beginning as the worst case.
            for event in &log {
                one.take(event.clone());
            }
            for event in log.iter().rev() {
                two.take(event.clone());
            }
            prop_assert_eq!(&one.heads, &two.heads);
            for (s, n) in lengths.iter().enumerate() {
                let whole: Vec<Event> = (1..=*n).map(|v| event(s as u128 + 1, v)).collect();
                prop_assert_eq!(one.heads.get(&whole[0].stream).cloned(), fold_all(&whole));
            }
            prop_assert_eq!(one.seq.gaps().count() + two.seq.gaps().count(), 0);
        }
    }

    #[test]
    fn a_hole_is_named_until_it_is_filled() {
        let mut desk = Desk::default();
        desk.take(event(1, 1));
        desk.take(event(1, 3));
        assert_eq!(desk.seq.gaps().count(), 1);
        desk.take(event(1, 2));
        assert_eq!(desk.seq.gaps().count(), 0);
        assert_eq!(desk.heads.values().next().unwrap().version(), 3);
    }
}
