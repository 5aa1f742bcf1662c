//! What to push next: pure. Commands leave in the order they were made; one that came back stops only those that
//! name it in `after`.

use std::collections::BTreeSet;

use crate::domain::command::Command;
use crate::domain::ids::CommandId;

/// Most commands in one batch of a desk; smaller than the server's limit so that a slow line answers in time.
pub const BATCH: usize = 100;

/// Most bytes of words in one batch, so that one long pasted text does not hold up a slow line for all others.
const BATCH_BYTES: usize = 512 * 1024;

/// What to do with the outbox now.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// Send these, in this order.
    pub send: Vec<CommandId>,
    /// These come back, because the command they follow came back.
    pub back: Vec<(CommandId, CommandId)>,
}

/// Plans the next batch. `waiting` is the outbox in order, `returned` what came back, `answered` what was accepted
/// already and only waits for its events.
#[must_use]
pub fn next<'a>(
    waiting: impl IntoIterator<Item = &'a Command>,
    returned: &BTreeSet<CommandId>,
    answered: &BTreeSet<CommandId>,
) -> Plan {
    let mut plan = Plan::default();
    let mut stopped = returned.clone();
    let mut bytes = 0;
    for command in waiting {
        if let Some(after) = command.after.filter(|after| stopped.contains(after)) {
            stopped.insert(command.id);
            plan.back.push((command.id, after));
            continue;
        }
        if answered.contains(&command.id) || plan.send.len() >= BATCH {
            continue;
        }
        let size = command.body.words().map_or(64, |w| w.len_bytes() + 64);
        if !plan.send.is_empty() && bytes + size > BATCH_BYTES {
            // Nothing may overtake: what does not fit ends the batch.
            bytes = usize::MAX / 2;
            continue;
        }
        bytes += size;
        plan.send.push(command.id);
    }
    plan
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::command::CommandBody;
    use crate::domain::ids::TicketId;
    use crate::domain::time::Ms;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: usize) -> CommandId {
        CommandId(Uuid::from_u128(n as u128 + 1))
    }

    fn note(n: usize, after: Option<usize>, size: usize) -> Command {
        Command {
            id: id(n),
            at: Ms(0),
            base: Vec::new(),
            after: after.map(id),
            body: CommandBody::Note {
                ticket: TicketId(Uuid::from_u128(9)),
                text: "x".repeat(size).into(),
            },
        }
    }

    proptest! {
        #[test]
        fn order_kept_and_only_followers_stop(
            links in proptest::collection::vec(proptest::option::of(0_usize..30), 1..30),
            bad in proptest::collection::btree_set(100_usize..130, 0..3),
            sizes in proptest::collection::vec(1_usize..200_000, 30),
        ) {
            // Some commands name one before them, some name one that came back earlier.
            let commands: Vec<Command> = links.iter().enumerate().map(|(n, link)| {
                let after = link.map(|l| if l < n { l } else { 100 + l });
                note(n, after, sizes[n])
            }).collect();
            let returned: BTreeSet<CommandId> = bad.iter().map(|b| id(*b)).collect();
            let plan = next(&commands, &returned, &BTreeSet::new());
            let mut stopped = returned.clone();
            for c in &commands {
                if c.after.is_some_and(|a| stopped.contains(&a)) { stopped.insert(c.id); }
            }
            let expect_back: Vec<CommandId> = commands.iter().map(|c| c.id).filter(|i| stopped.contains(i)).collect();
            prop_assert_eq!(plan.back.iter().map(|b| b.0).collect::<Vec<_>>(), expect_back);
            // What is sent is a prefix of what may be sent: nothing overtakes.
            let may: Vec<CommandId> = commands.iter().map(|c| c.id).filter(|i| !stopped.contains(i)).collect();
            prop_assert!(may.starts_with(&plan.send));
            prop_assert!(may.is_empty() || !plan.send.is_empty());
        }
    }

    #[test]
    fn accepted_commands_are_not_sent_again() {
        let commands = [note(0, None, 5), note(1, Some(0), 5)];
        let plan = next(&commands, &BTreeSet::new(), &BTreeSet::from([id(0)]));
        assert_eq!(plan.send, vec![id(1)]);
    }

    #[test]
    fn one_batch_is_bounded() {
        let commands: Vec<Command> = (0..300).map(|n| note(n, None, 5)).collect();
        assert_eq!(
            next(&commands, &BTreeSet::new(), &BTreeSet::new())
                .send
                .len(),
            BATCH
        );
    }
}
