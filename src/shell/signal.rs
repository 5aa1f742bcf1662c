//! Signals from outside: end, hang up, stop.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What was asked from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wish {
    /// End: write the drafts, give the terminal back.
    End,
    /// Stop until told to go on (`kill -TSTP`, a shell's job control).
    Stop,
    /// Go on after a stop that nobody announced: the screen is unknown.
    GoOn,
}

/// The signals balm listens to.
#[derive(Debug)]
pub struct Signals {
    term: Signal,
    hup: Signal,
    int: Signal,
    stop: Signal,
    cont: Signal,
}

impl Signals {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the system refuses a handler.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            hup: signal(SignalKind::hangup())?,
            int: signal(SignalKind::interrupt())?,
            stop: signal(SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()))?,
            cont: signal(SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()))?,
        })
    }

    /// The next wish. Safe to drop and ask again.
    pub async fn next(&mut self) -> Wish {
        tokio::select! {
            _ = self.term.recv() => Wish::End,
            _ = self.hup.recv() => Wish::End,
            _ = self.int.recv() => Wish::End,
            _ = self.stop.recv() => Wish::Stop,
            _ = self.cont.recv() => Wish::GoOn,
        }
    }
}

/// Stops the whole process group until it is told to go on. A program without a shell above it (a session leader) cannot be
/// stopped by its terminal; then nothing happens. tokio's handler for TSTP swallows the signal, so that STOP is sent, which
/// no handler can.
pub fn stop_here() {
    let own = rustix::process::getpid();
    if rustix::process::getsid(None).is_ok_and(|leader| leader == own) {
        return;
    }
    if let Err(e) = rustix::process::kill_current_process_group(rustix::process::Signal::STOP) {
        tracing::warn!(error = %e, "could not stop");
    }
}
