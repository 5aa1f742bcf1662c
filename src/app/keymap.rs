//! Which key orders what: one table for keys, footer, help and palette, rebindable from a file of the same form.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::text::half_width;

use super::action::Action;
use super::event::{Code, Key, Mods};

/// Where a key is pressed. Keys of the place come first, then those that act everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    /// Everywhere, also while writing.
    Everywhere,
    /// In lists and while reading; letters act here.
    List,
    /// While reading a conversation; on top of the keys of lists.
    Ticket,
    /// On the team screen and lists of tickets seen by a lead; on top of the keys of lists.
    Team,
    /// On the screen of the team's lines; on top of the keys of lists.
    Lines,
    /// On the screen of reviews; on top of the keys of lists.
    Quality,
    /// On the card of a review; on top of the keys of lists.
    Review,
    /// On a trainee's screens of training; on top of the keys of lists.
    Training,
    /// On a trainer's screens; on top of the keys of lists.
    Class,
    /// While an observer marks what is said aloud; on top of the keys of lists.
    Spoken,
    /// While writing. A bare character never stands here.
    Compose,
}

impl Place {
    /// Every place, in the order of the file.
    pub const ALL: &'static [Self] = &[
        Self::Everywhere,
        Self::List,
        Self::Ticket,
        Self::Team,
        Self::Lines,
        Self::Quality,
        Self::Review,
        Self::Training,
        Self::Class,
        Self::Spoken,
        Self::Compose,
    ];

    /// The name in the file.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::List => "list",
            Self::Ticket => "ticket",
            Self::Team => "team",
            Self::Lines => "lines",
            Self::Quality => "quality",
            Self::Review => "review",
            Self::Training => "training",
            Self::Class => "class",
            Self::Spoken => "spoken",
            Self::Compose => "compose",
        }
    }

    /// The places whose keys act here, nearest first.
    #[must_use]
    pub const fn searched(self) -> &'static [Self] {
        match self {
            Self::Everywhere => &[Self::Everywhere],
            Self::List => &[Self::List, Self::Everywhere],
            Self::Ticket => &[Self::Ticket, Self::List, Self::Everywhere],
            Self::Team => &[Self::Team, Self::List, Self::Everywhere],
            Self::Lines => &[Self::Lines, Self::List, Self::Everywhere],
            Self::Quality => &[Self::Quality, Self::List, Self::Everywhere],
            Self::Review => &[Self::Review, Self::List, Self::Everywhere],
            Self::Training => &[Self::Training, Self::List, Self::Everywhere],
            Self::Class => &[Self::Class, Self::List, Self::Everywhere],
            Self::Spoken => &[Self::Spoken, Self::List, Self::Everywhere],
            Self::Compose => &[Self::Compose, Self::Everywhere],
        }
    }
}

/// A keymap file that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct BadKeymap {
    /// The line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub what: String,
}

/// The keys.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Keymap {
    bound: BTreeMap<(Place, Key), Action>,
    /// In the order of the file, so that the first key of an action is the one shown.
    order: Vec<(Place, Key, Action)>,
}

impl Keymap {
    /// The keymap that ships with balm.
    ///
    /// # Errors
    /// Never for a released program: a test reads it.
    pub fn shipped() -> Result<Self, BadKeymap> {
        Self::parse(include_str!("../../assets/keymap.toml"))
    }

    /// Reads a whole keymap.
    ///
    /// # Errors
    /// When a line is no binding, names an unknown action or key, binds a key twice, a bare character while writing, or
    /// two actions that reach others by letter case alone.
    pub fn parse(text: &str) -> Result<Self, BadKeymap> {
        let mut map = Self::default();
        map.read(text, false)?;
        Ok(map)
    }

    /// This keymap with the bindings of a user's file in place of its own: an action named there has only those keys
    /// in that place, and a key named there belongs to nobody else in that place.
    ///
    /// # Errors
    /// As for [`Keymap::parse`].
    pub fn with(&self, text: &str) -> Result<Self, BadKeymap> {
        let mut map = self.clone();
        map.read(text, true)?;
        Ok(map)
    }

    /// What this key orders here. A full-width character acts as its half-width form wherever characters act.
    #[must_use]
    pub fn action(&self, place: Place, key: Key) -> Option<Action> {
        let mut key = key.normal();
        if let Code::Char(c) = key.code {
            if place == Place::Compose && !key.mods.ctrl && !key.mods.alt {
                return None;
            }
            key.code = Code::Char(half_width(c));
        }
        let at = |place: &Place| self.bound.get(&(*place, key)).copied();
        place.searched().iter().find_map(at)
    }

    /// Every bound key once, with the first action it has, in the order of the file.
    #[must_use]
    pub fn every_key(&self) -> Vec<(Key, Action)> {
        let mut all: Vec<(Key, Action)> = Vec::new();
        for (_, key, action) in &self.order {
            if !all.iter().any(|(k, _)| k == key) {
                all.push((*key, *action));
            }
        }
        all
    }

    /// The keys of an action here, the one to show first: keys that work in every input method come before letters.
    #[must_use]
    pub fn keys(&self, place: Place, action: Action) -> Vec<Key> {
        let mut keys = Vec::new();
        for near in place.searched() {
            let own = self
                .order
                .iter()
                .filter(|(p, _, a)| p == near && *a == action);
            keys.extend(own.map(|(_, key, _)| *key));
        }
        keys.sort_by_key(|key| matches!(key.code, Code::Char(_)) && !key.mods.ctrl);
        keys
    }

    /// Every binding of a place, in the order of the file.
    pub fn bindings(&self, place: Place) -> impl Iterator<Item = (Key, Action)> {
        let own = self.order.iter().filter(move |(p, _, _)| *p == place);
        own.map(|(_, key, action)| (*key, *action))
    }

    fn read(&mut self, text: &str, over: bool) -> Result<(), BadKeymap> {
        let lines = parse_lines(text)?;
        if over {
            for (_, place, action, _) in &lines {
                self.order.retain(|(p, _, a)| (p, a) != (place, action));
            }
            for (_, place, _, keys) in &lines {
                self.order
                    .retain(|(p, k, _)| p != place || !keys.contains(k));
            }
        }
        for (line, place, action, keys) in lines {
            for key in keys {
                if let Some((_, _, other)) =
                    self.order.iter().find(|(p, k, _)| (*p, *k) == (place, key))
                {
                    let what = format!("{key} is {} already", other.id());
                    return Err(BadKeymap { line, what });
                }
                self.order.push((place, key, action));
            }
        }
        self.bound = self.order.iter().map(|(p, k, a)| ((*p, *k), *a)).collect();
        self.check_case()
    }

    /// No action that reaches others may differ from another by letter case alone (design 4).
    fn check_case(&self) -> Result<(), BadKeymap> {
        for (place, key, action) in &self.order {
            let Code::Char(c) = key.code else { continue };
            let swapped = if c.is_ascii_lowercase() {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            };
            let twin = Key {
                code: Code::Char(swapped),
                mods: key.mods,
            };
            let other = place
                .searched()
                .iter()
                .find_map(|p| self.bound.get(&(*p, twin)));
            if swapped != c && action.sends() && other.is_some_and(|o| o != action) {
                let what = format!("{key} ({}) differs from {twin} by case alone", action.id());
                return Err(BadKeymap { line: 0, what });
            }
        }
        Ok(())
    }
}

type Line = (usize, Place, Action, Vec<Key>);

/// Reads the small part of TOML that a keymap needs: `[place]`, `action = "key"`, `action = ["key", …]`, comments.
fn parse_lines(text: &str) -> Result<Vec<Line>, BadKeymap> {
    let mut place = None;
    let mut out = Vec::new();
    for (at, full) in text.lines().enumerate() {
        let line = at + 1;
        let bad = |what: String| BadKeymap { line, what };
        let trimmed = full.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let table: toml::Table =
            toml::from_str(trimmed).map_err(|e| bad(e.message().to_owned()))?;
        for (name, value) in table {
            if trimmed.starts_with('[') {
                let found = Place::ALL.iter().find(|p| p.id() == name);
                let all: Vec<&str> = Place::ALL.iter().map(|p| p.id()).collect();
                let what = || {
                    bad(format!(
                        "no place {name:?}: write one of {}",
                        all.join(", ")
                    ))
                };
                place = Some(*found.ok_or_else(what)?);
                continue;
            }
            let place = place.ok_or_else(|| bad("a [place] must come first".to_owned()))?;
            let action = Action::from_id(&name).ok_or_else(|| {
                bad(format!(
                    "no action {name:?}: the help (?) lists them by name"
                ))
            })?;
            let names: Vec<String> = match value {
                toml::Value::String(one) => vec![one],
                other => other
                    .try_into()
                    .map_err(|_| bad("keys are text, such as \"Ctrl-S\"".to_owned()))?,
            };
            let mut keys = Vec::with_capacity(names.len());
            for name in names {
                let key: Key = name.parse().map_err(&bad)?;
                if place == Place::Compose && matches!(key.code, Code::Char(_)) && !key.mods.ctrl {
                    return Err(bad(format!("{key} types a character while writing")));
                }
                keys.push(key);
            }
            out.push((line, place, action, keys));
        }
    }
    Ok(out)
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut mods = Mods::default();
        let mut rest = text;
        loop {
            let lower = rest.to_ascii_lowercase();
            let (flag, len) = if lower.starts_with("ctrl-") {
                (&mut mods.ctrl, 5)
            } else if lower.starts_with("alt-") {
                (&mut mods.alt, 4)
            } else if lower.starts_with("shift-") {
                (&mut mods.shift, 6)
            } else {
                break;
            };
            *flag = true;
            rest = rest.get(len..).unwrap_or("");
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (Some(c), None) => Code::Char(c),
            _ => named(rest).ok_or_else(|| {
                format!("no key {text:?}: write such as j, ?, F5, Ctrl-S, PageDown")
            })?,
        };
        Ok(Self { code, mods }.normal())
    }
}

const NAMED: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("Space", Code::Char(' ')),
];

fn named(name: &str) -> Option<Code> {
    if let Some(n) = name.strip_prefix(['F', 'f'])
        && let Ok(n @ 1..=24) = n.parse()
    {
        return Some(Code::F(n));
    }
    let same = |(known, _): &&(&str, Code)| known.eq_ignore_ascii_case(name);
    NAMED.iter().find(same).map(|(_, code)| *code)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [
            (self.mods.ctrl, "Ctrl-"),
            (self.mods.alt, "Alt-"),
            (self.mods.shift, "Shift-"),
        ] {
            if on {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::F(n) => write!(f, "F{n}"),
            Code::Char(c) if self.mods.ctrl || self.mods.alt => {
                write!(f, "{}", c.to_ascii_uppercase())
            }
            Code::Char(c) => write!(f, "{c}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
