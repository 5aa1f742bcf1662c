//! Working while the input method is in Chinese mode: full-width bytes, Han, function, Ctrl and arrow keys only.

use std::path::Path;
use std::time::Duration;

use crate::support::demo::{BALM, Demo, PATIENCE};
use crate::support::pty::Session;

const QUIET: Duration = Duration::from_millis(60);

fn desk(demo: &Demo, login: &str, size: (u16, u16)) -> Session {
    let args = demo.args(login);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut session = Session::spawn(Path::new(BALM), &args, &[], size.0, size.1);
    session.wait_for("全部在办", PATIENCE).unwrap();
    session.wait_for("[空闲]", PATIENCE).unwrap();
    session.settle(QUIET, PATIENCE);
    session
}

/// The footer's hints: key and name.
fn footer(session: &Session) -> Vec<(String, String)> {
    let text = session.text();
    let line = text.lines().last().unwrap_or_default().trim().to_owned();
    let hints = line.split("  ").filter_map(|hint| {
        let (key, name) = hint.trim().split_once(' ')?;
        Some((key.to_owned(), name.to_owned()))
    });
    hints.collect()
}

/// What the keyboard sends for a key of the footer while the input method writes Chinese.
fn bytes(key: &str) -> String {
    let function = |n: &str| match n {
        "1" | "2" | "3" | "4" => {
            format!("\x1bO{}", char::from(b'O' + n.parse::<u8>().unwrap()))
        }
        "5" => "\x1b[15~".into(),
        n => {
            let code = [17, 18, 19, 20, 21, 23, 24][n.parse::<usize>().unwrap() - 6];
            format!("\x1b[{code}~")
        }
    };
    match key {
        "Enter" => "\r".into(),
        "Esc" => "\x1b".into(),
        "Tab" => "\t".into(),
        "Up" => "\x1b[A".into(),
        "Down" => "\x1b[B".into(),
        "Insert" => "\x1b[2~".into(),
        "PageDown" => "\x1b[6~".into(),
        "?" => "？".into(),
        "/" => "／".into(),
        _ => {
            if let Some(letter) = key.strip_prefix("Ctrl-") {
                let letter = letter.bytes().next().unwrap().to_ascii_lowercase();
                return char::from(letter - b'a' + 1).to_string();
            }
            if let Some(n) = key.strip_prefix('F').filter(|n| n.parse::<u8>().is_ok()) {
                return function(n);
            }
            // A bare letter: the input method hands over its full-width form.
            let letter = key.chars().next().unwrap();
            assert!(key.len() == 1 && letter.is_ascii_graphic(), "{key}");
            char::from_u32(u32::from(letter) - 0x21 + 0xFF01)
                .unwrap()
                .to_string()
        }
    }
}

/// What shows that an action of the queue's footer was reached.
fn proof(name: &str) -> &'static str {
    match name {
        "打开" | "下一张" => "在这里写给客户的话",
        "接电话" => "来电登记",
        "命令面板" => "命令、工单、客户、话术",
        "帮助" => "只看对得上的",
        "筛选" => "[筛选",
        "搜索" => "搜往来内容",
        "换个列表" => "[我的",
        other => panic!("the footer offers {other:?}, which this test does not know"),
    }
}

#[test]
fn every_action_of_the_footer_is_reached_while_the_input_method_writes_chinese() {
    let demo = Demo::start(11);
    // Wide enough for every hint of the queue.
    let session = desk(&demo, "chenyu", (160, 45));
    let hints = footer(&session);
    assert!(hints.len() >= 9, "{hints:?}");
    drop(session);
    for (key, name) in hints {
        let mut session = desk(&demo, "chenyu", (160, 45));
        session.send(&bytes(&key));
        if name == "筛选" {
            session.send("陈");
            // Only rows with a 陈 in caller or words stay; before, most rows had none.
            let end = std::time::Instant::now() + PATIENCE;
            loop {
                session.settle(QUIET, QUIET * 4);
                let text = session.text();
                let rows: Vec<&str> = text.lines().filter(|l| l.contains(" #2")).collect();
                if !rows.is_empty() && rows.len() < 15 {
                    break;
                }
                assert!(
                    std::time::Instant::now() < end,
                    "the rows do not narrow:\n{text}"
                );
            }
            continue;
        }
        if name == "退出" {
            assert_eq!(session.wait_exit(PATIENCE), Ok(0), "{key} leaves");
            continue;
        }
        session
            .wait_for(proof(&name), PATIENCE)
            .unwrap_or_else(|e| panic!("{key} {name}: {e}"));
    }
}

#[test]
fn han_in_a_list_is_told_and_never_acts() {
    let demo = Demo::start(12);
    let mut session = desk(&demo, "liuyang", (80, 24));
    let selected = |s: &Session| {
        let text = s.text();
        let row = text.lines().find(|l| l.starts_with('>')).map(str::to_owned);
        row.and_then(|r| r.split('#').nth(1).map(|n| n[..5].to_owned()))
    };
    let before = selected(&session);
    assert!(before.is_some());
    for words in ["退款", "您好，请问", "客", "“……”", "—"] {
        session.send(words);
        session
            .wait_for("现在是中文输入", PATIENCE)
            .unwrap_or_else(|e| panic!("{words}: {e}"));
        session.settle(QUIET, PATIENCE);
        assert_eq!(selected(&session), before, "{words}");
        assert!(
            session.text().contains("[全部在办]"),
            "{words}: another screen"
        );
    }
    // The full-width forms of j and k are the keys they stand for.
    session.send("ｊ");
    session.settle(QUIET, PATIENCE);
    assert_ne!(selected(&session), before, "ｊ moves as j does");
    session.send("ｋ");
    session.settle(QUIET, PATIENCE);
    assert_eq!(selected(&session), before);
}

/// Characters whose width terminals of East Asia disagree on.
fn ambiguous(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '·' | '—' | '×' | '→' | '①'..='⑳' | '─'..='╿')
}

#[test]
fn a_terminal_that_paints_ambiguous_characters_wide_shifts_no_border() {
    let demo = Demo::start(13);
    let mut session = desk(&demo, "chenyu", (160, 45));
    session.send("\x1b[20~");
    session.wait_for("在这里写给客户的话", PATIENCE).unwrap();
    session.send("\x1b[15~");
    session.settle(QUIET, PATIENCE);
    // The words of the box and the search show the characters in question, whatever the demo says today.
    session.send("“稍等…”—·这样·行吗…");
    // The line asks 行吗 as well; the closing quotation mark is of these words alone.
    session.wait_for("”", PATIENCE).unwrap();
    session.settle(QUIET, PATIENCE);
    session.send("\x0c");
    session.settle(QUIET, PATIENCE);
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    assert!(raw.chars().filter(|c| ambiguous(*c)).count() > 8);
    // Such a terminal, played: each of these characters takes two columns, as a Han character does.
    let wide: String = raw
        .chars()
        .map(|c| if ambiguous(c) { '宽' } else { c })
        .collect();
    let side = |n| std::num::NonZero::new(n).unwrap();
    let mut other = vt100::Parser::new(side(45), side(160), 0);
    other.process(wide.as_bytes());
    let mut borders = 0;
    for row in 0..45 {
        for col in 0..160 {
            let cell = |p: &vt100::Parser| {
                let cell = p.screen().cell(row, col);
                cell.map(|c| c.contents().to_owned()).unwrap_or_default()
            };
            if cell(&session.screen) == "|" {
                borders += 1;
                assert_eq!(
                    cell(&other),
                    "|",
                    "row {row}, column {col}\n{}",
                    other.screen().contents()
                );
            }
        }
    }
    assert!(borders > 60, "{borders} border cells were looked at");
    println!("ambiguous-wide terminal: {borders} border cells, none shifted");
}
