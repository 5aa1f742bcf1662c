//! What the terminal sends, as the state machine's own words.
//!
//! The stream can be dropped and made again: a stream that lives while the program is stopped would swallow what the shell
//! above should read. Conversion is a pure function of the event and of what the last frame showed.

use std::task::Poll;
use std::time::{Duration, Instant};

use crossterm::event::{
    Event as TermEvent, EventStream, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton,
    MouseEvent, MouseEventKind,
};
use futures_util::StreamExt;
use ratatui::layout::{Position, Rect};

use crate::app::event::{Code, Hit, Input, Key, Mods, Mouse, MouseKind};

/// A second click on the same cell within this time is a double click.
const DOUBLE: Duration = Duration::from_millis(400);
/// The most bytes of one paste; the rest is dropped (a message has no room for more).
const MOST_PASTED: usize = 200_000;

/// The terminal's input, present or given up for a while.
#[derive(Debug, Default)]
pub struct Source(Option<EventStream>);

impl Source {
    /// Begins to read.
    pub fn open(&mut self) {
        self.0 = Some(EventStream::new());
    }

    /// Stops reading, so that whoever gets the terminal next reads its own input.
    pub fn close(&mut self) {
        self.0 = None;
    }

    /// The next event; nothing when the terminal is gone. Waits for ever while closed. Safe to drop and ask again.
    pub async fn next(&mut self) -> Option<TermEvent> {
        let Some(stream) = &mut self.0 else {
            return std::future::pending().await;
        };
        stream.next().await?.ok()
    }

    /// An event that is here already. It asks as the loop's own task: the stream keeps the first waker it was asked with,
    /// and one that wakes nobody would leave the next key lying until something else happens.
    pub async fn ready(&mut self) -> Option<TermEvent> {
        let stream = self.0.as_mut()?;
        std::future::poll_fn(|cx| match stream.poll_next_unpin(cx) {
            Poll::Ready(event) => Poll::Ready(event.and_then(Result::ok)),
            Poll::Pending => Poll::Ready(None),
        })
        .await
    }
}

/// Turns the terminal's events into the console's.
#[derive(Debug, Default)]
pub struct Reader {
    last_click: Option<(u16, u16, Instant)>,
}

impl Reader {
    /// The console's word for `event`; nothing for what it does not care about (key releases, mouse motion). `hits` are the
    /// places of the frame the agent saw, later ones on top.
    pub fn read(&mut self, event: TermEvent, hits: &[(Rect, Hit)], now: Instant) -> Option<Input> {
        Some(match event {
            TermEvent::Key(event) => Input::Key(key(event)?),
            TermEvent::Paste(text) => Input::Paste(paste(text)),
            TermEvent::Mouse(event) => Input::Mouse(self.mouse(event, hits, now)?),
            TermEvent::FocusGained => Input::FocusGained,
            TermEvent::FocusLost => Input::FocusLost,
            TermEvent::Resize(cols, rows) => Input::Resize(cols, rows),
        })
    }

    fn mouse(&mut self, event: MouseEvent, hits: &[(Rect, Hit)], now: Instant) -> Option<Mouse> {
        let (col, row) = (event.column, event.row);
        let kind = match event.kind {
            MouseEventKind::ScrollUp => MouseKind::WheelUp,
            MouseEventKind::ScrollDown => MouseKind::WheelDown,
            MouseEventKind::Down(MouseButton::Left) => {
                let again = self.last_click.is_some_and(|(c, r, at)| {
                    (c, r) == (col, row) && now.duration_since(at) <= DOUBLE
                });
                self.last_click = (!again).then_some((col, row, now));
                if again {
                    MouseKind::DoubleClick
                } else {
                    MouseKind::Click
                }
            }
            _ => return None,
        };
        let hit = hit_at(hits, Position::new(col, row));
        Some(Mouse {
            col,
            row,
            kind,
            hit,
        })
    }
}

/// What the last frame showed at `at`; the topmost place wins.
fn hit_at(hits: &[(Rect, Hit)], at: Position) -> Option<Hit> {
    let (area, hit) = hits.iter().rev().find(|(area, _)| area.contains(at))?;
    Some(match hit {
        Hit::Compose { .. } => Hit::Compose {
            row: at.y - area.y,
            col: at.x - area.x,
        },
        other => other.clone(),
    })
}

/// The key of a terminal's event; nothing for keys that balm does not know and for releases.
#[must_use]
pub fn key(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let mut mods = Mods {
        ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
        alt: event.modifiers.contains(KeyModifiers::ALT),
        shift: event.modifiers.contains(KeyModifiers::SHIFT),
    };
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::F(n) => Code::F(n),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => {
            mods.shift = true;
            Code::Tab
        }
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        // The middle of a keypad without a number lock.
        KeyCode::KeypadBegin => Code::Char('5'),
        _ => return None,
    };
    Some(Key { code, mods }.normal())
}

/// A paste with the line breaks of every terminal made one, and cut at a character's edge when it is too long.
fn paste(text: String) -> String {
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    if text.len() > MOST_PASTED {
        let cut = (0..=MOST_PASTED)
            .rev()
            .find(|at| text.is_char_boundary(*at));
        text.truncate(cut.unwrap_or(0));
    }
    text
}

/// Folds what piled up: of several resizes the last one counts, and the wheel moves at most one step a frame.
pub fn fold(inputs: &mut Vec<Input>) {
    let last_resize = inputs.iter().rposition(|i| matches!(i, Input::Resize(..)));
    let mut at = 0;
    let mut wheeled = false;
    inputs.retain(|input| {
        let here = at;
        at += 1;
        match input {
            Input::Resize(..) => Some(here) == last_resize,
            Input::Mouse(mouse)
                if matches!(mouse.kind, MouseKind::WheelUp | MouseKind::WheelDown) =>
            {
                !std::mem::replace(&mut wheeled, true)
            }
            _ => true,
        }
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Option<Input> {
        let event = TermEvent::Key(KeyEvent::new(code, modifiers));
        Reader::default().read(event, &[], crate::task::instant())
    }

    #[test]
    fn keys_come_in_one_form() {
        for (code, mods, want) in [
            (KeyCode::Char('J'), KeyModifiers::SHIFT, Key::char('J')),
            (KeyCode::Char('K'), KeyModifiers::CONTROL, Key::ctrl('k')),
            (KeyCode::Char('退'), KeyModifiers::NONE, Key::char('退')),
            (KeyCode::KeypadBegin, KeyModifiers::NONE, Key::char('5')),
            (KeyCode::F(2), KeyModifiers::NONE, Key::plain(Code::F(2))),
        ] {
            assert_eq!(press(code, mods), Some(Input::Key(want)), "{code:?}");
        }
        let Some(Input::Key(tab)) = press(KeyCode::BackTab, KeyModifiers::SHIFT) else {
            unreachable!("a key");
        };
        assert!(tab.code == Code::Tab && tab.mods.shift);
        assert_eq!(press(KeyCode::CapsLock, KeyModifiers::NONE), None);
    }

    #[test]
    fn a_release_is_no_press() {
        let event =
            KeyEvent::new_with_kind(KeyCode::Enter, KeyModifiers::NONE, KeyEventKind::Release);
        assert_eq!(key(event), None);
    }

    #[test]
    fn a_paste_has_one_kind_of_line_break_and_an_end() {
        assert_eq!(paste("a\r\nb\rc\nd".into()), "a\nb\nc\nd");
        let long = paste("款".repeat(100_000));
        assert!(long.len() <= MOST_PASTED && long.len() > MOST_PASTED - 3);
    }

    #[test]
    fn clicks_find_the_topmost_place() {
        let hits = vec![
            (Rect::new(0, 0, 40, 10), Hit::Timeline),
            (Rect::new(5, 2, 10, 4), Hit::Compose { row: 0, col: 0 }),
        ];
        let mut reader = Reader::default();
        let now = crate::task::instant();
        let mut click = |col, row, at| {
            let event = MouseEvent {
                kind: MouseEventKind::Down(MouseButton::Left),
                column: col,
                row,
                modifiers: KeyModifiers::NONE,
            };
            match reader.read(TermEvent::Mouse(event), &hits, at) {
                Some(Input::Mouse(mouse)) => (mouse.kind, mouse.hit),
                other => unreachable!("{other:?}"),
            }
        };
        let inside = Some(Hit::Compose { row: 1, col: 2 });
        assert_eq!(click(7, 3, now), (MouseKind::Click, inside.clone()));
        assert_eq!(click(7, 3, now), (MouseKind::DoubleClick, inside.clone()));
        assert_eq!(click(7, 3, now), (MouseKind::Click, inside));
        assert_eq!(click(0, 0, now), (MouseKind::Click, Some(Hit::Timeline)));
        assert_eq!(click(50, 0, now), (MouseKind::Click, None));
    }

    #[test]
    fn bursts_are_folded() {
        let wheel = || {
            Input::Mouse(Mouse {
                col: 0,
                row: 0,
                kind: MouseKind::WheelDown,
                hit: None,
            })
        };
        let key = || Input::Key(Key::char('j'));
        let mut inputs = vec![
            Input::Resize(80, 24),
            wheel(),
            wheel(),
            key(),
            key(),
            Input::Resize(90, 24),
        ];
        fold(&mut inputs);
        assert_eq!(inputs, [wheel(), key(), key(), Input::Resize(90, 24)]);
    }
}
