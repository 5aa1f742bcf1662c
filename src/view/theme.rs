//! Roles and how they look. Sixteen colours only, so that the terminal's own palette decides about contrast.
//!
//! A role never speaks by colour alone: whatever it says is also said by a word, a mark or the weight of the letters.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// What a stretch of the screen is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Role { $($(#[$doc])* $variant),+ }
        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The name in a theme file.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$variant => $text),+ } }
        }
    };
}

roles!(
    /// Plain words.
    Text = "text",
    /// Words of little weight.
    Dim = "dim",
    /// Words of weight.
    Strong = "strong",
    /// A pane's title.
    Title = "title",
    /// The title of the pane that has the keys.
    TitleFocus = "title-focus",
    /// Between panes.
    Gutter = "gutter",
    /// The selected row of the pane that has the keys.
    Selected = "selected",
    /// The selected row of another pane.
    SelectedIdle = "selected-idle",
    /// Past its time.
    Late = "late",
    /// Near its time.
    Soon = "soon",
    /// In time, done.
    Good = "good",
    /// Worth knowing.
    Info = "info",
    /// A warning.
    Warning = "warning",
    /// An error.
    Error = "error",
    /// Something went as asked.
    Done = "done",
    /// The customer.
    Customer = "customer",
    /// Us, in writing.
    Reply = "reply",
    /// Us, on the phone.
    Spoken = "spoken",
    /// An internal note.
    Note = "note",
    /// What happened besides.
    Happening = "happening",
    /// Not yet confirmed.
    Pending = "pending",
    /// Did not reach the customer.
    Failed = "failed",
    /// The frame of a reply being written.
    ReplyFrame = "reply-frame",
    /// Its title.
    ReplyTitle = "reply-title",
    /// The frame of a note being written.
    NoteFrame = "note-frame",
    /// Its title.
    NoteTitle = "note-title",
    /// A key in running text.
    Key = "key",
    /// The footer.
    Bar = "bar",
    /// A key in the footer.
    BarKey = "bar-key",
    /// The status line.
    Status = "status",
    /// What must not be overlooked in the status line.
    StatusAlert = "status-alert",
    /// The mark of the demo.
    Demo = "demo",
    /// A layer above the screen.
    Modal = "modal",
    /// Its title.
    ModalTitle = "modal-title",
    /// Words that a rule marks.
    Marked = "marked",
    /// The customer's words that gave something away.
    Evidence = "evidence",
    /// A line to be read aloud.
    Card = "card",
    /// The border of training.
    Training = "training",
    /// The word in it.
    TrainingWord = "training-word",
);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    role: BTreeMap<String, Look>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Look {
    fg: Option<String>,
    bg: Option<String>,
    #[serde(default)]
    mods: Vec<String>,
}

/// A theme that cannot be used: what is wrong in which role or line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadTheme(String);

/// How each role looks.
#[derive(Clone, Debug)]
pub struct Theme {
    styles: Vec<Style>,
}

impl Theme {
    /// The theme that ships with balm; `colour` false takes the colours out (NO_COLOR).
    #[must_use]
    pub fn shipped(colour: bool) -> Self {
        let plain = Self {
            styles: vec![Style::new(); Role::ALL.len()],
        };
        Self::parse(include_str!("../../assets/themes/default.toml"), colour).unwrap_or(plain)
    }

    /// Reads a theme file.
    ///
    /// # Errors
    /// When the text is no theme, a role is missing or unknown, or a colour is not one of the sixteen.
    pub fn parse(text: &str, colour: bool) -> Result<Self, BadTheme> {
        let mut file: File = toml::from_str(text).map_err(|e| BadTheme(e.to_string()))?;
        let mut styles = Vec::with_capacity(Role::ALL.len());
        for role in Role::ALL {
            let look = file.role.remove(role.name());
            let look = look.ok_or_else(|| BadTheme(format!("role {} is missing", role.name())))?;
            styles.push(look.style(role.name(), colour)?);
        }
        match file.role.keys().next() {
            Some(name) => Err(BadTheme(format!("there is no role {name}"))),
            None => Ok(Self { styles }),
        }
    }

    /// How `role` looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

impl Look {
    fn style(&self, role: &str, colour: bool) -> Result<Style, BadTheme> {
        let mut style = Style::new();
        if let Some(fg) = &self.fg {
            let found = named(fg, role)?;
            style = if colour { style.fg(found) } else { style };
        }
        if let Some(bg) = &self.bg {
            let found = named(bg, role)?;
            style = if colour {
                style.bg(found)
            } else {
                style.add_modifier(Modifier::REVERSED)
            };
        }
        for name in &self.mods {
            let modifier = MODIFIERS.iter().find(|(n, _)| n == name);
            let (_, modifier) = modifier
                .ok_or_else(|| BadTheme(format!("role {role}: there is no modifier {name}")))?;
            style = style.add_modifier(*modifier);
        }
        Ok(style)
    }
}

const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed-out", Modifier::CROSSED_OUT),
];

const COLOURS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

fn named(name: &str, role: &str) -> Result<Color, BadTheme> {
    let found = COLOURS.iter().find(|(n, _)| *n == name);
    found
        .map(|(_, colour)| *colour)
        .ok_or_else(|| BadTheme(format!("role {role}: {name} is not one of the 16 colours")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const SHIPPED: &str = include_str!("../../assets/themes/default.toml");

    #[test]
    fn the_shipped_theme_is_whole() {
        let theme = Theme::parse(SHIPPED, true).unwrap();
        assert_eq!(theme.style(Role::Selected).bg, Some(Color::Blue));
    }

    #[test]
    fn without_colour_every_background_is_reversed_and_nothing_has_a_colour() {
        let (bright, plain) = (Theme::shipped(true), Theme::shipped(false));
        for role in Role::ALL {
            let style = plain.style(*role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
            let reversed = style.add_modifier.contains(Modifier::REVERSED);
            assert_eq!(reversed, bright.style(*role).bg.is_some(), "{role:?}");
        }
    }

    #[test]
    fn reply_and_note_differ_without_colour_too() {
        for colour in [true, false] {
            let theme = Theme::shipped(colour);
            assert_ne!(theme.style(Role::Reply), theme.style(Role::Note));
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (from, to, want) in [
            (
                "fg = \"cyan\"",
                "fg = \"#00ffff\"",
                "#00ffff is not one of the 16",
            ),
            ("strong =", "stronk =", "role strong is missing"),
            ("[\"bold\"]", "[\"fat\"]", "no modifier fat"),
        ] {
            let fault = Theme::parse(&SHIPPED.replacen(from, to, 1), true).unwrap_err();
            assert!(fault.to_string().contains(want), "{fault}");
        }
        let more = format!("{SHIPPED}\nglow = {{}}\n");
        assert!(
            Theme::parse(&more, true)
                .unwrap_err()
                .to_string()
                .contains("glow")
        );
    }
}
