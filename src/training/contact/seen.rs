//! What is seen of a contact, and what is kept of it.

use std::sync::Arc;

use super::{Contact, Now, Over};
use crate::api::training::{RunId, Speed};
use crate::domain::ids::TicketId;
use crate::sim::{Act, Input, Play, Run};
use crate::text::SafeText;

impl Contact {
    /// The run.
    #[must_use]
    pub const fn run(&self) -> RunId {
        self.run
    }

    /// The ticket.
    #[must_use]
    pub const fn ticket(&self) -> TicketId {
        self.poster.ticket()
    }

    /// The contact as it was played.
    #[must_use]
    pub const fn play(&self) -> &Play {
        &self.play
    }

    /// The customer's lines in the record.
    #[must_use]
    pub const fn lines(&self) -> u32 {
        self.lines
    }

    /// The lines to choose from.
    #[must_use]
    pub fn offers(&self) -> &[SafeText] {
        &self.offers
    }

    /// How it is over, once it is.
    #[must_use]
    pub const fn over(&self) -> Option<Over> {
        self.over
    }

    /// Whether it is over, everything that was said stands in the record, and on the phone the customer's last words have been
    /// said.
    #[must_use]
    pub fn settled(&self, now: Now<'_>) -> bool {
        let Some(over) = self.over else { return false };
        let call = self.voice && now.clock.speed() != Speed::Brisk && matches!(over, Over::End(_));
        let speaks = self.spoken.is_some_and(|s| now.ms() < s.until);
        self.sending == 0 && !(call && speaks)
    }

    /// Whether there is anything in it to look back at: something happened, or a question in between was answered.
    #[must_use]
    pub fn was_used(&self) -> bool {
        let turns = self.play.turns().iter();
        let used =
            |input: &Input| !matches!(input, Input::Aside { answer, .. } if answer.is_empty());
        turns.map(|t| &t.tick.input).any(used)
    }

    /// Until when the customer speaks, training time.
    #[must_use]
    pub fn speaks_until(&self) -> Option<i64> {
        self.spoken.map(|s| s.until)
    }

    /// The contact as it is to be kept: with the promises that came into the ledger after their words.
    #[must_use]
    pub fn kept(&self) -> Play {
        if self.ledger_later.is_empty() {
            return self.play.clone();
        }
        let mut run = Run::of(&self.play);
        for turn in &self.ledger_later {
            if let Some(Input::Said { in_ledger, .. }) =
                run.inputs.get_mut(*turn).map(|t| &mut t.input)
            {
                *in_ledger = Some(true);
            }
        }
        let scenario = Arc::new(self.play.scenario().clone());
        let kept = run.replay(self.play.stage(), &scenario);
        kept.unwrap_or_else(|_| self.play.clone())
    }

    /// The last turn whose concrete promise does not stand in the ledger.
    pub(super) fn unkept(&self) -> Option<usize> {
        let turns = self.play.turns();
        turns.iter().enumerate().rev().find_map(|(at, turn)| {
            let open = matches!(
                turn.tick.input,
                Input::Said {
                    in_ledger: Some(false),
                    ..
                }
            );
            let commits = turn
                .acts
                .iter()
                .any(|e| matches!(e.act, Act::CommitConcrete | Act::AdmitUnknownTimed));
            (open && commits && !self.ledger_later.contains(&at)).then_some(at)
        })
    }
}
