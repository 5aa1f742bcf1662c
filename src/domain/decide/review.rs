//! Reviews: leads and trainers rate what somebody else said, a second rater blind to the first; the raters agree; the agent
//! appeals within the time for it; a lead answers (method 3.14).

use super::{Context, Decision, Rejection, Rule, ensure};
use crate::domain::command::{CommandBody, ReviewAct};
use crate::domain::event::{Payload, ReviewEvent};
use crate::domain::ids::{ReviewId, UserId};
use crate::domain::review::{Procedure, Review, drawn_for_two};
use crate::domain::scorecard::Marks;
use crate::text::RawText;

/// Longest note, appeal and answer, in characters; the wire's limit.
const MAX_TEXT: usize = 2000;

pub(super) fn decide(cx: &Context<'_>) -> Decision {
    let CommandBody::Review { review, act } = &cx.command.body else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    let user = cx
        .world
        .actor
        .user()
        .ok_or(Rejection::rule(Rule::NotAllowed))?;
    match act {
        ReviewAct::Rate { .. } => rate(cx, *review, act, user),
        ReviewAct::Agree { marks, note } => {
            let head = known(cx, *review)?;
            ensure(head.agent != user, Rule::OwnWords)?;
            ensure(head.second && head.complete(), Rule::AwaitsSecond)?;
            ensure(head.agreed.is_none() && head.appeal.is_none(), Rule::Rated)?;
            let procedure = fits(cx, marks)?;
            let body = ReviewEvent::ReviewAgreed {
                marks: marks.clone(),
                appeal_until: procedure.appeal_until,
            };
            Ok(vec![cx.personal(
                *review,
                body,
                head.customer,
                words(note, false)?,
            )])
        }
        ReviewAct::Appeal { text } => {
            let head = known(cx, *review)?;
            ensure(head.agent == user, Rule::NotAllowed)?;
            ensure(
                head.outcome().is_some() && head.appeal.is_none(),
                Rule::NoAppeal,
            )?;
            ensure(head.appealable(cx.now), Rule::AppealLate)?;
            let payload = words(text, true)?;
            let body = ReviewEvent::ReviewAppealed {};
            Ok(vec![cx.personal(*review, body, head.customer, payload)])
        }
        ReviewAct::Answer { marks, text } => {
            let head = known(cx, *review)?;
            ensure(head.agent != user, Rule::OwnWords)?;
            let open = head.appeal.as_ref().is_some_and(|a| a.answer.is_none());
            ensure(open, Rule::NoAppeal)?;
            if let Some(marks) = marks {
                fits(cx, marks)?;
            }
            let payload = words(text, true)?;
            let body = ReviewEvent::AppealAnswered {
                marks: marks.clone(),
            };
            Ok(vec![cx.personal(*review, body, head.customer, payload)])
        }
    }
}

fn rate(cx: &Context<'_>, review: ReviewId, act: &ReviewAct, user: UserId) -> Decision {
    let ReviewAct::Rate {
        ticket,
        source,
        why,
        second,
        marks,
        note,
    } = act
    else {
        return Err(Rejection::rule(Rule::Malformed));
    };
    ensure(review == ReviewId::of(*source), Rule::Malformed)?;
    let said = cx
        .world
        .said
        .filter(|s| (s.event, s.ticket) == (*source, *ticket))
        .ok_or(Rejection::rule(Rule::NotFound))?;
    ensure(said.by != user, Rule::OwnWords)?;
    let procedure = fits(cx, marks)?;
    let payload = words(note, false)?;
    let head = cx.world.reviews.get(&review);
    if let Some(head) = head {
        ensure(!head.rated_by(user), Rule::Rated)?;
        ensure(head.second, Rule::NotDouble)?;
        ensure(!head.complete(), Rule::Rated)?;
    }
    let two = head.map_or(*second || drawn_for_two(review, &procedure.card), |h| {
        h.second
    });
    // A desk that may not see the first marks cannot know whether both agree; the server does.
    let first = head.and_then(|h| h.ratings.first()?.marks.as_ref());
    let settled = match head {
        None => !two,
        Some(_) => !first.is_some_and(|first| first.apart(marks)),
    };
    let body = ReviewEvent::ReviewRated {
        ticket: *ticket,
        number: said.number,
        customer: said.customer,
        source: *source,
        agent: said.by,
        said_at: said.at,
        why: head.map_or(*why, |h| h.why),
        card: procedure.card.version,
        second: two,
        marks: marks.clone(),
        appeal_until: procedure.appeal_until.filter(|_| settled),
    };
    Ok(vec![cx.personal(review, body, said.customer, payload)])
}

fn known<'a>(cx: &'a Context<'_>, review: ReviewId) -> Result<&'a Review, Rejection> {
    let head = cx.world.reviews.get(&review);
    head.ok_or(Rejection::rule(Rule::NotFound))
}

/// The procedure in force, if the marks fit its card.
fn fits<'a>(cx: &'a Context<'_>, marks: &Marks) -> Result<&'a Procedure, Rejection> {
    let procedure = cx.world.procedure.as_ref();
    let procedure = procedure.ok_or(Rejection::rule(Rule::NotFound))?;
    ensure(marks.fit(&procedure.card).is_ok(), Rule::Malformed)?;
    Ok(procedure)
}

/// Words as a payload.
fn words(text: &RawText, needed: bool) -> Result<Payload, Rejection> {
    ensure(!needed || !text.is_blank(), Rule::Empty)?;
    let fits = text.expose().chars().count() <= MAX_TEXT;
    ensure(fits, Rule::Malformed)?;
    Ok(if text.is_blank() {
        Payload::default()
    } else {
        Payload::text(text.clone())
    })
}
