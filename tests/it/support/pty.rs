//! A program in a pseudo-terminal: keys in, bytes out with their times, and the screen a terminal would show.
#![allow(dead_code, reason = "tests and the bench each use a part of it")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// A running program.
pub struct Session {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    pub screen: vt100::Parser,
    /// Every byte so far, for looking at escapes.
    pub raw: Vec<u8>,
    pub spawned: Instant,
}

/// A side of the screen as the parser wants it.
fn side(n: u16) -> std::num::NonZero<u16> {
    std::num::NonZero::new(n).unwrap_or(std::num::NonZero::<u16>::MIN)
}

/// What one key did.
#[derive(Clone, Copy, Debug)]
pub struct KeyCost {
    /// From the key to the last byte of the paint; none if nothing was painted.
    pub paint: Option<Duration>,
    pub bytes: usize,
}

impl Session {
    pub fn spawn(
        program: &Path,
        args: &[&str],
        env: &[(&str, &str)],
        cols: u16,
        rows: u16,
    ) -> Self {
        let pty = native_pty_system();
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = pty.openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in env {
            command.env(name, value);
        }
        let spawned = Instant::now();
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (tx, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0_u8; 65_536];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || tx.send((Instant::now(), buffer[..n].to_vec())).is_err() {
                    break;
                }
            }
        });
        Self {
            master: pair.master,
            child,
            writer,
            bytes,
            screen: vt100::Parser::new(side(rows), side(cols), 0),
            raw: Vec::new(),
            spawned,
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    pub fn send(&mut self, keys: &str) {
        self.writer
            .write_all(keys.as_bytes())
            .expect("the program reads");
        self.writer.flush().expect("flush");
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).expect("resize");
        self.screen.screen_mut().set_size(side(rows), side(cols));
    }

    fn take(&mut self, chunk: &[u8]) {
        self.screen.process(chunk);
        self.raw.extend_from_slice(chunk);
        // Answer what full-screen programs ask a terminal.
        if chunk.windows(4).any(|w| w == b"\x1b[6n") {
            self.send("\x1b[1;1R");
        }
        if chunk.windows(3).any(|w| w == b"\x1b[c") {
            self.send("\x1b[?62;22c");
        }
    }

    /// Reads until nothing has come for `quiet`, at most `limit`. The time of the last byte, if any came.
    pub fn settle(&mut self, quiet: Duration, limit: Duration) -> Option<(Instant, usize)> {
        let end = Instant::now() + limit;
        let mut last = None;
        let mut count = 0;
        loop {
            let left = end.saturating_duration_since(Instant::now()).min(quiet);
            match self.bytes.recv_timeout(left) {
                Ok((at, chunk)) => {
                    count += chunk.len();
                    last = Some((at, count));
                    self.take(&chunk);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return last,
            }
            if Instant::now() >= end {
                return last;
            }
        }
    }

    /// Waits until the screen shows `text`.
    ///
    /// # Errors
    /// With the screen, when it does not within `limit`.
    pub fn wait_for(&mut self, text: &str, limit: Duration) -> Result<Instant, String> {
        let end = Instant::now() + limit;
        let mut at = Instant::now();
        loop {
            if self.text().contains(text) {
                return Ok(at);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(format!("no {text:?} on the screen:\n{}", self.text()));
            }
            match self.bytes.recv_timeout(left) {
                Ok((when, chunk)) => {
                    at = when;
                    self.take(&chunk);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(format!(
                        "the program ended; {text:?} was not on the screen:\n{}",
                        self.text()
                    ));
                }
            }
        }
    }

    /// Sends one key and waits until its paint is finished.
    pub fn key(&mut self, key: &str, quiet: Duration) -> KeyCost {
        while let Ok((_, chunk)) = self.bytes.try_recv() {
            self.take(&chunk);
        }
        let sent = Instant::now();
        self.send(key);
        let first = self.bytes.recv_timeout(Duration::from_millis(500));
        let Ok((at, chunk)) = first else {
            return KeyCost {
                paint: None,
                bytes: 0,
            };
        };
        let mut bytes = chunk.len();
        let mut last = at;
        let mut ended = chunk.ends_with(b"\x1b[?2026l");
        self.take(&chunk);
        // A program that brackets its frames tells where the paint ends; others are read until they are quiet.
        while !ended {
            let Ok((at, chunk)) = self.bytes.recv_timeout(quiet) else {
                break;
            };
            last = at;
            bytes += chunk.len();
            ended = chunk.ends_with(b"\x1b[?2026l");
            self.take(&chunk);
        }
        KeyCost {
            paint: Some(last.duration_since(sent)),
            bytes,
        }
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    pub fn cursor(&self) -> (u16, u16) {
        self.screen.screen().cursor_position()
    }

    /// Waits for the program to end; its exit code.
    ///
    /// # Errors
    /// When it does not end within `limit`.
    pub fn wait_exit(&mut self, limit: Duration) -> Result<u32, String> {
        let end = Instant::now() + limit;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                self.settle(Duration::from_millis(50), Duration::from_millis(200));
                return Ok(status.exit_code());
            }
            if Instant::now() >= end {
                return Err(format!("still running:\n{}", self.text()));
            }
            self.settle(Duration::from_millis(20), Duration::from_millis(50));
        }
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.kill();
    }
}
