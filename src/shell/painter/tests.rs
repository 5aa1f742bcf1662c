#![allow(clippy::unwrap_used, reason = "tests")]
use ratatui::style::{Color, Style};

use super::*;

/// A writer that counts its calls.
#[derive(Debug, Default)]
struct Counter {
    bytes: Vec<u8>,
    writes: usize,
}

impl Write for Counter {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(buf);
        self.writes += 1;
        Ok(buf.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn painter(width: u16, height: u16) -> Painter<Counter> {
    Painter::new(Counter::default(), Rect::new(0, 0, width, height))
}

fn frame(painter: &mut Painter<Counter>, rows: &[&str]) -> FrameCost {
    let canvas = painter.canvas();
    for (y, row) in (0..).zip(rows) {
        canvas.set_string(0, y, row, Style::new());
    }
    painter.paint(None, None).unwrap()
}

fn rows(parser: &vt100::Parser) -> Vec<String> {
    let width = parser.screen().size().1;
    parser.screen().rows(0, width.into()).collect()
}

#[test]
fn a_terminal_shows_the_buffer_after_any_change() {
    let frames = [
        ["你好，世界 abc", "one", ""],
        ["a你好世界 abc", "one", "x"],
        ["你", "好 tail", "x"],
        ["", "", ""],
        ["ab你c好d", "好 tail", "y"],
    ];
    let mut painter = painter(16, 3);
    let mut parser = vt100::Parser::new(3.try_into().unwrap(), 16.try_into().unwrap(), 0);
    let mut read = 0;
    for want in frames {
        frame(&mut painter, &want);
        parser.process(&painter.out.bytes[read..]);
        read = painter.out.bytes.len();
        let shown = rows(&parser);
        let shown: Vec<&str> = shown.iter().map(|row| row.trim_end()).collect();
        assert_eq!(shown, want);
    }
}

#[test]
fn styles_arrive_and_end() {
    let mut painter = painter(10, 1);
    let canvas = painter.canvas();
    canvas.set_string(0, 0, "ab", Style::new().fg(Color::LightBlue).bold());
    canvas.set_string(2, 0, "cd", Style::new().bg(Color::Yellow).underlined());
    painter.paint(None, None).unwrap();
    let mut parser = vt100::Parser::new(1.try_into().unwrap(), 10.try_into().unwrap(), 0);
    parser.process(&painter.out.bytes);
    let cell = |x| parser.screen().cell(0, x).unwrap();
    assert_eq!(cell(1).fgcolor(), vt100::Color::Idx(12));
    assert!(cell(1).bold() && !cell(2).bold());
    assert_eq!(cell(3).bgcolor(), vt100::Color::Idx(3));
    assert!(cell(3).underline() && !cell(4).underline());
    assert_eq!(cell(5).bgcolor(), vt100::Color::Default);
    assert_eq!(parser.screen().fgcolor(), vt100::Color::Default);
}

#[test]
fn one_write_a_frame_and_none_without_a_change() {
    let mut painter = painter(40, 5);
    let first = frame(&mut painter, &["hello"]);
    assert_eq!((first.writes, painter.out.writes), (1, 1));
    assert_eq!(frame(&mut painter, &["hello"]), FrameCost::default());
    assert_eq!(painter.out.writes, 1);
    painter.canvas().set_string(0, 0, "hello", Style::new());
    let cost = painter.paint(Some(Position::new(3, 0)), None).unwrap();
    assert!(cost.writes == 1 && cost.bytes < 60, "{cost:?}");
    painter.forget();
    assert!(frame(&mut painter, &["hello"]).bytes > 10);
}

#[test]
fn the_cursor_is_the_last_thing_of_a_frame() {
    let mut painter = painter(40, 5);
    painter.canvas().set_string(0, 4, "退款", Style::new());
    painter
        .paint(Some(Position::new(4, 4)), Some("title"))
        .unwrap();
    let text = String::from_utf8(painter.out.bytes.clone()).unwrap();
    assert!(text.ends_with("\x1b[5;5H\x1b[?25h\x1b[?2026l"), "{text:?}");
    let mut parser = vt100::Parser::new(5.try_into().unwrap(), 40.try_into().unwrap(), 0);
    parser.process(&painter.out.bytes);
    assert_eq!(parser.screen().cursor_position(), (4, 4));
    assert!(!parser.screen().hide_cursor());
}

/// A terminal that paints ambiguous characters two columns wide: CUP, CHA, ED and text are all it knows.
struct Wide {
    cells: Vec<Vec<char>>,
    x: usize,
    y: usize,
}

impl Wide {
    fn show(bytes: &[u8], width: usize, height: usize) -> Vec<String> {
        let mut wide = Self {
            cells: vec![vec![' '; width]; height],
            x: 0,
            y: 0,
        };
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c == '\x1b' {
                assert_eq!(chars.next(), Some('['));
                let body: String =
                    std::iter::from_fn(|| chars.next_if(|c| !c.is_ascii_alphabetic())).collect();
                wide.csi(&body, chars.next().unwrap());
            } else {
                wide.print(c);
            }
        }
        let line = |row: &Vec<char>| row.iter().filter(|c| **c != '\0').collect();
        wide.cells.iter().map(line).collect()
    }

    fn csi(&mut self, body: &str, last: char) {
        let number = |at: usize| -> usize {
            body.split(';')
                .nth(at)
                .and_then(|n| n.parse().ok())
                .unwrap_or(1)
        };
        match last {
            'H' => (self.y, self.x) = (number(0) - 1, number(1) - 1),
            'G' => self.x = number(0) - 1,
            _ => {}
        }
    }

    fn print(&mut self, c: char) {
        use unicode_width::UnicodeWidthChar;
        let cols = c.width_cjk().unwrap_or(0);
        let row = &mut self.cells[self.y];
        for at in self.x..(self.x + cols).min(row.len()) {
            // Whatever was cut in half is blanked, as terminals do.
            if row[at] == '\0' && at > 0 {
                row[at - 1] = ' ';
            }
            if at + 1 < row.len() && row[at + 1] == '\0' {
                row[at + 1] = ' ';
            }
            row[at] = if at == self.x { c } else { '\0' };
        }
        self.x += cols;
    }
}

#[test]
fn doubtful_characters_shift_nothing_behind_them() {
    let mut painter = painter(20, 2);
    frame(
        &mut painter,
        &["plain text     | end", "退款           | end"],
    );
    frame(
        &mut painter,
        &["a“b”…·c        | end", "“退款”…        | end"],
    );
    frame(
        &mut painter,
        &["a“b”…·d        | end", "“退款” x       | end"],
    );
    for row in Wide::show(&painter.out.bytes, 20, 2) {
        let cols: usize = row
            .find('|')
            .map(|at| crate::text::width(&row[..at]))
            .unwrap();
        let extra = row.chars().filter(|c| is_doubtful(*c)).count();
        assert_eq!(cols + extra, 15, "{row}");
        assert!(row.ends_with("| end"), "{row}");
    }
}

#[test]
fn sizes_of_nothing_do_no_harm() {
    for (w, h) in [(0, 0), (1, 1), (0, 5), (5, 0)] {
        let mut painter = painter(w, h);
        frame(&mut painter, &[]);
        painter.resize(Rect::new(0, 0, 3, 1));
        frame(&mut painter, &["abc"]);
    }
}

#[test]
fn a_title_cannot_end_its_sequence() {
    let mut painter = painter(5, 1);
    painter.canvas();
    painter.paint(None, Some("a\x07\x1b]0;b")).unwrap();
    let text = String::from_utf8(painter.out.bytes).unwrap();
    assert!(text.contains("\x1b]2;a]0;b\x07"), "{text:?}");
}

#[test]
fn a_list_that_scrolls_is_moved_by_the_terminal() {
    let list = |from: usize, selected: usize| -> Vec<String> {
        let row = |i: usize| {
            let mark = if i == selected { '>' } else { ' ' };
            format!(
                "{mark} 第 {i} 张工单，客户“等”了很久 row {}",
                i * 7919 % 1000
            )
        };
        let mut rows = vec!["title".to_owned()];
        rows.extend((from..from + 16).map(row));
        rows.push(format!("foot {from}"));
        rows
    };
    let mut painter = painter(60, 18);
    let mut parser = vt100::Parser::new(18.try_into().unwrap(), 60.try_into().unwrap(), 0);
    let mut read = 0;
    let steps = [
        (0, 3),
        (1, 15),
        (2, 16),
        (3, 17),
        (2, 3),
        (1, 2),
        (1, 3),
        (9, 20),
        (0, 0),
    ];
    for (at, (from, selected)) in steps.into_iter().enumerate() {
        let want = list(from, selected);
        let want: Vec<&str> = want.iter().map(String::as_str).collect();
        let cost = frame(&mut painter, &want);
        parser.process(&painter.out.bytes[read..]);
        read = painter.out.bytes.len();
        let shown = rows(&parser);
        let shown: Vec<&str> = shown.iter().map(|row| row.trim_end()).collect();
        assert_eq!(shown, want, "step {at}");
        assert!(
            !(2..=5).contains(&at) || cost.bytes < 400,
            "step {at}: {cost:?}"
        );
    }
}
