//! Taking a call: the complaint's words, four short fields, the caller's open tickets beside them.

use ratatui::layout::Rect;

use crate::app::event::Hit;
use crate::app::intake::IntakeState;
use crate::app::layout::Layout;
use crate::app::state::IntakeField;
use crate::text::SafeText;
use crate::view::cx::{Cx, row_of};
use crate::view::theme::Role;
use crate::view::widget::composer::{self, Dress};
use crate::view::widget::{field, list::List};
use crate::view::words;

use super::conversation::queue_name;
use super::queue;

/// Paints the call form.
pub fn paint(cx: &mut Cx<'_>, places: &Layout) {
    let Some(intake) = cx.state.intake.as_ref() else {
        return;
    };
    ident(cx, places.ident, intake);
    let on_top = cx.state.overlays.is_empty();
    let title = cx.t("intake-text");
    let placeholder = cx.t("intake-text-hint");
    let aside = intake.guess.as_ref().map_or_else(String::new, |guess| {
        let item = cx.look.policy.taxonomy.item(&guess.item);
        let name = item.map_or("", |i| match cx.state.settings.lang {
            crate::domain::lang::Lang::Zh => i.zh.as_str(),
            crate::domain::lang::Lang::En => i.en.as_str(),
        });
        format!("{} {name}?", guess.item.as_str())
    });
    let dress = Dress {
        title: &title,
        aside: &aside,
        title_role: Role::ReplyTitle,
        frame_role: Role::Customer,
        border: "<",
        placeholder: &placeholder,
        focused: intake.field == IntakeField::Text && on_top,
        marks: &[],
    };
    composer::paint(
        cx,
        places.compose,
        places.compose_text,
        &intake.text,
        &dress,
    );
    fields(cx, places.intake, intake, on_top);
    tickets(cx, places.intake_tickets, intake, on_top);
}

fn ident(cx: &mut Cx<'_>, area: Rect, intake: &IntakeState) {
    let bar = cx.style(Role::Bar);
    cx.clear(area, bar);
    let (title, style) = (cx.t("intake-title"), cx.style(Role::BarKey));
    let x = cx.put(area, area.x + 1, area.y, &title, style) + 1;
    let who = intake
        .callers
        .iter()
        .find(|c| Some(c.customer) == intake.caller);
    if let Some(caller) = who {
        let name = caller.name.to_line();
        cx.put(area, x, area.y, &name, bar);
    }
    let gone = words::countdown(cx.state.now, intake.since, true).text;
    let next = (cx.state.now.minus(intake.since) / 1000 + 1) * 1000;
    let gone = cx.timed(words::Timed {
        text: gone,
        until: Some(intake.since.plus_millis(next)),
    });
    cx.put_right(area, area.y, &format!(" {gone} "), style);
}

fn fields(cx: &mut Cx<'_>, area: Rect, intake: &IntakeState, on_top: bool) {
    let focused = |field| intake.field == field && on_top;
    let place = |at: usize| {
        let row = row_of(area, at);
        Rect {
            x: row.x + 1,
            width: row.width.saturating_sub(2),
            ..row
        }
    };
    let label = cx.t("intake-number");
    field::paint(
        cx,
        place(0),
        &label,
        &intake.number,
        focused(IntakeField::Number),
    );
    let label = cx.t("intake-name");
    field::paint(
        cx,
        place(1),
        &label,
        &intake.name,
        focused(IntakeField::Name),
    );
    let queue = intake
        .queue
        .map_or_else(|| cx.t("intake-no-queue"), |id| queue_name(cx, id));
    let channel = cx.t(&format!("channel-{}", intake.channel.as_str()));
    for (at, key, value, which) in [
        (2, "intake-queue", queue, IntakeField::Queue),
        (3, "intake-channel", channel, IntakeField::Channel),
    ] {
        let place = place(at);
        let label = cx.t(key);
        let role = if focused(which) {
            Role::TitleFocus
        } else {
            Role::Title
        };
        let (style, text) = (cx.style(role), cx.style(Role::Text));
        let x = cx.put(place, place.x, place.y, &label, style) + 1;
        let shown = if focused(which) {
            format!("[{value}]")
        } else {
            value
        };
        cx.put_cut(place, x, place.y, &shown, text);
    }
    for (at, which) in [
        IntakeField::Number,
        IntakeField::Name,
        IntakeField::Queue,
        IntakeField::Channel,
    ]
    .into_iter()
    .enumerate()
    {
        cx.hit(place(at), Hit::Field(which));
    }
}

fn tickets(cx: &mut Cx<'_>, area: Rect, intake: &IntakeState, on_top: bool) {
    if area.is_empty() {
        return;
    }
    let focused = intake.field == IntakeField::Tickets && on_top;
    let open: Vec<_> = intake.open_tickets().collect();
    let title = match intake.callers.as_slice() {
        [] if intake.number.is_empty() => cx.t("intake-no-number"),
        [] => cx.t("intake-unknown-number"),
        callers => {
            let taken =
                |c: &&crate::api::desk::Caller| intake.caller.is_none_or(|id| id == c.customer);
            let callers: Vec<_> = callers.iter().filter(taken).collect();
            let names: Vec<SafeText> = callers.iter().map(|c| c.name.to_line()).collect();
            let names = SafeText::join(&names, ", ");
            let several = callers.len() > 1 && intake.caller.is_none();
            let key = if several {
                "intake-several"
            } else {
                "intake-known"
            };
            let values = [("names", (&names).into()), ("n", open.len().into())];
            cx.t_args(key, &values)
        }
    };
    let style = cx.style(if focused {
        Role::TitleFocus
    } else {
        Role::Title
    });
    cx.put_cut(area, area.x, area.y, &title, style);
    let body = Rect {
        y: area.y + 1,
        height: area.height - 1,
        ..area
    };
    let list = List {
        len: open.len(),
        top: 0,
        selected: intake.cursor,
        focused,
    };
    list.paint(cx, body, |cx, index, place| {
        let row = open.get(index)?;
        let timed = words::reason(cx.look.locale, &row.rank, cx.state.now, cx.zone());
        let reason = cx.timed(timed);
        let (dim, text) = (cx.style(Role::Dim), cx.style(Role::Text));
        let number = queue::number(&row.ticket);
        let x = cx.put(place, place.x + 1, place.y, &number, dim) + 1;
        let item = queue::item(cx, &row.ticket);
        let x = cx.put(place, x, place.y, &item, text) + 1;
        cx.put_cut(place, x, place.y, &reason, dim);
        Some(Hit::CallerTicket(row.ticket.id))
    });
}
