//! The coach beside the compose box: the best line in parts, or, on the phone, one short line at a time to be read aloud.

use ratatui::layout::Rect;

use crate::app::Action;
use crate::app::advice::{Mark, MarkSeverity, Part, PartKind};
use crate::app::checking;
use crate::app::event::Hit;
use crate::app::grown;
use crate::app::keymap::Place;
use crate::app::sending::{Drafted, drafted};
use crate::app::ticket::TicketState;
use crate::domain::lang::Lang;
use crate::domain::vocabulary::Channel;
use crate::text::{SafeText, wrap};
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::block::Block;

/// Whether the words are spoken: a live call on this ticket, or a ticket that came by phone and is being called.
fn spoken(cx: &Cx<'_>, ticket: &TicketState) -> bool {
    let live = cx.state.call.is_some_and(|call| call.ticket == ticket.id);
    let row = ticket.conversation.as_ref().map(|c| &c.row.ticket);
    live || row.is_some_and(|t| t.channel == Channel::Voice && t.live && t.is_open())
}

/// The key of an action, for a hint; empty if it has none.
fn key(cx: &Cx<'_>, action: Action) -> String {
    let keys = cx.state.keymap.keys(Place::Compose, action);
    keys.first().map(ToString::to_string).unwrap_or_default()
}

/// Paints the best line into at most two rows, where no side column shows the coach.
pub fn best(cx: &mut Cx<'_>, area: Rect, ticket: &TicketState) {
    if area.is_empty() || ticket.conversation.is_none() {
        return;
    }
    if let Some(mark) = checking::loud(ticket).filter(|_| !ticket.reply.is_blank()) {
        // Where no column shows the coach, its warning takes the place of a line that is no longer wanted.
        let role = if mark.severity == MarkSeverity::Block {
            Role::Error
        } else {
            Role::Late
        };
        let (text, style) = (format!("! {}", rule_words(cx, &mark.rule)), cx.style(role));
        let rows = wrap(&text, usize::from(area.width.saturating_sub(2)));
        for (at, range) in rows.iter().take(usize::from(area.height)).enumerate() {
            let last = at + 1 == usize::from(area.height);
            let end = if last { text.len() } else { range.end };
            let words = text.get(range.start..end).unwrap_or_default();
            cx.put_cut(
                row_of(area, at),
                area.x + 1,
                row_of(area, at).y,
                words,
                style,
            );
        }
        return;
    }
    let aloud = spoken(cx, ticket);
    let action = if aloud {
        Action::MarkSaid
    } else {
        Action::InsertBest
    };
    let mark = format!("{} ", key(cx, action));
    let Some(best) = ticket.coach.best() else {
        let (words, dim) = (cx.t("coach-nothing"), cx.style(Role::Dim));
        cx.put_cut(area, area.x + 1, area.y, &words, dim);
        return;
    };
    let lang = cx.state.settings.lang;
    let text = match best.parts.get(ticket.coach.card) {
        Some(part) if aloud => part.text.clone(),
        _ => best.whole(lang),
    };
    let text = SafeText::clean_line(&text);
    let bold = cx.style(Role::Key);
    let x = cx.put(area, area.x + 1, area.y, &mark, bold);
    let indent = x - area.x;
    let cols = usize::from(area.width.saturating_sub(indent));
    let style = cx.style(Role::Card);
    let rows = wrap(&text, cols);
    for (at, range) in rows.iter().take(usize::from(area.height)).enumerate() {
        let place = row_of(area, at);
        let last = at + 1 == usize::from(area.height) && rows.len() > at + 1;
        let end = if last { text.len() } else { range.end };
        let words = text.get(range.start..end).unwrap_or_default();
        cx.put_cut(place, x, place.y, words, style);
    }
    cx.hit(area, Hit::Action(action));
}

/// Appends the coach; the rules that could not look as a number, or, unfolded, see [`unchecked`].
pub fn lines(cx: &mut Cx<'_>, block: &mut Block, ticket: &TicketState) {
    if ticket.conversation.is_none() {
        return;
    }
    let coach = &ticket.coach;
    warning(cx, block, ticket);
    times(cx, block, ticket);
    if !ticket.coach.unfolded {
        unchecked(cx, block, ticket);
    }
    let Some(best) = coach.best() else {
        block.heading(&cx.t("side-coach"));
        block.words(Role::Dim, &cx.t("coach-nothing"), 0);
        return;
    };
    let title = SafeText::clean_line(&best.title);
    let at = format!("{}/{}", coach.chosen + 1, coach.suggestions.len());
    let entry = if best.title.is_empty() {
        cx.t("coach-ask-first")
    } else {
        format!("{} {title}", best.entry_id)
    };
    block.heading(&format!("{}  {entry}  {at}", cx.t("side-coach")));
    if spoken(cx, ticket) {
        card(cx, block, ticket);
    } else {
        for (at, part) in best.parts.iter().enumerate() {
            let mark = format!("{} ", at + 1);
            part_lines(cx, block, part, &mark, Role::Text, at);
        }
        let hints = [
            (Action::InsertBest, "coach-insert"),
            (Action::ChoosePart, "coach-part"),
            (Action::NextSuggestion, "coach-next"),
        ];
        block.gap();
        for (action, words) in hints {
            let (key, words) = (key(cx, action), cx.t(words));
            block.pieces(vec![(Role::Key, format!("{key} ")), (Role::Dim, words)]);
        }
    }
}

/// The reading card: this part large in weight, the next one dim below it.
fn card(cx: &Cx<'_>, block: &mut Block, ticket: &TicketState) {
    let Some(best) = ticket.coach.best() else {
        return;
    };
    match best.parts.get(ticket.coach.card) {
        Some(part) => {
            block.gap();
            part_lines(cx, block, part, "> ", Role::Card, ticket.coach.card);
            block.gap();
            let (key, words) = (key(cx, Action::MarkSaid), cx.t("coach-said"));
            block.pieces(vec![(Role::Key, format!("{key} ")), (Role::Dim, words)]);
        }
        None => block.words(Role::Good, &cx.t("coach-all-said"), 0),
    }
    if let Some(next) = best.parts.get(ticket.coach.card + 1) {
        block.gap();
        part_lines(cx, block, next, "  ", Role::Dim, ticket.coach.card + 1);
    }
}

fn part_lines(cx: &Cx<'_>, block: &mut Block, part: &Part, mark: &str, role: Role, at: usize) {
    let kind = cx.t(match part.kind {
        PartKind::Empathize => "part-empathize",
        PartKind::Explain => "part-explain",
        PartKind::Commit => "part-commit",
        PartKind::Confirm => "part-confirm",
        PartKind::Other => "part-other",
    });
    let gap = match cx.state.settings.lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    };
    let text = SafeText::clean_line(&part.text);
    let words = format!("{kind}{gap}{text}");
    block.hung(role, mark, &words, 2, Some(Hit::Part(at)));
    if let Some(line) = grown::of_name(&cx.state.lines, &part.line) {
        let words = cx.t_args("coach-team-line", &[("who", (&line.author).into())]);
        block.hung(Role::Dim, "  ", &words, 2, None);
    }
    if !part.unfilled.is_empty() {
        let names = SafeText::clean_line(&part.unfilled.join(", "));
        let words = cx.t_args("coach-unfilled", &[("names", (&names).into())]);
        block.words(Role::Late, &format!("! {words}"), 2);
    }
}

/// One warning in words, the others a number.
fn warning(cx: &Cx<'_>, block: &mut Block, ticket: &TicketState) {
    let Some(worst) = checking::loud(ticket) else {
        return;
    };
    let blocks = worst.severity == MarkSeverity::Block;
    let words = rule_words(cx, &worst.rule);
    let head = cx.t(if blocks { "lint-blocks" } else { "lint-warns" });
    block.heading(&head);
    block.words(
        if blocks { Role::Error } else { Role::Late },
        &format!("! {words}"),
        2,
    );
    if !blocks {
        let hint = cx.t_args(
            "lint-how-to-silence",
            &[("key", key(cx, Action::Silence).into())],
        );
        block.words(Role::Dim, &hint, 2);
    }
    if let Some(mark) = checking::fixable(ticket) {
        fix_hint(cx, block, mark);
    }
    let more = checking::speaking(ticket).count().saturating_sub(1);
    if more > 0 {
        block.words(Role::Dim, &cx.t_args("lint-more", &[("n", more.into())]), 0);
    }
}

/// What the key would put in place of the marked words.
fn fix_hint(cx: &Cx<'_>, block: &mut Block, mark: &Mark) {
    let words = SafeText::clean_line(mark.fix.as_ref().map_or("", |f| f.with.as_str()));
    let key = key(cx, Action::Fix);
    let text = if words.is_empty() {
        cx.t_args("lint-fix-out", &[("key", key.into())])
    } else {
        cx.t_args(
            "lint-fix",
            &[("key", key.into()), ("words", (&words).into())],
        )
    };
    block.words(Role::Info, &text, 2);
}

/// What a rule says: what is wrong, why, how to put it right.
pub(super) fn rule_words(cx: &Cx<'_>, rule: &str) -> String {
    let key = format!("lint-{rule}");
    if cx.look.locale.has(&key) {
        cx.t_args(&key, &[("key", self::key(cx, Action::Fix).into())])
    } else {
        cx.t_args("lint-rule", &[("rule", rule.into())])
    }
}

/// The promises that leave with the draft, before it is sent, and the times the agent said are none.
fn times(cx: &Cx<'_>, block: &mut Block, ticket: &TicketState) {
    let drafted = drafted(ticket, cx.state.now);
    let text = ticket.reply.text();
    let denied = ticket.coach.said.iter().filter(|s| s.denied);
    let mut denied: Vec<&str> = denied.filter_map(|s| text.get(s.time.clone())).collect();
    denied.dedup();
    if drafted.is_empty() && denied.is_empty() {
        return;
    }
    block.heading(&cx.t("side-drafted"));
    for promise in &drafted {
        let (deed, time) = deed_and_time(cx, promise);
        let values = [("deed", deed.into()), ("time", time.into())];
        block.words(Role::Info, &cx.t_args("coach-promises", &values), 2);
    }
    for time in denied {
        let time = SafeText::clean_line(time);
        let text = cx.t_args("coach-denied", &[("time", (&time).into())]);
        block.words(Role::Dim, &text, 2);
    }
    let (key, words) = (key(cx, Action::NotPromise), cx.t("coach-not-promise"));
    block.pieces(vec![(Role::Key, format!("{key} ")), (Role::Dim, words)]);
}

fn deed_and_time(cx: &Cx<'_>, promise: &Drafted) -> (String, String) {
    let deed = crate::view::words::deed(cx.look.locale, promise.deed);
    (deed, cx.when(promise.due))
}

/// The promises that leave with the draft, for the frame of the compose box: they are seen beside the words.
pub fn promise_aside(cx: &Cx<'_>, ticket: &TicketState) -> Option<String> {
    let drafted = drafted(ticket, cx.state.now);
    let (deed, time) = deed_and_time(cx, drafted.first()?);
    let more = drafted.len() - 1;
    let values = [
        ("deed", deed.into()),
        ("time", time.into()),
        ("more", more.into()),
    ];
    Some(cx.t_args("compose-promises", &values))
}

/// The rules that could not look at the draft: a number, or, unfolded, which facts nobody gathered.
pub fn unchecked(cx: &Cx<'_>, block: &mut Block, ticket: &TicketState) {
    let all = &ticket.coach.unchecked;
    if all.is_empty() || ticket.reply.is_blank() {
        return;
    }
    block.gap();
    let n = [("n", all.len().into())];
    let key = key(cx, Action::Unchecked);
    let mark = if ticket.coach.unfolded { "-" } else { "+" };
    let words = format!("{mark} {}", cx.t_args("unchecked", &n));
    block.pieces(vec![(Role::Key, format!("{key} ")), (Role::Dim, words)]);
    if !ticket.coach.unfolded {
        return;
    }
    let mut facts: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in all {
        match facts.iter_mut().find(|(fact, _)| *fact == one.fact) {
            Some((_, rules)) => rules.push(one.rule),
            None => facts.push((one.fact, vec![one.rule])),
        }
    }
    for (fact, rules) in facts {
        let values = [
            ("fact", cx.t(&format!("lint-fact-{fact}")).into()),
            ("rules", rules.join(" ").into()),
        ];
        block.words(Role::Dim, &cx.t_args("unchecked-fact", &values), 2);
    }
}
