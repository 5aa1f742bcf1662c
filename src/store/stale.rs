//! Whether a queued reply may still leave: pure. A reply that says 今天 must not arrive tomorrow, and a time that cannot be
//! kept any more must not be promised. Facts (spoken records, notes) are never stale: they happened.

use crate::domain::calendar::Calendar;
use crate::domain::command::{Command, CommandBody};
use crate::domain::promise_time::{Ask, Contact, compute, stale};
use crate::domain::time::{MINUTE, Ms};

/// Why a queued command must not leave as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stale {
    /// The promised time computed anew, if there was one and the calendar could tell.
    pub recomputed: Option<Ms>,
    /// Whether a day word changed its meaning.
    pub words: bool,
}

/// Judges a command that waits, at `now` (the desk's corrected clock). `None` means it may leave.
///
/// A promise is infeasible when its time has passed, or when less than a quarter of the business time that the agent
/// gave the deed is left and less than half an hour.
#[must_use]
pub fn judge(command: &Command, now: Ms, deeds: &Calendar, hotline: &Calendar) -> Option<Stale> {
    let CommandBody::Reply { text, promises, .. } = &command.body else {
        return None;
    };
    let words = stale(text.expose(), command.at, now, deeds.zone());
    let late = promises
        .iter()
        .find(|p| !feasible(command.at, p.due, now, deeds));
    if !words && late.is_none() {
        return None;
    }
    let due = late.or_else(|| promises.first()).map(|p| p.due);
    Some(Stale {
        recomputed: due.and_then(|due| recompute(command.at, due, now, deeds, hotline)),
        words,
    })
}

fn feasible(said: Ms, due: Ms, now: Ms, calendar: &Calendar) -> bool {
    if due <= now {
        return false;
    }
    let whole = calendar.business_ms(said, due).unwrap_or(due.minus(said));
    let left = calendar.business_ms(now, due).unwrap_or(due.minus(now));
    left >= (30 * MINUTE).min(whole / 4)
}

/// The time to say instead: the same business time as the agent gave the deed, counted from now.
fn recompute(said: Ms, due: Ms, now: Ms, deeds: &Calendar, hotline: &Calendar) -> Option<Ms> {
    let need_minutes = deeds.business_minutes(said, due).ok()?.max(1);
    let ask = Ask {
        now,
        need_minutes,
        cap: None,
        legal_cap: None,
        contact_window: &Contact::default(),
        shift: None,
        hotline,
    };
    compute(&ask, deeds).ok().map(|time| time.due)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::domain::command::PromiseDraft;
    use crate::domain::ids::{CommandId, PromiseId, TicketId};
    use crate::domain::policy::Policy;
    use crate::domain::time::{HOUR, Zone, from_local};
    use crate::domain::vocabulary::{Channel, Deed};
    use jiff::civil::date;

    fn at(day: i8, hour: i8, minute: i8) -> Ms {
        from_local(
            date(2026, 3, day).at(hour, minute, 0, 0),
            &Zone::named("Asia/Shanghai").unwrap(),
        )
    }

    fn reply(text: &str, said: Ms, due: Option<Ms>) -> Command {
        Command {
            id: CommandId::default(),
            at: said,
            base: Vec::new(),
            after: None,
            body: CommandBody::Reply {
                ticket: TicketId::default(),
                channel: Channel::Chat,
                text: text.into(),
                acts: Vec::new(),
                lines: Vec::new(),
                promises: due
                    .map(|due| PromiseDraft {
                        promise: PromiseId::default(),
                        deed: Deed::Callback,
                        due,
                        sentence: text.into(),
                    })
                    .into_iter()
                    .collect(),
                anyway: false,
                overrides: Vec::new(),
                origin: None,
            },
        }
    }

    fn judged(command: &Command, now: Ms) -> Option<Stale> {
        let policy = Policy::shipped().unwrap();
        judge(command, now, &policy.calendar, &policy.hotline)
    }

    #[test]
    fn today_is_another_day_past_midnight() {
        let command = reply("今天下午给您回电。", at(11, 23, 50), None);
        assert_eq!(judged(&command, at(11, 23, 59)), None);
        assert!(judged(&command, at(12, 0, 1)).unwrap().words);
        let plain = reply("我们会给您回电。", at(11, 23, 50), None);
        assert_eq!(judged(&plain, at(12, 0, 1)), None);
    }

    #[test]
    fn a_passed_time_is_computed_anew() {
        let said = at(11, 10, 0);
        let command = reply("我们会回电。", said, Some(at(11, 15, 0)));
        assert_eq!(judged(&command, at(11, 10, 30)), None);
        let stale = judged(&command, at(11, 16, 0)).unwrap();
        assert!(!stale.words);
        assert!(stale.recomputed.unwrap() > at(11, 16, 0));
    }

    #[test]
    fn a_time_too_near_is_infeasible_too() {
        let command = reply("我们会回电。", at(11, 10, 0), Some(at(11, 15, 0)));
        assert_eq!(judged(&command, at(11, 14, 20)), None);
        assert!(judged(&command, at(11, 14, 50)).is_some());
    }

    #[test]
    fn facts_are_never_stale() {
        let spoken = Command {
            body: CommandBody::Speak {
                ticket: TicketId::default(),
                text: "今天".into(),
                acts: Vec::new(),
                lines: Vec::new(),
                promises: Vec::new(),
            },
            ..reply("x", at(11, 10, 0), None)
        };
        assert_eq!(judged(&spoken, Ms(at(11, 10, 0).0 + 100 * HOUR)), None);
    }
}
