//! What each screen looks like at each size and in each language: text, caret, and the map of styles.

use std::collections::BTreeMap;
use std::fmt::Write;

use balm::domain::lang::Lang;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};

use super::fixture::{Desk, lines};

const SIZES: [(u16, u16); 7] = [
    (80, 24),
    (100, 30),
    (120, 40),
    (160, 45),
    (40, 10),
    (20, 5),
    (1, 1),
];

pub fn prepare(screen: &str, size: (u16, u16), lang: Lang) -> Desk {
    let mut desk = Desk::new(size, lang, 24);
    match screen {
        "queue" => desk.press(&["Down"]),
        "ticket" => {
            desk.open_first();
            desk.press(&["Tab"]);
            desk.type_text(if lang == Lang::Zh {
                "王女士，您好。\n我今天 17:00 前回电👍🏽"
            } else {
                "Dear Ms Wang,\nI will call by 17:00 👍🏽"
            });
        }
        "no_promise" => {
            desk.open_first();
            desk.press(&["Tab"]);
            desk.type_text("17:00前回电。17:00 we call.");
            desk.press(&["Shift-F7", "Shift-F8"]);
        }
        "put_down" => {
            desk.open_first();
            desk.press(&["z", "Enter"]);
        }
        "intake" => {
            desk.press(&["F2"]);
            desk.type_text("洗衣机漏水，楼下天花板都湿了");
        }
        "help" => desk.press(&["?"]),
        "returned" => desk.returned(),
        "team" => desk.team(),
        "palette" => {
            desk.press(&["Ctrl-K"]);
            desk.type_text("c");
        }
        "close" => {
            desk.open_first();
            desk.press(&["Ctrl-W"]);
        }
        "grow" => {
            desk.open_first();
            desk.press(&["Shift-F5", "Down", "Space"]);
        }
        "grown" => {
            desk.tell(super::grown::lines(lang));
            desk.press(&["l", "Left"]);
        }
        "decide" => {
            desk.tell(super::grown::lines(lang));
            desk.press(&["l", "Left", "Left", "Down", "a"]);
        }
        "reviews_due" => {
            desk.press(&["v"]);
            desk.tell(super::quality::view(lang));
        }
        "reviews" => {
            desk.press(&["v", "Right"]);
            desk.tell(super::quality::view(lang));
        }
        "reviews_two" => {
            desk.press(&["v", "Right", "Right"]);
            desk.tell(super::quality::view(lang));
        }
        "reviews_figures" => {
            desk.press(&["v", "Left"]);
            desk.tell(super::quality::view(lang));
        }
        "review_rate" => {
            desk.press(&["v"]);
            desk.tell(super::quality::view(lang));
            desk.press(&["Down", "Down", "Down", "Enter"]);
            super::quality::words(&mut desk);
            desk.press(&["n", "n", "-", "n", "n", "n", "n", "n", "n", "n", "3"]);
        }
        "review_agree" => {
            desk.press(&["v"]);
            desk.tell(super::quality::view(lang));
            desk.press(&["Down", "Enter"]);
            super::quality::words(&mut desk);
            desk.press(&["Tab"]);
            desk.type_text("5");
        }
        other => panic!("no screen {other}"),
    }
    desk
}

/// A letter for each look, `.` for the plain one.
fn style_map(buffer: &Buffer) -> String {
    let mut legend: BTreeMap<String, char> = BTreeMap::new();
    let mut out = String::new();
    let width = usize::from(buffer.area.width);
    for row in buffer.content.chunks(width.max(1)) {
        let mut line = String::new();
        for cell in row {
            let look = (cell.fg, cell.bg, cell.modifier);
            if look == (Color::Reset, Color::Reset, Modifier::empty()) {
                line.push('.');
                continue;
            }
            let next = char::from(b'a' + u8::try_from(legend.len() % 26).unwrap());
            line.push(*legend.entry(format!("{look:?}")).or_insert(next));
        }
        writeln!(out, "{}", line.trim_end_matches('.')).unwrap();
    }
    for (look, letter) in legend {
        writeln!(out, "{letter} = {look}").unwrap();
    }
    out
}

fn album(screen: &str, lang: Lang) -> String {
    let mut out = String::new();
    for size in SIZES {
        let desk = prepare(screen, size, lang);
        let (buffer, painted) = desk.paint();
        let caret = painted
            .caret
            .map_or("none".to_owned(), |p| format!("{},{}", p.x, p.y));
        let (cols, rows) = size;
        let formatted = painted.rows_formatted;
        writeln!(out, "== {cols}x{rows} caret {caret} rows {formatted}").unwrap();
        for line in lines(&buffer) {
            writeln!(out, "{line}").unwrap();
        }
        if size == (80, 24) {
            writeln!(out, "-- styles\n{}", style_map(&buffer)).unwrap();
        }
    }
    out
}

macro_rules! looks {
    ($($name:ident),+) => {
        /// Every screen of the album.
        pub const SCREENS: &[&str] = &[$(stringify!($name)),+];
        $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(concat!(stringify!($name), "_zh"), album(stringify!($name), Lang::Zh));
            insta::assert_snapshot!(concat!(stringify!($name), "_en"), album(stringify!($name), Lang::En));
        }
        )+
    };
}
looks!(
    queue,
    ticket,
    intake,
    help,
    returned,
    team,
    palette,
    close,
    no_promise,
    put_down,
    grow,
    grown,
    decide,
    reviews_due,
    reviews,
    reviews_two,
    reviews_figures,
    review_rate,
    review_agree
);

#[test]
fn four_things_never_leave_the_ticket_screen() {
    for lang in [Lang::Zh, Lang::En] {
        let desk = prepare("ticket", (80, 24), lang);
        let (buffer, painted) = desk.paint();
        let text = lines(&buffer).join("\n");
        let line = if lang == Lang::Zh {
            "换谁都着急"
        } else {
            "fed up"
        };
        for want in ["王秀兰", "14:30", "17:00", line] {
            assert!(text.contains(want), "{want} is not on:\n{text}");
        }
        assert!(painted.caret.is_some());
    }
}

#[test]
fn a_locked_screen_shows_nothing_of_any_ticket() {
    let mut desk = prepare("ticket", (120, 40), Lang::Zh);
    desk.press(&["F12"]);
    let (buffer, painted) = desk.paint();
    let text = lines(&buffer).concat();
    assert!(
        !text.contains("王") && !text.contains("陈静") && text.contains("已锁"),
        "{text}"
    );
    assert_eq!((painted.caret, painted.hits.len()), (None, 0));
}

#[test]
fn painting_twice_paints_the_same() {
    for screen in ["queue", "ticket", "intake", "team"] {
        let desk = prepare(screen, (120, 40), Lang::Zh);
        assert!(desk.paint() == desk.paint());
    }
}
