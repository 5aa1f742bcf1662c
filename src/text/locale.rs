//! Locale files: every word that a user sees, by key, in the language chosen.
//!
//! The files are Fluent (`assets/locale/<tag>/*.ftl`), compiled in, one set of keys and variables in every language (a test
//! compares them). Two languages are shipped; switching while the program runs means making another [`Locale`]. Not here:
//! what a customer reads (playbooks, in `assets/playbook`) and how a time is worded (`view::words`).

use std::borrow::Cow;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// A language that is shipped.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Tongue {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Tongue {
    /// Every language that is shipped.
    pub const ALL: &'static [Self] = &[Self::ZhCn, Self::En];

    /// The name in settings and on the command line.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language for a tag of the system or of a setting: `zh-CN`, `zh_CN.UTF-8`, `en-GB`. Nothing for other languages.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::ZhCn),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    const fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::ZhCn => ZH_CN,
            Self::En => EN,
        }
    }
}

macro_rules! files {
    ($tag:literal) => {
        files!($tag: "app", "cli", "event", "quality", "reason", "refusal", "training", "training-class", "training-debrief", "training-new", "training-no", "training-pairs", "training-results", "ui")
    };
    ($tag:literal: $($name:literal),+) => {
        &[$((
            concat!($tag, "/", $name, ".ftl"),
            include_str!(concat!("../../assets/locale/", $tag, "/", $name, ".ftl")),
        )),+]
    };
}

const ZH_CN: &[(&str, &str)] = files!("zh-CN");
const EN: &[(&str, &str)] = files!("en");

/// A value put into a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Arg<'a> {
    /// Words, already safe to draw.
    Text(Cow<'a, str>),
    /// A count: it also chooses the plural form.
    Number(i64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a super::SafeText> for Arg<'a> {
    fn from(text: &'a super::SafeText) -> Self {
        Self::Text(Cow::Borrowed(text.as_str()))
    }
}

macro_rules! numbers {
    ($($kind:ty),+) => { $(impl From<$kind> for Arg<'_> {
        fn from(number: $kind) -> Self {
            Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
        }
    })+ };
}
numbers!(i64, u64, u32, u16, usize);

/// The words of one language.
pub struct Locale {
    tongue: Tongue,
    bundle: FluentBundle<FluentResource>,
    problems: Vec<String>,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Locale")
            .field("tongue", &self.tongue)
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

impl Locale {
    /// The words of the language with this tag; Chinese for a language that is not shipped.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        Self::of(Tongue::from_tag(tag).unwrap_or_default())
    }

    /// The words of this language.
    #[must_use]
    pub fn of(tongue: Tongue) -> Self {
        let language = tongue.tag().parse::<LanguageIdentifier>();
        let mut bundle = FluentBundle::new_concurrent(language.into_iter().collect());
        // The marks would reach the terminal as invisible characters and count in no width.
        bundle.set_use_isolating(false);
        let mut locale = Self {
            tongue,
            bundle,
            problems: Vec::new(),
        };
        for (name, text) in tongue.files() {
            locale.add(name, text, false);
        }
        locale
    }

    /// Lays the words of a user's own file over the shipped ones. `name` is for the report of what is wrong in it.
    pub fn overlay(&mut self, name: &str, text: &str) {
        self.add(name, text, true);
    }

    fn add(&mut self, name: &str, text: &str, over: bool) {
        let resource =
            FluentResource::try_new(text.to_owned()).unwrap_or_else(|(whole, faults)| {
                for fault in faults {
                    // The entry that is wrong; the place inside it may already lie on the next line.
                    let entry = fault.slice.as_ref().map_or(fault.pos.start, |s| s.start);
                    let line = text.get(..entry).unwrap_or(text).matches('\n').count() + 1;
                    self.problems.push(format!("{name}:{line}: {fault}"));
                }
                whole
            });
        if over {
            self.bundle.add_resource_overriding(resource);
        } else if let Err(faults) = self.bundle.add_resource(resource) {
            let faults = faults.iter().map(|fault| format!("{name}: {fault}"));
            self.problems.extend(faults);
        }
    }

    /// Which language it is.
    #[must_use]
    pub const fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// What is wrong in the files, each with file and line; empty for the shipped ones.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// Whether there are words under `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The words under `key`; the key itself when there are none, so that a fault is seen and nothing fails.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The words under `key` with values put in.
    #[must_use]
    pub fn t_args(&self, key: &str, values: &[(&str, Arg<'_>)]) -> String {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            let value = match value {
                Arg::Text(text) => FluentValue::String(Cow::Borrowed(text.as_ref())),
                Arg::Number(number) => FluentValue::from(*number),
            };
            args.set(*name, value);
        }
        self.format(key, Some(&args))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut faults = Vec::new();
        self.bundle
            .format_pattern(pattern, args, &mut faults)
            .into_owned()
    }
}

#[cfg(test)]
mod tests;
