//! The outbox on its way out: what is sent next, and what the answers mean. A command leaves the outbox only after its
//! events are in the replica: first the replica's transaction, then the outbox's.

use std::collections::BTreeSet;

use super::{Answered, Owner};
use crate::api::desk::DeskAnswer;
use crate::api::wire::{CommandAnswer, Outcome};
use crate::domain::command::Command;
use crate::domain::decide::Rule;
use crate::domain::ids::CommandId;
use crate::store::apply::Apply;
use crate::store::files::StoreError;
use crate::store::outbox::{Back, Cause};
use crate::store::{plan, stale};

impl Owner {
    /// The next commands to send. What is stale, or follows something that came back, comes back instead of leaving.
    pub(super) fn batch(&mut self) -> Result<Vec<Command>, StoreError> {
        let now = self.now();
        let mut backs = Vec::new();
        for waiting in &self.waiting {
            // What was handed over before may be in the log already: the same id must be asked again, the server judges.
            if waiting.attempted {
                continue;
            }
            if let Some(found) = stale::judge(
                &waiting.command,
                now,
                &self.policy.calendar,
                &self.policy.hotline,
            ) {
                let cause = Cause::Stale {
                    recomputed: found.recomputed,
                    words: found.words,
                };
                backs.push(Back {
                    command: waiting.command.clone(),
                    cause,
                    at: now,
                });
            }
        }
        let mut returned: BTreeSet<CommandId> = self.returned.keys().copied().collect();
        returned.extend(backs.iter().map(|b| b.command.id));
        let answered: BTreeSet<CommandId> = self.answered.keys().copied().collect();
        let commands = self
            .waiting
            .iter()
            .map(|w| &w.command)
            .filter(|c| !backs.iter().any(|b| b.command.id == c.id));
        let plan = plan::next(commands, &returned, &answered);
        for (id, after) in &plan.back {
            if let Some(command) = self.waiting(*id) {
                backs.push(Back {
                    command: command.clone(),
                    cause: Cause::After { command: *after },
                    at: now,
                });
            }
        }
        self.come_back(backs)?;
        if plan.send.is_empty() {
            return Ok(Vec::new());
        }
        self.outbox.attempt(&plan.send)?;
        let mut out = Vec::with_capacity(plan.send.len());
        for waiting in &mut self.waiting {
            if plan.send.contains(&waiting.command.id) {
                waiting.attempted = true;
                out.push(waiting.command.clone());
            }
        }
        Ok(out)
    }

    /// Moves commands to what came back, on disk and on the screen.
    fn come_back(&mut self, backs: Vec<Back>) -> Result<(), StoreError> {
        if backs.is_empty() {
            return Ok(());
        }
        self.outbox.back(&backs)?;
        let mut tickets = Vec::new();
        for back in backs {
            self.waiting.retain(|w| w.command.id != back.command.id);
            tickets.extend(back.command.body.ticket());
            self.returned.insert(back.command.id, back);
        }
        self.dirty.returned = true;
        self.dirty.link = true;
        self.predict()?;
        for ticket in tickets {
            self.refresh(ticket)?;
        }
        Ok(())
    }

    /// Takes the answers to a batch.
    pub(super) fn answers(&mut self, answers: Vec<CommandAnswer>) -> Result<(), StoreError> {
        let now = self.now();
        let mut backs = Vec::new();
        let mut events = Vec::new();
        let mut empty = Vec::new();
        for answer in answers {
            let Some(command) = self.waiting(answer.id).cloned() else {
                continue;
            };
            let cause = match answer.outcome {
                Outcome::Accepted { events: own } if own.is_empty() => {
                    empty.push(answer.id);
                    continue;
                }
                Outcome::Accepted { events: own } => {
                    events.extend(own.iter().cloned());
                    self.answered.insert(answer.id, Answered { events: own });
                    continue;
                }
                Outcome::Refused {
                    rule: Rule::AfterRefused,
                    detail,
                } => match command.after {
                    Some(after) => Cause::After { command: after },
                    None => Cause::Refused {
                        rule: Rule::AfterRefused,
                        detail,
                    },
                },
                Outcome::Refused {
                    rule: Rule::StaleWords,
                    ..
                } => {
                    let judged =
                        stale::judge(&command, now, &self.policy.calendar, &self.policy.hotline);
                    Cause::Stale {
                        recomputed: judged.and_then(|s| s.recomputed),
                        words: true,
                    }
                }
                Outcome::Refused { rule, detail } => Cause::Refused { rule, detail },
                Outcome::Conflict { with } => Cause::Conflict { with },
            };
            backs.push(Back {
                command,
                cause,
                at: now,
            });
        }
        let feeling = self.feeling.clone();
        let (replica, seq, me) = (&self.replica, &mut self.seq, self.me);
        let applied = replica.transaction(|r| {
            let mut apply = Apply::new(r, seq, me, feeling.clone());
            for event in events {
                apply.event(event)?;
            }
            let mut applied = apply.finish()?;
            // An answer says nothing about how far the feed has come.
            applied.position = 0;
            Ok(applied)
        })?;
        self.come_back(backs)?;
        self.applied(applied, false)?;
        self.finish(&empty)
    }

    /// Lets commands go whose events are in the replica.
    pub(super) fn finish(&mut self, done: &[CommandId]) -> Result<(), StoreError> {
        if done.is_empty() {
            return Ok(());
        }
        self.outbox.done(done)?;
        let mut tickets = Vec::new();
        self.waiting.retain(|w| {
            let keep = !done.contains(&w.command.id);
            if !keep {
                tickets.extend(w.command.body.ticket());
            }
            keep
        });
        for id in done {
            self.answered.remove(id);
            self.out.say(DeskAnswer::Confirmed { id: *id });
        }
        self.dirty.link = true;
        self.stale_overlay = true;
        self.predict()?;
        for ticket in tickets {
            self.refresh(ticket)?;
        }
        Ok(())
    }
}
