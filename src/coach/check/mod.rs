//! `balm check`: everything wrong with a pack of content at once, each with file, line and what it is about.
//!
//! `Content::parse` stops at the first fault, because nothing may start with broken content; this room is for the people who
//! write content and want the whole list. Words and remedies are in the locale files under `check-<rule>` and
//! `check-<rule>-do`. Not here: reading folders and printing (`cli`), and what the program itself needs of content
//! (`coach::content`, whose verdict ends the list when nothing here explains it).

mod doc;
mod entry;
mod fault;
mod lines;
mod rows;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::content::{Content, File, Laid, Sources};
use crate::domain::taxonomy::Taxonomy;
use crate::domain::time::{Ms, Zone, local};

use doc::{Doc, Tab};

/// Every rule, by its stable name.
pub const RULES: &[&str] = &[
    "toml",
    "unread-file",
    "unknown-key",
    "missing-key",
    "missing-language",
    "unknown-value",
    "unknown-item",
    "unknown-need",
    "unknown-act",
    "unknown-part",
    "unknown-slot",
    "slot-in-one-language",
    "misplaced-key",
    "bad-day",
    "expired",
    "file-name",
    "twice",
    "unserved-item",
    "missing-part",
    "few-empathize",
    "commit-time",
    "many-times",
    "bare-decline",
    "breath",
    "same-line",
    "own-lint",
    "no-words",
    "checks",
    "untested-group",
    "unknown-group",
    "no-hit",
    "near-hit",
    "unusable",
];

/// Files of the content folders that are part of the program and no site's to change.
const READ_ELSEWHERE: &[&str] = &["lexicon/measured.toml"];

/// One thing wrong with a pack.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The file, below the pack's folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The rule, one of [`RULES`].
    pub rule: &'static str,
    /// What the words of the rule name: `what` (the thing itself), `of` (where it belongs), `known` (what would do).
    pub args: Vec<(&'static str, String)>,
}

/// A pack: the content that ships, with files of a site laid over it.
#[derive(Clone, Debug)]
pub struct Pack<'a> {
    /// What `Content` is made of.
    pub sources: Sources<'a>,
    taxonomy: File<'a>,
    /// Test sentences of the lexicons.
    tests: Vec<File<'a>>,
    unread: Vec<File<'a>>,
    /// The names of the files that were laid over.
    laid: BTreeSet<&'a str>,
}

macro_rules! shipped {
    ($name:literal) => {
        File {
            name: $name,
            text: include_str!(concat!("../../../assets/", $name)),
        }
    };
}

impl Pack<'static> {
    /// The content that ships with balm.
    #[must_use]
    pub fn shipped() -> Self {
        Self {
            sources: Sources::shipped(),
            taxonomy: shipped!("taxonomy.toml"),
            tests: vec![
                shipped!("lexicon/tests/acts.toml"),
                shipped!("lexicon/tests/items-communication.toml"),
                shipped!("lexicon/tests/items-product.toml"),
                shipped!("lexicon/tests/items-service.toml"),
                shipped!("lexicon/tests/lint-aut.toml"),
                shipped!("lexicon/tests/lint-cfm.toml"),
                shipped!("lexicon/tests/lint-cmt.toml"),
                shipped!("lexicon/tests/lint-deeds.toml"),
                shipped!("lexicon/tests/lint-emp.toml"),
                shipped!("lexicon/tests/lint-exp.toml"),
                shipped!("lexicon/tests/lint-law.toml"),
                shipped!("lexicon/tests/lint-prv.toml"),
                shipped!("lexicon/tests/lint-reg.toml"),
                shipped!("lexicon/tests/lint-ton.toml"),
                shipped!("lexicon/tests/lint-vul.toml"),
                shipped!("lexicon/tests/lint.toml"),
                shipped!("lexicon/tests/signals.toml"),
                shipped!("lexicon/tests/topics.toml"),
            ],
            unread: Vec::new(),
            laid: BTreeSet::new(),
        }
    }
}

impl<'a> Pack<'a> {
    /// Lays a file over the pack, by its name below the pack's folder (`playbook/own.toml`). Files outside the folders of
    /// content are none of this room's business.
    pub fn lay(&mut self, file: File<'a>) {
        self.laid.insert(file.name);
        if file.name == self.taxonomy.name {
            self.taxonomy = file;
            return;
        }
        if let Some(one) = self.tests.iter_mut().find(|f| f.name == file.name) {
            *one = file;
            return;
        }
        if file.name.starts_with("lexicon/tests/") {
            self.tests.push(file);
            return;
        }
        if READ_ELSEWHERE.contains(&file.name) {
            return;
        }
        let ours = ["playbook/", "library/", "lexicon/"]
            .iter()
            .any(|folder| file.name.starts_with(folder));
        if self.sources.lay(file) == Laid::Unread && ours {
            self.unread.push(file);
        }
    }
}

impl Pack<'_> {
    /// The content of the pack, with this model or the one that ships.
    ///
    /// # Errors
    /// The first thing that is wrong, with file, entry and remedy; nothing when [`check`] finds nothing.
    pub fn content(&self, model: Option<Vec<u8>>) -> Result<Content, super::content::BadContent> {
        Content::laid(&self.sources, model)
    }

    /// Whether the pack brings a taxonomy of its own: the items of tickets are no content, and stay as they ship.
    #[must_use]
    pub fn renames_items(&self) -> bool {
        self.laid.contains(self.taxonomy.name)
    }

    /// Whether what is said in this file may lint otherwise than in the shipped pack: the file or the rules' words changed.
    /// Everything, when nothing was laid over.
    fn lints(&self, file: &str) -> bool {
        let words = |name: &&str| name.starts_with("lexicon/") || name.starts_with("policy/");
        self.laid.is_empty() || self.laid.contains(file) || self.laid.iter().any(words)
    }
}

/// What is found on the way.
#[derive(Default)]
struct Report {
    problems: BTreeSet<Problem>,
}

impl Report {
    fn add(&mut self, file: &str, line: usize, rule: &'static str, args: &[(&'static str, &str)]) {
        self.problems.insert(Problem {
            file: file.to_owned(),
            line,
            rule,
            args: args.iter().map(|(n, v)| (*n, (*v).to_owned())).collect(),
        });
    }

    /// Keys that the file does not know, and keys that must be there and are not.
    fn keys(&mut self, doc: &Doc<'_>, tab: Tab<'_>, of: &str, must: &[&str], may: &[&str]) {
        for key in tab.keys() {
            if !must.contains(&key.text) && !may.contains(&key.text) {
                let known = [must, may].concat().join(", ");
                let args = [("what", key.text), ("of", of), ("known", &known)];
                self.add(doc.name, key.line, "unknown-key", &args);
            }
        }
        for key in must.iter().filter(|k| tab.line_of_key(k).is_none()) {
            let language =
                key.ends_with("_zh") || key.ends_with("_en") || ["zh", "en"].contains(key);
            let rule = if language {
                "missing-language"
            } else {
                "missing-key"
            };
            self.add(doc.name, tab.line, rule, &[("what", key), ("of", of)]);
        }
    }

    /// Texts that are there and empty.
    fn filled(&mut self, doc: &Doc<'_>, tab: Tab<'_>, of: &str, keys: &[&str]) {
        for key in keys {
            if let Some(said) = tab.text(key).filter(|s| s.text.trim().is_empty()) {
                let args = [("what", *key), ("of", of)];
                self.add(doc.name, said.line, "missing-language", &args);
            }
        }
    }

    /// A word that must be one of a list.
    fn one_of(
        &mut self,
        doc: &Doc<'_>,
        tab: Tab<'_>,
        key: &str,
        rule: &'static str,
        known: &[&str],
    ) {
        if let Some(said) = tab.text(key).filter(|s| !known.contains(&s.text)) {
            let list = known.join(", ");
            self.add(
                doc.name,
                said.line,
                rule,
                &[("what", said.text), ("known", &list)],
            );
        }
    }

    /// Items that the taxonomy does not have.
    fn items(&mut self, doc: &Doc<'_>, tab: Tab<'_>, cx: &Cx<'_>) {
        let known = cx
            .items
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ");
        for said in tab.texts("items") {
            if !cx.items.contains(said.text) {
                let args = [("what", said.text), ("known", known.as_str())];
                self.add(doc.name, said.line, "unknown-item", &args);
            }
        }
    }

    /// A day that must be one, and with `last` must not be over.
    fn day(
        &mut self,
        doc: &Doc<'_>,
        tab: Tab<'_>,
        key: &str,
        last: bool,
        cx: &Cx<'_>,
    ) -> Option<Date> {
        let said = tab.text(key)?;
        match said.text.parse::<Date>() {
            Ok(day) => {
                if last && day < cx.today {
                    self.add(doc.name, said.line, "expired", &[("what", said.text)]);
                }
                Some(day)
            }
            Err(_) => {
                self.add(doc.name, said.line, "bad-day", &[("what", said.text)]);
                None
            }
        }
    }
}

/// What the checks of all files share.
struct Cx<'a> {
    items: BTreeSet<String>,
    today: Date,
    zone: &'a Zone,
}

/// Everything wrong with a pack, by file and line. `now` decides what has expired, in this zone.
///
/// # Errors
/// When the content that ships cannot be read, which a test excludes for a released program.
pub fn check(
    pack: &Pack<'_>,
    now: Ms,
    zone: &Zone,
) -> Result<Vec<Problem>, super::content::BadContent> {
    let mut report = Report::default();
    let taxonomy = Doc::new(&pack.taxonomy);
    let cx = Cx {
        items: taxonomy
            .root()
            .tables("item")
            .iter()
            .filter_map(|item| Some(item.text("id")?.text.to_owned()))
            .collect(),
        today: local(now, zone).date(),
        zone,
    };
    let files = pack.sources.files();
    let docs: Vec<Doc<'_>> = files.iter().map(Doc::new).collect();
    let tests: Vec<Doc<'_>> = pack.tests.iter().map(Doc::new).collect();
    for doc in docs.iter().chain(&tests).chain([&taxonomy]) {
        for (line, what) in &doc.broken {
            let args = [("what", doc.shown(*line)), ("known", fault::of_toml(what))];
            report.add(doc.name, *line, "toml", &args);
        }
    }
    for file in &pack.unread {
        report.add(file.name, 1, "unread-file", &[("what", file.name)]);
    }
    rows::taxonomy(&taxonomy, &mut report);
    let mut spoken = Vec::new();
    let mut ids = Vec::new();
    for doc in docs.iter().filter(|d| d.name.starts_with("playbook/")) {
        ids.extend(entry::check(doc, &cx, &mut report, &mut spoken));
    }
    entry::together(&taxonomy, &ids, &mut report);
    for doc in &docs {
        rows::check(doc, &cx, &mut report, &mut spoken);
    }
    rows::library_ids(&docs, &mut report);
    let (content, bad) = content(pack)?;
    lines::check(pack, &docs, &spoken, &content, &cx, &mut report);
    words::check(&docs, &tests, &content, &mut report);
    if let Some(bad) = bad {
        unusable(&docs, &bad, &mut report);
    }
    Ok(report.problems.into_iter().collect())
}

/// Content to lint and listen with: the pack's own, else its lexicons with the shipped playbooks, else the shipped one. And
/// why the pack's own cannot be used.
fn content(
    pack: &Pack<'_>,
) -> Result<(Content, Option<super::content::BadContent>), super::content::BadContent> {
    let taxonomy = Taxonomy::parse(pack.taxonomy.text).or_else(|_| Taxonomy::shipped());
    let Ok(taxonomy) = taxonomy else {
        return Ok((Content::shipped()?, None));
    };
    let bad = match Content::parse(&pack.sources, &taxonomy) {
        Ok(content) => return Ok((content, None)),
        Err(bad) => bad,
    };
    let shipped = Sources::shipped();
    let words = Sources {
        playbooks: shipped.playbooks,
        scope: shipped.scope,
        sayings: shipped.sayings,
        library: shipped.library,
        ..pack.sources.clone()
    };
    let content = match Content::parse(&words, &taxonomy) {
        Ok(content) => content,
        Err(_) => Content::shipped()?,
    };
    Ok((content, Some(bad)))
}

/// What the program itself says of a pack that it cannot use, unless something found before explains it.
fn unusable(docs: &[Doc<'_>], bad: &super::content::BadContent, report: &mut Report) {
    let own = docs.iter().find(|d| d.name == bad.file);
    let explained = match own {
        Some(doc) => report.problems.iter().any(|p| p.file == doc.name),
        None => !report.problems.is_empty(),
    };
    let Some(doc) = own.or(docs.first()).filter(|_| !explained) else {
        return;
    };
    let line = bad
        .entry
        .strip_prefix("line ")
        .and_then(|n| n.parse().ok())
        .unwrap_or_else(|| doc.line_of(bad.entry.rsplit('.').next().unwrap_or(&bad.entry)));
    // Of a line only the number is told; its words are shown.
    let what = if bad.entry.starts_with("line ") {
        doc.shown(line)
    } else {
        &bad.entry
    };
    report.add(
        doc.name,
        line,
        "unusable",
        &[("what", what), ("known", fault::of_content(bad))],
    );
}
