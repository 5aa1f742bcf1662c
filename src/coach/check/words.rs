//! The lexicons: every group of words proves itself by sentences that must be heard and near ones that must not
//! (`lexicon/tests/*.toml`).
//!
//! A group is named by its file's kind and its own name: `item:A1`, `act:ack`, `topic:hotel`, `lint:vague-time`,
//! `signal:repeat`. Every group of every file needs sentences in each language it has words in, those of the lint and the topics
//! as well, though the lint's rules have labelled samples beside them and the topics only feed the learned model.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use super::doc::{Doc, Tab};
use crate::coach::content::Content;
use crate::coach::folded::{Folded, Scanner};
use crate::coach::read;
use crate::coach::signals::Risk;

/// How a group is listened for.
enum Ear {
    /// Plain words.
    Words(Scanner<()>),
    /// A group of the lint's lexicon.
    Lint(String),
    /// A risk, with everything that may take its words back.
    Risk(Risk),
    /// Cues of feeling, conduct or scope, by what they say.
    Cues(String),
    /// Words that cannot be used; said elsewhere.
    Deaf,
}

impl Ear {
    fn hears(&self, text: &str, content: &Content) -> Option<bool> {
        let folded = Folded::new(text, usize::MAX);
        match self {
            Self::Words(words) => Some(!words.find(folded.text()).is_empty()),
            Self::Lint(id) => content.lint.stands_in(id, folded.text()),
            Self::Risk(risk) => Some(read::signals_of(content, text).has(*risk)),
            Self::Cues(cues) => Some(
                content
                    .cues
                    .find(folded.text())
                    .iter()
                    .any(|f| f.says.named(cues)),
            ),
            Self::Deaf => None,
        }
    }
}

struct Group<'d> {
    file: &'d str,
    line: usize,
    /// Whether it has words in Chinese and in English.
    langs: [bool; 2],
    ear: Ear,
}

const LANGS: [&str; 2] = ["zh", "en"];

/// Checks the lexicons and runs their test sentences.
pub(super) fn check(docs: &[Doc<'_>], tests: &[Doc<'_>], content: &Content, report: &mut Report) {
    let mut groups = BTreeMap::new();
    for doc in docs {
        match doc.name {
            "lexicon/items.toml" => plain(doc, "item", &mut groups, report),
            "lexicon/topics.toml" => plain(doc, "topic", &mut groups, report),
            "lexicon/acts.toml" => plain(doc, "act", &mut groups, report),
            "lexicon/feeling.toml" | "lexicon/risk.toml" => cues(doc, &mut groups, report),
            name if name.starts_with("lexicon/lint/") => lint(doc, &mut groups, report),
            _ => {}
        }
    }
    let mut proved: BTreeSet<(String, &str)> = BTreeSet::new();
    for doc in tests {
        report.keys(doc, doc.root(), doc.name, &["group"], &[]);
        for test in doc.root().tables("group") {
            sentences(doc, test, &groups, content, &mut proved, report);
        }
    }
    for (name, group) in &groups {
        for (lang, _) in LANGS.iter().zip(group.langs).filter(|(_, has)| *has) {
            for kind in ["hit", "miss"] {
                let key = list(kind, lang);
                if !proved.contains(&(name.clone(), key)) {
                    let args = [("what", name.as_str()), ("known", key)];
                    report.add(group.file, group.line, "untested-group", &args);
                }
            }
        }
    }
}

fn list(kind: &str, lang: &str) -> &'static str {
    match (kind, lang) {
        ("hit", "zh") => "hit_zh",
        ("hit", _) => "hit_en",
        (_, "zh") => "miss_zh",
        _ => "miss_en",
    }
}

fn sentences<'d>(
    doc: &Doc<'_>,
    test: Tab<'_>,
    groups: &BTreeMap<String, Group<'d>>,
    content: &Content,
    proved: &mut BTreeSet<(String, &'static str)>,
    report: &mut Report,
) {
    let may = ["hit_zh", "miss_zh", "hit_en", "miss_en"];
    let name = test.text("of").map_or("", |s| s.text);
    report.keys(doc, test, name, &["of"], &may);
    let Some(group) = groups.get(name) else {
        report.add(
            doc.name,
            test.line_of("of"),
            "unknown-group",
            &[("what", name)],
        );
        return;
    };
    for key in may {
        let must = key.starts_with("hit");
        for said in test.texts(key) {
            proved.insert((
                name.to_owned(),
                if must {
                    list("hit", &key[4..])
                } else {
                    list("miss", &key[5..])
                },
            ));
            if group.ear.hears(said.text, content) == Some(!must) {
                let rule = if must { "no-hit" } else { "near-hit" };
                let place = format!("{}:{}", group.file, group.line);
                let args = [("what", said.text), ("of", name), ("known", place.as_str())];
                report.add(doc.name, said.line, rule, &args);
            }
        }
    }
}

/// Files of plain words: items, topics, acts.
fn plain<'d>(
    doc: &'d Doc<'d>,
    kind: &str,
    groups: &mut BTreeMap<String, Group<'d>>,
    report: &mut Report,
) {
    for tab in doc.root().tables(kind) {
        let id = tab.text("id").map_or("", |s| s.text);
        report.keys(doc, tab, id, &["id", "zh", "en"], &["trade"]);
        for lang in LANGS {
            if tab.line_of_key(lang).is_some() && tab.texts(lang).is_empty() {
                let args = [("what", lang), ("of", id)];
                report.add(doc.name, tab.line_of(lang), "missing-language", &args);
            }
        }
        let words = LANGS.iter().flat_map(|lang| tab.texts(lang));
        let words: Vec<(String, ())> = words.map(|s| (s.text.to_owned(), ())).collect();
        let ear = match Scanner::new(words) {
            Ok(scanner) => Ear::Words(scanner),
            Err(_) => Ear::Deaf,
        };
        put(doc, tab, format!("{kind}:{id}"), ear, groups);
    }
}

/// Cues of feeling, risk, conduct and scope. Several cues may say the same thing; they are one group.
fn cues<'d>(doc: &'d Doc<'d>, groups: &mut BTreeMap<String, Group<'d>>, report: &mut Report) {
    for tab in doc.root().tables("cue") {
        let says = tab.text("says").map_or("", |s| s.text);
        report.keys(doc, tab, says, &["says", "zh", "en"], &["points"]);
        let risk = Risk::ALL
            .into_iter()
            .find(|r| r.as_str() == says || r.wire() == Some(says));
        let ear = match risk {
            Some(risk) => Ear::Risk(risk),
            None => Ear::Cues(says.to_owned()),
        };
        put(doc, tab, format!("signal:{says}"), ear, groups);
    }
}

fn lint<'d>(doc: &'d Doc<'d>, groups: &mut BTreeMap<String, Group<'d>>, report: &mut Report) {
    let may = [
        "zh",
        "en",
        "except_zh",
        "except_en",
        "better_zh",
        "better_en",
    ];
    for tab in doc.root().tables("group") {
        let id = tab.text("id").map_or("", |s| s.text);
        report.keys(doc, tab, id, &["id"], &may);
        put(
            doc,
            tab,
            format!("lint:{id}"),
            Ear::Lint(id.to_owned()),
            groups,
        );
    }
}

fn put<'d>(
    doc: &'d Doc<'d>,
    tab: Tab<'_>,
    name: String,
    ear: Ear,
    groups: &mut BTreeMap<String, Group<'d>>,
) {
    let langs = LANGS.map(|lang| !tab.texts(lang).is_empty());
    groups.entry(name).or_insert(Group {
        file: doc.name,
        line: tab.line,
        langs,
        ear,
    });
}
