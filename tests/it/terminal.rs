//! However the console ends, the terminal is as it was: no raw mode, no second screen, no mouse, the cursor visible.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::demo::{BALM, Demo, PATIENCE};
use crate::support::pty::Session;

const QUIET: Duration = Duration::from_millis(60);

fn desk(demo: &Demo, login: &str) -> Session {
    let args = demo.args(login);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let mut session = Session::spawn(Path::new(BALM), &args, &[], 80, 24);
    session.wait_for("全部在办", PATIENCE).unwrap();
    session.wait_for("[空闲]", PATIENCE).unwrap();
    session
}

/// What was switched on has been switched off, and nothing is drawn afterwards.
fn restored(session: &Session, way: &str) {
    let screen = session.screen.screen();
    assert!(
        !screen.alternate_screen(),
        "{way}: still on the second screen"
    );
    assert!(!screen.hide_cursor(), "{way}: the cursor is hidden");
    assert!(!screen.bracketed_paste(), "{way}: bracketed paste is on");
    assert_eq!(
        screen.mouse_protocol_mode(),
        vt100::MouseProtocolMode::None,
        "{way}: the mouse is taken"
    );
    let raw = String::from_utf8_lossy(&session.raw);
    assert_eq!(
        raw.matches("\x1b[?1049h").count(),
        raw.matches("\x1b[?1049l").count(),
        "{way}"
    );
}

#[test]
fn quit_and_signals_give_the_terminal_back() {
    let demo = Demo::start(9);
    let mut session = desk(&demo, "chenyu");
    session.send("\x11");
    let code = session.wait_exit(PATIENCE).unwrap();
    assert_eq!(code, 0);
    restored(&session, "quit with sign-off");

    for signal in ["TERM", "HUP", "INT"] {
        let mut session = desk(&demo, "chenyu");
        // Words half written are kept, whoever ends the program.
        session.send("\x1b[20~");
        session.wait_for("Enter 写回复", PATIENCE).unwrap();
        session.send("\r");
        session.wait_for("Ctrl-S 发送  F5", PATIENCE).unwrap();
        session.send(&format!("没写完{signal}"));
        session
            .wait_for(&format!("没写完{signal}"), PATIENCE)
            .unwrap();
        let pid = session.pid().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &pid])
            .status()
            .unwrap();
        assert!(sent.success());
        session.wait_exit(PATIENCE).unwrap();
        restored(&session, signal);
        let mut again = desk(&demo, "chenyu");
        again.send("\x04");
        again
            .wait_for(&format!("没写完{signal}"), PATIENCE)
            .unwrap();
        again.settle(QUIET, PATIENCE);
    }
}
