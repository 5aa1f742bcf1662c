//! `balm picture SCREEN --size WxH`: a screen of the demo as SVG, drawn from the program's own cells.
//!
//! It runs the real server over a throw-away demo, the real desk and the real state machine; only the terminal is missing.

use std::path::Path;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::args::PictureArgs;
use super::error::CliError;
use super::place::{self, Opening, Site};
use super::{Cx, desk, say};
use crate::api::desk::DeskAnswer;
use crate::app::event::{Code, Event, Input, Key};
use crate::app::keymap::Keymap;
use crate::app::state::Settings;
use crate::app::{self, Effect, Env, State};
use crate::sync::{self, DeskEnd};
use crate::text::Locale;
use crate::view::{self, Theme};
use crate::{config, task};

/// The screen is taken when nothing has come from the store for this long.
const QUIET: Duration = Duration::from_millis(400);

/// Draws the screen on standard output.
///
/// # Errors
/// When the size is none, the screen is unknown, or the demo cannot be started.
pub fn run(cx: &Cx, args: &PictureArgs) -> Result<(), CliError> {
    let bad_size = || CliError::new("cli-size").with("what", &args.size);
    let (cols, rows) = args.size.split_once(['x', 'X', '×']).ok_or_else(bad_size)?;
    let side = |text: &str| {
        text.parse::<u16>()
            .ok()
            .filter(|n| (1..=500).contains(n))
            .ok_or_else(bad_size)
    };
    let size = (side(cols)?, side(rows)?);
    let keys = keys_to(&args.screen)
        .ok_or_else(|| CliError::new("cli-not_found").with("what", &args.screen))?;
    let dir = std::env::temp_dir().join(format!("balm-picture-{}", task::new_id()));
    config::prepare(&dir)?;
    let drawn = draw(cx, &dir, size, &keys);
    std::fs::remove_dir_all(&dir)?;
    say::line(drawn?.trim_end())?;
    Ok(())
}

/// The keys that lead from the start to a screen.
fn keys_to(screen: &str) -> Option<Vec<Key>> {
    let plain = Key::plain;
    Some(match screen {
        "queue" => vec![],
        "ticket" => vec![plain(Code::Enter)],
        "reply" => vec![plain(Code::Enter), plain(Code::F(5))],
        "intake" => vec![plain(Code::F(2))],
        "team" => vec![Key::ctrl('t')],
        "help" => vec![Key::char('?')],
        "palette" => vec![Key::ctrl('k')],
        _ => return None,
    })
}

fn draw(cx: &Cx, dir: &Path, size: (u16, u16), keys: &[Key]) -> Result<String, CliError> {
    let runtime = cx.runtime()?;
    runtime.block_on(async {
        let opening = Opening {
            demo: Some(1),
            ..Opening::default()
        };
        let site = Site::open(cx, dir, place::lock(dir)?, opening).await?;
        let token_file = site.token_of(dir, &place::demo_login()?).await?;
        let config = desk::desk_config(cx, dir, &site.url(), &token_file);
        let (end, answers) = sync::open(config, runtime.handle())?.split();
        let shipped =
            Keymap::shipped().map_err(|e| CliError::new("cli-content").with("what", e))?;
        let settings = Settings {
            lang: cx.lang,
            lock_after_ms: 0,
            ..Settings::default()
        };
        let state = State::new(settings, shipped.into(), size, task::now_ms());
        let mut player = Player {
            cx,
            end: &end,
            answers,
            state,
        };
        player.settle().await;
        for key in keys {
            player.give(Event::Input(Input::Key(*key)));
            player.settle().await;
        }
        let svg = player.picture(size);
        drop(player);
        end.shutdown();
        site.close().await;
        Ok(svg)
    })
}

struct Player<'a> {
    cx: &'a Cx,
    end: &'a DeskEnd,
    answers: tokio::sync::mpsc::Receiver<DeskAnswer>,
    state: State,
}

impl Player<'_> {
    fn give(&mut self, event: Event) {
        let mut ids = task::new_id;
        let mut env = Env {
            now: task::now_ms(),
            policy: &self.cx.policy,
            coach: &self.cx.coach,
            ids: &mut ids,
        };
        let mut effects = Vec::new();
        app::update(&mut self.state, event, &mut env, &mut effects);
        for effect in effects {
            if let Effect::Desk(request) = effect
                && self.end.send(request).is_err()
            {
                tracing::warn!("the store did not take a request");
            }
        }
    }

    async fn settle(&mut self) {
        let (cols, rows) = self.state.size;
        self.give(Event::Input(Input::Resize(cols, rows)));
        while let Ok(Some(answer)) = tokio::time::timeout(QUIET, self.answers.recv()).await {
            self.give(Event::Desk(answer));
        }
    }

    fn picture(&self, size: (u16, u16)) -> String {
        let (theme, locale) = (Theme::shipped(true), Locale::of(self.cx.locale.tongue()));
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let look = view::Look {
            theme: &theme,
            locale: &locale,
            policy: &self.cx.policy,
        };
        let painted = view::render(&self.state, look, &mut buffer);
        view::svg(&buffer, painted.caret)
    }
}
