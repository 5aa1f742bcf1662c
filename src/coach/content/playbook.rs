//! Playbook entries: what to say for an item, in both languages, by part and feeling (method 3.2).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Deserialize;

use super::{BadContent, File};
use crate::coach::slots;
use crate::domain::lang::Lang;
use crate::domain::taxonomy::{ItemId, Taxonomy};
use crate::domain::vocabulary::Act;
pub use crate::domain::vocabulary::LinePart as PartKind;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every one, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, as content and locale files write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            pub(super) fn read(name: &str, file: &File<'_>, entry: &str) -> Result<Self, BadContent> {
                match name {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(file.bad(entry, format!("\"{name}\" is not known here"), concat!("write one of:", $(" ", $text),+))),
                }
            }
        }
    };
}

/// The part that a line names.
pub(super) fn part(name: &str, file: &File<'_>, entry: &str) -> Result<PartKind, BadContent> {
    PartKind::from_name(name).ok_or_else(|| {
        let all: Vec<&str> = PartKind::ALL.iter().map(|p| p.as_str()).collect();
        file.bad(
            entry,
            format!("\"{name}\" is not known here"),
            format!("write one of: {}", all.join(" ")),
        )
    })
}

names!(
    /// The feeling a line is meant for (method 3.2).
    Band {
        /// 0 to 29 of 100.
        Calm = "calm",
        /// 30 to 54.
        Annoyed = "annoyed",
        /// 55 to 79.
        Angry = "angry",
        /// 80 and more.
        Furious = "furious",
    }
);

impl Band {
    /// The band of a feeling from 0 to 3.
    #[must_use]
    pub const fn of(emotion: u8) -> Self {
        match emotion {
            0 => Self::Calm,
            1 => Self::Annoyed,
            2 => Self::Angry,
            _ => Self::Furious,
        }
    }

    /// The band of a feeling from 0 to 100 (method 3.2).
    #[must_use]
    pub const fn of_heat(heat: u8) -> Self {
        match heat {
            0..30 => Self::Calm,
            30..55 => Self::Annoyed,
            55..80 => Self::Angry,
            _ => Self::Furious,
        }
    }
}

names!(
    /// Whether an entry may be suggested.
    Status {
        /// Being written; not suggested.
        Draft = "draft",
        /// In force.
        Approved = "approved",
        /// No longer suggested.
        Retired = "retired",
    }
);

names!(
    /// What the customer really needs (method 3.2).
    Need {
        /// To know why.
        Cause = "cause",
        /// To have it work.
        Fix = "fix",
        /// To reach something else with it.
        Goal = "goal",
        /// To be taken seriously.
        Respect = "respect",
        /// The money.
        Money = "money",
        /// To be safe.
        Safety = "safety",
    }
);

names!(
    /// When an explaining line can be said.
    When {
        /// The cause is known.
        Known = "known",
        /// The cause is not known yet.
        Unknown = "unknown",
    }
);

/// A text in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Both {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Both {
    /// The text in this language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Both languages must be there.
    pub(super) fn check(&self, file: &File<'_>, entry: &str, name: &str) -> Result<(), BadContent> {
        for (lang, text) in [("zh", &self.zh), ("en", &self.en)] {
            if text.trim().is_empty() {
                return Err(file.bad(
                    entry,
                    format!("{name}_{lang} is empty"),
                    "write the text in both languages",
                ));
            }
        }
        Ok(())
    }
}

/// One line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Its stable name: entry, part, and its place among the lines of that part from 1.
    pub id: String,
    /// What it is for.
    pub part: PartKind,
    /// The feeling it is meant for; only lines that empathize have one.
    pub band: Option<Band>,
    /// What the words do.
    pub acts: Vec<Act>,
    /// When it can be said; only explaining lines have one.
    pub when: Option<When>,
    /// The words with their slots.
    pub text: Both,
}

/// One playbook entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its stable name.
    pub id: String,
    /// Grows with every change of its words.
    pub version: u32,
    /// Whether it may be suggested.
    pub status: Status,
    /// The items it serves, its own first.
    pub items: Vec<ItemId>,
    /// The last day on which it may be suggested.
    pub expires: Date,
    /// What the customer really needs.
    pub need: Need,
    /// What customers say.
    pub stated: Both,
    /// What lies under it.
    pub hidden: Both,
    /// Words that speak for this entry.
    pub words: Vec<String>,
    /// Its lines in the order of the file.
    pub lines: Vec<Line>,
}

impl Entry {
    /// Whether it may no longer be suggested on this day; it is still shown, marked.
    #[must_use]
    pub fn expired(&self, today: Date) -> bool {
        today > self.expires
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    version: u32,
    status: String,
    items: Vec<String>,
    expires: String,
    need_fix: String,
    stated_zh: Option<String>,
    stated_en: Option<String>,
    hidden_zh: Option<String>,
    hidden_en: Option<String>,
    words: Vec<String>,
    line: Vec<RawLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    part: String,
    band: Option<String>,
    acts: Vec<String>,
    zh: Option<String>,
    en: Option<String>,
    needs: Option<String>,
}

/// Reads and checks one entry.
pub(super) fn parse(file: &File<'_>, taxonomy: &Taxonomy) -> Result<Entry, BadContent> {
    let raw: Raw = file.read()?;
    let id = raw.id;
    let stem = file.name.rsplit('/').next().unwrap_or(file.name);
    if stem.strip_suffix(".toml") != Some(&id) {
        return Err(file.bad(
            &id,
            "the id is not the file's name",
            format!("name the file {id}.toml or change the id"),
        ));
    }
    let expires = raw.expires.parse().map_err(|_| {
        file.bad(
            &id,
            format!("\"{}\" is no date", raw.expires),
            "write expires as \"2027-12-31\"",
        )
    })?;
    let mut items = Vec::new();
    for item in raw.items {
        if !taxonomy.items.iter().any(|i| i.id.as_str() == item) {
            return Err(file.bad(
                &id,
                format!("the taxonomy has no item {item}"),
                "use an id of taxonomy.toml",
            ));
        }
        items.push(ItemId(item));
    }
    let mut entry = Entry {
        version: raw.version,
        status: Status::read(&raw.status, file, &id)?,
        items,
        expires,
        need: Need::read(&raw.need_fix, file, &id)?,
        stated: both(file, &id, "stated", raw.stated_zh, raw.stated_en)?,
        hidden: both(file, &id, "hidden", raw.hidden_zh, raw.hidden_en)?,
        words: raw.words,
        lines: Vec::with_capacity(raw.line.len()),
        id,
    };
    let mut places: BTreeMap<PartKind, usize> = BTreeMap::new();
    for raw in raw.line {
        let line = line(file, &entry.id, raw, &mut places)?;
        entry.lines.push(line);
    }
    check_whole(file, &entry)?;
    Ok(entry)
}

fn both(
    file: &File<'_>,
    entry: &str,
    what: &str,
    zh: Option<String>,
    en: Option<String>,
) -> Result<Both, BadContent> {
    let text = |value: Option<String>, lang: &str| {
        value.filter(|t| !t.trim().is_empty()).ok_or_else(|| {
            file.bad(
                entry,
                format!("{what} has no {lang} text"),
                format!("write it in {lang} too"),
            )
        })
    };
    Ok(Both {
        zh: text(zh, "zh")?,
        en: text(en, "en")?,
    })
}

fn line(
    file: &File<'_>,
    entry: &str,
    raw: RawLine,
    places: &mut BTreeMap<PartKind, usize>,
) -> Result<Line, BadContent> {
    let part = self::part(&raw.part, file, entry)?;
    let place = places.entry(part).or_default();
    *place += 1;
    let id = format!("{entry}/{}/{place}", part.as_str());
    let band = raw.band.map(|b| Band::read(&b, file, &id)).transpose()?;
    if band.is_some() != (part == PartKind::Empathize) {
        return Err(file.bad(
            id,
            "lines that empathize have a band, others none",
            "add or remove band",
        ));
    }
    let when = raw.needs.map(|n| When::read(&n, file, &id)).transpose()?;
    if when.is_some() != (part == PartKind::Explain) {
        return Err(file.bad(
            id,
            "explaining lines have needs = known or unknown, others none",
            "add or remove needs",
        ));
    }
    let mut acts = Vec::with_capacity(raw.acts.len());
    for act in raw.acts {
        acts.push(Act::from_name(&act).ok_or_else(|| {
            file.bad(
                &id,
                format!("\"{act}\" is no act"),
                "use a name of the act list, such as ack_specific",
            )
        })?);
    }
    let text = both(file, &id, "the line", raw.zh, raw.en)?;
    check_slots(file, &id, part, &text)?;
    Ok(Line {
        id,
        part,
        band,
        acts,
        when,
        text,
    })
}

fn check_slots(file: &File<'_>, id: &str, part: PartKind, text: &Both) -> Result<(), BadContent> {
    let names = |text: &str| -> Result<BTreeSet<String>, BadContent> {
        slots::names(text)
            .map_err(|what| file.bad(id, what, format!("use one of: {}", slots::KNOWN.join(", "))))
    };
    let (zh, en) = (names(&text.zh)?, names(&text.en)?);
    if zh != en {
        let odd: Vec<&str> = zh.symmetric_difference(&en).map(String::as_str).collect();
        return Err(file.bad(
            id,
            format!("{{{}}} stands in one language only", odd.join("}, {")),
            "use the same slots in zh and en",
        ));
    }
    let times = zh.iter().filter(|n| n.starts_with("due.")).count();
    if part == PartKind::Commit && times != 1 {
        return Err(file.bad(
            id,
            format!("a commitment names one time, this line {times}"),
            "use exactly one {due...} slot",
        ));
    }
    if times > 1 {
        return Err(file.bad(id, "a line promises at most one time", "split the line"));
    }
    Ok(())
}

fn check_whole(file: &File<'_>, entry: &Entry) -> Result<(), BadContent> {
    if entry.items.is_empty() {
        return Err(file.bad(&entry.id, "it serves no item", "name at least one item"));
    }
    let has = |part| entry.lines.iter().any(|l| l.part == part);
    for part in [
        PartKind::Empathize,
        PartKind::Explain,
        PartKind::Commit,
        PartKind::Confirm,
    ] {
        if !has(part) {
            return Err(file.bad(
                &entry.id,
                format!("no line of the part {}", part.as_str()),
                "empathize, explain, commit and confirm are all needed",
            ));
        }
    }
    if !entry.lines.iter().any(|l| l.when == Some(When::Unknown)) {
        return Err(file.bad(
            &entry.id,
            "no explaining line for an unknown cause",
            "add one with needs = \"unknown\"",
        ));
    }
    Ok(())
}

/// Checks what only all entries together can show: ids once, every item served.
pub(super) fn check_together(
    files: &[File<'_>],
    entries: &[Entry],
    taxonomy: &Taxonomy,
) -> Result<(), BadContent> {
    let playbooks = File {
        name: "playbook",
        text: "",
    };
    for pair in entries.windows(2) {
        if let [one, two] = pair
            && one.id == two.id
        {
            let file = files.iter().find(|f| f.name.contains(one.id.as_str()));
            return Err(file.unwrap_or(&playbooks).bad(
                &one.id,
                "two entries have this id",
                "give one of them another id",
            ));
        }
    }
    for item in &taxonomy.items {
        let served = entries
            .iter()
            .any(|e| e.status == Status::Approved && e.items.contains(&item.id));
        if !served {
            return Err(playbooks.bad(
                item.id.as_str(),
                "no approved entry serves this item",
                "add an entry or approve one",
            ));
        }
    }
    Ok(())
}
