//! What a frame may cost: rows put into words, bytes, writes; and nothing at all while nothing changes.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use balm::api::desk::Row;
use balm::app::state::Pane;
use balm::app::{Event, Input, Key, State};
use balm::domain::lang::Lang;
use balm::domain::rank::Reason;
use balm::domain::time::Ms;
use balm::domain::vocabulary::Deed;
use balm::shell::{Build, Console, FrameLog, Painter};
use balm::text::Locale;
use balm::view::{Theme, svg};

use super::fixture::{Desk, NOW, safe};

#[test]
fn a_long_list_formats_only_what_it_shows() {
    let mut desk = Desk::new((120, 40), Lang::Zh, 10_000);
    for keys in [&["Down"][..], &["PageDown"], &["End"], &["Up"]] {
        desk.press(keys);
        let (_, painted) = desk.paint();
        assert!(
            (30..=40).contains(&painted.rows_formatted),
            "{}",
            painted.rows_formatted
        );
    }
}

/// Rows of which no two neighbours are alike in any column.
fn varied(desk: &mut Desk) {
    const SURNAMES: [&str; 7] = ["王", "李", "张", "欧阳", "赵", "Okafor", "司马"];
    const GIVEN: [&str; 11] = [
        "秀兰", "建国", "敏", "娜娜", "伟", "Adaeze", "芳", "国强", "静", "小红", "志明",
    ];
    let rows = desk.state.queue.rows.iter().enumerate().map(|(i, row)| {
        let mut row = Row::clone(row);
        let step = i * 7919;
        row.caller = safe(&format!("{}{}", SURNAMES[step % 7], GIVEN[step % 11]));
        row.holder = safe(GIVEN[(step + i) % 11]);
        row.unread = i % 2 == 0;
        let off = i64::try_from(step % 6_000).unwrap();
        let due = NOW.plus_minutes(-off);
        row.rank.reason = match i % 3 {
            0 => Reason::Overdue { due },
            1 => Reason::PromiseLate {
                deed: Deed::ALL[i % 6],
                due,
            },
            _ => Reason::StepLate { minutes: 30, due },
        };
        Arc::new(row)
    });
    let rows = rows.collect();
    desk.rows(rows);
}

#[test]
fn scrolling_one_row_costs_little() {
    for lang in [Lang::Zh, Lang::En] {
        for open in [false, true] {
            let mut desk = Desk::new((120, 40), lang, 10_000);
            varied(&mut desk);
            if open {
                desk.open_first();
                while desk.state.ticket.as_ref().unwrap().pane != Pane::Queue {
                    desk.press(&["Tab"]);
                }
            }
            desk.press(&["PageDown", "PageDown"]);
            let before = desk.state.queue.top;
            let (buffer, _) = desk.paint();
            let mut painter = Painter::new(Vec::new(), buffer.area);
            painter.canvas().clone_from(&buffer);
            painter.paint(None, None).unwrap();
            let mut worst = 0;
            for _ in 0..60 {
                desk.press(&["Down"]);
                let (buffer, painted) = desk.paint();
                painter.canvas().clone_from(&buffer);
                let cost = painter.paint(painted.caret, None).unwrap();
                assert!(cost.writes <= 1);
                worst = worst.max(cost.bytes);
            }
            assert!(desk.state.queue.top > before + 20, "the list scrolled");
            println!("{lang:?} open={open}: {worst} bytes a row scroll");
            assert!(worst <= 4_096, "{lang:?} open={open}: {worst} bytes");
        }
    }
}

/// Counts what a terminal would be given.
#[derive(Default)]
struct Counter {
    bytes: usize,
    writes: usize,
}

impl Write for &mut Counter {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.bytes += buf.len();
        self.writes += 1;
        Ok(buf.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_idle_console_paints_only_what_time_changes() {
    let desk = Desk::new((120, 40), Lang::Zh, 24);
    let mut counter = Counter::default();
    let policy = desk.policy.clone();
    let mut step = |state: &mut State, event: Event, now: Ms, _: &mut Vec<_>| {
        if matches!(event, Event::Input(_)) {
            state.queue.step(1);
        }
        state.now = now;
    };
    let mut port = |_| true;
    let start = balm::task::instant();
    let mut console = Console::new(
        Build {
            state: desk.state,
            step: &mut step,
            port: &mut port,
            policy: &policy,
            theme: Theme::shipped(true),
            locale: Locale::new("zh-CN"),
            out: &mut counter,
            log: FrameLog::open(None),
        },
        start,
    );
    console.paint_if_due(start).unwrap();
    let mut at = start;
    let mut wakes = 0;
    let wall = |at: std::time::Instant| {
        NOW.plus_millis(i64::try_from(at.duration_since(start).as_millis()).unwrap())
    };
    while let Some(next) = console.next_wake(at, wall(at)) {
        if next > start + Duration::from_secs(60) {
            break;
        }
        at = next.max(at);
        console.wake(at, wall(at));
        console.paint_if_due(at).unwrap();
        wakes += 1;
        assert!(wakes < 200, "{wakes} wake-ups");
    }
    let key = Event::Input(Input::Key(Key::char('j')));
    console.event(key, true, at, wall(at));
    console.paint_if_due(at).unwrap();
    drop(console);
    println!(
        "60 idle seconds: {wakes} wake-ups, {} writes, {} bytes",
        counter.writes, counter.bytes
    );
    assert!(
        counter.writes <= 62 && wakes <= 180,
        "{} writes, {wakes} wake-ups",
        counter.writes
    );
}

#[test]
fn a_picture_of_the_screen_holds_its_words() {
    let desk = Desk::new((160, 45), Lang::Zh, 24);
    let (buffer, painted) = desk.paint();
    let picture = svg(&buffer, painted.caret);
    assert!(picture.starts_with("<svg ") && picture.contains("王秀兰"));
}

#[test]
fn without_colour_the_screen_says_the_same() {
    let mut desk = Desk::new((120, 40), Lang::Zh, 24);
    desk.open_first();
    let words = super::fixture::lines(&desk.paint().0);
    desk.theme = Theme::shipped(false);
    let (buffer, _) = desk.paint();
    assert_eq!(super::fixture::lines(&buffer), words);
    let plain = ratatui::style::Color::Reset;
    assert!(
        buffer
            .content
            .iter()
            .all(|c| (c.fg, c.bg) == (plain, plain))
    );
}
