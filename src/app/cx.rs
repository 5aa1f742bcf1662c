//! What every handler holds: the state, what it may know, and where its orders go.

use crate::api::desk::{DeskRequest, Draft, DraftKey};
use crate::domain::command::CommandBody;
use crate::domain::ids::{CommandId, TicketId, UserId};
use crate::text::SafeText;

use super::Env;
use super::effect::Effect;
use super::event::Timer;
use super::notice::{Msg, Severity};
use super::state::{Overlay, State, Underway};

/// The hand of a handler.
pub(super) struct Cx<'a, 'e> {
    pub(super) state: &'a mut State,
    pub(super) env: &'a mut Env<'e>,
    pub(super) fx: &'a mut Vec<Effect>,
}

impl Cx<'_, '_> {
    /// Asks the store.
    pub(super) fn ask(&mut self, request: DeskRequest) {
        self.fx.push(Effect::Desk(request));
    }

    /// Tells the agent.
    pub(super) fn tell(&mut self, severity: Severity, msg: Msg) {
        let live = self.state.call.is_some();
        self.state.notices.tell(severity, msg, self.env.now, live);
    }

    /// Tells the agent something without values.
    pub(super) fn say(&mut self, severity: Severity, key: &str) {
        self.tell(severity, Msg::new(key));
    }

    /// Starts a timer.
    pub(super) fn timer(&mut self, id: Timer, after_ms: u64) {
        self.fx.push(Effect::StartTimer { id, after_ms });
    }

    /// Hands commands to the outbox, and remembers the words in case the desk refuses them at once.
    pub(super) fn submit(&mut self, bodies: Vec<CommandBody>, clears: Option<Draft>) {
        let ids: Vec<CommandId> = bodies.iter().map(|_| CommandId((self.env.ids)())).collect();
        if let Some(draft) = &clears {
            self.state.unsaved.remove(&draft.key);
        }
        self.ask(DeskRequest::Submit {
            ids: ids.clone(),
            chained: bodies.len() > 1,
            bodies,
            at: self.env.now,
            clears: clears.as_ref().map(|d| d.key),
        });
        self.state.underway.push(Underway {
            ids,
            draft: clears,
            form: None,
            again: None,
        });
    }

    /// Hands commands that do not depend on each other to the outbox.
    pub(super) fn submit_each(&mut self, bodies: Vec<CommandBody>) {
        self.submit_form(bodies, None);
    }

    /// The same, with the form they come from: it opens again if the desk refuses them at once.
    pub(super) fn submit_form(&mut self, bodies: Vec<CommandBody>, form: Option<Overlay>) {
        let ids: Vec<CommandId> = bodies.iter().map(|_| CommandId((self.env.ids)())).collect();
        self.state.underway.push(Underway {
            ids: ids.clone(),
            draft: None,
            form,
            again: None,
        });
        self.ask(DeskRequest::Submit {
            ids,
            bodies,
            at: self.env.now,
            chained: false,
            clears: None,
        });
    }

    /// Keeps a draft: in memory until the store says that it is on disk.
    pub(super) fn keep(&mut self, draft: Draft) {
        self.state.unsaved.insert(draft.key, draft.clone());
        self.ask(DeskRequest::SaveDraft(draft));
    }

    /// Tells the others where this agent looks, if that changed.
    pub(super) fn presence(&mut self, ticket: Option<TicketId>, writing: bool) {
        if self.state.presence != (ticket, writing) {
            self.state.presence = (ticket, writing);
            self.ask(DeskRequest::Presence { ticket, writing });
        }
    }

    /// Who sits here.
    pub(super) fn me(&self) -> Option<UserId> {
        self.state.seat.as_ref().map(|s| s.user.id)
    }

    /// The name of who sits here, as entries of the timeline show it.
    pub(super) fn my_name(&self) -> SafeText {
        let name = self.state.seat.as_ref().map(|s| s.user.name.as_str());
        SafeText::clean_line(name.unwrap_or_default())
    }

    /// Whether the agent stands as somebody who works.
    pub(super) fn on_duty(&self) -> bool {
        let seat = self.state.seat.as_ref();
        seat.is_some_and(|s| s.user.duty != crate::domain::vocabulary::Duty::Off)
    }

    /// Whether a lead sits here.
    pub(super) fn seat_leads(&self) -> bool {
        let seat = self.state.seat.as_ref();
        seat.is_some_and(|s| s.user.role.leads())
    }

    /// Whether the agent may hand work to others; says so if not.
    pub(super) fn leads(&mut self) -> bool {
        let leads = self.seat_leads();
        if !leads {
            self.say(Severity::Warning, "notice-leads-only");
        }
        leads
    }
}

/// Two texts as one, nothing lost and nothing doubled.
pub(super) fn union(first: &str, second: &str) -> String {
    if second.trim().is_empty() || first.contains(second) {
        first.to_owned()
    } else if first.trim().is_empty() || second.contains(first) {
        second.to_owned()
    } else {
        format!("{first}\n{second}")
    }
}

/// The ticket a draft belongs to.
pub(super) const fn ticket_of(key: DraftKey) -> TicketId {
    match key {
        DraftKey::Reply(id) | DraftKey::Note(id) | DraftKey::Intake(id) => id,
    }
}
