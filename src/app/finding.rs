//! Finding: the palette and the search screen.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::api::desk::{DeskRequest, Hit, HitSource};
use crate::text::pinyin_keys;

use super::act::perform;
use super::action::{Action, Group};
use super::cx::Cx;
use super::event::{Code, Key, Timer};
use super::keymap::Place;
use super::names;
use super::nav;
use super::notice::{Msg, Severity};
use super::palette::{PaletteRow, PaletteState};
use super::state::{Overlay, Screen};
use super::writing;

/// The store is asked when the words have stood still for so many milliseconds.
const ASK_AFTER: u64 = 120;
/// Most hits asked for.
const HITS: u16 = 50;
/// Most rows of actions and playbooks while something is typed.
const NAMED: usize = 12;

/// Opens the palette.
pub(super) fn open_palette(cx: &mut Cx<'_, '_>) {
    let mut palette = PaletteState::default();
    fill(cx, &mut palette);
    cx.state.overlays.push(Overlay::Palette(Box::new(palette)));
}

/// Keys of the palette: what is no movement is typed.
pub(super) fn palette_key(cx: &mut Cx<'_, '_>, key: Key) {
    let everywhere = cx.state.keymap.action(Place::Everywhere, key);
    let page = usize::from(cx.state.size.1 / 2).max(1);
    let Some(Overlay::Palette(palette)) = cx.state.overlays.last_mut() else {
        return;
    };
    let last = palette.rows.len().saturating_sub(1);
    match (key.code, everywhere) {
        (_, Some(Action::Back | Action::Palette)) => {
            cx.state.overlays.pop();
        }
        (_, Some(Action::Quit)) => perform(cx, Action::Quit),
        (Code::Enter, _) => {
            let at = palette.cursor;
            pick(cx, at);
        }
        (Code::Up, _) => palette.cursor = palette.cursor.saturating_sub(1),
        (Code::Down | Code::Tab, _) => palette.cursor = (palette.cursor + 1).min(last),
        (Code::PageUp, _) => palette.cursor = palette.cursor.saturating_sub(page),
        (Code::PageDown, _) => palette.cursor = (palette.cursor + page).min(last),
        _ => {
            let before = palette.line.text().to_owned();
            palette.line.key(key);
            if palette.line.text() != before {
                palette_changed(cx);
            }
        }
    }
}

/// The words of the palette changed.
pub(super) fn palette_changed(cx: &mut Cx<'_, '_>) {
    let generation = cx.state.next_generation();
    let Some(Overlay::Palette(mut palette)) = cx.state.overlays.pop() else {
        return;
    };
    palette.generation = generation;
    palette.hits.clear();
    palette.source = None;
    palette.cursor = 0;
    fill(cx, &mut palette);
    if !palette.line.text().trim().is_empty() {
        cx.timer(Timer::Search(generation), ASK_AFTER);
    }
    cx.state.overlays.push(Overlay::Palette(palette));
}

/// Makes the rows: actions and playbooks by name, then the store's hits.
fn fill(cx: &Cx<'_, '_>, palette: &mut PaletteState) {
    let lang = cx.state.settings.lang;
    let words = palette.line.text().trim();
    let mut scored: Vec<(u32, PaletteRow)> = Vec::new();
    let mut finder = Finder::of(words);
    let trains = cx.state.training.is_some();
    let usable = |a: &&Action| trains || a.group() != Group::Training;
    for action in Action::ALL.iter().filter(usable) {
        let name = names::action(lang, *action);
        if let Some(score) = finder.score(&name, action.id()) {
            scored.push((score, PaletteRow::Action(*action)));
        }
    }
    if !words.is_empty() {
        for (id, title) in cx.env.coach.playbook(lang) {
            if let Some(score) = finder.score(&title, &id) {
                scored.push((score, PaletteRow::Playbook { id, title }));
            }
        }
        // A stable sort: equal scores keep the order of the help.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.truncate(NAMED);
    }
    let named = scored.into_iter().map(|(_, row)| row);
    let hits = palette.hits.iter().cloned().map(PaletteRow::Hit);
    let number = !words.is_empty() && words.chars().all(|c| c.is_ascii_digit());
    palette.rows = if number {
        hits.chain(named).collect()
    } else {
        named.chain(hits).collect()
    };
    palette.cursor = palette.cursor.min(palette.rows.len().saturating_sub(1));
}

/// Finds names by words, by pinyin and its initials, and by stable name.
struct Finder {
    pattern: Pattern,
    matcher: Matcher,
    empty: bool,
}

impl Finder {
    fn of(words: &str) -> Self {
        Self {
            pattern: Pattern::parse(words, CaseMatching::Ignore, Normalization::Smart),
            matcher: Matcher::new(Config::DEFAULT),
            empty: words.is_empty(),
        }
    }

    fn score(&mut self, name: &str, id: &str) -> Option<u32> {
        if self.empty {
            return Some(0);
        }
        let (initials, full) = pinyin_keys(name);
        let mut best = None;
        for key in [name, &initials, &full, id] {
            let mut buffer = Vec::new();
            let hay = Utf32Str::new(key, &mut buffer);
            best = best.max(self.pattern.score(hay, &mut self.matcher));
        }
        best
    }
}

/// Takes a row of the palette.
pub(super) fn pick(cx: &mut Cx<'_, '_>, at: usize) {
    let Some(Overlay::Palette(palette)) = cx.state.overlays.last() else {
        return;
    };
    let Some(row) = palette.rows.get(at).cloned() else {
        return;
    };
    cx.state.overlays.pop();
    match row {
        PaletteRow::Action(action) => perform(cx, action),
        PaletteRow::Hit(hit) => open(cx, &hit),
        PaletteRow::Playbook { id, .. } => playbook(cx, &id),
    }
}

/// Puts a playbook entry first among the coach's lines.
fn playbook(cx: &mut Cx<'_, '_>, id: &str) {
    if cx.state.screen != Screen::Ticket {
        return cx.say(Severity::Info, "notice-open-a-ticket");
    }
    let line = writing::with_ask(cx.state, cx.env, |coach, ask, _| coach.entry(id, ask));
    let (Some(t), Some(Some(line))) = (cx.state.ticket.as_mut(), line) else {
        return cx.say(Severity::Info, "notice-no-suggestion");
    };
    t.coach.suggestions.retain(|s| s.entry_id != line.entry_id);
    t.coach.suggestions.insert(0, line);
    t.coach.chosen = 0;
    t.coach.card = 0;
    cx.say(Severity::Done, "notice-playbook-chosen");
}

fn open(cx: &mut Cx<'_, '_>, hit: &Hit) {
    match hit {
        Hit::Ticket { ticket, .. } => nav::open_ticket(cx, *ticket),
        Hit::Customer { latest, name, .. } => match latest {
            Some(ticket) => nav::open_ticket(cx, *ticket),
            None => {
                let msg = Msg::new("notice-customer-without-ticket").text("name", name);
                cx.tell(Severity::Info, msg);
            }
        },
    }
}

/// Opens the search.
pub(super) fn open_search(cx: &mut Cx<'_, '_>) {
    cx.state.search.typing = true;
    nav::go(cx, Screen::Search);
}

/// Opens the selected hit.
pub(super) fn open_hit(cx: &mut Cx<'_, '_>) {
    let at = cx.state.search.cursor;
    if let Some(hit) = cx.state.search.hits.get(at).cloned() {
        open(cx, &hit);
    }
}

/// Keys of the search screen; tells whether the key was for it.
pub(super) fn search_key(cx: &mut Cx<'_, '_>, key: Key, everywhere: Option<Action>) -> bool {
    match key.code {
        Code::Enter if !key.mods.ctrl => open_hit(cx),
        Code::Up => nav::step(cx, -1),
        Code::Down => nav::step(cx, 1),
        Code::PageUp => nav::page(cx, false),
        Code::PageDown => nav::page(cx, true),
        _ if everywhere.is_some() => return false,
        _ => {
            let before = cx.state.search.line.text().to_owned();
            let taken = cx.state.search.line.key(key);
            if cx.state.search.line.text() != before {
                search_changed(cx);
            }
            return taken;
        }
    }
    true
}

/// The words of the search changed.
pub(super) fn search_changed(cx: &mut Cx<'_, '_>) {
    let generation = cx.state.next_generation();
    let search = &mut cx.state.search;
    search.generation = generation;
    search.cursor = 0;
    search.top = 0;
    if search.line.text().trim().is_empty() {
        search.hits.clear();
        search.running = false;
        return;
    }
    search.running = true;
    cx.timer(Timer::Search(generation), ASK_AFTER);
}

/// The words stand still: the store is asked, for whoever asked last.
pub(super) fn ask(cx: &mut Cx<'_, '_>, generation: u64) {
    let words = match cx.state.overlays.last() {
        Some(Overlay::Palette(p)) if p.generation == generation => p.line.text(),
        _ if cx.state.search.generation == generation => cx.state.search.line.text(),
        _ => return,
    };
    let words = words.trim().to_owned();
    cx.ask(DeskRequest::Search {
        generation,
        words,
        limit: HITS,
    });
}

/// The store answered. The same generation may be answered twice: by the desk, then with the server's hits merged in.
pub(super) fn hits(cx: &mut Cx<'_, '_>, generation: u64, hits: Vec<Hit>, source: HitSource) {
    if let Some(Overlay::Palette(p)) = cx.state.overlays.last()
        && p.generation == generation
        && let Some(Overlay::Palette(mut palette)) = cx.state.overlays.pop()
    {
        let selected = palette.rows.get(palette.cursor).cloned();
        palette.hits = hits;
        palette.source = Some(source);
        fill(cx, &mut palette);
        let same = |row: &PaletteRow| Some(row) == selected.as_ref();
        palette.cursor = palette.rows.iter().position(same).unwrap_or(palette.cursor);
        cx.state.overlays.push(Overlay::Palette(palette));
        return;
    }
    let search = &mut cx.state.search;
    if search.generation != generation {
        return;
    }
    let selected = search.hits.get(search.cursor).cloned();
    search.hits = hits;
    search.running = source == HitSource::Desk && search.source.is_none() && search.hits.is_empty();
    search.source = Some(source);
    let same = |hit: &Hit| Some(hit) == selected.as_ref();
    let place = search.hits.iter().position(same);
    search.cursor = place.unwrap_or(0);
}
