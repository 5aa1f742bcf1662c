//! The coach as the server's linter, and the desk's: one judgement for both, so that what a desk lets pass the server does not
//! refuse for another reason than time.

use std::sync::Arc;

use super::Linter;
use crate::coach::Coach;
use crate::coach::lint::Told;
use crate::domain::command::{Command, CommandBody};
use crate::domain::policy::Policy;
use crate::domain::time::Ms;
use crate::domain::world::{Talk, Verdict, World};
use crate::text::RawText;

/// The coach as the server's linter.
#[derive(Clone)]
pub struct CoachLint {
    /// The coach.
    pub coach: Coach,
    /// The policy in force.
    pub policy: Arc<Policy>,
}

impl CoachLint {
    /// What speaks against a command: a line of the team, words, or putting a ticket down. The same at a desk and at the
    /// server.
    #[must_use]
    pub fn verdict(&self, command: &Command, world: &World, talk: &Talk, now: Ms) -> Verdict {
        line_verdict(&self.coach, &self.policy, command, world, now)
            .unwrap_or_else(|| verdict(&self.coach, &self.policy, command, world, talk, now))
    }
}

impl Linter for CoachLint {
    fn check(&self, command: &Command, world: &World, talk: &Talk, now: Ms) -> Verdict {
        self.verdict(command, world, talk, now)
    }
}

/// What speaks against the words of a reply, or against putting a ticket down; the same at a desk and at the server.
fn verdict(
    coach: &Coach,
    policy: &Policy,
    command: &Command,
    world: &World,
    talk: &Talk,
    now: Ms,
) -> Verdict {
    let ticket = command.body.ticket().and_then(|id| world.tickets.get(&id));
    let Some(ticket) = ticket else {
        return Verdict::default();
    };
    let words =
        |all: &[RawText]| -> Vec<String> { all.iter().map(|t| t.expose().to_owned()).collect() };
    let (theirs, ours) = (words(&talk.theirs), words(&talk.ours));
    let mut drafts = Vec::new();
    let mut channel = ticket.channel;
    if let CommandBody::Reply {
        promises,
        channel: sent,
        ..
    } = &command.body
    {
        drafts.extend(promises.iter().map(|p| (p.deed, p.due)));
        channel = *sent;
    }
    let told = Told {
        ticket,
        channel,
        name: talk.name.as_ref().map_or("", RawText::expose),
        preferences: &talk.preferences,
        theirs: &theirs,
        listened: None,
        ours: &ours,
        drafts: &drafts,
    };
    match &command.body {
        CommandBody::Reply {
            text,
            acts,
            origin: None,
            ..
        } => coach.reply_verdict(policy, &told, text.expose(), acts, command.at, now),
        CommandBody::Snooze { .. } => coach.put_down_verdict(policy, &told, now, None),
        CommandBody::Close { reason, .. } => {
            coach.put_down_verdict(policy, &told, now, Some(*reason))
        }
        _ => Verdict::default(),
    }
}

/// What speaks against a line of the team; nothing for commands about anything else. The same at a desk and at the server.
fn line_verdict(
    coach: &Coach,
    policy: &Policy,
    command: &Command,
    world: &World,
    now: Ms,
) -> Option<Verdict> {
    let line = command.body.line()?;
    let known = world.lines.get(&line);
    Some(coach.line_verdict(&command.body, known, now, policy.calendar.zone()))
}
