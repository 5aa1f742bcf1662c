//! Two desks in tmux: what one sends, the other shows within a second. Captures are kept under `target/artefacts`.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::demo::{BALM, Demo, PATIENCE};

/// A tmux server of this test alone.
pub struct Tmux {
    socket: String,
}

impl Tmux {
    /// Nothing where tmux is not installed.
    pub fn new(name: &str) -> Option<Self> {
        let there = Command::new("tmux").arg("-V").output().is_ok();
        if !there {
            println!("skipped: tmux is not installed");
        }
        let socket = format!("balm-{name}-{}", std::process::id());
        there.then_some(Self { socket })
    }

    fn run(&self, args: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.env("LANG", "C.UTF-8").env_remove("TMUX");
        let out = command.args(["-L", &self.socket, "-f", "/dev/null", "-u"]);
        let out = out.args(args).output().unwrap();
        assert!(
            out.status.success(),
            "{args:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8(out.stdout).unwrap()
    }

    pub fn open(&self, session: &str, (cols, rows): (u16, u16), command: &str) {
        let (cols, rows) = (cols.to_string(), rows.to_string());
        let args = [
            "new-session",
            "-d",
            "-s",
            session,
            "-x",
            &cols,
            "-y",
            &rows,
            command,
        ];
        self.run(&args);
    }

    pub fn keys(&self, session: &str, keys: &[&str]) {
        let mut args = vec!["send-keys", "-t", session];
        args.extend(keys);
        self.run(&args);
    }

    pub fn text(&self, session: &str, words: &str) {
        self.run(&["send-keys", "-t", session, "-l", words]);
    }

    pub fn screen(&self, session: &str) -> String {
        self.run(&["capture-pane", "-p", "-t", session])
    }

    /// Waits until the screen satisfies `done`.
    pub fn wait(&self, session: &str, what: &str, done: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen(session);
            if done(&screen) {
                return screen;
            }
            assert!(
                Instant::now() < end,
                "{session} waited for {what}:\n{screen}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub fn close(&self, session: &str) {
        let args = ["-L", &self.socket, "kill-session", "-t", session];
        let _ = Command::new("tmux").args(args).output();
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let args = ["-L", &self.socket, "kill-server"];
        let _ = Command::new("tmux").args(args).output();
    }
}

pub fn shell_words(args: &[String]) -> String {
    let quoted = |a: &String| format!("'{}'", a.replace('\'', "'\\''"));
    let words: Vec<String> = args.iter().map(quoted).collect();
    format!("'{BALM}' {}", words.join(" "))
}

fn keep(name: &str, screen: &str) {
    let target = PathBuf::from(BALM);
    let target = target.ancestors().nth(2).unwrap().join("artefacts");
    std::fs::create_dir_all(&target).unwrap();
    std::fs::write(target.join(format!("tmux-{name}.txt")), screen).unwrap();
}

/// The number of the ticket on the screen: the second row names it beside the caller.
fn number(screen: &str) -> Option<String> {
    let header = screen.lines().take(4).find(|l| {
        l.contains('#') && (l.contains("时限") || l.contains(" | ") || l.contains('-'))
    })?;
    let digits: String = header
        .split('#')
        .nth(1)?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    (!digits.is_empty()).then_some(digits)
}

const UNHURRIED: &str = "在这里写给客户的话";

#[test]
fn what_one_desk_sends_the_other_shows_within_a_second() {
    let Some(tmux) = Tmux::new("desks") else {
        return;
    };
    let demo = Demo::start(7);
    // Keeps the tmux server alive while the desks come and go.
    tmux.open("keeper", (80, 24), "cat");
    for (size, words) in [
        ((80, 24), "小店的单我亲自盯"),
        ((160, 45), "这件事我盯到底"),
    ] {
        let name = format!("{}x{}", size.0, size.1);
        let (one, two) = (format!("one-{name}"), format!("two-{name}"));
        tmux.open(&one, size, &shell_words(&demo.args("chenyu")));
        tmux.open(&two, size, &shell_words(&demo.args("zhoumin")));
        for desk in [&one, &two] {
            tmux.wait(desk, "the queue", |s| {
                s.contains("全部在办") && s.contains("在线")
            });
        }
        tmux.wait(&one, "duty", |s| s.contains("[空闲]"));
        keep(&format!("{name}-1-queue"), &tmux.screen(&one));

        tmux.keys(&one, &["F9"]);
        let open = tmux.wait(&one, "a ticket with a line", |s| {
            s.contains(UNHURRIED) && s.contains("F5 ") && number(s).is_some()
        });
        let ticket = number(&open).unwrap();
        keep(&format!("{name}-2-ticket"), &open);
        tmux.keys(&two, &["C-f"]);
        tmux.wait(&two, "the search", |s| s.contains("搜往来内容"));
        tmux.text(&two, &ticket);
        let hit = format!("#{ticket}");
        tmux.wait(&two, "the hit", |s| {
            s.matches(hit.as_str()).count() >= 1 && s.contains(" 条，")
        });
        tmux.keys(&two, &["Enter"]);
        tmux.wait(&two, "the ticket", |s| {
            number(s).as_deref() == Some(ticket.as_str())
        });

        tmux.keys(&one, &["F5"]);
        tmux.wait(&one, "the line in the box", |s| !s.contains(UNHURRIED));
        tmux.text(&one, words);
        let edited = tmux.wait(&one, "the edit", |s| {
            s.replace(['|', '\n', ' '], "").contains(words)
        });
        assert!(!tmux.screen(&two).contains(words));
        keep(&format!("{name}-3-edited"), &edited);
        let mut sent = Instant::now();
        let mut timeless = false;
        tmux.keys(&one, &["C-s"]);
        loop {
            let flat = |s: &str| s.replace(['>', '|', '\n', ' '], "");
            if flat(&tmux.screen(&two)).contains(words) {
                break;
            }
            // A customer who wrote meanwhile is told first, and whoever may be in danger is cared for before any words
            // leave: both go on by what the screen says, not by luck.
            let screen = tmux.screen(&one);
            if screen.contains("你动笔以后又有新情况") {
                tmux.keys(&one, &["Down", "Enter"]);
            }
            if screen.contains("（LAW-04）") {
                tmux.keys(&one, &["C-p"]);
                tmux.wait(&one, "the severe route", |s| {
                    !s.contains("按 Ctrl-P 走紧急处置")
                });
                sent = Instant::now();
                tmux.keys(&one, &["C-s"]);
            }
            // A time after what is promised or allowed already is not sent, at midnight for instance: then words without one.
            if screen.contains("（CMT-06）") && !std::mem::replace(&mut timeless, true) {
                tmux.keys(&one, &["C-z"; 30]);
                tmux.text(&one, "您现在最着急的是哪一样，跟我说说？");
                tmux.text(&one, words);
                tmux.wait(&one, "other words", |s| {
                    flat(s).contains("最着急的是哪一样") && flat(s).contains(words)
                });
                sent = Instant::now();
                tmux.keys(&one, &["C-s"]);
            }
            assert!(
                sent.elapsed() < PATIENCE,
                "{words}\n{}\n{}",
                tmux.screen(&one),
                tmux.screen(&two)
            );
        }
        let took = sent.elapsed();
        println!(
            "tmux {name}: sent in one desk, on the other's screen after {} ms",
            took.as_millis()
        );
        keep(&format!("{name}-4-sender"), &tmux.screen(&one));
        keep(&format!("{name}-5-other-desk"), &tmux.screen(&two));
        assert!(took < Duration::from_secs(1), "{took:?}");
        tmux.close(&one);
        tmux.close(&two);
    }
}

#[test]
fn suspended_from_the_palette_the_shell_is_back_and_fg_goes_on() {
    let Some(tmux) = Tmux::new("suspend") else {
        return;
    };
    let demo = Demo::start(8);
    tmux.open("s", (80, 24), "PS1='shell> ' bash --norc --noprofile -i");
    tmux.wait("s", "the shell", |s| s.contains("shell>"));
    tmux.text("s", &shell_words(&demo.args("chenyu")));
    tmux.keys("s", &["Enter"]);
    tmux.wait("s", "the queue", |s| {
        s.contains("全部在办") && s.contains("在线")
    });
    tmux.keys("s", &["C-k"]);
    tmux.wait("s", "the palette", |s| s.contains("命令、工单"));
    tmux.text("s", "suspend");
    tmux.wait("s", "the action", |s| s.contains("> "));
    tmux.keys("s", &["Enter"]);
    tmux.wait("s", "the shell again", |s| {
        s.contains("Stopped") && !s.contains("全部在办")
    });
    tmux.text("s", "echo still-$((40+2))");
    tmux.keys("s", &["Enter"]);
    tmux.wait("s", "a shell that echoes", |s| s.contains("still-42"));
    tmux.text("s", "fg");
    tmux.keys("s", &["Enter"]);
    tmux.wait("s", "the queue again", |s| {
        s.contains("全部在办") && !s.contains("still-42")
    });
    tmux.keys("s", &["F3"]);
    tmux.wait("s", "a key that acts", |s| s.contains("[我的"));
}
